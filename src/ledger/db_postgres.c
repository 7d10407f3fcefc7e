/* Placeholder replaced below. */
#include "base/error.h"
#include "ledger/db.h"
hs_status hs_db_open_postgres(hs_db **out, const char *address, bool write, hs_error *error) {
    (void)address, (void)write;
    *out = NULL;
    return hs_fail(error, HS_ERR_ARGUMENT, "no PostgreSQL yet");
}
