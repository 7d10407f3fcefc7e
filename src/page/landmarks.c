/* Landmarks: see article.h. Called once for each element, so the cheap tests come first. */
#include "page/article.h"

static void keep(hs_html_page *page, hs_node_list *list, const hs_node *node) {
    enum { MOST = 400 };
    if (list->n < MOST) HS_PUSH(page->arena, *list, node);
}

/* Links to pages about authors: "/author/jane-roe". */
static bool author_path(hs_str href) {
    static const hs_str PATHS[] = {
        {"/author/", 8},      {"/authors/", 9},      {"/autor/", 7},        {"/autoren/", 9},       {"/autores/", 9},
        {"/auteur/", 8},      {"/auteurs/", 9},      {"/autore/", 8},       {"/autori/", 8},        {"/people/", 8},
        {"/profile/", 9},     {"/profiles/", 10},    {"/contributor/", 13}, {"/contributors/", 14}, {"/staff/", 7},
        {"/journalist/", 12}, {"/journalists/", 13}, {"/reporter/", 10},    {"/reporters/", 11},    {"/by/", 4},
        {"/writers/", 9},     {"/writer/", 8},       {"/producers/", 11},   {"/team/", 6},          {"/newsteam/", 10},
        {"/attorneys/", 11},  {"/redakteur/", 11},   {"/redaktion/", 11},   {"/journaliste/", 13},  {"/columnist/", 11},
        {"/auteur-", 8},      {"?author=", 8},       {"/byline/", 8}};
    if (href.n < 6) return false;
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        if (hs_str_find_nocase(href, PATHS[i]) != HS_NONE) return true;
    return false;
}

static bool holds_word(hs_str list, hs_str word) {
    size_t at = hs_str_find_nocase(list, word);
    return at != HS_NONE && (at == 0 || list.p[at - 1] == ' ') && (at + word.n == list.n || list.p[at + word.n] == ' ');
}

void hs_meta_note(hs_html_page *page, const hs_node *node) {
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
