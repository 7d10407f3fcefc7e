/* The stack of open elements and the list of active formatting elements (the HTML Standard, 13.2.4): see builder.h. */
#include <string.h>

#include "html/builder.h"

hs_node *hs_adjusted_current(const hs_builder *b) {
    return b->context && b->n == 1 ? b->context : hs_current(b);
}

void hs_push(hs_builder *b, hs_node *node) {
    if (b->n == sizeof b->stack / sizeof *b->stack) return; /* its content becomes its parent's */
    b->stack[b->n++] = node;
    b->open[node->tag]++;
}

void hs_pop(hs_builder *b) {
    b->open[b->stack[--b->n]->tag]--;
}

void hs_pop_to(hs_builder *b, size_t n) {
    while (b->n > n) hs_pop(b);
}

void hs_pop_until(hs_builder *b, hs_tag tag) {
    while (b->n > 1) {
        bool last = hs_current(b)->tag == tag;
        hs_pop(b);
        if (last) return;
    }
}

void hs_remove_open(hs_builder *b, size_t at) {
    b->open[b->stack[at]->tag]--;
    b->n--;
    memmove(b->stack + at, b->stack + at + 1, (b->n - at) * sizeof *b->stack);
}

size_t hs_open_at(const hs_builder *b, const hs_node *node) {
    for (size_t i = b->n; i > 0; i--)
        if (b->stack[i - 1] == node) return i - 1;
    return HS_NONE;
}

/* ---- scopes, 13.2.4.2 ---- */

static bool bounded(const hs_builder *b, hs_tag tag, unsigned bounds, hs_tag more, hs_tag most) {
    if (!b->open[tag]) return false;
    for (size_t i = b->n; i > 0; i--) {
        const hs_node *node = b->stack[i - 1];
        if (node->tag == tag) return true;
        if (node->flags & bounds) return false;
        if (node->tag && (node->tag == more || node->tag == most)) return false;
    }
    return false;
}

bool hs_in_scope(const hs_builder *b, hs_tag tag) {
    return bounded(b, tag, HS_ELEMENT_SCOPE, HS_TAG_OTHER, HS_TAG_OTHER);
}

bool hs_in_list_scope(const hs_builder *b, hs_tag tag) {
    return bounded(b, tag, HS_ELEMENT_SCOPE, HS_TAG_OL, HS_TAG_UL);
}

bool hs_in_button_scope(const hs_builder *b, hs_tag tag) {
    return bounded(b, tag, HS_ELEMENT_SCOPE, HS_TAG_BUTTON, HS_TAG_OTHER);
}

bool hs_in_table_scope(const hs_builder *b, hs_tag tag) {
    return bounded(b, tag, HS_ELEMENT_TABLE_SCOPE, HS_TAG_OTHER, HS_TAG_OTHER);
}

bool hs_node_in_scope(const hs_builder *b, const hs_node *node) {
    for (size_t i = b->n; i > 0; i--) {
        if (b->stack[i - 1] == node) return true;
        if (b->stack[i - 1]->flags & HS_ELEMENT_SCOPE) return false;
    }
    return false;
}

bool hs_heading_in_scope(const hs_builder *b) {
    for (size_t i = b->n; i > 0; i--) {
        if (b->stack[i - 1]->flags & HS_ELEMENT_HEADING) return true;
        if (b->stack[i - 1]->flags & HS_ELEMENT_SCOPE) return false;
    }
    return false;
}

/* ---- end tags that may be left out, 13.2.6.3 ---- */

void hs_imply_ends(hs_builder *b, hs_tag except) {
    while (hs_current(b)->flags & HS_ELEMENT_IMPLIED && hs_current(b)->tag != except) hs_pop(b);
}

void hs_imply_ends_thoroughly(hs_builder *b) {
    while (hs_current(b)->flags & (HS_ELEMENT_IMPLIED | HS_ELEMENT_THOROUGH)) hs_pop(b);
}

void hs_close_p(hs_builder *b) {
    hs_imply_ends(b, HS_TAG_P);
    hs_pop_until(b, HS_TAG_P);
}

void hs_close_p_in_button_scope(hs_builder *b) {
    if (hs_in_button_scope(b, HS_TAG_P)) hs_close_p(b);
}

/* ---- active formatting elements, 13.2.4.3 ---- */

size_t hs_formatting_at(const hs_builder *b, const hs_node *node) {
    for (size_t i = b->n_formatting; i > 0; i--)
        if (b->formatting[i - 1] == node) return i - 1;
    return HS_NONE;
}

size_t hs_formatting_last(const hs_builder *b, hs_tag tag) {
    for (size_t i = b->n_formatting; i > 0 && b->formatting[i - 1]; i--)
        if (b->formatting[i - 1]->tag == tag) return i - 1;
    return HS_NONE;
}

void hs_formatting_remove(hs_builder *b, size_t at) {
    b->n_formatting--;
    memmove(b->formatting + at, b->formatting + at + 1, (b->n_formatting - at) * sizeof *b->formatting);
}

static bool same_attributes(const hs_node *x, const hs_node *y) {
    if (x->n_attrs != y->n_attrs) return false;
    for (size_t i = 0; i < x->n_attrs; i++) {
        hs_str value = hs_node_attr(y, x->attrs[i].name);
        if (!value.p || !hs_str_eq(value, x->attrs[i].value)) return false;
    }
    return true;
}

/* The list has an end here: the earliest element of a longer one is forgotten. */
static void make_room(hs_builder *b) {
    if (b->n_formatting == HS_FORMATTING_MOST) hs_formatting_remove(b, 0);
}

void hs_formatting_push(hs_builder *b, hs_node *node) {
    size_t alike = 0, earliest = 0;
    for (size_t i = b->n_formatting; i > 0 && b->formatting[i - 1]; i--) {
        const hs_node *other = b->formatting[i - 1];
        if (other->tag != node->tag || !same_attributes(other, node)) continue;
        alike++;
        earliest = i - 1;
    }
    if (alike >= 3) hs_formatting_remove(b, earliest);
    make_room(b);
    b->formatting[b->n_formatting++] = node;
}

void hs_formatting_mark(hs_builder *b) {
    make_room(b);
    b->formatting[b->n_formatting++] = NULL;
}

void hs_formatting_clear(hs_builder *b) {
    while (b->n_formatting && b->formatting[--b->n_formatting]) {
    }
}

void hs_formatting_reopen(hs_builder *b) {
    if (!b->n_formatting) return;
    size_t i = b->n_formatting;
    while (i > 0 && b->formatting[i - 1] && hs_open_at(b, b->formatting[i - 1]) == HS_NONE) i--;
    for (; i < b->n_formatting && b->nodes_left && b->n < HS_TREE_DEPTH; i++) {
        hs_node *clone = hs_clone_element(b, b->formatting[i]);
        hs_insert_at(hs_appropriate_place(b, NULL), clone);
        hs_push(b, clone);
        b->formatting[i] = clone;
    }
}
