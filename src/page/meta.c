/* <meta>, <link>, <title> → page->meta: see article.h. Tables say which names carry what, best first. */
#include "page/article.h"

typedef enum field {
    FIELD_TITLE,
    FIELD_SITE,
    FIELD_APPLICATION, /* the site, said less surely */
    FIELD_URL,
    FIELD_LANGUAGE,
    FIELD_PUBLISHED,
    FIELD_MICRODATA, /* published, said as JSON-LD says it */
    FIELD_MODIFIED,
    FIELD_AUTHOR,
    FIELD_TYPE,
    FIELD_CARD_1, /* a card's lines, and what they are called: "Written by" */
    FIELD_CARD_1_IS,
    FIELD_CARD_2,
    FIELD_CARD_2_IS,
    FIELD_COUNT
} field;

/* Lower rank wins within a field. */
static const struct name {
    const char *name;
    field field;
} NAMES[] = {
    {"og:title", FIELD_TITLE},
    {"twitter:title", FIELD_TITLE},
    {"citation_title", FIELD_TITLE},
    {"dc.title", FIELD_TITLE},
    {"sailthru.title", FIELD_TITLE},
    {"og:site_name", FIELD_SITE},
    {"application-name", FIELD_APPLICATION},
    {"citation_journal_title", FIELD_APPLICATION},
    {"dc.publisher", FIELD_APPLICATION},
    {"og:url", FIELD_URL},
    {"og:locale", FIELD_LANGUAGE},
    {"content-language", FIELD_LANGUAGE},
    {"language", FIELD_LANGUAGE},
    {"dc.language", FIELD_LANGUAGE},
    {"article:published_time", FIELD_PUBLISHED},
    {"og:article:published_time", FIELD_PUBLISHED},
    {"datepublished", FIELD_MICRODATA},
    {"og:published_time", FIELD_PUBLISHED},
    {"article:published", FIELD_PUBLISHED},
    {"citation_publication_date", FIELD_PUBLISHED},
    {"citation_date", FIELD_PUBLISHED},
    {"sailthru.date", FIELD_PUBLISHED},
    {"parsely-pub-date", FIELD_PUBLISHED},
    {"cxenseparse:recs:publishtime", FIELD_PUBLISHED},
    {"dc.date.issued", FIELD_PUBLISHED},
    {"dcterms.issued", FIELD_PUBLISHED},
    {"dcterms.created", FIELD_PUBLISHED},
    {"dc.date.created", FIELD_PUBLISHED},
    {"dc.date", FIELD_PUBLISHED},
    {"dcterms.date", FIELD_PUBLISHED},
    {"pubdate", FIELD_PUBLISHED},
    {"publishdate", FIELD_PUBLISHED},
    {"publish-date", FIELD_PUBLISHED},
    {"publish_date", FIELD_PUBLISHED},
    {"publication_date", FIELD_PUBLISHED},
    {"published_at", FIELD_PUBLISHED},
    {"published-date", FIELD_PUBLISHED},
    {"publicationdate", FIELD_PUBLISHED},
    {"ob:date", FIELD_PUBLISHED},
    {"published_time", FIELD_PUBLISHED},
    {"pub_date", FIELD_PUBLISHED},
    {"article:publishdate", FIELD_PUBLISHED},
    {"dc.date.published", FIELD_PUBLISHED},
    {"vr:published_time", FIELD_PUBLISHED},
    {"published", FIELD_PUBLISHED},
    {"article_date_original", FIELD_PUBLISHED},
    {"originalpublicationdate", FIELD_PUBLISHED},
    {"date.release", FIELD_PUBLISHED},
    {"displaydate", FIELD_PUBLISHED},
    {"article.published", FIELD_PUBLISHED},
    {"article.created", FIELD_PUBLISHED},
    {"datecreated", FIELD_PUBLISHED},
    {"created", FIELD_PUBLISHED},
    {"date", FIELD_PUBLISHED},
    {"article:modified_time", FIELD_MODIFIED},
    {"og:updated_time", FIELD_MODIFIED},
    {"datemodified", FIELD_MODIFIED},
    {"last-modified", FIELD_MODIFIED},
    {"lastmod", FIELD_MODIFIED},
    {"dcterms.modified", FIELD_MODIFIED},
    {"author", FIELD_AUTHOR},
    {"article:author_name", FIELD_AUTHOR},
    {"citation_author", FIELD_AUTHOR},
    {"dc.creator", FIELD_AUTHOR},
    {"dcterms.creator", FIELD_AUTHOR},
    {"parsely-author", FIELD_AUTHOR},
    {"sailthru.author", FIELD_AUTHOR},
    {"byl", FIELD_AUTHOR},
    {"byline", FIELD_AUTHOR},
    {"cxenseparse:author", FIELD_AUTHOR},
    {"article:author", FIELD_AUTHOR},
    {"authors", FIELD_AUTHOR},
    {"creator", FIELD_AUTHOR},
    {"twitter:data1", FIELD_CARD_1},
    {"twitter:label1", FIELD_CARD_1_IS},
    {"twitter:data2", FIELD_CARD_2},
    {"twitter:label2", FIELD_CARD_2_IS},
    {"og:type", FIELD_TYPE},
};

enum { N_NAMES = sizeof NAMES / sizeof *NAMES };

/* All that the page's <meta> say, at their ranks; a name may come several times (authors). */
typedef struct said {
    hs_strs of[N_NAMES];
} said;

static size_t rank_of(hs_str name) {
    char first = name.n ? (char)(name.p[0] | 32) : 0;
    for (size_t i = 0; name.n && i < N_NAMES; i++)
        if (NAMES[i].name[0] == first && hs_str_eq_nocase(name, hs_str_of(NAMES[i].name))) return i;
    return N_NAMES;
}

static void note(said *s, hs_arena *arena, hs_str name, hs_str value) {
    size_t rank = rank_of(name);
    if (rank < N_NAMES) HS_PUSH(arena, s->of[rank], value);
}

static hs_str best(const said *s, field f) {
    for (size_t i = 0; i < N_NAMES; i++)
        if (NAMES[i].field == f && s->of[i].n) return s->of[i].v[0];
    return (hs_str){0};
}

static hs_str best_date(const said *s, hs_arena *arena, field f) {
    for (size_t i = 0; i < N_NAMES; i++) {
        if (NAMES[i].field != f || !s->of[i].n) continue;
        hs_str date = hs_date_find(arena, s->of[i].v[0], NULL, NULL);
        if (date.n) return date;
    }
    return (hs_str){0};
}

/* Libraries' names come as "Roe, Jane". */
static hs_str turned(hs_arena *arena, hs_str name) {
    size_t comma = hs_str_find(name, HS_STR(", "));
    if (comma == HS_NONE || hs_str_find(hs_str_slice(name, comma + 1, name.n), HS_STR(",")) != HS_NONE) return name;
    hs_buf out = {0};
    hs_buf_add(arena, &out, hs_str_slice(name, comma + 2, name.n));
    hs_buf_byte(arena, &out, ' ');
    hs_buf_add(arena, &out, hs_str_slice(name, 0, comma));
    return hs_buf_str(&out);
}

static void add_authors(hs_meta *meta, hs_arena *arena, const said *s) {
    enum { MOST = 16 };
    for (size_t i = 0; i < N_NAMES; i++) {
        bool library = NAMES[i].name[0] == 'c' || NAMES[i].name[0] == 'd';
        for (size_t k = 0; NAMES[i].field == FIELD_AUTHOR && k < s->of[i].n && meta->authors.n < MOST; k++)
            HS_PUSH(arena, meta->authors, library ? turned(arena, s->of[i].v[k]) : s->of[i].v[k]);
    }
    if (meta->authors.n) return;
    if (hs_rules_is(HS_PHRASE_BY, best(s, FIELD_CARD_1_IS))) HS_PUSH(arena, meta->authors, best(s, FIELD_CARD_1));
    else if (hs_rules_is(HS_PHRASE_BY, best(s, FIELD_CARD_2_IS))) HS_PUSH(arena, meta->authors, best(s, FIELD_CARD_2));
}

static void read_meta(said *s, hs_arena *arena, const hs_node *node) {
    hs_str content = {0}, names[4] = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < node->n_attrs; i++) {
        const hs_attr *attr = &node->attrs[i];
        if (hs_str_eq(attr->name, HS_STR("content"))) content = hs_str_trim(attr->value);
        else if (n < 4 && (hs_str_eq(attr->name, HS_STR("property")) || hs_str_eq(attr->name, HS_STR("name")) ||
                           hs_str_eq(attr->name, HS_STR("itemprop")) || hs_str_eq(attr->name, HS_STR("http-equiv"))))
            names[n++] = attr->value;
    }
    for (size_t i = 0; content.n && i < n; i++) note(s, arena, hs_str_trim(names[i]), content);
}

static void read_node(hs_html_page *page, said *s, const hs_node *node) {
    hs_meta *meta = &page->meta;
    switch (node->tag) {
    case HS_TAG_META: read_meta(s, page->arena, node); break;
    case HS_TAG_LINK:
        if (!meta->url.n && hs_str_eq_nocase(hs_node_attr(node, HS_STR("rel")), HS_STR("canonical")))
            meta->url = hs_str_trim(hs_node_attr(node, HS_STR("href")));
        break;
    case HS_TAG_TITLE:
        if (!meta->title_tag.n && node->parent->tag == HS_TAG_HEAD)
            meta->title_tag = hs_node_text(page->arena, page->tree, node);
        break;
    case HS_TAG_HTML:
        if (!meta->language.n) meta->language = hs_str_trim(hs_node_attr(node, HS_STR("lang")));
        if (!meta->language.n) meta->language = hs_str_trim(hs_node_attr(node, HS_STR("xml:lang")));
        break;
    default: break;
    }
    hs_landmarks_note(page, node);
}

static bool absolute(hs_str url) {
    return hs_str_starts_nocase(url, HS_STR("http://")) || hs_str_starts_nocase(url, HS_STR("https://"));
}

void hs_meta_read(hs_html_page *page) {
    hs_meta *meta = &page->meta;
    hs_arena *arena = page->arena;
    said *s = HS_NEW(arena, said, 1);
    for (size_t i = 0; i < page->tree->n_nodes; i++)
        if (page->tree->nodes[i]->kind == HS_NODE_ELEMENT) read_node(page, s, page->tree->nodes[i]);
    if (!absolute(meta->url)) meta->url = best(s, FIELD_URL);
    if (!absolute(meta->url)) meta->url = (hs_str){0};
    meta->og_title = hs_str_trim(hs_html_unescape(arena, best(s, FIELD_TITLE)));
    meta->site_name = best(s, FIELD_SITE);
    hs_jsonld_read(page);
    if (!meta->site_name.n) meta->site_name = best(s, FIELD_APPLICATION);
    if (!meta->language.n) meta->language = best(s, FIELD_LANGUAGE);
    meta->published_too = best_date(s, arena, FIELD_PUBLISHED);
    if (!meta->published.n) meta->published = meta->published_too;
    if (!meta->published.n) meta->published = best_date(s, arena, FIELD_MICRODATA);
    if (!meta->modified.n) meta->modified = best_date(s, arena, FIELD_MODIFIED);
    if (!meta->authors.n) add_authors(meta, arena, s);
    meta->og_article = hs_str_starts_nocase(best(s, FIELD_TYPE), HS_STR("article"));
    meta->article |= meta->og_article;
}
