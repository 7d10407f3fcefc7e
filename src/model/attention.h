/* Attention within one window, in int8: docs/model-format.md, section 1, "attention".
 *
 * Queries, keys and values are rounded to bytes as rows are before every product, and so are the shares that the softmax gives; both
 * products are exact in 32 bits. So every build gives the same bits, at the speed of the weights' products. Memory is the arena's.
 */
#ifndef HS_MODEL_ATTENTION_H
#define HS_MODEL_ATTENTION_H

#include "base/arena.h"
#include "model/rows.h"

typedef struct hs_attention {
    const hs_rows *row;
    hs_product_fn *product;
    size_t heads, size, longest; /* size of a head: a multiple of 16; longest: rows of a window at most */
    float *x, *s;                /* a head's rows of one kind, and their scales */
    uint8_t *u;                  /* … as bytes */
    int8_t *keys, *values;       /* packed as a product's weights */
    float *key_scale, *value_scale;
    int32_t *key_sum, *none; /* none: zeros, as many as the longest of all */
    float *nothing;          /* zeros */
    float *scores, *mixed;   /* of a block of rows */
    uint8_t *shares;
    float *parts; /* what one unit of a row's shares is worth */
} hs_attention;

hs_attention hs_attention_of(hs_arena *arena, const hs_rows *row, hs_product_fn *product, size_t heads, size_t size,
                             size_t longest);

/* qkv: [t][3 × heads × size] → out: [t][heads × size] */
void hs_attend(const hs_attention *attention, const float *qkv, size_t t, float *out);

#endif
