/* The product with AVX-512 VNNI: see product.h. Built always, run only where hs_cpu_detect says so.
 *
 * A tile is 12 rows by two panels of 16 columns: 24 sums, two registers of weights and one of a row's bytes fill the
 * register file. Its sums are named one by one, since compilers keep an array of them in memory. The two panels' weights
 * stay in the nearest caches while the rows pass. The last tile reaches back over rows already done (and writes the same
 * numbers again), so that only fewer than 12 rows in all are done singly.
 */
#include "model/product.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { ROWS = 12 };
#define EACH_ROW(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

INLINE __m512i four_bytes(const uint8_t *u) {
    int32_t bits;
    memcpy(&bits, u, sizeof bits);
    return _mm512_set1_epi32(bits);
}

/* acc + a·b by fours. Not the intrinsic: gcc 12 copies the sums around it and spills half of them, at half the speed. */
INLINE __m512i plus(__m512i acc, __m512i a, __m512i b) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(acc) : "v"(a), "v"(b));
    return acc;
}

/* One row's 16 columns from n on. y: [w->n] */
INLINE void finish(const hs_product *w, __m512i acc, float s, size_t n, float *y) {
    __m512i over = _mm512_slli_epi32(_mm512_loadu_si512(w->sum + n), 7);
    __m512 exact = _mm512_cvtepi32_ps(_mm512_sub_epi32(acc, over));
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(s), _mm512_loadu_ps(w->scale + n));
    _mm512_storeu_ps(y + n, _mm512_add_ps(_mm512_mul_ps(exact, scale), _mm512_loadu_ps(w->bias + n)));
}

/* clang-format off */
/* Twelve rows, two panels. u: [ROWS][k], s: [ROWS], y: [ROWS][w->n] */
INLINE void tile(const hs_product *w, const uint8_t *u, const float *s, size_t n, float *y) {
    const size_t k = w->k;
    const int8_t *p = w->w + n * k, *q = p + 16 * k;
#define DECLARE(r) __m512i left##r = _mm512_setzero_si512(), right##r = left##r;
    EACH_ROW(DECLARE)
    for (size_t i = 0; i < k; i += 4) {
        __m512i a, left = _mm512_loadu_si512(p + i * 16), right = _mm512_loadu_si512(q + i * 16);
#define STEP(r)                                           \
    a = four_bytes(u + r * k + i);                        \
    left##r = plus(left##r, a, left);      \
    right##r = plus(right##r, a, right);
        EACH_ROW(STEP)
    }
#define FINISH(r)                                  \
    finish(w, left##r, s[r], n, y + r * w->n);     \
    finish(w, right##r, s[r], n + 16, y + r * w->n);
    EACH_ROW(FINISH)
}
/* clang-format on */

/* One row, one panel; four sums of a quarter of k each, since one would wait for itself. u: [k], y: [w->n] */
INLINE void single(const hs_product *w, const uint8_t *u, float s, size_t n, float *y) {
    const int8_t *p = w->w + n * w->k;
    __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
    for (size_t i = 0; i < w->k; i += 16, p += 256) {
        a = plus(a, four_bytes(u + i), _mm512_loadu_si512(p));
        b = plus(b, four_bytes(u + i + 4), _mm512_loadu_si512(p + 64));
        c = plus(c, four_bytes(u + i + 8), _mm512_loadu_si512(p + 128));
        d = plus(d, four_bytes(u + i + 12), _mm512_loadu_si512(p + 192));
    }
    finish(w, _mm512_add_epi32(_mm512_add_epi32(a, b), _mm512_add_epi32(c, d)), s, n, y);
}

TARGET void hs_product_vnni(const hs_product *w, const uint8_t *u, const float *s, size_t rows, float *y) {
    size_t n = 0;
    for (; rows >= ROWS && n + 32 <= w->n; n += 32) {
        for (size_t r = 0; r < rows; r += ROWS) {
            size_t at = r + ROWS <= rows ? r : rows - ROWS;
            tile(w, u + at * w->k, s + at, n, y + at * w->n);
        }
    }
    for (; n < w->n; n += 16)
        for (size_t r = 0; r < rows; r++) single(w, u + r * w->k, s[r], n, y + r * w->n);
}
#endif
