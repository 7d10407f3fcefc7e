/* Scores of blocks: see scores.h. Whole numbers throughout, so that a page gives the same record everywhere. */
#include "page/scores.h"

#include "page/scores_table.h"

/* Chances are in thousandths. */
typedef struct scored {
    uint32_t block;
    uint16_t chance;
} scored;

/* The first trees tell most: a block that is hopeless after them is not looked at further. */
static int odds_of(const hs_features *features) {
    enum { FIRST = 24, HOPELESS = -4 * 256 };
    int sum = hs_scores_base;
    for (size_t t = 0; t < hs_scores_n_trees; t++) {
        const hs_scores_node *tree = hs_scores_nodes + hs_scores_trees[t], *at = tree;
        while (at->measure != HS_SCORES_LEAF)
            at = tree + (features->v[at->measure] <= at->value ? at->left : at->right);
        sum += at->value;
        if (t == FIRST && sum < HOPELESS) break;
    }
    return sum;
}

/* 1 / (1 + exp(-odds / 256)): a line between the values at every 128th. */
static uint16_t chance_of(int odds) {
    static const uint16_t CURVE[] = {500, 622, 731, 818, 881, 924, 953, 971, 982,
                                     989, 993, 996, 998, 998, 999, 999, 1000};
    enum { STEP = 128, LAST = sizeof CURVE / sizeof *CURVE - 1 };
    int size = odds < 0 ? -odds : odds, at = size / STEP, rest = size % STEP;
    int chance = at >= LAST ? CURVE[LAST] : CURVE[at] + (CURVE[at + 1] - CURVE[at]) * rest / STEP;
    return (uint16_t)(odds < 0 ? 1000 - chance : chance);
}

/* The threshold from which the blocks taken have the best expected F1: where little is sure, it is low. */
static uint16_t threshold_of(const hs_measurer *m, const scored *v, size_t n) {
    enum { LOWEST = 250, HIGHEST = 700, STEP = 50, STEPS = (HIGHEST - LOWEST) / STEP + 1 };
    uint64_t size[STEPS] = {0}, hits[STEPS] = {0}, all = 1;
    for (size_t i = 0; i < n; i++) {
        uint64_t words = hs_measurer_words(m, v[i].block), hit = words * v[i].chance;
        all += hit;
        if (v[i].chance < LOWEST) continue;
        size_t step = (v[i].chance - LOWEST) / STEP;
        if (step >= STEPS) step = STEPS - 1;
        size[step] += words * 1000;
        hits[step] += hit;
    }
    size_t best = STEPS - 1;
    double best_f1 = -1;
    for (size_t step = STEPS; step-- > 0;) {
        if (step + 1 < STEPS) {
            size[step] += size[step + 1];
            hits[step] += hits[step + 1];
        }
        double f1 = (double)hits[step] / (double)(size[step] + all);
        if (f1 < best_f1) continue;
        best_f1 = f1;
        best = step;
    }
    return (uint16_t)(LOWEST + best * STEP);
}

/* Pages hold their text twice for two widths of screen. */
static bool doubled(const hs_measurer *m, const hs_rough_body *body, size_t i) {
    enum { LONG = 80 };
    size_t first = hs_measurer_first(m, i);
    return first < i && body->verdicts[first] == HS_BLOCK_IN && hs_measurer_words(m, i) * 6 > LONG;
}

void hs_scores_apply(const hs_html_page *page, hs_rough_body *body) {
    hs_arena_place place = hs_arena_here(page->arena);
    hs_measurer *m = hs_measurer_of(page, body);
    HS_VEC(scored) blocks = {0};
    for (size_t i = 0; i < page->blocks.n; i++) {
        if (!hs_measurer_open(m, i)) continue;
        hs_features features = {0};
        hs_measurer_read(&features, m, i);
        HS_PUSH(page->arena, blocks, (scored){(uint32_t)i, chance_of(odds_of(&features))});
    }
    uint16_t threshold = threshold_of(m, blocks.v, blocks.n);
    for (size_t i = 0; i < page->blocks.n; i++) body->verdicts[i] = HS_BLOCK_OUT;
    for (size_t i = 0; i < blocks.n; i++)
        if (blocks.v[i].chance >= threshold && !doubled(m, body, blocks.v[i].block))
            body->verdicts[blocks.v[i].block] = HS_BLOCK_IN;
    hs_arena_return(page->arena, place);
}
