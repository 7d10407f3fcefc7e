/* gzip and deflate, by zlib: see unpack.h. */
#include "input/unpack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"

enum { PIECE = 32 * 1024, MAGIC = 3, ANY_ZLIB = 15, GZIP = 15 + 16 };
enum { HISTORY = 1 << 20, RESCUES = 16 }; /* going back into a damaged member, how far and how often */

typedef enum state { BETWEEN, INSIDE, LOST } state; /* LOST: behind damage, in search of the next member */

typedef struct inflate_source {
    hs_source source;
    hs_stream *below;
    hs_packing packing;
    z_stream z;
    state state;
    bool first;       /* no member has begun yet */
    bool full;        /* there was no room for more: zlib may hold some back */
    hs_bytes history; /* the member at hand, packed, as long as it is no longer than HISTORY */
    bool outgrown;    /* it is */
    unsigned rescues;
    hs_error failed; /* met after some bytes had come out: told at the next read */
} inflate_source;

static bool is_gzip(hs_str s) {
    return hs_str_starts(s, HS_STR("\x1F\x8B\x08"));
}

hs_packing hs_packing_of(hs_str start) {
    if (is_gzip(start)) return HS_PACKED_GZIP;
    bool skippable = start.n >= 4 && ((unsigned char)start.p[0] & 0xF0) == 0x50 &&
                     hs_str_eq(hs_str_slice(start, 1, 4), HS_STR("\x2A\x4D\x18"));
    return skippable || hs_str_starts(start, HS_STR("\x28\xB5\x2F\xFD")) ? HS_PACKED_ZSTD : HS_PACKED_NOT;
}

/* Moves to the next place that may begin a member. What lies before it is padding, or damaged. False: there is none. */
static bool find_member(hs_stream *below) {
    for (;;) {
        hs_str seen = hs_stream_peek(below, PIECE);
        if (seen.n < MAGIC) return false;
        size_t found = hs_str_find(seen, HS_STR("\x1F\x8B\x08"));
        hs_stream_take(below, found == HS_NONE ? seen.n - (MAGIC - 1) : found);
        if (found != HS_NONE) return true;
    }
}

/* zlib's own wrapping, or none: servers send both under the name of deflate. */
static int bits_of_deflate(hs_str start) {
    if (start.n < 2) return ANY_ZLIB;
    unsigned head = (unsigned)(unsigned char)start.p[0] << 8 | (unsigned char)start.p[1];
    return (head >> 8 & 15) == Z_DEFLATED && head % 31 == 0 ? ANY_ZLIB : -ANY_ZLIB;
}

/* *more = false at the end of the data. */
static hs_status begin(inflate_source *s, bool *more, hs_error *error) {
    int bits = GZIP;
    if (s->packing == HS_PACKED_DEFLATE) {
        *more = s->first;
        if (*more) bits = bits_of_deflate(hs_stream_peek(s->below, 2));
    } else {
        *more = (s->state != LOST && is_gzip(hs_stream_peek(s->below, MAGIC))) || find_member(s->below);
    }
    if (!*more) return hs_stream_failure(s->below, error);
    s->first = s->full = s->outgrown = false;
    s->history.n = 0;
    s->state = INSIDE;
    if (inflateReset2(&s->z, bits) != Z_OK) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    return HS_OK;
}

static void remember(inflate_source *s, hs_str packed) {
    s->outgrown = s->outgrown || packed.n > HISTORY - s->history.n || !hs_bytes_add(&s->history, packed);
}

/* A member that was cut short (its writer was killed, and began anew behind it) shows as damage only well inside of the next one:
 * the search for that begins where the damaged one began. */
static hs_status lose(inflate_source *s, hs_error *error) {
    s->state = LOST;
    if (!s->outgrown && s->history.n > MAGIC && s->rescues++ < RESCUES) {
        s->history.n -= MAGIC;
        memmove(s->history.v, s->history.v + MAGIC, s->history.n);
        hs_stream_put_back(s->below, &s->history);
    }
    return hs_fail(error, HS_ERR_FORMAT, "the compressed data is damaged");
}

/* Unpacks what the next piece gives; *got may be 0 without an end. */
static hs_status step(inflate_source *s, char *out, size_t room, size_t *got, hs_error *error) {
    hs_str in = hs_stream_peek(s->below, 1);
    if (!in.n && !s->full) {
        hs_status status = hs_stream_failure(s->below, error);
        if (status != HS_OK) {
            s->state = LOST;
            return status;
        }
        s->state = BETWEEN;
        return hs_fail(error, HS_ERR_FORMAT, "the compressed data is cut off");
    }
    s->z.next_in = (Bytef *)in.p;
    s->z.avail_in = (uInt)in.n;
    s->z.next_out = (Bytef *)out;
    s->z.avail_out = room > PIECE ? PIECE : (uInt)room;
    uInt asked = s->z.avail_out;
    int code = inflate(&s->z, Z_NO_FLUSH);
    remember(s, hs_str_slice(in, 0, in.n - s->z.avail_in));
    hs_stream_take(s->below, in.n - s->z.avail_in);
    *got = asked - s->z.avail_out;
    s->full = s->z.avail_out == 0;
    if (code == Z_STREAM_END) s->state = BETWEEN;
    else if (code == Z_MEM_ERROR) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    else if (code != Z_OK && code != Z_BUF_ERROR) return lose(s, error);
    return HS_OK;
}

static hs_status inflate_read(hs_source *self, char *out, size_t room, size_t *got, hs_error *error) {
    inflate_source *s = (inflate_source *)self;
    hs_error found = s->failed;
    s->failed.code = HS_OK;
    for (*got = 0; found.code == HS_OK && *got == 0;) {
        bool more = true;
        if (s->state != INSIDE) found.code = begin(s, &more, &found);
        if (!more && found.code == HS_OK) return HS_OK;
        if (found.code == HS_OK) found.code = step(s, out, room, got, &found);
    }
    if (found.code == HS_OK) return HS_OK;
    if (*got) {
        s->failed = found;
        return HS_OK;
    }
    if (error) *error = found;
    return found.code;
}

static void inflate_free(hs_source *self) {
    inflate_source *s = (inflate_source *)self;
    inflateEnd(&s->z);
    hs_bytes_free(&s->history);
    hs_source_free(&s->below->source);
    free(s);
}

hs_source *hs_unpack(hs_source *below, hs_packing packing) {
    if (packing == HS_PACKED_NOT) return below;
    if (packing == HS_PACKED_ZSTD) return hs_unpack_zstd(below);
    hs_stream *stream = hs_stream_new(below);
    inflate_source *s = stream ? calloc(1, sizeof *s) : NULL;
    if (s) {
        *s = (inflate_source){
            .source = {inflate_read, inflate_free}, .below = stream, .packing = packing, .first = true};
        if (inflateInit2(&s->z, GZIP) == Z_OK) return &s->source;
    }
    if (stream) hs_source_free(&stream->source);
    free(s);
    return NULL;
}
