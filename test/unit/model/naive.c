/* The specification in plain loops: see naive.h. */
#include "naive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double gelu(double x) {
    return 0.5 * x * (1.0 + erf(x / sqrt(2.0)));
}

/* x: [k] → y: [n] */
static void product(const hs_product *w, const double *x, double *y) {
    double most = 0;
    for (size_t k = 0; k < w->k; k++) most = fmax(most, fabs(x[k]));
    double s = most / 127;
    for (size_t n = 0; n < w->n; n++) {
        double sum = 0;
        for (size_t k = 0; k < w->k; k++) {
            double q = s > 0 ? fmin(fmax(nearbyint(x[k] / s), -127), 127) : 0;
            sum += q * w->w[((n / 16 * (w->k / 4) + k / 4) * 16 + n % 16) * 4 + k % 4];
        }
        y[n] = sum * s * (double)w->scale[n] + (double)w->bias[n];
    }
}

static void norm(double *x, size_t n, const hs_norm *w) {
    double mean = 0, variance = 0;
    for (size_t i = 0; i < n; i++) mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++) variance += (x[i] - mean) * (x[i] - mean) / (double)n;
    for (size_t i = 0; i < n; i++) {
        x[i] = (x[i] - mean) / sqrt(variance + 1e-12) * (double)w->weight[i] + (double)w->bias[i];
    }
}

/* What a number among others is rounded to. v: n of them, `stride` apart */
static double rounded(const double *v, size_t n, size_t stride, double x) {
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(v[i * stride]));
    return most > 0 ? nearbyint(x / (most / 127)) * (most / 127) : 0;
}

/* qkv: [t][3 dim] → the attended values of row i: [dim] */
static void attend(const hs_config *c, const double *qkv, size_t t, size_t i, double *out) {
    size_t size = c->dim / c->heads, stride = 3 * c->dim;
    double *p = malloc(t * sizeof *p);
    for (size_t h = 0; h < c->dim; h += size) {
        const double *q = qkv + i * stride + h;
        double total = 0, most = -INFINITY;
        for (size_t j = 0; j < t; j++) {
            const double *k = qkv + j * stride + c->dim + h;
            p[j] = 0;
            for (size_t d = 0; d < size; d++) p[j] += rounded(q, size, 1, q[d]) * rounded(k, size, 1, k[d]);
            most = fmax(most, p[j]);
        }
        for (size_t j = 0; j < t; j++) total += p[j] = nearbyint(255 * exp((p[j] - most) / sqrt((double)size)));
        for (size_t d = h; d < h + size; d++) {
            const double *v = qkv + 2 * c->dim + d;
            out[d] = 0;
            for (size_t j = 0; j < t; j++) out[d] += p[j] / total * rounded(v, t, stride, v[j * stride]);
        }
    }
    free(p);
}

static void run_layer(const hs_config *c, const hs_layer *w, size_t n, double *x) {
    size_t dim = c->dim;
    double *qkv = malloc(n * 3 * dim * sizeof *qkv), *a = malloc(dim * sizeof *a), *y = malloc(dim * sizeof *y);
    double *inner = malloc(c->inner * sizeof *inner);
    for (size_t i = 0; i < n; i++) product(&w->qkv, x + i * dim, qkv + i * 3 * dim);
    for (size_t i = 0; i < n; i++, x += dim) {
        attend(c, qkv, n, i, a);
        product(&w->out, a, y);
        for (size_t d = 0; d < dim; d++) x[d] += y[d];
        norm(x, dim, &w->norm1);
        product(&w->up, x, inner);
        for (size_t d = 0; d < c->inner; d++) inner[d] = gelu(inner[d]);
        product(&w->down, inner, y);
        for (size_t d = 0; d < dim; d++) x[d] += y[d];
        norm(x, dim, &w->norm2);
    }
    free(qkv);
    free(a);
    free(y);
    free(inner);
}

void hs_naive_encode(const hs_weights *weights, const hs_piece *pieces, size_t n, double *x) {
    const hs_weights *w = weights;
    size_t dim = w->config.dim;
    for (size_t i = 0; i < n; i++) {
        const hs_piece *p = &pieces[i];
        for (size_t d = 0; d < dim; d++) {
            x[i * dim + d] = (double)w->word[(size_t)p->id * dim + d] * (double)w->word_scale[p->id] +
                             (double)w->position[i * dim + d] + (double)w->shape[p->shape * dim + d] +
                             (double)w->quote[p->quote * dim + d] + (double)w->place[p->place * dim + d];
        }
        norm(x + i * dim, dim, &w->norm);
    }
    for (size_t l = 0; l < w->config.layers; l++) run_layer(&w->config, &w->layer[l], n, x);
}

static double row_dot(const float *w, const double *x, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)w[i] * x[i];
    return sum;
}

/* Section 5's buckets, as a table of first distances. */
static size_t bucket(size_t t, size_t start, size_t end) {
    if (start <= t && t < end) return 0;
    size_t d = t >= end ? t - end + 1 : start - t;
    size_t k = d >= 65 ? 8 : d >= 33 ? 7 : d >= 17 ? 6 : d >= 9 ? 5 : d >= 5 ? 4 : d >= 3 ? 3 : d;
    return t >= end ? k : 8 + k;
}

void hs_naive_pairs(const hs_weights *weights, const double *hidden, size_t words, size_t start, size_t end,
                    double *scores) {
    const hs_weights *w = weights;
    size_t dim = w->config.dim, pair = w->config.pair;
    double *mean = calloc(dim, sizeof *mean), *p = malloc(pair * sizeof *p), *z = malloc(pair * sizeof *z);
    for (size_t t = start; t < end; t++)
        for (size_t d = 0; d < dim; d++) mean[d] += hidden[t * dim + d] / (double)(end - start);
    for (size_t t = 0; t < words; t++) {
        product(&w->pair_P, hidden + t * dim, p);
        for (size_t i = 0; i < pair; i++) {
            double g = row_dot(w->pair_G + i * dim, mean, dim) + (double)w->pair_G_bias[i];
            double q = row_dot(w->pair_Q + i * dim, mean, dim) + (double)w->pair_Q_bias[i];
            z[i] = gelu((p[i] + (double)w->pair_dist[bucket(t, start, end) * pair + i]) * (1 + g) + q);
        }
        for (size_t b = 0; b < 5; b++)
            scores[t * 5 + b] = row_dot(w->pair_V + b * pair, z, pair) + (double)w->pair_V_bias[b];
    }
    free(mean);
    free(p);
    free(z);
}
