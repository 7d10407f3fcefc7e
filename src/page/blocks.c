/* Cutting a page into blocks: see blocks.h. One walk in document order; a stack of open elements tells the block that a text is in
 * and whether a link is around it. */
#include "page/blocks.h"

#include "page/lines.h"

/* How an element takes part in the flow of text. */
typedef enum flow { FLOW_INLINE, FLOW_BLOCK, FLOW_SKIP, FLOW_BREAK } flow;

static flow flow_of(const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_SCRIPT:
    case HS_TAG_STYLE:
    case HS_TAG_TEMPLATE:
    case HS_TAG_NOSCRIPT:
    case HS_TAG_SVG:
    case HS_TAG_BUTTON:
    case HS_TAG_SELECT:
    case HS_TAG_OPTION:
    case HS_TAG_DATALIST:
    case HS_TAG_TEXTAREA:
    case HS_TAG_IFRAME:
    case HS_TAG_OBJECT:
    case HS_TAG_EMBED:
    case HS_TAG_CANVAS:
    case HS_TAG_AUDIO:
    case HS_TAG_VIDEO:
    case HS_TAG_HEAD:
    case HS_TAG_INPUT:
    case HS_TAG_LABEL:
    case HS_TAG_TITLE: return FLOW_SKIP;
    case HS_TAG_BR: return FLOW_BREAK;
    case HS_TAG_A:
    case HS_TAG_ABBR:
    case HS_TAG_B:
    case HS_TAG_CITE:
    case HS_TAG_CODE:
    case HS_TAG_DEL:
    case HS_TAG_EM:
    case HS_TAG_FONT:
    case HS_TAG_I:
    case HS_TAG_S:
    case HS_TAG_SMALL:
    case HS_TAG_SPAN:
    case HS_TAG_STRONG:
    case HS_TAG_SUB:
    case HS_TAG_SUP:
    case HS_TAG_U:
    case HS_TAG_WBR:
    case HS_TAG_TIME:
    case HS_TAG_IMG:
    case HS_TAG_PICTURE:
    case HS_TAG_OTHER: return FLOW_INLINE;
    default: return FLOW_BLOCK;
    }
}

static hs_block_kind kind_of(const hs_node *node, uint8_t *level) {
    for (const hs_node *at = node; at; at = at->parent) {
        switch (at->tag) {
        case HS_TAG_H1:
        case HS_TAG_H2:
        case HS_TAG_H3:
        case HS_TAG_H4:
        case HS_TAG_H5:
        case HS_TAG_H6: *level = (uint8_t)(at->tag - HS_TAG_H1 + 1); return HS_BLOCK_HEADING;
        case HS_TAG_LI:
        case HS_TAG_DD:
        case HS_TAG_DT: return HS_BLOCK_ITEM;
        case HS_TAG_BLOCKQUOTE: return HS_BLOCK_QUOTE;
        case HS_TAG_TD:
        case HS_TAG_TH: return HS_BLOCK_CELL;
        case HS_TAG_FIGCAPTION:
        case HS_TAG_CAPTION: return HS_BLOCK_CAPTION;
        case HS_TAG_DIV:
        case HS_TAG_P:
        case HS_TAG_SECTION: break;
        default: return HS_BLOCK_TEXT;
        }
    }
    return HS_BLOCK_TEXT;
}

typedef struct open_element {
    const hs_node *node;
    flow flow;
    uint32_t marks; /* its own and its ancestors' */
    bool link, pre;
} open_element;

typedef struct cutter {
    hs_arena *arena;
    const uint32_t *marks;
    hs_blocks blocks;
    HS_VEC(open_element) open;
    hs_str whole; /* the text of the block being read, as long as it is one slice of the page, and */
    char space;   /* the white space behind it, if any; */
    hs_buf text;  /* else it lies here, from the byte `from` on */
    size_t from, page_size, most;
    const hs_node *node;
    uint32_t first, link_bytes, block_marks;
    bool begun;
    bool closed, met; /* since the last text: an inline element ended; then another began */
} cutter;

static void add_block(cutter *c, hs_str text, uint32_t link_bytes) {
    text = hs_str_trim(text);
    if (!text.n) return;
    hs_block block = {.node = c->node, .text = text, .first = c->first, .marks = c->block_marks};
    block.link_bytes = link_bytes < text.n ? link_bytes : (uint32_t)text.n;
    block.kind = (uint8_t)kind_of(c->node, &block.level);
    HS_PUSH(c->arena, c->blocks, block);
}

static void add_line(cutter *c, hs_str line, size_t all) {
    add_block(c, line, all ? (uint32_t)((double)c->link_bytes * (double)line.n / (double)all) : 0);
}

/* Texts lie one behind the other in slabs. A slab that is full is followed by another one, which the block moves to; one for a large page
 * holds all of it, so that nothing moves. */
static void reserve(cutter *c, size_t more) {
    enum { SLAB = 32 << 10, LARGE = 1 << 20 };
    if (more <= c->text.cap - c->text.n) return;
    hs_str begun = hs_str_slice(hs_buf_str(&c->text), c->from, c->text.n);
    size_t cap = (begun.n + more) * 2;
    if (cap < SLAB) cap = SLAB;
    if (c->page_size > LARGE && cap < c->page_size) cap = c->page_size;
    c->text = (hs_buf){hs_arena_alloc(c->arena, cap, 1), begun.n, cap};
    if (begun.n) memcpy(c->text.v, begun.p, begun.n);
    c->from = 0;
}

static void put(cutter *c, hs_str s) {
    reserve(c, s.n);
    memcpy(c->text.v + c->text.n, s.p, s.n);
    c->text.n += s.n;
}

/* The block becomes more than one slice. */
static void unfold(cutter *c) {
    if (!c->whole.n) return;
    put(c, c->whole);
    if (c->space) put(c, (hs_str){&c->space, 1});
    c->whole.n = 0;
    c->space = 0;
}

static void add_bytes(cutter *c, hs_str s) {
    if (!c->whole.n && c->text.n == c->from) c->whole = s;
    else {
        unfold(c);
        put(c, s);
    }
}

static void add_byte(cutter *c, char byte) {
    if (c->whole.n && !c->space) c->space = byte;
    else {
        unfold(c);
        put(c, (hs_str){&byte, 1});
    }
}

/* The last byte of the block's text; 0 when it is empty. */
static char last_byte(const cutter *c) {
    if (c->space) return c->space;
    if (c->whole.n) return c->whole.p[c->whole.n - 1];
    return c->text.n > c->from ? c->text.v[c->text.n - 1] : 0;
}

static void flush(cutter *c) {
    if (!c->begun) return;
    hs_str all = c->whole.n ? c->whole : hs_str_slice(hs_buf_str(&c->text), c->from, c->text.n);
    size_t n = all.n + (c->space != 0);
    if (!c->whole.n && memchr(all.p, '\n', all.n)) {
        hs_lines lines = hs_lines_of(c->arena, all, c->blocks.n + 1 < c->most ? c->most - c->blocks.n : 1);
        for (size_t i = 0; i < lines.n; i++) add_line(c, lines.v[i], n);
    } else add_line(c, hs_str_trim(all), n);
    c->from = c->text.n;
    c->whole.n = 0;
    c->space = 0;
    c->begun = false;
    c->link_bytes = 0;
}

static const open_element *top(const cutter *c) {
    return &c->open.v[c->open.n - 1];
}

static void begin(cutter *c, const hs_node *text) {
    c->begun = true;
    c->first = text->order;
    c->node = text->parent;
    for (size_t i = c->open.n; i > 0; i--) {
        if (c->open.v[i - 1].flow != FLOW_BLOCK) continue;
        c->node = c->open.v[i - 1].node;
        break;
    }
    c->block_marks = top(c)->marks;
}

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* "…in April</a><span>Today": styles keep such words apart, the source does not. */
static bool glued(const cutter *c, hs_str text) {
    unsigned char last = (unsigned char)last_byte(c);
    if (!c->met || !last || !text.n) return false;
    unsigned char next = (unsigned char)text.p[0];
    bool upper = (next >= 'A' && next <= 'Z') || (next == 0xC3 && text.n > 1 && (unsigned char)text.p[1] <= 0x9E);
    return upper && ((last >= 'a' && last <= 'z') || (last >= '0' && last <= '9') || last == '.' || last == '!' ||
                     last == '?' || last == ':' || last == ')');
}

/* What is no space; the first of it begins a block. */
static void add_solid(cutter *c, const hs_node *node, hs_str piece) {
    if (!c->begun) begin(c, node);
    add_bytes(c, piece);
    if (!top(c)->link) return;
    for (size_t i = 0; i < piece.n; i++) c->link_bytes += piece.p[i] != ' ';
}

static void add_space(cutter *c) {
    char last = last_byte(c);
    if (last && last != ' ' && last != '\n') add_byte(c, ' ');
}

/* From `at` on, up to white space that is more than one blank. */
static size_t end_of_stretch(hs_str text, size_t at) {
    for (; at < text.n; at++) {
        if ((unsigned char)text.p[at] > ' ') continue;
        if (blank(text.p[at]) && (text.p[at] != ' ' || at + 1 == text.n || blank(text.p[at + 1]))) return at;
    }
    return at;
}

static void add_collapsed(cutter *c, const hs_node *node) {
    hs_str text = node->text;
    for (size_t at = 0; at < text.n;) {
        if (blank(text.p[at])) {
            while (at < text.n && blank(text.p[at])) at++;
            add_space(c);
            continue;
        }
        size_t end = end_of_stretch(text, at);
        add_solid(c, node, hs_str_slice(text, at, end));
        at = end;
    }
}

static void add_preformatted(cutter *c, const hs_node *node) {
    hs_str text = node->text;
    for (size_t i = 0; i < text.n; i++) {
        if (!blank(text.p[i])) add_solid(c, node, hs_str_slice(text, i, i + 1));
        else if (text.p[i] == '\n') add_byte(c, '\n');
        else add_space(c);
    }
}

static void add_text(cutter *c, const hs_node *node) {
    hs_str text = node->text;
    if (glued(c, text)) add_byte(c, ' ');
    c->closed = c->met = false;
    if (top(c)->pre) add_preformatted(c, node);
    else add_collapsed(c, node);
}

static void open_node(cutter *c, const hs_node *node, flow flow) {
    open_element element = {node, flow, c->marks[node->order], node->tag == HS_TAG_A, node->tag == HS_TAG_PRE};
    if (c->open.n) {
        element.marks |= top(c)->marks;
        element.link |= top(c)->link;
        element.pre |= top(c)->pre;
    }
    c->met |= c->closed && flow == FLOW_INLINE;
    HS_PUSH(c->arena, c->open, element);
}

static void close_before(cutter *c, uint32_t order) {
    while (c->open.n && top(c)->node->end <= order) {
        if (top(c)->flow == FLOW_BLOCK) flush(c);
        else c->closed |= top(c)->node->kind == HS_NODE_ELEMENT;
        c->open.n--;
    }
}

unsigned hs_block_line(hs_block *block) {
    enum { LINE = 60, RIGHTS = 250, PROMO = 300 };
    if (block->line) return block->line;
    hs_str text = block->text;
    size_t at, n;
    block->line = HS_LINE_KNOWN;
    if (text.n < LINE && hs_rules_is(HS_PHRASE_UI, text)) block->line |= HS_LINE_UI;
    if (text.n < PROMO && hs_rules_starts(HS_PHRASE_PROMO, text, &n)) block->line |= HS_LINE_PROMO;
    if (text.n < RIGHTS && hs_rules_holds(HS_PHRASE_RIGHTS, text, &at, &n)) block->line |= HS_LINE_RIGHTS;
    return block->line;
}

static bool good_block(const hs_block *block) {
    return block->text.n >= 70 && block->link_bytes * 3 < block->text.n && block->kind != HS_BLOCK_CAPTION;
}

static void sum_up(hs_blocks *blocks, hs_arena *arena) {
    blocks->sums = HS_NEW(arena, hs_block_sums, blocks->n + 1);
    for (size_t i = 0; i < blocks->n; i++) {
        const hs_block *block = &blocks->v[i];
        hs_block_sums sum = blocks->sums[i];
        uint32_t link = block->link_bytes, size = (uint32_t)block->text.n;
        bool out = (block->marks & HS_MARK_DROP) != 0, good = good_block(block);
        sum.text += size;
        sum.links += link;
        sum.good += good ? size - link : 0;
        sum.kept += good && !out ? size - link : 0;
        sum.bad += out ? 0 : good ? link : size;
        blocks->sums[i + 1] = sum;
    }
}

static void place(hs_blocks *blocks, hs_arena *arena, const hs_tree *tree) {
    blocks->at = HS_NEW(arena, uint32_t, tree->n_nodes + 1);
    uint32_t n = 0;
    for (size_t i = 0; i <= tree->n_nodes; i++) {
        while (n < blocks->n && blocks->v[n].first < i) n++;
        blocks->at[i] = n;
    }
}

size_t hs_blocks_most(const hs_tree *tree) {
    enum { AT_LEAST = 10000, BYTES_A_BLOCK = 256 }; /* real pages have one in 900 bytes */
    return AT_LEAST + tree->size / BYTES_A_BLOCK;
}

hs_blocks hs_blocks_of(hs_arena *arena, const hs_tree *tree, const uint32_t *marks) {
    cutter c = {.arena = arena, .marks = marks, .page_size = tree->size + tree->n_nodes * 2};
    c.most = hs_blocks_most(tree);
    for (uint32_t i = 0; i < tree->n_nodes;) {
        const hs_node *node = tree->nodes[i];
        close_before(&c, i);
        flow flow = node->kind == HS_NODE_DOCUMENT  ? FLOW_BLOCK
                    : node->kind == HS_NODE_ELEMENT ? flow_of(node)
                                                    : FLOW_INLINE;
        if (flow == FLOW_SKIP) {
            i = node->end;
            continue;
        }
        if (flow == FLOW_BLOCK) flush(&c);
        if (flow == FLOW_BREAK && last_byte(&c)) add_byte(&c, '\n');
        if (node->kind == HS_NODE_TEXT) add_text(&c, node);
        else if (node->kind != HS_NODE_COMMENT) open_node(&c, node, flow);
        i++;
    }
    flush(&c);
    sum_up(&c.blocks, arena);
    place(&c.blocks, arena, tree);
    return c.blocks;
}
