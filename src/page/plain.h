/* Plain text, and text with stray markup, to an article's paragraphs. Memory is the arena's. Knows no tree. */
#ifndef HS_PAGE_PLAIN_H
#define HS_PAGE_PLAIN_H

#include "page/article.h"

/* Is the text a page in HTML, rather than text in which a few tags are left? */
bool hs_plain_is_html(hs_str text);

/* Fills title, has_title, codes and what a byline says (authors, outlet or credit, published) of the record and returns the paragraphs behind
 * the title. `text` is as hs_charset_decode gives it; it is worked on in place. */
hs_strs hs_plain_read(hs_record *out, hs_arena *arena, hs_str text);

#endif
