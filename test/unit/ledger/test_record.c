/* Records from JSON: what is taken, what is refused, and with which words. */
#include "ledger/record_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check.h"

static void check(const char *json, const char *says) {
    static hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    hs_read_record read;
    hs_error error = {0};
    char *copy = strdup(json);
    hs_status status = hs_record_in(&read, &arena, copy, strlen(copy), &error);
    if (!says && status != HS_OK) fail_msg("%s: %s", json, error.message);
    if (says && (status != HS_ERR_FORMAT || !strstr(error.message, says))) fail_msg("%s: %s", json, error.message);
    free(copy);
    hs_arena_free(&arena);
}

static void test_records(void **state) {
    (void)state;
    check("{\"path\": \"p\", \"text\": \"abc\"}", NULL);
    check("{\"id\": 7, \"text\": \"abc\", \"claims\": null, \"unknown\": {\"x\": [1]}}", NULL);
    check("{\"claims\": [{\"id\": \"c0\", \"content\": [[0, 3]]}], \"text\": \"\xC3\xA4"
          "bc\", \"path\": \"p\"}",
          NULL);
    check("[]", "not a JSON object");
    check("{\"path\": \"p\", \"text\": \"abc\"", "not a JSON object");
    check("{\"path\": \"p\"}", "no \"text\"");
    check("{\"text\": \"abc\"}", "neither \"path\" nor \"url\"");
    check("{\"path\": \"p\", \"text\": 3}", "neither a string nor null");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\", \"content\": [[0, 4]]}]}",
          "do not lie in the text");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\", \"content\": [[1, 1]]}]}",
          "do not lie in the text");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\", \"content\": [[1]]}]}", "no span");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\", \"content\": [[-1, 2]]}]}", "no span");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\", \"speaker\": \"e1\"}]}",
          "there is no e1");
    check("{\"path\": \"p\", \"text\": \"abc\", \"claims\": [{\"id\": \"c1\"}, {\"id\": \"c1\"}]}", "occurs twice");
    check("{\"path\": \"p\", \"text\": \"a\", \"claims\": [{\"id\": \"a\", \"parent\": \"b\"}, {\"id\": \"b\", "
          "\"parent\": \"a\"}]}",
          "circle");
    check("{\"path\": \"p\", \"text\": \"a\", \"claims\": [{\"id\": \"a\", \"stance\": \"sings\"}]}", "no such word");
    check("{\"path\": \"p\", \"text\": \"a\", \"claims\": [{\"id\": \"a\", \"confidence\": 1e9}]}", "0 to 1");
    check("{\"path\": \"p\", \"text\": \"a\", \"entities\": [{\"id\": \"e1\"}]}", "without an id or a name");
}

static void test_spans_are_of_code_points(void **state) {
    (void)state;
    static hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    hs_buf text = {0};
    for (int i = 0; i < 500; i++) hs_buf_code_point(&arena, &text, i % 3 ? 0xE4 : 'x');
    hs_text_index index;
    hs_text_index_make(&index, &arena, hs_buf_str(&text));
    assert_int_equal(index.n_code_points, 500);
    size_t byte = 0;
    for (size_t i = 0; i < 500; i++) {
        assert_int_equal(hs_text_byte(&index, i), byte);
        byte += i % 3 ? 2 : 1;
    }
    assert_int_equal(hs_text_byte(&index, 500), byte);
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_records), cmocka_unit_test(test_spans_are_of_code_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
