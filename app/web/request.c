/* Requests: see request.h. */
#include "request.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *s) {
    return s ? strdup(s) : NULL;
}

static enum MHD_Result take_argument(void *state, enum MHD_ValueKind kind, const char *key, const char *value) {
    (void)kind;
    web_request *request = state;
    if (request->n_arguments == WEB_MOST_ARGUMENTS) return MHD_NO;
    web_argument *argument = &request->arguments[request->n_arguments++];
    *argument = (web_argument){copy(key), copy(value ? value : "")};
    return MHD_YES;
}

bool web_request_take(web_request *request, struct MHD_Connection *connection, const char *path) {
    const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
    const char *if_none = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
    *request = (web_request){.path = copy(path), .type = copy(type), .if_none = copy(if_none)};
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_argument, request);
    bool ok = request->path && (request->type || !type) && (request->if_none || !if_none);
    for (size_t i = 0; i < request->n_arguments; i++)
        ok = ok && request->arguments[i].key && request->arguments[i].value;
    return ok;
}

void web_request_clear(web_request *request) {
    for (size_t i = 0; i < request->n_arguments; i++) {
        free(request->arguments[i].key);
        free(request->arguments[i].value);
    }
    free(request->path);
    free(request->type);
    free(request->if_none);
    free(request->body.v);
    *request = (web_request){0};
}

const char *web_request_argument(const web_request *request, const char *key) {
    for (size_t i = 0; i < request->n_arguments; i++)
        if (strcmp(request->arguments[i].key, key) == 0) return request->arguments[i].value;
    return NULL;
}

bool web_request_matches(web_request *request, const char *pattern) {
    const char *at = request->path;
    size_t part = 0;
    for (; *pattern; pattern++) {
        if (*pattern == '+') return *at;
        if (*pattern != '*') {
            if (*at++ != *pattern) return false;
            continue;
        }
        size_t n = strcspn(at, "/");
        if (!n || part == WEB_MOST_PARTS) return false;
        request->parts[part++] = (hs_str){at, n};
        at += n;
    }
    return !*at;
}
