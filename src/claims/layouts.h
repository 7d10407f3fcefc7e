/* Attributions that a page makes by layout, without a verb: a quotation with a dash and a name under or behind it, and talk written
 * down as "Name: words". Knows text and quotation marks alone. */
#ifndef HS_CLAIMS_LAYOUTS_H
#define HS_CLAIMS_LAYOUTS_H

#include "claims/quotation.h"

typedef struct hs_layout {
    hs_range source, cue; /* bytes; the cue is the dash or the colon */
    hs_ranges content;
    bool own; /* a turn of the page's own host or reporter: nobody else's claim */
} hs_layout;

typedef HS_VEC(hs_layout) hs_layouts;

/* Those of a text, in its order. What is found is meant to be right: a dash that goes on with a sentence, a label that names no speaker, a list
 * of "Price: …" and a lone "Name: words" are left to the model. `own`: names whose turns are the page's own voice (its authors, its outlet). */
hs_layouts hs_layouts_of(hs_arena *arena, const hs_quotations *quotations, const hs_str *own, size_t n_own);

#endif
