/* UTF-8 (RFC 3629). Decoding never fails: bytes that are no character come out as U+FFFD, one at a time per maximal bad
 * part, as the Unicode Standard (section 3.9) and the Encoding Standard do it. */
#ifndef HS_BASE_UTF8_H
#define HS_BASE_UTF8_H

#include "base/str.h"

/* The code point at byte `at` of s (at < s.n); *next is the byte after it. */
uint32_t hs_utf8_decode(hs_str s, size_t at, size_t *next);
size_t hs_utf8_encode(char out[4], uint32_t cp); /* bytes written; surrogates and beyond U+10FFFF: U+FFFD */
bool hs_utf8_valid(hs_str s);
hs_str hs_utf8_repair(hs_arena *arena, hs_str s); /* s itself when valid, else a copy with U+FFFD */
hs_str hs_utf8_start(hs_str s, size_t most);      /* its first `most` bytes, or a few less: whole code points */
size_t hs_utf8_count(hs_str s);                   /* code points of a valid string */

/* Unicode general categories in the groups that hearsay asks about. */
typedef enum hs_char_class {
    HS_CHAR_OTHER_SYMBOL, /* symbols, other marks, numbers that are no decimal digits, unassigned */
    HS_CHAR_UPPER,        /* Lu, Lt */
    HS_CHAR_LOWER,        /* Ll */
    HS_CHAR_LETTER,       /* Lm, Lo */
    HS_CHAR_DIGIT,        /* Nd */
    HS_CHAR_NUMBER,       /* Nl, No */
    HS_CHAR_PUNCT,        /* P* */
    HS_CHAR_SPACE,        /* Z* */
    HS_CHAR_MARK,         /* Mn */
    HS_CHAR_CONTROL       /* Cc, Cf, Co, Cs */
} hs_char_class;

hs_char_class hs_char_classify(uint32_t cp);

#endif
