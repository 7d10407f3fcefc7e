/* A block of the index of keys (postings.h): some entries in order, each a key and a page, as the store keeps them. Numbers are written as
 * offsets from the least of their kind, in as few bytes as the largest needs, all equally wide: five bytes an entry, searched as they lie. */
#ifndef HS_LEDGER_BLOCK_H
#define HS_LEDGER_BLOCK_H

#include "base/str.h"

enum {
    HS_BLOCK_ENTRIES = 208,
    HS_BLOCK_SLACK = 4, /* bytes behind a block that may be read */
    HS_BLOCK_ROOM = 12 + HS_BLOCK_ENTRIES * 8
};

typedef struct hs_posting {
    uint32_t key, page;
} hs_posting;

/* A block that has been opened; its bytes are the caller's. */
typedef struct hs_block {
    const unsigned char *keys, *pages;
    uint32_t n, first_key, least_page, key_mask, page_mask;
    unsigned key_bytes, page_bytes;
} hs_block;

/* Writes n entries (1 to HS_BLOCK_ENTRIES), keys ascending; returns how many bytes. */
size_t hs_block_pack(unsigned char out[HS_BLOCK_ROOM], const hs_posting *v, size_t n);

/* False for bytes that are no block. Behind them HS_BLOCK_SLACK more must be readable. */
bool hs_block_open(hs_block *block, hs_str bytes);

static inline uint32_t hs_block_load(const unsigned char *p, uint32_t mask) {
    return ((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24) & mask;
}

static inline uint32_t hs_block_key(const hs_block *b, size_t i) {
    return b->first_key + hs_block_load(b->keys + i * b->key_bytes, b->key_mask);
}

static inline uint32_t hs_block_page(const hs_block *b, size_t i) {
    return b->least_page + hs_block_load(b->pages + i * b->page_bytes, b->page_mask);
}

/* The first entry whose key is not below; n when there is none. Looked for around `guess` first. */
size_t hs_block_find(const hs_block *b, uint32_t key, size_t guess);

#endif
