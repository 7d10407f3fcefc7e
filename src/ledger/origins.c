/* From whom had it whom: origins, chains, own evidence, disputes. See trace.h; the graph has one edge a carrier, so it is walked, not searched. */
#include <stdlib.h>

#include "base/error.h"
#include "ledger/outlets.h"
#include "ledger/trace.h"

enum { MOST_STEPS = 64, MOST_DISPUTES = 500 };

typedef struct answering {
    hs_tracing *t;
    hs_arena *arena;
    HS_VEC(hs_origin) origins;
    HS_VEC(hs_str) keys; /* of the origins: what makes two of them one */
} answering;

static hs_str joined(hs_arena *arena, hs_str a, hs_str between, hs_str b) {
    hs_buf buf = {0};
    hs_buf_add(arena, &buf, a);
    hs_buf_add(arena, &buf, between);
    hs_buf_add(arena, &buf, b);
    return hs_buf_str(&buf);
}

static hs_str lower(hs_arena *arena, hs_str s) {
    char *out = HS_NEW(arena, char, s.n * 3 + 1);
    return (hs_str){out, hs_fold_word(out, s.n * 3, s)};
}

static size_t origin_of_key(answering *a, hs_str key, hs_origin origin) {
    for (size_t i = 0; i < a->keys.n; i++)
        if (hs_str_eq(a->keys.v[i], key)) return i;
    HS_PUSH(a->arena, a->keys, key);
    HS_PUSH(a->arena, a->origins, origin);
    return a->keys.n - 1;
}

/* Pages that cite one another in a circle: nobody in it had the claim at first hand. All pages that lead there share that origin. */
static void mark_circle(answering *a, size_t start) {
    hs_buf label = {0};
    size_t at = start, origin = a->origins.n;
    HS_PUSH(a->arena, a->keys, joined(a->arena, HS_STR("circle"), HS_STR(" "), a->t->carried.v[start].page->id));
    do {
        hs_carried *c = &a->t->carried.v[at];
        if (label.n) hs_buf_add(a->arena, &label, HS_STR(" ← "));
        hs_buf_add(a->arena, &label, c->page->outlet);
        c->origin = origin;
        at = c->from;
    } while (at != start);
    HS_PUSH(a->arena, a->origins, (hs_origin){.label = hs_buf_str(&label), .circular = true});
}

/* Who said it: the fullest name that a page has for the one who speaks there. */
static hs_str speaker_of(const answering *a, const hs_carried *c) {
    const hs_name *own = &c->page->speakers[c->claim];
    hs_str best = hs_cite(&a->t->held, c->page, c->claim).speaker;
    if (own->kind == HS_NAME_FULL) return best;
    for (size_t i = 0; i < a->t->carried.n; i++) {
        const hs_carried *other = &a->t->carried.v[i];
        const hs_name *name = &other->page->speakers[other->claim];
        if (name->kind != HS_NAME_FULL || hs_names_alike(name, own, false) == HS_ALIKE_DIFFERENT) continue;
        return hs_cite(&a->t->held, other->page, other->claim).speaker;
    }
    return best;
}

/* Where the first-hand reports of one speaker are one origin: who was told by name keeps its own, all others heard the same public words. */
static size_t first_hand(answering *a, const hs_carried *c) {
    const hs_claim *claim = &c->page->read.record.claims[c->claim];
    hs_str speaker = speaker_of(a, c);
    if (!speaker.n) speaker = HS_STR("somebody not named");
    if (c->told_own) {
        hs_str key = joined(a->arena, HS_STR("told "), HS_STR(""), lower(a->arena, hs_outlet_core(c->page->outlet)));
        hs_str label = joined(a->arena, c->page->outlet, HS_STR(", told by "), speaker);
        return origin_of_key(a, key, (hs_origin){.label = label});
    }
    hs_str where = claim->medium.n ? claim->medium : (hs_str){0};
    hs_str label = where.n ? joined(a->arena, speaker, HS_STR(", "), where)
                           : joined(a->arena, speaker, HS_STR(", in public as it seems"), (hs_str){0});
    return origin_of_key(a, HS_STR("public"), (hs_origin){.label = label});
}

static size_t outside(answering *a, const hs_carried *c) {
    hs_str key = joined(a->arena, HS_STR("outside "), HS_STR(""), lower(a->arena, hs_outlet_core(c->from_name)));
    return origin_of_key(a, key, (hs_origin){.label = c->from_name, .outside = true});
}

/* Follows each carrier to where it ends: at first hand, outside the ledger, or in a circle. */
static void find_origins(answering *a) {
    hs_tracing *t = a->t;
    size_t *seen_by = HS_NEW(a->arena, size_t, t->carried.n + 1); /* walk number plus one */
    for (size_t i = 0; i < t->carried.n; i++) {
        size_t at = i;
        while (t->carried.v[at].origin == HS_NONE && !seen_by[at] && t->carried.v[at].from != HS_NONE) {
            seen_by[at] = i + 1;
            at = t->carried.v[at].from;
        }
        hs_carried *end = &t->carried.v[at];
        if (end->origin == HS_NONE && end->from != HS_NONE) mark_circle(a, at);
        else if (end->origin == HS_NONE) end->origin = end->how == HS_HOW_FIRST ? first_hand(a, end) : outside(a, end);
        size_t origin = end->origin;
        for (at = i; t->carried.v[at].origin == HS_NONE; at = t->carried.v[at].from) t->carried.v[at].origin = origin;
    }
}

/* ---- chains ---- */

typedef struct chain {
    HS_VEC(hs_str) list;
} chain;

static void add_link(answering *a, chain *c, hs_str name) {
    if (!name.n) return;
    if (c->list.n &&
        (hs_str_eq_nocase(c->list.v[c->list.n - 1], name) || hs_means_outlet(c->list.v[c->list.n - 1], name)))
        return;
    HS_PUSH(a->arena, c->list, name);
}

/* Speaker, whoever passed it on inside the page, then outlet after outlet. */
static void fill_chain(answering *a, hs_carrier *out, const hs_carried *c) {
    hs_tracing *t = a->t;
    chain chain = {0};
    size_t path[MOST_STEPS], n = 0;
    const hs_carried *at = c;
    for (;;) {
        size_t index = (size_t)(at - t->carried.v);
        bool again = false;
        for (size_t i = 0; i < n; i++) again = again || path[i] == index;
        if (again || n == MOST_STEPS) break;
        path[n++] = index;
        if (at->from == HS_NONE) break;
        at = &t->carried.v[at->from];
    }
    const hs_carried *root = &t->carried.v[path[n - 1]];
    const hs_record *r = &root->page->read.record;
    size_t steps = 0;
    if (root->from != HS_NONE)
        add_link(a, &chain, t->carried.v[root->from].page->outlet); /* a circle has no beginning */
    for (size_t k = root->claim; k != HS_NONE && root->from == HS_NONE && steps++ < MOST_STEPS; k = r->claims[k].parent)
        add_link(a, &chain, k == root->claim ? speaker_of(a, root) : hs_cite(&t->held, root->page, k).speaker);
    if (root->from == HS_NONE) add_link(a, &chain, root->from_name);
    while (n-- > 0) add_link(a, &chain, t->carried.v[path[n]].page->outlet);
    out->chain = chain.list.v;
    out->n_chain = chain.list.n;
}

/* ---- evidence ---- */

/* The claims of a page that bear on the one traced: it, those around it and those inside it. */
static bool bears_on(const hs_tracing *t, const hs_carried *c, size_t claim) {
    const hs_record *r = &c->page->read.record;
    size_t steps = 0;
    if (hs_carries(t, c, claim)) return true;
    for (size_t at = r->claims[claim].parent; at != HS_NONE && steps++ < MOST_STEPS; at = r->claims[at].parent)
        if (hs_carries(t, c, at)) return true;
    for (size_t i = 0; i < r->n_claims; i++) {
        if (!hs_carries(t, c, i)) continue;
        steps = 0;
        for (size_t at = r->claims[i].parent; at != HS_NONE && steps++ < MOST_STEPS; at = r->claims[at].parent)
            if (at == claim) return true;
    }
    return false;
}

/* Half of what a mention tells stands on the other page: it is the same evidence. */
static bool has_evidence(hs_arena *arena, const hs_carried *other, hs_str mention) {
    hs_terms mine = {0}, theirs = {0};
    hs_terms_add(&mine, arena, mention, false);
    const hs_record *r = &other->page->read.record;
    unsigned all = 0, shared = 0;
    for (size_t i = 0; i < r->n_claims; i++)
        for (size_t k = 0; k < r->claims[i].n_evidence; k++)
            hs_terms_add(&theirs, arena,
                         hs_str_slice(r->text, r->claims[i].evidence[k].mention.byte_start,
                                      r->claims[i].evidence[k].mention.byte_end),
                         false);
    for (size_t i = 0; i < mine.list.n; i++) {
        all += mine.list.v[i].weight;
        for (size_t k = 0; k < theirs.list.n; k++) {
            if (theirs.list.v[k].hash != mine.list.v[i].hash) continue;
            shared += mine.list.v[i].weight;
            break;
        }
    }
    return all && shared * 2 >= all;
}

static void fill_evidence(answering *a, hs_carrier *out, size_t index) {
    hs_tracing *t = a->t;
    const hs_carried *c = &t->carried.v[index];
    const hs_record *r = &c->page->read.record;
    HS_VEC(hs_str) list = {0};
    for (size_t i = 0; i < r->n_claims; i++) {
        if (!r->claims[i].n_evidence || !bears_on(t, c, i)) continue;
        for (size_t k = 0; k < r->claims[i].n_evidence; k++) {
            const hs_span *m = &r->claims[i].evidence[k].mention;
            hs_str mention = hs_str_slice(r->text, m->byte_start, m->byte_end);
            bool known = false;
            for (size_t j = 0; j < index && !known; j++) known = has_evidence(a->arena, &t->carried.v[j], mention);
            for (size_t j = 0; j < list.n && !known; j++) known = hs_str_eq_nocase(list.v[j], mention);
            if (!known) HS_PUSH(a->arena, list, mention);
        }
    }
    out->evidence = list.v;
    out->n_evidence = list.n;
}

/* ---- disputes ---- */

typedef struct disputing {
    HS_VEC(hs_cited) list;
    HS_VEC(int64_t) claims;
} disputing;

static void add_dispute(answering *a, disputing *d, const hs_held_page *page, size_t claim) {
    int64_t number = page->row.first_claim + (int64_t)claim;
    for (size_t i = 0; i < d->claims.n; i++)
        if (d->claims.v[i] == number) return;
    if (d->list.n == MOST_DISPUTES || !page->row.current) return;
    HS_PUSH(a->arena, d->claims, number);
    HS_PUSH(a->arena, d->list, hs_cite(&a->t->held, page, claim));
}

/* What disputes it on its own pages, what says the contrary elsewhere, and the same said on further pages. */
static hs_status find_disputes(answering *a, hs_trace *out, hs_error *error) {
    hs_tracing *t = a->t;
    disputing d = {0};
    for (size_t i = 0; i < t->carried.n; i++) {
        const hs_held_page *page = t->carried.v[i].page;
        for (size_t k = 0; k < page->read.record.n_claims; k++)
            for (size_t j = 0; j < page->read.record.claims[k].n_disputes; j++)
                if (hs_carries(t, &t->carried.v[i], page->read.record.claims[k].disputes[j]))
                    add_dispute(a, &d, page, k);
    }
    for (size_t i = 0; i < t->group.n; i++) {
        hs_edge *edges;
        size_t n, index;
        hs_held_page *page;
        hs_status status = hs_edges_of(&edges, &n, t->held.ledger, a->arena, t->group.v[i], error);
        for (size_t k = 0; k < n && status == HS_OK; k++) {
            if (edges[k].kind != HS_EDGE_CONTRARY) continue;
            status = hs_hold_claim(&page, &index, &t->held, edges[k].other, error);
            if (status == HS_OK) add_dispute(a, &d, page, index);
        }
        if (status != HS_OK) return status;
    }
    size_t found = d.claims.n;
    for (size_t i = 0; i < found; i++) {
        hs_group same;
        hs_status status = hs_group_of(&same, t->held.ledger, a->arena, d.claims.v[i], error);
        for (size_t k = 0; k < same.n && status == HS_OK; k++) {
            hs_held_page *page;
            size_t index;
            status = hs_hold_claim(&page, &index, &t->held, same.v[k], error);
            bool own = bsearch(&same.v[k], t->group.v, t->group.n, sizeof *t->group.v, hs_by_claim) != NULL;
            if (status == HS_OK && !own) add_dispute(a, &d, page, index);
        }
        if (status != HS_OK) return status;
    }
    for (size_t i = 0; i < t->turned.n; i++) {
        hs_held_page *page;
        size_t index;
        hs_status status = hs_hold_claim(&page, &index, &t->held, t->turned.v[i], error);
        if (status != HS_OK) return status;
        add_dispute(a, &d, page, index);
    }
    out->disputes = d.list.v;
    out->n_disputes = d.list.n;
    return HS_OK;
}

/* ---- the answer ---- */

static void fill_carriers(answering *a, hs_trace *out) {
    hs_tracing *t = a->t;
    out->carriers = HS_NEW(a->arena, hs_carrier, t->carried.n + 1);
    for (size_t i = 0; i < t->carried.n; i++) {
        const hs_carried *c = &t->carried.v[i];
        hs_carrier *to = &out->carriers[i];
        *to = (hs_carrier){.cited = hs_cite(&t->held, c->page, c->claim),
                           .how = c->how,
                           .from = c->from,
                           .from_name = c->from_name,
                           .shared = c->shared,
                           .origin = c->origin};
        a->origins.v[c->origin].n_carriers++;
        fill_chain(a, to, c);
        fill_evidence(a, to, i);
        bool counted = false;
        for (size_t k = 0; k < i && !counted; k++)
            counted = hs_means_outlet(c->page->outlet, t->carried.v[k].page->outlet);
        out->n_outlets += !counted;
    }
    out->n_carriers = t->carried.n;
}

static hs_status fill_notes(answering *a, hs_trace *out, hs_error *error) {
    hs_notes notes = {0};
    hs_status status = HS_OK;
    for (size_t i = 0; i < a->t->group.n && status == HS_OK; i++)
        status = hs_notes_of(&notes, &a->t->held, a->t->group.v[i], HS_NOTE_SHOWN, error);
    out->notes = notes.list.v;
    out->n_notes = notes.list.n;
    return status;
}

static hs_status fill(hs_answer *answer, hs_ledger *ledger, const void *given, hs_error *error) {
    hs_tracing *t = HS_NEW(&answer->arena, hs_tracing, 1);
    t->arena = &answer->arena;
    t->held = (hs_held){.ledger = ledger, .arena = &answer->arena};
    answering a = {.t = t, .arena = &answer->arena};
    hs_trace *out = &answer->data.trace;
    int64_t claim;
    hs_held_page *page;
    size_t index;
    hs_status status = hs_claim_find(&claim, ledger, hs_str_of(given), t->arena, error);
    if (status == HS_OK) status = hs_trace_gather(t, claim, error);
    if (status == HS_OK) status = hs_hold_claim(&page, &index, &t->held, claim, error);
    if (status != HS_OK) return status;
    out->claim = hs_cite(&t->held, page, index);
    find_origins(&a);
    fill_carriers(&a, out);
    out->origins = a.origins.v;
    out->n_origins = a.origins.n;
    status = find_disputes(&a, out, error);
    return status == HS_OK ? fill_notes(&a, out, error) : status;
}

hs_status hs_ledger_trace(hs_trace **out, hs_ledger *ledger, const char *claim, hs_error *error) {
    if (!out || !ledger || !claim) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_trace: an argument is missing");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, fill, claim, error);
    *out = status == HS_OK ? &answer->data.trace : NULL;
    return status;
}
