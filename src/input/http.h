/* HTTP as it stands in archives: header fields, content types, and bodies out of their transfer and content codings. Knows no
 * network. RFC 9110 and 9112, read leniently. */
#ifndef HS_INPUT_HTTP_H
#define HS_INPUT_HTTP_H

#include "input/bytes.h"

/* Header fields, one a call; *rest moves on. False at the blank line or the end. Folded lines are left out. */
bool hs_http_field(hs_str *rest, hs_str *name, hs_str *value);

/* Where the header ends: the byte behind the blank line; HS_NONE when there is none. */
size_t hs_http_header_end(hs_str message);

/* "text/html; charset=utf-8" → what a page of that type is; HS_KIND_UNKNOWN for all types that are no page's. */
hs_kind hs_http_kind(hs_str content_type);
hs_str hs_http_charset(hs_str content_type); /* absent when it names none */

typedef struct hs_http_head {
    unsigned status; /* 0: not HTTP */
    hs_str content_type, content_coding, transfer_coding;
} hs_http_head;

hs_http_head hs_http_read_head(hs_str message);

/* The body in the clear: a part of `body`, which is written to, or in `room`. HS_ERR_LIMIT when it is longer than `most`. */
hs_status hs_http_body(hs_str *out, hs_bytes *room, const hs_http_head *head, char *body, size_t n, size_t most,
                       hs_error *error);

#endif
