/* Shared by the tests of pages: read a string as a page, compare strings. */
#ifndef HS_TEST_UNIT_PAGE_READING_H
#define HS_TEST_UNIT_PAGE_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "page/page.h"

static hs_arena arena;

static inline int set_up(void **state) {
    (void)state;
    hs_arena_init(&arena, 256 << 20);
    return setjmp(arena.full) ? -1 : 0;
}

static inline int tear_down(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

static inline hs_record read_page(hs_str bytes) {
    hs_record record = {0};
    hs_error error = {0};
    assert_int_equal(
        hs_page_read(&record, &arena, &arena, &(hs_page){.name = "page", .bytes = bytes.p, .n = bytes.n}, &error),
        HS_OK);
    return record;
}

static inline void assert_str(hs_str got, const char *expected) {
    assert_string_equal(hs_str_terminated(&arena, got), expected);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
