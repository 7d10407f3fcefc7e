/* Arena: all memory of one page's work and result, freed at once.
 *
 * An arena has a cap in bytes. When the cap is reached or the system has no memory, the arena jumps to the place that
 * HS_ARENA_TRY marked (src/api does, once a page): so no allocation in any room returns NULL and none needs a check.
 * Between the mark and the jump a room may hold no resource but arena memory: a library handle that needs closing must not
 * be open while the arena is asked for memory.
 */
#ifndef HS_BASE_ARENA_H
#define HS_BASE_ARENA_H

#include <setjmp.h>
#include <stdalign.h>
#include <stddef.h>

typedef struct hs_chunk hs_chunk;

typedef struct hs_arena {
    hs_chunk *chunks;
    char *at, *end; /* free part of the newest chunk */
    hs_chunk *spare;
    size_t used; /* bytes asked of the system */
    size_t cap;
    const struct hs_arena *beside; /* NULL, or another arena whose bytes count too */
    size_t places;                 /* taken and not yet returned to */
    size_t fail_after;             /* tests: the n-th allocation fails; 0: none does */
    jmp_buf full;                  /* where to go when there is no more */
} hs_arena;

/* Makes an empty arena of at most `cap` bytes. Follow it with: if (setjmp(arena->full)) { …out of memory… } */
void hs_arena_init(hs_arena *arena, size_t cap);
void hs_arena_free(hs_arena *arena);

/* `count` × `size` bytes, zeroed, aligned for anything. Never NULL; the product is checked. */
void *hs_arena_alloc(hs_arena *arena, size_t count, size_t size);

/* Gives back all that was asked for since the place was taken. */
typedef struct hs_arena_place {
    hs_chunk *chunk;
    char *at;
} hs_arena_place;
hs_arena_place hs_arena_here(hs_arena *arena);
void hs_arena_return(hs_arena *arena, hs_arena_place place);

/* Room for at least `count` items in place of `old` (holding `n`): its content moved, or grown in place when it is the
 * newest piece. The new part is zeroed. */
void *hs_arena_grow(hs_arena *arena, void *old, size_t n, size_t count, size_t size);

#define HS_NEW(arena, type, count) ((type *)hs_arena_alloc((arena), (count), sizeof(type)))

/* A growing array: HS_VEC(int) v = {0}; HS_PUSH(arena, v, 3); v.v[0], v.n. */
#define HS_VEC(type)   \
    struct {           \
        type *v;       \
        size_t n, cap; \
    }

#define HS_RESERVE(arena, vec, more)                                                      \
    do {                                                                                  \
        if ((vec).n + (more) > (vec).cap) {                                               \
            size_t hs_cap_ = (vec).cap ? (vec).cap * 2 : 8;                               \
            if (hs_cap_ < (vec).n + (more)) hs_cap_ = (vec).n + (more);                   \
            (vec).v = hs_arena_grow((arena), (vec).v, (vec).n, hs_cap_, sizeof *(vec).v); \
            (vec).cap = hs_cap_;                                                          \
        }                                                                                 \
    } while (0)

#define HS_PUSH(arena, vec, ...)            \
    do {                                    \
        HS_RESERVE((arena), (vec), 1);      \
        (vec).v[(vec).n++] = (__VA_ARGS__); \
    } while (0)

#endif
