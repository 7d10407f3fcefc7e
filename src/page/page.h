/* A page as bytes → its article: title, body, authors, dates, outlet, language, codes, comments. Knows nothing of claims. */
#ifndef HS_PAGE_PAGE_H
#define HS_PAGE_PAGE_H

#include "base/str.h"

/* Fills the article's fields of a zeroed record (all but entities and claims); everything in it lies in `arena`, and what was needed on the
 * way in `work` (which may be the same). The page has a name and bytes; what is known of it from outside counts where it does not say
 * itself. */
hs_status hs_page_read(hs_record *out, hs_arena *arena, hs_arena *work, const hs_page *page, hs_error *error);

#endif
