/* Walking over a whole ledger: its pages, its groups of the same claim. See hearsay.h. Memory is bounded by a page, but for the
 * groups, which need all links at once. */
#include <stdlib.h>

#include "base/error.h"
#include "ledger/answer.h"

typedef struct walk {
    bool old;
    hs_each_page page;
    hs_each_group group;
    void *state;
} walk;

enum { PAGES_AT_ONCE = 256 };

typedef struct head {
    int64_t id, uid, current;
} head;

static hs_status next_pages(head heads[PAGES_AT_ONCE], size_t *n, hs_ledger *ledger, int64_t last, hs_error *error) {
    hs_value v[HS_PAGE_COLUMNS];
    bool row = true;
    hs_db *db = ledger->db;
    *n = 0;
    hs_status status = db->ops->start(db, HS_SQL_PAGE_ALL, &HS_INT(last), 1, error);
    while (status == HS_OK && *n < PAGES_AT_ONCE &&
           (status = db->ops->next(db, HS_SQL_PAGE_ALL, v, HS_PAGE_COLUMNS, &row, error)) == HS_OK && row)
        heads[(*n)++] = (head){v[0].i, v[1].i, v[3].i};
    db->ops->finish(db, HS_SQL_PAGE_ALL);
    return status;
}

/* One page in an arena of its own, which goes with it. */
static hs_status give_page(const walk *w, hs_ledger *ledger, const head *h, bool *wanted, hs_error *error) {
    hs_arena *arena = malloc(sizeof *arena);
    if (!arena) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", ledger->location);
    hs_arena_init(arena, ledger->max_memory);
    hs_status status;
    if (setjmp(arena->full)) {
        status = hs_fail(error, HS_ERR_LIMIT, "%s: no memory", ledger->location);
    } else {
        char id[HS_ID_LENGTH + 1];
        hs_str json = {0};
        hs_read_record read;
        hs_id_write(id, h->uid);
        status = hs_page_record(&read, ledger, h->id, arena, error); /* which writes to its copy of the JSON */
        if (status == HS_OK) status = hs_page_json(&json, ledger, h->id, arena, error);
        if (status == HS_OK) *wanted = w->page(w->state, (hs_str){id, HS_ID_LENGTH}, &read.record, json);
    }
    hs_arena_free(arena);
    free(arena);
    return status;
}

hs_status hs_ledger_each_page(hs_ledger *ledger, bool old, hs_each_page each, void *state, hs_error *error) {
    if (!ledger || !each) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_each_page: an argument is missing");
    walk w = {.old = old, .page = each, .state = state};
    head heads[PAGES_AT_ONCE];
    size_t n = 0;
    bool wanted = true, own = !ledger->adding;
    hs_status status = own ? ledger->db->ops->begin(ledger->db, false, error) : HS_OK;
    if (status != HS_OK) return status;
    int64_t last = 0;
    do {
        status = next_pages(heads, &n, ledger, last, error);
        for (size_t i = 0; i < n && status == HS_OK && wanted; i++) {
            last = heads[i].id;
            if (heads[i].current || old) status = give_page(&w, ledger, &heads[i], &wanted, error);
        }
    } while (status == HS_OK && wanted && n);
    if (own) ledger->db->ops->end(ledger->db, false, NULL);
    return status;
}

/* ---- groups ---- */

typedef struct linked {
    HS_VEC(int64_t) claims; /* that have a link: ascending, each once */
    HS_VEC(hs_link) links;
} linked;

typedef struct raw_link {
    int64_t a, b;
    uint32_t score;
} raw_link;

static int by_claim(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static uint32_t place_of(const linked *l, int64_t claim) {
    const int64_t *found = bsearch(&claim, l->claims.v, l->claims.n, sizeof *l->claims.v, by_claim);
    return (uint32_t)(found - l->claims.v);
}

static hs_status read_links(linked *l, hs_ledger *ledger, hs_arena *arena, hs_error *error) {
    HS_VEC(raw_link) raw = {0};
    hs_value v[3];
    bool row = true;
    hs_db *db = ledger->db;
    hs_status status = db->ops->start(db, HS_SQL_EDGES_ALL, NULL, 0, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_EDGES_ALL, v, 3, &row, error)) == HS_OK && row) {
        HS_PUSH(arena, raw, (raw_link){v[0].i, v[1].i, (uint32_t)v[2].i});
        HS_PUSH(arena, l->claims, v[0].i);
        HS_PUSH(arena, l->claims, v[1].i);
    }
    db->ops->finish(db, HS_SQL_EDGES_ALL);
    if (status != HS_OK || !raw.n) return status;
    qsort(l->claims.v, l->claims.n, sizeof *l->claims.v, by_claim);
    size_t kept = 0;
    for (size_t i = 0; i < l->claims.n; i++)
        if (!kept || l->claims.v[i] != l->claims.v[kept - 1]) l->claims.v[kept++] = l->claims.v[i];
    l->claims.n = kept;
    for (size_t i = 0; i < raw.n; i++)
        HS_PUSH(arena, l->links, (hs_link){place_of(l, raw.v[i].a), place_of(l, raw.v[i].b), raw.v[i].score});
    return HS_OK;
}

/* The page of each claim that has a link: pages and claims are both in order. */
static hs_status read_pages(int64_t *pages, bool *current, const linked *l, hs_ledger *ledger, hs_arena *arena,
                            hs_error *error) {
    for (size_t i = 0; i < l->claims.n;) {
        hs_page_row row;
        bool found;
        hs_status status =
            hs_page_row_one(&row, &found, ledger, HS_SQL_PAGE_OF_CLAIM, &HS_INT(l->claims.v[i]), 1, arena, error);
        if (status != HS_OK) return status;
        if (!found) return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", ledger->location);
        for (; i < l->claims.n && l->claims.v[i] < row.first_claim + row.n_claims; i++) {
            pages[i] = row.id;
            current[i] = row.current;
        }
    }
    return HS_OK;
}

static hs_status give_group(const walk *w, hs_ledger *ledger, const linked *l, const uint32_t *members, size_t n,
                            bool *wanted, hs_error *error) {
    hs_arena *arena = malloc(sizeof *arena);
    if (!arena) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", ledger->location);
    hs_arena_init(arena, ledger->max_memory);
    hs_status status = HS_OK;
    if (setjmp(arena->full)) {
        status = hs_fail(error, HS_ERR_LIMIT, "%s: no memory", ledger->location);
    } else {
        hs_held held = {.ledger = ledger, .arena = arena};
        hs_member *out = HS_NEW(arena, hs_member, n);
        for (size_t i = 0; i < n && status == HS_OK; i++) {
            hs_held_page *page;
            size_t index;
            status = hs_hold_claim(&page, &index, &held, l->claims.v[members[i]], error);
            if (status != HS_OK) break;
            out[i] = (hs_member){page->read.record.path, page->read.claim_ids[index],
                                 hs_claim_id(arena, page->row.uid, page->read.claim_ids[index])};
        }
        if (status == HS_OK) *wanted = w->group(w->state, out, n);
    }
    hs_arena_free(arena);
    free(arena);
    return status;
}

static hs_status give_groups(const walk *w, hs_ledger *ledger, hs_arena *arena, hs_error *error) {
    linked l = {0};
    hs_status status = read_links(&l, ledger, arena, error);
    if (status != HS_OK || !l.claims.n) return status;
    size_t n = l.claims.n;
    int64_t *pages = HS_NEW(arena, int64_t, n);
    bool *current = HS_NEW(arena, bool, n);
    uint32_t *group = HS_NEW(arena, uint32_t, n), *next = HS_NEW(arena, uint32_t, n),
             *members = HS_NEW(arena, uint32_t, n);
    uint32_t *last = HS_NEW(arena, uint32_t, n);
    status = read_pages(pages, current, &l, ledger, arena, error);
    if (status != HS_OK) return status;
    hs_cluster(group, pages, n, l.links.v, l.links.n, arena);
    for (uint32_t i = 0; i < n; i++) { /* members of a group as a list, in order */
        if (group[i] != i) next[last[group[i]]] = i;
        last[group[i]] = i;
    }
    bool wanted = true;
    for (uint32_t i = 0; i < n && wanted && status == HS_OK; i++) {
        size_t k = 0;
        if (group[i] != i) continue;
        for (uint32_t at = i;; at = next[at]) {
            if (current[at]) members[k++] = at;
            if (at == last[i]) break;
        }
        if (k > 1) status = give_group(w, ledger, &l, members, k, &wanted, error);
    }
    return status;
}

static hs_status fill_groups(hs_answer *answer, hs_ledger *ledger, const void *question, hs_error *error) {
    return give_groups(question, ledger, &answer->arena, error);
}

hs_status hs_ledger_each_group(hs_ledger *ledger, hs_each_group each, void *state, hs_error *error) {
    if (!ledger || !each) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_each_group: an argument is missing");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, fill_groups, &(walk){.group = each, .state = state}, error);
    if (status == HS_OK) hs_answer_free(answer);
    return status;
}
