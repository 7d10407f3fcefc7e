/* Limits on nesting: see flatten.h. One pass counts, and only a page that breaks a limit is copied. It reads tags roughly, as
 * it only has to bound the work of the parser behind it; it must not know what the tags mean beyond that. */
#include "html/flatten.h"

#include <string.h>

#include "html/tree.h"

enum { MAX_ATTRIBUTES = 256, MAX_REPEATED = 12 };

/* Elements that close themselves, or that the next one of their kind closes: they do not nest. */
static const hs_tag FLAT[] = {
    HS_TAG_A,  HS_TAG_BASE,  HS_TAG_BODY, HS_TAG_BR,    HS_TAG_DD, HS_TAG_DT,    HS_TAG_EMBED, HS_TAG_HEAD,
    HS_TAG_HR, HS_TAG_HTML,  HS_TAG_IMG,  HS_TAG_INPUT, HS_TAG_LI, HS_TAG_LINK,  HS_TAG_META,  HS_TAG_OPTION,
    HS_TAG_P,  HS_TAG_TBODY, HS_TAG_TD,   HS_TAG_TFOOT, HS_TAG_TH, HS_TAG_THEAD, HS_TAG_TR,    HS_TAG_WBR,
};

/* Elements that a tree builder opens again in every paragraph until they are closed: few of them are enough. */
static const hs_tag REPEATED[] = {HS_TAG_B, HS_TAG_CODE,  HS_TAG_EM,     HS_TAG_FONT, HS_TAG_I,
                                  HS_TAG_S, HS_TAG_SMALL, HS_TAG_STRONG, HS_TAG_U};

/* Elements whose content is text up to their end tag. */
static const hs_tag RAW[] = {HS_TAG_SCRIPT, HS_TAG_STYLE, HS_TAG_TEXTAREA, HS_TAG_TITLE, HS_TAG_IFRAME};

static bool among(hs_tag tag, const hs_tag *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (list[i] == tag) return true;
    return false;
}

#define AMONG(tag, list) among((tag), (list), sizeof(list) / sizeof *(list))

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct tag_piece {
    size_t end; /* one past the ">" */
    size_t cut; /* where the attributes too many begin; `end` when there are none */
    hs_tag tag;
    bool closing, empty;
} tag_piece;

/* The tag that begins at html.p[at] == '<', `closing` when "/" follows. */
static tag_piece read_tag(hs_str html, size_t at) {
    tag_piece piece = {.closing = html.p[at + 1] == '/'};
    size_t i = at + 1 + piece.closing, n = 0;
    char name[16];
    for (; i < html.n && html.p[i] != '>' && html.p[i] != '/' && (unsigned char)html.p[i] > ' '; i++)
        if (n < sizeof name) name[n++] = letter(html.p[i]) ? (char)(html.p[i] | 32) : html.p[i];
    piece.tag = hs_tag_of((hs_str){name, n});
    size_t attributes = 0;
    char quote = 0;
    for (; i < html.n && (quote || html.p[i] != '>'); i++) {
        char c = html.p[i];
        if (quote) quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && html.p[i - 1] == '=') quote = c;
        else if (((unsigned char)c <= ' ' || c == '/') && ++attributes == MAX_ATTRIBUTES) piece.cut = i;
    }
    piece.empty = html.p[i - 1] == '/';
    piece.end = i < html.n ? i + 1 : i;
    if (!piece.cut) piece.cut = piece.end;
    return piece;
}

static size_t end_of_raw(hs_str html, size_t at, hs_tag tag) {
    hs_str name = hs_tag_name(tag);
    while (at < html.n) {
        const char *hit = memchr(html.p + at, '<', html.n - at);
        if (!hit) return html.n;
        at = (size_t)(hit - html.p);
        hs_str rest = hs_str_slice(html, at, html.n);
        if (rest.n > 2 && rest.p[1] == '/' && hs_str_starts_nocase(hs_str_slice(rest, 2, rest.n), name)) return at;
        at++;
    }
    return html.n;
}

static size_t end_of_comment(hs_str html, size_t at) {
    size_t found = hs_str_find(hs_str_slice(html, at + 4, html.n), HS_STR("-->"));
    return found == HS_NONE ? html.n : at + 4 + found + 3;
}

typedef struct flattener {
    hs_arena *arena; /* NULL while only counting */
    hs_str html;
    hs_buf out;
    size_t kept, depth, repeated, max_depth;
    bool broken;
} flattener;

static void drop(flattener *f, size_t start, size_t end) {
    f->broken = true;
    if (!f->arena) return;
    hs_buf_add(f->arena, &f->out, hs_str_slice(f->html, f->kept, start));
    f->kept = end;
}

static size_t pass_tag(flattener *f, size_t at) {
    tag_piece piece = read_tag(f->html, at);
    bool nests = !piece.empty && !AMONG(piece.tag, FLAT) && !AMONG(piece.tag, RAW);
    bool repeated = AMONG(piece.tag, REPEATED);
    size_t *depth = repeated ? &f->repeated : &f->depth, most = repeated ? MAX_REPEATED : f->max_depth;
    bool gone = nests && *depth + !piece.closing > most;
    if (nests && !piece.closing) ++*depth;
    else if (nests && *depth) --*depth;
    if (gone) drop(f, at, piece.end);
    else if (piece.cut < piece.end) drop(f, piece.cut, piece.end - 1);
    if (!piece.closing && AMONG(piece.tag, RAW)) return end_of_raw(f->html, piece.end, piece.tag);
    return piece.end;
}

static void pass(flattener *f) {
    hs_str html = f->html;
    for (size_t at = 0; at < html.n && !(f->broken && !f->arena);) {
        const char *hit = memchr(html.p + at, '<', html.n - at);
        if (!hit) break;
        at = (size_t)(hit - html.p);
        char next = at + 1 < html.n ? html.p[at + 1] : 0;
        if (letter(next) || (next == '/' && at + 2 < html.n && letter(html.p[at + 2]))) at = pass_tag(f, at);
        else if (hs_str_starts(hs_str_slice(html, at, html.n), HS_STR("<!--"))) at = end_of_comment(html, at);
        else at++;
    }
}

hs_str hs_html_flatten(hs_arena *arena, hs_str html, size_t max_depth) {
    flattener count = {.html = html, .max_depth = max_depth};
    pass(&count);
    if (!count.broken) return html;
    flattener f = {.arena = arena, .html = html, .max_depth = max_depth};
    pass(&f);
    hs_buf_add(arena, &f.out, hs_str_slice(html, f.kept, html.n));
    return hs_buf_str(&f.out);
}
