/* Scores of one text → its attributions as word spans. Knows tags and words, nothing of pages or nesting. */
#ifndef HS_CLAIMS_DECODE_H
#define HS_CLAIMS_DECODE_H

#include "base/range.h"
#include "model/model.h"

typedef struct hs_attribution {
    hs_range cue;
    hs_ranges source, content;
    bool nested;        /* inside what somebody else is credited with */
    double confidence;  /* 0 to 1 */
    float act[HS_ACTS]; /* hs_model_act */
} hs_attribution;

typedef HS_VEC(hs_attribution) hs_attributions;

/* The attributions of a scanned text, in the order of their cues. One without content is left out: there is nothing to check. */
hs_attributions hs_decode(hs_arena *arena, const hs_model *model, const hs_scan *scan, const hs_words *words);

#endif
