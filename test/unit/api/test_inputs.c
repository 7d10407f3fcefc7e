/* Inputs: files, folders in order, limits, and what is no page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static char folder[] = "/tmp/hearsay-inputs-XXXXXX";

static char *path_of(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *bytes) {
    FILE *f = fopen(path_of(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), f), strlen(bytes));
    fclose(f);
}

static int setup(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    mkdir(path_of("sub"), 0700);
    mkdir(path_of("sub/.hidden"), 0700);
    mkdir(path_of("pictures"), 0700);
    put("b.html", "bb");
    put("a.txt", "a");
    put("sub/c", "ccc");
    put("sub/.hidden/d.html", "d");
    put("pictures/e.png", "e");
    return symlink(folder, path_of("sub/loop"));
}

static int teardown(void **state) {
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static hs_inputs *open_inputs(const char *path, size_t limit) {
    hs_inputs *inputs;
    hs_error error;
    hs_inputs_options options;
    hs_inputs_options_init(&options);
    options.max_bytes = limit;
    assert_int_equal(hs_inputs_open(&inputs, path, &options, &error), HS_OK);
    return inputs;
}

static void test_folder_in_order(void **state) {
    (void)state;
    static const char *const names[] = {"a.txt", "b.html", "sub/c"};
    static const char *const bytes[] = {"a", "bb", "ccc"};
    hs_inputs *inputs = open_inputs(folder, 100);
    hs_page page;
    bool more;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(hs_inputs_next(&page, &more, inputs, NULL), HS_OK);
        assert_true(more);
        assert_string_equal(page.name, path_of(names[i]));
        assert_int_equal(page.n, strlen(bytes[i]));
        assert_memory_equal(page.bytes, bytes[i], page.n);
    }
    assert_int_equal(hs_inputs_next(&page, &more, inputs, NULL), HS_OK);
    assert_false(more);
    hs_inputs_free(inputs);
}

static void test_limit_is_exact(void **state) {
    (void)state;
    hs_page page;
    bool more;
    hs_error error;
    hs_inputs *inputs = open_inputs(path_of("sub/c"), 3);
    assert_int_equal(hs_inputs_next(&page, &more, inputs, &error), HS_OK);
    assert_int_equal(page.n, 3);
    hs_inputs_free(inputs);
    inputs = open_inputs(path_of("sub/c"), 2);
    assert_int_equal(hs_inputs_next(&page, &more, inputs, &error), HS_ERR_LIMIT);
    assert_non_null(strstr(error.message, "sub/c: larger than the limit"));
    hs_inputs_free(inputs);
}

static void test_endless_input_stops_at_the_limit(void **state) {
    (void)state;
    hs_page page;
    bool more;
    hs_inputs *inputs = open_inputs("/dev/zero", 1 << 20);
    assert_int_equal(hs_inputs_next(&page, &more, inputs, NULL), HS_ERR_LIMIT);
    hs_inputs_free(inputs);
}

/* A page that is gone by the time it is read costs that page alone. */
static void test_a_missing_page_does_not_stop_the_others(void **state) {
    (void)state;
    put("0.txt", "gone");
    hs_inputs *inputs = open_inputs(folder, 100);
    unlink(path_of("0.txt"));
    hs_page page;
    bool more;
    hs_error error;
    assert_int_equal(hs_inputs_next(&page, &more, inputs, &error), HS_ERR_MISSING);
    assert_non_null(strstr(error.message, "0.txt"));
    assert_int_equal(hs_inputs_next(&page, &more, inputs, &error), HS_OK);
    assert_true(more);
    hs_inputs_free(inputs);
}

static void test_what_is_no_input(void **state) {
    (void)state;
    hs_inputs *inputs;
    hs_error error;
    assert_int_equal(hs_inputs_open(&inputs, path_of("none"), NULL, &error), HS_ERR_MISSING);
    assert_null(inputs);
    assert_int_equal(hs_inputs_open(&inputs, path_of("pictures"), NULL, &error), HS_ERR_EMPTY);
    assert_non_null(strstr(error.message, "no pages"));
    assert_int_equal(hs_inputs_open(&inputs, NULL, NULL, &error), HS_ERR_ARGUMENT);
    hs_inputs_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder_in_order),
        cmocka_unit_test(test_limit_is_exact),
        cmocka_unit_test(test_endless_input_stops_at_the_limit),
        cmocka_unit_test(test_a_missing_page_does_not_stop_the_others),
        cmocka_unit_test(test_what_is_no_input),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
