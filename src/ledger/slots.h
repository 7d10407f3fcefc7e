/* Memory for what is read here and there in long lists: asked for in large pages, or each look would cost one into the tables of the
 * processor's pages as well; and slots of one size cut from it, up to a limit. */
#ifndef HS_LEDGER_SLOTS_H
#define HS_LEDGER_SLOTS_H

#include <stddef.h>

/* Zeroed, on a line of the processor's cache; NULL when there is no memory. Freed by free. */
void *hs_large_new(size_t size);

enum { HS_SLOT_SIZE = 1280 };

typedef struct hs_slot {
    union {
        size_t n;             /* the owner's: bytes in it */
        struct hs_slot *next; /* of the free ones */
    };
    char bytes[HS_SLOT_SIZE - sizeof(size_t)];
} hs_slot;

typedef struct hs_slots {
    hs_slot **slabs;
    size_t n_slabs;
    hs_slot *free;
    size_t most; /* bytes of all slabs */
} hs_slots;

/* NULL: none is free, and there is no room or memory for more. */
hs_slot *hs_slot_take(hs_slots *slots);
void hs_slot_give(hs_slots *slots, hs_slot *slot);
void hs_slots_free(hs_slots *slots); /* and all slots */

#endif
