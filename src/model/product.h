/* Products of int8 rows with packed int8 weights: docs/model-format.md, section 1, "product".
 *
 * Every kernel gives the same bits: the sums are exact in 32 bits and the last step has one order of operations. Memory is
 * the caller's. Knows no tensor by name and nothing of layers.
 */
#ifndef HS_MODEL_PRODUCT_H
#define HS_MODEL_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

/* Kinds of processor, each able to run what stands before it. */
typedef enum hs_cpu { HS_CPU_REFERENCE, HS_CPU_AVX2, HS_CPU_VNNI } hs_cpu;

/* The best kind that this machine is, `limit` at most. */
hs_cpu hs_cpu_detect(hs_cpu limit);

/* The kind named "reference", "avx2" or "vnni"; HS_CPU_VNNI for any other name and for NULL. */
hs_cpu hs_cpu_named(const char *name);

/* Beyond this many columns, 255 × 128 each, a sum might not fit 32 bits. */
enum { HS_PRODUCT_MAX_K = 65536 };

typedef struct hs_product {
    const int8_t *w;    /* [n/16][k/4][16][4] */
    const float *scale; /* [n] */
    const int32_t *sum; /* [n] */
    const float *bias;  /* [n] */
    size_t n, k;        /* multiples of 16 */
} hs_product;

/* y[r] = x[r] · Wᵀ for rows quantised as u[r] = round(x[r] / s[r]) + 128.
 * u: [rows][k], s: [rows], y: [rows][n]. */
typedef void hs_product_fn(const hs_product *w, const uint8_t *u, const float *s, size_t rows, float *y);

hs_product_fn hs_product_reference;
#if defined(__x86_64__)
hs_product_fn hs_product_avx2; /* needs HS_CPU_AVX2 */
hs_product_fn hs_product_vnni; /* needs HS_CPU_VNNI */
#endif

hs_product_fn *hs_product_for(hs_cpu cpu);

#endif
