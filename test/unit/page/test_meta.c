/* Tests of what the head of a page says: JSON-LD, <meta>, outlet and address. */
#include "reading.h"

#define BODY \
    "<body><p>The bridge over the river opened on Monday after nine years of work, the council said.</p></body>"

static void json_ld_follows_references(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<html><head><script type=application/ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"A "
               "&amp; B\",\"author\":{\"@id\":\"#p\"},"
               "\"datePublished\":\"2019-11-19T10:00:00+00:00\",\"publisher\":{\"name\":\"The Aller "
               "Post\"}},{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Jane Roe\"}]}</script></head>" BODY));
    assert_str(r.title, "A & B");
    assert_str(r.authors[0], "Jane Roe");
    assert_str(r.published, "2019-11-19T10:00:00+00:00");
    assert_str(r.outlet, "The Aller Post");
}

static void broken_json_ld_still_says_something(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge "
               "opens\",\"datePublished\":\"2019-11-19\",,]</script></head>" BODY));
    assert_str(r.title, "Bridge opens");
    assert_str(r.published, "2019-11-19");
    r = read_page(HS_STR("<html><head><script "
                         "type='application/ld+json'>/*<![CDATA[*/"
                         "{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\nopens\",}/*]]>*/;</script></head>" BODY));
    assert_str(r.title, "Bridge opens");
}

static void a_title_loses_its_site(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR("<html><head><title>x</title><meta property=og:title content='Bridge opens - The "
                                   "Aller Post'><meta property=og:site_name content='The Aller Post'>"
                                   "<link rel=canonical href=https://www.aller.example/bridge></head>" BODY));
    assert_str(r.title, "Bridge opens");
    assert_str(r.outlet, "The Aller Post");
    assert_str(r.url, "https://www.aller.example/bridge");
}

static void published_goes_before_modified(void **state) {
    (void)state;
    hs_record r = read_page(HS_STR("<html><head><meta property=article:modified_time content=2020-01-01><meta "
                                   "property=article:published_time content=2019-11-19></head>" BODY));
    assert_str(r.published, "2019-11-19");
    assert_null(read_page(HS_STR("<html>" BODY)).published.p);
}

static void deep_json_is_survived(void **state) {
    (void)state;
    hs_buf html = {0};
    hs_buf_add(&arena, &html, HS_STR("<html><head><script type=application/ld+json>"));
    for (int i = 0; i < 100000; i++) hs_buf_add(&arena, &html, HS_STR("{\"@graph\":["));
    hs_buf_add(&arena, &html, HS_STR("</script></head>" BODY));
    assert_true(read_page(hs_buf_str(&html)).text.n > 0);
}

/* A page whose only script is this JSON-LD. */
static hs_record read_with(const char *json, const char *body) {
    hs_buf html = {0};
    hs_buf_add(&arena, &html,
               HS_STR("<html lang=en><head><title>Bridge opens</title>"
                      "<link rel=canonical href='https://www.aller.example/2019/bridge'>"
                      "<script type='application/ld+json'>"));
    hs_buf_add(&arena, &html, hs_str_of(json));
    hs_buf_add(&arena, &html, HS_STR("</script></head>"));
    hs_buf_add(&arena, &html, hs_str_of(body));
    return read_page(hs_buf_str(&html));
}

static void json_ld_of_other_pages_is_passed_over(void **state) {
    (void)state;
    hs_record r = read_with(
        "[{\"@type\":\"NewsArticle\",\"headline\":\"Ferry sold\",\"url\":\"https://www.aller.example/2018/ferry\","
        "\"datePublished\":\"2018-02-01\",\"author\":{\"@type\":\"Person\",\"name\":\"John Doe\"}},"
        "{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"url\":\"https://www.aller.example/2019/bridge\","
        "\"datePublished\":\"2019-11-19\",\"author\":[{\"@type\":\"Person\",\"name\":\"Jane Roe\"}]}]",
        BODY);
    assert_str(r.published, "2019-11-19");
    assert_int_equal(r.n_authors, 1);
    assert_str(r.authors[0], "Jane Roe");
}

static void json_ld_forgives_what_pages_get_wrong(void **state) {
    (void)state;
    static const char *const BROKEN[] = {
        /* several values in a row */
        "{\"@type\":\"WebSite\",\"name\":\"The Aller Post\"}{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\","
        "\"datePublished\":\"2019-11-19\"}",
        /* quotation marks and line ends in strings */
        "{\"@type\":\"NewsArticle\",\"description\":\"the \"new\"\nbridge\",\"datePublished\":\"2019-11-19\"}",
        /* cut off */
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-11-19\",\"articleBody\":\"The bri",
        /* comments, surplus commas, a missing one */
        "<!-- /* x */ {\"@type\":\"NewsArticle\",,\"headline\":\"Bridge opens\" \"datePublished\":\"2019-11-19\",} -->",
        /* as an escaped text */
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2019-11-19&quot;}",
    };
    for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++)
        assert_str(read_with(BROKEN[i], BODY).published, "2019-11-19");
}

static void a_page_object_dates_no_article(void **state) {
    (void)state;
    assert_null(
        read_with("{\"@type\":\"WebPage\",\"name\":\"Bridges\",\"datePublished\":\"2009-11-19\"}", BODY).published.p);
}

static void a_card_names_its_author_only_where_it_says_so(void **state) {
    (void)state;
    hs_record r =
        read_page(HS_STR("<html><head><meta name=twitter:label1 content='Written by'><meta name=twitter:data1 "
                         "content='Jane Roe'></head>" BODY));
    assert_str(r.authors[0], "Jane Roe");
    r = read_page(HS_STR("<html><head><meta name=twitter:label1 content='Time to read'><meta name=twitter:data1 "
                         "content='4 minutes'></head>" BODY));
    assert_int_equal(r.n_authors, 0);
}

static void the_outlet_is_the_name_stated_or_the_domain(void **state) {
    (void)state;
    hs_record r =
        read_page(HS_STR("<html><head><link rel=canonical href=https://WWW.News.Aller.co.uk:8080/a?b></head>" BODY));
    assert_str(r.outlet, "aller.co.uk");
    r = read_page(HS_STR("<html><head><meta name=application-name content='Aller'><meta property=og:site_name "
                         "content='The Aller Post'></head>" BODY));
    assert_str(r.outlet, "The Aller Post");
    r = read_page(HS_STR("<html><head><link rel=canonical href=http://127.0.0.1/a></head>" BODY));
    assert_str(r.outlet, "127.0.0.1");
    r = read_page(HS_STR("<html><head><title>Bridges | The Aller Diary</title></head><body><h1><a href=/>The Aller "
                         "Diary</a></h1><h2>Bridges</h2><p>Text."));
    assert_str(r.outlet, "The Aller Diary");
    assert_null(read_page(HS_STR("<html>" BODY)).outlet.p);
}

static void control_characters_in_json_do_no_harm(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<html><head><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"\x01\","
               "\"author\":{\"name\":\"\x01 Jane  Roe\x02\"}}</script></head>" BODY));
    assert_int_equal(r.n_authors, 1);
    assert_str(r.authors[0], "Jane Roe");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(json_ld_follows_references),
        TEST(control_characters_in_json_do_no_harm),
        TEST(broken_json_ld_still_says_something),
        TEST(a_title_loses_its_site),
        TEST(published_goes_before_modified),
        TEST(deep_json_is_survived),
        TEST(json_ld_of_other_pages_is_passed_over),
        TEST(json_ld_forgives_what_pages_get_wrong),
        TEST(a_page_object_dates_no_article),
        TEST(a_card_names_its_author_only_where_it_says_so),
        TEST(the_outlet_is_the_name_stated_or_the_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
