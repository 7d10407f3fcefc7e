/* Where claims were said, as the text has it: "Press TV", "a statement". */
#ifndef HS_CLAIMS_MEDIUM_H
#define HS_CLAIMS_MEDIUM_H

#include "claims/labels.h"

/* Fills the medium of all claims. parts: one a claim. */
void hs_medium_read(hs_record *record, const hs_marked *m, const hs_parts *parts);

#endif
