/* What a claim does (its stance) and whether it is hedged: the sums of a few hundred signs, weighed as train/acts/train.py learned
 * from annotated pages. The lexicon knows what words do; the weights know how much that says where. */
#ifndef HS_CLAIMS_ACTS_H
#define HS_CLAIMS_ACTS_H

#include "claims/labels.h"

/* Signs of the claim as a whole. */
#define HS_ACT_SIGNS(X)                                                            \
    X(NO_SOURCE)                                                                   \
    X(NO_CUE)                                                                      \
    X(COLON)       /* the cue is the colon of "X: …" */                          \
    X(CUE_TO)      /* "to say" */                                                  \
    X(CUE_ING)     /* "saying" */                                                  \
    X(CUE_NOUN)    /* "his claim that", "the claim" */                             \
    X(CUE_QUOTED)  /* the cue stands in quotation marks */                         \
    X(CUE_PASSIVE) /* "was told" */                                                \
    X(CUE_NEGATED)                                                                 \
    X(NO_RESPONSE) /* "has not commented", "refused to say" */                     \
    X(CUE_MODAL)                                                                   \
    X(CUE_LONG)                                                                    \
    X(CUE_FIRST)     /* before the source */                                       \
    X(CONTENT_FIRST) /* before the cue */                                          \
    X(TO)            /* the content begins with this */                            \
    X(THAT)                                                                        \
    X(FOR)                                                                         \
    X(OF)                                                                          \
    X(ABOUT)                                                                       \
    X(AS)                                                                          \
    X(ING)                                                                         \
    X(NOUN_PHRASE)  /* or with an article or possessive */                         \
    X(ADDRESSEE_TO) /* "Vietnam to …" */                                         \
    X(QUESTION)     /* … and ends with a question mark */                        \
    X(QUOTE)        /* all of it in quotation marks */                             \
    X(PART_QUOTED)                                                                 \
    X(SHORT)                                                                       \
    X(LONG)                                                                        \
    X(NESTED)                                                                      \
    X(TITLE)                                                                       \
    X(ONE_THING)     /* the source's own noun is a thing */                        \
    X(SAID_BY_THING) /* … and the cue a verb of saying */                        \
    X(SAID_WRONG)    /* saying, of wrongdoing */                                   \
    X(CLAIMED_WRONG)                                                               \
    X(SAID_NOT) /* saying that something is not */                                 \
    X(SAID_NEVER)                                                                  \
    X(SAID_FALSE)                                                                  \
    X(SAID_FUTURE) /* one's own future */                                          \
    X(SAID_SHOULD)                                                                 \
    X(SAID_POSSIBLE)                                                               \
    X(OF_OTHERS)  /* the content begins with neither I nor you nor it */           \
    X(OWN_FUTURE) /* "we will", "he would" */                                      \
    X(KNOWN_WRONG)                                                                 \
    X(IMPERATIVE) /* a quotation that begins with a verb of asking, or "please" */ \
    X(SAID_THINK) /* says that it believes */                                      \
    X(MUCH_WRONG) /* three words of wrongdoing or more */

typedef enum hs_act_sign {
#define HS_ACT_NUMBER(name) HS_ACT_##name,
    HS_ACT_SIGNS(HS_ACT_NUMBER)
#undef HS_ACT_NUMBER
        HS_ACT_SIGN_COUNT
} hs_act_sign;

/* Where the lexicon is asked: the whole cue, its first and last words that do something, the source's own noun and the rest of the
 * source, the content's beginning, its first auxiliary, and all of it. */
#define HS_ACT_PLACES(X) X(CUE) X(FIRST) X(ACT) X(HEAD) X(SOURCE) X(BEGINNING) X(AUXILIARY) X(CONTENT)

typedef enum hs_act_place {
#define HS_ACT_PLACE(name) HS_ACT_AT_##name,
    HS_ACT_PLACES(HS_ACT_PLACE)
#undef HS_ACT_PLACE
        HS_ACT_PLACE_COUNT
} hs_act_place;

enum {
    HS_ACT_STANCES = HS_STANCE_ASSERTS + 1,
    HS_ACT_OUTPUTS = HS_ACT_STANCES + 1, /* the stances, then hedged */
    HS_ACT_FEATURES = HS_ACT_PLACE_COUNT * HS_LEX_CLASSES + HS_ACT_SIGN_COUNT
};

/* The numbers of the signs that a claim has: place × class, then those of HS_ACT_SIGNS. */
typedef struct hs_act_features {
    uint16_t v[HS_ACT_FEATURES];
    size_t n;
} hs_act_features;

/* named: an earlier claim of the same speaker, which says who "it" is, or NULL. */
hs_act_features hs_act_features_of(const hs_claim *claim, const hs_marked *m, const hs_parts *parts,
                                   const hs_parts *named);

/* What the lexicon says of a source's own noun. */
hs_lex hs_act_head(const hs_marked *m, const hs_ranges *source);

/* For each claim the one that `named` is for it, or HS_NONE. */
size_t *hs_acts_named(const hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts);

/* Sets stance and hedged of all claims. scores: one a claim, or NULL. */
void hs_acts_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts,
                  const hs_act_scores *scores);

/* acts_table.c: weights in hundredths, for each output those of the features. */
extern const int16_t hs_act_weights[HS_ACT_FEATURES][HS_ACT_OUTPUTS];
extern const int16_t hs_act_bias[HS_ACT_OUTPUTS];
extern const int16_t hs_act_trust[HS_ACT_OUTPUTS]; /* how much the model's own score counts beside them */

#endif
