/* Fuzz target: any bytes as a WARC archive. */
#include "inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hs_stream *stream = hs_stream_new(source_of(data, size));
    if (stream) drain(hs_warc_open(stream, &FUZZ_OPTIONS), size);
    return 0;
}
