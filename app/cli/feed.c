/* See feed.h. */
#include "feed.h"

void feed_end(feed *feed) {
    hs_inputs_free(feed->open);
    feed->open = NULL;
}

hs_status feed_next(feed *feed, hs_page *page, bool *more, hs_error *error) {
    for (*more = true; feed->open || feed->next < feed->n_inputs;) {
        hs_status status = HS_OK;
        if (!feed->open) status = hs_inputs_open(&feed->open, feed->inputs[feed->next++], feed->options, error);
        if (status == HS_OK) status = hs_inputs_next(page, more, feed->open, error);
        if (*more || status != HS_OK) return status;
        feed_end(feed);
        *more = true;
    }
    *more = false;
    return HS_OK;
}
