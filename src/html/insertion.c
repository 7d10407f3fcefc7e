/* Nodes into the tree (the HTML Standard, 13.2.6.1): see builder.h. */
#include <string.h>

#include "html/builder.h"

enum { NODES_AT_ONCE = 256 };

hs_node *hs_make_node(hs_builder *b, hs_node_kind kind) {
    if (!b->n_free_nodes) {
        b->free_nodes = HS_NEW(b->arena, hs_node, NODES_AT_ONCE);
        b->n_free_nodes = NODES_AT_ONCE;
    }
    b->n_free_nodes--;
    b->n_nodes++;
    b->last_text = NULL;
    if (b->nodes_left) b->nodes_left--;
    hs_node *node = b->free_nodes++;
    node->kind = (uint8_t)kind;
    return node;
}

hs_node *hs_clone_element(hs_builder *b, const hs_node *node) {
    hs_node *clone = hs_make_node(b, HS_NODE_ELEMENT);
    clone->name = node->name;
    clone->attrs = node->attrs;
    clone->n_attrs = node->n_attrs;
    clone->tag = node->tag;
    clone->flags = node->flags;
    clone->space = node->space;
    return clone;
}

hs_node *hs_make_element(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_node *node = hs_make_node(b, HS_NODE_ELEMENT);
    node->name = token->name;
    node->tag = token->tag;
    node->flags = (uint16_t)hs_tag_flags(token->tag);
    node->attrs = token->attrs;
    node->n_attrs = token->n_attrs;
    hs_tokenizer_keep(&b->in);
    return node;
}

void hs_insert_at(hs_place place, hs_node *node) {
    if (!place.before) {
        hs_tree_append(place.parent, node);
        return;
    }
    node->parent = place.parent;
    node->next = place.before;
    node->prev = place.before->prev;
    if (node->prev) node->prev->next = node;
    else place.parent->first_child = node;
    place.before->prev = node;
}

void hs_unlink(hs_node *node) {
    hs_node *parent = node->parent;
    if (!parent) return;
    if (node->prev) node->prev->next = node->next;
    else parent->first_child = node->next;
    if (node->next) node->next->prev = node->prev;
    else parent->last_child = node->prev;
    node->parent = node->prev = node->next = NULL;
}

static size_t last_open(const hs_builder *b, hs_tag tag) {
    if (!b->open[tag]) return HS_NONE;
    for (size_t i = b->n; i > 0; i--)
        if (b->stack[i - 1]->tag == tag) return i - 1;
    return HS_NONE;
}

/* Misplaced content of a table goes in front of it. */
static hs_place foster_place(const hs_builder *b) {
    size_t table = last_open(b, HS_TAG_TABLE), template = last_open(b, HS_TAG_TEMPLATE);
    if (template != HS_NONE && (table == HS_NONE || template > table)) return (hs_place){b->stack[template], NULL};
    if (table == HS_NONE) return (hs_place){b->stack[0], NULL};
    if (b->stack[table]->parent) return (hs_place){b->stack[table]->parent, b->stack[table]};
    return (hs_place){b->stack[table - 1], NULL};
}

hs_place hs_appropriate_place(const hs_builder *b, hs_node *target) {
    if (!target) target = hs_current(b);
    if (b->foster && target->flags & HS_ELEMENT_FOSTERS) return foster_place(b);
    return (hs_place){target, NULL};
}

hs_node *hs_insert_element(hs_builder *b) {
    hs_node *node = hs_make_element(b);
    hs_insert_at(hs_appropriate_place(b, NULL), node);
    hs_push(b, node);
    return node;
}

hs_node *hs_make_implied(hs_builder *b, hs_tag tag) {
    hs_node *node = hs_make_node(b, HS_NODE_ELEMENT);
    node->name = hs_tag_name(tag);
    node->tag = (uint8_t)tag;
    node->flags = (uint16_t)hs_tag_flags(tag);
    return node;
}

void hs_open_root(hs_builder *b, hs_node *root) {
    hs_tree_append(b->document, root);
    hs_push(b, root);
}

hs_node *hs_insert_implied(hs_builder *b, hs_tag tag) {
    hs_node *node = hs_make_implied(b, tag);
    hs_insert_at(hs_appropriate_place(b, NULL), node);
    hs_push(b, node);
    return node;
}

void hs_insert_void(hs_builder *b) {
    hs_insert_at(hs_appropriate_place(b, NULL), hs_make_element(b));
}

bool hs_join_text(const hs_builder *b, hs_str *text, hs_str more) {
    const char *end = text->p + text->n;
    if (text->p < b->in.start || end > more.p || more.p + more.n > b->in.end) return false;
    if (end != more.p) memmove((char *)end, more.p, more.n);
    text->n += more.n;
    return true;
}

/* Joins more text to a text node: as a longer slice, else in a copy that has room to grow (n_attrs is the room of such a copy). */
static void extend(hs_builder *b, hs_node *node, hs_str text) {
    size_t n = node->text.n;
    bool beside = node->text.p + n == text.p || node == b->last_text;
    if (beside && !node->n_attrs && hs_join_text(b, &node->text, text)) {
        b->last_text = node;
        return;
    }
    if (n + text.n > UINT32_MAX / 4) return; /* no page is as large */
    if (n + text.n > node->n_attrs) {
        size_t room = 2 * (n + text.n);
        char *grown = hs_arena_alloc(b->arena, room, 1);
        memcpy(grown, node->text.p, n);
        node->text.p = grown;
        node->n_attrs = (uint32_t)room;
    }
    memcpy((char *)node->text.p + n, text.p, text.n);
    node->text.n += text.n;
}

void hs_insert_text(hs_builder *b, hs_str text) {
    if (!text.n) return;
    hs_place place = hs_appropriate_place(b, NULL);
    if (place.parent->kind == HS_NODE_DOCUMENT) return;
    hs_node *before = place.before ? place.before->prev : place.parent->last_child;
    if (before && before->kind == HS_NODE_TEXT) {
        extend(b, before, text);
        return;
    }
    hs_node *node = hs_make_node(b, HS_NODE_TEXT);
    node->text = text;
    b->last_text = node;
    hs_insert_at(place, node);
}

void hs_insert_comment(hs_builder *b, hs_node *parent) {
    hs_node *node = hs_make_node(b, HS_NODE_COMMENT);
    node->text = b->in.token.text;
    hs_insert_at(parent ? (hs_place){parent, NULL} : hs_appropriate_place(b, NULL), node);
}

/* A second <html> or <body> adds the attributes that the first one lacks. */
void hs_merge_attributes(hs_builder *b, hs_node *node) {
    const hs_token *token = &b->in.token;
    HS_VEC(hs_attr) more = {0};
    for (size_t i = 0; i < token->n_attrs && node->n_attrs + more.n < HS_TREE_ATTRIBUTES; i++)
        if (!hs_node_attr(node, token->attrs[i].name).p) HS_PUSH(b->arena, more, token->attrs[i]);
    if (!more.n) return;
    b->last_text = NULL;
    hs_attr *all = HS_NEW(b->arena, hs_attr, node->n_attrs + more.n);
    if (node->n_attrs) memcpy(all, node->attrs, node->n_attrs * sizeof *all);
    memcpy(all + node->n_attrs, more.v, more.n * sizeof *all);
    node->attrs = all;
    node->n_attrs += (uint32_t)more.n;
}

static bool space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

hs_str hs_take_space(hs_builder *b) {
    hs_str *text = &b->in.token.text;
    size_t n = 0;
    while (n < text->n && space(text->p[n])) n++;
    hs_str taken = hs_str_slice(*text, 0, n);
    *text = hs_str_slice(*text, n, text->n);
    return taken;
}

bool hs_all_space(hs_str text) {
    for (size_t i = 0; i < text.n; i++)
        if (!space(text.p[i])) return false;
    return true;
}

hs_str hs_token_attr(const hs_token *token, hs_str name) {
    for (size_t i = 0; i < token->n_attrs; i++)
        if (hs_str_eq(token->attrs[i].name, name)) return token->attrs[i].value;
    return (hs_str){0};
}
