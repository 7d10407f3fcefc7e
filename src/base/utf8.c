/* UTF-8 and Unicode classes: see utf8.h. Categories come from utf8proc. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

static uint32_t bad(size_t at, size_t used, size_t *next) {
    *next = at + used;
    return 0xFFFD;
}

uint32_t hs_utf8_decode(hs_str s, size_t at, size_t *next) {
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    if (p[0] < 0x80) {
        *next = at + 1;
        return p[0];
    }
    size_t need = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
    if (p[0] < 0xC2 || p[0] > 0xF4) return bad(at, 1, next);
    uint32_t cp = p[0] & (0x3FU >> need);
    unsigned char low = 0x80, high = 0xBF;
    if (p[0] == 0xE0) low = 0xA0;
    if (p[0] == 0xED) high = 0x9F;
    if (p[0] == 0xF0) low = 0x90;
    if (p[0] == 0xF4) high = 0x8F;
    for (size_t i = 1; i <= need; i++) {
        if (i >= left || p[i] < low || p[i] > high) return bad(at, i, next);
        cp = cp << 6 | (p[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *next = at + need + 1;
    return cp;
}

size_t hs_utf8_encode(char out[4], uint32_t cp) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)(lead[n] | cp);
    return n;
}

/* How many of the bytes from `at` on are ASCII, in whole groups of eight. */
static size_t ascii_run(hs_str s, size_t at) {
    size_t start = at;
    for (; at + 32 <= s.n; at += 32) {
        uint64_t words[4];
        memcpy(words, s.p + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080)) break;
    }
    for (; at + 8 <= s.n; at += 8) {
        uint64_t word;
        memcpy(&word, s.p + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) break;
    }
    return at - start;
}

bool hs_utf8_valid(hs_str s) {
    for (size_t at = 0, next; at < s.n; at = next) {
        if (!((unsigned char)s.p[at] & 0x80)) {
            next = at + ascii_run(s, at);
            if (next == at) next = at + 1;
            continue;
        }
        uint32_t cp = hs_utf8_decode(s, at, &next);
        if (cp == 0xFFFD && !(next - at == 3 && (unsigned char)s.p[at] == 0xEF)) return false;
    }
    return true;
}

hs_str hs_utf8_repair(hs_arena *arena, hs_str s) {
    if (hs_utf8_valid(s)) return s;
    hs_buf out = {0};
    for (size_t at = 0, next; at < s.n; at = next) hs_buf_code_point(arena, &out, hs_utf8_decode(s, at, &next));
    return hs_buf_str(&out);
}

hs_str hs_utf8_start(hs_str s, size_t most) {
    if (s.n <= most) return s;
    while (most && ((unsigned char)s.p[most] & 0xC0) == 0x80) most--;
    return hs_str_slice(s, 0, most);
}

size_t hs_utf8_count(hs_str s) {
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++) count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return count;
}

hs_char_class hs_char_classify(uint32_t cp) {
    if (cp - 'a' < 26) return HS_CHAR_LOWER;
    if (cp == ' ') return HS_CHAR_SPACE;
    if (cp - 'A' < 26) return HS_CHAR_UPPER;
    if (cp - '0' < 10) return HS_CHAR_DIGIT;
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return HS_CHAR_UPPER;
    case UTF8PROC_CATEGORY_LL: return HS_CHAR_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return HS_CHAR_LETTER;
    case UTF8PROC_CATEGORY_ND: return HS_CHAR_DIGIT;
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return HS_CHAR_NUMBER;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return HS_CHAR_PUNCT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return HS_CHAR_SPACE;
    case UTF8PROC_CATEGORY_MN: return HS_CHAR_MARK;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS: return HS_CHAR_CONTROL;
    default: return HS_CHAR_OTHER_SYMBOL;
    }
}
