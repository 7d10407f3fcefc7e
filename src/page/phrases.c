/* Looking lines up in the lists of phrases.def: see rules.h. Case and the marks at a line's ends do not count. */
#include <string.h>

#include "page/rules.h"

#include "page/word_lists.h"

#include "page/phrases.inc"

static const hs_word_list *const LISTS[] = {
    [HS_PHRASE_END] = &END,         [HS_PHRASE_UI] = &UI,           [HS_PHRASE_PROMO] = &PROMO,
    [HS_PHRASE_PITCH] = &PITCH,     [HS_PHRASE_RIGHTS] = &RIGHTS,   [HS_PHRASE_WALL] = &WALL,
    [HS_PHRASE_COOKIES] = &COOKIES, [HS_PHRASE_MISSING] = &MISSING, [HS_PHRASE_ROLE] = &ROLE,
    [HS_PHRASE_BY] = &BY,
};

static bool word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Lower case of ASCII and of the two-byte capitals that the lists' languages begin words with (Latin-1, Cyrillic). */
static bool same_text(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char x = (unsigned char)a[i], y = (unsigned char)b[i];
        if (x >= 'A' && x <= 'Z') x |= 32;
        if (y >= 'A' && y <= 'Z') y |= 32;
        if (i && x != y && (unsigned char)a[i - 1] == 0xC3 && x >= 0x80 && x <= 0x9E && y == x + 32) continue;
        if (x != y) return false;
    }
    return true;
}

/* Most candidates differ in their second byte already. */
static bool may_be(const hs_word *phrase, hs_str line) {
    return phrase->n < 2 || (line.n >= phrase->n && (phrase->text[1] | 32) == (line.p[1] | 32));
}

/* A line without punctuation, arrows, counts at its ends. */
static hs_str bare(hs_str line) {
    line = hs_str_trim(line);
    while (line.n && !word_byte(line.p[0])) line = hs_str_slice(line, 1, line.n);
    while (line.n && !word_byte(line.p[line.n - 1])) line.n--;
    size_t n = line.n;
    while (n && ((line.p[n - 1] >= '0' && line.p[n - 1] <= '9') || line.p[n - 1] == '(')) n--;
    if (n && n < line.n && line.p[n - 1] == ' ') line.n = n;
    while (line.n && !word_byte(line.p[line.n - 1])) line.n--;
    return line;
}

/* The entries that may begin the line: those of its first byte. */
static const hs_word *candidates(hs_phrase list, hs_str line, size_t *n) {
    if (!line.n) {
        *n = 0;
        return NULL;
    }
    unsigned char first = (unsigned char)line.p[0];
    if (first >= 'A' && first <= 'Z') first |= 32;
    size_t from = LISTS[list]->from[first];
    *n = LISTS[list]->from[first + 1] - from;
    return LISTS[list]->words + from;
}

bool hs_rules_is(hs_phrase list, hs_str line) {
    line = bare(line);
    size_t n;
    const hs_word *phrases = candidates(list, line, &n);
    for (size_t i = 0; i < n; i++)
        if (phrases[i].n == line.n && may_be(&phrases[i], line) && same_text(line.p, phrases[i].text, line.n))
            return true;
    return false;
}

bool hs_rules_starts(hs_phrase list, hs_str line, size_t *n) {
    size_t count;
    const hs_word *phrases = candidates(list, line, &count);
    *n = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = phrases[i].n;
        if (length > line.n || length <= *n || !may_be(&phrases[i], line) ||
            !same_text(line.p, phrases[i].text, length))
            continue;
        if (length < line.n && word_byte(line.p[length - 1]) && word_byte(line.p[length])) continue;
        *n = length;
    }
    return *n > 0;
}

bool hs_rules_holds(hs_phrase list, hs_str line, size_t *at, size_t *n) {
    const uint16_t *from = LISTS[list]->from;
    for (size_t start = 0; start < line.n; start++) {
        unsigned char first = (unsigned char)line.p[start];
        if (first >= 'A' && first <= 'Z') first |= 32;
        if (from[first] == from[first + 1]) continue;
        if (start && word_byte(line.p[start]) && word_byte(line.p[start - 1])) continue;
        if (!hs_rules_starts(list, hs_str_slice(line, start, line.n), n)) continue;
        *at = start;
        return true;
    }
    return false;
}

bool hs_rules_next(hs_phrase list, size_t *at, hs_str *out) {
    if (*at == LISTS[list]->from[256]) return false;
    const hs_word *found = &LISTS[list]->words[(*at)++];
    *out = (hs_str){found->text, found->n};
    return true;
}
