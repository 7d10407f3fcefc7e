/* Windows over a text's words: docs/model-format.md, section 4. Knows numbers of pieces only. Memory is the arena's. */
#ifndef HS_MODEL_WINDOWS_H
#define HS_MODEL_WINDOWS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hs_window {
    size_t first, stop;         /* the words it holds */
    size_t own_first, own_stop; /* the words it answers for */
} hs_window;

typedef struct hs_windows {
    hs_window *v;
    size_t n, cap;
} hs_windows;

/* What a text is cut by. */
typedef struct hs_cut {
    const uint32_t *pieces; /* [words + 1], word w having pieces[w + 1] - pieces[w] */
    const bool *starts;     /* [words]: a paragraph begins with it */
    size_t words;
    size_t room;        /* the pieces that a window holds at most */
    size_t lead, trail; /* pieces before and after what a window answers for */
} hs_cut;

hs_windows hs_windows_of(hs_arena *arena, const hs_cut *cut);

#endif
