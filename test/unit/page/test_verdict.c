/* Tests of the verdict: is there an article at all, and if not, which reason is given. */
#include "reading.h"

#define SENTENCE \
    "The harbour of Skerrin was closed for most of the night after a ferry had lost its rudder, the port said. "
#define PARAGRAPH \
    "<p>" SENTENCE "Two tugs from Brenn reached it at dawn and nobody was hurt, according to the coast guard.</p>"

static void add(hs_buf *html, const char *piece) {
    hs_buf_add(&arena, html, hs_str_of(piece));
}

/* No two of them are copies of each other. */
static void add_paragraph(hs_buf *html, int i) {
    static const char *const WHO[] = {"The owner",     "A pilot", "The harbour master",
                                      "One passenger", "A diver", "The minister"};
    add(html, "<p>");
    add(html, WHO[i]);
    add(html, " said that ");
    add(html, PARAGRAPH + 3);
}

static void add_teasers(hs_buf *html, int n) {
    for (int i = 0; i < n; i++)
        add(html, "<div class=teaser><h3><a href=/news/ferry>Ferry loses its rudder off the coast of Skerrin</a></h3>"
                  "<time>19 November</time><p>Two tugs reached the ship at dawn, the port said.</p>"
                  "<a href=/news/ferry>Read more</a></div>");
}

static void a_section_front_is_a_list(void **state) {
    (void)state;
    hs_buf html = {0};
    add(&html, "<html><head><title>Shipping | The Harbour Post</title><link rel=canonical "
               "href=https://harbourpost.example/section/shipping></head><body class='archive "
               "category'><main><h1>Shipping</h1>");
    add_teasers(&html, 20);
    add(&html, "</main></body></html>");
    hs_record r = read_page(hs_buf_str(&html));
    assert_int_equal(r.text.n, 0);
    assert_false(r.has_title);
    assert_str(r.title, "Shipping");
    assert_true(r.why.n > 0);
}

static void goods_are_a_list(void **state) {
    (void)state;
    hs_buf html = {0};
    add(&html, "<html><head><title>Anchors</title></head><body><main><h1>Anchors</h1><p>" SENTENCE
               "Our anchors hold in sand, mud and rock, and all of them are sent on the day that you order them.</p>"
               "<button>Sort by</button><button>Filter</button>");
    for (int i = 0; i < 24; i++)
        add(&html, "<div class=item><a href=/p/1>Anchor of galvanised steel</a><span class=price>$19.90</span>"
                   "<button>Add to cart</button></div>");
    add(&html, "</main></body></html>");
    hs_record r = read_page(hs_buf_str(&html));
    assert_int_equal(r.text.n, 0);
    assert_str(r.why, "the page is a list of goods or offers");
}

static void an_article_among_teasers_stays(void **state) {
    (void)state;
    hs_buf html = {0};
    add(&html, "<html><head><title>Ferry loses its rudder off the coast of Skerrin | The Harbour Post</title>"
               "<meta property=og:type content=article><link rel=canonical "
               "href=https://harbourpost.example/news/ferry-loses-its-rudder-off-the-coast></head>"
               "<body><main><article><h1>Ferry loses its rudder off the coast of Skerrin</h1><time "
               "datetime=2031-11-19>19 November 2031</time>");
    for (int i = 0; i < 6; i++) add_paragraph(&html, i);
    add(&html, "</article><div class=latest><h2>Latest</h2>");
    add_teasers(&html, 40);
    add(&html, "</div></main></body></html>");
    hs_record r = read_page(hs_buf_str(&html));
    assert_null(r.why.p);
    assert_true(r.text.n > 6 * sizeof PARAGRAPH / 2);
}

static void a_story_with_many_comments_stays(void **state) {
    (void)state;
    hs_buf html = {0};
    add(&html,
        "<html><head><title>Ferry loses its rudder</title></head><body><article><h1>Ferry loses its rudder</h1>"
        "<div class=date>19 November 2031</div>" PARAGRAPH PARAGRAPH "</article><div id=comments class=comments>");
    for (int i = 0; i < 60; i++)
        add(&html,
            "<div class=comment><span class=author><a href=/u/1>A seaman of Brenn</a></span><p>I was on board of "
            "it, and it was a long night for us all, I can tell you.</p><a href=#>Reply</a></div>");
    add(&html, "</div></body></html>");
    hs_record r = read_page(hs_buf_str(&html));
    assert_null(r.why.p);
    assert_int_equal(r.n_comments, 60);
}

static void a_bare_text_in_a_page_stays(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR("<html><body><p>" SENTENCE "</p></body></html>"));
    assert_null(r.why.p);
}

static void walls_say_what_they_want(void **state) {
    (void)state;
    static const struct {
        const char *page, *why;
    } CASES[] = {
        {"<html><body><h1>Hello</h1><form><input name=u><input type=password "
         "name=p><button>Go</button></form></body></html>",
         "the page asks for a login or a subscription"},
        {"<html><body><h1>Ferry</h1><p>Subscribe to continue reading this story and all others.</p></body></html>",
         "the page asks for a login or a subscription"},
        {"<html><body><h1>Ferry</h1><p>We use cookies and like means to show you what you may want to "
         "see.</p></body></html>",
         "the page shows only its question about cookies"},
        {"<html><body><h1>404</h1><p>Sorry, the page was not found. It may have moved, or it never was "
         "here.</p></body></html>",
         "the page says that it was not found"},
        {"<html><body><div id=root></div></body></html>", "the page holds no article text"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        hs_record r = read_page(hs_str_of(CASES[i].page));
        assert_int_equal(r.text.n, 0);
        assert_str(r.why, CASES[i].why);
    }
}

static void a_huge_list_is_read_in_linear_time(void **state) {
    (void)state;
    hs_buf html = {0};
    add(&html, "<html><body><main><h1>News</h1>");
    add_teasers(&html, 40000);
    add(&html, "</main></body></html>");
    assert_true(read_page(hs_buf_str(&html)).why.n > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_section_front_is_a_list),          TEST(goods_are_a_list),
        TEST(an_article_among_teasers_stays),     TEST(a_story_with_many_comments_stays),
        TEST(a_bare_text_in_a_page_stays),        TEST(walls_say_what_they_want),
        TEST(a_huge_list_is_read_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
