/* Landmarks: see article.h. Called once for each element, so the cheap tests come first. */
#include "page/article.h"

static void keep(hs_html_page *page, hs_node_list *list, const hs_node *node) {
    enum { MOST = 400 };
    if (list->n < MOST) HS_PUSH(page->arena, *list, node);
}

/* Links to pages about authors: "/author/jane-roe". */
static bool author_path(hs_str href) {
    static const hs_str FOLDERS[] = {
        {"author", 6},      {"authors", 7},    {"autor", 5},      {"autoren", 7},      {"autores", 7},
        {"auteur", 6},      {"auteurs", 7},    {"autore", 6},     {"autori", 6},       {"people", 6},
        {"profile", 7},     {"profiles", 8},   {"contributor", 11}, {"contributors", 12}, {"staff", 5},
        {"journalist", 10}, {"journalists", 11}, {"reporter", 8}, {"reporters", 9},    {"by", 2},
        {"writers", 7},     {"writer", 6},     {"producers", 9},  {"team", 4},         {"newsteam", 8},
        {"attorneys", 9},   {"redakteur", 9},  {"redaktion", 9},  {"journaliste", 11}, {"columnist", 9},
        {"byline", 6}};
    const char *slash = href.n ? memchr(href.p, '/', href.n) : NULL;
    while (slash) {
        hs_str rest = hs_str_slice(href, (size_t)(slash + 1 - href.p), href.n);
        slash = rest.n ? memchr(rest.p, '/', rest.n) : NULL;
        hs_str folder = slash ? hs_str_slice(rest, 0, (size_t)(slash - rest.p)) : rest;
        for (size_t i = 0; slash && i < sizeof FOLDERS / sizeof *FOLDERS; i++)
            if (folder.n == FOLDERS[i].n && hs_str_eq_nocase(folder, FOLDERS[i])) return true;
        if (hs_str_starts_nocase(folder, HS_STR("auteur-"))) return true;
    }
    size_t query = hs_str_find(href, HS_STR("?"));
    return query != HS_NONE && hs_str_starts_nocase(hs_str_slice(href, query, href.n), HS_STR("?author="));
}

static bool holds_word(hs_str list, hs_str word) {
    size_t at = hs_str_find_nocase(list, word);
    return at != HS_NONE && (at == 0 || list.p[at - 1] == ' ') &&
           (at + word.n == list.n || list.p[at + word.n] == ' ');
}

void hs_meta_note(hs_html_page *page, const hs_node *node) {
    hs_landmarks *found = &page->landmarks;
    uint32_t marks = page->marks[node->order];
    bool author = (marks & HS_MARK_AUTHOR) != 0, date = (marks & HS_MARK_DATE) != 0 || node->tag == HS_TAG_TIME;
    if (node->tag == HS_TAG_H1 || node->tag == HS_TAG_H2 || node->tag == HS_TAG_H3)
        keep(page, &found->headings, node);
    for (size_t i = 0; i < node->n_attrs; i++) {
        const hs_attr *attr = &node->attrs[i];
        if (attr->name.n == 3 && node->tag == HS_TAG_A && hs_str_eq(attr->name, HS_STR("rel")))
            author |= holds_word(attr->value, HS_STR("author"));
        else if (attr->name.n == 4 && node->tag == HS_TAG_A && !author && hs_str_eq(attr->name, HS_STR("href")))
            author |= author_path(attr->value);
        else if (attr->name.n == 8 && hs_str_eq(attr->name, HS_STR("itemprop"))) {
            author |= holds_word(attr->value, HS_STR("author"));
            date |= hs_str_starts_nocase(attr->value, HS_STR("date"));
        } else if (attr->name.n == 4 && node->tag == HS_TAG_SCRIPT && hs_str_eq(attr->name, HS_STR("type")) &&
                   hs_str_starts_nocase(hs_str_trim(attr->value), HS_STR("application/ld+json")) && node->first_child)
            keep(page, &found->scripts, node);
    }
    if (author && node->tag != HS_TAG_LINK) keep(page, &found->authors, node);
    if (date) keep(page, &found->dates, node);
}
