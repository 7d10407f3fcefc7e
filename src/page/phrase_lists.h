/* The lists behind rules.h, one for each hs_phrase. Only phrases.c looks into them. */
#ifndef HS_PAGE_PHRASE_LISTS_H
#define HS_PAGE_PHRASE_LISTS_H

#include "page/rules.h"

typedef struct hs_phrase_list {
    const char *const *words;
    size_t n;
} hs_phrase_list;

extern const hs_phrase_list hs_phrase_lists[];

#endif
