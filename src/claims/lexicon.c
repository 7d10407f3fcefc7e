/* The lexicon: see lexicon.h. A hash table made at build time; a word that begins longer entries tries them, longest first. */
#include "claims/lexicon.h"

#include <string.h>

typedef struct lexicon_entry {
    const char *text;
    uint8_t n, longest; /* bytes; words of the longest entry that begins with this one */
    hs_lex classes;
} lexicon_entry;

#define HS_LEX_BIT(name) static const hs_lex HS_LEX_##name = HS_LEX_OF(name);
HS_LEXICON(HS_LEX_BIT)
#include "claims/lexicon.inc"

static const lexicon_entry *find(const char *text, size_t n) {
    if (n > LONGEST_ENTRY) return NULL;
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)text[i]) * 0x01000193;
    for (size_t at = hash & (SLOTS - 1); SLOT[at]; at = (at + 1) & (SLOTS - 1)) {
        const lexicon_entry *entry = &ENTRIES[SLOT[at] - 1];
        if (entry->n == n && memcmp(entry->text, text, n) == 0) return entry;
    }
    return NULL;
}

/* The longest entry of several words that begins with word `at`, or NULL; how many words it has. */
static const lexicon_entry *find_phrase(const hs_words *words, size_t at, size_t longest, size_t *n_words) {
    char key[LONGEST_ENTRY + 1];
    size_t ends[UINT8_MAX], n = 0, count = 0;
    for (size_t i = at; i < words->n && count < longest; i++) {
        const hs_word *word = &words->v[i];
        size_t length = word->norm_end - word->norm;
        if (n + length + (count > 0) > LONGEST_ENTRY) break;
        if (count) key[n++] = ' ';
        memcpy(key + n, words->norm.p + word->norm, length);
        n += length;
        ends[count++] = n;
    }
    for (; count > 1; count--) {
        const lexicon_entry *entry = find(key, ends[count - 1]);
        if (!entry) continue;
        *n_words = count;
        return entry;
    }
    return NULL;
}

/* Adds what is said of word `at` and, where it begins a longer entry, of the words behind it. */
static void look_up(hs_lex *out, const hs_words *words, size_t at) {
    const hs_word *word = &words->v[at];
    const lexicon_entry *alone = find(words->norm.p + word->norm, word->norm_end - word->norm);
    if (!alone) return;
    size_t n = 0;
    const lexicon_entry *phrase = alone->longest > 1 ? find_phrase(words, at, alone->longest, &n) : NULL;
    if (!phrase) {
        out[at] |= alone->classes;
        return;
    }
    bool decides = phrase->classes & HS_LEX_ACTS;
    out[at] |= phrase->classes | (decides ? alone->classes & ~HS_LEX_ACTS : alone->classes);
    for (size_t i = at + 1; i < at + n; i++) out[i] |= phrase->classes & ~HS_LEX_ACTS;
}

hs_lex *hs_lexicon_look_up(hs_arena *arena, const hs_words *words) {
    hs_lex *out = HS_NEW(arena, hs_lex, words->n);
    for (size_t i = 0; i < words->n; i++) look_up(out, words, i);
    return out;
}
