/* What two pages share word for word: runs of five words, hashed. A few of them, chosen by winnowing (Schleimer, Wilkerson, Aiken 2003), find
 * candidates; the share itself is counted over all words of both. Knows no records. */
#ifndef HS_LEDGER_SHINGLES_H
#define HS_LEDGER_SHINGLES_H

#include "base/range.h"
#include "base/str.h"

enum { HS_SHINGLE_WORDS = 5, HS_MOST_FINGERPRINTS = 256 };

/* A text's runs in their order, each as a number that is never 0. */
typedef struct hs_shingles {
    uint32_t *v;
    size_t n;
    size_t n_words;
} hs_shingles;

hs_shingles hs_shingles_of(hs_arena *arena, hs_str text);

/* At most HS_MOST_FINGERPRINTS of a text, each once. */
size_t hs_fingerprints(uint32_t *out, hs_arena *arena, const hs_shingles *text);

/* Numbers, to be asked whether they hold one. */
typedef struct hs_shingle_set {
    uint32_t *slots;
    size_t mask;
} hs_shingle_set;

hs_shingle_set hs_shingle_set_of(hs_arena *arena, const hs_shingles *text);

typedef struct hs_share {
    double of_a, of_b; /* share of each text's words that stand in the other as well, in runs of five or more */
} hs_share;

/* `set_a` is a's. */
hs_share hs_share_of(hs_arena *arena, const hs_shingles *a, const hs_shingle_set *set_a, const hs_shingles *b);

/* Which parts of `text` stand in `other`: ascending byte ranges. */
size_t hs_shared_ranges(hs_range **out, hs_arena *arena, hs_str text, hs_str other);

#endif
