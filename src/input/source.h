/* Where bytes come from: a file, memory, or another source behind an unpacker. Sources are read to the end in pieces and know no
 * names: whoever reads puts the name before the message. */
#ifndef HS_INPUT_SOURCE_H
#define HS_INPUT_SOURCE_H

#include "input/bytes.h"

typedef struct hs_source hs_source;

struct hs_source {
    /* Up to `room` bytes (at least one) into `out`; *got = 0 is the end. A damaged source may be read on after an error: it
     * goes on behind the damage. */
    hs_status (*read)(hs_source *self, char *out, size_t room, size_t *got, hs_error *error);
    void (*free)(hs_source *self); /* also what lies beneath */
};

void hs_source_free(hs_source *source); /* accepts NULL */

/* NULL when there is no memory; what was to be taken over is closed or freed then. */
hs_source *hs_source_file(int fd);                                  /* closes it, unless it is standard input */
hs_source *hs_source_memory(hs_bytes *bytes);                       /* takes the bytes over and empties *bytes */
hs_source *hs_source_pieces(const char *v, size_t n, size_t piece); /* borrows; `piece` bytes at a time at most */

/* Reads to the end into `out`: HS_ERR_LIMIT when there is more than `most`. */
hs_status hs_source_read_all(hs_bytes *out, hs_source *source, size_t most, hs_error *error);

/* ---- looking ahead ---- */

enum { HS_STREAM_ROOM = 128 * 1024, HS_STREAM_PEEK = HS_STREAM_ROOM / 2 };

/* A buffer on a source, and itself a source: what has been looked at is still to be read. */
typedef struct hs_stream {
    hs_source source;
    hs_source *below;
    hs_bytes ahead; /* put back: read before `below` */
    size_t ahead_at;
    size_t start, end; /* of what lies in the buffer */
    bool ended;
    hs_error failed; /* met by looking ahead; told once what lay before it has been taken */
    char buffer[HS_STREAM_ROOM];
} hs_stream;

hs_stream *hs_stream_new(hs_source *below); /* takes it over; NULL when there is no memory */

/* What comes next, at least `want` (≤ HS_STREAM_PEEK) bytes of it; fewer before an end or an error. */
hs_str hs_stream_peek(hs_stream *stream, size_t want);
void hs_stream_take(hs_stream *stream, size_t n); /* of what was peeked at */

/* After a peek that gave less than was wanted: the error that lies behind it, once; HS_OK at the end. */
hs_status hs_stream_failure(hs_stream *stream, hs_error *error);

/* Puts `bytes` (taken over) before what is still to come. */
bool hs_stream_put_back(hs_stream *stream, hs_bytes *bytes);

#endif
