/* A ledger's answers as JSON, one object a line; verdicts as schema.org's ClaimReview. */
#include "formats/answers.h"

/* One string of several pieces: written piece by piece it would need none of the escaping twice. */
void hs_json_spans(hs_json *json, hs_str text, const hs_span *v, size_t n) {
    if (n <= 1) {
        hs_json_string(json, n ? hs_str_slice(text, v[0].byte_start, v[0].byte_end) : (hs_str){0});
        return;
    }
    hs_json_open(json, '[');
    for (size_t i = 0; i < n; i++) hs_json_string(json, hs_str_slice(text, v[i].byte_start, v[i].byte_end));
    hs_json_close(json, ']');
}

void hs_json_cited(hs_json *json, const hs_cited *cited) {
    const hs_record *r = cited->record;
    const hs_claim *c = &r->claims[cited->claim];
    hs_json_field(json, HS_STR("id"), cited->id);
    hs_json_field(json, HS_STR("path"), r->path);
    hs_json_field(json, HS_STR("url"), r->url);
    hs_json_field(json, HS_STR("outlet"), cited->outlet);
    hs_json_field(json, HS_STR("title"), r->title);
    hs_json_field(json, HS_STR("published"), r->published);
    hs_json_field(json, HS_STR("speaker"), cited->speaker);
    hs_json_field(json, HS_STR("stance"), hs_str_of(hs_stance_name(c->stance)));
    hs_json_field(json, HS_STR("manner"), hs_str_of(hs_manner_name(c->manner)));
    hs_json_key(json, HS_STR("hedged"));
    hs_json_bool(json, c->hedged);
    hs_json_key(json, HS_STR("content"));
    hs_json_spans(json, r->text, c->content, c->n_content);
    hs_json_key(json, HS_STR("spans"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < c->n_content; i++) {
        hs_json_open(json, '[');
        hs_json_size(json, c->content[i].start);
        hs_json_size(json, c->content[i].end);
        hs_json_close(json, ']');
    }
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("old"));
    hs_json_bool(json, cited->old);
}

void hs_json_note(hs_json *json, const hs_note *note) {
    hs_json_field(json, HS_STR("id"), note->id);
    hs_json_field(json, HS_STR("claim"), note->cited.id);
    hs_json_field(json, HS_STR("text"), note->text);
    hs_json_key(json, HS_STR("verdict"));
    if (note->verdict == HS_VERDICT_NONE) hs_json_null(json);
    else hs_json_string(json, hs_str_of(hs_verdict_name(note->verdict)));
    hs_json_field(json, HS_STR("link"), note->link);
    hs_json_field(json, HS_STR("by"), note->author);
    hs_json_field(json, HS_STR("reply_to"), note->reply_to);
    hs_json_field(json, HS_STR("made"), note->made);
}

void hs_json_counts(hs_json *json, hs_str key, const hs_count *v, size_t n) {
    hs_json_key(json, key);
    hs_json_open(json, '[');
    for (size_t i = 0; i < n; i++) {
        hs_json_open(json, '{');
        hs_json_field(json, HS_STR("name"), v[i].name);
        hs_json_key(json, HS_STR("claims"));
        hs_json_size(json, v[i].n);
        hs_json_close(json, '}');
    }
    hs_json_close(json, ']');
}

bool hs_format_cited(hs_sink sink, void *state, const hs_cited *cited) {
    hs_json json;
    hs_json_init(&json, sink, state);
    hs_json_open(&json, '{');
    hs_json_cited(&json, cited);
    hs_json_close(&json, '}');
    hs_json_line_end(&json);
    return hs_json_flush(&json);
}

static void put_index(hs_json *json, hs_str key, size_t index) {
    hs_json_key(json, key);
    if (index == HS_NONE) hs_json_null(json);
    else hs_json_size(json, index);
}

static void put_carrier(hs_json *json, const hs_carrier *c) {
    hs_json_open(json, '{');
    hs_json_cited(json, &c->cited);
    hs_json_field(json, HS_STR("how"), hs_str_of(hs_how_name(c->how)));
    put_index(json, HS_STR("from"), c->from);
    hs_json_field(json, HS_STR("from_name"), c->from_name);
    hs_json_key(json, HS_STR("shared"));
    hs_json_share(json, c->shared);
    put_index(json, HS_STR("origin"), c->origin);
    hs_json_strings(json, HS_STR("chain"), c->chain, c->n_chain);
    hs_json_strings(json, HS_STR("evidence"), c->evidence, c->n_evidence);
    hs_json_close(json, '}');
}

static void put_origin(hs_json *json, const hs_origin *o) {
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("label"), o->label);
    put_index(json, HS_STR("pages"), o->n_carriers);
    hs_json_key(json, HS_STR("outside"));
    hs_json_bool(json, o->outside);
    hs_json_key(json, HS_STR("circular"));
    hs_json_bool(json, o->circular);
    hs_json_close(json, '}');
}

bool hs_format_trace_json(hs_sink sink, void *state, const hs_trace *t) {
    hs_json json;
    hs_json_init(&json, sink, state);
    hs_json_open(&json, '{');
    hs_json_key(&json, HS_STR("claim"));
    hs_json_open(&json, '{');
    hs_json_cited(&json, &t->claim);
    hs_json_close(&json, '}');
    put_index(&json, HS_STR("outlets"), t->n_outlets);
    hs_json_key(&json, HS_STR("origins"));
    hs_json_open(&json, '[');
    for (size_t i = 0; i < t->n_origins; i++) put_origin(&json, &t->origins[i]);
    hs_json_close(&json, ']');
    hs_json_key(&json, HS_STR("carriers"));
    hs_json_open(&json, '[');
    for (size_t i = 0; i < t->n_carriers; i++) put_carrier(&json, &t->carriers[i]);
    hs_json_close(&json, ']');
    hs_json_key(&json, HS_STR("disputes"));
    hs_json_open(&json, '[');
    for (size_t i = 0; i < t->n_disputes; i++) {
        hs_json_open(&json, '{');
        hs_json_cited(&json, &t->disputes[i]);
        hs_json_close(&json, '}');
    }
    hs_json_close(&json, ']');
    hs_json_key(&json, HS_STR("notes"));
    hs_json_open(&json, '[');
    for (size_t i = 0; i < t->n_notes; i++) {
        hs_json_open(&json, '{');
        hs_json_note(&json, &t->notes[i]);
        hs_json_close(&json, '}');
    }
    hs_json_close(&json, ']');
    hs_json_close(&json, '}');
    hs_json_line_end(&json);
    return hs_json_flush(&json);
}

/* ---- ClaimReview ---- */

static hs_str rating(hs_verdict_kind verdict) {
    switch (verdict) {
    case HS_VERDICT_CONFIRMED: return HS_STR("5");
    case HS_VERDICT_UNPROVEN: return HS_STR("3");
    case HS_VERDICT_MISLEADING: return HS_STR("2");
    case HS_VERDICT_REFUTED: return HS_STR("1");
    case HS_VERDICT_NONE: break;
    }
    return (hs_str){0};
}

static void put_type(hs_json *json, hs_str type) {
    hs_json_field(json, HS_STR("@type"), type);
}

/* The words of a claim's content as one string would need memory; its first piece is what a review quotes. */
static hs_str first_piece(const hs_cited *c) {
    const hs_claim *claim = &c->record->claims[c->claim];
    if (!claim->n_content) return (hs_str){0};
    return hs_str_slice(c->record->text, claim->content[0].byte_start, claim->content[0].byte_end);
}

bool hs_format_claim_review(hs_sink sink, void *state, const hs_note *note) {
    hs_json json;
    const hs_cited *c = &note->cited;
    hs_json_init(&json, sink, state);
    hs_json_open(&json, '{');
    hs_json_field(&json, HS_STR("@context"), HS_STR("https://schema.org"));
    put_type(&json, HS_STR("ClaimReview"));
    hs_json_field(&json, HS_STR("identifier"), note->id);
    hs_json_field(&json, HS_STR("datePublished"), note->made);
    if (note->link.n) hs_json_field(&json, HS_STR("url"), note->link);
    hs_json_field(&json, HS_STR("reviewBody"), note->text);
    hs_json_field(&json, HS_STR("claimReviewed"), first_piece(c));
    if (note->author.n) {
        hs_json_key(&json, HS_STR("author"));
        hs_json_open(&json, '{');
        put_type(&json, HS_STR("Person"));
        hs_json_field(&json, HS_STR("name"), note->author);
        hs_json_close(&json, '}');
    }
    hs_json_key(&json, HS_STR("reviewRating"));
    hs_json_open(&json, '{');
    put_type(&json, HS_STR("Rating"));
    hs_json_field(&json, HS_STR("ratingValue"), rating(note->verdict));
    hs_json_field(&json, HS_STR("bestRating"), HS_STR("5"));
    hs_json_field(&json, HS_STR("worstRating"), HS_STR("1"));
    hs_json_field(&json, HS_STR("alternateName"), hs_str_of(hs_verdict_name(note->verdict)));
    hs_json_close(&json, '}');
    hs_json_key(&json, HS_STR("itemReviewed"));
    hs_json_open(&json, '{');
    put_type(&json, HS_STR("Claim"));
    hs_json_field(&json, HS_STR("identifier"), c->id);
    if (c->speaker.n) {
        hs_json_key(&json, HS_STR("author"));
        hs_json_open(&json, '{');
        put_type(&json, HS_STR("Person"));
        hs_json_field(&json, HS_STR("name"), c->speaker);
        hs_json_close(&json, '}');
    }
    hs_json_key(&json, HS_STR("appearance"));
    hs_json_open(&json, '{');
    put_type(&json, HS_STR("NewsArticle"));
    if (c->record->url.n) hs_json_field(&json, HS_STR("url"), c->record->url);
    hs_json_field(&json, HS_STR("headline"), c->record->title);
    if (c->record->published.n) hs_json_field(&json, HS_STR("datePublished"), c->record->published);
    hs_json_close(&json, '}');
    hs_json_close(&json, '}');
    hs_json_close(&json, '}');
    hs_json_line_end(&json);
    return hs_json_flush(&json);
}
