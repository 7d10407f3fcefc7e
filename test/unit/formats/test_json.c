/* The JSON writer: escapes, bad UTF-8, numbers, the buffer's edge, a sink that refuses. */
#include <string.h>

#include "check.h"
#include "formats/json_writer.h"

typedef struct taken {
    char bytes[20000];
    size_t n, calls, refuse_at; /* refuse_at: the call that is refused; 0: none */
} taken;

static bool take(void *state, const char *bytes, size_t n) {
    taken *taken = state;
    if (++taken->calls == taken->refuse_at) return false;
    assert_true(taken->n + n < sizeof taken->bytes);
    memcpy(taken->bytes + taken->n, bytes, n);
    taken->n += n;
    taken->bytes[taken->n] = 0;
    return true;
}

#define WRITES(expected, call)                     \
    do {                                           \
        taken out_ = {0};                          \
        hs_json json_, *json = &json_;             \
        hs_json_init(json, take, &out_);           \
        call;                                      \
        assert_true(hs_json_flush(json));          \
        assert_string_equal(out_.bytes, expected); \
    } while (0)

static void strings(void **state) {
    (void)state;
    WRITES("\"abc\"", hs_json_string(json, HS_STR("abc")));
    WRITES("\"\"", hs_json_string(json, HS_STR("")));
    WRITES("null", hs_json_string(json, (hs_str){0}));
    WRITES("\"\\\"\\\\/\"", hs_json_string(json, HS_STR("\"\\/")));
    WRITES("\"\\b\\t\\n\\f\\r\"", hs_json_string(json, HS_STR("\b\t\n\f\r")));
    WRITES("\"a\\u0000b\\u001b\\u007f\"", hs_json_string(json, HS_STR("a\0b\x1b\x7f")));
    WRITES("\"\\u009b\xC2\xA0\"", hs_json_string(json, HS_STR("\xC2\x9B\xC2\xA0")));
    WRITES("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x93\xB0\"",
           hs_json_string(json, HS_STR("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x93\xB0")));
}

static void bad_utf8_is_replaced(void **state) {
    (void)state;
    WRITES("\"a\xEF\xBF\xBDz\"", hs_json_string(json, HS_STR("a\xFFz")));
    WRITES("\"\xEF\xBF\xBD\"", hs_json_string(json, HS_STR("\xE2\x82")));
    WRITES("\"\xEF\xBF\xBD\"", hs_json_string(json, HS_STR("\xEF\xBF\xBD")));
}

static void shares(void **state) {
    (void)state;
    static const struct {
        double share;
        const char *written;
    } cases[] = {{0, "0"},
                 {1, "1"},
                 {0.5, "0.5"},
                 {0.25, "0.25"},
                 {0.125, "0.125"},
                 {0.9994, "0.999"},
                 {0.9996, "1"},
                 {0.0004, "0"},
                 {0.001, "0.001"},
                 {0.05, "0.05"},
                 {7, "1"},
                 {-3, "0"},
                 {__builtin_nan(""), "0"},
                 {1e300, "1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        WRITES(cases[i].written, hs_json_share(json, cases[i].share));
}

static void sizes_and_ids(void **state) {
    (void)state;
    WRITES("0", hs_json_size(json, 0));
    WRITES("1234567890", hs_json_size(json, 1234567890));
    WRITES("18446744073709551615", hs_json_size(json, SIZE_MAX));
    WRITES("\"c1\"", hs_json_id(json, 'c', 0));
    WRITES("\"e12\"", hs_json_id(json, 'e', 11));
}

static void write_some(hs_json *json) {
    hs_json_open(json, '{');
    hs_json_key(json, HS_STR("a"));
    hs_json_open(json, '[');
    hs_json_size(json, 1);
    hs_json_null(json);
    hs_json_open(json, '[');
    hs_json_close(json, ']');
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("b\n"));
    hs_json_string(json, HS_STR("x"));
    hs_json_close(json, '}');
    hs_json_line_end(json);
}

static void nesting(void **state) {
    (void)state;
    WRITES("{\"a\": [1, null, []], \"b\\n\": \"x\"}\n{\"a\": [1, null, []], \"b\\n\": \"x\"}\n",
           (write_some(json), write_some(json)));
}

/* Strings of every length around the buffer's size come out whole. */
static void across_the_buffer(void **state) {
    (void)state;
    static char text[9000], expected[9010];
    memset(text, 'x', sizeof text);
    for (size_t n = 4080; n < 4110; n++) {
        expected[0] = '"';
        memcpy(expected + 1, text, n * 2);
        memcpy(expected + 1 + n * 2, "\"", 2);
        WRITES(expected, hs_json_string(json, (hs_str){text, n * 2}));
    }
}

static void after_a_refusal_nothing_is_written(void **state) {
    (void)state;
    static char text[20000];
    memset(text, 'x', sizeof text);
    for (size_t refuse_at = 1; refuse_at <= 5; refuse_at++) {
        taken out = {.refuse_at = refuse_at};
        hs_json json;
        hs_json_init(&json, take, &out);
        hs_json_string(&json, (hs_str){text, sizeof text});
        assert_false(hs_json_flush(&json));
        assert_int_equal(out.calls, refuse_at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings),
        cmocka_unit_test(bad_utf8_is_replaced),
        cmocka_unit_test(shares),
        cmocka_unit_test(sizes_and_ids),
        cmocka_unit_test(nesting),
        cmocka_unit_test(across_the_buffer),
        cmocka_unit_test(after_a_refusal_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
