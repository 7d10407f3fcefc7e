/* What the words beside a name say of its bearer: "campaign manager X", "the ministry's spokeswoman, X", "X, a member of Y". */
#ifndef HS_CLAIMS_APPOSITIONS_H
#define HS_CLAIMS_APPOSITIONS_H

#include "claims/mentions.h"

/* Sets role, body, type and gender of the names among the mentions. */
void hs_appositions_read(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions);

#endif
