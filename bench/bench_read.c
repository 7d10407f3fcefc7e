/* How fast pages are read on one core, files held in memory: pages/s and words/s of the articles.
 *
 * usage: bench-read [--no-claims] SECONDS INPUT…
 */
#include "bench.h"

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
    pages pages = {0};
    for (; at < argc; at++) pages_load(&pages, argv[at]);
    hs_reader *reader;
    hs_error error;
    if (pages.n == 0 || hs_reader_open(&reader, &options, &error) != HS_OK) {
        fprintf(stderr, "bench-read: %s\n", pages.n ? error.message : "no pages");
        return 1;
    }
    size_t done = 0, words = 0, claims = 0;
    double start = now(), spent = 0;
    /* Whole rounds, so that every run reads the same mixture. */
    while (spent < limit) {
        for (size_t i = 0; i < pages.n; i++, done++) {
            hs_record *record;
            if (hs_read(&record, reader, &pages.v[i], NULL) != HS_OK) continue;
            words += words_of(record->text);
            claims += record->n_claims;
            hs_record_free(record);
        }
        spent = now() - start;
    }
    printf("%.0f pages/s, %.0f words/s, %.1f claims/s (%zu pages, %zu words, %.2f s)\n", (double)done / spent,
           (double)words / spent, (double)claims / spent, done, words, spent);
    hs_reader_free(reader);
    pages_free(&pages);
    return 0;
}
