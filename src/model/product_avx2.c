/* The product with AVX2: see product.h. Built always, run only where hs_cpu_detect says so.
 *
 * Bytes are widened to 16 bits before they are multiplied: vpmaddubsw would saturate. A group of 4 k × 16 columns becomes
 * four registers of 4 columns, whose pairs of sums are added when k is done. Three rows at a time share a widened weight;
 * their sums are named one by one, since compilers keep an array of them in memory. The 16 columns' weights stay in the
 * first cache while all rows pass.
 */
#include "model/product.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { ROWS = 3 };

/* Four bytes, widened, four times over. */
INLINE __m256i four_bytes(const uint8_t *u) {
    int32_t bits;
    memcpy(&bits, u, sizeof bits);
    return _mm256_cvtepu8_epi16(_mm_set1_epi32(bits));
}

INLINE __m256i widened(const int8_t *p) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)p));
}

INLINE __m256i plus(__m256i acc, __m256i a, __m256i b) {
    return _mm256_add_epi32(acc, _mm256_madd_epi16(a, b));
}

/* One row's eight columns from n on, from two registers of four columns × 2 partial sums. y: [w->n] */
INLINE void finish(const hs_product *w, __m256i low, __m256i high, float s, size_t n, float *y) {
    __m256i acc = _mm256_permute4x64_epi64(_mm256_hadd_epi32(low, high), 0xD8);
    __m256i over = _mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(w->sum + n)), 7);
    __m256 exact = _mm256_cvtepi32_ps(_mm256_sub_epi32(acc, over));
    __m256 scale = _mm256_mul_ps(_mm256_set1_ps(s), _mm256_loadu_ps(w->scale + n));
    _mm256_storeu_ps(y + n, _mm256_add_ps(_mm256_mul_ps(exact, scale), _mm256_loadu_ps(w->bias + n)));
}

/* clang-format off */
/* Three rows, 16 columns. u: [ROWS][k], s: [ROWS], y: [ROWS][w->n] */
INLINE void tile(const hs_product *w, const uint8_t *u, const float *s, size_t n, float *y) {
    const size_t k = w->k;
    const int8_t *p = w->w + n * k;
#define EACH_ROW(X) X(0) X(1) X(2)
#define DECLARE(r) __m256i acc##r##0 = _mm256_setzero_si256(), acc##r##1 = acc##r##0, acc##r##2 = acc##r##0, acc##r##3 = acc##r##0;
    EACH_ROW(DECLARE)
    for (size_t i = 0; i < k; i += 4, p += 64) {
        __m256i a0 = four_bytes(u + i), a1 = four_bytes(u + k + i), a2 = four_bytes(u + 2 * k + i), b;
#define STEP(c)                        \
    b = widened(p + c * 16);           \
    acc0##c = plus(acc0##c, a0, b);    \
    acc1##c = plus(acc1##c, a1, b);    \
    acc2##c = plus(acc2##c, a2, b);
        STEP(0) STEP(1) STEP(2) STEP(3)
    }
#define FINISH(r)                                              \
    finish(w, acc##r##0, acc##r##1, s[r], n, y + r * w->n);    \
    finish(w, acc##r##2, acc##r##3, s[r], n + 8, y + r * w->n);
    EACH_ROW(FINISH)
}
/* clang-format on */

/* One row, 16 columns. u: [k], y: [w->n] */
INLINE void single(const hs_product *w, const uint8_t *u, float s, size_t n, float *y) {
    const int8_t *p = w->w + n * w->k;
    __m256i acc0 = _mm256_setzero_si256(), acc1 = acc0, acc2 = acc0, acc3 = acc0;
    for (size_t i = 0; i < w->k; i += 4, p += 64) {
        __m256i a = four_bytes(u + i);
        acc0 = plus(acc0, a, widened(p));
        acc1 = plus(acc1, a, widened(p + 16));
        acc2 = plus(acc2, a, widened(p + 32));
        acc3 = plus(acc3, a, widened(p + 48));
    }
    finish(w, acc0, acc1, s, n, y);
    finish(w, acc2, acc3, s, n + 8, y);
}

TARGET void hs_product_avx2(const hs_product *w, const uint8_t *u, const float *s, size_t rows, float *y) {
    for (size_t n = 0; n < w->n; n += 16) {
        size_t r = 0;
        for (; r + ROWS <= rows; r += ROWS) tile(w, u + r * w->k, s + r, n, y + r * w->n);
        for (; r < rows; r++) single(w, u + r * w->k, s[r], n, y + r * w->n);
    }
}
#endif
