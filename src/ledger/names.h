/* Who somebody is, across pages: the name in a source's or entity's words, apart from titles and roles, and whether two of them may be
 * the same person or body. Full names, surnames, acronyms; what cannot be told is said to be so. Knows no records but their words. */
#ifndef HS_LEDGER_NAMES_H
#define HS_LEDGER_NAMES_H

#include "base/str.h"

typedef enum hs_name_kind {
    HS_NAME_NONE,        /* no words, or a pronoun */
    HS_NAME_DESCRIPTION, /* "officials", "the minister", "Trump supporters" */
    HS_NAME_SINGLE,      /* one word: a surname, an acronym, a body */
    HS_NAME_FULL         /* several: a person in full, a body */
} hs_name_kind;

enum { HS_SEX_HE = 1, HS_SEX_SHE = 2 };
enum { HS_NAME_ROLES = 4, HS_NAME_LONGEST = 120 };

typedef struct hs_name {
    hs_name_kind kind;
    bool pronoun;                  /* kind NONE: "he", "who"; not: no words at all */
    bool body;                     /* surely no person: its words or the page say so */
    bool media;                    /* a paper, a station: it may hand on what others say */
    bool titled;                   /* a title or an office is among the words */
    bool office;                   /* kind DESCRIPTION: of one person by an office, "the senator" */
    uint8_t sex;                   /* by "Mr." and the like; 0: not said */
    uint32_t first, last;          /* hashes of the name's words */
    uint32_t whole;                /* of all of them in order; of a description: its words */
    uint32_t acronym;              /* of a FULL's initials: compared with a SINGLE's whole */
    uint32_t roles[HS_NAME_ROLES]; /* stems of the words beside the name; 0: none */
    char
        key[HS_NAME_LONGEST]; /* the name's words, folded, one blank between: what ids are made of; "" without a name */
    char shown[HS_NAME_LONGEST]; /* as the page has it, without titles */
} hs_name;

/* Reads a phrase: "Carvelia's deputy energy minister, Ilsa Maren". `type` is what the page says of it, or unknown. */
void hs_name_read(hs_name *name, hs_str phrase, hs_entity_type type);

/* Adds the words of "key member", "the Badr Organization" to the roles. */
void hs_name_add_roles(hs_name *name, hs_str phrase);

typedef enum hs_likeness {
    HS_ALIKE_DIFFERENT = -1,
    HS_ALIKE_UNKNOWN = 0,
    HS_ALIKE_MAYBE = 1, /* a surname without a matching role, a first name, roles alone */
    HS_ALIKE_SAME = 2
} hs_likeness;

/* `strict`: a surname counts as the full name's only with a role in common. */
hs_likeness hs_names_alike(const hs_name *a, const hs_name *b, bool strict);

#endif
