/* Who bears a name: see hearsay.h. Names of the ledger are looked up by the forms they may take; pages that give only a surname are joined to a
 * full name where a role fits, and otherwise stay apart. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "ledger/answer.h"

enum { USUAL_CLAIMS = 20, MOST_CLAIMS = 10000, MOST_PAGES = 400, MOST_ROLES = 20, MOST_ENTITIES = 50 };

typedef struct question {
    const char *name;
    size_t limit;
} question;

/* One name as the store has it, and the pages that mention it. */
typedef struct bearer {
    int64_t id;
    int via;
    hs_str key, shown;
    hs_name name;
    hs_person person;
    HS_VEC(hs_str) roles;
    HS_VEC(hs_cited) claims;
    hs_names outlets, stances, days; /* of all claims, those that are only counted too */
} bearer;

typedef struct asking {
    hs_ledger *ledger;
    hs_arena *arena;
    hs_held held;
    hs_name name;
    HS_VEC(bearer) bearers;
    size_t limit;
} asking;

static hs_status add_bearer(asking *a, int64_t id, int via, hs_error *error) {
    for (size_t i = 0; i < a->bearers.n; i++)
        if (a->bearers.v[i].id == id) return HS_OK;
    if (a->bearers.n == MOST_ENTITIES) return HS_OK;
    hs_value v[3];
    bool found;
    hs_status status = hs_db_one(a->ledger->db, HS_SQL_ENTITY_GET, &HS_INT(id), 1, a->arena, v, 3, &found, error);
    if (status != HS_OK || !found) return status;
    bearer b = {.id = id, .via = via, .key = v[0].s, .shown = v[1].s};
    hs_name_read(&b.name, v[1].s, v[2].i ? HS_ENTITY_ORGANIZATION : HS_ENTITY_UNKNOWN);
    HS_PUSH(a->arena, a->bearers, b);
    return HS_OK;
}

static hs_status find_form(asking *a, hs_str form, hs_error *error) {
    HS_VEC(hs_edge) found = {0};
    hs_value in = HS_TEXT(form), v[2];
    bool row = true;
    hs_db *db = a->ledger->db;
    if (!form.n) return HS_OK;
    hs_status status = db->ops->start(db, HS_SQL_FORM_FIND, &in, 1, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_FORM_FIND, v, 2, &row, error)) == HS_OK && row)
        HS_PUSH(a->arena, found, (hs_edge){v[0].i, (int)v[1].i, 0});
    db->ops->finish(db, HS_SQL_FORM_FIND);
    for (size_t i = 0; i < found.n && status == HS_OK; i++)
        status = add_bearer(a, found.v[i].other, found.v[i].kind, error);
    return status;
}

/* The name as asked for, its surname and its acronym: pages may have used either. */
static hs_status find_bearers(asking *a, hs_error *error) {
    hs_str key = hs_str_of(a->name.key);
    hs_status status = find_form(a, key, error);
    const char *last = key.n ? memrchr(key.p, ' ', key.n) : NULL;
    if (status != HS_OK || !last) return status;
    if (!a->name.body) status = find_form(a, hs_str_slice(key, (size_t)(last - key.p) + 1, key.n), error);
    char initials[16];
    size_t n = 0;
    for (size_t i = 0; i < key.n && n < sizeof initials; i++)
        if (i == 0 || key.p[i - 1] == ' ') initials[n++] = key.p[i];
    return status == HS_OK && n > 1 ? find_form(a, (hs_str){initials, n}, error) : status;
}

static void add_role(asking *a, bearer *b, hs_str role) {
    bool seen = !role.n;
    for (size_t i = 0; i < b->roles.n && !seen; i++) seen = hs_str_eq_nocase(b->roles.v[i], role);
    if (!seen && b->roles.n < MOST_ROLES) HS_PUSH(a->arena, b->roles, role);
}

/* Words of roles, as names.c has them. */
static void add_role_words(bearer *b, const uint32_t roles[HS_NAME_ROLES]) {
    for (int k = 0; k < HS_NAME_ROLES && roles[k]; k++)
        for (int j = 0; j < HS_NAME_ROLES; j++) {
            if (b->name.roles[j] == roles[k]) break;
            if (b->name.roles[j]) continue;
            b->name.roles[j] = roles[k];
            break;
        }
}

static void count_claim(asking *a, bearer *b, const hs_page_row *row, hs_str outlet, hs_stance stance) {
    b->person.n_denials += stance == HS_STANCE_DENIES;
    HS_PUSH(a->arena, b->outlets, outlet);
    HS_PUSH(a->arena, b->stances, hs_str_of(hs_stance_name(stance)));
    if (row->day != HS_NO_DAY) HS_PUSH(a->arena, b->days, hs_str_slice(row->published, 0, HS_DAY_LENGTH));
}

/* The claims of one page that carry the name. */
static void take_page(asking *a, bearer *b, const hs_held_page *page) {
    bool any = false;
    for (size_t i = 0; i < page->read.record.n_claims; i++) {
        const hs_name *speaker = &page->speakers[i];
        if (!hs_str_eq(hs_str_of(speaker->key), b->key)) continue;
        any = true;
        if (b->claims.n < a->limit) HS_PUSH(a->arena, b->claims, hs_cite(&a->held, page, i));
        count_claim(a, b, &page->row, page->outlet, page->read.record.claims[i].stance);
        add_role_words(b, speaker->roles);
    }
    b->person.n_pages += any;
}

/* The same of a page whose claims are not shown: the sketches that they are compared by tell enough, at a fraction of the time. */
static hs_status count_page(asking *a, bearer *b, const hs_page_row *row, hs_error *error) {
    hs_value v[2];
    hs_page_sketch sketch;
    bool found, any = false;
    hs_status status = hs_db_one(a->ledger->db, HS_SQL_SKETCH_GET, &HS_INT(row->id), 1, a->arena, v, 2, &found, error);
    if (status != HS_OK || !found) return status;
    if (!hs_sketch_unpack(&sketch, a->arena, v[1].s))
        return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", a->ledger->location);
    for (size_t i = 0; i < sketch.n; i++) {
        const hs_sketch *claim = &sketch.claims[i];
        if (claim->speaker.kind != b->name.kind || claim->speaker.whole != b->name.whole) continue;
        any = true;
        count_claim(a, b, row, hs_outlet_or_place(row->outlet, row->url, row->path), (hs_stance)claim->stance);
        add_role_words(b, claim->speaker.roles);
    }
    b->person.n_pages += any;
    return HS_OK;
}

typedef struct mention {
    int64_t page;
    hs_str role;
} mention;

static hs_status take_mention(asking *a, bearer *b, const mention *m, hs_error *error) {
    hs_page_row row;
    hs_held_page *page = NULL;
    bool found = true, known = hs_str_eq(hs_str_of(b->name.key), b->key); /* its words tell it as its key does */
    bool counted = known && b->claims.n >= a->limit;
    hs_status status =
        counted ? hs_page_row_one(&row, &found, a->ledger, HS_SQL_PAGE_GET, &HS_INT(m->page), 1, a->arena, error)
                : hs_hold_page(&page, &a->held, m->page, error);
    if (status != HS_OK || !found) return status;
    if (page) row = page->row;
    if (!row.current) return HS_OK;
    add_role(a, b, m->role);
    hs_name role = {0};
    hs_name_add_roles(&role, m->role);
    add_role_words(b, role.roles);
    if (!page) return count_page(a, b, &row, error);
    take_page(a, b, page);
    return HS_OK;
}

static hs_status fill_bearer(asking *a, bearer *b, hs_error *error) {
    HS_VEC(mention) mentions = {0};
    hs_value in[2] = {HS_INT(b->id), HS_INT(MOST_PAGES)}, v[2];
    bool row = true;
    hs_db *db = a->ledger->db;
    hs_status status = db->ops->start(db, HS_SQL_MENTIONS_OF, in, 2, error);
    while (status == HS_OK && (status = db->ops->next(db, HS_SQL_MENTIONS_OF, v, 2, &row, error)) == HS_OK && row)
        HS_PUSH(a->arena, mentions, (mention){v[0].i, hs_str_copy(a->arena, v[1].s)});
    db->ops->finish(db, HS_SQL_MENTIONS_OF);
    for (size_t i = 0; i < mentions.n && status == HS_OK; i++) status = take_mention(a, b, &mentions.v[i], error);
    return status;
}

static void add_all(asking *a, hs_names *to, const hs_names *from) {
    for (size_t i = 0; i < from->n; i++) HS_PUSH(a->arena, *to, from->v[i]);
}

/* A surname's pages go to the one full name whose role they share; with none, or several, they stay by themselves. */
static void join_surnames(asking *a) {
    for (size_t i = 0; i < a->bearers.n; i++) {
        bearer *b = &a->bearers.v[i];
        bearer *full = NULL;
        size_t fits = 0;
        if (b->name.kind != HS_NAME_SINGLE) continue;
        for (size_t k = 0; k < a->bearers.n; k++) {
            bearer *other = &a->bearers.v[k];
            if (other->name.kind != HS_NAME_FULL || hs_names_alike(&other->name, &b->name, true) != HS_ALIKE_SAME)
                continue;
            full = other;
            fits++;
        }
        if (fits != 1) continue;
        for (size_t k = 0; k < b->claims.n; k++) HS_PUSH(a->arena, full->claims, b->claims.v[k]);
        for (size_t k = 0; k < b->roles.n; k++) add_role(a, full, b->roles.v[k]);
        add_all(a, &full->outlets, &b->outlets);
        add_all(a, &full->stances, &b->stances);
        add_all(a, &full->days, &b->days);
        full->person.n_pages += b->person.n_pages;
        full->person.n_denials += b->person.n_denials;
        b->claims.n = 0;
    }
}

/* Is it surely the one that was asked for, or only perhaps? */
static bool only_maybe(const asking *a, const bearer *b) {
    if (hs_str_eq(b->key, hs_str_of(a->name.key))) return false;
    size_t same = 0;
    for (size_t i = 0; i < a->bearers.n; i++)
        same += a->bearers.v[i].claims.n && hs_names_alike(&a->bearers.v[i].name, &a->name, false) == HS_ALIKE_SAME;
    return same != 1 || hs_names_alike(&b->name, &a->name, false) != HS_ALIKE_SAME;
}

static int by_sureness(const void *a, const void *b) {
    const hs_person *x = a, *y = b;
    if (x->maybe != y->maybe) return x->maybe - y->maybe;
    if (x->n_pages != y->n_pages) return x->n_pages > y->n_pages ? -1 : 1;
    size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
    int order = n ? memcmp(x->name.p, y->name.p, n) : 0;
    return order ? order : (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

static void finish(asking *a, hs_who *out) {
    out->v = HS_NEW(a->arena, hs_person, a->bearers.n + 1);
    for (size_t i = 0; i < a->bearers.n; i++) {
        bearer *b = &a->bearers.v[i];
        if (!b->claims.n) continue;
        hs_person *p = &out->v[out->n++];
        char id[HS_ID_LENGTH + 1];
        *p = b->person;
        hs_id_write(id, b->id);
        p->id = hs_str_copy(a->arena, (hs_str){id, HS_ID_LENGTH});
        p->name = b->shown;
        p->roles = b->roles.v;
        p->n_roles = b->roles.n;
        p->claims = b->claims.v;
        p->n_claims = b->claims.n < a->limit ? b->claims.n : a->limit;
        p->outlets = hs_names_count(&p->n_outlets, a->arena, &b->outlets, true, SIZE_MAX);
        p->stances = hs_names_count(&p->n_stances, a->arena, &b->stances, true, SIZE_MAX);
        p->days = hs_names_count(&p->n_days, a->arena, &b->days, false, SIZE_MAX);
        p->maybe = only_maybe(a, b);
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_sureness);
}

static hs_status fill(hs_answer *answer, hs_ledger *ledger, const void *given, hs_error *error) {
    const question *q = given;
    asking *a = HS_NEW(&answer->arena, asking, 1);
    *a = (asking){.ledger = ledger, .arena = &answer->arena, .held = {.ledger = ledger, .arena = &answer->arena}};
    a->limit = q->limit ? q->limit : USUAL_CLAIMS;
    if (a->limit > MOST_CLAIMS) a->limit = MOST_CLAIMS;
    hs_name_read(&a->name, hs_str_of(q->name), HS_ENTITY_UNKNOWN);
    if (a->name.kind < HS_NAME_SINGLE) { /* "maren", typed without a capital */
        char *typed = strdup(q->name);
        if (!typed) return hs_fail(error, HS_ERR_LIMIT, "no memory");
        for (char *c = typed; *c; c++)
            if ((c == typed || c[-1] == ' ') && *c >= 'a' && *c <= 'z') *c = (char)(*c - 32);
        hs_name_read(&a->name, hs_str_of(typed), HS_ENTITY_UNKNOWN);
        free(typed);
    }
    if (a->name.kind < HS_NAME_SINGLE) return hs_fail(error, HS_ERR_ARGUMENT, "\"%s\" is no name", q->name);
    hs_status status = find_bearers(a, error);
    for (size_t i = 0; i < a->bearers.n && status == HS_OK; i++) status = fill_bearer(a, &a->bearers.v[i], error);
    if (status != HS_OK) return status;
    join_surnames(a);
    finish(a, &answer->data.who);
    return answer->data.who.n ? HS_OK
                              : hs_fail(error, HS_ERR_MISSING, "%s: nobody of this name speaks in the ledger", q->name);
}

hs_status hs_ledger_who(hs_who **out, hs_ledger *ledger, const char *name, size_t limit, hs_error *error) {
    if (!out || !ledger || !name) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_who: an argument is missing");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, fill, &(question){name, limit}, error);
    *out = status == HS_OK ? &answer->data.who : NULL;
    return status;
}
