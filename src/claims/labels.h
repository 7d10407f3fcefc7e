/* The labels of claims whose spans, parents and speakers are known: what each does, how sure it is, where it was said, what it rests
 * on and which others it disputes. What the files of this part share: a text's words with what the lexicon says of them. */
#ifndef HS_CLAIMS_LABELS_H
#define HS_CLAIMS_LABELS_H

#include "claims/decode.h"
#include "claims/lexicon.h"

typedef struct hs_marked {
    hs_str text;
    hs_words words;
    const hs_lex *classes; /* of each word */
} hs_marked;

/* A claim's parts as ranges of words. */
typedef struct hs_parts {
    hs_ranges source, cue, content;
    hs_range sentence; /* that of the cue, or of the content where there is none */
} hs_parts;

hs_marked hs_marked_of(hs_arena *arena, hs_str text, bool has_title);
hs_parts hs_parts_of(hs_arena *arena, const hs_marked *m, const hs_claim *claim);

/* A word's normal form; words of no text are empty. */
static inline hs_str hs_marked_word(const hs_marked *m, size_t i) {
    if (i >= m->words.n) return (hs_str){"", 0};
    return hs_str_slice(m->words.norm, m->words.v[i].norm, m->words.v[i].norm_end);
}

static inline bool hs_marked_is(const hs_marked *m, size_t i, const char *word) {
    hs_str norm = hs_marked_word(m, i);
    return strlen(word) == norm.n && memcmp(word, norm.p, norm.n) == 0;
}

/* Whether a word is a punctuation mark. */
bool hs_marked_is_mark(const hs_marked *m, size_t i);

/* Whether a word's normal form is one of `n`; HS_MARKED_AMONG: of an array. */
bool hs_marked_among(const hs_marked *m, size_t i, const char *const *words, size_t n);
#define HS_MARKED_AMONG(m, i, words) hs_marked_among((m), (i), (words), sizeof(words) / sizeof *(words))

/* All that the lexicon says of the words of a range. */
hs_lex hs_marked_classes(const hs_marked *m, hs_range range);

/* The bytes from one word's beginning to another's end, as a span of the record. */
hs_span hs_marked_span(const hs_marked *m, hs_range range);
bool hs_ranges_hold(const hs_ranges *ranges, size_t word);

/* What a model's head says of a claim: the logarithms of the stances' probabilities, and of the odds that it is hedged. */
typedef struct hs_act_scores {
    float stance[HS_STANCE_ASSERTS + 1], hedged;
} hs_act_scores;

/* Fills stance, hedged, medium, evidence and disputes of every claim. `scores`: one a claim, or NULL. */
void hs_labels_read(hs_record *record, hs_arena *arena, const hs_act_scores *scores);

#endif
