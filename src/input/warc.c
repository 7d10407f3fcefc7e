/* WARC archives (ISO 28500, versions 1.0 and 1.1, and older drafts) → pages, in constant memory: see input.h. Pages are the responses with
 * status 200 and a page's type, and resources and conversions of such a type. A record that is wrong costs itself one error; reading goes
 * on where the next one begins. The record's date says when it was fetched, not when the page was published: it is not used. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "input/http.h"
#include "input/input.h"

enum {
    PUT_BACKS =
        16,  /* how often one archive may go back behind a wrong length: each may cost the reading of a whole page */
    MARK = 7 /* "WARC/1." */
};

typedef struct record {
    uint64_t length;
    hs_kind kind;  /* of a resource or conversion; of a response, what the archive found it to be */
    bool page;     /* is to be read, as far as the record's own header tells */
    bool response; /* the block is an HTTP message */
    char charset[64];
} record;

typedef struct warc {
    hs_input input;
    hs_stream *stream;
    hs_input_options options;
    record record; /* the one at hand */
    hs_bytes raw, room, url, name;
    uint64_t left; /* of its block, not wanted */
    bool lost;     /* in search of the next record */
    bool any;      /* a page or an error has come out */
    unsigned put_backs;
} warc;

static bool is_mark(hs_str s) {
    return hs_str_starts(s, HS_STR("WARC/1.")) || hs_str_starts(s, HS_STR("WARC/0."));
}

/* Where a line begins a record; HS_NONE. `before` is the byte before `s`. */
static size_t find_mark(hs_str s, char before) {
    for (size_t at = 0; at + MARK <= s.n; at++) {
        size_t found = hs_str_find(hs_str_slice(s, at, s.n), HS_STR("WARC/"));
        if (found == HS_NONE) return HS_NONE;
        at += found;
        if ((at ? s.p[at - 1] : before) == '\n' && is_mark(hs_str_slice(s, at, s.n))) return at;
    }
    return HS_NONE;
}

/* Moves to the next record's mark. False: there is none. */
static bool find_record(hs_stream *stream) {
    for (char before = '\n';;) {
        hs_str seen = hs_stream_peek(stream, HS_STREAM_PEEK);
        size_t found = find_mark(seen, before);
        size_t kept = seen.n < HS_STREAM_PEEK ? 0 : MARK;
        if (found == HS_NONE && seen.n > kept) before = seen.p[seen.n - kept - 1];
        hs_stream_take(stream, found == HS_NONE ? seen.n - kept : found);
        if (found != HS_NONE) return true;
        if (!kept) return false;
    }
}

static hs_status fail(warc *w, hs_error *error, hs_status code, const char *name, const char *why) {
    w->any = true;
    return hs_fail(error, code, "%s: %s", name, why);
}

static hs_status fail_lost(warc *w, hs_error *error, const char *name, const char *why) {
    w->lost = true;
    return fail(w, error, HS_ERR_FORMAT, name, why);
}

/* What stopped the stream short: its own error, or its end. */
static hs_status fail_short(warc *w, hs_error *error, const char *name) {
    hs_error cause;
    hs_status status = hs_stream_failure(w->stream, &cause);
    w->lost = true;
    if (status != HS_OK) return fail(w, error, status, name, cause.message);
    return fail(w, error, HS_ERR_FORMAT, name, "the last record is cut off");
}

static hs_status skip_block(warc *w, hs_error *error) {
    while (w->left) {
        hs_str seen = hs_stream_peek(w->stream, 1);
        if (!seen.n) {
            w->left = 0;
            return fail_short(w, error, w->options.name);
        }
        size_t n = seen.n < w->left ? seen.n : (size_t)w->left;
        hs_stream_take(w->stream, n);
        w->left -= n;
    }
    return HS_OK;
}

static void skip_line_ends(hs_stream *stream) {
    for (;;) {
        hs_str seen = hs_stream_peek(stream, 1);
        if (!seen.n || (seen.p[0] != '\r' && seen.p[0] != '\n')) return;
        hs_stream_take(stream, 1);
    }
}

/* Moves to where the next record begins; *more = false at the end. */
static hs_status to_record(warc *w, bool *more, hs_error *error) {
    hs_status status = skip_block(w, error);
    if (status != HS_OK) return status;
    if (!w->lost) skip_line_ends(w->stream);
    *more = w->lost ? find_record(w->stream) : hs_stream_peek(w->stream, MARK).n > 0;
    w->lost = false;
    hs_error cause;
    status = *more ? HS_OK : hs_stream_failure(w->stream, &cause);
    if (status != HS_OK) {
        w->lost = true;
        return fail(w, error, status, w->options.name, cause.message);
    }
    if (!*more || is_mark(hs_stream_peek(w->stream, MARK))) return HS_OK;
    return fail_lost(w, error, w->options.name, "something that is no record stands between the records");
}

/* Digits alone, and no more than fit. */
static bool read_length(uint64_t *length, hs_str s) {
    *length = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || *length > (UINT64_MAX >> 1) / 10 - 1) return false;
        *length = *length * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0;
}

/* Some writers put the address between angle brackets. */
static hs_str bare_uri(hs_str uri) {
    return uri.n > 2 && uri.p[0] == '<' && uri.p[uri.n - 1] == '>' ? hs_str_slice(uri, 1, uri.n - 1) : uri;
}

/* The named fields of the record's header; false when it has no usable length. */
static bool read_fields(warc *w, hs_str header) {
    record *r = &w->record;
    *r = (record){0};
    hs_str type = {0}, content_type = {0}, payload_type = {0};
    bool known = false;
    w->url.n = 0;
    for (hs_str name, value; hs_http_field(&header, &name, &value);) {
        if (hs_str_eq_nocase(name, HS_STR("content-length"))) known = read_length(&r->length, value);
        if (hs_str_eq_nocase(name, HS_STR("warc-type"))) type = value;
        if (hs_str_eq_nocase(name, HS_STR("content-type"))) content_type = value;
        if (hs_str_eq_nocase(name, HS_STR("warc-identified-payload-type"))) payload_type = value;
        if (hs_str_eq_nocase(name, HS_STR("warc-target-uri"))) {
            w->url.n = 0;
            hs_bytes_add(&w->url, bare_uri(value));
        }
    }
    r->response =
        hs_str_eq_nocase(type, HS_STR("response")) && hs_str_starts_nocase(content_type, HS_STR("application/http"));
    bool plain = hs_str_eq_nocase(type, HS_STR("resource")) || hs_str_eq_nocase(type, HS_STR("conversion"));
    r->kind = hs_http_kind(r->response ? payload_type : content_type);
    r->page = r->response || (plain && r->kind != HS_KIND_UNKNOWN);
    hs_str charset = plain ? hs_http_charset(content_type) : (hs_str){0};
    if (charset.n < sizeof r->charset) memcpy(r->charset, charset.n ? charset.p : "", charset.n);
    return known;
}

/* Looks at a header of at most `most` bytes without taking it; HS_NONE when none ends within them. */
static size_t peek_header(hs_str *seen, hs_stream *stream, uint64_t most) {
    for (size_t want = 4096;; want *= 4) {
        *seen = hs_stream_peek(stream, want);
        if (seen->n > most) seen->n = (size_t)most;
        size_t end = hs_http_header_end(*seen);
        if (end != HS_NONE || seen->n < want || want >= HS_STREAM_PEEK) return end;
    }
}

static hs_status read_header(warc *w, hs_error *error) {
    hs_str seen;
    size_t end = peek_header(&seen, w->stream, UINT64_MAX);
    if (end == HS_NONE && seen.n < HS_STREAM_PEEK) {
        hs_stream_take(w->stream, seen.n);
        return fail_short(w, error, w->options.name);
    }
    if (end == HS_NONE) {
        hs_stream_take(w->stream, MARK);
        return fail_lost(w, error, w->options.name, "a record's header is too long");
    }
    bool known = read_fields(w, hs_str_slice(seen, 0, end));
    if (!hs_bytes_name(&w->name, w->options.name, hs_bytes_str(&w->url)))
        return fail(w, error, HS_ERR_LIMIT, w->options.name, "no memory");
    hs_stream_take(w->stream, known ? end : MARK);
    return known ? HS_OK : fail_lost(w, error, w->name.v, "the record has no usable Content-Length");
}

/* Is the response at hand a page? Its header is looked at in the stream, so that nothing else is ever held. */
static bool wanted_response(warc *w, hs_status *status, hs_error *error) {
    const record *r = &w->record;
    hs_str seen;
    size_t end = peek_header(&seen, w->stream, r->length);
    *status = HS_OK;
    if (end == HS_NONE && seen.n >= HS_STREAM_PEEK)
        *status = fail(w, error, HS_ERR_LIMIT, w->name.v, "the answer's header is too long");
    if (end == HS_NONE) return false;
    hs_http_head head = hs_http_read_head(hs_str_slice(seen, 0, end));
    hs_kind kind = head.content_type.n ? hs_http_kind(head.content_type) : r->kind;
    return head.status == 200 && kind != HS_KIND_UNKNOWN;
}

/* Takes the block into w->raw, as far as it goes. */
static hs_status hold(warc *w, uint64_t length, hs_error *error) {
    w->raw.n = 0;
    while (w->raw.n < length) {
        hs_str seen = hs_stream_peek(w->stream, 1);
        if (!seen.n) return fail_short(w, error, w->name.v);
        seen = hs_str_slice(seen, 0, length - w->raw.n < seen.n ? (size_t)(length - w->raw.n) : seen.n);
        if (!hs_bytes_add(&w->raw, seen)) return fail_lost(w, error, w->name.v, "no memory");
        hs_stream_take(w->stream, seen.n);
    }
    return HS_OK;
}

/* Behind a block come two line ends; where they are missing, the next record or nothing. */
static bool ends_well(hs_stream *stream) {
    hs_str seen = hs_stream_peek(stream, 4 + MARK);
    if (hs_str_starts(seen, HS_STR("\r\n\r\n"))) return true;
    size_t n = 0;
    while (n < seen.n && (seen.p[n] == '\r' || seen.p[n] == '\n')) n++;
    return n == seen.n || is_mark(hs_str_slice(seen, n, seen.n));
}

/* A block that was too long by its header holds the records behind it: reading goes back to the first of them. Its end may hold the
 * start of one, unless the stream broke off there (`whole` is false). */
static void go_back(warc *w, bool whole) {
    size_t found = find_mark(hs_bytes_str(&w->raw), 0);
    if ((found == HS_NONE && !whole) || w->put_backs++ >= PUT_BACKS) return;
    if (found == HS_NONE) found = w->raw.n > MARK ? w->raw.n - MARK : 0;
    w->raw.n -= found;
    if (w->raw.n) memmove(w->raw.v, w->raw.v + found, w->raw.n);
    hs_stream_put_back(w->stream, &w->raw);
}

/* The page in the response that is held: its body in the clear, its kind and charset. */
static hs_status read_response(warc *w, hs_page *page, hs_error *error) {
    hs_str message = hs_bytes_str(&w->raw), body;
    size_t end = hs_http_header_end(message);
    hs_http_head head = hs_http_read_head(hs_str_slice(message, 0, end));
    hs_error cause;
    hs_status status =
        hs_http_body(&body, &w->room, &head, w->raw.v + end, message.n - end, w->options.max_bytes, &cause);
    if (status != HS_OK) return hs_fail_in(error, w->name.v, &cause);
    page->bytes = body.p;
    page->n = body.n;
    page->charset = hs_http_charset(head.content_type);
    if (head.content_type.n) page->kind = hs_http_kind(head.content_type);
    return HS_OK;
}

static hs_status read_block(warc *w, hs_page *page, hs_error *error) {
    const record *r = &w->record;
    hs_status status = hold(w, r->length, error);
    bool held = status == HS_OK;
    if (held && !ends_well(w->stream)) status = fail_lost(w, error, w->name.v, "the record's length is wrong");
    if (status != HS_OK) {
        go_back(w, held);
        return status;
    }
    w->any = true;
    *page = (hs_page){.name = w->name.v,
                      .bytes = hs_bytes_str(&w->raw).p,
                      .n = w->raw.n,
                      .kind = r->kind,
                      .charset = hs_str_of(r->charset),
                      .url = hs_bytes_str(&w->url)};
    return r->response ? read_response(w, page, error) : HS_OK;
}

static hs_status fail_too_large(warc *w, hs_error *error) {
    w->any = true;
    return hs_fail(error, HS_ERR_LIMIT, "%s: larger than the limit of %zu MiB", w->name.v, w->options.max_bytes >> 20);
}

static hs_status warc_next(hs_input *self, hs_page *page, bool *more, hs_error *error) {
    warc *w = (warc *)self;
    const record *r = &w->record;
    for (;;) {
        hs_status status = to_record(w, more, error);
        if (status != HS_OK) return status;
        if (!*more && w->any) return HS_OK;
        if (!*more) return fail(w, error, HS_ERR_EMPTY, w->options.name, "no pages in this archive");
        status = read_header(w, error);
        if (status != HS_OK) return status;
        bool wanted = r->page && (!r->response || wanted_response(w, &status, error));
        if (wanted && r->length > w->options.max_bytes + HS_STREAM_PEEK) status = fail_too_large(w, error);
        if (wanted && status == HS_OK) return read_block(w, page, error);
        w->left = r->length;
        if (status != HS_OK) return status;
    }
}

static void warc_free(hs_input *self) {
    warc *w = (warc *)self;
    hs_source_free(&w->stream->source);
    hs_bytes_free(&w->raw);
    hs_bytes_free(&w->room);
    hs_bytes_free(&w->url);
    hs_bytes_free(&w->name);
    free(w);
}

hs_input *hs_warc_open(hs_stream *stream, const hs_input_options *options) {
    warc *w = calloc(1, sizeof *w);
    if (!w) {
        hs_source_free(&stream->source);
        return NULL;
    }
    *w = (warc){.input = {warc_next, warc_free}, .stream = stream, .options = *options};
    return &w->input;
}
