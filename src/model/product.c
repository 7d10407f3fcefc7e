/* Products: the plain reference, and which kernel runs where; see product.h. */
#include "model/product.h"

#include <string.h>

hs_cpu hs_cpu_detect(hs_cpu limit) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (limit >= HS_CPU_VNNI && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) {
        return HS_CPU_VNNI;
    }
    if (limit >= HS_CPU_AVX2 && __builtin_cpu_supports("avx2")) return HS_CPU_AVX2;
#endif
    (void)limit;
    return HS_CPU_REFERENCE;
}

hs_cpu hs_cpu_named(const char *name) {
    if (name && strcmp(name, "reference") == 0) return HS_CPU_REFERENCE;
    if (name && strcmp(name, "avx2") == 0) return HS_CPU_AVX2;
    return HS_CPU_VNNI;
}

hs_product_fn *hs_product_for(hs_cpu cpu) {
#if defined(__x86_64__)
    if (cpu == HS_CPU_VNNI) return hs_product_vnni;
    if (cpu == HS_CPU_AVX2) return hs_product_avx2;
#endif
    (void)cpu;
    return hs_product_reference;
}

/* u: [k], w: [k/4][16][4], acc: [16] */
static void sums(const uint8_t *u, const int8_t *w, size_t k, int32_t *acc) {
    for (size_t i = 0; i < k; i += 4, w += 64)
        for (size_t n = 0; n < 16; n++)
            for (size_t j = 0; j < 4; j++) acc[n] += u[i + j] * w[n * 4 + j];
}

void hs_product_reference(const hs_product *w, const uint8_t *u, const float *s, size_t rows, float *y) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t n = 0; n < w->n; n += 16) {
            int32_t acc[16] = {0};
            sums(u + r * w->k, w->w + n * w->k, w->k, acc);
            for (size_t i = 0; i < 16; i++) {
                int32_t exact = acc[i] - 128 * w->sum[n + i];
                y[r * w->n + n + i] = (float)exact * (s[r] * w->scale[n + i]) + w->bias[n + i];
            }
        }
    }
}
