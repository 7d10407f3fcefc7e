/* Disputes: see disputes.h. Each claim is boiled down once to what pairs ask of it; one that denies something is compared with the claims
 * around it and the title's alone, so that the work is linear in the number of claims. Which signs together make a dispute is a table. */
#include "claims/disputes.h"

#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"

#define LEX(name) HS_LEX_OF(name)

enum { STEMS = 40, STEM = 5, BACK = 64, AHEAD = 16, TITLE = 4, NEAR = 24, BEGINNING = 8, MOST = 8 };

/* What a pair of claims shows: `a` may dispute `b`. */
enum {
    DENIES = 1 << 0,         /* a's stance */
    DENIAL_CUE = 1 << 1,     /* a's cue denies, rejects, dismisses */
    POINTS_BACK = 1 << 2,    /* what a denies is "these claims", "that", "the report" */
    OTHER_SPEAKER = 1 << 3,  /* b's is known and not a's */
    BEFORE = 1 << 4,         /* b stands before a, not far */
    INSIDE = 1 << 5,         /* b lies in what a says */
    LAST_OF_OTHERS = 1 << 6, /* b is the last claim of somebody else before a */
    ACCUSES = 1 << 7,        /* b's stance */
    CLAIMS = 1 << 8,         /* b accuses, alleges, criticises */
    SHARED = 1 << 9          /* the contents share two words or more */
};

/* Chosen on 64 annotated pages: with spans as annotated, two in three pairs that one of these takes are disputes there. */
static const unsigned RULES[] = {
    DENIAL_CUE | INSIDE | OTHER_SPEAKER,
    DENIAL_CUE | POINTS_BACK | BEFORE | OTHER_SPEAKER | CLAIMS,
    DENIES | LAST_OF_OTHERS | CLAIMS,
    DENIES | SHARED | ACCUSES | OTHER_SPEAKER,
};

typedef struct stems {
    uint32_t v[STEMS];
    size_t n;
} stems;

typedef struct summary {
    hs_lex cue;
    stems words; /* of the content */
    bool points_back;
} summary;

/* The first letters of a word, so that its forms are one. */
static uint32_t stem_of(hs_str word) {
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < word.n && i < STEM; i++) hash = (hash ^ (unsigned char)word.p[i]) * 0x01000193;
    return hash;
}

static size_t shared(const stems *a, const stems *b) {
    size_t n = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        uint32_t x = a->v[i], y = b->v[k];
        n += x == y;
        i += x <= y;
        k += y <= x;
    }
    return n;
}

/* Words that say what a content is about: of some length and neither auxiliaries nor pronouns. */
static bool says_something(const hs_marked *m, size_t i) {
    static const hs_lex EMPTY = LEX(BE) | LEX(HAVE) | LEX(DO) | LEX(FUTURE) | LEX(SHOULD) | LEX(POSSIBLE) | LEX(WH) |
                                LEX(PRONOUN) | LEX(I) | LEX(YOU) | LEX(NEG) | LEX(SAY);
    static const char *const SMALL[] = {"that", "this", "with", "from", "than", "then",
                                        "also", "just", "into", "such", "been", "very"};
    if ((m->classes[i] & EMPTY) || hs_marked_word(m, i).n < 4) return false;
    for (size_t k = 0; k < sizeof SMALL / sizeof *SMALL; k++)
        if (hs_marked_is(m, i, SMALL[k])) return false;
    return true;
}

/* "this", "it", or a claim's noun behind "these", "the", "such". */
static bool points_at(const hs_marked *m, size_t i, bool first) {
    static const hs_lex NOUNS = LEX(CLAIM) | LEX(ACCUSE) | LEX(CRITICISE) | LEX(REPORT);
    static const char *const POINTERS[] = {"this", "these", "those", "such", "it", "that", "the"};
    enum { ALONE = 5 }; /* so many of them point by themselves */
    for (size_t k = 0; k < sizeof POINTERS / sizeof *POINTERS; k++)
        if (hs_marked_is(m, i, POINTERS[k]))
            return (first && k < ALONE) || (i + 1 < m->words.n && (m->classes[i + 1] & NOUNS));
    return false;
}

static summary summary_of(const hs_marked *m, const hs_parts *parts) {
    summary s = {0};
    size_t n = 0;
    for (size_t k = 0; k < parts->cue.n; k++) s.cue |= hs_marked_classes(m, parts->cue.v[k]);
    for (size_t k = 0; k < parts->content.n; k++)
        for (size_t i = parts->content.v[k].start; i < parts->content.v[k].end && s.words.n < STEMS; i++) {
            if (hs_marked_is_mark(m, i)) continue;
            if (n < BEGINNING && points_at(m, i, n == 0)) s.points_back = true;
            if (says_something(m, i)) s.words.v[s.words.n++] = stem_of(hs_marked_word(m, i));
            n++;
        }
    s.words.n = hs_numbers_unique(s.words.v, s.words.n);
    return s;
}

/* What a claim shows by itself as the one that disputes. */
static unsigned signs_of(const hs_claim *claim, const summary *s) {
    return (claim->stance == HS_STANCE_DENIES ? DENIES : 0U) | (s->cue & LEX(DENY) ? DENIAL_CUE : 0U) |
           (s->points_back ? POINTS_BACK : 0U);
}

static unsigned signs_of_pair(const hs_claim *claims, const summary *of, size_t a, size_t b, size_t last_of_others) {
    static const hs_lex ACCUSING = LEX(CLAIM) | LEX(ACCUSE) | LEX(CRITICISE);
    bool other = claims[a].speaker != claims[b].speaker && claims[b].speaker != HS_NONE;
    bool accuses = claims[b].stance == HS_STANCE_ACCUSES;
    return (other ? OTHER_SPEAKER : 0U) | (b < a && a - b <= NEAR ? BEFORE : 0U) |
           (claims[b].parent == a ? INSIDE : 0U) | (b == last_of_others ? LAST_OF_OTHERS : 0U) |
           (accuses ? ACCUSES : 0U) | (accuses || (of[b].cue & ACCUSING) ? CLAIMS : 0U) |
           (shared(&of[a].words, &of[b].words) >= 2 ? SHARED : 0U);
}

static bool is_dispute(unsigned signs) {
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if ((signs & RULES[i]) == RULES[i]) return true;
    return false;
}

static void add_disputes(hs_record *record, hs_arena *arena, const summary *of, size_t a) {
    hs_claim *claim = &record->claims[a];
    unsigned own = signs_of(claim, &of[a]);
    if (!(own & (DENIES | DENIAL_CUE))) return;
    size_t n = record->n_claims, from = a > BACK ? a - BACK : 0, to = n - a > AHEAD ? a + AHEAD : n, last = HS_NONE;
    for (size_t b = from; b < a; b++)
        if (record->claims[b].speaker != claim->speaker && record->claims[b].parent != a) last = b;
    for (size_t b = 0; b < to && claim->n_disputes < MOST; b++) {
        if (b == TITLE && b < from) b = from;
        if (b == a || !is_dispute(own | signs_of_pair(record->claims, of, a, b, last))) continue;
        if (!claim->n_disputes) claim->disputes = HS_NEW(arena, size_t, MOST);
        claim->disputes[claim->n_disputes++] = b;
    }
}

void hs_disputes_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) {
    summary *of = HS_NEW(arena, summary, record->n_claims);
    for (size_t i = 0; i < record->n_claims; i++) of[i] = summary_of(m, &parts[i]);
    for (size_t i = 0; i < record->n_claims; i++) add_disputes(record, arena, of, i);
}
