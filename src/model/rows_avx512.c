/* Rows of floats, built for AVX-512: see rows.h. Built always, run only where hs_cpu_detect says so. */
#include "model/rows.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TABLE hs_rows_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl")))
#define WIDTH 16
#define EACH_COLUMN(X, r) X(r, 0)
#define LARGER(a, b) ((vec)_mm512_max_ps((__m512)(a), (__m512)(b)))
#define SMALLER(a, b) ((vec)_mm512_min_ps((__m512)(a), (__m512)(b)))
#include "model/rows.inc"
#endif
