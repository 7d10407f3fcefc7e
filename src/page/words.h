/* Texts as lists of folded words, for comparing titles. No memory but its own. */
#ifndef HS_PAGE_WORDS_H
#define HS_PAGE_WORDS_H

#include "base/str.h"

enum { HS_WORDS_MOST = 64 };

/* The words' hashes, case and marks aside; words beyond the most are left out. */
typedef struct hs_words {
    uint32_t v[HS_WORDS_MOST];
    size_t n;
} hs_words;

void hs_bag_of(hs_words *out, hs_str text);
double hs_words_alike(const hs_words *a, const hs_words *b); /* F1 of the words, 0 to 1 */

#endif
