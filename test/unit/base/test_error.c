/* Errors: one line, cut to fit, without control characters. */
#include <string.h>

#include "base/error.h"
#include "check.h"

static void fills_code_and_message(void **state) {
    (void)state;
    hs_error error;
    assert_int_equal(hs_fail(&error, HS_ERR_EMPTY, "%s: %d", "page.html", 7), HS_ERR_EMPTY);
    assert_int_equal(error.code, HS_ERR_EMPTY);
    assert_string_equal(error.message, "page.html: 7");
}

static void needs_no_error(void **state) {
    (void)state;
    assert_int_equal(hs_fail(NULL, HS_ERR_IO, "%s", "x"), HS_ERR_IO);
}

static void is_cut_to_fit(void **state) {
    (void)state;
    char name[2000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = 0;
    hs_error error;
    hs_fail(&error, HS_ERR_MISSING, "%s: gone", name);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

static void a_name_cannot_break_the_line(void **state) {
    (void)state;
    hs_error error;
    hs_fail(&error, HS_ERR_MISSING, "%s: gone", "a\nb\r\x1b[31m\x7f\tc");
    assert_string_equal(error.message, "a?b??[31m??c: gone");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_code_and_message),
        cmocka_unit_test(needs_no_error),
        cmocka_unit_test(is_cut_to_fit),
        cmocka_unit_test(a_name_cannot_break_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
