/* Answers the cases of html5lib's tests for html5lib.py. Each request is a line "KIND ARGUMENT LAST_START N" and N bytes of input
 * ("-": absent); each answer a line with its length, and the answer.
 *
 *   tree CONTEXT -     the tree in html5lib's own notation; CONTEXT "-" for a whole page, "svg:path" for an element of SVG
 *   tokens STATE NAME  one token a line: its kind and its parts, in hexadecimal
 *   charset - -        the name of the page's encoding
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/encodings.h"
#include "html/scan.h"
#include "html/tokenizer.h"

static hs_arena arena;
static hs_buf out;

static void add(hs_str s) {
    hs_buf_add(&arena, &out, s);
}

static void add_hex(hs_str s) {
    static const char DIGITS[] = "0123456789abcdef";
    hs_buf_byte(&arena, &out, ' ');
    if (!s.p) add(HS_STR("-"));
    else add(HS_STR("x"));
    for (size_t i = 0; i < s.n; i++) {
        hs_buf_byte(&arena, &out, DIGITS[(unsigned char)s.p[i] >> 4]);
        hs_buf_byte(&arena, &out, DIGITS[s.p[i] & 15]);
    }
}

/* ---- trees ---- */

static void indent(size_t depth) {
    add(HS_STR("| "));
    for (size_t i = 0; i < depth; i++) add(HS_STR("  "));
}

static int by_name(const void *a, const void *b) {
    const hs_attr *x = a, *y = b;
    size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
    int order = memcmp(x->name.p, y->name.p, n);
    return order ? order : (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

/* In SVG and MathML these prefixes name namespaces, which html5lib writes with a space. */
static hs_str attr_name(const hs_node *node, hs_str name) {
    static const char *const NAMES[] = {"xlink actuate", "xlink arcrole", "xlink href", "xlink role", "xlink show",
                                        "xlink title",   "xlink type",    "xml lang",   "xml space",  "xmlns xlink"};
    size_t colon = hs_str_find(name, HS_STR(":"));
    if (node->space == HS_NAMESPACE_HTML || colon == HS_NONE) return name;
    hs_str parted = hs_str_copy(&arena, name);
    ((char *)parted.p)[colon] = ' ';
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (hs_str_eq(parted, hs_str_of(NAMES[i]))) return parted;
    return name;
}

static void add_attrs(const hs_node *node, size_t depth) {
    hs_attr *sorted = HS_NEW(&arena, hs_attr, node->n_attrs + 1);
    for (size_t i = 0; i < node->n_attrs; i++)
        sorted[i] = (hs_attr){attr_name(node, node->attrs[i].name), node->attrs[i].value};
    qsort(sorted, node->n_attrs, sizeof *sorted, by_name);
    for (size_t i = 0; i < node->n_attrs; i++) {
        indent(depth);
        add(sorted[i].name);
        add(HS_STR("=\""));
        add(sorted[i].value);
        add(HS_STR("\"\n"));
    }
}

static void add_doctype(const hs_node *node) {
    add(HS_STR("<!DOCTYPE "));
    add(node->name);
    for (size_t i = 0; i < node->n_attrs; i++) {
        add(HS_STR(" \""));
        add(node->attrs[i].value);
        add(HS_STR("\""));
    }
    add(HS_STR(">\n"));
}

static bool html_template(const hs_node *node) {
    return node->tag == HS_TAG_TEMPLATE;
}

static void add_node(const hs_node *node, size_t depth) {
    indent(depth);
    switch ((hs_node_kind)node->kind) {
    case HS_NODE_DOCTYPE: add_doctype(node); break;
    case HS_NODE_TEXT:
        add(HS_STR("\""));
        add(node->text);
        add(HS_STR("\"\n"));
        break;
    case HS_NODE_COMMENT:
        add(HS_STR("<!-- "));
        add(node->text);
        add(HS_STR(" -->\n"));
        break;
    default:
        add(HS_STR("<"));
        if (node->space == HS_NAMESPACE_SVG) add(HS_STR("svg "));
        if (node->space == HS_NAMESPACE_MATHML) add(HS_STR("math "));
        add(node->name);
        add(HS_STR(">\n"));
        add_attrs(node, depth + 1);
        if (!html_template(node)) return;
        indent(depth + 1);
        add(HS_STR("content\n"));
    }
}

static void answer_tree(hs_str html, char *context) {
    for (char *c = context; *c; c++)
        if (*c == ':') *c = ' ';
    bool whole = strcmp(context, "-") == 0;
    hs_tree *tree = whole ? hs_tree_parse(&arena, html) : hs_tree_parse_fragment(&arena, html, hs_str_of(context));
    const hs_node *root = tree->document;
    if (!whole) root = root->first_child;
    for (size_t i = root->order + 1; i < root->end; i++) {
        size_t depth = 0;
        for (const hs_node *up = tree->nodes[i]->parent; up != root; up = up->parent) depth += 1 + html_template(up);
        add_node(tree->nodes[i], depth);
    }
}

/* ---- tokens ---- */

static void add_token(const hs_token *token) {
    switch ((hs_token_kind)token->kind) {
    case HS_TOKEN_TEXT:
        add(HS_STR("Character"));
        add_hex(token->text);
        break;
    case HS_TOKEN_COMMENT:
        add(HS_STR("Comment"));
        add_hex(token->text);
        break;
    case HS_TOKEN_DOCTYPE:
        add(HS_STR("DOCTYPE"));
        add_hex(token->name);
        add_hex(token->public_id);
        add_hex(token->system_id);
        add(token->force_quirks ? HS_STR(" 0") : HS_STR(" 1"));
        break;
    default:
        add(token->kind == HS_TOKEN_START ? HS_STR("StartTag") : HS_STR("EndTag"));
        add_hex(token->name);
        add(token->self_closing ? HS_STR(" 1") : HS_STR(" 0"));
        for (size_t i = 0; i < token->n_attrs; i++) {
            add_hex(token->attrs[i].name);
            add_hex(token->attrs[i].value);
        }
    }
    add(HS_STR("\n"));
}

static void answer_tokens(hs_str html, const char *state, const char *last_start) {
    static const char *const STATES[] = {"data", "rcdata", "rawtext", "script", "plaintext", "cdata"};
    hs_tokenizer t;
    hs_tokenizer_init(&t, &arena, hs_scan_copy(&arena, html));
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        if (strcmp(state, STATES[i]) == 0) t.mode = (hs_text_mode)i;
    if (strcmp(last_start, "-") != 0) t.last_start = hs_str_of(last_start);
    for (hs_tokenizer_next(&t); t.token.kind != HS_TOKEN_EOF; hs_tokenizer_next(&t)) add_token(&t.token);
}

/* The standard's default is windows-1252. */
static void answer_charset(hs_str html) {
    size_t skip;
    const hs_encoding *found = hs_encoding_marked(html, &skip);
    if (!found) found = hs_encoding_declared(html);
    add(found ? hs_str_of(found->name) : HS_STR("windows-1252"));
}

int main(void) {
    char kind[16], argument[64], last_start[64];
    size_t n;
    while (scanf("%15s %63s %63s %zu", kind, argument, last_start, &n) == 4) {
        char *bytes = malloc(n + 1);
        if (!bytes || getchar() != '\n' || fread(bytes, 1, n, stdin) != n) return 1;
        hs_arena_init(&arena, (size_t)1 << 30);
        out = (hs_buf){0};
        if (setjmp(arena.full)) return 1;
        hs_str html = {bytes, n};
        if (strcmp(kind, "tree") == 0) answer_tree(html, argument);
        else if (strcmp(kind, "tokens") == 0) answer_tokens(html, argument, last_start);
        else answer_charset(html);
        printf("%zu\n", out.n);
        if (out.n) fwrite(out.v, 1, out.n, stdout);
        fflush(stdout);
        hs_arena_free(&arena);
        free(bytes);
    }
    return 0;
}
