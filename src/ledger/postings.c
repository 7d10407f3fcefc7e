/* Postings: see postings.h. A segment is a sorted row of entries cut into blocks (block.h). In memory are kept, of each segment, the first key of
 * every block, a Bloom filter of its keys, and the blocks that were used, as many of all segments as fit into a limit. Keys are hashes: where
 * a key stands in a segment is guessed by how large it is, and lines of the filter are in the order of keys. */
#include "ledger/postings.h"

#include <stdlib.h>

#include "base/error.h"
#include "ledger/block.h"
#include "ledger/slots.h"

enum {
    BLOCK = HS_BLOCK_ENTRIES,
    FAN_OUT = 8,           /* segments of a level before they are merged */
    BLOOM_BITS = 12,       /* of an entry */
    BLOOM_HASHES = 5,      /* a key that is not there passes in one of a hundred cases */
    LINE = 8,              /* words of 64 bits: all bits of a key lie in one line of the processor's cache */
    MOST_BLOCKS = 1 << 20, /* of a segment: 250 million entries */
    MOST_LEVELS = 16,
    NEAR = 32, /* blocks to each side of where a key should stand */
};

typedef hs_posting entry;

/* A block in memory: with six bytes an entry its slot is full; larger ones, which are rare, are not held. */
typedef hs_slot held;

typedef struct segment {
    int64_t id;
    int level;
    size_t n, n_blocks, n_lines;
    uint32_t *fences;
    uint64_t *bloom;
    held **blocks; /* NULL: only in the store */
} segment;

typedef struct fresh {
    entry entry;
    uint32_t next; /* index plus one of the entry before it of the same key */
} fresh;

struct hs_postings {
    hs_db *db;
    segment *segments;
    size_t n_segments, segments_cap;
    fresh *fresh; /* added since the last flush */
    size_t n_fresh, fresh_cap;
    uint32_t *slots; /* of fresh, by key: index plus one */
    size_t n_slots;
    hs_slots held;
    size_t hand_segment, hand_block; /* where to look next for a block to let go */
    char scratch[HS_BLOCK_ROOM + HS_BLOCK_SLACK];
};

static void let_go(hs_postings *p, held **block) {
    if (*block) hs_slot_give(&p->held, *block);
    *block = NULL;
}

static void segment_free(hs_postings *p, segment *s) {
    for (size_t i = 0; s->blocks && i < s->n_blocks; i++) let_go(p, &s->blocks[i]);
    free(s->blocks);
    free(s->fences);
    free(s->bloom);
    *s = (segment){0};
}

static void forget_segments(hs_postings *p) {
    for (size_t i = 0; i < p->n_segments; i++) segment_free(p, &p->segments[i]);
    p->n_segments = 0;
}

static void forget_fresh(hs_postings *p) {
    p->n_fresh = 0;
    if (p->slots) memset(p->slots, 0, p->n_slots * sizeof *p->slots);
}

hs_postings *hs_postings_new(hs_db *db, size_t most_held) {
    hs_postings *p = calloc(1, sizeof *p);
    if (p) *p = (hs_postings){.db = db, .held = {.most = most_held}};
    return p;
}

void hs_postings_free(hs_postings *p) {
    if (!p) return;
    forget_segments(p);
    hs_slots_free(&p->held);
    free(p->segments);
    free(p->fresh);
    free(p->slots);
    free(p);
}

void hs_postings_forget(hs_postings *p) {
    forget_fresh(p);
    forget_segments(p);
}

static hs_status no_memory(hs_error *error) {
    return hs_fail(error, HS_ERR_LIMIT, "no memory for the ledger's index");
}

/* ---- segments ---- */

static uint64_t mixed(uint32_t key) {
    uint64_t h = (uint64_t)key * 0x9E3779B97F4A7C15U;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9U;
    return h ^ h >> 32;
}

static size_t bloom_size(size_t n_lines) {
    return n_lines * LINE * sizeof(uint64_t);
}

static uint64_t *bloom_new(size_t n_lines) {
    return hs_large_new(bloom_size(n_lines));
}

static uint64_t *bloom_line(const segment *s, uint32_t key) {
    return s->bloom + (size_t)((uint64_t)key * s->n_lines >> 32) * LINE;
}

/* Nine bits of the key's hash for each of its bits. */
static void bloom_add(segment *s, uint32_t key) {
    uint64_t h = mixed(key), *line = bloom_line(s, key);
    for (int i = 0; i < BLOOM_HASHES; i++, h >>= 9) line[h / 64 % LINE] |= (uint64_t)1 << (h % 64);
}

static bool bloom_has(const segment *s, uint32_t key, uint64_t h) {
    const uint64_t *line = bloom_line(s, key);
    bool has = true;
    for (int i = 0; i < BLOOM_HASHES && has; i++, h >>= 9) has = line[h / 64 % LINE] >> (h % 64) & 1;
    return has;
}

static bool segment_room(hs_postings *p) {
    if (p->n_segments < p->segments_cap) return true;
    size_t cap = p->segments_cap ? p->segments_cap * 2 : 32;
    segment *grown = realloc(p->segments, cap * sizeof *grown);
    if (!grown) return false;
    p->segments = grown;
    p->segments_cap = cap;
    return true;
}

static size_t lines_for(size_t n) {
    return n * BLOOM_BITS / (64 * LINE) + 1;
}

/* A segment's head as it was stored; false when it is none. */
static bool segment_load(hs_postings *p, segment *s, const hs_value v[5]) {
    *s = (segment){.id = v[0].i, .level = (int)v[1].i, .n = (size_t)v[2].i, .n_blocks = v[3].s.n / 4};
    s->n_lines = v[4].s.n / bloom_size(1);
    if (!s->n || s->n_blocks != (s->n + BLOCK - 1) / BLOCK || !s->n_lines || v[4].s.n != bloom_size(s->n_lines))
        return false;
    s->fences = malloc(v[3].s.n);
    s->bloom = bloom_new(s->n_lines);
    s->blocks = calloc(s->n_blocks, sizeof *s->blocks);
    if (!s->fences || !s->bloom || !s->blocks) {
        segment_free(p, s);
        return false;
    }
    memcpy(s->fences, v[3].s.p, v[3].s.n);
    memcpy(s->bloom, v[4].s.p, v[4].s.n);
    return true;
}

/* Drops what others have merged away; *last becomes the newest id that is known. */
static hs_status keep_existing(hs_postings *p, int64_t *last, hs_error *error) {
    size_t kept = 0, at = 0;
    bool row = true;
    hs_value id;
    hs_status status = p->db->ops->start(p->db, HS_SQL_SEGMENT_STATE, NULL, 0, error);
    while (status == HS_OK && (status = p->db->ops->next(p->db, HS_SQL_SEGMENT_STATE, &id, 1, &row, error)) == HS_OK &&
           row) {
        while (at < p->n_segments && p->segments[at].id < id.i) segment_free(p, &p->segments[at++]);
        if (at < p->n_segments && p->segments[at].id == id.i) p->segments[kept++] = p->segments[at++];
    }
    p->db->ops->finish(p->db, HS_SQL_SEGMENT_STATE);
    while (at < p->n_segments) segment_free(p, &p->segments[at++]);
    p->n_segments = kept;
    *last = kept ? p->segments[kept - 1].id : 0;
    return status;
}

hs_status hs_postings_refresh(hs_postings *p, hs_error *error) {
    int64_t last = 0;
    bool row = true;
    hs_value v[5];
    hs_status status = keep_existing(p, &last, error);
    if (status == HS_OK) status = p->db->ops->start(p->db, HS_SQL_SEGMENT_ALL, &HS_INT(last), 1, error);
    while (status == HS_OK && (status = p->db->ops->next(p->db, HS_SQL_SEGMENT_ALL, v, 5, &row, error)) == HS_OK &&
           row) {
        if (!segment_room(p)) status = no_memory(error);
        else if (!segment_load(p, &p->segments[p->n_segments], v))
            status = hs_fail(error, HS_ERR_FORMAT, "the ledger's index is damaged");
        else p->n_segments++;
    }
    p->db->ops->finish(p->db, HS_SQL_SEGMENT_ALL);
    return status;
}

static int64_t block_id(int64_t segment, size_t block) {
    return segment * MOST_BLOCKS + (int64_t)block;
}

/* When there is no more room, blocks are let go one after the other, for which keys come next nobody knows. NULL when all that is held is a
 * segment's that is still to be closed. */
static held *take_slot(hs_postings *p) {
    held *slot = hs_slot_take(&p->held);
    for (int rounds = 0; !slot && rounds < 3;) {
        if (p->hand_segment >= p->n_segments) {
            rounds++;
            p->hand_segment = p->hand_block = 0;
        } else if (p->hand_block < p->segments[p->hand_segment].n_blocks) {
            held **block = &p->segments[p->hand_segment].blocks[p->hand_block++];
            bool freed = *block != NULL;
            let_go(p, block);
            if (freed) slot = hs_slot_take(&p->held);
        } else {
            p->hand_segment++;
            p->hand_block = 0;
        }
    }
    return slot;
}

/* NULL where there is no room: then it is read again the next time. */
static held *hold(hs_postings *p, hs_str bytes) {
    held *h = bytes.n + HS_BLOCK_SLACK <= sizeof h->bytes ? take_slot(p) : NULL;
    if (!h) return NULL;
    h->n = bytes.n;
    memcpy(h->bytes, bytes.p, bytes.n);
    memset(h->bytes + bytes.n, 0, HS_BLOCK_SLACK);
    return h;
}

/* The block's bytes, in p->scratch if they are not held. */
static hs_status read_block(hs_postings *p, const segment *s, size_t block, hs_str *out, hs_error *error) {
    bool row = false;
    hs_value v = {0};
    *out = s->blocks[block] ? (hs_str){s->blocks[block]->bytes, s->blocks[block]->n} : (hs_str){0};
    if (out->n) return HS_OK;
    hs_status status = p->db->ops->start(p->db, HS_SQL_BLOCK_GET, &HS_INT(block_id(s->id, block)), 1, error);
    if (status == HS_OK) status = p->db->ops->next(p->db, HS_SQL_BLOCK_GET, &v, 1, &row, error);
    if (status == HS_OK && (!row || v.s.n > HS_BLOCK_ROOM))
        status = hs_fail(error, HS_ERR_FORMAT, "the ledger's index is damaged");
    if (status == HS_OK) {
        *out = (hs_str){p->scratch, v.s.n};
        memcpy(p->scratch, v.s.p, v.s.n);
    }
    p->db->ops->finish(p->db, HS_SQL_BLOCK_GET);
    return status;
}

static hs_status open_block(hs_postings *p, const segment *s, size_t block, hs_block *out, hs_error *error) {
    hs_str bytes;
    hs_status status = read_block(p, s, block, &bytes, error);
    if (status == HS_OK && !hs_block_open(out, bytes))
        status = hs_fail(error, HS_ERR_FORMAT, "the ledger's index is damaged");
    if (status == HS_OK && bytes.p == p->scratch) s->blocks[block] = hold(p, bytes);
    return status;
}

/* ---- what is not yet written ---- */

static size_t home_of(const hs_postings *p, uint32_t key) {
    return (key * 0x9E3779B1U) & (p->n_slots - 1);
}

/* Where the key's newest entry stands, or a free slot. */
static uint32_t *slot_of(const hs_postings *p, uint32_t key) {
    size_t at = home_of(p, key);
    while (p->slots[at] && p->fresh[p->slots[at] - 1].entry.key != key) at = (at + 1) & (p->n_slots - 1);
    return &p->slots[at];
}

static void link_fresh(hs_postings *p, size_t index) {
    uint32_t *slot = slot_of(p, p->fresh[index].entry.key);
    p->fresh[index].next = *slot;
    *slot = (uint32_t)index + 1;
}

static bool grow_fresh(hs_postings *p) {
    size_t cap = p->fresh_cap ? p->fresh_cap * 2 : 4096;
    fresh *grown = hs_large_new(cap * sizeof *grown);
    uint32_t *slots = hs_large_new(cap * 2 * sizeof *slots);
    if (!grown || !slots) {
        free(grown);
        free(slots);
        return false;
    }
    if (p->n_fresh) memcpy(grown, p->fresh, p->n_fresh * sizeof *grown);
    free(p->fresh);
    free(p->slots);
    p->fresh = grown;
    p->slots = slots;
    p->n_slots = cap * 2;
    p->fresh_cap = cap;
    for (size_t i = 0; i < p->n_fresh; i++) link_fresh(p, i);
    return true;
}

bool hs_postings_add(hs_postings *p, uint32_t key, uint32_t page) {
    if (p->n_fresh == p->fresh_cap && !grow_fresh(p)) return false;
    p->fresh[p->n_fresh++].entry = (entry){key, page};
    link_fresh(p, p->n_fresh - 1);
    return true;
}

/* ---- finding ---- */

/* The last block that may hold the key's first entry. */
static size_t first_block(const segment *s, uint32_t key) {
    size_t n = s->n_blocks, guess = (size_t)((uint64_t)key * n >> 32);
    size_t low = guess > NEAR ? guess - NEAR : 0, high = guess + NEAR < n ? guess + NEAR : n;
    if (low && s->fences[low - 1] >= key) low = 0;
    if (high < n && s->fences[high] < key) high = n;
    while (low < high) { /* the first fence that is not below the key */
        size_t middle = (low + high) / 2;
        if (s->fences[middle] < key) low = middle + 1;
        else high = middle;
    }
    return low ? low - 1 : 0;
}

/* A key that a segment's filter lets pass, and its block there; or one that has been added lately, and its entry. */
typedef struct passed {
    uint32_t key, at;
} passed;

/* What is looked for: ascending keys, and of how many pages of each are left to be found. */
typedef struct search {
    hs_postings *p;
    hs_arena *arena;
    hs_postings_found *out;
    const uint32_t *keys;
    uint64_t *hashes;
    unsigned char *left;
    passed *passed;
    size_t n;
} search;

static void take_page(search *s, size_t i, uint32_t page) {
    if (!s->left[i]) return;
    s->left[i]--;
    HS_PUSH(s->arena, *s->out, (hs_posted){(uint32_t)i, page});
}

static void find_fresh(search *s) {
    const hs_postings *p = s->p;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) __builtin_prefetch(&p->slots[home_of(p, s->keys[i])]);
    for (size_t i = 0; i < s->n; i++) {
        uint32_t at = *slot_of(p, s->keys[i]);
        if (at) s->passed[n++] = (passed){(uint32_t)i, at};
    }
    while (n) { /* one step of each key's list at a time, so that they are fetched together */
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
            const fresh *f = &p->fresh[s->passed[i].at - 1];
            size_t key = s->passed[i].key;
            take_page(s, key, f->entry.page);
            if (!f->next || !s->left[key]) continue;
            __builtin_prefetch(&p->fresh[f->next - 1]);
            s->passed[kept++] = (passed){(uint32_t)key, f->next};
        }
        n = kept;
    }
}

/* At which entry behind its fence a key should stand. */
static size_t guess_in(const segment *s, size_t block, uint32_t key) {
    return s->fences[block] < key ? (size_t)((uint64_t)(key - s->fences[block]) * s->n >> 32) : 0;
}

/* Has memory fetch what of a block is going to be looked at, where it stands when offsets have their usual widths. */
static void ask_for(const segment *s, size_t block, uint32_t key) {
    enum { HEAD = 12, OFF = 8 };
    const held *h = s->blocks[block];
    if (!h) return;
    size_t guess = guess_in(s, block, key), keys = s->n >= (size_t)BLOCK << 16 ? 2 : 3, pages = s->level < 2 ? 2 : 3;
    const char *at = h->bytes + HEAD;
    if (guess >= BLOCK) guess = BLOCK - 1;
    __builtin_prefetch(h);
    __builtin_prefetch(at + (guess > OFF ? guess - OFF : 0) * keys);
    __builtin_prefetch(at + (guess + OFF) * keys);
    __builtin_prefetch(at + BLOCK * keys + guess * pages);
}

static hs_status find_in(search *s, const segment *segment, size_t i, size_t first, hs_error *error) {
    uint32_t key = s->keys[i];
    hs_block block;
    for (size_t at = first; at < segment->n_blocks && segment->fences[at] <= key; at++) {
        hs_status status = open_block(s->p, segment, at, &block, error);
        if (status != HS_OK) return status;
        size_t k = hs_block_find(&block, key, guess_in(segment, at, key));
        for (; k < block.n && s->left[i] && hs_block_key(&block, k) == key; k++)
            take_page(s, i, hs_block_page(&block, k));
        if (k < block.n || !s->left[i]) return HS_OK;
    }
    return HS_OK;
}

/* The lines of all keys are asked for before the first is looked at: waiting for memory one by one would cost more than all else. */
static hs_status find_in_segment(search *s, const segment *segment, hs_error *error) {
    hs_status status = HS_OK;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) __builtin_prefetch(bloom_line(segment, s->keys[i]));
    for (size_t i = 0; i < s->n; i++) {
        if (!s->left[i] || !bloom_has(segment, s->keys[i], s->hashes[i])) continue;
        s->passed[n] = (passed){(uint32_t)i, (uint32_t)first_block(segment, s->keys[i])};
        __builtin_prefetch(&segment->blocks[s->passed[n++].at]);
    }
    for (size_t i = 0; i < n; i++) ask_for(segment, s->passed[i].at, s->keys[s->passed[i].key]);
    for (size_t i = 0; i < n && status == HS_OK; i++)
        status = find_in(s, segment, s->passed[i].key, s->passed[i].at, error);
    return status;
}

hs_status hs_postings_find(hs_postings_found *out, hs_postings *p, hs_arena *arena, const uint32_t *keys, size_t n,
                           hs_error *error) {
    search *s = HS_NEW(arena, search, 1);
    s->p = p;
    s->arena = arena;
    s->out = out;
    s->keys = keys;
    s->n = n;
    s->hashes = HS_NEW(arena, uint64_t, n + 1);
    s->left = HS_NEW(arena, unsigned char, n + 1);
    s->passed = HS_NEW(arena, passed, n + 1);
    for (size_t i = 0; i < n; i++) {
        s->hashes[i] = mixed(keys[i]);
        s->left[i] = HS_POSTINGS_MOST;
    }
    if (p->n_slots) find_fresh(s);
    hs_status status = HS_OK;
    for (size_t i = p->n_segments; i-- > 0 && status == HS_OK;) status = find_in_segment(s, &p->segments[i], error);
    return status;
}

/* ---- writing ---- */

typedef struct writer {
    hs_postings *p;
    segment segment;
    entry block[BLOCK];
    size_t n_block, room_blocks;
    uint32_t key;
    size_t of_key; /* entries of the key at hand that have been written */
} writer;

static hs_status writer_open(writer *w, hs_postings *p, int64_t id, int level, size_t most, hs_error *error) {
    *w = (writer){.p = p, .segment = {.id = id, .level = level, .n_lines = lines_for(most)}};
    w->room_blocks = most / BLOCK + 1;
    w->segment.fences = malloc(w->room_blocks * sizeof *w->segment.fences);
    w->segment.bloom = bloom_new(w->segment.n_lines);
    w->segment.blocks = calloc(w->room_blocks, sizeof *w->segment.blocks);
    if (w->segment.fences && w->segment.bloom && w->segment.blocks && w->room_blocks < MOST_BLOCKS) return HS_OK;
    segment_free(p, &w->segment);
    return no_memory(error);
}

static hs_status write_block(writer *w, hs_error *error) {
    segment *s = &w->segment;
    unsigned char packed[HS_BLOCK_ROOM];
    hs_str bytes = {(const char *)packed, hs_block_pack(packed, w->block, w->n_block)};
    s->fences[s->n_blocks] = w->block[0].key;
    s->blocks[s->n_blocks] = hold(w->p, bytes);
    w->n_block = 0;
    int64_t id = block_id(s->id, s->n_blocks++);
    return HS_DB_RUN(w->p->db, HS_SQL_BLOCK_ADD, error, HS_INT(id), HS_BLOB(bytes));
}

static hs_status writer_put(writer *w, entry e, hs_error *error) {
    w->block[w->n_block++] = e;
    w->segment.n++;
    bloom_add(&w->segment, e.key);
    return w->n_block == BLOCK ? write_block(w, error) : HS_OK;
}

/* Stores the head and takes the segment into the list, which stays ordered by id. */
static hs_status writer_close(writer *w, hs_error *error) {
    segment *s = &w->segment;
    hs_status status = w->n_block ? write_block(w, error) : HS_OK;
    hs_str fences = {(const char *)s->fences, s->n_blocks * sizeof *s->fences};
    hs_str bloom = {(const char *)s->bloom, bloom_size(s->n_lines)};
    if (status == HS_OK)
        status = HS_DB_RUN(w->p->db, HS_SQL_SEGMENT_ADD, error, HS_INT(s->id), HS_INT(s->level), HS_INT(s->n),
                           HS_BLOB(fences), HS_BLOB(bloom));
    if (status == HS_OK && !segment_room(w->p)) status = no_memory(error);
    if (status == HS_OK) w->p->segments[w->p->n_segments++] = *s;
    else segment_free(w->p, s);
    return status;
}

static int64_t next_id(const hs_postings *p) {
    return p->n_segments ? p->segments[p->n_segments - 1].id + 1 : 1;
}

/* A segment that is being read in order. */
typedef struct cursor {
    const segment *s;
    size_t next_block, at, n;
    entry block[BLOCK];
} cursor;

static hs_status cursor_fill(hs_postings *p, cursor *c, hs_error *error) {
    hs_str bytes;
    hs_block block;
    c->at = c->n = 0;
    if (c->next_block == c->s->n_blocks) return HS_OK;
    hs_status status = read_block(p, c->s, c->next_block++, &bytes, error);
    if (status == HS_OK && !hs_block_open(&block, bytes))
        status = hs_fail(error, HS_ERR_FORMAT, "the ledger's index is damaged");
    if (status != HS_OK) return status;
    for (; c->n < block.n; c->n++) c->block[c->n] = (entry){hs_block_key(&block, c->n), hs_block_page(&block, c->n)};
    return HS_OK;
}

static bool before(entry a, entry b) {
    return a.key != b.key ? a.key < b.key : a.page > b.page; /* the newest page first */
}

static hs_status merge_into(writer *w, cursor *c, size_t n, hs_error *error) {
    hs_status status = HS_OK;
    for (size_t i = 0; i < n && status == HS_OK; i++) status = cursor_fill(w->p, &c[i], error);
    while (status == HS_OK) {
        cursor *least = NULL;
        for (size_t i = 0; i < n; i++)
            if (c[i].at < c[i].n && (!least || before(c[i].block[c[i].at], least->block[least->at]))) least = &c[i];
        if (!least) return HS_OK;
        entry e = least->block[least->at++];
        if (e.key != w->key) w->of_key = 0;
        w->key = e.key;
        if (w->of_key++ < HS_POSTINGS_MOST) status = writer_put(w, e, error);
        if (status == HS_OK && least->at == least->n) status = cursor_fill(w->p, least, error);
    }
    return status;
}

static hs_status drop_segment(hs_postings *p, size_t index, hs_error *error) {
    segment *s = &p->segments[index];
    hs_status status = HS_DB_RUN(p->db, HS_SQL_BLOCK_DROP, error, HS_INT(block_id(s->id, 0)),
                                 HS_INT(block_id(s->id, MOST_BLOCKS - 1)));
    if (status == HS_OK) status = HS_DB_RUN(p->db, HS_SQL_SEGMENT_DROP, error, HS_INT(s->id));
    segment_free(p, s);
    memmove(s, s + 1, (p->n_segments - index - 1) * sizeof *s);
    p->n_segments--;
    return status;
}

static hs_status merge_level(hs_postings *p, int level, hs_error *error) {
    cursor *cursors = calloc(FAN_OUT, sizeof *cursors);
    writer *w = malloc(sizeof *w);
    size_t n = 0, most = 0;
    hs_status status = cursors && w ? HS_OK : no_memory(error);
    for (size_t i = 0; i < p->n_segments && status == HS_OK && n < FAN_OUT; i++) {
        if (p->segments[i].level != level) continue;
        cursors[n++].s = &p->segments[i];
        most += p->segments[i].n;
    }
    if (status == HS_OK) status = writer_open(w, p, next_id(p), level + 1, most, error);
    if (status == HS_OK && (status = merge_into(w, cursors, n, error)) != HS_OK) segment_free(p, &w->segment);
    else if (status == HS_OK) status = writer_close(w, error);
    for (size_t i = p->n_segments; i-- > 0 && status == HS_OK;)
        if (p->segments[i].level == level) status = drop_segment(p, i, error);
    free(cursors);
    free(w);
    return status;
}

static size_t count_level(const hs_postings *p, int level) {
    size_t n = 0;
    for (size_t i = 0; i < p->n_segments; i++) n += p->segments[i].level == level;
    return n;
}

/* Sorted by key, what was added last first: as `before` has it, since pages are added in their order. In `out`, with as much room beside it. */
static void sort_fresh(const hs_postings *p, entry *out, entry *beside) {
    enum { BITS = 11, DIGITS = 1 << BITS };
    for (size_t i = 0; i < p->n_fresh; i++) beside[i] = p->fresh[p->n_fresh - 1 - i].entry;
    for (unsigned shift = 0; shift < 32; shift += BITS) {
        size_t at[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < p->n_fresh; i++) at[beside[i].key >> shift & (DIGITS - 1)]++;
        for (size_t i = 0; i < DIGITS; i++) {
            size_t n = at[i];
            at[i] = sum;
            sum += n;
        }
        for (size_t i = 0; i < p->n_fresh; i++) out[at[beside[i].key >> shift & (DIGITS - 1)]++] = beside[i];
        entry *swap = out;
        out = beside;
        beside = swap;
    }
}

hs_status hs_postings_flush(hs_postings *p, hs_error *error) {
    if (!p->n_fresh) return HS_OK;
    writer *w = malloc(sizeof *w);
    entry *sorted = malloc(2 * p->n_fresh * sizeof *sorted);
    hs_status status = w && sorted ? writer_open(w, p, next_id(p), 0, p->n_fresh, error) : no_memory(error);
    if (status == HS_OK) {
        sort_fresh(p, sorted + p->n_fresh, sorted);
        for (size_t i = 0; i < p->n_fresh && status == HS_OK; i++)
            status = writer_put(w, sorted[i + p->n_fresh], error);
        if (status == HS_OK) status = writer_close(w, error);
        else segment_free(p, &w->segment);
    }
    free(w);
    free(sorted);
    forget_fresh(p);
    for (int level = 0; level < MOST_LEVELS && status == HS_OK; level++)
        if (count_level(p, level) >= FAN_OUT) status = merge_level(p, level, error);
    return status;
}
