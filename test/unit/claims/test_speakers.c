/* Speakers: whom a claim's source means, and what the page calls them. All names are invented. */
#include "claims/speakers.h"

#include <stdio.h>

#include "check.h"

static hs_arena arena;

static int setup(void **state) {
    (void)state;
    hs_arena_init(&arena, 8 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hs_arena_free(&arena);
    return 0;
}

/* A claim by words of the text: `source` stands right before or in `where`, `content` may be NULL. */
typedef struct told {
    const char *where, *source, *content;
    size_t parent;
} told;

static hs_range find(const char *text, const char *part, size_t from) {
    hs_str rest = hs_str_slice(hs_str_of(text), from, strlen(text));
    size_t at = hs_str_find(rest, hs_str_of(part));
    assert_true(at != HS_NONE);
    return (hs_range){from + at, from + at + strlen(part)};
}

static hs_speakers read_claims(const char *text, bool has_title, const told *claims, size_t n) {
    hs_spoken *spoken = HS_NEW(&arena, hs_spoken, n);
    for (size_t i = 0; i < n; i++) {
        spoken[i].parent = claims[i].parent;
        size_t from = find(text, claims[i].where, 0).start;
        HS_PUSH(&arena, spoken[i].source, find(text, claims[i].source, from));
        if (claims[i].content) HS_PUSH(&arena, spoken[i].content, find(text, claims[i].content, 0));
    }
    return hs_speakers_of(&arena, hs_str_of(text), has_title, spoken, n, NULL);
}

static const hs_entity *speaker(const hs_speakers *s, size_t claim) {
    assert_true(s->of[claim] < s->n);
    return &s->list[s->of[claim]];
}

/* The speaker of a text's only claim. */
static const hs_entity *speaker_in(const char *text, const char *where, const char *source) {
    static hs_speakers s;
    s = read_claims(text, false, &(told){where, source, NULL, HS_NONE}, 1);
    return speaker(&s, 0);
}

static void name_is(const char *text, const char *where, const char *source, const char *name) {
    assert_str(speaker_in(text, where, source)->name, hs_str_of(name));
}

static bool has_alias(const hs_entity *e, const char *alias) {
    for (size_t i = 0; i < e->n_aliases; i++)
        if (hs_str_eq(e->aliases[i], hs_str_of(alias))) return true;
    return false;
}

static void test_surnames(void **state) {
    (void)state;
    const char *text = "The harbour was shut by Maria Tessin on Monday. Tessin said it was old.";
    const hs_entity *e = speaker_in(text, "Tessin said", "Tessin");
    assert_str(e->name, HS_STR("Maria Tessin"));
    assert_int_equal(e->type, HS_ENTITY_PERSON);
    assert_true(has_alias(e, "Tessin"));
}

/* Two who bear a surname are told apart by "Mr" and "Ms", and else left alone. */
static void test_given_names_that_are_small_words(void **state) {
    (void)state;
    name_is("The mayor, Per Lindal, said so.", "The mayor", "The mayor, Per Lindal", "Per Lindal");
    name_is("It was the mayor, Will Holm, who said so.", "the mayor", "the mayor, Will Holm", "Will Holm");
    name_is("\"Will Holm say so?\" Lindal asked.", "Lindal", "Lindal", "Lindal");
}

static void test_one_surname_of_two(void **state) {
    (void)state;
    const char *text = "Maria Tessin met Daniel Tessin. Ms. Tessin said so. Tessin said no.";
    name_is(text, "Ms. Tessin said", "Ms. Tessin", "Maria Tessin");
    name_is(text, "Tessin said no", "Tessin", "Tessin");
}

static void test_titles_and_roles(void **state) {
    (void)state;
    const hs_entity *e =
        speaker_in("Fishing Board Director Anna Corvel said so.", "Fishing", "Fishing Board Director Anna Corvel");
    assert_str(e->name, HS_STR("Anna Corvel"));
    assert_str(e->role, HS_STR("Director"));
    assert_str(e->affiliation, HS_STR("Fishing Board"));
    e = speaker_in("Peter Lund, a senior member of the Harbour Union, said so.", "Peter",
                   "Peter Lund, a senior member of the Harbour Union");
    assert_str(e->name, HS_STR("Peter Lund"));
    assert_str(e->role, HS_STR("senior member"));
    assert_str(e->affiliation, HS_STR("Harbour Union"));
    e = speaker_in("No sea sand in dam\n\nPublic works minister Anders Velk said so.", "Public", "Anders Velk");
    assert_str(e->role, HS_STR("Public works minister"));
    e = speaker_in("The ministry's spokeswoman, Rosa Imbel, said so.", "The", "The ministry's spokeswoman, Rosa Imbel");
    assert_str(e->name, HS_STR("Rosa Imbel"));
    assert_str(e->role, HS_STR("spokeswoman"));
    name_is("Tourism campaigner Otto Brandel said so.", "Tourism", "Tourism campaigner Otto Brandel", "Otto Brandel");
}

static void test_acronyms(void **state) {
    (void)state;
    const char *text =
        "The World Harbour Organisation (WHO) met. WHO said so. The Dornish Front (DFX) left. DFX said no.";
    name_is(text, "WHO said", "WHO", "World Harbour Organisation");
    name_is(text, "DFX said", "DFX", "Dornish Front");
}

static void test_pronouns(void **state) {
    (void)state;
    const char *text =
        "Maria Tessin opened the harbour. She said it was old.\n\nDaniel Corvel disagreed. He said it was new.";
    name_is(text, "She said", "She", "Maria Tessin");
    name_is(text, "He said", "He", "Daniel Corvel");
}

static void test_first_person_is_who_speaks(void **state) {
    (void)state;
    const char *text = "\"I think we sail,\" Maria Tessin said.";
    told claims[] = {{"Maria", "Maria Tessin", "\"I think we sail,\"", HS_NONE}, {"I think", "I", "we sail", 0}};
    hs_speakers s = read_claims(text, false, claims, 2);
    assert_int_equal(s.of[0], s.of[1]);
    assert_str(speaker(&s, 0)->name, HS_STR("Maria Tessin"));
}

static void test_descriptions(void **state) {
    (void)state;
    const char *text = "Senator Maria Tessin spoke on Monday. The senator said so.";
    name_is(text, "The senator said", "The senator", "Maria Tessin");
    const hs_entity *e = speaker_in("Officials said so.", "Officials", "Officials");
    assert_str(e->name, HS_STR("Officials"));
    assert_int_equal(e->type, HS_ENTITY_UNNAMED);
}

static void test_relative_clause(void **state) {
    (void)state;
    name_is("Maria Tessin, who denied it, left.", "who denied", "who", "Maria Tessin");
    name_is("A message from Maria Tessin that said it was safe came late.", "that said", "that", "Maria Tessin");
}

static void test_possessive_sources(void **state) {
    (void)state;
    name_is("The claim by Orla Senn was false. Senn's claim was checked.", "Senn's claim", "Senn's", "Orla Senn");
    name_is("Orla Senn\xE2\x80\x99s Claim That The Bridge Is Safe", "Orla", "Orla Senn\xE2\x80\x99s", "Orla Senn");
    name_is("The owners\xE2\x80\x99 lawyer said so.", "The owners", "The owners\xE2\x80\x99 lawyer",
            "The owners\xE2\x80\x99 lawyer");
}

static void test_names_and_numbers_are_whole(void **state) {
    (void)state;
    name_is("A study of over 86,000 riders found it.", "A study", "A study of over 86,000 riders",
            "A study of over 86,000 riders");
    name_is("Brenn's Future of Travel Survey found it.", "Brenn", "Brenn's Future of Travel Survey", "Travel Survey");
    name_is("Mark Senn of Brenn said so.", "Mark", "Mark Senn of Brenn", "Mark Senn");
}

static void test_documents_of_bodies(void **state) {
    (void)state;
    const char *text = "The Department of Roads complaint says it was sold. The Department of Roads said it was sure.";
    const told claims[] = {{"The Department of Roads complaint", "The Department of Roads complaint", NULL, HS_NONE},
                           {"The Department of Roads said", "The Department of Roads", NULL, HS_NONE}};
    hs_speakers s = read_claims(text, false, claims, 2);
    assert_int_equal(speaker(&s, 0)->type, HS_ENTITY_DOCUMENT);
    assert_true(s.of[0] != s.of[1]);
    assert_true(speaker(&s, 1)->type != HS_ENTITY_DOCUMENT);
}

static void test_joint_sources(void **state) {
    (void)state;
    const hs_entity *e =
        speaker_in("Maria Tessin and Daniel Corvel said so.", "Maria", "Maria Tessin and Daniel Corvel");
    assert_str(e->name, HS_STR("Maria Tessin and Daniel Corvel"));
    assert_int_equal(e->type, HS_ENTITY_GROUP);
}

static void test_governments(void **state) {
    (void)state;
    const char *text = "Italy sent ships. Rome said so.";
    const hs_entity *e = speaker_in(text, "Rome said", "Rome");
    assert_int_equal(e->type, HS_ENTITY_GOVERNMENT);
    assert_true(has_alias(e, "Rome") || has_alias(e, "Italy"));
    assert_int_equal(speaker_in("The White House said so.", "The White", "The White House")->type,
                     HS_ENTITY_GOVERNMENT);
}

static void test_title_in_capitals(void **state) {
    (void)state;
    const char *text = "Tessin Says Harbour Must Be Shut Soon\n\nMaria Tessin said on Monday that it was old.";
    hs_speakers s = read_claims(text, true, &(told){"Tessin Says", "Tessin", NULL, HS_NONE}, 1);
    assert_str(speaker(&s, 0)->name, HS_STR("Maria Tessin"));
}

/* No source, no speaker; a pronoun that means nobody stays as it is. */
static void test_nobody(void **state) {
    (void)state;
    hs_spoken none = {.parent = HS_NONE};
    hs_speakers s = hs_speakers_of(&arena, HS_STR("It was said that it rains."), false, &none, 1, NULL);
    assert_int_equal(s.of[0], HS_NONE);
    assert_int_equal(s.n, 0);
    name_is("Then she said so.", "she", "she", "she");
}

/* A page of names alone costs time in proportion. */
static void test_many_names(void **state) {
    (void)state;
    hs_arena_free(&arena);
    hs_arena_init(&arena, 400 << 20);
    hs_buf text = {0};
    char name[64];
    for (unsigned i = 0; i < 20000; i++) {
        snprintf(name, sizeof name, "Ab%cc%u Corvel met the senator and she left. ", 'a' + (int)(i % 26), i);
        hs_buf_add(&arena, &text, hs_str_of(name));
    }
    hs_spoken none = {.parent = HS_NONE};
    hs_speakers s = hs_speakers_of(&arena, hs_buf_str(&text), false, &none, 1, NULL);
    assert_true(s.mentions.n >= 20000);
}

static void test_initials_belong_to_names(void **state) {
    (void)state;
    const char *text = "It is old, said lead author Orla A. Senn, a professor. Senn said so.";
    name_is(text, "lead author", "lead author Orla A. Senn", "Orla A. Senn");
    name_is(text, "Senn said so", "Senn", "Orla A. Senn");
}

static void test_posts_for_bodies(void **state) {
    (void)state;
    const hs_entity *e = speaker_in("Daniel Corvel, CEO of Paris Pretzel North America, said so.", "Daniel",
                                    "Daniel Corvel, CEO of Paris Pretzel North America");
    assert_str(e->name, HS_STR("Daniel Corvel"));
    assert_str(e->affiliation, HS_STR("Paris Pretzel North America"));
    name_is("Paris Pretzel wants to grow.", "Paris", "Paris Pretzel", "Paris Pretzel");
    e = speaker_in("Orla Senn, Philosopher and Inventor of Quick Ferries, said so.", "Orla",
                   "Orla Senn, Philosopher and Inventor of Quick Ferries");
    assert_str(e->name, HS_STR("Orla Senn"));
    assert_int_equal(e->type, HS_ENTITY_PERSON);
    name_is("So the University of Brenn Harbour Lab and VDX said.", "the University",
            "the University of Brenn Harbour Lab", "University of Brenn Harbour Lab");
}

/* "We" is the body for which somebody speaks. */
static void test_we_is_the_body(void **state) {
    (void)state;
    static const struct {
        const char *text, *source, *body;
    } all[] = {
        {"Daniel Corvel, the Roads Department Spokesperson, said: \"We urge it.\" The Swedish Roads Department is "
         "small.",
         "Daniel Corvel", "Swedish Roads Department"},
        {"Tessin campaign Chairman Daniel Corvel said: \"We urge it.\" The Tessin campaign is small.",
         "Tessin campaign Chairman Daniel Corvel", "The Tessin campaign"},
        {"A spokesman for Brenn Ferries said: \"We urge it.\"", "A spokesman for Brenn Ferries", "Brenn Ferries"},
        {"Daniel Corvel said: \"We urge it.\"", "Daniel Corvel", "Daniel Corvel"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        told claims[] = {{all[i].source, all[i].source, "\"We urge it.\"", HS_NONE}, {"We urge", "We", "it", 0}};
        hs_speakers s = read_claims(all[i].text, false, claims, 2);
        assert_str(speaker(&s, 1)->name, hs_str_of(all[i].body));
    }
}

/* A name behind "in" is a place's, but not when it stands elsewhere more often. */
static void test_names_behind_in(void **state) {
    (void)state;
    const char *text = "Maria Tessin spoke. Trust in Tessin is high. Tessin left. Tessin said so.";
    name_is(text, "Tessin said so", "Tessin", "Maria Tessin");
    assert_int_equal(speaker_in("Ships lie in Brenn. Brenn said so.", "Brenn said", "Brenn")->type, HS_ENTITY_UNKNOWN);
    assert_int_equal(speaker_in("Ships lie in Brenn. It rains in Brenn. Brenn said so.", "Brenn said", "Brenn")->type,
                     HS_ENTITY_GOVERNMENT);
    name_is("Ships lie in Brenn. He said so.", "He said", "He", "He");
    name_is("In Brenn, a man with a lamp stood there. He said so.", "He said", "He", "He");
}

static void test_the_young_hold_no_posts(void **state) {
    (void)state;
    name_is("Mayor Daniel Corvel came. The boy said so.", "The boy", "The boy", "The boy");
}

static void test_what_who_and_that_pass_over(void **state) {
    (void)state;
    name_is("They printed Tessin's old letters that showed it.", "that showed", "that", "old letters");
    name_is("Orla Senn, a Tessin campaign helper who chose it, left.", "who chose", "who", "Orla Senn");
    name_is("It asks how many riders think so.", "how many", "how many riders", "many riders");
}

static void test_interviews(void **state) {
    (void)state;
    static const char text[] =
        "Slow ferries\n\nMaria Tessin builds ferries. Tessin has met Daniel Corvel.\n\nQ: Why?\n\n"
        "A: They are cheap.\n\nWe think so.\n\nQ: What is next?\n\nA: I want to build one.";
    const told claims[] = {{"A: They", "A", "They are cheap.", HS_NONE},
                           {"We think", "We", "so", HS_NONE},
                           {"A: I want", "A", "I want to build one.", HS_NONE},
                           {"I want", "I", "to build one", 2}};
    hs_speakers s = read_claims(text, true, claims, 4);
    for (size_t i = 0; i < 4; i++) assert_str(speaker(&s, i)->name, HS_STR("Maria Tessin"));
    static const char two[] = "Slow ferries\n\nMaria Tessin and Daniel Corvel build ferries.\n\nQ: Why?\n\n"
                              "A: They are cheap.\n\nQ: What is next?\n\nA: I want to build one.";
    s = read_claims(two, true, claims, 1);
    assert_str(speaker(&s, 0)->name, HS_STR("A"));
}

static void test_headlines_describe_who_is_named_below(void **state) {
    (void)state;
    static const char again[] = "Salt eats the Tarnholm dam from within, engineer claims\n\nSalt from sea sand eats "
                                "the Tarnholm dam, Lotte Brask has claimed.";
    hs_speakers s =
        read_claims(again, true,
                    (told[]){{"engineer", "engineer", "Salt eats the Tarnholm dam from within", HS_NONE},
                             {"Lotte Brask", "Lotte Brask", "Salt from sea sand eats the Tarnholm dam", HS_NONE}},
                    2);
    assert_str(speaker(&s, 0)->name, HS_STR("Lotte Brask"));
    static const char other[] = "Salt eats the Tarnholm dam from within, engineer claims\n\nThe harbour is open again, "
                                "Lotte Brask has claimed.";
    s = read_claims(other, true,
                    (told[]){{"engineer", "engineer", "Salt eats the Tarnholm dam from within", HS_NONE},
                             {"Lotte Brask", "Lotte Brask", "The harbour is open again", HS_NONE}},
                    2);
    assert_str(speaker(&s, 0)->name, HS_STR("engineer"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_surnames),
        TEST(test_given_names_that_are_small_words),
        TEST(test_one_surname_of_two),
        TEST(test_titles_and_roles),
        TEST(test_acronyms),
        TEST(test_pronouns),
        TEST(test_first_person_is_who_speaks),
        TEST(test_descriptions),
        TEST(test_relative_clause),
        TEST(test_joint_sources),
        TEST(test_possessive_sources),
        TEST(test_documents_of_bodies),
        TEST(test_names_and_numbers_are_whole),
        TEST(test_governments),
        TEST(test_title_in_capitals),
        TEST(test_headlines_describe_who_is_named_below),
        TEST(test_initials_belong_to_names),
        TEST(test_posts_for_bodies),
        TEST(test_we_is_the_body),
        TEST(test_names_behind_in),
        TEST(test_the_young_hold_no_posts),
        TEST(test_what_who_and_that_pass_over),
        TEST(test_interviews),
        TEST(test_nobody),
        TEST(test_many_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
