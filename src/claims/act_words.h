/* What single words of a cue and of a content tell of what a claim does, beside what the lexicon says of them: a bag of stems, weighed as
 * train/acts/train.py learned. */
#ifndef HS_CLAIMS_ACT_WORDS_H
#define HS_CLAIMS_ACT_WORDS_H

#include "claims/acts.h"

enum { HS_ACT_STEM = 24 }; /* bytes of a stem; longer ones are in no table */

/* The stem of word i of a cue or content, ended by a zero; false where it has none: marks, numbers, and names (a capital where none must be). */
bool hs_act_stem(char out[HS_ACT_STEM], const hs_marked *m, const hs_ranges *ranges, size_t i);

/* Adds what the words of a claim's cue and content tell, each once however often it stands there. */
void hs_act_words_add(int sums[HS_ACT_OUTPUTS], const hs_marked *m, const hs_parts *parts);

#endif
