/* A page from bytes to the article's fields of a record: see page.h. The one place that knows the order of the steps. */
#include "page/page.h"

#include "html/charset.h"
#include "page/article.h"
#include "page/comments.h"
#include "page/credit.h"
#include "page/language.h"
#include "page/names.h"
#include "page/plain.h"
#include "page/signs.h"
#include "page/tail.h"
#include "page/verdict.h"

static hs_str joined(hs_arena *arena, const hs_record *record, const hs_strs *paragraphs) {
    hs_buf out = {0};
    if (record->has_title) hs_buf_add(arena, &out, record->title);
    for (size_t i = 0; i < paragraphs->n; i++) {
        if (out.n) hs_buf_add(arena, &out, HS_STR("\n\n"));
        hs_buf_add(arena, &out, paragraphs->v[i]);
    }
    return hs_buf_str(&out);
}

static void read_plain(hs_record *out, hs_arena *arena, hs_str text) {
    hs_strs paragraphs = hs_plain_read(out, arena, text);
    out->text = joined(arena, out, &paragraphs);
    if (!out->credit.n) out->credit = hs_credit_of_text(arena, &paragraphs, out->outlet);
    out->language = hs_language_of(out->text);
    if (!out->text.n) out->why = HS_STR("the page holds no text");
}

static hs_html_page open_html(hs_arena *arena, hs_str text) {
    hs_html_page page = {.arena = arena, .tree = hs_tree_parse(arena, text)};
    page.marks = hs_marks_of(arena, page.tree);
    page.blocks = hs_blocks_of(arena, page.tree, page.marks);
    hs_meta_read(&page);
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

static void read_html(hs_record *out, hs_arena *arena, hs_str text) {
    hs_html_page page = open_html(arena, text);
    hs_strs authors = hs_authors_of(&page), body = hs_body_of(&page);
    end_body(out, &page, &body, &authors);
    hs_comments_read(out, &page);
    out->title = page.title;
    out->url = page.meta.url;
    out->outlet = hs_outlet_of(&page);
    out->published = hs_published_of(&page);
    out->authors = authors.v;
    out->n_authors = authors.n;
    out->credit = hs_credit_of_page(&page, &body, out->outlet);
    out->why = hs_verdict_of(&page, &body, out->published.n > 0);
    out->has_title = out->title.n > 0 && !out->why.n;
    out->text = out->why.n ? HS_STR("") : joined(arena, out, &body);
    out->language = hs_language_tag(arena, page.meta.language);
    if (!out->language.n) out->language = hs_language_of(out->text);
}

hs_status hs_page_read(hs_record *out, hs_arena *arena, hs_str bytes, hs_str name, hs_error *error) {
    hs_str text;
    hs_status status = hs_charset_decode(&text, arena, bytes, (hs_str){0}, name, error);
    if (status != HS_OK) return status;
    out->path = hs_str_copy(arena, name);
    if (hs_plain_is_html(text)) read_html(out, arena, text);
    else read_plain(out, arena, text);
    return HS_OK;
}

hs_status hs_page_signs(hs_signs *out, hs_arena *arena, hs_str bytes, hs_str name, hs_error *error) {
    hs_str text;
    hs_status status = hs_charset_decode(&text, arena, bytes, (hs_str){0}, name, error);
    if (status != HS_OK) return status;
    hs_html_page page = open_html(arena, text);
    hs_strs body = hs_body_of(&page);
    hs_tail_form(&body);
    *out = hs_signs_of(&page, &body, hs_published_of(&page).n > 0);
    return HS_OK;
}
