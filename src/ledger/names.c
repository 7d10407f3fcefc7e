/* Names: see names.h. A phrase is cut into words; runs of capitalised words are names, of which the best is taken. */
#include "ledger/names.h"

#include "base/utf8.h"
#include "ledger/terms.h"

enum { MOST_WORDS = 40 };

typedef struct word {
    hs_str text;
    uint32_t hash; /* as hs_term_hash */
    unsigned kinds;
    bool capital, possessive;
    bool mark_before; /* a comma or the like stands between it and the word before */
    bool title;       /* "President", "minister" */
    bool link;        /* "of", "the", "and": inside a body's name, or before what is no name */
    bool initial;     /* "H." */
} word;

typedef struct words {
    word v[MOST_WORDS];
    size_t n;
} words;

typedef struct name_word {
    char word[16];
    uint8_t kinds;
} name_word;

/* Titles before a name and nouns of offices; words of bodies' names; pronouns; links inside a body's name; what a name stands behind that says
 * where somebody belongs. */
enum { KIND_TITLE = 1, KIND_BODY = 2, KIND_PRONOUN = 4, KIND_LINK = 8, KIND_BELONGING = 16 };

/* NAME_WORDS by tools/name_tables.py: open addressing, NAME_WORDS_MASK. */
#include "ledger/name_words.inc"

static unsigned kinds_of(hs_str text) {
    char word[16] = {0};
    uint32_t h = 2166136261U;
    if (!text.n || text.n >= sizeof word) return 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        word[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        h = (h ^ (unsigned char)word[i]) * 16777619U;
    }
    for (size_t at = h & NAME_WORDS_MASK; NAME_WORDS[at].word[0]; at = (at + 1) & NAME_WORDS_MASK)
        if (memcmp(NAME_WORDS[at].word, word, sizeof word) == 0) return NAME_WORDS[at].kinds;
    return 0;
}

static bool listed_as_is(hs_str text, const char *const *list, size_t n) {
    char first = text.n ? (char)(text.p[0] | 32) : 0;
    for (size_t i = 0; i < n; i++)
        if ((list[i][0] | 32) == first && hs_str_eq_nocase(text, hs_str_of(list[i]))) return true;
    return false;
}

#define LISTED(text, list) listed_as_is((text), (list), sizeof(list) / sizeof *(list))

static bool is_title(hs_str text, unsigned kinds) {
    bool several = text.n && (text.p[text.n - 1] | 32) == 's';
    return kinds & KIND_TITLE || (several && kinds_of(hs_str_slice(text, 0, text.n - 1)) & KIND_TITLE);
}

static bool is_name_char(uint32_t cp) {
    hs_char_class class = hs_char_classify(cp);
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_MARK ||
           class == HS_CHAR_DIGIT || cp == '-' || cp == '&' || cp == '@' || cp == 0x2010 || cp == 0x2011;
}

/* "'s" or "'" behind a word; its length. */
static size_t possessive_at(hs_str rest) {
    size_t mark = hs_str_starts(rest, HS_STR("'")) ? 1 : hs_str_starts(rest, HS_STR("’")) ? 3 : 0;
    if (!mark) return 0;
    bool s = mark < rest.n && (rest.p[mark] | 32) == 's';
    if (s && mark + 1 < rest.n && ((unsigned char)rest.p[mark + 1] >= 0x80 || (rest.p[mark + 1] | 32) >= 'a'))
        s = false;
    return mark + s;
}

static void add_word(words *w, hs_str text, bool mark_before) {
    if (w->n == MOST_WORDS) return;
    size_t next;
    unsigned kinds = kinds_of(text);
    hs_char_class first = hs_char_classify(hs_utf8_decode(text, 0, &next));
    w->v[w->n++] =
        (word){.text = text,
               .hash = hs_term_hash(text),
               .capital = text.p[0] == '@' || (first == HS_CHAR_UPPER && !(w->n == 0 && hs_word_is_stop(text))),
               .mark_before = mark_before,
               .kinds = kinds,
               .title = is_title(text, kinds),
               .link = (kinds & KIND_LINK) != 0,
               .initial = next == text.n && first == HS_CHAR_UPPER};
}

static void cut(words *w, hs_str phrase) {
    bool mark = false;
    w->n = 0;
    for (size_t at = 0, next; at < phrase.n; at = next) {
        uint32_t cp = hs_utf8_decode(phrase, at, &next);
        if (!is_name_char(cp)) {
            mark = mark || (cp != ' ' && cp != '.' && cp != 0xA0 && cp != '\n' && cp != '"');
            continue;
        }
        size_t start = at, apostrophe;
        while (next < phrase.n) {
            size_t after;
            cp = hs_utf8_decode(phrase, next, &after);
            hs_str rest = hs_str_slice(phrase, next, phrase.n);
            apostrophe = cp == '\'' || cp == 0x2019 ? possessive_at(rest) : 0;
            bool inside = (cp == '\'' || cp == 0x2019) && after < phrase.n && apostrophe == after - next; /* O'Neill */
            if (!is_name_char(cp) && !inside) break;
            next = after;
        }
        add_word(w, hs_str_slice(phrase, start, next), mark);
        apostrophe = possessive_at(hs_str_slice(phrase, next, phrase.n));
        if (apostrophe && w->n) w->v[w->n - 1].possessive = true;
        next += apostrophe;
        mark = false;
    }
}

typedef struct run {
    size_t start, end; /* words of the name itself, titles apart */
    bool modifier;     /* "Trump supporters", "Carvelia's": says whose or what, names nobody */
    bool belonging;    /* "of Texas" */
} run;

/* The run of capitalised words from `at`; links stand inside it when a capitalised word follows them. */
static size_t run_end(const words *w, size_t at) {
    size_t end = at + 1;
    while (end < w->n && !w->v[end - 1].possessive) {
        size_t i = end;
        while (i < w->n && w->v[i].link && !w->v[i].capital && i - end < 2 && !w->v[i].mark_before) i++;
        if (i == w->n || !w->v[i].capital || w->v[i].mark_before) break;
        if (i > end && hs_str_eq(w->v[end].text, HS_STR("and"))) break;
        end = i + 1;
    }
    return end;
}

static bool holds_body(const words *w, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        if (w->v[i].kinds & KIND_BODY) return true;
    return false;
}

static run take_run(const words *w, size_t start, size_t end) {
    run r = {start, end, false, false};
    r.belonging = start && !w->v[start].mark_before && w->v[start - 1].kinds & KIND_BELONGING;
    size_t behind = start;
    for (size_t i = start; i < end; i++)
        if (w->v[i].title) behind = i + 1;
    if (!holds_body(w, behind, end) && (behind < end || !holds_body(w, start, end))) r.start = behind;
    while (r.start < end && w->v[r.start].link) r.start++;
    bool lower_follows = end < w->n && !w->v[end].capital && !w->v[end].mark_before && !w->v[end].link &&
                         !(w->v[end].kinds & (KIND_BELONGING | KIND_PRONOUN));
    r.modifier = (w->v[end - 1].possessive && end < w->n) || lower_follows; /* "Maren's" alone is Maren */
    return r;
}

static int rank(const run *r) {
    size_t n = r->end - r->start;
    if (!n || r->modifier) return 0;
    return (n > 1 ? 2 : 1) + (r->belonging ? 0 : 2);
}

/* The name's run; start == end: there is none. */
static run best_run(const words *w) {
    run best = {0};
    for (size_t at = 0; at < w->n;) {
        if (!w->v[at].capital || (w->v[at].link && at + 1 < w->n && !w->v[at + 1].capital)) {
            at++;
            continue;
        }
        size_t end = run_end(w, at);
        run r = take_run(w, at, end);
        if (rank(&r) > rank(&best)) best = r;
        at = end;
    }
    if (!rank(&best) || (best.belonging && w->n > best.end - best.start + 2)) best = (run){0};
    return best;
}

static uint32_t chained(uint32_t h, uint32_t next) {
    return (h ^ next) * 0x9E3779B1U + 0x7F4A7C15U;
}

/* Adds a word and, before it, a blank. Kept whole or not at all. */
static void append(char *out, hs_str text, bool fold) {
    size_t n = strlen(out), blank = n > 0;
    char folded[HS_NAME_LONGEST];
    if (fold) text = (hs_str){folded, hs_fold_word(folded, sizeof folded, text)};
    if (n + blank + text.n >= HS_NAME_LONGEST) return;
    if (blank) out[n++] = ' ';
    memcpy(out + n, text.p, text.n);
    out[n + text.n] = 0;
}

/* "Sen." and "the senator" are one role. */
static uint32_t role_hash(const word *w) {
    static const char *const SHORT[][2] = {
        {"sen", "senator"}, {"gov", "governor"}, {"rep", "representative"}, {"gen", "general"}, {"prof", "professor"}};
    for (size_t i = 0; i < sizeof SHORT / sizeof *SHORT; i++)
        if (w->title && hs_str_eq_nocase(w->text, hs_str_of(SHORT[i][0]))) return hs_term_hash(hs_str_of(SHORT[i][1]));
    return w->hash;
}

static void add_role(hs_name *name, const word *w) {
    char folded[64];
    size_t n = hs_fold_word(folded, sizeof folded, w->text);
    if (n < 2 || w->kinds & (KIND_LINK | KIND_BELONGING | KIND_PRONOUN)) return;
    uint32_t hash = role_hash(w);
    if (hs_str_eq_nocase(w->text, HS_STR("mr"))) name->sex = HS_SEX_HE;
    if (hs_str_eq_nocase(w->text, HS_STR("ms")) || hs_str_eq_nocase(w->text, HS_STR("mrs"))) name->sex = HS_SEX_SHE;
    for (size_t i = 0; i < HS_NAME_ROLES; i++) {
        if (name->roles[i] == hash) return;
        if (name->roles[i]) continue;
        name->roles[i] = hash;
        return;
    }
}

void hs_name_add_roles(hs_name *name, hs_str phrase) {
    words w;
    cut(&w, phrase);
    for (size_t i = w.n; i-- > 0;) add_role(name, &w.v[i]); /* the noun stands last */
}

static void fill_name(hs_name *name, const words *w, const run *r) {
    char initials[32];
    size_t n = 0, letters = 0;
    hs_str first = {0};
    for (size_t i = r->start; i < r->end; i++) {
        const word *word = &w->v[i];
        append(name->shown, word->text, false);
        bool middle = word->initial && i > r->start && i + 1 < r->end;
        if (middle || (word->link && !word->capital)) continue; /* "Mary J. Smith", "Bank of Carvelia" */
        append(name->key, word->text, true);
        if (!first.p) first = word->text;
        name->last = word->hash;
        name->whole = chained(name->whole, word->hash);
        if (letters < sizeof initials) initials[letters++] = word->text.p[0];
        n++;
    }
    name->first = first.p ? hs_term_hash(first) : 0;
    name->kind = n > 1 ? HS_NAME_FULL : HS_NAME_SINGLE;
    if (n > 1) name->acronym = chained(0, hs_term_hash((hs_str){initials, letters}));
    name->body = name->body || holds_body(w, r->start, r->end) || n > 4;
}

/* "The Ilsan Democrat", "a Republican": one of many. A party itself is met in the plural, or as a body. */
static bool is_partisan(const words *w) {
    static const char *const PARTISANS[] = {"Republican",  "Democrat", "Conservative", "Liberal",
                                            "Libertarian", "Tory",     "Independent",  "Socialist"};
    return LISTED(w->v[w->n - 1].text, PARTISANS) && (w->n == 1 || w->v[0].link);
}

void hs_name_read(hs_name *name, hs_str phrase, hs_entity_type type) {
    words w;
    cut(&w, phrase);
    *name = (hs_name){.body = type != HS_ENTITY_UNKNOWN && type != HS_ENTITY_PERSON, .media = type == HS_ENTITY_MEDIA};
    if (w.n == 0) return;
    if (w.n == 1 && w.v[0].kinds & KIND_PRONOUN) {
        name->pronoun = true;
        return;
    }
    run r = type == HS_ENTITY_UNNAMED || is_partisan(&w) ? (run){0} : best_run(&w);
    if (r.end > r.start) fill_name(name, &w, &r);
    else name->kind = HS_NAME_DESCRIPTION;
    name->office = name->kind == HS_NAME_DESCRIPTION && hs_str_starts_nocase(phrase, HS_STR("the ")) &&
                   (w.v[w.n - 1].kinds & KIND_TITLE || is_partisan(&w));
    for (size_t i = 0; i < w.n; i++) {
        if (i >= r.start && i < r.end) continue;
        if (name->kind == HS_NAME_DESCRIPTION && !w.v[i].link) name->whole = chained(name->whole, w.v[i].hash);
    }
    for (size_t i = w.n; i-- > 0;) {
        if ((i >= r.start && i < r.end) || !w.v[i].title) continue;
        add_role(name, &w.v[i]);
        name->titled = true;
    }
    for (size_t i = w.n; i-- > 0;)
        if (i < r.start || i >= r.end) add_role(name, &w.v[i]);
}

static bool share_role(const hs_name *a, const hs_name *b) {
    for (size_t i = 0; i < HS_NAME_ROLES && a->roles[i]; i++)
        for (size_t j = 0; j < HS_NAME_ROLES && b->roles[j]; j++)
            if (a->roles[i] == b->roles[j]) return true;
    return false;
}

hs_likeness hs_names_alike(const hs_name *a, const hs_name *b, bool strict) {
    if (a->kind < b->kind) {
        const hs_name *other = a;
        a = b;
        b = other;
    }
    if (b->kind == HS_NAME_NONE) return HS_ALIKE_UNKNOWN;
    if (b->kind == HS_NAME_DESCRIPTION) {
        if (a->kind == HS_NAME_DESCRIPTION && a->whole == b->whole) return HS_ALIKE_MAYBE;
        return share_role(a, b) ? HS_ALIKE_MAYBE : HS_ALIKE_UNKNOWN;
    }
    if (a->sex && b->sex && a->sex != b->sex) return HS_ALIKE_DIFFERENT; /* "Mr. Maren", "Ms. Maren" */
    if (a->whole == b->whole) return HS_ALIKE_SAME;
    if (a->kind == HS_NAME_SINGLE) return HS_ALIKE_DIFFERENT;
    if (b->kind == HS_NAME_FULL) { /* "Ruth Bader Ginsburg", "Ruth Ginsburg" */
        if (a->last == b->last && a->first == b->first && !a->body && !b->body) return HS_ALIKE_SAME;
        return HS_ALIKE_DIFFERENT;
    }
    if (a->acronym == b->whole) return HS_ALIKE_SAME;
    if (a->body || b->body) return HS_ALIKE_DIFFERENT;
    if (a->last == b->whole || a->last == b->last) return strict && !share_role(a, b) ? HS_ALIKE_MAYBE : HS_ALIKE_SAME;
    return a->first == b->last ? HS_ALIKE_MAYBE : HS_ALIKE_DIFFERENT;
}
