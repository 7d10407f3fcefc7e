/* Chains of claims and their small pictures: see chain.h. */
#include "formats/chain.h"

#include "base/utf8.h"
#include "formats/markup.h"

enum { ROW = 22, WIDTH = 340, LETTER = 13 };

/* Attributes for a picture that stands alone; a style goes before them. */
#define STROKE " stroke=\"#1f1d1a\" stroke-width=\"1.5\""
#define FILLED " class=\"sign\" fill=\"#1f1d1a\"" STROKE "/>"
#define HOLLOW " class=\"sign hollow\" fill=\"#fdfcf9\"" STROKE "/>"

static const hs_entity *entity_of(const hs_record *record, const hs_claim *claim) {
    return claim->speaker < record->n_entities ? &record->entities[claim->speaker] : NULL;
}

hs_str hs_chain_speaker(const hs_record *record, const hs_claim *claim) {
    const hs_entity *entity = entity_of(record, claim);
    if (entity && entity->name.n) return entity->name;
    if (claim->n_source) return hs_str_slice(record->text, claim->source[0].byte_start, claim->source[0].byte_end);
    return HS_STR("someone not named");
}

bool hs_chain_is_named(const hs_entity *entity) {
    if (entity->type != HS_ENTITY_UNKNOWN) return entity->type != HS_ENTITY_UNNAMED;
    hs_str name = entity->name;
    static const char *const ARTICLES[] = {"the ", "a ", "an "};
    for (size_t i = 0; i < sizeof ARTICLES / sizeof *ARTICLES; i++)
        if (hs_str_starts_nocase(name, hs_str_of(ARTICLES[i]))) name = hs_str_slice(name, strlen(ARTICLES[i]), name.n);
    for (size_t at = 0, next; at < name.n; at = next) {
        bool begins = at == 0 || name.p[at - 1] == ' ';
        if (hs_char_classify(hs_utf8_decode(name, at, &next)) == HS_CHAR_UPPER && begins) return true;
    }
    return false;
}

bool hs_chain_has_name(const hs_record *record, const hs_claim *claim) {
    const hs_entity *entity = entity_of(record, claim);
    return entity && hs_chain_is_named(entity);
}

static hs_str without_article(hs_str name) {
    return hs_str_starts_nocase(name, HS_STR("the ")) ? hs_str_slice(name, 4, name.n) : name;
}

hs_str hs_chain_medium(const hs_record *record, const hs_claim *claim) {
    bool own = hs_str_eq_nocase(without_article(claim->medium), without_article(record->outlet));
    return claim->medium.n && !own ? claim->medium : (hs_str){0};
}

hs_str hs_chain_page(const hs_record *record) {
    return record->outlet.n ? record->outlet : HS_STR("this page");
}

static void add(hs_chain *chain, hs_step_kind kind, hs_str name) {
    if (chain->n + 1 < HS_CHAIN_MOST || kind == HS_STEP_PAGE) chain->steps[chain->n++] = (hs_step){kind, name};
}

void hs_chain_of(hs_chain *chain, const hs_record *record, size_t claim) {
    chain->n = 0;
    for (size_t i = 0; i < HS_CHAIN_MOST && claim < record->n_claims; i++) {
        const hs_claim *at = &record->claims[claim];
        add(chain, hs_chain_has_name(record, at) ? HS_STEP_NAMED : HS_STEP_UNNAMED, hs_chain_speaker(record, at));
        hs_str medium = hs_chain_medium(record, at);
        if (medium.n) add(chain, HS_STEP_MEDIUM, medium);
        claim = at->parent;
    }
    add(chain, HS_STEP_PAGE, hs_chain_page(record));
}

static void put_at(hs_out *out, const char *before, size_t x, const char *between, size_t y, const char *after) {
    hs_markup_put(out, before);
    hs_markup_number(out, x);
    hs_markup_put(out, between);
    hs_markup_number(out, y);
    hs_markup_put(out, after);
}

void hs_chain_sign(hs_out *out, hs_step_kind kind, size_t x, size_t y) {
    switch (kind) {
    case HS_STEP_NAMED: put_at(out, "<circle cx=\"", x, "\" cy=\"", y, "\" r=\"5\"" FILLED); break;
    case HS_STEP_UNNAMED: put_at(out, "<circle cx=\"", x, "\" cy=\"", y, "\" r=\"4.5\"" HOLLOW); break;
    case HS_STEP_MEDIUM:
        put_at(out, "<rect x=\"", x - 5, "\" y=\"", y - 4, "\" width=\"10\" height=\"8\"" FILLED);
        break;
    case HS_STEP_PAGE: put_at(out, "<path d=\"M", x - 4, " ", y - 6, "h6l3 3v9h-9z\"" HOLLOW); break;
    }
}

static void put_label(hs_out *out, hs_str name, size_t x, size_t y, size_t width) {
    put_at(out, "<text x=\"", x, "\" y=\"", y + 4, "\" font-size=\"13\">");
    hs_markup_clipped(out, name, (double)width / LETTER);
    hs_markup_put(out, "</text>");
}

/* Two steps stand beside each other, more below each other. */
static void put_row(hs_out *out, const hs_chain *chain) {
    size_t y = ROW / 2, room = WIDTH / 2 - 48;
    double width = hs_markup_width(chain->steps[0].name) * LETTER;
    size_t label = width < (double)room ? (size_t)width + 4 : room;
    hs_chain_sign(out, chain->steps[0].kind, 8, y);
    put_label(out, chain->steps[0].name, 20, y, room);
    put_at(out, "<path class=\"way\" d=\"M", label + 28, " ", y, "h22m-5 -4l5 4l-5 4\"/>");
    hs_chain_sign(out, chain->steps[1].kind, label + 64, y);
    put_label(out, chain->steps[1].name, label + 76, y, WIDTH - label - 76);
}

static void put_rows(hs_out *out, const hs_chain *chain) {
    for (size_t i = 0; i < chain->n; i++) {
        size_t y = ROW / 2 + i * ROW;
        hs_chain_sign(out, chain->steps[i].kind, 8, y);
        if (i + 1 < chain->n) put_at(out, "<path class=\"way\" d=\"M", 8, " ", y + 6, "v8m-3 -3l3 3l3 -3\"/>");
        put_label(out, chain->steps[i].name, 22, y, WIDTH - 24);
    }
}

void hs_chain_picture(hs_out *out, const hs_chain *chain) {
    put_at(out, "<svg class=\"chain\" role=\"img\" viewBox=\"0 0 ", WIDTH, " ", ROW * (chain->n > 2 ? chain->n : 1),
           "\" aria-label=\"Chain: ");
    for (size_t i = 0; i < chain->n; i++) {
        if (i) hs_markup_put(out, ", then ");
        hs_markup_text(out, chain->steps[i].name);
    }
    hs_markup_put(out, "\">");
    if (chain->n == 2) put_row(out, chain);
    else put_rows(out, chain);
    hs_markup_put(out, "</svg>");
}
