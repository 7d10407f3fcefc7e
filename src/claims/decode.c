/* Decoding: see decode.h. Both tag sequences are read off their best paths; the confidence is that of the cue times
 * that of the words which make up, or border on, source and content. */
#include "claims/decode.h"

#include <math.h>

/* The runs B I I … of a path; each word's index moved by `offset`. */
static hs_ranges runs(hs_arena *arena, const uint8_t *path, size_t n, uint8_t begin, uint8_t inside, size_t offset) {
    hs_ranges out = {0};
    for (size_t t = 0; t < n; t++) {
        if (path[t] != begin) continue;
        size_t end = t + 1;
        while (end < n && path[end] == inside) end++;
        HS_PUSH(arena, out, (hs_range){t + offset, end + offset});
    }
    return out;
}

static double cue_probability(const float *marginals, const uint8_t *path, hs_range cue) {
    double least = 1;
    for (size_t t = cue.start; t < cue.end; t++) least = fmin(least, marginals[t * HS_CUE_TAGS + path[t]]);
    return least;
}

/* Geometric mean of the path's marginals over the words in a source or content and their neighbours. */
static double pair_probability(const float *marginals, const uint8_t *path, size_t n) {
    double sum = 0;
    size_t count = 0;
    for (size_t t = 0; t < n; t++) {
        bool near = path[t] || (t && path[t - 1]) || (t + 1 < n && path[t + 1]);
        if (!near) continue;
        sum += log(fmax(marginals[t * HS_PAIR_TAGS + path[t]], 1e-6));
        count++;
    }
    return count ? exp(sum / (double)count) : 0;
}

hs_attributions hs_decode(hs_arena *arena, const hs_model *model, const hs_words *words) {
    hs_attributions out = {0};
    if (words->n == 0) return out;
    hs_scan scan = hs_model_scan(model, arena, words);
    hs_crf cue_crf = hs_model_cue_crf(model), pair_crf = hs_model_pair_crf(model);
    const uint8_t *cue_path = hs_crf_best(arena, cue_crf, scan.cue, words->n);
    const float *cue_marginals = hs_crf_marginals(arena, cue_crf, scan.cue, words->n);
    hs_ranges cues = runs(arena, cue_path, words->n, HS_TAG_B, HS_TAG_I, 0);
    for (size_t i = 0; i < cues.n; i++) {
        size_t first, n;
        const float *scores = hs_model_pairs(model, arena, &scan, cues.v[i].start, cues.v[i].end, &first, &n);
        const uint8_t *path = hs_crf_best(arena, pair_crf, scores, n);
        hs_attribution a = {.cue = cues.v[i],
                            .source = runs(arena, path, n, HS_TAG_B_SOURCE, HS_TAG_I_SOURCE, first),
                            .content = runs(arena, path, n, HS_TAG_B_CONTENT, HS_TAG_I_CONTENT, first)};
        if (a.content.n == 0) continue;
        const float *marginals = hs_crf_marginals(arena, pair_crf, scores, n);
        a.confidence = cue_probability(cue_marginals, cue_path, cues.v[i]) * pair_probability(marginals, path, n);
        HS_PUSH(arena, out, a);
    }
    return out;
}
