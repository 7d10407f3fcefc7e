/* Viterbi and marginals against all paths, one by one. */
#include "cmocka_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static uint64_t state = 7654321;

static float next_float(float range) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((float)(uint32_t)(state >> 32) / 4294967296.0F - 0.5F) * 2 * range;
}

typedef struct brute {
    size_t best[8];
    double marginal[8 * 5];
} brute;

static double weigh(hs_crf crf, const float *scores, size_t n, const size_t *path) {
    double sum = crf.start[path[0]];
    for (size_t t = 0; t < n; t++) {
        sum += scores[t * crf.tags + path[t]];
        if (t) sum += crf.trans[path[t - 1] * crf.tags + path[t]];
    }
    return sum;
}

/* Paths in the order of their last tag first, so that of equals the one with lower tags from the end is kept. */
static brute all_paths(hs_crf crf, const float *scores, size_t n) {
    brute b = {.best = {0}};
    size_t path[8] = {0}, count = 1;
    double most = -INFINITY, total = 0;
    for (size_t t = 0; t < n; t++) count *= crf.tags;
    for (size_t i = 0; i < count; i++) {
        size_t rest = i;
        for (size_t t = 0; t < n; t++) path[t] = rest % crf.tags, rest /= crf.tags;
        double sum = weigh(crf, scores, n, path);
        if (sum > most) {
            most = sum;
            memcpy(b.best, path, sizeof path);
        }
        total += exp(sum);
        for (size_t t = 0; t < n; t++) b.marginal[t * crf.tags + path[t]] += exp(sum);
    }
    for (size_t i = 0; i < n * crf.tags; i++) b.marginal[i] /= total;
    return b;
}

static void check(hs_arena *arena, hs_crf crf, const float *scores, size_t n) {
    brute b = all_paths(crf, scores, n);
    const uint8_t *path = hs_crf_best(arena, crf, scores, n);
    const float *marginal = hs_crf_marginals(arena, crf, scores, n);
    for (size_t t = 0; t < n; t++) assert_int_equal(path[t], b.best[t]);
    for (size_t i = 0; i < n * crf.tags; i++) assert_true(fabs((double)marginal[i] - b.marginal[i]) < 1e-6);
}

static void test_against_all_paths(void **unused) {
    (void)unused;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    for (int round = 0; round < 400; round++) {
        size_t tags = round % 2 ? 3 : 5, n = 1 + (size_t)round % 6;
        float start[5], trans[25], scores[30], range = round % 3 ? 2 : 20;
        for (size_t i = 0; i < tags; i++) start[i] = next_float(2);
        for (size_t i = 0; i < tags * tags; i++) trans[i] = next_float(1) > 0.7F ? -1e4F : next_float(2);
        for (size_t i = 0; i < tags; i++) trans[i * tags] = next_float(2); /* some path is allowed */
        for (size_t i = 0; i < n * tags; i++) scores[i] = next_float(range);
        check(&arena, (hs_crf){tags, start, trans}, scores, n);
    }
    hs_arena_free(&arena);
}

static double total(hs_crf crf, const float *scores, const uint8_t *path, size_t n) {
    double sum = (double)crf.start[path[0]];
    for (size_t t = 0; t < n; t++) {
        sum += (double)scores[t * crf.tags + path[t]];
        if (t) sum += (double)crf.trans[path[t - 1] * crf.tags + path[t]];
    }
    return sum;
}

/* Against all 3^n paths that hold the tag. */
static void test_best_holding_a_tag(void **unused) {
    (void)unused;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    for (int round = 0; round < 300; round++) {
        size_t n = 1 + (size_t)round % 6, wanted = (size_t)round % 3, paths = 1;
        float start[3], trans[9], scores[18];
        for (size_t i = 0; i < 3; i++) start[i] = next_float(2);
        for (size_t i = 0; i < 9; i++) trans[i] = next_float(2);
        for (size_t i = 0; i < n * 3; i++) scores[i] = next_float(5);
        hs_crf crf = {3, start, trans};
        double most = -1e9;
        for (size_t i = 0; i < n; i++) paths *= 3;
        for (size_t code = 0; code < paths; code++) {
            uint8_t path[6] = {0};
            for (size_t t = 0, rest = code; t < n; t++, rest /= 3) path[t] = (uint8_t)(rest % 3);
            if (memchr(path, (int)wanted, n)) most = fmax(most, total(crf, scores, path, n));
        }
        const uint8_t *best = hs_crf_best_holding(&arena, crf, scores, n, wanted);
        assert_non_null(memchr(best, (int)wanted, n));
        assert_true(fabs(total(crf, scores, best, n) - most) < 1e-4);
    }
    hs_arena_free(&arena);
}

static void test_ties_go_to_the_lower_tag(void **unused) {
    (void)unused;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    if (setjmp(arena.full)) fail();
    const float zero[25] = {0}, scores[12] = {0, 1, 1, 2, 2, 0, 0, 0, 0, -1, 3, 3};
    const uint8_t *path = hs_crf_best(&arena, (hs_crf){3, zero, zero}, scores, 4);
    assert_memory_equal(path, ((uint8_t[]){1, 0, 0, 1}), 4);
    hs_arena_free(&arena);
}

static void test_forbidden_is_never_taken(void **unused) {
    (void)unused;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    if (setjmp(arena.full)) fail();
    /* I after O and at the start is forbidden, and I is what every word scores for. */
    const float start[] = {0, 0, -1e4F}, trans[] = {0, 0, -1e4F, 0, 0, 0, 0, 0, 0};
    const float scores[] = {0, -400, 900, 0, -800, 900, 0, -700, 900};
    hs_crf crf = {3, start, trans};
    const uint8_t *path = hs_crf_best(&arena, crf, scores, 3);
    const float *marginal = hs_crf_marginals(&arena, crf, scores, 3);
    assert_memory_equal(path, ((uint8_t[]){1, 2, 2}), 3);
    assert_true(marginal[2] == 0.0F && marginal[1] > 0.999F && marginal[8] > 0.999F);
    hs_arena_free(&arena);
}

static void test_long_texts(void **unused) {
    (void)unused;
    enum { N = 1000000 };
    hs_arena arena;
    hs_arena_init(&arena, 1 << 30);
    if (setjmp(arena.full)) fail();
    float start[3] = {0, 1, -1e4F}, trans[9] = {1, 0, -1e4F, 0, 1, 2, 0.5F, 0, 1};
    float *scores = HS_NEW(&arena, float, N * 3);
    for (size_t i = 0; i < N * 3; i++) scores[i] = next_float(30);
    hs_crf crf = {3, start, trans};
    const uint8_t *path = hs_crf_best(&arena, crf, scores, N);
    const float *marginal = hs_crf_marginals(&arena, crf, scores, N);
    for (size_t t = 0; t < N; t++) {
        assert_true(path[t] < 3 && !(path[t] == 2 && (t == 0 || path[t - 1] == 0)));
        double sum = 0;
        for (size_t b = 0; b < 3; b++) sum += (double)marginal[t * 3 + b];
        assert_true(fabs(sum - 1) < 1e-6);
    }
    hs_arena_free(&arena);
}

static void test_no_numbers_do_no_harm(void **unused) {
    (void)unused;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    if (setjmp(arena.full)) fail();
    const float zero[9] = {0}, scores[9] = {NAN, NAN, NAN, INFINITY, -INFINITY, 0, 1, NAN, -INFINITY};
    const uint8_t *path = hs_crf_best(&arena, (hs_crf){3, zero, zero}, scores, 3);
    for (size_t t = 0; t < 3; t++) assert_true(path[t] < 3);
    assert_non_null(hs_crf_marginals(&arena, (hs_crf){3, zero, zero}, scores, 3));
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all_paths),
        cmocka_unit_test(test_best_holding_a_tag),
        cmocka_unit_test(test_ties_go_to_the_lower_tag),
        cmocka_unit_test(test_forbidden_is_never_taken),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_no_numbers_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
