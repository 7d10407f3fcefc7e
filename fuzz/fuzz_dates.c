/* Fuzz target: any text as one with dates. What is found lies inside the text and is a day of the calendar in ISO form. */
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "page/date_words.h"
#include "page/dates.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const hs_date *date, hs_str text) {
    static const char DAY[] = "dddd-dd-dd";
    if (date->n == 0 || date->at > text.n || date->n > text.n - date->at || date->iso.n < 10) abort();
    for (size_t i = 0; i < 10; i++) {
        bool digit = date->iso.p[i] >= '0' && date->iso.p[i] <= '9';
        if (DAY[i] == 'd' ? !digit : date->iso.p[i] != DAY[i]) abort();
    }
    if (date->iso.n > 10 && date->iso.p[10] != 'T') abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static hs_arena arena;
    hs_arena_init(&arena, 8 << 20);
    if (!setjmp(arena.full)) {
        hs_str text = {(const char *)data, size};
        hs_date date;
        size_t from = 0;
        while (hs_date_next(&date, &arena, text, from, size % 2 ? HS_DATE_DAY_FIRST : HS_DATE_MONTH_FIRST)) {
            check(&date, text);
            if (date.at < from) abort();
            hs_date_label_of(hs_str_slice(text, 0, date.at));
            from = date.at + date.n;
        }
        hs_date_of_url(&arena, text);
    }
    hs_arena_free(&arena);
    return 0;
}
