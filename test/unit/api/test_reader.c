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

static const hs_page wend = {.name = "wend.html", .bytes = page, .n = sizeof page - 1};

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
    assert_int_equal(hs_read(&record, reader, &wend, NULL), HS_OK);
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
    assert_int_equal(hs_read(NULL, reader, &wend, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, NULL, &wend, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, reader, NULL, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, reader, &(hs_page){.n = 1}, &error), HS_ERR_ARGUMENT);
    assert_int_equal(hs_read(&record, reader, &(hs_page){.name = "big", .bytes = page, .n = sizeof page}, &error),
                     HS_ERR_LIMIT);
    assert_non_null(strstr(error.message, "big: larger than the limit"));
    assert_int_equal(hs_read(&record, reader, &(hs_page){0}, &error), HS_ERR_EMPTY);
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
    assert_int_equal(hs_read(&record, reader, &wend, &error), HS_ERR_LIMIT);
    assert_null(record);
    assert_non_null(strstr(error.message, "wend.html: needs more memory"));
    hs_reader_free(reader);
}

/* What is known from outside counts where the page does not say itself, and only where it makes sense. */
static void test_hints(void **state) {
    (void)state;
    hs_reader *reader = open_reader(1 << 20, 64 << 20);
    hs_record *record;
    hs_page hinted = wend;
    hinted.url = HS_STR("https://wend-post.example/bridge");
    hinted.published = HS_STR("Tue, 19 Nov 2019 10:00:00 GMT");
    hinted.language = HS_STR("fr-FR");
    assert_int_equal(hs_read(&record, reader, &hinted, NULL), HS_OK);
    assert_str(record->url, HS_STR("https://wend-post.example/bridge"));
    assert_str(record->published, HS_STR("2019-11-19T10:00:00Z"));
    assert_str(record->language, HS_STR("en")); /* the page's own */
    hs_record_free(record);

    static const char says[] = "<html><head><link rel=canonical href=\"https://own.example/a\">"
                               "<meta property=\"article:published_time\" content=\"2018-02-03\"></head>"
                               "<body><p>Nothing much is said here.</p></body></html>";
    hinted.bytes = says;
    hinted.n = sizeof says - 1;
    assert_int_equal(hs_read(&record, reader, &hinted, NULL), HS_OK);
    assert_str(record->url, HS_STR("https://own.example/a"));
    assert_str(record->published, HS_STR("2018-02-03"));
    assert_str(record->language, HS_STR("fr"));
    hs_record_free(record);

    hinted = (hs_page){.bytes = "Only \xE9t\xE9.", .n = 9, .charset = HS_STR("\"iso-8859-1\""), .kind = HS_KIND_TEXT};
    hinted.url = HS_STR("javascript:alert(1)");
    hinted.published = HS_STR("soon");
    hinted.language = HS_STR("\xFF");
    assert_int_equal(hs_read(&record, reader, &hinted, NULL), HS_OK);
    assert_str(record->path, HS_STR("-"));
    assert_str(record->text, HS_STR("Only \xC3\xA9t\xC3\xA9."));
    assert_null(record->url.p);
    assert_null(record->published.p);
    hs_record_free(record);
    hs_reader_free(reader);
}

/* A fragment that is said to be HTML is read as such, however few its tags; what holds none is text, whatever is said. */
static void test_kind(void **state) {
    (void)state;
    hs_reader *reader = open_reader(1 << 20, 64 << 20);
    hs_record *record;
    hs_page fragment = {.bytes = "<h1>Lock closed</h1><p>The lock is closed, the port said.", .kind = HS_KIND_HTML};
    fragment.n = strlen(fragment.bytes);
    assert_int_equal(hs_read(&record, reader, &fragment, NULL), HS_OK);
    assert_str(record->title, HS_STR("Lock closed"));
    hs_record_free(record);
    hs_page plain = {.bytes = "Lock closed\n\nThe lock is closed.\n\nThe port said so.", .kind = HS_KIND_HTML};
    plain.n = strlen(plain.bytes);
    assert_int_equal(hs_read(&record, reader, &plain, NULL), HS_OK);
    assert_str(record->text, hs_str_of(plain.bytes));
    hs_record_free(record);
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
        done = hs_page_read(record, arena, arena, &wend, NULL) == HS_OK;
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
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_kind),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
