/* What claims rest on: see hs_evidence. */
#ifndef HS_CLAIMS_EVIDENCE_H
#define HS_CLAIMS_EVIDENCE_H

#include "claims/labels.h"

/* Fills the evidence of all claims; the spans' code points are left out. parts: one a claim. */
void hs_evidence_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts);

#endif
