/* A streaming JSON writer (RFC 8259): what goes in comes out at once, through a small buffer, into a sink.
 *
 * It owns nothing and allocates nothing. Commas are its business, nesting is the caller's. Strings may hold any bytes: what is no
 * UTF-8 comes out as U+FFFD, so that the output is always valid. Once the sink has refused, nothing more is written.
 * It knows nothing of records.
 */
#ifndef HS_FORMATS_JSON_WRITER_H
#define HS_FORMATS_JSON_WRITER_H

#include "formats/out.h"

typedef struct hs_json {
    hs_out out;
    bool comma; /* a value was written at this level: the next one needs a comma */
} hs_json;

void hs_json_init(hs_json *json, hs_sink sink, void *state);
bool hs_json_flush(hs_json *json); /* true when all that was written has arrived */

void hs_json_open(hs_json *json, char bracket);  /* '{' or '[' */
void hs_json_close(hs_json *json, char bracket); /* '}' or ']' */
void hs_json_key(hs_json *json, hs_str key);
void hs_json_string(hs_json *json, hs_str s); /* an absent string is null */
void hs_json_null(hs_json *json);
void hs_json_bool(hs_json *json, bool value);
void hs_json_size(hs_json *json, size_t number);
void hs_json_share(hs_json *json, double share);         /* 0 to 1, at most three digits behind the point */
void hs_json_id(hs_json *json, char kind, size_t index); /* "c1" for ('c', 0) */
void hs_json_line_end(hs_json *json);

/* A key and its value. */
void hs_json_field(hs_json *json, hs_str key, hs_str value);
void hs_json_strings(hs_json *json, hs_str key, const hs_str *v, size_t n);

#endif
