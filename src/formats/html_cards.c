/* The reading view's cards: one for each claim, nested ones inside those that hold them. */
#include "formats/chain.h"
#include "formats/html.h"

enum { DEEPEST = 6, MOST_SAID = 420, MOST_LINKS = 40 };

static void put(const hs_view *view, const char *markup) {
    hs_markup_put(view->out, markup);
}

static void put_attribute(const hs_view *view, const char *name, hs_str value) {
    put(view, " ");
    put(view, name);
    put(view, "=\"");
    hs_markup_text(view->out, value);
    put(view, "\"");
}

static size_t hundredths(double share) {
    return share > 0 ? share < 1 ? (size_t)(share * 100 + 0.5) : 100 : 0;
}

/* What a script filters by. */
static void put_open(const hs_view *view, size_t index) {
    const hs_claim *claim = &view->record->claims[index];
    put(view, "<li class=\"claim\" id=\"c");
    hs_markup_number(view->out, index + 1);
    put(view, "\" data-c=\"");
    hs_markup_number(view->out, index + 1);
    put(view, "\"");
    put_attribute(view, "data-speaker", hs_chain_speaker(view->record, claim));
    put_attribute(view, "data-act", hs_str_of(hs_stance_name(claim->stance)));
    put(view, " data-confidence=\"");
    hs_markup_number(view->out, hundredths(claim->confidence));
    put(view, "\">");
}

static void put_link(const hs_view *view, const char *place, size_t index, const char *class) {
    put(view, "<a class=\"");
    put(view, class);
    put(view, "\" href=\"#");
    put(view, place);
    hs_markup_number(view->out, index + 1);
    put(view, "\"");
}

static void put_speaker(const hs_view *view, size_t index) {
    const hs_record *record = view->record;
    const hs_claim *claim = &record->claims[index];
    put(view, "<h3>");
    put_link(view, "t", index, "number");
    put(view, " aria-label=\"Claim ");
    hs_markup_number(view->out, index + 1);
    put(view, " in the text\">");
    hs_markup_number(view->out, index + 1);
    put(view, "</a> <span class=\"speaker\" dir=\"auto\">");
    hs_markup_text(view->out, hs_chain_speaker(record, claim));
    put(view, "</span></h3>\n");
    if (claim->speaker >= record->n_entities) return;
    const hs_entity *entity = &record->entities[claim->speaker];
    if (!entity->role.n && !entity->affiliation.n && entity->type != HS_ENTITY_UNNAMED) return;
    put(view, "<p class=\"standing\"><bdi>");
    hs_markup_text(view->out, entity->role);
    put(view, entity->role.n && entity->affiliation.n ? "</bdi>, <bdi>" : "");
    hs_markup_text(view->out, entity->affiliation);
    put(view, "</bdi>");
    if (entity->type == HS_ENTITY_UNNAMED)
        put(view, entity->role.n || entity->affiliation.n ? "; unnamed" : "unnamed source");
    put(view, "</p>\n");
}

/* What the claim does, how it is told and through what, how sure the reader is of it. */
static void put_act(const hs_view *view, const hs_claim *claim) {
    size_t sure = hundredths(claim->confidence);
    put(view, "<p class=\"does\"><span class=\"act ");
    put(view, hs_stance_name(claim->stance));
    put(view, "\">");
    put(view, hs_stance_name(claim->stance));
    put(view, "</span><span>");
    put(view, hs_manner_name(claim->manner));
    put(view, "</span>");
    if (claim->hedged) put(view, "<span class=\"hedged\">hedged</span>");
    if (claim->medium.n) {
        put(view, "<span class=\"medium\">via <bdi>");
        hs_markup_text(view->out, claim->medium);
        put(view, "</bdi></span>");
    }
    put(view, "<span class=\"sure\" title=\"How sure the reader is\"><svg viewBox=\"0 0 100 10\" "
              "preserveAspectRatio=\"none\" "
              "aria-hidden=\"true\"><rect width=\"100\" height=\"10\" class=\"all\"/><rect height=\"10\" width=\"");
    hs_markup_number(view->out, sure);
    put(view, "\"/></svg>");
    hs_markup_number(view->out, sure);
    put(view, " % sure</span></p>\n");
}

/* The pieces of the content, parted by "…", cut where they get long: the whole stands in the text. */
static void put_said(const hs_view *view, const hs_claim *claim) {
    if (!claim->n_content) return;
    double room = MOST_SAID / 2.0; /* ems */
    put(view, "<blockquote dir=\"auto\">");
    for (size_t i = 0; i < claim->n_content && room > 2; i++) {
        hs_str piece = hs_str_slice(view->record->text, claim->content[i].byte_start, claim->content[i].byte_end);
        if (i) put(view, " … ");
        hs_markup_clipped(view->out, piece, room);
        room -= hs_markup_width(piece);
    }
    put(view, "</blockquote>\n");
}

static void put_evidence(const hs_view *view, const hs_claim *claim) {
    if (!claim->n_evidence) return;
    put(view, "<dt>Rests on</dt>");
    for (size_t i = 0; i < claim->n_evidence; i++) {
        const hs_evidence *evidence = &claim->evidence[i];
        put(view, "<dd><span class=\"kind\">");
        put(view, hs_evidence_kind_name(evidence->kind));
        put(view, "</span> <q dir=\"auto\">");
        hs_str mention = hs_str_slice(view->record->text, evidence->mention.byte_start, evidence->mention.byte_end);
        hs_markup_clipped(view->out, mention, MOST_SAID / 4.0);
        put(view, "</q>");
        if (evidence->status.n) put(view, " – ");
        hs_html_field(view, "span", "status", evidence->status);
        put(view, "</dd>");
    }
}

static void put_other(const hs_view *view, size_t index) {
    put(view, "<dd>");
    put_link(view, "c", index, "other");
    put(view, "><span class=\"number\">");
    hs_markup_number(view->out, index + 1);
    put(view, "</span> <bdi>");
    hs_markup_clipped(view->out, hs_chain_speaker(view->record, &view->record->claims[index]), 24);
    put(view, "</bdi></a></dd>");
}

static void put_disputes(const hs_view *view, const hs_claim *claim) {
    if (!claim->n_disputes) return;
    put(view, "<dt>Disputes</dt>");
    for (size_t i = 0; i < claim->n_disputes && i < MOST_LINKS; i++)
        if (claim->disputes[i] < view->record->n_claims) put_other(view, claim->disputes[i]);
}

/* The claims that dispute each claim: a list from disputed[i] on, by next. */
typedef struct disputed {
    size_t *first;
    struct {
        size_t by, next;
    } * links;
} disputed;

static disputed find_disputed(const hs_view *view) {
    const hs_record *record = view->record;
    size_t n = 0;
    for (size_t i = 0; i < record->n_claims; i++) n += record->claims[i].n_disputes;
    disputed found = {HS_NEW(view->arena, size_t, record->n_claims + 1),
                      hs_arena_alloc(view->arena, n + 1, sizeof *found.links)};
    for (size_t i = 0; i < record->n_claims; i++) found.first[i] = HS_NONE;
    for (size_t i = record->n_claims, at = 0; i-- > 0;) /* backwards: each list comes out in order */
        for (size_t j = 0; j < record->claims[i].n_disputes; j++) {
            size_t other = record->claims[i].disputes[j];
            if (other >= record->n_claims) continue;
            found.links[at].by = i;
            found.links[at].next = found.first[other];
            found.first[other] = at++;
        }
    return found;
}

static void put_disputed(const hs_view *view, const disputed *disputed, size_t index) {
    size_t at = disputed->first[index], shown = 0;
    if (at == HS_NONE) return;
    put(view, "<dt>Disputed by</dt>");
    for (; at != HS_NONE && shown < MOST_LINKS; at = disputed->links[at].next, shown++)
        put_other(view, disputed->links[at].by);
}

static void put_card(const hs_view *view, const disputed *disputed, size_t index) {
    const hs_claim *claim = &view->record->claims[index];
    hs_chain chain;
    put_open(view, index);
    put(view, "<div class=\"card\" role=\"group\" aria-label=\"Claim ");
    hs_markup_number(view->out, index + 1);
    put(view, "\">");
    put_speaker(view, index);
    put_act(view, claim);
    put_said(view, claim);
    hs_chain_of(&chain, view->record, index);
    hs_chain_picture(view->out, &chain);
    if (claim->n_evidence || claim->n_disputes || disputed->first[index] != HS_NONE) {
        put(view, "<dl>");
        put_evidence(view, claim);
        put_disputes(view, claim);
        put_disputed(view, disputed, index);
        put(view, "</dl>");
    }
    put(view, "</div>");
}

void hs_html_cards(const hs_view *view) {
    disputed disputed = find_disputed(view);
    const hs_forest *forest = &view->forest;
    put(view, "<ol class=\"cards\">\n");
    for (size_t i = 0, open = 0; i < forest->n && view->out->ok; i++) {
        size_t depth = forest->depth[forest->order[i]],
               next = i + 1 < forest->n ? forest->depth[forest->order[i + 1]] : 0;
        if (depth > DEEPEST) depth = DEEPEST;
        if (next > DEEPEST) next = DEEPEST;
        put_card(view, &disputed, forest->order[i]);
        for (open = depth; open < next; open++) put(view, "\n<ol class=\"nested\">\n");
        if (next <= depth) put(view, "</li>\n");
        for (open = depth; open > next; open--) put(view, "</ol></li>\n");
    }
    put(view, "</ol>\n");
}
