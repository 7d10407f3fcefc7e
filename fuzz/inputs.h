/* Shared by the fuzz targets of inputs: bytes in pieces, read to the end. Nothing that comes out may be without bounds. */
#ifndef FUZZ_INPUTS_H
#define FUZZ_INPUTS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"

enum { FUZZ_MOST = 64 * 1024 };

static const hs_input_options FUZZ_OPTIONS = {.name = "fuzz", .max_bytes = FUZZ_MOST};

/* Reads every byte, so that the sanitizers see it; a sum, so that the reading stays. */
static inline unsigned touch(const void *p, size_t n) {
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++) sum += ((const unsigned char *)p)[i];
    return sum;
}

/* An input ends after as many steps as it has bytes, and some. */
static inline void drain(hs_input *input, size_t size) {
    if (!input) return;
    bool more = true;
    volatile unsigned sum = 0; /* volatile, so that the reading stays */
    for (size_t steps = 0; more; steps++) {
        hs_page page = {0};
        hs_error error = {0};
        if (steps > size + 2) abort();
        hs_status status = input->next(input, &page, &more, &error);
        if (status != HS_OK) {
            more = true;
            if (error.code != status || !error.message[0]) abort();
            continue;
        }
        if (!more) break;
        if (page.n > FUZZ_MOST * 8 || !page.name || (page.n && !page.bytes)) abort();
        sum += touch(page.bytes, page.n) + touch(page.name, strlen(page.name)) + touch(page.charset.p, page.charset.n) +
               touch(page.url.p, page.url.n) + touch(page.published.p, page.published.n) +
               touch(page.language.p, page.language.n);
    }
    hs_input_free(input);
    (void)sum;
}

/* The first byte says how large the pieces are that the others come in. */
static inline hs_source *source_of(const uint8_t *data, size_t size) {
    size_t piece = size ? data[0] : 0;
    return hs_source_pieces(size ? (const char *)data + 1 : "", size ? size - 1 : 0,
                            piece > 200 ? SIZE_MAX : piece + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
