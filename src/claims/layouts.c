/* Layouts: see layouts.h. One walk over the paragraphs for each of the two; linear in the text. */
#include "claims/layouts.h"

#include <stdlib.h>

#include "base/utf8.h"

/* A name with what is said of its bearer is no longer than this, in words and bytes. */
enum { MOST_WORDS = 14, MOST_BYTES = 120 };
/* A label in front of a colon. */
enum { LABEL_WORDS = 6, LABEL_BYTES = 60 };
/* As many turns make talk, by as many, and so many of them speak of I, we or you. */
enum { LEAST_TURNS = 4, LEAST_SPEAKERS = 2, PERSONAL_OF_TEN = 4 };

typedef HS_VEC(hs_range) paragraphs;

static bool is_blank(uint32_t cp) {
    return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0xA0;
}

static hs_range trimmed(hs_str text, hs_range r) {
    for (size_t next; r.start < r.end && is_blank(hs_utf8_decode(text, r.start, &next));) r.start = next;
    while (r.end > r.start) {
        size_t last = r.end - 1, next;
        while (last > r.start && ((unsigned char)text.p[last] & 0xC0) == 0x80) last--;
        if (!is_blank(hs_utf8_decode(text, last, &next))) break;
        r.end = last;
    }
    return r;
}

static paragraphs paragraphs_of(hs_arena *arena, hs_str text) {
    paragraphs out = {0};
    for (size_t at = 0; at < text.n;) {
        const char *feed = memchr(text.p + at, '\n', text.n - at);
        size_t end = feed ? (size_t)(feed - text.p) : text.n;
        hs_range r = trimmed(text, (hs_range){at, end});
        if (r.start < r.end) HS_PUSH(arena, out, r);
        at = end + 1;
    }
    return out;
}

/* The byte after a dash (one of U+2013 to U+2015, or one or two hyphens with a blank behind) and the blanks around it, or HS_NONE. */
static size_t after_dash(hs_str text, hs_range r, hs_range *dash) {
    r = trimmed(text, r);
    if (r.start == r.end) return HS_NONE;
    size_t at;
    uint32_t cp = hs_utf8_decode(text, r.start, &at);
    bool hyphen = cp == '-';
    if (hyphen && at < r.end && text.p[at] == '-') at++;
    if (!hyphen && (cp < 0x2013 || cp > 0x2015)) return HS_NONE;
    *dash = (hs_range){r.start, at};
    size_t name = trimmed(text, (hs_range){at, r.end}).start;
    return hyphen && name == at ? HS_NONE : name;
}

/* Whether a piece of text names somebody: few words, the first of them in capitals, and no sentence. */
static bool names_somebody(hs_str text, hs_range r) {
    if (r.start >= r.end || r.end - r.start > MOST_BYTES) return false;
    size_t words = 0, next;
    bool in_word = false;
    if (hs_char_classify(hs_utf8_decode(text, r.start, &next)) != HS_CHAR_UPPER) return false;
    for (size_t at = r.start; at < r.end; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (cp == '"' || cp == '?' || cp == '!' || cp == ':' || cp == ';' || cp == 0x201C || cp == 0x201D) return false;
        if (cp == '.' && next == r.end) return false;
        words += !in_word && !is_blank(cp);
        in_word = !is_blank(cp);
    }
    return words <= MOST_WORDS;
}

static bool opens(uint32_t cp) {
    return cp == 0x201C || cp == 0x201E || cp == 0x201F || cp == 0xAB;
}

static bool closes(uint32_t cp) {
    return cp == 0x201D || cp == 0xBB || cp == '"';
}

/* Whether `cp` ends what `first` began: of a paragraph's first mark the place says that it opens, whatever its direction ("”We sail.”", "»We sail.«"). */
static bool closes_first(uint32_t cp, uint32_t first) {
    if (first == 0x201E) return cp == 0x201C || cp == 0x201D;
    if (first == 0xBB) return cp == 0xAB;
    return closes(cp);
}

/* The byte after the quotation that a paragraph begins with, marks and all, others within it included; HS_NONE where it begins with none or
 * does not close. */
static size_t leading_quotation(hs_str text, hs_range paragraph) {
    size_t next, depth = 1;
    uint32_t first = hs_utf8_decode(text, paragraph.start, &next);
    if (!opens(first) && !closes(first)) return HS_NONE;
    for (size_t at = next; at < paragraph.end; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (depth == 1 ? closes_first(cp, first) : closes(cp)) depth--;
        else if (opens(cp)) depth++;
        if (!depth) return next;
    }
    return HS_NONE;
}

/* A name may end its paragraph with a full stop; then all its words of some length have capitals ("Anna Berg."), for "He then left." names nobody. */
static hs_range without_stop(hs_str text, hs_range name) {
    enum { SHORT = 3 };
    if (name.start >= name.end || text.p[name.end - 1] != '.') return name;
    for (size_t at = name.start, next, end; at < name.end; at = end + 1) {
        for (end = at; end < name.end && text.p[end] != ' ';) end++;
        if (end - at > SHORT && hs_char_classify(hs_utf8_decode(text, at, &next)) != HS_CHAR_UPPER) return name;
    }
    return (hs_range){name.start, name.end - 1};
}

static void find_signed(hs_arena *arena, hs_str text, const paragraphs *all, hs_layouts *out) {
    for (size_t i = 0; i < all->n; i++) {
        hs_range p = all->v[i], dash;
        size_t close = leading_quotation(text, p);
        if (close == HS_NONE) continue;
        hs_range rest = {close, p.end};
        if (close == p.end && i + 1 < all->n) rest = all->v[i + 1];
        size_t start = after_dash(text, rest, &dash);
        if (start == HS_NONE) continue;
        hs_range name = without_stop(text, (hs_range){start, rest.end});
        if (!names_somebody(text, name)) continue;
        hs_layout found = {.source = name, .cue = dash};
        HS_PUSH(arena, found.content, (hs_range){p.start, close});
        HS_PUSH(arena, *out, found);
    }
}

/* A paragraph "Label: words". */
typedef struct turn {
    hs_range label, said; /* bytes */
    hs_str surname;       /* the label's last word before any comma */
    bool own;             /* the label says so: "ANN HOLT, HOST" */
} turn;

typedef HS_VEC(turn) turns;

/* Labels of boxes and links, not of speakers. */
static bool is_box(hs_str label) {
    static const char *const words[] = {"read",   "watch", "note", "photo", "video",  "related", "more",
                                        "source", "image", "tip",  "also",  "update", "listen",  "see",
                                        "where",  "when",  "what", "why",   "how",    "price",   "time",
                                        "date",   "pros",  "cons", "email", "phone",  "credit",  "caption"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        hs_str word = hs_str_of(words[i]);
        if (hs_str_starts_nocase(label, word) && (label.n == word.n || label.p[word.n] == ' ')) return true;
    }
    return false;
}

static bool may_stand_in_label(uint32_t cp) {
    return cp == '.' || cp == ',' || cp == '\'' || cp == 0x2019 || cp == '-' || cp == '#';
}

/* The colon that ends a label of a few words, each of them capitalised or a number; HS_NONE where there is none. */
static size_t colon_of(hs_str text, hs_range p) {
    size_t words = 0;
    bool in_word = false;
    for (size_t at = p.start, next; at < p.end && at - p.start <= LABEL_BYTES; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (cp == ':') {
            uint32_t behind = next < p.end ? hs_utf8_decode(text, next, &(size_t){0}) : 0;
            return words && is_blank(behind) ? at : HS_NONE;
        }
        hs_char_class class = hs_char_classify(cp);
        if (is_blank(cp)) {
            in_word = false;
            continue;
        }
        bool begins = class == HS_CHAR_UPPER || (words && (cp == '#' || class == HS_CHAR_DIGIT));
        if (!in_word && !begins) return HS_NONE;
        if (class == HS_CHAR_PUNCT && !may_stand_in_label(cp)) return HS_NONE;
        words += !in_word;
        in_word = true;
        if (words > LABEL_WORDS) return HS_NONE;
    }
    return HS_NONE;
}

/* The last word of a name, without what follows a comma. */
static hs_str surname_of(hs_str name) {
    size_t end = hs_str_find(name, HS_STR(","));
    name = hs_str_trim(hs_str_slice(name, 0, end == HS_NONE ? name.n : end));
    size_t start = name.n;
    while (start > 0 && name.p[start - 1] != ' ') start--;
    return hs_str_slice(name, start, name.n);
}

static bool says_own(hs_str label) {
    return hs_str_ends(label, HS_STR(", HOST")) || hs_str_ends(label, HS_STR(", BYLINE"));
}

/* A paragraph without the quotation mark that a quoted transcript begins each of its paragraphs with, and the one that ends it. */
static hs_range without_marks(hs_str text, hs_range p) {
    size_t next;
    uint32_t first = hs_utf8_decode(text, p.start, &next);
    if (!opens(first) && !closes(first)) return p;
    size_t last = p.end - 1;
    while (last > next && ((unsigned char)text.p[last] & 0xC0) == 0x80) last--;
    bool marked = last >= next && closes_first(hs_utf8_decode(text, last, &(size_t){0}), first);
    return trimmed(text, (hs_range){next, marked ? last : p.end});
}

static turns turns_of(hs_arena *arena, hs_str text, const paragraphs *all) {
    turns out = {0};
    for (size_t i = 0; i < all->n; i++) {
        hs_range p = without_marks(text, all->v[i]);
        size_t colon = colon_of(text, p);
        if (colon == HS_NONE) continue;
        hs_str label = hs_str_slice(text, p.start, colon);
        hs_range said = trimmed(text, (hs_range){colon + 1, p.end});
        if (said.start < said.end && text.p[said.end - 1] == '.')
            said.end--; /* no content holds its sentence's full stop */
        if (is_box(label) || said.start == said.end) continue;
        HS_PUSH(arena, out, (turn){{p.start, colon}, said, surname_of(label), says_own(label)});
    }
    return out;
}

/* Whether words speak of I, we or you. */
static bool is_personal(hs_str said) {
    static const char *const words[] = {"i", "i'm", "i’m", "we", "you", "my", "our", "your"};
    for (size_t at = 0, end; at < said.n; at = end + 1) {
        for (end = at; end < said.n && said.p[end] != ' ';) end++;
        hs_str word = hs_str_slice(said, at, end);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (hs_str_eq_nocase(word, hs_str_of(words[i]))) return true;
    }
    return false;
}

static int by_surname(const void *a, const void *b) {
    hs_str x = (*(turn *const *)a)->surname, y = (*(turn *const *)b)->surname;
    int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
    return order ? order : (x.n > y.n) - (x.n < y.n);
}

/* Whether turns are talk: enough of them, two who speak twice, and a host named or much of I, we and you. On the way, whoever is once said to be the page's own is so
 * throughout. */
static bool is_talk(hs_arena *arena, hs_str text, turns *all, const hs_str *own, size_t n_own) {
    if (all->n < LEAST_TURNS) return false;
    size_t speakers = 0, personal = 0;
    bool transcript = false;
    turn **order = HS_NEW(arena, turn *, all->n);
    for (size_t i = 0; i < all->n; i++) {
        order[i] = &all->v[i];
        transcript |= all->v[i].own;
        personal += is_personal(hs_str_slice(text, all->v[i].said.start, all->v[i].said.end));
    }
    qsort(order, all->n, sizeof *order, by_surname);
    for (size_t i = 0, end; i < all->n; i = end) {
        bool is_own = false;
        for (size_t k = 0; k < n_own && !is_own; k++) is_own = hs_str_eq_nocase(surname_of(own[k]), order[i]->surname);
        for (end = i; end < all->n && hs_str_eq(order[end]->surname, order[i]->surname); end++)
            is_own |= order[end]->own;
        for (size_t k = i; k < end; k++) order[k]->own = is_own;
        speakers += end - i >= 2;
    }
    return speakers >= LEAST_SPEAKERS && (transcript || personal * 10 >= all->n * PERSONAL_OF_TEN);
}

static void find_talk(hs_arena *arena, const hs_quotations *q, const paragraphs *all, const hs_str *own, size_t n_own,
                      hs_layouts *out) {
    turns found = turns_of(arena, q->text, all);
    if (!is_talk(arena, q->text, &found, own, n_own)) return;
    for (size_t i = 0; i < found.n; i++) {
        const turn *t = &found.v[i];
        hs_layout one = {.source = t->label, .cue = {t->label.end, t->label.end + 1}, .own = t->own};
        HS_PUSH(arena, one.content, t->said);
        HS_PUSH(arena, *out, one);
    }
}

static int by_cue(const void *a, const void *b) {
    const hs_layout *x = a, *y = b;
    return (x->cue.start > y->cue.start) - (x->cue.start < y->cue.start);
}

hs_layouts hs_layouts_of(hs_arena *arena, const hs_quotations *quotations, const hs_str *own, size_t n_own) {
    hs_layouts out = {0};
    paragraphs all = paragraphs_of(arena, quotations->text);
    find_signed(arena, quotations->text, &all, &out);
    find_talk(arena, quotations, &all, own, n_own, &out);
    if (out.n) qsort(out.v, out.n, sizeof *out.v, by_cue);
    return out;
}
