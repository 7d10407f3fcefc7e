/* Names in bylines: see names.h. */
#include "page/names.h"

#include "base/utf8.h"
#include "page/fold.h"

/* ---- words of a name ---- */

static size_t word_end(hs_str s, size_t at) {
    while (at < s.n && s.p[at] != ' ') at++;
    return at;
}

static bool capital(hs_str word) {
    size_t next;
    while (word.n && (word.p[0] == '"' || word.p[0] == '\'')) word = hs_str_slice(word, 1, word.n);
    if (!word.n) return false;
    hs_char_class class = hs_char_classify(hs_utf8_decode(word, 0, &next));
    return class == HS_CHAR_UPPER || class == HS_CHAR_LETTER;
}

/* "M.D.", "FACLM", "PhD": two capitals at least, and hardly anything else. */
static bool degree(hs_str word) {
    size_t capitals = 0, small = 0;
    for (size_t at = 0; at < word.n;) {
        hs_char_class class = hs_char_classify(hs_utf8_decode(word, at, &at));
        capitals += class == HS_CHAR_UPPER;
        small += class == HS_CHAR_LOWER;
    }
    return capitals >= 2 && small <= 1;
}

/* Words that stand inside names in small letters: "Anna van der Berg". */
static bool particle(hs_str word) {
    static const hs_str INSIDE[] = {{"de", 2},  {"del", 3}, {"della", 5}, {"di", 2},  {"da", 2},  {"dos", 3},
                                    {"das", 3}, {"do", 2},  {"van", 3},   {"von", 3}, {"vom", 3}, {"zu", 2},
                                    {"der", 3}, {"den", 3}, {"ter", 3},   {"ten", 3}, {"la", 2},  {"le", 2},
                                    {"bin", 3}, {"ibn", 3}, {"al", 2},    {"el", 2},  {"y", 1},   {"e", 1},
                                    {"af", 2},  {"du", 2},  {"des", 3},   {"zur", 3}};
    for (size_t i = 0; i < sizeof INSIDE / sizeof *INSIDE; i++)
        if (hs_str_eq(word, INSIDE[i])) return true;
    return hs_str_starts(word, HS_STR("al-")) || hs_str_starts(word, HS_STR("d'")) ||
           hs_str_starts(word, HS_STR("el-"));
}

typedef struct shape {
    size_t words, roles, degrees, small; /* small: words in small letters that no name has inside */
    bool digits, marks;
} shape;

static shape shape_of(hs_str name) {
    shape s = {0};
    for (size_t at = 0; at < name.n;) {
        size_t end = word_end(name, at);
        hs_str word = hs_str_slice(name, at, end);
        at = end + 1;
        if (!word.n) continue;
        s.words++;
        s.roles += hs_rules_is(HS_PHRASE_ROLE, word);
        s.degrees += degree(word);
        s.small += !capital(word) && !particle(word);
    }
    static const char MARKS[] = "@/{}<>[]?!:=_#*+%$\"|\\";
    for (size_t i = 0; i < name.n; i++) {
        s.digits |= name.p[i] >= '0' && name.p[i] <= '9';
        for (const char *m = MARKS; *m; m++) s.marks |= name.p[i] == *m;
    }
    return s;
}

/* In scripts without capitals a name may be one word. */
static bool caseless(hs_str name) {
    size_t next;
    return name.n && hs_char_classify(hs_utf8_decode(name, 0, &next)) == HS_CHAR_LETTER;
}

bool hs_names_person(hs_str name) {
    enum { LONGEST = 60, MOST_WORDS = 5 };
    if (name.n < 4 || name.n > LONGEST) return false;
    shape s = shape_of(name);
    if (s.words > MOST_WORDS || s.roles || s.small || s.digits || s.marks || s.degrees == s.words) return false;
    if (name.p[name.n - 1] == ')' || hs_str_find(name, HS_STR(".com")) != HS_NONE) return false;
    return s.words >= 2 || caseless(name);
}

/* "example.com" */
static bool domain(hs_str name) {
    size_t dot = hs_str_find(name, HS_STR("."));
    if (dot == HS_NONE || dot < 2 || dot + 3 > name.n || hs_str_find(name, HS_STR(" ")) != HS_NONE) return false;
    for (size_t i = dot + 1; i < name.n; i++)
        if (!(name.p[i] >= 'a' && name.p[i] <= 'z') && name.p[i] != '.') return false;
    return true;
}

/* A name that is declared to be an author's: anything that is no address, no code and no bare word of a template. */
static bool pen_name(hs_str name, hs_byline_kind kind) {
    enum { LONGEST = 60, MOST_WORDS = 6 };
    static const hs_str NOBODY[] = {
        {"admin", 5},     {"administrator", 13}, {"webmaster", 9},   {"user", 4},      {"root", 4},
        {"author", 6},    {"unknown", 7},        {"anonymous", 9},   {"none", 4},      {"null", 4},
        {"undefined", 9}, {"default", 7},        {"super user", 10}, {"publisher", 9}, {"guest", 5},
        {"n/a", 3},       {"wordpress", 9},      {"about", 5},       {"home", 4},      {"by", 2},
        {"false", 5},     {"true", 4},           {"autor", 5},       {"test", 4},      {"follow", 6}};
    if (name.n < 2 || name.n > LONGEST || hs_str_starts_nocase(name, HS_STR("www."))) return false;
    for (size_t i = 0; i < sizeof NOBODY / sizeof *NOBODY; i++)
        if (hs_str_eq_nocase(name, NOBODY[i])) return false;
    shape s = shape_of(name);
    bool number = name.p[0] >= '0' && name.p[0] <= '9' && (s.words == 1 || (name.p[1] >= '0' && name.p[1] <= '9'));
    if (kind == HS_BYLINE_LINE && s.words > 1 && s.small * 2 > s.words) return false;
    if (domain(name) || hs_str_ends(name, HS_STR(" by")) || hs_str_starts_nocase(name, HS_STR("Creative Commons")))
        return false;
    return s.words <= MOST_WORDS && !s.marks && !number && !(s.digits && s.roles) && (name.n > 2 || s.degrees);
}

/* ---- parting a byline ---- */

static bool letter_at(hs_str s, size_t at) {
    size_t next;
    if (at >= s.n) return false;
    hs_char_class class = hs_char_classify(hs_utf8_decode(s, at, &next));
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_MARK;
}

/* How many bytes of the longest "By" there are at the beginning, as whole words. */
static size_t by_at_start(hs_str s) {
    size_t longest = 0;
    hs_str by;
    for (size_t i = 0; hs_rules_next(HS_PHRASE_BY, &i, &by);) {
        if (by.n > longest && by.n <= s.n && hs_fold_starts(s, by) && !letter_at(s, by.n)) longest = by.n;
    }
    return longest;
}

hs_str hs_names_without_by(hs_str s, bool *had) {
    size_t n;
    *had = false;
    s = hs_str_trim(s);
    /* the space is often left to the style: "ByJane Roe" */
    if (s.n > 3 && s.p[0] == 'B' && s.p[1] == 'y' && s.p[2] >= 'A' && s.p[2] <= 'Z') {
        *had = true;
        return hs_str_slice(s, 2, s.n);
    }
    while ((n = by_at_start(s)) && (n == s.n || s.p[n] == ' ' || s.p[n] == ':' || s.p[n] == '\n')) {
        *had = true;
        s = hs_str_slice(s, n, s.n);
        while (s.n && (s.p[0] == ':' || s.p[0] == ' ' || s.p[0] == '\n')) s = hs_str_slice(s, 1, s.n);
    }
    return s;
}

/* Where a name ends and something else begins: "Jane Roe | Site", "Jane Roe (AP)", "Jane Roe on 3 May". */
static size_t name_end(hs_str s) {
    static const hs_str ENDS[] = {{"|", 1},
                                  {" - ", 3},
                                  {" \xE2\x80\x93 ", 5},
                                  {" \xE2\x80\x94 ", 5},
                                  {"(", 1},
                                  {" @", 2},
                                  {" on ", 4},
                                  {" for ", 5},
                                  {" in ", 4},
                                  {" via ", 5},
                                  {" am ", 4},
                                  {" le ", 4},
                                  {" \xC2\xB7 ", 4},
                                  {" \xE2\x80\xA2", 4},
                                  {" Published", 10},
                                  {" Updated", 8},
                                  {" Posted", 7},
                                  {" Last ", 6},
                                  {" Read", 5},
                                  {"  ", 2},
                                  {" \xE2\x80\x8B", 4},
                                  {" at ", 4},
                                  {" is ", 4},
                                  {" has ", 5},
                                  {" | ", 3},
                                  {"\n", 1},
                                  {" Foto", 5},
                                  {" Photo", 6}};
    size_t end = s.n;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t at = hs_str_find(hs_str_slice(s, 0, end), ENDS[i]);
        if (at != HS_NONE && at > 0) end = at;
    }
    for (size_t at = 1; at < end; at++)
        if (s.p[at] >= '0' && s.p[at] <= '9' && s.p[at - 1] == ' ') end = at;
    return end;
}

static hs_str tidy(hs_str name) {
    bool had;
    name = hs_names_without_by(name, &had);
    name = hs_str_trim(hs_str_slice(name, 0, name_end(name)));
    while (name.n && (name.p[name.n - 1] == ',' || name.p[name.n - 1] == ';' || name.p[name.n - 1] == ':')) name.n--;
    if (name.n > 3 && name.p[name.n - 1] == '.' && name.p[name.n - 2] >= 'a') name.n--;
    return hs_str_trim(name);
}

/* Ways to join authors; the words among them also stand inside names of ministries. */
static const struct joint {
    hs_str mark;
    bool word;
} JOINTS[] = {{{", ", 2}, false},
              {{";", 1}, false},
              {{",", 1}, false},
              {{" & ", 3}, true},
              {{" and ", 5}, true},
              {{" und ", 5}, true},
              {{" et ", 4}, true},
              {{" y ", 3}, true},
              {{" e ", 3}, true},
              {{" en ", 4}, true},
              {{" og ", 4}, true},
              {{" och ", 5}, true},
              {{" ja ", 4}, true},
              {{" i ", 3}, true},
              {{" a ", 3}, true},
              {{" ve ", 4}, true},
              {{" \xD0\xB8 ", 4}, true},
              {{" \xD1\x82\xD0\xB0 ", 6}, true},
              {{" \xCE\xBA\xCE\xB1\xCE\xB9 ", 8}, true},
              {{" with ", 6}, true},
              {{" mit ", 5}, true},
              {{" con ", 5}, true},
              {{" avec ", 6}, true},
              {{"/", 1}, false},
              {{" | ", 3}, false},
              {{"\xD8\x8C", 2}, false},
              {{"\xE3\x80\x81", 3}, false},
              {{"\xEF\xBC\x8C", 3}, false}};

/* Up to the nearest joint of any kind. */
static hs_str up_to_joint(hs_str s) {
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++) {
        size_t at = hs_str_find(s, JOINTS[i].mark);
        if (at != HS_NONE) s.n = at;
    }
    return s;
}

/* The next joint of `said` at or behind `from`; a word joins only what looks like persons on both sides. */
static size_t next_joint(hs_str said, size_t from, size_t *length) {
    size_t cut = said.n;
    *length = 0;
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++) {
        size_t at = hs_str_find(hs_str_slice(said, from, cut), JOINTS[i].mark);
        if (at == HS_NONE) continue;
        hs_str before = hs_str_slice(said, from, from + at);
        hs_str after = up_to_joint(hs_str_slice(said, from + at + JOINTS[i].mark.n, said.n));
        if (JOINTS[i].word && (!hs_names_person(tidy(before)) || !hs_names_person(tidy(after)))) continue;
        cut = from + at;
        *length = JOINTS[i].mark.n;
    }
    return cut;
}

static void push_once(hs_strs *out, hs_arena *arena, hs_str name) {
    enum { MOST = 12 };
    for (size_t i = 0; i < out->n; i++)
        if (hs_fold_eq(out->v[i], name)) return;
    if (out->n < MOST) HS_PUSH(arena, *out, name);
}

static bool only_degrees(hs_str name) {
    shape s = shape_of(name);
    return s.degrees == s.words;
}

/* "Roe, Jane": two single words, the family's name first. */
static bool turned(hs_strs *out, hs_arena *arena, hs_str said) {
    size_t comma = hs_str_find(said, HS_STR(", "));
    if (comma == HS_NONE) return false;
    hs_str family = hs_str_slice(said, 0, comma), given = hs_str_slice(said, comma + 2, said.n);
    if (hs_str_find(family, HS_STR(" ")) != HS_NONE || hs_str_find(given, HS_STR(" ")) != HS_NONE) return false;
    if (degree(given) || hs_rules_is(HS_PHRASE_ROLE, given) || !capital(given)) return false;
    hs_buf name = {0};
    hs_buf_add(arena, &name, given);
    hs_buf_byte(arena, &name, ' ');
    hs_buf_add(arena, &name, family);
    if (!hs_names_person(hs_buf_str(&name))) return false;
    push_once(out, arena, hs_buf_str(&name));
    return true;
}

/* No-break spaces are spaces, and one is enough. */
static hs_str single_spaces(hs_arena *arena, hs_str s) {
    if (hs_str_find(s, HS_STR("\xC2\xA0")) == HS_NONE) return s;
    hs_buf out = {0};
    for (size_t i = 0; i < s.n; i++) {
        bool wide = hs_str_starts(hs_str_slice(s, i, s.n), HS_STR("\xC2\xA0"));
        bool space = wide || s.p[i] == ' ';
        i += wide;
        if (!space) hs_buf_byte(arena, &out, s.p[i]);
        else if (!out.n || out.v[out.n - 1] != ' ') hs_buf_byte(arena, &out, ' ');
    }
    return hs_buf_str(&out);
}

void hs_names_add(hs_strs *out, hs_arena *arena, hs_str said, hs_byline_kind kind) {
    enum { LONGEST = 400 };
    bool had;
    said = single_spaces(arena, hs_html_unescape(arena, hs_str_slice(said, 0, LONGEST)));
    said = hs_names_without_by(said, &had);
    if (hs_str_find(said, HS_STR("://")) != HS_NONE || hs_str_starts(said, HS_STR("//"))) return;
    if (turned(out, arena, said)) return;
    for (size_t at = 0, first = 1; at < said.n; first = 0) {
        size_t length, cut = next_joint(said, at, &length);
        hs_str name = tidy(hs_str_slice(said, at, cut));
        at = cut + (length ? length : 1);
        bool person = hs_names_person(name) && (first || !only_degrees(name));
        /* behind the first name only persons follow: the rest are roles and places */
        if (person || (first && kind != HS_BYLINE_PLAIN && pen_name(name, kind))) push_once(out, arena, name);
    }
}
