/* The insertion modes of tables and templates (the HTML Standard, 13.2.6.4.9 to .15, .18): see builder.h. */
#include "html/builder.h"

static bool cell(hs_tag tag) {
    return tag == HS_TAG_TD || tag == HS_TAG_TH;
}

static bool rows(hs_tag tag) {
    return tag == HS_TAG_TBODY || tag == HS_TAG_TFOOT || tag == HS_TAG_THEAD;
}

/* Start tags that only make sense in a table. */
static bool table_part(hs_tag tag) {
    return tag == HS_TAG_CAPTION || tag == HS_TAG_COL || tag == HS_TAG_COLGROUP || tag == HS_TAG_TR || cell(tag) ||
           rows(tag);
}

/* Pops to the table, to a group of rows, or to a row. */
static void clear_to(hs_builder *b, hs_tag one, hs_tag two, hs_tag three) {
    for (;;) {
        hs_tag tag = hs_current(b)->tag;
        if (tag == one || tag == HS_TAG_TEMPLATE || tag == HS_TAG_HTML) return;
        if (tag && (tag == two || tag == three)) return;
        hs_pop(b);
    }
}

static void clear_to_table(hs_builder *b) {
    clear_to(b, HS_TAG_TABLE, HS_TAG_OTHER, HS_TAG_OTHER);
}

static void clear_to_rows(hs_builder *b) {
    clear_to(b, HS_TAG_TBODY, HS_TAG_TFOOT, HS_TAG_THEAD);
}

static void clear_to_row(hs_builder *b) {
    clear_to(b, HS_TAG_TR, HS_TAG_OTHER, HS_TAG_OTHER);
}

static bool misplaced(hs_builder *b) {
    b->foster = true;
    bool more = hs_mode_in_body(b);
    b->foster = false;
    return more;
}

static bool close_table(hs_builder *b) {
    if (!hs_in_table_scope(b, HS_TAG_TABLE)) return false;
    hs_pop_until(b, HS_TAG_TABLE);
    hs_reset_mode(b);
    return true;
}

static bool table_start(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->tag) {
    case HS_TAG_CAPTION:
        clear_to_table(b);
        hs_formatting_mark(b);
        hs_insert_element(b);
        return hs_done(b, HS_MODE_IN_CAPTION);
    case HS_TAG_COLGROUP:
        clear_to_table(b);
        hs_insert_element(b);
        return hs_done(b, HS_MODE_IN_COLUMN_GROUP);
    case HS_TAG_COL:
        clear_to_table(b);
        hs_insert_implied(b, HS_TAG_COLGROUP);
        return hs_again(b, HS_MODE_IN_COLUMN_GROUP);
    case HS_TAG_TBODY:
    case HS_TAG_TFOOT:
    case HS_TAG_THEAD:
        clear_to_table(b);
        hs_insert_element(b);
        return hs_done(b, HS_MODE_IN_TABLE_BODY);
    case HS_TAG_TD:
    case HS_TAG_TH:
    case HS_TAG_TR:
        clear_to_table(b);
        hs_insert_implied(b, HS_TAG_TBODY);
        return hs_again(b, HS_MODE_IN_TABLE_BODY);
    case HS_TAG_TABLE: return close_table(b);
    case HS_TAG_STYLE:
    case HS_TAG_SCRIPT:
    case HS_TAG_TEMPLATE: return hs_mode_in_head(b);
    case HS_TAG_INPUT:
        if (!hs_str_eq_nocase(hs_token_attr(token, HS_STR("type")), HS_STR("hidden"))) return misplaced(b);
        hs_insert_void(b);
        return false;
    case HS_TAG_FORM:
        if (b->form || b->open[HS_TAG_TEMPLATE]) return false;
        b->form = hs_insert_element(b);
        hs_pop(b);
        return false;
    default: return misplaced(b);
    }
}

bool hs_mode_in_table(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_tag current = hs_current(b)->tag;
    switch (token->kind) {
    case HS_TOKEN_TEXT:
        if (!(hs_current(b)->flags & HS_ELEMENT_FOSTERS) && current != HS_TAG_TEMPLATE) return misplaced(b);
        b->table_text.n = 0;
        b->original_mode = b->mode;
        return hs_again(b, HS_MODE_IN_TABLE_TEXT);
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_START: return table_start(b);
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_TABLE) {
            close_table(b);
            return false;
        }
        if (token->tag == HS_TAG_TEMPLATE) return hs_mode_in_head(b);
        if (table_part(token->tag) || token->tag == HS_TAG_BODY || token->tag == HS_TAG_HTML) return false;
        return misplaced(b);
    default: return hs_mode_in_body(b);
    }
}

/* Text between a table's parts: white space stays where it is, anything else makes all of it misplaced. */
static void insert_table_text(hs_builder *b) {
    bool space = true;
    for (size_t i = 0; i < b->table_text.n; i++) space &= hs_all_space(b->table_text.v[i]);
    for (size_t i = 0; i < b->table_text.n; i++) {
        if (space) {
            hs_insert_text(b, b->table_text.v[i]);
            continue;
        }
        b->foster = true;
        hs_formatting_reopen(b);
        hs_insert_text(b, b->table_text.v[i]);
        b->foster = false;
        b->frameset_ok = false;
    }
    b->table_text.n = 0;
}

bool hs_mode_in_table_text(hs_builder *b) {
    const hs_token *token = &b->in.token;
    if (token->kind == HS_TOKEN_TEXT) {
        hs_str text = hs_str_replace_nuls(b->arena, token->text, HS_STR(""));
        size_t n = b->table_text.n; /* between two texts only tags were left out */
        if (text.n && !(n && hs_join_text(b, &b->table_text.v[n - 1], text))) HS_PUSH(b->arena, b->table_text, text);
        return false;
    }
    insert_table_text(b);
    return hs_again(b, b->original_mode);
}

static bool close_caption(hs_builder *b) {
    if (!hs_in_table_scope(b, HS_TAG_CAPTION)) return false;
    hs_imply_ends(b, HS_TAG_OTHER);
    hs_pop_until(b, HS_TAG_CAPTION);
    hs_formatting_clear(b);
    b->mode = HS_MODE_IN_TABLE;
    return true;
}

bool hs_mode_in_caption(hs_builder *b) {
    const hs_token *token = &b->in.token;
    if (token->kind == HS_TOKEN_START && table_part(token->tag)) return close_caption(b);
    if (token->kind == HS_TOKEN_END) {
        if (token->tag == HS_TAG_CAPTION) {
            close_caption(b);
            return false;
        }
        if (token->tag == HS_TAG_TABLE) return close_caption(b);
        if (table_part(token->tag) || token->tag == HS_TAG_BODY || token->tag == HS_TAG_HTML) return false;
    }
    return hs_mode_in_body(b);
}

bool hs_mode_in_column_group(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_TEXT:
        hs_insert_text(b, hs_take_space(b));
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        if (token->tag == HS_TAG_TEMPLATE) return hs_mode_in_head(b);
        if (token->tag != HS_TAG_COL) break;
        hs_insert_void(b);
        return false;
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_TEMPLATE) return hs_mode_in_head(b);
        if (token->tag == HS_TAG_COL) return false;
        if (token->tag != HS_TAG_COLGROUP) break;
        if (hs_current(b)->tag != HS_TAG_COLGROUP) return false;
        hs_pop(b);
        return hs_done(b, HS_MODE_IN_TABLE);
    default: return hs_mode_in_body(b);
    }
    if (hs_current(b)->tag != HS_TAG_COLGROUP) return false;
    hs_pop(b);
    return hs_again(b, HS_MODE_IN_TABLE);
}

/* Ends the group of rows we are in; false when there is none. */
static bool close_rows(hs_builder *b) {
    if (!hs_in_table_scope(b, HS_TAG_TBODY) && !hs_in_table_scope(b, HS_TAG_THEAD) &&
        !hs_in_table_scope(b, HS_TAG_TFOOT))
        return false;
    clear_to_rows(b);
    hs_pop(b);
    b->mode = HS_MODE_IN_TABLE;
    return true;
}

bool hs_mode_in_table_body(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_tag tag = token->tag;
    if (token->kind == HS_TOKEN_START) {
        if (tag == HS_TAG_TR) {
            clear_to_rows(b);
            hs_insert_element(b);
            return hs_done(b, HS_MODE_IN_ROW);
        }
        if (cell(tag)) {
            clear_to_rows(b);
            hs_insert_implied(b, HS_TAG_TR);
            return hs_again(b, HS_MODE_IN_ROW);
        }
        if (table_part(tag)) return close_rows(b);
    } else if (token->kind == HS_TOKEN_END) {
        if (rows(tag)) {
            if (!hs_in_table_scope(b, tag)) return false;
            clear_to_rows(b);
            hs_pop(b);
            return hs_done(b, HS_MODE_IN_TABLE);
        }
        if (tag == HS_TAG_TABLE) return close_rows(b);
        if (table_part(tag) || tag == HS_TAG_BODY || tag == HS_TAG_HTML) return false;
    }
    return hs_mode_in_table(b);
}

static bool close_row(hs_builder *b) {
    if (!hs_in_table_scope(b, HS_TAG_TR)) return false;
    clear_to_row(b);
    hs_pop(b);
    b->mode = HS_MODE_IN_TABLE_BODY;
    return true;
}

bool hs_mode_in_row(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_tag tag = token->tag;
    if (token->kind == HS_TOKEN_START) {
        if (cell(tag)) {
            clear_to_row(b);
            hs_insert_element(b);
            hs_formatting_mark(b);
            return hs_done(b, HS_MODE_IN_CELL);
        }
        if (table_part(tag)) return close_row(b);
    } else if (token->kind == HS_TOKEN_END) {
        if (tag == HS_TAG_TR) {
            close_row(b);
            return false;
        }
        if (tag == HS_TAG_TABLE) return close_row(b);
        if (rows(tag)) return hs_in_table_scope(b, tag) && close_row(b);
        if (table_part(tag) || tag == HS_TAG_BODY || tag == HS_TAG_HTML) return false;
    }
    return hs_mode_in_table(b);
}

static void close_cell(hs_builder *b, hs_tag tag) {
    hs_imply_ends(b, HS_TAG_OTHER);
    hs_pop_until(b, tag);
    hs_formatting_clear(b);
    b->mode = HS_MODE_IN_ROW;
}

/* Ends the cell we are in, whichever it is; false when there is none. */
static bool close_any_cell(hs_builder *b) {
    hs_tag tag = hs_in_table_scope(b, HS_TAG_TD) ? HS_TAG_TD : HS_TAG_TH;
    if (!hs_in_table_scope(b, tag)) return false;
    close_cell(b, tag);
    return true;
}

bool hs_mode_in_cell(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_tag tag = token->tag;
    if (token->kind == HS_TOKEN_START && table_part(tag)) return close_any_cell(b);
    if (token->kind == HS_TOKEN_END) {
        if (cell(tag)) {
            if (hs_in_table_scope(b, tag)) close_cell(b, tag);
            return false;
        }
        if (tag == HS_TAG_TABLE || tag == HS_TAG_TR || rows(tag)) return hs_in_table_scope(b, tag) && close_any_cell(b);
        if (table_part(tag) || tag == HS_TAG_BODY || tag == HS_TAG_HTML) return false;
    }
    return hs_mode_in_body(b);
}

/* ---- templates ---- */

/* The mode in which a template's content is read shows at its first start tag. */
static hs_mode template_mode(hs_tag tag) {
    switch (tag) {
    case HS_TAG_CAPTION:
    case HS_TAG_COLGROUP:
    case HS_TAG_TBODY:
    case HS_TAG_TFOOT:
    case HS_TAG_THEAD: return HS_MODE_IN_TABLE;
    case HS_TAG_COL: return HS_MODE_IN_COLUMN_GROUP;
    case HS_TAG_TR: return HS_MODE_IN_TABLE_BODY;
    case HS_TAG_TD:
    case HS_TAG_TH: return HS_MODE_IN_ROW;
    default: return HS_MODE_IN_BODY;
    }
}

static bool template_start(hs_builder *b) {
    switch (b->in.token.tag) {
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
    default: break;
    }
    hs_mode mode = template_mode(b->in.token.tag);
    if (b->templates.n) b->templates.v[b->templates.n - 1] = (uint8_t)mode;
    return hs_again(b, mode);
}

bool hs_mode_in_template(hs_builder *b) {
    switch (b->in.token.kind) {
    case HS_TOKEN_START: return template_start(b);
    case HS_TOKEN_END: return b->in.token.tag == HS_TAG_TEMPLATE ? hs_mode_in_head(b) : false;
    case HS_TOKEN_EOF:
        if (!b->open[HS_TAG_TEMPLATE]) return false;
        hs_pop_until(b, HS_TAG_TEMPLATE);
        hs_formatting_clear(b);
        if (b->templates.n) b->templates.n--;
        hs_reset_mode(b);
        return true;
    default: return hs_mode_in_body(b);
    }
}
