/* Which claims a claim denies or contradicts. */
#ifndef HS_CLAIMS_DISPUTES_H
#define HS_CLAIMS_DISPUTES_H

#include "claims/labels.h"

/* Fills the disputes of all claims, whose stances are known. parts: one a claim. */
void hs_disputes_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts);

#endif
