/* Readers' comments below an article, kept apart from it. Memory is the arena's. */
#ifndef HS_PAGE_COMMENTS_H
#define HS_PAGE_COMMENTS_H

#include "page/article.h"

/* Fills comments and n_comments; none where the page has no clear thread. */
void hs_comments_read(hs_record *out, const hs_html_page *page);

#endif
