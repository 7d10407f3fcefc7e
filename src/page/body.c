/* Which blocks are the article: see article.h. The container is the element whose blocks agree best with all the running text of the page
 * (an F measure, weighed by what the element is called); inside it each block is then judged with its neighbours. */
#include <string.h>

#include "page/dates.h"
#include "page/lines.h"
#include "page/scores.h"

enum { OUT = HS_BLOCK_OUT, WEAK = HS_BLOCK_WEAK, IN = HS_BLOCK_IN };

typedef struct body {
    const hs_html_page *page;
    size_t from, to;   /* blocks of the page below the container */
    uint32_t drop;     /* marks that take blocks out */
    uint8_t *verdicts; /* of all blocks of the page */
} body;

static double prior(const hs_node *node, uint32_t marks) {
    if (hs_str_eq(hs_node_attr(node, HS_STR("itemprop")), HS_STR("articleBody"))) return 1.35;
    if (node->tag == HS_TAG_ARTICLE) return 1.12;
    if (node->tag == HS_TAG_MAIN) return 1.06;
    return marks & HS_MARK_CONTENT ? 1.08 : 1.0;
}

static const hs_node *choose(const hs_html_page *page) {
    enum { SIDE = 2 }; /* how much text that is not running text counts against an element, as a divisor */
    const hs_tree *tree = page->tree;
    const hs_blocks *blocks = &page->blocks;
    double all = blocks->sums[blocks->n].kept, best_score = 0;
    const hs_node *best = tree->document;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || node->tag == HS_TAG_P) continue;
        hs_block_sums sum = hs_blocks_sum(blocks, blocks->at[i], blocks->at[node->end]);
        if (!sum.kept) continue;
        double score = 2.0 * sum.kept / (all + sum.kept + (double)sum.bad / SIDE + 1);
        if (score * 1.4 < best_score) continue;
        score *= prior(node, page->marks[i]);
        if (score < best_score) continue;
        best_score = score;
        best = node;
    }
    return best;
}

static bool sentence(hs_str text) {
    static const hs_str ENDS[] = {{".", 1},
                                  {"!", 1},
                                  {"?", 1},
                                  {":", 1},
                                  {"\"", 1},
                                  {"\xE2\x80\x9D", 3},
                                  {"\xE2\x80\xA6", 3},
                                  {"\xE3\x80\x82", 3},
                                  {"\xC2\xBB", 2},
                                  {")", 1}};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (hs_str_ends(text, ENDS[i])) return true;
    return false;
}

static bool mostly_date(const hs_html_page *page, hs_str text) {
    size_t at, n;
    if (text.n > 80 || !hs_date_find(page->arena, text, &at, &n).p) return false;
    return n * 2 >= text.n || text.n - n < 30;
}

static bool has_letter(hs_str text) {
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] >= 'a' && text.p[i] <= 'z') || (text.p[i] >= 'A' && text.p[i] <= 'Z') ||
            (unsigned char)text.p[i] >= 0xC3)
            return true;
    return false;
}

/* Lines that are no part of any article, by their words alone. */
static bool furniture(const hs_html_page *page, hs_block *block) {
    hs_str text = block->text;
    if (hs_block_line(block) & (HS_LINE_UI | HS_LINE_PROMO | HS_LINE_RIGHTS)) return true;
    if (text.n < 50 && !has_letter(text)) return true;
    return mostly_date(page, text);
}

static uint8_t judge(const body *b, hs_block *block) {
    const hs_html_page *page = b->page;
    hs_str text = block->text;
    if (block->marks & b->drop || block->kind == HS_BLOCK_CAPTION) return OUT;
    if (block->kind == HS_BLOCK_HEADING && block->level == 1 && hs_title_repeats(page, text)) return OUT;
    if (furniture(page, block)) return OUT;
    size_t links = block->link_bytes;
    if (links * 10 > text.n * 9 && (block->kind != HS_BLOCK_HEADING || text.n > 20))
        return text.n > 140 && sentence(text) ? WEAK : OUT;
    if (links * 2 > text.n && block->kind != HS_BLOCK_HEADING) return text.n > 120 && sentence(text) ? WEAK : OUT;
    if (block->kind == HS_BLOCK_HEADING) return WEAK;
    if (text.n >= 70 || (text.n >= 30 && sentence(text))) return IN;
    return WEAK;
}

/* A heading that says the article is over, unless most of it is still to come. */
static void cut_at_end_heading(body *b) {
    double all = 0, before = 0;
    const hs_block *blocks = b->page->blocks.v;
    for (size_t i = b->from; i < b->to; i++)
        if (b->verdicts[i] == IN) all += (double)blocks[i].text.n;
    for (size_t i = b->from; i < b->to; i++) {
        bool short_line = blocks[i].text.n < 60 && blocks[i].kind != HS_BLOCK_ITEM && !(blocks[i].marks & b->drop);
        if (short_line && before > all * 0.4 && hs_rules_is(HS_PHRASE_END, blocks[i].text)) {
            memset(b->verdicts + i, OUT, b->to - i);
            return;
        }
        if (b->verdicts[i] == IN) before += (double)blocks[i].text.n;
    }
}

/* Headings stand only before text. */
static void drop_last_headings(body *b) {
    bool text_follows = false;
    for (size_t i = b->to; i > b->from; i--) {
        if (b->page->blocks.v[i - 1].kind == HS_BLOCK_HEADING && !text_follows) b->verdicts[i - 1] = OUT;
        if (b->verdicts[i - 1] != OUT) text_follows = true;
    }
}

/* Short lines before the first and after the last running text are not the article's. */
static void trim_ends(body *b) {
    size_t first = b->to, last = b->from;
    for (size_t i = b->from; i < b->to; i++) {
        if (b->verdicts[i] != IN) continue;
        if (first == b->to) first = i;
        last = i;
    }
    const hs_block *blocks = b->page->blocks.v;
    for (size_t i = b->from; i < b->to; i++) {
        if (b->verdicts[i] != WEAK) continue;
        if (i > last) b->verdicts[i] = blocks[i].kind == HS_BLOCK_ITEM && i < last + 20 ? WEAK : OUT;
        else if (i < first)
            b->verdicts[i] =
                blocks[i].kind == HS_BLOCK_HEADING && blocks[i].level > 1 && !blocks[i].link_bytes ? WEAK : OUT;
    }
    drop_last_headings(b);
}

static hs_rough_body rough(const hs_html_page *page, const hs_node *root, uint32_t drop) {
    body b = {.page = page, .drop = drop, .from = page->blocks.at[root->order], .to = page->blocks.at[root->end]};
    b.verdicts = HS_NEW(page->arena, uint8_t, page->blocks.n + 1);
    for (size_t i = b.from; i < b.to; i++) b.verdicts[i] = judge(&b, &page->blocks.v[i]);
    cut_at_end_heading(&b);
    trim_ends(&b);
    return (hs_rough_body){b.from, b.to, b.verdicts};
}

static size_t size_of(const hs_html_page *page, const hs_rough_body *body) {
    size_t n = 0;
    for (size_t i = body->from; i < body->to; i++)
        if (body->verdicts[i] != OUT) n += page->blocks.v[i].text.n;
    return n;
}

enum { LITTLE = 250, STATED = 400 };

/* Two tries, the second only where the first found too little: strictly; anywhere, by the surest marks alone. */
hs_rough_body hs_body_rough(const hs_html_page *page) {
    hs_rough_body out = rough(page, choose(page), HS_MARK_DROP);
    size_t size = size_of(page, &out), said = page->meta.body.n;
    if (size >= LITTLE && (said <= STATED || size * 2 >= said)) return out;
    hs_rough_body relaxed = rough(page, page->tree->document, HS_MARK_NAV | HS_MARK_FOOT | HS_MARK_COMMENT);
    size_t more = size_of(page, &relaxed);
    return more > size * 2 && (said <= STATED || more < said * 2) ? relaxed : out;
}

/* The page's own copy of its text, for pages that show none; it has lost its headings, and often its end. */
static hs_strs stated(const hs_html_page *page) {
    hs_str text = hs_str_copy(page->arena, page->meta.body); /* lines are joined in place */
    hs_lines lines = hs_lines_of(page->arena, text, hs_blocks_most(page->tree));
    return (hs_strs){lines.v, lines.n, lines.n};
}

/* An article does not end with a heading, nor with a scrap such as the initials of its writers. */
static void drop_last_scraps(const hs_html_page *page, hs_rough_body *body) {
    enum { SCRAP = 16 };
    for (size_t i = page->blocks.n; i > 0; i--) {
        const hs_block *block = &page->blocks.v[i - 1];
        if (body->verdicts[i - 1] == OUT) continue;
        bool scrap = block->kind == HS_BLOCK_TEXT && block->text.n < SCRAP && !sentence(block->text);
        if (block->kind != HS_BLOCK_HEADING && !scrap) return;
        body->verdicts[i - 1] = OUT;
    }
}

hs_strs hs_body_of(const hs_html_page *page) {
    hs_rough_body body = hs_body_rough(page);
    if (size_of(page, &body)) hs_scores_apply(page, &body);
    drop_last_scraps(page, &body);
    hs_strs out = {0};
    size_t size = 0;
    for (size_t i = 0; i < page->blocks.n; i++) {
        hs_str text = page->blocks.v[i].text;
        if (body.verdicts[i] == OUT || (out.n < 3 && hs_title_repeats(page, text))) continue;
        HS_PUSH(page->arena, out, text);
        size += text.n;
    }
    return page->meta.body.n > STATED && size * 2 < page->meta.body.n ? stated(page) : out;
}
