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

/* Beginnings of month names, long enough to tell them apart; ASCII-folded languages share most. */
static const struct month {
    const char *start;
    int number;
} MONTHS[] = {{"jan", 1},  {"ene", 1},  {"gen", 1},  {"jän", 1},  {"янв", 1},  {"sty", 1},  {"oca", 1},  {"feb", 2},
              {"fév", 2},  {"fev", 2},  {"фев", 2},  {"lut", 2},  {"şub", 2},  {"mar", 3},  {"mär", 3},  {"maa", 3},
              {"мар", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"апр", 4},  {"kwi", 4},  {"nis", 4},  {"may", 5},
              {"mai", 5},  {"mei", 5},  {"mag", 5},  {"maj", 5},  {"мая", 5},  {"май", 5},  {"jun", 6},  {"juin", 6},
              {"giu", 6},  {"июн", 6},  {"cze", 6},  {"haz", 6},  {"jul", 7},  {"juil", 7}, {"lug", 7},  {"июл", 7},
              {"lip", 7},  {"tem", 7},  {"aug", 8},  {"aoû", 8},  {"aou", 8},  {"ago", 8},  {"авг", 8},  {"sie", 8},
              {"sep", 9},  {"set", 9},  {"сен", 9},  {"wrz", 9},  {"eyl", 9},  {"oct", 10}, {"okt", 10}, {"ott", 10},
              {"out", 10}, {"окт", 10}, {"paź", 10}, {"eki", 10}, {"nov", 11}, {"ноя", 11}, {"lis", 11}, {"kas", 11},
              {"dec", 12}, {"dez", 12}, {"déc", 12}, {"dic", 12}, {"dik", 12}, {"дек", 12}, {"gru", 12}, {"ara", 12}};

/* Endings that a month's name may have behind those letters, so that "march" is one and "market" is none. */
static const char *const MONTH_ENDS[] = {
    "",       ".",      "uary",   "ruary", "ch",    "il",    "e",      "y",      "ust",   "t",         "tember",
    "ober",   "ember",  "uar",    "z",     "i",     "zo",    "o",      "li",     "mber",  "tiembre",   "ubre",
    "iembre", "ero",    "rero",   "io",    "yo",    "vier",  "rier",   "s",      "let",   "tembre",    "obre",
    "embre",  "vrier",  "et",     "aio",   "braio", "gio",   "gno",    "lio",    "osto",  "tobre",     "naio",
    "eiro",   "ereiro", "ço",     "ho",    "embro", "ubro",  "zembro", "tembro", "ября",  "бря",       "аря",
    "реля",   "уста",   "я",      "ь",     "та",    "враля", "нваря",  "тября",  "густа", "ября",      "раля",
    "cznia",  "ego",    "ca",     "etnia", "ja",    "rwca",  "pca",    "rpnia",  "eśnia", "dziernika", "topada",
    "dnia",   "cembre", "ttobre", "nner",  "ari",   "uari",  "rt",     "art",    "raio",  "ril",       "ût",
    "t.",     "tbr",    "us",     "stus",  "il.",   "ни",    "ля",     "ня",     "lis",   "rz"};

int hs_rules_month(hs_str word) {
    for (size_t i = 0; i < sizeof MONTHS / sizeof *MONTHS; i++) {
        if (!may_be(word, MONTHS[i].start)) continue;
        size_t n = strlen(MONTHS[i].start);
        if (word.n < n || !same_text(word.p, MONTHS[i].start, n)) continue;
        for (size_t k = 0; k < sizeof MONTH_ENDS / sizeof *MONTH_ENDS; k++)
            if (hs_str_eq_nocase(hs_str_slice(word, n, word.n), hs_str_of(MONTH_ENDS[k]))) return MONTHS[i].number;
    }
    return 0;
}
