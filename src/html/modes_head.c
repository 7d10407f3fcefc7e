/* The insertion modes outside the body (the HTML Standard, 13.2.6.4.1 to .6, .8, .19 to .23): see builder.h. */
#include "html/builder.h"

/* ---- doctypes ---- */

static bool starts_with_any(hs_str text, const char *const *list) {
    for (; *list; list++)
        if (hs_str_starts_nocase(text, hs_str_of(*list))) return true;
    return false;
}

static bool is_any(hs_str text, const char *const *list) {
    for (; *list; list++)
        if (hs_str_eq_nocase(text, hs_str_of(*list))) return true;
    return false;
}

/* 13.2.6.4.1 */
static bool quirky(const hs_token *token) {
    static const char *const IS[] = {"-//W3O//DTD W3 HTML Strict 3.0//EN//", "-/W3C/DTD HTML 4.0 Transitional/EN",
                                     "HTML", NULL};
    static const char *const STARTS[] = {
        "+//Silmaril//dtd html Pro v0r11 19970101//",
        "-//AS//DTD HTML 3.0 asWedit + extensions//",
        "-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//",
        "-//IETF//DTD HTML",
        "-//Metrius//DTD Metrius Presentational//",
        "-//Microsoft//DTD Internet Explorer 2.0 ",
        "-//Microsoft//DTD Internet Explorer 3.0 ",
        "-//Netscape Comm. Corp.//DTD ",
        "-//O'Reilly and Associates//DTD HTML ",
        "-//SQ//DTD HTML 2.0 HoTMetaL + extensions//",
        "-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::extensions to HTML 4.0//",
        "-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::extensions to HTML 4.0//",
        "-//Spyglass//DTD HTML 2.0 Extended//",
        "-//Sun Microsystems Corp.//DTD HotJava ",
        "-//W3C//DTD HTML 3 1995-03-24//",
        "-//W3C//DTD HTML 3.2",
        "-//W3C//DTD HTML 4.0 Frameset//",
        "-//W3C//DTD HTML 4.0 Transitional//",
        "-//W3C//DTD HTML Experimental ",
        "-//W3C//DTD W3 HTML ",
        "-//W3O//DTD W3 HTML 3.0//",
        "-//WebTechs//DTD Mozilla HTML ",
        NULL};
    static const char *const STARTS_WITHOUT_SYSTEM[] = {"-//W3C//DTD HTML 4.01 Frameset//",
                                                        "-//W3C//DTD HTML 4.01 Transitional//", NULL};
    if (token->force_quirks || !hs_str_eq(token->name, HS_STR("html"))) return true;
    if (is_any(token->public_id, IS) || starts_with_any(token->public_id, STARTS)) return true;
    if (hs_str_eq_nocase(token->system_id, HS_STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")))
        return true;
    return !token->system_id.p && starts_with_any(token->public_id, STARTS_WITHOUT_SYSTEM);
}

static void insert_doctype(hs_builder *b) {
    const hs_token *token = &b->in.token;
    hs_node *node = hs_make_node(b, HS_NODE_DOCTYPE);
    node->name = token->name.p ? token->name : HS_STR("");
    if (token->public_id.p || token->system_id.p) {
        node->attrs = HS_NEW(b->arena, hs_attr, 2);
        node->attrs[0] = (hs_attr){HS_STR("public"), token->public_id.p ? token->public_id : HS_STR("")};
        node->attrs[1] = (hs_attr){HS_STR("system"), token->system_id.p ? token->system_id : HS_STR("")};
        node->n_attrs = 2;
    }
    hs_tree_append(b->document, node);
    b->quirks = quirky(token);
}

/* ---- before the body ---- */

bool hs_mode_initial(hs_builder *b) {
    switch (b->in.token.kind) {
    case HS_TOKEN_TEXT:
        hs_take_space(b);
        if (!b->in.token.text.n) return false;
        break;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, b->document); return false;
    case HS_TOKEN_DOCTYPE: insert_doctype(b); return hs_done(b, HS_MODE_BEFORE_HTML);
    default: break;
    }
    b->quirks = true;
    return hs_again(b, HS_MODE_BEFORE_HTML);
}

/* An end tag that opens what is missing, where every other one is ignored. */
static bool opening_end(hs_tag tag) {
    return tag == HS_TAG_HEAD || tag == HS_TAG_BODY || tag == HS_TAG_HTML || tag == HS_TAG_BR;
}

bool hs_mode_before_html(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, b->document); return false;
    case HS_TOKEN_TEXT:
        hs_take_space(b);
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_START:
        if (token->tag != HS_TAG_HTML) break;
        hs_open_root(b, hs_make_element(b));
        return hs_done(b, HS_MODE_BEFORE_HEAD);
    case HS_TOKEN_END:
        if (!opening_end(token->tag)) return false;
        break;
    default: break;
    }
    hs_open_root(b, hs_make_implied(b, HS_TAG_HTML));
    return hs_again(b, HS_MODE_BEFORE_HEAD);
}

bool hs_mode_before_head(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_TEXT:
        hs_take_space(b);
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        if (token->tag != HS_TAG_HEAD) break;
        b->head = hs_insert_element(b);
        return hs_done(b, HS_MODE_IN_HEAD);
    case HS_TOKEN_END:
        if (!opening_end(token->tag)) return false;
        break;
    default: break;
    }
    b->head = hs_insert_implied(b, HS_TAG_HEAD);
    return hs_again(b, HS_MODE_IN_HEAD);
}

void hs_read_raw(hs_builder *b, hs_text_mode mode) {
    hs_insert_element(b);
    b->in.mode = mode;
    b->original_mode = b->mode;
    b->mode = HS_MODE_TEXT;
}

static void open_template(hs_builder *b) {
    hs_insert_element(b);
    hs_formatting_mark(b);
    b->frameset_ok = false;
    b->mode = HS_MODE_IN_TEMPLATE;
    HS_PUSH(b->arena, b->templates, HS_MODE_IN_TEMPLATE);
}

static void close_template(hs_builder *b) {
    if (!b->open[HS_TAG_TEMPLATE]) return;
    hs_imply_ends_thoroughly(b);
    hs_pop_until(b, HS_TAG_TEMPLATE);
    hs_formatting_clear(b);
    if (b->templates.n) b->templates.n--;
    hs_reset_mode(b);
}

bool hs_mode_in_head(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_TEXT:
        hs_insert_text(b, hs_take_space(b));
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_START:
        switch (token->tag) {
        case HS_TAG_HTML: return hs_mode_in_body(b);
        case HS_TAG_BASE:
        case HS_TAG_BASEFONT:
        case HS_TAG_BGSOUND:
        case HS_TAG_LINK:
        case HS_TAG_META: hs_insert_void(b); return false;
        case HS_TAG_TITLE: hs_read_raw(b, HS_TEXT_RCDATA); return false;
        case HS_TAG_NOFRAMES:
        case HS_TAG_STYLE: hs_read_raw(b, HS_TEXT_RAW); return false;
        case HS_TAG_SCRIPT: hs_read_raw(b, HS_TEXT_SCRIPT); return false;
        case HS_TAG_NOSCRIPT: hs_insert_element(b); return hs_done(b, HS_MODE_IN_HEAD_NOSCRIPT);
        case HS_TAG_TEMPLATE: open_template(b); return false;
        case HS_TAG_HEAD: return false;
        default: break;
        }
        break;
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_TEMPLATE) {
            close_template(b);
            return false;
        }
        if (!opening_end(token->tag)) return false;
        if (token->tag == HS_TAG_HEAD) {
            hs_pop(b);
            return hs_done(b, HS_MODE_AFTER_HEAD);
        }
        break;
    default: break;
    }
    hs_pop(b);
    return hs_again(b, HS_MODE_AFTER_HEAD);
}

bool hs_mode_in_head_noscript(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: return hs_mode_in_head(b);
    case HS_TOKEN_TEXT:
        hs_insert_text(b, hs_take_space(b));
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_START:
        switch (token->tag) {
        case HS_TAG_HTML: return hs_mode_in_body(b);
        case HS_TAG_BASEFONT:
        case HS_TAG_BGSOUND:
        case HS_TAG_LINK:
        case HS_TAG_META:
        case HS_TAG_NOFRAMES:
        case HS_TAG_STYLE: return hs_mode_in_head(b);
        case HS_TAG_HEAD:
        case HS_TAG_NOSCRIPT: return false;
        default: break;
        }
        break;
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_NOSCRIPT) {
            hs_pop(b);
            return hs_done(b, HS_MODE_IN_HEAD);
        }
        if (token->tag != HS_TAG_BR) return false;
        break;
    default: break;
    }
    hs_pop(b);
    return hs_again(b, HS_MODE_IN_HEAD);
}

/* An element of the head that comes too late still goes there. */
static bool into_head(hs_builder *b) {
    hs_push(b, b->head);
    bool more = hs_mode_in_head(b);
    size_t at = hs_open_at(b, b->head);
    if (at != HS_NONE) hs_remove_open(b, at);
    return more;
}

bool hs_mode_after_head(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_TEXT:
        hs_insert_text(b, hs_take_space(b));
        if (!token->text.n) return false;
        break;
    case HS_TOKEN_START:
        switch (token->tag) {
        case HS_TAG_HTML: return hs_mode_in_body(b);
        case HS_TAG_BODY:
            hs_insert_element(b);
            b->frameset_ok = false;
            return hs_done(b, HS_MODE_IN_BODY);
        case HS_TAG_FRAMESET: hs_insert_element(b); return hs_done(b, HS_MODE_IN_FRAMESET);
        case HS_TAG_BASE:
        case HS_TAG_BASEFONT:
        case HS_TAG_BGSOUND:
        case HS_TAG_LINK:
        case HS_TAG_META:
        case HS_TAG_NOFRAMES:
        case HS_TAG_SCRIPT:
        case HS_TAG_STYLE:
        case HS_TAG_TEMPLATE:
        case HS_TAG_TITLE: return into_head(b);
        case HS_TAG_HEAD: return false;
        default: break;
        }
        break;
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_TEMPLATE) return hs_mode_in_head(b);
        if (!opening_end(token->tag) || token->tag == HS_TAG_HEAD) return false;
        break;
    default: break;
    }
    hs_insert_implied(b, HS_TAG_BODY);
    return hs_again(b, HS_MODE_IN_BODY);
}

/* Inside an element whose content is text. */
bool hs_mode_text(hs_builder *b) {
    b->mode = b->original_mode;
    switch (b->in.token.kind) {
    case HS_TOKEN_TEXT:
        hs_insert_text(b, b->in.token.text);
        b->mode = HS_MODE_TEXT;
        return false;
    case HS_TOKEN_EOF: hs_pop(b); return true;
    default: hs_pop(b); return false;
    }
}

/* ---- after the body ---- */

bool hs_mode_after_body(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_DOCTYPE: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, b->stack[0]); return false;
    case HS_TOKEN_EOF: return false;
    case HS_TOKEN_TEXT:
        if (hs_all_space(token->text)) return hs_mode_in_body(b);
        break;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        break;
    case HS_TOKEN_END:
        if (token->tag != HS_TAG_HTML) break;
        return b->context ? false : hs_done(b, HS_MODE_AFTER_AFTER_BODY);
    default: break;
    }
    return hs_again(b, HS_MODE_IN_BODY);
}

bool hs_mode_after_after_body(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_EOF: return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, b->document); return false;
    case HS_TOKEN_DOCTYPE: return hs_mode_in_body(b);
    case HS_TOKEN_TEXT:
        if (hs_all_space(token->text)) return hs_mode_in_body(b);
        break;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        break;
    default: break;
    }
    return hs_again(b, HS_MODE_IN_BODY);
}

/* Of the text, white space alone is kept. */
static void insert_space(hs_builder *b) {
    hs_str text = b->in.token.text;
    for (size_t start = 0, at = 0; at <= text.n; at++) {
        if (at < text.n && hs_all_space(hs_str_slice(text, at, at + 1))) continue;
        hs_insert_text(b, hs_str_slice(text, start, at));
        start = at + 1;
    }
}

bool hs_mode_in_frameset(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_TEXT: insert_space(b); return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        if (token->tag == HS_TAG_FRAMESET) hs_insert_element(b);
        else if (token->tag == HS_TAG_FRAME) hs_insert_void(b);
        else if (token->tag == HS_TAG_NOFRAMES) return hs_mode_in_head(b);
        return false;
    case HS_TOKEN_END:
        if (token->tag != HS_TAG_FRAMESET || b->n == 1) return false;
        hs_pop(b);
        if (!b->context && hs_current(b)->tag != HS_TAG_FRAMESET) b->mode = HS_MODE_AFTER_FRAMESET;
        return false;
    default: return false;
    }
}

bool hs_mode_after_frameset(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_TEXT: insert_space(b); return false;
    case HS_TOKEN_COMMENT: hs_insert_comment(b, NULL); return false;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        return token->tag == HS_TAG_NOFRAMES ? hs_mode_in_head(b) : false;
    case HS_TOKEN_END:
        if (token->tag == HS_TAG_HTML) b->mode = HS_MODE_AFTER_AFTER_FRAMESET;
        return false;
    default: return false;
    }
}

bool hs_mode_after_after_frameset(hs_builder *b) {
    const hs_token *token = &b->in.token;
    switch (token->kind) {
    case HS_TOKEN_COMMENT: hs_insert_comment(b, b->document); return false;
    case HS_TOKEN_TEXT: insert_space(b); return false;
    case HS_TOKEN_START:
        if (token->tag == HS_TAG_HTML) return hs_mode_in_body(b);
        return token->tag == HS_TAG_NOFRAMES ? hs_mode_in_head(b) : false;
    default: return false;
    }
}
