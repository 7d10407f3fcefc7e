/* The tokenizer: see tokenizer.h. The standard's states that read one character each are loops here, over text that a NUL ends; what a
 * state's errors are does not matter, what it makes of them does. */
#include "html/tokenizer.h"

#include <string.h>

#include "base/utf8.h"
#include "html/names.h"
#include "html/scan.h"

enum {
    ATTRIBUTES_AT_ONCE = 2048,
    ATTRIBUTES_AT_LEAST = 40000, /* that a page may have; real ones have one in 118 bytes */
    BYTES_AN_ATTRIBUTE = 128
};

static const hs_str REPLACEMENT = {"\xEF\xBF\xBD", 3};

/* What a byte is to the tokenizer. */
enum { SPACE = 1, ENDS_TAG_NAME = 2, ENDS_ATTR_NAME = 4, UPPER = 8, LETTER = 16, ENDS_UNQUOTED = 32 };

static const uint8_t CLASS[256] = {
    [0] = ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    ['\t'] = SPACE | ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    ['\n'] = SPACE | ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    ['\f'] = SPACE | ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    [' '] = SPACE | ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    ['/'] = ENDS_TAG_NAME | ENDS_ATTR_NAME,
    ['='] = ENDS_ATTR_NAME,
    ['>'] = ENDS_TAG_NAME | ENDS_ATTR_NAME | ENDS_UNQUOTED,
    ['A'] = UPPER | LETTER,
    ['B'] = UPPER | LETTER,
    ['C'] = UPPER | LETTER,
    ['D'] = UPPER | LETTER,
    ['E'] = UPPER | LETTER,
    ['F'] = UPPER | LETTER,
    ['G'] = UPPER | LETTER,
    ['H'] = UPPER | LETTER,
    ['I'] = UPPER | LETTER,
    ['J'] = UPPER | LETTER,
    ['K'] = UPPER | LETTER,
    ['L'] = UPPER | LETTER,
    ['M'] = UPPER | LETTER,
    ['N'] = UPPER | LETTER,
    ['O'] = UPPER | LETTER,
    ['P'] = UPPER | LETTER,
    ['Q'] = UPPER | LETTER,
    ['R'] = UPPER | LETTER,
    ['S'] = UPPER | LETTER,
    ['T'] = UPPER | LETTER,
    ['U'] = UPPER | LETTER,
    ['V'] = UPPER | LETTER,
    ['W'] = UPPER | LETTER,
    ['X'] = UPPER | LETTER,
    ['Y'] = UPPER | LETTER,
    ['Z'] = UPPER | LETTER,
    ['a'] = LETTER,
    ['b'] = LETTER,
    ['c'] = LETTER,
    ['d'] = LETTER,
    ['e'] = LETTER,
    ['f'] = LETTER,
    ['g'] = LETTER,
    ['h'] = LETTER,
    ['i'] = LETTER,
    ['j'] = LETTER,
    ['k'] = LETTER,
    ['l'] = LETTER,
    ['m'] = LETTER,
    ['n'] = LETTER,
    ['o'] = LETTER,
    ['p'] = LETTER,
    ['q'] = LETTER,
    ['r'] = LETTER,
    ['s'] = LETTER,
    ['t'] = LETTER,
    ['u'] = LETTER,
    ['v'] = LETTER,
    ['w'] = LETTER,
    ['x'] = LETTER,
    ['y'] = LETTER,
    ['z'] = LETTER,
};

static unsigned class_of(char c) {
    return CLASS[(unsigned char)c];
}

void hs_tokenizer_init(hs_tokenizer *t, hs_arena *arena, hs_str text) {
    *t = (hs_tokenizer){.arena = arena, .start = text.p, .at = text.p, .end = text.p + text.n};
    t->attrs_left = ATTRIBUTES_AT_LEAST + text.n / BYTES_AN_ATTRIBUTE;
}

void hs_tokenizer_keep(hs_tokenizer *t) {
    if (!t->token.n_attrs) return;
    t->free_attrs += t->token.n_attrs;
    t->n_free_attrs -= t->token.n_attrs;
    t->attrs_left -= t->token.n_attrs;
    t->token.n_attrs = 0;
}

static hs_str between(const char *from, const char *to) {
    return (hs_str){from, (size_t)(to - from)};
}

static bool starts_nocase(const hs_tokenizer *t, const char *p, hs_str lower) {
    return hs_str_starts_nocase(between(p, t->end), lower);
}

static hs_str without_nuls(hs_tokenizer *t, hs_str s) {
    return hs_str_replace_nuls(t->arena, s, REPLACEMENT);
}

/* The piece with its references decoded, in place: what a reference stands for is hardly ever longer than the reference. Where it is, and
 * no room was gained before, the rest goes to a copy; none stands for more than six fifths of its own length. */
static hs_str decoded(hs_tokenizer *t, hs_str s, bool in_attribute) {
    const char *amp = memchr(s.p, '&', s.n);
    if (!amp) return s;
    char *out = (char *)s.p;
    size_t at = (size_t)(amp - s.p), n = at;
    while (at < s.n) {
        char made[HS_REFERENCE_MOST] = "&";
        size_t n_made = 1, read = hs_reference_read(made, &n_made, hs_str_slice(s, at, s.n), in_attribute);
        at += read ? read : 1;
        if (out == s.p && n + n_made > at) {
            out = hs_arena_alloc(t->arena, s.n + s.n / 5 + HS_REFERENCE_MOST, 1);
            memcpy(out, s.p, n);
        }
        memcpy(out + n, made, n_made);
        n += n_made;
        amp = at < s.n ? memchr(s.p + at, '&', s.n - at) : NULL;
        size_t end = amp ? (size_t)(amp - s.p) : s.n;
        memmove(out + n, s.p + at, end - at);
        n += end - at;
        at = end;
    }
    return (hs_str){out, n};
}

static void set_text(hs_tokenizer *t, hs_token_kind kind, hs_str text) {
    t->token.kind = (uint8_t)kind;
    t->token.text = text;
}

/* ---- tags ---- */

static hs_str lower_name(hs_tokenizer *t, const char *from, const char *to, bool change) {
    hs_str name = between(from, to);
    if (!change) return name;
    for (char *c = (char *)from; c < to; c++)
        if (class_of(*c) & UPPER) *c = (char)(*c | 32);
    return without_nuls(t, name);
}

/* The name that begins at `p`; returns its end. */
static const char *read_tag_name(hs_tokenizer *t, const char *p) {
    const char *start = p;
    uint64_t key = 0;
    bool change = false;
    for (;; p++) {
        unsigned class = class_of(*p);
        if (class & ENDS_TAG_NAME) {
            if (*p || p == t->end) break;
            change = true; /* a NUL inside the name */
        }
        change |= (class & UPPER) != 0;
        key = key << 8 | (unsigned char)(class & UPPER ? *p | 32 : *p);
    }
    hs_str name = lower_name(t, start, p, change);
    t->token.tag = (uint8_t)hs_tag_of_key(key, name);
    t->token.name = t->token.tag ? hs_tag_name(t->token.tag) : name;
    return p;
}

static bool has_attr(const hs_token *token, hs_str name) {
    for (size_t i = 0; i < token->n_attrs; i++)
        if (hs_str_eq(token->attrs[i].name, name)) return true;
    return false;
}

static void add_attr(hs_tokenizer *t, hs_str name, hs_str value) {
    if (t->token.n_attrs >= HS_TREE_ATTRIBUTES || t->token.n_attrs >= t->attrs_left || has_attr(&t->token, name))
        return;
    t->token.attrs[t->token.n_attrs++] = (hs_attr){name, value};
}

/* The value behind "=" at p; *value is set. Returns its end, past a closing quotation mark, or NULL at the end of the page. */
static const char *read_value(hs_tokenizer *t, const char *p, hs_str *value) {
    while (class_of(*p) & SPACE) p++;
    const char *start = p;
    if (*p == '>') {
        *value = between(p, p);
        return p;
    }
    bool reference = false, nul = false;
    char quote = *p == '"' || *p == '\'' ? *p : 0;
    if (quote) {
        start = ++p;
        while (*(p = hs_scan_for(p, quote, '&')) != quote) {
            if (p == t->end) return NULL;
            if (*p) reference = true;
            else nul = true;
            p++;
        }
    } else {
        while (!(class_of(*p) & ENDS_UNQUOTED) || (!*p && p != t->end)) {
            reference |= *p == '&';
            nul |= *p == 0;
            p++;
        }
        if (p == t->end) return NULL;
    }
    *value = between(start, p);
    if (nul) *value = without_nuls(t, *value);
    if (reference) *value = decoded(t, *value, true);
    return quote ? p + 1 : p;
}

/* One attribute at p, which is no space, "/" or ">". Returns its end, or NULL at the end of the page. */
static const char *read_attribute(hs_tokenizer *t, const char *p) {
    const char *start = p;
    bool change = false;
    if (*p == '=') p++;
    for (;; p++) {
        unsigned class = class_of(*p);
        if (class & ENDS_ATTR_NAME) {
            if (*p || p == t->end) break;
            change = true;
        }
        change |= (class & UPPER) != 0;
    }
    if (p == t->end) return NULL;
    hs_str name = lower_name(t, start, p, change), value = between(p, p);
    while (class_of(*p) & SPACE) p++;
    if (*p == '=') p = read_value(t, p + 1, &value);
    if (p) add_attr(t, name, value);
    return p;
}

static void claim_attributes(hs_tokenizer *t) {
    if (t->n_free_attrs < HS_TREE_ATTRIBUTES) {
        t->free_attrs = HS_NEW(t->arena, hs_attr, ATTRIBUTES_AT_ONCE);
        t->n_free_attrs = ATTRIBUTES_AT_ONCE;
    }
    t->token.attrs = t->free_attrs;
}

/* A tag whose name begins at p; a page that ends inside of it ends there. */
static void read_tag(hs_tokenizer *t, const char *p, hs_token_kind kind) {
    t->token.self_closing = false;
    t->token.n_attrs = 0;
    p = read_tag_name(t, p);
    if (*p != '>') claim_attributes(t);
    while (p && *p != '>') {
        if (class_of(*p) & SPACE) p++;
        else if (p == t->end) p = NULL;
        else if (*p == '/') t->token.self_closing = *++p == '>';
        else p = read_attribute(t, p);
    }
    if (!p) {
        t->at = t->end;
        t->token.kind = HS_TOKEN_EOF;
        return;
    }
    t->at = p + 1;
    t->token.kind = (uint8_t)kind;
    if (kind == HS_TOKEN_START) t->last_start = t->token.name;
}

/* ---- comments, doctypes ---- */

static void read_bogus_comment(hs_tokenizer *t, const char *p) {
    const char *end = memchr(p, '>', (size_t)(t->end - p));
    t->at = end ? end + 1 : t->end;
    set_text(t, HS_TOKEN_COMMENT, without_nuls(t, between(p, end ? end : t->end)));
}

/* Where the comment whose text begins at p ends; *next is where the page goes on. */
static const char *comment_end(const hs_tokenizer *t, const char *p, const char **next) {
    if (*p == '>' || (p[0] == '-' && p[1] == '>')) {
        *next = p + 1 + (*p == '-');
        return p;
    }
    for (const char *at = p; (at = memchr(at, '-', (size_t)(t->end - at))); at++) {
        if (at[1] != '-') continue;
        size_t n = at[2] == '>' ? 3 : at[2] == '!' && at[3] == '>' ? 4 : 0;
        if (!n) continue;
        *next = at + n;
        return at;
    }
    *next = t->end;
    size_t n = (size_t)(t->end - p);
    if (n >= 3 && memcmp(t->end - 3, "--!", 3) == 0) return t->end - 3;
    if (n >= 2 && memcmp(t->end - 2, "--", 2) == 0) return t->end - 2;
    return n >= 1 && t->end[-1] == '-' ? t->end - 1 : t->end;
}

static void read_comment(hs_tokenizer *t, const char *p) {
    const char *end = comment_end(t, p, &t->at);
    set_text(t, HS_TOKEN_COMMENT, without_nuls(t, between(p, end)));
}

static const char *skip_space(const char *p) {
    while (class_of(*p) & SPACE) p++;
    return p;
}

/* The identifier in quotation marks at p. Returns its end, or NULL where ">" or the page's end came first. */
static const char *read_identifier(hs_tokenizer *t, const char *p, hs_str *id) {
    char quote = *p++;
    const char *start = p;
    while (*p != quote && *p != '>' && p != t->end) p++;
    *id = without_nuls(t, between(start, p));
    if (*p == quote && p != t->end) return p + 1;
    t->token.force_quirks = true;
    t->at = p;
    return NULL;
}

/* What stands behind a doctype's name. Returns where its end is looked for; NULL: at t->at. */
static const char *read_identifiers(hs_tokenizer *t, const char *p) {
    bool public = starts_nocase(t, p, HS_STR("public"));
    if (!public && !starts_nocase(t, p, HS_STR("system"))) {
        t->token.force_quirks = true;
        return p;
    }
    p = skip_space(p + 6);
    if (*p != '"' && *p != '\'') {
        t->token.force_quirks = true;
        return p;
    }
    p = read_identifier(t, p, public ? &t->token.public_id : &t->token.system_id);
    if (!p || !public) return p;
    p = skip_space(p);
    if (*p == '"' || *p == '\'') return read_identifier(t, p, &t->token.system_id);
    if (*p != '>') t->token.force_quirks = true;
    return p;
}

/* A doctype; p is behind the word. */
static void read_doctype(hs_tokenizer *t, const char *p) {
    hs_token *token = &t->token;
    token->kind = HS_TOKEN_DOCTYPE;
    token->force_quirks = false;
    token->name = token->public_id = token->system_id = (hs_str){0};
    p = skip_space(p);
    const char *start = p;
    while (*p != '>' && !(class_of(*p) & SPACE) && p != t->end) p++;
    if (p == start) token->force_quirks = true;
    else token->name = lower_name(t, start, p, true);
    p = skip_space(p);
    if (*p != '>' && p != t->end) {
        p = read_identifiers(t, p);
        if (!p) p = t->at;
    }
    const char *end = memchr(p, '>', (size_t)(t->end - p));
    if (!end && skip_space(p) == t->end) token->force_quirks = true; /* else the rest is bogus, which is all the same */
    t->at = end ? end + 1 : t->end;
}

/* ---- text ---- */

static void read_text(hs_tokenizer *t, const char *end, bool references) {
    hs_str text = between(t->at, end);
    t->at = end;
    t->token.has_nul = t->mode == HS_TEXT_DATA && memchr(text.p, 0, text.n);
    if (t->mode != HS_TEXT_DATA && t->mode != HS_TEXT_CDATA) text = without_nuls(t, text);
    set_text(t, HS_TOKEN_TEXT, references ? decoded(t, text, false) : text);
}

/* Does markup begin at p, where "<" is? */
static bool markup(const hs_tokenizer *t, const char *p) {
    if (class_of(p[1]) & LETTER || p[1] == '!' || p[1] == '?') return true;
    return p[1] == '/' && p + 2 != t->end;
}

static void read_data(hs_tokenizer *t) {
    const char *p = t->at;
    bool references = false, nul = false;
    for (;; p++) {
        p = hs_scan_for(p, '<', '&');
        if (*p == '&') references = true;
        else if (*p ? markup(t, p) : p == t->end) break;
        else nul |= !*p;
    }
    hs_str text = between(t->at, p);
    t->at = p;
    t->token.has_nul = nul;
    set_text(t, HS_TOKEN_TEXT, references ? decoded(t, text, false) : text);
}

/* Does the end tag of the element that we are in begin at p, where "<" is? */
static bool appropriate_end(const hs_tokenizer *t, const char *p) {
    if (p[1] != '/' || !t->last_start.n || !starts_nocase(t, p + 2, t->last_start)) return false;
    char next = p[2 + t->last_start.n];
    return class_of(next) & SPACE || next == '/' || next == '>';
}

static const char *raw_end(const hs_tokenizer *t) {
    for (const char *p = t->at; (p = memchr(p, '<', (size_t)(t->end - p))); p++)
        if (appropriate_end(t, p)) return p;
    return t->end;
}

/* "script" at p with a space, "/" or ">" behind it. */
static bool script_word(const hs_tokenizer *t, const char *p) {
    return starts_nocase(t, p, HS_STR("script")) && (class_of(p[6]) & SPACE || p[6] == '/' || p[6] == '>');
}

/* 13.2.5.4 and the states from 15 to 31: inside "<!--" a script may hold another script, with its end tag. */
static const char *script_end(const hs_tokenizer *t) {
    const char *p = t->at;
    enum { PLAIN, ESCAPED, TWICE } state = PLAIN;
    while (p < t->end) {
        if (state == PLAIN) {
            p = memchr(p, '<', (size_t)(t->end - p));
            if (!p) return t->end;
            if (appropriate_end(t, p)) return p;
            if (memcmp(p, "<!--", 4) == 0) {
                state = ESCAPED;
                p += 2; /* its dashes may be those of "-->" */
            } else p++;
        } else if (*p == '-' && p[1] == '-' && p[2] == '>') {
            state = PLAIN;
            p += 3;
        } else if (*p == '<' && state == ESCAPED) {
            if (appropriate_end(t, p)) return p;
            if (script_word(t, p + 1)) state = TWICE;
            p++;
        } else if (*p == '<' && p[1] == '/' && script_word(t, p + 2)) {
            state = ESCAPED;
            p++;
        } else p++;
    }
    return t->end;
}

static const char *cdata_end(const hs_tokenizer *t) {
    size_t found = hs_str_find(between(t->at, t->end), HS_STR("]]>"));
    return found == HS_NONE ? t->end : t->at + found;
}

/* A run of text in t->mode; may be empty. */
static void read_run(hs_tokenizer *t) {
    switch (t->mode) {
    case HS_TEXT_DATA: read_data(t); break;
    case HS_TEXT_RCDATA: read_text(t, raw_end(t), true); break;
    case HS_TEXT_RAW: read_text(t, raw_end(t), false); break;
    case HS_TEXT_SCRIPT: read_text(t, script_end(t), false); break;
    case HS_TEXT_PLAIN: read_text(t, t->end, false); break;
    case HS_TEXT_CDATA:
        read_text(t, cdata_end(t), false);
        t->token.has_nul = memchr(t->token.text.p, 0, t->token.text.n) != NULL;
        if (t->at < t->end) t->at += 3;
        t->mode = HS_TEXT_DATA;
        break;
    }
}

/* Markup at t->at; false when it makes no token. */
static bool read_markup(hs_tokenizer *t) {
    const char *p = t->at;
    if (class_of(p[1]) & LETTER) {
        read_tag(t, p + 1, HS_TOKEN_START);
    } else if (p[1] == '/') {
        if (class_of(p[2]) & LETTER) read_tag(t, p + 2, HS_TOKEN_END);
        else if (p[2] != '>') read_bogus_comment(t, p + 2);
        else {
            t->at = p + 3;
            return false;
        }
    } else if (p[1] == '?') {
        read_bogus_comment(t, p + 1);
    } else if (p[2] == '-' && p[3] == '-') {
        read_comment(t, p + 4);
    } else if (starts_nocase(t, p + 2, HS_STR("doctype"))) {
        read_doctype(t, p + 9);
    } else if (t->cdata && hs_str_starts(between(p + 2, t->end), HS_STR("[CDATA["))) {
        t->at = p + 9;
        t->mode = HS_TEXT_CDATA;
        return false;
    } else {
        read_bogus_comment(t, p + 2);
    }
    return true;
}

void hs_tokenizer_next(hs_tokenizer *t) {
    for (;;) {
        if (t->at == t->end) {
            t->token.kind = HS_TOKEN_EOF;
            return;
        }
        bool raw = t->mode != HS_TEXT_DATA && t->mode != HS_TEXT_CDATA && t->mode != HS_TEXT_PLAIN;
        bool at_markup =
            *t->at == '<' && (raw ? appropriate_end(t, t->at) : t->mode == HS_TEXT_DATA && markup(t, t->at));
        if (at_markup) {
            t->mode = HS_TEXT_DATA;
            if (read_markup(t)) return;
            continue;
        }
        read_run(t);
        if (t->token.text.n) return;
    }
}
