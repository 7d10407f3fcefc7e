/* A ledger on a PostgreSQL server: see db.h. The same statements as for SQLite; the server's own full-text search and indexes. Whoever writes
 * holds a lock of the ledger for the length of the transaction, so that ids are given out one after another; readers wait for nobody.
 *
 * While writing, statements that give no rows are sent without waiting for their answers (libpq's pipeline mode), which are read before the
 * next rows are: a page costs a few round trips instead of one a row. What goes wrong then shows a little later, at the commit at last. */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/db.h"

enum { MOST_PARAMETERS = 16, MOST_WAITING = 500, LOCK_KEY = 0x68736179 /* "hsay" */ };

/* As db_sqlite.c has them. */
static const char *const MIGRATIONS[HS_SCHEMA_VERSION] = {
    "CREATE TABLE page (id BIGINT PRIMARY KEY, uid BIGINT NOT NULL UNIQUE, ident BYTEA NOT NULL, digest BYTEA NOT NULL,"
    " version BIGINT NOT NULL, current BIGINT NOT NULL, day BIGINT, path TEXT, url TEXT, outlet TEXT, title TEXT,"
    " published TEXT, credit TEXT, n_claims BIGINT NOT NULL, first_claim BIGINT NOT NULL, added BIGINT NOT NULL);"
    "CREATE UNIQUE INDEX page_ident ON page (ident, version);"
    "CREATE INDEX page_path ON page USING hash (path);"
    "CREATE INDEX page_first ON page (first_claim) WHERE n_claims > 0;"
    "CREATE TABLE record (page BIGINT PRIMARY KEY, data BYTEA NOT NULL);"
    "CREATE TABLE sketch (page BIGINT PRIMARY KEY, data BYTEA NOT NULL);"
    "ALTER TABLE record ALTER data SET STORAGE EXTERNAL;"
    "CREATE TABLE code (value TEXT NOT NULL, page BIGINT NOT NULL, kind TEXT, PRIMARY KEY (value, page));"
    "CREATE TABLE claim_search (claim BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);"
    "CREATE INDEX claim_search_words ON claim_search USING gin (words);"
    "CREATE TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, kind BIGINT NOT NULL, score BIGINT NOT NULL, PRIMARY KEY "
    "(a, b));"
    "CREATE TABLE copy (a BIGINT NOT NULL, b BIGINT NOT NULL, share_a BIGINT NOT NULL, share_b BIGINT NOT NULL, "
    "PRIMARY KEY (a, b));"
    "CREATE TABLE segment (id BIGINT PRIMARY KEY, level BIGINT NOT NULL, n BIGINT NOT NULL, fences BYTEA NOT NULL,"
    " bloom BYTEA NOT NULL);"
    "CREATE TABLE block (id BIGINT PRIMARY KEY, data BYTEA NOT NULL);"
    "CREATE TABLE entity (id BIGINT PRIMARY KEY, name_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind BIGINT NOT "
    "NULL);"
    "CREATE TABLE form (form TEXT NOT NULL, entity BIGINT NOT NULL, via BIGINT NOT NULL, PRIMARY KEY (form, entity));"
    "CREATE TABLE mention (entity BIGINT NOT NULL, page BIGINT NOT NULL, role TEXT, PRIMARY KEY (entity, page));"
    "CREATE TABLE note (id BIGSERIAL PRIMARY KEY, uid BIGINT NOT NULL UNIQUE, claim BIGINT NOT NULL, body TEXT NOT "
    "NULL,"
    " verdict BIGINT, link TEXT, author TEXT, reply_to BIGINT, made BIGINT NOT NULL);"
    "CREATE INDEX note_claim ON note (claim);"
    "CREATE TABLE note_search (note BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);"
    "CREATE INDEX note_search_words ON note_search USING gin (words);",
    "DROP TABLE sketch;" /* empty: see HS_SCHEMA_OLDEST */
    "CREATE TABLE sketch (page BIGINT PRIMARY KEY, first_claim BIGINT NOT NULL, data BYTEA NOT NULL);"
    "ALTER TABLE note ADD COLUMN state BIGINT NOT NULL DEFAULT 0;"
    "CREATE INDEX note_state ON note (state, id);",
};

/* Words are weighed to tell their fields apart: A content, B speaker, C outlet, D label. Where SQLite's text does not do. */
static const char *const OWN_TEXTS[HS_SQL_COUNT] = {
    [HS_SQL_SEARCH_ADD] = ("INSERT INTO claim_search (claim, words) VALUES (?1, setweight(to_tsvector('english', "
                           "coalesce(left(?2, 200000), '')), 'A') ||"
                           " setweight(to_tsvector('english', coalesce(left(?3, 20000), '')), 'B') ||"
                           " setweight(to_tsvector('english', coalesce(left(?4, 2000), '')), 'C') ||"
                           " setweight(to_tsvector('english', coalesce(?5, '')), 'D'))"),
    [HS_SQL_SEARCH] =
        ("SELECT claim FROM claim_search WHERE words @@ hearsay_query(?1) ORDER BY claim DESC LIMIT 4000"),
    [HS_SQL_NOTE_SEARCH_ADD] = ("INSERT INTO note_search (note, words) VALUES ((SELECT id FROM note WHERE uid = ?1), "
                                "to_tsvector('english', left(?2, 200000)))"),
    [HS_SQL_NOTE_SEARCH] =
        ("SELECT DISTINCT claim FROM note WHERE id IN (SELECT note FROM note_search WHERE words @@ hearsay_query(?1))"
         " ORDER BY claim DESC LIMIT 1000"),
};

/* What each parameter is: i a number, t text, b bytes. SQLite tells them apart by itself; the server has to be told. */
static const char *const TYPES[HS_SQL_COUNT] = {
    [HS_SQL_PAGE_LATEST] = "b",     [HS_SQL_PAGE_RETIRE] = "i",      [HS_SQL_PAGE_ADD] = "iibbiittttttiii",
    [HS_SQL_PAGE_GET] = "i",        [HS_SQL_PAGE_OF_CLAIM] = "i",    [HS_SQL_PAGE_BY_UID] = "ii",
    [HS_SQL_PAGE_BY_PLACE] = "bt",  [HS_SQL_PAGE_ALL] = "i",         [HS_SQL_PAGE_VERSIONS] = "i",
    [HS_SQL_RECORD_ADD] = "ib",     [HS_SQL_RECORD_GET] = "i",       [HS_SQL_SKETCH_ADD] = "iib",
    [HS_SQL_SKETCH_GET] = "i",      [HS_SQL_CODE_ADD] = "tit",       [HS_SQL_CODE_FIND] = "t",
    [HS_SQL_SEARCH_ADD] = "itttt",  [HS_SQL_SEARCH] = "t",           [HS_SQL_EDGE_ADD] = "iiii",
    [HS_SQL_EDGES_OF] = "i",        [HS_SQL_COPY_ADD] = "iiii",      [HS_SQL_COPIES_OF] = "i",
    [HS_SQL_SEGMENT_ADD] = "iiibb", [HS_SQL_SEGMENT_ALL] = "i",      [HS_SQL_SEGMENT_DROP] = "i",
    [HS_SQL_BLOCK_ADD] = "ib",      [HS_SQL_BLOCK_GET] = "i",        [HS_SQL_BLOCK_DROP] = "ii",
    [HS_SQL_ENTITY_FIND] = "t",     [HS_SQL_ENTITY_ADD] = "itti",    [HS_SQL_ENTITY_GET] = "i",
    [HS_SQL_FORM_ADD] = "tii",      [HS_SQL_FORM_FIND] = "t",        [HS_SQL_MENTION_ADD] = "iit",
    [HS_SQL_MENTIONS_OF] = "ii",    [HS_SQL_NOTE_ADD] = "iitittiii", [HS_SQL_NOTE_SEARCH_ADD] = "it",
    [HS_SQL_NOTE_BY_UID] = "ii",    [HS_SQL_NOTES_OF] = "ii",        [HS_SQL_NOTE_SEARCH] = "t",
    [HS_SQL_PAGE_NEWEST] = "iii",   [HS_SQL_NOTES_ALL] = "i",        [HS_SQL_NOTE_DECIDE] = "ii",
    [HS_SQL_CLAIM_PAGE] = "i",      [HS_SQL_SKETCH_RETIRE] = "i",
};

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

typedef struct cursor {
    bool prepared;
    PGresult *rows;
    int at;
} cursor;

typedef struct pg {
    hs_db db;
    PGconn *connection;
    char *name;
    cursor cursors[HS_SQL_COUNT];
    bool writing, pipelined; /* pipelined: since the transaction's first statement */
    size_t n_waiting;        /* statements whose answers have not been read */
    hs_error broken;         /* what the transaction failed of; no message: nothing */
} pg;

/* The server's message in one line, with the ledger's name but without its password. */
static hs_status fail(const pg *p, const PGresult *result, hs_error *error) {
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    hs_str s = hs_str_trim(hs_str_of(message ? message : PQerrorMessage(p->connection)));
    size_t line = hs_str_find(s, HS_STR("\n"));
    if (line != HS_NONE) s.n = line;
    hs_status code = state && memcmp(state, "53", 2) == 0   ? HS_ERR_IO
                     : state && memcmp(state, "42", 2) == 0 ? HS_ERR_FORMAT
                                                            : HS_ERR_IO;
    return hs_fail(error, code, "%s: %.*s", p->name, (int)(s.n < 400 ? s.n : 400), s.p ? s.p : "");
}

static hs_status execute(pg *p, const char *sql, hs_error *error) {
    PGresult *result = PQexec(p->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    hs_status ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? HS_OK : fail(p, result, error);
    PQclear(result);
    return ok;
}

static hs_status pg_begin(hs_db *db, bool write, hs_error *error) {
    pg *p = (pg *)db;
    hs_status status = execute(p, write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT pg_advisory_xact_lock(%d)", LOCK_KEY);
    if (status == HS_OK && write && (status = execute(p, sql, error)) != HS_OK)
        PQclear(PQexec(p->connection, "ROLLBACK"));
    p->writing = status == HS_OK && write;
    p->broken = (hs_error){0};
    return status;
}

static void pg_finish(hs_db *db, hs_sql sql) {
    cursor *c = &((pg *)db)->cursors[sql];
    PQclear(c->rows);
    c->rows = NULL;
}

/* Reads the answers of all statements that have been sent; the last one's rows go to *rows. After an error the transaction is lost, and what
 * was to be prepared behind it is not. */
static hs_status read_answers(pg *p, PGresult **rows, hs_error *error) {
    hs_error cause = {0};
    hs_status status = PQpipelineSync(p->connection) ? HS_OK : fail(p, NULL, &cause);
    size_t n = status == HS_OK ? p->n_waiting : 0;
    p->n_waiting = 0;
    for (size_t i = 0; i < n; i++) {
        PGresult *result = PQgetResult(p->connection), *end;
        ExecStatusType kind = PQresultStatus(result);
        if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK && status == HS_OK) status = fail(p, result, &cause);
        if (rows && i + 1 == n) *rows = result;
        else PQclear(result);
        while (result && (end = PQgetResult(p->connection))) PQclear(end);
    }
    if (n) PQclear(PQgetResult(p->connection)); /* of the sync */
    if (status == HS_OK) return HS_OK;
    for (int i = 0; i < HS_SQL_COUNT; i++) p->cursors[i].prepared = false;
    p->broken = cause;
    if (error) *error = cause;
    return status;
}

/* Out of the pipeline; what was prepared behind an error is not known to be there, so all is forgotten. */
static hs_status leave_pipeline(pg *p, hs_error *error) {
    hs_error cause = p->broken;
    hs_status status = cause.code;
    if (p->n_waiting && status == HS_OK) status = read_answers(p, NULL, &cause);
    if (p->pipelined && !PQexitPipelineMode(p->connection) && status == HS_OK) status = fail(p, NULL, &cause);
    if (status != HS_OK) PQclear(PQexec(p->connection, "ROLLBACK"));
    if (status != HS_OK) PQclear(PQexec(p->connection, "DEALLOCATE ALL"));
    if (status != HS_OK && error) *error = cause;
    p->writing = p->pipelined = false;
    return status;
}

static hs_status pg_end(hs_db *db, bool commit, hs_error *error) {
    pg *p = (pg *)db;
    for (int i = 0; i < HS_SQL_COUNT; i++) pg_finish(db, (hs_sql)i);
    hs_status left = leave_pipeline(p, error);
    if (!commit) {
        PQclear(PQexec(p->connection, "ROLLBACK"));
        return HS_OK;
    }
    if (left != HS_OK) return left;
    PGresult *result = PQexec(p->connection, "COMMIT");
    /* A transaction that failed before answers ROLLBACK to COMMIT. */
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    hs_status status = ok ? HS_OK : fail(p, result, error);
    PQclear(result);
    return status;
}

/* "?1" of the common texts is the server's "$1". */
static hs_status prepare(pg *p, hs_sql sql, hs_error *error) {
    char name[16], text[2048];
    Oid types[MOST_PARAMETERS];
    const char *from = OWN_TEXTS[sql] ? OWN_TEXTS[sql] : hs_sql_texts[sql], *kinds = TYPES[sql] ? TYPES[sql] : "";
    size_t n = strlen(from), n_types = strlen(kinds);
    if (n >= sizeof text || n_types > MOST_PARAMETERS)
        return hs_fail(error, HS_ERR_ARGUMENT, "a statement that is too long");
    for (size_t i = 0; i <= n; i++) text[i] = from[i] == '?' ? '$' : from[i];
    for (size_t i = 0; i < n_types; i++) types[i] = kinds[i] == 'i' ? OID_INT8 : kinds[i] == 't' ? OID_TEXT : OID_BYTEA;
    snprintf(name, sizeof name, "s%d", (int)sql);
    if (p->pipelined) {
        p->n_waiting++;
        p->cursors[sql].prepared = true;
        return PQsendPrepare(p->connection, name, text, (int)n_types, types) ? HS_OK : fail(p, NULL, error);
    }
    PGresult *result = PQprepare(p->connection, name, text, (int)n_types, types);
    hs_status status = PQresultStatus(result) == PGRES_COMMAND_OK ? HS_OK : fail(p, result, error);
    PQclear(result);
    p->cursors[sql].prepared = status == HS_OK;
    return status;
}

static bool gives_rows(hs_sql sql) {
    return (OWN_TEXTS[sql] ? OWN_TEXTS[sql] : hs_sql_texts[sql])[0] == 'S'; /* SELECT */
}

static hs_status enter_pipeline(pg *p, hs_error *error) {
    if (p->broken.code != HS_OK) {
        if (error) *error = p->broken;
        return p->broken.code;
    }
    if (!p->pipelined && !PQenterPipelineMode(p->connection)) return fail(p, NULL, error);
    p->pipelined = true;
    return HS_OK;
}

/* All parameters in binary: numbers as eight bytes, the highest first. Text may not hold NULs, which no record's does. */
static hs_status pg_start(hs_db *db, hs_sql sql, const hs_value *in, size_t n, hs_error *error) {
    pg *p = (pg *)db;
    cursor *c = &p->cursors[sql];
    const char *values[MOST_PARAMETERS];
    int lengths[MOST_PARAMETERS], formats[MOST_PARAMETERS];
    unsigned char numbers[MOST_PARAMETERS][8];
    char name[16];
    hs_status ready = p->writing ? enter_pipeline(p, error) : HS_OK;
    if (ready == HS_OK && !c->prepared) ready = prepare(p, sql, error);
    if (ready != HS_OK) return ready;
    for (size_t i = 0; i < n; i++) {
        formats[i] = 1;
        values[i] = in[i].kind == HS_VALUE_NULL ? NULL : in[i].s.n ? in[i].s.p : "";
        lengths[i] = (int)in[i].s.n;
        if (in[i].s.n > INT32_MAX) return hs_fail(error, HS_ERR_LIMIT, "%s: a page of more than 2 GiB", p->name);
        if (in[i].kind != HS_VALUE_INT) continue;
        for (int k = 0; k < 8; k++) numbers[i][k] = (unsigned char)((uint64_t)in[i].i >> (56 - 8 * k));
        values[i] = (const char *)numbers[i];
        lengths[i] = 8;
    }
    snprintf(name, sizeof name, "s%d", (int)sql);
    pg_finish(db, sql);
    c->at = 0;
    if (p->pipelined) {
        if (!PQsendQueryPrepared(p->connection, name, (int)n, values, lengths, formats, 1)) return fail(p, NULL, error);
        p->n_waiting++;
        bool rows = gives_rows(sql);
        return rows || p->n_waiting > MOST_WAITING ? read_answers(p, rows ? &c->rows : NULL, error) : HS_OK;
    }
    c->rows = PQexecPrepared(p->connection, name, (int)n, values, lengths, formats, 1);
    ExecStatusType status = PQresultStatus(c->rows);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? HS_OK : fail(p, c->rows, error);
}

static void read_column(hs_value *out, const PGresult *rows, int row, int column) {
    *out = (hs_value){.kind = HS_VALUE_NULL};
    if (column >= PQnfields(rows) || PQgetisnull(rows, row, column)) return;
    const char *p = PQgetvalue(rows, row, column);
    size_t n = (size_t)PQgetlength(rows, row, column);
    Oid type = PQftype(rows, column);
    if (type != OID_INT8) {
        *out = (hs_value){.kind = type == OID_BYTEA ? HS_VALUE_BLOB : HS_VALUE_TEXT, .s = {p, n}};
        return;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < n && i < 8; i++) value = value << 8 | (unsigned char)p[i];
    *out = HS_INT(value);
}

static hs_status pg_next(hs_db *db, hs_sql sql, hs_value *out, size_t n, bool *row, hs_error *error) {
    (void)error;
    cursor *c = &((pg *)db)->cursors[sql];
    *row = c->at < PQntuples(c->rows);
    for (size_t i = 0; *row && i < n; i++) read_column(&out[i], c->rows, c->at, (int)i);
    c->at += *row;
    return HS_OK;
}

/* phraseto_tsquery takes no operators; marks are left out all the same. */
static void add_query_word(hs_arena *arena, hs_buf *buf, hs_str word) {
    char folded[256];
    size_t n = 0;
    for (size_t at = 0, next; at < word.n && n + 8 < sizeof folded; at = next) {
        uint32_t cp = hs_utf8_decode(word, at, &next);
        if (cp == '\'' || cp == '\\' || cp < ' ') continue;
        n += hs_utf8_encode(folded + n, cp);
    }
    hs_buf_add(arena, buf, (hs_str){folded, n});
}

/* Each part as phraseto_tsquery would make it needs the server; so the parts are sent as text and made into a query there: see HELPER. */
static hs_str pg_match(hs_arena *arena, const hs_match_part *parts, size_t n) {
    static const char *const weights[HS_FIELD_COUNT] = {"A", "B", "C", "D", " "};
    hs_buf buf = {0};
    for (size_t i = 0; i < n; i++) {
        if (!parts[i].n) continue;
        if (buf.n) hs_buf_byte(arena, &buf, '\x1f');
        hs_buf_add(arena, &buf, hs_str_of(weights[parts[i].field]));
        for (size_t k = 0; k < parts[i].n; k++) {
            hs_buf_byte(arena, &buf, ' ');
            add_query_word(arena, &buf, parts[i].words[k]);
        }
    }
    return hs_buf_str(&buf);
}

static void pg_free(hs_db *db) {
    pg *p = (pg *)db;
    for (int i = 0; i < HS_SQL_COUNT; i++) pg_finish(db, (hs_sql)i);
    PQfinish(p->connection);
    free(p->name);
    free(p);
}

static const hs_db_ops OPS = {pg_begin, pg_end, pg_start, pg_next, pg_finish, pg_match, pg_free};

static void ignore_notice(void *state, const PGresult *result) {
    (void)state, (void)result;
}

static hs_status number(pg *p, const char *sql, int64_t *out, bool *any, hs_error *error) {
    PGresult *result = PQexec(p->connection, sql);
    hs_status status = PQresultStatus(result) == PGRES_TUPLES_OK ? HS_OK : fail(p, result, error);
    *any = status == HS_OK && PQntuples(result) > 0 && !PQgetisnull(result, 0, 0);
    if (*any) *out = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return status;
}

/* A query of several parts: the first letter of each is its weight ("": any), the rest its words in order. */
static const char HELPER[] =
    "CREATE FUNCTION hearsay_query(given TEXT) RETURNS TSQUERY LANGUAGE plpgsql IMMUTABLE AS $$"
    " DECLARE part TEXT; one TSQUERY; made TSQUERY; weight TEXT;"
    " BEGIN FOREACH part IN ARRAY string_to_array(given, chr(31)) LOOP"
    "  weight := trim(left(part, 1));"
    "  one := phraseto_tsquery('english', substr(part, 2));"
    "  IF numnode(one) = 0 THEN CONTINUE; END IF;"
    "  IF weight <> '' THEN one := regexp_replace(one::TEXT, '''( |$|\\))', ''':' || weight || '\\1', 'g')::TSQUERY; "
    "END IF;"
    "  made := CASE WHEN made IS NULL THEN one ELSE made && one END;"
    " END LOOP; RETURN coalesce(made, ''::TSQUERY); END $$";

static hs_status migrate(pg *p, hs_error *error) {
    int64_t version = 0;
    bool any;
    char sql[128];
    hs_status status = pg_begin(&p->db, true, error);
    if (status != HS_OK) return status;
    status = execute(p, "CREATE TABLE IF NOT EXISTS hearsay_ledger (version BIGINT NOT NULL)", error);
    if (status == HS_OK) status = number(p, "SELECT max(version) FROM hearsay_ledger", &version, &any, error);
    if (status == HS_OK && version == 0) status = execute(p, HELPER, error);
    for (; status == HS_OK && version < HS_SCHEMA_VERSION; version++) {
        status = execute(p, MIGRATIONS[version], error);
        snprintf(sql, sizeof sql, "INSERT INTO hearsay_ledger (version) VALUES (%" PRId64 ")", version + 1);
        if (status == HS_OK) status = execute(p, sql, error);
    }
    hs_status ended = pg_end(&p->db, status == HS_OK, error);
    return status == HS_OK ? ended : status;
}

static hs_status check(pg *p, bool write, hs_error *error) {
    int64_t there = 0, version = 0;
    bool any;
    hs_status status = number(p,
                              "SELECT count(*) FROM pg_tables WHERE tablename = 'hearsay_ledger' AND schemaname = ANY "
                              "(current_schemas(false))",
                              &there, &any, error);
    if (status == HS_OK && there) status = number(p, "SELECT max(version) FROM hearsay_ledger", &version, &any, error);
    if (status != HS_OK) return status;
    status = hs_db_check_version(p->name, version, error);
    if (status != HS_OK || version == HS_SCHEMA_VERSION) return status;
    if (!write && !version) return hs_fail(error, HS_ERR_MISSING, "%s: no ledger in this database", p->name);
    return migrate(p, error);
}

/* libpq repeats in its messages what it cannot read, which may be the password: so it is asked first whether it can. */
static hs_status connect(pg *p, const char *address, hs_error *error) {
    PQconninfoOption *parts = PQconninfoParse(address, NULL);
    if (!parts)
        return hs_fail(error, HS_ERR_ARGUMENT, "%s: no address of a PostgreSQL database (postgresql://USER@HOST/NAME)",
                       p->name);
    PQconninfoFree(parts);
    p->connection = PQconnectdb(address);
    if (!p->connection) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", p->name);
    if (PQstatus(p->connection) == CONNECTION_OK) return HS_OK;
    fail(p, NULL, error);
    if (error) error->code = HS_ERR_MISSING;
    return HS_ERR_MISSING;
}

hs_status hs_db_open_postgres(hs_db **out, const char *address, bool write, hs_error *error) {
    *out = NULL;
    pg *p = calloc(1, sizeof *p);
    char *name = hs_db_name(address);
    if (!p || !name) {
        free(p);
        free(name);
        return hs_fail(error, HS_ERR_LIMIT, "the shared ledger: no memory");
    }
    *p = (pg){.db = {&OPS}, .name = name};
    hs_status status = connect(p, address, error);
    if (status != HS_OK) {
        pg_free(&p->db);
        return status;
    }
    PQsetNoticeReceiver(p->connection, ignore_notice, NULL);
    PQsetClientEncoding(p->connection, "UTF8");
    status = execute(
        p, "SET bytea_output = 'hex'; SET synchronous_commit = on; SET plan_cache_mode = force_generic_plan", error);
    if (status == HS_OK) status = check(p, write, error);
    if (status != HS_OK) {
        pg_free(&p->db);
        return status;
    }
    *out = &p->db;
    return HS_OK;
}
