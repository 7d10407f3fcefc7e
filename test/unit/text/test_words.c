/* Words and their features: the golden texts, which train/golden_words.py made, and what they cannot hold. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "check.h"
#include "text/words.h"

static const size_t CAP = (size_t)1 << 30;

/* One of a golden word's numbers: byte start, byte end, shape, quote, place. */
static int number_at(const cJSON *word, int index) {
    const cJSON *number = cJSON_GetArrayItem(word, index);
    assert_true(cJSON_IsNumber(number));
    return number->valueint;
}

static void check_words(const hs_words *words, const cJSON *expected, const char *line) {
    size_t i = 0;
    const cJSON *word;
    cJSON_ArrayForEach(word, expected) {
        if (i == words->n) break;
        const hs_word *w = &words->v[i++];
        const int got[] = {(int)w->start, (int)w->end, w->shape, w->quote, w->place};
        for (int k = 0; k < 5; k++) {
            if (got[k] != number_at(word, k)) fail_msg("word %zu, number %d is %d in %s", i - 1, k, got[k], line);
        }
        assert_true(w->norm_end > w->norm && w->norm_end <= words->norm.n);
    }
    if (words->n != (size_t)cJSON_GetArraySize(expected)) fail_msg("%zu words in %s", words->n, line);
}

static void golden_texts(void **state) {
    (void)state;
    const char *folder = getenv("HEARSAY_GOLDEN");
    char path[4096];
    snprintf(path, sizeof path, "%s/words.jsonl", folder ? folder : "test/golden");
    FILE *file = fopen(path, "r");
    if (!file) fail_msg("cannot open %s", path);
    char *line = NULL;
    size_t room = 0, count = 0;
    while (getline(&line, &room, file) > 0) {
        cJSON *row = cJSON_Parse(line);
        const cJSON *text = cJSON_GetObjectItem(row, "text");
        assert_true(cJSON_IsString(text));
        hs_arena arena;
        hs_arena_init(&arena, CAP);
        if (setjmp(arena.full)) fail_msg("out of memory");
        bool has_title = cJSON_IsTrue(cJSON_GetObjectItem(row, "has_title"));
        hs_words words = hs_words_of(&arena, hs_str_of(text->valuestring), has_title);
        check_words(&words, cJSON_GetObjectItem(row, "words"), line);
        hs_arena_free(&arena);
        cJSON_Delete(row);
        count++;
    }
    free(line);
    fclose(file);
    assert_true(count > 50);
}

static void check_norms(const char *text, const char *expected) {
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_words words = hs_words_of(&arena, hs_str_of(text), false);
    hs_buf joined = {0};
    for (size_t i = 0; i < words.n; i++) {
        if (i) hs_buf_byte(&arena, &joined, '|');
        hs_buf_add(&arena, &joined, hs_str_slice(words.norm, words.v[i].norm, words.v[i].norm_end));
    }
    assert_str(hs_buf_str(&joined), hs_str_of(expected));
    hs_arena_free(&arena);
}

static void normal_forms(void **state) {
    (void)state;
    check_norms("Zoë said: \"NO\"", "zoe|said|:|\"|no|\"");
    check_norms("İIıi ΟΔΟΣ ẞ ǅ", "iiıi|οδοσ|ß|ǆ");
    check_norms("co\xC2\xADop \xCC\x81 a\xCC\x81\xCC\x81!", "coop|a|!");
    check_norms("漢字x\xEF\xA4\x80", "漢|字|x|豈");
    check_norms("각", "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8");
    check_norms("a\xE2\x89\xA0z \xCD\xBE", "a|=|z|;");
}

/* A dropped mark belongs to the letter before it, but to no punctuation and no ideograph. */
static void spans_take_in_marks(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_words words = hs_words_of(&arena, HS_STR("e\xCC\x81 !\xCC\x81 \xE4\xB8\x80\xCC\x81"), false);
    assert_int_equal(words.n, 3);
    assert_int_equal(words.v[0].end, 3);
    assert_int_equal(words.v[1].end - words.v[1].start, 1);
    assert_int_equal(words.v[2].end - words.v[2].start, 3);
    hs_arena_free(&arena);
}

/* JSON read by cJSON cannot hold a NUL, so it has no golden text: it is dropped, and is not blank. */
static void nul_characters(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_str text = HS_STR("a\0b\n\"\0c\" d");
    hs_words words = hs_words_of(&arena, text, false);
    assert_int_equal(words.n, 5);
    assert_int_equal(words.v[0].end, 3);
    assert_int_equal(words.v[1].quote, HS_QUOTE_OPEN);
    assert_int_equal(words.v[2].quote, HS_QUOTE_DOUBLE);
    assert_int_equal(words.v[3].quote, HS_QUOTE_CLOSE);
    assert_int_equal(words.v[4].quote, HS_QUOTE_OUT);
    hs_arena_free(&arena);
}

static void states_of_all_bytes(void **state) {
    (void)state;
    static const uint8_t expected[] = {3, 3, 3, 1, 1, 1, 3, 3, 3, 2, 2, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0};
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_str text = HS_STR("“é ‘ü’” é\n");
    assert_int_equal(text.n, sizeof expected);
    assert_memory_equal(hs_quote_states(&arena, text), expected, sizeof expected);
    hs_arena_free(&arena);
}

/* Text that would take hours if any step looked back or ahead further than once. */
static void hostile_texts_take_linear_time(void **state) {
    (void)state;
    static const struct {
        const char *unit;
        size_t words; /* in each unit; 0: it is not checked */
    } rows[] = {{"\"", 1},       {"'", 1},        {"“", 1}, {"‘a", 2},        {"\"a ", 2},    {"\n", 0},
                {"\"a\n \n", 2}, {" 'a\"b\n", 4}, {"a", 0}, {"e\xCC\x81", 0}, {"\xCC\x81", 0}};
    enum { BYTES = 2 * 1024 * 1024 };
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) {
        fail_msg("out of memory");
        return;
    }
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t size = strlen(rows[r].unit), count = BYTES / size;
        char *text = HS_NEW(&arena, char, BYTES);
        for (size_t i = 0; i < count; i++) memcpy(text + i * size, rows[r].unit, size);
        hs_words words = hs_words_of(&arena, (hs_str){text, count * size}, true);
        if (rows[r].words) assert_int_equal(words.n, rows[r].words * count);
        hs_arena_free(&arena);
    }
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    volatile size_t failed = 0;
    for (volatile size_t after = 1; after < 10; after++) {
        hs_arena arena;
        hs_arena_init(&arena, CAP);
        arena.fail_after = after;
        if (setjmp(arena.full)) {
            failed++;
        } else {
            assert_int_equal(hs_words_of(&arena, HS_STR("“Yes,” she said."), false).n, 7);
        }
        hs_arena_free(&arena);
    }
    assert_int_equal(failed, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_texts),
        cmocka_unit_test(normal_forms),
        cmocka_unit_test(spans_take_in_marks),
        cmocka_unit_test(nul_characters),
        cmocka_unit_test(states_of_all_bytes),
        cmocka_unit_test(hostile_texts_take_linear_time),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
