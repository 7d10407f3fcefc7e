/* Windows: see windows.h. */
#include "model/windows.h"

/* The word after the last that fits a window from `first` on; one word at least. */
static size_t stop_of(const uint32_t *pieces, size_t words, size_t first, size_t room) {
    size_t stop = first + 1;
    while (stop < words && pieces[stop + 1] - pieces[first] <= room) stop++;
    return stop;
}

/* The first word from which at most `overlap` pieces remain up to `stop`, but beyond `first`. */
static size_t next_of(const uint32_t *pieces, size_t first, size_t stop, size_t overlap) {
    size_t next = stop;
    while (next - 1 > first && pieces[stop] - pieces[next - 1] <= overlap) next--;
    return next;
}

hs_windows hs_windows_of(hs_arena *arena, const uint32_t *pieces, size_t words, size_t room, size_t overlap) {
    hs_windows out = {0};
    for (size_t first = 0, stop = 0; stop < words; first = next_of(pieces, first, stop, overlap)) {
        stop = stop_of(pieces, words, first, room);
        hs_window w = {first, stop, first, stop};
        if (out.n) {
            hs_window *before = &out.v[out.n - 1];
            before->own_stop = w.own_first = (first + before->stop) / 2;
        }
        HS_PUSH(arena, out, w);
    }
    return out;
}
