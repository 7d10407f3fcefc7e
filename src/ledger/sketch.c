/* Sketches: see sketch.h. */
#include "ledger/sketch.h"

#include <math.h>
#include <stdlib.h>

#include "base/numbers.h"

/* ---- making ---- */

static int by_hash(const void *a, const void *b) {
    uint32_t x = ((const hs_term *)a)->hash, y = ((const hs_term *)b)->hash;
    return (x > y) - (x < y);
}

static bool heavier(const hs_term *a, const hs_term *b) {
    return a->weight != b->weight ? a->weight > b->weight : a->hash < b->hash;
}

/* By hash; terms of one hash stay in their order. */
static void sort_terms(hs_term *v, size_t n) {
    enum { FEW = 64 };
    if (n > FEW) {
        qsort(v, n, sizeof *v, by_hash);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        hs_term t = v[i];
        size_t at = i;
        for (; at && v[at - 1].hash > t.hash; at--) v[at] = v[at - 1];
        v[at] = t;
    }
}

static void sink(hs_term *heap, size_t n, size_t at) {
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && heavier(&heap[child], &heap[child + 1]);
        if (!heavier(&heap[at], &heap[child])) return;
        hs_term t = heap[at];
        heap[at] = heap[child];
        heap[child] = t;
    }
}

/* The `most` that weigh most, from here on in no order. */
static size_t keep_heaviest(hs_term *v, size_t n, size_t most) {
    if (n <= most) return n;
    for (size_t i = most / 2; i-- > 0;) sink(v, most, i); /* a heap, the lightest on top */
    for (size_t i = most; i < n; i++) {
        if (!heavier(&v[i], &v[0])) continue;
        v[0] = v[i];
        sink(v, most, 0);
    }
    return most;
}

/* Each term once, stop words gone, at most `most` of them, ordered by hash. Flags are those of either; negated is what all are. */
static size_t gather(hs_term *v, size_t n, size_t most) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!(v[i].flags & HS_TERM_STOP)) v[kept++] = v[i];
    if (!kept) return 0;
    sort_terms(v, kept);
    size_t unique = 0;
    for (size_t i = 0; i < kept; i++) {
        if (unique && v[unique - 1].hash == v[i].hash) {
            unsigned negated = v[unique - 1].flags & v[i].flags & HS_TERM_NEGATED;
            v[unique - 1].flags =
                (uint8_t)(((v[unique - 1].flags | v[i].flags) & ~(unsigned)HS_TERM_NEGATED) | negated);
        } else {
            v[unique++] = v[i];
        }
    }
    if (unique <= most) return unique;
    keep_heaviest(v, unique, most);
    sort_terms(v, most);
    return most;
}

static size_t make_runs(uint32_t *out, const hs_term *v, size_t n) {
    size_t runs = 0;
    uint32_t last[2] = {0};
    for (size_t i = 0; i < n && runs < HS_SKETCH_RUNS; i++) {
        if (v[i].flags & HS_TERM_STOP) continue;
        if (last[0]) out[runs++] = (last[0] * 31 ^ last[1]) * 0x9E3779B1U ^ v[i].hash;
        last[0] = last[1];
        last[1] = v[i].hash;
    }
    return hs_numbers_unique(out, runs);
}

static bool ends_sentence(hs_str text, size_t at) {
    return text.p[at] == '\n' || (at + 1 < text.n && (text.p[at] == '.' || text.p[at] == '!' || text.p[at] == '?') &&
                                  (text.p[at + 1] == ' ' || text.p[at + 1] == '\n'));
}

enum { AROUND = 300 };

/* The sentence that the claim stands in, and the one before it, less what is its content. */
static void add_context(hs_terms *terms, hs_arena *arena, hs_str text, const hs_claim *claim) {
    if (!claim->n_content) return;
    size_t first = claim->content[0].byte_start, last = claim->content[claim->n_content - 1].byte_end;
    size_t start = first, end = last, sentences = 0;
    while (start > 0 && first - start < AROUND && text.p[start - 1] != '\n') {
        if (ends_sentence(text, start - 1) && ++sentences == 2) break;
        start--;
    }
    while (end < text.n && end - last < AROUND && !ends_sentence(text, end)) end++;
    while (start < first && ((unsigned char)text.p[start] & 0xC0) == 0x80) start++;
    while (end > last && end < text.n && ((unsigned char)text.p[end] & 0xC0) == 0x80) end--;
    hs_terms_add(terms, arena, hs_str_slice(text, start, first), false);
    hs_terms_add(terms, arena, hs_str_slice(text, last, end), false);
}

/* A cue that denies turns what is claimed round; "did not say that" does as well. */
static bool cue_denies(const hs_terms *cue) {
    static const char *const denying[] = {"deny",  "dismiss",    "refute", "disput", "reject",
                                          "rebut", "contradict", "denial", "refuse"};
    for (size_t i = 0; i < cue->list.n; i++)
        for (size_t k = 0; k < sizeof denying / sizeof *denying; k++)
            if (cue->list.v[i].hash == hs_term_hash(hs_str_of(denying[k]))) return true;
    return false;
}

static void add_content(hs_terms *terms, hs_arena *arena, hs_str text, const hs_claim *claim) {
    for (size_t i = 0; i < claim->n_content; i++) {
        hs_str piece = hs_str_slice(text, claim->content[i].byte_start, claim->content[i].byte_end);
        bool opened = hs_str_starts(piece, HS_STR("\"")) || hs_str_starts(piece, HS_STR("“"));
        hs_terms_add(terms, arena, piece, claim->manner == HS_MANNER_DIRECT && !opened);
    }
}

static hs_term *copied(hs_arena *arena, const hs_term *v, size_t n) {
    hs_term *out = HS_NEW(arena, hs_term, n + 1);
    if (n) memcpy(out, v, n * sizeof *v);
    return out;
}

static void make_claim(hs_sketch *out, hs_arena *arena, const hs_record *record, const hs_claim *claim) {
    hs_terms content = {0}, context = {0}, cue = {0};
    uint32_t runs[HS_SKETCH_RUNS];
    add_content(&content, arena, record->text, claim);
    add_context(&context, arena, record->text, claim);
    out->stance = (uint8_t)claim->stance;
    out->manner = (uint8_t)claim->manner;
    for (size_t i = 0; i < claim->n_cue; i++)
        hs_terms_add(&cue, arena, hs_str_slice(record->text, claim->cue[i].byte_start, claim->cue[i].byte_end), false);
    bool denies = claim->stance == HS_STANCE_DENIES || cue_denies(&cue);
    out->marks = (uint8_t)((denies ? HS_MARK_DENIES : 0) | (claim->hedged ? HS_MARK_HEDGED : 0) |
                           (claim->parent != HS_NONE ? HS_MARK_NESTED : 0));
    out->n_runs = make_runs(runs, content.list.v, content.list.n);
    out->runs = HS_NEW(arena, uint32_t, out->n_runs + 1);
    memcpy(out->runs, runs, out->n_runs * sizeof *runs);
    out->n_terms = gather(content.list.v, content.list.n, HS_SKETCH_TERMS);
    out->terms = copied(arena, content.list.v, out->n_terms);
    out->n_context = gather(context.list.v, context.list.n, HS_SKETCH_CONTEXT);
    out->context = copied(arena, context.list.v, out->n_context);
    out->n_cue = gather(cue.list.v, cue.list.n, HS_SKETCH_CUE);
    out->cue = copied(arena, cue.list.v, out->n_cue);
}

/* What follows from a claim's terms. */
static void sum_terms(hs_sketch *c) {
    c->bloom = 0;
    c->weight = c->plain = 0;
    c->any = 0;
    for (size_t i = 0; i < c->n_terms; i++) {
        const hs_term *t = &c->terms[i];
        c->bloom |= (uint64_t)1 << (t->hash >> 26);
        c->weight += t->weight;
        if (!(t->flags & (HS_TERM_NAME | HS_TERM_NUMBER))) c->plain += t->weight;
        c->any |= t->flags;
    }
}

/* The page's story: its title and the beginning, where news says what it is about. */
static void make_story(hs_page_sketch *out, hs_arena *arena, const hs_record *record) {
    enum { STORY = 3000 };
    hs_terms terms = {0};
    size_t end = record->text.n < STORY ? record->text.n : STORY;
    while (end < record->text.n && ((unsigned char)record->text.p[end] & 0xC0) == 0x80) end--;
    hs_terms_add(&terms, arena, hs_str_slice(record->text, 0, end), false);
    hs_term *v = terms.list.v;
    size_t n = terms.list.n, kept = 0, size = 64;
    while (size < n * 2) size *= 2;
    uint16_t *slots = HS_NEW(arena, uint16_t, size), *times = HS_NEW(arena, uint16_t, n + 1); /* n < STORY */
    for (size_t i = 0; i < n; i++) {
        size_t at = v[i].hash & (size - 1);
        while (slots[at] && v[slots[at] - 1].hash != v[i].hash) at = (at + 1) & (size - 1);
        if (!slots[at]) {
            v[kept] = v[i];
            slots[at] = (uint16_t)++kept;
        }
        v[slots[at] - 1].flags |= v[i].flags;
        times[slots[at] - 1]++;
    }
    n = kept;
    kept = 0;
    for (size_t i = 0; i < n; i++) { /* what is met again in a page is what it is about */
        if (v[i].flags & HS_TERM_STOP) continue;
        unsigned weight = (unsigned)v[i].weight * ((times[i] < 4 ? times[i] : 4U) + 1) / 2;
        v[kept] = v[i];
        v[kept++].weight = (uint8_t)(weight > UINT8_MAX ? UINT8_MAX : weight);
    }
    out->n_story = keep_heaviest(v, kept, HS_SKETCH_STORY);
    for (size_t i = 1; i < out->n_story; i++) { /* the heaviest first */
        hs_term t = v[i];
        size_t at = i;
        for (; at && heavier(&t, &v[at - 1]); at--) v[at] = v[at - 1];
        v[at] = t;
    }
    out->story = copied(arena, v, out->n_story);
}

/* In how many of a page's claims each term stands: open addressing by hash. */
typedef struct counts {
    uint32_t *hashes, *n;
    size_t mask;
} counts;

static uint32_t *count_of(const counts *c, uint32_t hash) {
    size_t at = hash & c->mask;
    while (c->hashes[at] && c->hashes[at] != hash) at = (at + 1) & c->mask;
    c->hashes[at] = hash;
    return &c->n[at];
}

/* What most claims of a page speak of tells them not apart: its weight falls with the share of claims that have it, to a quarter. */
static void weigh_in_page(hs_page_sketch *page, hs_arena *arena) {
    size_t all = 0, size = 16;
    for (size_t i = 0; i < page->n; i++) all += page->claims[i].n_terms + page->claims[i].n_context;
    while (size < all * 2) size *= 2;
    counts c = {HS_NEW(arena, uint32_t, size), HS_NEW(arena, uint32_t, size), size - 1};
    for (size_t i = 0; i < page->n; i++)
        for (size_t k = 0; k < page->claims[i].n_terms; k++) ++*count_of(&c, page->claims[i].terms[k].hash);
    float whole = logf((float)page->n + 1);
    for (size_t i = 0; i < page->n; i++) {
        hs_sketch *claim = &page->claims[i];
        for (size_t k = 0; k < claim->n_terms + claim->n_context; k++) {
            hs_term *t = k < claim->n_terms ? &claim->terms[k] : &claim->context[k - claim->n_terms];
            uint32_t n = *count_of(&c, t->hash);
            float share = n > 1 ? logf((float)(page->n + 1) / (float)n) / whole : 1;
            t->weight = (uint8_t)lrintf((float)t->weight * (0.25F + 0.75F * share));
        }
    }
}

/* Days from civil date; Howard Hinnant's algorithm. */
int32_t hs_day_of(hs_str published) {
    int v[3] = {0};
    static const size_t at[3] = {0, 5, 8}, n[3] = {4, 2, 2};
    if (published.n < 10) return HS_NO_DAY;
    for (int k = 0; k < 3; k++)
        for (size_t i = at[k]; i < at[k] + n[k]; i++) {
            if (published.p[i] < '0' || published.p[i] > '9') return HS_NO_DAY;
            v[k] = v[k] * 10 + (published.p[i] - '0');
        }
    if (v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31) return HS_NO_DAY;
    int y = v[0] - (v[1] <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int of_year = (153 * (v[1] + (v[1] > 2 ? -3 : 9)) + 2) / 5 + v[2] - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void hs_sketch_make(hs_page_sketch *out, hs_arena *arena, const hs_read_record *read) {
    const hs_record *record = &read->record;
    *out = (hs_page_sketch){.n = record->n_claims};
    out->claims = HS_NEW(arena, hs_sketch, record->n_claims + 1);
    hs_name *speakers = hs_speaker_names(arena, record);
    for (size_t i = 0; i < record->n_claims; i++) {
        make_claim(&out->claims[i], arena, record, &record->claims[i]);
        out->claims[i].speaker = speakers[i];
    }
    weigh_in_page(out, arena);
    for (size_t i = 0; i < out->n; i++) sum_terms(&out->claims[i]);
    make_story(out, arena, record);
    out->outlet = record->outlet.n ? hs_term_hash(record->outlet) : 0;
    out->day = hs_day_of(record->published);
}

/* ---- packing: little-endian, no padding ---- */

enum { SKETCH_VERSION = 3 };

static void put(hs_buf *buf, hs_arena *arena, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) hs_buf_byte(arena, buf, (char)(value >> (8 * i)));
}

static void put_terms(hs_buf *buf, hs_arena *arena, const hs_term *v, size_t n) {
    put(buf, arena, (uint32_t)n, 1);
    for (size_t i = 0; i < n; i++) {
        put(buf, arena, v[i].hash, 4);
        put(buf, arena, v[i].flags, 1);
        put(buf, arena, v[i].weight, 1);
    }
}

static void put_name(hs_buf *buf, hs_arena *arena, const hs_name *name) {
    put(buf, arena,
        (uint32_t)name->kind | (name->body ? 8U : 0) | (name->pronoun ? 16U : 0) | (uint32_t)name->sex << 5 |
            (name->media ? 128U : 0),
        1);
    if (name->kind >= HS_NAME_SINGLE) {
        put(buf, arena, name->first, 4);
        put(buf, arena, name->last, 4);
    }
    if (name->kind == HS_NAME_FULL) put(buf, arena, name->acronym, 4);
    if (name->kind != HS_NAME_NONE) put(buf, arena, name->whole, 4);
    for (int i = 0; i < HS_NAME_ROLES; i++) {
        put(buf, arena, name->roles[i], 4);
        if (!name->roles[i]) break;
    }
}

hs_str hs_sketch_pack(const hs_page_sketch *sketch, hs_arena *arena) {
    hs_buf buf = {0};
    put(&buf, arena, SKETCH_VERSION, 1);
    put(&buf, arena, (uint32_t)sketch->n, 4);
    put(&buf, arena, sketch->outlet, 4);
    put(&buf, arena, (uint32_t)sketch->day, 4);
    put_terms(&buf, arena, sketch->story, sketch->n_story);
    for (size_t i = 0; i < sketch->n; i++) {
        const hs_sketch *c = &sketch->claims[i];
        put(&buf, arena, c->stance, 1);
        put(&buf, arena, c->manner, 1);
        put(&buf, arena, c->marks, 1);
        put_name(&buf, arena, &c->speaker);
        put_terms(&buf, arena, c->terms, c->n_terms);
        put(&buf, arena, (uint32_t)c->n_runs, 1);
        for (size_t k = 0; k < c->n_runs; k++) put(&buf, arena, c->runs[k], 4);
        put_terms(&buf, arena, c->context, c->n_context);
        put_terms(&buf, arena, c->cue, c->n_cue);
    }
    return hs_buf_str(&buf);
}

typedef struct blob {
    const unsigned char *p, *end;
    hs_term *terms; /* room for all that the rest may hold */
    uint32_t *runs;
    bool wrong;
} blob;

static uint32_t four(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t get(blob *b, int bytes) {
    uint32_t value = 0;
    if (b->end - b->p < bytes) {
        b->wrong = true;
        return 0;
    }
    for (int i = 0; i < bytes; i++) value |= (uint32_t)b->p[i] << (8 * i);
    b->p += bytes;
    return value;
}

static size_t get_terms(blob *b, hs_term **out) {
    size_t n = get(b, 1);
    if ((size_t)(b->end - b->p) < n * 6) b->wrong = true;
    if (b->wrong) return 0;
    *out = b->terms;
    for (size_t i = 0; i < n; i++, b->p += 6) *b->terms++ = (hs_term){four(b->p), b->p[4], b->p[5]};
    return n;
}

static void get_name(blob *b, hs_name *name) {
    uint32_t kind = get(b, 1);
    name->kind = (hs_name_kind)(kind & 7);
    name->body = kind & 8;
    name->pronoun = kind & 16;
    name->sex = kind >> 5 & 3;
    name->media = kind & 128;
    if (name->kind > HS_NAME_FULL) b->wrong = true;
    if (name->kind >= HS_NAME_SINGLE) {
        name->first = get(b, 4);
        name->last = get(b, 4);
    }
    if (name->kind == HS_NAME_FULL) name->acronym = get(b, 4);
    if (name->kind != HS_NAME_NONE) name->whole = get(b, 4);
    for (int i = 0; i < HS_NAME_ROLES; i++)
        if (!(name->roles[i] = get(b, 4))) break;
}

static void get_claim(blob *b, hs_sketch *c) {
    c->stance = (uint8_t)get(b, 1);
    c->manner = (uint8_t)get(b, 1);
    c->marks = (uint8_t)get(b, 1);
    get_name(b, &c->speaker);
    c->n_terms = get_terms(b, &c->terms);
    c->n_runs = get(b, 1);
    if ((size_t)(b->end - b->p) < c->n_runs * 4) b->wrong = true;
    if (b->wrong) return;
    c->runs = b->runs;
    for (size_t k = 0; k < c->n_runs; k++, b->p += 4) *b->runs++ = four(b->p);
    c->n_context = get_terms(b, &c->context);
    c->n_cue = get_terms(b, &c->cue);
    sum_terms(c);
}

bool hs_sketch_unpack(hs_page_sketch *out, hs_arena *arena, hs_str bytes) {
    blob b = {.p = (const unsigned char *)bytes.p, .end = (const unsigned char *)bytes.p + bytes.n};
    *out = (hs_page_sketch){0};
    if (get(&b, 1) != SKETCH_VERSION) return false;
    size_t n = get(&b, 4);
    if (n > bytes.n) return false;
    b.terms = HS_NEW(arena, hs_term, bytes.n / 6 + 1);
    b.runs = HS_NEW(arena, uint32_t, bytes.n / 4 + 1);
    out->outlet = get(&b, 4);
    out->day = (int32_t)get(&b, 4);
    out->n_story = get_terms(&b, &out->story);
    if (b.wrong) return false;
    out->claims = HS_NEW(arena, hs_sketch, n + 1);
    for (out->n = 0; out->n < n && !b.wrong; out->n++) get_claim(&b, &out->claims[out->n]);
    return !b.wrong && b.p == b.end;
}
