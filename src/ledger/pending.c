/* Waiting rows: see pending.h. */
#include "ledger/pending.h"

#include <stdlib.h>
#include <string.h>

typedef struct row {
    int64_t first, second; /* the table's key */
    uint32_t at, n;        /* a mention's role, in texts; at: NONE where there is none */
    uint16_t kind, score;  /* an edge's */
    uint32_t place;        /* in the order in which they came */
} row;

enum { NONE = UINT32_MAX };

typedef struct rows {
    row *v;
    size_t n, cap;
} rows;

struct hs_pending {
    rows edges, mentions;
    char *texts;
    size_t n_texts, cap_texts;
};

hs_pending *hs_pending_new(void) {
    return calloc(1, sizeof(hs_pending));
}

void hs_pending_free(hs_pending *p) {
    if (!p) return;
    free(p->edges.v);
    free(p->mentions.v);
    free(p->texts);
    free(p);
}

void hs_pending_forget(hs_pending *p) {
    p->edges.n = p->mentions.n = p->n_texts = 0;
}

static bool push(rows *rows, row row) {
    if (rows->n == rows->cap) {
        size_t cap = rows->cap ? rows->cap * 2 : 1024;
        struct row *grown = cap < UINT32_MAX ? realloc(rows->v, cap * sizeof *grown) : NULL;
        if (!grown) return false;
        rows->v = grown;
        rows->cap = cap;
    }
    row.place = (uint32_t)rows->n;
    rows->v[rows->n++] = row;
    return true;
}

bool hs_pending_edge(hs_pending *p, int64_t a, int64_t b, int kind, int64_t score) {
    return push(&p->edges, (row){.first = a, .second = b, .kind = (uint16_t)kind, .score = (uint16_t)score});
}

bool hs_pending_mention(hs_pending *p, int64_t entity, int64_t page, hs_str role) {
    if (p->n_texts + role.n > p->cap_texts) {
        size_t cap = (p->n_texts + role.n) * 2;
        char *grown = cap < UINT32_MAX ? realloc(p->texts, cap) : NULL;
        if (!grown) return false;
        p->texts = grown;
        p->cap_texts = cap;
    }
    uint32_t at = role.p ? (uint32_t)p->n_texts : NONE;
    if (role.n) memcpy(p->texts + p->n_texts, role.p, role.n);
    p->n_texts += role.n;
    return push(&p->mentions, (row){.first = entity, .second = page, .at = at, .n = (uint32_t)role.n});
}

static int by_key(const void *a, const void *b) {
    const row *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->second != y->second) return x->second < y->second ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

hs_status hs_pending_write(hs_pending *p, hs_db *db, hs_error *error) {
    hs_status status = HS_OK;
    if (p->edges.n) qsort(p->edges.v, p->edges.n, sizeof *p->edges.v, by_key);
    if (p->mentions.n) qsort(p->mentions.v, p->mentions.n, sizeof *p->mentions.v, by_key);
    for (size_t i = 0; i < p->edges.n && status == HS_OK; i++) {
        const row *r = &p->edges.v[i];
        status = HS_DB_RUN(db, HS_SQL_EDGE_ADD, error, HS_INT(r->first), HS_INT(r->second), HS_INT(r->kind),
                           HS_INT(r->score));
    }
    for (size_t i = 0; i < p->mentions.n && status == HS_OK; i++) {
        const row *r = &p->mentions.v[i];
        hs_str role = r->at == NONE ? (hs_str){0} : r->n ? (hs_str){p->texts + r->at, r->n} : HS_STR("");
        status = HS_DB_RUN(db, HS_SQL_MENTION_ADD, error, HS_INT(r->first), HS_INT(r->second), HS_TEXT(role));
    }
    hs_pending_forget(p);
    return status;
}
