/* The gate: see gate.h. */
#include "gate.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum {
    KEY = 32,
    NONCE = 12,
    DIGITS = 20,
    /* More cannot have been used since the first of them expired. */
    MOST_USED = WEB_ALL_AT_ONCE + WEB_CHALLENGE_SECONDS / WEB_ALL_SECONDS + 2
};

typedef struct signed_part {
    int64_t expires;
    char nonce[2 * NONCE + 1];
} signed_part;

struct web_gate {
    unsigned char key[KEY];
    pthread_mutex_t lock; /* of what follows */
    web_rates rates;
    signed_part used[MOST_USED];
};

web_gate *web_gate_make(void) {
    web_gate *gate = calloc(1, sizeof *gate);
    if (!gate) return NULL;
    if (getrandom(gate->key, sizeof gate->key, 0) != sizeof gate->key) {
        free(gate);
        return NULL;
    }
    pthread_mutex_init(&gate->lock, NULL);
    return gate;
}

void web_gate_free(web_gate *gate) {
    if (!gate) return;
    OPENSSL_cleanse(gate->key, sizeof gate->key);
    pthread_mutex_destroy(&gate->lock);
    free(gate);
}

int64_t web_gate_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void write_hex(char *out, const unsigned char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* "EXPIRES.NONCE." signed together with the claim: the signature as text. */
static bool sign(char out[2 * SHA256_DIGEST_LENGTH + 1], const web_gate *gate, const signed_part *part,
                 const char *claim) {
    unsigned char mac[SHA256_DIGEST_LENGTH];
    size_t n = strlen(part->nonce) + strlen(claim) + DIGITS + 3;
    char *whole = malloc(n);
    if (!whole) return false;
    int length = snprintf(whole, n, "%" PRId64 ".%s.%s", part->expires, part->nonce, claim);
    bool ok = length > 0 && (size_t)length < n &&
              HMAC(EVP_sha256(), gate->key, KEY, (unsigned char *)whole, (size_t)length, mac, NULL);
    free(whole);
    if (ok) write_hex(out, mac, sizeof mac);
    return ok;
}

bool web_gate_challenge(char out[WEB_CHALLENGE_SIZE], const web_gate *gate, const char *claim, int64_t now) {
    unsigned char chance[NONCE];
    char signature[2 * SHA256_DIGEST_LENGTH + 1];
    signed_part part = {.expires = now + WEB_CHALLENGE_SECONDS};
    if (getrandom(chance, sizeof chance, 0) != sizeof chance) return false;
    write_hex(part.nonce, chance, sizeof chance);
    if (!sign(signature, gate, &part, claim)) return false;
    int n = snprintf(out, WEB_CHALLENGE_SIZE, "%" PRId64 ".%s.%s", part.expires, part.nonce, signature);
    return n > 0 && n < WEB_CHALLENGE_SIZE;
}

/* The parts of a challenge, as it was sent; what stands behind its signature makes it another one. */
static web_passage read_challenge(signed_part *out, const web_gate *gate, const web_proof *proof, int64_t now) {
    char signature[2 * SHA256_DIGEST_LENGTH + 1];
    const char *point = strchr(proof->challenge, '.'), *second = point ? strchr(point + 1, '.') : NULL;
    if (!second || *proof->challenge == '0' || point == proof->challenge || point - proof->challenge >= DIGITS ||
        second - point != 2 * NONCE + 1)
        return WEB_FORGED;
    *out = (signed_part){0};
    memcpy(out->nonce, point + 1, 2 * NONCE);
    for (const char *c = proof->challenge; c < point; c++) {
        if (*c < '0' || *c > '9' || out->expires > INT64_MAX / 16) return WEB_FORGED;
        out->expires = out->expires * 10 + (*c - '0');
    }
    if (!sign(signature, gate, out, proof->claim)) return WEB_FORGED;
    if (strlen(second + 1) != sizeof signature - 1 || CRYPTO_memcmp(second + 1, signature, sizeof signature - 1) != 0)
        return WEB_FORGED;
    return out->expires > now ? WEB_PASSED : WEB_EXPIRED;
}

static bool has_zeros(const unsigned char *digest) {
    int bits = WEB_WORK_BITS;
    for (; bits >= 8; bits -= 8)
        if (*digest++) return false;
    return !bits || *digest >> (8 - bits) == 0;
}

/* "5,71,3090": numbers in decimal digits, ascending, and each of them hard to find. */
static bool is_done(const web_proof *proof) {
    unsigned char seed[SHA256_DIGEST_LENGTH + DIGITS], digest[SHA256_DIGEST_LENGTH];
    size_t n_challenge = strlen(proof->challenge), n_text = strlen(proof->text);
    char *whole = malloc(n_challenge + n_text + 1);
    if (!whole) return false;
    memcpy(whole, proof->challenge, n_challenge);
    whole[n_challenge] = '\n';
    memcpy(whole + n_challenge + 1, proof->text, n_text);
    SHA256((unsigned char *)whole, n_challenge + 1 + n_text, seed);
    free(whole);
    const char *at = proof->work;
    uint64_t before = 0;
    for (int part = 0; part < WEB_WORK_PARTS; part++) {
        size_t n = strspn(at, "0123456789");
        uint64_t number = strtoull(at, NULL, 10);
        if (!n || n >= DIGITS - 4 || (*at == '0' && n > 1) || (part && number <= before)) return false;
        memcpy(seed + SHA256_DIGEST_LENGTH, at, n);
        SHA256(seed, SHA256_DIGEST_LENGTH + n, digest);
        if (!has_zeros(digest)) return false;
        before = number;
        at += n;
        if (part + 1 < WEB_WORK_PARTS && *at++ != ',') return false;
    }
    return !*at;
}

/* Under the lock: whether it is the first time, and not one time too many. */
static web_passage admit(web_gate *gate, const signed_part *part, const web_client *client, int64_t now,
                         unsigned *wait) {
    size_t free = MOST_USED;
    for (size_t i = 0; i < MOST_USED; i++) {
        if (gate->used[i].expires <= now) free = i;
        else if (strcmp(gate->used[i].nonce, part->nonce) == 0) return WEB_USED;
    }
    if (free == MOST_USED)
        *wait = WEB_ALL_SECONDS; /* cannot be, as MOST_USED is made; but nothing passes unremembered */
    else *wait = web_rates_take(&gate->rates, client, now);
    if (*wait) return WEB_TOO_OFTEN;
    gate->used[free] = *part;
    return WEB_PASSED;
}

web_passage web_gate_pass(web_gate *gate, const web_proof *proof, const web_client *client, int64_t now,
                          unsigned *wait) {
    signed_part part;
    *wait = 0;
    if (!proof->challenge || !proof->work) return WEB_NO_PROOF;
    web_passage passage = read_challenge(&part, gate, proof, now);
    if (passage == WEB_PASSED && !is_done(proof)) passage = WEB_TOO_EASY;
    if (passage != WEB_PASSED) return passage;
    pthread_mutex_lock(&gate->lock);
    passage = admit(gate, &part, client, now, wait);
    pthread_mutex_unlock(&gate->lock);
    return passage;
}
