/* Prints the measures of all pairs of claims of different pages: what train/matches/train.py learns from.
 *
 * usage: measure-pairs RECORDS.jsonl >PAIRS.tsv     (first line: the names of the columns)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ledger/compare.h"

typedef struct page {
    hs_read_record read;
    hs_page_sketch sketch;
} page;

enum { MOST_PAGES = 100000 };

static size_t load(page *pages, hs_arena *arena, FILE *in) {
    char *line = NULL;
    size_t room = 0, n = 0;
    ssize_t got;
    while (n < MOST_PAGES && (got = getline(&line, &room, in)) > 0) {
        hs_error error;
        char *copy = HS_NEW(arena, char, (size_t)got);
        memcpy(copy, line, (size_t)got);
        if (hs_record_in(&pages[n].read, arena, copy, (size_t)got, &error) != HS_OK) {
            fprintf(stderr, "line %zu: %s\n", n + 1, error.message);
            exit(1);
        }
        hs_sketch_make(&pages[n].sketch, arena, &pages[n].read);
        n++;
    }
    free(line);
    return n;
}

static void print_pair(const page *a, size_t i, const page *b, size_t j, float story) {
    hs_measures m;
    hs_measure_pair(&m, &a->sketch.claims[i], &b->sketch.claims[j], story);
    hs_verdict verdict = hs_compare(&a->sketch.claims[i], &b->sketch.claims[j], story);
    hs_str pa = a->read.record.path, pb = b->read.record.path, ca = a->read.claim_ids[i], cb = b->read.claim_ids[j];
    printf("%.*s\t%.*s\t%.*s\t%.*s\t%.4f", (int)pa.n, pa.p, (int)ca.n, ca.p, (int)pb.n, pb.p, (int)cb.n, cb.p,
           (double)verdict.same);
    for (int k = 0; k < HS_M_COUNT; k++) printf("\t%.4f", (double)m.v[k]);
    printf("\t%s\t%s\n", a->sketch.claims[i].speaker.key, b->sketch.claims[j].speaker.key);
}

int main(int argc, char **argv) {
    FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!in) {
        fprintf(stderr, "usage: measure-pairs RECORDS.jsonl\n");
        return 2;
    }
    static hs_arena arena;
    hs_arena_init(&arena, SIZE_MAX);
    if (setjmp(arena.full)) return 1;
    page *pages = HS_NEW(&arena, page, MOST_PAGES);
    size_t n = load(pages, &arena, in);
    fclose(in);
    printf("page a\tclaim a\tpage b\tclaim b\tsame");
    for (int k = 0; k < HS_M_COUNT; k++) printf("\t%s", hs_measure_name((hs_measure)k));
    printf("\tspeaker a\tspeaker b\n");
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            float story = hs_story_likeness(&pages[i].sketch, &pages[j].sketch);
            for (size_t a = 0; a < pages[i].sketch.n; a++)
                for (size_t b = 0; b < pages[j].sketch.n; b++) print_pair(&pages[i], a, &pages[j], b, story);
        }
    hs_arena_free(&arena);
    return 0;
}
