/* Sources and looking ahead: see source.h. */
#include "input/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

void hs_source_free(hs_source *source) {
    if (source) source->free(source);
}

/* ---- files ---- */

typedef struct file_source {
    hs_source source;
    int fd;
} file_source;

static void close_file(int fd) {
    if (fd != STDIN_FILENO) close(fd);
}

static hs_status file_read(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    for (;;) {
        ssize_t n = read(((file_source *)self)->fd, out, room);
        *got = n > 0 ? (size_t)n : 0;
        if (n >= 0) return HS_OK;
        if (errno != EINTR) return hs_fail(error, HS_ERR_IO, "%s", strerror(errno));
    }
}

static void file_free(hs_source *self) {
    close_file(((file_source *)self)->fd);
    free(self);
}

hs_source *hs_source_file(int fd) {
    file_source *file = calloc(1, sizeof *file);
    if (!file) {
        close_file(fd);
        return NULL;
    }
    *file = (file_source){{file_read, file_free}, fd};
    return &file->source;
}

/* ---- memory ---- */

typedef struct memory_source {
    hs_source source;
    hs_bytes own; /* empty: borrowed */
    hs_str rest;
    size_t piece;
} memory_source;

static hs_status memory_read(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    (void)error;
    memory_source *memory = (memory_source *)self;
    size_t n = memory->rest.n < memory->piece ? memory->rest.n : memory->piece;
    *got = n < room ? n : room;
    if (*got) memcpy(out, memory->rest.p, *got);
    memory->rest = hs_str_slice(memory->rest, *got, memory->rest.n);
    return HS_OK;
}

static void memory_free(hs_source *self) {
    hs_bytes_free(&((memory_source *)self)->own);
    free(self);
}

hs_source *hs_source_pieces(const char *v, size_t n, size_t piece) {
    memory_source *memory = calloc(1, sizeof *memory);
    if (!memory) return NULL;
    *memory =
        (memory_source){.source = {memory_read, memory_free}, .rest = {n ? v : "", n}, .piece = piece ? piece : 1};
    return &memory->source;
}

hs_source *hs_source_memory(hs_bytes *bytes) {
    memory_source *memory = (memory_source *)hs_source_pieces(bytes->v, bytes->n, SIZE_MAX);
    if (memory) memory->own = *bytes;
    else hs_bytes_free(bytes);
    *bytes = (hs_bytes){0};
    return memory ? &memory->source : NULL;
}

/* One byte past the limit is asked for: it tells a source of just that length from a longer one. */
hs_status hs_source_read_all(hs_bytes *out, hs_source *source, size_t most, hs_error *error) {
    enum { PIECE = 64 * 1024 };
    if (most > SIZE_MAX / 4) most = SIZE_MAX / 4;
    for (size_t start = out->n;;) {
        size_t left = most + 1 - (out->n - start), want = left < PIECE ? left : PIECE, got;
        if (left == 0) return hs_fail(error, HS_ERR_LIMIT, "larger than the limit of %zu MiB", most >> 20);
        if (!hs_bytes_reserve(out, want)) return hs_fail(error, HS_ERR_LIMIT, "no memory");
        size_t room = out->cap - out->n;
        hs_status status = source->read(source, out->v + out->n, room < left ? room : left, &got, error);
        if (status != HS_OK || got == 0) return status;
        out->n += got;
    }
}

/* ---- looking ahead ---- */

/* Nothing more can be had before the error that was met is told. What was put back lies before it. */
static bool stopped(const hs_stream *stream) {
    return stream->failed.code != HS_OK && stream->ahead_at == stream->ahead.n;
}

static hs_status refill(hs_stream *stream, char *out, size_t room, size_t *got, hs_error *error) {
    size_t left = stream->ahead.n - stream->ahead_at;
    if (left) {
        *got = left < room ? left : room;
        memcpy(out, stream->ahead.v + stream->ahead_at, *got);
        stream->ahead_at += *got;
        return HS_OK;
    }
    hs_bytes_free(&stream->ahead);
    stream->ahead_at = 0;
    return stream->below->read(stream->below, out, room, got, error);
}

static hs_status stream_read(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    hs_stream *stream = (hs_stream *)self;
    size_t n = stream->end - stream->start;
    if (n == 0 && stopped(stream)) {
        *got = 0;
        return hs_stream_failure(stream, error);
    }
    if (n == 0 && !stream->ended) return refill(stream, out, room, got, error);
    *got = n < room ? n : room;
    if (*got) memcpy(out, stream->buffer + stream->start, *got);
    stream->start += *got;
    return HS_OK;
}

static void stream_free(hs_source *self) {
    hs_stream *stream = (hs_stream *)self;
    hs_source_free(stream->below);
    hs_bytes_free(&stream->ahead);
    free(stream);
}

hs_stream *hs_stream_new(hs_source *below) {
    hs_stream *stream = below ? calloc(1, sizeof *stream) : NULL;
    if (!stream) {
        hs_source_free(below);
        return NULL;
    }
    stream->source = (hs_source){stream_read, stream_free};
    stream->below = below;
    return stream;
}

hs_str hs_stream_peek(hs_stream *stream, size_t want) {
    if (want > HS_STREAM_PEEK) want = HS_STREAM_PEEK;
    if (want > HS_STREAM_ROOM - stream->start) {
        memmove(stream->buffer, stream->buffer + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
    }
    while (stream->end - stream->start < want && !stream->ended && !stopped(stream)) {
        size_t got = 0;
        hs_error error;
        hs_status status = refill(stream, stream->buffer + stream->end, HS_STREAM_ROOM - stream->end, &got, &error);
        if (status != HS_OK) stream->failed = error;
        else stream->ended = got == 0;
        stream->end += got;
    }
    return (hs_str){stream->buffer + stream->start, stream->end - stream->start};
}

void hs_stream_take(hs_stream *stream, size_t n) {
    stream->start += n;
}

hs_status hs_stream_failure(hs_stream *stream, hs_error *error) {
    hs_status status = stream->failed.code;
    if (status != HS_OK && error) *error = stream->failed;
    stream->failed.code = HS_OK;
    return status;
}

bool hs_stream_put_back(hs_stream *stream, hs_bytes *bytes) {
    hs_str buffered = {stream->buffer + stream->start, stream->end - stream->start};
    hs_str rest = hs_str_slice(hs_bytes_str(&stream->ahead), stream->ahead_at, stream->ahead.n);
    if (!hs_bytes_add(bytes, buffered) || !hs_bytes_add(bytes, rest)) return false;
    hs_bytes_free(&stream->ahead);
    stream->ahead = *bytes;
    stream->ahead_at = stream->start = stream->end = 0;
    stream->ended = false;
    *bytes = (hs_bytes){0};
    return true;
}
