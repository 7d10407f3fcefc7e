/* Tests of articles in HTML: what stays, what goes, and what hostile pages do. */
#include "reading.h"

#define LEAD "The bridge over the river opened on Monday after nine years of work, the council said in a statement."
#define MORE                                                                                                        \
    "\xE2\x80\x9CWe have waited long enough,\xE2\x80\x9D said the mayor, who crossed it first, on foot and in the " \
    "rain, with her dog."
#define LAST "A toll of two crowns is to be paid from the spring, which the farmers of the south bank call an outrage."

static void furniture_goes_and_paragraphs_stay(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<!doctype html><html lang=en-GB><head><title>Bridge opens | The Aller "
               "Post</title></head><body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>"
               "<article><h1>Bridge opens</h1><div class=byline>By <a rel=author>Jane Roe</a></div><time "
               "datetime=2019-11-19T10:00:00+01:00>19 November 2019</time>"
               "<div class=share-bar>Share this article on every network that there is in the world, now</div><p>" LEAD
               "</p><figure><img><figcaption>The bridge, seen from the south bank in the morning.</figcaption></figure>"
               "<h2>Who pays</h2><p>" MORE "<br><br>" LAST
               "</p><ul><li>The state pays half of it.<li>The town pays the rest.</ul><h3>Related articles</h3><p><a "
               "href=/x>Another bridge closes for good, says a report</a></p></article>"
               "<footer><p>\xC2\xA9 2019 The Aller Post. All rights reserved.</p></footer></body></html>"));
    assert_str(r.text, "Bridge opens\n\n" LEAD "\n\nWho pays\n\n" MORE "\n\n" LAST
                       "\n\nThe state pays half of it.\n\nThe town pays the rest.");
    assert_str(r.title, "Bridge opens");
    assert_str(r.published, "2019-11-19T10:00:00+01:00");
    assert_int_equal(r.n_authors, 1);
    assert_str(r.authors[0], "Jane Roe");
    assert_str(r.language, "en");
    assert_null(r.why.p);
}

static void comments_are_kept_apart(void **state) {
    (void)state;
    hs_record r =
        read_page(HS_STR("<html><body><article><h1>Bridge opens</h1><p>" LEAD "</p><p>" MORE
                         "</p></article><div id=comments class=comments><h3>Comments</h3><ol>"
                         "<li class=comment><cite class=fn>Ann</cite><time datetime=2019-11-20>x</time><p>I crossed it "
                         "twice, and it is a very good bridge, all in all, I would say.</p>"
                         "<ol><li class=comment><cite class=fn>Bob</cite><p>I have not crossed it yet, but I will do "
                         "so as soon as there is time for it.</p></li></ol></li></ol></div></body></html>"));
    assert_str(r.text, "Bridge opens\n\n" LEAD "\n\n" MORE);
    assert_int_equal(r.n_comments, 2);
    assert_str(r.comments[0].author, "Ann");
    assert_str(r.comments[0].date, "2019-11-20");
    assert_true(r.comments[0].reply_to == HS_NONE);
    assert_str(r.comments[1].author, "Bob");
    assert_int_equal(r.comments[1].reply_to, 0);
}

static void text_that_stands_only_in_json_is_found(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<html><head><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge "
               "opens\",\"articleBody\":\"" LEAD "\\n\\n" LEAD "\\n\\n" LEAD "\\n\\n" LEAD "\\n\\n" LEAD
               "\"}</script></head><body><div id=app></div></body></html>"));
    assert_str(r.text, "Bridge opens\n\n" LEAD "\n\n" LEAD "\n\n" LEAD "\n\n" LEAD "\n\n" LEAD);
}

static void pages_without_an_article_say_why(void **state) {
    (void)state;
    hs_record wall = read_page(HS_STR("<html><body><h1>Welcome back</h1><p>Please log in to your account to continue "
                                      "reading this story.</p></body></html>"));
    assert_int_equal(wall.text.n, 0);
    assert_true(wall.why.n > 0);
    hs_record nothing = read_page(HS_STR("<html><body><div id=root></div></body></html>"));
    assert_int_equal(nothing.text.n, 0);
    assert_true(nothing.why.n > 0);
}

static void hostile_nesting_keeps_the_text(void **state) {
    (void)state;
    static const char *const PIECES[] = {"<div>", "<b>", "<a>", "<table>", "<p>", "<li class=comment>", "<blockquote>"};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        hs_buf html = {0};
        hs_buf_add(&arena, &html, HS_STR("<html><body>"));
        for (int k = 0; k < 20000; k++) hs_buf_add(&arena, &html, hs_str_of(PIECES[i]));
        hs_buf_add(&arena, &html, HS_STR("<p>" LEAD "</p>"));
        hs_record record = {0};
        assert_int_equal(
            hs_page_read(&record, &arena, &arena, &(hs_page){.name = "page", .bytes = html.v, .n = html.n}, NULL),
            HS_OK);
    }
}

static void a_full_arena_is_survived_anywhere(void **state) {
    (void)state;
    static const char PAGE[] =
        "<html><head><script "
        "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\",\"author\":[{\"name\":\"Jane "
        "Roe\"}],\"datePublished\":\"2019-11-19\"}</script></head>"
        "<body><article><h1>Bridge</h1><p>" LEAD "</p><p>" MORE "</p></article></body></html>";
    for (volatile size_t n = 1; n < 1200; n++) {
        hs_arena small;
        hs_record record = {0};
        hs_arena_init(&small, 64 << 20);
        small.fail_after = n;
        if (!setjmp(small.full))
            hs_page_read(&record, &small, &small, &(hs_page){.name = "page", .bytes = PAGE, .n = strlen(PAGE)}, NULL);
        hs_arena_free(&small);
    }
}

static void the_end_of_an_article_is_no_text(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR(
        "<html><body><p>Story code: 31-AB7</p><h1>Bridge opens</h1><p>" LEAD "</p><p>" MORE "</p><p>" LAST
        "</p><p>(Reporting by Jane Roe in Aller; Editing by Bo Lind)</p><p>Contact the newsroom: news@post.example</p>"
        "<p>JR/bl</p><p>News Code 4711</p><p>Phone number 5550100</p></body></html>"));
    assert_str(r.text, "Bridge opens\n\n" LEAD "\n\n" MORE "\n\n" LAST);
    assert_int_equal(r.n_authors, 1);
    assert_str(r.authors[0], "Jane Roe");
    assert_true(r.n_codes >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(furniture_goes_and_paragraphs_stay),     TEST(comments_are_kept_apart),
        TEST(text_that_stands_only_in_json_is_found), TEST(pages_without_an_article_say_why),
        TEST(hostile_nesting_keeps_the_text),         TEST(the_end_of_an_article_is_no_text),
        TEST(a_full_arena_is_survived_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
