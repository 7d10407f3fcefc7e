/* Referents: who or what a text's mentions stand for. Names become one referent by rules (surname, given name, acronym, part of a longer
 * name, government by its capital); descriptions and pronouns are added by coreference.c. */
#ifndef HS_CLAIMS_REFERENTS_H
#define HS_CLAIMS_REFERENTS_H

#include "claims/mentions.h"

enum { HS_MOST_HEADS = 4 };

typedef struct hs_referent {
    uint32_t name;        /* mention whose name is the fullest, or that was first where none is a name */
    uint32_t count;       /* mentions so far */
    uint32_t first, last; /* mentions; HS_NO_ENTITY: none yet */
    uint8_t type;         /* hs_entity_type */
    uint8_t gender;
    bool plural, named, in_title;
    bool placed;                 /* a name that stands behind "in" somewhere */
    hs_str heads[HS_MOST_HEADS]; /* nouns that describe it, singular: "senator" */
    uint8_t n_heads;
    uint32_t role; /* the mention that tells role and body; HS_NO_ENTITY: none does */
} hs_referent;

typedef HS_VEC(hs_referent) hs_referents;

/* Adds the names that a title in capitals holds and the text below knows, in their place. */
void hs_names_in_title(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions);

/* The referents of all names; sets the mentions' entity. */
hs_referents hs_referents_of_names(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions);

void hs_referent_add_head(hs_referent *referent, hs_str head);

#endif
