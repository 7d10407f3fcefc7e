/* Descriptions and pronouns → referents: a learned ranker over the referents mentioned last, and rules for the first person. */
#ifndef HS_CLAIMS_COREFERENCE_H
#define HS_CLAIMS_COREFERENCE_H

#include "claims/referents.h"

/* What is measured of a candidate for a mention; all are 0 or 1. train/speakers reads their names. */
/* clang-format off */
#define HS_COREFERENCE_FEATURES(X) \
    X(SAME_SENTENCE) X(ONE_BACK) X(TWO_BACK) X(THREE_BACK) X(FAR) X(VERY_FAR) X(LAST) X(NEXT_TO_LAST) X(THIRD) \
    X(LAST_SUBJECT) X(LAST_OF_KIND) X(LAST_NAMED) X(LAST_SOURCE) X(LAST_SPEAKER) X(SPEAKER_BEFORE) \
    X(LAST_IN_PARAGRAPH) X(OPENS_PARAGRAPH_SUBJECT) X(HOLDS_IT) X(HOLDS_IT_QUOTED) X(HELD_BY_OTHER) \
    X(QUOTES_DIFFER) X(GENDER) X(PERSON) X(UNKNOWN_TYPE) X(ORGANIZATION) X(GOVERNMENT) X(GROUP) X(DOCUMENT) \
    X(MEDIA) X(PLURAL) X(NAMED) X(ONCE) X(OFTEN) X(MOST) X(IN_TITLE) X(LAST_POSSESSIVE) X(HEAD) X(ROLE) \
    X(WORDS_SHARED) X(TYPE) X(SAME_SPEAKER_LEVEL) X(HEAD_UNKNOWN) X(SUBJECT_OF_LAST_SENTENCE) \
    X(INDEFINITE_DESCRIPTION) X(POSSESSED) X(DEMONSTRATIVE) X(IS_SOURCE) X(OTHER_HEAD) X(OTHER_NAME) X(NOT_YET) \
    X(ONE_WORD_UNKNOWN) X(ONLY_ROLE) X(QUOTED) X(BARE) X(MORE_FOLLOWS) X(HELD) X(LAST_HELD) X(NARRATIVE_LAST) \
    X(LAST_SPEAKER_HERE) X(LAST_SPEAKER_UNHELD) X(NARRATIVE_SUBJECT) X(UNHELD_SUBJECT_UNHELD)
/* clang-format on */

typedef enum hs_coreference_feature {
#define HS_FEATURE_ID(name) HS_COREF_##name,
    HS_COREFERENCE_FEATURES(HS_FEATURE_ID)
#undef HS_FEATURE_ID
        HS_COREF_COUNT
} hs_coreference_feature;

/* Each has weights of its own. */
#define HS_COREFERENCE_MODELS(X) X(HE_SOURCE) X(HE) X(THEY) X(IT) X(PERSON_NOUN) X(OTHER_NOUN) X(TITLE)

typedef enum hs_coreference_model {
#define HS_MODEL_ID(name) HS_COREF_MODEL_##name,
    HS_COREFERENCE_MODELS(HS_MODEL_ID)
#undef HS_MODEL_ID
        HS_COREF_MODELS
} hs_coreference_model;

enum { HS_COREF_RECENT = 20, HS_COREF_BY_ROLE = 4, HS_COREF_CANDIDATES = HS_COREF_RECENT + HS_COREF_BY_ROLE };

typedef struct hs_candidate {
    uint32_t referent;
    uint8_t features[HS_COREF_COUNT];
    double score;
} hs_candidate;

/* Who says what holds a mention. */
typedef struct hs_voice {
    uint32_t *holder; /* of each word: the innermost claim whose content holds it, plus one; 0: none */
    uint32_t *head;   /* of each claim: the mention that is its source's head, or HS_NO_ENTITY */
    size_t n_claims;
} hs_voice;

/* Training looks on: called for each mention that was ranked, before the choice is made. */
typedef struct hs_coreference_watch {
    void (*ranked)(void *state, size_t mention, hs_coreference_model model, const hs_candidate *candidates, size_t n);
    void *state;
} hs_coreference_watch;

/* Sets the entity of all mentions that have none; descriptions that mean nothing earlier become referents of their own. */
void hs_coreference(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions, hs_referents *referents,
                    const hs_voice *voice, const hs_coreference_watch *watch);

#endif
