/* Which addresses are public: the first and last of each block, and their neighbours. */
#include "input/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "check.h"

static bool is_public(const char *text) {
    struct sockaddr_storage storage = {0};
    struct sockaddr_in *in = (struct sockaddr_in *)&storage;
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&storage;
    bool six = strchr(text, ':') != NULL;
    storage.ss_family = six ? AF_INET6 : AF_INET;
    assert_int_equal(inet_pton(storage.ss_family, text, six ? (void *)&in6->sin6_addr : (void *)&in->sin_addr), 1);
    return hs_address_public((const struct sockaddr *)&storage);
}

static void test_not_public(void **state) {
    (void)state;
    static const char *const addresses[] = {"0.0.0.0",
                                            "0.255.255.255",
                                            "10.0.0.0",
                                            "10.255.255.255",
                                            "100.64.0.0",
                                            "100.127.255.255",
                                            "127.0.0.1",
                                            "127.255.255.255",
                                            "169.254.169.254",
                                            "172.16.0.0",
                                            "172.31.255.255",
                                            "192.0.0.8",
                                            "192.0.2.1",
                                            "192.168.0.0",
                                            "192.168.255.255",
                                            "198.18.0.0",
                                            "198.19.255.255",
                                            "198.51.100.7",
                                            "203.0.113.255",
                                            "224.0.0.1",
                                            "239.255.255.255",
                                            "240.0.0.1",
                                            "255.255.255.255",
                                            "::",
                                            "::1",
                                            "::ffff:127.0.0.1",
                                            "::ffff:10.0.0.1",
                                            "::127.0.0.1",
                                            "64:ff9b::10.0.0.1",
                                            "64:ff9b:1::1",
                                            "100::1",
                                            "fc00::1",
                                            "fdff::1",
                                            "fe80::1",
                                            "fec0::1",
                                            "ff02::1",
                                            "2001::1",
                                            "2001:1ff::1",
                                            "2001:db8::1",
                                            "2002:7f00:1::",
                                            "3fff::1",
                                            "3fff:fff::1",
                                            "4000::1",
                                            "5f00::1"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (is_public(addresses[i])) fail_msg("%s passes for public", addresses[i]);
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    assert_false(hs_address_public((const struct sockaddr *)&local));
}

static void test_public(void **state) {
    (void)state;
    static const char *const addresses[] = {
        "1.1.1.1",        "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",      "126.255.255.255",
        "128.0.0.0",      "169.253.255.255", "172.15.255.255",  "172.32.0.0",     "192.167.255.255",  "192.169.0.0",
        "198.17.255.255", "198.20.0.0",      "223.255.255.255", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2001:200::1",
        "2001:4860::1",   "2a00::1",         "2400::1",         "3ffe::1"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (!is_public(addresses[i])) fail_msg("%s does not pass for public", addresses[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_not_public), cmocka_unit_test(test_public)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
