/* JSON Lines → pages: see input.h. Each line is an object with "html" or "text", and where they are known "url", "published",
 * "language", "title" (of a text), and "path" or "id", which then names the page in place of the line's number. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_scan.h"
#include "input/input.h"

typedef struct jsonl {
    hs_input input;
    hs_stream *stream;
    hs_input_options options;
    hs_bytes line, text, name;
    hs_bytes raw;    /* the line as it came, where it may be a record: reading writes to the line */
    uint64_t number; /* of the line, from 1 */
} jsonl;

enum {
    FIELD_HTML,
    FIELD_TEXT,
    FIELD_URL,
    FIELD_PUBLISHED,
    FIELD_LANGUAGE,
    FIELD_TITLE,
    FIELD_PATH,
    FIELD_ID,
    FIELD_CLAIMS,
    N_FIELDS
};

static const char *const FIELDS[N_FIELDS] = {"html",  "text", "url", "published", "language",
                                             "title", "path", "id",  "claims"};

static hs_status fail(const jsonl *j, hs_error *error, hs_status code, const char *why) {
    return hs_fail(error, code, "%s:%" PRIu64 ": %s", j->options.name, j->number, why);
}

/* Takes the next line; *too_long when it is over the limit, and then is not held. *any = false at the end. */
static hs_status take_line(jsonl *j, bool *any, bool *too_long, hs_error *cause) {
    j->line.n = 0;
    j->number++;
    *any = *too_long = false;
    for (;;) {
        hs_str seen = hs_stream_peek(j->stream, 1);
        if (!seen.n) return hs_stream_failure(j->stream, cause);
        *any = true;
        const char *end = memchr(seen.p, '\n', seen.n);
        size_t n = end ? (size_t)(end - seen.p) : seen.n;
        *too_long =
            *too_long || n > j->options.max_bytes - j->line.n || !hs_bytes_add(&j->line, hs_str_slice(seen, 0, n));
        hs_stream_take(j->stream, n + (end != NULL));
        if (end) return HS_OK;
    }
}

/* A string, or a number as it is written. */
static hs_str name_value(hs_scan *scan) {
    hs_str value;
    char first = hs_scan_peek(scan), *start = scan->at;
    if (hs_scan_string(scan, &value) || first == '{' || first == '[' || first == 'n') return value;
    return (hs_str){start, (size_t)(scan->at - start)};
}

static bool read_object(hs_scan *scan, hs_str fields[N_FIELDS]) {
    if (!hs_scan_open(scan, '{')) return false;
    for (hs_str key; hs_scan_member(scan, &key);) {
        size_t i = 0;
        while (i < N_FIELDS && !hs_str_eq(key, hs_str_of(FIELDS[i]))) i++;
        if (i == FIELD_CLAIMS) fields[i].n = hs_scan_skip(scan);
        else if (i == FIELD_PATH || i == FIELD_ID) fields[i] = name_value(scan);
        else if (i < N_FIELDS) hs_scan_string(scan, &fields[i]);
        else hs_scan_skip(scan);
    }
    return hs_scan_ended(scan);
}

/* A text's title goes before it, as a paragraph of its own, unless it stands there already. */
static bool with_title(hs_str *text, hs_bytes *room, hs_str title) {
    title = hs_str_trim(title);
    if (!title.n || memchr(title.p, '\n', title.n) || hs_str_starts(hs_str_trim(*text), title)) return true;
    room->n = 0;
    bool ok = hs_bytes_add(room, title) && hs_bytes_add(room, HS_STR("\n\n")) && hs_bytes_add(room, *text);
    *text = hs_bytes_str(room);
    return ok;
}

static hs_status to_page(jsonl *j, hs_page *page, const hs_str fields[N_FIELDS], hs_error *error) {
    char number[24];
    int digits = snprintf(number, sizeof number, "%" PRIu64, j->number);
    hs_str given = fields[FIELD_PATH].n ? fields[FIELD_PATH] : fields[FIELD_ID];
    bool record = j->options.records && fields[FIELD_CLAIMS].n;
    if (record) {
        if (!hs_bytes_name(&j->name, j->options.name, (hs_str){number, (size_t)digits}))
            return fail(j, error, HS_ERR_LIMIT, "no memory");
        *page = (hs_page){.name = j->name.v, .bytes = j->raw.v, .n = j->raw.n, .kind = HS_KIND_RECORD};
        return HS_OK;
    }
    bool html = fields[FIELD_HTML].n || !fields[FIELD_TEXT].p;
    hs_str content = fields[html ? FIELD_HTML : FIELD_TEXT];
    if (!content.p) return fail(j, error, HS_ERR_FORMAT, "neither \"html\" nor \"text\" in it");
    if (!hs_bytes_name(&j->name, j->options.name, given.n ? given : (hs_str){number, (size_t)digits}) ||
        (!html && !with_title(&content, &j->text, fields[FIELD_TITLE])))
        return fail(j, error, HS_ERR_LIMIT, "no memory");
    *page = (hs_page){.name = j->name.v,
                      .bytes = content.p,
                      .n = content.n,
                      .kind = html ? HS_KIND_HTML : HS_KIND_TEXT,
                      .charset = HS_STR("utf-8"),
                      .url = fields[FIELD_URL],
                      .published = fields[FIELD_PUBLISHED],
                      .language = fields[FIELD_LANGUAGE]};
    return HS_OK;
}

static hs_status jsonl_next(hs_input *self, hs_page *page, bool *more, hs_error *error) {
    jsonl *j = (jsonl *)self;
    bool too_long;
    do {
        hs_error cause;
        hs_status status = take_line(j, more, &too_long, &cause);
        if (status != HS_OK) return fail(j, error, status, cause.message);
    } while (*more && !too_long && hs_str_trim(hs_bytes_str(&j->line)).n == 0);
    if (!*more) return HS_OK;
    if (too_long)
        return hs_fail(error, HS_ERR_LIMIT, "%s:%" PRIu64 ": larger than the limit of %zu MiB", j->options.name,
                       j->number, j->options.max_bytes >> 20);
    hs_scan scan = {.at = j->line.v, .end = j->line.v + j->line.n};
    if (j->number == 1 && hs_str_starts(hs_bytes_str(&j->line), HS_STR("\xEF\xBB\xBF"))) scan.at += 3;
    hs_str fields[N_FIELDS] = {{0}};
    j->raw.n = 0;
    if (j->options.records && !hs_bytes_add(&j->raw, (hs_str){scan.at, (size_t)(scan.end - scan.at)}))
        return fail(j, error, HS_ERR_LIMIT, "no memory");
    if (!read_object(&scan, fields)) return fail(j, error, HS_ERR_FORMAT, "not a JSON object");
    return to_page(j, page, fields, error);
}

static void jsonl_free(hs_input *self) {
    jsonl *j = (jsonl *)self;
    hs_source_free(&j->stream->source);
    hs_bytes_free(&j->line);
    hs_bytes_free(&j->raw);
    hs_bytes_free(&j->text);
    hs_bytes_free(&j->name);
    free(j);
}

hs_input *hs_jsonl_open(hs_stream *stream, const hs_input_options *options) {
    jsonl *j = calloc(1, sizeof *j);
    if (!j) {
        hs_source_free(&stream->source);
        return NULL;
    }
    *j = (jsonl){.input = {jsonl_next, jsonl_free}, .stream = stream, .options = *options};
    return &j->input;
}
