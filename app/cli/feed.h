/* The pages of several inputs, one after another: what a pool asks for its next page. */
#ifndef HEARSAY_CLI_FEED_H
#define HEARSAY_CLI_FEED_H

#include "hearsay.h"

typedef struct feed {
    char **inputs;
    size_t n_inputs;
    const hs_inputs_options *options;
    size_t next; /* input to open */
    hs_inputs *open;
} feed;

/* As hs_inputs_next; an input that cannot be opened is one error among the pages. */
hs_status feed_next(feed *feed, hs_page *page, bool *more, hs_error *error);
void feed_end(feed *feed);

#endif
