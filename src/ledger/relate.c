/* A new page against those before it: which tell the same story, which claims are the same, what was copied. Candidates come from the index
 * of keys, a bounded number of them, so that a page costs the same however many there are. */
#include <stdlib.h>

#include "base/error.h"
#include "base/numbers.h"
#include "ledger/compare.h"
#include "ledger/ledger.h"
#include "ledger/shingles.h"

enum {
    CLAIM_TERMS = 4,      /* of a claim: pairs of them and of each with the speaker are keys */
    STORY_TERMS = 7,      /* of a page's story */
    MOST_CANDIDATES = 12, /* pages that are looked at closely */
    MOST_EDGES = 24,      /* of one claim */
    MOST_COPIES = 8,      /* pages whose texts are compared word for word */
    LEAST_STORY_VOTES = 4,
    MOST_STEPS = 4000000, /* of comparing, for one new page: real pages need a hundredth */
    LEAST_FINGERPRINTS = 3,
    LEAST_SHARED_WEIGHT = 6,
    LEAST_SHARE = 200 /* thousandths of the smaller page */
};

/* ---- keys ---- */

typedef struct keys {
    HS_VEC(uint32_t) claim;
    HS_VEC(uint32_t) story;
    uint32_t prints[HS_MOST_FINGERPRINTS];
    size_t n_prints;
} keys;

/* Kinds of keys must not be taken for one another; the order of the two must not matter. */
static uint32_t key_of(uint32_t kind, uint32_t a, uint32_t b) {
    uint64_t h = ((uint64_t)(a < b ? a : b) << 32 | (a < b ? b : a)) * 0x9E3779B97F4A7C15U + kind;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93U;
    return (uint32_t)(h >> 32);
}

enum { KEY_CLAIM = 1, KEY_STORY = 2, KEY_PRINT = 3 };

/* The terms that weigh most, in order. */
static size_t heaviest(hs_term top[CLAIM_TERMS], const hs_term *v, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = kept < CLAIM_TERMS ? kept++ : CLAIM_TERMS;
        for (; at; at--) {
            const hs_term *before = &top[at - 1];
            if (before->weight > v[i].weight || (before->weight == v[i].weight && before->hash < v[i].hash)) break;
            if (at < CLAIM_TERMS) top[at] = *before;
        }
        if (at < CLAIM_TERMS) top[at] = v[i];
    }
    return kept;
}

static void add_claim_keys(keys *keys, hs_arena *arena, const hs_sketch *claim) {
    hs_term top[CLAIM_TERMS];
    size_t n = heaviest(top, claim->terms, claim->n_terms);
    uint32_t speaker = claim->speaker.kind >= HS_NAME_SINGLE ? claim->speaker.last : 0;
    for (size_t i = 0; i < n; i++) {
        if (speaker && i < 3) HS_PUSH(arena, keys->claim, key_of(KEY_CLAIM, speaker, top[i].hash));
        for (size_t j = 0; j < i; j++) HS_PUSH(arena, keys->claim, key_of(KEY_CLAIM, top[j].hash, top[i].hash));
    }
}

static void make_keys(keys *keys, hs_arena *arena, const hs_page_sketch *sketch, const hs_shingles *text) {
    for (size_t i = 0; i < sketch->n; i++) add_claim_keys(keys, arena, &sketch->claims[i]);
    size_t n = sketch->n_story < STORY_TERMS ? sketch->n_story : STORY_TERMS;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            HS_PUSH(arena, keys->story, key_of(KEY_STORY, sketch->story[j].hash, sketch->story[i].hash));
    keys->n_prints = hs_fingerprints(keys->prints, arena, text);
    for (size_t i = 0; i < keys->n_prints; i++) keys->prints[i] = key_of(KEY_PRINT, keys->prints[i], 0);
    keys->n_prints = hs_numbers_unique(keys->prints, keys->n_prints);
    keys->claim.n = hs_numbers_unique(keys->claim.v, keys->claim.n);
    keys->story.n = hs_numbers_unique(keys->story.v, keys->story.n);
}

/* ---- candidates ---- */

typedef struct votes {
    uint32_t page;
    uint16_t claim, story, prints;
} votes;

typedef struct ballot {
    HS_VEC(votes) list;
    uint32_t *slots;
    size_t mask;
    hs_arena *arena;
} ballot;

static votes *votes_of(ballot *b, uint32_t page) {
    if (b->list.n * 2 >= b->mask) {
        size_t size = b->mask ? (b->mask + 1) * 2 : 2048;
        b->slots = HS_NEW(b->arena, uint32_t, size);
        b->mask = size - 1;
        for (size_t i = 0; i < b->list.n; i++) {
            size_t at = (b->list.v[i].page * 0x9E3779B1U) & b->mask;
            while (b->slots[at]) at = (at + 1) & b->mask;
            b->slots[at] = (uint32_t)i + 1;
        }
    }
    size_t at = (page * 0x9E3779B1U) & b->mask;
    while (b->slots[at] && b->list.v[b->slots[at] - 1].page != page) at = (at + 1) & b->mask;
    if (!b->slots[at]) {
        HS_PUSH(b->arena, b->list, (votes){.page = page});
        b->slots[at] = (uint32_t)b->list.n;
    }
    return &b->list.v[b->slots[at] - 1];
}

/* All keys of the page are looked up together: most of the time goes into waiting for memory. */
static hs_status vote(ballot *b, hs_ledger *ledger, const keys *keys, hs_error *error) {
    size_t story = keys->claim.n, prints = story + keys->story.n, n = prints + keys->n_prints;
    uint32_t *all = HS_NEW(b->arena, uint32_t, n + 1);
    if (story) memcpy(all, keys->claim.v, story * sizeof *all);
    if (keys->story.n) memcpy(all + story, keys->story.v, keys->story.n * sizeof *all);
    memcpy(all + prints, keys->prints, keys->n_prints * sizeof *all);
    hs_postings_found found = {0};
    hs_status status = hs_postings_find(&found, ledger->postings, b->arena, all, n, error);
    for (size_t i = 0; i < found.n && status == HS_OK; i++) {
        votes *v = votes_of(b, found.v[i].page);
        if (found.v[i].key < story) v->claim++;
        else if (found.v[i].key < prints) v->story++;
        else v->prints++;
    }
    return status;
}

static int weight_of(const votes *v) {
    return v->claim * 3 + v->story;
}

static int by_votes(const votes *x, const votes *y) {
    int p = weight_of(x), q = weight_of(y);
    if (p != q) return q - p;
    return (x->page > y->page) - (x->page < y->page);
}

static int by_prints(const votes *x, const votes *y) {
    if (x->prints != y->prints) return (int)y->prints - (int)x->prints;
    return (x->page > y->page) - (x->page < y->page);
}

/* The first `n` so far; most pages of a ballot come behind the last of them and are passed over. */
static size_t keep_best(votes *best, size_t n, size_t most, const votes *v,
                        int (*order)(const votes *, const votes *)) {
    if (n == most && order(v, &best[n - 1]) >= 0) return n;
    size_t at = n < most ? n++ : n - 1;
    for (; at && order(v, &best[at - 1]) < 0; at--) best[at] = best[at - 1];
    best[at] = *v;
    return n;
}

/* ---- the same claims ---- */

/* The terms of the new page's claims, by hash: which claims have them. */
typedef struct holder {
    uint32_t hash, claim;
    uint32_t next; /* index plus one */
    uint8_t weight;
} holder;

typedef struct inside {
    holder *v;
    size_t n;
    uint32_t *slots;
    size_t mask;
} inside;

static inside inside_of(hs_arena *arena, const hs_page_sketch *sketch) {
    size_t all = 0, size = 64;
    for (size_t i = 0; i < sketch->n; i++) all += sketch->claims[i].n_terms;
    while (size < all * 2) size *= 2;
    inside in = {HS_NEW(arena, holder, all + 1), 0, HS_NEW(arena, uint32_t, size), size - 1};
    for (size_t i = 0; i < sketch->n; i++)
        for (size_t k = 0; k < sketch->claims[i].n_terms; k++) {
            const hs_term *t = &sketch->claims[i].terms[k];
            uint32_t *slot = &in.slots[t->hash & in.mask];
            in.v[in.n] = (holder){t->hash, (uint32_t)i, *slot, t->weight};
            *slot = (uint32_t)++in.n;
        }
    return in;
}

typedef struct found {
    uint32_t mine;
    int64_t other;
    float score;
    int kind;
} found;

typedef struct relating {
    hs_ledger *ledger;
    hs_arena *arena;
    const hs_page_sketch *sketch;
    hs_shingles shingles;
    inside inside;
    size_t steps;
    uint16_t *shared; /* by claim: weight of the terms shared with the other page's claim at hand */
    HS_VEC(found) found;
} relating;

static void compare_claim(relating *r, const hs_page_sketch *other, size_t j, int64_t first_claim, float story) {
    const hs_sketch *b = &other->claims[j];
    if (r->steps > MOST_STEPS) return;
    r->steps += r->sketch->n / 8;
    memset(r->shared, 0, r->sketch->n * sizeof *r->shared);
    for (size_t k = 0; k < b->n_terms; k++) {
        uint32_t at = r->inside.slots[b->terms[k].hash & r->inside.mask];
        for (; at; at = r->inside.v[at - 1].next) {
            r->steps++;
            const holder *h = &r->inside.v[at - 1];
            if (h->hash == b->terms[k].hash) r->shared[h->claim] = (uint16_t)(r->shared[h->claim] + h->weight);
        }
    }
    for (size_t i = 0; i < r->sketch->n; i++) {
        const hs_sketch *a = &r->sketch->claims[i];
        if (r->shared[i] < LEAST_SHARED_WEIGHT) continue;
        r->steps += 2;
        if (hs_hopeless(a, b, r->shared[i], story)) continue;
        r->steps += 14;
        if (r->steps > MOST_STEPS) return;
        hs_verdict v = hs_compare(a, b, story);
        int64_t claim = first_claim + (int64_t)j;
        if (v.same >= HS_SAME_FROM) HS_PUSH(r->arena, r->found, (found){(uint32_t)i, claim, v.same, HS_EDGE_SAME});
        else if (v.contrary >= HS_CONTRARY_FROM)
            HS_PUSH(r->arena, r->found, (found){(uint32_t)i, claim, v.contrary, HS_EDGE_CONTRARY});
    }
}

static hs_status compare_page(relating *r, uint32_t candidate, hs_error *error) {
    const hs_recent_page *recent = hs_recent_find(r->ledger->recent, candidate);
    hs_value v[2] = {{0}};
    bool found = true;
    hs_page_sketch other;
    hs_status status = HS_OK;
    if (recent) {
        v[0] = HS_INT(recent->first_claim);
        v[1] = HS_BLOB(recent->sketch);
        found = recent->n_claims > 0;
    } else {
        status = hs_db_one(r->ledger->db, HS_SQL_SKETCH_GET, &HS_INT(candidate), 1, r->arena, v, 2, &found, error);
    }
    if (status != HS_OK || !found) return status;
    if (!hs_sketch_unpack(&other, r->arena, v[1].s))
        return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", r->ledger->location);
    float story = hs_story_likeness(r->sketch, &other);
    for (size_t j = 0; j < other.n; j++) compare_claim(r, &other, j, v[0].i, story);
    return HS_OK;
}

static int by_claim_and_score(const void *a, const void *b) {
    const found *x = a, *y = b;
    if (x->mine != y->mine) return x->mine < y->mine ? -1 : 1;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

static hs_status store_edges(relating *r, int64_t first_claim, hs_error *error) {
    if (!r->found.n) return HS_OK;
    qsort(r->found.v, r->found.n, sizeof *r->found.v, by_claim_and_score);
    size_t of_claim = 0;
    for (size_t i = 0; i < r->found.n; i++) {
        const found *f = &r->found.v[i];
        of_claim = i && f->mine == r->found.v[i - 1].mine ? of_claim + 1 : 0;
        if (of_claim >= MOST_EDGES) continue;
        int64_t mine = first_claim + f->mine, score = (int64_t)((double)f->score * 1000);
        if (!hs_pending_edge(r->ledger->pending, mine, f->other, f->kind, score) ||
            !hs_pending_edge(r->ledger->pending, f->other, mine, f->kind, score))
            return hs_fail(error, HS_ERR_LIMIT, "no memory for links");
    }
    return HS_OK;
}

static hs_status find_same(relating *r, const ballot *b, int64_t first_claim, hs_error *error) {
    votes best[MOST_CANDIDATES];
    size_t n = 0;
    if (!r->sketch->n || !b->list.n) return HS_OK;
    r->inside = inside_of(r->arena, r->sketch);
    r->shared = HS_NEW(r->arena, uint16_t, r->sketch->n);
    for (size_t i = 0; i < b->list.n; i++) {
        const votes *v = &b->list.v[i];
        if (v->claim || v->story >= LEAST_STORY_VOTES) n = keep_best(best, n, MOST_CANDIDATES, v, by_votes);
    }
    for (size_t i = 0; i < n; i++) {
        hs_status status = compare_page(r, best[i].page, error);
        if (status != HS_OK) return status;
    }
    return store_edges(r, first_claim, error);
}

/* ---- copies ---- */

/* The runs of a page that is its address's newest; *found = false for another. */
static hs_status shingles_of_page(hs_shingles *out, bool *found, const relating *r, uint32_t candidate,
                                  hs_error *error) {
    const hs_recent_page *recent = hs_recent_find(r->ledger->recent, candidate);
    hs_page_row row;
    hs_str json, text;
    *found = true;
    if (recent) *out = recent->shingles;
    if (recent) return HS_OK;
    hs_status status = hs_page_row_one(&row, found, r->ledger, HS_SQL_PAGE_GET, &HS_INT(candidate), 1, r->arena, error);
    *found = *found && row.current;
    if (status != HS_OK || !*found) return status;
    status = hs_page_json(&json, r->ledger, candidate, r->arena, error);
    if (status != HS_OK) return status;
    if (!hs_record_text(&text, r->arena, (char *)json.p, json.n))
        return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", r->ledger->location);
    *out = hs_shingles_of(r->arena, text);
    return HS_OK;
}

static hs_status compare_text(const relating *r, const hs_shingle_set *own, int64_t page, uint32_t candidate,
                              hs_error *error) {
    hs_shingles other;
    bool found;
    hs_status status = shingles_of_page(&other, &found, r, candidate, error);
    if (status != HS_OK || !found) return status;
    hs_db *db = r->ledger->db;
    hs_share share = hs_share_of(r->arena, &r->shingles, own, &other);
    int64_t mine = (int64_t)(share.of_a * 1000), theirs = (int64_t)(share.of_b * 1000);
    if (mine < LEAST_SHARE && theirs < LEAST_SHARE) return HS_OK;
    status = HS_DB_RUN(db, HS_SQL_COPY_ADD, error, HS_INT(page), HS_INT(candidate), HS_INT(mine), HS_INT(theirs));
    if (status != HS_OK) return status;
    return HS_DB_RUN(db, HS_SQL_COPY_ADD, error, HS_INT(candidate), HS_INT(page), HS_INT(theirs), HS_INT(mine));
}

static hs_status find_copies(const relating *r, const ballot *b, size_t n_prints, int64_t page, hs_error *error) {
    votes best[MOST_COPIES];
    size_t n = 0;
    /* Of a short page's few prints an eighth must be met again, of a long one's six: a third of a page may be a reprint of a long one, of
     * which only a sample of the prints is kept. */
    size_t least = n_prints / 8 < LEAST_FINGERPRINTS ? LEAST_FINGERPRINTS : n_prints / 8 > 6 ? 6 : n_prints / 8;
    for (size_t i = 0; i < b->list.n; i++)
        if (b->list.v[i].prints >= least) n = keep_best(best, n, MOST_COPIES, &b->list.v[i], by_prints);
    if (!n) return HS_OK;
    hs_shingle_set own = hs_shingle_set_of(r->arena, &r->shingles);
    for (size_t i = 0; i < n; i++) {
        hs_status status = compare_text(r, &own, page, best[i].page, error);
        if (status != HS_OK) return status;
    }
    return HS_OK;
}

static bool remember(hs_ledger *ledger, const uint32_t *keys, size_t n, int64_t page) {
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) ok = hs_postings_add(ledger->postings, keys[i], (uint32_t)page);
    return ok;
}

hs_status hs_relate(hs_ledger *ledger, hs_arena *arena, const hs_relating *what, hs_error *error) {
    keys keys = {0};
    ballot ballot = {.arena = arena};
    relating r = {.ledger = ledger, .arena = arena, .sketch = what->sketch};
    r.shingles = hs_shingles_of(arena, what->text);
    make_keys(&keys, arena, what->sketch, &r.shingles);
    hs_status status = vote(&ballot, ledger, &keys, error);
    if (status == HS_OK) status = find_same(&r, &ballot, what->first_claim, error);
    if (status == HS_OK) status = find_copies(&r, &ballot, keys.n_prints, what->page, error);
    if (status != HS_OK) return status;
    if (!remember(ledger, keys.claim.v, keys.claim.n, what->page) ||
        !remember(ledger, keys.story.v, keys.story.n, what->page) ||
        !remember(ledger, keys.prints, keys.n_prints, what->page))
        return hs_fail(error, HS_ERR_LIMIT, "no memory for the ledger's index");
    hs_recent_add(ledger->recent,
                  &(hs_recent_page){what->page, what->first_claim, what->sketch->n, what->packed, r.shingles});
    return HS_OK;
}
