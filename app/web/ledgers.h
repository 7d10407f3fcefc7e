/* Open ledgers, one for each thread that asks at the time: a ledger belongs to one thread at a time. */
#ifndef HEARSAY_WEB_LEDGERS_H
#define HEARSAY_WEB_LEDGERS_H

#include "hearsay.h"

typedef struct web_ledgers web_ledgers;

/* Opens the first one at once, so that a wrong location is told before anything is served. On failure *out is NULL. */
hs_status web_ledgers_open(web_ledgers **out, const char *location, hs_error *error);
void web_ledgers_free(web_ledgers *ledgers); /* when all were given back */

/* One to ask; NULL: the error says why. */
hs_ledger *web_ledgers_take(web_ledgers *ledgers, hs_error *error);

/* `sound`: it answered as it should; another one is opened anew next time (a server of the ledger's may have gone and come back). */
void web_ledgers_give(web_ledgers *ledgers, hs_ledger *ledger, bool sound);

/* The one to write to, for one thread at a time: the others wait until it is given back, with how the writing went. It is to be given back even
 * where there was none (NULL: the error says why). */
hs_ledger *web_ledgers_take_writer(web_ledgers *ledgers, hs_error *error);
void web_ledgers_give_writer(web_ledgers *ledgers, hs_status went);

#endif
