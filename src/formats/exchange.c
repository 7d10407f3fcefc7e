/* Records for other programs: CSV (RFC 4180), W3C Web Annotation (JSON-LD), brat standoff. Nothing is allocated. */
#include <stdio.h>

#include "base/utf8.h"
#include "formats/answers.h"

/* ---- CSV ---- */

static void put_csv(hs_out *out, hs_str s) {
    hs_out_put(out, HS_STR("\""));
    for (size_t start = 0, at = 0; at <= s.n; at++) {
        if (at < s.n && s.p[at] != '"') continue;
        hs_out_put(out, hs_str_slice(s, start, at));
        if (at < s.n) hs_out_put(out, HS_STR("\"\""));
        start = at + 1;
    }
    hs_out_put(out, HS_STR("\""));
}

static void put_csv_spans(hs_out *out, hs_str text, const hs_span *v, size_t n) {
    hs_out_put(out, HS_STR("\""));
    for (size_t i = 0; i < n; i++) {
        if (i) hs_out_put(out, HS_STR(" … "));
        for (size_t at = v[i].byte_start; at < v[i].byte_end; at++) {
            if (text.p[at] == '"') hs_out_put(out, HS_STR("\""));
            hs_out_put(out, hs_str_slice(text, at, at + 1));
        }
    }
    hs_out_put(out, HS_STR("\""));
}

/* path, url, outlet, published, title, claim, speaker, role, source, cue, content, manner, stance, hedged, medium, parent, confidence */
static void put_csv_claim(hs_out *out, const hs_record *r, size_t index) {
    const hs_claim *c = &r->claims[index];
    const hs_entity *e = c->speaker < r->n_entities ? &r->entities[c->speaker] : NULL;
    char claim[32], parent[32] = "", confidence[16];
    snprintf(claim, sizeof claim, "c%zu", index + 1);
    if (c->parent != HS_NONE) snprintf(parent, sizeof parent, "c%zu", c->parent + 1);
    int hundredths = (int)(c->confidence * 100 + 0.5);
    snprintf(confidence, sizeof confidence, "%d.%02d", hundredths / 100, hundredths % 100);
    const hs_str before[] = {r->path,
                             r->url,
                             r->outlet,
                             r->published,
                             r->title,
                             hs_str_of(claim),
                             e ? e->name : (hs_str){0},
                             e ? e->role : (hs_str){0}};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        put_csv(out, before[i]);
        hs_out_put(out, HS_STR(","));
    }
    put_csv_spans(out, r->text, c->source, c->n_source);
    hs_out_put(out, HS_STR(","));
    put_csv_spans(out, r->text, c->cue, c->n_cue);
    hs_out_put(out, HS_STR(","));
    put_csv_spans(out, r->text, c->content, c->n_content);
    const hs_str after[] = {hs_str_of(hs_manner_name(c->manner)),
                            hs_str_of(hs_stance_name(c->stance)),
                            c->hedged ? HS_STR("true") : HS_STR("false"),
                            c->medium,
                            hs_str_of(parent),
                            hs_str_of(confidence)};
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        hs_out_put(out, HS_STR(","));
        put_csv(out, after[i]);
    }
    hs_out_put(out, HS_STR("\r\n"));
}

bool hs_format_csv(hs_sink sink, void *state, const hs_record *record) {
    hs_out out;
    hs_out_init(&out, sink, state);
    for (size_t i = 0; i < record->n_claims && out.ok; i++) put_csv_claim(&out, record, i);
    return hs_out_flush(&out);
}

/* ---- Web Annotation ---- */

static void put_target(hs_json *json, const hs_record *r, const hs_span *s) {
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("source"), r->url.n ? r->url : r->path);
    hs_json_key(json, HS_STR("selector"));
    hs_json_open(json, '[');
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("type"), HS_STR("TextPositionSelector"));
    hs_json_key(json, HS_STR("start"));
    hs_json_size(json, s->start);
    hs_json_key(json, HS_STR("end"));
    hs_json_size(json, s->end);
    hs_json_close(json, '}');
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("type"), HS_STR("TextQuoteSelector"));
    hs_json_field(json, HS_STR("exact"), hs_str_slice(r->text, s->byte_start, s->byte_end));
    hs_json_close(json, '}');
    hs_json_close(json, ']');
    hs_json_close(json, '}');
}

static void put_body(hs_json *json, hs_str purpose, hs_str value) {
    if (!value.n) return;
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("type"), HS_STR("TextualBody"));
    hs_json_field(json, HS_STR("purpose"), purpose);
    hs_json_field(json, HS_STR("value"), value);
    hs_json_close(json, '}');
}

static void put_annotation(hs_json *json, const hs_record *r, size_t index) {
    const hs_claim *c = &r->claims[index];
    char id[32];
    int n = snprintf(id, sizeof id, "#c%zu", index + 1);
    hs_json_open(json, '{');
    hs_json_field(json, HS_STR("@context"), HS_STR("http://www.w3.org/ns/anno.jsonld"));
    hs_json_field(json, HS_STR("id"), (hs_str){id, (size_t)n});
    hs_json_field(json, HS_STR("type"), HS_STR("Annotation"));
    hs_json_field(json, HS_STR("motivation"), HS_STR("identifying"));
    hs_json_key(json, HS_STR("body"));
    hs_json_open(json, '[');
    if (c->speaker < r->n_entities) put_body(json, HS_STR("identifying"), r->entities[c->speaker].name);
    put_body(json, HS_STR("tagging"), hs_str_of(hs_stance_name(c->stance)));
    put_body(json, HS_STR("tagging"), hs_str_of(hs_manner_name(c->manner)));
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("target"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < c->n_content; i++) put_target(json, r, &c->content[i]);
    hs_json_close(json, ']');
    hs_json_close(json, '}');
    hs_json_line_end(json);
}

bool hs_format_webannotation(hs_sink sink, void *state, const hs_record *record) {
    hs_json json;
    hs_json_init(&json, sink, state);
    for (size_t i = 0; i < record->n_claims && json.out.ok; i++) put_annotation(&json, record, i);
    return hs_json_flush(&json);
}

/* ---- brat ---- */

typedef struct brat {
    hs_out out;
    const hs_record *record;
    size_t next; /* number of the next text-bound annotation */
} brat;

static void put_number(brat *b, const char *before, size_t number, const char *after) {
    char text[64];
    int n = snprintf(text, sizeof text, "%s%zu%s", before, number, after);
    hs_out_put(&b->out, (hs_str){text, (size_t)n});
}

/* One line of text: brat's .ann has no line ends inside. */
static void put_line(brat *b, hs_str s) {
    for (size_t start = 0, at = 0; at <= s.n; at++) {
        if (at < s.n && (unsigned char)s.p[at] >= ' ') continue;
        hs_out_put(&b->out, hs_str_slice(s, start, at));
        if (at < s.n) hs_out_put(&b->out, HS_STR(" "));
        start = at + 1;
    }
}

/* Spans may not hold line ends: a span over several paragraphs is cut there. */
static void put_ranges(brat *b, const hs_span *v, size_t n) {
    hs_str text = b->record->text;
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        size_t start = v[i].start, at = v[i].start;
        for (size_t byte = v[i].byte_start; byte <= v[i].byte_end; byte++) {
            bool end = byte == v[i].byte_end, line = !end && text.p[byte] == '\n';
            if ((end || line) && at > start) {
                put_number(b, first ? "" : ";", start, " ");
                put_number(b, "", at, "");
                first = false;
            }
            if (end) break;
            at += ((unsigned char)text.p[byte] & 0xC0) != 0x80;
            if (line) start = at;
        }
    }
}

static size_t put_bound(brat *b, const char *type, const hs_span *v, size_t n) {
    if (!n) return 0;
    put_number(b, "T", b->next, "\t");
    hs_out_put(&b->out, hs_str_of(type));
    hs_out_put(&b->out, HS_STR(" "));
    put_ranges(b, v, n);
    hs_out_put(&b->out, HS_STR("\t"));
    for (size_t i = 0; i < n; i++) {
        if (i) hs_out_put(&b->out, HS_STR(" "));
        put_line(b, hs_str_slice(b->record->text, v[i].byte_start, v[i].byte_end));
    }
    hs_out_put(&b->out, HS_STR("\n"));
    return b->next++;
}

/* An event: the cue is its trigger, source and content its arguments. A claim without a cue has its content as trigger. */
static void put_event(brat *b, size_t index) {
    const hs_claim *c = &b->record->claims[index];
    size_t source = put_bound(b, "Source", c->source, c->n_source), cue = put_bound(b, "Cue", c->cue, c->n_cue);
    size_t content = put_bound(b, "Content", c->content, c->n_content);
    if (!cue && !content) return;
    put_number(b, "E", index + 1, "\tCue:T");
    put_number(b, "", cue ? cue : content, "");
    if (source) put_number(b, " Source:T", source, "");
    if (content) put_number(b, " Content:T", content, "");
    hs_out_put(&b->out, HS_STR("\n"));
    put_number(b, "A", index * 2 + 1, "\tStance E");
    put_number(b, "", index + 1, " ");
    hs_out_put(&b->out, hs_str_of(hs_stance_name(c->stance)));
    hs_out_put(&b->out, HS_STR("\n"));
    put_number(b, "A", index * 2 + 2, "\tManner E");
    put_number(b, "", index + 1, " ");
    hs_out_put(&b->out, hs_str_of(hs_manner_name(c->manner)));
    hs_out_put(&b->out, HS_STR("\n"));
}

bool hs_format_brat(hs_sink sink, void *state, const hs_record *record) {
    brat b = {.record = record, .next = 1};
    hs_out_init(&b.out, sink, state);
    for (size_t i = 0; i < record->n_claims && b.out.ok; i++) put_event(&b, i);
    return hs_out_flush(&b.out);
}
