/* Strings: see str.h. */
#include "base/str.h"

#include <string.h>

#include "base/utf8.h"

hs_str hs_str_of(const char *terminated) {
    return (hs_str){terminated, terminated ? strlen(terminated) : 0};
}

bool hs_str_eq(hs_str a, hs_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool hs_str_eq_nocase(hs_str a, hs_str b) {
    return a.n == b.n && hs_str_starts_nocase(a, b);
}

bool hs_str_starts(hs_str s, hs_str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool hs_str_ends(hs_str s, hs_str suffix) {
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + (s.n - suffix.n), suffix.p, suffix.n) == 0);
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

size_t hs_str_find_nocase(hs_str s, hs_str needle) {
    if (needle.n == 0) return 0;
    for (size_t i = 0; i + needle.n <= s.n; i++)
        if (fold(s.p[i]) == fold(needle.p[0]) && hs_str_starts_nocase(hs_str_slice(s, i, s.n), needle)) return i;
    return HS_NONE;
}

hs_str hs_str_slice(hs_str s, size_t start, size_t end) {
    if (end > s.n) end = s.n;
    if (start > end) start = end;
    return (hs_str){s.p ? s.p + start : NULL, end - start};
}

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

hs_str hs_str_trim(hs_str s) {
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
