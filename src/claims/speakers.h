/* Sources → entities. For now a speaker is the source's own words: sources of the same words are one entity. */
#ifndef HS_CLAIMS_SPEAKERS_H
#define HS_CLAIMS_SPEAKERS_H

#include "base/str.h"

typedef struct hs_speakers {
    HS_VEC(hs_entity) list;
    size_t *slots; /* hash table of indices into list, plus one; 0 is free */
    size_t n_slots;
} hs_speakers;

/* Index of the entity that the source's words name: a new one, or one that differs only in letter case or its article. */
size_t hs_speakers_add(hs_speakers *speakers, hs_arena *arena, hs_str words);

#endif
