/* XML in pieces: see xml.h. */
#include "input/xml.h"

#include <string.h>

#include "html/tree.h"

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool begins_name(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

/* The byte behind `mark`, at or after `at`; the text's end when it does not come. */
static size_t behind(hs_str text, size_t at, hs_str mark) {
    size_t found = hs_str_find(hs_str_slice(text, at, text.n), mark);
    return found == HS_NONE ? text.n : at + found + mark.n;
}

/* Behind a document type, whose declarations may stand between square brackets. */
static size_t behind_doctype(hs_str text, size_t at) {
    while (at < text.n && text.p[at] != '>' && text.p[at] != '[') at++;
    if (at < text.n && text.p[at] == '[') at = behind(text, at, HS_STR("]"));
    return behind(text, at, HS_STR(">"));
}

/* The byte behind what is passed over at `at`, or `at` itself. */
static size_t behind_other(hs_str text, size_t at) {
    hs_str rest = hs_str_slice(text, at, text.n);
    if (hs_str_starts(rest, HS_STR("<!--"))) return behind(text, at + 4, HS_STR("-->"));
    if (hs_str_starts(rest, HS_STR("<?"))) return behind(text, at, HS_STR("?>"));
    if (hs_str_starts_nocase(rest, HS_STR("<!doctype"))) return behind_doctype(text, at);
    return at;
}

/* A tag ends at ">" outside of quotes; "<" ends it as well: it stands in no tag. */
static size_t tag_end(hs_str text, size_t at) {
    for (char quote = 0; at < text.n && text.p[at] != '<'; at++) {
        char c = text.p[at];
        if (!quote && c == '>') break;
        if (c == quote) quote = 0;
        else if (!quote && (c == '"' || c == '\'')) quote = c;
    }
    return at;
}

static hs_xml_piece tag(hs_str text, size_t at) {
    hs_xml_piece piece = {.kind = HS_XML_OPEN, .start = at};
    size_t name = at + 1;
    if (text.p[name] == '/') {
        piece.kind = HS_XML_CLOSE;
        name++;
    }
    size_t stop = tag_end(text, name), end = name;
    while (end < stop && !blank(text.p[end]) && text.p[end] != '/') end++;
    piece.name = hs_str_slice(text, name, end);
    piece.inside = hs_str_slice(text, end, stop);
    piece.empty = piece.inside.n && piece.inside.p[piece.inside.n - 1] == '/';
    piece.end = stop < text.n && text.p[stop] == '>' ? stop + 1 : stop;
    return piece;
}

static bool begins_tag(hs_str text, size_t at) {
    if (at + 1 >= text.n) return false;
    return begins_name(text.p[at + 1]) || (text.p[at + 1] == '/' && at + 2 < text.n && begins_name(text.p[at + 2]));
}

hs_xml_piece hs_xml_next(hs_str text, size_t at) {
    static const hs_str CDATA = {"<![CDATA[", 9};
    for (size_t next; at < text.n && (next = behind_other(text, at)) != at;) at = next;
    if (at >= text.n) return (hs_xml_piece){.kind = HS_XML_END, .start = text.n, .end = text.n};
    if (text.p[at] == '<' && begins_tag(text, at)) return tag(text, at);
    if (hs_str_starts(hs_str_slice(text, at, text.n), CDATA)) {
        size_t end = behind(text, at + CDATA.n, HS_STR("]]>"));
        bool closed = hs_str_ends(hs_str_slice(text, at + CDATA.n, end), HS_STR("]]>"));
        return (hs_xml_piece){.kind = HS_XML_CDATA,
                              .inside = hs_str_slice(text, at + CDATA.n, closed ? end - 3 : end),
                              .start = at,
                              .end = end};
    }
    const char *stop = at + 1 < text.n ? memchr(text.p + at + 1, '<', text.n - at - 1) : NULL;
    size_t end = stop ? (size_t)(stop - text.p) : text.n;
    return (hs_xml_piece){.kind = HS_XML_TEXT, .inside = hs_str_slice(text, at, end), .start = at, .end = end};
}

hs_str hs_xml_attribute(hs_str inside, hs_str name) {
    for (size_t at = 0; at < inside.n;) {
        while (at < inside.n && (blank(inside.p[at]) || inside.p[at] == '/')) at++;
        size_t start = at;
        while (at < inside.n && inside.p[at] != '=' && !blank(inside.p[at])) at++;
        hs_str key = hs_str_slice(inside, start, at);
        while (at < inside.n && blank(inside.p[at])) at++;
        if (at >= inside.n || inside.p[at] != '=') continue;
        at++;
        while (at < inside.n && blank(inside.p[at])) at++;
        char quote = at < inside.n && (inside.p[at] == '"' || inside.p[at] == '\'') ? inside.p[at++] : 0;
        start = at;
        while (at < inside.n && (quote ? inside.p[at] != quote : !blank(inside.p[at]))) at++;
        if (hs_str_eq(key, name)) return hs_str_slice(inside, start, at);
        at += quote != 0;
    }
    return (hs_str){0};
}

hs_str hs_xml_content(hs_str text, const hs_xml_piece *open, size_t *end) {
    *end = open->end;
    if (open->empty) return (hs_str){"", 0};
    size_t depth = 1;
    for (hs_xml_piece piece; (piece = hs_xml_next(text, *end)).kind != HS_XML_END;) {
        *end = piece.end;
        if (piece.kind == HS_XML_TEXT || piece.kind == HS_XML_CDATA || !hs_str_eq(piece.name, open->name)) continue;
        if (piece.kind == HS_XML_CLOSE) depth--;
        else depth += !piece.empty;
        if (depth == 0) return hs_str_slice(text, open->end, piece.start);
    }
    *end = text.n;
    return hs_str_slice(text, open->end, text.n);
}

hs_str hs_xml_text(hs_arena *arena, hs_str content) {
    hs_str first = {0};
    hs_buf all = {0};
    size_t n = 0;
    for (size_t at = 0;;) {
        hs_xml_piece piece = hs_xml_next(content, at);
        at = piece.end;
        if (piece.kind == HS_XML_END) break;
        if (piece.kind != HS_XML_TEXT && piece.kind != HS_XML_CDATA) continue;
        hs_str text = piece.kind == HS_XML_TEXT ? hs_html_unescape(arena, piece.inside) : piece.inside;
        if (n == 1) hs_buf_add(arena, &all, first);
        if (n++ == 0) first = text;
        else hs_buf_add(arena, &all, text);
    }
    return n <= 1 ? first : hs_buf_str(&all);
}
