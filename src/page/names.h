/* The names in a byline. Knows no markup. */
#ifndef HS_PAGE_NAMES_H
#define HS_PAGE_NAMES_H

#include "page/article.h"

/* How much a text that is said to name authors may be trusted to do so. */
typedef enum hs_byline_kind {
    HS_BYLINE_PLAIN,   /* it stands where names stand: only what looks like a person's name is taken */
    HS_BYLINE_LINE,    /* it stands behind "By": pen names and teams are taken too, if they are written as names are */
    HS_BYLINE_DECLARED /* the page says that this is its author: pen names, teams and organisations are taken too */
} hs_byline_kind;

/* The names that `said` gives, each once, at most a dozen; roles, places, addresses and dates that stick to them are left out. */
void hs_names_add(hs_strs *out, hs_arena *arena, hs_str said, hs_byline_kind kind);

/* Does it look like the name of one person? */
bool hs_names_person(hs_str name);

/* The text without "By", "Written by", "Von" before a name; *had says whether there was one. */
hs_str hs_names_without_by(hs_str s, bool *had);

#endif
