/* A request as handlers see it: copied from the connection, so that it may be read on any thread. */
#ifndef HEARSAY_WEB_REQUEST_H
#define HEARSAY_WEB_REQUEST_H

#include <microhttpd.h>

#include "hearsay.h"
#include "rates.h"

enum { WEB_MOST_ARGUMENTS = 32, WEB_MOST_PARTS = 4 };

typedef struct web_argument {
    char *key, *value;
} web_argument;

typedef struct web_request {
    char *path;
    char *type;    /* Content-Type; NULL: none */
    char *if_none; /* If-None-Match; NULL: none */
    web_argument arguments[WEB_MOST_ARGUMENTS];
    size_t n_arguments;
    hs_str parts[WEB_MOST_PARTS]; /* what stands in the path where the route has a "*"; slices of path */
    hs_memory body;
    bool owner;        /* knows the server's token, or there is none */
    web_client client; /* from where it came */
} web_request;

/* False when there is no memory. */
bool web_request_take(web_request *request, struct MHD_Connection *connection, const char *path);
void web_request_clear(web_request *request);

/* The value of ?key=…; NULL where there is none. */
const char *web_request_argument(const web_request *request, const char *key);

/* Is the path the pattern's? "*" stands for one part of it, which is kept, "+" for all that is left. */
bool web_request_matches(web_request *request, const char *pattern);

#endif
