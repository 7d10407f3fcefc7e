/* A page's chains as one picture: the page at the right, to its left those on whose word it relies, to theirs those on whose word
 * they rely. Claims that came the same way share it. Memory is an arena of its own. */
#include <setjmp.h>

#include "formats/chain.h"
#include "formats/formats.h"
#include "formats/markup.h"

enum {
    ROW = 46,
    COLUMN = 300,
    LABEL = 246,
    TOP = 66,
    LEFT = 24,
    MOST_MEMORY = 1 << 30,
    STANCES = HS_STANCE_ASSERTS + 1
};

#define BOLD 1.2 /* how much wider bold letters are */

/* A way station; the first node is the page. */
typedef struct node {
    hs_step step;
    hs_str standing; /* role or affiliation */
    size_t parent, first, last, next;
    size_t depth, row2; /* row2: twice the row, so that a node can stand between two */
    size_t claims, acts[STANCES];
    bool hedged;
} node;

typedef struct picture {
    hs_out *out;
    hs_arena *arena;
    const hs_record *record;
    HS_VEC(node) nodes;
    size_t *slots, n_slots; /* hash: parent, kind and name → node */
    size_t deepest, rows;
} picture;

static size_t hash_of(size_t parent, const hs_step *step) {
    uint64_t hash = parent * 31 + step->kind;
    for (size_t i = 0; i < step->name.n; i++) hash = (hash ^ (unsigned char)step->name.p[i]) * UINT64_C(0x100000001B3);
    return (size_t)(hash ^ hash >> 29);
}

static size_t add_node(picture *picture, size_t parent, const hs_step *step) {
    size_t new = picture->nodes.n;
    node *above = parent == HS_NONE ? NULL : &picture->nodes.v[parent];
    size_t depth = above ? above->depth + 1 : 0;
    if (above && above->first == HS_NONE) above->first = new;
    else if (above) picture->nodes.v[above->last].next = new;
    if (above) above->last = new;
    if (depth > picture->deepest) picture->deepest = depth;
    HS_PUSH(
        picture->arena, picture->nodes,
        (node){.step = *step, .parent = parent, .first = HS_NONE, .last = HS_NONE, .next = HS_NONE, .depth = depth});
    return new;
}

/* The node for a step behind `parent`, made where there is none yet. */
static size_t node_for(picture *picture, size_t parent, const hs_step *step) {
    size_t slot = hash_of(parent, step) & (picture->n_slots - 1);
    for (; picture->slots[slot]; slot = (slot + 1) & (picture->n_slots - 1)) {
        const node *known = &picture->nodes.v[picture->slots[slot]];
        if (known->parent == parent && known->step.kind == step->kind && hs_str_eq(known->step.name, step->name))
            return picture->slots[slot];
    }
    return picture->slots[slot] = add_node(picture, parent, step);
}

static void add_claim(picture *picture, size_t index) {
    const hs_claim *claim = &picture->record->claims[index];
    hs_chain chain;
    hs_chain_of(&chain, picture->record, index);
    size_t at = 0;
    for (size_t i = chain.n - 1; i-- > 0;) at = node_for(picture, at, &chain.steps[i]);
    node *end = &picture->nodes.v[at];
    end->claims++;
    if ((size_t)claim->stance < STANCES) end->acts[claim->stance]++;
    end->hedged |= claim->hedged;
    if (claim->speaker >= picture->record->n_entities) return;
    const hs_entity *entity = &picture->record->entities[claim->speaker];
    end->standing = entity->role.n ? entity->role : entity->affiliation;
}

static void make_nodes(picture *picture) {
    const hs_record *record = picture->record;
    hs_step page = {HS_STEP_PAGE, hs_chain_page(record)};
    picture->n_slots = 64;
    while (picture->n_slots / 2 < record->n_claims * HS_CHAIN_MOST) picture->n_slots *= 2;
    picture->slots = HS_NEW(picture->arena, size_t, picture->n_slots);
    add_node(picture, HS_NONE, &page);
    for (size_t i = 0; i < record->n_claims; i++) add_claim(picture, i);
}

/* Leaves take a row each, from top to bottom in the order of a walk; those that they lead to stand in the middle of theirs. Children
 * have higher numbers than their parents, so sums go backwards; the walk follows first, next and parent. */
static void lay_out(picture *picture) {
    node *v = picture->nodes.v;
    for (size_t at = 0;;) {
        if (v[at].first != HS_NONE) {
            at = v[at].first;
            continue;
        }
        v[at].row2 = 2 * picture->rows++;
        while (at && v[at].next == HS_NONE) at = v[at].parent;
        if (!at) break;
        at = v[at].next;
    }
    for (size_t i = picture->nodes.n; i-- > 0;)
        if (v[i].first != HS_NONE) v[i].row2 = (v[v[i].first].row2 + v[v[i].last].row2) / 2;
}

static size_t x_of(const picture *picture, const node *node) {
    return LEFT + (picture->deepest - node->depth) * COLUMN;
}

static size_t y_of(const node *node) {
    return TOP + node->row2 * ROW / 2;
}

static void number(picture *picture, const char *before, size_t n) {
    hs_markup_put(picture->out, before);
    hs_markup_number(picture->out, n);
}

/* Where the label ends; bold letters are a little wider. */
static size_t end_of(const picture *picture, const node *node) {
    double width = hs_markup_width(node->step.name) * 14 * BOLD, more = node->claims ? 130 : 0;
    if (more > width) width = more;
    return x_of(picture, node) + 28 + (width < LABEL - 20 ? (size_t)width : LABEL - 28);
}

/* From behind a node's label to the next station. Broken where all that came this way is hedged or guessed, barred where denied. */
static void put_way(picture *picture, const node *from) {
    const node *to = &picture->nodes.v[from->parent];
    size_t x = end_of(picture, from), y = y_of(from), to_x = x_of(picture, to) - 12, to_y = y_of(to);
    bool denies = from->acts[HS_STANCE_DENIES] > 0, unsure = from->hedged || from->acts[HS_STANCE_SPECULATES] > 0;
    hs_markup_put(picture->out, "<path fill=\"none\" stroke=\"#8a8478\" stroke-width=\"1.5\"");
    if (unsure) hs_markup_put(picture->out, " stroke-dasharray=\"5 4\"");
    number(picture, " d=\"M", x);
    number(picture, " ", y);
    number(picture, "H", x_of(picture, from) + LABEL);
    number(picture, "C", x_of(picture, from) + LABEL + 24);
    number(picture, " ", y);
    number(picture, " ", to_x - 24);
    number(picture, " ", to_y);
    number(picture, " ", to_x);
    number(picture, " ", to_y);
    hs_markup_put(picture->out, "\" marker-end=\"url(#arrow)\"/>");
    if (!denies) return;
    number(picture, "<path stroke=\"#a33b12\" stroke-width=\"2\" d=\"M", x + 6);
    number(picture, " ", y - 6);
    hs_markup_put(picture->out, "v12\"/>");
}

/* "3 claims: denies 1, asserts 2" */
static void put_acts(picture *picture, const node *node) {
    hs_markup_number(picture->out, node->claims);
    hs_markup_put(picture->out, node->claims == 1 ? " claim: " : " claims: ");
    bool any = false;
    for (size_t i = 0; i < STANCES; i++) {
        if (!node->acts[i]) continue;
        if (any) hs_markup_put(picture->out, ", ");
        hs_markup_put(picture->out, hs_stance_name((hs_stance)i));
        if (node->claims > 1) number(picture, " ", node->acts[i]);
        any = true;
    }
}

static void put_node(picture *picture, const node *node) {
    size_t x = x_of(picture, node), y = y_of(node);
    hs_markup_put(picture->out, "<g><title>");
    hs_markup_text(picture->out, node->step.name);
    if (node->standing.n) hs_markup_put(picture->out, ", ");
    hs_markup_text(picture->out, node->standing);
    hs_markup_put(picture->out, "</title>");
    hs_chain_sign(picture->out, node->step.kind, x, y);
    number(picture, "<text font-size=\"14\" font-weight=\"600\" x=\"", x + 14);
    number(picture, "\" y=\"", y + 5);
    hs_markup_put(picture->out, "\">");
    hs_markup_clipped(picture->out, node->step.name, (LABEL - 20) / (14 * BOLD));
    hs_markup_put(picture->out, "</text>");
    if (node->claims) {
        number(picture, "<text fill=\"#5d584f\" font-size=\"11\" x=\"", x + 14);
        number(picture, "\" y=\"", y + 20);
        hs_markup_put(picture->out, "\">");
        put_acts(picture, node);
        hs_markup_put(picture->out, "</text>");
    }
    hs_markup_put(picture->out, "</g>\n");
}

static void put_head(picture *picture) {
    size_t width = 2 * LEFT + picture->deepest * COLUMN + LABEL, height = TOP + picture->rows * ROW;
    number(picture, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"", width);
    number(picture, "\" height=\"", height);
    number(picture, "\" viewBox=\"0 0 ", width);
    number(picture, " ", height);
    hs_markup_put(picture->out,
                  "\" font-family=\"system-ui, sans-serif\" fill=\"#1f1d1a\">\n<title>Who has it from whom: ");
    hs_markup_text(picture->out, picture->record->title.n ? picture->record->title : picture->record->path);
    hs_markup_put(
        picture->out,
        "</title>\n"
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
        "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#8a8478\"/></marker></defs>\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fdfcf9\"/>\n");
    number(picture, "<text font-size=\"16\" font-weight=\"600\" x=\"", LEFT - 6);
    hs_markup_put(picture->out, "\" y=\"30\">");
    hs_markup_clipped(picture->out, picture->record->title.n ? picture->record->title : picture->record->path,
                      (double)(width - 2 * LEFT) / 16);
    hs_markup_put(picture->out, "</text>\n");
}

static bool draw(picture *picture) {
    if (setjmp(picture->arena->full)) return false;
    make_nodes(picture);
    lay_out(picture);
    put_head(picture);
    for (size_t i = 1; i < picture->nodes.n && picture->out->ok; i++) put_way(picture, &picture->nodes.v[i]);
    for (size_t i = 0; i < picture->nodes.n && picture->out->ok; i++) put_node(picture, &picture->nodes.v[i]);
    hs_markup_put(picture->out, "</svg>\n");
    return true;
}

bool hs_format_svg(hs_sink sink, void *state, const hs_record *record) {
    hs_arena arena;
    hs_out out;
    hs_arena_init(&arena, MOST_MEMORY);
    hs_out_init(&out, sink, state);
    picture picture = {.out = &out, .arena = &arena, .record = record};
    bool ok = draw(&picture);
    hs_arena_free(&arena);
    return hs_out_flush(&out) && ok;
}
