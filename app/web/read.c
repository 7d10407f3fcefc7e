/* POST /api/read and /api/fetch: a page, or its address, → its record or reading view. GET /api/session. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "routes.h"

static const struct {
    const char *name, *type;
    hs_format format;
} FORMATS[] = {
    {"json", "application/json", HS_FORMAT_JSONL},
    {"html", "text/html; charset=utf-8", HS_FORMAT_HTML},
    {"svg", "image/svg+xml", HS_FORMAT_SVG},
};
enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };

/* The index of the format that is asked for; N_FORMATS: there is no such. */
static size_t format_of(web_reply *reply, const web_request *request) {
    const char *name = web_request_argument(request, "format");
    size_t i = 0;
    while (name && i < N_FORMATS && strcmp(FORMATS[i].name, name) != 0) i++;
    if (i == N_FORMATS) web_reply_problem(reply, WEB_BAD_REQUEST, "format is json, html or svg");
    return i;
}

/* "text/html; charset=…": its kind, and its charset as a slice of it. False: nothing that is read here. */
static bool kind_of(hs_page *page, const char *type) {
    static const struct {
        const char *name;
        hs_kind kind;
    } known[] = {{"text/html", HS_KIND_HTML},
                 {"text/plain", HS_KIND_TEXT},
                 {"application/xhtml+xml", HS_KIND_HTML},
                 {"application/octet-stream", HS_KIND_UNKNOWN}};
    if (!type) return true;
    size_t n = strcspn(type, "; \t");
    const char *charset = strcasestr(type + n, "charset=");
    if (charset) {
        charset += sizeof "charset=" - 1;
        charset += *charset == '"';
        page->charset = (hs_str){charset, strcspn(charset, "\"; \t")};
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].name) != n || strncasecmp(type, known[i].name, n) != 0) continue;
        page->kind = known[i].kind;
        return true;
    }
    return false;
}

static void write_record(web_reply *reply, const hs_record *record, size_t format) {
    hs_error error;
    reply->type = FORMATS[format].type;
    if (FORMATS[format].format == HS_FORMAT_HTML) reply->style = web_asset_hash("reading.css");
    if (hs_write(web_reply_add, reply, record, FORMATS[format].format, false, &error) != HS_OK)
        web_reply_problem(reply, WEB_FAILED, "no memory for the answer");
}

/* How long claims take depends on the article alone, so it is read first; that takes a thousandth of the time. */
static bool short_enough(web_reply *reply, const hs_page *page, const web_site *site) {
    hs_record *record;
    hs_error error;
    if (hs_read(&record, site->options->articles, page, &error) != HS_OK) {
        web_reply_error(reply, &error, false);
        return false;
    }
    bool ok = record->text.n <= WEB_MOST_ARTICLE;
    hs_record_free(record);
    if (!ok)
        web_reply_problem(reply, WEB_TOO_LARGE,
                          "the article is longer than is read here; \"hearsay read\" has no limit");
    return ok;
}

static void read_page(web_reply *reply, const hs_page *page, const web_site *site, size_t format) {
    hs_record *record;
    hs_error error;
    if (!short_enough(reply, page, site)) return;
    if (hs_read(&record, site->options->reader, page, &error) != HS_OK) {
        web_reply_error(reply, &error, false);
        return;
    }
    write_record(reply, record, format);
    hs_record_free(record);
}

void web_read(web_reply *reply, const web_request *request, const web_site *site) {
    size_t format = format_of(reply, request);
    if (format == N_FORMATS) return;
    const char *name = web_request_argument(request, "name"), *url = web_request_argument(request, "url");
    hs_page page = {.name = name && *name ? name : "-", .bytes = request->body.v, .n = request->body.n};
    if (url) page.url = (hs_str){url, strlen(url)};
    if (!kind_of(&page, request->type)) {
        web_reply_problem(reply, WEB_WRONG_TYPE, "a page is text/html, text/plain or application/octet-stream");
        return;
    }
    read_page(reply, &page, site, format);
}

/* An address as one line of printable ASCII, of http or https: hs_inputs_open takes files and folders as well. */
static char *address_of(const web_request *request) {
    const char *body = request->body.v ? request->body.v : "";
    size_t n = request->body.n;
    while (n && strchr(" \r\n\t", body[n - 1])) n--;
    while (n && strchr(" \r\n\t", *body)) body++, n--;
    bool web = (n > 7 && strncasecmp(body, "http://", 7) == 0) || (n > 8 && strncasecmp(body, "https://", 8) == 0);
    for (size_t i = 0; i < n && web; i++) web = body[i] > ' ' && body[i] < 0x7F;
    return web ? strndup(body, n) : NULL;
}

void web_fetch(web_reply *reply, const web_request *request, const web_site *site) {
    size_t format = format_of(reply, request);
    if (format == N_FORMATS) return;
    char *address = address_of(request);
    hs_inputs_options options = *site->options->inputs;
    hs_inputs *inputs = NULL;
    hs_page page;
    hs_error error;
    bool more = false;
    options.max_bytes = WEB_MOST_PAGE;
    options.timeout = WEB_FETCH_SECONDS;
    if (!address) {
        web_reply_problem(reply, WEB_BAD_REQUEST, "the body is to be one http or https address");
    } else if (hs_inputs_open(&inputs, address, &options, &error) != HS_OK ||
               hs_inputs_next(&page, &more, inputs, &error) != HS_OK) {
        web_reply_error(reply, &error, true);
    } else if (!more) {
        web_reply_problem(reply, WEB_UNREADABLE, "there is no page under this address");
    } else {
        read_page(reply, &page, site, format);
    }
    hs_inputs_free(inputs);
    free(address);
}

void web_session(web_reply *reply, const web_request *request, const web_site *site) {
    (void)request;
    bool ok = web_reply_print(
        reply,
        "{\"version\": \"%s\", \"token\": \"%s\", \"needs_token\": %s, \"public_notes\": %s, \"ledger\": %s, "
        "\"limits\": {\"page\": %d, \"article\": %d, \"address\": %d}}\n",
        hs_version(), site->token, site->options->token ? "true" : "false", site->gate ? "true" : "false",
        site->ledgers ? "true" : "false", WEB_MOST_PAGE, WEB_MOST_ARTICLE, WEB_MOST_ADDRESS);
    if (!ok) web_reply_problem(reply, WEB_FAILED, "no memory for the answer");
}
