/* A trace as a picture: under each origin the pages that go back to it, each hanging from the page that it had the claim from. One colour
 * an origin; a circle of pages is closed by a dotted line. Looks are attributes, so that a page which holds the picture may give it its
 * own colours. */
#include <stdlib.h>

#include "formats/answers.h"
#include "formats/markup.h"

enum {
    WIDTH = 640,
    MARGIN = 16,
    TOP = 74,        /* where the first origin stands */
    HEAD = 40,       /* of an origin */
    ROW = 58,        /* of a page */
    BOX = 46,        /* how high a page's box is */
    BOX_WIDTH = 330, /* and how wide */
    INDENT = 30,
    DEEPEST = 8,
    GAP = 14 /* under an origin's pages */
};

static const char *const COLOURS[] = {"#1f6feb", "#bf5700", "#1a7f37", "#8250df",
                                      "#cf222e", "#0a7ea4", "#7d4e00", "#57606a"};

/* Where a page stands, and what hangs from it. */
typedef struct place {
    size_t first, next; /* the first that had it from this page; the next that had it from the same: HS_NONE: none */
    size_t depth, y;
    bool placed;
} place;

typedef struct layout {
    hs_out *out;
    const hs_trace *trace;
    place *places;
    size_t *heads; /* y of each origin; 0: it has no page */
    size_t y;
} layout;

/* ---- where everything stands ---- */

/* The next in the tree under `root` that has no place yet, behind `at` and what hangs from it; HS_NONE: there is none. */
static size_t next_in_tree(const layout *l, size_t root, size_t at) {
    size_t child = l->places[at].first;
    for (;;) {
        while (child != HS_NONE && l->places[child].placed) child = l->places[child].next;
        if (child != HS_NONE) return child;
        if (at == root) return HS_NONE;
        child = l->places[at].next;
        at = l->trace->carriers[at].from;
    }
}

static void place_tree(layout *l, size_t root) {
    for (size_t at = root; at != HS_NONE; at = next_in_tree(l, root, at)) {
        place *p = &l->places[at];
        p->placed = true;
        p->depth = at == root ? 0 : l->places[l->trace->carriers[at].from].depth + 1;
        p->y = l->y;
        l->y += ROW;
    }
}

/* First those that had it from no page, then circles, which have no such page. */
static void place_origin(layout *l, size_t origin) {
    const hs_trace *t = l->trace;
    size_t head = l->y;
    l->y += HEAD;
    for (int circles = 0; circles < 2; circles++)
        for (size_t i = 0; i < t->n_carriers; i++)
            if (t->carriers[i].origin == origin && !l->places[i].placed && (circles || t->carriers[i].from == HS_NONE))
                place_tree(l, i);
    bool any = l->y > head + HEAD;
    if (any) l->heads[origin] = head;
    l->y = any ? l->y + GAP : head;
}

static void place_all(layout *l) {
    const hs_trace *t = l->trace;
    for (size_t i = 0; i < t->n_carriers; i++) l->places[i] = (place){.first = HS_NONE, .next = HS_NONE};
    for (size_t i = t->n_carriers; i-- > 0;) { /* backwards: the earliest comes to stand first */
        size_t from = t->carriers[i].from;
        if (from >= t->n_carriers) continue;
        l->places[i].next = l->places[from].first;
        l->places[from].first = i;
    }
    for (size_t i = 0; i < t->n_origins; i++) place_origin(l, i);
}

/* ---- writing ---- */

static void put(const layout *l, const char *markup) {
    hs_markup_put(l->out, markup);
}

static void put_n(const layout *l, const char *before, size_t n) {
    put(l, before);
    hs_markup_number(l->out, n);
}

static const char *colour_of(size_t origin) {
    return COLOURS[origin % (sizeof COLOURS / sizeof *COLOURS)];
}

static void open_text(const layout *l, size_t x, size_t y, const char *looks) {
    put_n(l, "<text x=\"", x);
    put_n(l, "\" y=\"", y);
    put(l, "\" ");
    put(l, looks);
    put(l, ">");
}

static const char *const NAME = "class=\"name\" font-size=\"14\" font-weight=\"bold\" fill=\"#1f2328\"",
                         *const SMALL = "class=\"small\" font-size=\"12\" fill=\"#57606a\"",
                         *const MARK = "class=\"mark\" font-size=\"12\" fill=\"#1a7f37\" text-anchor=\"end\"";

static size_t left_of(const place *p) {
    return MARGIN + 18 + (p->depth < DEEPEST ? p->depth : DEEPEST) * INDENT;
}

static void open_line(const layout *l, size_t x, size_t y) {
    put_n(l, "<path class=\"line\" fill=\"none\" stroke-width=\"2\" d=\"M", x);
    put_n(l, " ", y);
}

static void close_line(const layout *l, size_t origin, const char *more) {
    put(l, "\" stroke=\"");
    put(l, colour_of(origin));
    put(l, more);
    put(l, "/>\n");
}

/* From the page that it had it from, or from its origin; back from the last page of a circle. */
static void put_line(const layout *l, size_t index) {
    const hs_carrier *c = &l->trace->carriers[index];
    const place *p = &l->places[index], *from = c->from < l->trace->n_carriers ? &l->places[c->from] : NULL;
    bool hangs = from && from->y < p->y;
    size_t x = left_of(p), middle = p->y + BOX / 2;
    if (hangs) {
        size_t stem = left_of(from) + 14;
        open_line(l, stem < x ? stem : x - 8, from->y + BOX);
    } else if (p->depth == 0) {
        open_line(l, MARGIN, l->heads[c->origin] + 20);
    }
    if (hangs || p->depth == 0) {
        put_n(l, "V", middle);
        put_n(l, "H", x);
        close_line(l, c->origin, "\"");
    }
    if (!from || hangs || from == p) return;
    open_line(l, left_of(from) + BOX_WIDTH, from->y + BOX / 2);
    put_n(l, "H", WIDTH - MARGIN);
    put_n(l, "V", middle);
    put_n(l, "H", x + BOX_WIDTH);
    close_line(l, c->origin, "\" stroke-dasharray=\"2 4\" stroke-linecap=\"round\"");
    put_n(l, "<path d=\"M", x + BOX_WIDTH + 1);
    put_n(l, " ", middle);
    put(l, "l9 -5v10z\" fill=\"");
    put(l, colour_of(c->origin));
    put(l, "\"/>\n");
}

/* "2031-03-12 07:30", as far as the page tells. */
static void put_time(const layout *l, hs_str published) {
    hs_markup_text(l->out, published.n ? hs_str_slice(published, 0, 10) : HS_STR("no date"));
    if (published.n < 16) return;
    put(l, " ");
    hs_markup_text(l->out, hs_str_slice(published, 11, 16));
}

static void put_box(const layout *l, size_t index) {
    const hs_carrier *c = &l->trace->carriers[index];
    size_t x = left_of(&l->places[index]), y = l->places[index].y;
    bool asked = hs_str_eq(c->cited.page, l->trace->claim.page);
    put(l, "<g><title>");
    hs_markup_clipped(l->out, c->cited.record->title, 150);
    put_n(l, "</title><rect class=\"box\" fill=\"#fff\" rx=\"6\" height=\"46\" width=\"", BOX_WIDTH);
    put_n(l, "\" x=\"", x);
    put_n(l, "\" y=\"", y);
    put(l, asked ? "\" stroke-width=\"4\" stroke=\"" : "\" stroke-width=\"2\" stroke=\"");
    put(l, colour_of(c->origin));
    put(l, "\"/></g>\n");
    open_text(l, x + 12, y + 19, NAME);
    hs_markup_clipped(l->out, c->cited.outlet, c->n_evidence ? 14 : 21);
    put(l, "</text>\n");
    if (c->n_evidence) {
        open_text(l, x + BOX_WIDTH - 12, y + 19, MARK);
        put(l, "+ adds evidence</text>\n");
    }
    open_text(l, x + 12, y + 37, SMALL);
    put_time(l, c->cited.record->published);
    put(l, " · ");
    put(l, hs_how_name(c->how));
    put(l, " ");
    if (c->how != HS_HOW_FIRST) hs_markup_clipped(l->out, c->from_name, 13);
    put(l, "</text>\n");
}

static void put_origin(const layout *l, size_t origin) {
    const hs_origin *o = &l->trace->origins[origin];
    size_t y = l->heads[origin];
    if (!y) return;
    put_n(l, "<circle r=\"6\" cx=\"", MARGIN);
    put_n(l, "\" cy=\"", y + 14);
    put(l, "\" fill=\"");
    put(l, colour_of(origin));
    put(l, "\"/>\n");
    open_text(l, MARGIN + 16, y + 19, NAME);
    hs_markup_clipped(l->out, o->label, 34);
    put(l, "</text>\n");
    open_text(l, WIDTH - MARGIN, y + 19, "class=\"small\" font-size=\"12\" fill=\"#57606a\" text-anchor=\"end\"");
    hs_markup_number(l->out, o->n_carriers);
    put(l, o->n_carriers == 1 ? " page" : " pages");
    put(l, o->circular ? ", a circle" : o->outside ? ", no page here" : "");
    put(l, "</text>\n");
}

static void put_head(const layout *l) {
    const hs_trace *t = l->trace;
    const hs_claim *c = &t->claim.record->claims[t->claim.claim];
    put_n(l, "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui, sans-serif\" viewBox=\"0 0 ", WIDTH);
    put_n(l, " ", l->y);
    put_n(l, "\" width=\"", WIDTH);
    put_n(l, "\" height=\"", l->y);
    put_n(l, "\" role=\"img\">\n<title>", t->n_outlets);
    put_n(l, t->n_outlets == 1 ? " outlet, " : " outlets, ", t->n_origins);
    put(l, t->n_origins == 1 ? " origin" : " origins");
    put_n(l, "</title>\n<rect class=\"back\" fill=\"#fff\" width=\"", WIDTH);
    put_n(l, "\" height=\"", l->y);
    put(l, "\"/>\n");
    open_text(l, MARGIN, 26, NAME);
    hs_markup_clipped(l->out, t->claim.speaker.n ? t->claim.speaker : HS_STR("(nobody named)"), 40);
    put(l, "</text>\n");
    open_text(l, MARGIN, 46, SMALL);
    if (c->n_content)
        hs_markup_clipped(l->out, hs_str_slice(t->claim.record->text, c->content[0].byte_start, c->content[0].byte_end),
                          49);
    put(l, "</text>\n");
}

static void put_all(layout *l) {
    place_all(l);
    put_head(l);
    for (size_t i = 0; i < l->trace->n_carriers && l->out->ok; i++)
        if (l->places[i].placed) put_line(l, i);
    for (size_t i = 0; i < l->trace->n_carriers && l->out->ok; i++)
        if (l->places[i].placed) put_box(l, i);
    for (size_t i = 0; i < l->trace->n_origins && l->out->ok; i++) put_origin(l, i);
    put(l, "</svg>\n");
}

bool hs_format_trace_svg(hs_sink sink, void *state, const hs_trace *t) {
    hs_out out;
    hs_out_init(&out, sink, state);
    layout l = {.out = &out, .trace = t, .y = TOP};
    l.places = calloc(t->n_carriers + 1, sizeof *l.places);
    l.heads = calloc(t->n_origins + 1, sizeof *l.heads);
    bool ok = l.places && l.heads;
    if (ok) put_all(&l);
    free(l.places);
    free(l.heads);
    return hs_out_flush(&out) && ok;
}
