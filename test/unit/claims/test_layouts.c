/* Quotations signed with a name, and talk written down: what is found and what is left alone. */
#include "claims/layouts.h"

#include "check.h"

static hs_arena arena;

static int setup(void **state) {
    (void)state;
    hs_arena_init(&arena, 1 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

static hs_layouts layouts_of(const char *text) {
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    static const hs_str own[] = {{"Ida Moor", 8}};
    return hs_layouts_of(&arena, &q, own, 1);
}

static void is(hs_str text, hs_range range, const char *expected) {
    hs_str got = hs_str_slice(text, range.start, range.end);
    if (!hs_str_eq(got, hs_str_of(expected))) fail_msg("\"%.*s\", not \"%s\"", (int)got.n, got.p, expected);
}

static void one_is(const char *text, const char *source, const char *cue, const char *content) {
    if (setjmp(arena.full)) fail();
    hs_layouts found = layouts_of(text);
    assert_int_equal(found.n, 1);
    is(hs_str_of(text), found.v[0].source, source);
    is(hs_str_of(text), found.v[0].cue, cue);
    assert_int_equal(found.v[0].content.n, 1);
    is(hs_str_of(text), found.v[0].content.v[0], content);
}

static void none_in(const char *text) {
    if (setjmp(arena.full)) fail();
    assert_int_equal(layouts_of(text).n, 0);
}

static void test_signed_quotations(void **state) {
    (void)state;
    one_is("They came.\n\n“We are tired,” – Anna Berg\n\nMore.", "Anna Berg", "–", "“We are tired,”");
    one_is("\"We are tired.\" — Anna Berg, mayor of Tal", "Anna Berg, mayor of Tal", "—", "\"We are tired.\"");
    one_is("\"We are tired.\" -- Anna Berg", "Anna Berg", "--", "\"We are tired.\"");
    one_is("“We are tired. We want to go home.”\n\n— Dr. Anna Berg", "Dr. Anna Berg", "—",
           "“We are tired. We want to go home.”");
}

/* The paragraph begins with the quotation and ends with its name, so a mark's direction and marks within it matter little. */
static void test_signed_quotations_with_odd_marks(void **state) {
    (void)state;
    one_is("”We are tired,” ― Anna Berg", "Anna Berg", "―", "”We are tired,”");
    one_is("“We are tired.”― Anna Berg.", "Anna Berg", "―", "“We are tired.”");
    one_is("“What they call “rest” is none.” – Anna van Berg.", "Anna van Berg", "–",
           "“What they call “rest” is none.”");
    one_is("„Wir sind müde.“ – Anna Berg", "Anna Berg", "–", "„Wir sind müde.“");
    one_is("»Vi er trætte.« – Anna Berg", "Anna Berg", "–", "»Vi er trætte.«");
}

static void test_dashes_that_sign_nothing(void **state) {
    (void)state;
    none_in("“We are tired” — that is how she put it.");
    none_in("“We are tired” — The mayor said so on Monday.");
    none_in("“We are tired,” she said – Anna Berg had not slept.");
    none_in("“We are tired” -Anna Berg");
    none_in("“We are tired.” – He then left.");
    none_in("“We are tired,” she said. “Very.” – Anna Berg");
    none_in("“We are tired, she said – Anna Berg");
    none_in("“We are tired”");
    none_in("“We are tired” –");
}

/* A page that quotes a transcript begins each of its paragraphs with a mark. */
static void test_quoted_talk(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    const char *text = "\"BERG: We saw it.\n\n\"HOLM: When did you see it?\n\n\"BERG: In May.\n\n“HOLM: I see.”";
    hs_layouts found = layouts_of(text);
    assert_int_equal(found.n, 4);
    is(hs_str_of(text), found.v[0].source, "BERG");
    is(hs_str_of(text), found.v[0].content.v[0], "We saw it");
    is(hs_str_of(text), found.v[3].source, "HOLM");
    is(hs_str_of(text), found.v[3].content.v[0], "I see");
}

static void test_talk(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    const char *text = "The talk\n\nThe Post: When did you see it?\n\nAnna Berg: In May.\n\nThe Post: And now?\n\n"
                       "Anna Berg: We go on.\n\nGuest #1: Hm.\n\nMOOR: You heard it.";
    hs_layouts found = layouts_of(text);
    assert_int_equal(found.n, 6);
    is(hs_str_of(text), found.v[1].source, "Anna Berg");
    is(hs_str_of(text), found.v[1].content.v[0], "In May");
    is(hs_str_of(text), found.v[3].content.v[0], "We go on");
    is(hs_str_of(text), found.v[4].source, "Guest #1");
    assert_false(found.v[4].own);
    assert_true(found.v[5].own); /* the page's author */
}

static void test_hosts_speak_for_the_page(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    hs_layouts found =
        layouts_of("ANN HOLT, HOST: Water came to Tal. We asked why.\n\nHOLT: You saw it?\n\nJAN DEM: I did.\n\n"
                   "HOLT: And then?\n\nDEM: We ran.");
    assert_int_equal(found.n, 5);
    static const bool own[] = {true, true, false, true, false};
    for (size_t i = 0; i < 5; i++) assert_int_equal(found.v[i].own, own[i]);
}

static void test_colons_that_are_no_talk(void **state) {
    (void)state;
    none_in("Anna Berg: We never saw the plans.\n\nThe council met.");
    none_in("Read more: Tal floods.\n\nRead more: Dam breaks.\n\nPhoto: A dam.\n\nPhoto: Tal.");
    none_in("Price: Two crowns a day.\n\nTime: From nine to five.\n\nPlace: Tal.\n\nFee: None.\n\nFee: One.\n\nPlace: "
            "Dem.");
    none_in("They want three things: bread, water.\n\nThey want three things: bread, water.");
    none_in("10:30 the train left.\n\n10:40 it came.");
}

static void test_hostile_texts(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    hs_buf text = {0};
    for (int i = 0; i < 3000; i++) hs_buf_add(&arena, &text, HS_STR("A: \n\"\"–\n"));
    hs_quotations q = hs_quotations_of(&arena, hs_buf_str(&text));
    assert_int_equal(hs_layouts_of(&arena, &q, NULL, 0).n, 0);
    none_in("");
    none_in("\n \n:");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_signed_quotations, setup, teardown),
        cmocka_unit_test_setup_teardown(test_signed_quotations_with_odd_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quoted_talk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dashes_that_sign_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_talk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hosts_speak_for_the_page, setup, teardown),
        cmocka_unit_test_setup_teardown(test_colons_that_are_no_talk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hostile_texts, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
