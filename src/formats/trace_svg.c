/* A trace as a picture: pages as boxes, the earliest on top, a line from each to the page it had the claim from, origins at the left. One
 * colour an origin. Nothing outside the file is needed to show it. */
#include <stdio.h>

#include "base/utf8.h"
#include "formats/answers.h"

enum { WIDTH = 860, LEFT = 250, BOX = 420, ROW = 64, TOP = 70, MOST_LETTERS = 52 };

static const char *const COLOURS[] = {"#1f6feb", "#bf5700", "#1a7f37", "#8250df",
                                      "#cf222e", "#0a7ea4", "#7d4e00", "#57606a"};

static void put_n(hs_out *out, const char *before, size_t n, const char *after) {
    char text[160];
    int k = snprintf(text, sizeof text, "%s%zu%s", before, n, after);
    hs_out_put(out, (hs_str){text, (size_t)k});
}

/* Text with what XML wants escaped; control characters gone; cut off at so many letters. */
static void put_xml(hs_out *out, hs_str s, size_t most) {
    size_t letters = 0;
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = hs_utf8_decode(s, at, &next);
        if (letters++ == most) {
            hs_out_put(out, HS_STR("…"));
            return;
        }
        if (cp == '&') hs_out_put(out, HS_STR("&amp;"));
        else if (cp == '<') hs_out_put(out, HS_STR("&lt;"));
        else if (cp == '>') hs_out_put(out, HS_STR("&gt;"));
        else if (cp == '"') hs_out_put(out, HS_STR("&quot;"));
        else if (cp == '\n' || cp == '\t') hs_out_put(out, HS_STR(" "));
        else if (cp == 0xFFFD || cp == 0xFFFE || cp == 0xFFFF) hs_out_put(out, HS_STR("\xEF\xBF\xBD"));
        else if (hs_char_classify(cp) != HS_CHAR_CONTROL) hs_out_put(out, hs_str_slice(s, at, next));
    }
}

static const char *colour_of(size_t origin) {
    return COLOURS[origin % (sizeof COLOURS / sizeof *COLOURS)];
}

static void put_text(hs_out *out, size_t x, size_t y, const char *class, hs_str text, size_t most) {
    put_n(out, "<text x=\"", x, "\"");
    put_n(out, " y=\"", y, "\" class=\"");
    hs_out_put(out, hs_str_of(class));
    hs_out_put(out, HS_STR("\">"));
    put_xml(out, text, most);
    hs_out_put(out, HS_STR("</text>\n"));
}

static size_t row_of(size_t index) {
    return TOP + index * ROW;
}

static void put_arrow(hs_out *out, const hs_trace *t, size_t index) {
    const hs_carrier *c = &t->carriers[index];
    size_t to = row_of(index) + 22;
    if (c->from == HS_NONE) { /* from its origin, at the left */
        put_n(out, "<path class=\"line\" d=\"M230 ", to, "");
        put_n(out, " H", LEFT - 6, "\" stroke=\"");
    } else {
        size_t from = row_of(c->from) + 22, out_by = LEFT + BOX + 20 + (index * 12) % 120;
        put_n(out, "<path class=\"line\" d=\"M", LEFT + BOX, " ");
        put_n(out, "", from, "");
        put_n(out, " H", out_by, "");
        put_n(out, " V", to, "");
        put_n(out, " H", LEFT + BOX + 6, "\" stroke=\"");
    }
    hs_out_put(out, hs_str_of(colour_of(c->origin)));
    hs_out_put(out, HS_STR("\" marker-end=\"url(#tip)\"/>\n"));
}

static void put_box(hs_out *out, const hs_trace *t, size_t index) {
    const hs_carrier *c = &t->carriers[index];
    size_t y = row_of(index);
    put_n(out, "<g><title>", index + 1, ". ");
    put_xml(out, c->cited.record->title, 300);
    hs_out_put(out, HS_STR("</title><rect class=\"box\" rx=\"6\" height=\"46\""));
    put_n(out, " x=\"", LEFT, "\"");
    put_n(out, " width=\"", BOX, "\"");
    put_n(out, " y=\"", y, "\" stroke=\"");
    hs_out_put(out, hs_str_of(colour_of(c->origin)));
    hs_out_put(out, HS_STR("\"/></g>\n"));
    put_text(out, LEFT + 12, y + 19, "name", c->cited.outlet, MOST_LETTERS);
    put_text(out, LEFT + 12, y + 37, "small",
             c->cited.record->published.n ? c->cited.record->published : HS_STR("no date"), 25);
    put_text(out, LEFT + 190, y + 37, "small", hs_str_of(hs_how_name(c->how)), 20);
    if (c->n_evidence) put_text(out, LEFT + 290, y + 37, "mark", HS_STR("adds evidence"), 20);
}

/* Beside the first of its pages that has it from nowhere else. */
static void put_origin(hs_out *out, const hs_trace *t, size_t origin) {
    size_t at = HS_NONE;
    for (size_t i = 0; i < t->n_carriers && at == HS_NONE; i++)
        if (t->carriers[i].origin == origin && (t->carriers[i].from == HS_NONE || t->origins[origin].circular)) at = i;
    if (at == HS_NONE) return;
    put_text(out, 14, row_of(at) + 17, "name", t->origins[origin].label, 30);
    const char *kind = t->origins[origin].circular  ? "a circle"
                       : t->origins[origin].outside ? "no page here"
                                                    : "origin";
    put_text(out, 14, row_of(at) + 35, "small", hs_str_of(kind), 30);
}

bool hs_format_trace_svg(hs_sink sink, void *state, const hs_trace *t) {
    hs_out out;
    hs_out_init(&out, sink, state);
    size_t height = TOP + t->n_carriers * ROW + 20;
    put_n(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" viewBox=\"0 0 ", WIDTH, " ");
    put_n(&out, "", height, "\" width=\"860\" role=\"img\">\n<title>");
    put_n(&out, "", t->n_outlets, t->n_outlets == 1 ? " outlet, " : " outlets, ");
    put_n(&out, "", t->n_origins, t->n_origins == 1 ? " origin" : " origins");
    hs_out_put(
        &out,
        HS_STR(
            "</"
            "title>\n<style>.box{fill:#fff;stroke-width:2}.line{fill:none;stroke-width:2}.name{font-size:14px;font-"
            "weight:bold;"
            "fill:#1f2328}.small{font-size:12px;fill:#57606a}.mark{font-size:12px;fill:#1a7f37}</style>\n"
            "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
            "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"context-stroke\"/></marker></defs>\n"
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"));
    const hs_claim *c = &t->claim.record->claims[t->claim.claim];
    hs_str said = c->n_content ? hs_str_slice(t->claim.record->text, c->content[0].byte_start, c->content[0].byte_end)
                               : (hs_str){0};
    put_text(&out, 14, 26, "name", t->claim.speaker.n ? t->claim.speaker : HS_STR("(nobody named)"), 80);
    put_text(&out, 14, 48, "small", said, 120);
    for (size_t i = 0; i < t->n_carriers && out.ok; i++) put_arrow(&out, t, i);
    for (size_t i = 0; i < t->n_carriers && out.ok; i++) put_box(&out, t, i);
    for (size_t i = 0; i < t->n_origins && out.ok; i++) put_origin(&out, t, i);
    hs_out_put(&out, HS_STR("</svg>\n"));
    return hs_out_flush(&out);
}
