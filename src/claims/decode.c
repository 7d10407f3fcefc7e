/* Decoding: see decode.h. Both tag sequences are read off their best paths; the confidence is that of the cue times
 * that of the words which make up, or border on, source and content. */
#include "claims/decode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From this probability on a cue is taken at its word: it has a content, if it has a source, however unlikely the best one is.
 * Without this, a headline's "…, official claims" whose content the model would rather see in the lead is lost. */
static const double SURE_CUE = 0.7;

/* Where so many sources are expected over all paths, the best path that holds one is taken, though none may be the best of all: whose word it is can be
 * plain and where the phrase ends unclear ("Anna Berg, who runs the harbour, said"). Of 30 sources that this adds on PolNeAR dev 20 are right. */
static const double SOME_SOURCE = 0.2;

/* A score that no path takes. */
static const float FORBIDDEN = -1e4F;

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

/* That a cue stands here, whoever's: of its least likely word. */
static double cue_probability(const float *marginals, const uint8_t *path, hs_range cue) {
    double least = 1;
    for (size_t t = cue.start; t < cue.end; t++) {
        const float *of = marginals + t * HS_CUE_TAGS;
        bool inside = path[t] % 2 == HS_TAG_I % 2;
        double here = inside ? (double)of[HS_TAG_I] + (double)of[HS_TAG_I_NESTED]
                             : (double)of[HS_TAG_B] + (double)of[HS_TAG_B_NESTED];
        least = fmin(least, here);
    }
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

static bool in_title(const hs_word *word) {
    return word->place == HS_PLACE_TITLE || word->place == HS_PLACE_FIRST;
}

/* Scores of n words under what texts allow. No span runs on into another paragraph (one in 23,000 contents of PolNeAR does);
 * the title's claims stay in the title and the others out of it (3 of 451, none of 22,761). cue: a word of the claim's, or
 * NULL where the tags are those of cues. */
static float *allowed(hs_arena *arena, const hs_word *words, const float *scores, size_t n, size_t tags,
                      const hs_word *cue) {
    float *out = HS_NEW(arena, float, n *tags);
    memcpy(out, scores, n * tags * sizeof *out);
    for (size_t t = 0; t < n; t++) {
        bool elsewhere = cue && in_title(cue) != in_title(&words[t]);
        bool fresh = words[t].place == HS_PLACE_PARAGRAPH;
        for (size_t tag = HS_TAG_B; tag < tags; tag++) {
            bool inside = tag % 2 == HS_TAG_I % 2;
            if (elsewhere || (fresh && inside)) out[t * tags + tag] = FORBIDDEN;
        }
    }
    return out;
}

/* A cue and the scores that its source and content are decoded from. */
typedef struct candidate {
    hs_range cue;
    bool nested;
    const float *scores; /* [n][HS_PAIR_TAGS], of the words from first */
    size_t first, n;
    double cue_probability;
    hs_attribution best;
} candidate;

/* A share p of the claims with confidence p is there: the model's own figure is too sure of itself near 1 and too little below. Fitted to one half
 * of PolNeAR dev, the expected calibration error on the other is 3.0 to 3.3 points (5.4 to 6.3 without). */
static double calibrated(double confidence) {
    static const double POWER = 0.6, ODDS = 1.35;
    double c = fmin(fmax(confidence, 1e-6), 1 - 1e-6), odds = ODDS * pow(c / (1 - c), POWER);
    return odds / (1 + odds);
}

/* Whether a content may begin anywhere at all. */
static bool may_have_content(const float *scores, size_t n) {
    for (size_t t = 0; t < n; t++)
        if (scores[t * HS_PAIR_TAGS + HS_TAG_B_CONTENT] > FORBIDDEN) return true;
    return false;
}

/* Of several sources only the surest is kept: a claim is on one phrase's word, and the others are mostly addressees. */
static void keep_surest(hs_ranges *sources, const float *marginals, const uint8_t *path, size_t first) {
    double most = -1;
    hs_range surest = {0};
    for (size_t i = 0; i < sources->n; i++) {
        double sum = 0;
        for (size_t t = sources->v[i].start - first; t < sources->v[i].end - first; t++)
            sum += marginals[t * HS_PAIR_TAGS + path[t]];
        sum /= (double)(sources->v[i].end - sources->v[i].start);
        if (sum > most) {
            most = sum;
            surest = sources->v[i];
        }
    }
    if (sources->n > 1) {
        sources->v[0] = surest;
        sources->n = 1;
    }
}

/* How many spans of a kind are expected: about how likely it is that there is one. */
static double expected(const float *marginals, size_t n, size_t tag) {
    double sum = 0;
    for (size_t t = 0; t < n; t++) sum += (double)marginals[t * HS_PAIR_TAGS + tag];
    return sum;
}

static void decode_candidate(hs_arena *arena, hs_crf crf, candidate *c, const float *scores) {
    const uint8_t *path = hs_crf_best(arena, crf, scores, c->n);
    bool lacks_content = memchr(path, HS_TAG_B_SOURCE, c->n) && !memchr(path, HS_TAG_B_CONTENT, c->n);
    if (lacks_content && c->cue_probability >= SURE_CUE && may_have_content(scores, c->n))
        path = hs_crf_best_holding(arena, crf, scores, c->n, HS_TAG_B_CONTENT);
    const float *marginals = hs_crf_marginals(arena, crf, scores, c->n);
    if (!memchr(path, HS_TAG_B_SOURCE, c->n) && c->cue_probability >= SURE_CUE &&
        expected(marginals, c->n, HS_TAG_B_SOURCE) >= SOME_SOURCE) {
        const uint8_t *with = hs_crf_best_holding(arena, crf, scores, c->n, HS_TAG_B_SOURCE);
        if (memchr(with, HS_TAG_B_CONTENT, c->n)) path = with;
    }
    c->best = (hs_attribution){.cue = c->cue,
                               .nested = c->nested,
                               .source = runs(arena, path, c->n, HS_TAG_B_SOURCE, HS_TAG_I_SOURCE, c->first),
                               .content = runs(arena, path, c->n, HS_TAG_B_CONTENT, HS_TAG_I_CONTENT, c->first),
                               .confidence = c->cue_probability * pair_probability(marginals, path, c->n)};
    keep_surest(&c->best.source, marginals, path, c->first);
}

static bool holds(const hs_ranges *ranges, hs_range inner) {
    for (size_t i = 0; i < ranges->n; i++)
        if (ranges->v[i].start <= inner.start && inner.end <= ranges->v[i].end) return true;
    return false;
}

/* Two claims may share words of their contents only where one is part of what the other says. */
static bool apart(const candidate *a, const candidate *b) {
    return !holds(&a->best.content, b->cue) && !holds(&b->best.content, a->cue);
}

static int surest_first(const void *a, const void *b) {
    const candidate *x = *(candidate *const *)a, *y = *(candidate *const *)b;
    if (x->best.confidence != y->best.confidence) return x->best.confidence > y->best.confidence ? -1 : 1;
    return (x->cue.start > y->cue.start) - (x->cue.start < y->cue.start);
}

/* Gives each word of a content to the surest of the nested claims, or of the others, that wants it, and decodes the rest again
 * without it. */
static void settle(hs_arena *arena, hs_crf crf, candidate *list, size_t n, size_t n_words, bool nested) {
    candidate **order = HS_NEW(arena, candidate *, n);
    candidate **owner = HS_NEW(arena, candidate *, n_words);
    size_t wanted = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].nested == nested) order[wanted++] = &list[i];
    qsort(order, wanted, sizeof *order, surest_first);
    for (size_t i = 0; i < wanted; i++) {
        candidate *c = order[i];
        float *without = NULL;
        for (size_t k = 0; k < c->best.content.n; k++)
            for (size_t t = c->best.content.v[k].start; t < c->best.content.v[k].end; t++) {
                if (!owner[t] || !apart(owner[t], c)) continue;
                if (!without) {
                    without = HS_NEW(arena, float, c->n *HS_PAIR_TAGS);
                    memcpy(without, c->scores, c->n * HS_PAIR_TAGS * sizeof *without);
                }
                without[(t - c->first) * HS_PAIR_TAGS + HS_TAG_B_CONTENT] = FORBIDDEN;
                without[(t - c->first) * HS_PAIR_TAGS + HS_TAG_I_CONTENT] = FORBIDDEN;
            }
        if (without) decode_candidate(arena, crf, c, without);
        for (size_t k = 0; k < c->best.content.n; k++)
            for (size_t t = c->best.content.v[k].start; t < c->best.content.v[k].end; t++)
                if (!owner[t]) owner[t] = c;
    }
}

/* The cues of a path, of both depths, in order. */
static hs_ranges cues_of(hs_arena *arena, const uint8_t *path, size_t n) {
    hs_ranges out = {0};
    for (size_t t = 0; t < n; t++) {
        if (path[t] % 2 != HS_TAG_B % 2) continue;
        size_t end = t + 1;
        while (end < n && path[end] == path[t] + 1) end++;
        HS_PUSH(arena, out, (hs_range){t, end});
    }
    return out;
}

/* Whether word `t` is a mark that ends a sentence or what stands before one. */
static bool ends_sentence(const hs_words *words, size_t t) {
    const hs_word *word = &words->v[t];
    if (word->norm_end - word->norm != 1) return false;
    char c = words->norm.p[word->norm];
    return c == '.' || c == '?' || c == '!' || c == ':' || c == ';';
}

static void mark(bool *taken, const hs_ranges *ranges) {
    for (size_t i = 0; i < ranges->n; i++)
        memset(taken + ranges->v[i].start, true, ranges->v[i].end - ranges->v[i].start);
}

/* A title's "CONTENT, SOURCE CUE": what stands before the source is all content, back to where its sentence begins, unless another claim
 * has a part in it. (In the text below, what the model leaves out there is mostly "But" and "In addition".) */
static void reach_back(const hs_words *words, const bool *taken, hs_attribution *a) {
    enum { FARTHEST = 60 };
    if (a->source.n != 1 || a->content.n != 1) return;
    hs_range *content = &a->content.v[0];
    size_t source = a->source.v[0].start;
    if (content->end >= source || content->end + 2 < source || a->cue.start < source) return;
    for (size_t t = content->end; t < source; t++)
        if (words->v[t].shape != 0 || words->v[t].quote == HS_QUOTE_CLOSE) return;
    size_t start = content->start;
    while (start > 0 && content->start - start < FARTHEST && !taken[start - 1] && !ends_sentence(words, start - 1))
        start--;
    if (start == 0 || ends_sentence(words, start - 1)) content->start = start;
}

hs_attributions hs_decode(hs_arena *arena, const hs_model *model, const hs_scan *scan, const hs_words *words) {
    hs_attributions out = {0};
    if (scan->n_words == 0) return out;
    hs_crf cue_crf = hs_model_cue_crf(model), pair_crf = hs_model_pair_crf(model);
    const float *cue_scores = allowed(arena, words->v, scan->cue, scan->n_words, HS_CUE_TAGS, NULL);
    const uint8_t *cue_path = hs_crf_best(arena, cue_crf, cue_scores, scan->n_words);
    const float *cue_marginals = hs_crf_marginals(arena, cue_crf, cue_scores, scan->n_words);
    hs_ranges cues = cues_of(arena, cue_path, scan->n_words);
    candidate *list = HS_NEW(arena, candidate, cues.n);
    for (size_t i = 0; i < cues.n; i++) {
        candidate *c = &list[i];
        c->cue = cues.v[i];
        c->nested = cue_path[c->cue.start] == HS_TAG_B_NESTED;
        const float *scores = hs_model_pairs(model, arena, scan, c->cue.start, c->cue.end, &c->first, &c->n);
        c->scores = allowed(arena, words->v + c->first, scores, c->n, HS_PAIR_TAGS, &words->v[c->cue.start]);
        c->cue_probability = cue_probability(cue_marginals, cue_path, c->cue);
        decode_candidate(arena, pair_crf, c, c->scores);
    }
    settle(arena, pair_crf, list, cues.n, scan->n_words, false);
    settle(arena, pair_crf, list, cues.n, scan->n_words, true);
    bool *taken = HS_NEW(arena, bool, scan->n_words);
    for (size_t i = 0; i < cues.n; i++) {
        memset(taken + list[i].cue.start, true, list[i].cue.end - list[i].cue.start);
        mark(taken, &list[i].best.source);
        mark(taken, &list[i].best.content);
    }
    for (size_t i = 0; i < cues.n; i++) {
        hs_attribution *a = &list[i].best;
        if (!a->content.n) continue;
        if (in_title(&words->v[a->cue.start])) reach_back(words, taken, a);
        a->confidence = calibrated(a->confidence);
        hs_model_act(model, arena, scan, a->cue, &a->content, &a->source, a->act);
        HS_PUSH(arena, out, *a);
    }
    return out;
}
