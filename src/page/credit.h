/* Whose text a page prints, by the page's own word: "(Reuters) -", "Source: AP", "first published by The Brenn Voice". */
#ifndef HS_PAGE_CREDIT_H
#define HS_PAGE_CREDIT_H

#include "page/article.h"

/* Of the article's paragraphs alone; absent where they do not say. The text stays. `outlet`: an outlet does not credit itself. */
hs_str hs_credit_of_text(hs_arena *arena, const hs_strs *paragraphs, hs_str outlet);
/* The same, then by lines around the article, its byline and the page's head. */
hs_str hs_credit_of_page(const hs_html_page *page, const hs_strs *paragraphs, hs_str outlet);

#endif
