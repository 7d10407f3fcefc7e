/* Fetching by http and https: bounded in time, size and redirects; only public addresses unless told otherwise. libcurl does the work.
 * A fetcher keeps its connections, the robots.txt of the hosts it met, and a pause between two requests to one host. */
#ifndef HS_INPUT_FETCH_H
#define HS_INPUT_FETCH_H

#include "input/bytes.h"

typedef struct hs_fetcher hs_fetcher;

typedef struct hs_fetched {
    hs_bytes body, url; /* url: terminated, after redirects */
    hs_kind kind;
    char charset[64]; /* "" where the server names none */
} hs_fetched;

/* NULL when there is no memory. */
hs_fetcher *hs_fetcher_new(size_t max_bytes, unsigned timeout, bool allow_private);
void hs_fetcher_free(hs_fetcher *fetcher); /* accepts NULL */
void hs_fetched_free(hs_fetched *fetched); /* its content, which *out of the functions below belongs to */

/* What the user named. */
hs_status hs_fetch(hs_fetched *out, hs_fetcher *fetcher, const char *url, hs_error *error);

/* What a feed links to: asks the host's robots.txt first, and waits a second after the last request to that host. */
hs_status hs_fetch_link(hs_fetched *out, hs_fetcher *fetcher, const char *url, hs_error *error);

/* `link` as it is meant on the page `base`, terminated, in `out`; false when it is no address of a page. `base` may be NULL. */
bool hs_fetch_resolve(hs_bytes *out, const char *base, hs_str link);

#endif
