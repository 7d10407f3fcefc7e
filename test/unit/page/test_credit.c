/* Tests of credits: whose text a page says that it prints, and what is no credit. */
#include "reading.h"

#define LEAD "The harbour was closed for most of the night after a ferry had lost its rudder, the port said."
#define NEXT "Two tugs reached it at dawn, and nobody was hurt, according to the coast guard of the island."

/* The credit of a page with this head, these lines above and below the text, and this first and last paragraph. */
static const char *credit_of(const char *head, const char *above, const char *lead, const char *last) {
    hs_buf html = {0};
    const char *const PIECES[] = {
        "<html><head><title>Ferry loses its rudder</title><meta property=og:site_name content='The Harbour Post'>",
        head,
        "</head><body><article><h1>Ferry loses its rudder</h1>",
        above,
        "<p>",
        lead,
        "</p><p>" NEXT "</p><p>" NEXT "</p><p>",
        last,
        "</p></article></body></html>"};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) hs_buf_add(&arena, &html, hs_str_of(PIECES[i]));
    hs_record r = read_page(hs_buf_str(&html));
    assert_true(r.text.n > 0);
    return hs_str_terminated(&arena, r.credit);
}

static void datelines(void **state) {
    (void)state;
    static const struct {
        const char *lead, *credit;
    } CASES[] = {
        {"PORT ISEN (Reuters) - " LEAD, "Reuters"},
        {"PORT ISEN, Nov 19 (Xinhua) -- " LEAD, "Xinhua"},
        {"PORT ISEN, Carvelia (AP) \xE2\x80\x94 " LEAD, "AP"},
        {"Port Isen (dpa/kv) \xE2\x80\x93 " LEAD, "dpa"},
        {"(AFP) " LEAD, "AFP"},
        {"PORT ISEN, November 19. /TASS/. " LEAD, "TASS"},
        {"PORT ISEN, Nov. 19, Kyodo - " LEAD, "Kyodo"},
        {"PORT ISEN (Carvel News) - " LEAD, "Carvel News"},
        {"The Associated Press (AP) said that " LEAD, ""},
        {"The mayor told Reuters on Monday that " LEAD, ""},
        {"PORT ISEN (Harbour Post) - " LEAD, ""},
        {"PORT ISEN (THP) - " LEAD, ""},
        {LEAD " (Reuters reported it first.)", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(credit_of("", "", CASES[i].lead, NEXT), CASES[i].credit);
}

static void ends_and_lines(void **state) {
    (void)state;
    static const struct {
        const char *last, *credit;
    } CASES[] = {
        {NEXT " (dpa)", "dpa"},
        {NEXT " \xE2\x80\x94 TASS", "TASS"},
        {"Source: The Brenn Voice", "The Brenn Voice"},
        {"Quelle: epd", "epd"},
        {"\xC2\xA9 2031 Agence France-Presse", "AFP"},
        {"This article was originally published by The Brenn Voice and is reprinted here with its permission.",
         "The Brenn Voice"},
        {"This article is republished from Island Radio under a free licence. Read the original article.",
         "Island Radio"},
        {"Dieser Artikel erschien zuerst bei Inselbote.", "Inselbote"},
        {"This article was originally published on Wednesday, 19 November 2031, and has been updated since then.", ""},
        {"Photo: Reuters", ""},
        {"Source: https://example.org/a", ""},
        {"The mayor said that she had read it first on Reuters.", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(credit_of("", "", LEAD, CASES[i].last), CASES[i].credit);
}

static void bylines(void **state) {
    (void)state;
    assert_string_equal(credit_of("", "<div class=byline>By Reuters Staff</div>", LEAD, NEXT), "Reuters");
    assert_string_equal(credit_of("", "<div class=byline>Jane Roe, Associated Press</div>", LEAD, NEXT), "AP");
    assert_string_equal(credit_of("", "<div class=byline>By Jane Roe, Harbour Post</div>", LEAD, NEXT), "");
    assert_string_equal(credit_of("<meta name=author content='Anadolu Agency'>", "", LEAD, NEXT), "Anadolu Agency");
    assert_string_equal(credit_of("", "<figure><img><figcaption>Reuters</figcaption></figure>", LEAD, NEXT), "");
}

static void heads(void **state) {
    (void)state;
    static const struct {
        const char *head, *credit;
    } CASES[] = {
        {"<meta property=og:url content=https://harbourpost.example/a><link rel=canonical "
         "href=https://www.brennvoice.example/b>",
         "brennvoice.example"},
        {"<meta property=og:url content=https://harbourpost.example/a><link rel=canonical "
         "href=https://m.harbourpost.example/b>",
         ""},
        {"<meta property=og:url content=https://harbourpost.co.example/a><meta name=syndication-source "
         "content=https://islandradio.example/x>",
         "islandradio.example"},
        {"<script "
         "type=application/"
         "ld+json>{\"@type\":\"NewsArticle\",\"sourceOrganization\":{\"@type\":\"Organization\",\"name\":\"Associated "
         "Press\"}}</script>",
         "AP"},
        {"<link rel=canonical href=https://harbourpost.example/a><script "
         "type=application/ld+json>{\"@type\":\"NewsArticle\",\"isBasedOn\":"
         "\"https:\\/\\/islandradio.example\\/x\"}</script>",
         "islandradio.example"},
        {"<link rel=canonical href=https://harbourpost.example/a><script "
         "type=application/ld+json>{\"isBasedOn\":\"https://harbourpost.example/x\"}</script>",
         ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(credit_of(CASES[i].head, "", LEAD, NEXT), CASES[i].credit);
}

static void plain_text(void **state) {
    (void)state;
    assert_str(read_page(HS_STR("Ferry loses its rudder\n\nPORT ISEN, Nov 19 (UPI) -- " LEAD "\n\n" NEXT)).credit,
               "UPI");
    assert_null(read_page(HS_STR("Ferry loses its rudder\n\n" LEAD "\n\nThe Reuters reporter was there.")).credit.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(datelines), TEST(ends_and_lines), TEST(bylines), TEST(heads),
                                       TEST(plain_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
