/* Which blocks are the article: see article.h. The container is the element whose blocks agree best with all the running text of the page
 * (an F measure, weighed by what the element is called); inside it each block is then judged with its neighbours. */
#include <string.h>

#include "page/article.h"
#include "page/dates.h"
#include "page/lines.h"

/* A block's part in the article. */
typedef enum verdict { OUT, WEAK, IN } verdict;

typedef struct body {
    const hs_html_page *page;
    const hs_node *root;
    size_t from, to; /* blocks of the page below root */
    uint32_t drop;   /* marks that take blocks out */
    uint8_t *verdicts;
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
    double all = page->blocks.good[tree->n_nodes], best_score = 0;
    const hs_node *best = tree->document;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || node->tag == HS_TAG_P) continue;
        double good = page->blocks.good[node->end] - page->blocks.good[i];
        double bad = page->blocks.bad[node->end] - page->blocks.bad[i];
        double score = prior(node, page->marks[i]) * 2 * good / (all + good + bad / SIDE + 1);
        if (good > 0 && score >= best_score) {
            best_score = score;
            best = node;
        }
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
static bool furniture(const hs_html_page *page, const hs_block *block) {
    hs_str text = block->text;
    size_t at, n;
    if (text.n < 60 && hs_rules_is(HS_PHRASE_UI, text)) return true;
    if (text.n < 300 && hs_rules_starts(HS_PHRASE_PROMO, text, &n)) return true;
    if (text.n < 250 && hs_rules_holds(HS_PHRASE_RIGHTS, text, &at, &n)) return true;
    if (text.n < 50 && !has_letter(text)) return true;
    return mostly_date(page, text);
}

static verdict judge(const body *b, const hs_block *block) {
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
        if (b->verdicts[i - b->from] == IN) all += (double)blocks[i].text.n;
    for (size_t i = b->from; i < b->to; i++) {
        bool short_line = blocks[i].text.n < 60 && blocks[i].kind != HS_BLOCK_ITEM && !(blocks[i].marks & b->drop);
        if (short_line && before > all * 0.4 && hs_rules_is(HS_PHRASE_END, blocks[i].text)) {
            memset(b->verdicts + (i - b->from), OUT, b->to - i);
            return;
        }
        if (b->verdicts[i - b->from] == IN) before += (double)blocks[i].text.n;
    }
}

/* Short lines before the first and after the last running text are not the article's; headings stand only before text. */
static void trim_ends(body *b) {
    size_t n = b->to - b->from, first = n, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (b->verdicts[i] != IN) continue;
        if (first == n) first = i;
        last = i;
    }
    const hs_block *blocks = b->page->blocks.v + b->from;
    for (size_t i = 0; i < n; i++) {
        if (b->verdicts[i] != WEAK) continue;
        if (i > last) b->verdicts[i] = blocks[i].kind == HS_BLOCK_ITEM && i < last + 20 ? WEAK : OUT;
        else if (i < first)
            b->verdicts[i] =
                blocks[i].kind == HS_BLOCK_HEADING && blocks[i].level > 1 && !blocks[i].link_bytes ? WEAK : OUT;
    }
    bool text_follows = false;
    for (size_t i = n; i > 0; i--) {
        if (blocks[i - 1].kind == HS_BLOCK_HEADING && !text_follows) b->verdicts[i - 1] = OUT;
        if (b->verdicts[i - 1] != OUT) text_follows = true;
    }
}

static hs_strs collect(const body *b) {
    hs_strs out = {0};
    const hs_block *blocks = b->page->blocks.v + b->from;
    for (size_t i = 0; i < b->to - b->from; i++) {
        if (b->verdicts[i] == OUT) continue;
        if (out.n < 3 && hs_title_repeats(b->page, blocks[i].text)) continue;
        HS_PUSH(b->page->arena, out, blocks[i].text);
    }
    return out;
}

static hs_strs extract(const hs_html_page *page, const hs_node *root, uint32_t drop) {
    body b = {.page = page, .root = root, .drop = drop};
    while (b.from < page->blocks.n && page->blocks.v[b.from].first < root->order) b.from++;
    for (b.to = b.from; b.to < page->blocks.n && page->blocks.v[b.to].first < root->end;) b.to++;
    b.verdicts = HS_NEW(page->arena, uint8_t, b.to - b.from + 1);
    for (size_t i = b.from; i < b.to; i++) b.verdicts[i - b.from] = (uint8_t)judge(&b, &page->blocks.v[i]);
    cut_at_end_heading(&b);
    trim_ends(&b);
    return collect(&b);
}

static size_t size_of(const hs_strs *paragraphs) {
    size_t n = 0;
    for (size_t i = 0; i < paragraphs->n; i++) n += paragraphs->v[i].n;
    return n;
}

/* The page's own copy of its text, for pages that show none; it has lost its headings, and often its end. */
static hs_strs stated(const hs_html_page *page) {
    hs_lines lines = hs_lines_of(page->arena, page->meta.body);
    return (hs_strs){lines.v, lines.n, lines.n};
}

/* Three tries, each only where the one before found too little: strictly; anywhere, by the surest marks alone; what JSON-LD says. */
hs_strs hs_body_of(const hs_html_page *page) {
    enum { LITTLE = 250, STATED = 400 };
    hs_strs out = extract(page, choose(page), HS_MARK_DROP);
    size_t size = size_of(&out), said = page->meta.body.n;
    if (size < LITTLE || (said > STATED && size * 2 < said)) {
        hs_strs relaxed = extract(page, page->tree->document, HS_MARK_NAV | HS_MARK_FOOT | HS_MARK_COMMENT);
        if (size_of(&relaxed) > size * 2 && (said <= STATED || size_of(&relaxed) < said * 2)) out = relaxed;
    }
    return said > STATED && size_of(&out) * 2 < said ? stated(page) : out;
}
