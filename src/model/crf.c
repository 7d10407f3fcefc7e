/* Linear-chain CRF: see model.h. Memory is the arena's, linear in the words. Knows nothing of weights files or of the encoder.
 *
 * Marginals are worked out on weights, e to the power of a score less the largest of its kind, in double precision and scaled anew at
 * each word. A score's weight is never below LEAST, so that extreme ones leave a path; a forbidden transition's is zero. exp is our own:
 * that of a C library differs from one processor to the next in the last bit.
 */
#include <math.h>
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

static const double LEAST = 1e-150;   /* its square is a number still */
static const float FORBIDDEN = -5e3F; /* a transition's score below this stands for "never" */

/* out: e^(v - the largest), at least LEAST, but 0 below `never`; [n] */
static void weigh(const float *v, size_t n, float never, double *out) {
    double most = (double)v[0];
    for (size_t i = 1; i < n; i++) most = (double)v[i] > most ? (double)v[i] : most;
    for (size_t i = 0; i < n; i++) {
        double w = exp_of((double)v[i] - most);
        out[i] = v[i] < never ? 0 : w > LEAST ? w : LEAST;
    }
}

/* Makes the largest 1, so that numbers stay in range however long the text; where nothing is left, all are. */
static void settle(double *v, size_t n) {
    double most = v[0];
    for (size_t i = 1; i < n; i++) most = v[i] > most ? v[i] : most;
    for (size_t i = 0; i < n; i++) v[i] = most > 0 ? v[i] / most : 1;
}

float *hs_crf_marginals(hs_arena *arena, hs_crf crf, const float *scores, size_t n) {
    size_t tags = crf.tags;
    float *out = HS_NEW(arena, float, n *tags);
    double start[MAX_TAGS], trans[MAX_TAGS * MAX_TAGS], back[MAX_TAGS], next[MAX_TAGS];
    double *here = HS_NEW(arena, double, n *tags);    /* [n][tags]: weights of the scores */
    double *forward = HS_NEW(arena, double, n *tags); /* [n][tags]: of all paths up to a word that end in a tag */
    weigh(crf.start, tags, FORBIDDEN, start);
    weigh(crf.trans, tags * tags, FORBIDDEN, trans);
    for (size_t t = 0; t < n; t++) {
        weigh(scores + t * tags, tags, -INFINITY, here + t * tags);
        for (size_t b = 0; b < tags; b++) {
            double sum = t ? 0 : start[b];
            for (size_t a = 0; t && a < tags; a++) sum += forward[(t - 1) * tags + a] * trans[a * tags + b];
            forward[t * tags + b] = sum * here[t * tags + b];
        }
        settle(forward + t * tags, tags);
    }
    for (size_t b = 0; b < tags; b++) back[b] = 1;
    for (size_t t = n; t-- > 0;) {
        double total = 0;
        for (size_t b = 0; b < tags; b++) total += forward[t * tags + b] * back[b];
        for (size_t b = 0; b < tags; b++)
            out[t * tags + b] = (float)(total > 0 ? forward[t * tags + b] * back[b] / total : 1.0 / (double)tags);
        for (size_t a = 0; a < tags; a++) {
            next[a] = 0;
            for (size_t b = 0; b < tags; b++) next[a] += trans[a * tags + b] * here[t * tags + b] * back[b];
        }
        settle(next, tags);
        memcpy(back, next, sizeof back);
    }
    return out;
}
