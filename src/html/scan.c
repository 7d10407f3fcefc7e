/* Text made ready for scans: see scan.h. */
#include "html/scan.h"

size_t hs_scan_lines(char *out, hs_str s) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        const char *cr = memchr(s.p + at, '\r', s.n - at);
        size_t end = cr ? (size_t)(cr - s.p) : s.n;
        if (out + n != s.p + at) memmove(out + n, s.p + at, end - at);
        n += end - at;
        at = end;
        if (!cr) break;
        bool two = at + 1 < s.n && s.p[at + 1] == '\n';
        out[n++] = '\n';
        at += two ? 2 : 1;
    }
    return n;
}

hs_str hs_scan_copy(hs_arena *arena, hs_str s) {
    char *copy = hs_arena_alloc(arena, s.n + HS_SCAN_PAD, 1);
    return (hs_str){copy, hs_scan_lines(copy, s)};
}
