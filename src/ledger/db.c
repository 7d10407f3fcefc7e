/* What both stores share: see db.h. */
#include "ledger/db.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/error.h"

static bool is_address(hs_str location) {
    return hs_str_starts(location, HS_STR("postgresql://")) || hs_str_starts(location, HS_STR("postgres://"));
}

/* "postgresql://user:password@host/name?…" → "postgresql://user@host/name". What is written wrongly loses rather too much. */
char *hs_db_name(const char *location) {
    char *name = strdup(location);
    if (!name || !is_address(hs_str_of(name))) return name;
    char *user = strstr(name, "://") + 3, *at = strrchr(user, '@');
    if (at) memmove(user + strcspn(user, ":@"), at, strlen(at) + 1);
    user[strcspn(user, "?&")] = 0;
    return name;
}

hs_status hs_db_check_version(const char *name, int64_t version, hs_error *error) {
    if (version > HS_SCHEMA_VERSION)
        return hs_fail(error, HS_ERR_FORMAT,
                       "%s: made by a newer hearsay (version %" PRId64 " of the ledger, this one knows %d)", name,
                       version, HS_SCHEMA_VERSION);
    if (version && version < HS_SCHEMA_OLDEST)
        return hs_fail(error, HS_ERR_FORMAT,
                       "%s: made by an older hearsay (version %" PRId64 " of the ledger): add its pages to a new one",
                       name, version);
    return HS_OK;
}

hs_status hs_db_open(hs_db **out, const char *location, bool write, hs_error *error) {
    if (is_address(hs_str_of(location))) return hs_db_open_postgres(out, location, write, error);
    return hs_db_open_sqlite(out, location, write, error);
}

void hs_db_free(hs_db *db) {
    if (db) db->ops->free(db);
}

hs_status hs_db_run(hs_db *db, hs_sql sql, const hs_value *in, size_t n, hs_error *error) {
    bool row;
    hs_status status = db->ops->start(db, sql, in, n, error);
    if (status == HS_OK) status = db->ops->next(db, sql, NULL, 0, &row, error);
    db->ops->finish(db, sql);
    return status;
}

hs_status hs_db_one(hs_db *db, hs_sql sql, const hs_value *in, size_t n_in, hs_arena *arena, hs_value *out,
                    size_t n_out, bool *row, hs_error *error) {
    *row = false;
    hs_status status = db->ops->start(db, sql, in, n_in, error);
    if (status == HS_OK) status = db->ops->next(db, sql, out, n_out, row, error);
    for (size_t i = 0; status == HS_OK && *row && i < n_out; i++)
        if (out[i].s.p) out[i].s = hs_str_copy(arena, out[i].s);
    db->ops->finish(db, sql);
    return status;
}
