/* The page's own voice: see voice.h. Spans are sorted once; then text, spans and sentences are walked side by side. */
#include "formats/voice.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "formats/chain.h"

typedef struct piece {
    size_t start, end; /* bytes */
} piece;

/* All spans of a record, in order. */
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

static pieces pieces_of(hs_arena *arena, const hs_record *record) {
    size_t n = 0;
    for (size_t i = 0; i < record->n_claims; i++)
        n += record->claims[i].n_content + record->claims[i].n_source + record->claims[i].n_cue;
    pieces all = {HS_NEW(arena, piece, n + 1), 0};
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        add_spans(&all, claim->content, claim->n_content);
        add_spans(&all, claim->source, claim->n_source);
        add_spans(&all, claim->cue, claim->n_cue);
    }
    if (n) qsort(all.v, n, sizeof *all.v, by_start);
    return all;
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

/* Claims that name neither evidence nor a source of their source. */
static size_t count_alone(hs_arena *arena, const hs_record *record) {
    bool *inner = HS_NEW(arena, bool, record->n_claims + 1);
    size_t alone = 0;
    for (size_t i = 0; i < record->n_claims; i++) {
        size_t parent = record->claims[i].parent;
        if (parent < record->n_claims && record->claims[i].speaker != record->claims[parent].speaker)
            inner[parent] = true;
    }
    for (size_t i = 0; i < record->n_claims; i++) alone += !inner[i] && !record->claims[i].n_evidence;
    return alone;
}

hs_voice hs_voice_of(hs_arena *arena, const hs_record *record) {
    hs_voice voice = {.relied = hs_relied_of(arena, record), .alone = count_alone(arena, record)};
    for (size_t i = 0; i < voice.relied.n_speakers; i++) {
        size_t entity = voice.relied.speakers[i].entity;
        if (entity == HS_NONE) continue;
        voice.speakers++;
        voice.named += hs_chain_is_named(&record->entities[entity]);
    }
    pieces all = pieces_of(arena, record);
    count_sentences(&voice, record->text, record->has_title ? record->title.n : 0, &all);
    return voice;
}
