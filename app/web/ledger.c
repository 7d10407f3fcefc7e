/* The ledger's questions: GET under /api. What the command line prints a line at a time stands here in lists. See also answers.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"

static bool query_of(hs_query *query, web_reply *reply, const web_request *request) {
    *query = (hs_query){.size = sizeof *query,
                        .words = web_given(request, "words"),
                        .speaker = web_given(request, "speaker"),
                        .outlet = web_given(request, "outlet"),
                        .stance = web_given(request, "stance"),
                        .manner = web_given(request, "manner"),
                        .since = web_given(request, "since"),
                        .until = web_given(request, "until"),
                        .code = web_given(request, "code")};
    return web_limit_of(&query->limit, reply, request);
}

/* ---- answers ---- */

static bool put_hits(web_reply *reply, const char *key, const hs_hits *hits) {
    hs_error error;
    web_items items = {.reply = reply};
    return web_reply_print(reply, "\"%s\": [", key) &&
           hs_write_hits(web_put_items, &items, hits, HS_FORMAT_JSONL, false, &error) == HS_OK && web_put(reply, "]");
}

static bool put_counts(web_reply *reply, const char *key, const hs_count *v, size_t n) {
    bool ok = web_reply_print(reply, ", \"%s\": [", key);
    for (size_t i = 0; i < n && ok; i++)
        ok = web_put(reply, i ? ", {\"name\": " : "{\"name\": ") && web_reply_text(reply, v[i].name) &&
             web_reply_print(reply, ", \"claims\": %zu}", v[i].n);
    return ok && web_put(reply, "]");
}

static bool put_survey(web_reply *reply, const hs_survey *s) {
    return web_reply_print(reply, "{\"claims\": %zu, \"pages\": %zu, \"more\": %s", s->n_claims, s->n_pages,
                           s->more ? "true" : "false") &&
           put_counts(reply, "speakers", s->speakers, s->n_speakers) &&
           put_counts(reply, "outlets", s->outlets, s->n_outlets) &&
           put_counts(reply, "stances", s->stances, s->n_stances) &&
           put_counts(reply, "manners", s->manners, s->n_manners) && put_counts(reply, "days", s->days, s->n_days) &&
           web_put(reply, ", ") && put_hits(reply, "newest", &s->newest) && web_put(reply, "}\n");
}

void web_ledger_counts(web_reply *reply, const web_request *request, const web_site *site) {
    hs_ledger_counts counts;
    hs_error error;
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_count(&counts, ledger, &error);
    if (status == HS_OK) {
        bool ok = web_reply_print(reply, "{\"pages\": %zu, \"claims\": %zu, \"notes\": %zu", counts.pages,
                                  counts.claims, counts.notes);
        if (request->owner) ok = ok && web_reply_print(reply, ", \"held\": %zu", counts.held);
        web_finish(reply, ok && web_put(reply, "}\n"));
    }
    web_give(reply, site, ledger, status, &error);
}

void web_ledger_find(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query;
    hs_hits *hits;
    hs_error error;
    if (!query_of(&query, reply, request)) return;
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_find(&hits, ledger, &query, &error);
    if (status == HS_OK)
        web_finish(reply, web_put(reply, "{") && put_hits(reply, "hits", hits) &&
                              web_reply_print(reply, ", \"more\": %s}\n", hits->more ? "true" : "false"));
    if (status == HS_OK) hs_hits_free(hits);
    web_give(reply, site, ledger, status, &error);
}

static void survey(web_reply *reply, const hs_query *query, bool whole, const web_site *site) {
    hs_survey *survey;
    hs_error error;
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_survey(&survey, ledger, query, whole, &error);
    if (status == HS_OK) web_finish(reply, put_survey(reply, survey));
    if (status == HS_OK) hs_survey_free(survey);
    web_give(reply, site, ledger, status, &error);
}

void web_ledger_facets(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query;
    if (query_of(&query, reply, request)) survey(reply, &query, false, site);
}

void web_ledger_outlet(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query = {.size = sizeof query, .outlet = web_given(request, "name")};
    if (!web_limit_of(&query.limit, reply, request)) return;
    if (query.outlet) survey(reply, &query, true, site);
    else web_reply_problem(reply, WEB_BAD_REQUEST, "name is the outlet's");
}

void web_ledger_who(web_reply *reply, const web_request *request, const web_site *site) {
    const char *name = web_given(request, "name");
    size_t limit = 0;
    hs_who *who;
    hs_error error;
    if (!web_limit_of(&limit, reply, request)) return;
    if (!name) {
        web_reply_problem(reply, WEB_BAD_REQUEST, "name is the speaker's");
        return;
    }
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_who(&who, ledger, name, limit, &error);
    if (status == HS_OK) {
        web_items items = {.reply = reply};
        web_finish(reply, web_put(reply, "{\"people\": [") &&
                              hs_write_who(web_put_items, &items, who, HS_FORMAT_JSONL, false, &error) == HS_OK &&
                              web_put(reply, "]}\n"));
        hs_who_free(who);
    }
    web_give(reply, site, ledger, status, &error);
}

/* ---- one claim ---- */

static void trace_in_path(web_reply *reply, const web_request *request, web_write_trace write, const char *formats,
                          const web_site *site) {
    const char *format = web_given(request, "format");
    char message[64];
    if (!format) format = "json";
    if (!strstr(formats, format)) {
        snprintf(message, sizeof message, "format is %s", formats);
        web_reply_problem(reply, WEB_BAD_REQUEST, message);
        return;
    }
    char *claim = strndup(request->parts[0].p, request->parts[0].n);
    if (claim) web_trace(reply, claim, format, write, site);
    else web_finish(reply, false);
    free(claim);
}

static bool write_claim(web_reply *reply, const hs_trace *trace, const char *format) {
    hs_error error;
    bool svg = strcmp(format, "svg") == 0;
    if (svg) reply->type = "image/svg+xml";
    return hs_write_trace(web_reply_add, reply, trace, svg ? HS_FORMAT_SVG : HS_FORMAT_JSONL, false, &error) == HS_OK;
}

static bool write_page(web_reply *reply, const hs_trace *trace, const char *format) {
    hs_error error;
    bool html = strcmp(format, "html") == 0, svg = strcmp(format, "svg") == 0;
    if (html) reply->type = "text/html; charset=utf-8";
    if (html) reply->style = web_asset_hash("reading.css");
    if (svg) reply->type = "image/svg+xml";
    return hs_write(web_reply_add, reply, trace->claim.record,
                    html  ? HS_FORMAT_HTML
                    : svg ? HS_FORMAT_SVG
                          : HS_FORMAT_JSONL,
                    false, &error) == HS_OK;
}

void web_ledger_claim(web_reply *reply, const web_request *request, const web_site *site) {
    trace_in_path(reply, request, write_claim, "json or svg", site);
}

void web_ledger_page(web_reply *reply, const web_request *request, const web_site *site) {
    trace_in_path(reply, request, write_page, "json, html or svg", site);
}
