/* Weights made of random numbers, for tests and benchmarks: valid, and the same on every run. */
#ifndef HS_TEST_MAKE_WEIGHTS_H
#define HS_TEST_MAKE_WEIGHTS_H

#include "model/weights.h"

/* A small model that has every kind of tensor: 2 layers of 64 in 2 heads, windows of 32 pieces, 12 of them before what they answer for. */
extern const hs_config hs_small_config;

typedef struct hs_made {
    uint8_t *bytes; /* malloc'd; NULL when there is no memory */
    size_t n;
} hs_made;

/* The bytes of a weights file. Its vocabulary: special pieces, letters and digits with and without ##, some marks, a few
 * words, and w4, w5, … up to config->vocab. */
hs_made hs_make_weights(const hs_config *config, uint64_t seed);

/* Rewrites length and digest in the header after the bytes were changed. */
void hs_made_seal(hs_made made);

/* Writes a temporary file and puts its path, for the caller to unlink, in `path`. */
bool hs_made_write(hs_made made, char path[64]);

#endif
