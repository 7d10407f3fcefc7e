/* The table of routes: see routes.h. */
#include "routes.h"

#include <stdio.h>
#include <string.h>

static const web_route ROUTES[] = {
    {"GET", "/", web_index, WEB_AT_ONCE, 0},
    {"GET", "/search", web_views, WEB_AT_ONCE, 0},
    {"GET", "/claim/+", web_views, WEB_AT_ONCE, 0},
    {"GET", "/speaker/+", web_views, WEB_AT_ONCE, 0},
    {"GET", "/outlet/+", web_views, WEB_AT_ONCE, 0},
    {"GET", "/queue", web_views, WEB_AT_ONCE, 0},
    {"GET", "/ui/*", web_asset, WEB_AT_ONCE, 0},
    {"GET", "/api", web_describe, WEB_AT_ONCE, 0},
    {"GET", "/api/session", web_session, WEB_AT_ONCE, 0},
    {"POST", "/api/read", web_read, WEB_OPENED, WEB_MOST_PAGE},
    {"POST", "/api/fetch", web_fetch, WEB_OPENED | WEB_FROM_HERE | WEB_SLOW, WEB_MOST_ADDRESS},
    {"GET", "/api/ledger", web_ledger_counts, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/find", web_ledger_find, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/facets", web_ledger_facets, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/outlet", web_ledger_outlet, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/who", web_ledger_who, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/claims/*", web_ledger_claim, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/claims/*/page", web_ledger_page, WEB_OPENED | WEB_PUBLIC, 0},
    {"GET", "/api/notes", web_ledger_notes, WEB_OPENED | WEB_PUBLIC, 0},
    {"POST", "/api/notes", web_ledger_note, WEB_OPENED | WEB_PUBLIC | WEB_FROM_HERE | WEB_SLOW, WEB_MOST_NOTE},
    {"GET", "/api/challenge", web_challenge, WEB_AT_ONCE, 0},
    {"GET", "/api/queue", web_ledger_queue, WEB_OPENED, 0},
    {"POST", "/api/queue/*/release", web_ledger_release, WEB_OPENED | WEB_FROM_HERE | WEB_SLOW, 0},
    {"POST", "/api/queue/*/refuse", web_ledger_refuse, WEB_OPENED | WEB_FROM_HERE | WEB_SLOW, 0},
};

const web_route *web_route_find(web_reply *reply, web_request *request, const char *method) {
    char allow[sizeof reply->allow] = "";
    for (size_t i = 0; i < sizeof ROUTES / sizeof *ROUTES; i++) {
        const web_route *route = &ROUTES[i];
        if (!web_request_matches(request, route->pattern)) continue;
        bool head = strcmp(method, "HEAD") == 0 && strcmp(route->method, "GET") == 0;
        if (head || strcmp(method, route->method) == 0) return route;
        size_t n = strlen(allow);
        snprintf(allow + n, sizeof allow - n, "%s%s", n ? ", " : "", route->method);
    }
    web_reply_problem(reply, *allow ? WEB_WRONG_METHOD : WEB_NOT_FOUND,
                      *allow ? "this cannot be done here" : "there is nothing under this address");
    memcpy(reply->allow, allow, sizeof allow);
    return NULL;
}
