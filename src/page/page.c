/* A page from bytes to the article's fields of a record: see page.h. The one place that knows the order of the steps. */
#include "page/page.h"

#include <string.h>

#include "base/utf8.h"
#include "html/charset.h"
#include "page/article.h"
#include "page/comments.h"
#include "page/credit.h"
#include "page/dates.h"
#include "page/language.h"
#include "page/names.h"
#include "page/plain.h"
#include "page/signs.h"
#include "page/tail.h"
#include "page/verdict.h"

/* Title and paragraphs, parted by blank lines. */
static hs_str joined(hs_arena *arena, const hs_record *record, const hs_strs *paragraphs) {
    size_t size = record->has_title ? record->title.n : 0, n = 0;
    for (size_t i = 0; i < paragraphs->n; i++) size += 2 + paragraphs->v[i].n;
    char *out = hs_arena_alloc(arena, size + 1, 1);
    if (record->has_title) {
        memcpy(out, record->title.p, record->title.n);
        n = record->title.n;
    }
    for (size_t i = 0; i < paragraphs->n; i++) {
        if (n) {
            out[n++] = '\n';
            out[n++] = '\n';
        }
        if (paragraphs->v[i].n) memcpy(out + n, paragraphs->v[i].p, paragraphs->v[i].n);
        n += paragraphs->v[i].n;
    }
    return (hs_str){out, n};
}

/* What is known from outside, as clean as if the page had said it: it comes from archives and servers. */
typedef struct hints {
    hs_str url, published, language;
} hints;

/* An address as a record may hold it; absent when it is none. */
static hs_str clean_url(hs_arena *arena, hs_str url) {
    url = hs_str_trim(url);
    bool http = hs_str_starts_nocase(url, HS_STR("http://")) || hs_str_starts_nocase(url, HS_STR("https://"));
    for (size_t i = 0; http && i < url.n; i++) http = (unsigned char)url.p[i] > ' ' && url.p[i] != 0x7F;
    return http ? hs_str_copy(arena, hs_utf8_repair(arena, url)) : (hs_str){0};
}

static hints clean(hs_arena *arena, const hs_page *page) {
    return (hints){clean_url(arena, page->url), hs_date_find(arena, page->published, NULL, NULL),
                   hs_language_tag(arena, page->language)};
}

static void read_plain(hs_record *out, hs_arena *kept, hs_arena *arena, hs_str text, const hints *hints) {
    hs_strs paragraphs = hs_plain_read(out, arena, text);
    out->text = joined(kept, out, &paragraphs);
    out->url = hints->url;
    if (!out->outlet.n) out->outlet = hs_outlet_of_address(arena, hints->url);
    if (!out->published.n) out->published = hints->published;
    if (!out->credit.n) out->credit = hs_credit_of_text(arena, &paragraphs, out->outlet);
    out->language = hints->language.n ? hints->language : hs_language_of(out->text);
    if (!out->text.n) out->why = HS_STR("the page holds no text");
}

static hs_html_page open_html(hs_arena *arena, hs_str text, hs_str url) {
    hs_html_page page = {.arena = arena, .tree = hs_tree_of(arena, text)};
    page.marks = hs_marks_of(arena, page.tree);
    page.blocks = hs_blocks_of(arena, page.tree, page.marks);
    hs_meta_read(&page);
    if (!page.meta.url.n) page.meta.url = url;
    hs_title_read(&page);
    return page;
}

/* Takes what only stands at the body's end, and is not its text, off it. */
static void end_body(hs_record *out, const hs_html_page *page, hs_strs *body, hs_strs *authors) {
    hs_body_range range = hs_body_range_of(page, body);
    hs_tail_form(body);
    hs_tail_codes(out, page->arena, body);
    hs_tail_codes_around(out, page, range);
    hs_tail_form(body);
    hs_str names = hs_tail_signed(body);
    if (!authors->n) hs_names_add(authors, page->arena, names, HS_BYLINE_PLAIN);
}

static void read_html(hs_record *out, hs_arena *kept, hs_arena *arena, hs_str text, const hints *hints) {
    hs_html_page page = open_html(arena, text, hints->url);
    hs_strs authors = hs_authors_of(&page), body = hs_body_of(&page);
    end_body(out, &page, &body, &authors);
    hs_comments_read(out, &page);
    out->title = page.title;
    out->url = page.meta.url;
    out->outlet = hs_outlet_of(&page);
    out->published = hs_published_of(&page);
    if (!out->published.n) out->published = hints->published;
    out->authors = authors.v;
    out->n_authors = authors.n;
    out->credit = hs_credit_of_page(&page, &body, out->outlet);
    out->why = hs_verdict_of(&page, &body, out->published.n > 0);
    out->has_title = out->title.n > 0 && !out->why.n;
    out->text = out->why.n ? HS_STR("") : joined(kept, out, &body);
    out->language = hs_language_tag(arena, page.meta.language);
    if (!out->language.n) out->language = hints->language;
    if (!out->language.n) out->language = hs_language_of(out->text);
}

static void keep(hs_arena *arena, hs_str *s) {
    *s = hs_str_copy(arena, *s);
}

/* Moves all of the record but its path and text into the arena. */
static void keep_all(hs_record *record, hs_arena *arena) {
    hs_str *const fields[] = {&record->url,      &record->outlet, &record->title, &record->published,
                              &record->language, &record->credit, &record->why};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) keep(arena, fields[i]);
    hs_str *authors = HS_NEW(arena, hs_str, record->n_authors);
    for (size_t i = 0; i < record->n_authors; i++) authors[i] = hs_str_copy(arena, record->authors[i]);
    hs_code *codes = HS_NEW(arena, hs_code, record->n_codes);
    for (size_t i = 0; i < record->n_codes; i++)
        codes[i] = (hs_code){hs_str_copy(arena, record->codes[i].key), hs_str_copy(arena, record->codes[i].value)};
    hs_comment *comments = HS_NEW(arena, hs_comment, record->n_comments);
    for (size_t i = 0; i < record->n_comments; i++) {
        comments[i] = record->comments[i];
        keep(arena, &comments[i].author);
        keep(arena, &comments[i].date);
        keep(arena, &comments[i].text);
    }
    record->authors = authors;
    record->codes = codes;
    record->comments = comments;
}

hs_status hs_page_read(hs_record *out, hs_arena *arena, hs_arena *work, const hs_page *page, hs_error *error) {
    hs_str text;
    out->path = hs_str_copy(arena, hs_str_of(page->name));
    hs_status status = hs_charset_decode(&text, work, (hs_str){page->bytes, page->n}, page->charset, out->path, error);
    if (status != HS_OK) return status;
    hints hints = clean(work, page);
    /* servers call plain text HTML as well: a page without a single tag is none */
    bool html = page->kind == HS_KIND_HTML ? memchr(text.p, '<', text.n) != NULL
                                           : page->kind == HS_KIND_UNKNOWN && hs_plain_is_html(text);
    if (html) read_html(out, arena, work, text, &hints);
    else read_plain(out, arena, work, text, &hints);
    if (arena != work) keep_all(out, arena);
    return HS_OK;
}

hs_status hs_page_signs(hs_signs *out, hs_arena *arena, hs_str bytes, hs_str name, hs_error *error) {
    hs_str text;
    hs_status status = hs_charset_decode(&text, arena, bytes, (hs_str){0}, name, error);
    if (status != HS_OK) return status;
    hs_html_page page = open_html(arena, text, (hs_str){0});
    hs_record record = {0};
    hs_strs body = hs_body_of(&page), authors = {0};
    end_body(&record, &page, &body, &authors);
    *out = hs_signs_of(&page, &body, hs_published_of(&page).n > 0);
    return HS_OK;
}
