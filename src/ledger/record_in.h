/* One line of JSON → a record, as `hearsay read -f jsonl` prints it and docs/record.schema.json describes it. Lines that others made are
 * read too: fields may be missing (entities, stance, …) or unknown (passed over); what is there must be right: types, spans inside the
 * text, ids that resolve. Nothing is kept but in the arena. */
#ifndef HS_LEDGER_RECORD_IN_H
#define HS_LEDGER_RECORD_IN_H

#include "base/str.h"

typedef struct hs_read_record {
    hs_record record;
    hs_str *claim_ids;  /* as the line has them: n_claims */
    hs_str *entity_ids; /* n_entities */
} hs_read_record;

/* Reads `n` bytes, which are written to, and to which the record's strings point. The message of an error names no input. */
hs_status hs_record_in(hs_read_record *out, hs_arena *arena, char *bytes, size_t n, hs_error *error);

/* The text alone, where the line is known to be a record; false where it is none. */
bool hs_record_text(hs_str *out, hs_arena *arena, char *bytes, size_t n);

/* The code points [start, end) of every span that lies in `text` as bytes. Used where spans come from outside. */
typedef struct hs_text_index {
    hs_str text;
    size_t *steps; /* the byte of every HS_TEXT_STEP-th code point */
    size_t n_code_points;
} hs_text_index;

enum { HS_TEXT_STEP = 64 };

void hs_text_index_make(hs_text_index *index, hs_arena *arena, hs_str text);
size_t hs_text_byte(const hs_text_index *index, size_t code_point); /* code_point ≤ n_code_points */

#endif
