/* What a request is answered with. Errors have one shape: {"error": {"code", "status", "message"}}. */
#ifndef HEARSAY_WEB_REPLY_H
#define HEARSAY_WEB_REPLY_H

#include "hearsay.h"

typedef enum web_problem {
    WEB_BAD_REQUEST,
    WEB_TOKEN_MISSING,
    WEB_WRONG_HOST,
    WEB_CROSS_SITE,
    WEB_NOT_FROM_HERE,
    WEB_NOT_FOUND,
    WEB_WRONG_METHOD,
    WEB_TOO_LARGE,
    WEB_WRONG_TYPE,
    WEB_UNREADABLE,
    WEB_REFUSED,
    WEB_ADDRESS_FAILED,
    WEB_BUSY,
    WEB_NO_WORK,
    WEB_TOO_MANY,
    WEB_QUEUE_FULL,
    WEB_STOPPING,
    WEB_FAILED
} web_problem;

typedef struct web_reply {
    unsigned status;
    const char *type;
    const char *fixed; /* bytes that outlive the server; else NULL */
    size_t n_fixed;
    hs_memory out;     /* belongs to the reply */
    const char *etag;  /* without quotation marks; NULL: not to be kept by anyone */
    const char *style; /* hash of the only style that a document of its own may have; NULL: it is no such document */
    unsigned wait;     /* for so many seconds nobody need ask again; 0: not said */
    char allow[64];    /* the methods, with WEB_WRONG_METHOD */
} web_reply;

void web_reply_clear(web_reply *reply);

/* An hs_sink that adds to the reply. */
bool web_reply_add(void *reply, const char *bytes, size_t n);
bool web_reply_print(web_reply *reply, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As a string of JSON; what is no UTF-8 becomes U+FFFD. */
bool web_reply_text(web_reply *reply, hs_str text);
bool web_reply_string(web_reply *reply, const char *terminated);

/* Replaces whatever was there. */
void web_reply_problem(web_reply *reply, web_problem problem, const char *message);
void web_reply_wait(web_reply *reply, web_problem problem, unsigned seconds, const char *message);

/* The same for an error of the library; `from_address`: it is about another server. */
void web_reply_error(web_reply *reply, const hs_error *error, bool from_address);

#endif
