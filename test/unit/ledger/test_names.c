/* Names: what of a phrase is the name, what a role; who may be whom. */
#include "ledger/names.h"

#include <string.h>

#include "check.h"

static void check(const char *phrase, hs_name_kind kind, const char *shown) {
    hs_name name;
    hs_name_read(&name, hs_str_of(phrase), HS_ENTITY_UNKNOWN);
    if (name.kind != kind || strcmp(name.shown, shown) != 0)
        fail_msg("\"%s\": kind %d, \"%s\"", phrase, (int)name.kind, name.shown);
}

static void test_phrases(void **state) {
    (void)state;
    check("Carvelia's deputy energy minister, Ilsa Maren", HS_NAME_FULL, "Ilsa Maren");
    check("Foreign Minister Viktor Sand", HS_NAME_FULL, "Viktor Sand");
    check("Mr. Greve", HS_NAME_SINGLE, "Greve");
    check("House Speaker Jon Ryder", HS_NAME_FULL, "Jon Ryder");
    check("Maren supporters", HS_NAME_DESCRIPTION, "");
    check("two officials", HS_NAME_DESCRIPTION, "");
    check("The minister", HS_NAME_DESCRIPTION, "");
    check("he", HS_NAME_NONE, "");
    check("", HS_NAME_NONE, "");
    check("the Nordhav Health Agency", HS_NAME_FULL, "Nordhav Health Agency");
}

static hs_likeness alike(const char *a, const char *b, bool strict) {
    hs_name x, y;
    hs_name_read(&x, hs_str_of(a), HS_ENTITY_UNKNOWN);
    hs_name_read(&y, hs_str_of(b), HS_ENTITY_UNKNOWN);
    hs_likeness one = hs_names_alike(&x, &y, strict), other = hs_names_alike(&y, &x, strict);
    assert_int_equal(one, other);
    return one;
}

static void test_alike(void **state) {
    (void)state;
    assert_int_equal(alike("Ilsa Maren", "Mrs Ilsa B. Maren", true), HS_ALIKE_SAME);
    assert_int_equal(alike("Ilsa Maren", "Minister Maren", false), HS_ALIKE_SAME);
    assert_int_equal(alike("Ilsa Maren", "Maren", true), HS_ALIKE_MAYBE);
    assert_int_equal(alike("the minister, Ilsa Maren", "Minister Maren", true), HS_ALIKE_SAME);
    assert_int_equal(alike("Ilsa Maren", "Odd Maren", false), HS_ALIKE_DIFFERENT);
    assert_int_equal(alike("Nordhav Health Agency", "NHA", false), HS_ALIKE_SAME);
    assert_int_equal(alike("Ilsa Maren", "officials", false), HS_ALIKE_UNKNOWN);
    assert_int_equal(alike("Ilsa Maren", "he", false), HS_ALIKE_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_phrases), cmocka_unit_test(test_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
