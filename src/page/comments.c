/* Comments: see comments.h. An item is an element that names itself one comment; its own text is what no item inside it has. Whose
 * answer a comment is, is told by nesting, by a depth or a parent's number in an attribute, or by "Reply to NAME". */
#include "page/comments.h"

#include "page/dates.h"

#define S(literal) \
    { (literal), sizeof(literal) - 1 }

typedef struct item {
    const hs_node *node;
    size_t outer;                  /* index of the item around it, or HS_NONE */
    size_t number;                 /* of the comment it became, or HS_NONE */
    uint32_t id, parent_id, depth; /* 0: not stated */
    size_t answers;                /* number of the comment that its text names, or HS_NONE */
    hs_comment comment;
    hs_buf text;
} item;

typedef struct thread {
    const hs_html_page *page;
    HS_VEC(item) items;
    HS_VEC(hs_comment) comments;
    hs_nodes scripts; /* all of the page's */
} thread;

/* ---- finding the items ---- */

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* The number at the end of "comment-4711", "div-comment-4711". */
static uint32_t number_at_end(hs_str s) {
    enum { MOST = 9 };
    size_t start = s.n;
    while (start && digit(s.p[start - 1]) && s.n - start < MOST) start--;
    uint32_t n = 0;
    for (size_t i = start; i < s.n; i++) n = n * 10 + (uint32_t)(s.p[i] - '0');
    return n;
}

static bool names_one(hs_str name) {
    static const hs_str NAMES[] = {S("comment"),       S("comment-item"),    S("comment__item"), S("comment_item"),
                                   S("commentitem"),   S("js-comment"),      S("comment-box"),   S("comment-entry"),
                                   S("comment-block"), S("comment-wrapper"), S("comment-post"),  S("single-comment"),
                                   S("user-comment"),  S("comment-card"),    S("c-comment"),     S("comment-row"),
                                   S("kommentar"),     S("commentaire"),     S("comentario"),    S("commento"),
                                   S("reactie"),       S("komentarz")};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (hs_str_eq_nocase(name, NAMES[i])) return true;
    return false;
}

static bool any_names_one(hs_str names) {
    for (size_t at = 0; at < names.n; at++) {
        size_t start = at;
        while (at < names.n && (unsigned char)names.p[at] > ' ') at++;
        if (at > start && names_one(hs_str_slice(names, start, at))) return true;
    }
    return false;
}

/* "comment-12", "li-comment-12", "comment_12" */
static bool id_of_one(hs_str id) {
    if (!id.n || !digit(id.p[id.n - 1])) return false;
    while (id.n && digit(id.p[id.n - 1])) id.n--;
    return hs_str_ends(id, HS_STR("comment-")) || hs_str_ends(id, HS_STR("comment_")) ||
           hs_str_eq(id, HS_STR("comment"));
}

/* "depth-2" of "comment even depth-2" */
static uint32_t depth_of(hs_str names) {
    static const hs_str KEYS[] = {S("depth-"), S("level-"), S("depth")};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        size_t at = hs_str_find(names, KEYS[i]);
        if (at == HS_NONE || (at && names.p[at - 1] != ' ' && names.p[at - 1] != '_' && names.p[at - 1] != '-'))
            continue;
        at += KEYS[i].n;
        if (at < names.n && digit(names.p[at])) return (uint32_t)(names.p[at] - '0');
    }
    return 0;
}

/* Reads what the element's attributes say; true when it is one comment. */
static bool read_item(item *it, const hs_node *node) {
    bool is = false;
    for (size_t i = 0; i < node->n_attrs; i++) {
        hs_str name = node->attrs[i].name, value = node->attrs[i].value;
        if (hs_str_eq(name, HS_STR("class"))) {
            is |= any_names_one(value);
            if (!it->depth) it->depth = depth_of(value);
        } else if (hs_str_eq(name, HS_STR("id"))) {
            is |= id_of_one(value);
            if (!it->id) it->id = number_at_end(value);
        } else if (hs_str_eq(name, HS_STR("itemprop"))) is |= hs_str_eq_nocase(value, HS_STR("comment"));
        else if (hs_str_eq(name, HS_STR("itemtype")))
            is |= hs_str_ends(value, HS_STR("/Comment")) || hs_str_ends(value, HS_STR("/UserComments"));
        else if (hs_str_eq(name, HS_STR("data-comment-id")) || hs_str_eq(name, HS_STR("data-commentid"))) {
            is = true;
            it->id = number_at_end(value);
        } else if (hs_str_starts(name, HS_STR("data-parent")) || hs_str_eq(name, HS_STR("data-reply-to")))
            it->parent_id = number_at_end(value);
        else if (hs_str_eq(name, HS_STR("data-depth")) || hs_str_eq(name, HS_STR("data-level")))
            it->depth = number_at_end(value) + 1;
        else if (hs_str_eq(name, HS_STR("aria-label")) && hs_str_starts_nocase(value, HS_STR("comment by "))) {
            is = true;
            it->comment.author = hs_str_trim(hs_str_slice(value, 11, value.n));
        }
    }
    return is;
}

static bool can_be_item(const hs_html_page *page, const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_ARTICLE: return true; /* has lost its marks: see marks.c */
    case HS_TAG_LI:
    case HS_TAG_DIV:
    case HS_TAG_SECTION:
    case HS_TAG_DD:
    case HS_TAG_TR:
    case HS_TAG_TABLE:
    case HS_TAG_BLOCKQUOTE: break;
    default: return false;
    }
    /* a comment that is most of the page's prose has lost its mark */
    return (page->marks[node->order] & HS_MARK_COMMENT) ||
           hs_str_starts(hs_node_attr(node, HS_STR("class")), HS_STR("comment")) ||
           hs_node_attr(node, HS_STR("aria-label")).n;
}

static void add_item(thread *t, item it) {
    size_t outer = t->items.n ? t->items.n - 1 : HS_NONE;
    while (outer != HS_NONE && !hs_node_inside(it.node, t->items.v[outer].node)) outer = t->items.v[outer].outer;
    it.outer = outer;
    it.number = it.answers = HS_NONE;
    HS_PUSH(t->page->arena, t->items, it);
}

static void find_items(thread *t) {
    const hs_tree *tree = t->page->tree;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT) continue;
        if (node->tag == HS_TAG_SCRIPT) HS_PUSH(t->page->arena, t->scripts, node);
        if (!can_be_item(t->page, node)) continue;
        item it = {.node = node};
        if (read_item(&it, node)) add_item(t, it);
    }
}

/* ---- items by their form: brothers in an element named for comments, each with a date or an author ---- */

static uint32_t signature(const hs_node *node) {
    hs_str names = hs_node_attr(node, HS_STR("class"));
    uint32_t hash = 2166136261u ^ node->tag;
    for (size_t i = 0; i < names.n && (unsigned char)names.p[i] > ' '; i++)
        hash = (hash ^ (unsigned char)names.p[i]) * 16777619u;
    return hash;
}

static bool has_head(const uint32_t *heads, const hs_node *node) {
    return node->kind == HS_NODE_ELEMENT && heads[node->end] > heads[node->order];
}

static void add_brothers(thread *t, const uint32_t *heads, const hs_node *parent) {
    const hs_node *first = parent->first_child;
    while (first && !has_head(heads, first)) first = first->next;
    if (!first || first->end - first->order < 4) return;
    uint32_t kind = signature(first);
    size_t n = 0;
    for (const hs_node *at = first; at; at = at->next) n += has_head(heads, at) && signature(at) == kind;
    for (const hs_node *at = first; at && n >= 2; at = at->next) {
        if (!has_head(heads, at) || signature(at) != kind) continue;
        item it = {.node = at};
        read_item(&it, at);
        add_item(t, it);
    }
}

static void find_brothers(thread *t) {
    const hs_html_page *page = t->page;
    const hs_tree *tree = page->tree;
    uint32_t *heads = NULL, end = 0;
    for (uint32_t i = 0; i < tree->n_nodes; i++) {
        if (i >= end && !(page->marks[i] & HS_MARK_COMMENT)) continue;
        const hs_node *node = tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT) continue;
        if (i >= end) end = node->end;
        if (!heads) {
            heads = HS_NEW(page->arena, uint32_t, tree->n_nodes + 1);
            for (size_t k = 0; k < tree->n_nodes; k++)
                heads[k + 1] = heads[k] + (tree->nodes[k]->tag == HS_TAG_TIME || (page->marks[k] & HS_MARK_AUTHOR));
        }
        if (node->tag != HS_TAG_FORM) add_brothers(t, heads, node);
    }
}

/* ---- author and date ---- */

/* Markup that was escaped once too often. */
static hs_str without_tags(hs_arena *arena, hs_str text) {
    if (hs_str_find(text, HS_STR("<")) == HS_NONE) return text;
    hs_buf out = {0};
    bool tag = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '<') tag = true;
        if (!tag) hs_buf_byte(arena, &out, text.p[i]);
        if (text.p[i] == '>') tag = false;
    }
    return hs_str_trim(hs_buf_str(&out));
}

/* "By Jane Roe says:" → "Jane Roe" */
static hs_str name_of(hs_arena *arena, hs_str text) {
    static const hs_str BEFORE[] = {S("by "),           S("from "), S("posted by "), S("comment by "),
                                    S("comment from "), S("von "),  S("author: "),   S("name: ")};
    static const hs_str AFTER[] = {S(" says"),          S(" said"),     S(" writes"),  S(" wrote"), S(" commented"),
                                   S(" sagt"),          S(" schreibt"), S(" meint"),   S(" dit"),   S(" a dit"),
                                   S(" dice"),          S(" ha detto"), S(" schreef"), S(" zegt"),  S(" diz"),
                                   S(" disse"),         S(" pisze"),    S(" on "),     S(" at "),   S(" \xC2\xB7 "),
                                   S(" \xE2\x80\x93 "), S(" | ")};
    text = hs_str_trim(without_tags(arena, text));
    for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++)
        if (hs_str_starts_nocase(text, BEFORE[i])) text = hs_str_slice(text, BEFORE[i].n, text.n);
    size_t at, n, end = text.n;
    if (hs_date_find(arena, text, &at, &n).n && at) end = at;
    for (size_t i = 0; i < sizeof AFTER / sizeof *AFTER; i++) {
        hs_str head = hs_str_slice(text, 0, end);
        size_t cut = hs_str_find(head, AFTER[i]);
        bool whole = cut != HS_NONE && (AFTER[i].p[AFTER[i].n - 1] == ' ' || cut + AFTER[i].n == head.n ||
                                        head.p[cut + AFTER[i].n] == ':' || head.p[cut + AFTER[i].n] == ' ');
        if (whole && cut > 1) end = cut;
    }
    text = hs_str_trim(hs_str_slice(text, 0, end));
    while (text.n && (text.p[text.n - 1] == ':' || text.p[text.n - 1] == ',' || text.p[text.n - 1] == '|'))
        text = hs_str_trim(hs_str_slice(text, 0, text.n - 1));
    return text;
}

static bool has_token(hs_str names, hs_str token) {
    size_t at = hs_str_find(names, token);
    return at != HS_NONE && (at == 0 || names.p[at - 1] == ' ') &&
           (at + token.n == names.n || names.p[at + token.n] == ' ');
}

static bool names_author(const hs_html_page *page, const hs_node *node) {
    if (page->marks[node->order] & HS_MARK_AUTHOR || node->tag == HS_TAG_CITE) return true;
    hs_str class = hs_node_attr(node, HS_STR("class"));
    static const hs_str WORDS[] = {S("fn"),       S("username"),     S("user-name"), S("comment-name"),
                                   S("nickname"), S("display-name"), S("commenter")};
    for (size_t i = 0; class.n && i < sizeof WORDS / sizeof *WORDS; i++)
        if (has_token(class, WORDS[i])) return true;
    return hs_str_eq_nocase(hs_node_attr(node, HS_STR("itemprop")), HS_STR("author")) ||
           hs_str_eq_nocase(hs_node_attr(node, HS_STR("itemprop")), HS_STR("creator"));
}

/* The innermost name wins: "fn" inside "comment-author" has no "says" behind it. */
static void read_author(const thread *t, item *it, const hs_node *node) {
    enum { LONGEST = 120, LONGEST_NAME = 80 };
    const hs_html_page *page = t->page;
    hs_str text = hs_node_attr(node, HS_STR("content"));
    if (!text.n) text = hs_node_text(page->arena, page->tree, node);
    if (!text.n || text.n > LONGEST) return;
    text = name_of(page->arena, text);
    if (text.n && text.n <= LONGEST_NAME) it->comment.author = text;
}

static hs_str date_of(const hs_html_page *page, const hs_node *node) {
    static const hs_str ATTRS[] = {S("datetime"), S("content"), S("title"), S("data-date"), S("data-time")};
    enum { SMALL = 12, SHORT = 120 };
    for (size_t i = 0; i < sizeof ATTRS / sizeof *ATTRS; i++) {
        hs_str value = hs_node_attr(node, ATTRS[i]);
        hs_str date = value.n ? hs_date_find(page->arena, hs_str_slice(value, 0, SHORT), NULL, NULL) : (hs_str){0};
        if (date.n) return date;
    }
    if (node->end - node->order > SMALL) return (hs_str){0};
    hs_str text = hs_node_text(page->arena, page->tree, node);
    return text.n <= SHORT ? hs_date_find(page->arena, text, NULL, NULL) : (hs_str){0};
}

static bool names_date(const hs_html_page *page, const hs_node *node) {
    return node->tag == HS_TAG_TIME || (page->marks[node->order] & HS_MARK_DATE) ||
           (node->tag == HS_TAG_OTHER && hs_node_attr(node, HS_STR("datetime")).n);
}

/* Author and date stand in elements named so, before anything of the items inside. */
static void read_head(const thread *t, item *it, size_t end) {
    enum { SMALL = 24 };
    const hs_node *author = NULL;
    for (size_t i = it->node->order + 1; i < end; i++) {
        const hs_node *node = t->page->tree->nodes[i];
        if (node->kind != HS_NODE_ELEMENT || node->end - node->order > SMALL) continue;
        bool inner = author && i < author->end;
        if ((!it->comment.author.n || inner) && names_author(t->page, node)) {
            read_author(t, it, node);
            if (!inner) author = node;
        }
        if (!it->comment.date.n && names_date(t->page, node)) it->comment.date = date_of(t->page, node);
    }
}

/* ---- the text ---- */

static bool tells_of_author(const hs_html_page *page, const hs_block *block, const hs_node *item) {
    for (const hs_node *at = page->tree->nodes[block->first]; at && at != item; at = at->parent)
        if (page->marks[at->order] & (HS_MARK_AUTHOR | HS_MARK_DATE | HS_MARK_BYLINE | HS_MARK_HIDDEN)) return true;
    return false;
}

/* Buttons and counts around a comment. */
static bool button(hs_str line) {
    static const hs_str WHOLE[] = {S("reply"),
                                   S("reply to comment"),
                                   S("log in to reply"),
                                   S("report"),
                                   S("report this comment"),
                                   S("report comment"),
                                   S("permalink"),
                                   S("permanent link"),
                                   S("like"),
                                   S("likelike"),
                                   S("like this"),
                                   S("share"),
                                   S("quote"),
                                   S("edit"),
                                   S("flag"),
                                   S("link"),
                                   S("parent"),
                                   S("upvote"),
                                   S("downvote"),
                                   S("says"),
                                   S("antworten"),
                                   S("melden"),
                                   S("zitieren"),
                                   S("r\xC3\xA9pondre"),
                                   S("signaler"),
                                   S("responder"),
                                   S("denunciar"),
                                   S("rispondi"),
                                   S("segnala"),
                                   S("beantwoorden"),
                                   S("reageer"),
                                   S("odpowiedz"),
                                   S("svara"),
                                   S("svar"),
                                   S("vastaa"),
                                   S("yan\xC4\xB1tla"),
                                   S("expand full comment"),
                                   S("loading"),
                                   S("show more"),
                                   S("read more"),
                                   S("log in to leave a comment")};
    static const hs_str STARTS[] = {S("liked by "), S("likeliked by "), S("loading"), S("your comment is awaiting")};
    enum { LONGEST = 60 };
    if (line.n > LONGEST) return false;
    while (line.n && (line.p[line.n - 1] == '.' || line.p[line.n - 1] == ':' || line.p[line.n - 1] == ' ')) line.n--;
    for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++)
        if (hs_str_eq_nocase(line, WHOLE[i])) return true;
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++)
        if (hs_str_starts_nocase(line, STARTS[i])) return true;
    return hs_rules_is(HS_PHRASE_UI, line);
}

/* "10", "+3", "2mo", "3 likes", "5 months ago", "vor 3 Tagen": a number and at most two words, none of them a sentence. */
static bool count_or_age(hs_str line) {
    static const hs_str WORDS[] = {S("ago"),   S("edited"), S("like"),   S("reaction"), S("repl"), S("vote"),
                                   S("point"), S("vor "),   S("il y a"), S("hace "),    S(" fa"),  S("geleden")};
    enum { LONGEST = 40, AGE = 4 };
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < line.n && line.n <= LONGEST; i++) {
        digits += digit(line.p[i]);
        letters += (line.p[i] | 32) >= 'a' && (line.p[i] | 32) <= 'z';
    }
    if (line.n > LONGEST || !digits) return false;
    if (letters == 0 || (line.n <= AGE && digit(line.p[0]))) return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (hs_str_find_nocase(line, WORDS[i]) != HS_NONE) return true;
    return false;
}

/* "Reply to Jane Roe", "In reply to Jane Roe", "@Jane": the name, absent when the line is none. */
static hs_str answered(hs_str line) {
    static const hs_str STARTS[] = {S("reply to"),
                                    S("in reply to"),
                                    S("replying to"),
                                    S("antwort auf "),
                                    S("en r\xC3\xA9ponse \xC3\xA0 "),
                                    S("en respuesta a "),
                                    S("in risposta a "),
                                    S("als antwoord op "),
                                    S("respondendo a "),
                                    S("w odpowiedzi na ")};
    enum { LONGEST = 80 };
    for (size_t i = 0; line.n <= LONGEST && i < sizeof STARTS / sizeof *STARTS; i++)
        if (hs_str_starts_nocase(line, STARTS[i]) && line.n > STARTS[i].n)
            return hs_str_trim(hs_str_slice(line, STARTS[i].n, line.n));
    return (hs_str){0};
}

/* An item that has neither author nor date is a part of the one around it. */
static size_t owner_of(const thread *t, size_t i) {
    const item *it = &t->items.v[i];
    bool part = !it->comment.author.n && !it->comment.date.n && it->outer != HS_NONE;
    return part ? it->outer : i;
}

/* The latest of the comments before that `name` wrote; only a few are looked at, so that a page of many stays linear. */
static size_t latest_of(const thread *t, size_t before, hs_str name) {
    enum { BACK = 200 };
    for (size_t i = before, n = 0; i > 0 && n < BACK; i--, n++)
        if (hs_str_eq_nocase(t->items.v[i - 1].comment.author, name)) return i - 1;
    return HS_NONE;
}

enum { DATELINE = 60, NAME = 40 };

/* "Jane Roe, 19 November 2031" above the text, in elements that say nothing of it. */
static void take_line(hs_arena *arena, item *it, hs_str line, hs_str date) {
    if (!it->comment.date.n) it->comment.date = date;
    hs_str name = name_of(arena, line);
    if (!it->comment.author.n && name.n < line.n && name.n <= NAME && !digit(name.p[0])) it->comment.author = name;
}

static void add_block(thread *t, size_t owner, const hs_block *block) {
    const hs_html_page *page = t->page;
    item *it = &t->items.v[owner];
    hs_str text = block->text, name = answered(text);
    if (name.n) {
        if (it->answers == HS_NONE) it->answers = latest_of(t, owner, name);
        return;
    }
    if (hs_str_eq(text, it->comment.author) || button(text) || count_or_age(text)) return;
    if (text.n < DATELINE) {
        hs_str date = hs_date_find(page->arena, text, NULL, NULL);
        if (date.n && !it->text.n) take_line(page->arena, it, text, date);
        if (date.n) return;
        if (it->comment.author.n && hs_str_eq_nocase(name_of(page->arena, text), it->comment.author)) return;
    }
    bool named = block->link_bytes * 10 > text.n * 8 || block->kind == HS_BLOCK_HEADING;
    if (!it->comment.author.n && !it->text.n && named && text.n <= NAME) {
        it->comment.author = name_of(page->arena, text);
        return;
    }
    if (it->text.n) hs_buf_add(page->arena, &it->text, HS_STR("\n\n"));
    hs_buf_add(page->arena, &it->text, text);
}

static void read_texts(thread *t) {
    const hs_html_page *page = t->page;
    size_t at = 0;
    for (size_t i = 0; i < page->blocks.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        while (at + 1 < t->items.n && t->items.v[at + 1].node->order <= block->first) at++;
        size_t inner = at < t->items.n && t->items.v[at].node->order <= block->first ? at : HS_NONE;
        while (inner != HS_NONE && block->first >= t->items.v[inner].node->end) inner = t->items.v[inner].outer;
        if (inner == HS_NONE) continue;
        size_t owner = owner_of(t, inner);
        item *it = &t->items.v[owner];
        if (!tells_of_author(page, block, it->node)) add_block(t, owner, block);
        else if (!it->comment.date.n && !it->text.n && block->text.n < DATELINE)
            it->comment.date = hs_date_find(page->arena, block->text, NULL, NULL);
    }
}

/* ---- the thread ---- */

/* A wrapper around one comment and its answers, as against a container of many: its first item has no brothers of its kind. */
static bool wraps(const item *outer, const item *inner) {
    enum { NEAR = 4 };
    if (inner->node->order - outer->node->order > NEAR) return false;
    for (const hs_node *at = inner->node->next; at; at = at->next)
        if (at->kind == HS_NODE_ELEMENT && signature(at) == signature(inner->node)) return false;
    return true;
}

/* The comment before that has the stated number, or is one level up. */
static size_t stated_parent(const thread *t, size_t i) {
    enum { BACK = 200 };
    const item *it = &t->items.v[i];
    for (size_t k = i, n = 0; k > 0 && n < BACK; k--, n++) {
        const item *other = &t->items.v[k - 1];
        if (other->number == HS_NONE) continue;
        if (it->parent_id ? other->id == it->parent_id : it->depth > 1 && other->depth && other->depth < it->depth)
            return other->number;
        if (!it->parent_id && it->depth <= 1) return HS_NONE;
    }
    return HS_NONE;
}

static size_t reply_to(const thread *t, size_t i) {
    const item *it = &t->items.v[i];
    size_t outer = it->outer;
    while (outer != HS_NONE && t->items.v[outer].number == HS_NONE) outer = t->items.v[outer].outer;
    if (outer != HS_NONE) return t->items.v[outer].number;
    size_t stated = stated_parent(t, i);
    if (stated != HS_NONE) return stated;
    return it->answers == HS_NONE ? HS_NONE : t->items.v[it->answers].number;
}

static void collect(thread *t) {
    for (size_t i = 0; i < t->items.n; i++) {
        item *it = &t->items.v[i];
        if (!it->text.n || (!it->comment.author.n && !it->comment.date.n)) continue;
        it->comment.reply_to = reply_to(t, i);
        it->comment.text = hs_buf_str(&it->text);
        it->number = t->comments.n;
        HS_PUSH(t->page->arena, t->comments, it->comment);
        for (size_t inner = i, outer = it->outer; outer != HS_NONE && t->items.v[outer].number == HS_NONE;
             inner = outer, outer = t->items.v[outer].outer) {
            if (!wraps(&t->items.v[outer], &t->items.v[inner])) break;
            t->items.v[outer].number = it->number;
        }
    }
}

void hs_comments_read(hs_record *out, const hs_html_page *page) {
    thread t = {.page = page};
    find_items(&t);
    if (!t.items.n) find_brothers(&t);
    for (size_t i = 0; i < t.items.n; i++) {
        size_t end = t.items.v[i].node->end;
        if (i + 1 < t.items.n && t.items.v[i + 1].node->order < end) end = t.items.v[i + 1].node->order;
        read_head(&t, &t.items.v[i], end);
    }
    read_texts(&t);
    collect(&t);
    out->comments = t.comments.v;
    out->n_comments = t.comments.n;
    if (!out->n_comments) hs_comments_read_jsonld(out, page->arena, &t.scripts);
}
