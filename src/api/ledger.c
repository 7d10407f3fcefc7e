/* Records that hs_read made go into a ledger as the JSON that hs_write prints: a ledger knows records in no other form. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "formats/formats.h"
#include "hearsay.h"

typedef struct buffer {
    char *v;
    size_t n, cap;
} buffer;

static bool append(void *state, const char *bytes, size_t n) {
    buffer *b = state;
    if (n > b->cap - b->n) {
        size_t cap = b->cap * 2 > b->n + n ? b->cap * 2 : b->n + n + 4096;
        char *grown = realloc(b->v, cap);
        if (!grown) return false;
        b->v = grown;
        b->cap = cap;
    }
    memcpy(b->v + b->n, bytes, n);
    b->n += n;
    return true;
}

hs_status hs_ledger_add_record(hs_added *out, hs_ledger *ledger, const hs_record *record, hs_error *error) {
    if (!out || !ledger || !record) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_add_record: an argument is missing");
    buffer b = {0};
    hs_status status = HS_OK;
    if (!hs_format_jsonl(append, &b, record)) status = hs_fail(error, HS_ERR_LIMIT, "no memory for a record");
    if (status == HS_OK) status = hs_ledger_add(out, ledger, &(hs_addition){.json = b.v, .n = b.n}, error);
    free(b.v);
    return status;
}
