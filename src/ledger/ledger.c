/* Opening, transactions, ids, pages and their records: see ledger.h. */
#include "ledger/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* ---- opening ---- */

enum { INDEX_HELD = 96 << 20 }; /* all of the index of a ledger of a million claims */

void hs_ledger_options_init(hs_ledger_options *options) {
    if (options) *options = (hs_ledger_options){.size = sizeof *options, .max_memory = (size_t)1 << 30};
}

hs_status hs_ledger_open(hs_ledger **out, const char *location, const hs_ledger_options *options, hs_error *error) {
    if (!out) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_open: no place for the ledger");
    *out = NULL;
    hs_ledger_options o;
    hs_ledger_options_init(&o);
    if (!location || !*location) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_open: no location");
    if (options && options->size != sizeof o)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_open: options of another version");
    if (options) o = *options;
    hs_ledger *ledger = calloc(1, sizeof *ledger);
    if (!ledger) return hs_fail(error, HS_ERR_LIMIT, "no memory for a ledger");
    ledger->max_memory = o.max_memory;
    ledger->writable = o.write;
    ledger->location = hs_db_name(location);
    ledger->packer = ZSTD_createCCtx();
    ledger->unpacker = ZSTD_createDCtx();
    ledger->names = calloc(HS_KNOWN_NAMES, sizeof *ledger->names);
    hs_status status = hs_db_open(&ledger->db, location, o.write, error);
    if (status == HS_OK) {
        ledger->postings = hs_postings_new(ledger->db, INDEX_HELD);
        if (o.write) ledger->recent = hs_recent_new();
        if (o.write) ledger->pending = hs_pending_new();
        if (!ledger->location || !ledger->packer || !ledger->unpacker || !ledger->names || !ledger->postings ||
            (o.write && (!ledger->recent || !ledger->pending)))
            status = hs_fail(error, HS_ERR_LIMIT, "no memory for a ledger");
    }
    if (status != HS_OK) {
        hs_ledger_free(ledger);
        return status;
    }
    *out = ledger;
    return HS_OK;
}

void hs_ledger_free(hs_ledger *ledger) {
    if (!ledger) return;
    if (ledger->adding) hs_ledger_rollback(ledger);
    hs_postings_free(ledger->postings);
    hs_recent_free(ledger->recent);
    hs_pending_free(ledger->pending);
    hs_db_free(ledger->db);
    ZSTD_freeCCtx(ledger->packer);
    ZSTD_freeDCtx(ledger->unpacker);
    free(ledger->names);
    free(ledger->location);
    free(ledger);
}

/* ---- transactions ---- */

hs_status hs_ledger_begin(hs_ledger *ledger, hs_error *error) {
    if (!ledger || !ledger->writable || ledger->adding)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_begin: no ledger that can be written, or one that has begun");
    hs_status status = ledger->db->ops->begin(ledger->db, true, error);
    if (status != HS_OK) return status;
    hs_value v[2];
    bool row = false;
    ledger->adding = true;
    ledger->last_page = 0;
    ledger->next_claim = 1;
    status = ledger->db->ops->start(ledger->db, HS_SQL_PAGE_LAST, NULL, 0, error);
    if (status == HS_OK) status = ledger->db->ops->next(ledger->db, HS_SQL_PAGE_LAST, v, 2, &row, error);
    if (status == HS_OK && row) {
        ledger->last_page = v[0].i;
        ledger->next_claim = v[1].i;
    }
    ledger->db->ops->finish(ledger->db, HS_SQL_PAGE_LAST);
    if (ledger->last_page != ledger->seen_page) hs_recent_forget(ledger->recent);
    if (status == HS_OK) status = hs_postings_refresh(ledger->postings, error);
    if (status != HS_OK) hs_ledger_rollback(ledger);
    return status;
}

/* What was remembered of rows that have been rolled back. */
static void forget(hs_ledger *ledger) {
    hs_postings_forget(ledger->postings);
    hs_recent_forget(ledger->recent);
    hs_pending_forget(ledger->pending);
    memset(ledger->names, 0, HS_KNOWN_NAMES * sizeof *ledger->names);
}

hs_status hs_ledger_commit(hs_ledger *ledger, hs_error *error) {
    if (!ledger || !ledger->adding) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_commit: nothing has begun");
    hs_status status = hs_pending_write(ledger->pending, ledger->db, error);
    if (status == HS_OK) status = hs_postings_flush(ledger->postings, error);
    if (status == HS_OK) status = ledger->db->ops->end(ledger->db, true, error);
    else ledger->db->ops->end(ledger->db, false, NULL);
    if (status != HS_OK) forget(ledger);
    ledger->seen_page = ledger->last_page;
    ledger->adding = false;
    return status;
}

void hs_ledger_rollback(hs_ledger *ledger) {
    if (!ledger || !ledger->adding) return;
    ledger->db->ops->end(ledger->db, false, NULL);
    forget(ledger);
    ledger->adding = false;
}

hs_status hs_ledger_count(hs_ledger_counts *out, hs_ledger *ledger, hs_error *error) {
    if (!out || !ledger) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_count: an argument is missing");
    hs_value v[4] = {{0}};
    bool row;
    hs_status status = ledger->db->ops->start(ledger->db, HS_SQL_COUNTS, NULL, 0, error);
    if (status == HS_OK) status = ledger->db->ops->next(ledger->db, HS_SQL_COUNTS, v, 4, &row, error);
    ledger->db->ops->finish(ledger->db, HS_SQL_COUNTS);
    *out = (hs_ledger_counts){(size_t)v[0].i, (size_t)v[1].i, (size_t)v[2].i, (size_t)v[3].i};
    return status;
}

/* ---- pages ---- */

void hs_page_row_read(hs_page_row *out, const hs_value v[HS_PAGE_COLUMNS]) {
    *out = (hs_page_row){.id = v[0].i,
                         .uid = v[1].i,
                         .version = v[2].i,
                         .current = v[3].i,
                         .n_claims = v[11].i,
                         .first_claim = v[12].i,
                         .added = v[13].i};
    out->day = v[4].kind == HS_VALUE_INT ? v[4].i : HS_NO_DAY;
    out->path = v[5].s;
    out->url = v[6].s;
    out->outlet = v[7].s;
    out->title = v[8].s;
    out->published = v[9].s;
    out->credit = v[10].s;
    out->digest = v[14].s;
}

hs_status hs_page_row_one(hs_page_row *out, bool *found, hs_ledger *ledger, hs_sql sql, const hs_value *in, size_t n,
                          hs_arena *arena, hs_error *error) {
    hs_value v[HS_PAGE_COLUMNS];
    hs_status status = hs_db_one(ledger->db, sql, in, n, arena, v, HS_PAGE_COLUMNS, found, error);
    if (status == HS_OK && *found) hs_page_row_read(out, v);
    return status;
}

static hs_status damaged(const hs_ledger *ledger, hs_error *error) {
    return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged", ledger->location);
}

hs_status hs_page_json(hs_str *out, hs_ledger *ledger, int64_t page, hs_arena *arena, hs_error *error) {
    hs_value v;
    bool row;
    hs_status status = hs_db_one(ledger->db, HS_SQL_RECORD_GET, &HS_INT(page), 1, arena, &v, 1, &row, error);
    if (status != HS_OK) return status;
    if (!row) return damaged(ledger, error);
    unsigned long long size = ZSTD_getFrameContentSize(v.s.p, v.s.n);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > ledger->max_memory)
        return damaged(ledger, error);
    char *bytes = HS_NEW(arena, char, (size_t)size + 1);
    size_t got = ZSTD_decompressDCtx(ledger->unpacker, bytes, (size_t)size, v.s.p, v.s.n);
    if (ZSTD_isError(got) || got != size) return damaged(ledger, error);
    *out = (hs_str){bytes, got};
    return HS_OK;
}

hs_status hs_page_record(hs_read_record *out, hs_ledger *ledger, int64_t page, hs_arena *arena, hs_error *error) {
    hs_str json = {0};
    hs_status status = hs_page_json(&json, ledger, page, arena, error);
    if (status != HS_OK) return status;
    hs_error cause;
    if (hs_record_in(out, arena, (char *)json.p, json.n, &cause) != HS_OK) return damaged(ledger, error);
    return HS_OK;
}

/* ---- ids ---- */

/* Without letters that look alike (i, l, o, u). */
static const char DIGITS[] = "0123456789abcdefghjkmnpqrstvwxyz";

int64_t hs_uid_of(const hs_digest *digest) {
    return (int64_t)(hs_digest_number(digest) >> 4);
}

void hs_id_write(char out[HS_ID_LENGTH + 1], int64_t uid) {
    for (int i = HS_ID_LENGTH; i-- > 0; uid >>= 5) out[i] = DIGITS[uid & 31];
    out[HS_ID_LENGTH] = 0;
}

bool hs_id_range(int64_t *low, int64_t *high, hs_str id) {
    if (!id.n || id.n > HS_ID_LENGTH) return false;
    *low = *high = 0;
    for (size_t i = 0; i < HS_ID_LENGTH; i++) {
        char c = i < id.n ? id.p[i] : 0;
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        const char *digit = c ? strchr(DIGITS, c) : NULL;
        if (i < id.n && !digit) return false;
        *low = *low * 32 + (digit ? digit - DIGITS : 0);
        *high = *high * 32 + (digit ? digit - DIGITS : 31);
    }
    return true;
}

hs_digest hs_page_ident(hs_str url, hs_str path) {
    hs_digester d;
    hs_digest_start(&d);
    hs_digest_field(&d, url.n ? HS_STR("url") : HS_STR("path"));
    hs_digest_field(&d, url.n ? url : path);
    return hs_digest_end(&d);
}

hs_str hs_claim_id(hs_arena *arena, int64_t page_uid, hs_str own) {
    char page[HS_ID_LENGTH + 1];
    hs_buf buf = {0};
    hs_id_write(page, page_uid);
    hs_buf_add(arena, &buf, (hs_str){page, HS_ID_LENGTH});
    hs_buf_byte(arena, &buf, '.');
    hs_buf_add(arena, &buf, own);
    return hs_buf_str(&buf);
}

/* The page that the first part of an id names. */
static hs_status find_page(hs_page_row *row, hs_ledger *ledger, hs_str page, bool place, hs_str id, hs_arena *arena,
                           hs_error *error) {
    hs_value v[HS_PAGE_COLUMNS], second[HS_PAGE_COLUMNS];
    int64_t low, high;
    bool found = false, more = false;
    hs_status status;
    if (place) {
        hs_digest by_url = hs_page_ident(page, (hs_str){0});
        hs_value in[2] = {HS_BLOB(((hs_str){(const char *)by_url.v, HS_DIGEST_SIZE})), HS_TEXT(page)};
        status = hs_page_row_one(row, &found, ledger, HS_SQL_PAGE_BY_PLACE, in, 2, arena, error);
    } else if (!hs_id_range(&low, &high, page)) {
        return hs_fail(error, HS_ERR_MISSING, "%.*s: no claim has an id like this", (int)id.n, id.p);
    } else {
        hs_value in[2] = {HS_INT(low), HS_INT(high)};
        status = ledger->db->ops->start(ledger->db, HS_SQL_PAGE_BY_UID, in, 2, error);
        if (status == HS_OK)
            status = ledger->db->ops->next(ledger->db, HS_SQL_PAGE_BY_UID, v, HS_PAGE_COLUMNS, &found, error);
        if (status == HS_OK && found) {
            for (int i = 0; i < HS_PAGE_COLUMNS; i++) v[i].s = v[i].s.p ? hs_str_copy(arena, v[i].s) : v[i].s;
            hs_page_row_read(row, v);
            status = ledger->db->ops->next(ledger->db, HS_SQL_PAGE_BY_UID, second, HS_PAGE_COLUMNS, &more, error);
        }
        ledger->db->ops->finish(ledger->db, HS_SQL_PAGE_BY_UID);
    }
    if (status != HS_OK) return status;
    if (!found) return hs_fail(error, HS_ERR_MISSING, "%.*s: there is no such page in the ledger", (int)id.n, id.p);
    if (more) return hs_fail(error, HS_ERR_ARGUMENT, "%.*s: more than one page's id begins like this", (int)id.n, id.p);
    return HS_OK;
}

hs_status hs_claim_find(int64_t *claim, hs_ledger *ledger, hs_str id, hs_arena *arena, hs_error *error) {
    const char *hash = id.n ? memrchr(id.p, '#', id.n) : NULL, *point = id.n ? memchr(id.p, '.', id.n) : NULL;
    const char *cut = hash ? hash : point;
    if (!cut)
        return hs_fail(error, HS_ERR_ARGUMENT, "%.*s: no claim's id (PAGE.CLAIM, or PATH#CLAIM)", (int)id.n, id.p);
    hs_str page = {id.p, (size_t)(cut - id.p)}, own = hs_str_slice(id, page.n + 1, id.n);
    hs_page_row row = {0};
    hs_read_record read;
    hs_status status = find_page(&row, ledger, page, hash != NULL, id, arena, error);
    if (status == HS_OK) status = hs_page_record(&read, ledger, row.id, arena, error);
    if (status != HS_OK) return status;
    for (size_t i = 0; i < read.record.n_claims; i++) {
        if (!hs_str_eq(read.claim_ids[i], own)) continue;
        *claim = row.first_claim + (int64_t)i;
        return HS_OK;
    }
    return hs_fail(error, HS_ERR_MISSING, "%.*s: the page has no such claim", (int)id.n, id.p);
}
