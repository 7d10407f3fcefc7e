/* Attention: see attention.h. */
#include "model/attention.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 24 }; /* queries whose scores are held at once: what a near cache holds */

/* Keys are columns of a product, values what it sums over: both in whole panels. */
static size_t padded(size_t t) {
    return (t + 31) / 32 * 32;
}

hs_attention hs_attention_of(hs_arena *arena, const hs_rows *row, hs_product_fn *product, size_t heads, size_t size,
                             size_t longest) {
    size_t t = padded(longest), most = t > size ? t : size;
    return (hs_attention){.row = row,
                          .product = product,
                          .heads = heads,
                          .size = size,
                          .longest = longest,
                          .x = HS_NEW(arena, float, t *size),
                          .s = HS_NEW(arena, float, most),
                          .u = HS_NEW(arena, uint8_t, t * size),
                          .keys = HS_NEW(arena, int8_t, t * size),
                          .values = HS_NEW(arena, int8_t, t * size),
                          .key_scale = HS_NEW(arena, float, t),
                          .value_scale = HS_NEW(arena, float, size),
                          .key_sum = HS_NEW(arena, int32_t, t),
                          .none = HS_NEW(arena, int32_t, most),
                          .nothing = HS_NEW(arena, float, most),
                          .scores = HS_NEW(arena, float, BLOCK *t),
                          .mixed = HS_NEW(arena, float, BLOCK *size),
                          .shares = HS_NEW(arena, uint8_t, BLOCK * t),
                          .parts = HS_NEW(arena, float, BLOCK)};
}

/* u: [rows][k], rows a multiple of 16, k of 4 → w: [rows/16][k/4][16][4] */
static void pack(const uint8_t *u, size_t rows, size_t k, int8_t *w) {
    for (size_t r = 0; r < rows; r++) {
        int8_t *to = w + r / 16 * 16 * k + r % 16 * 4;
        for (size_t i = 0; i < k; i += 4) {
            uint32_t four;
            memcpy(&four, u + r * k + i, sizeof four);
            four ^= 0x80808080U; /* less 128, each */
            memcpy(to + i * 16, &four, sizeof four);
        }
    }
}

/* from: a head's first column of [t][stride] */
static void take_keys(const hs_attention *a, const float *from, size_t stride, size_t t) {
    size_t n = padded(t), size = a->size;
    for (size_t i = 0; i < t; i++) memcpy(a->x + i * size, from + i * stride, size * sizeof *from);
    a->row->quantise(a->x, t, size, a->u, a->key_scale);
    memset(a->u + t * size, 128, (n - t) * size);
    for (size_t i = t; i < n; i++) a->key_scale[i] = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t sum = 0;
        for (size_t d = 0; d < size; d++) sum += a->u[i * size + d] - 128;
        a->key_sum[i] = sum;
    }
    pack(a->u, n, size, a->keys);
}

/* A value's dimensions are the rows that are rounded together: they are what the product's columns will be. */
static void take_values(const hs_attention *a, const float *from, size_t stride, size_t t) {
    size_t n = padded(t), size = a->size;
    memset(a->x, 0, n * size * sizeof *a->x);
    for (size_t i = 0; i < t; i++)
        for (size_t d = 0; d < size; d++) a->x[d * n + i] = from[i * stride + d];
    a->row->quantise(a->x, size, n, a->u, a->value_scale);
    pack(a->u, size, n, a->values);
}

static void take_queries(const hs_attention *a, const float *from, size_t stride, size_t t) {
    for (size_t i = 0; i < t; i++) memcpy(a->x + i * a->size, from + i * stride, a->size * sizeof *from);
    a->row->quantise(a->x, t, a->size, a->u, a->s);
}

void hs_attend(const hs_attention *a, const float *qkv, size_t t, float *out) {
    size_t n = padded(t), size = a->size, width = a->heads * size, stride = 3 * width;
    float scale = 1.0F / sqrtf((float)size);
    hs_product keys = {a->keys, a->key_scale, a->key_sum, a->nothing, n, size};
    hs_product values = {a->values, a->value_scale, a->none, a->nothing, size, n};
    for (size_t h = 0; h < a->heads; h++, qkv += size, out += size) {
        take_keys(a, qkv + width, stride, t);
        take_values(a, qkv + 2 * width, stride, t);
        take_queries(a, qkv, stride, t);
        for (size_t at = 0; at < t; at += BLOCK) {
            size_t rows = t - at < BLOCK ? t - at : BLOCK;
            a->product(&keys, a->u + at * size, a->s + at, rows, a->scores);
            for (size_t r = 0; r < rows; r++)
                a->parts[r] = a->row->share(a->scores + r * n, t, n, scale, a->shares + r * n);
            a->product(&values, a->shares, a->parts, rows, a->mixed);
            for (size_t r = 0; r < rows; r++) memcpy(out + (at + r) * width, a->mixed + r * size, size * sizeof *out);
        }
    }
}
