/* What each stage of reading a page costs on one core: pages held in memory, whole rounds, the best of them.
 *
 * usage: bench-pages SECONDS FOLDER
 *
 * The stages are timed by running the page up to each of them; a stage's cost is what it adds. */
#include "bench.h"
#include "html/charset.h"
#include "page/article.h"
#include "page/page.h"

typedef enum stage { CHARSET, PARSE, BODY, METADATA, ARTICLE, OUTPUT, N_STAGES } stage;

static const char *const NAMES[N_STAGES] = {"charset", "parse", "body", "metadata", "comments, verdict, text",
                                            "output"};

static bool count_bytes(void *state, const char *bytes, size_t n) {
    (void)bytes;
    *(size_t *)state += n;
    return true;
}

static void up_to(stage last, const hs_page *from, hs_arena *arena, const hs_reader *reader, size_t *written) {
    hs_error error;
    hs_str text, bytes = {from->bytes, from->n}, name = hs_str_of(from->name);
    hs_record *record, article = {0};
    switch (last) {
    case OUTPUT:
        if (hs_read(&record, reader, from, &error) != HS_OK) return;
        hs_write(count_bytes, written, record, HS_FORMAT_JSONL, false, &error);
        hs_record_free(record);
        return;
    case ARTICLE: hs_page_read(&article, arena, arena, from, &error); return;
    default: break;
    }
    if (hs_charset_decode(&text, arena, bytes, (hs_str){0}, name, &error) != HS_OK || last == CHARSET) return;
    hs_html_page page = {.arena = arena, .tree = hs_tree_of(arena, text)};
    if (last == PARSE) return;
    page.marks = hs_marks_of(arena, page.tree);
    page.blocks = hs_blocks_of(arena, page.tree, page.marks);
    hs_body_of(&page);
    if (last == BODY) return;
    hs_meta_read(&page);
    hs_title_read(&page);
    hs_authors_of(&page);
    hs_published_of(&page);
    hs_outlet_of(&page);
}

static double seconds_up_to(stage last, const pages *pages, const hs_reader *reader) {
    size_t written = 0;
    double start = now();
    for (size_t i = 0; i < pages->n; i++) {
        hs_arena arena;
        hs_arena_init(&arena, (size_t)1 << 30);
        if (!setjmp(arena.full)) up_to(last, &pages->v[i], &arena, reader, &written);
        hs_arena_free(&arena);
    }
    return now() - start;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bench-pages SECONDS FOLDER\n");
        return 2;
    }
    pages pages = {0};
    pages_load(&pages, argv[2]);
    size_t n = pages.n, bytes = 0;
    for (size_t i = 0; i < n; i++) bytes += pages.v[i].n;
    hs_reader_options options;
    hs_reader_options_init(&options);
    options.claims = false;
    hs_reader *reader;
    hs_error error;
    if (n == 0 || hs_reader_open(&reader, &options, &error) != HS_OK) return 1;
    double best[N_STAGES], start = now();
    for (int s = 0; s < N_STAGES; s++) best[s] = 1e9;
    do {
        for (int s = 0; s < N_STAGES; s++) {
            double spent = seconds_up_to((stage)s, &pages, reader);
            if (spent < best[s]) best[s] = spent;
        }
    } while (now() - start < atof(argv[1]));
    double all = best[OUTPUT];
    printf("%-36s %8.0f pages/s %8.1f MB/s\n", "hearsay read --no-claims", (double)n / all, (double)bytes / all / 1e6);
    printf("%-36s %8.0f pages/s %8.1f MB/s\n", "  its charset and parse alone", (double)n / best[PARSE],
           (double)bytes / best[PARSE] / 1e6);
    for (int s = 0; s < N_STAGES; s++) {
        double before = s ? best[s - 1] : 0;
        printf("    %-24s %6.1f us/page %5.1f %%\n", NAMES[s], (best[s] - before) / (double)n * 1e6,
               (best[s] - before) / all * 100);
    }
    hs_reader_free(reader);
    pages_free(&pages);
    return 0;
}
