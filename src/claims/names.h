/* Names in a text: where they begin and end. */
#ifndef HS_CLAIMS_NAMES_H
#define HS_CLAIMS_NAMES_H

#include "claims/mentions.h"

bool hs_name_may_begin(const hs_prose *prose, size_t word);

/* The word after the name that begins at `first`, its titles included. */
size_t hs_name_run_end(const hs_prose *prose, size_t first);

/* The word after the longest beginning of [first, end) that is a place or a government's seat; `first`: there is none. */
size_t hs_name_place(const hs_prose *prose, size_t first, size_t end);

#endif
