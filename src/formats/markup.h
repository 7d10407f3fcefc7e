/* Writing HTML and SVG: what comes from a page goes through hs_markup_text and nothing else, so that it can never become markup.
 * What HTML or XML cannot hold (control characters, noncharacters) is left out. Knows nothing of records. */
#ifndef HS_FORMATS_MARKUP_H
#define HS_FORMATS_MARKUP_H

#include "formats/out.h"

void hs_markup_put(hs_out *out, const char *markup); /* ours: a literal, as it is */
void hs_markup_text(hs_out *out, hs_str s);          /* theirs: escaped, also for attributes in double quotes */
void hs_markup_number(hs_out *out, size_t number);

/* At most `width` ems of `s` on one line, with "…" where it was cut. Widths are estimates: a letter is about half an em. */
void hs_markup_clipped(hs_out *out, hs_str s, double width);
double hs_markup_width(hs_str s); /* in ems, likewise */

/* An address that a link may lead to: http or https, without blanks and control characters. */
bool hs_markup_is_web(hs_str url);

#endif
