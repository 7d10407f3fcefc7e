/* Claims' sources → mentions: which word of a source names, describes or means the one who speaks. */
#ifndef HS_CLAIMS_SOURCES_H
#define HS_CLAIMS_SOURCES_H

#include "claims/coreference.h"
#include "claims/speakers.h"

/* Adds mentions for sources that are none yet, and says for each claim which mention is its source's head and what holds each word. */
hs_voice hs_sources_read(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions, const hs_spoken *claims,
                         size_t n_claims);

#endif
