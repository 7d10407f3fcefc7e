/* Fuzz target: any bytes as a page, in a small arena, so that running out of memory is met as often as the rest. */
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static hs_arena arena;
    hs_arena_init(&arena, 8 << 20);
    if (!setjmp(arena.full)) {
        hs_record record = {0};
        hs_error error = {0};
        hs_page page = {.name = "fuzz", .bytes = data, .n = size};
        hs_status status = hs_page_read(&record, &arena, &arena, &page, &error);
        if (status == HS_OK && record.has_title && !hs_str_starts(record.text, record.title)) abort();
    }
    hs_arena_free(&arena);
    return 0;
}
