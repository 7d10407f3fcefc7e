/* Comments that a page states in JSON-LD (schema.org/Comment), for pages that build their thread in the browser: see comments.h. */
#include <string.h>

#include "page/comments.h"
#include "page/dates.h"
#include "page/json.h"

enum { MAX_COMMENTS = 2000, MAX_SCRIPT = 4 << 20 };

typedef struct found {
    hs_arena *arena;
    HS_VEC(hs_comment) comments;
    HS_VEC(size_t)
    answered; /* for each value that we are inside of: the comment that one below it answers, or HS_NONE */
} found;

static hs_str text_of(const found *f, const hs_json *value) {
    if (value && value->kind == HS_JSON_LIST) value = value->first;
    if (value && value->kind == HS_JSON_OBJECT) value = hs_json_get(value, HS_STR("name"));
    return hs_str_trim(hs_html_unescape(f->arena, hs_json_text(f->arena, value)));
}

static hs_str first_of(const found *f, const hs_json *object, const hs_str *keys, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const hs_json *value = hs_json_get(object, keys[i]);
        if (value) return text_of(f, value);
    }
    return (hs_str){0};
}
#define FIRST(f, object, keys) first_of((f), (object), (keys), sizeof(keys) / sizeof *(keys))

static bool is_comment(const found *f, const hs_json *value) {
    if (value->kind != HS_JSON_OBJECT) return false;
    const hs_json *type = hs_json_get(value, HS_STR("@type"));
    if (type && type->kind == HS_JSON_LIST) type = type->first;
    hs_str name = hs_json_text(f->arena, type);
    return hs_str_eq(name, HS_STR("Comment")) || hs_str_eq(name, HS_STR("UserComments"));
}

/* Returns what a comment below this one answers. */
static size_t read_comment(found *f, const hs_json *object, size_t answered) {
    static const hs_str AUTHOR[] = {{"author", 6}, {"creator", 7}},
                        DATE[] = {{"datePublished", 13}, {"dateCreated", 11}, {"commentTime", 11}},
                        TEXT[] = {{"text", 4}, {"commentText", 11}, {"description", 11}};
    hs_comment c = {.author = FIRST(f, object, AUTHOR),
                    .date = hs_date_find(f->arena, FIRST(f, object, DATE), NULL, NULL),
                    .text = FIRST(f, object, TEXT),
                    .reply_to = answered};
    if (!c.text.n || f->comments.n == MAX_COMMENTS) return answered;
    HS_PUSH(f->arena, f->comments, c);
    return f->comments.n - 1;
}

/* All values below `top`, in their order. */
static void read_all(found *f, const hs_json *top) {
    size_t answered = HS_NONE;
    for (const hs_json *at = top; at;) {
        if (is_comment(f, at)) answered = read_comment(f, at, answered);
        if (at->first) {
            HS_PUSH(f->arena, f->answered, answered);
            at = at->first;
            continue;
        }
        while (at != top && !at->next) {
            at = at->parent;
            f->answered.n--;
        }
        if (at == top) return;
        answered = f->answered.v[f->answered.n - 1];
        at = at->next;
    }
}

void hs_comments_read_jsonld(hs_record *out, hs_arena *arena, const hs_nodes *scripts) {
    for (size_t i = 0; i < scripts->n && !out->n_comments; i++) {
        const hs_node *node = scripts->v[i];
        if (!node->first_child) continue;
        if (!hs_str_starts_nocase(hs_node_attr(node, HS_STR("type")), HS_STR("application/ld+json"))) continue;
        hs_str script = hs_str_trim(node->first_child->text);
        if (!script.n || script.n > MAX_SCRIPT || !memmem(script.p, script.n, "Comment\"", 8)) continue;
        found f = {.arena = arena};
        read_all(&f, hs_json_read(arena, script));
        out->comments = f.comments.v;
        out->n_comments = f.comments.n;
    }
}
