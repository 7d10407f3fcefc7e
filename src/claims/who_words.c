/* Look-up in the lists of who_words.def: see who_words.h. */
#include "claims/who_words.h"

typedef struct hs_term {
    const char *text; /* in lower case */
    uint8_t n;
    uint32_t value;
} hs_term;

typedef struct hs_term_list {
    const hs_term *words;
    uint16_t from[257]; /* those that begin with byte c: from[c] up to from[c + 1] */
} hs_term_list;

/* The names of values in who_words.def. */
enum {
    M = HS_GENDER_MALE,
    F = HS_GENDER_FEMALE,
    HE = HS_PRONOUN_HE,
    SHE = HS_PRONOUN_SHE,
    THEY = HS_PRONOUN_THEY,
    IT = HS_PRONOUN_IT,
    FIRST = HS_PRONOUN_FIRST,
    WE = HS_PRONOUN_WE,
    YOU = HS_PRONOUN_YOU,
    WHO = HS_PRONOUN_WHO,
    THOSE = HS_PRONOUN_THOSE,
    THIS = HS_PRONOUN_THIS,
    ORG = HS_ENTITY_ORGANIZATION,
    GOV = HS_ENTITY_GOVERNMENT,
    GRP = HS_ENTITY_GROUP,
    DOC = HS_ENTITY_DOCUMENT,
    MEDIA = HS_ENTITY_MEDIA
};

#include "claims/who_words.inc"

static const hs_term_list *const lists[HS_WHO_COUNT] = {
    [HS_WHO_PRONOUNS] = &PRONOUNS, [HS_WHO_TITLES] = &TITLES,
    [HS_WHO_RANKS] = &RANKS,       [HS_WHO_ORGANISATIONS] = &ORGANISATIONS,
    [HS_WHO_PLACES] = &PLACES,     [HS_WHO_DEMONYMS] = &DEMONYMS,
    [HS_WHO_PERSONS] = &PERSONS,   [HS_WHO_NOUNS] = &NOUNS,
    [HS_WHO_SMALL] = &SMALL,       [HS_WHO_STARTERS] = &STARTERS,
    [HS_WHO_SURNAMES] = &SURNAMES, [HS_WHO_ANONYMOUS] = &ANONYMOUS,
    [HS_WHO_SHORT] = &SHORT,       [HS_WHO_PARTICLES] = &PARTICLES,
    [HS_WHO_GIVEN] = &GIVEN,       [HS_WHO_YOUNG] = &YOUNG,
};

static int compare(hs_str word, const hs_term *term) {
    int order = memcmp(word.p, term->text, word.n < term->n ? word.n : term->n);
    return order ? order : (word.n > term->n) - (word.n < term->n);
}

int hs_who_value(hs_who_list list, hs_str word) {
    if (!word.n) return -1;
    const hs_term_list *l = lists[list];
    size_t low = l->from[(unsigned char)word.p[0]], high = l->from[(unsigned char)word.p[0] + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare(word, &l->words[mid]);
        if (order == 0) return (int)l->words[mid].value;
        if (order > 0) low = mid + 1;
        else high = mid;
    }
    return -1;
}

static hs_noun singular_noun(hs_str word) {
    hs_noun noun = {.singular = word};
    int value;
    if ((value = hs_who_value(HS_WHO_PERSONS, word)) >= 0 || (value = hs_who_value(HS_WHO_TITLES, word)) >= 0) {
        noun.type = HS_ENTITY_PERSON;
        noun.gender = (hs_gender)value;
    } else if ((value = hs_who_value(HS_WHO_NOUNS, word)) >= 0) {
        noun.type = (hs_entity_type)value;
    }
    return noun;
}

typedef struct ending {
    hs_str plural, singular;
} ending;

hs_noun hs_noun_of(hs_str word) {
    static const ending endings[] = {{{"ies", 3}, {"y", 1}},
                                     {{"men", 3}, {"man", 3}},
                                     {{"children", 8}, {"child", 5}},
                                     {{"es", 2}, {"", 0}},
                                     {{"s", 1}, {"", 0}}};
    hs_noun noun = singular_noun(word);
    for (size_t i = 0; noun.type == HS_ENTITY_UNKNOWN && i < sizeof endings / sizeof *endings; i++) {
        char singular[64];
        hs_str cut = hs_str_slice(word, 0, word.n - endings[i].plural.n);
        if (!hs_str_ends(word, endings[i].plural) || cut.n + endings[i].singular.n > sizeof singular) continue;
        if (cut.n) memcpy(singular, cut.p, cut.n);
        memcpy(singular + cut.n, endings[i].singular.p, endings[i].singular.n);
        noun = singular_noun((hs_str){singular, cut.n + endings[i].singular.n});
        noun.singular = cut;
        noun.plural = true;
    }
    return noun;
}
