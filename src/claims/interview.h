/* Interviews whose answers bear "A:" alone: the text before the first question says who answers. */
#ifndef HS_CLAIMS_INTERVIEW_H
#define HS_CLAIMS_INTERVIEW_H

#include "claims/speakers.h"

/* Where paragraphs begin with "Q:" and "A:" by turns, and one person is what the text before is about, "A" and the "I" and "we" of the answers are that
 * person. Sets the mentions' entities. */
void hs_interview_join(hs_arena *arena, hs_speakers *speakers);

#endif
