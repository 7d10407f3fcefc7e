/* The claim model: words → scores. docs/model-format.md is its specification. Knows tensors, not claims.
 *
 * A model is read-only after opening (its file is mapped) and may be used by any number of threads; all working memory comes
 * from the caller's arena. The same words give the same scores, bit for bit, on every run and every kind of processor.
 */
#ifndef HS_MODEL_MODEL_H
#define HS_MODEL_MODEL_H

#include "base/range.h"
#include "base/str.h"
#include "model/weights.h"
#include "text/words.h"

typedef struct hs_model hs_model;

/* Maps a weights file and checks all of it. HS_ERR_MISSING, or HS_ERR_FORMAT with what is wrong. The environment variable
 * HEARSAY_CPU (reference, avx2 or vnni), read here, holds the arithmetic back to what such a processor can do. */
hs_status hs_model_open(hs_model **out, const char *path, hs_error *error);
void hs_model_free(hs_model *model);

/* Cue tags, of the text's own claims and of those nested in what somebody else is credited with. */
enum { HS_TAG_O, HS_TAG_B, HS_TAG_I, HS_TAG_B_NESTED, HS_TAG_I_NESTED };
enum { HS_TAG_B_SOURCE = 1, HS_TAG_I_SOURCE, HS_TAG_B_CONTENT, HS_TAG_I_CONTENT };

/* What the encoder makes of a text: cue scores of every word, and what pair scores are computed from. */
typedef struct hs_scan hs_scan;
struct hs_scan {
    const float *cue; /* [n_words][HS_CUE_TAGS] */
    size_t n_words;
    struct hs_scan_window *windows;
    size_t n_windows;
    size_t n_rows; /* pieces that went through the encoder */
    struct hs_scan_work
        *work; /* of hs_model_pairs, shared by the scans made together: they belong to one thread at a time */
};
/* Scans `n` texts together, which is faster than one by one where they are short, and gives the same scores.
 * A scan keeps some 3 KB a word in the arena: 200,000 words fit one of 1 GiB. */
hs_scan *hs_model_scan(const hs_model *model, hs_arena *arena, const hs_words *texts, size_t n);

/* Pair scores of the cue [start, end), start < end and start < n_words, over the words [*first, *first + *n) of its window:
 * [*n][HS_PAIR_TAGS]. Cheapest when called for cues in their order. */
const float *hs_model_pairs(const hs_model *model, hs_arena *arena, const hs_scan *scan, size_t start, size_t end,
                            size_t *first, size_t *n);

/* What a claim does: scores of the stances in the order of hs_stance, then of being hedged (a logit). Any of the lists may be empty; words
 * outside the window that answers for the cue do not count. */
void hs_model_act(const hs_model *model, hs_arena *arena, const hs_scan *scan, hs_range cue, const hs_ranges *content,
                  const hs_ranges *source, float scores[HS_ACTS]);

/* Linear-chain CRF (Lafferty et al. 2001). */
typedef struct hs_crf {
    size_t tags;
    const float *start; /* [tags] */
    const float *trans; /* [tags][tags]: from, to */
} hs_crf;
hs_crf hs_model_cue_crf(const hs_model *model);
hs_crf hs_model_pair_crf(const hs_model *model);

/* The best path: [n] tags (Viterbi); n > 0. Ties go to the lower tag. */
uint8_t *hs_crf_best(hs_arena *arena, hs_crf crf, const float *scores, size_t n);

/* The best of the paths that hold the tag `wanted` somewhere. For up to 6 tags. */
uint8_t *hs_crf_best_holding(hs_arena *arena, hs_crf crf, const float *scores, size_t n, size_t wanted);

/* Marginal probability of each tag of each word: [n][tags] (forward-backward). */
float *hs_crf_marginals(hs_arena *arena, hs_crf crf, const float *scores, size_t n);

#endif
