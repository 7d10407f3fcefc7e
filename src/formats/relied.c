/* Shares of a page's text: see relied.h. */
#include "formats/relied.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "formats/chain.h"

enum { OWN = 0, FRAME = 1, FIRST_CLAIM = 2 }; /* whose a byte of text is; FIRST_CLAIM + i: the i-th claim's */

static void paint(uint32_t *whose, size_t n, const hs_span *v, size_t n_spans, uint32_t who) {
    for (size_t i = 0; i < n_spans; i++)
        for (size_t at = v[i].byte_start; at < v[i].byte_end && at < n; at++)
            if (whose[at] == OWN) whose[at] = who;
}

/* The outermost claims' contents go first and keep what they have. */
static uint32_t *whose_bytes(hs_arena *arena, const hs_record *record) {
    uint32_t *whose = HS_NEW(arena, uint32_t, record->text.n + 1);
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        if (claim->parent < record->n_claims) continue;
        paint(whose, record->text.n, claim->content, claim->n_content, (uint32_t)(FIRST_CLAIM + i));
    }
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        if (claim->parent < record->n_claims) continue;
        paint(whose, record->text.n, claim->source, claim->n_source, FRAME);
        paint(whose, record->text.n, claim->cue, claim->n_cue, FRAME);
    }
    return whose;
}

static int by_weight(const void *left, const void *right) {
    const hs_relied_speaker *a = left, *b = right;
    if (a->characters != b->characters) return a->characters < b->characters ? 1 : -1;
    if (a->claims != b->claims) return a->claims < b->claims ? 1 : -1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

/* The place of a claim's speaker: entities in their order, behind them those who are none. */
static size_t place_of(const hs_record *record, const hs_claim *claim) {
    return claim->speaker < record->n_entities ? claim->speaker : record->n_entities;
}

static void count_characters(hs_relied *relied, const hs_record *record, const uint32_t *whose) {
    for (size_t at = 0, next; at < record->text.n; at = next) {
        uint32_t cp = hs_utf8_decode(record->text, at, &next);
        hs_char_class class = hs_char_classify(cp);
        if (class == HS_CHAR_SPACE || class == HS_CHAR_CONTROL || class == HS_CHAR_MARK || whose[at] == FRAME) continue;
        if (whose[at] == OWN) {
            relied->own++;
            continue;
        }
        const hs_claim *claim = &record->claims[whose[at] - FIRST_CLAIM];
        relied->speakers[place_of(record, claim)].characters++;
        if (hs_chain_has_name(record, claim)) relied->named++;
        else relied->unnamed++;
    }
}

hs_relied hs_relied_of(hs_arena *arena, const hs_record *record) {
    hs_relied relied = {.speakers = HS_NEW(arena, hs_relied_speaker, record->n_entities + 1)};
    for (size_t i = 0; i <= record->n_entities; i++) relied.speakers[i].entity = i < record->n_entities ? i : HS_NONE;
    for (size_t i = 0; i < record->n_claims; i++) relied.speakers[place_of(record, &record->claims[i])].claims++;
    count_characters(&relied, record, whose_bytes(arena, record));
    qsort(relied.speakers, record->n_entities + 1, sizeof *relied.speakers, by_weight);
    for (size_t i = 0; i <= record->n_entities; i++) relied.n_speakers += relied.speakers[i].claims > 0;
    return relied;
}

size_t hs_relied_share(const hs_relied *relied, size_t characters) {
    size_t all = relied->named + relied->unnamed + relied->own;
    return all ? (characters * 100 + all / 2) / all : 0;
}
