/* What the ledger's handlers share: see answers.h. */
#include "answers.h"

#include <string.h>

enum { MOST_LIMIT = 1000 };

void web_put_error(web_reply *reply, const hs_error *error) {
    switch (error->code) {
    case HS_ERR_MISSING: web_reply_problem(reply, WEB_NOT_FOUND, error->message); break;
    case HS_ERR_ARGUMENT:
    case HS_ERR_LIMIT: web_reply_error(reply, error, false); break;
    default: web_reply_problem(reply, WEB_FAILED, error->message);
    }
}

hs_ledger *web_take(web_reply *reply, const web_site *site) {
    hs_error error;
    if (!site->ledgers) {
        web_reply_problem(reply, WEB_NOT_FOUND, "this server shows no ledger: \"hearsay serve -l LEDGER\" does");
        return NULL;
    }
    hs_ledger *ledger = web_ledgers_take(site->ledgers, &error);
    if (!ledger) web_put_error(reply, &error);
    return ledger;
}

void web_give(web_reply *reply, const web_site *site, hs_ledger *ledger, hs_status status, const hs_error *error) {
    bool sound = status == HS_OK || status == HS_ERR_ARGUMENT || status == HS_ERR_MISSING;
    web_ledgers_give(site->ledgers, ledger, sound);
    if (status != HS_OK) web_put_error(reply, error);
}

const char *web_given(const web_request *request, const char *key) {
    const char *value = web_request_argument(request, key);
    return value && *value ? value : NULL;
}

bool web_limit_of(size_t *out, web_reply *reply, const web_request *request) {
    const char *digits = web_given(request, "limit");
    if (!digits) return true;
    size_t n = 0;
    for (; *digits >= '0' && *digits <= '9' && n <= MOST_LIMIT; digits++) n = n * 10 + (size_t)(*digits - '0');
    *out = n;
    if (!*digits && n >= 1 && n <= MOST_LIMIT) return true;
    web_reply_problem(reply, WEB_BAD_REQUEST, "limit is a number from 1 to 1000");
    return false;
}

bool web_put(web_reply *reply, const char *text) {
    return web_reply_add(reply, text, strlen(text));
}

bool web_put_items(void *state, const char *bytes, size_t n) {
    web_items *items = state;
    for (size_t at = 0; at < n;) {
        const char *end = memchr(bytes + at, '\n', n - at);
        size_t stop = end ? (size_t)(end - bytes) : n;
        if (stop > at && items->ended && !web_reply_add(items->reply, ", ", 2)) return false;
        if (stop > at) items->ended = false;
        if (!web_reply_add(items->reply, bytes + at, stop - at)) return false;
        items->ended |= end != NULL;
        at = stop + !!end;
    }
    return true;
}

void web_finish(web_reply *reply, bool ok) {
    if (!ok) web_reply_problem(reply, WEB_FAILED, "no memory for the answer");
}

void web_trace(web_reply *reply, const char *claim, const char *format, web_write_trace write, const web_site *site) {
    hs_trace *trace;
    hs_error error;
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_trace(&trace, ledger, claim, &error);
    if (status == HS_OK) web_finish(reply, write(reply, trace, format));
    if (status == HS_OK) hs_trace_free(trace);
    web_give(reply, site, ledger, status, &error);
}
