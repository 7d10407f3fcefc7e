/* The claims of an article, from one reading of its text: spans, which claim holds which, manner, speakers. Offsets are bytes of the
 * record's text until the end. Everything lies in the caller's arena. */
#include "claims/claims.h"

#include <stdlib.h>
#include <string.h>

#include "claims/decode.h"
#include "claims/labels.h"
#include "claims/layouts.h"
#include "claims/mend.h"
#include "claims/quotation.h"
#include "claims/speakers.h"

typedef struct draft {
    hs_range cue;
    hs_ranges source, content;
    bool nested;
    size_t parent;
    hs_manner manner;
    double confidence;
    hs_act_scores act;
} draft;

typedef HS_VEC(hs_str) strings;

typedef struct beginning {
    size_t at;         /* where a span begins */
    size_t claim, cue; /* whose it is, and where that claim's cue begins */
    bool content;
} beginning;

typedef struct work {
    hs_arena *arena;
    hs_str text;
    hs_quotations quotations;
    HS_VEC(draft) claims;         /* in the order of their cues */
    HS_VEC(beginning) beginnings; /* of the spans of the claims that are not nested, in order */
} work;

static hs_range to_bytes(const hs_words *words, hs_range range) {
    return (hs_range){words->v[range.start].start, words->v[range.end - 1].end};
}

static hs_ranges all_to_bytes(hs_arena *arena, const hs_words *words, const hs_ranges *ranges) {
    hs_ranges out = {0};
    for (size_t i = 0; i < ranges->n; i++) HS_PUSH(arena, out, to_bytes(words, ranges->v[i]));
    return out;
}

static int by_place(const void *a, const void *b) {
    const beginning *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static void note_beginnings(work *w) {
    for (size_t i = 0; i < w->claims.n; i++) {
        const draft *d = &w->claims.v[i];
        if (d->nested) continue;
        beginning b = {.at = d->cue.start, .claim = i, .cue = d->cue.start};
        HS_PUSH(w->arena, w->beginnings, b);
        for (size_t k = 0; k < d->source.n; k++) {
            b.at = d->source.v[k].start;
            HS_PUSH(w->arena, w->beginnings, b);
        }
        b.content = true;
        for (size_t k = 0; k < d->content.n; k++) {
            b.at = d->content.v[k].start;
            HS_PUSH(w->arena, w->beginnings, b);
        }
    }
    if (w->beginnings.n) qsort(w->beginnings.v, w->beginnings.n, sizeof *w->beginnings.v, by_place);
}

/* Index of the first span that begins at or after `at`. */
static size_t first_beginning(const work *w, size_t at) {
    size_t low = 0, high = w->beginnings.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->beginnings.v[mid].at < at) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Where that is, or the text's end. */
static size_t next_start(const work *w, size_t at) {
    size_t i = first_beginning(w, at);
    return i < w->beginnings.n ? w->beginnings.v[i].at : w->text.n;
}

/* Whether all spans that begin in a range are of claims whose cue stands there too, or, where `but_contents`, are contents; of a few claims at most. */
static bool holds_claims_whole(const work *w, hs_range range, bool but_contents) {
    enum { MOST = 64 };
    size_t first = first_beginning(w, range.start), i = first;
    for (; i < w->beginnings.n && w->beginnings.v[i].at < range.end && i - first < MOST; i++) {
        const beginning *b = &w->beginnings.v[i];
        bool inside = b->cue >= range.start && b->cue < range.end;
        if (!inside && !(but_contents && b->content)) return false;
    }
    return i - first < MOST;
}

/* Takes from claims that stand elsewhere the contents that they have in the midst of a quotation which another claim begins. */
static void take_contents(work *w, hs_range range) {
    for (size_t i = first_beginning(w, range.start); i < w->beginnings.n && w->beginnings.v[i].at < range.end; i++) {
        const beginning *b = &w->beginnings.v[i];
        if (b->cue >= range.start && b->cue < range.end) continue;
        hs_ranges *content = &w->claims.v[b->claim].content;
        for (size_t k = 0; k < content->n; k++)
            if (content->v[k].start == b->at) content->v[k].end = content->v[k].start;
    }
}

/* Contents that were cut within a quotation go on to its marks, as far as nobody else has a part in it: who says its beginning says the rest. */
static void take_whole_quotations(work *w) {
    for (size_t i = 0; i < w->claims.n; i++) {
        draft *d = &w->claims.v[i];
        for (size_t k = 0; k < d->content.n; k++) {
            hs_range *span = &d->content.v[k];
            if (span->start == span->end) continue;
            hs_range whole = hs_quotation_whole(&w->quotations, d->cue, *span), rest = {span->end, whole.end};
            if (rest.start < rest.end && holds_claims_whole(w, rest, !d->nested)) {
                if (!d->nested) take_contents(w, rest);
                span->end = whole.end;
            }
            if (holds_claims_whole(w, (hs_range){whole.start, span->start}, false)) span->start = whole.start;
        }
    }
}

/* Without contents that others took; a claim that has none left is gone. */
static void drop_empty(work *w) {
    size_t kept = 0;
    for (size_t i = 0; i < w->claims.n; i++) {
        draft d = w->claims.v[i];
        size_t n = 0;
        for (size_t k = 0; k < d.content.n; k++)
            if (d.content.v[k].start < d.content.v[k].end) d.content.v[n++] = d.content.v[k];
        d.content.n = n;
        if (n) w->claims.v[kept++] = d;
    }
    w->claims.n = kept;
}

static void complete(work *w, draft *d) {
    hs_mend_source(w->arena, w->text, d->cue, &d->source, &d->content);
    if (d->source.n) hs_mend_dateline(w->text, &d->source.v[0]);
    size_t end = d->content.v[d->content.n - 1].end;
    hs_quotation_fit(w->arena, &w->quotations, &d->content, d->nested ? 0 : next_start(w, end));
    hs_quotation_trim(&w->quotations, &d->source);
    hs_quotation_trim(&w->quotations, &d->content);
    d->manner = hs_quotation_manner(&w->quotations, d->cue, &d->content);
}

/* A piece of a content, for finding what holds a cue. */
typedef struct piece {
    hs_range range;
    size_t claim;
} piece;

typedef HS_VEC(piece) pieces;

static int by_start(const void *a, const void *b) {
    const piece *x = a, *y = b;
    if (x->range.start != y->range.start) return x->range.start < y->range.start ? -1 : 1;
    if (x->range.end != y->range.end) return x->range.end > y->range.end ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

static size_t size_of(const hs_ranges *ranges) {
    size_t n = 0;
    for (size_t i = 0; i < ranges->n; i++) n += ranges->v[i].end - ranges->v[i].start;
    return n;
}

/* Whether a claim is `other` or is held by it, at any depth. */
static bool within(const work *w, size_t claim, size_t other) {
    while (claim != HS_NONE && claim != other) claim = w->claims.v[claim].parent;
    return claim == other;
}

/* "She knows of the leak and can confirm a fire": whoever speaks before the first of two claims joined by "and" says both. */
static bool goes_on(const work *w, const draft *first, const draft *second) {
    static const char *const JOINTS[] = {" and ", " but ", ", but ", ", and "};
    if (!first->source.n || !second->source.n || first->source.v[0].start != second->source.v[0].start) return false;
    if (first->source.v[0].end > first->cue.start) return false;
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (hs_str_ends(hs_str_slice(w->text, first->cue.end, second->cue.start), hs_str_of(JOINTS[i]))) return true;
    return false;
}

/* Takes from a content what begins with the cue of a claim that it does not hold, and the "and" before it. */
static void end_before(const work *w, hs_ranges *content, size_t cue) {
    hs_range *last = &content->v[content->n - 1];
    if (last->start + strlen(" and ") >= cue || last->end <= cue) return;
    last->end = cue - strlen(" and ");
    if (last->end > last->start && w->text.p[last->end - 1] == ',') last->end--;
}

/* Each nested claim's parent is the claim of the smallest content that holds its cue. One whose holder was not found stands for
 * itself. A sweep over the contents' pieces; those open at a time are few, and more than MOST_OPEN are not looked at. */
static void find_parents(work *w) {
    enum { MOST_OPEN = 64 };
    pieces all = {0}, open = {0};
    for (size_t i = 0; i < w->claims.n; i++)
        for (size_t k = 0; k < w->claims.v[i].content.n; k++)
            HS_PUSH(w->arena, all, (piece){w->claims.v[i].content.v[k], i});
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_start);
    size_t next = 0;
    for (size_t i = 0; i < w->claims.n; i++) {
        draft *d = &w->claims.v[i];
        size_t kept = 0, least = SIZE_MAX;
        for (size_t k = 0; k < open.n; k++)
            if (open.v[k].range.end > d->cue.start) open.v[kept++] = open.v[k];
        open.n = kept;
        for (; next < all.n && all.v[next].range.start <= d->cue.start; next++)
            if (all.v[next].range.end > d->cue.start && open.n < MOST_OPEN) HS_PUSH(w->arena, open, all.v[next]);
        for (size_t k = 0; k < open.n; k++) {
            size_t holder = open.v[k].claim, size = size_of(&w->claims.v[holder].content);
            if (d->cue.end > open.v[k].range.end || size >= least || within(w, holder, i)) continue;
            if (goes_on(w, &w->claims.v[holder], d)) {
                end_before(w, &w->claims.v[holder].content, d->cue.start);
                continue;
            }
            least = size;
            d->parent = holder;
        }
    }
}

/* Layouts are found by rule and mean what they say. */
static const double LAYOUT_CONFIDENCE = 0.9;

static bool any_overlaps(const hs_ranges *ranges, hs_range range) {
    for (size_t i = 0; i < ranges->n; i++)
        if (hs_ranges_overlap(ranges->v[i], range)) return true;
    return false;
}

/* Puts the page's layouts among the claims of the model, in the order of cues. Where one says whose a quotation is, the model's claims in
 * it are nested, and others that want it are gone. A claim's spans lie near its cue, so only the layouts around it are compared. */
static void add_layouts(work *w, const hs_record *record, double least) {
    enum { NEAR = 3 };
    strings own = {0};
    for (size_t i = 0; i < record->n_authors; i++) HS_PUSH(w->arena, own, record->authors[i]);
    if (record->outlet.n) HS_PUSH(w->arena, own, record->outlet);
    hs_layouts layouts = hs_layouts_of(w->arena, &w->quotations, own.v, own.n);
    if (!layouts.n || LAYOUT_CONFIDENCE < least) return;
    size_t n = w->claims.n, next = 0;
    draft *found = w->claims.v;
    w->claims.v = NULL;
    w->claims.n = w->claims.cap = 0;
    for (size_t i = 0; i <= n; i++) {
        size_t before = i < n ? found[i].cue.start : SIZE_MAX;
        for (; next < layouts.n && layouts.v[next].cue.start < before; next++) {
            const hs_layout *l = &layouts.v[next];
            if (l->own) continue;
            hs_ranges source = {0};
            HS_PUSH(w->arena, source, l->source);
            HS_PUSH(w->arena, w->claims,
                    (draft){.cue = l->cue,
                            .source = source,
                            .content = l->content,
                            .parent = HS_NONE,
                            .confidence = LAYOUT_CONFIDENCE});
        }
        bool kept = i < n;
        for (size_t k = next > NEAR ? next - NEAR : 0; kept && k < layouts.n && k < next + NEAR; k++) {
            const hs_layout *l = &layouts.v[k];
            bool inside = any_overlaps(&l->content, found[i].cue);
            if (inside && !l->own) found[i].nested = true;
            else if (!inside)
                kept = !hs_ranges_overlap(l->cue, found[i].cue) && !hs_ranges_overlap(l->source, found[i].cue) &&
                       !any_overlaps(&found[i].content, l->content.v[0]);
        }
        if (kept) HS_PUSH(w->arena, w->claims, found[i]);
    }
}

static hs_act_scores act_of(const float scores[HS_ACTS]) {
    hs_act_scores out = {.hedged = scores[HS_STANCES]};
    memcpy(out.stance, scores, sizeof out.stance);
    return out;
}

static void read_text(work *w, const hs_model *model, const hs_record *record, double least) {
    hs_words words = hs_words_of(w->arena, w->text, record->has_title);
    hs_scan *scan = hs_model_scan(model, w->arena, &words, 1);
    hs_attributions found = hs_decode(w->arena, model, scan, &words);
    for (size_t i = 0; i < found.n; i++) {
        const hs_attribution *a = &found.v[i];
        if (a->confidence < least || hs_mend_speaks_to_readers(&words, a) || hs_mend_says_nothing(&words, a)) continue;
        HS_PUSH(w->arena, w->claims,
                (draft){.cue = to_bytes(&words, a->cue),
                        .source = hs_mend_names_no_source(&words, a) ? (hs_ranges){0}
                                                                     : all_to_bytes(w->arena, &words, &a->source),
                        .content = all_to_bytes(w->arena, &words, &a->content),
                        .nested = a->nested,
                        .parent = HS_NONE,
                        .confidence = a->confidence,
                        .act = act_of(a->act)});
    }
    add_layouts(w, record, least);
    note_beginnings(w);
    take_whole_quotations(w);
    drop_empty(w);
    for (size_t i = 0; i < w->claims.n; i++) complete(w, &w->claims.v[i]);
    find_parents(w);
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

static hs_claim finished(hs_arena *arena, const code_points *c, const draft *d, size_t speaker) {
    return (hs_claim){.source = to_spans(arena, c, d->source.v, d->source.n),
                      .n_source = d->source.n,
                      .cue = to_spans(arena, c, &d->cue, 1),
                      .n_cue = 1,
                      .content = to_spans(arena, c, d->content.v, d->content.n),
                      .n_content = d->content.n,
                      .speaker = speaker,
                      .parent = d->parent,
                      .manner = d->manner,
                      .confidence = d->confidence};
}

static hs_speakers speakers_of(const work *w, bool has_title) {
    hs_spoken *spoken = HS_NEW(w->arena, hs_spoken, w->claims.n);
    for (size_t i = 0; i < w->claims.n; i++) {
        const draft *d = &w->claims.v[i];
        spoken[i] = (hs_spoken){d->source, d->content, d->parent};
    }
    return hs_speakers_of(w->arena, w->text, has_title, spoken, w->claims.n, NULL);
}

void hs_claims_read(hs_record *record, hs_arena *arena, const hs_model *model, double least) {
    work w = {.arena = arena, .text = record->text, .quotations = hs_quotations_of(arena, record->text)};
    read_text(&w, model, record, least);
    code_points c = count_code_points(arena, w.text);
    record->claims = HS_NEW(arena, hs_claim, w.claims.n);
    hs_speakers speakers = speakers_of(&w, record->has_title);
    for (size_t i = 0; i < w.claims.n; i++) record->claims[i] = finished(arena, &c, &w.claims.v[i], speakers.of[i]);
    record->n_claims = w.claims.n;
    record->entities = speakers.list;
    record->n_entities = speakers.n;
    record->has_claims = true;
    hs_act_scores *scores = HS_NEW(arena, hs_act_scores, w.claims.n);
    for (size_t i = 0; i < w.claims.n; i++) scores[i] = w.claims.v[i].act;
    hs_labels_read(record, arena, scores);
}
