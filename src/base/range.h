/* Ranges and lists of them: of words or bytes, whichever the place says. */
#ifndef HS_BASE_RANGE_H
#define HS_BASE_RANGE_H

#include "base/arena.h"

typedef struct hs_range {
    size_t start, end; /* [start, end) */
} hs_range;

typedef HS_VEC(hs_range) hs_ranges;

#endif
