/* Fuzz target: any bytes → UTF-8; the first byte picks the label that they come with. */
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "html/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const LABELS[] = {NULL, "utf-8", "big5", "iso-2022-jp", "gb18030", "koi8-r", "no such label"};
    static hs_arena arena;
    if (!size) return 0;
    hs_arena_init(&arena, 16 << 20);
    if (!setjmp(arena.full)) {
        hs_str text, bytes = {(const char *)data + 1, size - 1};
        hs_error error = {0};
        hs_str label = hs_str_of(LABELS[data[0] % (sizeof LABELS / sizeof *LABELS)]);
        hs_status status = hs_charset_decode(&text, &arena, bytes, label, HS_STR("fuzz"), &error);
        if (status == HS_OK && (!hs_utf8_valid(text) || memchr(text.p, 0, text.n))) abort();
        if (status != HS_OK && !error.message[0]) abort();
    }
    hs_arena_free(&arena);
    return 0;
}
