/* Slots: see slots.h. */
#include "ledger/slots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LINE = 64, HUGE_PAGE = 2 << 20, SLAB = HUGE_PAGE };

void *hs_large_new(size_t size) {
    size_t page = size < HUGE_PAGE ? LINE : HUGE_PAGE;
    size = (size + page - 1) / page * page;
    void *p = aligned_alloc(page, size);
    if (!p) return NULL;
    if (page == HUGE_PAGE) (void)madvise(p, size, MADV_HUGEPAGE); /* where there are none, small ones do */
    return memset(p, 0, size);
}

static bool add_slab(hs_slots *s) {
    if (s->n_slabs >= s->most / SLAB) return false;
    hs_slot **grown = realloc(s->slabs, (s->n_slabs + 1) * sizeof *grown), *slab = hs_large_new(SLAB);
    if (grown) s->slabs = grown;
    if (!grown || !slab) {
        free(slab);
        return false;
    }
    s->slabs[s->n_slabs++] = slab;
    for (size_t i = SLAB / sizeof *slab; i-- > 0;) hs_slot_give(s, &slab[i]);
    return true;
}

hs_slot *hs_slot_take(hs_slots *s) {
    if (!s->free && !add_slab(s)) return NULL;
    hs_slot *slot = s->free;
    s->free = slot->next;
    return slot;
}

void hs_slot_give(hs_slots *s, hs_slot *slot) {
    slot->next = s->free;
    s->free = slot;
}

void hs_slots_free(hs_slots *s) {
    for (size_t i = 0; i < s->n_slabs; i++) free(s->slabs[i]);
    free(s->slabs);
    *s = (hs_slots){.most = s->most};
}
