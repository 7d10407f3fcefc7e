/* How fast pages are read on one core, files held in memory: pages/s and words/s of the articles.
 *
 * usage: bench-read [--no-claims] SECONDS INPUT…
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearsay.h"

typedef struct page {
    char *name, *bytes;
    hs_page page;
} page;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t words_of(hs_str text) {
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        bool blank = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t';
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

static size_t load(page **pages, size_t n, const char *input) {
    hs_inputs *inputs;
    hs_error error;
    if (hs_inputs_open(&inputs, input, NULL, &error) != HS_OK) {
        fprintf(stderr, "bench-read: %s\n", error.message);
        exit(1);
    }
    hs_page next;
    for (bool more = true; more;) {
        if (hs_inputs_next(&next, &more, inputs, &error) != HS_OK || !more) continue;
        *pages = realloc(*pages, (n + 1) * sizeof **pages);
        char *bytes = malloc(next.n ? next.n : 1);
        if (!*pages || !bytes) exit(1);
        memcpy(bytes, next.bytes, next.n);
        char *name = strdup(next.name);
        (*pages)[n++] = (page){name, bytes, {.name = name, .bytes = bytes, .n = next.n, .kind = next.kind}};
    }
    hs_inputs_free(inputs);
    return n;
}

int main(int argc, char **argv) {
    hs_reader_options options;
    hs_reader_options_init(&options);
    int at = 1;
    if (at < argc && strcmp(argv[at], "--no-claims") == 0) {
        options.claims = false;
        at++;
    }
    if (argc - at < 2) {
        fprintf(stderr, "usage: bench-read [--no-claims] SECONDS INPUT...\n");
        return 2;
    }
    double limit = atof(argv[at++]);
    page *pages = NULL;
    size_t n = 0;
    for (; at < argc; at++) n = load(&pages, n, argv[at]);
    hs_reader *reader;
    hs_error error;
    if (n == 0 || hs_reader_open(&reader, &options, &error) != HS_OK) {
        fprintf(stderr, "bench-read: %s\n", n ? error.message : "no pages");
        return 1;
    }
    size_t done = 0, words = 0, claims = 0;
    double start = now(), spent = 0;
    /* Whole rounds, so that every run reads the same mixture. */
    while (spent < limit) {
        for (size_t i = 0; i < n; i++, done++) {
            hs_record *record;
            if (hs_read(&record, reader, &pages[i].page, NULL) != HS_OK) continue;
            words += words_of(record->text);
            claims += record->n_claims;
            hs_record_free(record);
        }
        spent = now() - start;
    }
    printf("%.0f pages/s, %.0f words/s, %.1f claims/s (%zu pages, %zu words, %.2f s)\n", (double)done / spent,
           (double)words / spent, (double)claims / spent, done, words, spent);
    hs_reader_free(reader);
    for (size_t i = 0; i < n; i++) {
        free(pages[i].name);
        free(pages[i].bytes);
    }
    free(pages);
    return 0;
}
