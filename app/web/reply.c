/* Replies and their errors: see reply.h. */
#include "reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

static const struct {
    unsigned status;
    const char *code;
} PROBLEMS[] = {
    [WEB_BAD_REQUEST] = {400, "bad_request"},
    [WEB_TOKEN_MISSING] = {401, "token_missing"},
    [WEB_WRONG_HOST] = {421, "wrong_host"},
    [WEB_CROSS_SITE] = {403, "cross_site"},
    [WEB_NOT_FROM_HERE] = {403, "not_from_here"},
    [WEB_NOT_FOUND] = {404, "not_found"},
    [WEB_WRONG_METHOD] = {405, "wrong_method"},
    [WEB_TOO_LARGE] = {413, "too_large"},
    [WEB_WRONG_TYPE] = {415, "wrong_type"},
    [WEB_UNREADABLE] = {422, "unreadable"},
    [WEB_REFUSED] = {403, "refused"},
    [WEB_ADDRESS_FAILED] = {502, "address_failed"},
    [WEB_BUSY] = {503, "busy"},
    [WEB_NO_WORK] = {403, "no_work"},
    [WEB_TOO_MANY] = {429, "too_many"},
    [WEB_QUEUE_FULL] = {503, "queue_full"},
    [WEB_STOPPING] = {503, "stopping"},
    [WEB_FAILED] = {500, "failed"},
};

void web_reply_clear(web_reply *reply) {
    free(reply->out.v);
    *reply = (web_reply){.status = 200, .type = "application/json"};
}

bool web_reply_add(void *state, const char *bytes, size_t n) {
    return hs_memory_append(&((web_reply *)state)->out, bytes, n);
}

bool web_reply_print(web_reply *reply, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return n >= 0 && (size_t)n < sizeof text && web_reply_add(reply, text, (size_t)n);
}

bool web_reply_text(web_reply *reply, hs_str text) {
    bool ok = web_reply_add(reply, "\"", 1);
    for (size_t at = 0, taken; at < text.n && ok; at += taken) {
        uint32_t cp = 0xFFFD;
        taken = web_utf8_next(text.p + at, text.n - at, &cp);
        if (!taken) ok = web_reply_add(reply, "\xEF\xBF\xBD", 3);
        else if (cp == '"' || cp == '\\') ok = web_reply_print(reply, "\\%c", (char)cp);
        else if (cp < ' ' || cp == 0x7F) ok = web_reply_print(reply, "\\u%04x", (unsigned)cp);
        else ok = web_reply_add(reply, text.p + at, taken);
        taken += !taken;
    }
    return ok && web_reply_add(reply, "\"", 1);
}

bool web_reply_string(web_reply *reply, const char *terminated) {
    return web_reply_text(reply, (hs_str){terminated, strlen(terminated)});
}

void web_reply_problem(web_reply *reply, web_problem problem, const char *message) {
    static const char no_memory[] =
        "{\"error\": {\"code\": \"failed\", \"status\": 500, \"message\": \"no memory\"}}\n";
    web_reply_clear(reply);
    reply->status = PROBLEMS[problem].status;
    bool ok =
        web_reply_print(reply, "{\"error\": {\"code\": \"%s\", \"status\": %u, \"message\": ", PROBLEMS[problem].code,
                        reply->status) &&
        web_reply_string(reply, message) && web_reply_add(reply, "}}\n", 3);
    if (ok) return;
    web_reply_clear(reply);
    reply->status = 500;
    reply->fixed = no_memory;
    reply->n_fixed = sizeof no_memory - 1;
}

void web_reply_wait(web_reply *reply, web_problem problem, unsigned seconds, const char *message) {
    web_reply_problem(reply, problem, message);
    reply->wait = seconds;
}

void web_reply_error(web_reply *reply, const hs_error *error, bool from_address) {
    web_problem problem = WEB_FAILED;
    switch (error->code) {
    case HS_ERR_ARGUMENT: problem = WEB_BAD_REQUEST; break;
    case HS_ERR_MISSING:
    case HS_ERR_IO: problem = from_address ? WEB_ADDRESS_FAILED : WEB_FAILED; break;
    case HS_ERR_EMPTY:
    case HS_ERR_BINARY:
    case HS_ERR_FORMAT: problem = WEB_UNREADABLE; break;
    case HS_ERR_LIMIT: problem = WEB_TOO_LARGE; break;
    case HS_ERR_REFUSED: problem = WEB_REFUSED; break;
    default: break;
    }
    web_reply_problem(reply, problem, error->message);
}
