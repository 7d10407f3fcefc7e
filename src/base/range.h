/* Ranges and lists of them: of words or bytes, whichever the place says. */
#ifndef HS_BASE_RANGE_H
#define HS_BASE_RANGE_H

#include <stdbool.h>

#include "base/arena.h"

typedef struct hs_range {
    size_t start, end; /* [start, end) */
} hs_range;

static inline bool hs_ranges_overlap(hs_range a, hs_range b) {
    return a.start < b.end && b.start < a.end;
}

typedef HS_VEC(hs_range) hs_ranges;

#endif
