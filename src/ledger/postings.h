/* Keys → pages: an index of which pages hold a key (two rare words together, a run of words), made for adding: new entries are gathered in
 * memory and written as one sorted segment a transaction; segments of a level are merged into one of the next when they are eight. So an
 * entry is written a few times in all, in long rows, however large the index is, where a B-tree would touch a page for each.
 * Of a key with many pages the newest are kept: such a key tells little, and the cost of a page stays the same. */
#ifndef HS_LEDGER_POSTINGS_H
#define HS_LEDGER_POSTINGS_H

#include "base/arena.h"
#include "ledger/db.h"

enum { HS_POSTINGS_MOST = 32 }; /* pages of one key */

typedef struct hs_postings hs_postings;

/* `most_held`: bytes of blocks in memory. NULL when there is no memory. */
hs_postings *hs_postings_new(hs_db *db, size_t most_held);
void hs_postings_free(hs_postings *postings);

/* Learns of segments that other processes have written; inside a transaction, before anything else. */
hs_status hs_postings_refresh(hs_postings *postings, hs_error *error);

/* False when there is no memory. */
bool hs_postings_add(hs_postings *postings, uint32_t key, uint32_t page);

typedef struct hs_posted {
    uint32_t key; /* its place among those that were looked for */
    uint32_t page;
} hs_posted;

typedef HS_VEC(hs_posted) hs_postings_found;

/* Adds the newest pages of each key, HS_POSTINGS_MOST of one at most, in no order. Many keys at once, ascending, are found the fastest. */
hs_status hs_postings_find(hs_postings_found *out, hs_postings *postings, hs_arena *arena, const uint32_t *keys,
                           size_t n, hs_error *error);

/* Writes what was added since the last time; inside the transaction that it belongs to. */
hs_status hs_postings_flush(hs_postings *postings, hs_error *error);

/* Drops what was added since the last flush, and all that is known of segments: after a rollback. */
void hs_postings_forget(hs_postings *postings);

#endif
