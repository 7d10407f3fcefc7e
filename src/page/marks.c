/* What elements say of themselves by tag, class, id, role and style: see blocks.h. */
#include "page/blocks.h"

static unsigned mark_of_tag(const hs_node *node) {
    switch (node->tag) {
    case HS_TAG_NAV:
    case HS_TAG_MENU: return HS_MARK_NAV;
    case HS_TAG_ASIDE:
    case HS_TAG_DIALOG: return HS_MARK_ASIDE;
    case HS_TAG_FORM:
    case HS_TAG_FIELDSET: return HS_MARK_ASIDE;
    case HS_TAG_FOOTER: return HS_MARK_FOOT;
    case HS_TAG_FIGCAPTION:
    case HS_TAG_CAPTION: return HS_MARK_CAPTION;
    case HS_TAG_ARTICLE:
    case HS_TAG_MAIN: return HS_MARK_CONTENT;
    default: return 0;
    }
}

static unsigned mark_of_role(hs_str role) {
    static const struct {
        hs_str role;
        unsigned marks;
    } ROLES[] = {
        {{"navigation", 10}, HS_MARK_NAV},      {{"menu", 4}, HS_MARK_NAV},
        {{"menubar", 7}, HS_MARK_NAV},          {{"banner", 6}, HS_MARK_NAV},
        {{"complementary", 13}, HS_MARK_ASIDE}, {{"dialog", 6}, HS_MARK_ASIDE},
        {{"search", 6}, HS_MARK_ASIDE},         {{"form", 4}, HS_MARK_ASIDE},
        {{"contentinfo", 11}, HS_MARK_FOOT},    {{"article", 7}, HS_MARK_CONTENT},
        {{"main", 4}, HS_MARK_CONTENT},         {{"alertdialog", 11}, HS_MARK_ASIDE},
    };
    for (size_t i = 0; role.n && i < sizeof ROLES / sizeof *ROLES; i++)
        if (hs_str_eq_nocase(role, ROLES[i].role)) return ROLES[i].marks;
    return 0;
}

static bool style_hides(hs_str style) {
    size_t at = hs_str_find_nocase(style, HS_STR("display"));
    if (at != HS_NONE) {
        hs_str rest = hs_str_trim(hs_str_slice(style, at + 7, style.n));
        if (rest.n && rest.p[0] == ':' &&
            hs_str_starts_nocase(hs_str_trim(hs_str_slice(rest, 1, rest.n)), HS_STR("none")))
            return true;
    }
    return hs_str_find_nocase(style, HS_STR("visibility:hidden")) != HS_NONE;
}

/* Elements that hold the page: their class names tell its template, not their place. */
static bool frame(const hs_node *node) {
    return node->tag == HS_TAG_HTML || node->tag == HS_TAG_BODY || node->tag == HS_TAG_MAIN ||
           node->tag == HS_TAG_ARTICLE;
}

static bool heading(const hs_node *node) {
    return node->tag >= HS_TAG_H1 && node->tag <= HS_TAG_H6;
}

static bool in_line(const hs_node *node) {
    return node->tag == HS_TAG_SPAN || node->tag == HS_TAG_A || node->tag == HS_TAG_CODE || node->tag == HS_TAG_EM ||
           node->tag == HS_TAG_STRONG || node->tag == HS_TAG_B || node->tag == HS_TAG_I || node->tag == HS_TAG_P;
}

/* An id of many words is the slug of a heading. */
static bool slug(hs_str id) {
    size_t hyphens = 0;
    for (size_t i = 0; i < id.n; i++) hyphens += id.p[i] == '-' || id.p[i] == '_';
    return hyphens >= 3;
}

static bool names_itself(const hs_node *node, const hs_attr *attr) {
    if (hs_str_eq(attr->name, HS_STR("id"))) return !heading(node) && !slug(attr->value);
    return hs_str_eq(attr->name, HS_STR("class")) || hs_str_eq(attr->name, HS_STR("itemprop")) ||
           hs_str_eq(attr->name, HS_STR("data-component"));
}

static unsigned marks_of_node(const hs_node *node, hs_class_marks *kept) {
    unsigned marks = mark_of_tag(node), named = 0;
    for (size_t i = 0; i < node->n_attrs; i++) {
        const hs_attr *attr = &node->attrs[i];
        if (names_itself(node, attr)) named |= hs_rules_class(kept, attr->value);
        else if (hs_str_eq(attr->name, HS_STR("role"))) marks |= mark_of_role(attr->value);
        else if (hs_str_eq(attr->name, HS_STR("style")) && style_hides(attr->value)) marks |= HS_MARK_HIDDEN;
        else if (hs_str_eq(attr->name, HS_STR("hidden"))) marks |= HS_MARK_HIDDEN;
        else if (hs_str_eq(attr->name, HS_STR("aria-hidden")) && hs_str_eq(attr->value, HS_STR("true")))
            marks |= HS_MARK_HIDDEN;
    }
    if (frame(node)) named &= HS_MARK_CONTENT;
    if (in_line(node)) named &= ~(unsigned)(HS_MARK_NAV | HS_MARK_ASIDE | HS_MARK_COMMENT | HS_MARK_FOOT);
    marks |= named;
    if (marks & HS_MARK_FOLD) marks &= ~(unsigned)HS_MARK_HIDDEN;
    return marks;
}

/* Sums over the nodes before one, in document order; a difference is the sum of a subtree. */
typedef struct sums {
    uint32_t prose; /* bytes of texts that are long and no links */
    uint32_t bytes; /* of all texts */
    uint32_t links; /* of texts in links */
    uint32_t heads; /* <h1> elements */
} sums;

static bool unread(const hs_node *node) {
    return node->tag == HS_TAG_SCRIPT || node->tag == HS_TAG_STYLE || node->tag == HS_TAG_NOSCRIPT ||
           node->tag == HS_TAG_TEMPLATE || node->tag == HS_TAG_TEXTAREA || node->tag == HS_TAG_OPTION ||
           node->tag == HS_TAG_TITLE;
}

static sums *sums_of(hs_arena *arena, const hs_tree *tree) {
    enum { PROSE = 40 };
    sums *all = HS_NEW(arena, sums, tree->n_nodes + 1), sum = {0};
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i], *parent = node->parent;
        sum.heads += node->tag == HS_TAG_H1;
        if (node->kind == HS_NODE_TEXT && !unread(parent)) {
            uint32_t size = (uint32_t)hs_str_trim(node->text).n;
            bool link = parent->tag == HS_TAG_A;
            sum.bytes += size;
            sum.prose += size >= PROSE && !link ? size : 0;
            sum.links += link || (parent->parent && parent->parent->tag == HS_TAG_A) ? size : 0;
        }
        all[i + 1] = sum;
    }
    return all;
}

/* A name may be wrong: "content-sidebar" around the whole page, a form around everything. What holds much of the page's prose stays,
 * and a name that speaks of small things takes out only small ones. */
static uint32_t settled(const hs_node *node, uint32_t marks, const sums *all, uint32_t all_prose) {
    enum { SMALL = 300, BEFORE = 200, PROSE = 150 };
    const sums *from = &all[node->order], *to = &all[node->end];
    uint32_t prose = to->prose - from->prose, bytes = to->bytes - from->bytes;
    bool large = prose * 20 > all_prose * 7;
    if ((marks & HS_MARK_COMMENT) && large && (from->prose < BEFORE || to->heads > from->heads))
        marks &= ~(uint32_t)HS_MARK_COMMENT;
    if (large) marks &= ~(uint32_t)(HS_MARK_NAV | HS_MARK_ASIDE | HS_MARK_FOOT | HS_MARK_HIDDEN | HS_MARK_CAPTION);
    /* a menu is made of links */
    bool menu = node->tag == HS_TAG_NAV || (to->links - from->links) * 4 >= bytes;
    if ((marks & HS_MARK_NAV) && prose > PROSE && !menu) marks &= ~(uint32_t)HS_MARK_NAV;
    if ((marks & HS_MARK_BYLINE) && bytes > SMALL) marks &= ~(uint32_t)HS_MARK_BYLINE;
    return marks;
}

uint32_t *hs_marks_of(hs_arena *arena, const hs_tree *tree) {
    uint32_t *marks = HS_NEW(arena, uint32_t, tree->n_nodes + 1);
    hs_arena_place place = hs_arena_here(arena);
    hs_class_marks *kept = HS_NEW(arena, hs_class_marks, 1);
    const sums *all = sums_of(arena, tree);
    uint32_t all_prose = all[tree->n_nodes].prose;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const hs_node *node = tree->nodes[i];
        uint32_t own = node->kind == HS_NODE_ELEMENT ? marks_of_node(node, kept) : 0;
        if (own) marks[i] = settled(node, own, all, all_prose);
    }
    hs_arena_return(arena, place);
    return marks;
}
