/* Fuzz target: any bytes as JSON Lines. */
#include "inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hs_stream *stream = hs_stream_new(source_of(data, size));
    if (stream) drain(hs_jsonl_open(stream, &FUZZ_OPTIONS), size);
    return 0;
}
