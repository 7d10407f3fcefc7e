/* What can be asked for: one table, which views and their API are added to. */
#ifndef HEARSAY_WEB_ROUTES_H
#define HEARSAY_WEB_ROUTES_H

#include "gate.h"
#include "ledgers.h"
#include "reply.h"
#include "request.h"
#include "web.h"

/* What handlers know of the server. */
typedef struct web_site {
    const web_options *options;
    web_ledgers *ledgers; /* NULL: no ledger is shown */
    web_gate *gate;       /* NULL: the public does not write */
    char token[33];       /* of this run: shows that a request comes from a page of ours */
} web_site;

typedef enum web_needs {
    WEB_AT_ONCE = 1,   /* answered on the thread that serves the connections: no waiting, little work */
    WEB_OPENED = 2,    /* the owner's token, where the server has one */
    WEB_FROM_HERE = 4, /* the site's token: it writes, or asks other servers */
    WEB_SLOW = 8,      /* may wait for another server, or for who else writes to the ledger */
    WEB_PUBLIC =
        16 /* not even that token where the owner takes notes from the public, who are to see what they write about */
} web_needs;

typedef struct web_route {
    const char *method, *pattern; /* "*" stands for one part of the path, "+" for all that is left */
    void (*run)(web_reply *reply, const web_request *request, const web_site *site);
    unsigned needs;
    size_t most_body;
} web_route;

/* Finds the route for a request and keeps the parts of its path. NULL: the reply says why. */
const web_route *web_route_find(web_reply *reply, web_request *request, const char *method);

/* The handlers. */
void web_asset(web_reply *reply, const web_request *request, const web_site *site);
void web_index(web_reply *reply, const web_request *request, const web_site *site);
void web_describe(web_reply *reply, const web_request *request, const web_site *site);
void web_session(web_reply *reply, const web_request *request, const web_site *site);
void web_read(web_reply *reply, const web_request *request, const web_site *site);
void web_fetch(web_reply *reply, const web_request *request, const web_site *site);

void web_views(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_counts(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_find(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_facets(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_outlet(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_who(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_claim(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_page(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_notes(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_note(web_reply *reply, const web_request *request, const web_site *site);
void web_challenge(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_queue(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_release(web_reply *reply, const web_request *request, const web_site *site);
void web_ledger_refuse(web_reply *reply, const web_request *request, const web_site *site);

/* The hash of the style that a standalone document holds, as a Content-Security-Policy takes it. */
const char *web_asset_hash(const char *name);

enum {
    WEB_MOST_PAGE = 8 << 20,
    WEB_MOST_ADDRESS = 2048,
    WEB_MOST_ARTICLE = 400 << 10,
    WEB_FETCH_SECONDS = 20,
    WEB_MOST_NOTE = 40 << 10
};

#endif
