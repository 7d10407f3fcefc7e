/* Readers: arguments, limits, pages without claims, and running out of memory anywhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "page/page.h"

static const char page[] =
    "<!doctype html><html lang=en><head><title>Bridge to open - Wend Post</title></head><body><nav><a "
    "href=/>Home</a></nav>"
    "<article><h1>Bridge to open in May, mayor says</h1><p>The bridge over the Wend will open in May, Mayor Ida Ferrow "
    "said "
    "on Monday. \"We have waited for nine years,\" she told the Wend Post, \"and we can wait for nine more weeks.\"</p>"
    "<p>Engineers have warned that the northern ramp is not finished. The builder denied that the work was late.</p>"
    "</article></body></html>";

static hs_reader *open_reader(size_t max_bytes, size_t max_memory) {
    hs_reader_options options;
    hs_reader_options_init(&options);
    options.claims = false;
    options.max_bytes = max_bytes;
    options.max_memory = max_memory;
    hs_reader *reader;
    assert_int_equal(hs_reader_open(&reader, &options, NULL), HS_OK);
    return reader;
}

static void test_article_alone(void **state) {
    (void)state;
    hs_reader *reader = open_reader(1 << 20, 64 << 20);
    hs_record *record;
    assert_int_equal(hs_read(&record, reader, page, sizeof page - 1, "wend.html", NULL), HS_OK);
    assert_str(record->path, HS_STR("wend.html"));
    assert_str(record->title, HS_STR("Bridge to open in May, mayor says"));
    assert_true(record->has_title);
    assert_false(record->has_claims);
    assert_true(hs_str_find(record->text, HS_STR("nine more weeks.\"")) != HS_NONE);
    assert_true(hs_str_find(record->text, HS_STR("Home")) == HS_NONE);
    hs_record_free(record);
    hs_reader_free(reader);
}

static void test_arguments(void **state) {
    (void)state;
    hs_reader *reader = open_reader(100, 1 << 20);
    hs_record *record;
    hs_error error;
    assert_int_equal(hs_read(NULL, reader, page, 1, NULL, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, NULL, page, 1, NULL, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, reader, page, sizeof page, "big", &error), HS_ERR_LIMIT);
    assert_non_null(strstr(error.message, "big: larger than the limit"));
    assert_int_equal(hs_read(&record, reader, "", 0, NULL, &error), HS_ERR_EMPTY);
    assert_null(record);
    hs_reader_free(reader);
    hs_reader_free(NULL);
    hs_record_free(NULL);
    hs_reader_options options = {.size = 1};
    assert_int_equal(hs_reader_open(&reader, &options, &error), HS_ERR_ARGUMENT);
    assert_null(reader);
}

static void test_weights_that_are_missing(void **state) {
    (void)state;
    hs_reader_options options;
    hs_reader_options_init(&options);
    options.weights = "/nonexistent/weights.hsw";
    hs_reader *reader;
    hs_error error;
    assert_int_equal(hs_reader_open(&reader, &options, &error), HS_ERR_MISSING);
    assert_null(reader);
    assert_non_null(strstr(error.message, "/nonexistent/weights.hsw"));
}

static void test_memory_limit(void **state) {
    (void)state;
    hs_reader *reader = open_reader(1 << 20, 4096);
    hs_record *record;
    hs_error error;
    assert_int_equal(hs_read(&record, reader, page, sizeof page - 1, "wend.html", &error), HS_ERR_LIMIT);
    assert_null(record);
    assert_non_null(strstr(error.message, "wend.html: needs more memory"));
    hs_reader_free(reader);
}

/* Whether reading the page succeeds when the n-th allocation fails. */
static bool survives(size_t n) {
    hs_arena *arena = calloc(1, sizeof *arena);
    hs_record *record = calloc(1, sizeof *record);
    assert_true(arena && record);
    hs_arena_init(arena, 64 << 20);
    arena->fail_after = n;
    bool volatile done = false;
    if (!setjmp(arena->full)) {
        hs_str bytes = {page, sizeof page - 1};
        done = hs_page_read(record, arena, bytes, HS_STR("wend.html"), NULL) == HS_OK;
    }
    hs_arena_free(arena);
    free(arena);
    free(record);
    return done;
}

/* The sanitizers see to it that nothing is lost on the way out. */
static void test_every_allocation_may_fail(void **state) {
    (void)state;
    size_t n = 1;
    while (n < 100000 && !survives(n)) n++;
    assert_in_range(n, 10, 99999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_article_alone),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_weights_that_are_missing),
        cmocka_unit_test(test_memory_limit),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
