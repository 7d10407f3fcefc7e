/* The encoder: pieces with features → one vector a piece. docs/model-format.md, section 5.
 *
 * Several windows go through it together, their rows one after another: rows meet only in attention, which stays within a
 * window, so a window's vectors do not depend on its company. Memory is the arena's. Knows nothing of words or claims.
 */
#ifndef HS_MODEL_ENCODER_H
#define HS_MODEL_ENCODER_H

#include "base/arena.h"
#include "model/attention.h"
#include "model/weights.h"

typedef struct hs_piece {
    int32_t id;
    uint8_t shape, quote, place;
} hs_piece;

/* Working memory for batches of up to `rows` pieces with windows of up to `longest`. Rows: [rows][…]. */
typedef struct hs_encoder {
    const hs_weights *weights;
    const hs_rows *row;
    hs_product_fn *product;
    float *x;        /* [dim]: the vectors, in the end */
    float *qkv;      /* [3 dim] */
    float *attended; /* [dim] */
    float *inner;    /* [HS_ENCODER_BLOCK][inner] */
    float *out;      /* [HS_ENCODER_BLOCK][dim] */
    uint8_t *u;      /* [HS_ENCODER_BLOCK][the larger of dim and inner]: quantised rows, and their scales */
    float *s;        /* [HS_ENCODER_BLOCK] */
    hs_attention attention;
} hs_encoder;

/* Rows that pass through a layer together: their widest intermediate result fits the second cache beside the weights, and
 * it is a multiple of every kernel's rows. */
enum { HS_ENCODER_BLOCK = 48 };

hs_encoder hs_encoder_of(hs_arena *arena, const hs_weights *weights, hs_cpu cpu, size_t rows, size_t longest);

/* pieces: those of `windows` windows of lengths[i] pieces each → encoder->x. */
void hs_encode(hs_encoder *encoder, const hs_piece *pieces, const size_t *lengths, size_t windows);

#endif
