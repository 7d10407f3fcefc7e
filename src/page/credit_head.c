/* Credits in the head: see credit_head.h. An address counts where it is of another domain than the page's own. */
#include "page/credit_head.h"

#include <string.h>

#include "page/agencies.h"

#define S(literal) \
    { (literal), sizeof(literal) - 1 }

/* "https://www.example.co.uk:80/a" → "www.example.co.uk" */
static hs_str host_of(hs_str url) {
    size_t start = hs_str_find(url, HS_STR("://"));
    if (start == HS_NONE) return (hs_str){0};
    size_t end = start += 3;
    while (end < url.n && url.p[end] != '/' && url.p[end] != ':' && url.p[end] != '?' && url.p[end] != '#') end++;
    return hs_str_slice(url, start, end);
}

/* The last two labels of a host, or three where the last but one is no name: "example.co.uk". */
static hs_str domain_of(hs_str host) {
    static const hs_str SECOND[] = {S("co"),  S("com"), S("org"), S("net"), S("gov"), S("ac"),
                                    S("edu"), S("or"),  S("ne"),  S("go"),  S("gob"), S("gouv")};
    size_t dots[3] = {HS_NONE, HS_NONE, HS_NONE}, n = 0;
    for (size_t i = host.n; i > 0 && n < 3; i--)
        if (host.p[i - 1] == '.') dots[n++] = i - 1;
    if (n < 2) return host;
    hs_str second = hs_str_slice(host, dots[1] + 1, dots[0]);
    for (size_t i = 0; i < sizeof SECOND / sizeof *SECOND; i++)
        if (hs_str_eq_nocase(second, SECOND[i]) && host.n - dots[0] == 3)
            return n == 3 ? hs_str_slice(host, dots[2] + 1, host.n) : host;
    return hs_str_slice(host, dots[1] + 1, host.n);
}

/* "example.co.uk" → "example": an outlet has several domains. */
static hs_str label_of(hs_str domain) {
    size_t dot = hs_str_find(domain, HS_STR("."));
    return dot == HS_NONE ? domain : hs_str_slice(domain, 0, dot);
}

static hs_str other_domain(hs_str url, hs_str own) {
    hs_str theirs = domain_of(host_of(url)), ours = domain_of(host_of(own));
    if (!theirs.n || !ours.n || hs_str_find(theirs, HS_STR(".")) == HS_NONE) return (hs_str){0};
    hs_str a = label_of(theirs), b = label_of(ours);
    if (hs_str_find_nocase(a, b) != HS_NONE || hs_str_find_nocase(b, a) != HS_NONE) return (hs_str){0};
    return hs_str_eq_nocase(a, HS_STR("ampproject")) ? (hs_str){0} : theirs;
}

typedef struct head {
    const hs_html_page *page;
    hs_str canonical, own; /* own: og:url, which a copy keeps for itself */
    hs_str source;         /* an address that says whose the text is */
    hs_str named;          /* an agency by name */
} head;

static void read_meta(head *h, const hs_node *node) {
    static const hs_str SOURCES[] = {S("syndication-source"), S("original-source"), S("dc.source"),
                                     S("dcterms.source"),     S("source"),          S("article:source"),
                                     S("news_source"),        S("copyright"),       S("dc.rights"),
                                     S("dc.publisher"),       S("agency"),          S("dc.creator")};
    hs_str name = hs_node_attr(node, HS_STR("property"));
    if (!name.n) name = hs_node_attr(node, HS_STR("name"));
    if (!name.n) return;
    hs_str value = hs_str_trim(hs_node_attr(node, HS_STR("content")));
    if (hs_str_eq_nocase(name, HS_STR("og:url"))) h->own = value;
    for (size_t i = 0; i < sizeof SOURCES / sizeof *SOURCES; i++) {
        if (!hs_str_eq_nocase(name, SOURCES[i])) continue;
        if (!h->named.n) h->named = hs_agency_of(value);
        if (i < 2 && !h->source.n) h->source = value;
    }
}

/* The string behind "key": in a script, or the "name", "url" or "@id" of the object there. */
static hs_str value_in(hs_str script, hs_str key) {
    static const hs_str INNER[] = {S("\"name\""), S("\"@id\""), S("\"url\"")};
    const char *hit = script.n ? memmem(script.p, script.n, key.p, key.n) : NULL;
    if (!hit) return (hs_str){0};
    enum { NEAR = 400 };
    size_t at = (size_t)(hit - script.p) + key.n;
    hs_str rest = hs_str_trim(hs_str_slice(script, at, at + NEAR));
    if (!rest.n || rest.p[0] != ':') return (hs_str){0};
    rest = hs_str_trim(hs_str_slice(rest, 1, rest.n));
    if (rest.n && rest.p[0] != '"') {
        size_t end = hs_str_find(rest, HS_STR("}"));
        rest = hs_str_slice(rest, 0, end == HS_NONE ? rest.n : end);
        size_t inner = HS_NONE;
        for (size_t i = 0; i < sizeof INNER / sizeof *INNER && inner == HS_NONE; i++) {
            inner = hs_str_find(rest, INNER[i]);
            if (inner != HS_NONE) rest = hs_str_slice(rest, inner + INNER[i].n, rest.n);
        }
        size_t open = inner == HS_NONE ? HS_NONE : hs_str_find(rest, HS_STR("\""));
        if (open == HS_NONE) return (hs_str){0};
        rest = hs_str_slice(rest, open, rest.n);
    }
    rest = hs_str_slice(rest, 1, rest.n);
    size_t end = hs_str_find(rest, HS_STR("\""));
    return end == HS_NONE ? (hs_str){0} : hs_str_slice(rest, 0, end);
}

/* "https:\/\/example.org\/a" has its slashes back. */
static hs_str unescaped(hs_arena *arena, hs_str s) {
    if (hs_str_find(s, HS_STR("\\")) == HS_NONE) return s;
    hs_buf out = {0};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\\') hs_buf_byte(arena, &out, s.p[i]);
    return hs_buf_str(&out);
}

static void read_script(head *h, hs_str script) {
    static const hs_str NAMES[] = {S("\"sourceOrganization\""), S("\"provider\""), S("\"copyrightHolder\"")};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && !h->named.n; i++)
        h->named = hs_agency_of(value_in(script, NAMES[i]));
    if (!h->source.n) h->source = unescaped(h->page->arena, value_in(script, HS_STR("\"isBasedOn\"")));
}

static void read_element(head *h, const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_META: read_meta(h, node); break;
    case HS_TAG_LINK:
        if (hs_str_eq_nocase(hs_node_attr(node, HS_STR("rel")), HS_STR("canonical")))
            h->canonical = hs_str_trim(hs_node_attr(node, HS_STR("href")));
        break;
    case HS_TAG_SCRIPT:
        if (node->first_child &&
            hs_str_starts_nocase(hs_node_attr(node, HS_STR("type")), HS_STR("application/ld+json")))
            read_script(h, node->first_child->text);
        break;
    default: break;
    }
}

static const hs_node *child_of(const hs_node *node, hs_tag tag) {
    const hs_node *child = node ? node->first_child : NULL;
    while (child && child->tag != tag) child = child->next;
    return child;
}

hs_str hs_credit_of_head(const hs_html_page *page) {
    head h = {.page = page};
    const hs_node *root = child_of(child_of(page->tree->document, HS_TAG_HTML), HS_TAG_HEAD);
    for (const hs_node *node = root ? root->first_child : NULL; node; node = node->next) read_element(&h, node);
    if (h.named.n) return h.named;
    hs_str own = h.own.n ? h.own : h.canonical;
    hs_str other = other_domain(h.source, own);
    return other.n ? other : other_domain(h.canonical, h.own);
}
