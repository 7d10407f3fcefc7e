/* A ledger in one SQLite file: see db.h. WAL, so that readers and one writer do not wait for each other; a writer waits for another one. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/db.h"

enum {
    PATIENCE = 120 * 1000, /* ms */
    RETRY = 5,             /* ms */
    CACHE_KIB = 48 * 1024,
    WRITER_CACHE_KIB = 64 * 1024,
    CHECKPOINT_PAGES = 16000,
    APPLICATION_ID = 0x68736179 /* "hsay" */
};

/* Numbered migrations: the n-th brings a ledger from version n to n + 1. Never change one that has been released. */
static const char *const MIGRATIONS[HS_SCHEMA_VERSION] = {
    "CREATE TABLE page (id INTEGER PRIMARY KEY, uid INTEGER NOT NULL UNIQUE, ident BLOB NOT NULL, digest BLOB NOT NULL,"
    " version INTEGER NOT NULL, current INTEGER NOT NULL, day INTEGER, path TEXT, url TEXT, outlet TEXT, title TEXT,"
    " published TEXT, credit TEXT, n_claims INTEGER NOT NULL, first_claim INTEGER NOT NULL, added INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX page_ident ON page (ident, version);"
    "CREATE INDEX page_path ON page (path);"
    "CREATE INDEX page_first ON page (first_claim) WHERE n_claims > 0;"
    "CREATE TABLE record (page INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE sketch (page INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE code (value TEXT NOT NULL, page INTEGER NOT NULL, kind TEXT, PRIMARY KEY (value, page)) WITHOUT "
    "ROWID;"
    "CREATE VIRTUAL TABLE claim_search USING fts5(content, speaker, outlet, label, content='', columnsize=0,"
    " tokenize='porter unicode61 remove_diacritics 2');"
    "CREATE TABLE edge (a INTEGER NOT NULL, b INTEGER NOT NULL, kind INTEGER NOT NULL, score INTEGER NOT NULL,"
    " PRIMARY KEY (a, b)) WITHOUT ROWID;"
    "CREATE TABLE copy (a INTEGER NOT NULL, b INTEGER NOT NULL, share_a INTEGER NOT NULL, share_b INTEGER NOT NULL,"
    " PRIMARY KEY (a, b)) WITHOUT ROWID;"
    "CREATE TABLE segment (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, n INTEGER NOT NULL, fences BLOB NOT NULL,"
    " bloom BLOB NOT NULL);"
    "CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE entity (id INTEGER PRIMARY KEY, name_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind INTEGER NOT "
    "NULL);"
    "CREATE TABLE form (form TEXT NOT NULL, entity INTEGER NOT NULL, via INTEGER NOT NULL, PRIMARY KEY (form, entity))"
    " WITHOUT ROWID;"
    "CREATE TABLE mention (entity INTEGER NOT NULL, page INTEGER NOT NULL, role TEXT, PRIMARY KEY (entity, page)) "
    "WITHOUT ROWID;"
    "CREATE TABLE note (id INTEGER PRIMARY KEY, uid INTEGER NOT NULL UNIQUE, claim INTEGER NOT NULL, body TEXT NOT "
    "NULL,"
    " verdict INTEGER, link TEXT, author TEXT, reply_to INTEGER, made INTEGER NOT NULL);"
    "CREATE INDEX note_claim ON note (claim);"
    "CREATE VIRTUAL TABLE note_search USING fts5(body, content='', tokenize='porter unicode61 remove_diacritics 2');",
    "DROP TABLE sketch;" /* empty: see HS_SCHEMA_OLDEST */
    "CREATE TABLE sketch (page INTEGER PRIMARY KEY, first_claim INTEGER NOT NULL, data BLOB NOT NULL);"
    "ALTER TABLE note ADD COLUMN state INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX note_state ON note (state, id);",
};

typedef struct lite {
    hs_db db;
    sqlite3 *handle;
    sqlite3_stmt *statements[HS_SQL_COUNT];
    char *path;
} lite;

/* What went wrong, as one line; a damaged file and one of another kind are told apart from what may pass. */
static hs_status fail(const lite *l, hs_error *error) {
    int code = sqlite3_errcode(l->handle);
    const char *message = sqlite3_errmsg(l->handle);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return hs_fail(error, HS_ERR_IO, "%s: another process holds the ledger locked", l->path);
    case SQLITE_FULL: return hs_fail(error, HS_ERR_IO, "%s: the disk is full", l->path);
    case SQLITE_READONLY: return hs_fail(error, HS_ERR_IO, "%s: the ledger cannot be written", l->path);
    case SQLITE_NOTADB: return hs_fail(error, HS_ERR_FORMAT, "%s: not a ledger", l->path);
    case SQLITE_CORRUPT: return hs_fail(error, HS_ERR_FORMAT, "%s: the ledger is damaged (%s)", l->path, message);
    case SQLITE_CANTOPEN: return hs_fail(error, HS_ERR_MISSING, "%s: cannot be opened", l->path);
    case SQLITE_NOMEM: return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", l->path);
    default: return hs_fail(error, HS_ERR_IO, "%s: %s", l->path, message);
    }
}

static hs_status execute(lite *l, const char *sql, hs_error *error) {
    return sqlite3_exec(l->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? HS_OK : fail(l, error);
}

static hs_status pragma_number(lite *l, const char *sql, int64_t *out, hs_error *error) {
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(l->handle, sql, -1, &s, NULL) != SQLITE_OK) return fail(l, error);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) *out = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? HS_OK : fail(l, error);
}

static hs_status lite_begin(hs_db *db, bool write, hs_error *error) {
    return execute((lite *)db, write ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

/* A transaction that cannot be committed is rolled back: nothing of it stays. */
static hs_status lite_end(hs_db *db, bool commit, hs_error *error) {
    lite *l = (lite *)db;
    hs_status status = commit ? execute(l, "COMMIT", error) : HS_OK;
    if (!sqlite3_get_autocommit(l->handle)) sqlite3_exec(l->handle, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static hs_status bind(const lite *l, sqlite3_stmt *s, int at, const hs_value *v, hs_error *error) {
    int code = SQLITE_OK;
    switch (v->kind) {
    case HS_VALUE_NULL: code = sqlite3_bind_null(s, at); break;
    case HS_VALUE_INT: code = sqlite3_bind_int64(s, at, v->i); break;
    case HS_VALUE_TEXT: code = sqlite3_bind_text64(s, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8); break;
    case HS_VALUE_BLOB: code = sqlite3_bind_blob64(s, at, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC); break;
    }
    return code == SQLITE_OK ? HS_OK : fail(l, error);
}

static hs_status lite_start(hs_db *db, hs_sql sql, const hs_value *in, size_t n, hs_error *error) {
    lite *l = (lite *)db;
    sqlite3_stmt **s = &l->statements[sql];
    if (!*s && sqlite3_prepare_v3(l->handle, hs_sql_texts[sql], -1, SQLITE_PREPARE_PERSISTENT, s, NULL) != SQLITE_OK)
        return fail(l, error);
    hs_status status = HS_OK;
    for (size_t i = 0; i < n && status == HS_OK; i++) status = bind(l, *s, (int)i + 1, &in[i], error);
    return status;
}

static hs_status lite_next(hs_db *db, hs_sql sql, hs_value *out, size_t n, bool *row, hs_error *error) {
    lite *l = (lite *)db;
    sqlite3_stmt *s = l->statements[sql];
    int code = sqlite3_step(s);
    *row = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE) return fail(l, error);
    for (size_t i = 0; *row && i < n; i++) {
        int at = (int)i, type = sqlite3_column_type(s, at);
        out[i] = (hs_value){.kind = HS_VALUE_NULL};
        if (type == SQLITE_INTEGER) {
            out[i] = HS_INT(sqlite3_column_int64(s, at));
        } else if (type != SQLITE_NULL) {
            const void *p = type == SQLITE_BLOB ? sqlite3_column_blob(s, at) : sqlite3_column_text(s, at);
            out[i].kind = type == SQLITE_BLOB ? HS_VALUE_BLOB : HS_VALUE_TEXT;
            out[i].s = (hs_str){p ? p : "", (size_t)sqlite3_column_bytes(s, at)};
        }
    }
    return HS_OK;
}

static void lite_finish(hs_db *db, hs_sql sql) {
    lite *l = (lite *)db;
    if (!l->statements[sql]) return;
    sqlite3_reset(l->statements[sql]);
    sqlite3_clear_bindings(l->statements[sql]);
}

/* Every word in quotation marks, so that none of it can be an operator of FTS5. */
static hs_str lite_match(hs_arena *arena, const hs_match_part *parts, size_t n) {
    static const char *const columns[HS_FIELD_COUNT] = {"content", "speaker", "outlet", "label", "body"};
    hs_buf buf = {0};
    for (size_t i = 0; i < n; i++) {
        if (!parts[i].n) continue;
        if (buf.n) hs_buf_add(arena, &buf, HS_STR(" AND "));
        hs_buf_add(arena, &buf, hs_str_of(columns[parts[i].field]));
        hs_buf_add(arena, &buf, HS_STR(" : \""));
        for (size_t k = 0; k < parts[i].n; k++) {
            if (k) hs_buf_byte(arena, &buf, ' ');
            for (size_t c = 0; c < parts[i].words[k].n; c++)
                hs_buf_byte(arena, &buf, parts[i].words[k].p[c] == '"' ? ' ' : parts[i].words[k].p[c]);
        }
        hs_buf_byte(arena, &buf, '"');
    }
    return hs_buf_str(&buf);
}

static void lite_free(hs_db *db) {
    lite *l = (lite *)db;
    for (int i = 0; i < HS_SQL_COUNT; i++) sqlite3_finalize(l->statements[i]);
    sqlite3_close(l->handle);
    free(l->path);
    free(l);
}

static const hs_db_ops OPS = {lite_begin, lite_end, lite_start, lite_next, lite_finish, lite_match, lite_free};

/* Another process may migrate at the same time: what version the ledger has is asked again under the lock. */
static hs_status migrate(lite *l, hs_error *error) {
    int64_t version = 0;
    hs_status status = lite_begin(&l->db, true, error);
    if (status != HS_OK) return status;
    status = pragma_number(l, "PRAGMA user_version", &version, error);
    for (; status == HS_OK && version < HS_SCHEMA_VERSION; version++) status = execute(l, MIGRATIONS[version], error);
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID,
             HS_SCHEMA_VERSION);
    if (status == HS_OK) status = execute(l, sql, error);
    hs_status ended = lite_end(&l->db, status == HS_OK, error);
    return status == HS_OK ? ended : status;
}

/* Whose file this is: a ledger of this or an older version; an empty one, to be made; or something else, which stays untouched. */
static hs_status check_file(lite *l, bool write, hs_error *error) {
    int64_t id = 0, version = 0, tables = 0;
    hs_status status = pragma_number(l, "SELECT count(*) FROM sqlite_master", &tables, error);
    if (status == HS_OK) status = pragma_number(l, "PRAGMA application_id", &id, error);
    if (status == HS_OK) status = pragma_number(l, "PRAGMA user_version", &version, error);
    if (status != HS_OK) return status;
    if (tables && id != APPLICATION_ID) return hs_fail(error, HS_ERR_FORMAT, "%s: not a ledger", l->path);
    status = hs_db_check_version(l->path, version, error);
    if (status != HS_OK || version == HS_SCHEMA_VERSION) return status;
    if (!write && !tables) return hs_fail(error, HS_ERR_EMPTY, "%s: an empty ledger", l->path);
    return migrate(l, error);
}

/* WAL, kept in the file. Several processes that make a ledger at once would each turn a lock for reading into one for writing; SQLite
 * answers that with "busy" at once, without the patience set for all else (busy handlers are not asked where waiting could lock up for
 * good: sqlite.org/c3ref/busy_handler.html), so the waiting is done here. */
static hs_status turn_to_wal(lite *l, hs_error *error) {
    int code = SQLITE_BUSY;
    for (int waited = 0; code == SQLITE_BUSY && waited < PATIENCE; waited += RETRY) {
        if (waited) sqlite3_sleep(RETRY);
        code = sqlite3_exec(l->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) & 0xFF;
    }
    return code == SQLITE_OK ? HS_OK : fail(l, error);
}

static hs_status set_up(lite *l, bool write, hs_error *error) {
    char sql[256];
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF",
             write ? WRITER_CACHE_KIB : CACHE_KIB);
    sqlite3_busy_timeout(l->handle, PATIENCE);
    hs_status status = check_file(l, write, error);
    if (status == HS_OK) status = execute(l, sql, error);
    snprintf(sql, sizeof sql, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = %d", CHECKPOINT_PAGES);
    if (status == HS_OK && write) status = execute(l, sql, error);
    return status;
}

hs_status hs_db_open_sqlite(hs_db **out, const char *path, bool write, hs_error *error) {
    struct stat st;
    *out = NULL;
    if (!write && stat(path, &st) != 0) return hs_fail(error, HS_ERR_MISSING, "%s: %s", path, strerror(errno));
    lite *l = calloc(1, sizeof *l);
    char *copy = strdup(path);
    if (!l || !copy) {
        free(l);
        free(copy);
        return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", path);
    }
    *l = (lite){.db = {&OPS}, .path = copy};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (write ? SQLITE_OPEN_CREATE : 0);
    hs_status status = HS_OK;
    if (sqlite3_open_v2(path, &l->handle, flags, NULL) != SQLITE_OK) status = fail(l, error);
    /* Both are kept in the file, and must be set before the first table is made. */
    if (status == HS_OK && write && stat(path, &st) == 0 && st.st_size == 0)
        status = execute(l, "PRAGMA page_size = 8192", error);
    if (status == HS_OK) {
        sqlite3_busy_timeout(l->handle, PATIENCE);
        if (write) {
            int64_t id = 0, tables = 0; /* a file that is no ledger is not even turned to WAL */
            status = pragma_number(l, "SELECT count(*) FROM sqlite_master", &tables, error);
            if (status == HS_OK) status = pragma_number(l, "PRAGMA application_id", &id, error);
            if (status == HS_OK && (!tables || id == APPLICATION_ID)) status = turn_to_wal(l, error);
        }
    }
    if (status == HS_OK) status = set_up(l, write, error);
    if (status != HS_OK) {
        lite_free(&l->db);
        return status;
    }
    *out = &l->db;
    return HS_OK;
}
