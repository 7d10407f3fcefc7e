/* Who wrote a page: see article.h. The authors that the head declares, unless the visible byline names others; else the byline; else
 * elements named for authors; last of all teams and organisations that are declared. */
#include "page/article.h"
#include "page/fold.h"
#include "page/names.h"

static bool inside_marks(const hs_html_page *page, const hs_node *node, uint32_t marks) {
    for (const hs_node *at = node; at; at = at->parent)
        if (page->marks[at->order] & marks) return true;
    return false;
}

static uint32_t begin_of(const hs_html_page *page, size_t block) {
    return block < page->blocks.n ? page->blocks.v[block].first : (uint32_t)page->tree->n_nodes;
}

/* ---- what the head says ---- */

/* Names that are the site's own, or a team's, give way to persons that the page shows. */
static void part_declared(const hs_html_page *page, hs_strs *persons, hs_strs *teams) {
    hs_strs all = {0};
    for (size_t i = 0; i < page->meta.authors.n; i++)
        hs_names_add(&all, page->arena, page->meta.authors.v[i], HS_BYLINE_DECLARED);
    for (size_t i = 0; i < all.n; i++) {
        bool site = page->meta.site_name.n && hs_site_names(page, all.v[i]);
        size_t at, n;
        bool team = hs_rules_holds(HS_PHRASE_ROLE, all.v[i], &at, &n);
        if (site || team) HS_PUSH(page->arena, *teams, all.v[i]);
        else HS_PUSH(page->arena, *persons, all.v[i]);
    }
    /* that a newspaper wrote what it prints says nothing */
    for (size_t i = 0; i < page->meta.teams.n; i++)
        if (!page->meta.news || !hs_site_names(page, page->meta.teams.v[i]))
            hs_names_add(teams, page->arena, page->meta.teams.v[i], HS_BYLINE_DECLARED);
}

/* ---- elements ---- */

static bool says_author(const hs_node *node) {
    return hs_str_find_nocase(hs_node_attr(node, HS_STR("rel")), HS_STR("author")) != HS_NONE ||
           hs_str_find_nocase(hs_node_attr(node, HS_STR("itemprop")), HS_STR("author")) != HS_NONE;
}

/* Is one of the element's classes the very name of an author's name? */
static bool classed_author(const hs_node *node) {
    static const hs_str NAMES[] = {{"author", 6},       {"author-name", 11},   {"author__name", 12},
                                   {"author_name", 11}, {"post-author", 11},   {"entry-author", 12},
                                   {"username", 8},     {"byline-name", 11},   {"autor", 5},
                                   {"auteur", 6},       {"article-author", 14}};
    hs_str class = hs_node_attr(node, HS_STR("class"));
    for (size_t at = 0; at < class.n;) {
        size_t start = at;
        while (at < class.n && (unsigned char)class.p[at] > ' ') at++;
        for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
            if (hs_str_eq_nocase(hs_str_slice(class, start, at), NAMES[i])) return true;
        at++;
    }
    return false;
}

/* "and", ",": the name is not the only one. */
static bool joins(hs_str piece) {
    static const hs_str JOINTS[] = {{",", 1}, {"&", 1}, {"and", 3},  {"und", 3}, {"et", 2},
                                    {"y", 1}, {"e", 1}, {"en", 2},   {"og", 2},  {"och", 3},
                                    {"i", 1}, {"|", 1}, {"with", 4}, {"/", 1},   {", and", 5}};
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (hs_str_eq_nocase(piece, JOINTS[i])) return true;
    return false;
}

/* The names in an element: of its texts the first that is a name and those joined to it, else its whole text. */
static void from_element(hs_strs *out, const hs_html_page *page, const hs_node *node, hs_byline_kind kind) {
    enum { LONGEST = 120, MOST_NODES = 60 };
    if (node->end - node->order > MOST_NODES) return;
    if (node->tag == HS_TAG_META) {
        hs_names_add(out, page->arena, hs_node_attr(node, HS_STR("content")), kind);
        return;
    }
    bool open = true;
    for (size_t i = node->order + 1; i < node->end; i++) {
        const hs_node *inner = page->tree->nodes[i];
        hs_str piece = inner->kind == HS_NODE_TEXT ? hs_str_trim(inner->text) : (hs_str){0};
        if (!piece.n || piece.n > LONGEST) continue;
        size_t before = out->n;
        if (out->n && !open && !joins(piece)) break;
        open |= joins(piece);
        hs_names_add(out, page->arena, piece, HS_BYLINE_PLAIN);
        if (out->n > before) open = piece.p[piece.n - 1] == ',';
    }
    if (out->n) return;
    hs_str text = hs_node_text(page->arena, page->tree, node);
    size_t by = text.n <= LONGEST ? hs_str_find(text, HS_STR(" by ")) : HS_NONE; /* "This post was written by …" */
    if (by != HS_NONE) hs_names_add(out, page->arena, hs_str_slice(text, by + 4, text.n), HS_BYLINE_PLAIN);
    if (!out->n && text.n && text.n <= LONGEST) hs_names_add(out, page->arena, text, kind);
}

/* The first element named for authors between two nodes that gives a name; `fits` (NULL: all of them) asks for more. */
static void from_elements(hs_strs *out, const hs_html_page *page, uint32_t from, uint32_t to,
                          bool (*fits)(const hs_node *), hs_byline_kind kind) {
    const hs_node_list *list = &page->landmarks.authors;
    for (size_t i = 0; i < list->n && !out->n; i++) {
        const hs_node *node = list->v[i];
        if (node->order < from || node->order >= to || (fits && !fits(node))) continue;
        if (!inside_marks(page, node, HS_MARK_COMMENT | HS_MARK_NAV)) from_element(out, page, node, kind);
    }
}

/* ---- lines ---- */

static bool of_picture(hs_str text) {
    static const hs_str WORDS[] = {{"photo", 5},    {"foto", 4},  {"image", 5},         {"credit", 6},
                                   {"courtesy", 8}, {"getty", 5}, {"illustration", 12}, {"bild:", 5}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (hs_str_find_nocase(text, WORDS[i]) != HS_NONE) return true;
    return false;
}

/* What a line says behind "By", or behind a date and "by"; absent when it says no such thing. */
static hs_str said_in_line(const hs_html_page *page, const hs_block *block) {
    enum { LONGEST = 160 };
    size_t at, n;
    bool had;
    if (block->text.n > LONGEST || block->node == page->heading || block->kind == HS_BLOCK_CAPTION ||
        (block->marks & (HS_MARK_COMMENT | HS_MARK_HIDDEN)))
        return (hs_str){0};
    hs_str said = hs_names_without_by(block->text, &had);
    if (!had && hs_rules_holds(HS_PHRASE_BY, block->text, &at, &n) &&
        hs_date_find(page->arena, block->text, NULL, NULL).n) {
        said = hs_str_slice(block->text, at + n, block->text.n);
        had = true;
    }
    return had && !of_picture(block->text) ? said : (hs_str){0};
}

/* "By Jane Roe" as a line of its own, or "By" and the name on the next. Where the name is an element of the line, that tells where it
 * ends. */
static void from_line(hs_strs *out, const hs_html_page *page, size_t number, hs_byline_kind kind) {
    enum { NAME = 100 };
    const hs_block *block = &page->blocks.v[number];
    hs_str said = said_in_line(page, block);
    if (!said.p) return;
    for (size_t i = 0; i < page->landmarks.authors.n && !out->n; i++) {
        const hs_node *node = page->landmarks.authors.v[i];
        if (node != block->node && hs_node_inside(node, block->node)) from_element(out, page, node, HS_BYLINE_PLAIN);
    }
    if (out->n) return;
    if (said.n < 3 && number + 1 < page->blocks.n) said = page->blocks.v[number + 1].text;
    hs_names_add(out, page->arena, said, HS_BYLINE_PLAIN);
    if (!out->n && said.n < NAME) hs_names_add(out, page->arena, said, kind);
}

static void from_lines(hs_strs *out, const hs_html_page *page, hs_byline_kind kind) {
    for (size_t i = page->zone_from; i < page->zone_to && !out->n; i++) from_line(out, page, i, kind);
}

/* "Written by Jane Roe" anywhere behind the title; "by" alone, or "Author" over a name, says too little there. */
static void from_far_lines(hs_strs *out, const hs_html_page *page) {
    enum { LONGEST = 70 };
    for (size_t i = page->zone_to; i < page->blocks.n && !out->n; i++) {
        const hs_block *block = &page->blocks.v[i];
        size_t n;
        if (block->text.n > LONGEST || !hs_rules_starts(HS_PHRASE_BY, block->text, &n)) continue;
        bool telling = hs_str_find(hs_str_slice(block->text, 0, n), HS_STR(" ")) != HS_NONE || n == block->text.n;
        if (telling) from_line(out, page, i, HS_BYLINE_LINE);
    }
}

/* ---- portraits ---- */

/* Does a picture on the page show somebody of this name? */
static bool pictured(const hs_html_page *page, hs_str name) {
    enum { LONGEST = 120 };
    for (size_t i = 0; i < page->tree->n_nodes; i++) {
        if (page->tree->nodes[i]->tag != HS_TAG_IMG) continue;
        hs_str alt = hs_node_attr(page->tree->nodes[i], HS_STR("alt"));
        if (alt.n <= LONGEST && alt.n >= name.n && hs_str_find_nocase(alt, name) != HS_NONE) return true;
    }
    return false;
}

static bool dated(const hs_html_page *page, size_t number) {
    enum { AROUND = 2, SHORT = 60 };
    for (size_t i = number > AROUND ? number - AROUND : 0; i <= number + AROUND && i < page->blocks.n; i++)
        if (page->blocks.v[i].text.n <= SHORT && hs_date_find(page->arena, page->blocks.v[i].text, NULL, NULL).n)
            return true;
    return false;
}

/* A bare name beside title and date, with a picture of who bears it. */
static void from_portraits(hs_strs *out, const hs_html_page *page) {
    enum { LONGEST = 40, MOST = 4 };
    size_t asked = 0;
    for (size_t i = page->zone_from; i < page->zone_to && !out->n && asked < MOST; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->text.n > LONGEST || block->kind == HS_BLOCK_HEADING ||
            (block->marks & (HS_MARK_COMMENT | HS_MARK_NAV)) ||
            (page->heading && block->first < page->heading->order) || !hs_names_person(block->text) || !dated(page, i))
            continue;
        asked++;
        if (pictured(page, block->text)) hs_names_add(out, page->arena, block->text, HS_BYLINE_PLAIN);
    }
}

static bool holds_one_of(hs_str text, const hs_strs *names) {
    for (size_t i = 0; i < names->n; i++)
        if (text.n >= names->v[i].n && hs_str_find_nocase(text, names->v[i]) != HS_NONE) return true;
    return false;
}

/* Is one of the names to be seen beside the title, or in an element named for authors? */
static bool seen(const hs_html_page *page, const hs_strs *names) {
    enum { MOST_NODES = 40 };
    for (size_t i = page->zone_from; i < page->zone_to; i++)
        if (holds_one_of(page->blocks.v[i].text, names)) return true;
    for (size_t i = 0; i < page->landmarks.authors.n; i++) {
        const hs_node *node = page->landmarks.authors.v[i];
        if (node->end - node->order < MOST_NODES && holds_one_of(hs_node_text(page->arena, page->tree, node), names))
            return true;
    }
    return false;
}

hs_strs hs_authors_of(const hs_html_page *page) {
    hs_strs declared = {0}, teams = {0}, out = {0};
    uint32_t from = page->zone_from ? begin_of(page, page->zone_from - 1) : 0, to = begin_of(page, page->zone_to);
    uint32_t all = (uint32_t)page->tree->n_nodes;
    part_declared(page, &declared, &teams);
    if (declared.n && seen(page, &declared)) return declared;
    from_elements(&out, page, from, to, says_author, HS_BYLINE_PLAIN);
    from_lines(&out, page, declared.n ? HS_BYLINE_PLAIN : HS_BYLINE_LINE);
    if (declared.n) return out.n ? out : declared;
    from_elements(&out, page, from, to, says_author, HS_BYLINE_DECLARED);
    from_elements(&out, page, from, to, NULL, HS_BYLINE_PLAIN);
    from_elements(&out, page, from, to, classed_author, HS_BYLINE_LINE);
    from_elements(&out, page, 0, all, says_author, HS_BYLINE_PLAIN);
    if (!out.n) from_portraits(&out, page);
    from_far_lines(&out, page);
    from_elements(&out, page, to, all, NULL, HS_BYLINE_PLAIN);
    return out.n ? out : teams;
}
