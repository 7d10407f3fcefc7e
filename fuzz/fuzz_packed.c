/* Fuzz target: any bytes as any input, unpacked where they are packed; and as an answer of HTTP with every coding of its body. */
#include "inputs.h"

#include "input/http.h"
#include "input/robots.h"

static void as_body(const uint8_t *data, size_t size, const char *transfer, const char *content) {
    char *copy = malloc(size ? size : 1);
    if (!copy) return;
    if (size) memcpy(copy, data, size);
    hs_http_head head = {.transfer_coding = hs_str_of(transfer), .content_coding = hs_str_of(content)};
    hs_bytes room = {0};
    hs_str out;
    volatile unsigned sum = 0;
    if (hs_http_body(&out, &room, &head, copy, size, FUZZ_MOST, NULL) == HS_OK) {
        if (out.n > FUZZ_MOST) abort();
        sum += touch(out.p, out.n);
    }
    hs_bytes_free(&room);
    free(copy);
    (void)sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hs_input *input = NULL;
    if (hs_input_open(&input, source_of(data, size), &FUZZ_OPTIONS, NULL) == HS_OK) drain(input, FUZZ_MOST * 16);
    static const char *const CODINGS[] = {"gzip", "deflate", "zstd", "br"};
    for (size_t i = 0; i < sizeof CODINGS / sizeof *CODINGS; i++)
        as_body(data, size, i & 1 ? "chunked" : NULL, CODINGS[i]);
    as_body(data, size, "chunked", NULL);
    size_t half = size / 2;
    hs_robots_allow((hs_str){(const char *)data, half}, HS_STR("hearsay"),
                    (hs_str){(const char *)data + half, size - half});
    return 0;
}
