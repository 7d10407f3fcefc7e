/* The pages that were added last, as far as the next ones are compared with them: their sketches, and what their texts are made of. News come
 * in stories, so most of what a page is compared with is here, and the store is not asked. Knows nothing of transactions: its owner drops what
 * was rolled back, and all of it when somebody else has written. */
#ifndef HS_LEDGER_RECENT_H
#define HS_LEDGER_RECENT_H

#include "ledger/shingles.h"

typedef struct hs_recent hs_recent;

typedef struct hs_recent_page {
    int64_t page, first_claim;
    size_t n_claims;
    hs_str sketch; /* packed */
    hs_shingles shingles;
} hs_recent_page;

hs_recent *hs_recent_new(void); /* NULL when there is no memory */
void hs_recent_free(hs_recent *recent);

/* Copies what it is given; pages come in the order of their numbers. Where there is no memory, nothing is kept. */
void hs_recent_add(hs_recent *recent, const hs_recent_page *page);

/* NULL: not among them. Valid until the next call that changes something. */
const hs_recent_page *hs_recent_find(const hs_recent *recent, int64_t page);

void hs_recent_drop(hs_recent *recent, int64_t page); /* it is no longer its address's newest */
void hs_recent_forget(hs_recent *recent);

#endif
