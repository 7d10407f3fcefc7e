/* Sources → speakers: one entity for all sources of a page that mean the same, with its names, type, role and affiliation. */
#ifndef HS_CLAIMS_SPEAKERS_H
#define HS_CLAIMS_SPEAKERS_H

#include "claims/coreference.h"
#include "claims/decode.h"

/* What of a claim tells who speaks; bytes of the text. */
typedef struct hs_spoken {
    hs_ranges source, content;
    size_t parent; /* index, or HS_NONE */
} hs_spoken;

typedef struct hs_speakers {
    hs_entity *list;
    size_t n;
    size_t *of; /* of each claim: index into list, or HS_NONE where it has no source */
    hs_prose prose;
    hs_mentions mentions; /* with their referents, for whoever measures */
    hs_referents referents;
} hs_speakers;

/* `watch` may be NULL. */
hs_speakers hs_speakers_of(hs_arena *arena, hs_str text, bool has_title, const hs_spoken *claims, size_t n_claims,
                           const hs_coreference_watch *watch);

#endif
