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

/* The least of each window; of a long text those that are least of all, which are the same in its copies. */
size_t hs_fingerprints(uint32_t *out, hs_arena *arena, hs_str text) {
    words w = cut(arena, text);
    size_t n = shingle_count(&w);
    if (!n) return 0;
    uint32_t *hashes = HS_NEW(arena, uint32_t, n), *chosen = HS_NEW(arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) hashes[i] = shingle_at(&w, i);
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

typedef struct set {
    uint32_t *slots;
    size_t mask;
} set;

static bool set_has(const set *s, uint32_t hash) {
    size_t at = (hash * 0x9E3779B1U) & s->mask;
    while (s->slots[at] && s->slots[at] != hash) at = (at + 1) & s->mask;
    return s->slots[at] == hash;
}

static set set_of(hs_arena *arena, const words *w) {
    size_t size = 64, n = shingle_count(w);
    while (size < n * 2) size *= 2;
    set s = {HS_NEW(arena, uint32_t, size), size - 1};
    for (size_t i = 0; i < n; i++) {
        uint32_t hash = shingle_at(w, i);
        size_t at = (hash * 0x9E3779B1U) & s.mask;
        while (s.slots[at] && s.slots[at] != hash) at = (at + 1) & s.mask;
        s.slots[at] = hash;
    }
    return s;
}

/* How many words stand in runs that the other text has too. */
static size_t covered(const words *w, const set *other) {
    size_t n = shingle_count(w), sum = 0, done = 0;
    for (size_t i = 0; i < n; i++) {
        if (!set_has(other, shingle_at(w, i))) continue;
        size_t from = i > done ? i : done;
        sum += i + HS_SHINGLE_WORDS - from;
        done = i + HS_SHINGLE_WORDS;
    }
    return sum;
}

hs_share hs_share_of(hs_arena *arena, hs_str a, hs_str b) {
    words wa = cut(arena, a), wb = cut(arena, b);
    hs_share share = {0, 0};
    if (!wa.list.n || !wb.list.n) return share;
    set sa = set_of(arena, &wa), sb = set_of(arena, &wb);
    share.of_a = (double)covered(&wa, &sb) / (double)wa.list.n;
    share.of_b = (double)covered(&wb, &sa) / (double)wb.list.n;
    return share;
}

size_t hs_shared_ranges(hs_range **out, hs_arena *arena, hs_str text, hs_str other) {
    words w = cut(arena, text), o = cut(arena, other);
    set s = set_of(arena, &o);
    HS_VEC(hs_range) ranges = {0};
    size_t n = shingle_count(&w);
    for (size_t i = 0; i < n; i++) {
        if (!set_has(&s, shingle_at(&w, i))) continue;
        size_t start = w.list.v[i].start, end = w.list.v[i + HS_SHINGLE_WORDS - 1].end;
        if (ranges.n && start <= ranges.v[ranges.n - 1].end + 1) ranges.v[ranges.n - 1].end = end;
        else HS_PUSH(arena, ranges, (hs_range){start, end});
    }
    *out = ranges.v;
    return ranges.n;
}
