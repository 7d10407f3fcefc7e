/* Spans put right by rule: see mend.h. */
#include "claims/mend.h"

#include <string.h>

#include "base/utf8.h"
#include "claims/who_words.h"

static hs_str norm_of(const hs_words *words, size_t word) {
    return hs_str_slice(words->norm, words->v[word].norm, words->v[word].norm_end);
}

static bool is_one_of(hs_str word, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (hs_str_eq(word, hs_str_of(list[i]))) return true;
    return false;
}

static bool begins_sentence(const hs_words *words, size_t word) {
    static const char *const STOPS[] = {".", "!", "?"};
    return words->v[word].place == HS_PLACE_PARAGRAPH ||
           (word && is_one_of(norm_of(words, word - 1), STOPS, sizeof STOPS / sizeof *STOPS));
}

/* "Ask whether …", "Don't blame …": a sentence that begins with its verb. */
static bool is_imperative(const hs_words *words, size_t word) {
    static const char *const ENDINGS[] = {"s", "ed", "ing", "ly"};
    static const char *const PARTICIPLES[] = {"told", "said", "known", "thought", "seen", "heard", "held", "it"};
    hs_str norm = norm_of(words, word);
    if (!begins_sentence(words, word) || hs_who_has(HS_WHO_SMALL, norm)) return false;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (hs_str_ends(norm, hs_str_of(ENDINGS[i]))) return false;
    return !is_one_of(norm, PARTICIPLES, sizeof PARTICIPLES / sizeof *PARTICIPLES);
}

bool hs_mend_speaks_to_readers(const hs_words *words, const hs_attribution *a) {
    static const char *const READERS[] = {"you", "your"};
    if (a->nested || words->v[a->cue.start].quote != HS_QUOTE_OUT) return false;
    if (!a->source.n) return is_imperative(words, a->cue.start);
    hs_range source = a->source.v[0];
    return source.end == source.start + 1 &&
           is_one_of(norm_of(words, source.start), READERS, sizeof READERS / sizeof *READERS);
}

bool hs_mend_names_no_source(const hs_words *words, const hs_attribution *a) {
    bool follows = a->source.n && a->source.v[0].start == a->cue.end;
    return !follows && begins_sentence(words, a->cue.start) && hs_str_ends(norm_of(words, a->cue.start), HS_STR("ed"));
}

#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof *(list))

bool hs_mend_says_nothing(const hs_words *words, const hs_attribution *a) {
    static const char *const POINTERS[] = {"the", "these", "those", "such", "both"};
    static const char *const TELLERS[] = {"that", "of", "to", "whether", "about", "on", "over", "for", ":"};
    hs_str cue = norm_of(words, a->cue.start);
    if (a->cue.end - a->cue.start != 1 || !a->content.n) return false;
    bool pauses = a->cue.end < words->n && hs_str_eq(norm_of(words, a->cue.end), HS_STR(","));
    if (a->nested && pauses && hs_str_eq(cue, HS_STR("mean"))) return true;
    bool noun = hs_str_ends(cue, HS_STR("s")) || hs_str_ends(cue, HS_STR("ion"));
    if (a->source.n || !noun || !a->cue.start || a->content.v[0].start < a->cue.end) return false;
    return IS_ONE_OF(norm_of(words, a->cue.start - 1), POINTERS) && !IS_ONE_OF(norm_of(words, a->cue.end), TELLERS) &&
           !IS_ONE_OF(norm_of(words, a->content.v[0].start), TELLERS);
}

void hs_mend_dateline(hs_str text, hs_range *source) {
    enum { LONGEST = 64 };
    static const char *const DASHES[] = {" \xE2\x80\x94 ", " \xE2\x80\x93 ", " -- ", " - "};
    size_t next;
    bool begins = !source->start || text.p[source->start - 1] == '\n';
    hs_str words = hs_str_slice(text, source->start, source->end);
    for (size_t at = 0; begins && at < 2; at = next)
        begins = hs_char_classify(hs_utf8_decode(words, at, &next)) == HS_CHAR_UPPER;
    for (size_t i = 0; begins && i < sizeof DASHES / sizeof *DASHES; i++) {
        size_t at = hs_str_find(words, hs_str_of(DASHES[i])), after = at == HS_NONE ? 0 : at + strlen(DASHES[i]);
        if (at == HS_NONE || at > LONGEST || after >= words.n) continue;
        source->start += after;
        return;
    }
}

/* How many words a name has that goes from `at` to the next comma, each with a capital but for short ones ("van", "al-Bayati"); 0: it is none. */
static size_t name_before_comma(hs_str text, size_t at, size_t end, size_t *comma) {
    enum { SHORT = 3 };
    size_t words = 0, next;
    for (*comma = at; *comma < end && text.p[*comma] != ',';) {
        size_t from = *comma;
        bool capital = hs_char_classify(hs_utf8_decode(text, from, &next)) == HS_CHAR_UPPER;
        while (*comma < end && text.p[*comma] != ' ' && text.p[*comma] != ',') {
            capital |= text.p[*comma] == '-' && *comma - from <= SHORT;
            ++*comma;
        }
        if (!capital && *comma - from > SHORT) return 0;
        words += capital;
        while (*comma < end && text.p[*comma] == ' ') ++*comma;
    }
    return *comma < end ? words : 0;
}

/* Whether a comma and what describes a name come next. */
static bool describes(hs_str rest) {
    static const char *const BEGINNINGS[] = {", a ", ", an ", ", the "};
    for (size_t i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++)
        if (hs_str_starts_nocase(rest, hs_str_of(BEGINNINGS[i]))) return true;
    return false;
}

void hs_mend_source(hs_arena *arena, hs_str text, hs_range cue, hs_ranges *source, hs_ranges *contents) {
    enum { LEAST_WORDS = 2, LEAST_BEFORE = 3, LONGEST = 1000 };
    if (source->n || contents->n != 1) return;
    hs_range *content = &contents->v[0];
    size_t end = content->end, start = content->start, blanks = 0;
    if (end > cue.start || (cue.end < text.n && text.p[cue.end] != '.')) return;
    while (end > start && (text.p[end - 1] == ',' || text.p[end - 1] == ' ')) end--;
    if (!hs_str_eq(hs_str_slice(text, end, cue.start), HS_STR(", "))) return;
    /* The model may have taken the source alone: then the sentence begins further back. */
    while (start && cue.start - start < LONGEST && text.p[start - 1] != '\n' &&
           !(text.p[start - 1] == ' ' && start > 1 && text.p[start - 2] == '.'))
        start--;
    if (cue.start - start >= LONGEST) return;
    for (size_t at = start, comma; at + 2 < end; at++) {
        blanks += text.p[at] == ' ';
        if (text.p[at] != ',' || text.p[at + 1] != ' ' || blanks < LEAST_BEFORE) continue;
        bool named = name_before_comma(text, at + 2, end, &comma) >= LEAST_WORDS;
        if (!named || !describes(hs_str_slice(text, comma, end))) continue;
        HS_PUSH(arena, *source, ((hs_range){at + 2, end}));
        *content = (hs_range){content->start < at ? content->start : start, at};
        return;
    }
}
