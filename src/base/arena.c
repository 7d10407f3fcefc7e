/* Arena: see arena.h. Chunks grow geometrically; a piece larger than a chunk gets one of its own. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct hs_chunk {
    hs_chunk *next;
    size_t size;
    alignas(max_align_t) char bytes[];
};

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

static const size_t ALIGN = alignof(max_align_t);

void hs_arena_init(hs_arena *arena, size_t cap) {
    *arena = (hs_arena){.cap = cap};
}

void hs_arena_free(hs_arena *arena) {
    for (hs_chunk *c = arena->chunks; c;) {
        hs_chunk *next = c->next;
        free(c);
        c = next;
    }
    free(arena->spare);
    arena->chunks = arena->spare = NULL;
    arena->at = arena->end = NULL;
    arena->used = 0;
}

/* The chunk, whose bytes are all zero, becomes the newest. */
static void open_chunk(hs_arena *arena, hs_chunk *c) {
    c->next = arena->chunks;
    arena->chunks = c;
    arena->at = c->bytes;
    arena->end = c->bytes + c->size;
}

static void add_chunk(hs_arena *arena, size_t need) {
    if (arena->spare && need <= arena->spare->size) {
        open_chunk(arena, arena->spare);
        arena->spare = NULL;
        return;
    }
    size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
    if (size < need) size = need;
    size_t used = arena->used + (arena->beside ? arena->beside->used : 0);
    size_t left = arena->cap > used ? arena->cap - used : 0;
    if (size > left) size = need;
    if (size > left) longjmp(arena->full, 1);
    hs_chunk *c = calloc(1, sizeof *c + size);
    if (!c) longjmp(arena->full, 1);
    c->size = size;
    arena->used += size;
    open_chunk(arena, c);
}

/* Bytes for count × size, rounded up; jumps when the product is too large to be one. */
static size_t rounded(hs_arena *arena, size_t count, size_t size) {
    if (size && count > (SIZE_MAX / 2 - ALIGN) / size) longjmp(arena->full, 1);
    return (count * size + ALIGN - 1) & ~(ALIGN - 1);
}

void *hs_arena_alloc(hs_arena *arena, size_t count, size_t size) {
    size_t need = rounded(arena, count, size);
    if (arena->fail_after && --arena->fail_after == 0) longjmp(arena->full, 1);
    if (!arena->at || need > (size_t)(arena->end - arena->at)) add_chunk(arena, need);
    void *p = arena->at;
    arena->at += need;
    return p;
}

/* A piece that has a chunk of its own goes back to the system, unless a place to return to may name the chunk. */
static void give_back(hs_arena *arena, const void *piece, size_t size) {
    hs_chunk **at = &arena->chunks;
    if (arena->places || size < LARGEST_CHUNK) return;
    while (*at && (*at)->bytes != (const char *)piece) at = &(*at)->next;
    hs_chunk *chunk = *at;
    if (!chunk || chunk->size != size) return;
    *at = chunk->next;
    arena->used -= size;
    free(chunk);
}

void *hs_arena_grow(hs_arena *arena, void *old, size_t n, size_t count, size_t size) {
    size_t have = rounded(arena, n, size), need = rounded(arena, count, size);
    if (old && n && (char *)old + have <= arena->at && arena->chunks && (char *)old >= arena->chunks->bytes) {
        size_t taken = (size_t)(arena->at - (char *)old); /* old's real size, when it is the newest piece */
        if (taken >= have && taken <= need && need <= (size_t)(arena->end - (char *)old)) {
            size_t tail = taken - n * size;
            if (tail < ALIGN) { /* nothing else lies behind it */
                arena->at = (char *)old + need;
                return old;
            }
        }
    }
    void *p = hs_arena_alloc(arena, count, size);
    if (n) memcpy(p, old, n * size);
    if (n) give_back(arena, old, have);
    return p;
}

hs_arena_place hs_arena_here(hs_arena *arena) {
    arena->places++;
    return (hs_arena_place){arena->chunks, arena->at};
}

/* The newest chunk is kept, so that going back and forth over a chunk's end costs no more than the bytes in use. */
static void drop_newest(hs_arena *arena, char *used) {
    hs_chunk *chunk = arena->chunks;
    arena->chunks = chunk->next;
    if (!arena->spare && chunk->size <= LARGEST_CHUNK) {
        memset(chunk->bytes, 0, (size_t)(used - chunk->bytes));
        arena->spare = chunk;
        return;
    }
    arena->used -= chunk->size;
    free(chunk);
}

void hs_arena_return(hs_arena *arena, hs_arena_place place) {
    arena->places--;
    char *used = arena->at;
    while (arena->chunks != place.chunk) {
        drop_newest(arena, used);
        used = arena->chunks ? arena->chunks->bytes + arena->chunks->size : NULL;
    }
    arena->at = place.at;
    arena->end = place.chunk ? place.chunk->bytes + place.chunk->size : NULL;
    if (place.at) memset(place.at, 0, (size_t)(used - place.at)); /* the next piece of it is to be zeroed */
}
