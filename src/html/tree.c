/* The tree that every parser fills: see tree.h. Memory is the arena's; the parser is not known here. */
#include "html/tree.h"

#include <string.h>

static const hs_str NAMES[HS_TAG_COUNT] = {{"", 0},
#define NAME_OF(id, name) {name, sizeof(name) - 1},
                                           HS_TAGS(NAME_OF)
#undef NAME_OF
};

/* The table of names is sorted, so that the tags of one page are looked up in a few steps each. */
hs_tag hs_tag_of(hs_str name) {
    size_t low = 1, high = HS_TAG_COUNT;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        size_t n = name.n < NAMES[mid].n ? name.n : NAMES[mid].n;
        int order = memcmp(name.p, NAMES[mid].p, n);
        if (order == 0) order = (name.n > NAMES[mid].n) - (name.n < NAMES[mid].n);
        if (order == 0) return (hs_tag)mid;
        if (order < 0) high = mid;
        else low = mid + 1;
    }
    return HS_TAG_OTHER;
}

hs_str hs_tag_name(hs_tag tag) {
    return NAMES[tag];
}

void hs_tree_append(hs_node *parent, hs_node *child) {
    child->parent = parent;
    child->prev = parent->last_child;
    child->next = NULL;
    if (parent->last_child) parent->last_child->next = child;
    else parent->first_child = child;
    parent->last_child = child;
}

void hs_tree_number(hs_tree *tree, hs_arena *arena) {
    HS_VEC(hs_node *) list = {0};
    for (hs_node *node = tree->document; node;) {
        node->order = (uint32_t)list.n;
        HS_PUSH(arena, list, node);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node && !node->next) {
            node->end = (uint32_t)list.n;
            node = node->parent;
        }
        if (!node) break;
        node->end = (uint32_t)list.n;
        node = node->next;
    }
    tree->nodes = list.v;
    tree->n_nodes = list.n;
}

hs_str hs_node_attr(const hs_node *node, hs_str name) {
    for (size_t i = 0; i < node->n_attrs; i++)
        if (hs_str_eq(node->attrs[i].name, name)) return node->attrs[i].value;
    return (hs_str){0};
}

bool hs_node_inside(const hs_node *node, const hs_node *ancestor) {
    return node->order >= ancestor->order && node->order < ancestor->end;
}

/* Elements inside a line: leaving or entering them parts no words. */
static bool flows(const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_A:
    case HS_TAG_ABBR:
    case HS_TAG_B:
    case HS_TAG_CITE:
    case HS_TAG_CODE:
    case HS_TAG_DEL:
    case HS_TAG_EM:
    case HS_TAG_FONT:
    case HS_TAG_I:
    case HS_TAG_S:
    case HS_TAG_SMALL:
    case HS_TAG_SPAN:
    case HS_TAG_STRONG:
    case HS_TAG_SUB:
    case HS_TAG_SUP:
    case HS_TAG_U:
    case HS_TAG_WBR:
    case HS_TAG_TIME: return true;
    default: return false;
    }
}

/* Elements whose text nobody reads. */
static bool unread(const hs_node *node) {
    return node->tag == HS_TAG_SCRIPT || node->tag == HS_TAG_STYLE || node->tag == HS_TAG_TEMPLATE ||
           node->tag == HS_TAG_SVG;
}

static void add_collapsed(hs_arena *arena, hs_buf *out, hs_str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space) hs_buf_byte(arena, out, c);
        else if (out->n && out->v[out->n - 1] != ' ') hs_buf_byte(arena, out, ' ');
    }
}

hs_str hs_node_text(hs_arena *arena, const hs_tree *tree, const hs_node *node) {
    hs_buf out = {0};
    for (size_t i = node->order; i < node->end;) {
        const hs_node *at = tree->nodes[i];
        if (at->kind == HS_NODE_ELEMENT && unread(at) && at != node) {
            i = at->end;
            continue;
        }
        if (i != node->order && at->prev && at->prev->kind == HS_NODE_ELEMENT && !flows(at->prev))
            add_collapsed(arena, &out, HS_STR(" "));
        if (at->kind == HS_NODE_TEXT) add_collapsed(arena, &out, at->text);
        else if (at->kind == HS_NODE_ELEMENT && !flows(at)) add_collapsed(arena, &out, HS_STR(" "));
        i++;
    }
    return hs_str_trim(hs_buf_str(&out));
}
