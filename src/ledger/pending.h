/* Rows that pages leave all over a table: who is mentioned where, and links from older claims to new ones. In a large ledger each would touch a
 * block of its own; so they wait until the transaction ends, or something is asked, and are then written in the table's order. */
#ifndef HS_LEDGER_PENDING_H
#define HS_LEDGER_PENDING_H

#include "ledger/db.h"

typedef struct hs_pending hs_pending;

hs_pending *hs_pending_new(void); /* NULL when there is no memory */
void hs_pending_free(hs_pending *pending);

/* False when there is no memory. Of rows with the same two numbers the first is kept. */
bool hs_pending_edge(hs_pending *pending, int64_t a, int64_t b, int kind, int64_t score);
bool hs_pending_mention(hs_pending *pending, int64_t entity, int64_t page, hs_str role);

hs_status hs_pending_write(hs_pending *pending, hs_db *db, hs_error *error);
void hs_pending_forget(hs_pending *pending);

#endif
