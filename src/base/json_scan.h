/* JSON (RFC 8259) read where it lies: nothing is allocated, strings are decoded in place, a value that nobody wants is passed over.
 * Unlike a tree it cannot need more memory than its text, and "\u0000" and lone surrogates (U+FFFD) do not end or lose a string. */
#ifndef HS_BASE_JSON_SCAN_H
#define HS_BASE_JSON_SCAN_H

#include "base/str.h"

enum { HS_SCAN_DEPTH = 256 }; /* deeper nesting is an error */

typedef struct hs_scan {
    char *at, *end; /* what is left of the text, which is written to */
    bool fresh;     /* a bracket has just been opened: no comma is due */
    bool failed;    /* stays set; everything returns false from then on */
} hs_scan;

char hs_scan_peek(hs_scan *scan);                /* the next value's or bracket's first byte, 0 at the end */
bool hs_scan_open(hs_scan *scan, char bracket);  /* '{' or '[': false when another value comes */
bool hs_scan_member(hs_scan *scan, hs_str *key); /* the next key of an object; false behind the last */
bool hs_scan_item(hs_scan *scan);                /* the next item of an array; false behind the last */
bool hs_scan_string(hs_scan *scan, hs_str *out); /* takes a string; any other value is passed over: false */
bool hs_scan_skip(hs_scan *scan);                /* passes over one value of any kind */
bool hs_scan_ended(hs_scan *scan);               /* nothing but blanks is left, and all before was right */

#endif
