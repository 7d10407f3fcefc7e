/* Tests of titles. */
#include "reading.h"

#define TEXT "<p>The bridge over the river opened on Monday after nine years of work, the council said in Aller.</p>"

static void titles_are_told_from_sites(void **state) {
    (void)state;
    static const struct {
        const char *head, *body, *title;
    } CASES[] = {
        /* the heading goes before the head's words for it */
        {"<title>Bridge: open | Aller Post</title>", "<h1>The bridge is open</h1>", "The bridge is open"},
        /* a site's name in the only <h1> */
        {"<title>Bridge opens in Aller - Aller Post</title>",
         "<h1><a href=/>Aller Post</a></h1><h2>Bridge opens in Aller</h2>", "Bridge opens in Aller"},
        {"<title>Ferry Times: news</title><meta property=og:title content='Bridge opens in Aller'>",
         "<h1>Ferry Times</h1>", "Bridge opens in Aller"},
        {"<title>Bridge opens in Aller | Bridges | Aller Post</title>", "", "Bridge opens in Aller"},
        {"<title>Aller Post - Bridge opens in Aller</title><meta property=og:site_name content='Aller Post'>", "",
         "Bridge opens in Aller"},
        {"<title>Bridge opens in Aller - post.aller.example</title><link rel=canonical "
         "href=https://post.aller.example/a>",
         "", "Bridge opens in Aller"},
        /* kicker and subtitle in the heading */
        {"<meta property=og:title content='Bridge opens in Aller'>",
         "<h1><span>Traffic</span> Bridge opens in Aller</h1>", "Bridge opens in Aller"},
        {"<meta property=og:title content='Bridge opens in Aller'>",
         "<h1>Bridge opens in Aller <small>Nine years of work are over</small></h1>", "Bridge opens in Aller"},
        {"<meta property=og:title content='opens in the town of Aller'>",
         "<h1>The bridge - opens in the town of Aller</h1>", "The bridge - opens in the town of Aller"},
        /* soft hyphens, readings beside characters */
        {"", "<h1>Brid&shy;ge opens in Al&shy;ler</h1>", "Bridge opens in Aller"},
        {"", "<h1><ruby>橋<rt>はし</rt></ruby>が開く日</h1>", "橋が開く日"},
        /* many headings: the one that agrees with the head */
        {"<title>Bridge opens in Aller</title>", "<h1>More bridges</h1><h1>Bridge opens in Aller</h1>",
         "Bridge opens in Aller"},
        /* the only <h1> says it in other words, or gives way to a heading that says just what the head says */
        {"<title>Home</title>", "<h1>Time to say goodbye</h1>", "Time to say goodbye"},
        {"<meta property=og:title content='Bridges: a guide'>",
         "<h1>A guide to bridges: what towns should know</h1>"
         "<h2>Bridges</h2>",
         "A guide to bridges: what towns should know"},
        {"<meta property=og:title content='What bridges cost'>",
         "<h1>A guide to bridges and what they cost towns</h1>"
         "<h2>What bridges cost</h2>",
         "What bridges cost"},
        {"<meta property=og:title content='The bridge is open: all you need to know'>", "<h1>Our towns</h1>",
         "The bridge is open: all you need to know"},
        /* a link home is the site's name, though most of <title> is */
        {"<title>Small bridges | The Aller Diary of Jane Roe</title>",
         "<h1><a href=/ rel=home>The Aller Diary of Jane Roe</a></h1><h1>Small bridges</h1>", "Small bridges"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        hs_buf html = {0};
        hs_buf_add(&arena, &html, HS_STR("<html lang=en><head>"));
        hs_buf_add(&arena, &html, hs_str_of(CASES[i].head));
        hs_buf_add(&arena, &html, HS_STR("</head><body>"));
        hs_buf_add(&arena, &html, hs_str_of(CASES[i].body));
        hs_buf_add(&arena, &html, HS_STR(TEXT TEXT "</body>"));
        assert_str(read_page(hs_buf_str(&html)).title, CASES[i].title);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(titles_are_told_from_sites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
