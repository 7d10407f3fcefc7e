/* The parts of a reading view, each in a file of its own. Knows records alone; memory is the arena's. */
#ifndef HS_FORMATS_HTML_H
#define HS_FORMATS_HTML_H

#include "formats/forest.h"
#include "formats/markup.h"

/* What is worked out once for all parts. */
typedef struct hs_view {
    hs_out *out;
    const hs_record *record;
    hs_arena *arena;
    hs_forest forest;
} hs_view;

void hs_html_cards(const hs_view *view);  /* a card for each claim, nested ones inside those that hold them */
void hs_html_relied(const hs_view *view); /* the summary of who is relied on */

/* <element class="class">text</element>, where there is a text; the text may be of any direction. */
void hs_html_field(const hs_view *view, const char *element, const char *class, hs_str text);

#endif
