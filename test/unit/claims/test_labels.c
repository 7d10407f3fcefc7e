/* Labels of claims whose spans are given: clear cases of each kind. How good they are on real pages is train/acts/score.py's matter. */
#include <stdlib.h>

#include "stated.h"

static void stance_is(const char *marked, hs_stance stance) {
    static stated s;
    stated_read(&s, marked);
    assert_string_equal(hs_stance_name(s.claims[0].stance), hs_stance_name(stance));
    hs_arena_free(&s.arena);
}

static void stances(void **state) {
    (void)state;
    stance_is("[1s The harbour master] [1q said] [1c the ferry left at noon].", HS_STANCE_ASSERTS);
    stance_is("[1s The ministry] [1q declined to comment on] [1c the letter].", HS_STANCE_DECLINES);
    stance_is("[1s The ministry] [1q has not commented on] [1c the letter].", HS_STANCE_DECLINES);
    stance_is("[1s The company] [1q denied] [1c these allegations].", HS_STANCE_DENIES);
    stance_is("[1s The union] [1q accused] [1c the owners of fraud and bribery].", HS_STANCE_ACCUSES);
    stance_is("[1s The captain] [1q speculated] [1c that the fog might have hidden the buoy].", HS_STANCE_SPECULATES);
    stance_is("[1s The council] [1q plans] [1c to close the hall].", HS_STANCE_INTENDS);
    stance_is("[1s The mayor] [1q said] [1c she would open the bridge in May].", HS_STANCE_INTENDS);
    stance_is("[1s The mayor] [1q urged] [1c the porters to go back to work].", HS_STANCE_URGES);
    stance_is("[1s Reporters] [1q asked] [1c whether the bridge would open].", HS_STANCE_ASKS);
    stance_is("[1s A survey of 800 islanders] [1q found] [1c that two in three want a bridge].", HS_STANCE_SHOWS);
    stance_is("[1s Footage from the quay] [1q shows] [1c a van without lights].", HS_STANCE_SHOWS);
    stance_is("[1s The islanders] [1q believe] [1c that the bridge is safe].", HS_STANCE_BELIEVES);
}

static void it_is_what_it_was_called_before(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "[1s The report] [1q found] [1c two faults]. [2s It] [2q said] [2c the welds were thin].");
    s.claims[1].speaker = s.claims[0].speaker;
    hs_labels_read(&s.record, &s.arena, NULL);
    assert_string_equal(hs_stance_name(s.claims[1].stance), "shows");
    hs_arena_free(&s.arena);
}

static void hedges(void **state) {
    (void)state;
    static const struct {
        const char *marked;
        bool hedged;
    } cases[] = {
        {"[1c The van] [1q allegedly] [1c belonged to a councillor].", true},
        {"[1c The ferry] [1q reportedly] [1c turned back].", true},
        {"[1s Divers] [1q said] [1c the cable may have been cut].", true},
        {"[1s Divers] [1q said] [1c the cable was cut].", false},
        {"[1s The mayor] [1q denied] [1c the report].", false},
    };
    static stated s;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stated_read(&s, cases[i].marked);
        assert_int_equal(s.claims[0].hedged, cases[i].hedged);
        hs_arena_free(&s.arena);
    }
}

static void a_model_has_its_say(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "[1s The harbour master] [1q said] [1c the ferry left at noon].");
    hs_act_scores scores = {.hedged = 60};
    for (size_t k = 0; k <= HS_STANCE_ASSERTS; k++) scores.stance[k] = k == HS_STANCE_ASKS ? 0 : -60;
    hs_labels_read(&s.record, &s.arena, &scores);
    assert_string_equal(hs_stance_name(s.claims[0].stance), "asks");
    assert_true(s.claims[0].hedged);
    hs_arena_free(&s.arena);
}

static void medium_is(const char *marked, size_t claim, const char *medium) {
    static stated s;
    stated_read(&s, marked);
    assert_str(s.claims[claim].medium, hs_str_of(medium));
    hs_arena_free(&s.arena);
}

static void media(void **state) {
    (void)state;
    medium_is("[1s The mayor] [1q told] Tal Radio [1c that the hall would close].", 0, "Tal Radio");
    medium_is("[1s The mayor] [1q told] the porters [1c that the hall would close].", 0, NULL);
    medium_is("[1s The mayor] [1q told] BSS [1c that the hall would close].", 0, "BSS");
    medium_is("[1s The mayor] [1q told] the FBI [1c that the hall would close].", 0, NULL);
    medium_is("In an official response to the letter, [1s the office] [1q said] [1c the hall would close].", 0,
              "an official response");
    medium_is("[1s The mayor] [1q said] in a statement [1c that the hall would close].", 0, "a statement");
    medium_is("In an interview with the Harbour Post, [1s the mayor] [1q said] [1c the hall would close].", 0,
              "an interview with the Harbour Post");
    medium_is("[1s The union] [1q wrote] on Facebook [1c that the hall would close].", 0, "Facebook");
    medium_is("[1s The union] [1q tweeted] [1c that the hall would close].", 0, "tweeted");
    medium_is("[1s The union] [1q issued a statement] [1c about the hall].", 0, "a statement");
    medium_is("[1s The mayor] [1q said] [1c the hall was sold in a statement of accounts].", 0, NULL);
    medium_is("[1q According to] [1s Tal Radio], [1c the hall is sold].", 0, NULL);
    medium_is("[1s The mayor] [1q declined to comment] in a statement [1c on the hall].", 0, NULL);
}

static void media_that_are_named_otherwise(void **state) {
    (void)state;
    medium_is("Later on \"Harbour Week,\" [1s Ann Hall] [1q questioned] [1c the sale].", 0, "Harbour Week");
    medium_is("[1s Ann Hall] took to Twitter [1q to say] [1c the hall was sold].", 0, "Twitter");
    medium_is("[1s Two porters] spoke with Tal News, [1q saying] [1c the hall was sold].", 0, "Tal News");
    medium_is("[1s Ann Hall] [1q pledged] in a speech [1c that the hall stays].", 0, "a speech");
    medium_is("[1s Bo Lund, an editor at the Harbour Post], [1q said] [1c the hall was sold].", 0, NULL);
    medium_is("Tal On The Radio got a letter, [1q showing] [1c that the hall was sold].", 0, NULL);
    medium_is("[1s Ann Hall] [1q admitted] [1c an error] but [2q noted] [2c that Bo Lund wrote on Twitter].", 0, NULL);
}

static void a_quotation_that_goes_on_keeps_its_medium(void **state) {
    (void)state;
    const char *text = "[1c \"The hall closes,\"] [1s Ann Hall] [1q said] in a statement.\n\n[2c \"It is sold,\"] [2s "
                       "Ann Hall] [2q added].";
    medium_is(text, 0, "a statement");
    medium_is(text, 1, "a statement");
    medium_is("[1c \"The hall closes,\"] [1s Ann Hall] [1q said] in a statement.\n\n[2c \"It is sold,\"] [2s Bo Lund] "
              "[2q added].",
              1, NULL);
    medium_is(
        "[1c \"The hall closes,\"] [1s Ann Hall] [1q said] in a statement.\n\n[2c \"No,\"] [2s Bo Lund] [2q said]. "
        "[3c \"It is sold,\"] [3s Ann Hall] [3q added].",
        2, "a statement");
}

static void evidence(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "[1s The mayor] [1q said] [1c that [2s leaked letters from the owners] [2q show] [2c a sale]]. "
                    "[3s Grainy footage from the quay] [3q shows] [3c a van]. [4s The union] [4q said] [4c the hall is "
                    "sold, citing an email].");
    const hs_claim *c = s.claims;
    assert_int_equal(c[0].n_evidence, 1);
    assert_int_equal(c[0].evidence[0].kind, HS_EVIDENCE_DOCUMENT);
    assert_str(c[0].evidence[0].status, HS_STR("leaked"));
    assert_int_equal(c[0].evidence[0].mention.start, c[1].source->start);
    assert_int_equal(c[0].evidence[0].mention.end, c[1].source->end);
    assert_int_equal(c[1].n_evidence, 1); /* a source that is a document is what its claim rests on */
    assert_int_equal(c[1].evidence[0].mention.start, c[1].source->start);
    assert_int_equal(c[2].n_evidence, 1);
    assert_int_equal(c[2].evidence[0].kind, HS_EVIDENCE_FOOTAGE);
    assert_str(c[2].evidence[0].status, HS_STR("Grainy"));
    assert_int_equal(c[3].n_evidence, 1);
    const hs_span *mention = &c[3].evidence[0].mention;
    assert_str(hs_str_slice(s.record.text, mention->byte_start, mention->byte_end), HS_STR("an email"));
    hs_arena_free(&s.arena);
}

static void evidence_is(const char *marked, const char *mention, hs_evidence_kind kind) {
    static stated s;
    stated_read(&s, marked);
    assert_int_equal(s.claims[0].n_evidence, mention ? 1 : 0);
    if (mention) {
        const hs_span *span = &s.claims[0].evidence[0].mention;
        assert_str(hs_str_slice(s.record.text, span->byte_start, span->byte_end), hs_str_of(mention));
        assert_int_equal(s.claims[0].evidence[0].kind, kind);
    }
    hs_arena_free(&s.arena);
}

static void what_a_source_rests_on_may_stand_before_the_cue(void **state) {
    (void)state;
    evidence_is("[1s Tal Radio] obtained a sealed filing, [1q showing] [1c that the hall is sold].", "a sealed filing",
                HS_EVIDENCE_DOCUMENT);
    evidence_is("[1s Somebody] who is close to the owners [1q said] [1c the hall is sold].", "Somebody",
                HS_EVIDENCE_UNNAMED_SOURCE);
    evidence_is("[1s Somebody] in the crowd [1q shouted] [1c that the hall is sold].", NULL, 0);
    evidence_is("[1s The union] [1q expects] [1c outcome-based contracts].", NULL, 0);
}

static void spans_count_code_points(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "“Ébène” — [1s Zoë] [1q said] [1c the hall — Åsgård — is sold, citing an official email].");
    assert_int_equal(s.claims[0].n_evidence, 1);
    const hs_span *mention = &s.claims[0].evidence[0].mention;
    assert_int_equal(hs_utf8_count((hs_str){s.text, mention->byte_start}), mention->start);
    assert_int_equal(hs_utf8_count((hs_str){s.text, mention->byte_end}), mention->end);
    hs_arena_free(&s.arena);
}

static void disputes(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "[1s The union] [1q accused] [1c the owners of bribing two inspectors]. [2s The council] [2q said] "
                    "[2c the hall stays open]. "
                    "[3s The owners] [3q denied] [3c these allegations]. [4s The owners] [4q rejected] [4c [5s the "
                    "porters’] [5q claim] [5c of theft]].");
    assert_int_equal(s.claims[0].n_disputes, 0);
    assert_int_equal(s.claims[1].n_disputes, 0);
    assert_int_equal(s.claims[2].n_disputes, 1);
    assert_int_equal(s.claims[2].disputes[0], 0);
    assert_int_equal(s.claims[3].n_disputes, 1);
    assert_int_equal(s.claims[3].disputes[0], 4);
    hs_arena_free(&s.arena);
}

/* Which claims the given one disputes, as their numbers in the marked text. */
static void disputed_are(const char *marked, size_t claim, const char *numbers) {
    static stated s;
    char found[STATED_CLAIMS + 1] = "";
    stated_read(&s, marked);
    for (size_t b = 0, n = 0; b < s.record.n_claims; b++)
        for (size_t i = 0; i < s.claims[claim - 1].n_disputes; i++)
            if (s.claims[claim - 1].disputes[i] == b) found[n++] = (char)('1' + b), found[n] = 0;
    assert_string_equal(found, numbers);
    hs_arena_free(&s.arena);
}

static void verdicts_answer_what_was_said_last(void **state) {
    (void)state;
    disputed_are(
        "[1s Bo Lund] [1q said] [1c the ferry was late].\n\n[2s Ann Hall] [2q said] [2c those statements were wrong].",
        2, "1");
    disputed_are("[1s Bo Lund] [1q said] [1c the ferry was late].\n\n[2c \"It's nonsense,\"] [2s Ann Hall] [2q said].",
                 2, "1");
    disputed_are(
        "[1s Bo Lund] [1q said] [1c the ferry was late].\n\n[2s Ann Hall] [2q replied]: [2c \"No, it was early.\"]", 2,
        "1");
    disputed_are(
        "[1s Bo Lund] [1q said] [1c the ferry was late].\n\n[2s Ann Hall] [2q said] [2c the fog was wrong for June].",
        2, "");
    disputed_are(
        "[1s Bo Lund] [1q said] [1c the ferry was late]. [2s He] [2q repeated] [2c the debunked reports of a fire].", 2,
        "");
}

static void plural_denials_answer_all_that_one_accuses_of(void **state) {
    (void)state;
    const char *text =
        "[1s The union] [1q alleged] [1c that the owners hid a leak]. [2s The mayor] [2q said] [2c the hall stays "
        "open]. [3s The union] [3q accused] [3c the owners of fraud]. [4s The owners] [4q decried] [4c these "
        "claims as \"absurd\"].";
    disputed_are(text, 4, "13");
    disputed_are(text, 3, "");
    disputed_are(
        "[1s The union] [1q accused] [1c the owners of fraud]. [2s The porters] [2q said] [2c the lamps are old]. [3s "
        "A diver] [3q alleged] [3c theft].\n\n[4s The owners] [4q denied] [4c any wrongdoing].",
        4, "13");
}

static void who_does_not_deny_disputes_nothing(void **state) {
    (void)state;
    disputed_are("[1s The union] [1q accused] [1c Bo Lund of arson]. [2s Mr Lund] [2q did not deny] [2c it].", 2, "");
    disputed_are("[1s The union] [1q accused] [1c Bo Lund of arson]. [2s Mr Lund] [2q not only denied] [2c it].", 2,
                 "1");
}

static void the_accused_answers(void **state) {
    (void)state;
    disputed_are(
        "[1s The union] [1q accused] [1c Bo Lund of arson]. [2s Mr Lund] [2q said] [2c he had nothing to do with it].",
        2, "1");
    disputed_are(
        "[1s The union] [1q accused] [1c Ida Berg of arson]. [2s Mr Lund] [2q said] [2c he was not there on Monday].",
        2, "");
}

static void who_is_told_to_be_wrong_is_disputed(void **state) {
    (void)state;
    disputed_are("[1s The mayor] [1q ridiculed] [1c [2s the owners] for [2q claiming] [2c that the hall burns]].", 1,
                 "2");
    disputed_are("[1s The mayor] [1q said] [1c they shut the gate under the absurd [2q pretext] [2c that it leaks]].",
                 1, "2");
    disputed_are("[1s The mayor] [1q found] [1c no evidence of a leak] despite [2s his] [2q claim] [2c that it leaks].",
                 1, "2");
}

static void a_rejected_request_is_no_dispute(void **state) {
    (void)state;
    disputed_are("[1s A judge] [1q rejected] [1c [2s the porters’] [2q request] [2c to open the file]].", 1, "");
}

static void each_level_is_disputed(void **state) {
    (void)state;
    disputed_are("[1s Ann Hall] [1q claimed] [1c that [2s divers] [2q saw] [2c a torn cable under the pier]]. [3s The "
                 "owners] [3q "
                 "dismissed] [3c these claims].",
                 3, "12");
    disputed_are(
        "[1s The union] [1q accused] [1c the owners of fraud]. [2s Ann Hall] [2q said] [2c [3s Ann Hall] [3q rejects] "
        "[3c these allegations]].",
        2, "1");
}

static void empty_parts_do_no_harm(void **state) {
    (void)state;
    static stated s;
    stated_read(&s, "[1s ][1q ][1c ]");
    hs_arena_free(&s.arena);
    stated_read(&s, "[1c ...] [2q :] [3s \"] [3c ?]");
    hs_arena_free(&s.arena);
    stated_read(&s, "x");
    hs_arena_free(&s.arena);
}

/* Ten thousand claims that each deny, cite and name a medium: linear in time, a few lists a claim in memory. */
static void a_hostile_page_is_bounded(void **state) {
    (void)state;
    enum { CLAIMS = 10000 };
    static const char one[] = "He denied the claims in a statement citing a video and a report and an email. ";
    size_t n = sizeof one - 1;
    char *text = malloc(CLAIMS * n);
    hs_claim *claims = calloc(CLAIMS, sizeof *claims);
    hs_span *spans = calloc((size_t)CLAIMS * 3, sizeof *spans);
    for (size_t i = 0; i < CLAIMS; i++) {
        memcpy(text + i * n, one, n);
        hs_span *at = &spans[3 * i];
        at[0] = (hs_span){i * n, i * n + 2, i * n, i * n + 2};
        at[1] = (hs_span){i * n + 3, i * n + 9, i * n + 3, i * n + 9};
        at[2] = (hs_span){i * n + 10, i * n + n - 2, i * n + 10, i * n + n - 2};
        claims[i] = (hs_claim){.source = at,
                               .cue = at + 1,
                               .content = at + 2,
                               .n_source = 1,
                               .n_cue = 1,
                               .n_content = 1,
                               .speaker = i,
                               .parent = HS_NONE};
    }
    hs_arena arena;
    hs_arena_init(&arena, (size_t)256 << 20);
    hs_record record = {.text = {text, CLAIMS * n}, .claims = claims, .n_claims = CLAIMS};
    hs_labels_read(&record, &arena, NULL);
    for (size_t i = 0; i < CLAIMS; i++) assert_true(claims[i].n_evidence <= 8 && claims[i].n_disputes <= 8);
    hs_arena_free(&arena);
    free(text);
    free(claims);
    free(spans);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stances),
        cmocka_unit_test(it_is_what_it_was_called_before),
        cmocka_unit_test(hedges),
        cmocka_unit_test(a_model_has_its_say),
        cmocka_unit_test(media),
        cmocka_unit_test(media_that_are_named_otherwise),
        cmocka_unit_test(a_quotation_that_goes_on_keeps_its_medium),
        cmocka_unit_test(evidence),
        cmocka_unit_test(what_a_source_rests_on_may_stand_before_the_cue),
        cmocka_unit_test(spans_count_code_points),
        cmocka_unit_test(disputes),
        cmocka_unit_test(verdicts_answer_what_was_said_last),
        cmocka_unit_test(plural_denials_answer_all_that_one_accuses_of),
        cmocka_unit_test(who_does_not_deny_disputes_nothing),
        cmocka_unit_test(the_accused_answers),
        cmocka_unit_test(who_is_told_to_be_wrong_is_disputed),
        cmocka_unit_test(a_rejected_request_is_no_dispute),
        cmocka_unit_test(each_level_is_disputed),
        cmocka_unit_test(empty_parts_do_no_harm),
        cmocka_unit_test(a_hostile_page_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
