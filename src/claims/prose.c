/* A text as words with sentences and paragraphs: see mentions.h. */
#include "base/utf8.h"
#include "claims/mentions.h"

hs_str hs_prose_slice(const hs_prose *prose, size_t first, size_t end) {
    if (first >= end) return (hs_str){0};
    return hs_str_slice(prose->text, prose->words.v[first].start, prose->words.v[end - 1].end);
}

hs_str hs_prose_word(const hs_prose *prose, size_t word) {
    if (word >= prose->words.n) return (hs_str){0};
    return hs_prose_slice(prose, word, word + 1);
}

hs_str hs_prose_norm(const hs_prose *prose, size_t word) {
    if (word >= prose->words.n) return (hs_str){0};
    return hs_str_slice(prose->words.norm, prose->words.v[word].norm, prose->words.v[word].norm_end);
}

hs_gap hs_prose_gap(const hs_prose *prose, size_t word) {
    if (word + 1 >= prose->words.n) return HS_GAP_LINE;
    size_t from = prose->words.v[word].end, to = prose->words.v[word + 1].start;
    if (from >= to) return HS_GAP_NONE;
    return memchr(prose->text.p + from, '\n', to - from) ? HS_GAP_LINE : HS_GAP_BLANK;
}

bool hs_prose_is(const hs_prose *prose, size_t word, char c) {
    hs_str w = hs_prose_word(prose, word);
    return w.n == 1 && w.p[0] == c;
}

bool hs_prose_capital(const hs_prose *prose, size_t word) {
    if (word >= prose->words.n) return false;
    size_t next;
    return hs_char_classify(hs_utf8_decode(prose->text, prose->words.v[word].start, &next)) == HS_CHAR_UPPER;
}

static bool is_apostrophe(const hs_prose *prose, size_t word) {
    return hs_prose_is(prose, word, '\'') || hs_str_eq(hs_prose_word(prose, word), HS_STR("’"));
}

bool hs_prose_possessive_at(const hs_prose *prose, size_t word) {
    if (!word || !is_apostrophe(prose, word) || hs_prose_gap(prose, word - 1) != HS_GAP_NONE) return false;
    if (hs_prose_gap(prose, word) != HS_GAP_NONE) {
        hs_str before = hs_prose_norm(prose, word - 1);
        return before.n && before.p[before.n - 1] == 's' && prose->words.v[word].quote != HS_QUOTE_CLOSE;
    }
    return hs_str_eq(hs_prose_norm(prose, word + 1), HS_STR("s"));
}

/* A full stop after an abbreviation or an initial. */
static bool is_abbreviation(const hs_prose *prose, size_t stop) {
    if (!stop || hs_prose_gap(prose, stop - 1) != HS_GAP_NONE) return false;
    hs_str before = hs_prose_norm(prose, stop - 1);
    if (before.n == 1) return hs_prose_capital(prose, stop - 1);
    return hs_who_has(HS_WHO_SHORT, before);
}

static bool ends_sentence(const hs_prose *prose, size_t word) {
    if (hs_prose_is(prose, word, '!') || hs_prose_is(prose, word, '?')) return true;
    return hs_prose_is(prose, word, '.') && hs_prose_gap(prose, word) != HS_GAP_NONE && !is_abbreviation(prose, word);
}

/* Marks that close a quotation stand after the sentence's end. */
static bool is_closing(const hs_prose *prose, size_t word) {
    return prose->words.v[word].quote == HS_QUOTE_CLOSE || hs_prose_is(prose, word, ')');
}

static void number_sentences(hs_prose *prose) {
    uint32_t sentence = 0, paragraph = 0;
    bool ended = false;
    for (size_t i = 0; i < prose->words.n; i++) {
        bool line = i && hs_prose_gap(prose, i - 1) == HS_GAP_LINE;
        if (line) paragraph++;
        if (line || (ended && !is_closing(prose, i))) {
            sentence++;
            ended = false;
        }
        prose->sentence[i] = sentence;
        prose->paragraph[i] = paragraph;
        ended = ended || ends_sentence(prose, i);
    }
}

hs_prose hs_prose_of(hs_arena *arena, hs_str text, bool has_title) {
    hs_prose prose = {.text = text, .words = hs_words_of(arena, text, has_title)};
    prose.sentence = HS_NEW(arena, uint32_t, prose.words.n);
    prose.paragraph = HS_NEW(arena, uint32_t, prose.words.n);
    number_sentences(&prose);
    while (prose.title_end < prose.words.n && prose.words.v[prose.title_end].place >= HS_PLACE_TITLE) prose.title_end++;
    return prose;
}

hs_str hs_prose_key(hs_arena *arena, const hs_prose *prose, size_t first, size_t end) {
    hs_buf key = {0};
    for (size_t i = first; i < end; i++) {
        hs_buf_add(arena, &key, hs_prose_norm(prose, i));
        if (i + 1 < end && hs_prose_gap(prose, i) != HS_GAP_NONE) hs_buf_byte(arena, &key, ' ');
    }
    return hs_buf_str(&key);
}
