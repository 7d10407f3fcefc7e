/* Texts as lists of folded words, for comparing titles. No memory but its own. */
#ifndef HS_PAGE_BAG_H
#define HS_PAGE_BAG_H

#include "base/str.h"

enum { HS_BAG_MOST = 64 };

/* The words' hashes, case and marks aside; words beyond the most are left out. */
typedef struct hs_bag {
    uint32_t v[HS_BAG_MOST];
    size_t n;
} hs_bag;

void hs_bag_of(hs_bag *out, hs_str text);
double hs_bag_alike(const hs_bag *a, const hs_bag *b); /* F1 of the words, 0 to 1 */

#endif
