/* The specification (docs/model-format.md, section 5) written down once more, slowly and in double precision: what the fast
 * paths are compared with. Shares nothing with them but the weights. */
#ifndef HS_TEST_NAIVE_H
#define HS_TEST_NAIVE_H

#include "model/encoder.h"

/* x: [n][dim], one window's vectors */
void hs_naive_encode(const hs_weights *weights, const hs_piece *pieces, size_t n, double *x);

/* hidden: [words][dim], the cue being words [start, end); scores: [words][5] */
void hs_naive_pairs(const hs_weights *weights, const double *hidden, size_t words, size_t start, size_t end,
                    double *scores);

#endif
