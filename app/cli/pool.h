/* Pages read by several threads, results in the order in which the pages came. At most `capacity` pages are held at once,
 * however many there are. */
#ifndef HEARSAY_CLI_POOL_H
#define HEARSAY_CLI_POOL_H

#include "hearsay.h"

typedef struct pool pool;

/* What became of a page: its record, written out; or why there is none. */
typedef struct pool_result {
    const char *name; /* of the page; NULL: it is an input that could not be opened */
    size_t n_read;    /* bytes of the page */
    char *bytes;      /* belongs to the pool */
    size_t n;
    hs_status status;
    hs_error error;
} pool_result;

/* Takes one result, in order; false: no more are wanted. Called on the thread that adds pages. */
typedef bool (*pool_take)(void *state, const pool_result *result);

typedef struct pool_options {
    const hs_reader *reader; /* NULL: pages fail with `no_reader`; records (HS_KIND_RECORD) go through as they are */
    const hs_error *no_reader;
    size_t threads;
    hs_format format;
    bool colour;
    pool_take take;
    void *state;
} pool_options;

/* NULL when there is no memory or no thread can be started. */
pool *pool_start(const pool_options *options);

/* Adds a page, copied; or, with page == NULL, an input that could not be opened, for its place in the order. May wait for
 * a place, and hands on what is done. False: no more are wanted. */
bool pool_add(pool *pool, const hs_page *page, const hs_error *error);

/* Waits for what is under way, hands it on (unless no more are wanted) and frees all. False: no more were wanted. */
bool pool_finish(pool *pool);

#endif
