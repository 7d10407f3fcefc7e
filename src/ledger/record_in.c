/* Records from JSON: see record_in.h. Fields come in any order, so spans and ids are resolved when all has been read. */
#include "ledger/record_in.h"

#include "base/error.h"
#include "base/json_scan.h"
#include "base/utf8.h"

enum { MOST_ITEMS = 1 << 20 }; /* of any list: no page has as many; keeps indices small */

/* What refers to something that may stand further on. */
typedef struct links {
    hs_str speaker, parent;
    HS_VEC(hs_str) disputes;
} links;

typedef struct in {
    hs_scan scan;
    hs_arena *arena;
    hs_error *error;
    hs_read_record *out;
    HS_VEC(hs_str) authors;
    HS_VEC(hs_code) codes;
    HS_VEC(hs_comment) comments;
    HS_VEC(hs_str) comment_ids;
    HS_VEC(hs_str) comment_replies;
    HS_VEC(hs_entity) entities;
    HS_VEC(hs_str) entity_ids;
    HS_VEC(hs_claim) claims;
    HS_VEC(hs_str) claim_ids;
    HS_VEC(links) links;
    bool wrong;
} in;

static bool fail(in *in, const char *format, hs_str what) {
    if (!in->wrong) hs_fail(in->error, HS_ERR_FORMAT, format, (int)(what.n < 60 ? what.n : 60), what.p ? what.p : "");
    in->wrong = true;
    return false;
}

/* ---- values ---- */

/* A string or null; anything else is wrong. Repaired where it is no UTF-8. */
static bool take_string(in *in, hs_str key, hs_str *out) {
    char first = hs_scan_peek(&in->scan);
    if (hs_scan_string(&in->scan, out)) {
        *out = hs_str_replace_nuls(in->arena, hs_utf8_repair(in->arena, *out), HS_STR("\xEF\xBF\xBD"));
        if (!out->p) out->p = "";
        return true;
    }
    return first == 'n' || fail(in, "\"%.*s\" is neither a string nor null", key);
}

/* Ids are strings or numbers, as they are written. */
static bool take_id(in *in, hs_str key, hs_str *out) {
    char first = hs_scan_peek(&in->scan), *start = in->scan.at;
    if (first == '"') return take_string(in, key, out);
    bool ok = first != '{' && first != '[' && hs_scan_skip(&in->scan);
    if (ok && first != 'n') *out = (hs_str){start, (size_t)(in->scan.at - start)};
    return ok || fail(in, "\"%.*s\" is no id", key);
}

static bool take_size(in *in, size_t *out) {
    char *start = (hs_scan_peek(&in->scan), in->scan.at);
    *out = 0;
    if (!hs_scan_skip(&in->scan)) return false;
    hs_str digits = {start, (size_t)(in->scan.at - start)};
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9' || *out > SIZE_MAX / 20) return false;
        *out = *out * 10 + (size_t)(digits.p[i] - '0');
    }
    return digits.n > 0;
}

/* 0 to 1, without the locale's decimal point. */
static bool take_share(in *in, hs_str key, double *out) {
    char *start = (hs_scan_peek(&in->scan), in->scan.at);
    bool ok = hs_scan_skip(&in->scan);
    double value = 0, scale = 0;
    for (const char *c = start; ok && c < in->scan.at; c++) {
        if (*c == '.' && scale == 0) scale = 1;
        else if (*c < '0' || *c > '9') {
            if (*c == 'e' || *c == 'E') value = c + 1 < in->scan.at && c[1] == '-' ? 0 : 2;
            else ok = *c == 'n'; /* null */
            break;
        } else if (scale > 0) value += (*c - '0') * (scale /= 10);
        else value = value * 10 + (*c - '0');
    }
    *out = value;
    return (ok && value >= 0 && value <= 1) || fail(in, "\"%.*s\" is no number from 0 to 1", key);
}

static bool take_bool(in *in, hs_str key, bool *out) {
    char first = hs_scan_peek(&in->scan);
    *out = first == 't';
    return (hs_scan_skip(&in->scan) && (first == 't' || first == 'f' || first == 'n')) ||
           fail(in, "\"%.*s\" is neither true nor false", key);
}

/* Opens a list; null counts as an empty one. *open = false: there is nothing to walk. */
static bool open_list(in *in, hs_str key, bool *open) {
    *open = hs_scan_open(&in->scan, '[');
    if (*open) return true;
    return (hs_scan_peek(&in->scan) == 'n' && hs_scan_skip(&in->scan)) || fail(in, "\"%.*s\" is no list", key);
}

/* A word out of a table of names; null and a missing one leave the value as it is. */
static bool take_word(in *in, hs_str key, const char *(*name)(int), int *out) {
    hs_str word = {0};
    if (!take_string(in, key, &word)) return false;
    if (!word.p) return true;
    for (int i = 0; !hs_str_eq(hs_str_of(name(i)), HS_STR("unknown")) || i == 0; i++) {
        if (!hs_str_eq(word, hs_str_of(name(i)))) continue;
        *out = i;
        return true;
    }
    return fail(in, "there is no such word as \"%.*s\"", word);
}

static const char *manner_name(int i) {
    return hs_manner_name((hs_manner)i);
}

static const char *stance_name(int i) {
    return hs_stance_name((hs_stance)i);
}

static const char *kind_name(int i) {
    return hs_evidence_kind_name((hs_evidence_kind)i);
}

static const char *type_name(int i) {
    return hs_entity_type_name((hs_entity_type)i);
}

static bool take_strings(in *in, hs_str key, hs_str **v, size_t *n) {
    HS_VEC(hs_str) list = {0};
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        hs_str s = {0};
        if (!take_string(in, key, &s)) return false;
        if (s.p) HS_PUSH(in->arena, list, s);
    }
    *v = list.v;
    *n = list.n;
    return true;
}

static bool take_span(in *in, hs_str key, hs_span *out) {
    *out = (hs_span){0};
    bool ok = hs_scan_open(&in->scan, '[') && hs_scan_item(&in->scan) && take_size(in, &out->start) &&
              hs_scan_item(&in->scan) && take_size(in, &out->end) && !hs_scan_item(&in->scan);
    return (ok && !in->scan.failed) || fail(in, "\"%.*s\" holds something that is no span [start, end]", key);
}

static bool take_spans(in *in, hs_str key, hs_span **v, size_t *n) {
    HS_VEC(hs_span) list = {0};
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        hs_span span;
        if (!take_span(in, key, &span)) return false;
        HS_PUSH(in->arena, list, span);
    }
    *v = list.v;
    *n = list.n;
    return true;
}

/* ---- objects ---- */

typedef bool (*take_member)(in *in, hs_str key, void *object);

static bool take_object(in *in, hs_str key, take_member member, void *object) {
    if (!hs_scan_open(&in->scan, '{')) return fail(in, "\"%.*s\" holds something that is no object", key);
    for (hs_str name; hs_scan_member(&in->scan, &name);)
        if (!member(in, name, object)) return false;
    return !in->scan.failed;
}

#define IS(literal) hs_str_eq(key, HS_STR(literal))

static bool evidence_member(in *in, hs_str key, void *object) {
    hs_evidence *e = object;
    int kind = (int)e->kind;
    bool ok = IS("mention")  ? take_span(in, key, &e->mention)
              : IS("status") ? take_string(in, key, &e->status)
              : IS("kind")   ? take_word(in, key, kind_name, &kind)
                             : hs_scan_skip(&in->scan);
    e->kind = (hs_evidence_kind)kind;
    return ok;
}

static bool take_evidence(in *in, hs_str key, hs_claim *claim) {
    HS_VEC(hs_evidence) list = {0};
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        hs_evidence evidence = {.kind = HS_EVIDENCE_OTHER};
        if (!take_object(in, key, evidence_member, &evidence)) return false;
        HS_PUSH(in->arena, list, evidence);
    }
    claim->evidence = list.v;
    claim->n_evidence = list.n;
    return true;
}

typedef struct new_claim {
    hs_claim claim;
    links links;
    hs_str id;
    int manner, stance;
} new_claim;

static bool take_disputes(in *in, hs_str key, links *links) {
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        hs_str id = {0};
        if (!take_id(in, key, &id)) return false;
        HS_PUSH(in->arena, links->disputes, id);
    }
    return true;
}

static bool claim_member(in *in, hs_str key, void *object) {
    new_claim *c = object;
    if (IS("id")) return take_id(in, key, &c->id);
    if (IS("source")) return take_spans(in, key, &c->claim.source, &c->claim.n_source);
    if (IS("cue")) return take_spans(in, key, &c->claim.cue, &c->claim.n_cue);
    if (IS("content")) return take_spans(in, key, &c->claim.content, &c->claim.n_content);
    if (IS("speaker")) return take_id(in, key, &c->links.speaker);
    if (IS("parent")) return take_id(in, key, &c->links.parent);
    if (IS("manner")) return take_word(in, key, manner_name, &c->manner);
    if (IS("stance")) return take_word(in, key, stance_name, &c->stance);
    if (IS("hedged")) return take_bool(in, key, &c->claim.hedged);
    if (IS("medium")) return take_string(in, key, &c->claim.medium);
    if (IS("disputes")) return take_disputes(in, key, &c->links);
    if (IS("evidence")) return take_evidence(in, key, &c->claim);
    if (IS("confidence")) return take_share(in, key, &c->claim.confidence);
    return hs_scan_skip(&in->scan);
}

enum { MANNER_NOT_SAID = -1 };

static bool take_claims(in *in, hs_str key) {
    bool open;
    in->out->record.has_claims = hs_scan_peek(&in->scan) == '[';
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        new_claim c = {.claim = {.speaker = HS_NONE, .parent = HS_NONE, .confidence = 1},
                       .manner = MANNER_NOT_SAID,
                       .stance = HS_STANCE_ASSERTS};
        if (!take_object(in, key, claim_member, &c)) return false;
        if (!c.id.n) return fail(in, "a claim without an id%.*s", HS_STR(""));
        if (in->claims.n == MOST_ITEMS) return fail(in, "too many %.*s", key);
        c.claim.manner = (hs_manner)c.manner;
        c.claim.stance = (hs_stance)c.stance;
        HS_PUSH(in->arena, in->claims, c.claim);
        HS_PUSH(in->arena, in->claim_ids, c.id);
        HS_PUSH(in->arena, in->links, c.links);
    }
    return true;
}

typedef struct new_entity {
    hs_entity entity;
    hs_str id;
    int type;
} new_entity;

static bool entity_member(in *in, hs_str key, void *object) {
    new_entity *e = object;
    if (IS("id")) return take_id(in, key, &e->id);
    if (IS("name")) return take_string(in, key, &e->entity.name);
    if (IS("aliases")) return take_strings(in, key, &e->entity.aliases, &e->entity.n_aliases);
    if (IS("type")) return take_word(in, key, type_name, &e->type);
    if (IS("role")) return take_string(in, key, &e->entity.role);
    if (IS("affiliation")) return take_string(in, key, &e->entity.affiliation);
    return hs_scan_skip(&in->scan);
}

static bool take_entities(in *in, hs_str key) {
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        new_entity e = {.type = HS_ENTITY_UNKNOWN};
        if (!take_object(in, key, entity_member, &e)) return false;
        if (!e.id.n || !e.entity.name.p) return fail(in, "an entity without an id or a name%.*s", HS_STR(""));
        if (in->entities.n == MOST_ITEMS) return fail(in, "too many %.*s", key);
        e.entity.type = (hs_entity_type)e.type;
        HS_PUSH(in->arena, in->entities, e.entity);
        HS_PUSH(in->arena, in->entity_ids, e.id);
    }
    return true;
}

typedef struct new_comment {
    hs_comment comment;
    hs_str id, reply_to;
} new_comment;

static bool comment_member(in *in, hs_str key, void *object) {
    new_comment *c = object;
    if (IS("id")) return take_id(in, key, &c->id);
    if (IS("author")) return take_string(in, key, &c->comment.author);
    if (IS("date")) return take_string(in, key, &c->comment.date);
    if (IS("text")) return take_string(in, key, &c->comment.text);
    if (IS("reply_to")) return take_id(in, key, &c->reply_to);
    return hs_scan_skip(&in->scan);
}

static bool take_comments(in *in, hs_str key) {
    bool open;
    if (!open_list(in, key, &open)) return false;
    while (open && hs_scan_item(&in->scan)) {
        new_comment c = {.comment = {.reply_to = HS_NONE}};
        if (!take_object(in, key, comment_member, &c)) return false;
        if (in->comments.n == MOST_ITEMS) return fail(in, "too many %.*s", key);
        HS_PUSH(in->arena, in->comments, c.comment);
        HS_PUSH(in->arena, in->comment_ids, c.id);
        HS_PUSH(in->arena, in->comment_replies, c.reply_to);
    }
    return true;
}

static bool code_member(in *in, hs_str key, void *object) {
    (void)object;
    hs_code code = {hs_utf8_repair(in->arena, key), {0}};
    if (!take_id(in, key, &code.value)) return false;
    if (code.value.p) HS_PUSH(in->arena, in->codes, code);
    return true;
}

static bool take_codes(in *in, hs_str key) {
    if (hs_scan_peek(&in->scan) == 'n') return hs_scan_skip(&in->scan);
    return take_object(in, key, code_member, NULL);
}

static bool record_member(in *in, hs_str key, void *object) {
    (void)object;
    hs_record *r = &in->out->record;
    if (IS("path") || (IS("id") && !r->path.n)) return take_id(in, key, &r->path);
    if (IS("url")) return take_string(in, key, &r->url);
    if (IS("outlet")) return take_string(in, key, &r->outlet);
    if (IS("title")) return take_string(in, key, &r->title);
    if (IS("authors")) return take_strings(in, key, &r->authors, &r->n_authors);
    if (IS("published")) return take_string(in, key, &r->published);
    if (IS("language")) return take_string(in, key, &r->language);
    if (IS("codes")) return take_codes(in, key);
    if (IS("credit")) return take_string(in, key, &r->credit);
    if (IS("comments")) return take_comments(in, key);
    if (IS("text")) return take_string(in, key, &r->text);
    if (IS("why")) return take_string(in, key, &r->why);
    if (IS("entities")) return take_entities(in, key);
    if (IS("claims")) return take_claims(in, key);
    return hs_scan_skip(&in->scan);
}

/* ---- resolving ---- */

void hs_text_index_make(hs_text_index *index, hs_arena *arena, hs_str text) {
    index->text = text;
    index->steps = HS_NEW(arena, size_t, text.n / HS_TEXT_STEP + 1);
    size_t n = 0;
    for (size_t at = 0; at < text.n; at++) {
        if (((unsigned char)text.p[at] & 0xC0) == 0x80) continue;
        if (n % HS_TEXT_STEP == 0) index->steps[n / HS_TEXT_STEP] = at;
        n++;
    }
    index->n_code_points = n;
}

size_t hs_text_byte(const hs_text_index *index, size_t code_point) {
    if (code_point >= index->n_code_points) return index->text.n;
    size_t at = index->steps[code_point / HS_TEXT_STEP];
    for (size_t left = code_point % HS_TEXT_STEP; left; left--) {
        at++;
        while (((unsigned char)index->text.p[at] & 0xC0) == 0x80) at++;
    }
    return at;
}

static bool resolve_spans(in *in, const hs_text_index *index, hs_span *v, size_t n, hs_str id) {
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i].start < last || v[i].start >= v[i].end || v[i].end > index->n_code_points)
            return fail(in, "claim %.*s has spans that do not lie in the text, one behind the other", id);
        last = v[i].end;
        v[i].byte_start = hs_text_byte(index, v[i].start);
        v[i].byte_end = hs_text_byte(index, v[i].end);
    }
    return true;
}

/* Ids → indices, by a table of hashes. */
typedef struct ids {
    const hs_str *v;
    size_t n;
    uint32_t *slots; /* index plus one; 0 is free */
    size_t mask;
} ids;

static size_t hash(hs_str s) {
    uint64_t h = 0xcbf29ce484222325;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
    return (size_t)(h ^ h >> 29);
}

static size_t ids_find(const ids *ids, hs_str id) {
    if (!ids->n) return HS_NONE;
    for (size_t at = hash(id) & ids->mask; ids->slots[at]; at = (at + 1) & ids->mask)
        if (hs_str_eq(ids->v[ids->slots[at] - 1], id)) return ids->slots[at] - 1;
    return HS_NONE;
}

static bool ids_make(ids *ids, in *in, const hs_str *v, size_t n) {
    size_t size = 16;
    while (size < n * 2) size *= 2;
    *ids = (struct ids){.v = v, .slots = HS_NEW(in->arena, uint32_t, size), .mask = size - 1};
    for (ids->n = 0; ids->n < n; ids->n++) {
        if (!v[ids->n].n) continue; /* comments need no id */
        if (ids_find(ids, v[ids->n]) != HS_NONE) return fail(in, "the id %.*s occurs twice", v[ids->n]);
        size_t at = hash(v[ids->n]) & ids->mask;
        while (ids->slots[at]) at = (at + 1) & ids->mask;
        ids->slots[at] = (uint32_t)ids->n + 1;
    }
    return true;
}

static bool resolve(in *in, const ids *ids, hs_str id, size_t *out) {
    *out = HS_NONE;
    if (!id.n) return true;
    *out = ids_find(ids, id);
    return *out != HS_NONE || fail(in, "there is no %.*s in it, which something refers to", id);
}

/* Parents must not run in a circle: each is followed once, what has been followed is marked. */
static bool parents_end(in *in) {
    unsigned char *done = HS_NEW(in->arena, unsigned char, in->claims.n + 1);
    enum { NEW, UNDER_WAY, DONE };
    for (size_t i = 0; i < in->claims.n; i++) {
        size_t at = i;
        while (at != HS_NONE && done[at] == NEW) {
            done[at] = UNDER_WAY;
            at = in->claims.v[at].parent;
        }
        if (at != HS_NONE && done[at] == UNDER_WAY)
            return fail(in, "the parents of claim %.*s run in a circle", in->claim_ids.v[i]);
        for (at = i; at != HS_NONE && done[at] == UNDER_WAY; at = in->claims.v[at].parent) done[at] = DONE;
    }
    return true;
}

static bool is_quotation_mark(hs_str text, size_t at) {
    static const char *const marks[] = {"\"", "“", "”", "''", "‘", "«", "„"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (hs_str_starts(hs_str_slice(text, at, text.n), hs_str_of(marks[i]))) return true;
    return false;
}

/* Where a record does not say how its content stands: by the quotation marks that its pieces begin with or hold. */
static hs_manner manner_of(hs_str text, const hs_claim *claim) {
    size_t opened = 0;
    bool any = false;
    for (size_t i = 0; i < claim->n_content; i++) {
        const hs_span *s = &claim->content[i];
        opened += is_quotation_mark(text, s->byte_start);
        for (size_t at = s->byte_start; at < s->byte_end && !any; at++) any = is_quotation_mark(text, at);
    }
    if (claim->n_content && opened == claim->n_content) return HS_MANNER_DIRECT;
    return any ? HS_MANNER_MIXED : HS_MANNER_INDIRECT;
}

static bool resolve_claim(in *in, const hs_text_index *index, const ids *claims, const ids *entities, size_t i) {
    hs_claim *c = &in->claims.v[i];
    const links *links = &in->links.v[i];
    hs_str id = in->claim_ids.v[i];
    if (!resolve_spans(in, index, c->source, c->n_source, id) || !resolve_spans(in, index, c->cue, c->n_cue, id) ||
        !resolve_spans(in, index, c->content, c->n_content, id))
        return false;
    for (size_t k = 0; k < c->n_evidence; k++)
        if (!resolve_spans(in, index, &c->evidence[k].mention, 1, id)) return false;
    if (!resolve(in, entities, links->speaker, &c->speaker) || !resolve(in, claims, links->parent, &c->parent))
        return false;
    c->disputes = HS_NEW(in->arena, size_t, links->disputes.n + 1);
    for (; c->n_disputes < links->disputes.n; c->n_disputes++)
        if (!resolve(in, claims, links->disputes.v[c->n_disputes], &c->disputes[c->n_disputes])) return false;
    if ((int)c->manner == MANNER_NOT_SAID) c->manner = manner_of(in->out->record.text, c);
    return true;
}

static bool resolve_all(in *in) {
    hs_record *r = &in->out->record;
    hs_text_index index;
    ids claims, entities, comments;
    if (!ids_make(&claims, in, in->claim_ids.v, in->claims.n) ||
        !ids_make(&entities, in, in->entity_ids.v, in->entities.n) ||
        !ids_make(&comments, in, in->comment_ids.v, in->comments.n))
        return false;
    hs_text_index_make(&index, in->arena, r->text);
    for (size_t i = 0; i < in->claims.n; i++)
        if (!resolve_claim(in, &index, &claims, &entities, i)) return false;
    for (size_t i = 0; i < in->comments.n; i++)
        if (!resolve(in, &comments, in->comment_replies.v[i], &in->comments.v[i].reply_to)) return false;
    return parents_end(in);
}

static void fill(in *in) {
    hs_record *r = &in->out->record;
    r->codes = in->codes.v;
    r->n_codes = in->codes.n;
    r->comments = in->comments.v;
    r->n_comments = in->comments.n;
    r->entities = in->entities.v;
    r->n_entities = in->entities.n;
    r->claims = in->claims.v;
    r->n_claims = in->claims.n;
    r->has_title = r->title.n && hs_str_starts(r->text, r->title);
    in->out->claim_ids = in->claim_ids.v;
    in->out->entity_ids = in->entity_ids.v;
}

hs_status hs_record_in(hs_read_record *out, hs_arena *arena, char *bytes, size_t n, hs_error *error) {
    *out = (hs_read_record){0};
    in in = {.scan = {.at = bytes, .end = bytes + n}, .arena = arena, .error = error, .out = out};
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) in.scan.at += 3;
    bool ok = hs_scan_open(&in.scan, '{');
    for (hs_str key; ok && hs_scan_member(&in.scan, &key);) ok = record_member(&in, key, NULL);
    if (in.wrong) return HS_ERR_FORMAT;
    if (!ok || !hs_scan_ended(&in.scan)) return hs_fail(error, HS_ERR_FORMAT, "not a JSON object");
    if (!out->record.path.n && !out->record.url.n)
        return hs_fail(error, HS_ERR_FORMAT, "neither \"path\" nor \"url\" in it");
    if (!out->record.text.p) return hs_fail(error, HS_ERR_FORMAT, "no \"text\" in it");
    if (!resolve_all(&in)) return HS_ERR_FORMAT;
    fill(&in);
    return HS_OK;
}

bool hs_record_text(hs_str *out, hs_arena *arena, char *bytes, size_t n) {
    hs_error error;
    in in = {.arena = arena, .error = &error};
    in.scan.at = bytes;
    in.scan.end = bytes + n;
    *out = (hs_str){0};
    bool ok = hs_scan_open(&in.scan, '{');
    for (hs_str key; ok && hs_scan_member(&in.scan, &key);)
        ok = IS("text") ? take_string(&in, key, out) : hs_scan_skip(&in.scan);
    return ok && !in.scan.failed && out->p;
}
