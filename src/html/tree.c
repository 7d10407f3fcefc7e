/* Walks over a tree: see tree.h. */
#include "html/tree.h"

#include <string.h>

void hs_tree_append(hs_node *parent, hs_node *child) {
    child->parent = parent;
    child->prev = parent->last_child;
    child->next = NULL;
    if (parent->last_child) parent->last_child->next = child;
    else parent->first_child = child;
    parent->last_child = child;
}

void hs_tree_number(hs_tree *tree, hs_arena *arena, size_t most) {
    hs_node **list = HS_NEW(arena, hs_node *, most);
    size_t n = 0;
    for (hs_node *node = tree->document; node;) {
        node->order = (uint32_t)n;
        list[n++] = node;
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node && !node->next) {
            node->end = (uint32_t)n;
            node = node->parent;
        }
        if (!node) break;
        node->end = (uint32_t)n;
        node = node->next;
    }
    tree->nodes = list;
    tree->n_nodes = n;
}

bool hs_node_inside(const hs_node *node, const hs_node *ancestor) {
    return node->order >= ancestor->order && node->order < ancestor->end;
}

/* Elements whose text nobody reads. */
static bool unread(const hs_node *node) {
    return node->tag == HS_TAG_SCRIPT || node->tag == HS_TAG_STYLE || node->tag == HS_TAG_TEMPLATE ||
           node->tag == HS_TAG_SVG;
}

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add_collapsed(hs_arena *arena, hs_buf *out, hs_str text) {
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && !blank(text.p[end])) end++;
        hs_buf_add(arena, out, hs_str_slice(text, at, end));
        for (at = end; at < text.n && blank(text.p[at]);) at++;
        if (at > end && out->n && out->v[out->n - 1] != ' ') hs_buf_byte(arena, out, ' ');
    }
}

/* Most elements that are asked for hold one text, written as it is shown. */
static bool plain_text(const hs_node *node, hs_str *text) {
    const hs_node *only = node->first_child;
    if (!only || only->next || only->kind != HS_NODE_TEXT) return false;
    *text = hs_str_trim(only->text);
    for (size_t i = 0; i < text->n; i++)
        if (blank(text->p[i]) && (text->p[i] != ' ' || text->p[i + 1] == ' ')) return false;
    return true;
}

hs_str hs_node_text(hs_arena *arena, const hs_tree *tree, const hs_node *node) {
    hs_buf out = {0};
    hs_str text;
    if (plain_text(node, &text)) return text;
    for (size_t i = node->order; i < node->end;) {
        const hs_node *at = tree->nodes[i];
        if (at->kind == HS_NODE_ELEMENT && unread(at) && at != node) {
            i = at->end;
            continue;
        }
        if (i != node->order && at->prev && at->prev->kind == HS_NODE_ELEMENT && !(at->prev->flags & HS_ELEMENT_FLOWS))
            add_collapsed(arena, &out, HS_STR(" "));
        if (at->kind == HS_NODE_TEXT) add_collapsed(arena, &out, at->text);
        else if (at->kind == HS_NODE_ELEMENT && !(at->flags & HS_ELEMENT_FLOWS))
            add_collapsed(arena, &out, HS_STR(" "));
        i++;
    }
    return hs_str_trim(hs_buf_str(&out));
}
