/* Blocks: see block.h. Two bytes of the count, one each of the widths, four each of the least key and the least page; then the keys, then the
 * pages. Little-endian. */
#include "ledger/block.h"

enum { HEAD = 12 };

static void put(unsigned char *out, uint32_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++) out[i] = (unsigned char)(value >> (8 * i));
}

static unsigned width_of(uint32_t value) {
    return value >> 24 ? 4 : value >> 16 ? 3 : value >> 8 ? 2 : 1;
}

static uint32_t mask_of(unsigned bytes) {
    return UINT32_MAX >> (32 - 8 * bytes);
}

size_t hs_block_pack(unsigned char out[HS_BLOCK_ROOM], const hs_posting *v, size_t n) {
    uint32_t least = v[0].page, most = v[0].page;
    for (size_t i = 1; i < n; i++) {
        if (v[i].page < least) least = v[i].page;
        if (v[i].page > most) most = v[i].page;
    }
    unsigned key_bytes = width_of(v[n - 1].key - v[0].key), page_bytes = width_of(most - least);
    put(out, (uint32_t)n, 2);
    put(out + 2, key_bytes, 1);
    put(out + 3, page_bytes, 1);
    put(out + 4, v[0].key, 4);
    put(out + 8, least, 4);
    unsigned char *keys = out + HEAD, *pages = keys + n * key_bytes;
    for (size_t i = 0; i < n; i++) {
        put(keys + i * key_bytes, v[i].key - v[0].key, key_bytes);
        put(pages + i * page_bytes, v[i].page - least, page_bytes);
    }
    return HEAD + n * (key_bytes + page_bytes);
}

bool hs_block_open(hs_block *b, hs_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (bytes.n < HEAD) return false;
    *b = (hs_block){.n = hs_block_load(p, mask_of(2)),
                    .key_bytes = p[2],
                    .page_bytes = p[3],
                    .first_key = hs_block_load(p + 4, UINT32_MAX),
                    .least_page = hs_block_load(p + 8, UINT32_MAX)};
    if (!b->n || b->n > HS_BLOCK_ENTRIES || b->key_bytes - 1 > 3 || b->page_bytes - 1 > 3) return false;
    if (bytes.n != HEAD + b->n * (b->key_bytes + b->page_bytes)) return false;
    b->key_mask = mask_of(b->key_bytes);
    b->page_mask = mask_of(b->page_bytes);
    b->keys = p + HEAD;
    b->pages = b->keys + b->n * b->key_bytes;
    return true;
}

size_t hs_block_find(const hs_block *b, uint32_t key, size_t guess) {
    enum { NEAR = 12 };
    if (guess > b->n) guess = b->n;
    size_t low = guess > NEAR ? guess - NEAR : 0, high = guess + NEAR < b->n ? guess + NEAR : b->n;
    if (low && hs_block_key(b, low - 1) >= key) low = 0;
    if (high < b->n && hs_block_key(b, high) < key) high = b->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hs_block_key(b, middle) < key) low = middle + 1;
        else high = middle;
    }
    return low;
}
