/* Fuzz target: any bytes as a feed; JSON where they begin with a brace, XML else. */
#include "inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hs_stream *stream = hs_stream_new(source_of(data, size));
    if (stream) drain(hs_feed_open(stream, &FUZZ_OPTIONS, size > 1 && data[1] == '{'), size);
    return 0;
}
