/* Quotations: pairing of marks, manner, and contents that take in their marks or run on over paragraphs. */
#include "claims/quotation.h"

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

/* Where `part` stands in `text`. */
static hs_range at(const char *text, const char *part) {
    size_t start = hs_str_find(hs_str_of(text), hs_str_of(part));
    assert_true(start != HS_NONE);
    return (hs_range){start, start + hs_str_of(part).n};
}

static hs_ranges one(hs_range range) {
    hs_ranges out = {0};
    HS_PUSH(&arena, out, range);
    return out;
}

static void manner_is(const char *text, const char *cue, const char *content, hs_manner expected) {
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    hs_ranges c = one(at(text, content));
    assert_int_equal(hs_quotation_manner(&q, at(text, cue), &c), expected);
}

static void test_manner(void **state) {
    (void)state;
    manner_is("\"We sail at dawn,\" she said.", "said", "\"We sail at dawn,\"", HS_MANNER_DIRECT);
    manner_is("She said the plan was \"a gift\" to them.", "said", "the plan was \"a gift\" to them", HS_MANNER_MIXED);
    manner_is("She said they would sail.", "said", "they would sail", HS_MANNER_INDIRECT);
    manner_is("She called it ‘a gift’.", "called", "‘a gift’", HS_MANNER_DIRECT);
}

/* Inside somebody else's quotation a claim is indirect unless it has marks of its own. */
static void test_manner_inside_a_quotation(void **state) {
    (void)state;
    manner_is("“He told us that the ship left,” she said.", "told", "that the ship left", HS_MANNER_INDIRECT);
    manner_is("“He told us ‘the ship left’ and went,” she said.", "told", "‘the ship left’", HS_MANNER_DIRECT);
}

static void fitted_is(const char *text, const char *content, const char *expected) {
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    hs_ranges c = one(at(text, content));
    hs_quotation_fit(&arena, &q, &c, hs_str_of(text).n);
    assert_int_equal(c.n, 1);
    hs_str got = hs_str_slice(hs_str_of(text), c.v[0].start, c.v[0].end);
    assert_true(hs_str_eq(got, hs_str_of(expected)));
}

static void test_marks_are_taken_in(void **state) {
    (void)state;
    fitted_is("“We sail at dawn,” she said.", "We sail at dawn,", "“We sail at dawn,”");
    fitted_is("“We sail at dawn,” she said.", "“We sail at dawn", "“We sail at dawn,”");
    fitted_is("She called it \"a gift\" twice.", "a gift", "\"a gift\"");
    fitted_is("She called it a \"fine gift\" twice.", "a \"fine gift", "a \"fine gift\"");
    fitted_is("“We sail,” she said, “at dawn.”", "We sail", "“We sail,”");
    fitted_is("She said “we sail at dawn or not at all” twice.", "sail at dawn", "sail at dawn");
}

static void whole_is(const char *text, const char *cue, const char *span, const char *expected) {
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    hs_range got = hs_quotation_whole(&q, at(text, cue), at(text, span));
    assert_str(hs_str_slice(hs_str_of(text), got.start, got.end), hs_str_of(expected));
}

static void test_whoever_says_the_beginning_says_the_rest(void **state) {
    (void)state;
    whole_is("She said: “We sail. The tide is right.” Then she left.", "said", "“We sail.",
             "“We sail. The tide is right.”");
    whole_is("“We sail. The tide is right,” she said.", "said", "The tide is right,”", "“We sail. The tide is right,”");
    whole_is("She said that “we sail. The tide is right.”", "said", "that “we sail",
             "that “we sail. The tide is right.”");
}

static void test_a_quotation_that_somebody_else_began_stays_theirs(void **state) {
    (void)state;
    /* The cue stands in the quotation: what it quotes is a part of that. */
    whole_is("“He told me that we sail. The tide is right,” she said.", "told me", "that we sail", "that we sail");
    whole_is("“We sail, he told me, at dawn,” she said.", "told me", "at dawn,”", "at dawn,”");
    whole_is("The “old harbour is shut, she said. The tide is right.", "said", "The “old harbour is shut",
             "The “old harbour is shut");
}

static void trimmed_is(const char *text, const char *span, const char *expected) {
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    hs_ranges spans = one(at(text, span));
    hs_quotation_trim(&q, &spans);
    assert_str(hs_str_slice(hs_str_of(text), spans.v[0].start, spans.v[0].end), hs_str_of(expected));
}

static void test_edges_are_trimmed(void **state) {
    (void)state;
    trimmed_is("Its lawyer, Paul Greve, said so.", "Its lawyer, Paul Greve,", "Its lawyer, Paul Greve");
    trimmed_is("He said – twice – that it sank.", "– twice –", "twice");
    trimmed_is("“We sail,” she said.", "“We sail,”", "“We sail,”");
    trimmed_is("“We sail, you stay,” she said.", "We sail,", "We sail,");
    trimmed_is("a , b", ",", ",");
}

static const char running[] =
    "“The sea was high,” she said. “We waited.\n\n“Then it fell.\n\n“We sailed.” The harbour is shut.";

static void test_running_quotation(void **state) {
    (void)state;
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(running));
    hs_ranges c = one(at(running, "“We waited."));
    hs_quotation_fit(&arena, &q, &c, sizeof running - 1);
    assert_int_equal(c.n, 3);
    hs_range second = at(running, "“Then it fell."), third = at(running, "“We sailed.”");
    assert_int_equal(c.v[1].start, second.start);
    assert_int_equal(c.v[1].end, second.end);
    assert_int_equal(c.v[2].start, third.start);
    assert_int_equal(c.v[2].end, third.end);
}

/* Where something else begins in the next paragraph, the quotation is that one's. */
static void test_running_quotation_stops_at_the_limit(void **state) {
    (void)state;
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(running));
    hs_ranges c = one(at(running, "“We waited."));
    hs_quotation_fit(&arena, &q, &c, at(running, "“We sailed.”").start);
    assert_int_equal(c.n, 2);
}

static void test_stray_marks_change_nothing(void **state) {
    (void)state;
    const char *text = "The 6\" pipe burst, she said.\n\n“It was old,” he said. And ” then.";
    hs_quotations q = hs_quotations_of(&arena, hs_str_of(text));
    assert_int_equal(q.level[0].n, 1);
    assert_false(q.level[0].v[0].runs_on);
    assert_int_equal(q.level[0].v[0].open, at(text, "“").start);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_manner, setup, teardown),
        cmocka_unit_test_setup_teardown(test_manner_inside_a_quotation, setup, teardown),
        cmocka_unit_test_setup_teardown(test_marks_are_taken_in, setup, teardown),
        cmocka_unit_test_setup_teardown(test_whoever_says_the_beginning_says_the_rest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_quotation_that_somebody_else_began_stays_theirs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_edges_are_trimmed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_running_quotation, setup, teardown),
        cmocka_unit_test_setup_teardown(test_running_quotation_stops_at_the_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stray_marks_change_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
