/* Pages read by several threads, results in the order in which the pages came. */
#ifndef HEARSAY_CLI_POOL_H
#define HEARSAY_CLI_POOL_H

#include "hearsay.h"

/* What became of a page: its record, written out; or why there is none. */
typedef struct pool_result {
    char
        *name; /* of the page; NULL: it is an input that could not be opened; belongs to the pool, as does the output */
    size_t n_read; /* bytes of the page */
    hs_memory output;
    hs_status status;
    hs_error error;
} pool_result;

typedef struct pool_options {
    const hs_reader *reader; /* NULL: pages fail with `no_reader`; records (HS_KIND_RECORD) go through as they are */
    const hs_error *no_reader;
    size_t threads; /* the calling one among them */
    hs_format format;
    bool colour;
    void *state; /* of the two below, which any of the threads calls, but each of them one at a time */
    /* The next page, as hs_inputs_next: borrowed until the next call; an error stands for a page in the order of the results. */
    hs_status (*next)(void *state, hs_page *page, bool *more, hs_error *error);
    /* Takes one result, in order; false: no more are wanted. */
    bool (*take)(void *state, const pool_result *result);
} pool_options;

/* Reads all pages. HS_ERR_IO: no more were wanted; HS_ERR_LIMIT: there is no memory for any. */
hs_status pool_run(const pool_options *options);

#endif
