/* Tests of names in bylines and of the authors that a page is given. */
#include "page/names.h"
#include "reading.h"

static void names_are_parted_and_cleaned(void **state) {
    (void)state;
    static const struct {
        const char *said;
        hs_byline_kind kind;
        size_t n;
        const char *first;
    } CASES[] = {
        {"By Jane Roe and John Doe", HS_BYLINE_PLAIN, 2, "Jane Roe"},
        {"ByJane Roe", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Von Anna van der Berg und Jan Roe", HS_BYLINE_PLAIN, 2, "Anna van der Berg"},
        {"Par Jeanne Doué, Jean Roé et Anne Roé", HS_BYLINE_PLAIN, 3, "Jeanne Doué"},
        {"Автор: Иван Петров", HS_BYLINE_PLAIN, 1, "Иван Петров"},
        {"Jane Roe | The Aller Post", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Jane Roe (AP)", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"By Jane Roe, Staff Writer", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Jane Roe, M.D. FACLM", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"By Jane Roe on 19 November 2019", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Jane\u00a0Roe", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Roe, Jane", HS_BYLINE_PLAIN, 1, "Jane Roe"},
        {"Jane Roe/John Doe", HS_BYLINE_PLAIN, 2, "Jane Roe"},
        {"Staff Writer", HS_BYLINE_PLAIN, 0, NULL},
        {"Read more", HS_BYLINE_PLAIN, 0, NULL},
        {"Amanda", HS_BYLINE_PLAIN, 0, NULL},
        {"By Amanda", HS_BYLINE_LINE, 1, "Amanda"},
        {"by up to half a day", HS_BYLINE_LINE, 0, NULL},
        {"by The Aller Team", HS_BYLINE_LINE, 1, "The Aller Team"},
        {"Ministry of Bridges and Roads", HS_BYLINE_DECLARED, 1, "Ministry of Bridges and Roads"},
        {"admin", HS_BYLINE_DECLARED, 0, NULL},
        {"4 minutes", HS_BYLINE_DECLARED, 0, NULL},
        {"jane@example.org", HS_BYLINE_DECLARED, 0, NULL},
        {"https://example.org/jane", HS_BYLINE_DECLARED, 0, NULL},
        {"aller.example", HS_BYLINE_DECLARED, 0, NULL},
        {"", HS_BYLINE_DECLARED, 0, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        hs_strs out = {0};
        hs_names_add(&out, &arena, hs_str_of(CASES[i].said), CASES[i].kind);
        if (out.n != CASES[i].n) print_error("%s\n", CASES[i].said);
        assert_int_equal(out.n, CASES[i].n);
        if (out.n) assert_str(out.v[0], CASES[i].first);
    }
}

#define TEXT "<p>The bridge over the river opened on Monday after nine years of work, the council said in Aller.</p>"

/* The first author of a page with this head and these lines under its title; "" where it has none. */
static const char *author(const char *head, const char *lines, const char *tail) {
    hs_buf html = {0};
    hs_buf_add(&arena, &html,
               HS_STR("<html lang=en><head><title>Bridge opens in Aller</title><meta property=og:site_name "
                      "content='The Aller Post'>"));
    hs_buf_add(&arena, &html, hs_str_of(head));
    hs_buf_add(&arena, &html, HS_STR("</head><body><h1>Bridge opens in Aller</h1>"));
    hs_buf_add(&arena, &html, hs_str_of(lines));
    hs_buf_add(&arena, &html, HS_STR(TEXT TEXT));
    hs_buf_add(&arena, &html, hs_str_of(tail));
    hs_record r = read_page(hs_buf_str(&html));
    return r.n_authors ? hs_str_terminated(&arena, r.authors[0]) : "";
}

static void authors_are_found_where_pages_name_them(void **state) {
    (void)state;
    assert_string_equal(author("<meta name=author content='Jane Roe'>", "", ""), "Jane Roe");
    assert_string_equal(author("", "<p>By Jane Roe, Staff Writer | May 4, 2019</p>", ""), "Jane Roe");
    assert_string_equal(author("", "<p>By</p><p>Jane Roe</p>", ""), "Jane Roe");
    assert_string_equal(author("", "<p>May 4, 2019 by Jane Roe</p>", ""), "Jane Roe");
    assert_string_equal(author("", "<a rel=author href=/jane>Jane Roe</a>", ""), "Jane Roe");
    assert_string_equal(author("", "<a href=/author/jane-roe>Jane Roe</a>", ""), "Jane Roe");
    assert_string_equal(author("", "<p>By <a href=/author/jane>Jane Roe</a>in Bridges</p>", ""), "Jane Roe");
    assert_string_equal(author("", "", "<p>Written by Jane Roe</p>"), "Jane Roe");
    assert_string_equal(author("", "<img alt='Portrait of Jane Roe'><p>Jane Roe</p><p>May 4, 2019</p>", ""),
                        "Jane Roe");
    assert_string_equal(author("", "<p>Bridge Building</p><p>May 4, 2019</p>", ""), "");
    assert_string_equal(author("", "<p>Photo by Jane Roe</p>", ""), "");
    assert_string_equal(author("", "<div class=comment><a rel=author href=/x>Jane Roe</a></div>", ""), "");
}

static void the_byline_corrects_the_head(void **state) {
    (void)state;
    assert_string_equal(author("<meta name=author content='John Doe'>", "<p>By Jane Roe</p>", ""), "Jane Roe");
    assert_string_equal(author("<meta name=author content='Jane Roe'>", "<p>By Jane Roe</p><p>By John Doe</p>", ""),
                        "Jane Roe");
    assert_string_equal(author("<meta name=author content='The Aller Post'>", "<p>By Jane Roe</p>", ""), "Jane Roe");
    assert_string_equal(author("<meta name=author content='The Aller Post'>", "", ""), "The Aller Post");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(names_are_parted_and_cleaned),
        TEST(authors_are_found_where_pages_name_them),
        TEST(the_byline_corrects_the_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
