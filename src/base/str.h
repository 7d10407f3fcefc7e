/* Strings as (pointer, length), UTF-8, not terminated; slices borrow from what they were cut from. */
#ifndef HS_BASE_STR_H
#define HS_BASE_STR_H

#include <string.h>

#include "base/arena.h"
#include "hearsay.h"

#define HS_STR(literal) ((hs_str){"" literal, sizeof(literal) - 1})

/* These stand here so that comparisons with a literal become a few instructions. */
static inline hs_str hs_str_slice(hs_str s, size_t start, size_t end) {
    if (end > s.n) end = s.n;
    if (start > end) start = end;
    return (hs_str){s.p ? s.p + start : NULL, end - start};
}

static inline bool hs_str_eq(hs_str a, hs_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool hs_str_starts(hs_str s, hs_str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool hs_str_ends(hs_str s, hs_str suffix) {
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + (s.n - suffix.n), suffix.p, suffix.n) == 0);
}

hs_str hs_str_trim_blanks(hs_str s); /* as hs_str_trim */

/* ASCII white space and U+00A0 off both ends. Most texts have none there. */
static inline hs_str hs_str_trim(hs_str s) {
    unsigned char first = s.n ? (unsigned char)s.p[0] : 0, last = s.n ? (unsigned char)s.p[s.n - 1] : 0;
    return first > ' ' && first < 0x80 && last > ' ' && last < 0x80 ? s : hs_str_trim_blanks(s);
}

hs_str hs_str_of(const char *terminated);  /* NULL gives an absent string */
bool hs_str_eq_nocase(hs_str a, hs_str b); /* ASCII letters alone are folded */
bool hs_str_starts_nocase(hs_str s, hs_str prefix);
size_t hs_str_find(hs_str s, hs_str needle);        /* byte offset, or HS_NONE */
size_t hs_str_find_nocase(hs_str s, hs_str needle); /* likewise */
hs_str hs_str_copy(hs_arena *arena, hs_str s);
/* Each NUL replaced, or left out for an empty string; `s` itself when it has none. */
hs_str hs_str_replace_nuls(hs_arena *arena, hs_str s, hs_str replacement);
char *hs_str_terminated(hs_arena *arena, hs_str s);

/* A growing byte buffer in an arena. */
typedef struct hs_buf {
    char *v;
    size_t n, cap;
} hs_buf;

void hs_buf_add(hs_arena *arena, hs_buf *buf, hs_str s);
void hs_buf_byte(hs_arena *arena, hs_buf *buf, char c);
void hs_buf_code_point(hs_arena *arena, hs_buf *buf, uint32_t cp);
hs_str hs_buf_str(const hs_buf *buf);

#endif
