/* Measuring blocks: see features.h. What needs the whole page is worked out once for all blocks; the rest per block, on demand. */
#include "page/features.h"

#include <string.h>

/* What is known of every block before any is measured in full. */
typedef struct outline {
    int16_t links; /* share of its text */
    int16_t heading_gap, since_end;
    uint8_t end;      /* what it ends with */
    uint8_t copies;   /* blocks of the same text */
    uint8_t copy;     /* how many of them stood before */
    bool ends;        /* "Related articles" */
    uint32_t heading; /* the one above; its own number when there is none */
    uint32_t first;   /* block of the same text */
} outline;

struct hs_measurer {
    const hs_html_page *page;
    const hs_rough_body *rough;
    outline *outlines;
    const hs_node *core; /* the element with most running text right below it */
    uint32_t kept;       /* bytes of running text on the page */
    size_t title;        /* the block that holds the title, or HS_NONE */
};

static int16_t cut(uint64_t n) {
    return (int16_t)(n < INT16_MAX ? n : INT16_MAX);
}

static int16_t share(uint64_t part, uint64_t all) {
    return (int16_t)(all ? part * 1000 / all : 0);
}

enum { END_LETTER, END_SENTENCE, END_COLON, END_CLOSER, END_COMMA, END_DIGIT };

static uint8_t end_of(hs_str text) {
    static const struct {
        hs_str mark;
        uint8_t end;
    } WIDE[] = {
        {{"\xE2\x80\xA6", 3}, END_SENTENCE}, {{"\xE3\x80\x82", 3}, END_SENTENCE}, {{"\xEF\xBC\x81", 3}, END_SENTENCE},
        {{"\xEF\xBC\x9F", 3}, END_SENTENCE}, {{"\xE2\x80\x9D", 3}, END_CLOSER},   {{"\xE2\x80\x9C", 3}, END_CLOSER},
        {{"\xE2\x80\x99", 3}, END_CLOSER},   {{"\xC2\xBB", 2}, END_CLOSER},       {{"\xC2\xAB", 2}, END_CLOSER},
    };
    char c = text.p[text.n - 1];
    if (c == '.' || c == '!' || c == '?') return END_SENTENCE;
    if (c == ':') return END_COLON;
    if (c == '"' || c == ')' || c == '\'') return END_CLOSER;
    if (c == ',' || c == ';') return END_COMMA;
    if (c >= '0' && c <= '9') return END_DIGIT;
    for (size_t i = 0; (unsigned char)c >= 0x80 && i < sizeof WIDE / sizeof *WIDE; i++)
        if (hs_str_ends(text, WIDE[i].mark)) return WIDE[i].end;
    return END_LETTER;
}

static int16_t start_of(hs_str text) {
    unsigned char c = (unsigned char)text.p[0];
    if (c >= 'A' && c <= 'Z') return 1;
    if (c >= 'a' && c <= 'z') return 2;
    if (c >= '0' && c <= '9') return 3;
    if (c == '"' || c == '\'' || hs_str_starts(text, HS_STR("\xE2\x80\x9C")) ||
        hs_str_starts(text, HS_STR("\xE2\x80\x9E")) || hs_str_starts(text, HS_STR("\xC2\xAB")))
        return 4;
    if (c == '-' || c == '*' || hs_str_starts(text, HS_STR("\xE2\x80\x93")) ||
        hs_str_starts(text, HS_STR("\xE2\x80\xA2")))
        return 5;
    return c == '(' ? 6 : c >= 0x80 ? 7 : 0;
}

static uint64_t hash_of(hs_str text) {
    uint64_t h = 14695981039346656037u ^ text.n;
    for (size_t i = 0; i < text.n && i < 96; i++) h = (h ^ (unsigned char)text.p[i]) * 1099511628211u;
    return h ^ h >> 29;
}

/* Counts blocks of the same text, with a table of the first of each. */
static void count_copies(hs_measurer *m) {
    const hs_blocks *blocks = &m->page->blocks;
    enum { MOST = 200 };
    size_t size = 16;
    while (size < blocks->n * 2) size *= 2;
    hs_arena_place place = hs_arena_here(m->page->arena);
    uint32_t *table = HS_NEW(m->page->arena, uint32_t, size);
    for (size_t i = 0; i < blocks->n; i++) {
        hs_str text = blocks->v[i].text;
        size_t at = hash_of(text) & (size - 1), tries = 0;
        while (table[at] && tries++ < 32 && !hs_str_eq(blocks->v[table[at] - 1].text, text)) at = (at + 1) & (size - 1);
        if (!table[at]) table[at] = (uint32_t)i + 1;
        m->outlines[i].first = hs_str_eq(blocks->v[table[at] - 1].text, text) ? table[at] - 1 : (uint32_t)i;
        outline *o = &m->outlines[m->outlines[i].first];
        m->outlines[i].copy = o->copies;
        if (o->copies < MOST) o->copies++;
    }
    for (size_t i = 0; i < blocks->n; i++) m->outlines[i].copies = m->outlines[m->outlines[i].first].copies;
    hs_arena_return(m->page->arena, place);
}

static void outline_all(hs_measurer *m) {
    const hs_blocks *blocks = &m->page->blocks;
    size_t heading = HS_NONE, end = HS_NONE;
    for (size_t i = 0; i < blocks->n; i++) {
        const hs_block *block = &blocks->v[i];
        outline *o = &m->outlines[i];
        o->links = share(block->link_bytes, block->text.n);
        o->end = end_of(block->text);
        o->ends = block->text.n < 60 && hs_rules_is(HS_PHRASE_END, block->text);
        o->since_end = end == HS_NONE ? 0 : i - end < 99 ? (int16_t)(i - end) : 99;
        if (block->kind == HS_BLOCK_HEADING) heading = i;
        o->heading = (uint32_t)(heading == HS_NONE ? i : heading);
        o->heading_gap = heading == HS_NONE ? 999 : cut(i - heading);
        if (o->ends && end == HS_NONE) end = i;
        if (m->title == HS_NONE && block->kind == HS_BLOCK_HEADING && block->level <= 2 &&
            hs_title_repeats(m->page, block->text))
            m->title = i;
    }
}

static bool good(const hs_block *block) {
    return block->text.n >= 70 && block->link_bytes * 3 < block->text.n && !(block->marks & HS_MARK_DROP);
}

static void find_core(hs_measurer *m) {
    const hs_tree *tree = m->page->tree;
    hs_arena_place place = hs_arena_here(m->page->arena);
    uint32_t *direct = HS_NEW(m->page->arena, uint32_t, tree->n_nodes), most = 0;
    m->core = tree->document;
    for (size_t i = 0; i < m->page->blocks.n; i++) {
        const hs_block *block = &m->page->blocks.v[i];
        if (!good(block) || !block->node->parent) continue;
        const hs_node *parent = block->node->parent;
        direct[parent->order] += (uint32_t)block->text.n;
        if (direct[parent->order] <= most) continue;
        most = direct[parent->order];
        m->core = parent;
    }
    hs_arena_return(m->page->arena, place);
}

hs_measurer *hs_measurer_of(const hs_html_page *page, const hs_rough_body *rough) {
    hs_measurer *m = HS_NEW(page->arena, hs_measurer, 1);
    *m = (hs_measurer){.page = page, .rough = rough, .title = HS_NONE};
    m->outlines = HS_NEW(page->arena, outline, page->blocks.n + 1);
    m->kept = page->blocks.sums[page->blocks.n].kept;
    count_copies(m);
    outline_all(m);
    find_core(m);
    return m;
}

bool hs_measurer_open(const hs_measurer *m, size_t i) {
    enum { LONG = 120, LINKS = 800 };
    const hs_block *block = &m->page->blocks.v[i];
    if (block->marks & (HS_MARK_NAV | HS_MARK_FOOT | HS_MARK_COMMENT)) return false;
    return m->rough->verdicts[i] != HS_BLOCK_OUT || block->text.n >= LONG || m->outlines[i].links < LINKS;
}

size_t hs_measurer_first(const hs_measurer *m, size_t i) {
    return m->outlines[i].first;
}

uint32_t hs_measurer_words(const hs_measurer *m, size_t i) {
    return (uint32_t)(m->page->blocks.v[i].text.n / 6 + 1);
}

#define SET(id, value) out->v[HS_FEATURE_##id] = (int16_t)(value)

/* What a byte counts as; without jumps, for nothing tells them beforehand. */
enum { BYTE_BLANK = 1, BYTE_UPPER = 2, BYTE_COMMA = 4, BYTE_DIGIT = 8, BYTE_ENDER = 16 };

static const uint8_t BYTES[256] = {
    [' '] = BYTE_BLANK, ['\n'] = BYTE_BLANK, [','] = BYTE_COMMA, ['.'] = BYTE_ENDER, ['!'] = BYTE_ENDER,
    ['?'] = BYTE_ENDER, ['0'] = BYTE_DIGIT,  ['1'] = BYTE_DIGIT, ['2'] = BYTE_DIGIT, ['3'] = BYTE_DIGIT,
    ['4'] = BYTE_DIGIT, ['5'] = BYTE_DIGIT,  ['6'] = BYTE_DIGIT, ['7'] = BYTE_DIGIT, ['8'] = BYTE_DIGIT,
    ['9'] = BYTE_DIGIT, ['A'] = BYTE_UPPER,  ['B'] = BYTE_UPPER, ['C'] = BYTE_UPPER, ['D'] = BYTE_UPPER,
    ['E'] = BYTE_UPPER, ['F'] = BYTE_UPPER,  ['G'] = BYTE_UPPER, ['H'] = BYTE_UPPER, ['I'] = BYTE_UPPER,
    ['J'] = BYTE_UPPER, ['K'] = BYTE_UPPER,  ['L'] = BYTE_UPPER, ['M'] = BYTE_UPPER, ['N'] = BYTE_UPPER,
    ['O'] = BYTE_UPPER, ['P'] = BYTE_UPPER,  ['Q'] = BYTE_UPPER, ['R'] = BYTE_UPPER, ['S'] = BYTE_UPPER,
    ['T'] = BYTE_UPPER, ['U'] = BYTE_UPPER,  ['V'] = BYTE_UPPER, ['W'] = BYTE_UPPER, ['X'] = BYTE_UPPER,
    ['Y'] = BYTE_UPPER, ['Z'] = BYTE_UPPER,
};

/* One pass over the text's beginning, which tells enough. */
static void read_text(hs_features *out, hs_str text) {
    enum { ENOUGH = 400 };
    uint32_t words = 0, commas = 0, sentences = 0, digits = 0, capitals = 0;
    size_t n = text.n < ENOUGH ? text.n : ENOUGH;
    unsigned last = BYTE_BLANK;
    for (size_t i = 0; i < n; i++) {
        unsigned byte = BYTES[(unsigned char)text.p[i]], begins = last & ~byte & BYTE_BLANK;
        words += begins;
        capitals += begins & byte / BYTE_UPPER;
        commas += byte / BYTE_COMMA & 1;
        digits += byte / BYTE_DIGIT & 1;
        sentences += last / BYTE_ENDER & byte & BYTE_BLANK;
        last = byte;
    }
    sentences += last / BYTE_ENDER & (n == text.n || BYTES[(unsigned char)text.p[n]] & BYTE_BLANK);
    SET(WORDS, words);
    SET(COMMAS, commas);
    SET(SENTENCES, sentences);
    SET(DIGITS, share(digits, n));
    SET(CAPITALS, share(capitals, words));
}

/* "cookie" in any language and case; its k is the rarest of its letters. */
static bool of_cookies(hs_str text) {
    const char *k = text.p, *end = text.p + text.n;
    for (; (k = memchr(k, 'k', (size_t)(end - k))); k++)
        if (k - text.p >= 2 && end - k >= 3 && memcmp(k - 2, "ookie", 5) == 0) return true;
    return false;
}

static int16_t phrase_of(hs_block *block, bool ends) {
    enum { SHORT = 80, PROMO = 300, COOKIES = 600 };
    hs_str text = block->text;
    size_t n;
    if (ends) return 1;
    unsigned line = hs_block_line(block);
    if (line & HS_LINE_UI) return 2;
    if (line & HS_LINE_PROMO) return 3;
    if (line & HS_LINE_RIGHTS) return 4;
    if (text.n < SHORT && hs_rules_starts(HS_PHRASE_BY, text, &n)) return 5;
    if (text.n < PROMO && hs_rules_starts(HS_PHRASE_PITCH, text, &n)) return 6;
    return text.n < COOKIES && of_cookies(text) ? 7 : 0;
}

/* Of a text that names an author: at how many words it does; else 0. Notes on authors begin so. */
static int16_t author_of(const hs_measurer *m, hs_str text) {
    enum { MOST = 4, LONGEST = 60, EARLY = 40 };
    for (size_t i = 0; i < m->page->meta.authors.n && i < MOST; i++) {
        hs_str name = m->page->meta.authors.v[i];
        if (name.n < 5 || name.n > LONGEST) continue;
        if (hs_str_starts(text, name)) return 1;
        if (hs_str_find(hs_str_slice(text, 0, name.n + EARLY), name) != HS_NONE) return 2;
    }
    return 0;
}

/* Elements in an order of their own: like ones stand together. */
static int16_t tag_of(const hs_node *node) {
    static const uint8_t TAGS[] = {HS_TAG_P,       HS_TAG_BLOCKQUOTE, HS_TAG_PRE,  HS_TAG_H1,   HS_TAG_H2,
                                   HS_TAG_H3,      HS_TAG_H4,         HS_TAG_H5,   HS_TAG_H6,   HS_TAG_LI,
                                   HS_TAG_DD,      HS_TAG_DT,         HS_TAG_TD,   HS_TAG_TH,   HS_TAG_SECTION,
                                   HS_TAG_DIV,     HS_TAG_ARTICLE,    HS_TAG_MAIN, HS_TAG_BODY, HS_TAG_HEADER,
                                   HS_TAG_SUMMARY, HS_TAG_FORM};
    for (size_t i = 0; i < sizeof TAGS; i++)
        if (node->tag == TAGS[i]) return (int16_t)i;
    return sizeof TAGS;
}

/* What kind of emphasis or link the text begins in. */
static int16_t inline_of(const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_STRONG:
    case HS_TAG_B: return 1;
    case HS_TAG_EM:
    case HS_TAG_I: return 2;
    case HS_TAG_A: return 3;
    case HS_TAG_SPAN:
    case HS_TAG_FONT: return 4;
    case HS_TAG_SMALL:
    case HS_TAG_TIME: return 5;
    default: return 0;
    }
}

static void read_block(hs_features *out, const hs_measurer *m, size_t i) {
    hs_block *block = &m->page->blocks.v[i];
    const outline *o = &m->outlines[i];
    SET(KIND, block->kind);
    SET(LEVEL, block->level);
    SET(TAG, tag_of(block->node));
    SET(SIZE, cut(block->text.n));
    SET(LINKS, o->links);
    SET(END, o->end);
    SET(START, start_of(block->text));
    SET(PHRASE, phrase_of(block, o->ends));
    SET(AUTHOR, author_of(m, block->text));
    SET(TITLE, hs_title_repeats(m->page, block->text));
    SET(COPIES, o->copies);
    SET(COPY, o->copy);
    SET(VERDICT, m->rough->verdicts[i]);
    SET(NAV, (block->marks & HS_MARK_NAV) != 0);
    SET(ASIDE, (block->marks & HS_MARK_ASIDE) != 0);
    SET(COMMENT, (block->marks & HS_MARK_COMMENT) != 0);
    SET(FOOT, (block->marks & HS_MARK_FOOT) != 0);
    SET(BYLINE, (block->marks & HS_MARK_BYLINE) != 0);
    SET(CAPTION, (block->marks & HS_MARK_CAPTION) != 0);
    SET(HIDDEN, (block->marks & HS_MARK_HIDDEN) != 0);
    SET(CONTENT, (block->marks & HS_MARK_CONTENT) != 0);
    SET(FOLD, (block->marks & HS_MARK_FOLD) != 0);
    SET(AUTHOR_MARK, (block->marks & HS_MARK_AUTHOR) != 0);
    SET(DATE_MARK, (block->marks & HS_MARK_DATE) != 0);
    SET(INLINE, inline_of(m->page->tree->nodes[block->first]->parent));
    read_text(out, block->text);
}

typedef struct run {
    size_t from, to;
} run;

static run run_of(const hs_blocks *blocks, const hs_node *node) {
    return (run){blocks->at[node->order], blocks->at[node->end]};
}

static void read_list(hs_features *out, const hs_blocks *blocks, const hs_node *list) {
    run r = run_of(blocks, list);
    hs_block_sums sum = hs_blocks_sum(blocks, r.from, r.to);
    SET(LIST_ITEMS, cut(r.to - r.from));
    SET(LIST_LINKS, share(sum.links, sum.text));
    SET(LIST_MEAN, cut(sum.text / (r.to > r.from ? r.to - r.from : 1)));
}

static hs_feature place_of(uint8_t tag) {
    switch (tag) {
    case HS_TAG_ARTICLE: return HS_FEATURE_IN_ARTICLE;
    case HS_TAG_MAIN: return HS_FEATURE_IN_MAIN;
    case HS_TAG_ASIDE: return HS_FEATURE_IN_ASIDE;
    case HS_TAG_HEADER: return HS_FEATURE_IN_HEADER;
    case HS_TAG_FOOTER: return HS_FEATURE_IN_FOOTER;
    case HS_TAG_FORM: return HS_FEATURE_IN_FORM;
    case HS_TAG_TABLE: return HS_FEATURE_IN_TABLE;
    case HS_TAG_UL:
    case HS_TAG_OL:
    case HS_TAG_DL: return HS_FEATURE_IN_LIST;
    case HS_TAG_FIGURE: return HS_FEATURE_IN_FIGURE;
    case HS_TAG_BLOCKQUOTE: return HS_FEATURE_IN_QUOTE;
    case HS_TAG_PRE: return HS_FEATURE_IN_PRE;
    case HS_TAG_SECTION: return HS_FEATURE_IN_SECTION;
    default: return HS_FEATURE_COUNT;
    }
}

/* Three runs of blocks around block i, each larger than the one before: those below its parent, below that one's, and so on. */
static void read_runs(hs_features *out, const hs_measurer *m, const run runs[3]) {
    static const hs_feature FIRST[] = {HS_FEATURE_NEAR_N, HS_FEATURE_WIDE_N};
    const hs_blocks *blocks = &m->page->blocks;
    for (size_t k = 0; k < 3; k++) {
        hs_block_sums sum = hs_blocks_sum(blocks, runs[k].from, runs[k].to);
        size_t n = runs[k].to - runs[k].from;
        int16_t *v = k < 2 ? out->v + FIRST[k] : out->v + HS_FEATURE_FAR_LINKS - 2;
        if (k < 2) {
            v[0] = cut(n);
            v[1] = cut(sum.text);
        }
        v[2] = share(sum.links, sum.text);
        v[3] = share(sum.kept, m->kept);
        v[4] = share(sum.good, sum.text);
        v[5] = cut(sum.text / (n ? n : 1));
    }
}

/* One climb to the root. */
static void read_around(hs_features *out, const hs_measurer *m, size_t i) {
    enum { NOWHERE = 99 };
    const hs_blocks *blocks = &m->page->blocks;
    run runs[3], last = {i, i + 1};
    size_t n_runs = 0;
    int16_t up = 0;
    bool met = false;
    for (int k = HS_FEATURE_IN_ARTICLE; k <= HS_FEATURE_IN_SECTION; k++) out->v[k] = NOWHERE;
    SET(MARK_UP, NOWHERE);
    SET(LIST_ITEMS, -1);
    SET(LIST_LINKS, -1);
    SET(LIST_MEAN, -1);
    for (const hs_node *at = blocks->v[i].node; at; at = at->parent, up = up < NOWHERE ? (int16_t)(up + 1) : up) {
        hs_feature place = place_of(at->tag);
        if (place < HS_FEATURE_COUNT && out->v[place] == NOWHERE) {
            out->v[place] = up;
            if (place == HS_FEATURE_IN_LIST) read_list(out, blocks, at);
        }
        if (out->v[HS_FEATURE_MARK_UP] == NOWHERE && (m->page->marks[at->order] & HS_MARK_DROP)) SET(MARK_UP, up);
        if (!met && m->core->order >= at->order && m->core->order < at->end) {
            run r = run_of(blocks, at);
            met = true;
            SET(CORE_UP, up);
            SET(CORE_SHARE, share(hs_blocks_sum(blocks, r.from, r.to).kept, m->kept));
        }
        if (n_runs == 3) continue;
        run r = run_of(blocks, at);
        if (r.from == last.from && r.to == last.to) continue;
        last = r;
        runs[n_runs++] = r;
    }
    while (n_runs < 3) runs[n_runs++] = (run){0, blocks->n};
    read_runs(out, m, runs);
}

static int16_t side(size_t i, size_t from, size_t to) {
    return i < from ? 0 : i >= to ? 2 : 1;
}

static void read_place(hs_features *out, const hs_measurer *m, size_t i) {
    const hs_blocks *blocks = &m->page->blocks;
    const outline *o = &m->outlines[i];
    run core = run_of(blocks, m->core), body = {m->rough->from, m->rough->to};
    uint32_t before = blocks->sums[i].kept, in_body = hs_blocks_sum(blocks, body.from, body.to).kept;
    SET(CORE_SIDE, side(i, core.from, core.to));
    SET(BODY_SIDE, side(i, body.from, body.to));
    SET(BODY_GAP, i < body.from ? cut(body.from - i) : i >= body.to ? cut(i - body.to + 1) : 0);
    SET(BODY_BEFORE, i < body.from || i >= body.to ? -1 : share(before - blocks->sums[body.from].kept, in_body));
    SET(BODY_SHARE, share(in_body, m->kept));
    SET(BEFORE, share(before, m->kept));
    SET(AFTER, share(m->kept - blocks->sums[i + 1].kept, m->kept));
    SET(BEFORE_SIZE, cut(before));
    SET(TITLE_SIDE, m->title == HS_NONE ? -1 : side(i, m->title, m->title + 1));
    SET(TITLE_GAP, m->title == HS_NONE ? -1 : i < m->title ? -cut(m->title - i) : cut(i - m->title));
    SET(ARTICLE_PAGE, m->page->meta.article);
    const hs_block *heading = &blocks->v[o->heading];
    SET(HEADING_GAP, o->heading_gap);
    SET(HEADING_LEVEL, heading->level);
    SET(HEADING_END, m->outlines[o->heading].ends);
    SET(HEADING_LINKS, m->outlines[o->heading].links);
    SET(HEADING_OUT, (heading->marks & HS_MARK_DROP) != 0);
    SET(SINCE_END, o->since_end);
}

static const hs_node *parent_of(const hs_block *block) {
    return block->node->parent ? block->node->parent : block->node;
}

static void read_beside(hs_features *out, const hs_measurer *m, size_t i) {
    static const struct {
        int step;
        hs_feature size, verdict;
    } BESIDE[] = {{-1, HS_FEATURE_L_SIZE, HS_FEATURE_L_VERDICT},
                  {1, HS_FEATURE_N_SIZE, HS_FEATURE_N_VERDICT},
                  {-2, HS_FEATURE_LL_SIZE, HS_FEATURE_LL_VERDICT},
                  {2, HS_FEATURE_NN_SIZE, HS_FEATURE_NN_VERDICT}};
    const hs_blocks *blocks = &m->page->blocks;
    for (size_t k = 0; k < sizeof BESIDE / sizeof *BESIDE; k++) {
        int16_t *v = out->v + BESIDE[k].size;
        size_t j = i + (size_t)BESIDE[k].step; /* before the first: beyond the last, too */
        bool there = j < blocks->n;
        const hs_block *block = &blocks->v[there ? j : i];
        v[0] = there ? cut(block->text.n) : -1;
        v[1] = there ? m->outlines[j].links : -1;
        v[2] = there ? block->kind : -1;
        out->v[BESIDE[k].verdict] = there ? m->rough->verdicts[j] : -1;
        if (k > 1) continue;
        v[3] = there ? m->outlines[j].end : -1;
        v[4] = there ? (block->marks & HS_MARK_DROP) != 0 : -1;
        v[6] = there && parent_of(block) == parent_of(&blocks->v[i]);
    }
}

void hs_measurer_read(hs_features *out, hs_measurer *m, size_t i) {
    read_block(out, m, i);
    read_around(out, m, i);
    read_place(out, m, i);
    read_beside(out, m, i);
}
