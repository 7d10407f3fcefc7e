/* Encodings by name: the labels of the Encoding Standard (section 4.2) and what a page declares (the HTML Standard, 13.2.3.2).
 * Nothing here allocates. */
#ifndef HS_HTML_ENCODINGS_H
#define HS_HTML_ENCODINGS_H

#include "base/str.h"

typedef struct hs_encoding {
    const char *name;   /* the Encoding Standard's */
    const char *iconv;  /* what iconv calls it, or what comes nearest */
    const char *labels; /* in lower case, parted and ended by spaces */
} hs_encoding;

/* NULL when no encoding has the label (white space around it and case aside). */
const hs_encoding *hs_encoding_of(hs_str label);

/* What a byte order mark says, *skip being its length; NULL without one. */
const hs_encoding *hs_encoding_marked(hs_str bytes, size_t *skip);

/* What a page's start declares in a <meta> or an XML declaration; NULL when nothing. */
const hs_encoding *hs_encoding_declared(hs_str bytes);

#endif
