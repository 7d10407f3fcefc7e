/* The matrix products of the encoder alone, in the model's own shapes, on one core: what reading claims is measured against.
 *
 * usage: bench-products SECONDS [LAYERS DIM INNER WINDOW]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/product.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *room(size_t n, size_t size) {
    void *p = aligned_alloc(64, (n * size + 63) & ~(size_t)63);
    if (!p) exit(1);
    return p;
}

static hs_product product(size_t n, size_t k) {
    int8_t *w = room(n * k, 1);
    float *scale = room(n, sizeof *scale), *bias = room(n, sizeof *bias);
    int32_t *sum = room(n, sizeof *sum);
    for (size_t i = 0; i < n * k; i++) w[i] = (int8_t)(i * 2654435761U >> 13);
    for (size_t i = 0; i < n; i++) {
        scale[i] = 0.01F;
        bias[i] = 0;
        sum[i] = 0;
    }
    return (hs_product){w, scale, sum, bias, n, k};
}

int main(int argc, char **argv) {
    size_t shape[] = {6, 384, 1536, 256};
    if (argc < 2) {
        fprintf(stderr, "usage: bench-products SECONDS [LAYERS DIM INNER WINDOW]\n");
        return 2;
    }
    for (int i = 2; i < argc && i < 6; i++) shape[i - 2] = (size_t)atol(argv[i]);
    size_t layers = shape[0], dim = shape[1], inner = shape[2], rows = shape[3];
    /* Weights of their own for each layer: six layers do not stay in the nearest cache, one would. */
    hs_product *w = room(layers * 4, sizeof *w);
    for (size_t i = 0; i < layers; i++) {
        w[i * 4] = product(3 * dim, dim);
        w[i * 4 + 1] = product(dim, dim);
        w[i * 4 + 2] = product(inner, dim);
        w[i * 4 + 3] = product(dim, inner);
    }
    uint8_t *u = room(rows * inner, 1);
    float *s = room(rows, sizeof *s), *y = room(rows * (inner > 3 * dim ? inner : 3 * dim), sizeof *y);
    for (size_t i = 0; i < rows * inner; i++) u[i] = (uint8_t)(i * 40503U >> 7);
    for (size_t i = 0; i < rows; i++) s[i] = 0.01F;
    hs_product_fn *multiply = hs_product_for(hs_cpu_detect(hs_cpu_named(getenv("HEARSAY_CPU"))));
    size_t pieces = 0;
    double start = now(), spent = 0;
    for (; spent < atof(argv[1]); spent = now() - start, pieces += rows)
        for (size_t i = 0; i < layers * 4; i++) multiply(&w[i], u, s, rows, y);
    printf("%.0f word pieces/s in the products alone\n", (double)pieces / spent);
    return 0;
}
