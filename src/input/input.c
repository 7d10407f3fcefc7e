/* Telling inputs apart, and the plainest of them, one page: see input.h. */
#include "input/input.h"

#include <stdlib.h>

#include "base/error.h"
#include "input/feed.h"
#include "input/unpack.h"

enum { LOOK = 4096, MOST_WRAPPINGS = 3 };

void hs_input_free(hs_input *input) {
    if (input) input->free(input);
}

/* ---- one page ---- */

typedef struct single {
    hs_input input;
    hs_stream *stream;
    hs_input_options options;
    hs_bytes bytes;
    bool done;
} single;

static hs_status single_next(hs_input *self, hs_page *page, bool *more, hs_error *error) {
    single *s = (single *)self;
    *more = !s->done;
    if (s->done) return HS_OK;
    s->done = true;
    hs_error cause;
    hs_status status = hs_source_read_all(&s->bytes, &s->stream->source, s->options.max_bytes, &cause);
    if (status != HS_OK) return hs_fail_in(error, s->options.name, &cause);
    *page = (hs_page){.name = s->options.name, .bytes = hs_bytes_str(&s->bytes).p, .n = s->bytes.n};
    const hs_fetched *from = s->options.fetched;
    if (!from) return HS_OK;
    page->kind = from->kind;
    page->charset = hs_str_of(from->charset);
    page->url = hs_str_of(from->url.v);
    return HS_OK;
}

static void single_free(hs_input *self) {
    single *s = (single *)self;
    hs_source_free(&s->stream->source);
    hs_bytes_free(&s->bytes);
    free(s);
}

static hs_input *single_open(hs_stream *stream, const hs_input_options *options) {
    single *s = calloc(1, sizeof *s);
    if (!s) {
        hs_source_free(&stream->source);
        return NULL;
    }
    *s = (single){.input = {single_next, single_free}, .stream = stream, .options = *options};
    return &s->input;
}

/* ---- telling them apart ---- */

/* '{"' or '{}': no page begins like that. An object over several lines is no JSON Lines. */
static bool is_jsonl(hs_str start) {
    start = hs_str_trim(start);
    if (!hs_str_starts(start, HS_STR("{"))) return false;
    size_t at = 1;
    while (at < start.n && (start.p[at] == ' ' || start.p[at] == '\t')) at++;
    return at < start.n && (start.p[at] == '"' || start.p[at] == '}');
}

static hs_input *open_kind(hs_stream *stream, const hs_input_options *options) {
    hs_str start = hs_stream_peek(stream, LOOK);
    if (hs_str_starts(start, HS_STR("WARC/"))) return hs_warc_open(stream, options);
    hs_str text = hs_str_starts(start, HS_STR("\xEF\xBB\xBF")) ? hs_str_slice(start, 3, start.n) : start;
    if (hs_feed_is_json(text)) return hs_feed_open(stream, options, true);
    if (is_jsonl(text)) return hs_jsonl_open(stream, options);
    if (hs_feed_is_xml(start)) return hs_feed_open(stream, options, false);
    return single_open(stream, options);
}

hs_status hs_input_open(hs_input **out, hs_source *source, const hs_input_options *options, hs_error *error) {
    hs_stream *stream = hs_stream_new(source);
    for (int i = 0; stream && i < MOST_WRAPPINGS; i++) {
        hs_packing packing = hs_packing_of(hs_stream_peek(stream, 4));
        if (packing == HS_PACKED_NOT) break;
        stream = hs_stream_new(hs_unpack(&stream->source, packing));
    }
    *out = stream ? open_kind(stream, options) : NULL;
    return *out ? HS_OK : hs_fail(error, HS_ERR_LIMIT, "%s: no memory", options->name);
}
