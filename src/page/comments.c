/* Comments: see comments.h. An item is an element that names itself one comment; its own text is what no item inside it has. Items lie
 * inside the item they answer, which is how a thread is told. */
#include "page/comments.h"

#include "page/dates.h"

static bool has_token(hs_str names, hs_str token) {
    for (size_t at = 0; at < names.n;) {
        size_t start = at;
        while (at < names.n && (unsigned char)names.p[at] > ' ') at++;
        if (hs_str_eq_nocase(hs_str_slice(names, start, at), token)) return true;
        at++;
    }
    return false;
}

static bool numbered(hs_str id) {
    return hs_str_starts_nocase(id, HS_STR("comment-")) && id.n > 8 && id.p[8] >= '0' && id.p[8] <= '9';
}

static bool is_item(const hs_node *node) {
    if (node->tag != HS_TAG_LI && node->tag != HS_TAG_DIV && node->tag != HS_TAG_ARTICLE && node->tag != HS_TAG_SECTION)
        return false;
    return has_token(hs_node_attr(node, HS_STR("class")), HS_STR("comment")) ||
           has_token(hs_node_attr(node, HS_STR("itemprop")), HS_STR("comment")) ||
           numbered(hs_node_attr(node, HS_STR("id")));
}

typedef struct item {
    const hs_node *node;
    size_t outer;  /* index of the item around it, or HS_NONE */
    size_t number; /* of the comment it became, or HS_NONE */
    hs_comment comment;
    hs_buf text;
} item;

typedef struct thread {
    const hs_html_page *page;
    HS_VEC(item) items;
} thread;

static void find_items(thread *t) {
    const hs_tree *tree = t->page->tree;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || !is_item(node)) continue;
        size_t outer = t->items.n ? t->items.n - 1 : HS_NONE;
        while (outer != HS_NONE && !hs_node_inside(node, t->items.v[outer].node)) outer = t->items.v[outer].outer;
        HS_PUSH(t->page->arena, t->items, (item){.node = node, .outer = outer, .number = HS_NONE});
    }
}

/* Author and date stand in elements named so, before anything of the items inside. */
static void read_head(const thread *t, item *it, size_t end) {
    const hs_html_page *page = t->page;
    for (size_t i = it->node->order + 1; i < end && !(it->comment.author.n && it->comment.date.n); i++) {
        const hs_node *node = page->tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || node->end - node->order > 20) continue;
        hs_str class = hs_node_attr(node, HS_STR("class"));
        bool names = (page->marks[i] & HS_MARK_AUTHOR) || has_token(class, HS_STR("fn")) || node->tag == HS_TAG_CITE;
        if (names && !it->comment.author.n) {
            hs_str text = hs_node_text(page->arena, page->tree, node);
            if (text.n && text.n < 80) it->comment.author = text;
        }
        if ((node->tag == HS_TAG_TIME || (page->marks[i] & HS_MARK_DATE)) && !it->comment.date.n) {
            hs_str date = hs_date_find(page->arena, hs_node_attr(node, HS_STR("datetime")), NULL, NULL);
            if (!date.n && node->end - node->order < 12)
                date = hs_date_find(page->arena, hs_node_text(page->arena, page->tree, node), NULL, NULL);
            it->comment.date = date;
        }
    }
}

static bool tells_of_author(const hs_html_page *page, const hs_block *block, const hs_node *item) {
    for (const hs_node *at = page->tree->nodes[block->first]; at && at != item; at = at->parent)
        if (page->marks[at->order] & (HS_MARK_AUTHOR | HS_MARK_DATE | HS_MARK_BYLINE | HS_MARK_HIDDEN)) return true;
    return false;
}

static void read_texts(thread *t) {
    const hs_html_page *page = t->page;
    size_t at = 0;
    for (size_t i = 0; i < page->blocks.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        while (at + 1 < t->items.n && t->items.v[at + 1].node->order <= block->first) at++;
        size_t owner = at < t->items.n && t->items.v[at].node->order <= block->first ? at : HS_NONE;
        while (owner != HS_NONE && block->first >= t->items.v[owner].node->end) owner = t->items.v[owner].outer;
        if (owner == HS_NONE) continue;
        item *it = &t->items.v[owner];
        if (tells_of_author(page, block, it->node) || hs_rules_is(HS_PHRASE_UI, block->text) ||
            hs_str_eq(block->text, it->comment.author))
            continue;
        if (block->text.n < 60 && hs_date_find(page->arena, block->text, NULL, NULL).n) continue;
        if (it->text.n) hs_buf_add(page->arena, &it->text, HS_STR("\n\n"));
        hs_buf_add(page->arena, &it->text, block->text);
    }
}

void hs_comments_read(hs_record *out, const hs_html_page *page) {
    thread t = {.page = page};
    find_items(&t);
    for (size_t i = 0; i < t.items.n; i++) {
        size_t end = t.items.v[i].node->end;
        if (i + 1 < t.items.n && t.items.v[i + 1].node->order < end) end = t.items.v[i + 1].node->order;
        read_head(&t, &t.items.v[i], end);
    }
    read_texts(&t);
    HS_VEC(hs_comment) comments = {0};
    for (size_t i = 0; i < t.items.n; i++) {
        item *it = &t.items.v[i];
        if (!it->text.n || (!it->comment.author.n && !it->comment.date.n)) continue;
        size_t outer = it->outer;
        while (outer != HS_NONE && t.items.v[outer].number == HS_NONE) outer = t.items.v[outer].outer;
        it->comment.reply_to = outer == HS_NONE ? HS_NONE : t.items.v[outer].number;
        it->comment.text = hs_buf_str(&it->text);
        it->number = comments.n;
        HS_PUSH(page->arena, comments, it->comment);
    }
    out->comments = comments.v;
    out->n_comments = comments.n;
}
