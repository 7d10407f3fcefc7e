/* Answers: see answer.h. */
#include "ledger/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"

void hs_answer_free(hs_answer *answer) {
    if (!answer) return;
    hs_arena_free(&answer->arena);
    free(answer);
}

void hs_hits_free(hs_hits *hits) {
    hs_answer_free((hs_answer *)hits);
}

void hs_who_free(hs_who *who) {
    hs_answer_free((hs_answer *)who);
}

void hs_trace_free(hs_trace *trace) {
    hs_answer_free((hs_answer *)trace);
}

void hs_survey_free(hs_survey *survey) {
    hs_answer_free((hs_answer *)survey);
}

static hs_status fill_in(hs_answer *answer, hs_ledger *ledger, hs_fill fill, const void *question, hs_error *error) {
    if (setjmp(answer->arena.full))
        return hs_fail(error, HS_ERR_LIMIT, "%s: the answer needs more memory than the limit of %zu MiB",
                       ledger->location, ledger->max_memory >> 20);
    return fill(answer, ledger, question, error);
}

hs_status hs_answer_make(hs_answer **out, hs_ledger *ledger, hs_fill fill, const void *question, hs_error *error) {
    *out = NULL;
    hs_answer *answer = calloc(1, sizeof *answer);
    if (!answer) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", ledger->location);
    hs_arena_init(&answer->arena, ledger->max_memory);
    bool own = !ledger->adding;
    hs_status status =
        own ? ledger->db->ops->begin(ledger->db, false, error) : hs_pending_write(ledger->pending, ledger->db, error);
    if (status == HS_OK) {
        status = fill_in(answer, ledger, fill, question, error);
        for (int i = 0; i < HS_SQL_COUNT; i++) ledger->db->ops->finish(ledger->db, (hs_sql)i);
        if (own) ledger->db->ops->end(ledger->db, false, NULL);
    }
    if (status != HS_OK) {
        hs_answer_free(answer);
        return status;
    }
    *out = answer;
    return HS_OK;
}

/* ---- pages ---- */

hs_str hs_outlet_or_place(hs_str outlet, hs_str url, hs_str path) {
    if (outlet.n) return outlet;
    size_t scheme = hs_str_find(url, HS_STR("://"));
    if (scheme != HS_NONE) {
        hs_str host = hs_str_slice(url, scheme + 3, url.n);
        size_t end = hs_str_find(host, HS_STR("/"));
        return end == HS_NONE ? host : hs_str_slice(host, 0, end);
    }
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    hs_str file = slash ? hs_str_slice(path, (size_t)(slash - path.p) + 1, path.n) : path;
    const char *point = file.n ? memchr(file.p, '.', file.n) : NULL;
    return point && point > file.p ? hs_str_slice(file, 0, (size_t)(point - file.p)) : file;
}

void hs_hold_speakers(const hs_held *held, hs_held_page *page) {
    if (!page->speakers) page->speakers = hs_speaker_names(held->arena, &page->read.record);
}

static hs_status hold(hs_held_page **out, hs_held *held, const hs_page_row *row, hs_error *error) {
    for (size_t i = held->pages.n; i-- > 0;) {
        if (held->pages.v[i]->row.id != row->id) continue;
        *out = held->pages.v[i];
        return HS_OK;
    }
    hs_held_page *page = HS_NEW(held->arena, hs_held_page, 1);
    page->row = *row;
    hs_status status = hs_page_record(&page->read, held->ledger, row->id, held->arena, error);
    if (status != HS_OK) return status;
    if (!held->no_speakers) hs_hold_speakers(held, page);
    char id[HS_ID_LENGTH + 1];
    hs_id_write(id, row->uid);
    page->id = hs_str_copy(held->arena, (hs_str){id, HS_ID_LENGTH});
    page->outlet = hs_outlet_or_place(page->read.record.outlet, page->read.record.url, page->read.record.path);
    HS_PUSH(held->arena, held->pages, page);
    *out = page;
    return HS_OK;
}

static hs_status hold_by(hs_held_page **out, hs_held *held, hs_sql sql, int64_t number, hs_error *error) {
    hs_page_row row;
    bool found;
    hs_status status = hs_page_row_one(&row, &found, held->ledger, sql, &HS_INT(number), 1, held->arena, error);
    if (status == HS_OK && !found)
        return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", held->ledger->location);
    return status == HS_OK ? hold(out, held, &row, error) : status;
}

hs_status hs_hold_page(hs_held_page **out, hs_held *held, int64_t page, hs_error *error) {
    for (size_t i = held->pages.n; i-- > 0;) {
        if (held->pages.v[i]->row.id != page) continue;
        *out = held->pages.v[i];
        return HS_OK;
    }
    return hold_by(out, held, HS_SQL_PAGE_GET, page, error);
}

hs_status hs_hold_claim(hs_held_page **out, size_t *index, hs_held *held, int64_t claim, hs_error *error) {
    hs_held_page *page = NULL;
    for (size_t i = held->pages.n; i-- > 0 && !page;) {
        const hs_page_row *row = &held->pages.v[i]->row;
        if (claim >= row->first_claim && claim < row->first_claim + row->n_claims) page = held->pages.v[i];
    }
    hs_status status = page ? HS_OK : hold_by(&page, held, HS_SQL_PAGE_OF_CLAIM, claim, error);
    if (status != HS_OK) return status;
    *out = page;
    *index = (size_t)(claim - page->row.first_claim);
    if (*index < page->read.record.n_claims) return HS_OK;
    return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", held->ledger->location);
}

hs_cited hs_cite(hs_held *held, const hs_held_page *page, size_t claim) {
    const hs_record *r = &page->read.record;
    const hs_claim *c = &r->claims[claim];
    hs_cited cited = {.id = hs_claim_id(held->arena, page->row.uid, page->read.claim_ids[claim]),
                      .page = page->id,
                      .record = r,
                      .claim = claim,
                      .outlet = page->outlet,
                      .old = !page->row.current};
    const hs_name *name = page->speakers ? &page->speakers[claim] : NULL;
    if (name && name->kind >= HS_NAME_SINGLE) cited.speaker = hs_str_of(name->shown);
    else if (c->speaker < r->n_entities) cited.speaker = r->entities[c->speaker].name;
    else if (c->n_source) cited.speaker = hs_str_slice(r->text, c->source[0].byte_start, c->source[0].byte_end);
    return cited;
}

hs_str hs_time_text(hs_arena *arena, int64_t seconds) {
    time_t t = (time_t)seconds;
    struct tm parts;
    char text[32];
    size_t n = gmtime_r(&t, &parts) ? strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) : 0;
    return hs_str_copy(arena, (hs_str){text, n});
}

/* ---- groups ---- */

enum { MOST_MEMBERS = 2000, NEAR = 3 };

hs_status hs_edges_of(hs_edge **out, size_t *n, hs_ledger *ledger, hs_arena *arena, int64_t claim, hs_error *error) {
    HS_VEC(hs_edge) edges = {0};
    bool row = true;
    hs_value v[3];
    hs_status status = ledger->db->ops->start(ledger->db, HS_SQL_EDGES_OF, &HS_INT(claim), 1, error);
    while (status == HS_OK &&
           (status = ledger->db->ops->next(ledger->db, HS_SQL_EDGES_OF, v, 3, &row, error)) == HS_OK && row)
        HS_PUSH(arena, edges, (hs_edge){v[0].i, (int)v[1].i, (double)v[2].i / 1000});
    ledger->db->ops->finish(ledger->db, HS_SQL_EDGES_OF);
    *out = edges.v;
    *n = edges.n;
    return status;
}

typedef struct claim_page {
    int64_t page;
    bool current;
} claim_page;

/* Claims that are known to be linked with one another, as far as they have been looked at. */
typedef struct reach {
    hs_ledger *ledger;
    hs_arena *arena;
    HS_VEC(int64_t) claims; /* the one asked for first */
    HS_VEC(bool) looked_at; /* all its links are known */
    HS_VEC(claim_page) pages;
    HS_VEC(hs_link) links;
    size_t *slots; /* by claim: index plus one */
    size_t mask;
    uint32_t *group; /* by claim: which are the same, as far as is known */
} reach;

static size_t reached(reach *r, int64_t claim) {
    size_t at = ((uint64_t)claim * 0x9E3779B97F4A7C15U >> 20) & r->mask;
    while (r->slots[at] && r->claims.v[r->slots[at] - 1] != claim) at = (at + 1) & r->mask;
    if (r->slots[at]) return r->slots[at] - 1;
    if (r->claims.n == MOST_MEMBERS) return HS_NONE;
    HS_PUSH(r->arena, r->claims, claim);
    HS_PUSH(r->arena, r->looked_at, false);
    r->slots[at] = r->claims.n;
    return r->claims.n - 1;
}

/* Adds what a claim is linked to. */
static hs_status look_at(reach *r, size_t claim, hs_error *error) {
    hs_edge *edges;
    size_t n;
    hs_status status = hs_edges_of(&edges, &n, r->ledger, r->arena, r->claims.v[claim], error);
    if (status != HS_OK) return status;
    r->looked_at.v[claim] = true;
    for (size_t i = 0; i < n; i++) {
        if (edges[i].kind != HS_EDGE_SAME) continue;
        size_t other = reached(r, edges[i].other);
        if (other == HS_NONE || r->looked_at.v[other]) continue; /* then it is among the links */
        uint32_t score = (uint32_t)(edges[i].score * 1000 + 0.5);
        HS_PUSH(r->arena, r->links, (hs_link){(uint32_t)claim, (uint32_t)other, score});
    }
    return HS_OK;
}

/* Looks at those that are the same as the first, and at what is up to `steps` links away from them. *any: one was new within NEAR links, where
 * a claim may still decide who belongs together: of 3,000 claims of a ledger of a million all had the group that all links together
 * give them, with NEAR = 2 one had not. */
static hs_status look_around(reach *r, size_t steps, bool *any, hs_error *error) {
    bool *near = HS_NEW(r->arena, bool, MOST_MEMBERS);
    hs_status status = HS_OK;
    *any = false;
    for (size_t i = 0; i < r->claims.n; i++) near[i] = !r->group || r->group[i] == r->group[0];
    for (size_t step = 0; step <= steps; step++) {
        size_t n = r->claims.n;
        for (size_t i = 0; i < n && status == HS_OK; i++) {
            if (!near[i] || r->looked_at.v[i]) continue;
            *any |= step <= NEAR;
            status = look_at(r, i, error);
        }
        if (status != HS_OK || (step == NEAR && !*any)) return status;
        bool *next = HS_NEW(r->arena, bool, MOST_MEMBERS);
        for (size_t i = 0; i < r->links.n; i++)
            if (near[r->links.v[i].a] || near[r->links.v[i].b]) next[r->links.v[i].a] = next[r->links.v[i].b] = true;
        near = next;
    }
    return status;
}

static int by_claim(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static hs_status find_pages(reach *r, hs_error *error) {
    while (r->pages.n < r->claims.n) {
        hs_value v[2] = {{0}};
        bool found;
        hs_status status = hs_db_one(r->ledger->db, HS_SQL_CLAIM_PAGE, &HS_INT(r->claims.v[r->pages.n]), 1, r->arena, v,
                                     2, &found, error);
        if (status != HS_OK) return status;
        HS_PUSH(r->arena, r->pages, (claim_page){found ? v[0].i : 0, found && v[1].i});
    }
    return HS_OK;
}

/* Clusters what is known. They must not depend on which member was asked for: claims by number, as the export has them. */
static hs_status cluster(reach *r, hs_error *error) {
    size_t n = r->claims.n;
    hs_status status = find_pages(r, error);
    if (status != HS_OK) return status;
    int64_t *sorted = HS_NEW(r->arena, int64_t, n), *pages = HS_NEW(r->arena, int64_t, n);
    uint32_t *place = HS_NEW(r->arena, uint32_t, n), *group = HS_NEW(r->arena, uint32_t, n);
    hs_link *links = HS_NEW(r->arena, hs_link, r->links.n + 1);
    memcpy(sorted, r->claims.v, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_claim);
    for (size_t i = 0; i < n; i++) {
        const int64_t *found = bsearch(&r->claims.v[i], sorted, n, sizeof *sorted, by_claim);
        place[i] = (uint32_t)(found - sorted);
        pages[place[i]] = r->pages.v[i].page;
    }
    for (size_t i = 0; i < r->links.n; i++) {
        uint32_t a = place[r->links.v[i].a], b = place[r->links.v[i].b];
        links[i] = (hs_link){a < b ? a : b, a < b ? b : a, r->links.v[i].score};
    }
    hs_cluster(group, pages, n, links, r->links.n, r->arena);
    r->group = HS_NEW(r->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) r->group[i] = group[place[i]];
    return HS_OK;
}

/* Links lead on and on, from one claim to another that is a little like it, and in a large ledger to thousands that have nothing to do with
 * the first. So only around those that turn out to belong to its group is looked further, each time twice as far. */
hs_status hs_group_of(hs_group *out, hs_ledger *ledger, hs_arena *arena, int64_t claim, hs_error *error) {
    reach r = {.ledger = ledger, .arena = arena, .mask = 4 * 2048 - 1};
    r.slots = HS_NEW(arena, size_t, r.mask + 1);
    reached(&r, claim);
    bool any = true;
    hs_status status = HS_OK;
    for (size_t steps = NEAR; status == HS_OK && any; steps *= 2) {
        status = look_around(&r, steps, &any, error);
        if (status == HS_OK && any) status = cluster(&r, error);
    }
    if (status != HS_OK) return status;
    *out = (hs_group){.v = HS_NEW(arena, int64_t, r.claims.n)};
    for (size_t i = 0; i < r.claims.n; i++)
        if (r.group[i] == r.group[0]) out->v[out->n++] = r.claims.v[i];
    qsort(out->v, out->n, sizeof *out->v, by_claim);
    int64_t counted = 0; /* claims of a page have numbers in a row */
    for (size_t i = 0; i < out->n; i++) {
        const claim_page *page = &r.pages.v[reached(&r, out->v[i])];
        out->n_pages += page->current && page->page != counted;
        if (page->current) counted = page->page;
    }
    return HS_OK;
}

static int by_score(const void *a, const void *b) {
    const hs_link *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Members of a cluster as a ring; the links of each claim as a list. */
typedef struct clusters {
    uint32_t *group, *next, *size;
    const int64_t *pages;
    uint32_t *first_link; /* of a claim: index plus one into by_claim */
    struct {
        uint32_t other, score, next;
    } * of;
} clusters;

enum {
    LEAST_OF_CLAIMS = 300,
    LEAST_OF_PAGES = 400,
    LOOKED_AT = 64
}; /* thousandths, on average; members of each side */

/* The pages of a cluster's first members, each once. */
static size_t pages_of(int64_t out[LOOKED_AT], const clusters *c, uint32_t cluster) {
    size_t n = 0;
    uint32_t at = cluster;
    for (uint32_t i = 0; i < c->size[cluster] && i < LOOKED_AT; i++, at = c->next[at]) {
        size_t k = 0;
        while (k < n && out[k] != c->pages[at]) k++;
        if (k == n) out[n++] = c->pages[at];
    }
    return n;
}

static size_t index_of(const int64_t *pages, size_t n, int64_t page) {
    size_t i = 0;
    while (i < n && pages[i] != page) i++;
    return i;
}

/* Whether the links between two clusters are sure enough on average; where there is none, it counts nought, and claims of one page are not compared.
 * Of each claim with each other one, or of each page with each other one the surest link: a page's headline and text may both make a claim; that
 * the headline's few words are like nothing does not speak against the text's. */
static bool belong_together(const clusters *c, uint32_t a, uint32_t b) {
    int64_t pages[2][LOOKED_AT];
    uint32_t surest[LOOKED_AT][LOOKED_AT];
    size_t n = pages_of(pages[0], c, a), m = pages_of(pages[1], c, b), page_pairs = 0, pairs = 0;
    uint64_t of_claims = 0, of_pages = 0;
    for (size_t i = 0; i < n; i++) memset(surest[i], 0, m * sizeof **surest);
    uint32_t at = a;
    for (uint32_t i = 0; i < c->size[a] && i < LOOKED_AT; i++, at = c->next[at]) {
        uint32_t *row = surest[index_of(pages[0], n, c->pages[at])], other = b;
        for (uint32_t k = 0; k < c->size[b] && k < LOOKED_AT; k++, other = c->next[other])
            pairs += c->pages[at] != c->pages[other];
        for (uint32_t link = c->first_link[at]; link; link = c->of[link - 1].next) {
            uint32_t score = c->of[link - 1].score;
            other = c->of[link - 1].other;
            if (c->group[other] != b) continue;
            of_claims += score;
            size_t k = index_of(pages[1], m, c->pages[other]);
            if (k < m && row[k] < score) row[k] = score;
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++) {
            if (pages[0][i] == pages[1][k]) continue;
            of_pages += surest[i][k];
            page_pairs++;
        }
    return pairs && (of_claims >= pairs * LEAST_OF_CLAIMS || of_pages >= page_pairs * LEAST_OF_PAGES);
}

static void join(clusters *c, uint32_t a, uint32_t b) {
    uint32_t keep = a < b ? a : b, gone = a < b ? b : a, at = gone;
    do c->group[at] = keep;
    while ((at = c->next[at]) != gone);
    uint32_t swap = c->next[keep];
    c->next[keep] = c->next[gone];
    c->next[gone] = swap;
    c->size[keep] += c->size[gone];
}

void hs_cluster(uint32_t *group, const int64_t *pages, size_t n, hs_link *links, size_t n_links, hs_arena *arena) {
    clusters c = {.group = group, .pages = pages};
    c.next = HS_NEW(arena, uint32_t, n);
    c.size = HS_NEW(arena, uint32_t, n);
    c.first_link = HS_NEW(arena, uint32_t, n);
    c.of = hs_arena_alloc(arena, n_links * 2 + 1, sizeof *c.of);
    for (uint32_t i = 0; i < n; i++) {
        group[i] = c.next[i] = i;
        c.size[i] = 1;
    }
    if (n_links) qsort(links, n_links, sizeof *links, by_score);
    uint32_t used = 0;
    for (size_t i = 0; i < n_links; i++) {
        c.of[used].other = links[i].b;
        c.of[used].score = links[i].score;
        c.of[used].next = c.first_link[links[i].a];
        c.first_link[links[i].a] = ++used;
        c.of[used].other = links[i].a;
        c.of[used].score = links[i].score;
        c.of[used].next = c.first_link[links[i].b];
        c.first_link[links[i].b] = ++used;
    }
    for (size_t i = 0; i < n_links; i++) {
        uint32_t a = group[links[i].a], b = group[links[i].b];
        if (a != b && belong_together(&c, a, b)) join(&c, a, b);
    }
}
