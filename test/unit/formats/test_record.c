/* Records written in both formats, from records made by hand: nesting, missing parts, wrapping, hostile text. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "formats/formats.h"

typedef struct taken {
    char *bytes;
    size_t n, calls, refuse_at;
} taken;

static bool take(void *state, const char *bytes, size_t n) {
    taken *taken = state;
    if (++taken->calls == taken->refuse_at) return false;
    char *grown = realloc(taken->bytes, taken->n + n + 1);
    assert_non_null(grown);
    taken->bytes = grown;
    memcpy(taken->bytes + taken->n, bytes, n);
    taken->n += n;
    taken->bytes[taken->n] = 0;
    return true;
}

static char *as_text(const hs_record *record, bool colour) {
    taken out = {0};
    assert_true(hs_format_text(take, &out, record, colour));
    return out.bytes;
}

static void text_is(const hs_record *record, const char *expected) {
    char *out = as_text(record, false);
    assert_string_equal(out, expected);
    free(out);
}

static void jsonl_is(const hs_record *record, const char *expected) {
    taken out = {0};
    assert_true(hs_format_jsonl(take, &out, record));
    assert_string_equal(out.bytes, expected);
    free(out.bytes);
}

#define TEXT "Mayor talks\n\nHe said that engineers told him it was safe."
static hs_span he = {13, 15, 13, 15}, said = {16, 20, 16, 20}, that = {21, 56, 21, 56};
static hs_span engineers = {26, 35, 26, 35}, told = {36, 40, 36, 40}, safe = {45, 56, 45, 56};
static hs_str hall_alias = {"Hall", 4};
static hs_entity entities[] = {
    {.name = {"Ann Hall", 8},
     .aliases = &hall_alias,
     .n_aliases = 1,
     .type = HS_ENTITY_PERSON,
     .role = {"mayor", 5},
     .affiliation = {"Tal", 3}},
    {.name = {"engineers", 9}},
};
static hs_evidence told_by = {
    .mention = {26, 35, 26, 35}, .kind = HS_EVIDENCE_UNNAMED_SOURCE, .status = {"unconfirmed", 11}};
static size_t disputed = 0;
static hs_claim claims[] = {
    {.source = &he,
     .cue = &said,
     .content = &that,
     .n_source = 1,
     .n_cue = 1,
     .n_content = 1,
     .speaker = 0,
     .parent = HS_NONE,
     .manner = HS_MANNER_INDIRECT,
     .stance = HS_STANCE_ASSERTS,
     .evidence = &told_by,
     .n_evidence = 1,
     .confidence = 0.934},
    {.source = &engineers,
     .cue = &told,
     .content = &safe,
     .n_source = 1,
     .n_cue = 1,
     .n_content = 1,
     .speaker = 1,
     .parent = 0,
     .manner = HS_MANNER_INDIRECT,
     .stance = HS_STANCE_DENIES,
     .hedged = true,
     .medium = {"a call", 6},
     .disputes = &disputed,
     .n_disputes = 1,
     .confidence = 0.5},
};

static hs_record two_claims(void) {
    return (hs_record){.path = HS_STR("m.html"),
                       .outlet = HS_STR("The Post"),
                       .title = HS_STR("Mayor talks"),
                       .published = HS_STR("2031-03-11"),
                       .language = HS_STR("en"),
                       .text = hs_str_of(TEXT),
                       .entities = entities,
                       .claims = claims,
                       .n_entities = 2,
                       .n_claims = 2,
                       .has_title = true,
                       .has_claims = true};
}

static void nested_claims(void **state) {
    (void)state;
    hs_record record = two_claims();
    text_is(&record, "Mayor talks\n"
                     "The Post · 2031-03-11\n"
                     "m.html\n"
                     "\n"
                     "  2 claims by 2 speakers, 1 named. 73 % of the text is somebody’s word: Ann Hall 73 %. 1 claim\n"
                     "  rests on its source’s word alone. Of 1 sentence, 0 cite nobody.\n"
                     "\n"
                     "  He (Ann Hall) — said [asserts, indirect, 93 %]\n"
                     "     that engineers told him it was safe\n"
                     "     rests on engineers (unnamed-source, unconfirmed)\n"
                     "   └ engineers — told [denies, hedged, indirect, 50 %]\n"
                     "        it was safe\n"
                     "        disputes “He said”\n"
                     "        engineers → a call → Ann Hall → The Post, this page\n"
                     "\n");
    jsonl_is(
        &record,
        "{\"path\": \"m.html\", \"url\": null, \"outlet\": \"The Post\", \"title\": \"Mayor talks\", \"authors\": [], "
        "\"published\": \"2031-03-11\", \"language\": \"en\", \"codes\": {}, \"credit\": null, \"comments\": [], "
        "\"text\": \"Mayor talks\\n\\nHe said that engineers told him it was safe.\", \"entities\": ["
        "{\"id\": \"e1\", \"name\": \"Ann Hall\", \"aliases\": [\"Hall\"], \"type\": \"person\", \"role\": \"mayor\", "
        "\"affiliation\": \"Tal\"}, {\"id\": \"e2\", \"name\": \"engineers\", \"aliases\": [], \"type\": null, "
        "\"role\": null, "
        "\"affiliation\": null}], \"claims\": ["
        "{\"id\": \"c1\", \"source\": [[13, 15]], \"cue\": [[16, 20]], \"content\": [[21, 56]], \"speaker\": \"e1\", "
        "\"manner\": \"indirect\", \"stance\": \"asserts\", \"hedged\": false, \"medium\": null, \"parent\": null, "
        "\"disputes\": [], \"evidence\": [{\"mention\": [26, 35], \"kind\": \"unnamed-source\", \"status\": "
        "\"unconfirmed\"}], \"confidence\": 0.934}, "
        "{\"id\": \"c2\", \"source\": [[26, 35]], \"cue\": [[36, 40]], \"content\": [[45, 56]], \"speaker\": \"e2\", "
        "\"manner\": \"indirect\", \"stance\": \"denies\", \"hedged\": true, \"medium\": \"a call\", \"parent\": "
        "\"c1\", "
        "\"disputes\": [\"c1\"], \"evidence\": [], \"confidence\": 0.5}]}\n");
}

/* The page's own voice: what is cited, by whom, and what is not. */
static void the_pages_own_voice(void **state) {
    (void)state;
    hs_record record = two_claims();
    record.title = (hs_str){0};
    record.has_title = false;
    record.text = HS_STR("Mr. Vik left. Hm!\n\nHe said that engineers told him it was safe. “Why?” Nobody at the U.S. "
                         "office knows.\n\n* * *\n\nIt rained");
    static hs_span he_here = {19, 21, 19, 21}, said_here = {22, 26, 22, 26}, that_here = {27, 62, 27, 62};
    hs_claim one = claims[0];
    one.source = &he_here;
    one.cue = &said_here;
    one.content = &that_here;
    one.n_evidence = 0;
    record.claims = &one;
    record.n_claims = 1;
    char *out = as_text(&record, false);
    assert_non_null(
        strstr(out, "  1 claim by 1 speaker, 1 named. 33 % of the text is somebody’s word: Ann Hall 33 %. 1 claim\n"
                    "  rests on its source’s word alone. Of 6 sentences, 5 cite nobody.\n"));
    free(out);
}

static void no_article(void **state) {
    (void)state;
    hs_record record = {.path = HS_STR("-"), .text = HS_STR(""), .why = HS_STR("a list of links")};
    text_is(&record, "(no title)\n-\n\n  No article: a list of links\n\n");
    jsonl_is(
        &record,
        "{\"path\": \"-\", \"url\": null, \"outlet\": null, \"title\": null, \"authors\": [], \"published\": null, "
        "\"language\": null, \"codes\": {}, \"credit\": null, \"comments\": [], \"text\": \"\", \"why\": "
        "\"a list of links\", \"entities\": [], \"claims\": null}\n");
}

static void the_article_where_claims_were_not_read(void **state) {
    (void)state;
    hs_record record = two_claims();
    record.has_claims = false;
    record.n_claims = 0;
    text_is(&record,
            "Mayor talks\nThe Post · 2031-03-11\nm.html\n\n  He said that engineers told him it was safe.\n\n");
}

static void no_claims_found(void **state) {
    (void)state;
    hs_record record = two_claims();
    record.n_claims = 0;
    char *out = as_text(&record, false);
    assert_non_null(strstr(out, "\n  No claims: "));
    free(out);
}

static void codes_and_comments(void **state) {
    (void)state;
    hs_code codes[] = {{HS_STR("news"), HS_STR("7")}, {HS_STR("reporter"), HS_STR("8")}, {HS_STR("news"), HS_STR("9")}};
    hs_comment comments[] = {{HS_STR("A"), {0}, HS_STR("x"), HS_NONE}, {{0}, HS_STR("2031-01-02"), HS_STR("y"), 0}};
    hs_record record = {
        .path = HS_STR("p"), .text = HS_STR("t"), .codes = codes, .n_codes = 3, .comments = comments, .n_comments = 2};
    jsonl_is(
        &record,
        "{\"path\": \"p\", \"url\": null, \"outlet\": null, \"title\": null, \"authors\": [], \"published\": null, "
        "\"language\": null, \"codes\": {\"news\": \"7\", \"reporter\": \"8\"}, \"credit\": null, \"comments\": ["
        "{\"id\": \"r1\", \"author\": \"A\", \"date\": null, \"text\": \"x\", \"reply_to\": null}, "
        "{\"id\": \"r2\", \"author\": null, \"date\": \"2031-01-02\", \"text\": \"y\", \"reply_to\": \"r1\"}], "
        "\"text\": \"t\", \"entities\": [], \"claims\": null}\n");
}

static void lines_are_wrapped_and_words_kept(void **state) {
    (void)state;
    static char text[20000];
    size_t n = 0;
    for (size_t i = 0; n + 400 < sizeof text; i++) {
        size_t width = i % 50 == 49 ? 300 : 1 + i * 7 % 13;
        memset(text + n, 'a' + (int)(i % 26), width);
        n += width;
        text[n++] = ' ';
    }
    hs_record record = {.path = HS_STR("p"), .text = {text, n}};
    char *out = as_text(&record, false);
    size_t words = 0, wanted = 0;
    for (char *line = strtok(out, "\n"); line; line = strtok(NULL, "\n")) {
        if (strlen(line) > 96) assert_null(strchr(line + 2, ' ')); /* a word that fits no line has one of its own */
        for (char *c = line; *c; c++) words += *c != ' ' && (c[1] == ' ' || c[1] == 0);
    }
    for (size_t i = 0; i < n; i++) wanted += text[i] == ' ';
    assert_int_equal(words, wanted + 3); /* "(no title)" and "p" */
    assert_true(wanted > 1000);
    free(out);
}

static void hostile_text_does_not_reach_the_terminal(void **state) {
    (void)state;
    hs_record record = {.path = HS_STR("p\x1b[2J"),
                        .title = HS_STR("a\x07"
                                        "b\xC2\x9B"
                                        "c\xE2\x80\xAE"
                                        "d\xFF"
                                        "e\r\nf"),
                        .text = HS_STR("x\x1b]0;y\x07")};
    text_is(&record, "abcd\xEF\xBF\xBD"
                     "e f\np[2J\n\n  x]0;y\n\n");
}

static void colours(void **state) {
    (void)state;
    hs_record record = two_claims();
    char *out = as_text(&record, true);
    assert_non_null(strstr(out, "\033[1mMayor talks\033[0m"));
    free(out);
    out = as_text(&record, false);
    assert_null(strchr(out, '\033'));
    free(out);
}

static void a_refusing_sink_is_told(void **state) {
    (void)state;
    static char text[30000];
    memset(text, 'x', sizeof text);
    hs_record record = {.path = HS_STR("p"), .text = {text, sizeof text}};
    for (size_t refuse_at = 1; refuse_at <= 7; refuse_at++) {
        taken out = {.refuse_at = refuse_at};
        assert_false(hs_format_jsonl(take, &out, &record));
        assert_int_equal(out.calls, refuse_at);
        free(out.bytes);
        out = (taken){.refuse_at = refuse_at};
        assert_false(hs_format_text(take, &out, &record, false));
        assert_int_equal(out.calls, refuse_at);
        free(out.bytes);
    }
}

static void labels(void **state) {
    (void)state;
    for (int i = -1; i < 20; i++) {
        assert_true(strlen(hs_status_name((hs_status)i)) > 0);
        assert_true(strlen(hs_manner_name((hs_manner)i)) > 0);
        assert_true(strlen(hs_entity_type_name((hs_entity_type)i)) > 0);
        assert_true(strlen(hs_stance_name((hs_stance)i)) > 0);
        assert_true(strlen(hs_evidence_kind_name((hs_evidence_kind)i)) > 0);
    }
    assert_string_equal(hs_status_name(HS_OK), "ok");
    assert_string_equal(hs_manner_name(HS_MANNER_MIXED), "mixed");
    assert_string_equal(hs_entity_type_name(HS_ENTITY_UNNAMED), "unnamed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested_claims),
        cmocka_unit_test(the_pages_own_voice),
        cmocka_unit_test(no_article),
        cmocka_unit_test(the_article_where_claims_were_not_read),
        cmocka_unit_test(no_claims_found),
        cmocka_unit_test(codes_and_comments),
        cmocka_unit_test(lines_are_wrapped_and_words_kept),
        cmocka_unit_test(hostile_text_does_not_reach_the_terminal),
        cmocka_unit_test(colours),
        cmocka_unit_test(a_refusing_sink_is_told),
        cmocka_unit_test(labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
