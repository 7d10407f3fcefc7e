/* Stems: see stem.h. tools/term_tables.py reads the endings from here. */
#include "base/stem.h"

#include <stdbool.h>
#include <string.h>

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_vowel(const char *word, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (is_vowel(word[i])) return true;
    return false;
}

static bool ends(const char *word, size_t n, const char *ending, size_t k) {
    return n > k && memcmp(word + n - k, ending, k) == 0;
}

/* What goes from the end of a word when at least `left` letters stay; the first that fits. */
static const struct {
    const char ending[8], instead[4];
    unsigned char left, n, put; /* n, put: their lengths */
} ENDINGS[] = {
#define ENDING(ending, instead, left) \
    { ending, instead, left, sizeof(ending) - 1, sizeof(instead) - 1 }
    ENDING("ization", "iz", 3), ENDING("isation", "iz", 3), ENDING("fulness", "", 3), ENDING("ousness", "", 3),
    ENDING("iveness", "", 3),   ENDING("ations", "at", 3),  ENDING("ation", "at", 3), ENDING("ition", "it", 3),
    ENDING("ically", "ic", 3),  ENDING("ments", "", 4),     ENDING("ment", "", 4),    ENDING("ness", "", 4),
    ENDING("ities", "", 4),     ENDING("ity", "", 4),       ENDING("ising", "iz", 3), ENDING("ised", "iz", 3),
    ENDING("ises", "iz", 3),    ENDING("izing", "iz", 3),   ENDING("ized", "iz", 3),  ENDING("izes", "iz", 3),
    ENDING("sions", "s", 3),    ENDING("sion", "s", 3),     ENDING("tions", "t", 3),  ENDING("tion", "t", 3),
    ENDING("ances", "", 4),     ENDING("ance", "", 4),      ENDING("ences", "", 4),   ENDING("ence", "", 4),
    ENDING("ingly", "", 4),     ENDING("edly", "", 4),      ENDING("ying", "y", 2),   ENDING("ings", "", 3),
    ENDING("ing", "", 3),       ENDING("ied", "y", 2),      ENDING("ies", "y", 2),    ENDING("eed", "ee", 1),
    ENDING("ed", "", 3),        ENDING("sses", "ss", 1),    ENDING("ches", "ch", 1),  ENDING("shes", "sh", 1),
    ENDING("xes", "x", 1),      ENDING("ly", "", 3),        ENDING("es", "", 3),      ENDING("ss", "ss", 1),
    ENDING("us", "us", 1),      ENDING("is", "is", 1),      ENDING("s", "", 2),
#undef ENDING
};

size_t hs_stem(char *word, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (word[i] < 'a' || word[i] > 'z') return n;
    for (size_t i = 0; n > 3 && i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        const char *ending = ENDINGS[i].ending;
        size_t k = ENDINGS[i].n, put = ENDINGS[i].put;
        if (ending[k - 1] != word[n - 1] || !ends(word, n, ending, k) || n - k < ENDINGS[i].left ||
            !has_vowel(word, n - k))
            continue;
        n -= k;
        memcpy(word + n, ENDINGS[i].instead, put);
        n += put;
        bool doubled = !put && n > 2 && word[n - 1] == word[n - 2] && !is_vowel(word[n - 1]) && word[n - 1] != 's' &&
                       word[n - 1] != 'l';
        n -= doubled;
        break;
    }
    while (n > 3 && word[n - 1] == 'e') n--;
    if (n > 3 && word[n - 1] == 'y' && !is_vowel(word[n - 2])) word[n - 1] = 'i';
    return n;
}
