/* Which claims a claim denies or contradicts. Only what the words and their places make likely is said: a denial's cue with the denied
 * claim inside, a denial that points back ("these allegations"), the accused's answer. Contradictions in meaning alone are not found. */
#ifndef HS_CLAIMS_DISPUTES_H
#define HS_CLAIMS_DISPUTES_H

#include "claims/labels.h"

/* Fills the disputes of all claims, whose stances are known. parts: one a claim. */
void hs_disputes_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts);

#endif
