/* What single words say of those who speak: titles, given names, nouns for persons and bodies, places that stand for a
 * government. The words are who_words.def; looked up in lower case without marks, as src/text has them. */
#ifndef HS_CLAIMS_WHO_WORDS_H
#define HS_CLAIMS_WHO_WORDS_H

#include "base/str.h"

typedef enum hs_gender { HS_GENDER_UNKNOWN, HS_GENDER_MALE, HS_GENDER_FEMALE } hs_gender;

typedef enum hs_pronoun {
    HS_PRONOUN_NONE,
    HS_PRONOUN_HE,
    HS_PRONOUN_SHE,
    HS_PRONOUN_THEY,
    HS_PRONOUN_IT,
    HS_PRONOUN_FIRST,
    HS_PRONOUN_WE,
    HS_PRONOUN_YOU,
    HS_PRONOUN_WHO,
    HS_PRONOUN_THOSE,
    HS_PRONOUN_THIS
} hs_pronoun;

typedef enum hs_who_list {
    HS_WHO_PRONOUNS,      /* hs_pronoun */
    HS_WHO_TITLES,        /* hs_gender */
    HS_WHO_RANKS,         /* stand before a title and belong to it */
    HS_WHO_ORGANISATIONS, /* hs_entity_type that the word makes of a name */
    HS_WHO_PLACES,        /* number of the government, 0: a place without one of its own names */
    HS_WHO_DEMONYMS,
    HS_WHO_PERSONS, /* hs_gender */
    HS_WHO_NOUNS,   /* hs_entity_type */
    HS_WHO_SMALL,   /* 1: ends the words around a phrase's head */
    HS_WHO_STARTERS,
    HS_WHO_SURNAMES,
    HS_WHO_ANONYMOUS,
    HS_WHO_SHORT,
    HS_WHO_PARTICLES,
    HS_WHO_GIVEN, /* hs_gender */
    HS_WHO_YOUNG,
    HS_WHO_COUNT
} hs_who_list;

/* The word's value in a list, or -1. */
int hs_who_value(hs_who_list list, hs_str word);

static inline bool hs_who_has(hs_who_list list, hs_str word) {
    return hs_who_value(list, word) >= 0;
}

/* What a common noun stands for. HS_ENTITY_UNKNOWN: it is not in the lists. */
typedef struct hs_noun {
    hs_entity_type type;
    hs_gender gender;
    bool plural;
    hs_str singular; /* the part of `word` that is the singular, without its ending where that is regular */
} hs_noun;

hs_noun hs_noun_of(hs_str word);

#endif
