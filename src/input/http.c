/* HTTP in archives: see http.h. */
#include "input/http.h"

#include <string.h>

#include "base/error.h"
#include "input/unpack.h"

static hs_str take_line(hs_str *rest) {
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    hs_str line = hs_str_slice(*rest, 0, n);
    *rest = hs_str_slice(*rest, n + 1, rest->n);
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    return line;
}

bool hs_http_field(hs_str *rest, hs_str *name, hs_str *value) {
    while (rest->n) {
        hs_str line = take_line(rest);
        if (!line.n) return false;
        const char *colon = memchr(line.p, ':', line.n);
        if (!colon || line.p[0] == ' ' || line.p[0] == '\t') continue;
        *name = hs_str_trim(hs_str_slice(line, 0, (size_t)(colon - line.p)));
        *value = hs_str_trim(hs_str_slice(line, (size_t)(colon - line.p) + 1, line.n));
        return true;
    }
    return false;
}

size_t hs_http_header_end(hs_str message) {
    for (size_t at = 0; at < message.n;) {
        const char *end = memchr(message.p + at, '\n', message.n - at);
        if (!end) return HS_NONE;
        size_t next = (size_t)(end - message.p) + 1;
        if (next - at == 1 || (next - at == 2 && message.p[at] == '\r')) return next;
        at = next;
    }
    return HS_NONE;
}

hs_kind hs_http_kind(hs_str content_type) {
    static const struct {
        hs_str type;
        hs_kind kind;
    } TYPES[] = {{{"text/html", 9}, HS_KIND_HTML},
                 {{"application/xhtml+xml", 21}, HS_KIND_HTML},
                 {{"text/plain", 10}, HS_KIND_TEXT}};
    const char *end = content_type.n ? memchr(content_type.p, ';', content_type.n) : NULL;
    hs_str type = hs_str_trim(end ? hs_str_slice(content_type, 0, (size_t)(end - content_type.p)) : content_type);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (hs_str_eq_nocase(type, TYPES[i].type)) return TYPES[i].kind;
    return HS_KIND_UNKNOWN;
}

hs_str hs_http_charset(hs_str content_type) {
    size_t at = hs_str_find_nocase(content_type, HS_STR("charset="));
    if (at == HS_NONE) return (hs_str){0};
    hs_str label = hs_str_slice(content_type, at + 8, content_type.n);
    const char *end = label.n ? memchr(label.p, ';', label.n) : NULL;
    if (end) label.n = (size_t)(end - label.p);
    label = hs_str_trim(label);
    if (label.n >= 2 && (label.p[0] == '"' || label.p[0] == '\'')) label = hs_str_slice(label, 1, label.n - 1);
    return label;
}

/* "HTTP/1.1 200 OK" */
static unsigned status_of(hs_str line) {
    if (!hs_str_starts_nocase(line, HS_STR("HTTP/"))) return 0;
    const char *blank = memchr(line.p, ' ', line.n);
    hs_str code = blank ? hs_str_trim(hs_str_slice(line, (size_t)(blank - line.p), line.n)) : (hs_str){0};
    unsigned status = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i >= code.n || code.p[i] < '0' || code.p[i] > '9') return 0;
        status = status * 10 + (unsigned)(code.p[i] - '0');
    }
    return status;
}

hs_http_head hs_http_read_head(hs_str message) {
    hs_http_head head = {.status = status_of(take_line(&message))};
    for (hs_str name, value; hs_http_field(&message, &name, &value);) {
        if (hs_str_eq_nocase(name, HS_STR("content-type"))) head.content_type = value;
        if (hs_str_eq_nocase(name, HS_STR("content-encoding"))) head.content_coding = value;
        if (hs_str_eq_nocase(name, HS_STR("transfer-encoding"))) head.transfer_coding = value;
    }
    return head;
}

/* The size at the start of a chunk's line; HS_NONE when it is none, or too large to be one. */
static size_t chunk_size(hs_str line) {
    size_t size = 0, i = 0;
    for (; i < line.n; i++) {
        char c = line.p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) break;
        if (size > SIZE_MAX >> 5) return HS_NONE;
        size = size << 4 | (size_t)digit;
    }
    return i == 0 || (i < line.n && line.p[i] != ';' && line.p[i] != ' ' && line.p[i] != '\t') ? HS_NONE : size;
}

/* Moves the chunks together. Archives whose writer had already done so keep the field: a body that does not begin with a chunk
 * stays as it is. */
static hs_status unchunk(char *body, size_t *n, hs_error *error) {
    hs_str rest = {body, *n};
    for (size_t out = 0, size = HS_NONE; size != 0;) {
        hs_str before = rest;
        size = chunk_size(take_line(&rest));
        if (size == HS_NONE && before.n == *n) return HS_OK;
        if (size == HS_NONE || size > rest.n)
            return hs_fail(error, HS_ERR_FORMAT, "the chunks of the page are damaged or cut off");
        memmove(body + out, rest.p, size);
        out += size;
        rest = hs_str_slice(rest, size, rest.n);
        if (size) take_line(&rest);
        else *n = out;
    }
    return HS_OK;
}

static hs_packing coding_of(hs_str name) {
    static const struct {
        hs_str name;
        hs_packing packing;
    } CODINGS[] = {{{"gzip", 4}, HS_PACKED_GZIP},
                   {{"x-gzip", 6}, HS_PACKED_GZIP},
                   {{"deflate", 7}, HS_PACKED_DEFLATE},
                   {{"zstd", 4}, HS_PACKED_ZSTD}};
    for (size_t i = 0; i < sizeof CODINGS / sizeof *CODINGS; i++)
        if (hs_str_eq_nocase(name, CODINGS[i].name)) return CODINGS[i].packing;
    return HS_PACKED_NOT;
}

static hs_status unpack(hs_bytes *room, hs_str body, hs_packing packing, size_t most, hs_error *error) {
    room->n = 0;
    hs_source *source = hs_source_pieces(body.p, body.n, SIZE_MAX);
    source = source ? hs_unpack(source, packing) : NULL;
    if (!source) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    hs_status status = hs_source_read_all(room, source, most, error);
    hs_source_free(source);
    return status;
}

hs_status hs_http_body(hs_str *out, hs_bytes *room, const hs_http_head *head, char *body, size_t n, size_t most,
                       hs_error *error) {
    hs_status status = HS_OK;
    if (hs_str_find_nocase(head->transfer_coding, HS_STR("chunked")) != HS_NONE) status = unchunk(body, &n, error);
    *out = (hs_str){body, n};
    hs_str coding = head->content_coding;
    if (status == HS_OK && n > most)
        return hs_fail(error, HS_ERR_LIMIT, "larger than the limit of %zu MiB", most >> 20);
    if (status != HS_OK || !n || !coding.n || hs_str_eq_nocase(coding, HS_STR("identity"))) return status;
    hs_packing packing = coding_of(coding);
    if (packing == HS_PACKED_NOT)
        return hs_fail(error, HS_ERR_FORMAT, "the page is packed as %.*s, which is not known",
                       (int)(coding.n < 64 ? coding.n : 64), coding.p);
    /* some archives hold the page unpacked and keep the field */
    if (packing != HS_PACKED_DEFLATE && hs_packing_of(*out) != packing) return HS_OK;
    status = unpack(room, *out, packing, most, error);
    *out = hs_bytes_str(room);
    return status;
}
