/* RSS and Atom: see feed.h. Elements are known by the prefixes that all feeds use, not by their namespaces' addresses: some feeds declare none.
 */
#include "input/feed.h"
#include "input/xml.h"

typedef enum field { TITLE, LINK, ID, PUBLISHED, UPDATED, AUTHOR, CONTENT, SUMMARY, N_FIELDS } field;

static const struct {
    hs_str name;
    field field;
} ELEMENTS[] = {
    {{"title", 5}, TITLE},
    {{"link", 4}, LINK},
    {{"guid", 4}, ID},
    {{"id", 2}, ID},
    {{"pubDate", 7}, PUBLISHED},
    {{"published", 9}, PUBLISHED},
    {{"dc:date", 7}, PUBLISHED},
    {{"issued", 6}, PUBLISHED},
    {{"updated", 7}, UPDATED},
    {{"modified", 8}, UPDATED},
    {{"author", 6}, AUTHOR},
    {{"dc:creator", 10}, AUTHOR},
    {{"content:encoded", 15}, CONTENT},
    {{"content", 7}, CONTENT},
    {{"description", 11}, SUMMARY},
    {{"summary", 7}, SUMMARY},
};

/* "atom:entry" → "entry": the feed's own words may have a prefix, all others keep theirs. */
static hs_str own_name(hs_str name) {
    static const hs_str PREFIXES[] = {{"atom:", 5}, {"rss:", 4}, {"a:", 2}};
    for (size_t i = 0; i < sizeof PREFIXES / sizeof *PREFIXES; i++)
        if (hs_str_starts(name, PREFIXES[i])) return hs_str_slice(name, PREFIXES[i].n, name.n);
    return name;
}

/* The root element tells. NULs are left out, so that UTF-16 can be told as well. */
bool hs_feed_is_xml(hs_str start) {
    enum { LOOK = 4096 };
    static const hs_str ROOTS[] = {{"rss", 3}, {"feed", 4}, {"rdf:RDF", 7}, {"RDF", 3}};
    char room[LOOK];
    size_t n = 0;
    for (size_t i = 0; i < start.n && n < LOOK; i++)
        if (start.p[i]) room[n++] = start.p[i];
    hs_str text = {room, n};
    const char *lead = "\xEF\xBB\xBF\xFF\xFE \t\r\n";
    size_t at = 0;
    while (at < n && hs_str_find(hs_str_of(lead), (hs_str){room + at, 1}) != HS_NONE) at++;
    if (at == n || room[at] != '<') return false;
    hs_xml_piece piece = hs_xml_next(text, at);
    while (piece.kind == HS_XML_TEXT && hs_str_trim(piece.inside).n == 0) piece = hs_xml_next(text, piece.end);
    for (size_t i = 0; piece.kind == HS_XML_OPEN && i < sizeof ROOTS / sizeof *ROOTS; i++)
        if (hs_str_eq(own_name(piece.name), ROOTS[i])) return true;
    return false;
}

void hs_feed_add_author(hs_feed_item *item, hs_str name) {
    name = hs_str_trim(name);
    if (name.n && item->n_authors < HS_FEED_AUTHORS) item->authors[item->n_authors++] = name;
}

/* Atom puts the name into an element of its own, RSS between parentheses behind an address for mail. */
static hs_str author_name(hs_arena *arena, hs_str content) {
    for (size_t at = 0;;) {
        hs_xml_piece piece = hs_xml_next(content, at);
        if (piece.kind == HS_XML_END) break;
        at = piece.end;
        if (piece.kind == HS_XML_OPEN && hs_str_eq(own_name(piece.name), HS_STR("name")))
            return hs_xml_text(arena, hs_xml_content(content, &piece, &at));
    }
    hs_str said = hs_xml_text(arena, content);
    size_t open = hs_str_find(said, HS_STR("(")), close = hs_str_find(said, HS_STR(")"));
    if (hs_str_find(said, HS_STR("@")) == HS_NONE) return said;
    return open == HS_NONE || close == HS_NONE || close < open ? (hs_str){0} : hs_str_slice(said, open + 1, close);
}

static bool is_permanent(hs_str attributes) {
    return !hs_str_eq_nocase(hs_xml_attribute(attributes, HS_STR("isPermaLink")), HS_STR("false"));
}

/* Atom's links have kinds; the page itself is the one without, or "alternate". */
static void read_link(hs_feed_item *out, hs_arena *arena, const hs_xml_piece *open, hs_str content) {
    hs_str href = hs_xml_attribute(open->inside, HS_STR("href")), rel = hs_xml_attribute(open->inside, HS_STR("rel"));
    if (out->link.n || (rel.n && !hs_str_eq_nocase(rel, HS_STR("alternate")))) return;
    out->link = hs_str_trim(hs_xml_text(arena, href.n ? href : content));
}

/* Atom's content says what it is: marked up as part of the feed, text, or (as all of RSS) markup within text. */
static void read_body(hs_str *body, bool *is_plain, hs_arena *arena, const hs_xml_piece *open, hs_str content) {
    hs_str type = hs_xml_attribute(open->inside, HS_STR("type"));
    if (hs_str_eq_nocase(type, HS_STR("xhtml")) || hs_str_eq_nocase(type, HS_STR("application/xhtml+xml"))) {
        *body = content;
        *is_plain = false;
        return;
    }
    *is_plain = hs_str_eq_nocase(type, HS_STR("text")) || hs_str_eq_nocase(type, HS_STR("text/plain"));
    *body = hs_xml_text(arena, content);
}

static void read_field(hs_feed_item *out, hs_str *updated, hs_arena *arena, field f, const hs_xml_piece *open,
                       hs_str content) {
    switch (f) {
    case TITLE:
        if (!out->title.n) out->title = hs_str_trim(hs_xml_text(arena, content));
        break;
    case LINK: read_link(out, arena, open, content); break;
    case ID:
        if (!out->id.n) out->id = hs_str_trim(hs_xml_text(arena, content));
        if (!out->link.n && is_permanent(open->inside) && hs_str_starts(out->id, HS_STR("http"))) out->link = out->id;
        break;
    case PUBLISHED:
        if (!out->published.n) out->published = hs_xml_text(arena, content);
        break;
    case UPDATED: *updated = hs_xml_text(arena, content); break;
    case AUTHOR: hs_feed_add_author(out, author_name(arena, content)); break;
    case CONTENT:
        if (!out->content.n) read_body(&out->content, &out->content_plain, arena, open, content);
        break;
    case SUMMARY:
        if (!out->summary.n) read_body(&out->summary, &out->summary_plain, arena, open, content);
        break;
    default: break;
    }
}

static void read_item(hs_feed_item *out, hs_arena *arena, hs_str item) {
    enum { N = sizeof ELEMENTS / sizeof *ELEMENTS };
    hs_str updated = {0};
    for (size_t at = 0;;) {
        hs_xml_piece piece = hs_xml_next(item, at);
        if (piece.kind == HS_XML_END) break;
        at = piece.end;
        if (piece.kind != HS_XML_OPEN) continue;
        hs_str name = own_name(piece.name), content = hs_xml_content(item, &piece, &at);
        size_t i = 0;
        while (i < N && !hs_str_eq(name, ELEMENTS[i].name)) i++;
        if (i < N) read_field(out, &updated, arena, ELEMENTS[i].field, &piece, content);
    }
    if (!out->published.n) out->published = updated;
    out->published = hs_feed_date(arena, out->published);
}

bool hs_feed_xml_item(hs_feed_item *out, hs_arena *arena, hs_str text, size_t *at) {
    *out = (hs_feed_item){0};
    for (;;) {
        hs_xml_piece piece = hs_xml_next(text, *at);
        *at = piece.end;
        if (piece.kind == HS_XML_END) return false;
        if (piece.kind != HS_XML_OPEN) continue;
        hs_str name = own_name(piece.name);
        if (!hs_str_eq(name, HS_STR("item")) && !hs_str_eq(name, HS_STR("entry"))) continue;
        hs_str item = hs_xml_content(text, &piece, at);
        read_item(out, arena, item);
        return true;
    }
}
