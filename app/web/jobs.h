/* Jobs done by a few threads, in the order in which they came; slow ones never take all threads. */
#ifndef HEARSAY_WEB_JOBS_H
#define HEARSAY_WEB_JOBS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct web_jobs web_jobs;

typedef struct web_job {
    struct web_job *next;
    bool slow;                                       /* waits for others: an address that may take its time */
    void (*run)(struct web_job *self, bool dropped); /* dropped: there is no time left to do it */
} web_job;

/* NULL when there is no memory or no thread can be started. */
web_jobs *web_jobs_start(size_t threads, size_t most_waiting);

/* False: too many are waiting, or it is ending. */
bool web_jobs_add(web_jobs *jobs, web_job *job);

/* Drops what waits, waits for what runs, frees all. */
void web_jobs_end(web_jobs *jobs);

#endif
