/* Adding a page: its record as it came, its sketches, what is searched for, its entities, and what it has to do with the pages before it. */
#include <setjmp.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "ledger/ledger.h"

/* ---- what a page's content is, for telling a changed page from a known one ---- */

static void digest_number(hs_digester *d, size_t n) {
    hs_digest_field(d, (hs_str){(const char *)&n, sizeof n});
}

static void digest_spans(hs_digester *d, const hs_span *v, size_t n) {
    digest_number(d, n);
    for (size_t i = 0; i < n; i++) {
        digest_number(d, v[i].start);
        digest_number(d, v[i].end);
    }
}

static void digest_claim(hs_digester *d, const hs_claim *c, hs_str id) {
    hs_digest_field(d, id);
    digest_spans(d, c->source, c->n_source);
    digest_spans(d, c->cue, c->n_cue);
    digest_spans(d, c->content, c->n_content);
    const size_t numbers[] = {c->speaker, c->parent,     (size_t)c->manner, (size_t)c->stance,
                              c->hedged,  c->n_disputes, c->n_evidence};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) digest_number(d, numbers[i]);
    hs_digest_field(d, c->medium);
    for (size_t i = 0; i < c->n_disputes; i++) digest_number(d, c->disputes[i]);
    for (size_t i = 0; i < c->n_evidence; i++) {
        digest_spans(d, &c->evidence[i].mention, 1);
        digest_number(d, (size_t)c->evidence[i].kind);
        hs_digest_field(d, c->evidence[i].status);
    }
}

static void digest_entity(hs_digester *d, const hs_entity *e) {
    hs_digest_field(d, e->name);
    digest_number(d, (size_t)e->type);
    hs_digest_field(d, e->role);
    hs_digest_field(d, e->affiliation);
    digest_number(d, e->n_aliases);
    for (size_t i = 0; i < e->n_aliases; i++) hs_digest_field(d, e->aliases[i]);
}

/* All that a record says of its page but where the page was found and how sure the reader is. */
static hs_digest content_digest(const hs_read_record *read) {
    const hs_record *r = &read->record;
    hs_digester d;
    hs_digest_start(&d);
    const hs_str fields[] = {r->outlet, r->title, r->published, r->language, r->credit, r->text, r->why};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) hs_digest_field(&d, fields[i]);
    digest_number(&d, r->n_authors);
    for (size_t i = 0; i < r->n_authors; i++) hs_digest_field(&d, r->authors[i]);
    digest_number(&d, r->n_codes);
    for (size_t i = 0; i < r->n_codes; i++) {
        hs_digest_field(&d, r->codes[i].key);
        hs_digest_field(&d, r->codes[i].value);
    }
    digest_number(&d, r->n_comments);
    for (size_t i = 0; i < r->n_comments; i++) hs_digest_field(&d, r->comments[i].text);
    digest_number(&d, r->n_entities);
    for (size_t i = 0; i < r->n_entities; i++) digest_entity(&d, &r->entities[i]);
    digest_number(&d, r->has_claims ? r->n_claims : HS_NONE);
    for (size_t i = 0; i < r->n_claims; i++) digest_claim(&d, &r->claims[i], read->claim_ids[i]);
    return hs_digest_end(&d);
}

static int64_t page_uid(const hs_digest *ident, const hs_digest *content) {
    hs_digester d;
    hs_digest_start(&d);
    hs_digest_add(&d, (hs_str){(const char *)ident->v, HS_DIGEST_SIZE});
    hs_digest_add(&d, (hs_str){(const char *)content->v, HS_DIGEST_SIZE});
    hs_digest both = hs_digest_end(&d);
    return hs_uid_of(&both);
}

/* ---- storing ---- */

typedef struct adding {
    hs_ledger *ledger;
    hs_arena *arena;
    const hs_addition *addition;
    hs_read_record read;
    hs_page_sketch sketch;
    hs_str packed;
    int64_t page, first_claim;
    hs_error *error;
} adding;

#define RUN(a, sql, ...) HS_DB_RUN((a)->ledger->db, (sql), (a)->error, __VA_ARGS__)

/* Level 1: at this size a second of adding is spent elsewhere, and records still shrink to a third. */
static hs_status store_record(adding *a) {
    size_t room = ZSTD_compressBound(a->addition->n);
    char *packed = HS_NEW(a->arena, char, room + 1);
    size_t n = ZSTD_compressCCtx(a->ledger->packer, packed, room, a->addition->json, a->addition->n, 1);
    if (ZSTD_isError(n)) return hs_fail(a->error, HS_ERR_LIMIT, "no memory for packing a record");
    hs_status status = RUN(a, HS_SQL_RECORD_ADD, HS_INT(a->page), HS_BLOB(((hs_str){packed, n})));
    if (status != HS_OK) return status;
    a->packed = hs_sketch_pack(&a->sketch, a->arena);
    return RUN(a, HS_SQL_SKETCH_ADD, HS_INT(a->page), HS_INT(a->sketch.n ? a->first_claim : 0), HS_BLOB(a->packed));
}

static hs_status store_codes(adding *a) {
    hs_status status = HS_OK;
    for (size_t i = 0; i < a->read.record.n_codes && status == HS_OK; i++)
        status = RUN(a, HS_SQL_CODE_ADD, HS_TEXT(a->read.record.codes[i].value), HS_INT(a->page),
                     HS_TEXT(a->read.record.codes[i].key));
    return status;
}

static void add_words(adding *a, hs_buf *buf, hs_str words) {
    if (!words.n) return;
    if (buf->n) hs_buf_byte(a->arena, buf, ' ');
    hs_buf_add(a->arena, buf, words);
}

static hs_str speaker_words(adding *a, size_t i) {
    const hs_record *r = &a->read.record;
    const hs_claim *c = &r->claims[i];
    hs_buf buf = {0};
    hs_str shown = hs_str_of(a->sketch.claims[i].speaker.shown);
    add_words(a, &buf, shown);
    if (c->speaker < r->n_entities) {
        const hs_entity *e = &r->entities[c->speaker];
        if (!hs_str_eq(e->name, shown)) add_words(a, &buf, e->name);
        for (size_t k = 0; k < e->n_aliases; k++) add_words(a, &buf, e->aliases[k]);
    }
    for (size_t k = 0; k < c->n_source && c->speaker >= r->n_entities; k++)
        add_words(a, &buf, hs_str_slice(r->text, c->source[k].byte_start, c->source[k].byte_end));
    return hs_buf_str(&buf);
}

static hs_str content_words(adding *a, const hs_claim *c) {
    const hs_record *r = &a->read.record;
    if (c->n_content == 1) return hs_str_slice(r->text, c->content[0].byte_start, c->content[0].byte_end);
    hs_buf buf = {0};
    for (size_t k = 0; k < c->n_content; k++)
        add_words(a, &buf, hs_str_slice(r->text, c->content[k].byte_start, c->content[k].byte_end));
    return hs_buf_str(&buf);
}

static hs_str outlet_words(adding *a) {
    const hs_record *r = &a->read.record;
    hs_buf buf = {0};
    add_words(a, &buf, r->outlet);
    size_t scheme = hs_str_find(r->url, HS_STR("://"));
    if (scheme != HS_NONE) {
        hs_str host = hs_str_slice(r->url, scheme + 3, r->url.n);
        size_t end = hs_str_find(host, HS_STR("/"));
        add_words(a, &buf, end == HS_NONE ? host : hs_str_slice(host, 0, end));
    }
    return hs_buf_str(&buf);
}

static hs_status store_search(adding *a) {
    hs_str outlet = outlet_words(a);
    for (size_t i = 0; i < a->read.record.n_claims; i++) {
        const hs_claim *c = &a->read.record.claims[i];
        hs_buf label = {0};
        add_words(a, &label, hs_str_of(hs_stance_name(c->stance)));
        add_words(a, &label, hs_str_of(hs_manner_name(c->manner)));
        hs_status status = RUN(a, HS_SQL_SEARCH_ADD, HS_INT(a->first_claim + (int64_t)i), HS_TEXT(content_words(a, c)),
                               HS_TEXT(speaker_words(a, i)), HS_TEXT(outlet), HS_TEXT(hs_buf_str(&label)));
        if (status != HS_OK) return status;
    }
    return HS_OK;
}

/* ---- entities ---- */

enum { FORM_WHOLE = 0, FORM_LAST = 1, FORM_ACRONYM = 2, FORM_ALIAS = 3 };

static hs_status store_form(adding *a, hs_str form, int64_t entity, int via) {
    if (!form.n) return HS_OK;
    return RUN(a, HS_SQL_FORM_ADD, HS_TEXT(form), HS_INT(entity), HS_INT(via));
}

/* What a full name may be called by: its last word, a body's initials. */
static hs_status store_forms(adding *a, const hs_name *name, int64_t entity) {
    hs_str key = hs_str_of(name->key);
    hs_status status = store_form(a, key, entity, FORM_WHOLE);
    if (name->kind != HS_NAME_FULL || status != HS_OK) return status;
    const char *last = memrchr(key.p, ' ', key.n);
    if (last && !name->body)
        status = store_form(a, hs_str_slice(key, (size_t)(last - key.p) + 1, key.n), entity, FORM_LAST);
    char initials[16];
    size_t n = 0;
    for (size_t i = 0; i < key.n && n < sizeof initials; i++)
        if (i == 0 || key.p[i - 1] == ' ') initials[n++] = key.p[i];
    if (n >= 2 && status == HS_OK) status = store_form(a, (hs_str){initials, n}, entity, FORM_ACRONYM);
    return status;
}

/* Names are only ever added, and a name's id is made of it: what has been met once need not be looked up again. */
static hs_status store_entity(adding *a, const hs_name *name, int64_t *entity) {
    hs_str key = hs_str_of(name->key);
    hs_digest digest = hs_digest_of(key);
    *entity = hs_uid_of(&digest);
    int64_t *known = &a->ledger->names[(uint64_t)*entity % HS_KNOWN_NAMES];
    if (*known == *entity) return HS_OK;
    bool found;
    hs_value id, in = HS_TEXT(key);
    hs_status status = hs_db_one(a->ledger->db, HS_SQL_ENTITY_FIND, &in, 1, a->arena, &id, 1, &found, a->error);
    if (status == HS_OK && !found)
        status = RUN(a, HS_SQL_ENTITY_ADD, HS_INT(*entity), HS_TEXT(key), HS_TEXT(hs_str_of(name->shown)),
                     HS_INT(name->body));
    if (status == HS_OK && !found) status = store_forms(a, name, *entity);
    if (status == HS_OK) *known = *entity;
    return status;
}

static hs_str role_of(adding *a, const hs_claim *c) {
    const hs_record *r = &a->read.record;
    if (c->speaker >= r->n_entities) return (hs_str){0};
    const hs_entity *e = &r->entities[c->speaker];
    hs_buf buf = {0};
    add_words(a, &buf, e->role);
    if (e->role.n && e->affiliation.n) hs_buf_byte(a->arena, &buf, ',');
    add_words(a, &buf, e->affiliation);
    return buf.n ? hs_buf_str(&buf) : (hs_str){0};
}

static hs_status store_mention(adding *a, size_t i) {
    const hs_name *name = &a->sketch.claims[i].speaker;
    const hs_record *r = &a->read.record;
    const hs_claim *c = &r->claims[i];
    if (name->kind < HS_NAME_SINGLE || !name->key[0]) return HS_OK;
    int64_t entity;
    hs_status status = store_entity(a, name, &entity);
    if (status == HS_OK && !hs_pending_mention(a->ledger->pending, entity, a->page, role_of(a, c)))
        status = hs_fail(a->error, HS_ERR_LIMIT, "no memory for who is mentioned");
    for (size_t k = 0; status == HS_OK && c->speaker < r->n_entities && k < r->entities[c->speaker].n_aliases; k++) {
        hs_name alias;
        hs_name_read(&alias, r->entities[c->speaker].aliases[k], r->entities[c->speaker].type);
        bool other = alias.kind >= HS_NAME_SINGLE && !hs_str_eq(hs_str_of(alias.key), hs_str_of(name->key));
        if (other) status = store_form(a, hs_str_of(alias.key), entity, FORM_ALIAS);
    }
    return status;
}

/* A speaker that several claims of a page have is stored once. */
static hs_status store_mentions(adding *a) {
    for (size_t i = 0; i < a->sketch.n; i++) {
        bool seen = false;
        for (size_t k = i; k-- > 0 && i - k <= 64 && !seen;)
            seen = hs_str_eq(hs_str_of(a->sketch.claims[i].speaker.key), hs_str_of(a->sketch.claims[k].speaker.key)) &&
                   a->read.record.claims[i].speaker == a->read.record.claims[k].speaker;
        hs_status status = seen ? HS_OK : store_mention(a, i);
        if (status != HS_OK) return status;
    }
    return HS_OK;
}

/* ---- a page ---- */

static hs_str bytes_of(const hs_digest *digest) {
    return (hs_str){(const char *)digest->v, HS_DIGEST_SIZE};
}

static hs_status store_page(adding *a, hs_added *out) {
    const hs_record *r = &a->read.record;
    hs_digest ident = hs_page_ident(r->url, r->path), content = content_digest(&a->read);
    int64_t uid = page_uid(&ident, &content);
    hs_page_row latest = {0}, same;
    bool known, versions;
    hs_value range[2] = {HS_INT(uid), HS_INT(uid)}, key = HS_BLOB(bytes_of(&ident));
    hs_status status = hs_page_row_one(&same, &known, a->ledger, HS_SQL_PAGE_BY_UID, range, 2, a->arena, a->error);
    if (status != HS_OK) return status;
    *out = HS_ADDED_KNOWN;
    if (known) return HS_OK;
    status = hs_page_row_one(&latest, &versions, a->ledger, HS_SQL_PAGE_LATEST, &key, 1, a->arena, a->error);
    if (status != HS_OK) return status;
    *out = versions ? HS_ADDED_CHANGED : HS_ADDED_NEW;
    if (versions) status = RUN(a, HS_SQL_PAGE_RETIRE, HS_INT(latest.id));
    if (versions && status == HS_OK) status = RUN(a, HS_SQL_SKETCH_RETIRE, HS_INT(latest.id));
    if (versions) hs_recent_drop(a->ledger->recent, latest.id);
    if (status != HS_OK) return status;
    a->page = a->ledger->last_page + 1;
    a->first_claim = a->ledger->next_claim;
    int32_t day = hs_day_of(r->published);
    return RUN(a, HS_SQL_PAGE_ADD, HS_INT(a->page), HS_INT(uid), key, HS_BLOB(bytes_of(&content)),
               HS_INT(versions ? latest.version + 1 : 1), day == HS_NO_DAY ? (hs_value){0} : HS_INT(day),
               HS_TEXT(r->path), HS_TEXT(r->url), HS_TEXT(r->outlet), HS_TEXT(r->title), HS_TEXT(r->published),
               HS_TEXT(r->credit), HS_INT(r->n_claims), HS_INT(a->first_claim), HS_INT(time(NULL)));
}

static hs_status store_all(adding *a, hs_added *out) {
    hs_status status = store_page(a, out);
    if (status != HS_OK || *out == HS_ADDED_KNOWN) return status;
    hs_sketch_make(&a->sketch, a->arena, &a->read);
    status = store_record(a);
    if (status == HS_OK) status = store_codes(a);
    if (status == HS_OK) status = store_search(a);
    if (status == HS_OK) status = store_mentions(a);
    if (status == HS_OK)
        status =
            hs_relate(a->ledger, a->arena,
                      &(hs_relating){a->page, a->first_claim, &a->sketch, a->packed, a->read.record.text}, a->error);
    if (status != HS_OK) return status;
    a->ledger->last_page = a->page;
    a->ledger->next_claim += (int64_t)a->read.record.n_claims;
    return HS_OK;
}

static hs_status add_in(hs_arena *arena, hs_ledger *ledger, const hs_addition *addition, hs_added *out,
                        hs_error *error) {
    adding *a = HS_NEW(arena, adding, 1);
    *a = (adding){.ledger = ledger, .arena = arena, .addition = addition, .error = error};
    char *bytes = HS_NEW(arena, char, addition->n + 1);
    memcpy(bytes, addition->json, addition->n);
    hs_status status = hs_record_in(&a->read, arena, bytes, addition->n, error);
    if (status != HS_OK) return status;
    ledger->touched = true;
    return store_all(a, out);
}

static hs_status add(hs_added *out, hs_ledger *ledger, const hs_addition *addition, hs_error *error) {
    hs_arena *arena = malloc(sizeof *arena);
    if (!arena) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    hs_error cause = {0};
    hs_status status;
    ledger->touched = false;
    hs_arena_init(arena, ledger->max_memory);
    if (setjmp(arena->full)) {
        status = hs_fail(&cause, HS_ERR_LIMIT, "needs more memory than the limit of %zu MiB", ledger->max_memory >> 20);
    } else {
        status = add_in(arena, ledger, addition, out, &cause);
    }
    if (status != HS_OK && ledger->touched) hs_ledger_rollback(ledger);
    if (status != HS_OK && addition->name) status = hs_fail(error, status, "%s: %s", addition->name, cause.message);
    else if (status != HS_OK && error) *error = cause;
    hs_arena_free(arena);
    free(arena);
    return status;
}

hs_status hs_ledger_add(hs_added *out, hs_ledger *ledger, const hs_addition *addition, hs_error *error) {
    if (!out || !ledger || !addition || !addition->json)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_add: an argument is missing");
    if (ledger->adding) return add(out, ledger, addition, error);
    hs_status status = hs_ledger_begin(ledger, error);
    if (status == HS_OK) status = add(out, ledger, addition, error);
    if (!ledger->adding) return status;
    if (status == HS_OK) return hs_ledger_commit(ledger, error);
    hs_ledger_rollback(ledger);
    return status;
}
