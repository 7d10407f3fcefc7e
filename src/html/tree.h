/* A parsed page as a tree. All nodes and strings lie in the arena that the tree was made in; nothing is freed by itself.
 * Which parser built the tree is not known here. Walks over a tree must not recurse: depth comes from the input. */
#ifndef HS_HTML_TREE_H
#define HS_HTML_TREE_H

#include <stdint.h>

#include "base/str.h"

/* The elements that rules ask for by name; every other one is HS_TAG_OTHER and has its name as a string. */
/* clang-format off */
#define HS_TAGS(X)                                                                                                    \
    X(A, "a") X(ABBR, "abbr") X(ADDRESS, "address") X(ARTICLE, "article") X(ASIDE, "aside") X(AUDIO, "audio")         \
    X(B, "b") X(BASE, "base") X(BLOCKQUOTE, "blockquote") X(BODY, "body") X(BR, "br") X(BUTTON, "button")             \
    X(CANVAS, "canvas") X(CAPTION, "caption") X(CENTER, "center") X(CITE, "cite") X(CODE, "code")                     \
    X(DATALIST, "datalist") X(DD, "dd") X(DEL, "del") X(DETAILS, "details") X(DIALOG, "dialog") X(DIV, "div")         \
    X(DL, "dl") X(DT, "dt") X(EM, "em") X(EMBED, "embed") X(FIELDSET, "fieldset") X(FIGCAPTION, "figcaption")         \
    X(FIGURE, "figure") X(FONT, "font") X(FOOTER, "footer") X(FORM, "form") X(H1, "h1") X(H2, "h2") X(H3, "h3")       \
    X(H4, "h4") X(H5, "h5") X(H6, "h6") X(HEAD, "head") X(HEADER, "header") X(HGROUP, "hgroup") X(HR, "hr")           \
    X(HTML, "html") X(I, "i") X(IFRAME, "iframe") X(IMG, "img") X(INPUT, "input") X(LABEL, "label")                   \
    X(LEGEND, "legend") X(LI, "li") X(LINK, "link") X(MAIN, "main") X(MENU, "menu") X(META, "meta") X(NAV, "nav")     \
    X(NOSCRIPT, "noscript") X(OBJECT, "object") X(OL, "ol") X(OPTION, "option") X(P, "p") X(PICTURE, "picture")       \
    X(PRE, "pre") X(S, "s") X(SCRIPT, "script") X(SECTION, "section") X(SELECT, "select") X(SMALL, "small")           \
    X(SPAN, "span") X(STRONG, "strong") X(STYLE, "style") X(SUB, "sub") X(SUMMARY, "summary") X(SUP, "sup")           \
    X(SVG, "svg") X(TABLE, "table") X(TBODY, "tbody") X(TD, "td") X(TEMPLATE, "template") X(TEXTAREA, "textarea")     \
    X(TFOOT, "tfoot") X(TH, "th") X(THEAD, "thead") X(TIME, "time") X(TITLE, "title") X(TR, "tr") X(U, "u")           \
    X(UL, "ul") X(VIDEO, "video") X(WBR, "wbr")
/* clang-format on */

typedef enum hs_tag {
    HS_TAG_OTHER,
#define HS_TAG_NAME_(id, name) HS_TAG_##id,
    HS_TAGS(HS_TAG_NAME_)
#undef HS_TAG_NAME_
        HS_TAG_COUNT
} hs_tag;

typedef enum hs_node_kind { HS_NODE_DOCUMENT, HS_NODE_ELEMENT, HS_NODE_TEXT, HS_NODE_COMMENT } hs_node_kind;

typedef struct hs_attr {
    hs_str name, value; /* names in lower case; values with their character references decoded */
} hs_attr;

typedef struct hs_node hs_node;
struct hs_node {
    hs_node *parent, *first_child, *last_child, *prev, *next;
    hs_str name; /* of an element */
    hs_str text; /* of a text or comment */
    hs_attr *attrs;
    uint32_t n_attrs;
    uint32_t order; /* place in document order; the document is 0 */
    uint32_t end;   /* one past the order of the last node below this one */
    uint8_t kind;   /* hs_node_kind */
    uint8_t tag;    /* hs_tag */
};

typedef struct hs_tree {
    hs_node *document;
    hs_node **nodes; /* in document order: nodes[i]->order == i */
    size_t n_nodes;
} hs_tree;

/* Parses a page (valid UTF-8). Anything is a page; deeper nesting than HS_TREE_DEPTH is flattened, the text kept. */
enum { HS_TREE_DEPTH = 400 };
hs_tree *hs_tree_parse(hs_arena *arena, hs_str html);

/* Text with character references ("&rsquo;", "&#8217;") → the characters. Returns `text` itself when it holds none. */
hs_str hs_html_unescape(hs_arena *arena, hs_str text);

/* For the parsers: links `child` as the last child of `parent`; numbers the nodes once all are linked. */
void hs_tree_append(hs_node *parent, hs_node *child);
void hs_tree_number(hs_tree *tree, hs_arena *arena);

hs_tag hs_tag_of(hs_str name); /* lower case */
hs_str hs_tag_name(hs_tag tag);

hs_str hs_node_attr(const hs_node *node, hs_str name);             /* absent when there is none */
bool hs_node_inside(const hs_node *node, const hs_node *ancestor); /* also true for the node itself */

/* The text below `node`, white space collapsed, an element boundary that parts words kept as a space. */
hs_str hs_node_text(hs_arena *arena, const hs_tree *tree, const hs_node *node);

#endif
