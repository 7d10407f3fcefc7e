/* Tests of dates in texts and of the date that a page is given. */
#include "page/date_words.h"
#include "page/dates.h"
#include "reading.h"

static void dates_are_read_as_pages_write_them(void **state) {
    (void)state;
    static const struct {
        const char *text, *iso;
    } CASES[] = {
        {"2019-11-19", "2019-11-19"},
        {"Published 19 November 2019", "2019-11-19"},
        {"Nov. 19th, 2019, 8 a.m.", "2019-11-19"},
        {"19.11.2019", "2019-11-19"},
        {"19.11.19", "2019-11-19"},
        {"11/19/2019", "2019-11-19"},
        {"19/11/2019", "2019-11-19"},
        {"20191119", "2019-11-19"},
        {"19. März 2019", "2019-03-19"},
        {"Dienstag, 1. Jänner 2019", "2019-01-01"},
        {"1er décembre 2019", "2019-12-01"},
        {"19 de noviembre de 2019", "2019-11-19"},
        {"19 de março de 2019", "2019-03-19"},
        {"19 novembre 2019", "2019-11-19"},
        {"19 listopada 2019", "2019-11-19"},
        {"19 ноября 2019 г.", "2019-11-19"},
        {"19 листопада 2019", "2019-11-19"},
        {"19 Kasım 2019", "2019-11-19"},
        {"19 Νοεμβρίου 2019", "2019-11-19"},
        {"19. listopadu 2019", "2019-11-19"},
        {"19. marraskuuta 2019", "2019-11-19"},
        {"2019. november 19.", "2019-11-19"},
        {"19 noiembrie 2019", "2019-11-19"},
        {"19 نوفمبر 2019", "2019-11-19"},
        {"١٩ تشرين الثاني ٢٠١٩", "2019-11-19"},
        {"19 בנובמבר 2019", "2019-11-19"},
        {"19 नवंबर 2019", "2019-11-19"},
        {"19 tháng 11, 2019", "2019-11-19"},
        {"2019年11月19日", "2019-11-19"},
        {"2019년 11월 19일", "2019-11-19"},
        {"2019. 11. 19", "2019-11-19"},
        {"November\u00a019,\u00a02019", "2019-11-19"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(hs_date_find(&arena, hs_str_of(CASES[i].text), NULL, NULL), CASES[i].iso);
    static const char *const NONE_AT_ALL[] = {"2019-13-19",    "31.02.", "market 19, 2019", "1234567890", "0000-00-00",
                                              "version 1.2.3", "",       "19 of 2019",      "1899-11-19", "2119-11-19"};
    for (size_t i = 0; i < sizeof NONE_AT_ALL / sizeof *NONE_AT_ALL; i++)
        assert_null(hs_date_find(&arena, hs_str_of(NONE_AT_ALL[i]), NULL, NULL).p);
    assert_str(hs_date_of_url(&arena, HS_STR("https://a.example/2019/11/19/bridge")), "2019-11-19");
    assert_str(hs_date_of_url(&arena, HS_STR("https://a.example/2019/november/19/bridge")), "2019-11-19");
    assert_null(hs_date_of_url(&arena, HS_STR("https://a.example/2019/bridge-19")).p);
}

static void times_are_kept_with_their_zones(void **state) {
    (void)state;
    static const struct {
        const char *text, *iso;
    } CASES[] = {
        {"2019-11-19T08:30:00Z", "2019-11-19T08:30:00Z"},
        {"2019-11-19T08:30", "2019-11-19"},
        {"2019-11-19T08:30:00.000+01:00", "2019-11-19T08:30:00.000+01:00"},
        {"2019-11-19 08:30:00 +0100", "2019-11-19T08:30:00+01:00"},
        {"2019-11-19T08:30-0500", "2019-11-19T08:30:00-05:00"},
        {"Tue, 19 Nov 2019 10:00:00 GMT", "2019-11-19T10:00:00Z"},
        {"Tue Nov 19 2019 10:00:00 GMT+0100 (CET)", "2019-11-19T10:00:00+01:00"},
        {"Nov. 19, 2019 at 8:30 p.m. EST", "2019-11-19T20:30:00-05:00"},
        {"19.11.2019, 08:30 Uhr MEZ", "2019-11-19T08:30:00+01:00"},
        {"10:00 GMT, Tuesday 19 November 2019", "2019-11-19T10:00:00Z"},
        {"19 November 2019, 8:30", "2019-11-19"},
        {"19 November 2019, 25:30 GMT", "2019-11-19"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(hs_date_find(&arena, hs_str_of(CASES[i].text), NULL, NULL), CASES[i].iso);
}

static void day_and_month_may_change_places(void **state) {
    (void)state;
    hs_date date;
    assert_true(hs_date_next(&date, &arena, HS_STR("on 3/4/2019."), 0, HS_DATE_MONTH_FIRST));
    assert_str(date.iso, "2019-03-04");
    assert_str(date.other, "2019-04-03");
    assert_int_equal(date.at, 3);
    assert_int_equal(date.n, 8);
    assert_true(hs_date_next(&date, &arena, HS_STR("3/4/2019"), 0, HS_DATE_DAY_FIRST));
    assert_str(date.iso, "2019-04-03");
    assert_true(hs_date_next(&date, &arena, HS_STR("3/14/2019"), 0, HS_DATE_DAY_FIRST));
    assert_str(date.iso, "2019-03-14");
    assert_null(date.other.p);
}

static void labels_say_what_happened_on_a_day(void **state) {
    (void)state;
    assert_int_equal(hs_date_label_of(HS_STR("By Jane Roe | Published")), HS_DATE_PUBLISHED);
    assert_int_equal(hs_date_label_of(HS_STR("Published in May. Last updated on")), HS_DATE_UPDATED);
    assert_int_equal(hs_date_label_of(HS_STR("Veröffentlicht am")), HS_DATE_PUBLISHED);
    assert_int_equal(hs_date_label_of(HS_STR("Stand:")), HS_DATE_UPDATED);
    assert_int_equal(hs_date_label_of(HS_STR("更新")), HS_DATE_UPDATED);
    assert_int_equal(hs_date_label_of(HS_STR("Deadline:")), HS_DATE_OTHER);
    assert_int_equal(hs_date_label_of(HS_STR("Jane Roe")), HS_DATE_BARE);
    assert_int_equal(hs_date_label_of(HS_STR("")), HS_DATE_BARE);
}

#define TEXT "<p>The bridge over the river opened on Monday after nine years of work, the council said in Aller.</p>"

/* A page in English with this head and these lines under its title. */
static hs_str published(const char *head, const char *lines) {
    hs_buf html = {0};
    hs_buf_add(&arena, &html, HS_STR("<html lang=en><head><title>Bridge opens in Aller</title>"));
    hs_buf_add(&arena, &html, hs_str_of(head));
    hs_buf_add(&arena, &html, HS_STR("</head><body><h1>Bridge opens in Aller</h1>"));
    hs_buf_add(&arena, &html, hs_str_of(lines));
    hs_buf_add(&arena, &html, HS_STR(TEXT TEXT "</body>"));
    return read_page(hs_buf_str(&html)).published;
}

#define DECLARED "<meta property=article:published_time content=2019-11-19T08:00:00Z>"
#define MODIFIED "<meta property=article:modified_time content=2020-01-05T08:00:00Z>"

#define ALONE(type) \
    "<script type=application/ld+json>{\"@type\":\"" type "\",\"datePublished\":\"2019-11-16\"}</script>"

static void the_head_goes_before_the_page(void **state) {
    (void)state;
    assert_str(published(DECLARED, ""), "2019-11-19T08:00:00Z");
    assert_str(published(DECLARED MODIFIED, "<time class=published>January 5, 2020</time>"), "2019-11-19T08:00:00Z");
    assert_str(published(DECLARED, "<p>Updated January 7, 2020</p>"), "2019-11-19T08:00:00Z");
    assert_str(published(DECLARED, "<p>November 18, 2019</p>"), "2019-11-19T08:00:00Z"); /* another zone's day */
}

static void a_day_shown_as_the_page_s_own_goes_before_the_head(void **state) {
    (void)state;
    assert_str(published(DECLARED MODIFIED, "<p>Published May 4, 2018</p>"), "2018-05-04");
    assert_str(published(DECLARED MODIFIED, "<p>May 4, 2018</p>"), "2018-05-04");
    /* of two days declared, the one that is shown */
    assert_str(published(DECLARED
                         "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2019-11-16\"}"
                         "</script>",
                         "<p>November 19, 2019</p>"),
               "2019-11-19T08:00:00Z");
}

static void a_day_said_to_machines_alone_gives_way(void **state) {
    (void)state;
    assert_str(published(ALONE("NewsArticle"), ""), "2019-11-16");
    assert_str(published(ALONE("NewsArticle"), "<p>Updated January 7, 2020</p>"), "2020-01-07");
    assert_str(published(ALONE("NewsArticle"), "<p>November 15, 2019</p>"), "2019-11-15");
    assert_str(published("", "<meta itemprop=datePublished content=2019-11-16><p>Updated January 7, 2020</p>"),
               "2020-01-07");
    assert_str(published("", "<meta itemprop=datePublished content=2019-11-16>"), "2019-11-16");
}

static void the_day_of_a_change_is_better_than_none(void **state) {
    (void)state;
    assert_str(published("", "<p>Last updated January 5, 2020</p>"), "2020-01-05");
    /* <meta> may call that the page's day */
    assert_str(published("<meta property=article:published_time content=2020-01-05>" ALONE("NewsArticle"),
                         "<p>Updated January 5, 2020</p>"),
               "2020-01-05");
}

static void the_address_tells_the_zone(void **state) {
    (void)state;
    assert_str(published(DECLARED "<link rel=canonical href=https://aller.example/2019/11/18/bridge>",
                         "<p>November 18, 2019</p>"),
               "2019-11-18");
}

static void of_days_shown_the_head_tells_which(void **state) {
    (void)state;
    assert_str(published(DECLARED, "<p>Submitted on May 4, 2019</p><p>Published on November 19, 2019</p>"),
               "2019-11-19T08:00:00Z");
}

static void a_dateline_is_found_beside_the_title(void **state) {
    (void)state;
    assert_str(published("", "<p>By Jane Roe | November 19, 2019</p>"), "2019-11-19");
    assert_str(published("", "<div><span>Published</span></div><div>Nov 19, 2019</div>"), "2019-11-19");
    assert_str(published("", "<time datetime='2019-11-19T08:30:00+01:00'>yesterday</time>"),
               "2019-11-19T08:30:00+01:00");
    assert_str(published("", "<p>Published Nov 19, 2019 <time datetime='2019-11-19T08:30:00Z'>Nov 19, 2019</time></p>"),
               "2019-11-19T08:30:00Z");
    assert_str(published("", "<p>Updated Jan 5, 2020. Published Nov 19, 2019</p>"), "2019-11-19");
}

static void no_date_is_made_up(void **state) {
    (void)state;
    assert_null(published("", "").p);
    assert_null(published("", "<p>A.</p><p>B.</p><p>C.</p><p>D.</p><p>Last updated January 5, 2020</p>").p);
    assert_null(published("", "<p>Date: 2019-11-19 - 2019-11-23</p>").p); /* a fair, say */
    assert_null(published(ALONE("Article"), "").p);
    assert_null(
        published("", "<p>The deadline for the tender of the second bridge is November 19, 2019, at noon.</p>").p);
    assert_null(published("",
                          "<ul><li><h3><a href=/a>A</a></h3><time>May 4, 2018</time></li><li><h3><a href=/b>B</a></h3>"
                          "<time>May 5, 2018</time></li></ul>")
                    .p);
    assert_null(published("", "<div class=comments><div class=comment><time>May 4, 2018</time> x</div></div>").p);
}

static void another_date_settles_day_and_month(void **state) {
    (void)state;
    assert_str(published("<link rel=canonical href=https://aller.example/2019/04/03/bridge>", "<p>3/4/2019</p>"),
               "2019-04-03");
    assert_str(published("<link rel=canonical href=https://aller.co.uk/bridge>", "<p>3/4/2019</p>"), "2019-04-03");
    assert_str(published("", "<p>3/4/2019</p>"), "2019-03-04");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(dates_are_read_as_pages_write_them),
        TEST(times_are_kept_with_their_zones),
        TEST(day_and_month_may_change_places),
        TEST(labels_say_what_happened_on_a_day),
        TEST(the_head_goes_before_the_page),
        TEST(a_day_shown_as_the_page_s_own_goes_before_the_head),
        TEST(a_dateline_is_found_beside_the_title),
        TEST(no_date_is_made_up),
        TEST(a_day_said_to_machines_alone_gives_way),
        TEST(the_day_of_a_change_is_better_than_none),
        TEST(the_address_tells_the_zone),
        TEST(of_days_shown_the_head_tells_which),
        TEST(another_date_settles_day_and_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
