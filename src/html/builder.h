/* Tree construction (the HTML Standard, 13.2.6): what its insertion modes share. Private to the room.
 *
 * A mode takes the token in b->in.token. It returns false when it is done with it, true when the token is to be taken once more,
 * in the mode that is then set. A mode that uses "the rules for" another calls it. */
#ifndef HS_HTML_BUILDER_H
#define HS_HTML_BUILDER_H

#include "html/tokenizer.h"

enum {
    HS_STACK_SLACK = 32,    /* elements that open by themselves beyond the deepest tag */
    HS_FORMATTING_MOST = 64 /* formatting elements waiting to be opened again */
};

typedef enum hs_mode {
    HS_MODE_INITIAL,
    HS_MODE_BEFORE_HTML,
    HS_MODE_BEFORE_HEAD,
    HS_MODE_IN_HEAD,
    HS_MODE_IN_HEAD_NOSCRIPT,
    HS_MODE_AFTER_HEAD,
    HS_MODE_IN_BODY,
    HS_MODE_TEXT,
    HS_MODE_IN_TABLE,
    HS_MODE_IN_TABLE_TEXT,
    HS_MODE_IN_CAPTION,
    HS_MODE_IN_COLUMN_GROUP,
    HS_MODE_IN_TABLE_BODY,
    HS_MODE_IN_ROW,
    HS_MODE_IN_CELL,
    HS_MODE_IN_TEMPLATE,
    HS_MODE_AFTER_BODY,
    HS_MODE_IN_FRAMESET,
    HS_MODE_AFTER_FRAMESET,
    HS_MODE_AFTER_AFTER_BODY,
    HS_MODE_AFTER_AFTER_FRAMESET,
    HS_MODE_COUNT
} hs_mode;

typedef struct hs_builder {
    hs_arena *arena;
    hs_tokenizer in;
    hs_node *document;
    hs_node *stack[HS_TREE_DEPTH + HS_STACK_SLACK]; /* the open elements */
    size_t n;
    uint16_t open[HS_TAG_COUNT];             /* how many of them have each tag */
    hs_node *formatting[HS_FORMATTING_MOST]; /* the active formatting elements; NULL is a marker */
    size_t n_formatting;
    size_t n_nodes;            /* made so far */
    size_t nodes_left;         /* that may still be made before tags are left out */
    const hs_node *last_text;  /* the text that was last added to, as long as nothing was kept of the page since */
    HS_VEC(uint8_t) templates; /* the template insertion modes */
    HS_VEC(hs_str) table_text; /* pending table characters */
    hs_node *head, *form;
    hs_node *context;            /* of a fragment */
    size_t dropped;              /* start tags left out as too deep whose end tags have not come */
    uint8_t mode, original_mode; /* hs_mode */
    bool frameset_ok, foster, quirks, skip_newline, skip_raw;
    hs_node *free_nodes;
    size_t n_free_nodes;
} hs_builder;

/* ---- open_elements.c: the stack, the list of active formatting elements ---- */

static inline hs_node *hs_current(const hs_builder *b) {
    return b->stack[b->n - 1];
}

hs_node *hs_adjusted_current(const hs_builder *b);
void hs_push(hs_builder *b, hs_node *node);
void hs_pop(hs_builder *b);
void hs_pop_until(hs_builder *b, hs_tag tag); /* the newest element with the tag is popped too */
void hs_pop_to(hs_builder *b, size_t n);      /* n elements are left */
void hs_remove_open(hs_builder *b, size_t at);
size_t hs_open_at(const hs_builder *b, const hs_node *node); /* its place on the stack, or HS_NONE */

bool hs_in_scope(const hs_builder *b, hs_tag tag);
bool hs_in_list_scope(const hs_builder *b, hs_tag tag);
bool hs_in_button_scope(const hs_builder *b, hs_tag tag);
bool hs_in_table_scope(const hs_builder *b, hs_tag tag);
bool hs_node_in_scope(const hs_builder *b, const hs_node *node);
bool hs_heading_in_scope(const hs_builder *b);

void hs_imply_ends(hs_builder *b, hs_tag except);
void hs_imply_ends_thoroughly(hs_builder *b);
void hs_close_p(hs_builder *b);
void hs_close_p_in_button_scope(hs_builder *b);

void hs_formatting_push(hs_builder *b, hs_node *node);
void hs_formatting_mark(hs_builder *b);
void hs_formatting_clear(hs_builder *b); /* up to the last marker */
void hs_formatting_reopen(hs_builder *b);
void hs_formatting_remove(hs_builder *b, size_t at);
size_t hs_formatting_at(const hs_builder *b, const hs_node *node); /* or HS_NONE */
size_t hs_formatting_last(const hs_builder *b, hs_tag tag);        /* behind the last marker, or HS_NONE */

/* ---- insertion.c: nodes into the tree ---- */

typedef struct hs_place {
    hs_node *parent, *before; /* NULL: as the last child */
} hs_place;

hs_place hs_appropriate_place(const hs_builder *b, hs_node *target);
void hs_insert_at(hs_place place, hs_node *node);
void hs_unlink(hs_node *node);
hs_node *hs_make_node(hs_builder *b, hs_node_kind kind);
hs_node *hs_clone_element(hs_builder *b, const hs_node *node);
hs_node *hs_make_element(hs_builder *b);             /* for the token, not yet in the tree */
hs_node *hs_make_implied(hs_builder *b, hs_tag tag); /* for a tag that the page left out, likewise */
void hs_open_root(hs_builder *b, hs_node *root);

hs_node *hs_insert_element(hs_builder *b); /* for the token; it is then the current node */
hs_node *hs_insert_implied(hs_builder *b, hs_tag tag);
hs_node *hs_insert_foreign(hs_builder *b, hs_namespace space);
void hs_insert_void(hs_builder *b); /* for the token, and pops it */
void hs_insert_text(hs_builder *b, hs_str text);
/* Moves `more` up to `text`, where both lie in the page and nothing between them is wanted any more; else false. */
bool hs_join_text(const hs_builder *b, hs_str *text, hs_str more);
void hs_insert_comment(hs_builder *b, hs_node *parent); /* NULL: at the appropriate place */
void hs_merge_attributes(hs_builder *b, hs_node *node);

/* The white space that the text token begins with, taken off it. */
hs_str hs_take_space(hs_builder *b);
bool hs_all_space(hs_str text);
hs_str hs_token_attr(const hs_token *token, hs_str name);

/* ---- the modes ---- */

/* What a mode returns when it goes over to another: with the token still to be taken, or done with it. */
static inline bool hs_again(hs_builder *b, hs_mode mode) {
    b->mode = (uint8_t)mode;
    return true;
}

static inline bool hs_done(hs_builder *b, hs_mode mode) {
    b->mode = (uint8_t)mode;
    return false;
}

bool hs_mode_take(hs_builder *b); /* in b->mode */
bool hs_mode_initial(hs_builder *b);
bool hs_mode_before_html(hs_builder *b);
bool hs_mode_before_head(hs_builder *b);
bool hs_mode_in_head(hs_builder *b);
bool hs_mode_in_head_noscript(hs_builder *b);
bool hs_mode_after_head(hs_builder *b);
bool hs_mode_in_body(hs_builder *b);
bool hs_mode_text(hs_builder *b);
bool hs_mode_in_table(hs_builder *b);
bool hs_mode_in_table_text(hs_builder *b);
bool hs_mode_in_caption(hs_builder *b);
bool hs_mode_in_column_group(hs_builder *b);
bool hs_mode_in_table_body(hs_builder *b);
bool hs_mode_in_row(hs_builder *b);
bool hs_mode_in_cell(hs_builder *b);
bool hs_mode_in_template(hs_builder *b);
bool hs_mode_after_body(hs_builder *b);
bool hs_mode_in_frameset(hs_builder *b);
bool hs_mode_after_frameset(hs_builder *b);
bool hs_mode_after_after_body(hs_builder *b);
bool hs_mode_after_after_frameset(hs_builder *b);

bool hs_foreign_take(hs_builder *b);       /* foreign.c: the rules for SVG and MathML */
bool hs_foreign_next(const hs_builder *b); /* is the token theirs? */

void hs_read_raw(hs_builder *b, hs_text_mode mode); /* inserts the token's element and reads its text */
void hs_reset_mode(hs_builder *b);

#endif
