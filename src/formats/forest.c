/* Which claims stand inside which: see forest.h. */
#include "formats/forest.h"

#include "base/str.h"

typedef struct links {
    size_t *first, *last, *next; /* the first and last claim inside one, the next one beside it */
    bool *placed;
} links;

static size_t parent_of(const hs_record *record, size_t i) {
    size_t parent = record->claims[i].parent;
    return parent < record->n_claims && parent != i ? parent : HS_NONE;
}

static links link_claims(hs_arena *arena, const hs_record *record) {
    size_t n = record->n_claims;
    links links = {HS_NEW(arena, size_t, n + 1), HS_NEW(arena, size_t, n + 1), HS_NEW(arena, size_t, n + 1),
                   HS_NEW(arena, bool, n + 1)};
    for (size_t i = 0; i < n; i++) links.first[i] = links.last[i] = links.next[i] = HS_NONE;
    for (size_t i = 0; i < n; i++) {
        size_t parent = parent_of(record, i);
        if (parent == HS_NONE) continue;
        if (links.first[parent] == HS_NONE) links.first[parent] = i;
        else links.next[links.last[parent]] = i;
        links.last[parent] = i;
    }
    return links;
}

static void place(hs_forest *forest, links *links, size_t claim, size_t depth) {
    forest->order[forest->n++] = claim;
    forest->depth[claim] = depth;
    links->placed[claim] = true;
}

/* All of a tree, by its links and the parents alone. */
static void walk(hs_forest *forest, const hs_record *record, links *links, size_t root) {
    size_t at = root, depth = 0;
    place(forest, links, root, 0);
    for (;;) {
        size_t next = links->first[at];
        if (next != HS_NONE && !links->placed[next]) {
            place(forest, links, at = next, ++depth);
            continue;
        }
        while (at != root && links->next[at] == HS_NONE) {
            at = parent_of(record, at);
            depth--;
        }
        if (at == root) return;
        place(forest, links, at = links->next[at], depth);
    }
}

hs_forest hs_forest_of(hs_arena *arena, const hs_record *record) {
    hs_forest forest = {HS_NEW(arena, size_t, record->n_claims + 1), HS_NEW(arena, size_t, record->n_claims + 1), 0};
    links links = link_claims(arena, record);
    for (size_t i = 0; i < record->n_claims; i++)
        if (parent_of(record, i) == HS_NONE) walk(&forest, record, &links, i);
    for (size_t i = 0; i < record->n_claims; i++)
        if (!links.placed[i]) place(&forest, &links, i, 0);
    return forest;
}
