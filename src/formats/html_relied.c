/* The reading view's summary of who is relied on: one bar of the whole text, and the speakers with their shares. */
#include "formats/chain.h"
#include "formats/html.h"
#include "formats/relied.h"

enum { SHOWN_AT_ONCE = 5, MOST_SHOWN = 500, BAR = 1000 };

static void put(const hs_view *view, const char *markup) {
    hs_markup_put(view->out, markup);
}

static void put_share(const hs_view *view, size_t share) {
    hs_markup_number(view->out, share);
    put(view, " %");
}

typedef struct part {
    const char *class, *words;
    size_t characters;
} part;

/* A bar in pieces as wide as their parts, each with a pattern of its own; the list under it says the same in words. */
static void put_bar(const hs_view *view, const part *parts, size_t n) {
    size_t all = 0, before = 0;
    for (size_t i = 0; i < n; i++) all += parts[i].characters;
    put(view, "<svg class=\"bar\" viewBox=\"0 0 1000 28\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    for (size_t i = 0; i < n && all; i++) {
        size_t start = before * BAR / all, end = (before + parts[i].characters) * BAR / all;
        before += parts[i].characters;
        if (end == start) continue;
        put(view, "<rect y=\"0\" height=\"28\" x=\"");
        hs_markup_number(view->out, start);
        put(view, "\" width=\"");
        hs_markup_number(view->out, end - start > 5 && end < BAR ? end - start - 4 : end - start);
        put(view, "\" class=\"");
        put(view, parts[i].class);
        put(view, "\"/>");
    }
    put(view, "</svg>\n");
}

static void put_parts(const hs_view *view, const hs_relied *relied) {
    const part parts[] = {
        {"named", "named sources", relied->named},
        {"unnamed", "unnamed sources", relied->unnamed},
        {"own", "the page’s own voice", relied->own},
    };
    enum { N = sizeof parts / sizeof *parts };
    put_bar(view, parts, N);
    put(view, "<ul class=\"parts\">");
    for (size_t i = 0; i < N; i++) {
        if (!parts[i].characters) continue;
        put(view, "<li class=\"");
        put(view, parts[i].class);
        put(view, "\"><b>");
        put_share(view, hs_relied_share(relied, parts[i].characters));
        put(view, "</b> ");
        put(view, parts[i].words);
        put(view, "</li>");
    }
    put(view, "</ul>\n");
}

/* "role, affiliation", as far as the page tells. */
static void put_standing(const hs_view *view, const hs_entity *entity) {
    if (!entity->role.n && !entity->affiliation.n) return;
    put(view, "<span class=\"standing\"><bdi>");
    hs_markup_text(view->out, entity->role);
    put(view, entity->role.n && entity->affiliation.n ? "</bdi>, <bdi>" : "");
    hs_markup_text(view->out, entity->affiliation);
    put(view, "</bdi></span>");
}

static void put_speaker(const hs_view *view, const hs_relied *relied, const hs_relied_speaker *speaker) {
    const hs_entity *entity = speaker->entity == HS_NONE ? NULL : &view->record->entities[speaker->entity];
    size_t share = hs_relied_share(relied, speaker->characters);
    put(view, "<tr><th scope=\"row\"><bdi>");
    hs_markup_text(view->out, entity && entity->name.n ? entity->name : HS_STR("no source named"));
    put(view, "</bdi>");
    if (entity) put_standing(view, entity);
    put(view, "</th><td>");
    hs_markup_number(view->out, speaker->claims);
    put(view, "</td><td class=\"share\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
              "<rect width=\"");
    hs_markup_number(view->out, share);
    put(view, "\" height=\"10\"/></svg><span>");
    put_share(view, share);
    put(view, "</span></td></tr>\n");
}

static void put_table(const hs_view *view, const hs_relied *relied, size_t from, size_t to) {
    put(view, "<table><thead><tr><th scope=\"col\">Speaker</th><th scope=\"col\">Claims</th>"
              "<th scope=\"col\">Of the text</th></tr></thead><tbody>\n");
    for (size_t i = from; i < to; i++) put_speaker(view, relied, &relied->speakers[i]);
    put(view, "</tbody></table>\n");
}

void hs_html_relied(const hs_view *view) {
    hs_relied relied = hs_relied_of(view->arena, view->record);
    put(view, "<section class=\"relied\" aria-labelledby=\"relied-head\">\n"
              "<h2 id=\"relied-head\">Who this page relies on</h2>\n");
    put_parts(view, &relied);
    size_t all = relied.n_speakers, first = all < SHOWN_AT_ONCE ? all : SHOWN_AT_ONCE;
    if (first) put_table(view, &relied, 0, first);
    if (all > first) {
        put(view, "<details><summary>");
        hs_markup_number(view->out, all - first);
        put(view, " more</summary>\n");
        put_table(view, &relied, first, all < MOST_SHOWN ? all : MOST_SHOWN);
        put(view, "</details>\n");
    }
    put(view, "</section>\n");
}
