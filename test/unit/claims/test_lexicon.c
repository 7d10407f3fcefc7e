/* The lexicon: single words, entries of several, and words it does not know. */
#include "check.h"
#include "claims/lexicon.h"

static hs_lex *look_up(hs_arena *arena, const char *text, hs_words *words) {
    *words = hs_words_of(arena, hs_str_of(text), false);
    return hs_lexicon_look_up(arena, words);
}

static void words_and_their_forms(void **state) {
    (void)state;
    hs_arena arena;
    hs_words words;
    hs_arena_init(&arena, 1 << 20);
    const hs_lex *classes = look_up(&arena, "Denying denies DENIED deny denyed admitted lied", &words);
    for (size_t i = 0; i < 4; i++) assert_true(classes[i] & HS_LEX_OF(DENY));
    assert_int_equal(classes[4], 0);
    assert_true(classes[5] & HS_LEX_OF(ADMIT));
    assert_true(classes[6] & HS_LEX_OF(WRONG));
    hs_arena_free(&arena);
}

static void longer_entries_decide_what_a_cue_does(void **state) {
    (void)state;
    hs_arena arena;
    hs_words words;
    hs_arena_init(&arena, 1 << 20);
    const hs_lex *classes = look_up(&arena, "called for called it", &words);
    assert_true(classes[0] & HS_LEX_OF(URGE));
    assert_false(classes[0] & HS_LEX_OF(CALL));
    assert_true(classes[2] & HS_LEX_OF(CALL));
    classes = look_up(&arena, "did not say; news conference; e-mail", &words);
    assert_true(classes[0] & HS_LEX_OF(DECLINE));
    assert_true(classes[4] & classes[5] & HS_LEX_OF(CHANNEL)); /* each word of a noun is of its class */
    assert_true(classes[7] & HS_LEX_OF(CHANNEL));
    hs_arena_free(&arena);
}

static void unknown_and_long_words(void **state) {
    (void)state;
    static char text[5000];
    memset(text, 'a', sizeof text - 1);
    memcpy(text, "say ", 4);
    hs_arena arena;
    hs_words words;
    hs_arena_init(&arena, 1 << 20);
    const hs_lex *classes = look_up(&arena, text, &words);
    assert_int_equal(words.n, 2);
    assert_int_equal(classes[1], 0);
    look_up(&arena, "", &words);
    assert_int_equal(words.n, 0);
    const hs_lex *last = look_up(&arena, "the words of", &words); /* a longer entry's beginning at the text's end */
    assert_true(last != NULL);
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_and_their_forms),
                                       cmocka_unit_test(longer_entries_decide_what_a_cue_does),
                                       cmocka_unit_test(unknown_and_long_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
