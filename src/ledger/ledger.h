/* The ledger's own insides: what add, find, who, trace and notes share. A ledger is a store, an index of keys and a place to unpack
 * records; each call works in an arena of its own. See hearsay.h for what the calls mean. */
#ifndef HS_LEDGER_LEDGER_H
#define HS_LEDGER_LEDGER_H

#include <zstd.h>

#include "base/digest.h"
#include "ledger/db.h"
#include "ledger/pending.h"
#include "ledger/postings.h"
#include "ledger/recent.h"
#include "ledger/sketch.h"

enum { HS_PAGE_COLUMNS = 15, HS_ID_LENGTH = 12, HS_KNOWN_NAMES = 1 << 17 };

struct hs_ledger {
    hs_db *db;
    hs_postings *postings;
    hs_pending *pending;
    hs_recent *recent; /* as of the page `seen_page` */
    ZSTD_CCtx *packer;
    ZSTD_DCtx *unpacker;
    size_t max_memory;
    bool writable, adding; /* adding: between begin and commit */
    bool touched;          /* the store has been written to by the add at hand */
    int64_t last_page;     /* while adding */
    int64_t next_claim;
    int64_t seen_page; /* the last one when this ledger last ended a transaction */
    int64_t *names;    /* HS_KNOWN_NAMES ids of names that are stored, each at its place: those met last */
    char *location;
};

/* A page as the store has it, without its record. */
typedef struct hs_page_row {
    int64_t id, uid, version, current, day, n_claims, first_claim, added;
    hs_str path, url, outlet, title, published, credit, digest;
} hs_page_row;

/* Takes a row of HS_PAGE_COLUMNS; the strings are those of the row. */
void hs_page_row_read(hs_page_row *out, const hs_value v[HS_PAGE_COLUMNS]);

/* One row by a statement that gives pages; *found = false where there is none. */
hs_status hs_page_row_one(hs_page_row *out, bool *found, hs_ledger *ledger, hs_sql sql, const hs_value *in, size_t n,
                          hs_arena *arena, hs_error *error);

/* The JSON of a page's record, and the record. */
hs_status hs_page_json(hs_str *out, hs_ledger *ledger, int64_t page, hs_arena *arena, hs_error *error);
hs_status hs_page_record(hs_read_record *out, hs_ledger *ledger, int64_t page, hs_arena *arena, hs_error *error);

/* Ids. "0123456789ab" for a page; a claim is its page's, a point and the id that its record gives it. */
void hs_id_write(char out[HS_ID_LENGTH + 1], int64_t uid);
int64_t hs_uid_of(const hs_digest *digest);

/* Numbers that begin with the digits of `id` (1 to HS_ID_LENGTH of them): from *low to *high. */
bool hs_id_range(int64_t *low, int64_t *high, hs_str id);

/* A claim by its id ("PAGE.c4"), a page's path or address and a claim ("PATH#c4"), or a unique beginning of the page's id. */
hs_status hs_claim_find(int64_t *claim, hs_ledger *ledger, hs_str id, hs_arena *arena, hs_error *error);
hs_str hs_claim_id(hs_arena *arena, int64_t page_uid, hs_str own);

/* The digest by which a page is known: of its address, else its path. */
hs_digest hs_page_ident(hs_str url, hs_str path);

/* Scores are stored in thousandths. Kinds of edges between claims: */
enum { HS_EDGE_SAME = 0, HS_EDGE_CONTRARY = 1 };

typedef struct hs_edge {
    int64_t other;
    int kind;
    double score;
} hs_edge;

/* What the add of a page finds among the pages before it: in relate.c. */
typedef struct hs_relating {
    int64_t page, first_claim;
    const hs_page_sketch *sketch;
    hs_str packed; /* the same, as it is stored */
    hs_str text;
} hs_relating;
hs_status hs_relate(hs_ledger *ledger, hs_arena *arena, const hs_relating *what, hs_error *error);

#endif
