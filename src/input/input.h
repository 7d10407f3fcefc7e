/* Any source of bytes → its pages, one after another: a page alone, a WARC archive, JSON Lines, a feed, told apart by their first bytes and
 * unpacked where they are packed. Holds one page at a time (of a feed: the feed as well). Knows no file names but to put them in
 * messages, and no network but for what a feed's links need. */
#ifndef HS_INPUT_INPUT_H
#define HS_INPUT_INPUT_H

#include "input/fetch.h"
#include "input/source.h"

typedef struct hs_input hs_input;

typedef struct hs_input_options {
    const char *name; /* borrowed as long as the input is open */
    size_t max_bytes;
    bool records;        /* lines with "claims" are records: see hs_inputs_options */
    hs_fetcher *fetcher; /* not NULL: the source is what this address delivered, and a feed's links are followed */
    const hs_fetched *fetched;
} hs_input_options;

struct hs_input {
    /* As hs_inputs_next; may be called again after an error and after the end. */
    hs_status (*next)(hs_input *self, hs_page *page, bool *more, hs_error *error);
    void (*free)(hs_input *self);
};

/* Takes `source` over, whatever comes of it. */
hs_status hs_input_open(hs_input **out, hs_source *source, const hs_input_options *options, hs_error *error);
void hs_input_free(hs_input *input); /* accepts NULL */

/* The kinds of input, each in its file; they take `stream` over. NULL when there is no memory. */
hs_input *hs_warc_open(hs_stream *stream, const hs_input_options *options);
hs_input *hs_jsonl_open(hs_stream *stream, const hs_input_options *options);
hs_input *hs_feed_open(hs_stream *stream, const hs_input_options *options, bool json);

#endif
