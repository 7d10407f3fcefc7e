/* Fuzz target: any bytes as the JSON-LD of a page. Every value that the lenient reader finds is reached and read. */
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "page/json.h"
#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All values in order, by their links alone: a walk that ends proves that they make a tree. */
static void walk(hs_arena *arena, const hs_json *all) {
    for (const hs_json *at = all; at;) {
        hs_str text = hs_json_text(arena, at);
        if (text.n && at->kind != HS_JSON_STRING && at->kind != HS_JSON_OTHER) abort();
        hs_json_get(at, HS_STR("name"));
        if (at->first) {
            at = at->first;
            continue;
        }
        while (at && !at->next) at = at->parent;
        if (at) at = at->next;
    }
}

static void as_page(hs_arena *arena, hs_str script) {
    hs_buf html = {0};
    hs_record record = {0};
    hs_error error = {0};
    hs_buf_add(arena, &html, HS_STR("<html><head><title>Bridge</title><script type=application/ld+json>"));
    hs_buf_add(arena, &html, script);
    hs_buf_add(arena, &html, HS_STR("</script></head><body><h1>Bridge</h1><p>The bridge opened.</p></body>"));
    hs_page page = {.name = "fuzz", .bytes = html.v, .n = html.n};
    hs_page_read(&record, arena, arena, &page, &error);
    for (size_t i = 0; i < record.n_authors; i++)
        if (!hs_utf8_valid(record.authors[i])) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static hs_arena arena;
    hs_arena_init(&arena, 16 << 20);
    if (!setjmp(arena.full)) {
        hs_str script = hs_utf8_repair(&arena, (hs_str){(const char *)data, size});
        walk(&arena, hs_json_read(&arena, script));
        as_page(&arena, script);
    }
    hs_arena_free(&arena);
    return 0;
}
