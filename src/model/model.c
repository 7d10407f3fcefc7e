/* The claim model: weights, windows and the encoder put together; see model.h.
 *
 * Memory: a model is malloc'd with its vocabulary's index, its weights are mapped; a scan is the arena's. Knows nothing of
 * claims, and of the encoder only that rows go in and vectors come out.
 */
#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/encoder.h"
#include "model/windows.h"
#include "model/wordpiece.h"

struct hs_model {
    hs_weights weights;
    hs_vocab vocab;
    hs_cpu cpu;
};

typedef struct hs_scan_window {
    hs_window words;
    float *hidden; /* [words it holds][dim] */
} hs_scan_window;

/* P h of one window's words, and room to work it out. */
typedef struct hs_scan_work {
    const hs_scan_window *window; /* whose; NULL at first */
    float *projected;             /* [longest][pair] */
    uint8_t *u;                   /* [longest][dim] */
    float *s;                     /* [longest] */
} hs_scan_work;

/* Short windows share batches of this many pieces, so that products have enough rows to be fast; with more, what lies between
 * two steps leaves the second cache (measured: a tenth slower at 512). */
enum { BATCH = 256 };

hs_status hs_model_open(hs_model **out, const char *path, hs_error *error) {
    *out = NULL;
    hs_model *m = calloc(1, sizeof *m);
    if (!m) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory to open it", path);
    hs_error why = {0};
    hs_status status = hs_weights_map(&m->weights, path, error);
    if (status == HS_OK) {
        status = hs_vocab_init(&m->vocab, m->weights.vocab, m->weights.config.vocab, &why);
        if (status != HS_OK) hs_fail(error, status, "%s: damaged weights: %s", path, why.message);
    }
    if (status != HS_OK) {
        hs_model_free(m);
        return status;
    }
    m->cpu = hs_cpu_detect(hs_cpu_named(getenv("HEARSAY_CPU")));
    *out = m;
    return HS_OK;
}

void hs_model_free(hs_model *model) {
    if (!model) return;
    hs_vocab_free(&model->vocab);
    hs_weights_unmap(&model->weights);
    free(model);
}

/* One of the texts that are scanned together. */
typedef struct scanned {
    const hs_words *words;
    hs_pieces pieces;
    hs_scan *scan;
    float *cue; /* [words][HS_CUE_TAGS] */
} scanned;

typedef struct batched {
    const scanned *text;
    hs_scan_window *window;
    size_t length; /* pieces */
} batched;

/* Windows on their way through the encoder together. */
typedef struct batch {
    hs_piece *pieces; /* [capacity] */
    size_t *lengths;  /* [capacity] */
    batched *members; /* [capacity] */
    size_t rows, windows, capacity;
} batch;

static size_t room_of(const hs_model *model) {
    return model->weights.config.window - 2;
}

/* Pieces of the window, [CLS] and [SEP] among them. */
static size_t length_of(const hs_model *model, const hs_pieces *pieces, const hs_window *w) {
    size_t n = pieces->first[w->stop] - pieces->first[w->first];
    return (n < room_of(model) ? n : room_of(model)) + 2;
}

static void add_to(batch *b, const hs_model *model, const scanned *text, hs_scan_window *window) {
    const hs_window *w = &window->words;
    const hs_pieces *pieces = &text->pieces;
    size_t length = length_of(model, pieces, w), at = b->rows;
    b->pieces[at++] = (hs_piece){.id = model->vocab.cls};
    for (size_t t = w->first; t < w->stop; t++) {
        const hs_word *word = &text->words->v[t];
        for (size_t i = pieces->first[t]; i < pieces->first[t + 1] && at < b->rows + length - 1; i++) {
            b->pieces[at++] = (hs_piece){pieces->ids[i], word->shape, word->quote, word->place};
        }
    }
    b->pieces[at] = (hs_piece){.id = model->vocab.sep};
    b->lengths[b->windows] = length;
    b->members[b->windows++] = (batched){text, window, length};
    b->rows += length;
}

/* Encodes a batch, keeps the vectors of words, and scores the words that each window answers for. */
static void run_batch(const hs_model *model, hs_encoder *encoder, batch *b) {
    const hs_weights *weights = &model->weights;
    size_t dim = weights->config.dim;
    hs_encode(encoder, b->pieces, b->lengths, b->windows);
    const float *x = encoder->x;
    for (size_t i = 0; i < b->windows; x += b->lengths[i++] * dim) {
        const scanned *text = b->members[i].text;
        const uint32_t *first = text->pieces.first;
        hs_scan_window *window = b->members[i].window;
        const hs_window *w = &window->words;
        for (size_t t = w->first; t < w->stop; t++) {
            float *h = window->hidden + (t - w->first) * dim;
            memcpy(h, x + (1 + first[t] - first[w->first]) * dim, dim * sizeof *h);
            if (t < w->own_first || t >= w->own_stop) continue;
            encoder->row->linear(weights->cue, weights->cue_bias, h, HS_CUE_TAGS, dim, text->cue + t * HS_CUE_TAGS);
        }
    }
    b->rows = b->windows = 0;
}

static hs_scan_work *new_work(const hs_model *model, hs_arena *arena, size_t longest) {
    const hs_config *c = &model->weights.config;
    hs_scan_work *work = HS_NEW(arena, hs_scan_work, 1);
    *work = (hs_scan_work){.projected = HS_NEW(arena, float, longest * c->pair),
                           .u = HS_NEW(arena, uint8_t, longest * c->dim),
                           .s = HS_NEW(arena, float, longest)};
    return work;
}

/* Cuts one text into windows, and makes room for all that is kept of it: a text that does not fit shows before the work is
 * done. Returns the pieces of the longest. */
static size_t prepare(const hs_model *model, hs_arena *arena, scanned *text) {
    hs_scan *scan = text->scan;
    text->pieces = hs_wordpiece(arena, &model->vocab, text->words);
    const hs_words *words = text->words;
    bool *starts = HS_NEW(arena, bool, words->n);
    for (size_t t = 0; t < words->n; t++)
        starts[t] = words->v[t].place == HS_PLACE_PARAGRAPH || words->v[t].place == HS_PLACE_FIRST;
    const hs_config *c = &model->weights.config;
    hs_windows cut = hs_windows_of(arena, &(hs_cut){.pieces = text->pieces.first,
                                                    .starts = starts,
                                                    .words = words->n,
                                                    .room = room_of(model),
                                                    .lead = c->lead,
                                                    .trail = c->trail});
    scan->windows = HS_NEW(arena, hs_scan_window, cut.n);
    scan->n_windows = cut.n;
    scan->cue = text->cue = HS_NEW(arena, float, words->n *HS_CUE_TAGS);
    size_t longest = 0;
    for (size_t i = 0; i < cut.n; i++) {
        size_t held = cut.v[i].stop - cut.v[i].first;
        scan->windows[i] = (hs_scan_window){cut.v[i], HS_NEW(arena, float, held * c->dim)};
        size_t length = length_of(model, &text->pieces, &cut.v[i]);
        scan->n_rows += length;
        if (length > longest) longest = length;
    }
    return longest;
}

static batch new_batch(hs_arena *arena, size_t capacity) {
    return (batch){.pieces = HS_NEW(arena, hs_piece, capacity),
                   .lengths = HS_NEW(arena, size_t, capacity),
                   .members = HS_NEW(arena, batched, capacity),
                   .capacity = capacity};
}

hs_scan *hs_model_scan(const hs_model *model, hs_arena *arena, const hs_words *texts, size_t n) {
    hs_scan *scans = HS_NEW(arena, hs_scan, n);
    scanned *list = HS_NEW(arena, scanned, n);
    size_t longest = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        scans[i].n_words = texts[i].n;
        if (texts[i].n == 0) continue;
        list[i] = (scanned){.words = &texts[i], .scan = &scans[i]};
        size_t length = prepare(model, arena, &list[i]);
        total += scans[i].n_rows;
        if (length > longest) longest = length;
    }
    if (total == 0) return scans;
    size_t capacity = longest > BATCH ? longest : BATCH;
    batch b = new_batch(arena, capacity < total ? capacity : total);
    hs_encoder encoder = hs_encoder_of(arena, &model->weights, model->cpu, b.capacity, longest);
    hs_scan_work *work = new_work(model, arena, longest);
    for (size_t i = 0; i < n; i++) {
        scans[i].work = work;
        for (size_t k = 0; k < scans[i].n_windows; k++) {
            hs_scan_window *window = &scans[i].windows[k];
            if (b.rows + length_of(model, &list[i].pieces, &window->words) > b.capacity) run_batch(model, &encoder, &b);
            add_to(&b, model, &list[i], window);
        }
    }
    run_batch(model, &encoder, &b);
    return scans;
}

/* The window that answers for a word. */
static size_t window_of(const hs_scan *scan, size_t word) {
    size_t low = 0, high = scan->n_windows;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (scan->windows[middle].words.own_first <= word) low = middle;
        else high = middle;
    }
    return low;
}

static void project(const hs_model *model, hs_scan_work *work, const hs_scan_window *w) {
    if (work->window == w) return;
    size_t n = w->words.stop - w->words.first;
    hs_rows_for(model->cpu)->quantise(w->hidden, n, model->weights.config.dim, work->u, work->s);
    hs_product_for(model->cpu)(&model->weights.pair_P, work->u, work->s, n, work->projected);
    work->window = w;
}

/* 0 for a word of the cue, 1 to 8 after it, 9 to 16 before it, by distance. */
static size_t bucket_of(size_t word, size_t start, size_t end) {
    static const size_t edges[] = {1, 2, 3, 5, 9, 17, 33, 65};
    if (word >= start && word < end) return 0;
    size_t distance = word >= end ? word - end + 1 : start - word, k = 0;
    while (k < sizeof edges / sizeof *edges && edges[k] <= distance) k++;
    return word >= end ? k : sizeof edges / sizeof *edges + k;
}

/* mean: [dim], of rows [start, end) of hidden: [words][dim] */
static void mean_of(const float *hidden, size_t dim, size_t start, size_t end, float *mean) {
    float share = 1.0F / (float)(end - start);
    for (size_t t = start; t < end; t++)
        for (size_t i = 0; i < dim; i++) mean[i] += hidden[t * dim + i] * share;
}

const float *hs_model_pairs(const hs_model *model, hs_arena *arena, const hs_scan *scan, size_t start, size_t end,
                            size_t *first, size_t *n) {
    const hs_weights *weights = &model->weights;
    const hs_rows *row = hs_rows_for(model->cpu);
    size_t window = window_of(scan, start), dim = weights->config.dim, pair = weights->config.pair;
    const hs_scan_window *w = &scan->windows[window];
    *first = w->words.first;
    *n = w->words.stop - w->words.first;
    size_t from = start - *first, to = (end < w->words.stop ? end : w->words.stop) - *first;
    float *scores = HS_NEW(arena, float, *n *HS_PAIR_TAGS), *mean = HS_NEW(arena, float, dim);
    float *g = HS_NEW(arena, float, pair), *q = HS_NEW(arena, float, pair), *z = HS_NEW(arena, float, pair);
    project(model, scan->work, w);
    mean_of(w->hidden, dim, from, to, mean);
    row->linear(weights->pair_G, weights->pair_G_bias, mean, pair, dim, g);
    row->linear(weights->pair_Q, weights->pair_Q_bias, mean, pair, dim, q);
    for (size_t t = 0; t < *n; t++) {
        const float *near = weights->pair_dist + bucket_of(t, from, to) * pair;
        row->modulate(scan->work->projected + t * pair, near, g, q, pair, z);
        row->linear(weights->pair_V, weights->pair_V_bias, z, HS_PAIR_TAGS, pair, scores + t * HS_PAIR_TAGS);
    }
    return scores;
}

/* The mean over those words of ranges that the window of word `at` holds; zeros where there is none. mean: [dim] */
static void mean_of_ranges(const hs_model *model, const hs_scan *scan, size_t at, const hs_ranges *ranges,
                           float *mean) {
    const hs_scan_window *w = &scan->windows[window_of(scan, at)];
    size_t dim = model->weights.config.dim, count = 0;
    memset(mean, 0, dim * sizeof *mean);
    for (size_t i = 0; i < ranges->n; i++) {
        size_t start = ranges->v[i].start > w->words.first ? ranges->v[i].start : w->words.first;
        size_t end = ranges->v[i].end < w->words.stop ? ranges->v[i].end : w->words.stop;
        for (size_t t = start; t < end; t++, count++)
            for (size_t d = 0; d < dim; d++) mean[d] += w->hidden[(t - w->words.first) * dim + d];
    }
    for (size_t d = 0; count && d < dim; d++) mean[d] /= (float)count;
}

void hs_model_act(const hs_model *model, hs_arena *arena, const hs_scan *scan, hs_range cue, const hs_ranges *content,
                  const hs_ranges *source, float scores[HS_ACTS]) {
    const hs_weights *weights = &model->weights;
    const hs_rows *row = hs_rows_for(model->cpu);
    size_t dim = weights->config.dim;
    float *means = HS_NEW(arena, float, 3 * dim), hidden[HS_ACT_HIDDEN];
    mean_of_ranges(model, scan, cue.start, &(hs_ranges){&cue, 1, 1}, means);
    mean_of_ranges(model, scan, cue.start, content, means + dim);
    mean_of_ranges(model, scan, cue.start, source, means + 2 * dim);
    row->linear(weights->act1, weights->act1_bias, means, HS_ACT_HIDDEN, 3 * dim, hidden);
    row->gelu(hidden, HS_ACT_HIDDEN);
    row->linear(weights->act2, weights->act2_bias, hidden, HS_ACTS, HS_ACT_HIDDEN, scores);
}

hs_crf hs_model_cue_crf(const hs_model *model) {
    return (hs_crf){HS_CUE_TAGS, model->weights.cue_start, model->weights.cue_trans};
}

hs_crf hs_model_pair_crf(const hs_model *model) {
    return (hs_crf){HS_PAIR_TAGS, model->weights.pair_start, model->weights.pair_trans};
}
