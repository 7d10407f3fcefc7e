/* Tests of the word tables: they are in order, and words match by part. */
#include "page/language.h"
#include "page/rules.h"
#include "reading.h"

static unsigned class_marks(hs_str names) {
    static hs_class_marks kept;
    return hs_rules_class(&kept, names);
}

static void class_names_match_by_word_part(void **state) {
    (void)state;
    assert_int_equal(class_marks(HS_STR("header")), 0);
    assert_true(class_marks(HS_STR("top-ad")) & HS_MARK_ASIDE);
    assert_true(class_marks(HS_STR("relatedArticles")) & HS_MARK_ASIDE);
    assert_true(class_marks(HS_STR("x post-content")) & HS_MARK_CONTENT);
    assert_true(class_marks(HS_STR("sr-only")) & HS_MARK_HIDDEN);
    assert_int_equal(class_marks(HS_STR("has-sidebar")), 0);
    assert_true(class_marks(HS_STR("box hidden")) & HS_MARK_HIDDEN);
    assert_int_equal(class_marks(HS_STR("overflow-hidden")), 0);
    assert_int_equal(class_marks(HS_STR("overflow-x-hidden")), 0);
    assert_int_equal(class_marks(HS_STR("field--label-hidden")), 0);
    assert_int_equal(class_marks(HS_STR("hidden md:block")), 0);
    assert_int_equal(class_marks(HS_STR("d-none d-lg-flex")), 0);
    assert_int_equal(class_marks(HS_STR("hidden-xs")), 0);
    assert_true(class_marks(HS_STR("md:hidden")) & HS_MARK_HIDDEN);
    assert_int_equal(class_marks(HS_STR("page-has-sidebar")) & HS_MARK_DROP, 0);
    assert_int_equal(class_marks(HS_STR("block-20ad95")), 0);
    assert_int_equal(class_marks(HS_STR("")), 0);
}

static void phrases_match_whole_words(void **state) {
    (void)state;
    size_t at, n;
    assert_true(hs_rules_is(HS_PHRASE_END, HS_STR("Related Articles:")));
    assert_true(hs_rules_is(HS_PHRASE_END, HS_STR("Comments (12)")));
    assert_false(hs_rules_is(HS_PHRASE_END, HS_STR("Comments by the mayor")));
    assert_true(hs_rules_starts(HS_PHRASE_PROMO, HS_STR("Read more: the bridge"), &n));
    assert_false(hs_rules_starts(HS_PHRASE_BY, HS_STR("Bystanders saw it"), &n));
    assert_true(hs_rules_holds(HS_PHRASE_RIGHTS, HS_STR("The Post. All Rights Reserved."), &at, &n));
    assert_false(hs_rules_holds(HS_PHRASE_RIGHTS, HS_STR("copyrighted"), &at, &n));
}

static void months_are_known_in_many_languages(void **state) {
    (void)state;
    assert_int_equal(hs_rules_month(HS_STR("November")), 11);
    assert_int_equal(hs_rules_month(HS_STR("M\xC3\xA4rz")), 3);
    assert_int_equal(hs_rules_month(HS_STR("d\xC3\xA9"
                                           "cembre")),
                     12);
    assert_int_equal(hs_rules_month(HS_STR("market")), 0);
    assert_int_equal(hs_rules_month(HS_STR("")), 0);
}

static void languages_are_told_apart(void **state) {
    (void)state;
    assert_str(hs_language_of(HS_STR(
                   "The mayor said that it was the first time in years that the bridge was open to the public.")),
               "en");
    assert_str(hs_language_of(
                   HS_STR("Die B\xC3\xBCrgermeisterin sagte, dass es nicht das erste Mal ist und dass die Br\xC3\xBC"
                          "cke auch f\xC3\xBCr den Verkehr ist.")),
               "de");
    assert_str(
        hs_language_of(HS_STR("\xD0\x9C\xD0\xBE\xD1\x81\xD1\x82 \xD0\xBE\xD1\x82\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82")),
        "ru");
    assert_str(hs_language_of(HS_STR("Міст через річку відкрили після дев'яти років робіт")), "uk");
    assert_str(hs_language_of(HS_STR("پل روی رودخانه پس از نه سال کار باز شد")), "fa");
    assert_str(hs_language_of(HS_STR("افتتح الجسر فوق النهر بعد تسع سنوات من العمل")), "ar");
    assert_null(hs_language_of(HS_STR("xyz")).p);
    assert_str(hs_language_tag(&arena, HS_STR("en-US")), "en");
    assert_null(hs_language_tag(&arena, HS_STR("english")).p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(class_names_match_by_word_part),
        TEST(phrases_match_whole_words),
        TEST(months_are_known_in_many_languages),
        TEST(languages_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
