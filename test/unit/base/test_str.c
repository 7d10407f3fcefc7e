/* Strings as (pointer, length): comparing, finding, slicing, trimming, copying, buffers. */
#include "check.h"

#define S HS_STR

static const hs_str ABSENT = {NULL, 0};

static void of_terminated(void **state) {
    (void)state;
    assert_str(hs_str_of("abc"), S("abc"));
    assert_int_equal(hs_str_of("").n, 0);
    assert_non_null(hs_str_of("").p);
    assert_null(hs_str_of(NULL).p);
}

static void equality(void **state) {
    (void)state;
    assert_true(hs_str_eq(S("abc"), S("abc")));
    assert_false(hs_str_eq(S("abc"), S("abd")));
    assert_false(hs_str_eq(S("abc"), S("ab")));
    assert_true(hs_str_eq(S("a\0b"), S("a\0b")));
    assert_false(hs_str_eq(S("a\0b"), S("a\0c")));
    assert_true(hs_str_eq(ABSENT, S("")));
    assert_true(hs_str_eq_nocase(S("Content-TYPE"), S("content-type")));
    assert_false(hs_str_eq_nocase(S("[x"), S("{x")));             /* 32 apart, but no letters */
    assert_false(hs_str_eq_nocase(S("\xC3\x84"), S("\xC3\xA4"))); /* Ä, ä: ASCII alone is folded */
}

static void starts_and_ends(void **state) {
    (void)state;
    assert_true(hs_str_starts(S("headline"), S("head")));
    assert_true(hs_str_starts(S("x"), S("")));
    assert_true(hs_str_starts(ABSENT, S("")));
    assert_false(hs_str_starts(S("he"), S("head")));
    assert_true(hs_str_ends(S("headline"), S("line")));
    assert_true(hs_str_ends(S("line"), S("line")));
    assert_true(hs_str_ends(S("x"), S("")));
    assert_false(hs_str_ends(S("ine"), S("line")));
    assert_true(hs_str_starts_nocase(S("<!DOCTYPE html>"), S("<!doctype")));
    assert_false(hs_str_starts_nocase(S("<!"), S("<!doctype")));
}

static void finding(void **state) {
    (void)state;
    assert_int_equal(hs_str_find(S("one two"), S("two")), 4);
    assert_int_equal(hs_str_find(S("one two"), S("one")), 0);
    assert_int_equal(hs_str_find(S("one two"), S("")), 0);
    assert_int_equal(hs_str_find(ABSENT, S("")), 0);
    assert_true(hs_str_find(S("one two"), S("three")) == HS_NONE);
    assert_true(hs_str_find(S("on"), S("one")) == HS_NONE);
    assert_true(hs_str_find(ABSENT, S("x")) == HS_NONE);
    assert_int_equal(hs_str_find(S("aaab"), S("aab")), 1);
    assert_int_equal(hs_str_find_nocase(S("Reporter's CODE"), S("code")), 11);
    assert_int_equal(hs_str_find_nocase(S("x"), S("")), 0);
    assert_true(hs_str_find_nocase(S("cod"), S("code")) == HS_NONE);
    /* at every place of a long string, and with what only looks alike when a bit is dropped */
    char text[100];
    for (size_t at = 0; at + 4 <= sizeof text; at++) {
        memset(text, '@', sizeof text);
        memcpy(text + at, at % 2 ? "CoDe" : "cOdE", 4);
        assert_int_equal(hs_str_find_nocase((hs_str){text, sizeof text}, S("code")), at);
        assert_true(hs_str_find_nocase((hs_str){text, at + 3}, S("code")) == HS_NONE);
        assert_true(hs_str_find_nocase((hs_str){text, sizeof text}, S("`")) == HS_NONE);
    }
    assert_true(hs_str_find_nocase(ABSENT, S("code")) == HS_NONE);
}

static void slicing(void **state) {
    (void)state;
    assert_str(hs_str_slice(S("abcdef"), 2, 4), S("cd"));
    assert_str(hs_str_slice(S("abcdef"), 0, 6), S("abcdef"));
    assert_str(hs_str_slice(S("abcdef"), 2, HS_NONE), S("cdef"));
    assert_str(hs_str_slice(S("abcdef"), 9, 12), S(""));
    assert_str(hs_str_slice(S("abcdef"), 4, 2), S(""));
    assert_null(hs_str_slice(ABSENT, 0, 3).p);
}

static void trimming(void **state) {
    (void)state;
    assert_str(hs_str_trim(S(" \t\r\n\v\f abc \n")), S("abc"));
    assert_str(hs_str_trim(S("\xC2\xA0 \xC2\xA0x y\xC2\xA0")), S("x y"));
    assert_str(hs_str_trim(S(" \xC2\xA0\n")), S(""));
    assert_str(hs_str_trim(S("\xA0x\xC2")), S("\xA0x\xC2")); /* halves of U+00A0 are not it */
    assert_str(hs_str_trim(S("")), S(""));
    assert_int_equal(hs_str_trim(ABSENT).n, 0);
}

static void copying(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    char bytes[] = "abc";
    hs_str copy = hs_str_copy(&arena, hs_str_of(bytes));
    char *terminated = hs_str_terminated(&arena, (hs_str){bytes, 2});
    bytes[0] = 'x';
    assert_str(copy, S("abc"));
    assert_string_equal(terminated, "ab");
    assert_null(hs_str_copy(&arena, ABSENT).p);
    assert_non_null(hs_str_copy(&arena, S("")).p);
    assert_string_equal(hs_str_terminated(&arena, ABSENT), "");
    hs_arena_free(&arena);
}

static void buffers(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    hs_buf buf = {0};
    assert_non_null(hs_buf_str(&buf).p);
    assert_int_equal(hs_buf_str(&buf).n, 0);
    hs_buf_add(&arena, &buf, ABSENT);
    hs_buf_add(&arena, &buf, S("caf"));
    hs_buf_code_point(&arena, &buf, 0xE9);
    hs_buf_byte(&arena, &buf, ' ');
    hs_buf_code_point(&arena, &buf, 0x1F4F0);
    hs_buf_code_point(&arena, &buf, 0xD800);
    assert_str(hs_buf_str(&buf), S("caf\xC3\xA9 \xF0\x9F\x93\xB0\xEF\xBF\xBD"));
    for (int i = 0; i < 10000; i++) hs_buf_add(&arena, &buf, S("0123456789"));
    assert_int_equal(buf.n, 13 + 100000);
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_terminated), cmocka_unit_test(equality), cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(finding),       cmocka_unit_test(slicing),  cmocka_unit_test(trimming),
        cmocka_unit_test(copying),       cmocka_unit_test(buffers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
