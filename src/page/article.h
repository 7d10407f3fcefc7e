/* What the parts of reading an HTML page share: the page cut up, and what it says of itself. All in the arena. */
#ifndef HS_PAGE_ARTICLE_H
#define HS_PAGE_ARTICLE_H

#include "page/blocks.h"
#include "page/dates.h"

typedef struct hs_strs {
    hs_str *v;
    size_t n, cap;
} hs_strs;

typedef struct hs_node_list {
    const hs_node **v;
    size_t n, cap;
} hs_node_list;

/* What the page's head and its JSON-LD say. Absent where they do not. */
typedef struct hs_meta {
    hs_str headline; /* JSON-LD */
    hs_str og_title;
    hs_str title_tag;
    hs_str site_name;
    hs_str url;
    hs_str language;      /* as written: "en-US" */
    hs_str published;     /* ISO, best source first */
    hs_str published_too; /* what <meta> says where JSON-LD says another day */
    hs_str modified;
    hs_str
        page_published; /* JSON-LD's, of the page and not of an article: when the address was made, often years before */
    hs_str body;        /* JSON-LD's articleBody */
    hs_strs authors;    /* the first of JSON-LD and <meta> that names any */
    hs_strs teams;      /* organisations named as authors */
    bool article;       /* the page calls itself an article */
    bool og_article;    /* its OpenGraph type does */
    bool news;          /* it calls itself a news article */
} hs_meta;

/* Elements that titles, authors and dates are looked for in, each list in document order and of a bounded length. */
typedef struct hs_landmarks {
    hs_node_list scripts;  /* JSON-LD */
    hs_node_list headings; /* h1 to h3 */
    hs_node_list authors;  /* named for authors, by class, rel or itemprop, and links to pages about authors */
    hs_node_list dates;    /* <time>, and what is named for dates */
} hs_landmarks;

typedef struct hs_html_page {
    hs_arena *arena;
    const hs_tree *tree;
    const uint32_t *marks;
    hs_blocks blocks;
    hs_meta meta;
    hs_landmarks landmarks;
    hs_str title;
    hs_str title_words;        /* folded, for comparing */
    const hs_node *heading;    /* the element that shows the title, or stands in its place; NULL when there is none */
    size_t zone_from, zone_to; /* the blocks around the title, where bylines and datelines stand */
} hs_html_page;

/* meta.c: reads the head, JSON-LD and landmarks into page->meta and page->landmarks. */
void hs_meta_read(hs_html_page *page);
void hs_landmarks_note(hs_html_page *page, const hs_node *node); /* landmarks.c: keeps the node if it is one */
/* jsonld.c: what the landmarks' scripts say, into page->meta where the head has not said it better. */
void hs_jsonld_read(hs_html_page *page);

/* title.c: page->title, ->title_words, ->heading and the zone around it. */
void hs_title_read(hs_html_page *page);
bool hs_title_repeats(const hs_html_page *page, hs_str text); /* the same words, site names and case aside */
bool hs_site_names(const hs_html_page *page, hs_str text);    /* is it the site's name or address? */

/* byline.c, published.c: authors and date, from what the head says and the visible page shows. */
hs_strs hs_authors_of(const hs_html_page *page);
hs_str hs_published_of(const hs_html_page *page);

/* outlet.c: who publishes the page: the name that it states, else the registrable domain of its address. */
hs_str hs_outlet_of(const hs_html_page *page);
hs_str hs_outlet_of_address(hs_arena *arena, hs_str url);

/* body.c: the article's paragraphs; none when there is no article. */
hs_strs hs_body_of(const hs_html_page *page);

#endif
