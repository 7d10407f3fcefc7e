/* The encoder's arithmetic on rows of floats; one source (rows.inc), built for each kind of processor.
 *
 * Every build gives the same bits: elementwise steps have one order of operations, sums over a row are kept in 16 lanes
 * and added in one tree, and no build contracts to fused multiply-add. Memory is the caller's; rows need no alignment.
 * Widths `n` are multiples of 16. Knows no tensor by name.
 */
#ifndef HS_MODEL_ROWS_H
#define HS_MODEL_ROWS_H

#include "model/product.h"

/* One row's embeddings, added in this order. word: s8 [n], to be multiplied by scale; the rest: [n] */
typedef struct hs_embedding {
    const int8_t *word;
    float scale;
    const float *position, *shape, *quote, *place;
} hs_embedding;

typedef struct hs_rows {
    /* x: [rows][n] → u: [rows][n], s: [rows], as hs_product_fn takes them. */
    void (*quantise)(const float *x, size_t rows, size_t n, uint8_t *u, float *s);
    /* x = sum of embeddings; x: [n] */
    void (*embed)(const hs_embedding *e, size_t n, float *x);
    /* x = layer norm (epsilon 1e-12) of x + y; y may be NULL. x, y: [rows][n]; weight, bias: [n] */
    void (*norm)(float *x, const float *y, size_t rows, size_t n, const float *weight, const float *bias);
    /* x = gelu(x), by erf; x: [n] */
    void (*gelu)(float *x, size_t n);
    /* z = gelu((p + d) * (1 + g) + q); all [n] */
    void (*modulate)(const float *p, const float *d, const float *g, const float *q, size_t n, float *z);
    /* Softmax of s[i] × scale over i < t, in bytes: u[i] = round(255 e^((s[i] - largest) scale)), 0 from t to n. Returns 1 / sum of u.
     * s: [n], overwritten; u: [n]; scale: above 0 */
    float (*share)(float *s, size_t t, size_t n, float scale, uint8_t *u);
    /* y[i] = w[i] · x + b[i]; w: [rows][n], x: [n], b, y: [rows] */
    void (*linear)(const float *w, const float *b, const float *x, size_t rows, size_t n, float *y);
    /* For tests: y = exp(x), relative error below 2e-7 (0 below -87); y = erf(x / √2), absolute error below 4e-7. */
    void (*exp)(const float *x, size_t n, float *y);
    void (*erf)(const float *x, size_t n, float *y);
} hs_rows;

extern const hs_rows hs_rows_reference;
#if defined(__x86_64__)
extern const hs_rows hs_rows_avx2;   /* needs HS_CPU_AVX2 */
extern const hs_rows hs_rows_avx512; /* needs HS_CPU_VNNI */
#endif

const hs_rows *hs_rows_for(hs_cpu cpu);

#endif
