/* Fuzz target: bytes taken for a weights file. libFuzzer cannot guess a digest, so length and digest are set right first;
 * what then passes the check is run through the encoder, which must stay within what was checked.
 */
#include <stdlib.h>
#include <string.h>

#include "model/encoder.h"

enum { HEADER = 64, PIECES = 20 };

static void encode(const hs_weights *weights) {
    hs_arena arena;
    hs_arena_init(&arena, 64 << 20);
    if (!setjmp(arena.full)) {
        size_t n = weights->config.window < PIECES ? weights->config.window : PIECES;
        hs_encoder e = hs_encoder_of(&arena, weights, hs_cpu_detect(HS_CPU_VNNI), n, n);
        hs_piece pieces[PIECES] = {{0}};
        pieces[0].id = (int32_t)weights->config.vocab - 1;
        hs_encode(&e, pieces, &n, 1);
    }
    hs_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size ? size : 1);
    hs_weights *weights = malloc(sizeof *weights);
    hs_error error;
    if (bytes && weights) {
        if (size) memcpy(bytes, data, size);
        if (size >= HEADER) {
            uint64_t sealed[2] = {size, hs_weights_digest(bytes + HEADER, size - HEADER)};
            memcpy(bytes + 16, sealed, sizeof sealed);
        }
        if (hs_weights_from_memory(weights, bytes, size, "fuzz", &error) == HS_OK) encode(weights);
    }
    free(bytes);
    free(weights);
    return 0;
}
