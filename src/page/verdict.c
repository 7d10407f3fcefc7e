/* Verdicts: see verdict.h. */
#include "page/verdict.h"

static size_t size_of(const hs_strs *paragraphs) {
    size_t n = 0;
    for (size_t i = 0; i < paragraphs->n; i++) n += paragraphs->v[i].n;
    return n;
}

static bool says(hs_phrase list, const hs_html_page *page, const hs_strs *body) {
    size_t at, n;
    for (size_t i = 0; i < body->n; i++)
        if (hs_rules_holds(list, body->v[i], &at, &n)) return true;
    if (body->n) return false;
    for (size_t i = 0; i < page->blocks.n && i < 60; i++)
        if (page->blocks.v[i].text.n < 400 && hs_rules_holds(list, page->blocks.v[i].text, &at, &n)) return true;
    return false;
}

/* What a section front is made of: headlines that are links. */
typedef struct front {
    size_t link_bytes, headlines, long_paragraphs;
} front;

static front front_of(const hs_html_page *page, const hs_strs *body) {
    enum { HEADLINE = 25, LONG = 200 };
    front f = {0};
    for (size_t i = 0; i < page->blocks.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->marks & (HS_MARK_NAV | HS_MARK_FOOT | HS_MARK_HIDDEN)) continue;
        f.link_bytes += block->link_bytes;
        f.headlines += block->link_bytes * 10 > block->text.n * 8 && block->text.n > HEADLINE;
    }
    for (size_t i = 0; i < body->n; i++) f.long_paragraphs += body->v[i].n > LONG;
    return f;
}

/* More links than text, and hardly a paragraph. A page that calls itself an article or is dated is none. */
static bool section_front(const hs_html_page *page, const hs_strs *body, size_t size) {
    if (page->meta.article || page->meta.published.n) return false;
    enum { FEW_BYTES = 1500 };
    front f = front_of(page, body);
    return (f.headlines > 8 && f.link_bytes > size && f.long_paragraphs < 2 && size < FEW_BYTES) ||
           (f.headlines > 20 && f.link_bytes * 2 > size && f.long_paragraphs < 4);
}

hs_str hs_verdict_of(const hs_html_page *page, const hs_strs *body) {
    enum { SHORT = 600 };
    size_t size = size_of(body);
    if (size < SHORT && says(HS_PHRASE_WALL, page, body)) return HS_STR("the page asks for a login or a subscription");
    if (size < SHORT && says(HS_PHRASE_COOKIES, page, body))
        return HS_STR("the page shows only its question about cookies");
    if (!size) return HS_STR("the page holds no article text");
    if (section_front(page, body, size)) return HS_STR("the page is a list of links to other pages");
    return (hs_str){0};
}
