/* Comparing claims, and sketches: packed and back they are the same, damaged they are refused. */
#include "ledger/compare.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "check.h"
#include "ledger/answer.h"

static hs_arena arena;

static int setup(void **state) {
    (void)state;
    hs_arena_init(&arena, 1 << 26);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

/* A page of one claim: the whole text, said by a named person. */
static hs_page_sketch page_of(const char *speaker, const char *said) {
    char *json = HS_NEW(&arena, char, 1000);
    size_t source = strlen(speaker), start = source + 11, n = strlen(said);
    int length = snprintf(
        json, 1000,
        "{\"path\": \"p\", \"text\": \"%s said that %s.\", \"claims\": [{\"id\": \"c1\", \"source\": [[0, %zu]], "
        "\"cue\": [[%zu, %zu]], \"content\": [[%zu, %zu]]}]}",
        speaker, said, source, source + 1, source + 5, start, start + n);
    hs_read_record read;
    hs_error error;
    if (hs_record_in(&read, &arena, json, (size_t)length, &error) != HS_OK) fail_msg("%s", error.message);
    hs_page_sketch sketch;
    hs_sketch_make(&sketch, &arena, &read);
    return sketch;
}

static hs_verdict compare(const char *a, const char *b) {
    hs_page_sketch x = page_of("Ilsa Maren", a), y = page_of("Minister Maren", b);
    float story = hs_story_likeness(&x, &y);
    hs_verdict one = hs_compare(&x.claims[0], &y.claims[0], story);
    hs_verdict other = hs_compare(&y.claims[0], &x.claims[0], story);
    assert_true(one.same == other.same && one.contrary == other.contrary);
    return one;
}

static void test_same_and_not(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    const char *sell = "Carvel Nett will sell its three cable ships to the navy";
    assert_true(compare(sell, "its three cable ships will be sold to the navy by Carvel Nett").same >= HS_SAME_FROM);
    hs_verdict not_sell = compare(sell, "Carvel Nett will not sell its three cable ships to the navy");
    assert_true(not_sell.same < HS_SAME_FROM && not_sell.contrary >= HS_CONTRARY_FROM);
    const char *sand = "at least 4,000 tons of unwashed sea sand went into the Tarnholm dam";
    hs_verdict no_sand = compare(sand, "at least 4,000 tons of unwashed sea sand did not go into the Tarnholm dam");
    assert_true(no_sand.same < HS_SAME_FROM && no_sand.contrary >= HS_CONTRARY_FROM);
    assert_true(compare(sell, "the harbour of Brenn needs a deeper basin for ferries").same < HS_SAME_FROM);
}

static const char PAGE[] =
    "{\"path\": \"p\", \"text\": \"%s\", \"claims\": [{\"id\": \"c1\", \"source\": [[%zu, %zu]], "
    "\"cue\": [[%zu, %zu]], \"content\": [[%zu, %zu]]}]}";

/* The sketch of a page's claim that `source` `cue` `content`, each met first where it stands. */
static hs_page_sketch claim_in(const char *text, const char *source, const char *cue, const char *content) {
    char *json = HS_NEW(&arena, char, 2000);
    hs_str whole = hs_str_of(text);
    size_t s = hs_str_find(whole, hs_str_of(source)), c = hs_str_find(whole, hs_str_of(cue)),
           o = hs_str_find(whole, hs_str_of(content));
    int length = snprintf(json, 2000, PAGE, text, s, s + strlen(source), c, c + strlen(cue), o, o + strlen(content));
    hs_read_record read;
    hs_error error;
    if (hs_record_in(&read, &arena, json, (size_t)length, &error) != HS_OK) fail_msg("%s", error.message);
    hs_page_sketch sketch;
    hs_sketch_make(&sketch, &arena, &read);
    return sketch;
}

/* Whom the words of a source stand for: what the page calls its persons, and whom a sentence can mean. */
static void test_who_is_meant(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    static const struct {
        const char *text, *source, *cue, *content, *speaker;
    } cases[] = {
        {"Carvel Sen. Doran Maren met Brenn Gov. Ilsa Nett. The senator warned of floods.", "The senator", "warned",
         "of floods", "doran maren"},
        {"Carvel Sen. Doran Maren met Brenn Gov. Ilsa Nett. The Brenn governor warned of floods.", "The Brenn governor",
         "warned", "of floods", "ilsa nett"},
        {"Doran Maren, the ferry minister, met Gov. Ilsa Nett, who warned of floods.", "who", "warned", "of floods",
         "ilsa nett"},
        {"Sen. Doran Maren met Gov. Ilsa Nett. He warned that Maren would resign.", "He", "warned",
         "that Maren would resign", "ilsa nett"},
        {"Sen. Doran Maren spoke. They warned of floods.", "They", "warned", "of floods", ""},
        {"Sen. Doran Maren spoke. Nobody shared Maren's fear of floods.", "Maren's", "fear", "of floods",
         "doran maren"},
        {"Sen. Doran Maren spoke. The president warned of floods.", "The president", "warned", "of floods", ""},
        {"Sen. Doran Maren spoke. The Carvel Democrat warned of floods.", "The Carvel Democrat", "warned", "of floods",
         "doran maren"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hs_page_sketch page = claim_in(cases[i].text, cases[i].source, cases[i].cue, cases[i].content);
        assert_string_equal(page.claims[0].speaker.key, cases[i].speaker);
    }
}

/* "endorses Nett" and "opposes Nett" have their whole content in common. */
static void test_contents_of_names_need_their_cues(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    hs_page_sketch endorses = claim_in("Doran Maren endorsed Ilsa Nett.", "Doran Maren", "endorsed", "Ilsa Nett");
    hs_page_sketch again =
        claim_in("Sen. Doran Maren has endorsed Ilsa Nett.", "Sen. Doran Maren", "endorsed", "Ilsa Nett");
    hs_page_sketch attacks = claim_in("Doran Maren mocked Ilsa Nett.", "Doran Maren", "mocked", "Ilsa Nett");
    hs_measures same, other;
    hs_measure_pair(&same, endorses.claims, again.claims, 0);
    hs_measure_pair(&other, endorses.claims, attacks.claims, 0);
    assert_true(same.v[HS_M_CUES] > 0 && same.v[HS_M_BARE] < 1);
    assert_true(other.v[HS_M_CUES] == 0 && other.v[HS_M_BARE] == 1);
}

static void test_packing(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    hs_page_sketch sketch = page_of("Ilsa Maren", "the ships cost 400,000 crowns a day"), back;
    hs_str blob = hs_sketch_pack(&sketch, &arena);
    assert_true(hs_sketch_unpack(&back, &arena, blob));
    assert_str(hs_sketch_pack(&back, &arena), blob);
    for (size_t n = 0; n < blob.n; n++) assert_false(hs_sketch_unpack(&back, &arena, hs_str_slice(blob, 0, n)));
    char *damaged = HS_NEW(&arena, char, blob.n);
    for (size_t i = 0; i < blob.n; i++) { /* whatever comes of it, it ends and stays inside */
        memcpy(damaged, blob.p, blob.n);
        damaged[i] = (char)~damaged[i];
        (void)hs_sketch_unpack(&back, &arena, (hs_str){damaged, blob.n});
    }
}

/* Four pages, two of them with a headline that is like the text of one other page alone: it does not speak against what all texts have in common. */
static void test_headlines_do_not_part_groups(void **state) {
    (void)state;
    if (setjmp(arena.full)) fail();
    enum { TEXT_1, HEAD_2, TEXT_2, HEAD_3, TEXT_3, TEXT_4, N, SURE = 4, ALL = 8 };
    const int64_t pages[N] = {1, 2, 2, 3, 3, 4};
    const hs_link links[ALL] = {{TEXT_1, HEAD_2, 900}, {TEXT_1, TEXT_2, 900}, {HEAD_3, TEXT_4, 900},
                                {TEXT_3, TEXT_4, 900}, {TEXT_1, TEXT_3, 500}, {TEXT_1, TEXT_4, 500},
                                {TEXT_2, TEXT_3, 500}, {TEXT_2, TEXT_4, 500}};
    hs_link sorted[ALL];
    uint32_t group[N];
    memcpy(sorted, links, sizeof links);
    hs_cluster(group, pages, N, sorted, ALL, &arena);
    for (int i = 0; i < N; i++) assert_int_equal(group[i], TEXT_1);
    memcpy(sorted, links, sizeof links);
    hs_cluster(group, pages, N, sorted, SURE + 1, &arena); /* one link between the two halves is too little */
    for (int i = 0; i < N; i++) assert_int_equal(group[i], i < HEAD_3 ? TEXT_1 : HEAD_3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_same_and_not), TEST(test_headlines_do_not_part_groups),
                                       TEST(test_who_is_meant), TEST(test_contents_of_names_need_their_cues),
                                       TEST(test_packing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
