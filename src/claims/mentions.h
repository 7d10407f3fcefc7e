/* A text's mentions: the places where a person, a body, a document … is named, described or meant by a pronoun. */
#ifndef HS_CLAIMS_MENTIONS_H
#define HS_CLAIMS_MENTIONS_H

#include "claims/who_words.h"
#include "text/words.h"

typedef enum hs_mention_kind { HS_MENTION_NAME, HS_MENTION_NOMINAL, HS_MENTION_PRONOUN } hs_mention_kind;

typedef struct hs_mention {
    uint32_t first, end;     /* words: all of the phrase */
    uint32_t name, name_end; /* a name without the titles before it; a nominal's head noun */
    uint32_t entity;         /* set by coreference; HS_NO_ENTITY: none */
    uint32_t role, role_end; /* words that say what a name's bearer is: before it, or in an apposition; empty: none */
    uint32_t body, body_end; /* words for whom that is done: "Badr Organization"; empty: none */
    uint32_t role_head;      /* the role's noun, where role is not empty */
    uint8_t kind;            /* hs_mention_kind */
    uint8_t type;            /* hs_entity_type, as far as the words tell */
    uint8_t gender;          /* hs_gender */
    uint8_t pronoun;         /* hs_pronoun */
    bool plural;
    bool definite;             /* "the", "this", "his", "Smith's" stand before it */
    bool possessed;            /* "his" or "Smith's" */
    bool possessive;           /* "'s" follows */
    bool titled;               /* a title or an age tells that it is a person */
    bool placed;               /* a name of unknown type behind "in" or "near" */
    bool source;               /* it is the head of a claim's source */
    uint32_t whole, whole_end; /* words of the source that a description stands for, where that is longer; else empty */
} hs_mention;

#define HS_NO_ENTITY UINT32_MAX

typedef HS_VEC(hs_mention) hs_mentions;

/* A text as words, with what mentions are found by. */
typedef struct hs_prose {
    hs_str text;
    hs_words words;
    uint32_t *sentence, *paragraph; /* of each word, counted from 0 */
    uint32_t title_end;             /* words of the title */
} hs_prose;

hs_prose hs_prose_of(hs_arena *arena, hs_str text, bool has_title);

/* All mentions in the order of the text, none overlapping another of its kind. In a title written in capitals, names are left to
 * hs_mentions_in_title. */
hs_mentions hs_mentions_of(hs_arena *arena, const hs_prose *prose);

/* The word as it stands in the text, and in lower case without marks. */
hs_str hs_prose_word(const hs_prose *prose, size_t word);
hs_str hs_prose_norm(const hs_prose *prose, size_t word);
hs_str hs_prose_slice(const hs_prose *prose, size_t first, size_t end);

/* What stands between a word and the next one. */
typedef enum hs_gap { HS_GAP_NONE, HS_GAP_BLANK, HS_GAP_LINE } hs_gap;
hs_gap hs_prose_gap(const hs_prose *prose, size_t word);

bool hs_prose_is(const hs_prose *prose, size_t word, char c); /* one ASCII character */
bool hs_prose_capital(const hs_prose *prose, size_t word);
bool hs_prose_possessive_at(const hs_prose *prose,
                            size_t word); /* an apostrophe that makes the word before a possessive */

/* The words' lower-case forms with their blanks, for comparing. */
hs_str hs_prose_key(hs_arena *arena, const hs_prose *prose, size_t first, size_t end);

/* What the words of a name tell: where it begins behind its titles, type, gender. What is no name is made a description. */
void hs_mention_read_name(const hs_prose *prose, hs_mention *m);

#endif
