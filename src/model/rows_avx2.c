/* Rows of floats, built for AVX2: see rows.h. Built always, run only where hs_cpu_detect says so. */
#include "model/rows.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TABLE hs_rows_avx2
#define TARGET __attribute__((target("avx2")))
#define WIDTH 8
#define EACH_COLUMN(X, r) X(r, 0) X(r, 1)
#define LARGER(a, b) ((vec)_mm256_max_ps((__m256)(a), (__m256)(b)))
#define SMALLER(a, b) ((vec)_mm256_min_ps((__m256)(a), (__m256)(b)))
#include "model/rows.inc"
#endif
