/* Takes from a page what would make a tree builder slow: tags nested deeper than any page needs, and attributes beyond any
 * page's number on one tag. The text stays. */
#ifndef HS_HTML_FLATTEN_H
#define HS_HTML_FLATTEN_H

#include "base/str.h"

/* `html` itself when nothing had to go, else a copy in the arena. */
hs_str hs_html_flatten(hs_arena *arena, hs_str html, size_t max_depth);

#endif
