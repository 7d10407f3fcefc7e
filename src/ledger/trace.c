/* Where a claim comes from: see hearsay.h. First the pages that carry it, the earliest first; then, for each, whom it had it from: that is
 * read off the claims that hold it, its medium, what its paragraph says, the page's credit, and what it shares with earlier pages. */
#include "ledger/trace.h"

#include <stdlib.h>

#include "base/error.h"
#include "ledger/outlets.h"
#include "ledger/shingles.h"

enum {
    COPIED = 300 /* thousandths of a page: it was copied */,
    MOST_STEPS = 32,
    QUOTED_RUNS = 3,
    MOST_CARRIERS = 1000,
    FARTHEST = 2000 /* bytes around a claim that are looked at */
};

/* ---- what the page says ---- */

/* The parts of the text around a claim: from the end of the paragraph before to the end of its own. */
static hs_str paragraph_of(const hs_record *r, const hs_claim *c) {
    const hs_span *at = c->n_content ? c->content : c->n_cue ? c->cue : c->source;
    if (!c->n_content && !c->n_cue && !c->n_source) return (hs_str){0};
    size_t start = at->byte_start, end = at->byte_start;
    while (start > 0 && r->text.p[start - 1] != '\n' && at->byte_start - start < FARTHEST) start--;
    while (end < r->text.n && r->text.p[end] != '\n' && end - at->byte_start < FARTHEST) end++;
    return hs_str_slice(r->text, start, end);
}

/* The sentence of the claim's cue: "…, Ilsa Maren, has told The Harbour Post". */
static hs_str sentence_of(const hs_record *r, const hs_claim *c) {
    const hs_span *at = c->n_cue ? c->cue : c->n_source ? c->source : c->content;
    if (!c->n_content && !c->n_cue && !c->n_source) return (hs_str){0};
    size_t start = at->byte_start, end = at->byte_end;
    while (start > 0 && r->text.p[start - 1] != '\n' && at->byte_start - start < FARTHEST &&
           !(r->text.p[start] == ' ' && (r->text.p[start - 1] == '.' || r->text.p[start - 1] == '?')))
        start--;
    while (
        end < r->text.n && r->text.p[end] != '\n' && end - at->byte_end < FARTHEST &&
        !(r->text.p[end] == '.' && (end + 1 == r->text.n || r->text.p[end + 1] == ' ' || r->text.p[end + 1] == '\n')))
        end++;
    return hs_str_slice(r->text, start, end);
}

/* "told The Harbour Post": within a few words. */
static bool told_in(hs_str text, hs_str outlet) {
    enum { NEAR = 24 };
    for (size_t from = 0;;) {
        size_t told = hs_str_find(hs_str_slice(text, from, text.n), HS_STR("told "));
        if (told == HS_NONE) return false;
        from += told + 5;
        size_t end = from + NEAR + outlet.n;
        if (hs_outlet_in(hs_str_slice(text, from, end < text.n ? end : text.n), outlet) != HS_NONE) return true;
    }
}

/* "told The Harbour Post", "in an interview with this newspaper": the page's own outlet was told. */
static bool told_own(const hs_carried *c, const hs_claim *claim) {
    const hs_record *r = &c->page->read.record;
    if (claim->medium.n) return hs_means_outlet(claim->medium, c->page->outlet) || hs_means_own(claim->medium);
    hs_str sentence = sentence_of(r, claim);
    if (hs_str_find_nocase(sentence, HS_STR(" this newspaper")) != HS_NONE) return true;
    return told_in(sentence, c->page->outlet);
}

/* An outlet that the page names for this claim and that is not its own; {0}: none. */
static hs_str cited_outlet(const hs_tracing *t, const hs_carried *c, size_t index) {
    const hs_record *r = &c->page->read.record;
    /* The claims that hold it: "Reuters reported that the minister had said …". */
    size_t steps = 0;
    for (size_t at = index; at != HS_NONE && steps++ < MOST_STEPS; at = r->claims[at].parent) {
        const hs_claim *claim = &r->claims[at];
        hs_str medium = claim->medium, speaker = hs_cite((hs_held *)&t->held, c->page, at).speaker;
        bool media = claim->speaker < r->n_entities && r->entities[claim->speaker].type == HS_ENTITY_MEDIA;
        if (medium.n && hs_is_outlet_name(medium) && !hs_means_outlet(medium, c->page->outlet)) return medium;
        if (media && hs_is_some_outlet(speaker)) continue;
        if ((media || hs_is_outlet_name(speaker)) && !hs_means_outlet(speaker, c->page->outlet)) return speaker;
    }
    return (hs_str){0};
}

/* "Radio says", "the paper reports", where no sentence about the claim gives the outlet's name. */
static hs_str unnamed_outlet(const hs_carried *c, size_t index) {
    const hs_record *r = &c->page->read.record;
    size_t steps = 0;
    for (size_t at = index; at != HS_NONE && steps++ < MOST_STEPS; at = r->claims[at].parent) {
        const hs_claim *claim = &r->claims[at];
        if (claim->speaker >= r->n_entities || r->entities[claim->speaker].type != HS_ENTITY_MEDIA) continue;
        if (hs_is_some_outlet(r->entities[claim->speaker].name)) return r->entities[claim->speaker].name;
    }
    return (hs_str){0};
}

/* The outlet of another carrier, or one that the page makes a speaker of, named in `text`; the first of them. */
static hs_str named_outlet(const hs_tracing *t, const hs_carried *c, hs_str text) {
    hs_str found = {0};
    size_t first = HS_NONE;
    for (size_t i = 0; i < t->carried.n; i++) {
        hs_str name = t->carried.v[i].page->outlet;
        if (hs_means_outlet(name, c->page->outlet)) continue;
        size_t at = hs_outlet_in(text, name);
        if (at >= first) continue;
        first = at;
        found = name;
    }
    const hs_record *r = &c->page->read.record;
    for (size_t i = 0; i < r->n_claims; i++) {
        hs_str name = hs_str_of(c->page->speakers[i].shown);
        if (!hs_is_outlet_name(name) || hs_means_outlet(name, c->page->outlet)) continue;
        size_t at = hs_outlet_in(text, name);
        if (at >= first) continue;
        first = at;
        found = name;
    }
    return found;
}

/* ---- what it shares with other pages ---- */

/* A page before it whose text it took over, the claim included; *share is how much of this page that is. */
static hs_status copied_from(size_t *from, double *share, hs_tracing *t, size_t index, hs_error *error) {
    hs_carried *c = &t->carried.v[index];
    hs_db *db = t->held.ledger->db;
    hs_value v[3];
    bool row = true;
    double best = 0;
    *from = HS_NONE;
    hs_status status = db->ops->start(db, HS_SQL_COPIES_OF, &HS_INT(c->page->row.id), 1, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_COPIES_OF, v, 3, &row, error)) == HS_OK && row) {
        if (v[1].i < COPIED && v[2].i < COPIED) continue;
        for (size_t i = 0; i < index; i++) {
            if (t->carried.v[i].page->row.id != v[0].i || (double)v[1].i <= best) continue;
            best = (double)v[1].i;
            *from = i;
        }
    }
    db->ops->finish(db, HS_SQL_COPIES_OF);
    *share = best / 1000;
    return status;
}

static hs_page_sketch *sketch_of(hs_tracing *t, hs_carried *c) {
    if (!c->sketch) {
        c->sketch = HS_NEW(t->arena, hs_page_sketch, 1);
        hs_sketch_make(c->sketch, t->arena, &c->page->read);
    }
    return c->sketch;
}

/* The same words in quotation marks as in an interview that another outlet had before. */
static size_t quoted_from(hs_tracing *t, size_t index) {
    hs_carried *c = &t->carried.v[index];
    if (c->page->read.record.claims[c->claim].manner == HS_MANNER_INDIRECT) return HS_NONE;
    const hs_sketch *mine = &sketch_of(t, c)->claims[c->claim];
    for (size_t i = 0; i < index; i++) {
        hs_carried *other = &t->carried.v[i];
        if (!other->told_own) continue;
        const hs_sketch *theirs = &sketch_of(t, other)->claims[other->claim];
        size_t runs = 0;
        for (size_t a = 0, b = 0; a < mine->n_runs && b < theirs->n_runs;) {
            runs += mine->runs[a] == theirs->runs[b];
            if (mine->runs[a] <= theirs->runs[b]) a++;
            else b++;
        }
        if (runs >= QUOTED_RUNS) return i;
    }
    return HS_NONE;
}

/* The carrier of this outlet: the latest before the page, else the earliest of all. */
static size_t carrier_of(const hs_tracing *t, hs_str outlet, size_t index) {
    size_t found = HS_NONE;
    for (size_t i = 0; i < t->carried.n; i++) {
        if (i == index || !hs_means_outlet(outlet, t->carried.v[i].page->outlet)) continue;
        if (found == HS_NONE || i < index) found = i;
    }
    return found;
}

static void had_from(hs_tracing *t, size_t index, hs_str outlet, hs_how how) {
    hs_carried *c = &t->carried.v[index];
    c->how = how;
    c->from_name = outlet;
    c->from = carrier_of(t, outlet, index);
}

/* Anywhere on the page the same speaker tells the page's own outlet something. */
static bool told_elsewhere(const hs_carried *c) {
    const hs_record *r = &c->page->read.record;
    for (size_t i = 0; i < r->n_claims; i++) {
        if (hs_names_alike(&c->page->speakers[i], &c->page->speakers[c->claim], false) < HS_ALIKE_MAYBE) continue;
        if (told_own(c, &r->claims[i])) return true;
    }
    return false;
}

/* From whom a page had the claim; the surest sign first. */
static hs_status find_source(hs_tracing *t, size_t index, hs_error *error) {
    hs_carried *c = &t->carried.v[index];
    const hs_record *r = &c->page->read.record;
    hs_str cited = {0};
    c->from = HS_NONE;
    for (size_t i = 0; i < r->n_claims; i++) {
        if (!hs_carries(t, c, i)) continue;
        if (!cited.n) cited = cited_outlet(t, c, i);
        c->told_own = c->told_own || told_own(c, &r->claims[i]);
    }
    if (!cited.n) c->told_own = c->told_own || told_elsewhere(c);
    if (c->told_own && !cited.n) return HS_OK;
    for (size_t i = 0; i < r->n_claims && !cited.n; i++)
        if (hs_carries(t, c, i)) cited = named_outlet(t, c, paragraph_of(r, &r->claims[i]));
    if (cited.n) {
        had_from(t, index, cited, HS_HOW_CITES);
        return HS_OK;
    }
    if (r->credit.n && !hs_means_outlet(r->credit, c->page->outlet)) {
        had_from(t, index, r->credit, HS_HOW_CREDIT);
        return HS_OK;
    }
    hs_status status = copied_from(&c->from, &c->shared, t, index, error);
    if (c->from != HS_NONE) c->how = HS_HOW_COPY;
    else if (status == HS_OK && (c->from = quoted_from(t, index)) != HS_NONE) c->how = HS_HOW_QUOTES;
    if (c->from != HS_NONE) c->from_name = t->carried.v[c->from].page->outlet;
    if (status != HS_OK || c->from != HS_NONE) return status;
    /* Nothing about this claim: does the page as a whole rely on one other outlet? Then its title and first paragraph say so. */
    cited = named_outlet(t, c, hs_str_slice(r->text, 0, r->text.n < 1200 ? r->text.n : 1200));
    bool first = told_in(r->text, c->page->outlet);
    for (size_t i = 0; i < r->n_claims && (!cited.n || first); i++) {
        hs_str unnamed = hs_carries(t, c, i) ? unnamed_outlet(c, i) : (hs_str){0};
        if (!unnamed.n) continue;
        cited = unnamed;
        first = false;
    }
    if (cited.n && !first) had_from(t, index, cited, HS_HOW_CITES);
    return HS_OK;
}

/* ---- the pages ---- */

bool hs_carries(const hs_tracing *t, const hs_carried *c, size_t claim) {
    int64_t number = c->page->row.first_claim + (int64_t)claim;
    return bsearch(&number, t->group.v, t->group.n, sizeof *t->group.v, hs_by_claim) != NULL;
}

int hs_by_claim(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* By date as far as both have one to the same precision, then in the order in which they came. */
static int by_time(const void *a, const void *b) {
    const hs_page_row *x = &((const hs_carried *)a)->page->row, *y = &((const hs_carried *)b)->page->row;
    int64_t day_x = x->day == HS_NO_DAY ? INT64_MAX : x->day, day_y = y->day == HS_NO_DAY ? INT64_MAX : y->day;
    if (day_x != day_y) return day_x < day_y ? -1 : 1;
    size_t n = x->published.n < y->published.n ? x->published.n : y->published.n;
    int order = n > 10 ? memcmp(x->published.p, y->published.p, n) : 0;
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* Who denies a claim on a page does not carry it there, however much alike the words: "not one ton of sand went into the dam". */
static hs_status turn_denials(hs_tracing *t, int64_t asked, hs_error *error) {
    HS_VEC(int64_t) contrary = {0};
    hs_status status = HS_OK;
    for (size_t i = 0; i < t->group.n && status == HS_OK; i++) {
        hs_edge *edges;
        size_t n;
        status = hs_edges_of(&edges, &n, t->held.ledger, t->arena, t->group.v[i], error);
        for (size_t k = 0; k < n && status == HS_OK && contrary.n < MOST_CARRIERS; k++)
            if (edges[k].kind == HS_EDGE_CONTRARY) HS_PUSH(t->arena, contrary, edges[k].other);
    }
    size_t kept = 0;
    for (size_t i = 0; i < t->group.n && status == HS_OK; i++) {
        hs_held_page *page = NULL;
        size_t index = 0;
        bool denied = false;
        if (contrary.n) status = hs_hold_claim(&page, &index, &t->held, t->group.v[i], error);
        for (size_t k = 0; k < contrary.n && status == HS_OK && !denied && t->group.v[i] != asked; k++) {
            int64_t other = contrary.v[k] - page->row.first_claim;
            if (other < 0 || other >= page->row.n_claims || (size_t)other == index) continue;
            denied = hs_names_alike(&page->speakers[index], &page->speakers[other], false) == HS_ALIKE_SAME;
        }
        if (denied) HS_PUSH(t->arena, t->turned, t->group.v[i]);
        else t->group.v[kept++] = t->group.v[i];
    }
    t->group.n = kept;
    return status;
}

hs_status hs_trace_gather(hs_tracing *t, int64_t claim, hs_error *error) {
    hs_held_page *asked;
    size_t index;
    hs_status status = hs_hold_claim(&asked, &index, &t->held, claim, error);
    if (status == HS_OK) status = hs_group_of(&t->group, t->held.ledger, t->arena, claim, error);
    if (status == HS_OK) status = turn_denials(t, claim, error);
    for (size_t i = 0; i < t->group.n && status == HS_OK && t->carried.n < MOST_CARRIERS; i++) {
        hs_held_page *page;
        status = hs_hold_claim(&page, &index, &t->held, t->group.v[i], error);
        if (status != HS_OK || (!page->row.current && page != asked)) continue;
        bool seen = false;
        for (size_t k = t->carried.n; k-- > 0 && !seen;) seen = t->carried.v[k].page == page;
        if (!seen)
            HS_PUSH(t->arena, t->carried,
                    (hs_carried){.page = page, .claim = index, .from = HS_NONE, .origin = HS_NONE});
    }
    if (status != HS_OK) return status;
    qsort(t->carried.v, t->carried.n, sizeof *t->carried.v, by_time);
    /* Whoever was told is asked first: what stands in an interview may be quoted on later pages. */
    for (size_t i = 0; i < t->carried.n && status == HS_OK; i++) status = find_source(t, i, error);
    return status;
}
