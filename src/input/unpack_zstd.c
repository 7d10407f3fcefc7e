/* zstd: see unpack.h. A file of WARC records may begin with a skippable frame that holds the dictionary of all others:
 * "Zstandard compression for WARC files 1.0", section 2.1. */
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base/error.h"
#include "input/unpack.h"

enum { PIECE = 32 * 1024, MAGIC = 4, WINDOW_BITS = 27 /* 128 MiB, what the zstd program accepts as well */ };
enum { LARGEST_DICTIONARY = 16 << 20 };

typedef struct zstd_source {
    hs_source source;
    hs_stream *below;
    ZSTD_DCtx *context;
    bool first, inside, lost;
    bool full; /* there was no room for more: zstd may hold some back */
} zstd_source;

static const hs_str FRAME = {"\x28\xB5\x2F\xFD", 4}, DICTIONARY = {"\x5D\x2A\x4D\x18", 4};

static uint32_t little_endian(const char *p) {
    const unsigned char *b = (const unsigned char *)p;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static hs_status take_all(hs_bytes *out, hs_stream *below, size_t n, hs_error *error) {
    if (!hs_bytes_reserve(out, n)) return hs_fail(error, HS_ERR_LIMIT, "no memory for the dictionary");
    while (out->n < n) {
        hs_str seen = hs_stream_peek(below, 1);
        if (!seen.n) return hs_fail(error, HS_ERR_FORMAT, "the compressed data is cut off");
        seen = hs_str_slice(seen, 0, n - out->n);
        hs_bytes_add(out, seen);
        hs_stream_take(below, seen.n);
    }
    return HS_OK;
}

/* The dictionary may itself be packed. */
static hs_status unpack_dictionary(hs_bytes *dictionary, hs_error *error) {
    if (!hs_str_starts(hs_bytes_str(dictionary), FRAME)) return HS_OK;
    hs_source *source = hs_source_memory(dictionary);
    source = source ? hs_unpack_zstd(source) : NULL;
    if (!source) return hs_fail(error, HS_ERR_LIMIT, "no memory for the dictionary");
    hs_status status = hs_source_read_all(dictionary, source, LARGEST_DICTIONARY, error);
    hs_source_free(source);
    return status;
}

static hs_status read_dictionary(zstd_source *s, hs_error *error) {
    hs_str head = hs_stream_peek(s->below, 2 * MAGIC);
    if (head.n < 2 * MAGIC || !hs_str_starts(head, DICTIONARY)) return HS_OK;
    size_t n = little_endian(head.p + MAGIC);
    if (n > LARGEST_DICTIONARY)
        return hs_fail(error, HS_ERR_LIMIT, "the dictionary is larger than %d MiB", LARGEST_DICTIONARY >> 20);
    hs_stream_take(s->below, 2 * MAGIC);
    hs_bytes dictionary = {0};
    hs_status status = take_all(&dictionary, s->below, n, error);
    if (status == HS_OK) status = unpack_dictionary(&dictionary, error);
    if (status == HS_OK && ZSTD_isError(ZSTD_DCtx_loadDictionary(s->context, dictionary.v, dictionary.n)))
        status = hs_fail(error, HS_ERR_FORMAT, "the dictionary is damaged");
    hs_bytes_free(&dictionary);
    return status;
}

/* Moves to the next frame behind damage. False: there is none. */
static bool find_frame(hs_stream *below) {
    for (;;) {
        hs_str seen = hs_stream_peek(below, PIECE);
        if (seen.n < MAGIC) return false;
        size_t found = hs_str_find(seen, FRAME);
        hs_stream_take(below, found == HS_NONE ? seen.n - (MAGIC - 1) : found);
        if (found != HS_NONE) return true;
    }
}

static hs_status lose(zstd_source *s, hs_error *error, const char *why) {
    s->inside = s->full = false;
    s->lost = true;
    ZSTD_DCtx_reset(s->context, ZSTD_reset_session_only);
    return hs_fail(error, HS_ERR_FORMAT, "the compressed data is %s", why);
}

static hs_status step(zstd_source *s, hs_str in, ZSTD_outBuffer *to, hs_error *error) {
    ZSTD_inBuffer from = {in.p, in.n, 0};
    size_t left = ZSTD_decompressStream(s->context, to, &from);
    bool failed = ZSTD_isError(left);
    if (failed && !from.pos && in.n) from.pos = 1; /* so that the search goes on behind this frame's mark */
    hs_stream_take(s->below, from.pos);
    if (failed) return lose(s, error, "damaged");
    s->inside = left != 0; /* 0: the frame is complete, and nothing of it is held back */
    s->full = s->inside && to->pos == to->size;
    return HS_OK;
}

/* The input is at its end, or failed. */
static hs_status finish(zstd_source *s, hs_error *error) {
    hs_status status = hs_stream_failure(s->below, error);
    bool inside = s->inside;
    if (status == HS_OK && !inside) return HS_OK;
    hs_status cut = lose(s, status == HS_OK ? error : NULL, "cut off");
    return status == HS_OK ? cut : status;
}

static hs_status zstd_read(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    zstd_source *s = (zstd_source *)self;
    ZSTD_outBuffer to = {.size = room};
    to.dst = out;
    bool first = s->first;
    s->first = false;
    hs_status status = first ? read_dictionary(s, error) : HS_OK;
    for (*got = 0; status == HS_OK && to.pos == 0;) {
        if (s->lost && !find_frame(s->below)) return hs_stream_failure(s->below, error);
        s->lost = false;
        hs_str in = hs_stream_peek(s->below, 1);
        if (!in.n && !s->full) return finish(s, error);
        status = step(s, in, &to, error);
    }
    *got = status == HS_OK ? to.pos : 0;
    return status;
}

static void zstd_free(hs_source *self) {
    zstd_source *s = (zstd_source *)self;
    ZSTD_freeDCtx(s->context);
    hs_source_free(&s->below->source);
    free(s);
}

hs_source *hs_unpack_zstd(hs_source *below) {
    hs_stream *stream = hs_stream_new(below);
    zstd_source *s = stream ? calloc(1, sizeof *s) : NULL;
    if (s)
        *s = (zstd_source){
            .source = {zstd_read, zstd_free}, .below = stream, .context = ZSTD_createDCtx(), .first = true};
    if (s && s->context && !ZSTD_isError(ZSTD_DCtx_setParameter(s->context, ZSTD_d_windowLogMax, WINDOW_BITS)))
        return &s->source;
    if (s) ZSTD_freeDCtx(s->context);
    if (stream) hs_source_free(&stream->source);
    free(s);
    return NULL;
}
