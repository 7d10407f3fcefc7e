/* Shared by the tests of inputs: sources that hand out memory in pieces of odd sizes, and inputs read to the end. */
#ifndef TEST_UNIT_INPUT_PIECES_H
#define TEST_UNIT_INPUT_PIECES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "input/input.h"

/* What an input gave, as text: "name|bytes;" for a page, "!message;" for an error. Belongs to the caller. */
static inline char *transcript(const char *bytes, size_t n, size_t piece, size_t max_bytes) {
    static char out[1 << 16];
    size_t at = 0;
    out[0] = 0;
    hs_error error;
    hs_input *input = NULL;
    hs_input_options options = {.name = "in", .max_bytes = max_bytes};
    assert_int_equal(hs_input_open(&input, hs_source_pieces(bytes, n, piece), &options, &error), HS_OK);
    bool more = true;
    for (int i = 0; i < 1000; i++) {
        hs_page page = {0};
        hs_status status = input->next(input, &page, &more, &error);
        if (status == HS_OK && !more) break;
        assert_true(at + 4096 < sizeof out);
        if (status == HS_OK)
            at += (size_t)snprintf(out + at, 4096, "%s|%.*s;", page.name, (int)page.n, (const char *)page.bytes);
        else at += (size_t)snprintf(out + at, 4096, "!%s;", error.message);
    }
    assert_false(more);
    hs_input_free(input);
    return out;
}

/* The same comes out whatever the size of the pieces. */
static inline void check_transcript(const char *bytes, size_t n, const char *expected) {
    static const size_t PIECES[] = {1, 2, 7, 100, SIZE_MAX};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        assert_string_equal(transcript(bytes, n, PIECES[i], 1 << 20), expected);
}

#define CHECK(literal, expected) check_transcript(literal, sizeof(literal) - 1, expected)

#endif
