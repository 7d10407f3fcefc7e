/* Speakers: sources of the same words are one entity. */
#include "claims/speakers.h"

#include <stdio.h>

#include "check.h"

static void test_same_words_are_one(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    hs_speakers s = {0};
    size_t first = hs_speakers_add(&s, &arena, HS_STR("The mayor"));
    assert_int_equal(hs_speakers_add(&s, &arena, HS_STR("the Mayor")), first);
    assert_int_equal(hs_speakers_add(&s, &arena, HS_STR("mayor")), first);
    assert_int_not_equal(hs_speakers_add(&s, &arena, HS_STR("the mayoress")), first);
    assert_int_equal(s.list.n, 2);
    assert_true(hs_str_eq(s.list.v[first].name, HS_STR("The mayor")));
    hs_arena_free(&arena);
}

static void test_many(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 8 << 20);
    hs_speakers s = {0};
    char name[32];
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "Witness %zu", i);
            assert_int_equal(hs_speakers_add(&s, &arena, hs_str_copy(&arena, hs_str_of(name))), i);
        }
    assert_int_equal(s.list.n, 5000);
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_words_are_one), cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
