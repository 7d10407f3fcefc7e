/* Word pieces by longest match: see wordpiece.h.
 *
 * Memory: a vocabulary's index is malloc'd (it outlives every page) and borrows the pieces' bytes; pieces of words are
 * the arena's. The hash of a prefix goes on from the hash of the shorter one, so that a piece is found in time linear
 * in the longest piece of the vocabulary, whatever the word. Knows nothing of the weights file.
 */
#include "model/wordpiece.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

enum { MAX_WORD_CHARS = 100 };

typedef struct hs_vocab_slot {
    uint32_t tag;   /* high half of the piece's hash */
    uint32_t piece; /* its id plus one; 0: the slot is free */
} hs_vocab_slot;

static const uint64_t HASH_SEED = 0xCBF29CE484222325U;

/* FNV-1a, one byte further. */
static uint64_t hash_byte(uint64_t hash, char c) {
    return (hash ^ (unsigned char)c) * 0x100000001B3U;
}

static uint64_t hash_str(uint64_t hash, hs_str s) {
    for (size_t i = 0; i < s.n; i++) hash = hash_byte(hash, s.p[i]);
    return hash;
}

/* FNV's low bits depend on few of the input's: a table needs them mixed. */
static uint64_t mixed(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 29;
}

static hs_str piece_str(const hs_vocab *vocab, size_t id) {
    return (hs_str){vocab->bytes + vocab->at[id], vocab->at[id + 1] - vocab->at[id] - 1};
}

/* The slot of the piece `before` + `s`, whose bytes hash to `hash`, or the free slot where it would go. */
static hs_vocab_slot *slot_of(const hs_vocab *vocab, uint64_t hash, hs_str before, hs_str s) {
    hash = mixed(hash);
    for (size_t i = hash & vocab->mask;; i = (i + 1) & vocab->mask) {
        hs_vocab_slot *slot = &vocab->slots[i];
        if (!slot->piece) return slot;
        if (slot->tag != hash >> 32) continue;
        hs_str piece = piece_str(vocab, slot->piece - 1);
        if (piece.n == before.n + s.n && memcmp(piece.p, before.p, before.n) == 0 &&
            memcmp(piece.p + before.n, s.p, s.n) == 0) {
            return slot;
        }
    }
}

static int32_t find(const hs_vocab *vocab, hs_str piece) {
    return (int32_t)slot_of(vocab, hash_str(HASH_SEED, piece), HS_STR(""), piece)->piece - 1;
}

static hs_status cut(hs_vocab *vocab, hs_str all, hs_error *error) {
    size_t from = 0;
    for (size_t id = 0; id < vocab->count; id++) {
        const char *feed = memchr(all.p + from, '\n', all.n - from);
        if (!feed) return hs_fail(error, HS_ERR_FORMAT, "the vocabulary holds %zu pieces, not %zu", id, vocab->count);
        size_t stop = (size_t)(feed - all.p);
        if (stop == from) return hs_fail(error, HS_ERR_FORMAT, "piece %zu of the vocabulary is empty", id);
        if (stop - from > vocab->longest) vocab->longest = stop - from;
        vocab->at[id] = (uint32_t)from;
        from = stop + 1;
    }
    vocab->at[vocab->count] = (uint32_t)from;
    if (from == all.n) return HS_OK;
    return hs_fail(error, HS_ERR_FORMAT, "the vocabulary holds more than its %zu pieces", vocab->count);
}

static hs_status fill(hs_vocab *vocab, hs_error *error) {
    for (size_t id = 0; id < vocab->count; id++) {
        hs_str piece = piece_str(vocab, id);
        uint64_t hash = hash_str(HASH_SEED, piece);
        hs_vocab_slot *slot = slot_of(vocab, hash, HS_STR(""), piece);
        if (slot->piece) {
            return hs_fail(error, HS_ERR_FORMAT, "pieces %u and %zu of the vocabulary are the same", slot->piece - 1,
                           id);
        }
        *slot = (hs_vocab_slot){.tag = (uint32_t)(mixed(hash) >> 32), .piece = (uint32_t)id + 1};
    }
    vocab->cls = find(vocab, HS_STR("[CLS]"));
    vocab->sep = find(vocab, HS_STR("[SEP]"));
    vocab->unk = find(vocab, HS_STR("[UNK]"));
    if (vocab->cls >= 0 && vocab->sep >= 0 && vocab->unk >= 0) return HS_OK;
    return hs_fail(error, HS_ERR_FORMAT, "the vocabulary lacks [CLS], [SEP] or [UNK]");
}

hs_status hs_vocab_init(hs_vocab *out, hs_str vocab_bytes, size_t count, hs_error *error) {
    *out = (hs_vocab){0};
    /* The bytes bound the memory that a damaged count can ask for. */
    if (vocab_bytes.n > INT32_MAX || count > vocab_bytes.n / 2) {
        return hs_fail(error, HS_ERR_FORMAT, "%zu bytes cannot be a vocabulary of %zu pieces", vocab_bytes.n, count);
    }
    size_t slots = 16;
    while (slots < count * 2) slots *= 2;
    *out = (hs_vocab){.bytes = vocab_bytes.p, .count = count, .mask = slots - 1};
    out->at = calloc(count + 1, sizeof *out->at);
    out->slots = calloc(slots, sizeof *out->slots);
    hs_status status = HS_OK;
    if (!out->at || !out->slots)
        status = hs_fail(error, HS_ERR_LIMIT, "no memory for a vocabulary of %zu pieces", count);
    if (status == HS_OK) status = cut(out, vocab_bytes, error);
    if (status == HS_OK) status = fill(out, error);
    if (status != HS_OK) hs_vocab_free(out);
    return status;
}

void hs_vocab_free(hs_vocab *vocab) {
    if (!vocab) return;
    free(vocab->at);
    free(vocab->slots);
    *vocab = (hs_vocab){0};
}

static bool is_boundary(hs_str s, size_t at) {
    return at == s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

/* The id of the longest piece that `word` has at byte `at`, and where it ends; -1 when there is none. */
static int32_t longest_at(const hs_vocab *vocab, hs_str word, size_t at, size_t *end) {
    size_t ends[MAX_WORD_CHARS], n = 0;
    uint64_t hashes[MAX_WORD_CHARS];
    hs_str before = at ? HS_STR("##") : HS_STR("");
    size_t room = vocab->longest > before.n ? vocab->longest - before.n : 0;
    size_t stop = word.n - at > room ? at + room : word.n;
    uint64_t hash = hash_str(HASH_SEED, before);
    for (size_t i = at; i < stop; i++) {
        hash = hash_byte(hash, word.p[i]);
        if (!is_boundary(word, i + 1)) continue;
        ends[n] = i + 1;
        hashes[n++] = hash;
    }
    while (n--) {
        const hs_vocab_slot *slot = slot_of(vocab, hashes[n], before, hs_str_slice(word, at, ends[n]));
        if (!slot->piece) continue;
        *end = ends[n];
        return (int32_t)slot->piece - 1;
    }
    return -1;
}

/* Writes the ids of a word's pieces, at most one a byte, and returns how many. */
static size_t divide(const hs_vocab *vocab, hs_str word, int32_t *ids) {
    ids[0] = vocab->unk;
    if (word.n > MAX_WORD_CHARS && hs_utf8_count(word) > MAX_WORD_CHARS) return 1;
    /* Nearly every word is a piece of its own, which needs no hashes of its prefixes. */
    int32_t whole = word.n <= vocab->longest ? find(vocab, word) : -1;
    if (whole >= 0) {
        ids[0] = whole;
        return 1;
    }
    size_t n = 0;
    for (size_t at = 0; at < word.n;) {
        int32_t id = longest_at(vocab, word, at, &at);
        if (id < 0) {
            ids[0] = vocab->unk;
            return 1;
        }
        ids[n++] = id;
    }
    return n;
}

hs_pieces hs_wordpiece(hs_arena *arena, const hs_vocab *vocab, const hs_words *words) {
    hs_pieces out = {.ids = HS_NEW(arena, int32_t, words->norm.n), .first = HS_NEW(arena, uint32_t, words->n + 1)};
    for (size_t w = 0; w < words->n; w++) {
        hs_str word = hs_str_slice(words->norm, words->v[w].norm, words->v[w].norm_end);
        out.first[w] = (uint32_t)out.n;
        out.n += divide(vocab, word, out.ids + out.n);
    }
    out.first[words->n] = (uint32_t)out.n;
    return out;
}
