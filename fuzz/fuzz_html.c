/* Fuzz target: any text as a tree, whole or as a fragment (the first byte says of what); the tree must hang together. */
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "html/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) abort();
}

static void check_node(const hs_tree *tree, size_t i) {
    const hs_node *node = tree->nodes[i];
    check(node->order == i && node->end > i && node->end <= tree->n_nodes);
    check((node->parent == NULL) == (i == 0));
    if (node->parent) check(node->parent->order < i && node->end <= node->parent->end);
    check((node->first_child == NULL) == (node->last_child == NULL));
    if (node->first_child) check(node->first_child->order == i + 1 && node->last_child->end == node->end);
    if (node->next) check(node->next->prev == node && node->next->order == node->end);
    check(hs_utf8_valid(node->text));
    for (size_t k = 0; k < node->n_attrs && node->kind == HS_NODE_ELEMENT; k++)
        check(hs_utf8_valid(node->attrs[k].name) && hs_utf8_valid(node->attrs[k].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const CONTEXTS[] = {NULL,       NULL,       "div",      "table",   "tr",
                                           "select",   "template", "svg path", "math mi", "textarea",
                                           "frameset", "caption",  "head",     "script"};
    static hs_arena arena;
    if (!size) return 0;
    hs_arena_init(&arena, 16 << 20);
    if (!setjmp(arena.full)) {
        const char *context = CONTEXTS[data[0] % (sizeof CONTEXTS / sizeof *CONTEXTS)];
        hs_str html = hs_utf8_repair(&arena, (hs_str){(const char *)data + 1, size - 1});
        const hs_tree *tree =
            context ? hs_tree_parse_fragment(&arena, html, hs_str_of(context)) : hs_tree_parse(&arena, html);
        for (size_t i = 0; i < tree->n_nodes; i++) check_node(tree, i);
        check(hs_utf8_valid(hs_node_text(&arena, tree, tree->document)));
    }
    hs_arena_free(&arena);
    return 0;
}
