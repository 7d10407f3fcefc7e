/* Tests of titles, authors, dates, outlet and address. */
#include "page/article.h"
#include "page/dates.h"
#include "reading.h"

#define BODY \
    "<body><p>The bridge over the river opened on Monday after nine years of work, the council said.</p></body>"

static void dates_are_read_as_pages_write_them(void **state) {
    (void)state;
    static const struct {
        const char *text, *iso;
    } CASES[] = {
        {"2019-11-19", "2019-11-19"},
        {"2019-11-19T08:30:00Z", "2019-11-19T08:30:00Z"},
        {"2019-11-19 08:30:00 +0100", "2019-11-19"},
        {"Published 19 November 2019", "2019-11-19"},
        {"Nov. 19th, 2019, 8 a.m.", "2019-11-19"},
        {"19.11.2019", "2019-11-19"},
        {"11/19/2019", "2019-11-19"},
        {"19/11/2019", "2019-11-19"},
        {"19. M\xC3\xA4rz 2019", "2019-03-19"},
        {"19 de noviembre de 2019", "2019-11-19"},
        {"Tue, 19 Nov 2019 10:00:00 GMT", "2019-11-19"},
        {"2019\xE5\xB9\xB4"
         "11\xE6\x9C\x88"
         "19\xE6\x97\xA5",
         "2019-11-19"},
        {"20191119", "2019-11-19"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(hs_date_find(&arena, hs_str_of(CASES[i].text), NULL, NULL), CASES[i].iso);
    static const char *const NONE_AT_ALL[] = {"2019-13-19",    "31.02.", "market 19, 2019", "1234567890", "0000-00-00",
                                              "version 1.2.3", ""};
    for (size_t i = 0; i < sizeof NONE_AT_ALL / sizeof *NONE_AT_ALL; i++)
        assert_null(hs_date_find(&arena, hs_str_of(NONE_AT_ALL[i]), NULL, NULL).p);
    assert_str(hs_date_of_url(&arena, HS_STR("https://a.example/2019/11/19/bridge")), "2019-11-19");
}

static void authors_are_parted_and_cleaned(void **state) {
    (void)state;
    static const struct {
        const char *said;
        size_t n;
        const char *first;
    } CASES[] = {
        {"By Jane Roe and John Doe", 2, "Jane Roe"},
        {"Jane Roe | The Aller Post", 1, "Jane Roe"},
        {"Jane Roe (AP)", 1, "Jane Roe"},
        {"Staff Writer", 0, NULL},
        {"jane@example.org", 0, NULL},
        {"https://example.org/jane", 0, NULL},
        {"The Aller Post", 0, NULL},
        {"Anna van der Berg", 1, "Anna van der Berg"},
        {"Read more", 0, NULL},
        {"", 0, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        hs_strs out = {0};
        ;
        assert_int_equal(out.n, CASES[i].n);
        if (out.n) assert_str(out.v[0], CASES[i].first);
    }
}

static void json_ld_follows_references(void **state) {
    (void)state;
    hs_record r = read_page(
        HS_STR("<html><head><script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"A "
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

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(dates_are_read_as_pages_write_them),
        TEST(authors_are_parted_and_cleaned),
        TEST(json_ld_follows_references),
        TEST(broken_json_ld_still_says_something),
        TEST(a_title_loses_its_site),
        TEST(published_goes_before_modified),
        TEST(deep_json_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
