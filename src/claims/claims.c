/* The claims of an article: its text is read once, then each content once more as a text of its own, which finds the
 * claims nested in it. Offsets are bytes of the record's text until the end. Everything lies in the caller's arena. */
#include "claims/claims.h"

#include <stdlib.h>
#include <string.h>

#include "claims/decode.h"
#include "claims/quotation.h"
#include "claims/speakers.h"

/* The article's text, its claims' contents, their claims' contents, and once more. */
enum { DEPTHS = 4 };

/* A text to read: the article's, or a content's pieces joined with blanks. */
typedef struct reading {
    hs_str text;
    hs_ranges pieces; /* where the pieces stand in the record's text */
    size_t parent;    /* the claim whose content it is */
} reading;

typedef HS_VEC(reading) readings;

typedef struct draft {
    hs_range cue;
    hs_ranges source, content;
    size_t parent, speaker;
    hs_manner manner;
    double confidence;
} draft;

typedef struct work {
    hs_arena *arena;
    const hs_model *model;
    hs_str text;
    bool has_title;
    hs_quotations quotations;
    HS_VEC(draft) claims;
    HS_VEC(size_t) starts; /* where the spans of the article's own claims begin, in order */
    size_t n_top;          /* claims found in the article's own text */
    hs_speakers speakers;
} work;

static hs_str joined(hs_arena *arena, hs_str text, const hs_ranges *pieces) {
    hs_buf out = {0};
    for (size_t i = 0; i < pieces->n; i++) {
        if (i) hs_buf_byte(arena, &out, ' ');
        hs_buf_add(arena, &out, hs_str_slice(text, pieces->v[i].start, pieces->v[i].end));
    }
    return hs_buf_str(&out);
}

/* A range of a reading's text in the record's text: one range for each piece that it touches. */
static void to_record(hs_arena *arena, hs_ranges *out, const reading *r, hs_range range) {
    size_t at = 0; /* where the piece begins in the reading's text */
    for (size_t i = 0; i < r->pieces.n; i++) {
        hs_range piece = r->pieces.v[i];
        size_t length = piece.end - piece.start;
        size_t start = range.start > at ? range.start - at : 0;
        size_t end = range.end > at ? range.end - at : 0;
        if (end > length) end = length;
        if (start < end) HS_PUSH(arena, *out, (hs_range){piece.start + start, piece.start + end});
        at += length + 1;
    }
}

static hs_ranges words_to_record(hs_arena *arena, const reading *r, const hs_words *words, const hs_ranges *ranges) {
    hs_ranges out = {0};
    for (size_t i = 0; i < ranges->n; i++) {
        hs_range w = ranges->v[i];
        to_record(arena, &out, r, (hs_range){words->v[w.start].start, words->v[w.end - 1].end});
    }
    return out;
}

/* The article's own claim whose cue overlaps `cue`, or HS_NONE. Their cues are in order and apart. */
static size_t top_claim_with_cue(const work *w, hs_range cue) {
    size_t low = 0, high = w->n_top;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->claims.v[mid].cue.end <= cue.start) low = mid + 1;
        else high = mid;
    }
    return low < w->n_top && w->claims.v[low].cue.start < cue.end ? low : HS_NONE;
}

/* Whether a claim is `other` or lies in its content, at any depth. */
static bool within(const work *w, size_t claim, size_t other) {
    while (claim != HS_NONE && claim != other) claim = w->claims.v[claim].parent;
    return claim == other;
}

static int by_size(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void note_starts(work *w) {
    for (size_t i = 0; i < w->claims.n; i++) {
        const draft *d = &w->claims.v[i];
        HS_PUSH(w->arena, w->starts, d->cue.start);
        for (size_t k = 0; k < d->source.n; k++) HS_PUSH(w->arena, w->starts, d->source.v[k].start);
        for (size_t k = 0; k < d->content.n; k++) HS_PUSH(w->arena, w->starts, d->content.v[k].start);
    }
    if (w->starts.n) qsort(w->starts.v, w->starts.n, sizeof *w->starts.v, by_size);
}

/* The first span that begins at or after `at`, or the text's end. */
static size_t next_start(const work *w, size_t at) {
    size_t low = 0, high = w->starts.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->starts.v[mid] < at) low = mid + 1;
        else high = mid;
    }
    return low < w->starts.n ? w->starts.v[low] : w->text.n;
}

static void complete(work *w, draft *d) {
    size_t end = d->content.v[d->content.n - 1].end;
    size_t limit = d->parent == HS_NONE ? next_start(w, end) : 0;
    hs_quotation_fit(w->arena, &w->quotations, &d->content, limit);
    hs_quotation_trim(&w->quotations, &d->source);
    hs_quotation_trim(&w->quotations, &d->content);
    d->manner = hs_quotation_manner(&w->quotations, d->cue, &d->content);
    d->speaker = d->source.n ? hs_speakers_add(&w->speakers, w->arena, joined(w->arena, w->text, &d->source)) : HS_NONE;
}

/* What was found in a reading becomes claims; one that the article's own reading found gets its parent. */
static void add_found(work *w, const reading *r, const hs_words *words, const hs_attributions *found) {
    for (size_t i = 0; i < found->n; i++) {
        const hs_attribution *a = &found->v[i];
        hs_ranges cue = words_to_record(w->arena, r, words, &(hs_ranges){(hs_range *)&a->cue, 1, 1});
        draft d = {.cue = {cue.v[0].start, cue.v[cue.n - 1].end},
                   .source = words_to_record(w->arena, r, words, &a->source),
                   .content = words_to_record(w->arena, r, words, &a->content),
                   .parent = r->parent,
                   .confidence = a->confidence};
        size_t same = top_claim_with_cue(w, d.cue);
        if (same == HS_NONE) {
            HS_PUSH(w->arena, w->claims, d);
        } else if (w->claims.v[same].parent == HS_NONE && !within(w, r->parent, same)) {
            w->claims.v[same].parent = r->parent;
        }
    }
}

/* Reads the texts of one depth together and puts the contents that they hold up for the next. */
static readings read_depth(work *w, const readings *now, bool top) {
    readings next = {0};
    hs_words *words = HS_NEW(w->arena, hs_words, now->n);
    for (size_t i = 0; i < now->n; i++) words[i] = hs_words_of(w->arena, now->v[i].text, top && w->has_title);
    hs_scan *scans = hs_model_scan(w->model, w->arena, words, now->n);
    size_t first = w->claims.n;
    for (size_t i = 0; i < now->n; i++) {
        hs_attributions found = hs_decode(w->arena, w->model, &scans[i], &words[i]);
        add_found(w, &now->v[i], &words[i], &found);
    }
    if (top) {
        w->n_top = w->claims.n;
        note_starts(w);
    }
    for (size_t i = first; i < w->claims.n; i++) {
        complete(w, &w->claims.v[i]);
        hs_ranges pieces = w->claims.v[i].content;
        HS_PUSH(w->arena, next, (reading){joined(w->arena, w->text, &pieces), pieces, i});
    }
    return next;
}

/* Byte offsets → code points: the count at every 64th byte, and from there on by hand. */
typedef struct code_points {
    hs_str text;
    size_t *at;
} code_points;

static code_points count_code_points(hs_arena *arena, hs_str text) {
    code_points c = {text, HS_NEW(arena, size_t, text.n / 64 + 1)};
    size_t count = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i % 64 == 0) c.at[i / 64] = count;
        if (i < text.n) count += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    }
    return c;
}

static size_t code_point(const code_points *c, size_t byte) {
    size_t count = c->at[byte / 64];
    for (size_t i = byte / 64 * 64; i < byte; i++) count += ((unsigned char)c->text.p[i] & 0xC0) != 0x80;
    return count;
}

static hs_span *to_spans(hs_arena *arena, const code_points *c, const hs_range *ranges, size_t n) {
    hs_span *out = HS_NEW(arena, hs_span, n);
    for (size_t i = 0; i < n; i++)
        out[i] =
            (hs_span){code_point(c, ranges[i].start), code_point(c, ranges[i].end), ranges[i].start, ranges[i].end};
    return out;
}

static hs_claim finished(hs_arena *arena, const code_points *c, const draft *d, const size_t *rank) {
    return (hs_claim){.source = to_spans(arena, c, d->source.v, d->source.n),
                      .n_source = d->source.n,
                      .cue = to_spans(arena, c, &d->cue, 1),
                      .n_cue = 1,
                      .content = to_spans(arena, c, d->content.v, d->content.n),
                      .n_content = d->content.n,
                      .speaker = d->speaker,
                      .parent = d->parent == HS_NONE ? HS_NONE : rank[d->parent],
                      .manner = d->manner,
                      .confidence = d->confidence};
}

typedef struct place {
    size_t at, claim;
} place;

static int by_place(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

/* Reading order: by where the cue stands. */
static place *reading_order(const work *w) {
    place *order = HS_NEW(w->arena, place, w->claims.n);
    for (size_t i = 0; i < w->claims.n; i++) order[i] = (place){w->claims.v[i].cue.start, i};
    qsort(order, w->claims.n, sizeof *order, by_place);
    return order;
}

void hs_claims_read(hs_record *record, hs_arena *arena, const hs_model *model) {
    work w = {.arena = arena,
              .model = model,
              .text = record->text,
              .has_title = record->has_title,
              .quotations = hs_quotations_of(arena, record->text)};
    reading whole = {.text = w.text, .parent = HS_NONE};
    HS_PUSH(arena, whole.pieces, (hs_range){0, w.text.n});
    readings now = {0};
    HS_PUSH(arena, now, whole);
    for (size_t depth = 0; depth < DEPTHS && now.n; depth++) now = read_depth(&w, &now, depth == 0);
    place *order = reading_order(&w);
    size_t *rank = HS_NEW(arena, size_t, w.claims.n);
    for (size_t i = 0; i < w.claims.n; i++) rank[order[i].claim] = i;
    code_points c = count_code_points(arena, w.text);
    record->claims = HS_NEW(arena, hs_claim, w.claims.n);
    for (size_t i = 0; i < w.claims.n; i++) record->claims[i] = finished(arena, &c, &w.claims.v[order[i].claim], rank);
    record->n_claims = w.claims.n;
    record->entities = w.speakers.list.v;
    record->n_entities = w.speakers.list.n;
    record->has_claims = true;
}
