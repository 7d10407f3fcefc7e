/* How far a long command is: on a terminal one line that is written over, otherwise a plain line now and then; both on standard error. */
#ifndef HEARSAY_CLI_PROGRESS_H
#define HEARSAY_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct progress {
    size_t pages, failed;
    double done, total; /* bytes; total 0: nobody knows */
    double started, shown;
    bool terminal, on_line;
} progress;

/* `inputs`: their sizes are the total, as far as they are files or folders. */
void progress_start(progress *progress, char **inputs, size_t n);
void progress_step(progress *progress, bool ok, size_t bytes);
void progress_clear(progress *progress); /* before another line is written there */
double progress_seconds(const progress *progress);

#endif
