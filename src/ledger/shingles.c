/* Shingles: see shingles.h. */
#include "ledger/shingles.h"

#include <stdlib.h>

#include "base/numbers.h"
#include "base/utf8.h"

enum { WINDOW = 8 };

typedef struct word {
    uint32_t hash;
    uint32_t start, end; /* bytes */
} word;

typedef struct words {
    HS_VEC(word) list;
} words;

static bool is_word(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Words by their bytes, letters folded; curly and straight marks part words alike, whatever an outlet's typography. */
static words cut(hs_arena *arena, hs_str text) {
    words w = {0};
    size_t n = text.n < UINT32_MAX ? text.n : UINT32_MAX;
    for (size_t at = 0; at < n;) {
        /* General punctuation, U+2000 to U+206F, and the no-break space are E2 80 xx, E2 81 xx and C2 A0. */
        unsigned char c = (unsigned char)text.p[at], next = at + 1 < n ? (unsigned char)text.p[at + 1] : 0;
        size_t mark = c == 0xE2 && (next == 0x80 || next == 0x81) ? 3 : c == 0xC2 && next < 0xC0 ? 2 : 0;
        if (mark || !is_word(c)) {
            at += mark ? mark : 1;
            continue;
        }
        uint32_t hash = 2166136261U;
        size_t start = at;
        while (at < n && is_word((unsigned char)text.p[at])) {
            c = (unsigned char)text.p[at];
            if ((c == 0xE2 || c == 0xC2) && at > start) {
                next = at + 1 < n ? (unsigned char)text.p[at + 1] : 0;
                if (c == 0xC2 || next == 0x80 || next == 0x81) break;
            }
            if (c >= 'A' && c <= 'Z') c |= 32;
            hash = (hash ^ c) * 16777619U;
            at++;
        }
        HS_PUSH(arena, w.list, (word){hash, (uint32_t)start, (uint32_t)at});
    }
    return w;
}

static uint32_t shingle_at(const words *w, size_t i) {
    uint64_t h = 0;
    for (size_t k = 0; k < HS_SHINGLE_WORDS; k++) h = (h ^ w->list.v[i + k].hash) * 0x9E3779B97F4A7C15U + (h >> 31);
    h ^= h >> 32;
    return (uint32_t)h ? (uint32_t)h : 1;
}

static size_t shingle_count(const words *w) {
    return w->list.n < HS_SHINGLE_WORDS ? 0 : w->list.n - HS_SHINGLE_WORDS + 1;
}

static hs_shingles shingles_of(hs_arena *arena, const words *w) {
    hs_shingles s = {.n = shingle_count(w), .n_words = w->list.n};
    s.v = HS_NEW(arena, uint32_t, s.n + 1);
    for (size_t i = 0; i < s.n; i++) s.v[i] = shingle_at(w, i);
    return s;
}

hs_shingles hs_shingles_of(hs_arena *arena, hs_str text) {
    words w = cut(arena, text);
    return shingles_of(arena, &w);
}

/* The least of each window; of a long text those that are least of all, which are the same in its copies. */
size_t hs_fingerprints(uint32_t *out, hs_arena *arena, const hs_shingles *text) {
    size_t n = text->n;
    const uint32_t *hashes = text->v;
    if (!n) return 0;
    uint32_t *chosen = HS_NEW(arena, uint32_t, n);
    size_t kept = 0, last = HS_NONE;
    for (size_t start = 0; start == 0 || start + WINDOW <= n; start++) {
        size_t end = start + WINDOW < n ? start + WINDOW : n, least = start;
        if (last != HS_NONE && last >= start && start > 0 && hashes[end - 1] > hashes[last]) continue;
        for (size_t i = start; i < end; i++)
            if (hashes[i] <= hashes[least]) least = i;
        if (least != last) chosen[kept++] = hashes[least];
        last = least;
    }
    kept = hs_numbers_unique(chosen, kept);
    if (kept > HS_MOST_FINGERPRINTS) kept = HS_MOST_FINGERPRINTS; /* ascending: the least */
    memcpy(out, chosen, kept * sizeof *out);
    return kept;
}

static bool set_has(const hs_shingle_set *s, uint32_t hash) {
    size_t at = (hash * 0x9E3779B1U) & s->mask;
    while (s->slots[at] && s->slots[at] != hash) at = (at + 1) & s->mask;
    return s->slots[at] == hash;
}

hs_shingle_set hs_shingle_set_of(hs_arena *arena, const hs_shingles *text) {
    size_t size = 64;
    while (size < text->n * 2) size *= 2;
    hs_shingle_set s = {HS_NEW(arena, uint32_t, size), size - 1};
    for (size_t i = 0; i < text->n; i++) {
        uint32_t hash = text->v[i];
        size_t at = (hash * 0x9E3779B1U) & s.mask;
        while (s.slots[at] && s.slots[at] != hash) at = (at + 1) & s.mask;
        s.slots[at] = hash;
    }
    return s;
}

/* How many words stand in runs that the other text has too. */
static size_t covered(const hs_shingles *text, const hs_shingle_set *other) {
    size_t sum = 0, done = 0;
    for (size_t i = 0; i < text->n; i++) {
        if (!set_has(other, text->v[i])) continue;
        size_t from = i > done ? i : done;
        sum += i + HS_SHINGLE_WORDS - from;
        done = i + HS_SHINGLE_WORDS;
    }
    return sum;
}

hs_share hs_share_of(hs_arena *arena, const hs_shingles *a, const hs_shingle_set *set_a, const hs_shingles *b) {
    hs_share share = {0, 0};
    if (!a->n_words || !b->n_words) return share;
    hs_shingle_set set_b = hs_shingle_set_of(arena, b);
    share.of_a = (double)covered(a, &set_b) / (double)a->n_words;
    share.of_b = (double)covered(b, set_a) / (double)b->n_words;
    return share;
}

size_t hs_shared_ranges(hs_range **out, hs_arena *arena, hs_str text, hs_str other) {
    words w = cut(arena, text);
    hs_shingles own = shingles_of(arena, &w), others = hs_shingles_of(arena, other);
    hs_shingle_set s = hs_shingle_set_of(arena, &others);
    HS_VEC(hs_range) ranges = {0};
    for (size_t i = 0; i < own.n; i++) {
        if (!set_has(&s, own.v[i])) continue;
        size_t start = w.list.v[i].start, end = w.list.v[i + HS_SHINGLE_WORDS - 1].end;
        if (ranges.n && start <= ranges.v[ranges.n - 1].end + 1) ranges.v[ranges.n - 1].end = end;
        else HS_PUSH(arena, ranges, (hs_range){start, end});
    }
    *out = ranges.v;
    return ranges.n;
}
