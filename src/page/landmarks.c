/* Landmarks: see article.h. Called once for each element, so the cheap tests come first. */
#include "page/article.h"

static void keep(hs_html_page *page, hs_node_list *list, const hs_node *node) {
    enum { MOST = 400 };
    if (list->n < MOST) HS_PUSH(page->arena, *list, node);
}

/* Links to pages about authors: a part of the path says so, and something follows it ("/author/jane-roe"). */
static bool author_part(hs_str rest) {
    static const hs_str PARTS[] = {
        {"attorneys/", 10},   {"author/", 7},        {"author=", 7},      {"authors/", 8},      {"auteur-", 7},
        {"auteur/", 7},       {"auteurs/", 8},       {"autor/", 6},       {"autore/", 7},       {"autoren/", 8},
        {"autores/", 8},      {"autori/", 7},        {"by/", 3},          {"byline/", 7},       {"columnist/", 10},
        {"contributor/", 12}, {"contributors/", 13}, {"journalist/", 11}, {"journaliste/", 12}, {"journalists/", 12},
        {"newsteam/", 9},     {"people/", 7},        {"producers/", 10},  {"profile/", 8},      {"profiles/", 9},
        {"redakteur/", 10},   {"redaktion/", 10},    {"reporter/", 9},    {"reporters/", 10},   {"staff/", 6},
        {"team/", 5},         {"writer/", 7},        {"writers/", 8}};
    char first = (char)(rest.p[0] | 32);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS && PARTS[i].p[0] <= first; i++)
        if (first == PARTS[i].p[0] && hs_str_starts_nocase(rest, PARTS[i])) return true;
    return false;
}

static bool author_path(hs_str href) {
    for (size_t at = 0; at + 1 < href.n; at++)
        if ((href.p[at] == '/' || href.p[at] == '?') && author_part(hs_str_slice(href, at + 1, href.n))) return true;
    return false;
}

static bool holds_word(hs_str list, hs_str word) {
    size_t at = hs_str_find_nocase(list, word);
    return at != HS_NONE && (at == 0 || list.p[at - 1] == ' ') && (at + word.n == list.n || list.p[at + word.n] == ' ');
}

void hs_landmarks_note(hs_html_page *page, const hs_node *node) {
    hs_landmarks *found = &page->landmarks;
    uint32_t marks = page->marks[node->order];
    bool author = (marks & HS_MARK_AUTHOR) != 0, date = (marks & HS_MARK_DATE) != 0 || node->tag == HS_TAG_TIME;
    if (node->tag == HS_TAG_H1 || node->tag == HS_TAG_H2 || node->tag == HS_TAG_H3) keep(page, &found->headings, node);
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
