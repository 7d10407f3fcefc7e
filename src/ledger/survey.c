/* What the newest claims of a ledger or of a query are, counted: see hearsay.h. Bounded by pages, not by what fits: records are unpacked,
 * and that is what takes the time. */
#include <stdlib.h>

#include "base/error.h"
#include "ledger/answer.h"

enum { MOST_PAGES = 200, USUAL_LIMIT = 20, MOST_LIMIT = 1000, MOST_COUNTED = 500, MOST_DAYS = 4000 };

typedef struct question {
    const hs_query *query;
    bool whole;
} question;

typedef struct surveying {
    const hs_query *query;
    bool whole;
    hs_arena *arena;
    hs_held held;
    int32_t since, until;
    hs_survey *out;
    const hs_held_page *last; /* the page that was counted last */
    hs_names speakers, outlets, stances, manners, days;
    HS_VEC(hs_hit) hits;
    HS_VEC(int64_t) claims; /* of the hits */
    size_t limit;
} surveying;

static int by_name(const void *a, const void *b) {
    const hs_str *x = a, *y = b;
    size_t n = x->n < y->n ? x->n : y->n;
    int order = n ? memcmp(x->p, y->p, n) : 0;
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static int by_count(const void *a, const void *b) {
    const hs_count *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return by_name(&x->name, &y->name);
}

hs_count *hs_names_count(size_t *n, hs_arena *arena, const hs_names *names, bool by_n, size_t most) {
    hs_count *counts = HS_NEW(arena, hs_count, names->n + 1);
    *n = 0;
    if (!names->n) return counts;
    qsort(names->v, names->n, sizeof *names->v, by_name);
    for (size_t i = 0; i < names->n; i++) {
        if (!i || !hs_str_eq(names->v[i], names->v[i - 1])) counts[(*n)++].name = names->v[i];
        counts[*n - 1].n++;
    }
    if (by_n) qsort(counts, *n, sizeof *counts, by_count);
    if (*n <= most) return counts;
    if (!by_n) counts += *n - most; /* of days the last */
    *n = most;
    return counts;
}

static bool is_wanted(const surveying *s, const hs_cited *cited) {
    const hs_query *q = s->query;
    if (!s->whole) return true;
    return (!q->outlet || hs_str_eq(cited->outlet, hs_str_of(q->outlet))) &&
           (!q->speaker || hs_str_eq(cited->speaker, hs_str_of(q->speaker)));
}

static bool is_in_time(const surveying *s, const hs_page_row *row) {
    if (!row->current && !s->query->old) return false;
    if (!s->query->since && !s->query->until) return true;
    return row->day != HS_NO_DAY && row->day >= s->since && row->day <= s->until;
}

static void take_claim(surveying *s, const hs_held_page *page, size_t index) {
    const hs_claim *c = &page->read.record.claims[index];
    hs_cited cited = hs_cite(&s->held, page, index);
    if (!is_wanted(s, &cited)) return;
    s->out->n_claims++;
    s->out->n_pages += s->last != page;
    s->last = page;
    if (cited.speaker.n) HS_PUSH(s->arena, s->speakers, cited.speaker);
    if (cited.outlet.n) HS_PUSH(s->arena, s->outlets, cited.outlet);
    HS_PUSH(s->arena, s->stances, hs_str_of(hs_stance_name(c->stance)));
    HS_PUSH(s->arena, s->manners, hs_str_of(hs_manner_name(c->manner)));
    if (page->row.day != HS_NO_DAY)
        HS_PUSH(s->arena, s->days, hs_str_slice(page->read.record.published, 0, HS_DAY_LENGTH));
    if (s->hits.n == s->limit) {
        s->out->newest.more = true;
        return;
    }
    HS_PUSH(s->arena, s->hits, (hs_hit){.cited = cited});
    HS_PUSH(s->arena, s->claims, page->row.first_claim + (int64_t)index);
}

/* The claims of one page, in its order. */
static hs_status take_page(surveying *s, const int64_t *down, size_t n, hs_error *error) {
    hs_status status = HS_OK;
    for (size_t i = n; i-- > 0 && status == HS_OK;) {
        hs_held_page *page;
        size_t index;
        status = hs_hold_claim(&page, &index, &s->held, down[i], error);
        if (status == HS_OK) take_claim(s, page, index);
    }
    return status;
}

/* Claims that the store has found. Whether a page is wanted is told by its row; it is unpacked when it is. */
static hs_status take_found(surveying *s, hs_error *error) {
    int64_t *claims;
    size_t n, next;
    hs_status status = hs_query_claims(&claims, &n, &s->held, s->query, error);
    for (size_t i = 0; i < n && status == HS_OK; i = next) {
        hs_page_row row;
        bool found;
        next = i + 1;
        status =
            hs_page_row_one(&row, &found, s->held.ledger, HS_SQL_PAGE_OF_CLAIM, &HS_INT(claims[i]), 1, s->arena, error);
        if (status != HS_OK || !found) continue;
        while (next < n && claims[next] >= row.first_claim) next++;
        if (!is_in_time(s, &row)) continue;
        if (s->held.pages.n == MOST_PAGES) {
            s->out->more = true;
            break;
        }
        status = take_page(s, claims + i, next - i, error);
    }
    return status;
}

/* All claims of the newest pages. */
static hs_status take_newest(surveying *s, hs_error *error) {
    HS_VEC(int64_t) pages = {0};
    hs_value v[HS_PAGE_COLUMNS];
    hs_value in[3] = {HS_INT(s->query->since || s->query->until), HS_INT(s->since), HS_INT(s->until)};
    bool row = true;
    hs_db *db = s->held.ledger->db;
    hs_status status = db->ops->start(db, HS_SQL_PAGE_NEWEST, in, 3, error);
    while (status == HS_OK &&
           (status = db->ops->next(db, HS_SQL_PAGE_NEWEST, v, HS_PAGE_COLUMNS, &row, error)) == HS_OK && row)
        HS_PUSH(s->arena, pages, v[0].i);
    db->ops->finish(db, HS_SQL_PAGE_NEWEST);
    s->out->more = pages.n == MOST_PAGES;
    for (size_t i = 0; i < pages.n && status == HS_OK; i++) {
        hs_held_page *page;
        status = hs_hold_page(&page, &s->held, pages.v[i], error);
        for (size_t k = 0; status == HS_OK && k < page->read.record.n_claims; k++) take_claim(s, page, k);
    }
    return status;
}

static bool is_empty(const hs_query *q) {
    const char *const given[] = {q->words, q->speaker, q->outlet, q->stance, q->manner, q->code};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i] && *given[i]) return false;
    return true;
}

static hs_status fill(hs_answer *answer, hs_ledger *ledger, const void *given, hs_error *error) {
    const question *q = given;
    surveying *s = HS_NEW(&answer->arena, surveying, 1);
    *s = (surveying){.query = q->query, .whole = q->whole, .arena = &answer->arena, .out = &answer->data.survey};
    s->held = (hs_held){.ledger = ledger, .arena = s->arena, .no_speakers = true};
    s->limit = q->query->limit ? q->query->limit : USUAL_LIMIT;
    if (s->limit > MOST_LIMIT) s->limit = MOST_LIMIT;
    hs_status status = hs_query_days(&s->since, &s->until, s->query, error);
    if (status == HS_OK) status = is_empty(s->query) ? take_newest(s, error) : take_found(s, error);
    if (status != HS_OK) return status;
    hs_survey *out = s->out;
    out->speakers = hs_names_count(&out->n_speakers, s->arena, &s->speakers, true, MOST_COUNTED);
    out->outlets = hs_names_count(&out->n_outlets, s->arena, &s->outlets, true, MOST_COUNTED);
    out->stances = hs_names_count(&out->n_stances, s->arena, &s->stances, true, MOST_COUNTED);
    out->manners = hs_names_count(&out->n_manners, s->arena, &s->manners, true, MOST_COUNTED);
    out->days = hs_names_count(&out->n_days, s->arena, &s->days, false, MOST_DAYS);
    out->newest.v = s->hits.v;
    out->newest.n = s->hits.n;
    out->newest.more |= out->more;
    for (size_t i = 0; i < s->hits.n && status == HS_OK; i++)
        status = hs_hit_complete(&s->hits.v[i], &s->held, s->claims.v[i], error);
    return status;
}

hs_status hs_ledger_survey(hs_survey **out, hs_ledger *ledger, const hs_query *query, bool whole, hs_error *error) {
    if (!out || !ledger || !query || query->size != sizeof *query)
        return hs_fail(error, HS_ERR_ARGUMENT,
                       "hs_ledger_survey: an argument is missing, or a query of another version");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, fill, &(question){query, whole}, error);
    *out = status == HS_OK ? &answer->data.survey : NULL;
    return status;
}
