/* What single words of a cue and of a content tell of what a claim does, beside what the lexicon says of them: a bag of stems, weighed as
 * train/acts/train.py learned. */
#ifndef HS_CLAIMS_ACT_WORDS_H
#define HS_CLAIMS_ACT_WORDS_H

#include "claims/acts.h"

enum { HS_ACT_STEM = 24 };    /* bytes of a stem; longer ones are in no table */
enum { HS_ACT_WORDS = 8192 }; /* of a table, at most */

/* A stem, and its weights in hundredths, as in hs_act_weights. */
typedef struct hs_act_word {
    char stem[HS_ACT_STEM];
    int16_t weights[HS_ACT_OUTPUTS];
} hs_act_word;

/* In the order of their stems. */
typedef struct hs_act_word_table {
    const hs_act_word *v;
    size_t n;
} hs_act_word_table;

/* act_words_table.c */
extern const hs_act_word_table hs_act_cue_words, hs_act_content_words;

/* The stem of word i of a cue or content, ended by a zero; false where it has none: marks, numbers, and names (a capital where none must be). */
bool hs_act_stem(char out[HS_ACT_STEM], const hs_marked *m, const hs_ranges *ranges, size_t i);

/* Adds what the words of a claim's cue and content tell, each once however often it stands there. */
void hs_act_words_add(int sums[HS_ACT_OUTPUTS], const hs_marked *m, const hs_parts *parts);

#endif
