/* A ledger's answers for people. Each line says one thing; ids stand at the end of lines, to be copied into the next question. */
#include "formats/answers.h"
#include "formats/lines.h"

enum { AROUND = 60 };

static void put_claim_line(hs_lines *l, const hs_cited *cited) {
    const hs_claim *c = &cited->record->claims[cited->claim];
    hs_lines_put(l, HS_STYLE_SPEAKER, cited->speaker.n ? cited->speaker : HS_STR("(nobody named)"));
    HS_LINES_PUT(l, HS_STYLE_PLAIN, " ");
    hs_lines_put(l, HS_STYLE_MARK, hs_str_of(hs_stance_name(c->stance)));
    if (c->hedged) HS_LINES_PUT(l, HS_STYLE_MARK, ", hedged");
    HS_LINES_PUT(l, HS_STYLE_PLAIN, ": ");
    hs_lines_claim(l, cited, AROUND);
    hs_lines_end(l);
}

static void put_text_hits(hs_lines *l, const hs_hits *hits) {
    for (size_t i = 0; i < hits->n; i++) {
        const hs_hit *hit = &hits->v[i];
        put_claim_line(l, &hit->cited);
        hs_lines_indent(l, 3);
        hs_lines_where(l, &hit->cited);
        if (hit->n_same) {
            HS_LINES_PUT(l, HS_STYLE_DIM, " · also on ");
            hs_lines_number(l, HS_STYLE_DIM, hit->n_same);
            if (hit->n_same == 1) HS_LINES_PUT(l, HS_STYLE_DIM, " other page");
            else HS_LINES_PUT(l, HS_STYLE_DIM, " other pages");
        }
        if (hit->n_notes) HS_LINES_PUT(l, HS_STYLE_MARK, " · noted");
        hs_lines_end(l);
    }
    if (!hits->n) HS_LINES_PUT(l, HS_STYLE_DIM, "nothing found");
    else if (hits->more) HS_LINES_PUT(l, HS_STYLE_DIM, "… and more (--limit)");
    if (!hits->n || hits->more) hs_lines_end(l);
}

static void put_json_hits(hs_json *json, const hs_hits *hits) {
    for (size_t i = 0; i < hits->n; i++) {
        hs_json_open(json, '{');
        hs_json_cited(json, &hits->v[i].cited);
        hs_json_key(json, HS_STR("same"));
        hs_json_size(json, hits->v[i].n_same);
        hs_json_key(json, HS_STR("notes"));
        hs_json_size(json, hits->v[i].n_notes);
        hs_json_key(json, HS_STR("score"));
        hs_json_share(json, hits->v[i].score);
        hs_json_close(json, '}');
        hs_json_line_end(json);
    }
}

bool hs_format_hits(hs_sink sink, void *state, const hs_hits *hits, bool as_json, bool colour) {
    if (as_json) {
        hs_json json;
        hs_json_init(&json, sink, state);
        put_json_hits(&json, hits);
        return hs_json_flush(&json);
    }
    hs_lines l;
    hs_lines_init(&l, sink, state, colour);
    put_text_hits(&l, hits);
    return hs_out_flush(&l.out);
}

static void put_person(hs_lines *l, const hs_person *p) {
    hs_lines_put(l, HS_STYLE_BOLD, p->name);
    if (p->maybe) HS_LINES_PUT(l, HS_STYLE_MARK, " (perhaps)");
    for (size_t i = 0; i < p->n_roles; i++) {
        hs_lines_put(l, HS_STYLE_PLAIN, i ? HS_STR("; ") : HS_STR(", "));
        hs_lines_put(l, HS_STYLE_PLAIN, p->roles[i]);
    }
    HS_LINES_PUT(l, HS_STYLE_DIM, " · ");
    hs_lines_count(l, p->n_pages, HS_STR("page"), HS_STR("pages"));
    HS_LINES_PUT(l, HS_STYLE_DIM, " · ");
    hs_lines_count(l, p->n_outlets, HS_STR("outlet"), HS_STR("outlets"));
    if (p->n_denials) {
        HS_LINES_PUT(l, HS_STYLE_DIM, " · ");
        hs_lines_count(l, p->n_denials, HS_STR("denial"), HS_STR("denials"));
    }
    hs_lines_end(l);
    for (size_t i = 0; i < p->n_claims; i++) {
        hs_lines_indent(l, 3);
        put_claim_line(l, &p->claims[i]);
        hs_lines_indent(l, 6);
        hs_lines_where(l, &p->claims[i]);
        hs_lines_end(l);
    }
}

static void put_json_person(hs_json *json, const hs_person *p) {
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("id"), p->id);
    hs_json_field(json, HS_STR("name"), p->name);
    hs_json_key(json, HS_STR("maybe"));
    hs_json_bool(json, p->maybe);
    hs_json_key(json, HS_STR("roles"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < p->n_roles; i++) hs_json_string(json, p->roles[i]);
    hs_json_close(json, ']');
    const struct {
        hs_str key;
        size_t n;
    } numbers[] = {{HS_STR("pages"), p->n_pages}, {HS_STR("outlets"), p->n_outlets}, {HS_STR("denials"), p->n_denials}};
    for (size_t i = 0; i < 3; i++) {
        hs_json_key(json, numbers[i].key);
        hs_json_size(json, numbers[i].n);
    }
    hs_json_counts(json, HS_STR("by_outlet"), p->outlets, p->n_outlets);
    hs_json_counts(json, HS_STR("by_stance"), p->stances, p->n_stances);
    hs_json_counts(json, HS_STR("by_day"), p->days, p->n_days);
    hs_json_key(json, HS_STR("claims"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < p->n_claims; i++) {
        hs_json_open(json, '{');
        hs_json_cited(json, &p->claims[i]);
        hs_json_close(json, '}');
    }
    hs_json_close(json, ']');
    hs_json_close(json, '}');
    hs_json_line_end(json);
}

bool hs_format_who(hs_sink sink, void *state, const hs_who *who, bool as_json, bool colour) {
    if (as_json) {
        hs_json json;
        hs_json_init(&json, sink, state);
        for (size_t i = 0; i < who->n; i++) put_json_person(&json, &who->v[i]);
        return hs_json_flush(&json);
    }
    hs_lines l;
    hs_lines_init(&l, sink, state, colour);
    for (size_t i = 0; i < who->n; i++) put_person(&l, &who->v[i]);
    return hs_out_flush(&l.out);
}

bool hs_format_note(hs_sink sink, void *state, const hs_note *note, bool as_json, bool colour) {
    if (as_json) {
        hs_json json;
        hs_json_init(&json, sink, state);
        hs_json_open(&json, '{');
        hs_json_note(&json, note);
        hs_json_close(&json, '}');
        hs_json_line_end(&json);
        return hs_json_flush(&json);
    }
    hs_lines l;
    hs_lines_init(&l, sink, state, colour);
    hs_lines_note(&l, note);
    hs_lines_end(&l);
    hs_lines_indent(&l, 3);
    put_claim_line(&l, &note->cited);
    hs_lines_indent(&l, 3);
    hs_lines_where(&l, &note->cited);
    hs_lines_end(&l);
    return hs_out_flush(&l.out);
}

/* ---- trace ---- */

static void put_how(hs_lines *l, const hs_carrier *c) {
    switch (c->how) {
    case HS_HOW_FIRST: HS_LINES_PUT(l, HS_STYLE_PLAIN, "at first hand, as far as it says"); return;
    case HS_HOW_CITES: HS_LINES_PUT(l, HS_STYLE_PLAIN, "cites "); break;
    case HS_HOW_CREDIT: HS_LINES_PUT(l, HS_STYLE_PLAIN, "credits its text to "); break;
    case HS_HOW_COPY: HS_LINES_PUT(l, HS_STYLE_PLAIN, "copies from "); break;
    case HS_HOW_QUOTES: HS_LINES_PUT(l, HS_STYLE_PLAIN, "has the words of an interview in "); break;
    }
    hs_lines_put(l, HS_STYLE_PLAIN, c->from_name);
    if (c->how == HS_HOW_COPY) {
        HS_LINES_PUT(l, HS_STYLE_PLAIN, ", ");
        hs_lines_number(l, HS_STYLE_PLAIN, (size_t)(c->shared * 100 + 0.5));
        HS_LINES_PUT(l, HS_STYLE_PLAIN, " % of its words");
    }
    if (c->from == HS_NONE) HS_LINES_PUT(l, HS_STYLE_DIM, " (the ledger has no page of it with this claim)");
}

static void put_carrier(hs_lines *l, const hs_carrier *c) {
    hs_lines_indent(l, 3);
    hs_lines_where(l, &c->cited);
    hs_lines_end(l);
    hs_lines_indent(l, 6);
    put_how(l, c);
    HS_LINES_PUT(l, HS_STYLE_DIM, " · origin ");
    hs_lines_number(l, HS_STYLE_DIM, c->origin + 1);
    hs_lines_end(l);
    if (c->n_chain > 1) {
        hs_lines_indent(l, 6);
        for (size_t i = 0; i < c->n_chain; i++) {
            if (i) HS_LINES_PUT(l, HS_STYLE_DIM, " → ");
            hs_lines_put(l, HS_STYLE_SPEAKER, c->chain[i]);
        }
        hs_lines_end(l);
    }
    for (size_t i = 0; i < c->n_evidence; i++) {
        hs_lines_indent(l, 6);
        HS_LINES_PUT(l, HS_STYLE_PLAIN, "adds evidence: ");
        hs_lines_put(l, HS_STYLE_BOLD, c->evidence[i]);
        hs_lines_end(l);
    }
}

static void put_origin(hs_lines *l, const hs_origin *o, size_t index) {
    hs_lines_indent(l, 3);
    hs_lines_number(l, HS_STYLE_BOLD, index + 1);
    HS_LINES_PUT(l, HS_STYLE_PLAIN, " ");
    if (o->circular) HS_LINES_PUT(l, HS_STYLE_MARK, "a circle, nobody in it had it at first hand: ");
    hs_lines_put(l, HS_STYLE_PLAIN, o->label);
    if (o->outside) HS_LINES_PUT(l, HS_STYLE_DIM, " (the ledger has no page of it with this claim)");
    HS_LINES_PUT(l, HS_STYLE_DIM, " · ");
    hs_lines_count(l, o->n_carriers, HS_STR("page"), HS_STR("pages"));
    hs_lines_end(l);
}

bool hs_format_trace_text(hs_sink sink, void *state, const hs_trace *t, bool colour) {
    hs_lines l;
    hs_lines_init(&l, sink, state, colour);
    put_claim_line(&l, &t->claim);
    hs_lines_count(&l, t->n_outlets, HS_STR("outlet"), HS_STR("outlets"));
    HS_LINES_PUT(&l, HS_STYLE_PLAIN, ", ");
    hs_lines_count(&l, t->n_origins, HS_STR("origin"), HS_STR("origins"));
    hs_lines_end(&l);
    for (size_t i = 0; i < t->n_origins; i++) put_origin(&l, &t->origins[i], i);
    HS_LINES_PUT(&l, HS_STYLE_BOLD, "Carried by, the earliest first");
    hs_lines_end(&l);
    for (size_t i = 0; i < t->n_carriers; i++) put_carrier(&l, &t->carriers[i]);
    if (t->n_disputes) {
        HS_LINES_PUT(&l, HS_STYLE_BOLD, "Disputed by");
        hs_lines_end(&l);
    }
    for (size_t i = 0; i < t->n_disputes; i++) {
        hs_lines_indent(&l, 3);
        put_claim_line(&l, &t->disputes[i]);
        hs_lines_indent(&l, 6);
        hs_lines_where(&l, &t->disputes[i]);
        hs_lines_end(&l);
    }
    if (t->n_notes) {
        HS_LINES_PUT(&l, HS_STYLE_BOLD, "Notes");
        hs_lines_end(&l);
    }
    for (size_t i = 0; i < t->n_notes; i++) {
        hs_lines_indent(&l, 3);
        hs_lines_note(&l, &t->notes[i]);
        hs_lines_end(&l);
    }
    return hs_out_flush(&l.out);
}
