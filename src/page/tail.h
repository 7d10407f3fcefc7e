/* What stands at the ends of an article and is not its text: codes that an editorial system left, remains of a comment form. Works on paragraphs, whether they come from a tree or from plain text. */
#ifndef HS_PAGE_TAIL_H
#define HS_PAGE_TAIL_H

#include "page/article.h"

/* Takes code lines ("News Code 117941") out of the paragraphs and puts them into the record, sorted by key. */
void hs_tail_codes(hs_record *out, hs_arena *arena, hs_strs *paragraphs);
/* Takes the remains of a comment form off the end. */
void hs_tail_form(hs_strs *paragraphs);

#endif
