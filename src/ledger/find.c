/* Looking for claims: see hearsay.h. The store finds the newest that hold all words; of these the best are chosen. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/answer.h"

enum {
    LOOKED_AT = 4000, /* claims that the store finds, at most */
    LOADED = 100,     /* of them, whose pages are unpacked */
    USUAL_LIMIT = 20,
    MOST_LIMIT = 10000,
    MOST_WORDS = 64
};

typedef struct parts {
    HS_VEC(hs_match_part) list;
} parts;

static bool is_word_char(uint32_t cp) {
    hs_char_class class = hs_char_classify(cp);
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_DIGIT ||
           class == HS_CHAR_MARK || class == HS_CHAR_NUMBER;
}

/* Words, and in quotation marks phrases; other marks part words. */
static void add_parts(parts *parts, hs_arena *arena, hs_field field, const char *text) {
    HS_VEC(hs_str) words = {0};
    hs_str s = hs_utf8_repair(arena, hs_str_of(text));
    bool phrase = false;
    size_t start = HS_NONE, n = 0;
    for (size_t at = 0, next = 0; at <= s.n && n < MOST_WORDS; at = next) {
        uint32_t cp = at < s.n ? hs_utf8_decode(s, at, &next) : ' ';
        if (at == s.n) next = s.n + 1;
        if (is_word_char(cp)) {
            if (start == HS_NONE) start = at;
            continue;
        }
        if (start != HS_NONE) {
            HS_PUSH(arena, words, hs_str_slice(s, start, at));
            start = HS_NONE;
            n++;
        }
        bool mark = cp == '"' || cp == 0x201C || cp == 0x201D;
        if (words.n && (!phrase || mark || at == s.n)) {
            HS_PUSH(arena, parts->list, (hs_match_part){field, words.v, words.n});
            words.v = NULL;
            words.n = words.cap = 0;
        }
        if (mark) phrase = !phrase;
    }
}

typedef struct finding {
    hs_ledger *ledger;
    const hs_query *query;
    hs_arena *arena;
    hs_held held;
    int32_t since, until;
    uint32_t *terms; /* of the words looked for */
    size_t n_terms;
    HS_VEC(int64_t) claims;
    HS_VEC(hs_hit) hits;
} finding;

static hs_status days(finding *f, hs_error *error) {
    const hs_query *q = f->query;
    f->since = q->since ? hs_day_of(hs_str_of(q->since)) : INT32_MIN;
    f->until = q->until ? hs_day_of(hs_str_of(q->until)) : INT32_MAX;
    if (q->since && f->since == HS_NO_DAY)
        return hs_fail(error, HS_ERR_ARGUMENT, "\"%s\" is no day (2031-03-12)", q->since);
    if (q->until && f->until == HS_NO_DAY)
        return hs_fail(error, HS_ERR_ARGUMENT, "\"%s\" is no day (2031-03-12)", q->until);
    return HS_OK;
}

static bool is_stance(const char *word) {
    for (int i = 0; i <= HS_STANCE_ASSERTS; i++)
        if (strcmp(word, hs_stance_name((hs_stance)i)) == 0) return true;
    return false;
}

static bool is_manner(const char *word) {
    for (int i = 0; i <= HS_MANNER_INDIRECT; i++)
        if (strcmp(word, hs_manner_name((hs_manner)i)) == 0) return true;
    return false;
}

static hs_status gather_claims(finding *f, hs_str match, hs_error *error) {
    hs_db *db = f->ledger->db;
    hs_value in = HS_TEXT(match), v;
    bool row = true;
    hs_status status = db->ops->start(db, HS_SQL_SEARCH, &in, 1, error);
    while (status == HS_OK && f->claims.n < LOOKED_AT &&
           (status = db->ops->next(db, HS_SQL_SEARCH, &v, 1, &row, error)) == HS_OK && row)
        HS_PUSH(f->arena, f->claims, v.i);
    db->ops->finish(db, HS_SQL_SEARCH);
    return status;
}

/* Claims whose notes hold all the words. */
static hs_status gather_by_notes(finding *f, hs_error *error) {
    hs_db *db = f->ledger->db;
    parts parts = {0};
    add_parts(&parts, f->arena, HS_FIELD_NOTE, f->query->words);
    hs_value in = HS_TEXT(db->ops->match(f->arena, parts.list.v, parts.list.n)), v;
    bool row = true;
    size_t before = f->claims.n;
    hs_status status = db->ops->start(db, HS_SQL_NOTE_SEARCH, &in, 1, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_NOTE_SEARCH, &v, 1, &row, error)) == HS_OK && row) {
        bool seen = false;
        for (size_t i = 0; i < before && !seen; i++) seen = f->claims.v[i] == v.i;
        if (!seen) HS_PUSH(f->arena, f->claims, v.i);
    }
    db->ops->finish(db, HS_SQL_NOTE_SEARCH);
    return status;
}

/* All claims of the pages that print a code. */
static hs_status gather_by_code(finding *f, hs_error *error) {
    hs_db *db = f->ledger->db;
    HS_VEC(int64_t) pages = {0};
    hs_value in = HS_TEXT(hs_str_of(f->query->code)), v;
    bool row = true;
    hs_status status = db->ops->start(db, HS_SQL_CODE_FIND, &in, 1, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_CODE_FIND, &v, 1, &row, error)) == HS_OK && row)
        HS_PUSH(f->arena, pages, v.i);
    db->ops->finish(db, HS_SQL_CODE_FIND);
    for (size_t i = 0; i < pages.n && status == HS_OK && f->claims.n < LOOKED_AT; i++) {
        hs_page_row page;
        bool found;
        status = hs_page_row_one(&page, &found, f->ledger, HS_SQL_PAGE_GET, &HS_INT(pages.v[i]), 1, f->arena, error);
        for (int64_t k = 0; status == HS_OK && found && k < page.n_claims && f->claims.n < LOOKED_AT; k++)
            HS_PUSH(f->arena, f->claims, page.first_claim + k);
    }
    return status;
}

static int by_claim_down(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* With words and a code both: those of the code's pages that have the words. */
static void keep_both(finding *f, size_t n_words) {
    size_t kept = 0;
    qsort(f->claims.v, n_words, sizeof *f->claims.v, by_claim_down);
    for (size_t i = n_words; i < f->claims.n; i++)
        if (bsearch(&f->claims.v[i], f->claims.v, n_words, sizeof *f->claims.v, by_claim_down))
            f->claims.v[n_words + kept++] = f->claims.v[i];
    memmove(f->claims.v, f->claims.v + n_words, kept * sizeof *f->claims.v);
    f->claims.n = kept;
}

/* Words of the content that are looked for count by what they tell, against how much else the claim says; sure claims go before unsure ones. */
static double fitness(const finding *f, const hs_held_page *page, size_t index) {
    const hs_claim *c = &page->read.record.claims[index];
    if (!f->n_terms) return c->confidence;
    hs_terms terms = {0};
    for (size_t i = 0; i < c->n_content; i++)
        hs_terms_add(&terms, f->arena,
                     hs_str_slice(page->read.record.text, c->content[i].byte_start, c->content[i].byte_end), false);
    double all = 8, hit = 0;
    for (size_t i = 0; i < terms.list.n; i++) {
        bool wanted = false;
        for (size_t k = 0; k < f->n_terms && !wanted; k++) wanted = terms.list.v[i].hash == f->terms[k];
        all += terms.list.v[i].weight;
        if (wanted) hit += terms.list.v[i].weight;
    }
    return hit / all * (0.5 + 0.5 * c->confidence);
}

static hs_status take_claim(finding *f, int64_t claim, hs_error *error) {
    hs_page_row row;
    bool found;
    /* Most are told by the row alone whether they are wanted; records are unpacked for those that are. */
    hs_status status =
        hs_page_row_one(&row, &found, f->ledger, HS_SQL_PAGE_OF_CLAIM, &HS_INT(claim), 1, f->arena, error);
    if (status != HS_OK || !found) return status;
    bool dated = f->query->since || f->query->until;
    if ((!row.current && !f->query->old) ||
        (dated && (row.day == HS_NO_DAY || row.day < f->since || row.day > f->until)))
        return HS_OK;
    hs_held_page *page;
    size_t index;
    status = hs_hold_claim(&page, &index, &f->held, claim, error);
    if (status != HS_OK) return status;
    hs_hit hit = {.cited = hs_cite(&f->held, page, index), .score = fitness(f, page, index)};
    hit.n_same = (size_t)claim; /* for now: rank needs the number */
    HS_PUSH(f->arena, f->hits, hit);
    return HS_OK;
}

static int by_score(const void *a, const void *b) {
    const hs_hit *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->n_same < y->n_same) - (x->n_same > y->n_same); /* the newest first */
}

/* Only for what is printed: reading all names of a page costs more than finding the claim. */
static hs_status name_speaker(hs_hit *hit, hs_held *held, int64_t claim, hs_error *error) {
    hs_held_page *page;
    size_t index;
    hs_status status = hs_hold_claim(&page, &index, held, claim, error);
    if (status != HS_OK) return status;
    hs_hold_speakers(held, page);
    hit->cited = hs_cite(held, page, index);
    return HS_OK;
}

hs_status hs_hit_complete(hs_hit *hit, hs_held *held, int64_t claim, hs_error *error) {
    hs_group group = {0};
    hs_notes notes = {0};
    hs_status status = hs_group_of(&group, held->ledger, held->arena, claim, error);
    if (status == HS_OK) status = name_speaker(hit, held, claim, error);
    size_t own = !hit->cited.old;
    hit->n_same = group.n_pages > own ? group.n_pages - own : 0;
    if (status == HS_OK) status = hs_notes_of(&notes, held, claim, HS_NOTE_SHOWN, error);
    hit->n_notes = notes.list.n;
    return status;
}

static hs_status check_query(const hs_query *q, hs_error *error) {
    if (q->stance && !is_stance(q->stance))
        return hs_fail(error, HS_ERR_ARGUMENT, "there is no stance \"%s\"", q->stance);
    if (q->manner && !is_manner(q->manner))
        return hs_fail(error, HS_ERR_ARGUMENT, "there is no manner \"%s\"", q->manner);
    return HS_OK;
}

static hs_status gather(finding *f, hs_error *error) {
    const hs_query *q = f->query;
    parts parts = {0};
    const struct {
        hs_field field;
        const char *text, *what;
    } given[] = {{HS_FIELD_CONTENT, q->words, "word"},
                 {HS_FIELD_SPEAKER, q->speaker, "speaker"},
                 {HS_FIELD_OUTLET, q->outlet, "outlet"},
                 {HS_FIELD_LABEL, q->stance, "stance"},
                 {HS_FIELD_LABEL, q->manner, "manner"}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        size_t before = parts.list.n;
        if (given[i].text) add_parts(&parts, f->arena, given[i].field, given[i].text);
        if (given[i].text && *given[i].text && parts.list.n == before)
            return hs_fail(error, HS_ERR_ARGUMENT, "\"%s\" holds no %s to look for", given[i].text, given[i].what);
    }
    for (size_t i = 0; i < parts.list.n; i++)
        f->n_terms += parts.list.v[i].field == HS_FIELD_CONTENT ? parts.list.v[i].n : 0;
    f->terms = HS_NEW(f->arena, uint32_t, f->n_terms + 1);
    size_t n = 0;
    for (size_t i = 0; i < parts.list.n; i++)
        for (size_t k = 0; k < parts.list.v[i].n && parts.list.v[i].field == HS_FIELD_CONTENT; k++)
            f->terms[n++] = hs_term_hash(parts.list.v[i].words[k]);
    if (!parts.list.n && !q->code)
        return hs_fail(error, HS_ERR_ARGUMENT,
                       "nothing to look for: give words, or a speaker, outlet, stance, manner or code");
    hs_status status = HS_OK;
    if (parts.list.n) status = gather_claims(f, f->ledger->db->ops->match(f->arena, parts.list.v, parts.list.n), error);
    bool words_alone = f->n_terms && !q->speaker && !q->outlet && !q->stance && !q->manner;
    if (status == HS_OK && words_alone) status = gather_by_notes(f, error);
    size_t by_words = f->claims.n;
    if (status == HS_OK && q->code) status = gather_by_code(f, error);
    if (parts.list.n && q->code) keep_both(f, by_words);
    return status;
}

hs_status hs_query_days(int32_t *since, int32_t *until, const hs_query *query, hs_error *error) {
    finding f = {.query = query};
    hs_status status = days(&f, error);
    *since = f.since;
    *until = f.until;
    return status;
}

hs_status hs_query_claims(int64_t **out, size_t *n, hs_held *held, const hs_query *query, hs_error *error) {
    finding f = {.ledger = held->ledger, .query = query, .arena = held->arena};
    hs_status status = check_query(query, error);
    if (status == HS_OK) status = gather(&f, error);
    if (status == HS_OK && f.claims.n) qsort(f.claims.v, f.claims.n, sizeof *f.claims.v, by_claim_down);
    *out = f.claims.v;
    *n = f.claims.n;
    return status;
}

static hs_status fill(hs_answer *answer, hs_ledger *ledger, const void *question, hs_error *error) {
    finding *f = HS_NEW(&answer->arena, finding, 1);
    hs_hits *out = &answer->data.hits;
    *f = (finding){.ledger = ledger,
                   .query = question,
                   .arena = &answer->arena,
                   .held = {.ledger = ledger, .arena = &answer->arena, .no_speakers = true}};
    size_t limit = f->query->limit ? f->query->limit : USUAL_LIMIT, most = limit > LOADED ? limit : LOADED;
    if (limit > MOST_LIMIT) limit = MOST_LIMIT;
    hs_status status = check_query(f->query, error);
    if (status == HS_OK) status = days(f, error);
    if (status == HS_OK) status = gather(f, error);
    size_t taken = 0;
    for (; taken < f->claims.n && status == HS_OK && f->hits.n < most; taken++)
        status = take_claim(f, f->claims.v[taken], error);
    if (status != HS_OK) return status;
    if (f->hits.n) qsort(f->hits.v, f->hits.n, sizeof *f->hits.v, by_score);
    out->v = f->hits.v;
    out->n = f->hits.n < limit ? f->hits.n : limit;
    out->more = f->hits.n > limit || taken < f->claims.n || f->claims.n == LOOKED_AT;
    for (size_t i = 0; i < out->n && status == HS_OK; i++)
        status = hs_hit_complete(&out->v[i], &f->held, (int64_t)out->v[i].n_same, error);
    return status;
}

hs_status hs_ledger_find(hs_hits **out, hs_ledger *ledger, const hs_query *query, hs_error *error) {
    if (!out || !ledger || !query || query->size != sizeof *query)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_find: an argument is missing, or a query of another version");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, fill, query, error);
    *out = status == HS_OK ? &answer->data.hits : NULL;
    return status;
}
