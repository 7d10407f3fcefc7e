/* The page's own voice: see voice.h. Spans are sorted once; then text, spans and sentences are walked side by side. */
#include "formats/voice.h"

#include <stdlib.h>

#include "base/utf8.h"

typedef struct piece {
    size_t start, end; /* bytes */
} piece;

/* All spans of a record, or its contents alone, in order. */
typedef struct pieces {
    piece *v;
    size_t n;
} pieces;

static int by_start(const void *a, const void *b) {
    const piece *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static void add_spans(pieces *to, const hs_span *spans, size_t n) {
    for (size_t i = 0; i < n; i++) to->v[to->n++] = (piece){spans[i].byte_start, spans[i].byte_end};
}

static bool pieces_of(pieces *out, const hs_record *record, bool contents_alone) {
    size_t n = 0;
    for (size_t i = 0; i < record->n_claims; i++)
        n += record->claims[i].n_content + record->claims[i].n_source + record->claims[i].n_cue;
    *out = (pieces){malloc((n + 1) * sizeof *out->v), 0};
    if (!out->v) return false;
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        add_spans(out, claim->content, claim->n_content);
        if (contents_alone) continue;
        add_spans(out, claim->source, claim->n_source);
        add_spans(out, claim->cue, claim->n_cue);
    }
    qsort(out->v, out->n, sizeof *out->v, by_start);
    return true;
}

/* Bytes that at least one of the pieces covers. */
static size_t covered(const pieces *p) {
    size_t sum = 0, end = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t start = p->v[i].start > end ? p->v[i].start : end;
        if (p->v[i].end > start) sum += p->v[i].end - start;
        if (p->v[i].end > end) end = p->v[i].end;
    }
    return sum;
}

static bool is_end_mark(char c) {
    return c == '.' || c == '!' || c == '?';
}

/* Whether the full stop at byte `at` only ends an abbreviation or an initial ("Mr.", "U.S."). */
static bool abbreviates(hs_str text, size_t at) {
    size_t start = at;
    while (start && ((text.p[start - 1] | 32) >= 'a' && (text.p[start - 1] | 32) <= 'z')) start--;
    return text.p[at] == '.' && at > start && at - start <= 3 && text.p[start] >= 'A' && text.p[start] <= 'Z';
}

static bool opens_sentence(hs_str text, size_t at) {
    size_t next;
    hs_char_class class = hs_char_classify(hs_utf8_decode(text, at, &next));
    return class == HS_CHAR_UPPER || class == HS_CHAR_DIGIT || class == HS_CHAR_PUNCT || class == HS_CHAR_LETTER;
}

/* The byte after the sentence that begins at `at`, its closing quotation marks included. */
static size_t sentence_end(hs_str text, size_t at) {
    for (; at < text.n; at++) {
        if (text.p[at] == '\n') return at;
        if (!is_end_mark(text.p[at]) || abbreviates(text, at)) continue;
        size_t end = at + 1;
        while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n') {
            size_t next;
            if (hs_char_classify(hs_utf8_decode(text, end, &next)) != HS_CHAR_PUNCT) break;
            end = next;
        }
        if (end == text.n || text.p[end] == '\n') return end;
        if (text.p[end] == ' ' && end + 1 < text.n && opens_sentence(text, end + 1)) return end;
        at = end - 1;
    }
    return at;
}

/* Counts sentences and those without a piece; one without a letter is none. */
static void count_sentences(hs_voice *out, hs_str text, size_t at, const pieces *p) {
    size_t next_piece = 0, reached = 0; /* reached: the furthest end of the pieces before next_piece */
    while (at < text.n) {
        size_t end = sentence_end(text, at);
        bool words = false;
        for (size_t i = at; i < end && !words; i++) words = (text.p[i] | 32) >= 'a' && (text.p[i] | 32) <= 'z';
        for (; next_piece < p->n && p->v[next_piece].start < end; next_piece++)
            if (p->v[next_piece].end > reached) reached = p->v[next_piece].end;
        out->sentences += words;
        out->uncited += words && reached <= at;
        at = end;
        while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\n')) at++;
    }
}

/* Whether a speaker has a name of its own: what the record says, else whether a word but the first begins with a capital, or that one too
 * where no article stands before it. */
static bool is_named(const hs_entity *entity) {
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

/* How many bytes the article's own claims give to each speaker, and who has most. */
static bool share_out(hs_voice *out, const hs_record *record) {
    size_t *bytes = calloc(record->n_entities + 1, sizeof *bytes);
    bool *inner = calloc(record->n_claims + 1, sizeof *inner), *speaks = calloc(record->n_entities + 1, sizeof *speaks);
    bool ok = bytes && inner && speaks;
    for (size_t i = 0; ok && i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        bool nested = claim->parent < record->n_claims;
        if (nested && claim->speaker != record->claims[claim->parent].speaker) inner[claim->parent] = true;
        if (claim->speaker >= record->n_entities) continue;
        speaks[claim->speaker] = true;
        for (size_t k = 0; k < claim->n_content && !nested; k++)
            bytes[claim->speaker] += claim->content[k].byte_end - claim->content[k].byte_start;
    }
    for (size_t i = 0; ok && i < record->n_claims; i++) out->alone += !inner[i] && !record->claims[i].n_evidence;
    for (size_t i = 0; ok && i < record->n_entities; i++) {
        out->speakers += speaks[i];
        out->named += speaks[i] && is_named(&record->entities[i]);
        hs_voice_part part = {i, (double)bytes[i] / (double)record->text.n};
        for (size_t k = 0; k < HS_VOICE_TOP && bytes[i]; k++) {
            if (k < out->n_top && out->top[k].share >= part.share) continue;
            hs_voice_part pushed = out->top[k];
            out->top[k] = part;
            if (k == out->n_top) {
                out->n_top++;
                break;
            }
            part = pushed;
        }
    }
    free(bytes);
    free(inner);
    free(speaks);
    return ok;
}

bool hs_voice_of(hs_voice *out, const hs_record *record) {
    *out = (hs_voice){.claims = record->n_claims};
    if (!record->text.n) return true;
    pieces contents = {0}, all = {0};
    bool ok = pieces_of(&contents, record, true) && pieces_of(&all, record, false) && share_out(out, record);
    if (ok) {
        out->attributed = (double)covered(&contents) / (double)record->text.n;
        count_sentences(out, record->text, record->has_title ? record->title.n : 0, &all);
    }
    free(contents.v);
    free(all.v);
    return ok;
}
