/* Linear-chain CRF: see model.h. Memory is the arena's, linear in the words. Knows nothing of weights files or of the encoder.
 *
 * Marginals are worked out in the logarithmic domain, in double precision, so that forbidden transitions (-1e4) and extreme
 * scores lose nothing. exp and log are our own: those of a C library differ from one processor to the next in the last bit.
 */
#include <string.h>

#include "model/model.h"

enum { MAX_TAGS = 12 };

uint8_t *hs_crf_best(hs_arena *arena, hs_crf crf, const float *scores, size_t n) {
    size_t tags = crf.tags;
    uint8_t *from = HS_NEW(arena, uint8_t, n * tags); /* [n][tags]: the tag before, on the best path that ends here */
    double best[MAX_TAGS], next[MAX_TAGS];            /* double: a long text's sums outgrow a float's precision */
    for (size_t b = 0; b < tags; b++) best[b] = (double)crf.start[b] + (double)scores[b];
    for (size_t t = 1; t < n; t++) {
        for (size_t b = 0; b < tags; b++) {
            size_t arg = 0;
            double most = best[0] + (double)crf.trans[b];
            for (size_t a = 1; a < tags; a++) {
                double s = best[a] + (double)crf.trans[a * tags + b];
                if (s > most) most = s, arg = a;
            }
            next[b] = most + (double)scores[t * tags + b];
            from[t * tags + b] = (uint8_t)arg;
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t *path = HS_NEW(arena, uint8_t, n);
    for (size_t b = 1; b < tags; b++)
        if (best[b] > best[path[n - 1]]) path[n - 1] = (uint8_t)b;
    for (size_t t = n - 1; t > 0; t--) path[t - 1] = from[t * tags + path[t]];
    return path;
}

/* Each tag stands twice, the second time for "the wanted one has been seen"; the path has to end there. */
uint8_t *hs_crf_best_holding(hs_arena *arena, hs_crf crf, const float *scores, size_t n, size_t wanted) {
    static const float never = -1e4F;
    size_t tags = crf.tags, twice = 2 * tags;
    float *start = HS_NEW(arena, float, twice), *trans = HS_NEW(arena, float, twice *twice);
    float *doubled = HS_NEW(arena, float, n *twice);
    for (size_t b = 0; b < twice; b++) {
        bool seen = b >= tags, is_wanted = b % tags == wanted;
        start[b] = seen == is_wanted ? crf.start[b % tags] : never;
        for (size_t a = 0; a < twice; a++) {
            bool fits = seen == (a >= tags || is_wanted);
            trans[a * twice + b] = fits ? crf.trans[a % tags * tags + b % tags] : never;
        }
    }
    for (size_t t = 0; t < n; t++)
        for (size_t b = 0; b < twice; b++) doubled[t * twice + b] = scores[t * tags + b % tags];
    for (size_t b = 0; b < tags; b++) doubled[(n - 1) * twice + b] += never;
    uint8_t *path = hs_crf_best(arena, (hs_crf){twice, start, trans}, doubled, n);
    for (size_t t = 0; t < n; t++) path[t] = (uint8_t)(path[t] % tags);
    return path;
}

/* e^x for x up to 0; 0 below -700 and for what is no number. */
static double exp_of(double x) {
    if (!(x > -700.0)) return 0.0;
    int n = (int)(x * 1.4426950408889634 - 0.5);
    double r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10, term = 1.0, sum = 1.0;
    for (int i = 1; i <= 13; i++) {
        term = term * r / i;
        sum += term;
    }
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

/* ln x for x from 1 to MAX_TAGS, by 2 artanh((x - 1) / (x + 1)) after halving. */
static double log_of(double x) {
    int halved = 0;
    for (; x > 1.5; x /= 2) halved++;
    double z = (x - 1) / (x + 1), power = z, sum = 0.0;
    for (int i = 1; i <= 23; i += 2) {
        sum += power / i;
        power *= z * z;
    }
    return 2 * sum + halved * 0.69314718055994530942;
}

static double largest(const double *v, size_t n) {
    double most = v[0];
    for (size_t i = 1; i < n; i++) most = v[i] > most ? v[i] : most;
    return most;
}

/* ln Σ e^v */
static double log_sum(const double *v, size_t n) {
    double most = largest(v, n), sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += exp_of(v[i] - most);
    return most + log_of(sum);
}

/* Takes the largest off all, so that numbers stay small however long the text. */
static void settle(double *v, size_t n) {
    double most = largest(v, n);
    for (size_t i = 0; i < n; i++) v[i] -= most;
}

/* forward: [n][tags], the logarithm of what all paths up to a word, ending in a tag, weigh, less a constant of the word. */
static void run_forward(hs_crf crf, const float *scores, size_t n, double *forward) {
    size_t tags = crf.tags;
    for (size_t b = 0; b < tags; b++) forward[b] = (double)crf.start[b] + (double)scores[b];
    settle(forward, tags);
    for (size_t t = 1; t < n; t++) {
        double *now = forward + t * tags, v[MAX_TAGS];
        for (size_t b = 0; b < tags; b++) {
            for (size_t a = 0; a < tags; a++) v[a] = now[a - tags] + (double)crf.trans[a * tags + b];
            now[b] = log_sum(v, tags) + (double)scores[t * tags + b];
        }
        settle(now, tags);
    }
}

/* back: of the word after the one whose scores these are, [tags]; becomes the word's. */
static void step_back(hs_crf crf, const float *scores, double *back) {
    double v[MAX_TAGS], next[MAX_TAGS];
    for (size_t a = 0; a < crf.tags; a++) {
        for (size_t b = 0; b < crf.tags; b++) v[b] = (double)crf.trans[a * crf.tags + b] + (double)scores[b] + back[b];
        next[a] = log_sum(v, crf.tags);
    }
    settle(next, crf.tags);
    memcpy(back, next, crf.tags * sizeof *back);
}

float *hs_crf_marginals(hs_arena *arena, hs_crf crf, const float *scores, size_t n) {
    size_t tags = crf.tags;
    float *out = HS_NEW(arena, float, n *tags);
    double *forward = HS_NEW(arena, double, n *tags), back[MAX_TAGS] = {0}, v[MAX_TAGS];
    run_forward(crf, scores, n, forward);
    for (size_t t = n; t-- > 0;) {
        if (t + 1 < n) step_back(crf, scores + (t + 1) * tags, back);
        for (size_t b = 0; b < tags; b++) v[b] = forward[t * tags + b] + back[b];
        double total = log_sum(v, tags);
        for (size_t b = 0; b < tags; b++) out[t * tags + b] = (float)exp_of(v[b] - total);
    }
    return out;
}
