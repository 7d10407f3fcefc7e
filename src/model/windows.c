/* Windows: see windows.h. */
#include "model/windows.h"

/* The word after the last that fits a window from `first` on; one word at least. */
static size_t stop_of(const hs_cut *cut, size_t first) {
    size_t stop = first + 1;
    while (stop < cut->words && cut->pieces[stop + 1] - cut->pieces[first] <= cut->room) stop++;
    return stop;
}

/* Where the words end that a window answers for: with the last paragraph that begins with at least `trail` of its pieces to come, or
 * else with any; where none begins, with the first word from which fewer than `lead` pieces remain. At least one word. */
static size_t end_of(const hs_cut *cut, size_t own, size_t stop) {
    size_t last = 0, inside = own + 1;
    for (size_t t = stop; t > own; t--) {
        size_t left = cut->pieces[stop] - cut->pieces[t];
        if (cut->starts[t]) {
            if (left >= cut->trail) return t;
            if (!last) last = t;
        }
        if (left < cut->lead) inside = t;
    }
    return last ? last : inside;
}

/* The first word of a window that answers from `own` on: `lead` pieces before it at most, and none where its words would not fit. */
static size_t first_of(const hs_cut *cut, size_t own) {
    size_t first = own;
    while (first > 0 && cut->pieces[own] - cut->pieces[first - 1] <= cut->lead) first--;
    return cut->pieces[own + 1] - cut->pieces[first] <= cut->room ? first : own;
}

hs_windows hs_windows_of(hs_arena *arena, const hs_cut *cut) {
    hs_windows out = {0};
    for (size_t own = 0; own < cut->words;) {
        size_t first = first_of(cut, own), stop = stop_of(cut, first);
        hs_window w = {first, stop, own, stop < cut->words ? end_of(cut, own, stop) : stop};
        HS_PUSH(arena, out, w);
        own = w.own_stop;
    }
    return out;
}
