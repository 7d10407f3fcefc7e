/* Who may ask for what. A page on the web that a person has open must reach nothing here: neither by a name of its own that leads to
 * this machine (rebinding), nor by a request that the browser sends for it (forgery). */
#ifndef HEARSAY_WEB_GUARD_H
#define HEARSAY_WEB_GUARD_H

#include <stdbool.h>

/* Is the Host header an IP address, "localhost" or `name` (NULL: none)? Rebinding needs a name that somebody else owns. */
bool web_guard_host(const char *host, const char *name);

/* Does a request that does something come from a page of ours, or from no page at all? Each may be NULL: not sent. */
bool web_guard_origin(const char *origin, const char *fetch_site, const char *host);

/* Compares in a time that does not tell how much is right. */
bool web_guard_token(const char *given, const char *token);

/* 32 hexadecimal digits of chance. */
bool web_guard_make_token(char out[33]);

#endif
