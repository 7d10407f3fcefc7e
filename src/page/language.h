/* A text's language from its commonest words. Knows no markup; allocates nothing. */
#ifndef HS_PAGE_LANGUAGE_H
#define HS_PAGE_LANGUAGE_H

#include "base/str.h"

hs_str hs_language_of(hs_str text);                   /* a BCP 47 primary tag, absent when no language stands out */
hs_str hs_language_tag(hs_arena *arena, hs_str said); /* "en-US", "de_DE" → "en", "de"; absent when it is no tag */

#endif
