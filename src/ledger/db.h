/* The store behind a ledger: one interface, two implementations (db_sqlite.c, db_postgres.c). A store keeps tables, runs the prepared
 * statements of sql.c and wraps them in transactions; what they mean is the business of the files that use them. It knows no claims. */
#ifndef HS_LEDGER_DB_H
#define HS_LEDGER_DB_H

#include "base/str.h"

typedef enum hs_sql {
    HS_SQL_PAGE_LATEST,
    HS_SQL_PAGE_LAST,
    HS_SQL_PAGE_RETIRE,
    HS_SQL_PAGE_ADD,
    HS_SQL_PAGE_GET,
    HS_SQL_PAGE_OF_CLAIM,
    HS_SQL_CLAIM_PAGE,
    HS_SQL_PAGE_BY_UID,
    HS_SQL_PAGE_BY_PLACE,
    HS_SQL_PAGE_ALL,
    HS_SQL_PAGE_VERSIONS,
    HS_SQL_PAGE_NEWEST,
    HS_SQL_RECORD_ADD,
    HS_SQL_RECORD_GET,
    HS_SQL_SKETCH_ADD,
    HS_SQL_SKETCH_GET,
    HS_SQL_SKETCH_RETIRE,
    HS_SQL_CODE_ADD,
    HS_SQL_CODE_FIND,
    HS_SQL_SEARCH_ADD,
    HS_SQL_SEARCH,
    HS_SQL_EDGE_ADD,
    HS_SQL_EDGES_OF,
    HS_SQL_EDGES_ALL,
    HS_SQL_COPY_ADD,
    HS_SQL_COPIES_OF,
    HS_SQL_SEGMENT_ADD,
    HS_SQL_SEGMENT_ALL,
    HS_SQL_SEGMENT_DROP,
    HS_SQL_SEGMENT_STATE,
    HS_SQL_BLOCK_ADD,
    HS_SQL_BLOCK_GET,
    HS_SQL_BLOCK_DROP,
    HS_SQL_ENTITY_FIND,
    HS_SQL_ENTITY_ADD,
    HS_SQL_ENTITY_GET,
    HS_SQL_FORM_ADD,
    HS_SQL_FORM_FIND,
    HS_SQL_MENTION_ADD,
    HS_SQL_MENTIONS_OF,
    HS_SQL_NOTE_ADD,
    HS_SQL_NOTE_SEARCH_ADD,
    HS_SQL_NOTE_COUNT,
    HS_SQL_NOTE_DECIDE,
    HS_SQL_NOTE_BY_UID,
    HS_SQL_NOTES_OF,
    HS_SQL_NOTES_ALL,
    HS_SQL_NOTE_SEARCH,
    HS_SQL_COUNTS,
    HS_SQL_COUNT
} hs_sql;

typedef enum hs_value_kind { HS_VALUE_NULL, HS_VALUE_INT, HS_VALUE_TEXT, HS_VALUE_BLOB } hs_value_kind;

typedef struct hs_value {
    hs_value_kind kind;
    int64_t i;
    hs_str s;
} hs_value;

#define HS_INT(x) ((hs_value){.kind = HS_VALUE_INT, .i = (int64_t)(x)})
#define HS_TEXT(x) hs_text_value(x)
#define HS_BLOB(x) ((hs_value){.kind = HS_VALUE_BLOB, .s = (x)})

static inline hs_value hs_text_value(hs_str s) {
    return (hs_value){.kind = s.p ? HS_VALUE_TEXT : HS_VALUE_NULL, .s = s};
}

/* What is searched for: all words must be found, those of a phrase side by side. Words are given as they were typed. */
typedef enum hs_field {
    HS_FIELD_CONTENT,
    HS_FIELD_SPEAKER,
    HS_FIELD_OUTLET,
    HS_FIELD_LABEL,
    HS_FIELD_NOTE,
    HS_FIELD_COUNT
} hs_field;

typedef struct hs_match_part {
    hs_field field;
    hs_str *words;
    size_t n; /* > 1: a phrase */
} hs_match_part;

typedef struct hs_db hs_db;

typedef struct hs_db_ops {
    hs_status (*begin)(hs_db *db, bool write, hs_error *error);
    hs_status (*end)(hs_db *db, bool commit, hs_error *error);
    hs_status (*start)(hs_db *db, hs_sql sql, const hs_value *in, size_t n, hs_error *error);
    /* The next row; its strings live until the next call with this statement. *row = false behind the last. */
    hs_status (*next)(hs_db *db, hs_sql sql, hs_value *out, size_t n, bool *row, hs_error *error);
    void (*finish)(hs_db *db, hs_sql sql);
    hs_str (*match)(hs_arena *arena, const hs_match_part *parts,
                    size_t n); /* for HS_SQL_SEARCH; {0}: nothing to search */
    void (*free)(hs_db *db);
} hs_db_ops;

struct hs_db {
    const hs_db_ops *ops;
};

/* `write`: makes the ledger where there is none, and brings an older one up to date. */
hs_status hs_db_open(hs_db **out, const char *location, bool write, hs_error *error);
hs_status hs_db_open_sqlite(hs_db **out, const char *path, bool write, hs_error *error);
hs_status hs_db_open_postgres(hs_db **out, const char *address, bool write, hs_error *error);
void hs_db_free(hs_db *db);

/* What a ledger is called in messages: a file's path; an address without its password and parameters. To be freed; NULL: no memory. */
char *hs_db_name(const char *location);

/* HS_OK for a version that is known, or can be brought up to date; 0 is an empty ledger's. */
hs_status hs_db_check_version(const char *name, int64_t version, hs_error *error);

/* A statement of no rows. */
hs_status hs_db_run(hs_db *db, hs_sql sql, const hs_value *in, size_t n, hs_error *error);

/* A statement of one row at most. The row's strings are copied to the arena. */
hs_status hs_db_one(hs_db *db, hs_sql sql, const hs_value *in, size_t n_in, hs_arena *arena, hs_value *out,
                    size_t n_out, bool *row, hs_error *error);

#define HS_DB_RUN(db, sql, error, ...)                      \
    hs_db_run((db), (sql), (const hs_value[]){__VA_ARGS__}, \
              sizeof((const hs_value[]){__VA_ARGS__}) / sizeof(hs_value), (error))

/* The texts, with ?1, ?2 … for what is bound; the same for both implementations but where they override one. */
extern const char *const hs_sql_texts[HS_SQL_COUNT];

/* What is older than the oldest was never released: it is refused. */
enum { HS_SCHEMA_VERSION = 2, HS_SCHEMA_OLDEST = 2 };

#endif
