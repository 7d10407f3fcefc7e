/* Tree construction from page to tree (the HTML Standard, 13.2.6 and 13.4): see tree.h. Time and memory are bounded on any page: the
 * stack has a greatest depth, and a page of a size has so many nodes at most; what is beyond leaves its text. */
#include <string.h>

#include "html/builder.h"
#include "html/scan.h"

enum { NODES_AT_LEAST = 40000, BYTES_A_NODE = 200 }; /* real pages have one in 96 bytes */

static bool (*const MODES[HS_MODE_COUNT])(hs_builder *) = {
    [HS_MODE_INITIAL] = hs_mode_initial,
    [HS_MODE_BEFORE_HTML] = hs_mode_before_html,
    [HS_MODE_BEFORE_HEAD] = hs_mode_before_head,
    [HS_MODE_IN_HEAD] = hs_mode_in_head,
    [HS_MODE_IN_HEAD_NOSCRIPT] = hs_mode_in_head_noscript,
    [HS_MODE_AFTER_HEAD] = hs_mode_after_head,
    [HS_MODE_IN_BODY] = hs_mode_in_body,
    [HS_MODE_TEXT] = hs_mode_text,
    [HS_MODE_IN_TABLE] = hs_mode_in_table,
    [HS_MODE_IN_TABLE_TEXT] = hs_mode_in_table_text,
    [HS_MODE_IN_CAPTION] = hs_mode_in_caption,
    [HS_MODE_IN_COLUMN_GROUP] = hs_mode_in_column_group,
    [HS_MODE_IN_TABLE_BODY] = hs_mode_in_table_body,
    [HS_MODE_IN_ROW] = hs_mode_in_row,
    [HS_MODE_IN_CELL] = hs_mode_in_cell,
    [HS_MODE_IN_TEMPLATE] = hs_mode_in_template,
    [HS_MODE_AFTER_BODY] = hs_mode_after_body,
    [HS_MODE_IN_FRAMESET] = hs_mode_in_frameset,
    [HS_MODE_AFTER_FRAMESET] = hs_mode_after_frameset,
    [HS_MODE_AFTER_AFTER_BODY] = hs_mode_after_after_body,
    [HS_MODE_AFTER_AFTER_FRAMESET] = hs_mode_after_after_frameset,
};

bool hs_mode_take(hs_builder *b) {
    return MODES[b->mode](b);
}

/* 13.2.4.1 */
void hs_reset_mode(hs_builder *b) {
    for (size_t i = b->n; i > 0; i--) {
        bool last = i == 1;
        const hs_node *node = last && b->context ? b->context : b->stack[i - 1];
        hs_mode mode = HS_MODE_COUNT;
        switch (node->tag) {
        case HS_TAG_TD:
        case HS_TAG_TH: mode = last ? HS_MODE_COUNT : HS_MODE_IN_CELL; break;
        case HS_TAG_TR: mode = HS_MODE_IN_ROW; break;
        case HS_TAG_TBODY:
        case HS_TAG_THEAD:
        case HS_TAG_TFOOT: mode = HS_MODE_IN_TABLE_BODY; break;
        case HS_TAG_CAPTION: mode = HS_MODE_IN_CAPTION; break;
        case HS_TAG_COLGROUP: mode = HS_MODE_IN_COLUMN_GROUP; break;
        case HS_TAG_TABLE: mode = HS_MODE_IN_TABLE; break;
        case HS_TAG_TEMPLATE:
            mode = b->templates.n ? (hs_mode)b->templates.v[b->templates.n - 1] : HS_MODE_IN_BODY;
            break;
        case HS_TAG_HEAD: mode = last ? HS_MODE_COUNT : HS_MODE_IN_HEAD; break;
        case HS_TAG_BODY: mode = HS_MODE_IN_BODY; break;
        case HS_TAG_FRAMESET: mode = HS_MODE_IN_FRAMESET; break;
        case HS_TAG_HTML: mode = b->head ? HS_MODE_AFTER_HEAD : HS_MODE_BEFORE_HEAD; break;
        default: break;
        }
        if (mode == HS_MODE_COUNT && last) mode = HS_MODE_IN_BODY;
        if (mode == HS_MODE_COUNT) continue;
        b->mode = (uint8_t)mode;
        return;
    }
}

/* Does the tag open a level that its own end tag closes? */
static bool nests(hs_tag tag) {
    return !(hs_tag_flags(tag) & (HS_ELEMENT_IMPLIED | HS_ELEMENT_THOROUGH | HS_ELEMENT_VOID | HS_ELEMENT_RAW));
}

static hs_text_mode text_mode_in(hs_tag tag) {
    switch (tag) {
    case HS_TAG_TITLE:
    case HS_TAG_TEXTAREA: return HS_TEXT_RCDATA;
    case HS_TAG_STYLE:
    case HS_TAG_XMP:
    case HS_TAG_IFRAME:
    case HS_TAG_NOEMBED:
    case HS_TAG_NOFRAMES: return HS_TEXT_RAW;
    case HS_TAG_SCRIPT: return HS_TEXT_SCRIPT;
    case HS_TAG_PLAINTEXT: return HS_TEXT_PLAIN;
    default: return HS_TEXT_DATA;
    }
}

/* A start tag beyond the page's number of nodes, or deeper than it may be. */
static bool leave_out_start(hs_builder *b) {
    const hs_token *token = &b->in.token;
    unsigned flags = hs_tag_flags(token->tag);
    if (b->nodes_left && flags & (HS_ELEMENT_RAW | HS_ELEMENT_VOID)) return false;
    b->in.mode = text_mode_in(token->tag);
    b->skip_raw = flags & HS_ELEMENT_RAW;
    if (nests(token->tag) && !token->self_closing) b->dropped++;
    return true;
}

/* Some end tags make an element where there is none to end. */
static bool makes_element(const hs_builder *b) {
    hs_tag tag = b->in.token.tag;
    return !b->nodes_left && (tag == HS_TAG_BR || (tag == HS_TAG_P && !hs_in_button_scope(b, HS_TAG_P)));
}

/* Too deep, or too much: the tag is left out, and later the end tag that would have been its own. */
static bool leave_out(hs_builder *b) {
    const hs_token *token = &b->in.token;
    bool raw = b->skip_raw;
    switch (token->kind) {
    case HS_TOKEN_TEXT: return raw;
    case HS_TOKEN_COMMENT: return !b->nodes_left;
    case HS_TOKEN_START: return (b->n >= HS_TREE_DEPTH || !b->nodes_left) && leave_out_start(b);
    case HS_TOKEN_END:
        b->skip_raw = false;
        if (raw) return true;
        if (!b->dropped || !nests(token->tag)) return makes_element(b);
        b->dropped--;
        return true;
    default: return false;
    }
}

static void build(hs_builder *b) {
    hs_token *token = &b->in.token;
    do {
        b->in.cdata = b->n && hs_adjusted_current(b)->space != HS_NAMESPACE_HTML;
        hs_tokenizer_next(&b->in);
        if (b->skip_newline) {
            b->skip_newline = false;
            if (token->kind == HS_TOKEN_TEXT && token->text.p[0] == '\n')
                token->text = hs_str_slice(token->text, 1, token->text.n);
            if (token->kind == HS_TOKEN_TEXT && !token->text.n) continue;
        }
        if ((b->n >= HS_TREE_DEPTH || b->dropped || !b->nodes_left) && leave_out(b)) continue;
        while (hs_foreign_next(b) ? hs_foreign_take(b) : hs_mode_take(b)) {
        }
    } while (token->kind != HS_TOKEN_EOF);
}

static void builder_init(hs_builder *b, hs_arena *arena, hs_str text) {
    memset(b, 0, sizeof *b);
    b->arena = arena;
    b->frameset_ok = true;
    b->nodes_left = NODES_AT_LEAST + text.n / BYTES_A_NODE;
    hs_tokenizer_init(&b->in, arena, text);
    b->document = hs_make_node(b, HS_NODE_DOCUMENT);
}

static hs_tree *tree_of(hs_builder *b) {
    build(b);
    hs_tree *tree = HS_NEW(b->arena, hs_tree, 1);
    tree->document = b->document;
    tree->size = (size_t)(b->in.end - b->in.start);
    hs_tree_number(tree, b->arena, b->n_nodes);
    return tree;
}

hs_tree *hs_tree_of(hs_arena *arena, hs_str text) {
    hs_builder b;
    builder_init(&b, arena, text);
    return tree_of(&b);
}

hs_tree *hs_tree_parse(hs_arena *arena, hs_str html) {
    return hs_tree_of(arena, hs_scan_copy(arena, html));
}

/* The context element, made as the parser would make it. */
static hs_node *context_of(hs_builder *b, hs_str name) {
    hs_namespace space = HS_NAMESPACE_HTML;
    if (hs_str_starts(name, HS_STR("svg "))) space = HS_NAMESPACE_SVG;
    if (hs_str_starts(name, HS_STR("math "))) space = HS_NAMESPACE_MATHML;
    if (space == HS_NAMESPACE_SVG) name = hs_str_slice(name, 4, name.n);
    if (space == HS_NAMESPACE_MATHML) name = hs_str_slice(name, 5, name.n);
    hs_node *parent = hs_make_node(b, HS_NODE_ELEMENT);
    hs_push(b, parent);
    hs_str lower = hs_str_copy(b->arena, name);
    for (size_t i = 0; i < lower.n; i++)
        if (lower.p[i] >= 'A' && lower.p[i] <= 'Z') ((char *)lower.p)[i] = (char)(lower.p[i] | 32);
    b->in.token = (hs_token){.kind = HS_TOKEN_START, .name = lower, .tag = (uint8_t)hs_tag_of(lower)};
    hs_node *context = space == HS_NAMESPACE_HTML ? hs_insert_element(b) : hs_insert_foreign(b, space);
    hs_pop_to(b, 0);
    context->parent = NULL;
    return context;
}

hs_tree *hs_tree_parse_fragment(hs_arena *arena, hs_str html, hs_str context) {
    hs_builder b;
    builder_init(&b, arena, hs_scan_copy(arena, html));
    b.context = context_of(&b, context);
    if (b.context->space == HS_NAMESPACE_HTML) b.in.mode = text_mode_in(b.context->tag);
    hs_open_root(&b, hs_make_implied(&b, HS_TAG_HTML));
    if (b.context->tag == HS_TAG_TEMPLATE) HS_PUSH(arena, b.templates, HS_MODE_IN_TEMPLATE);
    if (b.context->tag == HS_TAG_FORM) b.form = b.context;
    hs_reset_mode(&b);
    return tree_of(&b);
}

hs_str hs_html_unescape(hs_arena *arena, hs_str text) {
    if (!text.n || !memchr(text.p, '&', text.n)) return text;
    return hs_html_unescape_in_place(arena, hs_scan_copy(arena, text));
}

hs_str hs_html_unescape_in_place(hs_arena *arena, hs_str text) {
    if (!text.n || !memchr(text.p, '&', text.n)) return text;
    hs_tokenizer t;
    hs_tokenizer_init(&t, arena, text);
    t.mode = HS_TEXT_RCDATA; /* without a start tag before it, nothing ends it */
    hs_tokenizer_next(&t);
    return t.token.text;
}
