/* Signs of articles and of lists: see signs.h. One walk over the nodes and one over the blocks. Most signs know no language; the words
 * that templates, addresses and lists use are tables here. */
#include "page/signs.h"

#include <math.h>
#include <string.h>

enum { OUTSIDE = HS_MARK_NAV | HS_MARK_FOOT | HS_MARK_HIDDEN | HS_MARK_COMMENT };

typedef struct word_list {
    const char *const *words;
    size_t n;
} word_list;
#define WORDS(list) ((word_list){(list), sizeof(list) / sizeof *(list)})

static bool is_one(hs_str word, word_list list) {
    for (size_t i = 0; i < list.n; i++)
        if (hs_str_eq_nocase(word, hs_str_of(list.words[i]))) return true;
    return false;
}

/* ---- what the page says of itself ---- */

static void read_body_classes(hs_signs *s, hs_str names) {
    static const char *const LISTS[] = {"archive", "category",   "tag",        "home",     "blog",    "search",
                                        "author",  "front",      "front-page", "homepage", "listing", "index",
                                        "paged",   "collection", "section",    "shop",     "topic"};
    static const char *const SINGLES[] = {"single", "single-post",  "singular",     "post",         "article",
                                          "story",  "article-page", "page-article", "node-article", "post-template"};
    for (size_t at = 0; at < names.n; at++) {
        size_t start = at;
        while (at < names.n && (unsigned char)names.p[at] > ' ') at++;
        hs_str name = hs_str_slice(names, start, at);
        if (is_one(name, WORDS(LISTS))) s->v[HS_SIGN_CLASS_LIST] = 1;
        if (is_one(name, WORDS(SINGLES))) s->v[HS_SIGN_CLASS_SINGLE] = 1;
    }
}

/* Counts the articles of a JSON-LD script by its types alone: no need to parse it a second time. */
static void count_articles(hs_signs *s, hs_str script) {
    static const char *const TYPES[] = {"Article", "NewsArticle", "BlogPosting",    "Report",
                                        "Recipe",  "TechArticle", "LiveBlogPosting"};
    enum { GAP = 8, LONGEST = 40 };
    hs_str key = HS_STR("\"@type\"");
    for (;;) {
        const char *hit = script.n ? memmem(script.p, script.n, key.p, key.n) : NULL;
        if (!hit) return;
        script = hs_str_slice(script, (size_t)(hit - script.p) + key.n, script.n);
        size_t open = 0;
        while (open < script.n && open < GAP && script.p[open] != '"') open++;
        size_t end = open + 1;
        while (end < script.n && end < open + LONGEST && script.p[end] != '"') end++;
        s->v[HS_SIGN_SAYS_ARTICLES] += is_one(hs_str_slice(script, open + 1, end), WORDS(TYPES));
    }
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static void read_url_part(hs_signs *s, hs_str part) {
    static const char *const LISTS[] = {
        "category",  "categories", "tag",         "tags",       "topic",    "topics",  "section", "sections",
        "archive",   "author",     "search",      "c",          "cat",      "shop",    "browse",  "product-category",
        "list",      "genre",      "collections", "collection", "hub",      "label",   "page",    "rubrik",
        "kategorie", "thema",      "themen",      "categoria",  "rubrique", "seccion", "sezione", "directory"};
    size_t words = 1, in_word = 0, digits = 0;
    for (size_t i = 0; i < part.n; i++) {
        bool parts = part.p[i] == '-' || part.p[i] == '_' || part.p[i] == '+';
        words += parts && in_word;
        in_word = parts ? 0 : in_word + 1;
        digits += digit(part.p[i]);
    }
    s->v[HS_SIGN_URL_WORDS] = (double)words;
    s->v[HS_SIGN_URL_NUMBER] = digits >= 4;
    if (is_one(part, WORDS(LISTS))) s->v[HS_SIGN_URL_LIST] = 1;
}

static void read_url(hs_signs *s, hs_str url) {
    size_t scheme = hs_str_find(url, HS_STR("://"));
    s->v[HS_SIGN_URL_NONE] = scheme == HS_NONE;
    if (scheme == HS_NONE) return;
    size_t at = scheme + 3;
    while (at < url.n && url.p[at] != '/') at++;
    for (at++; at < url.n && url.p[at] != '?' && url.p[at] != '#'; at++) {
        size_t start = at;
        while (at < url.n && url.p[at] != '/' && url.p[at] != '?' && url.p[at] != '#') at++;
        if (at > start) read_url_part(s, hs_str_slice(url, start, at));
        if (at < url.n && url.p[at] != '/') return;
    }
}

/* ---- short texts ---- */

/* What stands on lists of goods, offers or pages, next to each entry or above them all. */
static const char *const LIST_WORDS[] = {"sort by",       "sort",
                                         "filter",        "filters",
                                         "filter by",     "refine",
                                         "clear all",     "clear filters",
                                         "load more",     "show more",
                                         "view more",     "see more",
                                         "view all",      "see all",
                                         "results",       "items",
                                         "products",      "per page",
                                         "page 1",        "next",
                                         "previous",      "compare",
                                         "price",         "sale",
                                         "add to cart",   "add to bag",
                                         "quick view",    "quick shop",
                                         "shop now",      "view details",
                                         "out of stock",  "sold out",
                                         "in stock",      "best sellers",
                                         "best selling",  "new arrivals",
                                         "featured",      "newest",
                                         "most popular",  "reviews",
                                         "learn more",    "read more",
                                         "sortieren",     "sortieren nach",
                                         "filtern",       "alle anzeigen",
                                         "mehr anzeigen", "in den warenkorb",
                                         "mehr lesen",    "weiterlesen",
                                         "ergebnisse",    "ausverkauft",
                                         "trier par",     "filtrer",
                                         "voir plus",     "voir tout",
                                         "lire la suite", "ajouter au panier",
                                         "ordenar por",   "filtrar",
                                         "ver más",       "ver todo",
                                         "leer más",      "añadir al carrito",
                                         "ordina per",    "leggi tutto",
                                         "mostra altro",  "sorteer op",
                                         "lees meer",     "ordenar",
                                         "ver mais",      "leia mais",
                                         "sortuj",        "czytaj więcej",
                                         "pokaż więcej",  "сортировать",
                                         "показать ещё",  "читать далее"};

enum { SLOTS = 1024, SHORTEST = 3, LONGEST_SHORT = 40, PADDED = 160 /* with its white space */ };

typedef struct slot {
    uint32_t hash, n;
} slot;

static uint32_t hash_of(hs_str text) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c | 32u : c)) * 16777619u;
    }
    return hash | 1; /* 0 is an empty slot */
}

/* Two places for each text; one that finds both taken is not counted: such a page has texts enough. */
static slot *slot_of(slot *slots, uint32_t hash) {
    slot *first = &slots[(hash >> 1) % SLOTS], *second = &slots[(hash >> 16) % SLOTS];
    if (!first->hash || first->hash == hash) return first;
    return !second->hash || second->hash == hash ? second : NULL;
}

static void count_text(slot *slots, hs_str text) {
    if (text.n < SHORTEST || text.n > PADDED) return;
    text = hs_str_trim(text);
    if (text.n < SHORTEST || text.n > LONGEST_SHORT) return;
    uint32_t hash = hash_of(text);
    slot *s = slot_of(slots, hash);
    if (!s) return;
    s->hash = hash;
    s->n++;
}

static void sum_texts(hs_signs *s, slot *slots) {
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].n > s->v[HS_SIGN_REPEATS]) s->v[HS_SIGN_REPEATS] = slots[i].n;
    for (size_t i = 0; i < sizeof LIST_WORDS / sizeof *LIST_WORDS; i++) {
        uint32_t hash = hash_of(hs_str_of(LIST_WORDS[i]));
        const slot *found = slot_of(slots, hash);
        if (found && found->hash == hash) s->v[HS_SIGN_LIST_WORDS] += found->n;
    }
}

/* ---- the tree ---- */

static bool unread(const hs_node *node) {
    return node->tag == HS_TAG_STYLE || node->tag == HS_TAG_TEMPLATE || node->tag == HS_TAG_SVG ||
           node->tag == HS_TAG_NOSCRIPT;
}

/* An element's own signs; `main`: it is no part of menus and the like. */
static void note_element(hs_signs *s, const hs_node *node, bool main) {
    switch (node->tag) {
    case HS_TAG_BODY: read_body_classes(s, hs_node_attr(node, HS_STR("class"))); break;
    case HS_TAG_BUTTON: s->v[HS_SIGN_BUTTONS]++; break;
    case HS_TAG_TIME: s->v[HS_SIGN_TIMES] += main; break;
    case HS_TAG_SCRIPT:
        if (node->first_child &&
            hs_str_starts_nocase(hs_node_attr(node, HS_STR("type")), HS_STR("application/ld+json")))
            count_articles(s, node->first_child->text);
        break;
    default: break;
    }
}

static void walk_nodes(hs_signs *s, const hs_html_page *page, uint32_t body_start, uint32_t body_end) {
    const hs_tree *tree = page->tree;
    slot *slots = HS_NEW(page->arena, slot, SLOTS);
    uint32_t outside_end = 0;
    for (uint32_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        if (node->kind == HS_NODE_TEXT && i >= outside_end) count_text(slots, node->text);
        if (node->kind != HS_NODE_ELEMENT) continue;
        note_element(s, node, i >= outside_end);
        s->v[HS_SIGN_BODY_IMAGES] += node->tag == HS_TAG_IMG && i >= body_start && i < body_end;
        if (unread(node) || node->tag == HS_TAG_SCRIPT) {
            i = node->end - 1;
            continue;
        }
        bool out = (page->marks[i] & OUTSIDE) || node->tag == HS_TAG_HEAD;
        if (out && i >= outside_end) outside_end = node->end;
    }
    sum_texts(s, slots);
}

/* ---- the blocks ---- */

static bool price(hs_str text) {
    enum { LONGEST = 60 };
    if (text.n > LONGEST) return false;
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] == '$' && digit(text.p[i + 1])) return true;
        if (text.p[i] == '\xC2' && text.p[i + 1] == '\xA3') return true; /* £ */
        if (text.p[i] == '\xE2' && text.p[i + 1] == '\x82' && i + 2 < text.n && text.p[i + 2] == '\xAC')
            return true; /* € */
    }
    return false;
}

static bool linked(const hs_block *block) {
    return block->link_bytes * 10 > block->text.n * 8;
}

static bool prose(const hs_block *block, size_t least) {
    return block->text.n >= least && block->link_bytes * 3 < block->text.n;
}

static void walk_blocks(hs_signs *s, const hs_html_page *page) {
    enum { HEADLINE = 20, LONG = 120 };
    double stretch = 0, longest = 0, all = 0;
    for (size_t i = 0; i < page->blocks.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->marks & (OUTSIDE | HS_MARK_ASIDE)) continue;
        s->v[HS_SIGN_PRICES] += price(block->text);
        if (linked(block) && block->text.n >= HEADLINE) stretch = 0;
        if (!prose(block, LONG)) continue;
        stretch += (double)block->text.n;
        all += (double)block->text.n;
        if (stretch > longest) longest = stretch;
    }
    s->v[HS_SIGN_STRETCH_SHARE] = longest / (all + 1);
}

/* An article's paragraphs are brothers; the texts of a list's entries are not. */
static void find_family(hs_signs *s, const hs_html_page *page) {
    enum { LEAST = 60 };
    typedef struct family {
        uint32_t bytes, n;
    } family;
    family *families = HS_NEW(page->arena, family, page->tree->n_nodes + 1), best = {0};
    for (size_t i = 0; i < page->blocks.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->marks & OUTSIDE || !prose(block, LEAST)) continue;
        family *f = &families[block->node->parent ? block->node->parent->order : 0];
        f->bytes += (uint32_t)block->text.n;
        f->n++;
        if (f->bytes > best.bytes) best = *f;
    }
    s->v[HS_SIGN_FAMILY_BYTES] = best.bytes;
    s->v[HS_SIGN_FAMILY_COUNT] = best.n;
}

hs_body_range hs_body_range_of(const hs_html_page *page, const hs_strs *body) {
    enum { AHEAD = 4 }; /* a paragraph that is no block's may stand between */
    hs_body_range r = {HS_NONE, 0};
    for (size_t i = 0, at = 0; i < page->blocks.n && at < body->n; i++) {
        size_t k = at, end = at + AHEAD < body->n ? at + AHEAD : body->n;
        while (k < end && body->v[k].p != page->blocks.v[i].text.p) k++;
        if (k == end) continue;
        at = k + 1;
        if (r.first == HS_NONE) r.first = i;
        r.last = i;
    }
    return r;
}

/* Links between the title and the body, or behind the title where there is no body. */
static void look_before(hs_signs *s, const hs_html_page *page, size_t end) {
    enum { LINK = 12 };
    const hs_block *blocks = page->blocks.v;
    size_t title = HS_NONE;
    for (size_t i = 0; i < end; i++)
        if (blocks[i].kind == HS_BLOCK_HEADING && blocks[i].level == 1) title = i;
    for (size_t i = title == HS_NONE ? 0 : title; i < end; i++)
        if (title != HS_NONE || !(blocks[i].marks & OUTSIDE))
            s->v[HS_SIGN_BEFORE_LINKS] += linked(&blocks[i]) && blocks[i].text.n >= LINK;
}

static void look_inside(hs_signs *s, const hs_html_page *page, hs_body_range r) {
    enum { HEADLINE = 20 };
    const hs_block *blocks = page->blocks.v;
    for (size_t i = r.first; i <= r.last; i++)
        s->v[HS_SIGN_BODY_LINKS] += linked(&blocks[i]) && blocks[i].text.n >= HEADLINE;
}

static void weigh_body(hs_signs *s, const hs_strs *body) {
    enum { LONG = 200, SHORT = 60, NOTE = 250 };
    double shorts = 0;
    for (size_t i = 0; i < body->n; i++) {
        hs_str text = body->v[i];
        s->v[HS_SIGN_BODY_LONG] += text.n >= LONG;
        shorts += text.n < SHORT;
        if (text.n < NOTE && memmem(text.p, text.n, "ookie", 5)) /* whatever its first letter's case */
            s->v[HS_SIGN_BODY_COOKIES]++;
    }
    s->v[HS_SIGN_BODY_SHORT] = body->n ? shorts / (double)body->n : 0.5;
}

static double words_of(hs_str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] != ' ' && (i == 0 || text.p[i - 1] == ' ');
    return (double)n;
}

hs_signs hs_signs_of(const hs_html_page *page, const hs_strs *body, bool dated) {
    static const hs_sign COUNTS[] = {
        HS_SIGN_SAYS_ARTICLES, HS_SIGN_URL_WORDS,   HS_SIGN_TITLE_WORDS,  HS_SIGN_BODY_LONG,    HS_SIGN_BODY_COOKIES,
        HS_SIGN_BODY_LINKS,    HS_SIGN_BODY_IMAGES, HS_SIGN_BEFORE_LINKS, HS_SIGN_PRICES,       HS_SIGN_REPEATS,
        HS_SIGN_LIST_WORDS,    HS_SIGN_TIMES,       HS_SIGN_BUTTONS,      HS_SIGN_FAMILY_BYTES, HS_SIGN_FAMILY_COUNT};
    hs_signs s = {0};
    hs_body_range r = hs_body_range_of(page, body);
    bool found = r.first != HS_NONE;
    walk_nodes(&s, page, found ? page->blocks.v[r.first].first : 0, found ? page->blocks.v[r.last].first : 0);
    walk_blocks(&s, page);
    find_family(&s, page);
    if (found) look_inside(&s, page, r);
    if (found || !body->n) look_before(&s, page, body->n ? r.first : page->blocks.n);
    weigh_body(&s, body);
    read_url(&s, page->meta.url);
    s.v[HS_SIGN_TITLE_WORDS] = words_of(page->title);
    s.v[HS_SIGN_DATED] = dated;
    s.v[HS_SIGN_SAYS_ARTICLE] = page->meta.og_article;
    s.v[HS_SIGN_SAYS_HEADLINE] = page->meta.headline.n > 0;
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) s.v[COUNTS[i]] = log1p(s.v[COUNTS[i]]);
    return s;
}
