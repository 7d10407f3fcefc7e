/* Scores of one text → its attributions as word spans. Knows tags and words, nothing of pages or nesting. */
#ifndef HS_CLAIMS_DECODE_H
#define HS_CLAIMS_DECODE_H

#include "model/model.h"

typedef struct hs_range {
    size_t start, end; /* words or bytes, [start, end) */
} hs_range;

typedef HS_VEC(hs_range) hs_ranges;

typedef struct hs_attribution {
    hs_range cue;
    hs_ranges source, content;
    double confidence;
} hs_attribution;

typedef HS_VEC(hs_attribution) hs_attributions;

/* The attributions of a scanned text, in the order of their cues. One without content is left out: there is nothing to check. */
hs_attributions hs_decode(hs_arena *arena, const hs_model *model, const hs_scan *scan, const hs_words *words);

#endif
