/* BLAKE2b: see digest.h. RFC 7693, section 3; words are little-endian. */
#include "base/digest.h"

#include <string.h>

static const uint64_t IV[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                               0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

static const unsigned char SIGMA[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

static inline uint64_t turned(uint64_t x, int n) {
    return (x >> n) | (x << (64 - n));
}

static inline __attribute__((always_inline)) void mix(uint64_t v[16], int a, int b, int c, int d, uint64_t x,
                                                      uint64_t y) {
    v[a] += v[b] + x;
    v[d] = turned(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = turned(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = turned(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = turned(v[b] ^ v[c], 63);
}

static uint64_t word_at(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
           (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static void compress(hs_digester *d, bool last) {
    uint64_t v[16], m[16];
    for (int i = 0; i < 8; i++) {
        v[i] = d->h[i];
        v[i + 8] = IV[i];
    }
    for (int i = 0; i < 16; i++) m[i] = word_at(d->block + i * 8);
    v[12] ^= d->count;
    if (last) v[14] = ~v[14];
    for (int round = 0; round < 12; round++) {
        const unsigned char *s = SIGMA[round % 10];
        for (int i = 0; i < 4; i++) mix(v, i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[2 * i + 1]]);
        for (int i = 0; i < 4; i++)
            mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[s[8 + 2 * i]], m[s[9 + 2 * i]]);
    }
    for (int i = 0; i < 8; i++) d->h[i] ^= v[i] ^ v[i + 8];
}

void hs_digest_start(hs_digester *d) {
    *d = (hs_digester){0};
    memcpy(d->h, IV, sizeof IV);
    d->h[0] ^= 0x01010000 ^ HS_DIGEST_SIZE;
}

void hs_digest_add(hs_digester *d, hs_str bytes) {
    for (size_t at = 0; at < bytes.n;) {
        if (d->n == sizeof d->block) { /* more is to come: this block is not the last */
            d->count += d->n;
            compress(d, false);
            d->n = 0;
        }
        size_t room = sizeof d->block - d->n, now = bytes.n - at < room ? bytes.n - at : room;
        memcpy(d->block + d->n, bytes.p + at, now);
        d->n += now;
        at += now;
    }
}

hs_digest hs_digest_end(hs_digester *d) {
    hs_digest out;
    d->count += d->n;
    memset(d->block + d->n, 0, sizeof d->block - d->n);
    compress(d, true);
    for (int i = 0; i < HS_DIGEST_SIZE; i++) out.v[i] = (unsigned char)(d->h[i / 8] >> (8 * (i % 8)));
    return out;
}

void hs_digest_field(hs_digester *d, hs_str bytes) {
    enum { SHORT = 56 };
    char both[8 + SHORT];
    for (int i = 0; i < 8; i++) both[i] = (char)((uint64_t)bytes.n >> (8 * i));
    bool together = bytes.n <= SHORT;
    if (together && bytes.n) memcpy(both + 8, bytes.p, bytes.n);
    hs_digest_add(d, (hs_str){both, together ? 8 + bytes.n : 8});
    if (!together) hs_digest_add(d, bytes);
}

hs_digest hs_digest_of(hs_str bytes) {
    hs_digester d;
    hs_digest_start(&d);
    hs_digest_add(&d, bytes);
    return hs_digest_end(&d);
}

uint64_t hs_digest_number(const hs_digest *digest) {
    return word_at(digest->v);
}
