/* Every kernel against the plain reference, bit for bit, and the reference against the specification's formula. */
#include "cmocka_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/rows.h"

enum { MAX_ROWS = 40, MAX_N = 112, MAX_K = 1536 };

/* One product's numbers, as large as any of the tests needs. */
typedef struct sample {
    int8_t w[MAX_N * MAX_K];
    float scale[MAX_N], bias[MAX_N], s[MAX_ROWS], y[MAX_ROWS * MAX_N], expected[MAX_ROWS * MAX_N];
    int32_t sum[MAX_N];
    uint8_t u[MAX_ROWS * MAX_K];
} sample;

static uint64_t state = 1234567;

static uint32_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

static size_t packed(size_t n, size_t k, size_t columns) {
    return ((n / 16 * (columns / 4) + k / 4) * 16 + n % 16) * 4 + k % 4;
}

/* low..high: the range of the weights; u is `u` throughout, or random where that is negative. */
static hs_product fill(sample *m, size_t n, size_t k, int low, int high, int u) {
    memset(m->sum, 0, sizeof m->sum);
    for (size_t i = 0; i < n; i++) {
        m->scale[i] = 0.001F * (float)(1 + next_random() % 100);
        m->bias[i] = 0.01F * (float)(next_random() % 100) - 0.5F;
        for (size_t j = 0; j < k; j++) {
            int v = low + (int)(next_random() % (uint32_t)(high - low + 1));
            m->w[packed(i, j, k)] = (int8_t)v;
            m->sum[i] += v;
        }
    }
    for (size_t i = 0; i < MAX_ROWS * k; i++) m->u[i] = u < 0 ? (uint8_t)(1 + next_random() % 255) : (uint8_t)u;
    for (size_t i = 0; i < MAX_ROWS; i++) m->s[i] = 0.0001F * (float)(next_random() % 1000);
    return (hs_product){.w = m->w, .scale = m->scale, .sum = m->sum, .bias = m->bias, .n = n, .k = k};
}

static void compare(sample *m, const hs_product *w, size_t rows) {
    hs_product_reference(w, m->u, m->s, rows, m->expected);
    for (int cpu = HS_CPU_AVX2; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        memset(m->y, 0x7F, sizeof m->y);
        hs_product_for((hs_cpu)cpu)(w, m->u, m->s, rows, m->y);
        assert_memory_equal(m->y, m->expected, rows * w->n * sizeof *m->y);
        for (size_t i = rows * w->n * sizeof *m->y; i < sizeof m->y; i++) assert_int_equal(((uint8_t *)m->y)[i], 0x7F);
    }
}

static void test_reference_is_the_formula(void **unused) {
    (void)unused;
    sample *m = calloc(1, sizeof *m);
    hs_product w = fill(m, 48, 128, -127, 127, -1);
    hs_product_reference(&w, m->u, m->s, 5, m->y);
    for (size_t r = 0; r < 5; r++) {
        for (size_t n = 0; n < w.n; n++) {
            int64_t exact = 0;
            for (size_t k = 0; k < w.k; k++) exact += (m->u[r * w.k + k] - 128) * m->w[packed(n, k, w.k)];
            float y = (float)exact * (m->s[r] * m->scale[n]) + m->bias[n];
            assert_memory_equal(&m->y[r * w.n + n], &y, sizeof y);
        }
    }
    free(m);
}

static void test_kernels_agree_on_every_tail(void **unused) {
    (void)unused;
    static const size_t ns[] = {16, 32, 48, 112}, ks[] = {64, 128, 192, 1536};
    sample *m = calloc(1, sizeof *m);
    for (size_t n = 0; n < 4; n++) {
        for (size_t k = 0; k < 4; k++) {
            hs_product w = fill(m, ns[n], ks[k], -127, 127, -1);
            for (size_t rows = 0; rows < (k < 2 ? 27 : 14); rows++) compare(m, &w, rows);
            compare(m, &w, MAX_ROWS);
        }
    }
    free(m);
}

static void test_kernels_do_not_saturate(void **unused) {
    (void)unused;
    static const int weights[] = {-128, -127, 127}, bytes[] = {0, 1, 128, 255};
    sample *m = calloc(1, sizeof *m);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 4; j++) {
            hs_product w = fill(m, 32, MAX_K, weights[i], weights[i], bytes[j]);
            compare(m, &w, 13);
            assert_true(m->expected[0] ==
                        (float)((bytes[j] - 128) * weights[i] * MAX_K) * (m->s[0] * m->scale[0]) + m->bias[0]);
        }
    }
    free(m);
}

static void test_quantise(void **unused) {
    (void)unused;
    /* The largest is 127 steps, so that 0.5 and 1.5 steps are ties. */
    float x[32] = {127, 0.5F, 1.5F, 2.5F, -0.5F, -1.5F, -127, 1, -0.0F, 63.4F, 63.6F};
    static const uint8_t expected[11] = {255, 128, 130, 130, 128, 126, 1, 129, 128, 191, 192};
    for (int cpu = 0; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        uint8_t u[32];
        float s;
        hs_rows_for((hs_cpu)cpu)->quantise(x, 1, 32, u, &s);
        assert_true(s == 1.0F);
        assert_memory_equal(u, expected, sizeof expected);
        for (size_t i = sizeof expected; i < 32; i++) assert_int_equal(u[i], 128);
        memset(u, 0, sizeof u);
        hs_rows_for((hs_cpu)cpu)->quantise((float[32]){0}, 1, 32, u, &s);
        assert_true(s == 0.0F);
        for (size_t i = 0; i < 32; i++) assert_int_equal(u[i], 128);
    }
}

static void test_quantise_agrees_on_odd_numbers(void **unused) {
    (void)unused;
    static const float odd[] = {NAN, INFINITY, -INFINITY, 1e-45F, -1e-45F, 1e-38F, 3e38F, -3e38F, 1, -0.0F};
    for (int round = 0; round < 2000; round++) {
        float x[64], s[2], first_s[2];
        uint8_t u[64], first[64];
        for (int i = 0; i < 64; i++) {
            x[i] = (float)next_random() / 1e9F - 2.0F;
            if (round % 4 == 0 && next_random() % 8 == 0) x[i] = odd[next_random() % 10];
            if (round % 4 == 1) x[i] *= 1e-44F;
        }
        hs_rows_reference.quantise(x, 2, 32, first, first_s);
        for (int i = 0; i < 64; i++) assert_true(first[i] >= 1);
        for (int cpu = HS_CPU_AVX2; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
            hs_rows_for((hs_cpu)cpu)->quantise(x, 2, 32, u, s);
            assert_memory_equal(u, first, sizeof u);
            assert_memory_equal(s, first_s, sizeof s);
        }
    }
}

static void test_cpu_limit(void **unused) {
    (void)unused;
    assert_int_equal(hs_cpu_named("reference"), HS_CPU_REFERENCE);
    assert_int_equal(hs_cpu_named("avx2"), HS_CPU_AVX2);
    assert_int_equal(hs_cpu_named("vnni"), HS_CPU_VNNI);
    assert_int_equal(hs_cpu_named(NULL), HS_CPU_VNNI);
    assert_int_equal(hs_cpu_named(""), HS_CPU_VNNI);
    assert_int_equal(hs_cpu_detect(HS_CPU_REFERENCE), HS_CPU_REFERENCE);
    assert_true(hs_cpu_detect(HS_CPU_AVX2) <= HS_CPU_AVX2);
    assert_ptr_equal(hs_product_for(HS_CPU_REFERENCE), hs_product_reference);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_is_the_formula),       cmocka_unit_test(test_kernels_agree_on_every_tail),
        cmocka_unit_test(test_kernels_do_not_saturate),        cmocka_unit_test(test_quantise),
        cmocka_unit_test(test_quantise_agrees_on_odd_numbers), cmocka_unit_test(test_cpu_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
