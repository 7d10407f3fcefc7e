/* Growing bytes: see bytes.h. */
#include "input/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

bool hs_bytes_reserve(hs_bytes *bytes, size_t more) {
    if (more <= bytes->cap - bytes->n) return true;
    if (more > SIZE_MAX / 4 || bytes->n > SIZE_MAX / 4) return false;
    size_t cap = bytes->cap * 2 > bytes->n + more ? bytes->cap * 2 : bytes->n + more;
    char *v = realloc(bytes->v, cap);
    if (!v) return false;
    bytes->v = v;
    bytes->cap = cap;
    return true;
}

bool hs_bytes_add(hs_bytes *bytes, hs_str s) {
    if (!hs_bytes_reserve(bytes, s.n)) return false;
    if (s.n) memcpy(bytes->v + bytes->n, s.p, s.n);
    bytes->n += s.n;
    return true;
}

void hs_bytes_free(hs_bytes *bytes) {
    free(bytes->v);
    *bytes = (hs_bytes){0};
}

hs_str hs_bytes_str(const hs_bytes *bytes) {
    return (hs_str){bytes->n ? bytes->v : "", bytes->n};
}

bool hs_bytes_name(hs_bytes *bytes, const char *name, hs_str part) {
    bytes->n = 0;
    bool ok = hs_bytes_add(bytes, hs_str_of(name)) && hs_bytes_add(bytes, HS_STR(":")) && hs_bytes_add(bytes, part) &&
              hs_bytes_add(bytes, (hs_str){"", 1});
    if (!ok) bytes->n = 0;
    return ok;
}

hs_status hs_fail_in(hs_error *error, const char *name, const hs_error *cause) {
    return hs_fail(error, cause->code, "%s: %s", name, cause->message);
}
