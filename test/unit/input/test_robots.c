/* robots.txt by the rules and examples of RFC 9309. */
#include "input/robots.h"

#include "check.h"

static bool allow(const char *robots, const char *path) {
    return hs_robots_allow(hs_str_of(robots), HS_STR("hearsay"), hs_str_of(path));
}

static void test_groups(void **state) {
    (void)state;
    static const char *const robots = "# for all\nUser-agent: *\nDisallow: /all\n\nUser-Agent: other\nuser-agent: "
                                      "Hearsay/2.0 # us\nDisallow: /us\n\nUser-agent: other\n"
                                      "Disallow: /other\n\nUser-agent: HEARSAY\nDisallow: /also\n";
    assert_true(allow(robots, "/all"));
    assert_false(allow(robots, "/us/page"));
    assert_false(allow(robots, "/also"));
    assert_true(allow(robots, "/other"));
    assert_false(hs_robots_allow(hs_str_of(robots), HS_STR("third"), HS_STR("/all")));
    assert_true(hs_robots_allow(hs_str_of(robots), HS_STR("third"), HS_STR("/us")));
    assert_true(allow("User-agent: hearsay\n\nUser-agent: *\nDisallow: /", "/") == false);
    assert_true(allow("User-agent: hearsay\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a"));
    assert_false(allow("User-agent: *\nSitemap: x\nCrawl-delay: 5\nDisallow: /", "/a"));
    assert_true(allow("", "/a"));
    assert_true(allow("<html>Disallow: /</html>", "/a"));
    assert_false(allow("\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r", "/a"));
}

static void test_longest_rule_decides(void **state) {
    (void)state;
    static const char *const robots =
        "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /same\nAllow: /same\n";
    assert_false(allow(robots, "/a"));
    assert_true(allow(robots, "/a/b"));
    assert_false(allow(robots, "/a/b/c/d"));
    assert_true(allow(robots, "/same"));
    assert_true(allow(robots, "/"));
    assert_true(allow(robots, "/A"));
}

static void test_wildcards(void **state) {
    (void)state;
    assert_false(allow("User-agent: *\nDisallow: *.gif$", "/x/y.gif"));
    assert_true(allow("User-agent: *\nDisallow: *.gif$", "/x/y.gif?z"));
    assert_true(allow("User-agent: *\nDisallow: /x$", "/xy"));
    assert_false(allow("User-agent: *\nDisallow: /x$", "/x"));
    assert_false(allow("User-agent: *\nDisallow: /a*b*c", "/aXbYbZc/d"));
    assert_true(allow("User-agent: *\nDisallow: /a*b*c$", "/aXbYbZc/d"));
    assert_false(allow("User-agent: *\nDisallow: /*", "/"));
    assert_false(allow("User-agent: *\nDisallow: /*$", "/any"));
    assert_true(allow("User-agent: *\nDisallow: /a**********************************b",
                      "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

static void test_percent_escapes(void **state) {
    (void)state;
    assert_false(allow("User-agent: *\nDisallow: /f/%7Ejoe", "/f/~joe"));
    assert_false(allow("User-agent: *\nDisallow: /f/~joe", "/f/%7ejoe"));
    assert_false(allow("User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%A9"));
    assert_true(allow("User-agent: *\nDisallow: /a%2Fb", "/a/b"));
    assert_false(allow("User-agent: *\nDisallow: /%", "/%"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_longest_rule_decides),
        cmocka_unit_test(test_wildcards),
        cmocka_unit_test(test_percent_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
