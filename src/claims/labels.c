/* Labels: see labels.h. One pass over the text's words, then each claim by itself, then the claims among each other. */
#include "claims/labels.h"

#include "base/utf8.h"
#include "claims/acts.h"
#include "claims/disputes.h"
#include "claims/evidence.h"
#include "claims/medium.h"

/* How far from a cue its sentence's ends are looked for, in words. */
enum { REACH = 80 };

hs_marked hs_marked_of(hs_arena *arena, hs_str text, bool has_title) {
    hs_marked m = {.text = text, .words = hs_words_of(arena, text, has_title)};
    m.classes = hs_lexicon_look_up(arena, &m.words);
    return m;
}

static hs_ranges to_words(hs_arena *arena, const hs_marked *m, const hs_span *spans, size_t n) {
    hs_ranges out = {0};
    for (size_t i = 0; i < n; i++) {
        hs_range range = {hs_words_after(&m->words, spans[i].byte_start),
                          hs_words_after(&m->words, spans[i].byte_start)};
        while (range.end < m->words.n && m->words.v[range.end].start < spans[i].byte_end) range.end++;
        if (range.start < range.end) HS_PUSH(arena, out, range);
    }
    return out;
}

static bool begins_paragraph(const hs_marked *m, size_t i) {
    uint8_t place = m->words.v[i].place;
    return place == HS_PLACE_PARAGRAPH || place == HS_PLACE_FIRST;
}

static bool begins_upper(const hs_marked *m, size_t i) {
    size_t next;
    return hs_char_classify(hs_utf8_decode(m->text, m->words.v[i].start, &next)) == HS_CHAR_UPPER;
}

/* Whether a sentence ends before word `i`: a paragraph begins, or an end mark (and quotation marks) stand before a capital, unless
 * the mark ends an abbreviation, which is told by its shortness. */
static bool begins_sentence(const hs_marked *m, size_t i) {
    if (i == 0 || begins_paragraph(m, i)) return true;
    bool opens = m->words.v[i].quote == HS_QUOTE_OPEN;
    if (!begins_upper(m, i) && !opens) return false;
    if (!opens && m->words.v[i - 1].quote == HS_QUOTE_OPEN) return false;
    size_t mark = i - 1;
    while (mark && m->words.v[mark].quote == HS_QUOTE_CLOSE) mark--;
    if (hs_marked_is(m, mark, "!") || hs_marked_is(m, mark, "?")) return true;
    if (!hs_marked_is(m, mark, ".") || !mark) return false;
    const hs_word *before = &m->words.v[mark - 1];
    return before->end != m->words.v[mark].start || before->end - before->start > 3 || !begins_upper(m, mark - 1);
}

static hs_range sentence_around(const hs_marked *m, hs_range range) {
    size_t least = range.start > REACH ? range.start - REACH : 0;
    size_t most = m->words.n - range.end > REACH ? range.end + REACH : m->words.n;
    while (range.start > least && !begins_sentence(m, range.start)) range.start--;
    while (range.end < most && !begins_sentence(m, range.end)) range.end++;
    return range;
}

hs_parts hs_parts_of(hs_arena *arena, const hs_marked *m, const hs_claim *claim) {
    hs_parts parts = {.source = to_words(arena, m, claim->source, claim->n_source),
                      .cue = to_words(arena, m, claim->cue, claim->n_cue),
                      .content = to_words(arena, m, claim->content, claim->n_content)};
    const hs_ranges *around = parts.cue.n ? &parts.cue : &parts.content;
    if (around->n) parts.sentence = sentence_around(m, around->v[0]);
    return parts;
}

bool hs_marked_is_mark(const hs_marked *m, size_t i) {
    size_t next;
    return hs_char_classify(hs_utf8_decode(hs_marked_word(m, i), 0, &next)) == HS_CHAR_PUNCT;
}

bool hs_marked_among(const hs_marked *m, size_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (hs_marked_is(m, i, words[k])) return true;
    return false;
}

hs_lex hs_marked_classes(const hs_marked *m, hs_range range) {
    hs_lex classes = 0;
    for (size_t i = range.start; i < range.end; i++) classes |= m->classes[i];
    return classes;
}

/* Code points are counted later, for all spans at once. */
hs_span hs_marked_span(const hs_marked *m, hs_range range) {
    return (hs_span){.byte_start = m->words.v[range.start].start, .byte_end = m->words.v[range.end - 1].end};
}

bool hs_ranges_hold(const hs_ranges *ranges, size_t word) {
    for (size_t i = 0; i < ranges->n; i++)
        if (ranges->v[i].start <= word && word < ranges->v[i].end) return true;
    return false;
}

/* Evidence's bytes → code points, counted from the nearest place where both are known. */
static void count_code_points(hs_claim *claim, hs_str text) {
    const hs_span *known = claim->n_cue ? claim->cue : claim->n_content ? claim->content : claim->source;
    for (size_t i = 0; i < claim->n_evidence; i++) {
        hs_span *span = &claim->evidence[i].mention;
        size_t here = known->byte_start, there = span->byte_start;
        span->start = there < here ? known->start - hs_utf8_count(hs_str_slice(text, there, here))
                                   : known->start + hs_utf8_count(hs_str_slice(text, here, there));
        span->end = span->start + hs_utf8_count(hs_str_slice(text, span->byte_start, span->byte_end));
    }
}

void hs_labels_read(hs_record *record, hs_arena *arena, const hs_act_scores *scores) {
    if (!record->n_claims) return;
    hs_marked m = hs_marked_of(arena, record->text, record->has_title);
    hs_parts *parts = HS_NEW(arena, hs_parts, record->n_claims);
    for (size_t i = 0; i < record->n_claims; i++) parts[i] = hs_parts_of(arena, &m, &record->claims[i]);
    hs_acts_read(record, arena, &m, parts, scores);
    hs_medium_read(record, &m, parts);
    hs_evidence_read(record, arena, &m, parts);
    for (size_t i = 0; i < record->n_claims; i++) count_code_points(&record->claims[i], record->text);
    hs_disputes_read(record, arena, &m, parts);
}
