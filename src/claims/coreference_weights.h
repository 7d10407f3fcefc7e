/* What train/speakers/train.py learned: coreference_weights.c is its table. */
#ifndef HS_CLAIMS_COREFERENCE_WEIGHTS_H
#define HS_CLAIMS_COREFERENCE_WEIGHTS_H

#include "claims/coreference.h"

extern const double hs_coreference_weights[HS_COREF_MODELS][HS_COREF_COUNT]; /* added up over what is 1 */
extern const double hs_coreference_none[HS_COREF_MODELS];  /* the score of meaning none of the candidates */
extern const double hs_coreference_least[HS_COREF_MODELS]; /* the chance from which a candidate is taken */

#endif
