/* Inputs from memory, in pieces of every size: telling kinds apart, archives, JSON Lines, packed pages, looking ahead and putting back. */
#include <zlib.h>

#include "pieces.h"

#define RECORD(type, content, length)                                                                               \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: u\r\nContent-Type: " content "\r\nContent-Length: " length \
    "\r\n\r\n"
#define HTTP "application/http; msgtype=response"

static void test_kinds(void **state) {
    (void)state;
    CHECK("plain", "in|plain;");
    CHECK("", "in|;");
    CHECK("W", "in|W;");
    CHECK("{\"text\": \"a\"}", "in:1|a;");
    CHECK("\xEF\xBB\xBF{\"text\": \"a\"}\n\n{\"html\": \"b\"}\r\n", "in:1|a;in:3|b;");
    CHECK("{\n\"text\": \"a\"}", "in|{\n\"text\": \"a\"};");
    CHECK("<html>", "in|<html>;");
    CHECK("<?xml version='1.0'?><!-- x --><html>", "in|<?xml version='1.0'?><!-- x --><html>;");
    CHECK("<?xml version='1.0'?>\n<rss></rss>", "!in: no items in this feed;");
    CHECK("<rss", "!in: no items in this feed;");
}

static void test_archive(void **state) {
    (void)state;
    CHECK(RECORD("resource", "text/html", "3") "abc\r\n\r\n" RECORD("request", "x", "2") "xx\r\n\r\n" RECORD(
              "conversion", "text/plain", "1") "d\r\n\r\n",
          "in:u|abc;in:u|d;");
    CHECK(RECORD("response", HTTP, "45") "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nd"
                                         "\r\n\r\n",
          "in:u|d;");
    CHECK(RECORD("response", HTTP, "50") "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\nabcdef"
                                         "\r\n\r\n",
          "!in: no pages in this archive;");
    CHECK(RECORD("resource", "text/html", "2") "abc\r\n\r\n" RECORD("resource", "text/html", "1") "d\r\n\r\n",
          "!in:u: the record's length is wrong;in:u|d;");
    CHECK(RECORD("resource", "text/html", "8") "abc\r\n\r\n" RECORD("resource", "text/html", "1") "d\r\n\r\n",
          "!in:u: the record's length is wrong;in:u|d;");
    CHECK(RECORD("resource", "text/html", "150") "abc\r\n\r\n" RECORD("resource", "text/html", "1") "d\r\n\r\n",
          "!in:u: the last record is cut off;in:u|d;");
    CHECK(RECORD("resource", "text/html", "3") "ab", "!in:u: the last record is cut off;");
    CHECK(RECORD("resource", "text/html", "x") "ab\n" RECORD("resource", "text/html", "1") "d",
          "!in:u: the record has no usable Content-Length;in:u|d;");
    CHECK("WARC/1.0\r\nContent-Length: 0", "!in: the last record is cut off;");
}

/* Errors that come of every byte being cut off: never a page that is not whole, and always an end. */
static void test_every_cut(void **state) {
    (void)state;
    static const char whole[] = RECORD("resource", "text/html", "3") "abc\r\n\r\n" RECORD(
        "response", HTTP, "45") "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nd\r\n\r\n";
    for (size_t n = 5; n < sizeof whole - 1; n++) {
        const char *found = transcript(whole, n, 11, 1 << 20);
        assert_true(strstr(found, "in:u|abc;") || found[0] == '!');
        assert_true(!strstr(found, "|a;") && !strstr(found, "|ab;"));
    }
}

static void test_lines(void **state) {
    (void)state;
    CHECK("{\"id\": \"x\", \"text\": \"a\", \"title\": \"T\"}\n{\"path\": \"p\", \"id\": 9, \"html\": \"b\"}\n{\"id\": "
          "9, \"html\": \"\"}",
          "in:x|T\n\na;in:p|b;in:9|;");
    CHECK("{\"text\": 1}\n[]\n{\"html\": \"a\"} \n",
          "!in:1: neither \"html\" nor \"text\" in it;!in:2: not a JSON object;in:3|a;");
    static const char long_line[] = "{\"text\": \"a\"}\n{\"text\": \"aaaaaaaaaaa\"}\n{\"text\": \"b\"}";
    assert_string_equal(transcript(long_line, sizeof long_line - 1, 5, 20),
                        "in:1|a;!in:2: larger than the limit of 0 MiB;in:3|b;");
}

static size_t pack(char *out, size_t room, const char *bytes, int level) {
    z_stream z = {
        .next_in = (Bytef *)bytes, .avail_in = (uInt)strlen(bytes), .next_out = (Bytef *)out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return room - z.avail_out;
}

static void test_packed(void **state) {
    (void)state;
    char packed[1000];
    size_t n = pack(packed, sizeof packed, "one ", 9);
    n += pack(packed + n, sizeof packed - n, "", 9);
    n += pack(packed + n, sizeof packed - n, "two", 0);
    check_transcript(packed, n, "in|one two;");
    check_transcript(packed, n - 1, "!in: the compressed data is cut off;");
    memset(packed + n, 0, 20);
    check_transcript(packed, n + 20, "in|one two;");
    packed[12] ^= 0x55;
    check_transcript(packed, n, "!in: the compressed data is damaged;");
}

/* Output of exactly the reader's room at the end of the data, and long runs that zlib holds back. */
static void test_unpacked_sizes(void **state) {
    (void)state;
    enum { MOST = 300000 };
    char *plain = malloc(MOST + 1), *packed = malloc(MOST);
    assert_true(plain && packed);
    static const size_t sizes[] = {1, 32768, 65536, 65537, 131072, 262144, MOST};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(plain, 'x', sizes[i]);
        plain[sizes[i]] = 0;
        size_t n = pack(packed, MOST, plain, 9);
        hs_input *input;
        hs_input_options options = {.name = "in", .max_bytes = sizes[i]};
        assert_int_equal(hs_input_open(&input, hs_source_pieces(packed, n, 1000), &options, NULL), HS_OK);
        hs_page page;
        bool more;
        assert_int_equal(input->next(input, &page, &more, NULL), HS_OK);
        assert_int_equal(page.n, sizes[i]);
        hs_input_free(input);
    }
    free(plain);
    free(packed);
}

static void test_put_back(void **state) {
    (void)state;
    hs_stream *stream = hs_stream_new(hs_source_pieces("0123456789", 10, 3));
    assert_str(hs_str_slice(hs_stream_peek(stream, 4), 0, 4), HS_STR("0123"));
    hs_stream_take(stream, 4);
    hs_bytes back = {0};
    assert_true(hs_bytes_add(&back, HS_STR("abc")) && hs_stream_put_back(stream, &back));
    assert_true(hs_bytes_add(&back, HS_STR("XY")) && hs_stream_put_back(stream, &back));
    hs_bytes all = {0};
    assert_int_equal(hs_source_read_all(&all, &stream->source, 11, NULL), HS_OK);
    assert_str(hs_bytes_str(&all), HS_STR("XYabc456789"));
    assert_int_equal(hs_stream_peek(stream, 1).n, 0);
    hs_bytes_free(&all);
    hs_source_free(&stream->source);
}

/* An error keeps its place when something is put back before it. */
static hs_status fail_once(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    static int step;
    (void)self;
    (void)room;
    *got = step == 0 || step == 2;
    if (*got) *out = step ? 'b' : 'a';
    if (step++ != 1) return HS_OK;
    *error = (hs_error){HS_ERR_IO, "middle"};
    return HS_ERR_IO;
}

static void free_nothing(hs_source *self) {
    (void)self;
}

static void test_put_back_before_an_error(void **state) {
    (void)state;
    hs_source source = {fail_once, free_nothing};
    hs_stream *stream = hs_stream_new(&source);
    assert_int_equal(hs_stream_peek(stream, 9).n, 1);
    hs_bytes back = {0};
    assert_true(hs_bytes_add(&back, HS_STR("xyz")) && hs_stream_put_back(stream, &back));
    assert_str(hs_stream_peek(stream, 9), HS_STR("xyza"));
    hs_stream_take(stream, 4);
    hs_error error;
    assert_int_equal(hs_stream_peek(stream, 9).n, 0);
    assert_int_equal(hs_stream_failure(stream, &error), HS_ERR_IO);
    assert_str(hs_stream_peek(stream, 9), HS_STR("b"));
    assert_int_equal(hs_stream_failure(stream, &error), HS_OK);
    hs_source_free(&stream->source);
}

static void test_limit_is_exact(void **state) {
    (void)state;
    assert_string_equal(transcript("12345", 5, 2, 5), "in|12345;");
    assert_string_equal(transcript("12345", 5, 2, 4), "!in: larger than the limit of 0 MiB;");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_archive),
        cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_packed),
        cmocka_unit_test(test_unpacked_sizes),
        cmocka_unit_test(test_put_back),
        cmocka_unit_test(test_limit_is_exact),
        cmocka_unit_test(test_put_back_before_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
