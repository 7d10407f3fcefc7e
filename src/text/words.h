/* Text to words with features: docs/model-format.md, sections 2 and 3. Knows nothing of weights or claims. */
#ifndef HS_TEXT_WORDS_H
#define HS_TEXT_WORDS_H

#include "base/str.h"

/* Where a word stands: inside a paragraph, first in one, in the title, first in the title. */
typedef enum hs_place { HS_PLACE_IN, HS_PLACE_PARAGRAPH, HS_PLACE_TITLE, HS_PLACE_FIRST } hs_place;

typedef struct hs_word {
    uint32_t start, end;     /* bytes of the text */
    uint32_t norm, norm_end; /* bytes of hs_words.norm: decomposed, without marks, lower case */
    uint8_t shape, quote, place;
} hs_word;

typedef struct hs_words {
    hs_word *v;
    size_t n;
    hs_str norm;
} hs_words;

/* The words of `text` (valid UTF-8, under 4 GiB) in reading order. `has_title`: the first paragraph is the page's title. */
hs_words hs_words_of(hs_arena *arena, hs_str text, bool has_title);

/* The first word that ends after byte `at`; words.n where none does. */
size_t hs_words_after(const hs_words *words, size_t at);

/* One hs_quote_state for each byte of the text (a character's bytes all have its state). */
typedef enum hs_quote_state {
    HS_QUOTE_OUT,
    HS_QUOTE_DOUBLE,
    HS_QUOTE_SINGLE,
    HS_QUOTE_OPEN,
    HS_QUOTE_CLOSE
} hs_quote_state;
uint8_t *hs_quote_states(hs_arena *arena, hs_str text);

#endif
