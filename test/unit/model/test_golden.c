/* The shipped weights against the Python model with the same integer arithmetic (train/golden_model.py): cue scores of every word,
 * pair scores of some cues.
 *
 * Tolerance: floats are summed in another order there, so now and then an activation rounds to the next of its 255 steps, and
 * the layers after it carry that on. In Python alone, a change of one part in a million to the input embeddings moves these
 * scores (whose standard deviation is 8.5) by 0.097 to 0.104 in the mean and by 0.70 to 0.84 at most, for three random changes;
 * the comparison may show twice that.
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "model/model.h"

static const double LARGEST = 1.6, MEAN = 0.2;

typedef struct difference {
    double largest, sum;
    size_t n;
} difference;

static void compare(difference *d, const float *scores, size_t tags, const cJSON *rows) {
    size_t at = 0;
    for (const cJSON *row = rows->child; row; row = row->next)
        for (const cJSON *value = row->child; value; value = value->next, at++) {
            double off = fabs(value->valuedouble - (double)scores[at]);
            if (off > d->largest) d->largest = off;
            d->sum += off;
            d->n++;
        }
    assert_int_equal(at, tags * (size_t)cJSON_GetArraySize(rows));
}

/* One number or a row of them. */
static void compare_row(difference *d, const float *scores, const cJSON *row) {
    size_t at = 0;
    for (const cJSON *value = row->child; value; value = value->next, at++) {
        double off = fabs(value->valuedouble - (double)scores[at]);
        if (off > d->largest) d->largest = off;
        d->sum += off;
        d->n++;
    }
}

static size_t whole(const cJSON *object, const char *key) {
    return (size_t)cJSON_GetObjectItem(object, key)->valueint;
}

/* What the heads that look at spans say of a cue, with the few words before and after it for source and content. */
static void compare_others(difference *d, const hs_model *model, hs_arena *arena, const hs_scan *scan,
                           const cJSON *pair, hs_range window, hs_range cue) {
    enum { BEFORE = 3, AFTER = 8 };
    hs_range after = {cue.end, cue.end + AFTER < window.end ? cue.end + AFTER : window.end};
    hs_range before = {cue.start > window.start + BEFORE ? cue.start - BEFORE : window.start, cue.start};
    hs_ranges content = {&after, 1, 1}, source = {&before, 1, 1};
    float act[HS_ACTS];
    hs_model_act(model, arena, scan, cue, &content, &source, act);
    compare_row(d, act, cJSON_GetObjectItem(pair, "act"));
}

static void compare_text(difference *d, const hs_model *model, const cJSON *golden) {
    hs_arena arena;
    hs_arena_init(&arena, (size_t)1 << 30);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_str text = hs_str_of(cJSON_GetObjectItem(golden, "text")->valuestring);
    hs_words words = hs_words_of(&arena, text, cJSON_IsTrue(cJSON_GetObjectItem(golden, "has_title")));
    hs_scan scan = *hs_model_scan(model, &arena, &words, 1);
    const cJSON *cue = cJSON_GetObjectItem(golden, "cue");
    assert_int_equal(cJSON_GetArraySize(cue), words.n);
    compare(d, scan.cue, HS_CUE_TAGS, cue);
    for (const cJSON *pair = cJSON_GetObjectItem(golden, "pairs")->child; pair; pair = pair->next) {
        const cJSON *span = cJSON_GetObjectItem(pair, "cue"), *rows = cJSON_GetObjectItem(pair, "scores");
        size_t first, n;
        const float *scores = hs_model_pairs(model, &arena, &scan, (size_t)span->child->valueint,
                                             (size_t)span->child->next->valueint, &first, &n);
        assert_int_equal(first, whole(pair, "first"));
        assert_int_equal(n, cJSON_GetArraySize(rows));
        compare(d, scores, HS_PAIR_TAGS, rows);
        compare_others(d, model, &arena, &scan, pair, (hs_range){first, first + n},
                       (hs_range){(size_t)span->child->valueint, (size_t)span->child->next->valueint});
    }
    hs_arena_free(&arena);
}

static void test_scores_match(void **state) {
    (void)state;
    hs_model *model;
    hs_error error;
    assert_int_equal(hs_model_open(&model, "models/hearsay.hsw", &error), HS_OK);
    FILE *f = fopen("test/golden/model.jsonl", "rb");
    assert_non_null(f);
    char *line = NULL;
    size_t cap = 0, lines = 0;
    difference d = {0};
    while (getline(&line, &cap, f) > 0) {
        cJSON *golden = cJSON_Parse(line);
        assert_non_null(golden);
        compare_text(&d, model, golden);
        cJSON_Delete(golden);
        lines++;
    }
    free(line);
    fclose(f);
    hs_model_free(model);
    assert_true(lines > 0);
    printf("golden scores: %zu compared, largest difference %.4f, mean %.5f\n", d.n, d.largest, d.sum / (double)d.n);
    assert_true(d.largest <= LARGEST);
    assert_true(d.sum / (double)d.n <= MEAN);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scores_match)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
