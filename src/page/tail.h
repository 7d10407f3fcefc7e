/* What stands at the ends of an article and is not its text: codes that an editorial system left, remains of a comment form. Works on paragraphs, whether they come from a tree or from plain text. */
#ifndef HS_PAGE_TAIL_H
#define HS_PAGE_TAIL_H

#include "page/signs.h"

/* Takes code lines ("News Code 117941") out of the paragraphs and puts them into the record, sorted by key. */
void hs_tail_codes(hs_record *out, hs_arena *arena, hs_strs *paragraphs);
/* Codes in lines around the body, which are no part of it. */
void hs_tail_codes_around(hs_record *out, const hs_html_page *page, hs_body_range r);
/* Takes the remains of a comment form, and the signs by which editors end a text, off the end. */
void hs_tail_form(hs_strs *paragraphs);
/* Takes "(Reporting by …; Editing by …)" and addresses for letters off the end; who reported, as the page writes it. */
hs_str hs_tail_signed(hs_strs *paragraphs);

#endif
