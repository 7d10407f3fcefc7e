/* How fast claims are read on one core, beside the encoder's matrix products alone: the same weights, the same number of
 * rows, in turns within one run, so that a machine that speeds up or slows down does so for both.
 *
 * usage: bench-claims WEIGHTS ROUNDS INPUT…      inputs: files or folders of pages
 */
#include "base/arena.h"
#include "bench.h"
#include "claims/claims.h"
#include "model/product.h"
#include "model/weights.h"
#include "page/page.h"

typedef struct texts {
    hs_record *v; /* articles, without claims */
    size_t n, cap, words, rows;
} texts;

_Noreturn static void stop(const char *why) {
    fprintf(stderr, "bench-claims: %s\n", why);
    exit(1);
}

static void load(texts *all, hs_arena *arena, const char *input) {
    hs_inputs *inputs;
    hs_error error;
    if (hs_inputs_open(&inputs, input, NULL, &error) != HS_OK) stop(error.message);
    hs_page page;
    for (bool more = true; more;) {
        if (hs_inputs_next(&page, &more, inputs, &error) != HS_OK || !more) continue;
        hs_record record = {0};
        page.bytes = hs_str_copy(arena, (hs_str){page.bytes, page.n}).p; /* what is read borrows from them */
        if (hs_page_read(&record, arena, arena, &page, &error) != HS_OK) continue;
        HS_PUSH(arena, *all, record);
        all->words += words_of(record.text);
    }
    hs_inputs_free(inputs);
}

/* Rows that the encoder works through for a record's text. */
static size_t rows_of(const hs_model *model, hs_arena *arena, const hs_record *record) {
    hs_words words = hs_words_of(arena, record->text, record->has_title);
    return hs_model_scan(model, arena, &words, 1)->n_rows;
}

/* Seconds of reading one article's claims; with `rows`, the rows that took are added there. */
static double time_one(const hs_record *article, const hs_model *model, size_t *rows) {
    hs_arena arena;
    hs_arena_init(&arena, (size_t)1 << 30);
    if (setjmp(arena.full)) stop("out of memory");
    hs_record record = *article;
    double start = now();
    hs_claims_read(&record, &arena, model, 0);
    double spent = now() - start;
    if (rows) *rows += rows_of(model, &arena, &record);
    hs_arena_free(&arena);
    return spent;
}

static double time_claims(texts *all, const hs_model *model, bool count) {
    double spent = 0;
    for (size_t i = 0; i < all->n; i++) spent += time_one(&all->v[i], model, count ? &all->rows : NULL);
    return spent;
}

static double time_products(const hs_weights *w, size_t rows) {
    enum { BLOCK = 256 };
    size_t dim = w->config.dim, inner = w->config.inner, wide = inner > 3 * dim ? inner : 3 * dim;
    uint8_t *u = calloc(BLOCK * inner, 1);
    float *s = calloc(BLOCK, sizeof *s), *y = calloc(BLOCK * wide, sizeof *y);
    if (!u || !s || !y) stop("out of memory");
    for (size_t i = 0; i < BLOCK * inner; i++) u[i] = (uint8_t)(i * 40503U >> 7);
    for (size_t i = 0; i < BLOCK; i++) s[i] = 0.01F;
    hs_product_fn *multiply = hs_product_for(hs_cpu_detect(hs_cpu_named(getenv("HEARSAY_CPU"))));
    double start = now();
    for (size_t at = 0; at < rows; at += BLOCK) {
        size_t block = rows - at < BLOCK ? rows - at : BLOCK;
        for (size_t i = 0; i < w->config.layers; i++) {
            multiply(&w->layer[i].qkv, u, s, block, y);
            multiply(&w->layer[i].out, u, s, block, y);
            multiply(&w->layer[i].up, u, s, block, y);
            multiply(&w->layer[i].down, u, s, block, y);
        }
    }
    double spent = now() - start;
    free(u);
    free(s);
    free(y);
    return spent;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n) {
    qsort(v, n, sizeof *v, by_value);
    return v[n / 2];
}

enum { MOST_ROUNDS = 100 };

int main(int argc, char **argv) {
    int rounds = argc < 4 ? 0 : atoi(argv[2]);
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: bench-claims WEIGHTS ROUNDS INPUT...   (1 to %d rounds)\n", MOST_ROUNDS);
        return 2;
    }
    hs_model *model;
    hs_weights weights = {0};
    hs_error error;
    if (hs_model_open(&model, argv[1], &error) != HS_OK || hs_weights_map(&weights, argv[1], &error) != HS_OK)
        stop(error.message);
    hs_arena arena;
    hs_arena_init(&arena, (size_t)8 << 30);
    if (setjmp(arena.full)) stop("out of memory");
    static texts all;
    for (int i = 3; i < argc; i++) load(&all, &arena, argv[i]);
    if (!all.n) stop("no pages");
    time_claims(&all, model, true);
    double claims[MOST_ROUNDS], products[MOST_ROUNDS], ratio[MOST_ROUNDS];
    for (int i = 0; i < rounds; i++) {
        claims[i] = time_claims(&all, model, false);
        products[i] = time_products(&weights, all.rows);
        ratio[i] = claims[i] / products[i];
    }
    size_t n = (size_t)rounds;
    double each = median(claims, n), alone = median(products, n);
    printf("%zu pages, %zu words, %zu encoder rows; medians of %d rounds on one core\n", all.n, all.words, all.rows,
           rounds);
    printf("claims:         %.3f s, %.0f words/s\n", each, (double)all.words / each);
    printf("products alone: %.3f s, %.0f rows/s\n", alone, (double)all.rows / alone);
    printf("ratio:          %.2f (%.2f to %.2f)\n", median(ratio, n), ratio[0], ratio[n - 1]);
    hs_arena_free(&arena);
    hs_weights_unmap(&weights);
    hs_model_free(model);
    return 0;
}
