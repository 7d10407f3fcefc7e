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
    uint8_t line;        /* what it is by its words (HS_LINE_…), once that was asked for */
} hs_block;

/* Sums over the blocks before one; a difference is the sum of a run of blocks. In bytes. */
typedef struct hs_block_sums {
    uint32_t text, links;
    uint32_t good; /* running text outside links */
    uint32_t kept; /* the part of good that no mark takes out */
    uint32_t bad;  /* what is no running text and not taken out by a mark */
} hs_block_sums;

typedef struct hs_blocks {
    hs_block *v;
    size_t n, cap;
    hs_block_sums *sums; /* n + 1 of them */
    uint32_t *at;        /* for each node, and one past the last: how many blocks begin before it */
} hs_blocks;

/* What a block is by its words alone, looked up once. */
enum {
    HS_LINE_KNOWN = 1 << 0, /* it was looked up */
    HS_LINE_UI = 1 << 1,    /* the phrase lists of these names */
    HS_LINE_PROMO = 1 << 2,
    HS_LINE_RIGHTS = 1 << 3
};
unsigned hs_block_line(hs_block *block);

/* What the elements' own names say: marks[node->order]. */
uint32_t *hs_marks_of(hs_arena *arena, const hs_tree *tree);

/* The blocks below a node are those from at[node->order] to at[node->end], the latter not among them. */
static inline hs_block_sums hs_blocks_sum(const hs_blocks *blocks, size_t from, size_t to) {
    const hs_block_sums *a = &blocks->sums[from], *z = &blocks->sums[to];
    return (hs_block_sums){z->text - a->text, z->links - a->links, z->good - a->good, z->kept - a->kept,
                           z->bad - a->bad};
}

/* How many blocks lines may make; what is beyond is one block. */
size_t hs_blocks_most(const hs_tree *tree);

/* All blocks below the body. */
hs_blocks hs_blocks_of(hs_arena *arena, const hs_tree *tree, const uint32_t *marks);

#endif
