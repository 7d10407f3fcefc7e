/* Sorted lists of words and phrases, made at build time from a .def file by tools/word_tables.py. */
#ifndef HS_PAGE_WORD_LISTS_H
#define HS_PAGE_WORD_LISTS_H

#include "base/str.h"

typedef struct hs_word {
    const char *text; /* in lower case */
    uint8_t n;
    uint32_t value;
} hs_word;

typedef struct hs_word_list {
    const hs_word *words;
    uint16_t from[257]; /* those that begin with byte c: from[c] up to from[c + 1]; the last is their number */
} hs_word_list;

/* The value of exactly this word, or `none`. */
static inline uint32_t hs_word_value(const hs_word_list *list, hs_str word, uint32_t none) {
    if (!word.n) return none;
    unsigned char first = (unsigned char)word.p[0];
    for (size_t i = list->from[first]; i < list->from[first + 1]; i++)
        if (list->words[i].n == word.n && memcmp(list->words[i].text, word.p, word.n) == 0) return list->words[i].value;
    return none;
}

#endif
