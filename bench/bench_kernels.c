/* Speed of the int8 products, each kernel against the others and, where it was found, against oneDNN.
 *
 * The shapes are those of the shipped model's layers. Every number is the best of several rounds, the kernels taking turns
 * within a round, so that a busy machine slows all of them alike. Set OMP_NUM_THREADS=1 and pin to one core.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/product.h"

#ifdef HS_BENCH_DNNL
#include <oneapi/dnnl/dnnl.h>
#endif

enum { ROUNDS = 25, KERNELS = 4 };

typedef struct bench_case {
    size_t rows;
    hs_product w;
    uint8_t *u; /* [rows][k] */
    float *s;   /* [rows] */
    float *y;   /* [rows][n] */
} bench_case;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint8_t random_byte(void) {
    static uint64_t state = 88172645463325252U;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint8_t)(state >> 32);
}

static void *new_bytes(size_t n) {
    void *p = aligned_alloc(64, (n + 63) / 64 * 64);
    if (!p) exit(1);
    return p;
}

static bench_case new_case(size_t rows, size_t n, size_t k) {
    int8_t *w = new_bytes(n * k);
    float *scale = new_bytes(n * sizeof *scale), *bias = new_bytes(n * sizeof *bias);
    int32_t *sum = new_bytes(n * sizeof *sum);
    for (size_t i = 0; i < n; i++) {
        scale[i] = 0.01F;
        bias[i] = 0.5F;
        sum[i] = 0;
    }
    for (size_t i = 0; i < n * k; i++) {
        w[i] = (int8_t)(random_byte() % 255 - 127);
        sum[i / 64 / (k / 4) * 16 + i % 64 / 4] += w[i];
    }
    bench_case c = {rows,
                    {w, scale, sum, bias, n, k},
                    new_bytes(rows * k),
                    new_bytes(rows * sizeof(float)),
                    new_bytes(rows * n * sizeof(float))};
    for (size_t i = 0; i < rows * k; i++) c.u[i] = random_byte();
    for (size_t i = 0; i < rows; i++) c.s[i] = 0.02F;
    return c;
}

static void free_case(bench_case *c) {
    free((void *)c->w.w);
    free((void *)c->w.scale);
    free((void *)c->w.sum);
    free((void *)c->w.bias);
    free(c->u);
    free(c->s);
    free(c->y);
}

#ifdef HS_BENCH_DNNL
/* u8 rows × s8 weights → s32, the weights in whatever order oneDNN 2.x likes best. */
typedef struct onednn {
    dnnl_engine_t engine;
    dnnl_stream_t stream;
    dnnl_primitive_t product;
    dnnl_memory_t x, w, y;
} onednn;

static void check(dnnl_status_t status) {
    if (status == dnnl_success) return;
    fprintf(stderr, "oneDNN: error %d\n", (int)status);
    exit(1);
}

static onednn new_onednn(const bench_case *c) {
    onednn o;
    dnnl_dim_t m = (dnnl_dim_t)c->rows, n = (dnnl_dim_t)c->w.n, k = (dnnl_dim_t)c->w.k;
    dnnl_memory_desc_t x, w, y;
    check(dnnl_engine_create(&o.engine, dnnl_cpu, 0));
    check(dnnl_stream_create(&o.stream, o.engine, dnnl_stream_default_flags));
    check(dnnl_memory_desc_init_by_tag(&x, 2, (dnnl_dims_t){m, k}, dnnl_u8, dnnl_ab));
    check(dnnl_memory_desc_init_by_tag(&w, 2, (dnnl_dims_t){k, n}, dnnl_s8, dnnl_format_tag_any));
    check(dnnl_memory_desc_init_by_tag(&y, 2, (dnnl_dims_t){m, n}, dnnl_s32, dnnl_ab));
    dnnl_matmul_desc_t desc;
    dnnl_primitive_desc_t pd;
    check(dnnl_matmul_desc_init(&desc, &x, &w, NULL, &y));
    check(dnnl_primitive_desc_create(&pd, &desc, NULL, o.engine, NULL));
    check(dnnl_primitive_create(&o.product, pd));
    const dnnl_memory_desc_t *packed = dnnl_primitive_desc_query_md(pd, dnnl_query_weights_md, 0);
    check(dnnl_memory_create(&o.x, &x, o.engine, c->u));
    check(dnnl_memory_create(&o.y, &y, o.engine, c->y));
    check(dnnl_memory_create(&o.w, packed, o.engine, DNNL_MEMORY_ALLOCATE));
    void *bytes;
    check(dnnl_memory_get_data_handle(o.w, &bytes));
    for (size_t i = 0; i < c->w.n * c->w.k; i++) ((uint8_t *)bytes)[i] = random_byte();
    check(dnnl_primitive_desc_destroy(pd));
    return o;
}

static void run_onednn(const onednn *o) {
    dnnl_exec_arg_t args[] = {{DNNL_ARG_SRC, o->x}, {DNNL_ARG_WEIGHTS, o->w}, {DNNL_ARG_DST, o->y}};
    check(dnnl_primitive_execute(o->product, o->stream, 3, args));
    check(dnnl_stream_wait(o->stream));
}

static void free_onednn(onednn *o) {
    dnnl_memory_destroy(o->x);
    dnnl_memory_destroy(o->w);
    dnnl_memory_destroy(o->y);
    dnnl_primitive_destroy(o->product);
    dnnl_stream_destroy(o->stream);
    dnnl_engine_destroy(o->engine);
}
#endif

/* Best seconds of each kernel over the rounds; HUGE_VAL where it cannot run here. */
static void measure(const bench_case *c, double best[KERNELS]) {
    for (int i = 0; i < KERNELS; i++) best[i] = HUGE_VAL;
#ifdef HS_BENCH_DNNL
    onednn other = new_onednn(c);
#endif
    hs_cpu most = hs_cpu_detect(HS_CPU_VNNI);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < KERNELS; i++) {
            if (i == HS_CPU_REFERENCE && round) continue; /* slow, and only there for scale */
            double start = now();
            if (i <= (int)most) hs_product_for((hs_cpu)i)(&c->w, c->u, c->s, c->rows, c->y);
#ifdef HS_BENCH_DNNL
            else if (i == KERNELS - 1) run_onednn(&other);
#endif
            else continue;
            best[i] = fmin(best[i], now() - start);
        }
    }
#ifdef HS_BENCH_DNNL
    free_onednn(&other);
#endif
}

int main(void) {
    static const size_t shapes[][2] = {{1152, 384}, {384, 384}, {1536, 384}, {384, 1536}}, rows[] = {64, 256};
    printf(" rows     n     k | Gops/s: reference      AVX2      VNNI    oneDNN | AVX2, VNNI against oneDNN\n");
    for (size_t r = 0; r < 2; r++) {
        for (size_t i = 0; i < 4; i++) {
            bench_case c = new_case(rows[r], shapes[i][0], shapes[i][1]);
            double best[KERNELS], ops = 2e-9 * (double)(c.rows * c.w.n * c.w.k);
            measure(&c, best);
            printf("%5zu %5zu %5zu |         %9.1f %9.1f %9.1f %9.1f | %.2f %.2f\n", c.rows, c.w.n, c.w.k,
                   ops / best[0], ops / best[1], ops / best[2], ops / best[3], best[3] / best[1], best[3] / best[2]);
            free_case(&c);
        }
    }
    return 0;
}
