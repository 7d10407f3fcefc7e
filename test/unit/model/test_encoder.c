/* The encoder, windows and the model as a whole: against the specification written naively, across kernels and batches. */
#include "cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make_weights.h"
#include "model/model.h"
#include "model/windows.h"
#include "model/wordpiece.h"
#include "naive.h"

static hs_made made;
static hs_weights weights;
static char path[64];
static hs_arena arena;

static uint64_t state = 424242;

static uint32_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

static int set_up(void **unused) {
    (void)unused;
    hs_error error;
    made = hs_make_weights(&hs_small_config, 7);
    hs_arena_init(&arena, 1 << 28);
    return !hs_made_write(made, path) || hs_weights_from_memory(&weights, made.bytes, made.n, "made", &error) != HS_OK;
}

static int tear_down(void **unused) {
    (void)unused;
    hs_arena_free(&arena);
    free(made.bytes);
    return unlink(path);
}

static hs_piece *some_pieces(size_t n) {
    hs_piece *p = HS_NEW(&arena, hs_piece, n);
    for (size_t i = 0; i < n; i++) {
        p[i] = (hs_piece){(int32_t)(next_random() % hs_small_config.vocab), (uint8_t)(next_random() % HS_SHAPES),
                          (uint8_t)(next_random() % HS_QUOTES), (uint8_t)(next_random() % HS_PLACES)};
    }
    return p;
}

static void test_exp_and_erf(void **unused) {
    (void)unused;
    enum { N = 1 << 16 };
    float *x = HS_NEW(&arena, float, N), *y = HS_NEW(&arena, float, N), *first = HS_NEW(&arena, float, N);
    for (size_t i = 0; i < N; i++) x[i] = -87.0F + 175.0F * (float)i / N;
    hs_rows_reference.exp(x, N, first);
    for (size_t i = 0; i < N; i++) assert_true(fabs((double)first[i] / exp((double)x[i]) - 1) < 2e-7);
    for (int cpu = 1; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        hs_rows_for((hs_cpu)cpu)->exp(x, N, y);
        assert_memory_equal(y, first, N * sizeof *y);
    }
    for (size_t i = 0; i < N; i++) x[i] = -8.0F + 16.0F * (float)i / N;
    hs_rows_reference.erf(x, N, first);
    for (size_t i = 0; i < N; i++) assert_true(fabs((double)first[i] - erf((double)x[i] / sqrt(2.0))) < 4e-7);
    for (int cpu = 1; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        hs_rows_for((hs_cpu)cpu)->erf(x, N, y);
        assert_memory_equal(y, first, N * sizeof *y);
    }
}

static void test_exp_and_erf_at_the_ends(void **unused) {
    (void)unused;
    float x[16] = {-87.1F, -1e30F, -INFINITY, NAN, 0, -0.0F}, y[16], e[16] = {1e30F, INFINITY, -1e30F, -INFINITY, 0};
    for (int cpu = 0; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        hs_rows_for((hs_cpu)cpu)->exp(x, 16, y);
        for (int i = 0; i < 4; i++) assert_true(y[i] == 0.0F);
        assert_true(y[4] == 1.0F && y[5] == 1.0F);
        hs_rows_for((hs_cpu)cpu)->erf(e, 16, y);
        /* Exactly ±1, so that gelu of a large negative number is no multiple of it. */
        assert_true(y[0] == 1.0F && y[1] == 1.0F && y[2] == -1.0F && y[3] == -1.0F && y[4] == 0.0F);
    }
}

/* Whether the two agree but for the rounding of floats. Where a number lies on the border of two of its 255 steps they may round it apart,
 * which moves what follows a little. */
static bool same(const float *x, const double *expected, size_t n) {
    double most = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = fabs((double)x[i] - expected[i]);
        assert_true(isfinite(d));
        most = fmax(most, d);
        sum += d;
    }
    if (most > 0.06 || sum / (double)n > 0.01)
        fail_msg("differences: at most %g, %g in the mean", most, sum / (double)n);
    return most < 1e-5;
}

static void test_encoder_is_the_specification(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    static const size_t lengths[] = {1, 2, 3, 15, 16, 17, 31, 32, 40};
    size_t apart = 0;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t n = lengths[i];
        hs_piece *pieces = some_pieces(n);
        hs_encoder e = hs_encoder_of(&arena, &weights, hs_cpu_detect(HS_CPU_VNNI), n, n);
        double *x = HS_NEW(&arena, double, n *weights.config.dim);
        hs_encode(&e, pieces, &n, 1);
        hs_naive_encode(&weights, pieces, n, x);
        apart += !same(e.x, x, n * weights.config.dim);
    }
    assert_true(apart <= 2);
}

static void test_kernels_and_batches_do_not_matter(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    static const size_t lengths[] = {40, 3, 1, 17, 40, 33, 16};
    enum { WINDOWS = 7, ROWS = 150 };
    size_t row = weights.config.dim * sizeof(float);
    hs_piece *pieces = some_pieces(ROWS);
    hs_encoder first = hs_encoder_of(&arena, &weights, HS_CPU_REFERENCE, ROWS, 40);
    hs_encode(&first, pieces, lengths, WINDOWS);
    for (int cpu = 0; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
        hs_encoder together = hs_encoder_of(&arena, &weights, (hs_cpu)cpu, ROWS, 40);
        hs_encode(&together, pieces, lengths, WINDOWS);
        assert_memory_equal(together.x, first.x, ROWS * row);
        for (size_t i = 0, at = 0; i < WINDOWS; at += lengths[i++]) {
            hs_encoder alone = hs_encoder_of(&arena, &weights, (hs_cpu)cpu, lengths[i], lengths[i]);
            hs_encode(&alone, pieces + at, &lengths[i], 1);
            assert_memory_equal(alone.x, first.x + at * weights.config.dim, lengths[i] * row);
        }
    }
}

/* One head of 16 and inputs so large that all attention goes to one place, or none is a number's to tell. */
static void test_attention_of_extremes(void **unused) {
    (void)unused;
    enum { T = 37, SIZE = 16, HEADS = 3, WIDTH = SIZE * HEADS };
    if (setjmp(arena.full)) fail();
    float *qkv = HS_NEW(&arena, float, T * 3 * WIDTH), *first = HS_NEW(&arena, float, T *WIDTH);
    float *out = HS_NEW(&arena, float, T *WIDTH);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < T * 3 * WIDTH; i++)
            qkv[i] = ((float)next_random() / 4294967296.0F - 0.5F) * (round ? 200 : 2);
        for (int cpu = 0; cpu <= (int)hs_cpu_detect(HS_CPU_VNNI); cpu++) {
            hs_attention a =
                hs_attention_of(&arena, hs_rows_for((hs_cpu)cpu), hs_product_for((hs_cpu)cpu), HEADS, SIZE, T);
            hs_attend(&a, qkv, T, cpu ? out : first);
            if (cpu) assert_memory_equal(out, first, T * WIDTH * sizeof *out);
        }
        for (size_t i = 0; i < T * WIDTH; i++) assert_true(fabsf(first[i]) <= (round ? 100.1F : 1.001F));
    }
}

static uint32_t *pieces_of(const size_t *lengths, size_t n) {
    uint32_t *first = HS_NEW(&arena, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) first[i + 1] = first[i] + (uint32_t)lengths[i];
    return first;
}

static hs_windows cut_of(const size_t *lengths, const bool *starts, size_t n, size_t room, size_t lead, size_t trail) {
    return hs_windows_of(&arena, &(hs_cut){pieces_of(lengths, n), starts, n, room, lead, trail});
}

static void test_windows(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    static const size_t lengths[] = {2, 2, 2, 2, 2, 2, 30, 1, 1};
    static const bool starts[] = {true, false, false, true, false, false, false, false, false};
    /* As train/windows.py has them: 8 pieces a window, up to 4 of them before what it answers for; it ends where the paragraph does,
     * then where fewer than 4 remain; the word of 30 stands alone. */
    static const hs_window expected[] = {{0, 4, 0, 3}, {1, 5, 3, 4}, {2, 6, 4, 5},
                                         {3, 6, 5, 6}, {6, 7, 6, 7}, {7, 9, 7, 9}};
    hs_windows w = cut_of(lengths, starts, 9, 8, 4, 2);
    assert_int_equal(w.n, 6);
    assert_memory_equal(w.v, expected, sizeof expected);
    assert_int_equal(cut_of(lengths, starts, 0, 8, 4, 2).n, 0);
    w = cut_of(lengths, starts, 4, 8, 4, 2);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.v[0].own_stop, 4);
}

static void test_windows_cover_every_word_once(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    for (int round = 0; round < 300; round++) {
        size_t lengths[200], n = 1 + next_random() % 200, room = 1 + next_random() % 40,
                             lead = next_random() % (room + 2);
        bool starts[200];
        for (size_t i = 0; i < n; i++) {
            lengths[i] = 1 + next_random() % (round % 3 ? 5 : 60);
            starts[i] = next_random() % 8 == 0;
        }
        uint32_t *first = pieces_of(lengths, n);
        hs_windows w = cut_of(lengths, starts, n, room, lead, next_random() % 6);
        size_t owned = 0;
        for (size_t i = 0; i < w.n; i++) {
            const hs_window *v = &w.v[i];
            assert_int_equal(v->own_first, owned);
            assert_true(v->first <= v->own_first && v->own_first < v->own_stop && v->own_stop <= v->stop);
            assert_true(first[v->stop] - first[v->first] <= room || v->stop == v->first + 1);
            assert_true(first[v->own_first] - first[v->first] <= lead);
            owned = v->own_stop;
        }
        assert_int_equal(owned, n);
    }
}

/* Words as the text room would give them, from text parted by single spaces. */
static hs_words words_of(const char *text) {
    hs_words out = {.norm = {text, strlen(text)}};
    HS_VEC(hs_word) v = {0};
    for (size_t at = 0; at < out.norm.n;) {
        size_t end = at + strcspn(text + at, " ");
        HS_PUSH(&arena, v,
                (hs_word){.norm = (uint32_t)at,
                          .norm_end = (uint32_t)end,
                          .shape = (uint8_t)(v.n % HS_SHAPES),
                          .quote = (uint8_t)(v.n % HS_QUOTES),
                          .place = (uint8_t)(v.n % HS_PLACES)});
        at = end + 1;
    }
    out.v = v.v;
    out.n = v.n;
    return out;
}

static hs_model *open_model(const char *cpu) {
    hs_model *model;
    hs_error error;
    if (cpu) setenv("HEARSAY_CPU", cpu, 1);
    if (hs_model_open(&model, path, &error) != HS_OK) fail_msg("%s", error.message);
    unsetenv("HEARSAY_CPU");
    return model;
}

static void test_scan_is_the_specification(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    hs_words words = words_of("the news said that mr w41 abc , \" w51 zzz \" .");
    hs_model *model = open_model(NULL);
    hs_scan scan = *hs_model_scan(model, &arena, &words, 1);
    hs_vocab vocab;
    assert_int_equal(hs_vocab_init(&vocab, weights.vocab, weights.config.vocab, NULL), HS_OK);
    hs_pieces ids = hs_wordpiece(&arena, &vocab, &words);
    hs_piece pieces[40] = {{.id = vocab.cls}};
    for (size_t t = 0; t < words.n; t++)
        for (size_t i = ids.first[t]; i < ids.first[t + 1]; i++) {
            pieces[1 + i] = (hs_piece){ids.ids[i], words.v[t].shape, words.v[t].quote, words.v[t].place};
        }
    pieces[1 + ids.n] = (hs_piece){.id = vocab.sep};
    hs_vocab_free(&vocab);
    size_t dim = weights.config.dim;
    double *x = HS_NEW(&arena, double, 40 * dim), *h = HS_NEW(&arena, double, words.n *dim), cue[128] = {0}, pair[128];
    hs_naive_encode(&weights, pieces, ids.n + 2, x);
    for (size_t t = 0; t < words.n; t++) {
        memcpy(h + t * dim, x + (1 + ids.first[t]) * dim, dim * sizeof *h);
        for (size_t b = 0; b < HS_CUE_TAGS; b++) {
            cue[t * HS_CUE_TAGS + b] = (double)weights.cue_bias[b];
            for (size_t d = 0; d < dim; d++)
                cue[t * HS_CUE_TAGS + b] += (double)weights.cue[b * dim + d] * h[t * dim + d];
        }
    }
    assert_true(same(scan.cue, cue, words.n * HS_CUE_TAGS));
    for (size_t start = 0; start < words.n; start++) {
        size_t first, n, end = start + 1 + start % 3 < words.n ? start + 1 + start % 3 : words.n;
        const float *scores = hs_model_pairs(model, &arena, &scan, start, end, &first, &n);
        assert_true(first == 0 && n == words.n);
        hs_naive_pairs(&weights, h, n, start, end, pair);
        assert_true(same(scores, pair, n * 5));
    }
    hs_model_free(model);
}

/* Long enough for many windows, with words of one to a hundred pieces. */
static const char *long_text(void) {
    static const char *const some[] = {"the", "said", "w41", "news", "abcabc", "zz9", ",", "\"", "unknown\xC2\xA7",
                                       "mr"};
    hs_buf text = {0};
    for (size_t i = 0; i < 700; i++) {
        if (i) hs_buf_byte(&arena, &text, ' ');
        hs_buf_add(&arena, &text, hs_str_of(some[next_random() % 10]));
        for (size_t j = 0; i % 100 == 50 && j < 80; j++) hs_buf_byte(&arena, &text, (char)('a' + j % 26));
    }
    return hs_str_terminated(&arena, hs_buf_str(&text));
}

static void test_scan_of_many_windows(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    static const char *const names[] = {"reference", "avx2", "vnni"};
    hs_words words = words_of(long_text());
    float *cue = NULL, *pairs[700] = {0};
    for (int cpu = 0; cpu < 3; cpu++) {
        hs_model *model = open_model(names[cpu]);
        hs_scan scan = *hs_model_scan(model, &arena, &words, 1);
        assert_int_equal(scan.n_words, words.n);
        assert_true(scan.n_windows > 20);
        for (size_t i = 0; i < words.n * HS_CUE_TAGS; i++) assert_true(isfinite(scan.cue[i]) && scan.cue[i] != 0.0F);
        if (cue) assert_memory_equal(scan.cue, cue, words.n * HS_CUE_TAGS * sizeof *cue);
        else cue = (float *)scan.cue;
        for (size_t i = 0; i < words.n; i++) {
            size_t start = i * 389 % words.n, first, n; /* in no order */
            float *scores = (float *)hs_model_pairs(model, &arena, &scan, start, start + 2, &first, &n);
            assert_true(first <= start && start < first + n && first + n <= words.n);
            for (size_t k = 0; k < n * HS_PAIR_TAGS; k++) assert_true(isfinite(scores[k]));
            if (pairs[start]) assert_memory_equal(scores, pairs[start], n * HS_PAIR_TAGS * sizeof *scores);
            else pairs[start] = scores;
        }
        hs_model_free(model);
    }
}

static void test_scan_of_nothing(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    hs_model *model = open_model("no such processor");
    hs_words none = {0};
    assert_int_equal(hs_model_scan(model, &arena, &none, 1)->n_words, 0);
    hs_words one = words_of("a");
    assert_int_equal(hs_model_scan(model, &arena, &one, 1)->n_windows, 1);
    hs_model_free(model);
}

static void test_no_memory(void **unused) {
    (void)unused;
    if (setjmp(arena.full)) fail();
    hs_words words = words_of(long_text());
    words.n = 60;
    hs_model *model = open_model(NULL);
    volatile size_t n = 0;
    for (volatile bool done = false; !done;) {
        hs_arena small;
        hs_arena_init(&small, 1 << 28);
        small.fail_after = ++n;
        if (!setjmp(small.full)) {
            size_t first, count;
            hs_scan scan = *hs_model_scan(model, &small, &words, 1);
            hs_model_pairs(model, &small, &scan, 40, 41, &first, &count);
            done = true;
        }
        hs_arena_free(&small);
    }
    assert_true(n > 20);
    hs_model_free(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp_and_erf),
        cmocka_unit_test(test_exp_and_erf_at_the_ends),
        cmocka_unit_test(test_encoder_is_the_specification),
        cmocka_unit_test(test_kernels_and_batches_do_not_matter),
        cmocka_unit_test(test_attention_of_extremes),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_windows_cover_every_word_once),
        cmocka_unit_test(test_scan_is_the_specification),
        cmocka_unit_test(test_scan_of_many_windows),
        cmocka_unit_test(test_scan_of_nothing),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
