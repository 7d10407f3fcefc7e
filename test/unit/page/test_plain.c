/* Tests of plain text and of text with stray markup. */
#include "reading.h"

static void stray_markup_codes_and_a_form_leave_the_text(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR("Mayor opens bridge, council says\n\n<p style=\"text-align: left;\">The bridge over "
                                   "the Aller is open, a council member has said.\n\n"
                                   "&ldquo;It took nine years,&rdquo; she told Radio Nord, whose reporters were "
                                   "there.\n\nReporter&rsquo;s code: 4711\n\nNews Code 2002\n\n"
                                   "Your Comment\n\nYou are replying to: .\ncaptcha"));
    assert_str(r.text,
               "Mayor opens bridge, council says\n\nThe bridge over the Aller is open, a council member has said.\n\n"
               "\xE2\x80\x9CIt took nine years,\xE2\x80\x9D she told Radio Nord, whose reporters were there.");
    assert_str(r.title, "Mayor opens bridge, council says");
    assert_true(r.has_title);
    assert_int_equal(r.n_codes, 2);
    assert_str(r.codes[0].key, "news");
    assert_str(r.codes[0].value, "2002");
    assert_str(r.codes[1].key, "reporter");
    assert_str(r.codes[1].value, "4711");
    assert_str(r.language, "en");
}

static void clean_text_stays_as_it_is(void **state) {
    (void)state;
    static const char TEXT[] =
        "A headline that ends in a period.\n\n\xE2\x80\x9CWe will see,\xE2\x80\x9D he said. 'Maybe' it is < 5, or "
        "\"not\".\n\nWrite to <someone@example.org> now & then.\n\nLast words";
    assert_str(read_page(hs_str_of(TEXT)).text, TEXT);
}

static void wrapped_lines_are_joined_and_interview_lines_are_not(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR("The council of the town met on Monday evening to talk about\nthe bridge, which has "
                                   "been closed since the flood in the last\nspring, and about the money for it.\n\n"
                                   "Anna: When will it open?\nBert: In May.\nAnna: Sure?"));
    assert_str(r.text, "The council of the town met on Monday evening to talk about the bridge, which has been closed "
                       "since the flood in the last spring, and about the money for it.\n\n"
                       "Anna: When will it open?\n\nBert: In May.\n\nAnna: Sure?");
    assert_false(r.has_title);
}

static void carriage_returns_end_lines(void **state) {
    (void)state;
    assert_str(read_page(HS_STR("Title\r\n\r\nFirst sentence here.\r\rSecond one.")).text,
               "Title\n\nFirst sentence here.\n\nSecond one.");
}

static void one_long_line_is_read(void **state) {
    (void)state;
    hs_buf text = {0};
    while (text.n < 4 << 20) hs_buf_add(&arena, &text, HS_STR("One more sentence on the same line. "));
    hs_record r = read_page(hs_buf_str(&text));
    assert_int_equal(r.text.n, text.n - 1);
    assert_false(r.has_title);
}

static void many_open_tags_are_read_in_linear_time(void **state) {
    (void)state;
    hs_buf text = {0};
    for (int i = 0; i < 200000; i++) hs_buf_add(&arena, &text, HS_STR("<p "));
    assert_true(read_page(hs_buf_str(&text)).text.n > 0);
}

static void a_byline_leaves_the_text_and_a_date_stays(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(
        "Generator on its way\n\nBy Kari Moe and Bo Lind, Island Radio\n\n14 March 2031\n\nThe navy will land it by "
        "Saturday, the mayor announced.\n\nNews ID: 4711\n\nKM/bl\n\n###"));
    assert_str(r.text,
               "Generator on its way\n\n14 March 2031\n\nThe navy will land it by Saturday, the mayor announced.");
    assert_int_equal(r.n_authors, 2);
    assert_str(r.authors[0], "Kari Moe");
    assert_str(r.authors[1], "Bo Lind");
    assert_str(r.outlet, "Island Radio");
    assert_str(r.published, "2031-03-14");
    assert_str(r.codes[0].value, "4711");
    hs_record agency = read_page(
        HS_STR("Generator on its way\n\nBy Kari Moe, Associated Press\n\nThe navy will land it by Saturday."));
    assert_str(agency.credit, "AP");
    assert_null(agency.outlet.p);
}

static void a_first_sentence_is_no_byline(void **state) {
    (void)state;
    static const char TEXT[] =
        "Generator on its way\n\nBy Saturday the navy will land it, the mayor announced.\n\nBy the way, it is old.";
    hs_record r = read_page(hs_str_of(TEXT));
    assert_str(r.text, TEXT);
    assert_int_equal(r.n_authors, 0);
}

static void scripts_without_an_end_take_linear_time(void **state) {
    (void)state;
    hs_buf text = {0};
    hs_buf_add(&arena, &text, HS_STR("A line of text before it.\n\n"));
    for (int i = 0; i < 300000; i++) hs_buf_add(&arena, &text, i % 2 ? HS_STR("<script>") : HS_STR("<style>"));
    hs_record r = read_page(hs_buf_str(&text));
    assert_true(r.text.n > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(stray_markup_codes_and_a_form_leave_the_text),
        TEST(clean_text_stays_as_it_is),
        TEST(a_byline_leaves_the_text_and_a_date_stays),
        TEST(a_first_sentence_is_no_byline),
        TEST(wrapped_lines_are_joined_and_interview_lines_are_not),
        TEST(carriage_returns_end_lines),
        TEST(one_long_line_is_read),
        TEST(many_open_tags_are_read_in_linear_time),
        TEST(scripts_without_an_end_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
