/* Spans put right by rule. All names are invented. */
#include "claims/mend.h"

#include "check.h"

static hs_arena arena;

static void dateline_is(const char *text, const char *left) {
    hs_range source = {0, strlen(text)};
    hs_mend_dateline(hs_str_of(text), &source);
    assert_str(hs_str_slice(hs_str_of(text), source.start, source.end), hs_str_of(left));
}

static void test_datelines(void **state) {
    (void)state;
    dateline_is("PORT ISEN, Carvelia \xE2\x80\x94 Gov. Tomas Reck", "Gov. Tomas Reck");
    dateline_is("PORT ISEN (Norland Wire) -- A spokesman", "A spokesman");
    dateline_is("Reck \xE2\x80\x94 the governor", "Reck \xE2\x80\x94 the governor"); /* no place in capitals */
    dateline_is("THE NAVY", "THE NAVY");
    dateline_is("PORT ISEN - ", "PORT ISEN - ");
}

/* content and cue stand in the text; what the source and content are afterwards, NULL: there is no source. */
static void parted(const char *text, const char *content, const char *cue, const char *source_after,
                   const char *content_after) {
    hs_str t = hs_str_of(text);
    size_t at = hs_str_find(t, hs_str_of(content)), cue_at = hs_str_find(t, hs_str_of(cue));
    assert_true(at != HS_NONE && cue_at != HS_NONE);
    hs_arena_init(&arena, 1 << 20);
    hs_ranges source = {0}, contents = {0};
    HS_PUSH(&arena, contents, ((hs_range){at, at + strlen(content)}));
    hs_mend_source(&arena, t, (hs_range){cue_at, cue_at + strlen(cue)}, &source, &contents);
    assert_int_equal(source.n, source_after != NULL);
    if (source_after) assert_str(hs_str_slice(t, source.v[0].start, source.v[0].end), hs_str_of(source_after));
    assert_str(hs_str_slice(t, contents.v[0].start, contents.v[0].end), hs_str_of(content_after));
    hs_arena_free(&arena);
}

static void test_sources_behind(void **state) {
    (void)state;
    static const char text[] =
        "It rains. The bridge is shut until May, Anna Berg, the mayor of Tal, has claimed. It is late.";
    const char *source = "Anna Berg, the mayor of Tal", *content = "The bridge is shut until May";
    parted(text, "The bridge is shut until May, Anna Berg, the mayor of Tal", "has claimed", source, content);
    parted(text, source, "has claimed", source, content); /* the model took the source alone */
    static const char list[] = "The bridge, Anna Berg, the ferry, has claimed many.";
    parted(list, "The bridge, Anna Berg, the ferry", "has claimed", NULL,
           "The bridge, Anna Berg, the ferry"); /* the sentence goes on */
    static const char bare[] = "The bridge is shut until May, said the mayor, has claimed.";
    parted(bare, "The bridge is shut until May, said the mayor", "has claimed", NULL,
           "The bridge is shut until May, said the mayor");
}

static bool names_no_source(const char *text, size_t cue, size_t source) {
    hs_arena_init(&arena, 1 << 20);
    hs_words words = hs_words_of(&arena, hs_str_of(text), false);
    hs_attribution a = {.cue = {cue, cue + 1}};
    HS_PUSH(&arena, a.source, ((hs_range){source, source + 1}));
    bool result = hs_mend_names_no_source(&words, &a);
    hs_arena_free(&arena);
    return result;
}

static void test_who_was_asked_is_no_source(void **state) {
    (void)state;
    assert_true(names_no_source("Asked about it, Berg left.", 0, 4));
    assert_true(names_no_source("Berg left. Asked about it, he wept.", 3, 0));
    assert_false(names_no_source("Added Berg: it rains.", 0, 1));
    assert_false(names_no_source("Berg asked about it.", 1, 0));
    assert_false(names_no_source("Saying that it rains, Berg left.", 0, 5));
}

static bool to_readers(const char *text, size_t cue, size_t source, bool nested) {
    hs_arena_init(&arena, 1 << 20);
    hs_words words = hs_words_of(&arena, hs_str_of(text), false);
    hs_attribution a = {.cue = {cue, cue + 1}, .nested = nested};
    if (source != HS_NONE) HS_PUSH(&arena, a.source, ((hs_range){source, source + 1}));
    bool result = hs_mend_speaks_to_readers(&words, &a);
    hs_arena_free(&arena);
    return result;
}

static void test_readers(void **state) {
    (void)state;
    assert_true(to_readers("If you want a boat, say so.", 2, 1, false));
    assert_true(to_readers("Ask whether it is safe.", 0, HS_NONE, false));
    assert_false(to_readers("If you want a boat, say so.", 2, 1, true)); /* inside what somebody else says */
    assert_false(to_readers("\"You want a boat\", she said.", 2, 1, false));
    assert_false(to_readers("Asked about it, she left.", 0, HS_NONE, false));
    assert_false(to_readers("Reportedly the bridge is shut.", 0, HS_NONE, false));
    assert_false(to_readers("It was believed that it is shut.", 1, HS_NONE, false));
    assert_false(to_readers("They want a boat.", 1, 0, false));
}

/* The cue is a word, the content what stands behind it from another word on. */
static bool says_nothing(const char *text, size_t cue, size_t content, bool nested) {
    hs_arena_init(&arena, 1 << 20);
    hs_words words = hs_words_of(&arena, hs_str_of(text), false);
    hs_attribution a = {.cue = {cue, cue + 1}, .nested = nested};
    HS_PUSH(&arena, a.content, ((hs_range){content, words.n - 1}));
    bool result = hs_mend_says_nothing(&words, &a);
    hs_arena_free(&arena);
    return result;
}

static void test_what_only_looks_like_a_claim(void **state) {
    (void)state;
    assert_true(says_nothing("They called these claims absurd.", 3, 4, true));
    assert_false(says_nothing("They called these claims that it leaks absurd.", 3, 4, true));
    assert_false(says_nothing("The alleged thief left.", 1, 2, false));
    assert_true(says_nothing("I mean, it rains.", 1, 3, true));
    assert_false(says_nothing("I mean it rains.", 1, 2, true));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_datelines), cmocka_unit_test(test_sources_behind),
                                       cmocka_unit_test(test_who_was_asked_is_no_source),
                                       cmocka_unit_test(test_readers),
                                       cmocka_unit_test(test_what_only_looks_like_a_claim)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
