/* JSON in place: what is right and what is not, strings, depth. */
#include "base/json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

static bool valid(const char *text) {
    char *copy = strdup(text);
    hs_scan scan = {.at = copy, .end = copy + strlen(copy)};
    bool ok = hs_scan_skip(&scan) && hs_scan_ended(&scan);
    free(copy);
    return ok;
}

static void test_values(void **state) {
    (void)state;
    static const char *const right[] = {"0",
                                        "-1.5e+10",
                                        "true",
                                        " null ",
                                        "\"\"",
                                        "[]",
                                        "{}",
                                        "[1,[2,{\"a\":[]}],\"b\"]",
                                        "{\"a\":{\"b\":1},\"c\":[{}]}"};
    static const char *const wrong[] = {
        "",         "01",          "1.",         "-",     "1e",  "tru", "\"",
        "\"\\x\"",  "\"\\u12g4\"", "[1,]",       "[1 2]", "[",   "[}",  "{\"a\"}",
        "{\"a\":}", "{a:1}",       "{\"a\":1,}", "{,}",   "1 2", "]",   "{\"a\":1 \"b\":2}",
        "nan",      "+1",          "[,1]"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) assert_true(valid(right[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (valid(wrong[i])) fail_msg("%s passes", wrong[i]);
    }
}

static void test_depth(void **state) {
    (void)state;
    char text[2 * HS_SCAN_DEPTH + 3] = {0};
    memset(text, '[', HS_SCAN_DEPTH);
    memset(text + HS_SCAN_DEPTH, ']', HS_SCAN_DEPTH);
    assert_true(valid(text));
    memset(text, '[', HS_SCAN_DEPTH + 1);
    memset(text + HS_SCAN_DEPTH + 1, ']', HS_SCAN_DEPTH + 1);
    assert_false(valid(text));
}

static void check_string(const char *text, hs_str expected) {
    char copy[256];
    strcpy(copy, text);
    hs_scan scan = {.at = copy, .end = copy + strlen(copy)};
    hs_str found;
    assert_true(hs_scan_string(&scan, &found));
    assert_str(found, expected);
}

static void test_strings(void **state) {
    (void)state;
    check_string("\"a\\n\\\"\\\\\\/b\"", HS_STR("a\n\"\\/b"));
    check_string("\"\\u00e9\\u20AC\"", HS_STR("\xC3\xA9\xE2\x82\xAC"));
    check_string("\"\\ud83d\\ude00\"", HS_STR("\xF0\x9F\x98\x80"));
    check_string("\"\\ud83d!\\ude00\"", HS_STR("\xEF\xBF\xBD!\xEF\xBF\xBD"));
    check_string("\"\\ud83d\\ud83d\\ude00\"", HS_STR("\xEF\xBF\xBD\xF0\x9F\x98\x80"));
    check_string("\"a\\u0000b\"", ((hs_str){"a\0b", 3}));
    check_string("\"tab\there\"", HS_STR("tab\there"));
}

static void test_walking(void **state) {
    (void)state;
    char text[] = "{\"skip\": [1, {\"x\": \"y\"}], \"list\": [\"a\", 2, \"b\"], \"last\": \"c\"}";
    hs_scan scan = {.at = text, .end = text + sizeof text - 1};
    hs_str key, value;
    assert_true(hs_scan_open(&scan, '{'));
    assert_true(hs_scan_member(&scan, &key));
    assert_str(key, HS_STR("skip"));
    assert_true(hs_scan_skip(&scan));
    assert_true(hs_scan_member(&scan, &key));
    assert_false(hs_scan_open(&scan, '{'));
    assert_true(hs_scan_open(&scan, '['));
    assert_true(hs_scan_item(&scan) && hs_scan_string(&scan, &value));
    assert_str(value, HS_STR("a"));
    assert_true(hs_scan_item(&scan));
    assert_false(hs_scan_string(&scan, &value));
    assert_true(hs_scan_item(&scan) && hs_scan_string(&scan, &value));
    assert_false(hs_scan_item(&scan));
    assert_true(hs_scan_member(&scan, &key) && hs_scan_string(&scan, &value));
    assert_str(value, HS_STR("c"));
    assert_false(hs_scan_member(&scan, &key));
    assert_true(hs_scan_ended(&scan));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_walking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
