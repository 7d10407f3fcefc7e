/* Fuzz target: what a client may send, as the server's own code sees it. Line by line: method, path, query, Host, Origin, Sec-Fetch-Site,
 * a token; the rest is a form. Answers are UTF-8, and those of a server without a ledger are errors in the one shape. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "gate.h"
#include "guard.h"
#include "routes.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_FIELDS = 16, LINES = 7 };

/* Nobody passes who was given no challenge. */
static void check_gate(const web_fields *fields) {
    static web_gate *gate;
    const char *claim = web_form_value(fields, "claim"), *note = web_form_value(fields, "text");
    web_proof proof = {.challenge = web_form_value(fields, "challenge"),
                       .work = web_form_value(fields, "work"),
                       .claim = claim ? claim : "",
                       .text = note ? note : ""};
    unsigned wait;
    if (!gate && !(gate = web_gate_make())) abort();
    if (web_gate_pass(gate, &proof, &(web_client){0}, 1000, &wait) == WEB_PASSED) abort();
}

/* The form's fields are slices of it, terminated. */
static void check_form(char *form, size_t n) {
    web_field v[MOST_FIELDS];
    web_fields fields = {.v = v, .most = MOST_FIELDS};
    if (!web_form_read(&fields, form, n)) return;
    if (fields.n > MOST_FIELDS) abort();
    for (size_t i = 0; i < fields.n; i++) {
        const char *value = v[i].value;
        if (value < form || value > form + n || value + strlen(value) > form + n) abort();
        web_form_is_text(value);
    }
    check_gate(&fields);
}

static void check_reply(const web_reply *reply, bool error) {
    const char *bytes = reply->fixed ? reply->fixed : reply->out.v;
    size_t n = reply->fixed ? reply->n_fixed : reply->out.n;
    uint32_t cp;
    for (size_t at = 0, taken; at < n; at += taken)
        if (!(taken = web_utf8_next(bytes + at, n - at, &cp))) abort();
    if (error && (reply->status < 400 || n < 10 || memcmp(bytes, "{\"error\": ", 10) != 0)) abort();
}

/* The arguments as a query has them; values live in `query`. */
static void take_arguments(web_request *request, char *query) {
    web_field v[WEB_MOST_ARGUMENTS];
    web_fields fields = {.v = v, .most = WEB_MOST_ARGUMENTS};
    if (!web_form_read(&fields, query, strlen(query))) return;
    for (size_t i = 0; i < fields.n; i++)
        request->arguments[request->n_arguments++] = (web_argument){strdup(v[i].key), strdup(v[i].value)};
}

static void check_route(const char *method, const char *path, char *query) {
    web_request request = {.path = strdup(path)};
    web_reply reply = {0};
    web_site site = {.options = &(web_options){0}};
    take_arguments(&request, query);
    web_reply_clear(&reply);
    const web_route *route = web_route_find(&reply, &request, method);
    bool at_once = route && route->needs & WEB_AT_ONCE, get = route && strcmp(route->method, "GET") == 0;
    if (at_once || get) route->run(&reply, &request, &site);
    check_reply(&reply, !at_once && (get || !route));
    web_request_clear(&request);
    free(reply.out.v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1), *lines[LINES], *at = text;
    if (!text) abort();
    if (size) memcpy(text, data, size);
    text[size] = 0;
    for (int i = 0; i < LINES; i++) {
        char *end = memchr(at, '\n', (size_t)(text + size - at));
        lines[i] = at;
        if (end) *end = 0;
        at = end ? end + 1 : text + size;
    }
    if (web_guard_host(lines[3], "desk.example") && strlen(lines[3]) > 300) abort();
    web_guard_origin(lines[4], *lines[5] ? lines[5] : NULL, lines[3]);
    if (web_guard_token(lines[6], "0123456789abcdef0123456789abcdef") && strlen(lines[6]) != 32) abort();
    check_route(lines[0], lines[1], lines[2]);
    check_form(at, (size_t)(text + size - at));
    free(text);
    return 0;
}
