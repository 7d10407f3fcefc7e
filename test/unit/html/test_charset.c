/* Tests of charsets: what decides, what is repaired, and what is no text at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "html/charset.h"

static hs_arena arena;

static int set_up(void **state) {
    (void)state;
    hs_arena_init(&arena, 64 << 20);
    return setjmp(arena.full) ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

static void assert_decodes_labelled(hs_str bytes, hs_str label, const char *expected) {
    hs_str out;
    hs_error error = {0};
    assert_int_equal(hs_charset_decode(&out, &arena, bytes, label, HS_STR("page"), &error), HS_OK);
    assert_int_equal(out.n, strlen(expected));
    assert_memory_equal(out.p, expected, out.n);
    assert_true(hs_utf8_valid(out));
}

static void assert_decodes(hs_str bytes, const char *expected) {
    assert_decodes_labelled(bytes, (hs_str){0}, expected);
}

static void marks_decide(void **state) {
    (void)state;
    assert_decodes(HS_STR("\xEF\xBB\xBF"
                          "a"),
                   "a");
    assert_decodes(HS_STR("\xFF\xFE"
                          "a\0b\0\xE9\0"),
                   "ab\xC3\xA9");
    assert_decodes(HS_STR("\xFE\xFF\0a\0b"), "ab");
    assert_decodes(HS_STR("T\0h\0i\0s\0 \0t\0e\0x\0t\0.\0"), "This text.");
}

static void a_meta_decides_for_bytes_that_are_no_utf8(void **state) {
    (void)state;
    assert_decodes(HS_STR("<meta charset=iso-8859-1>\xE9 \x93"), "<meta charset=iso-8859-1>\xC3\xA9 \xE2\x80\x9C");
    assert_decodes(HS_STR("<META http-equiv=content-type content='text/html; charset=windows-1251'>\xC0"),
                   "<META http-equiv=content-type content='text/html; charset=windows-1251'>\xD0\x90");
    assert_decodes(HS_STR("<meta charset=shift_jis>\x83\x65"), "<meta charset=shift_jis>\xE3\x83\x86");
    assert_decodes(HS_STR("<meta charset=no-such-charset>\xE9"), "<meta charset=no-such-charset>\xC3\xA9");
}

/* The server's label goes before the page's, and behind what the bytes themselves show. */
static void a_label_goes_before_a_meta(void **state) {
    (void)state;
    hs_str bytes = HS_STR("<meta charset=windows-1251>\xB1");
    assert_decodes_labelled(bytes, HS_STR(" \"ISO-8859-2\""), "<meta charset=windows-1251>\xC4\x85");
    assert_decodes_labelled(bytes, HS_STR("utf-8"), "<meta charset=windows-1251>\xC2\xB1");
    assert_decodes_labelled(bytes, HS_STR("//IGNORE"), "<meta charset=windows-1251>\xC2\xB1");
    assert_decodes_labelled(HS_STR("\xC3\xA9"), HS_STR("iso-8859-1"), "\xC3\xA9");
}

static void utf8_outweighs_a_wrong_meta(void **state) {
    (void)state;
    assert_decodes(HS_STR("<meta charset=latin1>\xC3\xA9"), "<meta charset=latin1>\xC3\xA9");
}

static void a_bad_byte_among_many_good_characters_is_repaired(void **state) {
    (void)state;
    hs_buf in = {0}, out = {0};
    for (int i = 0; i < 40; i++) {
        hs_buf_add(&arena, &in, HS_STR("\xC3\xA9"));
        hs_buf_add(&arena, &out, HS_STR("\xC3\xA9"));
    }
    hs_buf_add(&arena, &in, HS_STR("\xFF."));
    hs_buf_add(&arena, &out, HS_STR("\xEF\xBF\xBD."));
    assert_decodes(hs_buf_str(&in), hs_str_terminated(&arena, hs_buf_str(&out)));
}

static void nuls_go(void **state) {
    (void)state;
    assert_decodes(HS_STR("some words and a\0 NUL in them"), "some words and a NUL in them");
}

static void assert_fails(hs_str bytes, hs_status status, const char *message) {
    hs_str out;
    hs_error error = {0};
    assert_int_equal(hs_charset_decode(&out, &arena, bytes, (hs_str){0}, HS_STR("page"), &error), status);
    assert_string_equal(error.message, message);
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    assert_fails(HS_STR(""), HS_ERR_EMPTY, "page: empty");
    assert_fails(HS_STR(" \n\t\0 "), HS_ERR_EMPTY, "page: empty");
    assert_fails(HS_STR("\xEF\xBB\xBF\n"), HS_ERR_EMPTY, "page: empty");
    assert_fails(HS_STR("\x89PNG\r\n\x1A\n0000"), HS_ERR_BINARY, "page: not text (binary data)");
    assert_fails(HS_STR("\x1F\x8B\x08"), HS_ERR_BINARY, "page: not text (binary data)");
    char noise[4096];
    uint32_t x = 1;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((x = x * 1664525 + 1013904223) >> 24);
    assert_fails((hs_str){noise, sizeof noise}, HS_ERR_BINARY, "page: not text (binary data)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_decide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_meta_decides_for_bytes_that_are_no_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_label_goes_before_a_meta, set_up, tear_down),
        cmocka_unit_test_setup_teardown(utf8_outweighs_a_wrong_meta, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_byte_among_many_good_characters_is_repaired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nuls_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_text_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
