/* Ends of articles: see tail.h. The words are tables in phrases.c. */
#include "page/tail.h"

#include <stdlib.h>

#define S(literal) \
    { (literal), sizeof(literal) - 1 }

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool code_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '/' ||
           c == '_' || c == '.';
}

/* "News" of "News Code 117941", "Reporter" of "Reporter's code: 50101": words, "code" or a like word, an identifier with a digit. */
static bool read_code(hs_str line, hs_str *key, hs_str *value) {
    static const hs_str WORDS[] = {S(" code"), S(" id"), S(" no."), S(" number")};
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
    static const hs_str POSSESSIVES[] = {S("'s"), S("\xE2\x80\x99s")};
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

static void sort_codes(hs_record *out) {
    if (out->n_codes) qsort(out->codes, out->n_codes, sizeof *out->codes, by_key);
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
    out->codes = codes.v;
    out->n_codes = codes.n;
    sort_codes(out);
}

/* What codes near an article are of; others there are of goods, or of telephones. */
static bool of_article(hs_str key) {
    static const char *const KEYS[] = {"news",    "story",   "article", "reporter", "editor",  "report",
                                       "release", "service", "item",    "content",  "document"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (hs_str_eq(key, hs_str_of(KEYS[i]))) return true;
    return false;
}

static bool has_code(const hs_record *r, hs_str key) {
    for (size_t i = 0; i < r->n_codes; i++)
        if (hs_str_eq(r->codes[i].key, key)) return true;
    return false;
}

void hs_tail_codes_around(hs_record *out, const hs_html_page *page, hs_body_range r) {
    enum { WINDOW = 12, SHORT = 60, OUTSIDE = HS_MARK_NAV | HS_MARK_COMMENT | HS_MARK_HIDDEN };
    if (r.first == HS_NONE) return;
    hs_code *codes = HS_NEW(page->arena, hs_code, out->n_codes + 2 * WINDOW);
    for (size_t i = 0; i < out->n_codes; i++) codes[i] = out->codes[i];
    out->codes = codes;
    size_t from = r.first > WINDOW ? r.first - WINDOW : 0, to = r.last + 1 + WINDOW;
    for (size_t i = from; i < to && i < page->blocks.n; i = i + 1 == r.first ? r.last + 1 : i + 1) {
        const hs_block *block = &page->blocks.v[i];
        hs_str key, value;
        if (block->text.n > SHORT || block->marks & OUTSIDE || !read_code(block->text, &key, &value)) continue;
        key = key_of(page->arena, key);
        if (of_article(key) && !has_code(out, key)) out->codes[out->n_codes++] = (hs_code){key, value};
    }
    sort_codes(out);
}

static bool form_line(hs_str line) {
    size_t n;
    return line.n < 80 &&
           (hs_rules_is(HS_PHRASE_UI, line) || (hs_rules_starts(HS_PHRASE_UI, line, &n) && n > 8 && line.n < n + 24));
}

/* "ENDS", "###", "-30-", "MNO/PR", "jh/kw": signs of an editor that a text is over. */
static bool editors_sign(hs_str line) {
    enum { LONGEST = 14, PART = 4 };
    if (line.n == 0 || line.n > LONGEST) return false;
    if (hs_str_eq(line, HS_STR("ENDS")) || hs_str_eq(line, HS_STR("-30-")) || hs_str_eq(line, HS_STR("Ends")))
        return true;
    size_t letters = 0, slashes = 0, part = 0;
    bool marks = true;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        bool in_word = letter(c) && (unsigned char)c < 0x80;
        marks &= c == '#' || c == '*' || c == '-' || c == '_';
        letters += in_word;
        slashes += c == '/';
        part = in_word ? part + 1 : 0;
        if (part > PART || (!in_word && c != '/' && !marks)) return false;
    }
    return marks || (slashes && letters >= 3 && line.p[0] != '/' && line.p[line.n - 1] != '/');
}

void hs_tail_form(hs_strs *paragraphs) {
    while (paragraphs->n > 1 &&
           (form_line(paragraphs->v[paragraphs->n - 1]) || editors_sign(paragraphs->v[paragraphs->n - 1])))
        paragraphs->n--;
}

/* "(Reporting by Jane Roe; Editing by …)", "Written by Jane Roe" */
static hs_str signed_by(hs_str line) {
    static const hs_str STARTS[] = {S("reporting by "),
                                    S("additional reporting by "),
                                    S("writing by "),
                                    S("written by "),
                                    S("editing by "),
                                    S("edited by "),
                                    S("compiled by "),
                                    S("story by "),
                                    S("reporting and writing by ")};
    enum { LONGEST = 250 };
    if (line.n > LONGEST) return (hs_str){0};
    if (line.n && line.p[0] == '(') line = hs_str_slice(line, 1, line.n);
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++)
        if (hs_str_starts_nocase(line, STARTS[i])) return hs_str_slice(line, STARTS[i].n, line.n);
    return (hs_str){0};
}

/* An address for letters, alone or behind a few words that ask for them. */
static bool address(hs_str line) {
    static const hs_str STARTS[] = {S("contact"),  S("e-mail"),  S("email"),  S("for more info"), S("questions?"),
                                    S("write to"), S("kontakt"), S("reach "), S("correo")};
    enum { LONGEST = 90 };
    size_t at = line.n <= LONGEST ? hs_str_find(line, HS_STR("@")) : HS_NONE;
    if (at == HS_NONE || at == 0 || hs_str_find(hs_str_slice(line, at, line.n), HS_STR(".")) == HS_NONE) return false;
    if (hs_str_find(line, HS_STR(" ")) == HS_NONE) return true;
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++)
        if (hs_str_starts_nocase(line, STARTS[i])) return true;
    return false;
}

hs_str hs_tail_signed(hs_strs *paragraphs) {
    hs_str names = {0};
    for (; paragraphs->n > 1; paragraphs->n--) {
        hs_str line = paragraphs->v[paragraphs->n - 1], said = signed_by(line);
        if (!said.n && !address(line)) break;
        bool editor = hs_str_find_nocase(hs_str_slice(line, 0, 8), HS_STR("edit")) != HS_NONE;
        if (said.n && !editor) names = said;
    }
    static const hs_str ENDS[] = {S(";"), S(")"), S(" in "), S(" from ")};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t at = hs_str_find(names, ENDS[i]);
        if (at != HS_NONE) names = hs_str_slice(names, 0, at);
    }
    return names;
}
