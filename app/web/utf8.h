/* The least of UTF-8 that the server needs itself. */
#ifndef HEARSAY_WEB_UTF8_H
#define HEARSAY_WEB_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes the code point at `s` takes, which goes to *cp; 0: no UTF-8. `n` is at least 1. */
size_t web_utf8_next(const char *s, size_t n, uint32_t *cp);

#endif
