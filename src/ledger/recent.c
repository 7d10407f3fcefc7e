/* Recent pages: see recent.h. A ring by page number, bounded in pages and in bytes; the oldest go first. */
#include "ledger/recent.h"

#include <stdlib.h>
#include <string.h>

enum { PAGES = 1 << 12, MOST_BYTES = 32 << 20 };

typedef struct slot {
    hs_recent_page page;
    size_t n; /* bytes; 0: free */
    void *bytes;
} slot;

struct hs_recent {
    slot slots[PAGES];
    int64_t oldest, next; /* numbers of pages: [oldest, next) may be there */
    size_t n;             /* bytes */
};

hs_recent *hs_recent_new(void) {
    return calloc(1, sizeof(hs_recent));
}

static slot *slot_of(hs_recent *r, int64_t page) {
    return &r->slots[(uint64_t)page % PAGES];
}

static void clear(hs_recent *r, slot *s) {
    r->n -= s->n;
    free(s->bytes);
    *s = (slot){0};
}

void hs_recent_forget(hs_recent *r) {
    for (size_t i = 0; i < PAGES; i++) clear(r, &r->slots[i]);
    r->oldest = r->next = 0;
}

void hs_recent_free(hs_recent *r) {
    if (!r) return;
    hs_recent_forget(r);
    free(r);
}

void hs_recent_add(hs_recent *r, const hs_recent_page *page) {
    size_t n_shingles = page->shingles.n * sizeof *page->shingles.v, n = n_shingles + page->sketch.n + 1;
    if (page->page < r->next || page->page - r->next > PAGES || n > MOST_BYTES) hs_recent_forget(r);
    if (n > MOST_BYTES) return;
    if (!r->next) r->oldest = page->page;
    r->next = page->page + 1;
    while (r->oldest < r->next - PAGES || (r->n + n > MOST_BYTES && r->oldest < r->next))
        clear(r, slot_of(r, r->oldest++));
    char *bytes = malloc(n);
    slot *s = slot_of(r, page->page);
    clear(r, s);
    if (!bytes) return;
    *s = (slot){.page = *page, .n = n, .bytes = bytes};
    s->page.shingles.v = s->bytes;
    s->page.sketch.p = bytes + n_shingles;
    if (n_shingles) memcpy(bytes, page->shingles.v, n_shingles);
    if (page->sketch.n) memcpy(bytes + n_shingles, page->sketch.p, page->sketch.n);
    r->n += n;
}

const hs_recent_page *hs_recent_find(const hs_recent *r, int64_t page) {
    const slot *s = &r->slots[(uint64_t)page % PAGES];
    return s->n && s->page.page == page ? &s->page : NULL;
}

void hs_recent_drop(hs_recent *r, int64_t page) {
    slot *s = slot_of(r, page);
    if (s->n && s->page.page == page) clear(r, s);
}
