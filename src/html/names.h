/* Names that the HTML Standard fixes: elements and character references. Tables only; nothing here allocates. */
#ifndef HS_HTML_NAMES_H
#define HS_HTML_NAMES_H

#include "html/tree.h"

/* The tag of a name in lower case, `key` being its last eight bytes, the last one lowest. */
hs_tag hs_tag_of_key(uint64_t key, hs_str name);

/* A character reference at text.p[0] == '&' (the HTML Standard, 13.2.5.72 and on): writes the characters' UTF-8 to `out` (at
 * most 8 bytes), sets *n to how many, and returns how many bytes of `text` were read; 0 when there is no reference. */
enum { HS_REFERENCE_MOST = 8 };
size_t hs_reference_read(char out[HS_REFERENCE_MOST], size_t *n, hs_str text, bool in_attribute);

#endif
