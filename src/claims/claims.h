/* An article's text → its claims. Knows the model's scores, not how they are computed. */
#ifndef HS_CLAIMS_CLAIMS_H
#define HS_CLAIMS_CLAIMS_H

#include "base/str.h"
#include "model/model.h"

/* Fills claims and entities of a record whose text is set; everything lies in the arena. Claims of less confidence than `least` are
 * left out. */
void hs_claims_read(hs_record *record, hs_arena *arena, const hs_model *model, double least);

#endif
