/* A record as one self-contained HTML file: the reading view, which needs no script. The program's pages show the same <main> and
 * add to it what a script can do. */
#include <setjmp.h>

#include "formats/formats.h"
#include "formats/html.h"
#include "formats/marked_text.h"
#include "formats/reading_css.inc"

#define EMBEDDED(name, type, hash, bytes, n)                                          \
    static const char *const STYLE = (const char *)(bytes), *const STYLE_HASH = hash; \
    enum { STYLE_LENGTH = n };
EMBEDDED_FILES
#undef EMBEDDED

enum { MOST_MEMORY = 1 << 30 };

static void put(const hs_view *view, const char *markup) {
    hs_markup_put(view->out, markup);
}

void hs_html_field(const hs_view *view, const char *element, const char *class, hs_str text) {
    if (!text.n) return;
    put(view, "<");
    put(view, element);
    put(view, " class=\"");
    put(view, class);
    put(view, "\" dir=\"auto\">");
    hs_markup_text(view->out, text);
    put(view, "</");
    put(view, element);
    put(view, ">");
}

static void put_head(const hs_view *view) {
    const hs_record *record = view->record;
    put(view, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    put(view, STYLE_HASH);
    put(view, "'; base-uri 'none'; form-action 'none'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"generator\" content=\"hearsay\">\n<title>");
    hs_markup_text(view->out, record->title.n ? record->title : record->path);
    put(view, " – who claims what</title>\n<style>");
    hs_out_put(view->out, (hs_str){STYLE, STYLE_LENGTH});
    put(view, "</style>\n</head>\n<body>\n");
}

static void put_address(const hs_view *view) {
    const hs_record *record = view->record;
    hs_str address = record->url.n ? record->url : record->path;
    put(view, "<p class=\"address\">");
    if (hs_markup_is_web(address)) {
        put(view, "<a rel=\"noreferrer noopener\" href=\"");
        hs_markup_text(view->out, address);
        put(view, "\"><bdi>");
        hs_markup_text(view->out, address);
        put(view, "</bdi></a>");
    } else {
        put(view, "<bdi>");
        hs_markup_text(view->out, address);
        put(view, "</bdi>");
    }
    put(view, "</p>\n");
}

/* Outlet, day, authors; what the text is taken from and the codes that it carries. */
static void put_where_from(const hs_view *view) {
    const hs_record *record = view->record;
    put(view, "<p class=\"where\">");
    hs_html_field(view, "span", "outlet", record->outlet);
    if (record->published.n) {
        put(view, "<time datetime=\"");
        hs_markup_text(view->out, record->published);
        put(view, "\">");
        hs_markup_text(view->out, hs_str_slice(record->published, 0, sizeof "2031-03-11" - 1));
        put(view, "</time>");
    }
    for (size_t i = 0; i < record->n_authors; i++) hs_html_field(view, "span", "author", record->authors[i]);
    if (record->credit.n) {
        put(view, "<span class=\"credit\">taken from <bdi>");
        hs_markup_text(view->out, record->credit);
        put(view, "</bdi></span>");
    }
    for (size_t i = 0; i < record->n_codes; i++) {
        put(view, "<span class=\"code\"><bdi>");
        hs_markup_text(view->out, record->codes[i].key);
        put(view, "</bdi> code <bdi>");
        hs_markup_text(view->out, record->codes[i].value);
        put(view, "</bdi></span>");
    }
    put(view, "</p>\n");
}

static void put_title(const hs_view *view, hs_marked_text *marks) {
    const hs_record *record = view->record;
    put(view, "<h1 dir=\"auto\">");
    if (record->has_title && record->title.n <= record->text.n)
        hs_marked_text_put(view->out, marks, 0, record->title.n);
    else hs_markup_text(view->out, record->title.n ? record->title : HS_STR("A page without a title"));
    put(view, "</h1>\n");
}

static void put_paragraphs(const hs_view *view, hs_marked_text *marks) {
    const hs_record *record = view->record;
    size_t at = record->has_title ? record->title.n : 0;
    while (at < record->text.n && view->out->ok) {
        size_t length = hs_str_find(hs_str_slice(record->text, at, record->text.n), HS_STR("\n\n"));
        size_t end = length == HS_NONE ? record->text.n : at + length;
        if (hs_str_trim(hs_str_slice(record->text, at, end)).n) {
            put(view, "<p dir=\"auto\">");
            hs_marked_text_put(view->out, marks, at, end);
            put(view, "</p>\n");
        }
        at = length == HS_NONE ? end : end + 2;
    }
}

/* A language that comes from a page may hold anything. */
static bool is_language(hs_str language) {
    for (size_t i = 0; i < language.n; i++) {
        char c = language.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return language.n > 0 && language.n < 36;
}

static void put_article(const hs_view *view) {
    const hs_record *record = view->record;
    hs_marked_text *marks = hs_marked_text_of(view->arena, record, view->forest.depth);
    put(view, "<article class=\"text\" id=\"text\"");
    if (is_language(record->language)) {
        put(view, " lang=\"");
        hs_markup_text(view->out, record->language);
        put(view, "\"");
    }
    put(view, ">\n");
    put_where_from(view);
    put_title(view, marks);
    put_address(view);
    if (record->text.n) {
        put_paragraphs(view, marks);
    } else {
        put(view, "<p class=\"none\">No article: ");
        hs_markup_text(view->out, record->why.n ? record->why : HS_STR("the page has none"));
        put(view, ".</p>\n");
    }
    put(view, "</article>\n");
}

static void put_comment(const hs_view *view, size_t i) {
    const hs_comment *comment = &view->record->comments[i];
    put(view, "<li id=\"r");
    hs_markup_number(view->out, i + 1);
    put(view, "\"><p class=\"by\">");
    hs_html_field(view, "b", "author", comment->author);
    hs_html_field(view, "span", "date", comment->date);
    if (comment->reply_to < view->record->n_comments) {
        put(view, "<a href=\"#r");
        hs_markup_number(view->out, comment->reply_to + 1);
        put(view, "\">in reply to ");
        hs_str to = view->record->comments[comment->reply_to].author;
        hs_markup_text(view->out, to.n ? to : HS_STR("a comment"));
        put(view, "</a>");
    }
    put(view, "</p>");
    hs_html_field(view, "p", "said", comment->text);
    put(view, "</li>\n");
}

static void put_comments(const hs_view *view) {
    if (!view->record->n_comments) return;
    put(view,
        "<section class=\"comments\" aria-labelledby=\"comments-head\">\n"
        "<h2 id=\"comments-head\">Readers’ comments</h2>\n<p class=\"note\">Not part of the article.</p>\n<ol>\n");
    for (size_t i = 0; i < view->record->n_comments && view->out->ok; i++) put_comment(view, i);
    put(view, "</ol>\n</section>\n");
}

static void put_claims(const hs_view *view) {
    const hs_record *record = view->record;
    put(view, "<section class=\"claims\" aria-labelledby=\"claims-head\">\n<h2 id=\"claims-head\">");
    if (record->has_claims && record->n_claims) {
        hs_markup_number(view->out, record->n_claims);
        put(view, record->n_claims == 1 ? " claim</h2>\n" : " claims</h2>\n");
        hs_html_cards(view);
    } else {
        put(view, "Claims</h2>\n<p class=\"none\">");
        put(view, !record->text.n ? "There is no text to find claims in."
                  : record->has_claims
                      ? "Nobody is cited for anything on this page."
                      : "Claims were not read: they were not asked for, or the page is in a language that "
                        "the claim reader does not know.");
        put(view, "</p>\n");
    }
    put(view, "</section>\n");
}

static void put_view(const hs_view *view) {
    put(view, "<main class=\"reading\">\n");
    put_article(view);
    put(view, "<div class=\"beside\">\n");
    if (view->record->text.n && view->record->has_claims) hs_html_relied(view);
    put_claims(view);
    put(view, "</div>\n");
    put_comments(view);
    put(view, "</main>\n");
}

static bool write_all(hs_out *out, hs_arena *arena, const hs_record *record) {
    hs_view view = {.out = out, .record = record, .arena = arena};
    if (setjmp(arena->full)) return false;
    view.forest = hs_forest_of(arena, record);
    put_head(&view);
    put_view(&view);
    put(&view,
        "<footer class=\"made\"><p>Read by hearsay, a program: it can be wrong. Check against the text.</p></footer>\n"
        "</body>\n</html>\n");
    return true;
}

bool hs_format_html(hs_sink sink, void *state, const hs_record *record) {
    hs_arena arena;
    hs_out out;
    hs_arena_init(&arena, MOST_MEMORY);
    hs_out_init(&out, sink, state);
    bool ok = write_all(&out, &arena, record);
    hs_arena_free(&arena);
    return hs_out_flush(&out) && ok;
}
