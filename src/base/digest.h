/* Digests of content: BLAKE2b (RFC 7693) without a key, of 16 bytes. Two contents of one digest do not occur, not even by intent in
 * any time that matters here; so ids that are cut from digests are the same on every machine. */
#ifndef HS_BASE_DIGEST_H
#define HS_BASE_DIGEST_H

#include "base/str.h"

enum { HS_DIGEST_SIZE = 16 };

typedef struct hs_digest {
    unsigned char v[HS_DIGEST_SIZE];
} hs_digest;

typedef struct hs_digester {
    uint64_t h[8];
    uint64_t count; /* bytes taken */
    unsigned char block[128];
    size_t n; /* of them waiting in the block */
} hs_digester;

void hs_digest_start(hs_digester *d);
void hs_digest_add(hs_digester *d, hs_str bytes);
hs_digest hs_digest_end(hs_digester *d);

/* A string with its length before it, so that ("ab", "c") and ("a", "bc") differ. */
void hs_digest_field(hs_digester *d, hs_str bytes);

hs_digest hs_digest_of(hs_str bytes);
uint64_t hs_digest_number(const hs_digest *digest); /* its first eight bytes */

#endif
