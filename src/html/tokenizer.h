/* The tokenizer (the HTML Standard, 13.2.5): text of a page → tokens, one at a time. Text comes in runs as long as can be, as slices
 * of the input, which is decoded in place. Memory is the arena's. */
#ifndef HS_HTML_TOKENIZER_H
#define HS_HTML_TOKENIZER_H

#include "html/tree.h"

typedef enum hs_token_kind {
    HS_TOKEN_EOF,
    HS_TOKEN_TEXT,
    HS_TOKEN_START,
    HS_TOKEN_END,
    HS_TOKEN_COMMENT,
    HS_TOKEN_DOCTYPE
} hs_token_kind;

typedef struct hs_token {
    uint8_t kind; /* hs_token_kind */
    uint8_t tag;  /* hs_tag */
    bool self_closing;
    bool has_nul;      /* a text with U+0000 in it */
    bool force_quirks; /* of a doctype */
    hs_str name;       /* of a tag, in lower case; of a doctype (absent: missing) */
    hs_str text;       /* of a text or comment */
    hs_attr *attrs;    /* names in lower case, each once */
    uint32_t n_attrs;
    hs_str public_id, system_id; /* of a doctype; absent: missing */
} hs_token;

/* How text is read: the standard's states of these names. */
typedef enum hs_text_mode {
    HS_TEXT_DATA,
    HS_TEXT_RCDATA,
    HS_TEXT_RAW,
    HS_TEXT_SCRIPT,
    HS_TEXT_PLAIN,
    HS_TEXT_CDATA
} hs_text_mode;

typedef struct hs_tokenizer {
    hs_arena *arena;
    const char *start, *at, *end;
    hs_text_mode mode;
    hs_str last_start; /* the name whose end tag ends RCDATA, raw text and scripts */
    bool cdata;        /* "<![CDATA[" begins a section: we are in SVG or MathML */
    hs_token token;    /* the newest */
    hs_attr *free_attrs;
    size_t n_free_attrs;
    size_t attrs_left; /* that may still be kept */
} hs_tokenizer;

/* Gets ready to read `text` (valid UTF-8), which is as hs_scan_copy gives it and is written to: names are put in lower case and
 * references decoded where they stand. */
void hs_tokenizer_init(hs_tokenizer *t, hs_arena *arena, hs_str text);

/* Reads the next token into t->token. The attributes of a start tag stay valid when hs_tokenizer_keep is called before the next. */
void hs_tokenizer_next(hs_tokenizer *t);
void hs_tokenizer_keep(hs_tokenizer *t);

#endif
