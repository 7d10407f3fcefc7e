/* Readers' comments below an article, kept apart from it. Memory is the arena's. */
#ifndef HS_PAGE_COMMENTS_H
#define HS_PAGE_COMMENTS_H

#include "page/article.h"

/* Fills comments and n_comments; none where the page has no clear thread. A form for comments is none. */
void hs_comments_read(hs_record *out, const hs_html_page *page);

typedef struct hs_nodes {
    const hs_node **v;
    size_t n, cap;
} hs_nodes;

/* comments_jsonld.c: the same from what the page's scripts state in JSON-LD. */
void hs_comments_read_jsonld(hs_record *out, hs_arena *arena, const hs_nodes *scripts);

#endif
