/* Ends of articles: see tail.h. The words are tables in phrases.c. */
#include "page/tail.h"

#include <stdlib.h>

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool code_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '/' ||
           c == '_' || c == '.';
}

/* "News" of "News Code 117941", "Reporter" of "Reporter's code: 50101": words, "code" or a like word, an identifier with a digit. */
static bool read_code(hs_str line, hs_str *key, hs_str *value) {
    static const hs_str WORDS[] = {{" code", 5}, {" id", 3}, {" no.", 4}, {" number", 7}};
    enum { LONGEST = 60, LONGEST_KEY = 24 };
    if (line.n > LONGEST) return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t at = hs_str_find_nocase(line, WORDS[i]);
        if (at == HS_NONE || at == 0 || at > LONGEST_KEY) continue;
        hs_str rest = hs_str_trim(hs_str_slice(line, at + WORDS[i].n, line.n));
        if (rest.n && (rest.p[0] == ':' || rest.p[0] == '#')) rest = hs_str_trim(hs_str_slice(rest, 1, rest.n));
        bool digits = false;
        size_t n = 0;
        for (; n < rest.n && code_byte(rest.p[n]); n++) digits |= rest.p[n] >= '0' && rest.p[n] <= '9';
        if (n != rest.n || n < 3 || !digits) continue;
        *key = hs_str_slice(line, 0, at);
        *value = rest;
        return true;
    }
    return false;
}

/* "Reporter's" → "reporter" */
static hs_str key_of(hs_arena *arena, hs_str said) {
    static const hs_str POSSESSIVES[] = {{"'s", 2}, {"\xE2\x80\x99s", 4}};
    for (size_t i = 0; i < sizeof POSSESSIVES / sizeof *POSSESSIVES; i++)
        if (hs_str_ends(said, POSSESSIVES[i])) said.n -= POSSESSIVES[i].n;
    hs_str key = hs_str_copy(arena, hs_str_trim(said));
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] >= 'A' && key.p[i] <= 'Z') ((char *)key.p)[i] = (char)(key.p[i] | 32);
    return key;
}

static int by_key(const void *a, const void *b) {
    hs_str x = ((const hs_code *)a)->key, y = ((const hs_code *)b)->key;
    size_t n = x.n < y.n ? x.n : y.n;
    for (size_t i = 0; i < n; i++)
        if (x.p[i] != y.p[i]) return (unsigned char)x.p[i] < (unsigned char)y.p[i] ? -1 : 1;
    return (x.n > y.n) - (x.n < y.n);
}

void hs_tail_codes(hs_record *out, hs_arena *arena, hs_strs *paragraphs) {
    enum { WINDOW = 12 }; /* codes stand at the very top or the very end */
    HS_VEC(hs_code) codes = {0};
    size_t kept = 0, all = paragraphs->n;
    for (size_t i = 0; i < all; i++) {
        hs_str key, value, line = paragraphs->v[i];
        bool near = i < WINDOW / 2 || i + WINDOW >= all;
        if (near && line.n && letter(line.p[0]) && read_code(line, &key, &value))
            HS_PUSH(arena, codes, (hs_code){key_of(arena, key), value});
        else paragraphs->v[kept++] = line;
    }
    paragraphs->n = kept;
    if (codes.n) qsort(codes.v, codes.n, sizeof *codes.v, by_key);
    out->codes = codes.v;
    out->n_codes = codes.n;
}

static bool form_line(hs_str line) {
    size_t n;
    return line.n < 80 &&
           (hs_rules_is(HS_PHRASE_UI, line) || (hs_rules_starts(HS_PHRASE_UI, line, &n) && n > 8 && line.n < n + 24));
}

void hs_tail_form(hs_strs *paragraphs) {
    while (paragraphs->n > 1 && form_line(paragraphs->v[paragraphs->n - 1])) paragraphs->n--;
}
