/* The insertion mode "in body" (the HTML Standard, 13.2.6.4.7): see builder.h. */
#include "html/builder.h"

static void insert_body_text(hs_builder *b) {
    hs_str text = b->in.token.text;
    if (b->in.token.has_nul) text = hs_str_replace_nuls(b->arena, text, HS_STR(""));
    if (!text.n) return;
    hs_formatting_reopen(b);
    hs_insert_text(b, text);
    if (b->frameset_ok && !hs_all_space(text)) b->frameset_ok = false;
}

static bool same_name(const hs_node *node, const hs_token *token) {
    if (node->space != HS_NAMESPACE_HTML || node->tag != token->tag) return false;
    return token->tag || hs_str_eq(node->name, token->name);
}

static void any_other_end(hs_builder *b) {
    const hs_token *token = &b->in.token;
    if (token->tag && !b->open[token->tag]) return;
    for (size_t i = b->n; i > 1; i--) {
        const hs_node *node = b->stack[i - 1];
        if (same_name(node, token)) {
            hs_imply_ends(b, token->tag ? token->tag : HS_TAG_COUNT);
            hs_pop_to(b, i - 1 < b->n ? i - 1 : b->n);
            return;
        }
        if (node->flags & HS_ELEMENT_SPECIAL) return;
    }
}

/* ---- the adoption agency: formatting that ends inside of blocks which go on ---- */

/* The topmost special element below the formatting element on the stack; HS_NONE: there is none. */
static size_t furthest_block(const hs_builder *b, size_t formatting) {
    for (size_t i = formatting + 1; i < b->n; i++)
        if (b->stack[i]->flags & HS_ELEMENT_SPECIAL) return i;
    return HS_NONE;
}

static void move_children(hs_node *from, hs_node *to) {
    while (from->first_child) {
        hs_node *child = from->first_child;
        hs_unlink(child);
        hs_tree_append(to, child);
    }
}

/* Steps 11 to 13: clones the formatting elements between `formatting` and `block` (places on the stack), each with what came before
 * inside of it. Returns the topmost; *bookmark is a place in the list. */
static hs_node *adopt_between(hs_builder *b, size_t formatting, size_t block, size_t *bookmark) {
    hs_node *last = b->stack[block], *furthest = last;
    size_t at = block;
    for (int counter = 1;; counter++) {
        at--;
        if (at == formatting) return last;
        hs_node *node = b->stack[at];
        size_t listed = hs_formatting_at(b, node);
        if (counter > 3 && listed != HS_NONE) {
            hs_formatting_remove(b, listed);
            if (listed < *bookmark) --*bookmark;
            listed = HS_NONE;
        }
        if (listed == HS_NONE) {
            hs_remove_open(b, at);
            continue;
        }
        hs_node *clone = hs_clone_element(b, node);
        b->formatting[listed] = clone;
        b->stack[at] = clone;
        if (last == furthest) *bookmark = listed + 1;
        hs_unlink(last);
        hs_tree_append(clone, last);
        last = clone;
    }
}

static void list_insert(hs_builder *b, size_t at, hs_node *node) {
    hs_formatting_push(b, node); /* the list has one less than before, and no more alike */
    for (size_t i = b->n_formatting - 1; i > at; i--) {
        b->formatting[i] = b->formatting[i - 1];
        b->formatting[i - 1] = node;
    }
}

static void stack_insert(hs_builder *b, size_t at, hs_node *node) {
    hs_push(b, node);
    for (size_t i = b->n - 1; i > at; i--) {
        b->stack[i] = b->stack[i - 1];
        b->stack[i - 1] = node;
    }
}

/* One round; false when there is nothing more to do. *found: there was a formatting element. */
static bool adopt_once(hs_builder *b, hs_tag subject, bool *found) {
    size_t listed = hs_formatting_last(b, subject);
    *found = listed != HS_NONE;
    if (!*found) return false;
    hs_node *formatting = b->formatting[listed];
    size_t at = hs_open_at(b, formatting);
    if (at == HS_NONE) {
        hs_formatting_remove(b, listed);
        return false;
    }
    if (!hs_node_in_scope(b, formatting)) return false;
    size_t block = furthest_block(b, at);
    if (block == HS_NONE) {
        hs_pop_to(b, at);
        hs_formatting_remove(b, listed);
        return false;
    }
    hs_node *common = b->stack[at - 1], *furthest = b->stack[block];
    size_t bookmark = listed;
    hs_node *last = adopt_between(b, at, block, &bookmark);
    hs_unlink(last);
    hs_insert_at(hs_appropriate_place(b, common), last);
    hs_node *clone = hs_clone_element(b, formatting);
    move_children(furthest, clone);
    hs_tree_append(furthest, clone);
    listed = hs_formatting_at(b, formatting);
    if (listed != HS_NONE) {
        hs_formatting_remove(b, listed);
        if (listed < bookmark) bookmark--;
    }
    list_insert(b, bookmark, clone);
    hs_remove_open(b, hs_open_at(b, formatting));
    stack_insert(b, hs_open_at(b, furthest) + 1, clone);
    return true;
}

static void adopt(hs_builder *b, hs_tag subject) {
    const hs_node *current = hs_current(b);
    if (current->tag == subject && hs_formatting_at(b, current) == HS_NONE) {
        hs_pop(b);
        return;
    }
    bool found = true;
    for (int round = 0; round < 8; round++) {
        if (adopt_once(b, subject, &found)) continue;
        if (!found) any_other_end(b);
        return;
    }
}

/* ---- start tags ---- */

static void insert_block(hs_builder *b) {
    hs_close_p_in_button_scope(b);
    hs_insert_element(b);
}

static void insert_flowing(hs_builder *b) {
    hs_formatting_reopen(b);
    hs_insert_element(b);
}

static void insert_formatting(hs_builder *b) {
    hs_formatting_reopen(b);
    hs_formatting_push(b, hs_insert_element(b));
}

static void start_body(hs_builder *b) {
    if (b->n < 2 || b->stack[1]->tag != HS_TAG_BODY || b->open[HS_TAG_TEMPLATE]) return;
    b->frameset_ok = false;
    hs_merge_attributes(b, b->stack[1]);
}

static void start_frameset(hs_builder *b) {
    if (b->n < 2 || b->stack[1]->tag != HS_TAG_BODY || !b->frameset_ok) return;
    hs_unlink(b->stack[1]);
    hs_pop_to(b, 1);
    hs_insert_element(b);
    b->mode = HS_MODE_IN_FRAMESET;
}

static void start_form(hs_builder *b) {
    bool template = b->open[HS_TAG_TEMPLATE] > 0;
    if (b->form && !template) return;
    insert_block(b);
    if (!template) b->form = hs_current(b);
}

/* An <li>, <dd> or <dt> ends the one before it. */
static void start_item(hs_builder *b, hs_tag one, hs_tag other) {
    b->frameset_ok = false;
    for (size_t i = b->n; i > 0; i--) {
        const hs_node *node = b->stack[i - 1];
        if (node->tag == one || node->tag == other) {
            hs_tag tag = node->tag;
            hs_imply_ends(b, tag);
            hs_pop_until(b, tag);
            break;
        }
        if (node->flags & HS_ELEMENT_SPECIAL && node->tag != HS_TAG_ADDRESS && node->tag != HS_TAG_DIV &&
            node->tag != HS_TAG_P)
            break;
    }
    insert_block(b);
}

static void start_anchor(hs_builder *b) {
    size_t listed = hs_formatting_last(b, HS_TAG_A);
    if (listed != HS_NONE) {
        hs_node *before = b->formatting[listed];
        adopt(b, HS_TAG_A);
        listed = hs_formatting_at(b, before);
        if (listed != HS_NONE) hs_formatting_remove(b, listed);
        size_t at = hs_open_at(b, before);
        if (at != HS_NONE) hs_remove_open(b, at);
    }
    insert_formatting(b);
}

static void start_button(hs_builder *b) {
    if (hs_in_scope(b, HS_TAG_BUTTON)) {
        hs_imply_ends(b, HS_TAG_OTHER);
        hs_pop_until(b, HS_TAG_BUTTON);
    }
    insert_flowing(b);
    b->frameset_ok = false;
}

static bool context_is_select(const hs_builder *b) {
    return b->context && b->context->tag == HS_TAG_SELECT;
}

static void start_input(hs_builder *b) {
    if (context_is_select(b)) return;
    if (hs_in_scope(b, HS_TAG_SELECT)) hs_pop_until(b, HS_TAG_SELECT);
    if (!hs_str_eq_nocase(hs_token_attr(&b->in.token, HS_STR("type")), HS_STR("hidden"))) b->frameset_ok = false;
    hs_formatting_reopen(b);
    hs_insert_void(b);
}

static void start_select(hs_builder *b) {
    if (context_is_select(b)) return;
    if (hs_in_scope(b, HS_TAG_SELECT)) {
        hs_pop_until(b, HS_TAG_SELECT);
        return;
    }
    insert_flowing(b);
    b->frameset_ok = false;
}

static void start_option(hs_builder *b, hs_tag tag) {
    if (hs_in_scope(b, HS_TAG_SELECT)) hs_imply_ends(b, tag == HS_TAG_OPTION ? HS_TAG_OPTGROUP : HS_TAG_OTHER);
    else if (hs_current(b)->tag == HS_TAG_OPTION) hs_pop(b);
    insert_flowing(b);
}

static void start_hr(hs_builder *b) {
    hs_close_p_in_button_scope(b);
    if (hs_in_scope(b, HS_TAG_SELECT)) hs_imply_ends(b, HS_TAG_OTHER);
    hs_insert_void(b);
    b->frameset_ok = false;
}

static void start_void(hs_builder *b) {
    hs_formatting_reopen(b);
    hs_insert_void(b);
    b->frameset_ok = false;
}

static void start_table(hs_builder *b) {
    if (!b->quirks) hs_close_p_in_button_scope(b);
    hs_insert_element(b);
    b->frameset_ok = false;
    b->mode = HS_MODE_IN_TABLE;
}

static void start_nobr(hs_builder *b) {
    hs_formatting_reopen(b);
    if (hs_in_scope(b, HS_TAG_NOBR)) {
        adopt(b, HS_TAG_NOBR);
        hs_formatting_reopen(b);
    }
    hs_formatting_push(b, hs_insert_element(b));
}

static void start_preformatted(hs_builder *b) {
    insert_block(b);
    b->skip_newline = true;
    b->frameset_ok = false;
}

static void start_foreign(hs_builder *b, hs_namespace space) {
    hs_formatting_reopen(b);
    hs_insert_foreign(b, space);
}

static void start_ruby_text(hs_builder *b, hs_tag except) {
    if (hs_in_scope(b, HS_TAG_RUBY)) hs_imply_ends(b, except);
    hs_insert_element(b);
}

static bool start(hs_builder *b) {
    hs_token *token = &b->in.token;
    hs_tag tag = token->tag;
    switch (tag) {
    case HS_TAG_HTML:
        if (!b->open[HS_TAG_TEMPLATE]) hs_merge_attributes(b, b->stack[0]);
        break;
    case HS_TAG_BASE:
    case HS_TAG_BASEFONT:
    case HS_TAG_BGSOUND:
    case HS_TAG_LINK:
    case HS_TAG_META:
    case HS_TAG_NOFRAMES:
    case HS_TAG_SCRIPT:
    case HS_TAG_STYLE:
    case HS_TAG_TEMPLATE:
    case HS_TAG_TITLE: return hs_mode_in_head(b);
    case HS_TAG_BODY: start_body(b); break;
    case HS_TAG_FRAMESET: start_frameset(b); break;
    case HS_TAG_ADDRESS:
    case HS_TAG_ARTICLE:
    case HS_TAG_ASIDE:
    case HS_TAG_BLOCKQUOTE:
    case HS_TAG_CENTER:
    case HS_TAG_DETAILS:
    case HS_TAG_DIALOG:
    case HS_TAG_DIR:
    case HS_TAG_DIV:
    case HS_TAG_DL:
    case HS_TAG_FIELDSET:
    case HS_TAG_FIGCAPTION:
    case HS_TAG_FIGURE:
    case HS_TAG_FOOTER:
    case HS_TAG_HEADER:
    case HS_TAG_HGROUP:
    case HS_TAG_MAIN:
    case HS_TAG_MENU:
    case HS_TAG_NAV:
    case HS_TAG_OL:
    case HS_TAG_P:
    case HS_TAG_SEARCH:
    case HS_TAG_SECTION:
    case HS_TAG_SUMMARY:
    case HS_TAG_UL: insert_block(b); break;
    case HS_TAG_H1:
    case HS_TAG_H2:
    case HS_TAG_H3:
    case HS_TAG_H4:
    case HS_TAG_H5:
    case HS_TAG_H6:
        hs_close_p_in_button_scope(b);
        if (hs_current(b)->flags & HS_ELEMENT_HEADING) hs_pop(b);
        hs_insert_element(b);
        break;
    case HS_TAG_PRE:
    case HS_TAG_LISTING: start_preformatted(b); break;
    case HS_TAG_FORM: start_form(b); break;
    case HS_TAG_LI: start_item(b, HS_TAG_LI, HS_TAG_LI); break;
    case HS_TAG_DD:
    case HS_TAG_DT: start_item(b, HS_TAG_DD, HS_TAG_DT); break;
    case HS_TAG_PLAINTEXT:
        insert_block(b);
        b->in.mode = HS_TEXT_PLAIN;
        break;
    case HS_TAG_BUTTON: start_button(b); break;
    case HS_TAG_A: start_anchor(b); break;
    case HS_TAG_B:
    case HS_TAG_BIG:
    case HS_TAG_CODE:
    case HS_TAG_EM:
    case HS_TAG_FONT:
    case HS_TAG_I:
    case HS_TAG_S:
    case HS_TAG_SMALL:
    case HS_TAG_STRIKE:
    case HS_TAG_STRONG:
    case HS_TAG_TT:
    case HS_TAG_U: insert_formatting(b); break;
    case HS_TAG_NOBR: start_nobr(b); break;
    case HS_TAG_APPLET:
    case HS_TAG_MARQUEE:
    case HS_TAG_OBJECT:
        insert_flowing(b);
        hs_formatting_mark(b);
        b->frameset_ok = false;
        break;
    case HS_TAG_TABLE: start_table(b); break;
    case HS_TAG_IMAGE:
        token->tag = HS_TAG_IMG;
        token->name = hs_tag_name(HS_TAG_IMG);
        return true;
    case HS_TAG_AREA:
    case HS_TAG_BR:
    case HS_TAG_EMBED:
    case HS_TAG_IMG:
    case HS_TAG_KEYGEN:
    case HS_TAG_WBR: start_void(b); break;
    case HS_TAG_INPUT: start_input(b); break;
    case HS_TAG_PARAM:
    case HS_TAG_SOURCE:
    case HS_TAG_TRACK: hs_insert_void(b); break;
    case HS_TAG_HR: start_hr(b); break;
    case HS_TAG_TEXTAREA:
        hs_read_raw(b, HS_TEXT_RCDATA);
        b->skip_newline = true;
        b->frameset_ok = false;
        break;
    case HS_TAG_XMP:
        hs_close_p_in_button_scope(b);
        hs_formatting_reopen(b);
        b->frameset_ok = false;
        hs_read_raw(b, HS_TEXT_RAW);
        break;
    case HS_TAG_IFRAME:
        b->frameset_ok = false;
        hs_read_raw(b, HS_TEXT_RAW);
        break;
    case HS_TAG_NOEMBED: hs_read_raw(b, HS_TEXT_RAW); break;
    case HS_TAG_SELECT: start_select(b); break;
    case HS_TAG_OPTGROUP:
    case HS_TAG_OPTION: start_option(b, tag); break;
    case HS_TAG_RB:
    case HS_TAG_RTC: start_ruby_text(b, HS_TAG_OTHER); break;
    case HS_TAG_RP:
    case HS_TAG_RT: start_ruby_text(b, HS_TAG_RTC); break;
    case HS_TAG_MATH: start_foreign(b, HS_NAMESPACE_MATHML); break;
    case HS_TAG_SVG: start_foreign(b, HS_NAMESPACE_SVG); break;
    case HS_TAG_CAPTION:
    case HS_TAG_COL:
    case HS_TAG_COLGROUP:
    case HS_TAG_FRAME:
    case HS_TAG_HEAD:
    case HS_TAG_TBODY:
    case HS_TAG_TD:
    case HS_TAG_TFOOT:
    case HS_TAG_TH:
    case HS_TAG_THEAD:
    case HS_TAG_TR: break;
    default: insert_flowing(b);
    }
    return false;
}

/* ---- end tags ---- */

static void end_block(hs_builder *b, hs_tag tag) {
    if (!hs_in_scope(b, tag)) return;
    hs_imply_ends(b, HS_TAG_OTHER);
    hs_pop_until(b, tag);
}

static void end_form(hs_builder *b) {
    if (b->open[HS_TAG_TEMPLATE]) {
        end_block(b, HS_TAG_FORM);
        return;
    }
    hs_node *form = b->form;
    b->form = NULL;
    if (!form || !hs_node_in_scope(b, form)) return;
    hs_imply_ends(b, HS_TAG_OTHER);
    size_t at = hs_open_at(b, form);
    if (at != HS_NONE) hs_remove_open(b, at);
}

static void end_item(hs_builder *b, hs_tag tag) {
    if (tag == HS_TAG_LI ? !hs_in_list_scope(b, tag) : !hs_in_scope(b, tag)) return;
    hs_imply_ends(b, tag);
    hs_pop_until(b, tag);
}

static void end_heading(hs_builder *b) {
    if (!hs_heading_in_scope(b)) return;
    hs_imply_ends(b, HS_TAG_OTHER);
    for (bool heading = false; !heading && b->n > 1;) {
        heading = (hs_current(b)->flags & HS_ELEMENT_HEADING) != 0;
        hs_pop(b);
    }
}

static void end_p(hs_builder *b) {
    if (!hs_in_button_scope(b, HS_TAG_P)) hs_insert_implied(b, HS_TAG_P);
    hs_close_p(b);
}

static bool end(hs_builder *b) {
    hs_tag tag = b->in.token.tag;
    switch (tag) {
    case HS_TAG_TEMPLATE: return hs_mode_in_head(b);
    case HS_TAG_BODY:
    case HS_TAG_HTML:
        if (!hs_in_scope(b, HS_TAG_BODY)) return false;
        b->mode = HS_MODE_AFTER_BODY;
        return tag == HS_TAG_HTML;
    case HS_TAG_ADDRESS:
    case HS_TAG_ARTICLE:
    case HS_TAG_ASIDE:
    case HS_TAG_BLOCKQUOTE:
    case HS_TAG_BUTTON:
    case HS_TAG_CENTER:
    case HS_TAG_DETAILS:
    case HS_TAG_DIALOG:
    case HS_TAG_DIR:
    case HS_TAG_DIV:
    case HS_TAG_DL:
    case HS_TAG_FIELDSET:
    case HS_TAG_FIGCAPTION:
    case HS_TAG_FIGURE:
    case HS_TAG_FOOTER:
    case HS_TAG_HEADER:
    case HS_TAG_HGROUP:
    case HS_TAG_LISTING:
    case HS_TAG_MAIN:
    case HS_TAG_MENU:
    case HS_TAG_NAV:
    case HS_TAG_OL:
    case HS_TAG_PRE:
    case HS_TAG_SEARCH:
    case HS_TAG_SECTION:
    case HS_TAG_SELECT:
    case HS_TAG_SUMMARY:
    case HS_TAG_UL: end_block(b, tag); return false;
    case HS_TAG_FORM: end_form(b); return false;
    case HS_TAG_P: end_p(b); return false;
    case HS_TAG_LI:
    case HS_TAG_DD:
    case HS_TAG_DT: end_item(b, tag); return false;
    case HS_TAG_H1:
    case HS_TAG_H2:
    case HS_TAG_H3:
    case HS_TAG_H4:
    case HS_TAG_H5:
    case HS_TAG_H6: end_heading(b); return false;
    case HS_TAG_A:
    case HS_TAG_B:
    case HS_TAG_BIG:
    case HS_TAG_CODE:
    case HS_TAG_EM:
    case HS_TAG_FONT:
    case HS_TAG_I:
    case HS_TAG_NOBR:
    case HS_TAG_S:
    case HS_TAG_SMALL:
    case HS_TAG_STRIKE:
    case HS_TAG_STRONG:
    case HS_TAG_TT:
    case HS_TAG_U: adopt(b, tag); return false;
    case HS_TAG_APPLET:
    case HS_TAG_MARQUEE:
    case HS_TAG_OBJECT:
        if (!hs_in_scope(b, tag)) return false;
        end_block(b, tag);
        hs_formatting_clear(b);
        return false;
    case HS_TAG_BR:
        b->in.token.n_attrs = 0;
        start_void(b);
        return false;
    default: any_other_end(b); return false;
    }
}

bool hs_mode_in_body(hs_builder *b) {
    switch (b->in.token.kind) {
    case HS_TOKEN_TEXT: insert_body_text(b); return false;
    case HS_TOKEN_START: return start(b);
    case HS_TOKEN_END: return end(b);
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_EOF: return b->templates.n ? hs_mode_in_template(b) : false;
    default: return false;
    }
}
