/* Feeds: dates, XML in pieces, items' fields, what is malformed. */
#include "input/feed.h"

#include "input/http.h"
#include "input/xml.h"
#include "pieces.h"

static hs_arena arena;

static int set_up(void **state) {
    (void)state;
    hs_arena_init(&arena, 16 << 20);
    return setjmp(arena.full) ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

static void check_date(const char *said, const char *expected) {
    assert_str(hs_feed_date(&arena, hs_str_of(said)), hs_str_of(expected));
}

static void test_dates(void **state) {
    (void)state;
    check_date("Tue, 19 Nov 2019 10:00:00 GMT", "2019-11-19T10:00:00Z");
    check_date("19 November 2019 9:05 +0200", "2019-11-19T09:05:00+02:00");
    check_date(" Tue,  1 Jan 2019 10:00:00 -05:30", "2019-01-01T10:00:00-05:30");
    check_date("Tue, 19 Nov 2019 10:00:00 PST", "2019-11-19T10:00:00-08:00");
    static const char *const others[] = {"",
                                         "2019-11-19T10:00:00Z",
                                         "Tue, 19 Nov 2019",
                                         "Tue, 39 Nov 2019 10:00:00 GMT",
                                         "Tue, 19 Nov 2019 10:00:00 XYZ",
                                         "Tue, 19 Nov 2019 25:00:00 GMT",
                                         "Tue, 19 Nov 2019 10:00:00 +9900",
                                         "Tue, 19 Nov 19 10:00:00 GMT",
                                         ",,,,"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) check_date(others[i], others[i]);
}

static void test_xml(void **state) {
    (void)state;
    hs_str text = HS_STR(
        "<?xml?><!DOCTYPE a [<!ENTITY b \"]\">]><!-- <x> --><a b='1>2' c = \"&amp;\"/>t &lt; < u<![CDATA[<d>]]></a >");
    hs_xml_piece piece = hs_xml_next(text, 0);
    assert_int_equal(piece.kind, HS_XML_TEXT); /* what the sloppy end of the document type left over */
    while (piece.kind == HS_XML_TEXT) piece = hs_xml_next(text, piece.end);
    assert_int_equal(piece.kind, HS_XML_OPEN);
    assert_true(piece.empty);
    assert_str(piece.name, HS_STR("a"));
    assert_str(hs_xml_attribute(piece.inside, HS_STR("b")), HS_STR("1>2"));
    assert_str(hs_xml_attribute(piece.inside, HS_STR("c")), HS_STR("&amp;"));
    assert_null(hs_xml_attribute(piece.inside, HS_STR("d")).p);
    assert_str(hs_xml_text(&arena, hs_str_slice(text, piece.end, text.n)), HS_STR("t < < u<d>"));
    text = HS_STR("<a>1<a/><a>2</a><b>3</a>4");
    piece = hs_xml_next(text, 0);
    size_t end;
    assert_str(hs_xml_content(text, &piece, &end), HS_STR("1<a/><a>2</a><b>3"));
    assert_str(hs_str_slice(text, end, text.n), HS_STR("4"));
    static const char *const odd[] = {"<",  "</",        "<a",          "<a b", "<a b=",  "<a b='", "<![CDATA[", "<!--",
                                      "<?", "<!DOCTYPE", "<!DOCTYPE [", "< a>", "<a <b>", "&",      "<a/",       "</a"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        text = hs_str_of(odd[i]);
        size_t at = 0, pieces = 0;
        while ((piece = hs_xml_next(text, at)).kind != HS_XML_END) {
            assert_true(piece.end > at && piece.end <= text.n && ++pieces < 5);
            hs_xml_attribute(piece.inside, HS_STR("b"));
            at = piece.end;
        }
    }
}

static hs_feed_item item_of(const char *feed) {
    hs_feed_item item;
    size_t at = 0;
    assert_true(hs_feed_xml_item(&item, &arena, hs_str_of(feed), &at));
    return item;
}

static void test_items(void **state) {
    (void)state;
    hs_feed_item item = item_of("<rss><title>No</title><item><media:title>No</media:title><title>A &amp; "
                                "<![CDATA[B]]></title><itunes:author>No</itunes:author>"
                                "<atom:link rel='self' href='no'/><link>http://a/1</link><guid "
                                "isPermaLink='false'>g</guid><author>m@b.c (Ida Ferrow)</author>"
                                "<dc:creator>Ole Brand</dc:creator><description>&lt;p&gt;D</description></item>");
    assert_str(item.title, HS_STR("A & B"));
    assert_str(item.link, HS_STR("http://a/1"));
    assert_str(item.id, HS_STR("g"));
    assert_int_equal(item.n_authors, 2);
    assert_str(item.authors[0], HS_STR("Ida Ferrow"));
    assert_str(item.summary, HS_STR("<p>D"));
    item = item_of(
        "<atom:feed><atom:entry><atom:title type='html'>T</atom:title><atom:link "
        "href=\"?a&amp;b\"/><atom:updated>2020-01-02</atom:updated>"
        "<content type='xhtml'><div>X &amp; y</div></content><summary type='text'>a &lt; b</summary></atom:entry>");
    assert_str(item.title, HS_STR("T"));
    assert_str(item.link, HS_STR("?a&b"));
    assert_str(item.published, HS_STR("2020-01-02"));
    assert_str(item.content, HS_STR("<div>X &amp; y</div>"));
    assert_true(item.summary_plain && !item.content_plain);
    assert_str(item.summary, HS_STR("a < b"));
    item = item_of("<item><author>only@mail.example</author><guid>http://a/2</guid></item>");
    assert_int_equal(item.n_authors, 0);
    assert_str(item.link, HS_STR("http://a/2"));
}

static void test_http(void **state) {
    (void)state;
    assert_int_equal(hs_http_kind(HS_STR("Text/HTML ;charset=x")), HS_KIND_HTML);
    assert_int_equal(hs_http_kind(HS_STR("text/htmlx")), HS_KIND_UNKNOWN);
    assert_int_equal(hs_http_kind((hs_str){0}), HS_KIND_UNKNOWN);
    assert_str(hs_http_charset(HS_STR("text/html; Charset=\"a b\"; x=y")), HS_STR("a b"));
    assert_null(hs_http_charset(HS_STR("text/html")).p);
    hs_http_head head = hs_http_read_head(
        HS_STR("HTTP/1.0  200\nContent-Type : a\r\n folded: x\r\nno colon\r\ncontent-type:b\r\n\r\nContent-Type: c"));
    assert_int_equal(head.status, 200);
    assert_str(head.content_type, HS_STR("b"));
    assert_int_equal(hs_http_read_head(HS_STR("HTTP/1.0 20")).status, 0);
    assert_int_equal(hs_http_read_head((hs_str){0}).status, 0);
    assert_int_equal(hs_http_header_end(HS_STR("a\r\n\r\nb")), 5);
    assert_int_equal(hs_http_header_end(HS_STR("\nb")), 1);
    assert_int_equal(hs_http_header_end(HS_STR("a\r\nb")), HS_NONE);
    char body[] = "5\r\nabcde\r\nffffffffffffffffff\r\n";
    hs_bytes room = {0};
    hs_str out;
    head.transfer_coding = HS_STR("chunked");
    assert_int_equal(hs_http_body(&out, &room, &head, body, sizeof body - 1, 100, NULL), HS_ERR_FORMAT);
    char whole[] = "5;a=b\r\nabcde\r\n1\r\nf\r\n0\r\n\r\n";
    assert_int_equal(hs_http_body(&out, &room, &head, whole, sizeof whole - 1, 100, NULL), HS_OK);
    assert_str(out, HS_STR("abcdef"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_dates), TEST(test_xml), TEST(test_items), TEST(test_http)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
