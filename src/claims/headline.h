/* Headlines that describe their speaker ("…, official claims"): the text below says the same again, and who it was. */
#ifndef HS_CLAIMS_HEADLINE_H
#define HS_CLAIMS_HEADLINE_H

#include "claims/coreference.h"
#include "claims/speakers.h"

/* Where a claim of the title has a description as its source that nothing has tied to anybody named, and a claim of the text says the same, the description
 * means that one's speaker. Sets the mention's entity. */
void hs_headline_join(hs_speakers *speakers, const hs_voice *voice, const hs_spoken *claims);

#endif
