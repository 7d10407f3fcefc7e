/* A record as one line of JSON; docs/record.schema.json describes it. Streams: nothing is allocated, whatever the size. */
#include "base/str.h"
#include "formats/formats.h"
#include "formats/json_writer.h"

static void put_span(hs_json *json, const hs_span *span) {
    hs_json_open(json, '[');
    hs_json_size(json, span->start);
    hs_json_size(json, span->end);
    hs_json_close(json, ']');
}

static void put_spans(hs_json *json, hs_str key, const hs_span *v, size_t n) {
    hs_json_key(json, key);
    hs_json_open(json, '[');
    for (size_t i = 0; i < n; i++) put_span(json, &v[i]);
    hs_json_close(json, ']');
}

static void put_reference(hs_json *json, hs_str key, char kind, size_t index) {
    hs_json_key(json, key);
    if (index == HS_NONE) hs_json_null(json);
    else hs_json_id(json, kind, index);
}

/* A page that states a code twice keeps the first: JSON's keys are to be unique. */
static void put_codes(hs_json *json, const hs_record *record) {
    hs_json_key(json, HS_STR("codes"));
    hs_json_open(json, '{');
    for (size_t i = 0; i < record->n_codes; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) seen = hs_str_eq(record->codes[i].key, record->codes[j].key);
        if (!seen) hs_json_field(json, record->codes[i].key, record->codes[i].value);
    }
    hs_json_close(json, '}');
}

static void put_comments(hs_json *json, const hs_record *record) {
    hs_json_key(json, HS_STR("comments"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < record->n_comments; i++) {
        const hs_comment *comment = &record->comments[i];
        hs_json_open(json, '{');
        hs_json_key(json, HS_STR("id"));
        hs_json_id(json, 'r', i);
        hs_json_field(json, HS_STR("author"), comment->author);
        hs_json_field(json, HS_STR("date"), comment->date);
        hs_json_field(json, HS_STR("text"), comment->text);
        put_reference(json, HS_STR("reply_to"), 'r', comment->reply_to);
        hs_json_close(json, '}');
    }
    hs_json_close(json, ']');
}

static void put_entity(hs_json *json, const hs_entity *entity, size_t index) {
    hs_json_open(json, '{');
    hs_json_key(json, HS_STR("id"));
    hs_json_id(json, 'e', index);
    hs_json_field(json, HS_STR("name"), entity->name);
    hs_json_strings(json, HS_STR("aliases"), entity->aliases, entity->n_aliases);
    hs_json_key(json, HS_STR("type"));
    if (entity->type == HS_ENTITY_UNKNOWN) hs_json_null(json);
    else hs_json_string(json, hs_str_of(hs_entity_type_name(entity->type)));
    hs_json_field(json, HS_STR("role"), entity->role);
    hs_json_field(json, HS_STR("affiliation"), entity->affiliation);
    hs_json_close(json, '}');
}

static void put_evidence(hs_json *json, const hs_claim *claim) {
    hs_json_key(json, HS_STR("evidence"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < claim->n_evidence; i++) {
        const hs_evidence *evidence = &claim->evidence[i];
        hs_json_open(json, '{');
        hs_json_key(json, HS_STR("mention"));
        put_span(json, &evidence->mention);
        hs_json_field(json, HS_STR("kind"), hs_str_of(hs_evidence_kind_name(evidence->kind)));
        hs_json_field(json, HS_STR("status"), evidence->status);
        hs_json_close(json, '}');
    }
    hs_json_close(json, ']');
}

static void put_disputes(hs_json *json, const hs_claim *claim) {
    hs_json_key(json, HS_STR("disputes"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < claim->n_disputes; i++) hs_json_id(json, 'c', claim->disputes[i]);
    hs_json_close(json, ']');
}

static void put_claim(hs_json *json, const hs_claim *claim, size_t index) {
    hs_json_open(json, '{');
    hs_json_key(json, HS_STR("id"));
    hs_json_id(json, 'c', index);
    put_spans(json, HS_STR("source"), claim->source, claim->n_source);
    put_spans(json, HS_STR("cue"), claim->cue, claim->n_cue);
    put_spans(json, HS_STR("content"), claim->content, claim->n_content);
    put_reference(json, HS_STR("speaker"), 'e', claim->speaker);
    hs_json_field(json, HS_STR("manner"), hs_str_of(hs_manner_name(claim->manner)));
    hs_json_field(json, HS_STR("stance"), hs_str_of(hs_stance_name(claim->stance)));
    hs_json_key(json, HS_STR("hedged"));
    hs_json_bool(json, claim->hedged);
    hs_json_field(json, HS_STR("medium"), claim->medium);
    put_reference(json, HS_STR("parent"), 'c', claim->parent);
    put_disputes(json, claim);
    put_evidence(json, claim);
    hs_json_key(json, HS_STR("confidence"));
    hs_json_share(json, claim->confidence);
    hs_json_close(json, '}');
}

static void put_head(hs_json *json, const hs_record *record) {
    hs_json_field(json, HS_STR("path"), record->path);
    hs_json_field(json, HS_STR("url"), record->url);
    hs_json_field(json, HS_STR("outlet"), record->outlet);
    hs_json_field(json, HS_STR("title"), record->title);
    hs_json_strings(json, HS_STR("authors"), record->authors, record->n_authors);
    hs_json_field(json, HS_STR("published"), record->published);
    hs_json_field(json, HS_STR("language"), record->language);
    put_codes(json, record);
    hs_json_field(json, HS_STR("credit"), record->credit);
    put_comments(json, record);
    hs_json_field(json, HS_STR("text"), record->text.p ? record->text : HS_STR(""));
    if (record->text.n == 0) hs_json_field(json, HS_STR("why"), record->why);
}

bool hs_format_jsonl(hs_sink sink, void *state, const hs_record *record) {
    hs_json json;
    hs_json_init(&json, sink, state);
    hs_json_open(&json, '{');
    put_head(&json, record);
    hs_json_key(&json, HS_STR("entities"));
    hs_json_open(&json, '[');
    for (size_t i = 0; i < record->n_entities && json.out.ok; i++) put_entity(&json, &record->entities[i], i);
    hs_json_close(&json, ']');
    hs_json_key(&json, HS_STR("claims"));
    if (record->has_claims) {
        hs_json_open(&json, '[');
        for (size_t i = 0; i < record->n_claims && json.out.ok; i++) put_claim(&json, &record->claims[i], i);
        hs_json_close(&json, ']');
    } else {
        hs_json_null(&json);
    }
    hs_json_close(&json, '}');
    hs_json_line_end(&json);
    return hs_json_flush(&json);
}
