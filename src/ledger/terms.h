/* Text → terms: words folded and stemmed, numbers as values, each with how much it tells (the rarer in news, the more), and whether it
 * is part of a name, stands in quotation marks, is negated. What a term weighs comes from a fixed table, not from the ledger: so what
 * two claims have in common does not depend on the order in which pages came. Knows no records. */
#ifndef HS_LEDGER_TERMS_H
#define HS_LEDGER_TERMS_H

#include "base/str.h"

enum {
    HS_TERM_NAME = 1,    /* begins with a capital letter, not only as the first word */
    HS_TERM_NUMBER = 2,  /* a number, a sum, a year */
    HS_TERM_QUOTED = 4,  /* inside quotation marks */
    HS_TERM_NEGATED = 8, /* behind a "not" and the like, or the contrary of what the term stands for */
    HS_TERM_STOP = 16,   /* tells nothing: "the", "said" */
};

typedef struct hs_term {
    uint32_t hash;
    uint8_t flags;
    uint8_t weight; /* in quarters: 0 (stop words) to HS_TERM_RAREST */
} hs_term;

enum { HS_TERM_RAREST = 26 };

typedef struct hs_terms {
    HS_VEC(hs_term) list; /* in the order of the text, stop words too */
} hs_terms;

/* Adds the terms of `text` to *terms. `quoted`: it begins inside quotation marks. */
void hs_terms_add(hs_terms *terms, hs_arena *arena, hs_str text, bool quoted);

/* One word, as it is searched for: folded, stemmed, hashed. */
uint32_t hs_term_hash(hs_str word);

/* "The", "So", "said": tells nothing. */
bool hs_word_is_stop(hs_str word);

/* Folds one word to lower case without its accents into `out`; cut off at `room`. */
size_t hs_fold_word(char *out, size_t room, hs_str word);

#endif
