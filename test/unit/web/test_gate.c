/* The gate of notes from the public: only whoever did the work for this text, on this claim, just now, passes; once, and not too often. */
#include "gate.h"

#include <inttypes.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

static const char CLAIM[] = "0123456789ab.c1", TEXT[] = "Not so.\nSee there: \xC3\xA9.";
static const web_client HERE = {{[10] = 0xFF, [11] = 0xFF, 192, 0, 2, 7}};

/* As app/web/gate.h describes the work; `bits` as many as are wanted. */
static void work(char out[400], const char *challenge, const char *text, int bits) {
    unsigned char seed[SHA256_DIGEST_LENGTH + 24], digest[SHA256_DIGEST_LENGTH];
    char whole[400];
    int n = snprintf(whole, sizeof whole, "%s\n%s", challenge, text);
    SHA256((unsigned char *)whole, (size_t)n, seed);
    size_t at = 0;
    for (uint64_t number = 0, found = 0; found < WEB_WORK_PARTS; number++) {
        int digits = snprintf((char *)seed + SHA256_DIGEST_LENGTH, 24, "%" PRIu64, number);
        SHA256(seed, SHA256_DIGEST_LENGTH + (size_t)digits, digest);
        uint32_t head = (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8 | digest[3];
        if (head >> (32 - bits)) continue;
        at += (size_t)snprintf(out + at, 400 - at, found ? ",%" PRIu64 : "%" PRIu64, number);
        found++;
    }
}

typedef struct fixture {
    web_gate *gate;
    char challenge[WEB_CHALLENGE_SIZE], work[400];
    unsigned wait;
} fixture;

static int set_up(void **state) {
    fixture *f = *state = calloc(1, sizeof *f);
    if (!f || !(f->gate = web_gate_make())) return -1;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    web_gate_free(f->gate);
    free(f);
    return 0;
}

static void solve(fixture *f, int64_t now) {
    assert_true(web_gate_challenge(f->challenge, f->gate, CLAIM, now));
    work(f->work, f->challenge, TEXT, WEB_WORK_BITS);
}

static web_passage pass(fixture *f, const char *challenge, const char *answer, const char *claim, const char *text,
                        int64_t now) {
    web_proof proof = {.challenge = challenge, .work = answer, .claim = claim, .text = text};
    return web_gate_pass(f->gate, &proof, &HERE, now, &f->wait);
}

static void test_once(void **state) {
    fixture *f = *state;
    solve(f, 1000);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1001), WEB_PASSED);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1002), WEB_USED);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1000 + WEB_CHALLENGE_SECONDS - 1), WEB_USED);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1000 + WEB_CHALLENGE_SECONDS), WEB_EXPIRED);
}

static void test_for_this_claim_and_text(void **state) {
    fixture *f = *state;
    solve(f, 1000);
    assert_int_equal(pass(f, NULL, f->work, CLAIM, TEXT, 1001), WEB_NO_PROOF);
    assert_int_equal(pass(f, f->challenge, NULL, CLAIM, TEXT, 1001), WEB_NO_PROOF);
    assert_int_equal(pass(f, f->challenge, f->work, "0123456789ab.c2", TEXT, 1001), WEB_FORGED);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, "Buy this.", 1001), WEB_TOO_EASY);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1001), WEB_PASSED);
}

static void test_forged(void **state) {
    fixture *f = *state;
    solve(f, 1000);
    char changed[WEB_CHALLENGE_SIZE + 8];
    for (size_t i = 0; f->challenge[i]; i++) { /* any character that is another one */
        strcpy(changed, f->challenge);
        changed[i] = changed[i] == '1' ? '2' : '1';
        assert_int_equal(pass(f, changed, f->work, CLAIM, TEXT, 1001), WEB_FORGED);
    }
    for (size_t n = 0; f->challenge[n]; n++) {
        snprintf(changed, sizeof changed, "%.*s", (int)n, f->challenge);
        assert_int_equal(pass(f, changed, f->work, CLAIM, TEXT, 1001), WEB_FORGED);
    }
    snprintf(changed, sizeof changed, "%s0", f->challenge);
    assert_int_equal(pass(f, changed, f->work, CLAIM, TEXT, 1001), WEB_FORGED);
    snprintf(changed, sizeof changed, "0%s", f->challenge); /* the same number, another text */
    work(f->work, changed, TEXT, WEB_WORK_BITS);
    assert_int_equal(pass(f, changed, f->work, CLAIM, TEXT, 1001), WEB_FORGED);
    solve(f, 1000);
    web_gate *other = web_gate_make(); /* another run of the server has another key */
    web_proof proof = {.challenge = f->challenge, .work = f->work, .claim = CLAIM, .text = TEXT};
    assert_int_equal(web_gate_pass(other, &proof, &HERE, 1001, &f->wait), WEB_FORGED);
    web_gate_free(other);
    const char *const none[] = {"",       ".",     "..", "1..", "1.2.3", "99999999999999999999999999.0.0",
                                "-1.2.3", ".....", "\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(pass(f, none[i], f->work, CLAIM, TEXT, 1001), WEB_FORGED);
}

static void test_too_easy(void **state) {
    fixture *f = *state;
    solve(f, 1000);
    char easy[400], longer[420];
    work(easy, f->challenge, TEXT, WEB_WORK_BITS - 4);
    char *comma = strchr(f->work, ',');
    const char *last = strrchr(f->work, ',');
    const char *const answers[] = {easy, "", ",", "0", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", "a", comma + 1};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        assert_int_equal(pass(f, f->challenge, answers[i], CLAIM, TEXT, 1001), WEB_TOO_EASY);
    snprintf(longer, sizeof longer, "%s,", f->work);
    assert_int_equal(pass(f, f->challenge, longer, CLAIM, TEXT, 1001), WEB_TOO_EASY);
    snprintf(longer, sizeof longer, "0%s", f->work);
    assert_int_equal(pass(f, f->challenge, longer, CLAIM, TEXT, 1001), WEB_TOO_EASY);
    snprintf(longer, sizeof longer, "%s%s", f->work, last); /* one of them twice */
    assert_int_equal(pass(f, f->challenge, strchr(longer, ',') + 1, CLAIM, TEXT, 1001), WEB_TOO_EASY);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1001), WEB_PASSED); /* what failed spent nothing */
}

static void test_too_often(void **state) {
    fixture *f = *state;
    for (int i = 0; i < WEB_CLIENT_AT_ONCE; i++) {
        solve(f, 1000);
        assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1000), WEB_PASSED);
    }
    solve(f, 1000);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1000), WEB_TOO_OFTEN);
    assert_int_equal(f->wait, WEB_CLIENT_SECONDS);
    assert_int_equal(pass(f, f->challenge, f->work, CLAIM, TEXT, 1000 + WEB_CLIENT_SECONDS),
                     WEB_PASSED); /* the work is not lost */
}

static web_client client(unsigned char a, unsigned char b) {
    web_client c = {{[10] = 0xFF, [11] = 0xFF, 198, 51, a, b}};
    return web_client_of(c.v);
}

static void test_rates_of_a_client(void **state) {
    (void)state;
    web_rates rates = {0};
    web_client one = client(0, 1), other = client(0, 2);
    for (int i = 0; i < WEB_CLIENT_AT_ONCE; i++) assert_int_equal(web_rates_take(&rates, &one, 100), 0);
    assert_int_equal(web_rates_take(&rates, &one, 100), WEB_CLIENT_SECONDS);
    assert_int_equal(web_rates_take(&rates, &one, 110), WEB_CLIENT_SECONDS - 10);
    assert_int_equal(web_rates_take(&rates, &other, 110), 0);
    assert_int_equal(web_rates_take(&rates, &one, 100 + WEB_CLIENT_SECONDS), 0);
    assert_int_equal(web_rates_take(&rates, &one, 100 + WEB_CLIENT_SECONDS), WEB_CLIENT_SECONDS);
    int64_t later = 100000; /* rested: as before */
    for (int i = 0; i < WEB_CLIENT_AT_ONCE; i++) assert_int_equal(web_rates_take(&rates, &one, later), 0);
    assert_int_not_equal(web_rates_take(&rates, &one, later), 0);
}

/* Whoever has many addresses is held by what all may do together, which the table of clients always has room for. */
static void test_rates_of_all(void **state) {
    (void)state;
    web_rates rates = {0};
    size_t passed = 0;
    for (int second = 0; second < 1000; second++)
        for (int i = 0; i < 40; i++) {
            web_client c = client((unsigned char)(second % 250), (unsigned char)i);
            passed += web_rates_take(&rates, &c, 1000 + second) == 0;
        }
    assert_in_range(passed, WEB_ALL_AT_ONCE, WEB_ALL_AT_ONCE + 1000 / WEB_ALL_SECONDS);
    size_t live = 0;
    for (size_t i = 0; i < WEB_MOST_CLIENTS; i++) live += rates.clients[i].rested > 2000;
    assert_true(live < WEB_MOST_CLIENTS);
}

static void test_clients(void **state) {
    (void)state;
    web_client six = {{0x20, 1, 0xD, 0xB8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, near = six, far = six;
    near.v[15] = near.v[8] = 77;
    far.v[7] = 77;
    six = web_client_of(six.v);
    near = web_client_of(near.v);
    far = web_client_of(far.v);
    assert_memory_equal(&six, &near, sizeof six);
    assert_memory_not_equal(&six, &far, sizeof six);
    web_client a = client(1, 2), b = client(1, 3);
    assert_memory_not_equal(&a, &b, sizeof a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_for_this_claim_and_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_easy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_often, set_up, tear_down),
        cmocka_unit_test(test_rates_of_a_client),
        cmocka_unit_test(test_rates_of_all),
        cmocka_unit_test(test_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
