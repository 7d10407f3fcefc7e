/* Is there an article on the page at all? */
#ifndef HS_PAGE_VERDICT_H
#define HS_PAGE_VERDICT_H

#include "page/article.h"

/* Absent when there is; otherwise why not, in words for people. `dated`: a date of publication was found. */
hs_str hs_verdict_of(const hs_html_page *page, const hs_strs *body, bool dated);

#endif
