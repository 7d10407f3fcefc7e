/* A buffer in front of a sink, for every format. Owns nothing; once the sink has refused, nothing more is written. */
#ifndef HS_FORMATS_OUT_H
#define HS_FORMATS_OUT_H

#include "base/str.h"

typedef struct hs_out {
    hs_sink sink;
    void *state;
    bool ok;
    size_t n;
    char buffer[4096];
} hs_out;

void hs_out_init(hs_out *out, hs_sink sink, void *state);
void hs_out_put(hs_out *out, hs_str s);
bool hs_out_flush(hs_out *out); /* true when all that was put has arrived */

#endif
