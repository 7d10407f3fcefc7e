/* JSON-LD (schema.org) → page->meta: see article.h. cJSON's tree lies outside the arena, so nothing is asked of the arena while it is
 * open: what is worth keeping is copied into room that was set aside before, and a string that no longer fits is left out. */
#include <cjson/cJSON.h>
#include <string.h>

#include "page/article.h"
#include "page/dates.h"

enum { MAX_OBJECTS = 512, MAX_AUTHORS = 16, MAX_SCRIPT = 4 << 20 };

/* What one script says; strings lie in `room`. */
typedef struct found {
    char *room;
    size_t used, size;
    hs_str headline, published, modified, page_published, body, publisher, site, language;
    hs_str authors[MAX_AUTHORS];
    size_t n_authors;
    bool article;
} found;

typedef enum kind { KIND_OTHER, KIND_ARTICLE, KIND_PAGE, KIND_SITE } kind;

static kind kind_of_name(const char *name) {
    static const struct {
        const char *name;
        kind kind;
    } KINDS[] = {
        {"NewsArticle", KIND_ARTICLE},
        {"Article", KIND_ARTICLE},
        {"BlogPosting", KIND_ARTICLE},
        {"Report", KIND_ARTICLE},
        {"ReportageNewsArticle", KIND_ARTICLE},
        {"AnalysisNewsArticle", KIND_ARTICLE},
        {"OpinionNewsArticle", KIND_ARTICLE},
        {"BackgroundNewsArticle", KIND_ARTICLE},
        {"ReviewNewsArticle", KIND_ARTICLE},
        {"LiveBlogPosting", KIND_ARTICLE},
        {"TechArticle", KIND_ARTICLE},
        {"ScholarlyArticle", KIND_ARTICLE},
        {"MedicalScholarlyArticle", KIND_ARTICLE},
        {"SocialMediaPosting", KIND_ARTICLE},
        {"AdvertiserContentArticle", KIND_ARTICLE},
        {"Review", KIND_ARTICLE},
        {"HowTo", KIND_ARTICLE},
        {"Recipe", KIND_ARTICLE},
        {"WebPage", KIND_PAGE},
        {"ItemPage", KIND_PAGE},
        {"MedicalWebPage", KIND_PAGE},
        {"AboutPage", KIND_PAGE},
        {"WebSite", KIND_SITE},
    };
    for (size_t i = 0; name && i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(name, KINDS[i].name) == 0) return KINDS[i].kind;
    return KIND_OTHER;
}

static kind kind_of(const cJSON *object) {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "@type");
    if (cJSON_IsString(type)) return kind_of_name(type->valuestring);
    kind best = KIND_OTHER;
    if (!cJSON_IsArray(type)) return best;
    for (const cJSON *item = type->child; item; item = item->next) {
        kind k = cJSON_IsString(item) ? kind_of_name(item->valuestring) : KIND_OTHER;
        if (k != KIND_OTHER && (best == KIND_OTHER || k < best)) best = k;
    }
    return best;
}

static hs_str save(found *f, const char *text) {
    size_t n = text ? strlen(text) : 0;
    if (!n || n > f->size - f->used) return (hs_str){0};
    memcpy(f->room + f->used, text, n);
    hs_str s = {f->room + f->used, n};
    f->used += n;
    return s;
}

/* A string, the first string of a list, or an object's name. */
static const char *text_of(const cJSON *value) {
    if (cJSON_IsArray(value)) value = value->child;
    if (cJSON_IsObject(value)) value = cJSON_GetObjectItemCaseSensitive(value, "name");
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

static void fill(hs_str *slot, found *f, const cJSON *object, const char *key) {
    if (!slot->p) *slot = save(f, text_of(cJSON_GetObjectItemCaseSensitive(object, key)));
}

/* The objects of a script, outermost first. */
typedef struct objects {
    const cJSON *v[MAX_OBJECTS];
    size_t n;
} objects;

static void gather(objects *list, const cJSON *value) {
    static const char *const INTO[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    const cJSON *todo[MAX_OBJECTS];
    size_t n = 0;
    todo[n++] = value;
    while (n) {
        const cJSON *at = todo[--n];
        if (cJSON_IsArray(at)) {
            size_t room = MAX_OBJECTS - n, count = 0;
            for (const cJSON *item = at->child; item && count < room; item = item->next) count++;
            const cJSON *item = at->child;
            for (size_t i = count; i > 0; i--, item = item->next) todo[n + i - 1] = item;
            n += count;
            continue;
        }
        if (!cJSON_IsObject(at) || list->n == MAX_OBJECTS) continue;
        list->v[list->n++] = at;
        for (size_t i = 0; i < sizeof INTO / sizeof *INTO && n < MAX_OBJECTS; i++) {
            const cJSON *inner = cJSON_GetObjectItemCaseSensitive(at, INTO[i]);
            if (inner) todo[n++] = inner;
        }
    }
}

static const cJSON *by_id(const objects *list, const cJSON *reference) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(reference, "@id");
    if (!cJSON_IsString(id)) return reference;
    for (size_t i = 0; i < list->n; i++) {
        const cJSON *own = cJSON_GetObjectItemCaseSensitive(list->v[i], "@id");
        if (cJSON_IsString(own) && strcmp(own->valuestring, id->valuestring) == 0 &&
            cJSON_GetObjectItemCaseSensitive(list->v[i], "name"))
            return list->v[i];
    }
    return reference;
}

static bool organisation(const cJSON *object) {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "@type");
    return cJSON_IsString(type) && strstr(type->valuestring, "Organization");
}

static void add_author(found *f, const objects *list, const cJSON *value) {
    if (cJSON_IsObject(value)) {
        if (!text_of(value)) value = by_id(list, value);
        if (organisation(value)) return;
    }
    const cJSON *name = cJSON_IsObject(value) ? cJSON_GetObjectItemCaseSensitive(value, "name") : value;
    if (cJSON_IsArray(name)) {
        for (const cJSON *item = name->child; item && f->n_authors < MAX_AUTHORS; item = item->next) {
            hs_str one = save(f, text_of(item));
            if (one.n) f->authors[f->n_authors++] = one;
        }
        return;
    }
    hs_str one = save(f, text_of(name));
    if (one.n && f->n_authors < MAX_AUTHORS) f->authors[f->n_authors++] = one;
}

static void read_authors(found *f, const objects *list, const cJSON *object) {
    static const char *const KEYS[] = {"author", "creator", "authors"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && !f->n_authors; i++) {
        const cJSON *author = cJSON_GetObjectItemCaseSensitive(object, KEYS[i]);
        if (!cJSON_IsArray(author)) {
            if (author) add_author(f, list, author);
            continue;
        }
        for (const cJSON *item = author->child; item; item = item->next) add_author(f, list, item);
    }
}

static void read_object(found *f, const objects *list, const cJSON *object) {
    kind k = kind_of(object);
    if (k == KIND_ARTICLE && !(f->article && f->headline.p)) {
        f->article = true;
        fill(&f->headline, f, object, "headline");
        fill(&f->headline, f, object, "name");
        fill(&f->published, f, object, "datePublished");
        fill(&f->published, f, object, "dateCreated");
        fill(&f->modified, f, object, "dateModified");
        fill(&f->body, f, object, "articleBody");
        fill(&f->publisher, f, object, "publisher");
        fill(&f->language, f, object, "inLanguage");
        read_authors(f, list, object);
    } else if (k == KIND_PAGE) {
        fill(&f->page_published, f, object, "datePublished");
        if (!f->n_authors) read_authors(f, list, object);
    } else if (k == KIND_SITE) {
        fill(&f->site, f, object, "name");
    }
}

static void read_value(found *f, const cJSON *value) {
    objects list = {.n = 0};
    gather(&list, value);
    for (size_t i = 0; i < list.n; i++) read_object(f, &list, list.v[i]);
}

static hs_str without_cdata(hs_str script) {
    size_t open = hs_str_find(script, HS_STR("<![CDATA["));
    if (open == HS_NONE) return script;
    script = hs_str_slice(script, open + 9, script.n);
    size_t close = hs_str_find(script, HS_STR("]]>"));
    return close == HS_NONE ? script : hs_str_slice(script, 0, close);
}

/* Scripts wrap JSON in comments or CDATA, end it with a semicolon, leave commas before brackets and put line ends into strings. */
static char *tidied(hs_arena *arena, hs_str script) {
    script = without_cdata(script);
    size_t start = 0;
    while (start < script.n && script.p[start] != '{' && script.p[start] != '[') start++;
    size_t end = script.n;
    while (end > start && script.p[end - 1] != '}' && script.p[end - 1] != ']') end--;
    char *out = hs_arena_alloc(arena, end - start + 1, 1);
    size_t n = 0;
    bool quoted = false;
    for (size_t i = start; i < end; i++) {
        char c = script.p[i];
        if (quoted && c == '\\' && i + 1 < end) {
            out[n++] = c;
            out[n++] = script.p[++i];
            continue;
        }
        if (c == '"') quoted = !quoted;
        if ((unsigned char)c < ' ') c = ' ';
        if (!quoted && (c == '}' || c == ']')) {
            size_t back = n;
            while (back && out[back - 1] == ' ') back--;
            if (back && out[back - 1] == ',') n = back - 1;
        }
        out[n++] = c;
    }
    return out;
}

/* What no parser takes may still say its headline and date: `"key" : "value"` by eye. */
static hs_str scan(hs_str script, hs_str key) {
    size_t at = hs_str_find(script, key);
    if (at == HS_NONE) return (hs_str){0};
    hs_str rest = hs_str_trim(hs_str_slice(script, at + key.n, script.n));
    if (!rest.n || rest.p[0] != ':') return (hs_str){0};
    rest = hs_str_trim(hs_str_slice(rest, 1, rest.n));
    if (!rest.n || rest.p[0] != '"') return (hs_str){0};
    for (size_t i = 1; i < rest.n; i++)
        if (rest.p[i] == '"' && rest.p[i - 1] != '\\') return hs_str_slice(rest, 1, i);
    return (hs_str){0};
}

static void read_broken(found *f, hs_str script) {
    f->headline = scan(script, HS_STR("\"headline\""));
    f->published = scan(script, HS_STR("\"datePublished\""));
    f->modified = scan(script, HS_STR("\"dateModified\""));
    f->article = hs_str_find(script, HS_STR("Article\"")) != HS_NONE;
}

/* References decoded, white space in single spaces. */
static hs_str clean(hs_arena *arena, hs_str text) {
    text = hs_str_trim(hs_html_unescape(arena, text));
    hs_buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        bool space = (unsigned char)text.p[i] <= ' ';
        if (!space) hs_buf_byte(arena, &out, text.p[i]);
        else if (out.v[out.n - 1] != ' ') hs_buf_byte(arena, &out, ' ');
    }
    return hs_buf_str(&out);
}

static void take(hs_str *slot, hs_arena *arena, hs_str text) {
    if (!slot->n && text.n) *slot = clean(arena, text);
}

static void merge(hs_meta *meta, hs_arena *arena, const found *f) {
    take(&meta->headline, arena, f->headline);
    take(&meta->site_name, arena, f->site);
    take(&meta->site_name, arena, f->publisher);
    take(&meta->language, arena, f->language);
    if (!meta->body.n && f->body.n) meta->body = hs_str_trim(hs_html_unescape(arena, f->body));
    if (!meta->published.n) meta->published = hs_date_find(arena, f->published, NULL, NULL);
    if (!meta->published.n) meta->published = hs_date_find(arena, f->page_published, NULL, NULL);
    if (!meta->modified.n) meta->modified = hs_date_find(arena, f->modified, NULL, NULL);
    for (size_t i = 0; i < f->n_authors; i++) HS_PUSH(arena, meta->authors, clean(arena, f->authors[i]));
    meta->article |= f->article;
}

static void read_script(hs_html_page *page, hs_str script) {
    if (!script.n || script.n > MAX_SCRIPT) return;
    char *json = tidied(page->arena, script);
    found *f = HS_NEW(page->arena, found, 1);
    f->size = script.n * 2;
    f->room = hs_arena_alloc(page->arena, f->size, 1);
    cJSON *value = cJSON_Parse(json);
    if (value) {
        read_value(f, value);
        cJSON_Delete(value);
    } else {
        read_broken(f, script);
    }
    merge(&page->meta, page->arena, f);
}

void hs_jsonld_read(hs_html_page *page) {
    for (size_t i = 0; i < page->tree->n_nodes; i++) {
        const hs_node *node = page->tree->nodes[i];
        if (node->tag != HS_TAG_SCRIPT || !node->first_child) continue;
        hs_str type = hs_node_attr(node, HS_STR("type"));
        if (hs_str_starts_nocase(type, HS_STR("application/ld+json"))) read_script(page, node->first_child->text);
    }
}
