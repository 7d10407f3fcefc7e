/* Looking lines up in the lists of phrases: see rules.h. Case and the marks at a line's ends do not count. */
#include <string.h>

#include "page/phrase_lists.h"

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

static char folded(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Most entries fall at the first byte: only then is the rest looked at. */
static bool may_be(hs_str line, const char *entry) {
    return line.n && folded(line.p[0]) == folded(entry[0]);
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

bool hs_rules_is(hs_phrase list, hs_str line) {
    line = bare(line);
    for (size_t i = 0; i < hs_phrase_lists[list].n; i++)
        if (may_be(line, hs_phrase_lists[list].words[i]) && strlen(hs_phrase_lists[list].words[i]) == line.n &&
            same_text(line.p, hs_phrase_lists[list].words[i], line.n))
            return true;
    return false;
}

bool hs_rules_starts(hs_phrase list, hs_str line, size_t *n) {
    *n = 0;
    for (size_t i = 0; i < hs_phrase_lists[list].n; i++) {
        if (!may_be(line, hs_phrase_lists[list].words[i])) continue;
        size_t length = strlen(hs_phrase_lists[list].words[i]);
        if (length > line.n || length <= *n || !same_text(line.p, hs_phrase_lists[list].words[i], length)) continue;
        if (length < line.n && word_byte(line.p[length - 1]) && word_byte(line.p[length])) continue;
        *n = length;
    }
    return *n > 0;
}

bool hs_rules_holds(hs_phrase list, hs_str line, size_t *at, size_t *n) {
    for (size_t start = 0; start < line.n; start++) {
        if (start && word_byte(line.p[start]) && word_byte(line.p[start - 1])) continue;
        if (!hs_rules_starts(list, hs_str_slice(line, start, line.n), n)) continue;
        *at = start;
        return true;
    }
    return false;
}
