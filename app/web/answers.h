/* What the handlers of a ledger's questions and notes share: a ledger to ask, errors, lists of JSON, traces. */
#ifndef HEARSAY_WEB_ANSWERS_H
#define HEARSAY_WEB_ANSWERS_H

#include "routes.h"

/* A ledger to ask; NULL: the reply says why. It is given back; where something went wrong, that becomes the reply. */
hs_ledger *web_take(web_reply *reply, const web_site *site);
void web_give(web_reply *reply, const web_site *site, hs_ledger *ledger, hs_status status, const hs_error *error);

/* An argument that says something; NULL: none. */
const char *web_given(const web_request *request, const char *key);

/* ?limit=…: leaves *out as it is where there is none. False: the reply says what is wrong. */
bool web_limit_of(size_t *out, web_reply *reply, const web_request *request);

bool web_put(web_reply *reply, const char *text);
void web_put_error(web_reply *reply, const hs_error *error);

/* An answer of which a part could not be written is none. */
void web_finish(web_reply *reply, bool ok);

/* An hs_sink that makes lines of JSON the items of a list. */
typedef struct web_items {
    web_reply *reply;
    bool ended; /* a line has ended: what comes is the next item */
} web_items;
bool web_put_items(void *items, const char *bytes, size_t n);

/* Traces a claim and writes what is wanted of it. */
typedef bool (*web_write_trace)(web_reply *reply, const hs_trace *trace, const char *format);
void web_trace(web_reply *reply, const char *claim, const char *format, web_write_trace write, const web_site *site);

#endif
