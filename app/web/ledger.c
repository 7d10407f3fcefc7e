/* The ledger's questions and notes: GET and POST under /api. What the command line prints a line at a time stands here in lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "ledgers.h"
#include "routes.h"

enum { MOST_LIMIT = 1000, MOST_FIELDS = 16, LONGEST_TEXT = 8000, LONGEST_NAME = 200, LONGEST_LINK = 2000 };

/* ---- asking ---- */

static void put_error(web_reply *reply, const hs_error *error) {
    switch (error->code) {
    case HS_ERR_MISSING: web_reply_problem(reply, WEB_NOT_FOUND, error->message); break;
    case HS_ERR_ARGUMENT:
    case HS_ERR_LIMIT: web_reply_error(reply, error, false); break;
    default: web_reply_problem(reply, WEB_FAILED, error->message);
    }
}

/* NULL: the reply says why. */
static hs_ledger *take(web_reply *reply, const web_site *site) {
    hs_error error;
    if (!site->ledgers) {
        web_reply_problem(reply, WEB_NOT_FOUND, "this server shows no ledger: \"hearsay serve -l LEDGER\" does");
        return NULL;
    }
    hs_ledger *ledger = web_ledgers_take(site->ledgers, &error);
    if (!ledger) put_error(reply, &error);
    return ledger;
}

/* Gives the ledger back; an answer that could not be written ends as an error. */
static void give(web_reply *reply, const web_site *site, hs_ledger *ledger, hs_status status, const hs_error *error) {
    bool sound = status == HS_OK || status == HS_ERR_ARGUMENT || status == HS_ERR_MISSING;
    web_ledgers_give(site->ledgers, ledger, sound);
    if (status != HS_OK) put_error(reply, error);
}

/* An argument that says something; NULL: none. */
static const char *given(const web_request *request, const char *key) {
    const char *value = web_request_argument(request, key);
    return value && *value ? value : NULL;
}

static bool limit_of(size_t *out, web_reply *reply, const web_request *request) {
    const char *digits = given(request, "limit");
    if (!digits) return true;
    size_t n = 0;
    for (; *digits >= '0' && *digits <= '9' && n <= MOST_LIMIT; digits++) n = n * 10 + (size_t)(*digits - '0');
    *out = n;
    if (!*digits && n >= 1 && n <= MOST_LIMIT) return true;
    web_reply_problem(reply, WEB_BAD_REQUEST, "limit is a number from 1 to 1000");
    return false;
}

static bool query_of(hs_query *query, web_reply *reply, const web_request *request) {
    *query = (hs_query){.size = sizeof *query,
                        .words = given(request, "words"),
                        .speaker = given(request, "speaker"),
                        .outlet = given(request, "outlet"),
                        .stance = given(request, "stance"),
                        .manner = given(request, "manner"),
                        .since = given(request, "since"),
                        .until = given(request, "until"),
                        .code = given(request, "code")};
    return limit_of(&query->limit, reply, request);
}

/* ---- answers ---- */

static bool put(web_reply *reply, const char *text) {
    return web_reply_add(reply, text, strlen(text));
}

/* Lines of JSON as the items of a list. */
typedef struct items {
    web_reply *reply;
    bool ended; /* a line has ended: what comes is the next item */
} items;

static bool put_items(void *state, const char *bytes, size_t n) {
    items *items = state;
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

static bool put_hits(web_reply *reply, const char *key, const hs_hits *hits) {
    hs_error error;
    items items = {.reply = reply};
    return web_reply_print(reply, "\"%s\": [", key) &&
           hs_write_hits(put_items, &items, hits, HS_FORMAT_JSONL, false, &error) == HS_OK && put(reply, "]");
}

static bool put_counts(web_reply *reply, const char *key, const hs_count *v, size_t n) {
    bool ok = web_reply_print(reply, ", \"%s\": [", key);
    for (size_t i = 0; i < n && ok; i++)
        ok = put(reply, i ? ", {\"name\": " : "{\"name\": ") && web_reply_text(reply, v[i].name) &&
             web_reply_print(reply, ", \"claims\": %zu}", v[i].n);
    return ok && put(reply, "]");
}

static bool put_survey(web_reply *reply, const hs_survey *s) {
    return web_reply_print(reply, "{\"claims\": %zu, \"pages\": %zu, \"more\": %s", s->n_claims, s->n_pages,
                           s->more ? "true" : "false") &&
           put_counts(reply, "speakers", s->speakers, s->n_speakers) &&
           put_counts(reply, "outlets", s->outlets, s->n_outlets) &&
           put_counts(reply, "stances", s->stances, s->n_stances) &&
           put_counts(reply, "manners", s->manners, s->n_manners) && put_counts(reply, "days", s->days, s->n_days) &&
           put(reply, ", ") && put_hits(reply, "newest", &s->newest) && put(reply, "}\n");
}

static void finish(web_reply *reply, bool ok) {
    if (!ok) web_reply_problem(reply, WEB_FAILED, "no memory for the answer");
}

void web_ledger_counts(web_reply *reply, const web_request *request, const web_site *site) {
    (void)request;
    hs_ledger_counts counts;
    hs_error error;
    hs_ledger *ledger = take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_count(&counts, ledger, &error);
    if (status == HS_OK)
        finish(reply, web_reply_print(reply, "{\"pages\": %zu, \"claims\": %zu, \"notes\": %zu}\n", counts.pages,
                                      counts.claims, counts.notes));
    give(reply, site, ledger, status, &error);
}

void web_ledger_find(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query;
    hs_hits *hits;
    hs_error error;
    if (!query_of(&query, reply, request)) return;
    hs_ledger *ledger = take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_find(&hits, ledger, &query, &error);
    if (status == HS_OK)
        finish(reply, put(reply, "{") && put_hits(reply, "hits", hits) &&
                          web_reply_print(reply, ", \"more\": %s}\n", hits->more ? "true" : "false"));
    if (status == HS_OK) hs_hits_free(hits);
    give(reply, site, ledger, status, &error);
}

static void survey(web_reply *reply, const hs_query *query, bool whole, const web_site *site) {
    hs_survey *survey;
    hs_error error;
    hs_ledger *ledger = take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_survey(&survey, ledger, query, whole, &error);
    if (status == HS_OK) finish(reply, put_survey(reply, survey));
    if (status == HS_OK) hs_survey_free(survey);
    give(reply, site, ledger, status, &error);
}

void web_ledger_facets(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query;
    if (query_of(&query, reply, request)) survey(reply, &query, false, site);
}

void web_ledger_outlet(web_reply *reply, const web_request *request, const web_site *site) {
    hs_query query = {.size = sizeof query, .outlet = given(request, "name")};
    if (!limit_of(&query.limit, reply, request)) return;
    if (query.outlet) survey(reply, &query, true, site);
    else web_reply_problem(reply, WEB_BAD_REQUEST, "name is the outlet's");
}

void web_ledger_who(web_reply *reply, const web_request *request, const web_site *site) {
    const char *name = given(request, "name");
    size_t limit = 0;
    hs_who *who;
    hs_error error;
    if (!limit_of(&limit, reply, request)) return;
    if (!name) {
        web_reply_problem(reply, WEB_BAD_REQUEST, "name is the speaker's");
        return;
    }
    hs_ledger *ledger = take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_who(&who, ledger, name, limit, &error);
    if (status == HS_OK) {
        items items = {.reply = reply};
        finish(reply, put(reply, "{\"people\": [") &&
                          hs_write_who(put_items, &items, who, HS_FORMAT_JSONL, false, &error) == HS_OK &&
                          put(reply, "]}\n"));
        hs_who_free(who);
    }
    give(reply, site, ledger, status, &error);
}

/* ---- one claim ---- */

/* What is made of a trace. */
typedef bool (*write_trace)(web_reply *reply, const hs_trace *trace, const char *format);

static void trace(web_reply *reply, const char *claim, const char *format, write_trace write, const web_site *site) {
    hs_trace *trace;
    hs_error error;
    hs_ledger *ledger = take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_trace(&trace, ledger, claim, &error);
    if (status == HS_OK) finish(reply, write(reply, trace, format));
    if (status == HS_OK) hs_trace_free(trace);
    give(reply, site, ledger, status, &error);
}

static void trace_in_path(web_reply *reply, const web_request *request, write_trace write, const char *formats,
                          const web_site *site) {
    const char *format = given(request, "format");
    char message[64];
    if (!format) format = "json";
    if (!strstr(formats, format)) {
        snprintf(message, sizeof message, "format is %s", formats);
        web_reply_problem(reply, WEB_BAD_REQUEST, message);
        return;
    }
    char *claim = strndup(request->parts[0].p, request->parts[0].n);
    if (claim) trace(reply, claim, format, write, site);
    else finish(reply, false);
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

/* ---- notes ---- */

static bool put_text(web_reply *reply, const char *key, hs_str value) {
    return web_reply_print(reply, ", \"%s\": ", key) && (value.p ? web_reply_text(reply, value) : put(reply, "null"));
}

static bool put_note(web_reply *reply, const hs_note *n) {
    const char *verdict = hs_verdict_name(n->verdict);
    hs_str told = n->verdict == HS_VERDICT_NONE ? (hs_str){0} : (hs_str){verdict, strlen(verdict)};
    return put(reply, "{\"id\": ") && web_reply_text(reply, n->id) && put_text(reply, "claim", n->cited.id) &&
           put_text(reply, "text", n->text) && put_text(reply, "verdict", told) && put_text(reply, "link", n->link) &&
           put_text(reply, "by", n->author) && put_text(reply, "reply_to", n->reply_to) &&
           put_text(reply, "made", n->made) && put(reply, "}");
}

static bool write_notes(web_reply *reply, const hs_trace *trace, const char *format) {
    (void)format;
    bool ok = put(reply, "{\"notes\": [");
    for (size_t i = 0; i < trace->n_notes && ok; i++)
        ok = put(reply, i ? ", " : "") && put_note(reply, &trace->notes[i]);
    return ok && put(reply, "]}\n");
}

void web_ledger_notes(web_reply *reply, const web_request *request, const web_site *site) {
    const char *claim = given(request, "claim");
    if (claim) trace(reply, claim, "json", write_notes, site);
    else web_reply_problem(reply, WEB_BAD_REQUEST, "claim is the id of the claim");
}

static bool is_web(const char *link) {
    if (strncmp(link, "http://", 7) != 0 && strncmp(link, "https://", 8) != 0) return false;
    for (; *link; link++)
        if ((unsigned char)*link <= ' ' || *link == 0x7F) return false;
    return true;
}

static bool verdict_of(hs_verdict_kind *out, const char *name) {
    *out = HS_VERDICT_NONE;
    if (!name) return true;
    for (int i = HS_VERDICT_CONFIRMED; i <= HS_VERDICT_MISLEADING; i++) {
        if (strcmp(name, hs_verdict_name((hs_verdict_kind)i)) != 0) continue;
        *out = (hs_verdict_kind)i;
        return true;
    }
    return false;
}

/* What is wrong with a note; NULL: nothing. */
static const char *note_of(hs_new_note *note, const web_fields *fields) {
    *note = (hs_new_note){.size = sizeof *note,
                          .claim = web_form_value(fields, "claim"),
                          .text = web_form_value(fields, "text"),
                          .link = web_form_value(fields, "link"),
                          .author = web_form_value(fields, "by"),
                          .reply_to = web_form_value(fields, "reply_to")};
    if (!note->claim || !note->text) return "a note needs a claim and a text";
    for (size_t i = 0; i < fields->n; i++)
        if (!web_form_is_text(fields->v[i].value)) return "a note is text in UTF-8, without control characters";
    if (strspn(note->text, " \t\r\n") == strlen(note->text)) return "a note needs a text";
    if (strlen(note->text) > LONGEST_TEXT) return "the text is longer than 8000 bytes";
    if (note->author && strlen(note->author) > LONGEST_NAME) return "the name is longer than 200 bytes";
    if (note->link && (!is_web(note->link) || strlen(note->link) > LONGEST_LINK))
        return "the link is to be an http or https address of at most 2000 bytes";
    if (!verdict_of(&note->verdict, web_form_value(fields, "verdict")))
        return "a verdict is confirmed, refuted, unproven or misleading";
    return NULL;
}

static bool is_form(const char *type) {
    static const char name[] = "application/x-www-form-urlencoded";
    size_t n = type ? strcspn(type, "; \t") : 0;
    return n == sizeof name - 1 && strncasecmp(type, name, n) == 0;
}

void web_ledger_note(web_reply *reply, const web_request *request, const web_site *site) {
    web_field v[MOST_FIELDS];
    web_fields fields = {.v = v, .most = MOST_FIELDS};
    hs_new_note note;
    hs_error error;
    char id[16];
    if (!site->ledgers) {
        web_reply_problem(reply, WEB_NOT_FOUND, "this server shows no ledger: \"hearsay serve -l LEDGER\" does");
        return;
    }
    if (!is_form(request->type)) {
        web_reply_problem(reply, WEB_WRONG_TYPE, "a note is application/x-www-form-urlencoded");
        return;
    }
    char *form = strndup(request->body.v ? request->body.v : "", request->body.n);
    bool whole = form && strlen(form) == request->body.n; /* no byte of zero */
    const char *wrong = !whole || !web_form_read(&fields, form, request->body.n) ? "this is no form" : NULL;
    if (!wrong) wrong = note_of(&note, &fields);
    if (wrong) web_reply_problem(reply, WEB_BAD_REQUEST, wrong);
    else if (web_ledgers_note(id, site->ledgers, &note, &error) != HS_OK) put_error(reply, &error);
    else {
        reply->status = 201;
        finish(reply, web_reply_print(reply, "{\"id\": \"%s\"}\n", id));
    }
    free(form);
}
