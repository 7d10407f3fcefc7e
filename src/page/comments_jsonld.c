/* Comments that a page states in JSON-LD (schema.org/Comment), for pages that build their thread in the browser: see comments.h.
 * cJSON's tree lies outside the arena, which jumps when it is full: all room is taken before the tree is made. */
#include <cjson/cJSON.h>
#include <string.h>

#include "page/comments.h"
#include "page/dates.h"

enum { MAX_COMMENTS = 2000, MAX_TODO = 4096, MAX_SCRIPT = 4 << 20 };

typedef struct todo {
    const cJSON *value;
    size_t parent; /* number of the comment that it answers, or HS_NONE */
} todo;

typedef struct found {
    char *room;
    size_t used, size;
    hs_comment *comments;
    size_t n;
    todo *list;
    size_t n_todo;
} found;

static hs_str save(found *f, const cJSON *value) {
    if (cJSON_IsArray(value)) value = value->child;
    if (cJSON_IsObject(value)) value = cJSON_GetObjectItemCaseSensitive(value, "name");
    size_t n = cJSON_IsString(value) ? strlen(value->valuestring) : 0;
    if (!n || n > f->size - f->used) return (hs_str){0};
    memcpy(f->room + f->used, value->valuestring, n);
    hs_str s = {f->room + f->used, n};
    f->used += n;
    return s;
}

static const cJSON *first_of(const cJSON *object, const char *const *keys, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, keys[i]);
        if (value) return value;
    }
    return NULL;
}
#define FIRST(object, keys) first_of((object), (keys), sizeof(keys) / sizeof *(keys))

static bool is_comment(const cJSON *object) {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "@type");
    if (cJSON_IsArray(type)) type = type->child;
    return cJSON_IsString(type) &&
           (strcmp(type->valuestring, "Comment") == 0 || strcmp(type->valuestring, "UserComments") == 0);
}

static size_t read_comment(found *f, const cJSON *object, size_t parent) {
    static const char *const AUTHOR[] = {"author", "creator"},
                             *const DATE[] = {"datePublished", "dateCreated", "commentTime"},
                             *const TEXT[] = {"text", "commentText", "description"};
    hs_comment c = {.author = save(f, FIRST(object, AUTHOR)),
                    .date = save(f, FIRST(object, DATE)),
                    .text = save(f, FIRST(object, TEXT)),
                    .reply_to = parent};
    if (!c.text.n || f->n == MAX_COMMENTS) return parent;
    f->comments[f->n] = c;
    return f->n++;
}

static void push(found *f, const cJSON *value, size_t parent) {
    if ((cJSON_IsObject(value) || cJSON_IsArray(value)) && f->n_todo < MAX_TODO)
        f->list[f->n_todo++] = (todo){value, parent};
}

/* Children are put on the stack from the last to the first, so that comments come out in the page's order. */
static void push_children(found *f, const cJSON *value, size_t parent) {
    size_t from = f->n_todo;
    for (const cJSON *child = value->child; child; child = child->next) push(f, child, parent);
    for (size_t i = from, k = f->n_todo; i + 1 < k; i++, k--) {
        todo swap = f->list[i];
        f->list[i] = f->list[k - 1];
        f->list[k - 1] = swap;
    }
}

static void read_all(found *f, const cJSON *root) {
    push(f, root, HS_NONE);
    while (f->n_todo) {
        todo at = f->list[--f->n_todo];
        size_t parent =
            cJSON_IsObject(at.value) && is_comment(at.value) ? read_comment(f, at.value, at.parent) : at.parent;
        push_children(f, at.value, parent);
    }
}

static void read_script(hs_record *out, hs_arena *arena, hs_str script) {
    found f = {.size = script.n, .room = hs_arena_alloc(arena, script.n, 1)};
    f.comments = HS_NEW(arena, hs_comment, MAX_COMMENTS);
    f.list = HS_NEW(arena, todo, MAX_TODO);
    cJSON *root = cJSON_ParseWithLength(script.p, script.n);
    if (!root) return;
    read_all(&f, root);
    cJSON_Delete(root);
    for (size_t i = 0; i < f.n; i++) {
        f.comments[i].date = hs_date_find(arena, f.comments[i].date, NULL, NULL);
        f.comments[i].text = hs_str_trim(hs_html_unescape(arena, f.comments[i].text));
        f.comments[i].author = hs_str_trim(hs_html_unescape(arena, f.comments[i].author));
    }
    out->comments = f.comments;
    out->n_comments = f.n;
}

void hs_comments_read_jsonld(hs_record *out, const hs_html_page *page) {
    for (size_t i = 0; i < page->tree->n_nodes && !out->n_comments; i++) {
        const hs_node *node = page->tree->nodes[i];
        if (node->tag != HS_TAG_SCRIPT || !node->first_child) continue;
        hs_str script = hs_str_trim(node->first_child->text);
        if (!hs_str_starts_nocase(hs_node_attr(node, HS_STR("type")), HS_STR("application/ld+json"))) continue;
        if (script.n && script.n <= MAX_SCRIPT && memmem(script.p, script.n, "Comment\"", 8))
            read_script(out, page->arena, script);
    }
}
