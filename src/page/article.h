/* What the parts of reading an HTML page share: the page cut up, and what it says of itself. All in the arena. */
#ifndef HS_PAGE_ARTICLE_H
#define HS_PAGE_ARTICLE_H

#include "page/blocks.h"

typedef struct hs_strs {
    hs_str *v;
    size_t n, cap;
} hs_strs;

/* What the page's head and its JSON-LD say. Absent where they do not. */
typedef struct hs_meta {
    hs_str headline; /* JSON-LD */
    hs_str og_title;
    hs_str title_tag;
    hs_str site_name;
    hs_str url;
    hs_str language;
    hs_str published; /* ISO, best source first */
    hs_str modified;
    hs_str body;     /* JSON-LD's articleBody */
    hs_strs authors; /* JSON-LD's, then <meta>'s */
    bool article;    /* the page calls itself an article */
} hs_meta;

typedef struct hs_html_page {
    hs_arena *arena;
    const hs_tree *tree;
    const uint32_t *marks;
    hs_blocks blocks;
    hs_meta meta;
    hs_str title;
} hs_html_page;

/* jsonld.c: reads every JSON-LD script of the page into page->meta. */
void hs_jsonld_read(hs_html_page *page);
/* meta.c: then <meta>, <link> and <title>, where JSON-LD left something open. */
void hs_meta_read(hs_html_page *page);
/* title.c */
hs_str hs_title_of(const hs_html_page *page);
bool hs_title_repeats(const hs_html_page *page, hs_str text); /* the same words, site names and case aside */
/* byline.c: authors and date of the visible page, after what the head said. */
hs_strs hs_authors_of(const hs_html_page *page);
hs_str hs_published_of(const hs_html_page *page);
typedef enum hs_author_source { HS_AUTHOR_HEAD, HS_AUTHOR_PAGE } hs_author_source;
void hs_authors_add(hs_strs *out, hs_arena *arena, hs_str said, hs_str site,
                    hs_author_source source); /* the persons that a byline names, each once */
/* body.c: the article's paragraphs; none when there is no article. */
hs_strs hs_body_of(const hs_html_page *page);

#endif
