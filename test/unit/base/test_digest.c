/* Digests: against Python's hashlib.blake2b(…, digest_size=16). */
#include "base/digest.h"

#include <stdio.h>

#include "check.h"

static void check(hs_str bytes, const char *expected) {
    hs_digest digest = hs_digest_of(bytes);
    char hex[2 * HS_DIGEST_SIZE + 1];
    for (int i = 0; i < HS_DIGEST_SIZE; i++) snprintf(hex + 2 * i, 3, "%02x", digest.v[i]);
    assert_string_equal(hex, expected);
}

static void test_known(void **state) {
    (void)state;
    char long_one[1000];
    for (size_t i = 0; i < sizeof long_one; i++) long_one[i] = (char)(i % 251);
    check(HS_STR(""), "cae66941d9efbd404e4d88758ea67670");
    check(HS_STR("abc"), "cf4ab791c62b8d2b2109c90275287816");
    check((hs_str){long_one, 128}, "a74787004ef589e31149183900d0294a");
    check((hs_str){long_one, 129}, "aaf1b0371f6d4ee49ee4fb5ddd9c49ef");
    check((hs_str){long_one, 1000}, "bca120dfd89cd95d82898473a5b01c90");
}

static void test_pieces(void **state) {
    (void)state;
    char bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)i;
    hs_digest whole = hs_digest_of((hs_str){bytes, sizeof bytes});
    for (size_t piece = 1; piece < 260; piece += 7) {
        hs_digester d;
        hs_digest_start(&d);
        for (size_t at = 0; at < sizeof bytes; at += piece)
            hs_digest_add(&d, hs_str_slice((hs_str){bytes, sizeof bytes}, at, at + piece));
        hs_digest end = hs_digest_end(&d);
        assert_memory_equal(end.v, whole.v, sizeof end.v);
    }
}

static void test_fields(void **state) {
    (void)state;
    hs_digester a, b;
    hs_digest_start(&a);
    hs_digest_start(&b);
    hs_digest_field(&a, HS_STR("ab"));
    hs_digest_field(&a, HS_STR("c"));
    hs_digest_field(&b, HS_STR("a"));
    hs_digest_field(&b, HS_STR("bc"));
    hs_digest x = hs_digest_end(&a), y = hs_digest_end(&b);
    assert_memory_not_equal(x.v, y.v, sizeof x.v);
    assert_int_not_equal(hs_digest_number(&x), hs_digest_number(&y));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
