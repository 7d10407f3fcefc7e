/* A record's claims as a forest: which stand inside which. A circle of parents, which no record of ours has, is cut open. */
#ifndef HS_FORMATS_FOREST_H
#define HS_FORMATS_FOREST_H

#include "base/arena.h"
#include "hearsay.h"

typedef struct hs_forest {
    size_t *order; /* all claims, each in front of those inside it */
    size_t *depth; /* of each claim, by its own index */
    size_t n;
} hs_forest;

hs_forest hs_forest_of(hs_arena *arena, const hs_record *record);

#endif
