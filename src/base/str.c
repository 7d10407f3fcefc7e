/* Strings: see str.h. */
#include "base/str.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/utf8.h"

hs_str hs_str_of(const char *terminated) {
    return (hs_str){terminated, terminated ? strlen(terminated) : 0};
}

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool hs_str_eq_nocase(hs_str a, hs_str b) {
    return a.n == b.n && hs_str_starts_nocase(a, b);
}

bool hs_str_starts_nocase(hs_str s, hs_str prefix) {
    if (s.n < prefix.n) return false;
    for (size_t i = 0; i < prefix.n; i++)
        if (fold(s.p[i]) != fold(prefix.p[i])) return false;
    return true;
}

size_t hs_str_find(hs_str s, hs_str needle) {
    if (needle.n == 0) return 0;
    if (s.n < needle.n) return HS_NONE;
    const char *hit = memmem(s.p, s.n, needle.p, needle.n);
    return hit ? (size_t)(hit - s.p) : HS_NONE;
}

/* Sixteen places at once: those whose first and last byte fit, case aside, are looked at closely. Goes on from *at while a whole group is
 * left, and leaves *at behind what was searched. */
static size_t find_wide(hs_str s, hs_str needle, size_t *at) {
#if defined(__SSE2__)
    const __m128i lower = _mm_set1_epi8(0x20);
    const __m128i first = _mm_set1_epi8((char)(needle.p[0] | 0x20));
    const __m128i last = _mm_set1_epi8((char)(needle.p[needle.n - 1] | 0x20));
    for (; *at + needle.n + 15 <= s.n; *at += 16) {
        const char *p = s.p + *at;
        __m128i starts = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i ends = _mm_loadu_si128((const __m128i *)(const void *)(p + needle.n - 1));
        unsigned hits = (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(starts, lower), first),
                                                                  _mm_cmpeq_epi8(_mm_or_si128(ends, lower), last)));
        for (; hits; hits &= hits - 1) {
            size_t found = *at + (size_t)__builtin_ctz(hits);
            if (hs_str_starts_nocase(hs_str_slice(s, found, s.n), needle)) return found;
        }
    }
#else
    (void)s, (void)needle, (void)at;
#endif
    return HS_NONE;
}

size_t hs_str_find_nocase(hs_str s, hs_str needle) {
    if (needle.n == 0) return 0;
    size_t at = 0, found = find_wide(s, needle, &at);
    if (found != HS_NONE) return found;
    char first = fold(needle.p[0]);
    for (; at + needle.n <= s.n; at++)
        if (fold(s.p[at]) == first && hs_str_starts_nocase(hs_str_slice(s, at, s.n), needle)) return at;
    return HS_NONE;
}

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

hs_str hs_str_trim_blanks(hs_str s) {
    for (;;) {
        if (s.n && blank(s.p[0])) s = hs_str_slice(s, 1, s.n);
        else if (hs_str_starts(s, HS_STR("\xC2\xA0"))) s = hs_str_slice(s, 2, s.n);
        else break;
    }
    for (;;) {
        if (s.n && blank(s.p[s.n - 1])) s.n--;
        else if (hs_str_ends(s, HS_STR("\xC2\xA0"))) s.n -= 2;
        else break;
    }
    return s;
}

hs_str hs_str_copy(hs_arena *arena, hs_str s) {
    if (!s.p) return s;
    char *p = hs_arena_alloc(arena, s.n ? s.n : 1, 1);
    if (s.n) memcpy(p, s.p, s.n);
    return (hs_str){p, s.n};
}

hs_str hs_str_replace_nuls(hs_arena *arena, hs_str s, hs_str replacement) {
    if (!s.n || !memchr(s.p, 0, s.n)) return s;
    hs_buf out = {0};
    while (s.n) {
        const char *nul = memchr(s.p, 0, s.n);
        size_t n = nul ? (size_t)(nul - s.p) : s.n;
        hs_buf_add(arena, &out, hs_str_slice(s, 0, n));
        if (nul) hs_buf_add(arena, &out, replacement);
        s = hs_str_slice(s, n + (nul != NULL), s.n);
    }
    return out.v ? hs_buf_str(&out) : hs_str_slice(s, 0, 0);
}

char *hs_str_terminated(hs_arena *arena, hs_str s) {
    char *p = hs_arena_alloc(arena, s.n + 1, 1);
    if (s.n) memcpy(p, s.p, s.n);
    return p;
}

void hs_buf_add(hs_arena *arena, hs_buf *buf, hs_str s) {
    if (!s.n) return;
    HS_RESERVE(arena, *buf, s.n);
    memcpy(buf->v + buf->n, s.p, s.n);
    buf->n += s.n;
}

void hs_buf_byte(hs_arena *arena, hs_buf *buf, char c) {
    HS_PUSH(arena, *buf, c);
}

void hs_buf_code_point(hs_arena *arena, hs_buf *buf, uint32_t cp) {
    char bytes[4];
    hs_buf_add(arena, buf, (hs_str){bytes, hs_utf8_encode(bytes, cp)});
}

hs_str hs_buf_str(const hs_buf *buf) {
    return (hs_str){buf->v ? buf->v : "", buf->n};
}
