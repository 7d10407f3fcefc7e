/* Fuzz target: any bytes as a record's JSON, then all that adding makes of it; what comes out lies inside the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ledger/shingles.h"
#include "ledger/sketch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_spans(const hs_record *r, const hs_span *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (v[i].byte_start >= v[i].byte_end || v[i].byte_end > r->text.n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static hs_arena arena;
    hs_arena_init(&arena, (size_t)64 << 20);
    if (setjmp(arena.full) == 0) {
        hs_read_record read;
        hs_error error = {0};
        uint32_t prints[HS_MOST_FINGERPRINTS];
        char *copy = HS_NEW(&arena, char, size + 1);
        if (size) memcpy(copy, data, size);
        if (hs_record_in(&read, &arena, copy, size, &error) == HS_OK) {
            const hs_record *r = &read.record;
            for (size_t i = 0; i < r->n_claims; i++) {
                check_spans(r, r->claims[i].source, r->claims[i].n_source);
                check_spans(r, r->claims[i].content, r->claims[i].n_content);
            }
            hs_page_sketch sketch, back;
            hs_sketch_make(&sketch, &arena, &read);
            if (!hs_sketch_unpack(&back, &arena, hs_sketch_pack(&sketch, &arena)) || back.n != r->n_claims) abort();
            hs_shingles shingles = hs_shingles_of(&arena, r->text);
            hs_fingerprints(prints, &arena, &shingles);
            if (size) memcpy(copy, data, size);
            hs_str text;
            if (!hs_record_text(&text, &arena, copy, size) || !hs_str_eq(text, r->text)) abort();
        } else if (!error.message[0]) {
            abort();
        }
    }
    hs_arena_free(&arena);
    return 0;
}
