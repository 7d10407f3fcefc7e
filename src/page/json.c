/* The lenient JSON reader: see json.h. One pass, no recursion. */
#include "page/json.h"

#include "base/utf8.h"

enum { MAX_DEPTH = 64, MAX_VALUES = 100000 };

typedef struct reader {
    hs_arena *arena;
    hs_str s;
    size_t at, depth, values;
    hs_json *open;   /* the list or object that is being filled */
    hs_str key;      /* waiting for its value */
    size_t too_deep; /* brackets open beyond MAX_DEPTH */
} reader;

static bool space(char c) {
    return (unsigned char)c <= ' ';
}

static size_t next_solid(hs_str s, size_t at) {
    while (at < s.n && space(s.p[at])) at++;
    return at;
}

/* Past `end`, or to the end of the script. */
static size_t past(hs_str s, size_t at, hs_str end) {
    size_t found = hs_str_find(hs_str_slice(s, at, s.n), end);
    return found == HS_NONE ? s.n : at + found + end.n;
}

/* A comment or a mark of CDATA at `at`: the byte after it, or `at`. */
static size_t skip_comment(hs_str s, size_t at) {
    hs_str rest = hs_str_slice(s, at, s.n);
    if (hs_str_starts(rest, HS_STR("/*<![CDATA["))) return at + 11;
    if (hs_str_starts(rest, HS_STR("<![CDATA["))) return at + 9;
    if (hs_str_starts(rest, HS_STR("/*"))) return past(s, at, HS_STR("*/"));
    if (hs_str_starts(rest, HS_STR("//"))) return past(s, at, HS_STR("\n"));
    return at;
}

/* Does the quotation mark at `at` end its string? Then something follows that can follow a string; else it was forgotten to escape. */
static bool closes(hs_str s, size_t at) {
    size_t next = next_solid(s, at + 1);
    if (next >= s.n) return true;
    char c = s.p[next];
    if (c == ':' || c == '}' || c == ']') return true;
    if (c == '"') return next > at + 1; /* a missing comma, if there is space between */
    if (c != ',') return false;
    next = next_solid(s, next + 1);
    return next >= s.n || s.p[next] == '"' || s.p[next] == ',' || s.p[next] == '{' || s.p[next] == '[' ||
           s.p[next] == '}' || s.p[next] == ']' || s.p[next] == '-' || (s.p[next] >= '0' && s.p[next] <= '9') ||
           hs_str_starts(hs_str_slice(s, next, s.n), HS_STR("true")) ||
           hs_str_starts(hs_str_slice(s, next, s.n), HS_STR("false")) ||
           hs_str_starts(hs_str_slice(s, next, s.n), HS_STR("null"));
}

/* The string whose opening mark is at r->at. */
static hs_str read_string(reader *r, bool *escaped) {
    size_t start = ++r->at;
    *escaped = false;
    for (; r->at < r->s.n; r->at++) {
        char c = r->s.p[r->at];
        if (c == '\\') {
            *escaped = true;
            r->at++;
        } else if (c == '"' && closes(r->s, r->at)) {
            return hs_str_slice(r->s, start, r->at++);
        }
    }
    return hs_str_slice(r->s, start, r->s.n);
}

static hs_json *add(reader *r, hs_json_kind kind) {
    if (r->values == MAX_VALUES) return NULL;
    r->values++;
    hs_json *value = HS_NEW(r->arena, hs_json, 1);
    value->kind = kind;
    value->key = r->key;
    value->parent = r->open;
    r->key = (hs_str){0};
    if (r->open->last) r->open->last->next = value;
    else r->open->first = value;
    r->open->last = value;
    return value;
}

static void open_bracket(reader *r, hs_json_kind kind) {
    r->at++;
    hs_json *value = r->too_deep || r->depth == MAX_DEPTH ? NULL : add(r, kind);
    if (!value) {
        r->too_deep++;
        return;
    }
    r->open = value;
    r->depth++;
}

static void close_bracket(reader *r) {
    r->at++;
    r->key = (hs_str){0};
    if (r->too_deep) r->too_deep--;
    else if (r->open->parent) {
        r->open = r->open->parent;
        r->depth--;
    }
}

static void take_string(reader *r) {
    bool escaped;
    hs_str text = read_string(r, &escaped);
    size_t next = next_solid(r->s, r->at);
    if (r->too_deep) return;
    if (r->open->kind == HS_JSON_OBJECT && !r->key.p && next < r->s.n && r->s.p[next] == ':') {
        r->key = text;
        r->at = next + 1;
        return;
    }
    hs_json *value = add(r, HS_JSON_STRING);
    if (!value) return;
    value->text = text;
    value->escaped = escaped;
}

/* A number, true, false, null, or something that has no business here. */
static void take_word(reader *r) {
    size_t start = r->at;
    while (r->at < r->s.n && !space(r->s.p[r->at]) && r->s.p[r->at] != ',' && r->s.p[r->at] != '}' &&
           r->s.p[r->at] != ']' && r->s.p[r->at] != '"' && r->s.p[r->at] != '{' && r->s.p[r->at] != '[')
        r->at++;
    if (r->at == start) r->at++;
    if (r->too_deep || !r->key.p) return;
    hs_json *value = add(r, HS_JSON_OTHER);
    if (value) value->text = hs_str_slice(r->s, start, r->at);
}

static void step(reader *r) {
    size_t after = skip_comment(r->s, r->at);
    if (after > r->at) {
        r->at = after;
        return;
    }
    switch (r->s.p[r->at]) {
    case '{': open_bracket(r, HS_JSON_OBJECT); return;
    case '[': open_bracket(r, HS_JSON_LIST); return;
    case '}':
    case ']': close_bracket(r); return;
    case '"': take_string(r); return;
    case ',':
        r->key = (hs_str){0};
        r->at++;
        return;
    default: take_word(r);
    }
}

const hs_json *hs_json_read(hs_arena *arena, hs_str script) {
    hs_json *all = HS_NEW(arena, hs_json, 1);
    all->kind = HS_JSON_LIST;
    reader r = {.arena = arena, .s = script, .open = all};
    while ((r.at = next_solid(r.s, r.at)) < r.s.n && r.values < MAX_VALUES) step(&r);
    return all;
}

const hs_json *hs_json_get(const hs_json *object, hs_str key) {
    if (!object || object->kind != HS_JSON_OBJECT) return NULL;
    for (const hs_json *value = object->first; value; value = value->next)
        if (hs_str_eq(value->key, key)) return value;
    return NULL;
}

/* Four hexadecimal digits at `at`, or -1. */
static int32_t hex_at(hs_str s, size_t at) {
    int32_t value = 0;
    if (at + 4 > s.n) return -1;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* The escape behind the backslash before `at`; returns the byte after it. */
static size_t unescape(hs_arena *arena, hs_buf *out, hs_str s, size_t at) {
    switch (s.p[at]) {
    case 'n':
    case 'r': hs_buf_byte(arena, out, '\n'); return at + 1;
    case 't':
    case 'b':
    case 'f': hs_buf_byte(arena, out, ' '); return at + 1;
    case 'u': break;
    default: hs_buf_byte(arena, out, s.p[at]); return at + 1;
    }
    int32_t cp = hex_at(s, at + 1);
    if (cp < 0) return at + 1;
    at += 5;
    bool high = cp >= 0xD800 && cp < 0xDC00 && at + 1 < s.n && s.p[at] == '\\' && s.p[at + 1] == 'u';
    int32_t low = high ? hex_at(s, at + 2) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
    }
    if (cp) hs_buf_code_point(arena, out, (uint32_t)cp);
    return at;
}

hs_str hs_json_text(hs_arena *arena, const hs_json *value) {
    if (!value || (value->kind != HS_JSON_STRING && value->kind != HS_JSON_OTHER)) return (hs_str){0};
    if (value->kind == HS_JSON_OTHER && hs_str_eq(value->text, HS_STR("null"))) return (hs_str){0};
    if (!value->escaped) return value->text;
    hs_buf out = {0};
    for (size_t at = 0; at < value->text.n;) {
        char c = value->text.p[at++];
        if (c == '\\' && at < value->text.n) at = unescape(arena, &out, value->text, at);
        else if (c != '\\') hs_buf_byte(arena, &out, c);
    }
    return hs_buf_str(&out);
}
