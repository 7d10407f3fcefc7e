/* JSON-LD (schema.org) → page->meta: see article.h. Of all the objects in a page's scripts the ones that are about this page are read:
 * a list of related articles, or the front page's, says nothing of it. */
#include "page/article.h"
#include "page/bag.h"
#include "page/json.h"
#include "page/url.h"

enum { MAX_OBJECTS = 512, MAX_SCRIPT = 4 << 20 };

typedef enum kind { KIND_OTHER, KIND_ARTICLE, KIND_PAGE, KIND_SITE } kind;

typedef struct object {
    const hs_json *json;
    kind kind;
    int rank; /* how surely it is about this page */
} object;

typedef struct reading {
    hs_html_page *page;
    hs_arena *arena;
    object objects[MAX_OBJECTS]; /* outermost first */
    size_t n;
    hs_bag og, tag; /* what the head calls the page */
} reading;

/* Articles of every kind ("ReportageNewsArticle"), and what else has an author and a day. */
static kind kind_of_name(hs_str name) {
    size_t colon = hs_str_find(name, HS_STR("schema.org/"));
    if (colon != HS_NONE) name = hs_str_slice(name, colon + 11, name.n);
    static const hs_str ARTICLES[] = {{"Report", 6}, {"Review", 6}, {"HowTo", 5}, {"Recipe", 6}, {"CreativeWork", 12}};
    if (hs_str_ends(name, HS_STR("Article")) || hs_str_ends(name, HS_STR("Posting"))) {
        return hs_str_eq(name, HS_STR("JobPosting")) ? KIND_OTHER : KIND_ARTICLE;
    }
    for (size_t i = 0; i < sizeof ARTICLES / sizeof *ARTICLES; i++)
        if (hs_str_eq(name, ARTICLES[i])) return KIND_ARTICLE;
    if (hs_str_ends(name, HS_STR("Page"))) return KIND_PAGE;
    return hs_str_eq(name, HS_STR("WebSite")) ? KIND_SITE : KIND_OTHER;
}

static kind kind_of(const reading *r, const hs_json *json) {
    const hs_json *type = hs_json_get(json, HS_STR("@type"));
    if (!type || type->kind != HS_JSON_LIST) return kind_of_name(hs_json_text(r->arena, type));
    kind best = KIND_OTHER;
    for (const hs_json *item = type->first; item; item = item->next) {
        kind k = kind_of_name(hs_json_text(r->arena, item));
        if (k != KIND_OTHER && (best == KIND_OTHER || k < best)) best = k;
    }
    return best;
}

/* A string, the first string of a list, or an object's name. */
static hs_str text_of(const reading *r, const hs_json *value) {
    if (value && value->kind == HS_JSON_LIST) value = value->first;
    if (value && value->kind == HS_JSON_OBJECT) {
        const hs_json *name = hs_json_get(value, HS_STR("name"));
        value = name ? name : hs_json_get(value, HS_STR("@value"));
    }
    return hs_json_text(r->arena, value);
}

/* Keeps all objects that may be about the page: those of the top level, of graphs, and main entities. */
static void gather(reading *r, const hs_json *top) {
    static const hs_str INTO[] = {{"@graph", 6}, {"mainEntity", 10}, {"mainEntityOfPage", 16}};
    const hs_json *todo[MAX_OBJECTS];
    size_t n = 0;
    todo[n++] = top;
    while (n && r->n < MAX_OBJECTS) {
        const hs_json *at = todo[--n];
        if (at->kind == HS_JSON_LIST) {
            size_t room = MAX_OBJECTS - n, count = 0;
            for (const hs_json *item = at->first; item && count < room; item = item->next) count++;
            const hs_json *item = at->first;
            for (size_t i = count; i > 0; i--, item = item->next) todo[n + i - 1] = item;
            n += count;
        } else if (at->kind == HS_JSON_OBJECT) {
            object o = {.json = at, .kind = kind_of(r, at)};
            /* a page with a headline is an article by another name */
            if (o.kind == KIND_PAGE && hs_json_get(at, HS_STR("headline")) && hs_json_get(at, HS_STR("datePublished")))
                o.kind = KIND_ARTICLE;
            r->objects[r->n++] = o;
            for (size_t i = 0; i < sizeof INTO / sizeof *INTO && n < MAX_OBJECTS; i++) {
                const hs_json *inner = hs_json_get(at, INTO[i]);
                if (inner) todo[n++] = inner;
            }
        }
    }
}

/* ---- which object is about this page ---- */

/* 1: the object's address is the page's; -1: it is another page's; 0: who knows. */
static int same_address(const reading *r, const hs_json *json) {
    static const hs_str KEYS[] = {{"mainEntityOfPage", 16}, {"url", 3}, {"@id", 3}};
    hs_str own = hs_url_path(r->page->meta.url);
    int verdict = 0;
    for (size_t i = 0; own.n && i < sizeof KEYS / sizeof *KEYS && verdict <= 0; i++) {
        const hs_json *value = hs_json_get(json, KEYS[i]);
        if (value && value->kind == HS_JSON_OBJECT) value = hs_json_get(value, HS_STR("@id"));
        hs_str path = hs_url_path(hs_json_text(r->arena, value));
        if (path.n) verdict = hs_str_eq(path, own) ? 1 : -1;
    }
    return verdict;
}

static hs_str headline_of(const reading *r, const hs_json *json) {
    hs_str headline = text_of(r, hs_json_get(json, HS_STR("headline")));
    return headline.n ? headline : text_of(r, hs_json_get(json, HS_STR("name")));
}

static bool called_like_page(const reading *r, const hs_json *json) {
    hs_bag headline;
    hs_bag_of(&headline, hs_html_unescape(r->arena, headline_of(r, json)));
    return hs_bag_alike(&headline, &r->og) > 0.6 || hs_bag_alike(&headline, &r->tag) > 0.6;
}

static void rank(reading *r) {
    size_t articles = 0;
    for (size_t i = 0; i < r->n; i++) articles += r->objects[i].kind == KIND_ARTICLE;
    for (size_t i = 0; i < r->n; i++) {
        object *o = &r->objects[i];
        if (o->kind != KIND_ARTICLE) continue;
        bool named = called_like_page(r, o->json);
        int address = same_address(r, o->json);
        o->rank = named * 4 + address * 3 + (hs_json_get(o->json, HS_STR("datePublished")) != NULL) +
                  (hs_json_get(o->json, HS_STR("author")) != NULL) + (hs_json_get(o->json, HS_STR("headline")) != NULL);
        /* of many articles one must be shown to be this page's */
        if (!named && address <= 0 && articles > 3) o->rank = 0;
        if (!named && address < 0 && articles > 1) o->rank = 0;
    }
}

/* ---- authors ---- */

static const hs_json *by_id(const reading *r, const hs_json *reference) {
    hs_str id = hs_json_text(r->arena, hs_json_get(reference, HS_STR("@id")));
    for (size_t i = 0; id.n && i < r->n; i++) {
        const hs_json *own = r->objects[i].json;
        if (hs_str_eq(hs_json_text(r->arena, hs_json_get(own, HS_STR("@id"))), id) && hs_json_get(own, HS_STR("name")))
            return own;
    }
    return reference;
}

static bool organisation(const reading *r, const hs_json *json) {
    const hs_json *type = hs_json_get(json, HS_STR("@type"));
    if (type && type->kind == HS_JSON_LIST) type = type->first;
    hs_str name = hs_json_text(r->arena, type);
    return hs_str_find(name, HS_STR("Organization")) != HS_NONE || hs_str_eq(name, HS_STR("Corporation")) ||
           hs_str_eq(name, HS_STR("LocalBusiness"));
}

/* References decoded, white space in single spaces. */
static hs_str clean(hs_arena *arena, hs_str text) {
    text = hs_str_trim(hs_html_unescape(arena, text));
    bool untidy = false;
    for (size_t i = 0; i < text.n && !untidy; i++)
        untidy = (unsigned char)text.p[i] < ' ' || (text.p[i] == ' ' && i + 1 < text.n && text.p[i + 1] == ' ');
    if (!untidy) return text;
    hs_buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        bool space = (unsigned char)text.p[i] <= ' ';
        if (!space) hs_buf_byte(arena, &out, text.p[i]);
        else if (out.n && out.v[out.n - 1] != ' ') hs_buf_byte(arena, &out, ' ');
    }
    return hs_str_trim(hs_buf_str(&out));
}

static void add_author(reading *r, const hs_json *value) {
    enum { MOST = 16 };
    hs_strs *list = &r->page->meta.authors;
    if (value->kind == HS_JSON_OBJECT) {
        if (!hs_json_get(value, HS_STR("name"))) value = by_id(r, value);
        if (organisation(r, value)) list = &r->page->meta.teams;
        value = hs_json_get(value, HS_STR("name"));
    }
    const hs_json *item = value && value->kind == HS_JSON_LIST ? value->first : value;
    for (; item && list->n < MOST; item = value->kind == HS_JSON_LIST ? item->next : NULL) {
        hs_str name = clean(r->arena, text_of(r, item));
        if (name.n) HS_PUSH(r->arena, *list, name);
    }
}

static void read_authors(reading *r, const hs_json *json) {
    static const hs_str KEYS[] = {{"author", 6}, {"creator", 7}, {"authors", 7}, {"contributor", 11}};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && !r->page->meta.authors.n; i++) {
        const hs_json *author = hs_json_get(json, KEYS[i]);
        if (!author) continue;
        if (author->kind != HS_JSON_LIST) add_author(r, author);
        else
            for (const hs_json *item = author->first; item; item = item->next) add_author(r, item);
    }
}

/* ---- reading ---- */

static void fill(hs_str *slot, const reading *r, const hs_json *json, hs_str key) {
    if (!slot->n) *slot = clean(r->arena, text_of(r, hs_json_get(json, key)));
}

static void fill_date(hs_str *slot, const reading *r, const hs_json *json, hs_str key) {
    if (!slot->n) *slot = hs_date_find(r->arena, text_of(r, hs_json_get(json, key)), NULL, NULL);
}

static void read_article(reading *r, const hs_json *json) {
    hs_meta *meta = &r->page->meta;
    meta->article = true;
    meta->news |= hs_str_find(hs_json_text(r->arena, hs_json_get(json, HS_STR("@type"))), HS_STR("News")) != HS_NONE;
    fill(&meta->headline, r, json, HS_STR("headline"));
    fill(&meta->headline, r, json, HS_STR("name"));
    fill_date(&meta->published, r, json, HS_STR("datePublished"));
    fill_date(&meta->published, r, json, HS_STR("dateCreated"));
    fill_date(&meta->modified, r, json, HS_STR("dateModified"));
    fill(&meta->site_name, r, json, HS_STR("publisher"));
    fill(&meta->language, r, json, HS_STR("inLanguage"));
    if (!meta->body.n)
        meta->body = hs_str_trim(hs_html_unescape(r->arena, text_of(r, hs_json_get(json, HS_STR("articleBody")))));
    read_authors(r, json);
}

static void read_objects(reading *r) {
    hs_meta *meta = &r->page->meta;
    int best = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->objects[i].rank > best) best = r->objects[i].rank;
    for (int rank = best; rank > 0; rank--)
        for (size_t i = 0; i < r->n; i++) {
            /* the best, then others that are this page's for sure */
            if (r->objects[i].rank == rank && (rank >= 4 || (rank == best && !meta->article)))
                read_article(r, r->objects[i].json);
        }
    for (size_t i = 0; i < r->n; i++) {
        const object *o = &r->objects[i];
        if (o->kind == KIND_SITE) fill(&meta->site_name, r, o->json, HS_STR("name"));
        if (o->kind != KIND_PAGE) continue;
        fill_date(&meta->page_published, r, o->json, HS_STR("datePublished"));
        fill_date(&meta->modified, r, o->json, HS_STR("dateModified"));
        read_authors(r, o->json);
    }
}

/* Some pages escape the quotation marks of their scripts as if they were text. */
static hs_str script_text(hs_arena *arena, const hs_node *script) {
    hs_str text = script->first_child->text;
    size_t mark = hs_str_find(text, HS_STR("\"")), reference = hs_str_find(text, HS_STR("&quot;"));
    return reference != HS_NONE && (mark == HS_NONE || reference < mark) ? hs_html_unescape(arena, text) : text;
}

void hs_jsonld_read(hs_html_page *page) {
    const hs_node_list *scripts = &page->landmarks.scripts;
    if (!scripts->n) return;
    reading *r = HS_NEW(page->arena, reading, 1);
    r->page = page;
    r->arena = page->arena;
    hs_bag_of(&r->og, page->meta.og_title);
    hs_bag_of(&r->tag, page->meta.title_tag);
    size_t total = 0;
    for (size_t i = 0; i < scripts->n; i++) {
        hs_str text = script_text(page->arena, scripts->v[i]);
        total += text.n;
        if (total > MAX_SCRIPT) break;
        gather(r, hs_json_read(page->arena, text));
    }
    rank(r);
    read_objects(r);
}
