/* Words and what they tell: see act_words.h. */
#include "claims/act_words.h"

#include "base/stem.h"

/* A stem, and its weights in hundredths, as in hs_act_weights. */
typedef struct hs_act_word {
    char stem[HS_ACT_STEM];
    int16_t weights[HS_ACT_OUTPUTS];
} hs_act_word;

/* CUE_WORDS and CONTENT_WORDS, in the order of their stems. */
#include "claims/act_words.inc"

enum {
    MOST_WORDS = 4096,
    N_CUE_WORDS = sizeof CUE_WORDS / sizeof *CUE_WORDS,
    N_CONTENT_WORDS = sizeof CONTENT_WORDS / sizeof *CONTENT_WORDS
};
_Static_assert((int)N_CUE_WORDS <= (int)MOST_WORDS && (int)N_CONTENT_WORDS <= (int)MOST_WORDS, "a bit for each");

bool hs_act_stem(char out[HS_ACT_STEM], const hs_marked *m, const hs_ranges *ranges, size_t i) {
    hs_str word = hs_marked_word(m, i);
    char raw = m->text.p[m->words.v[i].start];
    bool begins = i == ranges->v[0].start || hs_marked_is_mark(m, i - 1);
    if (!word.n || word.n >= HS_ACT_STEM || (!begins && raw >= 'A' && raw <= 'Z')) return false;
    for (size_t k = 0; k < word.n; k++)
        if (word.p[k] < 'a' || word.p[k] > 'z') return false;
    memcpy(out, word.p, word.n);
    out[hs_stem(out, word.n)] = 0;
    return true;
}

/* Where a stem stands in a table, or its end. */
static size_t find(const hs_act_word *table, size_t n, const char *stem) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(stem, table[middle].stem);
        if (order == 0) return middle;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return n;
}

static void add(int sums[HS_ACT_OUTPUTS], const hs_act_word *table, size_t n, const hs_marked *m,
                const hs_ranges *ranges) {
    enum { BITS = 64 };
    uint64_t told[MOST_WORDS / BITS] = {0};
    for (size_t k = 0; k < ranges->n; k++)
        for (size_t i = ranges->v[k].start; i < ranges->v[k].end; i++) {
            char stem[HS_ACT_STEM];
            size_t at = hs_act_stem(stem, m, ranges, i) ? find(table, n, stem) : n;
            if (at == n || (told[at / BITS] >> at % BITS & 1)) continue;
            told[at / BITS] |= UINT64_C(1) << at % BITS;
            for (size_t o = 0; o < HS_ACT_OUTPUTS; o++) sums[o] += table[at].weights[o];
        }
}

void hs_act_words_add(int sums[HS_ACT_OUTPUTS], const hs_marked *m, const hs_parts *parts) {
    add(sums, CUE_WORDS, N_CUE_WORDS, m, &parts->cue);
    add(sums, CONTENT_WORDS, N_CONTENT_WORDS, m, &parts->content);
}
