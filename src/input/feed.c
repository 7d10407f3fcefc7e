/* Feeds → pages: see input.h. An item that holds its text is read from the feed; of one that only has a summary the page that it links to is
 * fetched, where the feed itself came from an address, and else the summary is read. The feed is held as a whole, its
 * items are cut out one at a time; all memory that an item needs lies in an arena of its own. */
#include "input/feed.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "html/charset.h"
#include "input/input.h"

enum {
    FULL = 800,       /* characters that an article has at least; summaries seldom do */
    MOST_LINKS = 1000 /* that are followed in one feed */
};

typedef struct feed {
    hs_input input;
    hs_stream *stream; /* NULL once the feed has been read */
    hs_input_options options;
    bool json, ended, any;
    hs_bytes document, name, link;
    hs_arena whole, one; /* what the feed needs, what the item at hand needs */
    hs_str text;         /* XML in UTF-8 */
    size_t at;
    hs_scan scan;
    size_t number, followed;
    hs_fetched page;
} feed;

/* ---- an item as a page ---- */

/* Bytes outside of tags: how much there is to read. */
static size_t visible(hs_str body) {
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < body.n; i++) {
        if (body.p[i] == '<') inside = true;
        n += !inside && (unsigned char)body.p[i] > ' ';
        if (body.p[i] == '>') inside = false;
    }
    return n;
}

/* Text among markup. References in it are let stand, unless it is said to be plain: titles in feeds are often escaped twice. */
static void add_escaped(hs_arena *arena, hs_buf *out, hs_str text, bool plain) {
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '<': hs_buf_add(arena, out, HS_STR("&lt;")); break;
        case '"': hs_buf_add(arena, out, HS_STR("&quot;")); break;
        case '&': hs_buf_add(arena, out, plain ? HS_STR("&amp;") : HS_STR("&")); break;
        default: hs_buf_byte(arena, out, text.p[i]); break;
        }
    }
}

static bool has_tags(hs_str body) {
    for (size_t i = 0; i + 1 < body.n; i++)
        if (body.p[i] == '<' && (body.p[i + 1] == '/' || ((body.p[i + 1] | 32) >= 'a' && (body.p[i + 1] | 32) <= 'z')))
            return true;
    return false;
}

/* Text without tags: blank lines part its paragraphs. */
static void add_paragraphs(hs_arena *arena, hs_buf *out, hs_str text, bool plain) {
    while (text.n) {
        size_t end = hs_str_find(text, HS_STR("\n\n"));
        hs_str paragraph = hs_str_slice(text, 0, end == HS_NONE ? text.n : end);
        hs_buf_add(arena, out, HS_STR("<p>"));
        if (plain) add_escaped(arena, out, paragraph, true);
        else hs_buf_add(arena, out, paragraph);
        hs_buf_add(arena, out, HS_STR("</p>\n"));
        text = hs_str_slice(text, paragraph.n + 2, text.n);
    }
}

/* A page as a site would write it, so that title, authors, date and text are read as any page's. */
static hs_str written(hs_arena *arena, const hs_feed_item *item, hs_str body, bool plain) {
    hs_buf out = {0};
    hs_buf_add(arena, &out, HS_STR("<!doctype html><html><head><title>"));
    add_escaped(arena, &out, item->title, false);
    hs_buf_add(arena, &out, HS_STR("</title>"));
    for (size_t i = 0; i < item->n_authors; i++) {
        hs_buf_add(arena, &out, HS_STR("<meta name=\"author\" content=\""));
        add_escaped(arena, &out, item->authors[i], false);
        hs_buf_add(arena, &out, HS_STR("\">"));
    }
    if (item->published.n) {
        hs_buf_add(arena, &out, HS_STR("<meta property=\"article:published_time\" content=\""));
        add_escaped(arena, &out, item->published, false);
        hs_buf_add(arena, &out, HS_STR("\">"));
    }
    hs_buf_add(arena, &out, HS_STR("</head><body><article>"));
    if (item->title.n) {
        hs_buf_add(arena, &out, HS_STR("<h1>"));
        add_escaped(arena, &out, item->title, false);
        hs_buf_add(arena, &out, HS_STR("</h1>\n"));
    }
    if (plain || !has_tags(body)) add_paragraphs(arena, &out, body, plain);
    else hs_buf_add(arena, &out, body);
    hs_buf_add(arena, &out, HS_STR("</article></body></html>"));
    return hs_buf_str(&out);
}

/* ---- one item after another ---- */

static hs_status fail(const feed *f, hs_error *error, hs_status code, const char *why) {
    return hs_fail(error, code, "%s: %s", f->name.n ? f->name.v : f->options.name, why);
}

static hs_status follow(feed *f, hs_page *page, hs_str published, hs_error *error) {
    if (++f->followed > MOST_LINKS) {
        f->ended = true;
        f->name.n = 0;
        return fail(f, error, HS_ERR_LIMIT, "the feed has too many links; the rest is not read");
    }
    hs_error cause;
    hs_fetched_free(&f->page);
    hs_status status = hs_fetch_link(&f->page, f->options.fetcher, f->link.v, &cause);
    if (status != HS_OK) return hs_fail_in(error, f->name.v, &cause);
    *page = (hs_page){.name = f->name.v,
                      .bytes = f->page.body.n ? f->page.body.v : "",
                      .n = f->page.body.n,
                      .kind = f->page.kind,
                      .charset = hs_str_of(f->page.charset),
                      .url = hs_str_of(f->page.url.v),
                      .published = published};
    return HS_OK;
}

/* The item's own address, else what it calls itself, else its number stands in its page's name. */
static bool name_item(feed *f, const hs_feed_item *item, bool linked) {
    char number[32];
    int digits = snprintf(number, sizeof number, "%zu", f->number);
    hs_str part = linked ? hs_str_of(f->link.v) : item->id.n ? item->id : (hs_str){number, (size_t)digits};
    return hs_bytes_name(&f->name, f->options.name, part);
}

static hs_status to_page(feed *f, hs_page *page, const hs_feed_item *item, hs_error *error) {
    const hs_fetched *from = f->options.fetched;
    bool linked = hs_fetch_resolve(&f->link, from ? from->url.v : NULL, item->link);
    f->any = true;
    if (!name_item(f, item, linked)) return fail(f, error, HS_ERR_LIMIT, "no memory");
    size_t content = visible(item->content), summary = visible(item->summary);
    bool take_content = content >= summary;
    if (linked && f->options.fetcher && (take_content ? content : summary) < FULL)
        return follow(f, page, item->published, error);
    if (!content && !summary) return fail(f, error, HS_ERR_EMPTY, "the item holds no text");
    hs_str bytes = written(&f->one, item, take_content ? item->content : item->summary,
                           take_content ? item->content_plain : item->summary_plain);
    *page = (hs_page){.name = f->name.v,
                      .bytes = bytes.p,
                      .n = bytes.n,
                      .kind = HS_KIND_HTML,
                      .charset = HS_STR("utf-8"),
                      .url = linked ? hs_str_of(f->link.v) : (hs_str){0}};
    return HS_OK;
}

static hs_status next_item(feed *f, hs_page *page, bool *more, hs_error *error) {
    hs_feed_item item;
    f->number++;
    f->name.n = 0;
    *more =
        !f->ended && (f->json ? hs_feed_json_item(&item, &f->scan) : hs_feed_xml_item(&item, &f->one, f->text, &f->at));
    if (*more) return to_page(f, page, &item, error);
    bool damaged = !f->ended && f->json && f->scan.failed, empty = !f->ended && !f->any;
    f->ended = f->any = true;
    if (damaged) return fail(f, error, HS_ERR_FORMAT, "not a JSON Feed, or damaged");
    return empty ? fail(f, error, HS_ERR_EMPTY, "no items in this feed") : HS_OK;
}

static hs_status guarded_next(feed *f, hs_page *page, bool *more, hs_error *error) {
    hs_arena_free(&f->one);
    if (setjmp(f->one.full)) return fail(f, error, HS_ERR_LIMIT, "an item needs more memory than a page may");
    return next_item(f, page, more, error);
}

/* ---- the feed as a whole ---- */

static hs_status decode(feed *f, hs_error *error) {
    const hs_fetched *from = f->options.fetched;
    if (setjmp(f->whole.full)) return fail(f, error, HS_ERR_LIMIT, "the feed needs more memory than a page may");
    hs_status status = hs_charset_decode(&f->text, &f->whole, hs_bytes_str(&f->document),
                                         hs_str_of(from ? from->charset : NULL), hs_str_of(f->options.name), error);
    hs_bytes_free(&f->document);
    return status;
}

static hs_status read_feed(feed *f, hs_error *error) {
    hs_error cause;
    hs_status status = hs_source_read_all(&f->document, &f->stream->source, f->options.max_bytes, &cause);
    hs_source_free(&f->stream->source);
    f->stream = NULL;
    if (status != HS_OK) return hs_fail_in(error, f->options.name, &cause);
    if (!f->json) return decode(f, error);
    hs_str start = hs_str_slice(hs_bytes_str(&f->document), 0, 3);
    size_t skip = hs_str_eq(start, HS_STR("\xEF\xBB\xBF")) ? 3 : 0;
    f->scan = (hs_scan){.at = f->document.v + skip, .end = f->document.v + f->document.n};
    return hs_feed_json_begin(&f->scan) ? HS_OK : fail(f, error, HS_ERR_FORMAT, "not a JSON Feed, or damaged");
}

static hs_status feed_next(hs_input *self, hs_page *page, bool *more, hs_error *error) {
    feed *f = (feed *)self;
    *more = false;
    if (f->stream) {
        hs_status status = read_feed(f, error);
        if (status != HS_OK) f->ended = f->any = true;
        if (status != HS_OK) return status;
    }
    return guarded_next(f, page, more, error);
}

static void feed_free(hs_input *self) {
    feed *f = (feed *)self;
    if (f->stream) hs_source_free(&f->stream->source);
    hs_bytes_free(&f->document);
    hs_bytes_free(&f->name);
    hs_bytes_free(&f->link);
    hs_arena_free(&f->whole);
    hs_arena_free(&f->one);
    hs_fetched_free(&f->page);
    free(f);
}

hs_input *hs_feed_open(hs_stream *stream, const hs_input_options *options, bool json) {
    feed *f = calloc(1, sizeof *f);
    if (!f) {
        hs_source_free(&stream->source);
        return NULL;
    }
    *f = (feed){.input = {feed_next, feed_free}, .stream = stream, .options = *options, .json = json};
    /* a charset conversion takes three times the bytes at most, and what repairs it as much again */
    size_t cap = options->max_bytes * 8 + ((size_t)1 << 20);
    hs_arena_init(&f->whole, cap);
    hs_arena_init(&f->one, cap);
    return &f->input;
}
