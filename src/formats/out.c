/* A buffer in front of a sink: see out.h. */
#include "formats/out.h"

#include <string.h>

void hs_out_init(hs_out *out, hs_sink sink, void *state) {
    out->sink = sink;
    out->state = state;
    out->ok = true;
    out->n = 0;
}

bool hs_out_flush(hs_out *out) {
    if (out->ok && out->n) out->ok = out->sink(out->state, out->buffer, out->n);
    out->n = 0;
    return out->ok;
}

void hs_out_put(hs_out *out, hs_str s) {
    for (size_t at = 0; at < s.n;) {
        size_t room = sizeof out->buffer - out->n, now = s.n - at < room ? s.n - at : room;
        memcpy(out->buffer + out->n, s.p + at, now);
        out->n += now;
        at += now;
        if (out->n == sizeof out->buffer) hs_out_flush(out);
    }
}
