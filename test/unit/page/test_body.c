/* Tests of what readers miss most in extracted articles: words glued together, text doubled or lost, lists and tables gone, articles
 * cut at the first odd container. All pages are invented. */
#include "reading.h"

#define P1                                                                                                         \
    "The ferry line between Vestry and the islands will close for six weeks from the first of March, the harbour " \
    "board said on Monday."
#define P2                                                                                                             \
    "Engineers found cracks in the southern pier during a routine inspection in January, and the board does not want " \
    "to wait until summer."
#define P3                                                                                                    \
    "\xE2\x80\x9CNobody is in danger today,\xE2\x80\x9D said Marit Olsen, who chairs the board, \xE2\x80\x9C" \
    "but a pier that moves is a pier that has to be mended.\xE2\x80\x9D"
#define P4                                                                                                          \
    "Islanders have asked for a replacement boat, which the state ministry of transport has promised to look into " \
    "before the end of the week."
#define P5                                                                                                      \
    "The work is expected to cost four million crowns, half of which the insurers have already agreed to pay, " \
    "according to the board."
#define HEAD                                                                                         \
    "<!doctype html><html lang=en><head><title>Ferry line closes for six weeks</title></head><body>" \
    "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/sport>Sport</a></ul></nav>"
#define FOOT "<footer><p>\xC2\xA9 2031 The Vestry Post. All rights reserved.</p></footer></body></html>"
#define TITLE "Ferry line closes for six weeks"

static bool holds(hs_str text, const char *piece) {
    return hs_str_find(text, hs_str_of(piece)) != HS_NONE;
}

static void words_are_not_glued(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR(HEAD "<main><article><h1>" TITLE "</h1><p>" P1 "</p><p>" P2 "<br>" P3 "</p><p><span class=lead>" P4
                    "</span><span>" P5
                    "</span></p><p>The Mc<b>Allister</b> yard on <i>S</i>and Street will do the work, as it did in "
                    "the year 2019 and in the year 2024.</p></article></main>" FOOT));
    assert_true(holds(r.text, P2 "\n\n" P3));
    assert_true(holds(r.text, P4 " " P5));
    assert_true(holds(r.text, "The McAllister yard on Sand Street"));
}

static void a_copy_for_small_screens_is_not_taken(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(HEAD "<main><article><h1>" TITLE "</h1><div class=wide><p>" P1 "</p><p>" P2
                                        "</p><p>" P3 "</p><p>" P4 "</p></div><div class=narrow><p>" P1 "</p><p>" P2
                                        "</p><p>" P3 "</p><p>" P4 "</p></div></article></main>" FOOT));
    assert_str(r.text, TITLE "\n\n" P1 "\n\n" P2 "\n\n" P3 "\n\n" P4);
}

static void a_noscript_copy_is_not_taken(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(HEAD "<main><article><h1>" TITLE "</h1><p>" P1 "</p><noscript><p>" P1
                                        "</p></noscript><p>" P2 "</p><p>" P3 "</p></article></main>" FOOT));
    assert_str(r.text, TITLE "\n\n" P1 "\n\n" P2 "\n\n" P3);
}

static void an_article_in_pieces_is_read_whole(void **state) {
    (void)state;
    hs_record r =
        read_page(HS_STR(HEAD "<main><h1>" TITLE "</h1><div class=story-part><p>" P1 "</p><p>" P2
                              "</p></div><div class=ad-slot><p>Advertisement</p></div>"
                              "<div class=story-part><p>" P3
                              "</p></div><section class=newsletter-signup><p>Sign up for our newsletter</p></section>"
                              "<div class=story-part><p>" P4 "</p><p>" P5 "</p></div></main>" FOOT));
    assert_str(r.text, TITLE "\n\n" P1 "\n\n" P2 "\n\n" P3 "\n\n" P4 "\n\n" P5);
}

static void lists_quotes_headings_and_tables_stay_in_order(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(
        HEAD
        "<main><article><h1>" TITLE "</h1><p>" P1 "</p><h2>What the board has decided</h2><p>" P2
        "</p><ul><li>No ferry carries cars from the first of March.</li><li>Foot passengers go from the north pier, "
        "twice a day.</li><li>The post is carried by the pilot boat.</li></ul><blockquote><p>" P3
        "</p></blockquote><h2>What it costs</h2><p>" P5 "</p><table><tr><th>Part of the work</th><th>Crowns</th></tr>"
        "<tr><td>Piles and decking</td><td>2,600,000</td></tr><tr><td>Divers and engineers</td><td>1,400,000</td></tr>"
        "</table><p>" P4 "</p></article></main>" FOOT));
    static const char *const ORDER[] = {P1,
                                        "What the board has decided",
                                        P2,
                                        "No ferry carries cars from the first of March.",
                                        "Foot passengers go from the north pier, twice a day.",
                                        "The post is carried by the pilot boat.",
                                        P3,
                                        "What it costs",
                                        P5,
                                        "Piles and decking",
                                        "1,400,000",
                                        P4};
    size_t at = 0;
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        size_t found = hs_str_find(hs_str_slice(r.text, at, r.text.n), hs_str_of(ORDER[i]));
        if (found == HS_NONE) print_error("lost: %s\n", ORDER[i]);
        assert_true(found != HS_NONE);
        at += found + strlen(ORDER[i]);
    }
}

static void what_follows_an_article_is_left_out(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(
        HEAD
        "<main><article><h1>" TITLE "</h1><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><p>" P4 "</p><p>" P5
        "</p><p>Read more: <a href=/pier>The pier that moves</a></p><div class=tags><a href=/t/ferry>Ferry</a> <a "
        "href=/t/islands>Islands</a></div><div class=share><a href=/s1>Share</a> <a href=/s2>Tweet</a></div></article>"
        "<section class=comments><h2>Comments</h2><div class=comment><p>I have taken this ferry for thirty years and I "
        "have "
        "never seen anybody look at that pier.</p></div></section>"
        "<section class=related><h2>Related articles</h2><ul><li><a href=/1>Bridge opens after nine "
        "years</a></li><li><a "
        "href=/2>Fish market strike enters its third week</a></li></ul></section></main>" FOOT));
    assert_str(r.text, TITLE "\n\n" P1 "\n\n" P2 "\n\n" P3 "\n\n" P4 "\n\n" P5);
}

static void cookie_text_is_not_the_article(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(HEAD "<div id=cookie-consent><p>We use cookies and similar techniques to show you "
                                        "pages, to count our readers and to earn "
                                        "money with advertising. You can change your mind at any time on our page "
                                        "about privacy.</p></div><main><article><h1>" TITLE "</h1><p>" P1 "</p><p>" P2
                                        "</p><p>" P3 "</p></article></main>" FOOT));
    assert_str(r.text, TITLE "\n\n" P1 "\n\n" P2 "\n\n" P3);
}

static void many_blocks_take_time_in_proportion(void **state) {
    (void)state;
    hs_buf html = {0};
    hs_buf_add(&arena, &html, HS_STR(HEAD "<main>"));
    for (int i = 0; i < 100000; i++)
        hs_buf_add(&arena, &html, i % 2 ? HS_STR("<p>A line with <a href=/x>a link</a>.</p>") : HS_STR("<li>An item"));
    hs_buf_add(&arena, &html, HS_STR("<p>" P1 "</p></main>" FOOT));
    hs_record record = {0};
    assert_int_equal(hs_page_read(&record, &arena, &arena, &(hs_page){.bytes = html.v, .n = html.n}, NULL), HS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(words_are_not_glued),
        TEST(a_copy_for_small_screens_is_not_taken),
        TEST(a_noscript_copy_is_not_taken),
        TEST(an_article_in_pieces_is_read_whole),
        TEST(lists_quotes_headings_and_tables_stay_in_order),
        TEST(what_follows_an_article_is_left_out),
        TEST(cookie_text_is_not_the_article),
        TEST(many_blocks_take_time_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
