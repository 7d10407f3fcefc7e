/* A parsed page as a tree. All nodes and strings lie in the arena that the tree was made in; nothing is freed by itself.
 * Walks over a tree must not recurse: depth comes from the input. */
#ifndef HS_HTML_TREE_H
#define HS_HTML_TREE_H

#include <stdint.h>

#include "base/str.h"

/* The elements that rules ask for by name; every other one, and every one of SVG and MathML below their roots, is HS_TAG_OTHER
 * and has its name as a string. */
typedef enum hs_tag {
    HS_TAG_OTHER,
#define HS_TAG(id, name, properties) HS_TAG_##id,
#include "html/tags.def"
#undef HS_TAG
    HS_TAG_COUNT
} hs_tag;

/* What the standard and reading ask of elements (tags.def). */
enum {
    HS_ELEMENT_SPECIAL = 1 << 0,     /* the standard's categories, 13.2.4.2 */
    HS_ELEMENT_FORMATTING = 1 << 1,  /* likewise */
    HS_ELEMENT_SCOPE = 1 << 2,       /* bounds "in scope" */
    HS_ELEMENT_TABLE_SCOPE = 1 << 3, /* bounds "in table scope" */
    HS_ELEMENT_IMPLIED = 1 << 4,     /* its end tag may be left out */
    HS_ELEMENT_THOROUGH = 1 << 5,    /* also inside a template */
    HS_ELEMENT_VOID = 1 << 6,        /* has no content */
    HS_ELEMENT_RAW = 1 << 7,         /* its content is text up to its end tag */
    HS_ELEMENT_BREAKOUT = 1 << 8,    /* its start tag ends SVG and MathML */
    HS_ELEMENT_FOSTERS = 1 << 9,     /* misplaced content goes in front of its table */
    HS_ELEMENT_HEADING = 1 << 10,
    HS_ELEMENT_MATH_TEXT = 1 << 11, /* a MathML text integration point */
    HS_ELEMENT_HTML_TEXT = 1 << 12, /* an HTML integration point */
    HS_ELEMENT_FLOWS = 1 << 13      /* stands in a line: leaving or entering it parts no words */
};

typedef enum hs_node_kind {
    HS_NODE_DOCUMENT,
    HS_NODE_ELEMENT,
    HS_NODE_TEXT,
    HS_NODE_COMMENT,
    HS_NODE_DOCTYPE /* its public and system identifiers are its attributes "public" and "system" */
} hs_node_kind;

typedef enum hs_namespace { HS_NAMESPACE_HTML, HS_NAMESPACE_SVG, HS_NAMESPACE_MATHML } hs_namespace;

typedef struct hs_attr {
    hs_str name, value; /* names in lower case; values with their character references decoded */
} hs_attr;

typedef struct hs_node hs_node;
struct hs_node {
    hs_node *parent, *first_child, *last_child, *prev, *next;
    union {
        hs_str name; /* of an element or doctype */
        hs_str text; /* of a text or comment */
    };
    hs_attr *attrs;
    uint32_t n_attrs;
    uint32_t order;              /* place in document order; the document is 0 */
    uint32_t end;                /* one past the order of the last node below this one */
    uint16_t flags;              /* HS_ELEMENT_… */
    uint8_t kind : 4, space : 4; /* hs_node_kind, hs_namespace */
    uint8_t tag;                 /* hs_tag */
};

typedef struct hs_tree {
    hs_node *document;
    hs_node **nodes; /* in document order: nodes[i]->order == i */
    size_t n_nodes;
    size_t size; /* of the page, in bytes: no less than its texts together */
} hs_tree;

/* Parses a page (valid UTF-8) as the HTML Standard says, scripting off. Anything is a page. Against hostile pages: tags nested
 * deeper than HS_TREE_DEPTH are left out, their text kept; so are a tag's attributes beyond HS_TREE_ATTRIBUTES, and formatting
 * that would be opened again and again. The tree borrows nothing of `html`. */
enum { HS_TREE_DEPTH = 400, HS_TREE_ATTRIBUTES = 256 };
hs_tree *hs_tree_parse(hs_arena *arena, hs_str html);

/* The same for text that hs_charset_decode gave, in place: the nodes are slices of it, and it is no longer what it was. */
hs_tree *hs_tree_of(hs_arena *arena, hs_str text);

/* Parses a piece of a page as the content of an element ("div"; "svg path" and "math mi" for elements of other kinds): the nodes
 * lie below the document's <html>. */
hs_tree *hs_tree_parse_fragment(hs_arena *arena, hs_str html, hs_str context);

/* Text with character references ("&rsquo;", "&#8217;") → the characters. Returns `text` itself when it holds none. */
hs_str hs_html_unescape(hs_arena *arena, hs_str text);
hs_str hs_html_unescape_in_place(hs_arena *arena, hs_str text);

/* For the parser: links `child` as the last child of `parent`; numbers the nodes, at most `most`, once all are
 * linked. */
void hs_tree_append(hs_node *parent, hs_node *child);
void hs_tree_number(hs_tree *tree, hs_arena *arena, size_t most);

hs_tag hs_tag_of(hs_str name); /* lower case */
hs_str hs_tag_name(hs_tag tag);
unsigned hs_tag_flags(hs_tag tag); /* HS_ELEMENT_… of the HTML element */

/* The attribute's value, absent when there is none. */
static inline hs_str hs_node_attr(const hs_node *node, hs_str name) {
    for (size_t i = 0; i < node->n_attrs; i++)
        if (hs_str_eq(node->attrs[i].name, name)) return node->attrs[i].value;
    return (hs_str){0};
}

bool hs_node_inside(const hs_node *node, const hs_node *ancestor); /* also true for the node itself */

/* The text below `node`, white space collapsed, an element boundary that parts words kept as a space. */
hs_str hs_node_text(hs_arena *arena, const hs_tree *tree, const hs_node *node);

#endif
