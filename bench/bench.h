/* What the benchmarks share: a clock, a count of words, pages held in memory. */
#ifndef HS_BENCH_BENCH_H
#define HS_BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay.h"

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline size_t words_of(hs_str text) {
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        bool blank = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t';
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

typedef struct pages {
    hs_page *v; /* names and bytes are their own */
    size_t n;
} pages;

/* Adds all pages of an input; ends the program where that cannot be. */
static inline void pages_load(pages *pages, const char *input) {
    hs_inputs *inputs;
    hs_error error;
    if (hs_inputs_open(&inputs, input, NULL, &error) != HS_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    hs_page next;
    for (bool more = true; more;) {
        if (hs_inputs_next(&next, &more, inputs, &error) != HS_OK || !more) continue;
        pages->v = realloc(pages->v, (pages->n + 1) * sizeof *pages->v);
        char *bytes = malloc(next.n ? next.n : 1), *name = strdup(next.name);
        if (!pages->v || !bytes || !name) exit(1);
        memcpy(bytes, next.bytes, next.n);
        pages->v[pages->n++] = (hs_page){.name = name, .bytes = bytes, .n = next.n, .kind = next.kind};
    }
    hs_inputs_free(inputs);
}

static inline void pages_free(pages *pages) {
    for (size_t i = 0; i < pages->n; i++) {
        free((void *)pages->v[i].name);
        free((void *)pages->v[i].bytes);
    }
    free(pages->v);
}

#endif
