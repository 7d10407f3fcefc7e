/* A tree as a list of blocks: the paragraphs, headings and list items a reader sees, in reading order, each with what the choice of
 * the article needs to know of it. Memory is the arena's. Knows elements and word parts, not yet which blocks are the article. */
#ifndef HS_PAGE_BLOCKS_H
#define HS_PAGE_BLOCKS_H

#include "html/tree.h"
#include "page/rules.h"

typedef enum hs_block_kind {
    HS_BLOCK_TEXT,
    HS_BLOCK_HEADING,
    HS_BLOCK_ITEM,
    HS_BLOCK_QUOTE,
    HS_BLOCK_CELL,
    HS_BLOCK_CAPTION
} hs_block_kind;

typedef struct hs_block {
    const hs_node *node; /* the block element nearest to the text */
    hs_str text;         /* white space collapsed */
    uint32_t first;      /* order of its first text node */
    uint32_t link_bytes; /* of the text, inside links */
    uint32_t marks;      /* why an ancestor takes it out of the article (HS_MARK_…), 0: nothing does */
    uint8_t kind;        /* hs_block_kind */
    uint8_t level;       /* of a heading: 1 to 6 */
} hs_block;

typedef struct hs_blocks {
    hs_block *v;
    size_t n, cap;
    /* for each node, and one past the last: sums over the blocks that begin before it; differences are sums of subtrees */
    double *good, *bad;
} hs_blocks;

/* What the elements' own names say: marks[node->order]. */
uint32_t *hs_marks_of(hs_arena *arena, const hs_tree *tree);

/* All blocks below the body. */
hs_blocks hs_blocks_of(hs_arena *arena, const hs_tree *tree, const uint32_t *marks);

#endif
