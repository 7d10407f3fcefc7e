/* Who wrote a page and when, where the visible page says so: see article.h. What the head said goes first; a name must look like a
 * person's, and a date must stand where dates of articles stand. */
#include "base/utf8.h"
#include "page/article.h"
#include "page/dates.h"

static bool upper_or_caseless(hs_str s) {
    size_t next;
    if (!s.n) return false;
    hs_char_class class = hs_char_classify(hs_utf8_decode(s, 0, &next));
    return class == HS_CHAR_UPPER || class == HS_CHAR_LETTER;
}

/* Where a name ends and something else begins: "Jane Roe | Site", "Jane Roe, Editor", "Jane Roe (AP)". */
static size_t name_end(hs_str s) {
    static const hs_str ENDS[] = {{"|", 1},    {" - ", 3},         {" \xE2\x80\x93 ", 5}, {" \xE2\x80\x94 ", 5},
                                  {"(", 1},    {" @", 2},          {" on ", 4},           {" for ", 5},
                                  {" in ", 4}, {" Published", 10}, {" Updated", 8},       {" Posted", 7},
                                  {"  ", 2},   {" / ", 3},         {" via ", 5}};
    size_t end = s.n;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t at = hs_str_find(s, ENDS[i]);
        if (at != HS_NONE && at < end && at > 0) end = at;
    }
    return end;
}

static bool has_any(hs_str s, const char *bytes) {
    for (size_t i = 0; i < s.n; i++)
        for (const char *b = bytes; *b; b++)
            if (s.p[i] == *b) return true;
    return false;
}

/* "Anna van der Berg": every word begins with a capital but those that stand inside names. */
static bool words_capital(hs_str name) {
    static const hs_str INSIDE[] = {{"de", 2},  {"del", 3}, {"della", 5}, {"di", 2}, {"da", 2},  {"dos", 3},
                                    {"van", 3}, {"von", 3}, {"vom", 3},   {"zu", 2}, {"der", 3}, {"den", 3},
                                    {"ter", 3}, {"ten", 3}, {"la", 2},    {"le", 2}, {"bin", 3}, {"ibn", 3},
                                    {"al", 2},  {"el", 2},  {"y", 1},     {"e", 1}};
    for (size_t at = 0; at < name.n;) {
        size_t end = at;
        while (end < name.n && name.p[end] != ' ') end++;
        hs_str word = hs_str_slice(name, at, end);
        bool fine = upper_or_caseless(word);
        for (size_t i = 0; i < sizeof INSIDE / sizeof *INSIDE && !fine; i++) fine = hs_str_eq(word, INSIDE[i]);
        if (!fine && word.n && !hs_str_starts(word, HS_STR("al-")) && !hs_str_starts(word, HS_STR("d'"))) return false;
        at = end + 1;
    }
    return true;
}

/* Are all words roles ("Staff Writer", "admin"), or any of them? */
static void count_roles(hs_str name, size_t *roles, size_t *words) {
    *roles = *words = 0;
    for (size_t at = 0; at < name.n;) {
        size_t end = at;
        while (end < name.n && name.p[end] != ' ') end++;
        if (end > at) {
            (*words)++;
            *roles += hs_rules_is(HS_PHRASE_ROLE, hs_str_slice(name, at, end));
        }
        at = end + 1;
    }
}

/* What a page's head names as its author may be a pen name or a team; what only stands on the page must look like a person. */
static bool person(hs_str name, hs_str site, hs_author_source source) {
    size_t roles, words;
    count_roles(name, &roles, &words);
    if (name.n < 3 || name.n > 60 || words > 5 || has_any(name, "@/{}<>[]?!:=_") || roles == words) return false;
    if (words == 1 && has_any(name, ".")) return false; /* an address or a template's variable */
    if (name.p[0] >= '0' && name.p[0] <= '9') return false;
    if (source == HS_AUTHOR_HEAD)
        return !(hs_str_eq_nocase(name, site) && (words < 2 || roles)) && !hs_str_starts_nocase(name, HS_STR("www."));
    if (words < 2 || roles || has_any(name, "0123456789") || !words_capital(name)) return false;
    return !site.n || (!hs_str_eq_nocase(name, site) && hs_str_find_nocase(name, site) == HS_NONE);
}

static hs_str without_by(hs_str s) {
    size_t n;
    while (hs_rules_starts(HS_PHRASE_BY, s, &n) && n < s.n && (s.p[n] == ' ' || s.p[n] == ':' || s.p[n] == '\n')) {
        s = hs_str_slice(s, n, s.n);
        while (s.n && (s.p[0] == ':' || s.p[0] == ' ')) s = hs_str_slice(s, 1, s.n);
    }
    return s;
}

static void add_one(hs_strs *out, hs_arena *arena, hs_str name, hs_str site, hs_author_source source) {
    name = hs_str_trim(without_by(hs_str_trim(name)));
    name = hs_str_trim(hs_str_slice(name, 0, name_end(name)));
    while (name.n && (name.p[name.n - 1] == ',' || name.p[name.n - 1] == '.' || name.p[name.n - 1] == ';')) name.n--;
    if (!person(name, site, source)) return;
    for (size_t i = 0; i < out->n; i++)
        if (hs_str_eq_nocase(out->v[i], name)) return;
    HS_PUSH(arena, *out, name);
}

void hs_authors_add(hs_strs *out, hs_arena *arena, hs_str said, hs_str site, hs_author_source source) {
    enum { MOST = 12 };
    static const hs_str PARTS[] = {{", ", 2},    {" and ", 5},      {" & ", 3},           {"; ", 2},     {";", 1},
                                   {" und ", 5}, {" et ", 4},       {" y ", 3},           {" with ", 6}, {",", 1},
                                   {" | ", 3},   {" \xC2\xB7 ", 4}, {" \xE2\x80\xA2 ", 5}};
    said = hs_str_trim(hs_html_unescape(arena, said));
    said = without_by(said);
    while (said.n && out->n < MOST) {
        size_t cut = said.n, length = 0;
        for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
            size_t at = hs_str_find(said, PARTS[i]);
            if (at >= cut) continue;
            cut = at;
            length = PARTS[i].n;
        }
        add_one(out, arena, hs_str_slice(said, 0, cut), site, source);
        said = hs_str_slice(said, cut + length, said.n);
    }
}

/* The place of the title among the nodes: bylines stand near it. */
static size_t place_of_title(const hs_html_page *page) {
    for (size_t i = 0; i < page->tree->n_nodes; i++)
        if (page->tree->nodes[i]->tag == HS_TAG_H1 &&
            hs_title_repeats(page, hs_node_text(page->arena, page->tree, page->tree->nodes[i])))
            return i;
    return 0;
}

static bool rel_author(const hs_node *node) {
    hs_str rel = hs_node_attr(node, HS_STR("rel")), prop = hs_node_attr(node, HS_STR("itemprop"));
    return hs_str_eq_nocase(rel, HS_STR("author")) || hs_str_eq_nocase(prop, HS_STR("author"));
}

/* An element that is named for authors; the text of large ones is about them, not their names. */
static void from_element(hs_strs *out, const hs_html_page *page, const hs_node *node) {
    enum { LONGEST = 120 };
    hs_str text = hs_node_text(page->arena, page->tree, node);
    if (text.n && text.n <= LONGEST) hs_authors_add(out, page->arena, text, page->meta.site_name, HS_AUTHOR_PAGE);
}

static bool in_comments(const hs_html_page *page, const hs_node *node) {
    for (const hs_node *at = node; at; at = at->parent)
        if (page->marks[at->order] & (HS_MARK_COMMENT | HS_MARK_FOOT | HS_MARK_NAV)) return true;
    return false;
}

/* The first elements that fit and name a person, from a little before the title on, then before that. `fitting` NULL: by class names. */
static void from_elements(hs_strs *out, const hs_html_page *page, bool (*fitting)(const hs_node *)) {
    size_t title = place_of_title(page);
    for (int pass = 0; pass < 2 && !out->n; pass++) {
        size_t from = pass ? 0 : title > 60 ? title - 60 : 0, to = pass ? title : page->tree->n_nodes;
        for (size_t i = from; i < to && !out->n; i++) {
            const hs_node *node = page->tree->nodes[i];
            if (node->kind != HS_NODE_ELEMENT || node->tag == HS_TAG_META || node->tag == HS_TAG_LINK ||
                node->end - node->order > 40)
                continue;
            bool fits = fitting ? fitting(node) : (page->marks[i] & HS_MARK_AUTHOR) != 0;
            if (fits && !in_comments(page, node)) from_element(out, page, node);
        }
    }
}

/* Links to pages about authors: "/author/jane-roe". */
static bool author_link(const hs_node *node) {
    static const hs_str PATHS[] = {
        {"/author/", 8},     {"/authors/", 9},     {"/autor/", 7},     {"/autoren/", 9},      {"/auteur/", 8},
        {"/people/", 8},     {"/profile/", 9},     {"/profiles/", 10}, {"/contributor/", 13}, {"/contributors/", 14},
        {"/staff/", 7},      {"/journalist/", 12}, {"/reporter/", 10}, {"/by/", 4},           {"/writers/", 9},
        {"/producers/", 11}, {"/team/", 6},        {"/attorneys/", 11}};
    if (node->tag != HS_TAG_A) return false;
    hs_str href = hs_node_attr(node, HS_STR("href"));
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        if (hs_str_find_nocase(href, PATHS[i]) != HS_NONE) return true;
    return false;
}

/* "By Jane Roe" as a line of its own, near the title, or "By" and the name on the next. */
static void from_lines(hs_strs *out, const hs_html_page *page) {
    enum { NEAR = 25 };
    size_t title = place_of_title(page), seen = 0, n;
    for (size_t i = 0; i < page->blocks.n && seen < NEAR && !out->n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->first < title) continue;
        seen++;
        if (block->text.n > 80 || !hs_rules_starts(HS_PHRASE_BY, block->text, &n)) continue;
        hs_str said = hs_str_slice(block->text, n, block->text.n);
        if (said.n < 3 && i + 1 < page->blocks.n) said = page->blocks.v[i + 1].text;
        if (said.n < 80) hs_authors_add(out, page->arena, said, page->meta.site_name, HS_AUTHOR_PAGE);
    }
}

hs_strs hs_authors_of(const hs_html_page *page) {
    hs_strs out = {0};
    for (size_t i = 0; i < page->meta.authors.n; i++)
        hs_authors_add(&out, page->arena, page->meta.authors.v[i], page->meta.site_name, HS_AUTHOR_HEAD);
    if (!out.n) from_elements(&out, page, rel_author);
    if (!out.n) from_lines(&out, page);
    if (!out.n) from_elements(&out, page, author_link);
    if (!out.n) from_elements(&out, page, NULL);
    return out;
}

/* <time> and elements named for dates, from a little before the title on; one that says when the page was changed is passed over. */
static hs_str date_of_elements(const hs_html_page *page, bool times) {
    size_t title = place_of_title(page), from = title > 80 ? title - 80 : 0;
    for (size_t i = from; i < page->tree->n_nodes; i++) {
        const hs_node *node = page->tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || (times ? node->tag != HS_TAG_TIME : !(page->marks[i] & HS_MARK_DATE)))
            continue;
        if (in_comments(page, node) || node->end - node->order > 30) continue;
        hs_str value = hs_node_attr(node, HS_STR("datetime"));
        if (!value.n) value = hs_node_attr(node, HS_STR("content"));
        hs_str date = hs_date_find(page->arena, value, NULL, NULL);
        if (!date.n) {
            hs_str text = hs_node_text(page->arena, page->tree, node);
            if (text.n <= 120) date = hs_date_find(page->arena, text, NULL, NULL);
        }
        if (date.n) return date;
    }
    return (hs_str){0};
}

/* A short line with a date next to the title, links aside: the dateline. */
static hs_str date_of_lines(const hs_html_page *page) {
    enum { NEAR = 12, SHORT = 100 };
    size_t title = place_of_title(page), seen = 0;
    if (!title) return (hs_str){0};
    for (size_t i = 0; i < page->blocks.n && seen < NEAR; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->first + 20 < title) continue;
        seen++;
        hs_str date = block->text.n <= SHORT ? hs_date_find(page->arena, block->text, NULL, NULL) : (hs_str){0};
        if (date.n) return date;
    }
    return (hs_str){0};
}

hs_str hs_published_of(const hs_html_page *page) {
    hs_str date = page->meta.published;
    if (!date.n) date = date_of_elements(page, true);
    if (!date.n) date = hs_date_of_url(page->arena, page->meta.url);
    if (!date.n) date = date_of_elements(page, false);
    if (!date.n) date = date_of_lines(page);
    return date;
}
