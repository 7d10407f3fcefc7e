/* Reading views and pictures of chains: nesting that is valid whatever the spans, and page text that never becomes markup. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "formats/forest.h"
#include "formats/formats.h"
#include "formats/markup.h"

typedef struct taken {
    char *bytes;
    size_t n, cap, calls, refuse_at;
} taken;

static bool take(void *state, const char *bytes, size_t n) {
    taken *taken = state;
    if (++taken->calls == taken->refuse_at) return false;
    if (taken->n + n + 1 > taken->cap) {
        taken->cap = 2 * (taken->n + n + 1);
        taken->bytes = realloc(taken->bytes, taken->cap);
        assert_non_null(taken->bytes);
    }
    memcpy(taken->bytes + taken->n, bytes, n);
    taken->n += n;
    taken->bytes[taken->n] = 0;
    return true;
}

typedef bool (*writer)(hs_sink sink, void *state, const hs_record *record);

static char *written(writer write, const hs_record *record) {
    taken out = {0};
    assert_true(write(take, &out, record));
    return out.bytes;
}

static bool is_void(const char *name, size_t n) {
    static const char *const names[] = {"meta"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) return true;
    return false;
}

/* Every start tag has its end tag, in the right order; names are lower case and known not to run anything. */
static void is_well_nested(const char *markup) {
    static struct {
        const char *p;
        size_t n;
    } open[4096];
    size_t depth = 0;
    for (const char *at = strchr(markup, '<'); at; at = strchr(at + 1, '<')) {
        if (at[1] == '!') continue;
        bool end = at[1] == '/';
        const char *name = at + 1 + end, *close = strchr(at, '>');
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        assert_non_null(close);
        assert_true(n > 0);
        assert_false(n == 6 && memcmp(name, "script", 6) == 0);
        if (end) {
            assert_true(depth > 0);
            depth--;
            assert_int_equal(open[depth].n, n);
            assert_memory_equal(open[depth].p, name, n);
        } else if (close[-1] != '/' && !is_void(name, n)) {
            assert_true(depth < sizeof open / sizeof *open);
            open[depth].p = name;
            open[depth++].n = n;
        }
    }
    assert_int_equal(depth, 0);
}

static void both_are_well_nested(const hs_record *record) {
    char *html = written(hs_format_html, record), *svg = written(hs_format_svg, record);
    is_well_nested(html);
    is_well_nested(svg);
    free(html);
    free(svg);
}

#define TEXT "Mayor talks\n\nHe said that engineers told him it was safe.\n\nNobody else spoke."
static hs_span he = {13, 15, 13, 15}, said = {16, 20, 16, 20}, that = {21, 56, 21, 56};
static hs_span engineers = {26, 35, 26, 35}, told = {36, 40, 36, 40}, safe = {45, 56, 45, 56};
static hs_entity entities[] = {
    {.name = {"Ann Hall", 8}, .type = HS_ENTITY_PERSON, .role = {"mayor", 5}, .affiliation = {"Tal", 3}},
    {.name = {"engineers", 9}, .type = HS_ENTITY_UNNAMED},
};
static hs_evidence told_by = {
    .mention = {26, 35, 26, 35}, .kind = HS_EVIDENCE_UNNAMED_SOURCE, .status = {"unconfirmed", 11}};
static size_t disputed = 0;

static void two_claims(hs_record *record, hs_claim claims[2]) {
    claims[0] = (hs_claim){.source = &he,
                           .cue = &said,
                           .content = &that,
                           .n_source = 1,
                           .n_cue = 1,
                           .n_content = 1,
                           .parent = HS_NONE,
                           .manner = HS_MANNER_INDIRECT,
                           .stance = HS_STANCE_ASSERTS,
                           .medium = {"Tal Radio", 9},
                           .evidence = &told_by,
                           .n_evidence = 1,
                           .confidence = 0.934};
    claims[1] = (hs_claim){.source = &engineers,
                           .cue = &told,
                           .content = &safe,
                           .n_source = 1,
                           .n_cue = 1,
                           .n_content = 1,
                           .speaker = 1,
                           .manner = HS_MANNER_INDIRECT,
                           .stance = HS_STANCE_DENIES,
                           .hedged = true,
                           .medium = {"Post", 4},
                           .disputes = &disputed,
                           .n_disputes = 1,
                           .confidence = 0.5};
    *record = (hs_record){.path = HS_STR("m.html"),
                          .url = HS_STR("https://post.example/m"),
                          .outlet = HS_STR("The Post"),
                          .title = HS_STR("Mayor talks"),
                          .published = HS_STR("2031-03-11"),
                          .language = HS_STR("en"),
                          .text = HS_STR(TEXT),
                          .entities = entities,
                          .claims = claims,
                          .n_entities = 2,
                          .n_claims = 2,
                          .has_title = true,
                          .has_claims = true};
}

static void holds(const char *markup, const char *part) {
    if (!strstr(markup, part)) fail_msg("does not hold %s", part);
}

static void a_view_shows_all_of_a_claim(void **state) {
    (void)state;
    hs_claim claims[2];
    hs_record record;
    two_claims(&record, claims);
    char *html = written(hs_format_html, &record);
    holds(html, "<h1 dir=\"auto\">Mayor talks</h1>");
    holds(html,
          "<b class=\"source d0\" data-c=\"1\">He</b> <i class=\"cue d0\" data-c=\"1\">said</i> "
          "<mark class=\"content d0\" data-c=\"1\">that <b class=\"source d1\" data-c=\"2\">"
          "<span class=\"evidence d0\" data-c=\"1\">engineers</span></b> <i class=\"cue d1\" data-c=\"2\">told</i> "
          "him <mark class=\"content d1\" data-c=\"2\">it was safe</mark></mark>.<a class=\"number\" id=\"t1\" "
          "href=\"#c1\"");
    holds(html, "<bdi>mayor</bdi>, <bdi>Tal</bdi>");
    holds(html, "unnamed source");
    holds(html, "<span class=\"act denies\">denies</span><span>indirect</span><span class=\"hedged\">hedged</span>");
    holds(html, "via <bdi>Tal Radio</bdi>");
    holds(html, "93 % sure");
    holds(html, "<span class=\"kind\">unnamed-source</span> <q dir=\"auto\">engineers</q> – <span class=\"status\" "
                "dir=\"auto\">unconfirmed</span>");
    holds(html, "<dt>Disputes</dt><dd><a class=\"other\" href=\"#c1\">");
    holds(html, "<dt>Disputed by</dt><dd><a class=\"other\" href=\"#c2\">");
    holds(html, "aria-label=\"Chain: engineers, then Ann Hall, then Tal Radio, then The Post\"");
    holds(html, "href=\"https://post.example/m\"");
    holds(html, "<ol class=\"nested\">\n<li class=\"claim\" id=\"c2\"");
    is_well_nested(html);
    free(html);
    char *svg = written(hs_format_svg, &record);
    holds(svg, "<title>Ann Hall, mayor</title>");
    holds(svg, "1 claim: denies");
    is_well_nested(svg);
    free(svg);
}

/* 29 characters of content; 10 of the title, 16 of the last paragraph and a full stop are the page's own. */
static void shares_add_up(void **state) {
    (void)state;
    hs_claim claims[2];
    hs_record record;
    two_claims(&record, claims);
    char *html = written(hs_format_html, &record);
    holds(html, "<li class=\"named\"><b>52 %</b> named sources</li>");
    holds(html, "<li class=\"own\"><b>48 %</b> the page’s own voice</li>");
    assert_null(strstr(html, "<li class=\"unnamed\">")); /* the engineers speak inside the mayor's words */
    free(html);
}

static void pages_without_an_article_or_claims(void **state) {
    (void)state;
    hs_record none = {.path = HS_STR("-"), .text = HS_STR(""), .why = HS_STR("a list of links")};
    hs_record plain = {.path = HS_STR("-"), .text = HS_STR("One.\n\n\n\nTwo.")};
    hs_record nobody = {.path = HS_STR("-"), .text = HS_STR("One."), .has_claims = true};
    char *html = written(hs_format_html, &none);
    holds(html, "No article: a list of links.");
    free(html);
    html = written(hs_format_html, &plain);
    holds(html, "<p dir=\"auto\">One.</p>\n<p dir=\"auto\">Two.</p>");
    holds(html, "Claims were not read");
    free(html);
    html = written(hs_format_html, &nobody);
    holds(html, "Nobody is cited");
    free(html);
    both_are_well_nested(&none);
    both_are_well_nested(&plain);
    both_are_well_nested(&nobody);
}

#define EVIL "</style><script>alert(1)</script><img src=x onerror=\"alert('1')\">&lt;\x01\x7F\xC2\x85\xFF\xEF\xBF\xBE"

static void hostile_text_stays_text(void **state) {
    (void)state;
    hs_str evil = HS_STR(EVIL);
    hs_span all = {0, 0, 0, sizeof EVIL - 1}, far = {0, 0, 10, 100000}, backwards = {9, 2, 9, 2};
    hs_entity entity = {.name = evil, .role = evil, .affiliation = evil, .type = HS_ENTITY_PERSON};
    hs_evidence evidence = {.mention = far, .status = evil, .kind = (hs_evidence_kind)99};
    size_t disputes[] = {0, 7};
    hs_claim claims[] = {{.source = &all,
                          .cue = &backwards,
                          .content = &far,
                          .n_source = 1,
                          .n_cue = 1,
                          .n_content = 1,
                          .parent = 9,
                          .manner = (hs_manner)50,
                          .stance = (hs_stance)50,
                          .medium = evil,
                          .disputes = disputes,
                          .n_disputes = 2,
                          .evidence = &evidence,
                          .n_evidence = 1,
                          .confidence = 7}};
    hs_code code = {evil, evil};
    hs_comment comments[] = {{evil, evil, evil, HS_NONE}, {evil, evil, evil, 0}, {evil, evil, evil, 77}};
    hs_record record = {.path = evil,
                        .url = HS_STR("javascript:alert(1)"),
                        .outlet = evil,
                        .title = evil,
                        .published = evil,
                        .language = HS_STR("en\" onload=\"x"),
                        .credit = evil,
                        .text = evil,
                        .authors = &evil,
                        .codes = &code,
                        .comments = comments,
                        .entities = &entity,
                        .claims = claims,
                        .n_authors = 1,
                        .n_codes = 1,
                        .n_comments = 3,
                        .n_entities = 1,
                        .n_claims = 1,
                        .has_claims = true};
    char *html = written(hs_format_html, &record), *svg = written(hs_format_svg, &record);
    for (int i = 0; i < 2; i++) {
        const char *markup = i ? svg : html;
        is_well_nested(markup);
        assert_null(strstr(markup, "<script"));
        assert_null(strstr(markup, "<img"));
        assert_null(strstr(markup, "onload=\""));
        assert_null(strstr(markup, "href=\"javascript"));
        for (const char *c = markup; *c; c++) assert_true((unsigned char)*c >= ' ' || *c == '\n');
        assert_null(strstr(markup, "\xEF\xBF\xBE"));
    }
    free(html);
    free(svg);
}

static void addresses(void **state) {
    (void)state;
    assert_true(hs_markup_is_web(HS_STR("https://a.example/b?c=\"d\"")));
    assert_true(hs_markup_is_web(HS_STR("HTTP://a.example")));
    assert_false(hs_markup_is_web(HS_STR("javascript:alert(1)//https://")));
    assert_false(hs_markup_is_web(HS_STR(" https://a.example")));
    assert_false(hs_markup_is_web(HS_STR("https://a.example/\nb")));
    assert_false(hs_markup_is_web(HS_STR("data:text/html,x")));
    assert_false(hs_markup_is_web((hs_str){0}));
}

static uint32_t chance(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Spans that cross, share ends, repeat and run over paragraphs, on a text of many-byte letters. */
static void any_spans_nest(void **state) {
    (void)state;
    enum { N = 24, PIECES = 3, PARAGRAPH = 9 };
    char text[400] = "";
    for (size_t i = 0; i < 120; i++) strcat(text, i % PARAGRAPH == PARAGRAPH - 1 ? "\n\n" : "\xC3\xA9");
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        static hs_span spans[N * PIECES];
        hs_claim claims[N] = {0};
        for (size_t i = 0; i < N; i++) {
            for (size_t j = 0; j < PIECES; j++) {
                size_t start = chance(&seed) % 120 * 2, end = start + chance(&seed) % 30 * 2;
                spans[i * PIECES + j] = (hs_span){start / 2, end / 2, start, end};
            }
            claims[i] = (hs_claim){.source = &spans[i * PIECES],
                                   .cue = &spans[i * PIECES + 1],
                                   .content = &spans[i * PIECES + 2],
                                   .n_source = 1,
                                   .n_cue = 1,
                                   .n_content = 1,
                                   .speaker = HS_NONE,
                                   .parent = chance(&seed) % 3 ? chance(&seed) % N : HS_NONE};
        }
        hs_record record = {
            .path = HS_STR("p"), .text = {text, strlen(text)}, .claims = claims, .n_claims = N, .has_claims = true};
        both_are_well_nested(&record);
        char *html = written(hs_format_html, &record);
        for (size_t i = 1; i <= N; i++) { /* each card once, whatever circles the parents make */
            char id[32];
            snprintf(id, sizeof id, "id=\"c%zu\"", i);
            const char *card = strstr(html, id);
            assert_non_null(card);
            assert_null(strstr(card + 1, id));
        }
        free(html);
    }
}

static void many_claims_take_little_time(void **state) {
    (void)state;
    enum { N = 30000 };
    char *text = malloc(N * 4 + 1);
    hs_span *spans = calloc(N, sizeof *spans);
    hs_claim *claims = calloc(N, sizeof *claims);
    assert_true(text && spans && claims);
    for (size_t i = 0; i < N; i++) {
        memcpy(text + 4 * i, i % 20 ? "abc " : "ab\n\n", 4);
        spans[i] = (hs_span){4 * i, 4 * i + 2, 4 * i, 4 * i + 2};
        claims[i] = (hs_claim){.content = &spans[i], .n_content = 1, .speaker = HS_NONE, .parent = i ? i - 1 : HS_NONE};
    }
    hs_record record = {
        .path = HS_STR("p"), .text = {text, N * 4}, .claims = claims, .n_claims = N, .has_claims = true};
    char *html = written(hs_format_html, &record), *svg = written(hs_format_svg, &record);
    is_well_nested(html);
    free(html);
    free(svg);
    free(text);
    free(spans);
    free(claims);
}

static void a_refusing_sink_is_told(void **state) {
    (void)state;
    hs_claim claims[2];
    hs_record record;
    two_claims(&record, claims);
    for (size_t refuse_at = 1; refuse_at <= 3; refuse_at++) {
        taken out = {.refuse_at = refuse_at};
        assert_false(hs_format_html(take, &out, &record));
        assert_int_equal(out.calls, refuse_at);
        free(out.bytes);
    }
    taken out = {.refuse_at = 1};
    assert_false(hs_format_svg(take, &out, &record));
    free(out.bytes);
}

static void texts_are_clipped(void **state) {
    (void)state;
    taken taken = {0};
    hs_out out;
    hs_out_init(&out, take, &taken);
    hs_markup_clipped(&out, HS_STR("ab & c"), 100);
    hs_markup_put(&out, "|");
    hs_markup_clipped(&out, HS_STR("a long name of a speaker"), 6);
    hs_markup_put(&out, "|");
    hs_markup_clipped(&out, (hs_str){0}, 6);
    assert_true(hs_out_flush(&out));
    assert_string_equal(taken.bytes, "ab &amp; c|a long nam…|");
    free(taken.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_shows_all_of_a_claim),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(pages_without_an_article_or_claims),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(addresses),
        cmocka_unit_test(any_spans_nest),
        cmocka_unit_test(many_claims_take_little_time),
        cmocka_unit_test(a_refusing_sink_is_told),
        cmocka_unit_test(texts_are_clipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
