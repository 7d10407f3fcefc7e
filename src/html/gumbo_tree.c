/* tree.h on top of gumbo; no other file knows it. Gumbo takes its memory from the arena and is never asked to free any, so the
 * arena's jump leaves nothing behind, and gumbo's recursive clean-up is not used. */
#include <gumbo.h>
#include <string.h>

#include "html/flatten.h"
#include "html/tree.h"

static void *take(void *arena, size_t size) {
    return hs_arena_alloc(arena, size ? size : 1, 1);
}

static void keep(void *arena, void *memory) {
    (void)arena;
    (void)memory;
}

static GumboOutput *parse(hs_arena *arena, hs_str html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = keep;
    options.userdata = arena;
    options.max_errors = 0;
    return gumbo_parse_with_options(&options, html.p ? html.p : "", html.n);
}

/* Gumbo lower-cases only the names it knows. */
static hs_str lower_copy(hs_arena *arena, hs_str name) {
    hs_str copy = hs_str_copy(arena, name);
    for (size_t i = 0; i < copy.n; i++)
        if (copy.p[i] >= 'A' && copy.p[i] <= 'Z') ((char *)copy.p)[i] = (char)(copy.p[i] | 32);
    return copy;
}

static hs_str element_name(hs_arena *arena, const GumboElement *element) {
    if (element->tag != GUMBO_TAG_UNKNOWN) return hs_str_of(gumbo_normalized_tagname(element->tag));
    GumboStringPiece name = element->original_tag;
    gumbo_tag_from_original_text(&name);
    return lower_copy(arena, (hs_str){name.data, name.length});
}

static void copy_attributes(hs_node *node, hs_arena *arena, const GumboVector *attributes) {
    node->n_attrs = attributes->length;
    node->attrs = HS_NEW(arena, hs_attr, attributes->length);
    for (unsigned i = 0; i < attributes->length; i++) {
        const GumboAttribute *from = attributes->data[i];
        node->attrs[i] = (hs_attr){lower_copy(arena, hs_str_of(from->name)), hs_str_of(from->value)};
    }
}

static hs_node *convert(hs_arena *arena, const GumboNode *from) {
    hs_node *node = HS_NEW(arena, hs_node, 1);
    switch (from->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        node->kind = HS_NODE_ELEMENT;
        node->name = element_name(arena, &from->v.element);
        node->tag = (uint8_t)hs_tag_of(node->name);
        if (from->v.element.attributes.length) copy_attributes(node, arena, &from->v.element.attributes);
        break;
    case GUMBO_NODE_COMMENT:
        node->kind = HS_NODE_COMMENT;
        node->text = hs_str_of(from->v.text.text);
        break;
    default: node->kind = HS_NODE_TEXT; node->text = hs_str_of(from->v.text.text);
    }
    return node;
}

static const GumboVector *children_of(const GumboNode *node) {
    static const GumboVector NONE_OF_THEM = {0};
    if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) return &node->v.element.children;
    return &NONE_OF_THEM;
}

/* A way down gumbo's tree: which child of each ancestor comes next. */
typedef struct step {
    const GumboVector *children;
    unsigned next;
    hs_node *to;
} step;

hs_tree *hs_tree_parse(hs_arena *arena, hs_str html) {
    GumboOutput *output = parse(arena, hs_html_flatten(arena, html, HS_TREE_DEPTH));
    hs_tree *tree = HS_NEW(arena, hs_tree, 1);
    tree->document = HS_NEW(arena, hs_node, 1);
    tree->document->kind = HS_NODE_DOCUMENT;
    HS_VEC(step) way = {0};
    HS_PUSH(arena, way, (step){children_of(output->document), 0, tree->document});
    while (way.n) {
        step *at = &way.v[way.n - 1];
        if (at->next == at->children->length) {
            way.n--;
            continue;
        }
        const GumboNode *from = at->children->data[at->next++];
        hs_node *node = convert(arena, from);
        hs_tree_append(at->to, node);
        HS_PUSH(arena, way, (step){children_of(from), 0, node});
    }
    hs_tree_number(tree, arena);
    return tree;
}

/* A title's content is text with references and no tags, once its "<" are references too. */
hs_str hs_html_unescape(hs_arena *arena, hs_str text) {
    if (!text.n || !memchr(text.p, '&', text.n)) return text;
    hs_buf html = {0};
    hs_buf_add(arena, &html, HS_STR("<title>"));
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '<') hs_buf_add(arena, &html, HS_STR("&lt;"));
        else hs_buf_byte(arena, &html, text.p[i]);
    }
    GumboOutput *output = parse(arena, hs_buf_str(&html));
    const GumboNode *node = output->root;
    while (node && node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length)
        node = node->v.element.children.data[0];
    return node && node->type != GUMBO_NODE_ELEMENT ? hs_str_of(node->v.text.text) : text;
}
