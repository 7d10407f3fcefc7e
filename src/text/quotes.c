/* Which characters of a text stand inside quotation marks: docs/model-format.md, section 3.
 *
 * Memory: the result is the arena's; nothing else is kept. Knows marks and paragraphs, not words, weights or claims.
 * Every step is linear in the text: the runs that are filled do not overlap, and only white space that no paragraph
 * with a mark in it owns is looked through ahead of time.
 */
#include "text/words.h"

#include <string.h>

#include "base/utf8.h"

enum {
    APOSTROPHE = '\'',
    STRAIGHT = '"',
    LEFT_GUILLEMET = 0xAB,
    RIGHT_GUILLEMET = 0xBB,
    LEFT_SINGLE = 0x2018,
    RIGHT_SINGLE = 0x2019,
    LOW_SINGLE = 0x201A,
    LEFT_DOUBLE = 0x201C,
    RIGHT_DOUBLE = 0x201D,
    LOW_DOUBLE = 0x201E,
    REVERSED_DOUBLE = 0x201F,
    LEFT_ANGLE = 0x2039,
    RIGHT_ANGLE = 0x203A
};

static const size_t NOWHERE = SIZE_MAX;

/* A paragraph: the bytes [begin, stop) of the text between two line feeds. */
typedef struct paragraph {
    hs_str text;
    size_t begin, stop;
    uint8_t *out;
} paragraph;

static bool is_space(uint32_t cp) {
    return cp == '\t' || cp == '\n' || cp == '\r' || hs_char_classify(cp) == HS_CHAR_SPACE;
}

/* The white space that does not keep a quotation from beginning its paragraph: the reference strips it with Python's
 * str.strip, which also takes control characters that part nothing else. */
static bool is_margin(uint32_t cp) {
    return (cp >= 0x09 && cp <= 0x0D) || (cp >= 0x1C && cp <= 0x1F) || cp == 0x85 ||
           hs_char_classify(cp) == HS_CHAR_SPACE;
}

/* The character that ends, or begins, at byte `at`; false at the paragraph's end, where there is none. */
static bool before(const paragraph *p, size_t at, uint32_t *cp) {
    if (at == p->begin) return false;
    size_t next;
    do at--;
    while (at > p->begin && ((unsigned char)p->text.p[at] & 0xC0) == 0x80);
    *cp = hs_utf8_decode(p->text, at, &next);
    return true;
}

static bool after(const paragraph *p, size_t at, uint32_t *cp) {
    size_t next;
    if (at >= p->stop) return false;
    *cp = hs_utf8_decode(p->text, at, &next);
    return true;
}

static bool blank_before(const paragraph *p, size_t at) {
    uint32_t cp;
    return !before(p, at, &cp) || is_space(cp);
}

static bool blank_after(const paragraph *p, size_t at) {
    uint32_t cp;
    return !after(p, at, &cp) || is_space(cp);
}

/* Letters and numbers of every kind. */
static bool is_wordish(uint32_t cp) {
    hs_char_class c = hs_char_classify(cp);
    return c >= HS_CHAR_UPPER && c <= HS_CHAR_NUMBER;
}

static bool wordish_before(const paragraph *p, size_t at) {
    uint32_t cp;
    return before(p, at, &cp) && is_wordish(cp);
}

static bool wordish_after(const paragraph *p, size_t at) {
    uint32_t cp;
    return after(p, at, &cp) && is_wordish(cp);
}

/* The mark at byte `at`, or 0. All marks but the two ASCII ones lie in two lead bytes, so that most bytes cost one
 * look. */
static uint32_t mark_at(hs_str s, size_t at, size_t *next) {
    unsigned char b = (unsigned char)s.p[at];
    *next = at + 1;
    if (b == STRAIGHT || b == APOSTROPHE) return b;
    if (b != 0xC2 && b != 0xE2) return 0;
    uint32_t cp = hs_utf8_decode(s, at, next);
    if (cp == LEFT_GUILLEMET || cp == RIGHT_GUILLEMET || cp == LEFT_ANGLE || cp == RIGHT_ANGLE) return cp;
    return cp >= LEFT_SINGLE && cp <= REVERSED_DOUBLE && cp != 0x201B ? cp : 0;
}

static bool opens_double(uint32_t mark) {
    return mark == LEFT_DOUBLE || mark == LOW_DOUBLE || mark == LEFT_GUILLEMET || mark == REVERSED_DOUBLE;
}

static bool is_double(uint32_t mark) {
    return mark == STRAIGHT || mark == RIGHT_DOUBLE || mark == RIGHT_GUILLEMET || opens_double(mark);
}

static bool opens_single(uint32_t mark) {
    return mark == LEFT_SINGLE || mark == LOW_SINGLE || mark == LEFT_ANGLE;
}

/* A quotation is open at the mark `opened`: may `mark` be its end? */
static bool ends_double(uint32_t mark, uint32_t opened) {
    switch (mark) {
    case LOW_DOUBLE:
    case REVERSED_DOUBLE: return false;
    case LEFT_GUILLEMET: return opened == RIGHT_GUILLEMET;
    case LEFT_DOUBLE: return opened == LOW_DOUBLE;
    default: return true;
    }
}

static void set(uint8_t *out, size_t start, size_t end, hs_quote_state state) {
    memset(out + start, state, end - start);
}

/* A mark of double quotations, [start, end) in bytes. */
typedef struct mark {
    size_t start, end;
    uint32_t cp;
} mark;

/* Pairs the double marks of the paragraph and returns the one left open; its start is NOWHERE when there is none. */
static mark pair_doubles(const paragraph *p) {
    mark opened = {.start = NOWHERE};
    for (size_t i = p->begin, next; i < p->stop; i = next) {
        uint32_t cp = mark_at(p->text, i, &next);
        if (!cp || !is_double(cp)) continue;
        if (opened.start == NOWHERE) {
            if (cp != RIGHT_DOUBLE && !blank_after(p, next)) opened = (mark){i, next, cp};
            continue;
        }
        bool again = cp == STRAIGHT && blank_before(p, i) && wordish_after(p, next);
        if (ends_double(cp, opened.cp) && !again) {
            set(p->out, opened.start, opened.end, HS_QUOTE_OPEN);
            set(p->out, opened.end, i, HS_QUOTE_DOUBLE);
            set(p->out, i, next, HS_QUOTE_CLOSE);
            opened.start = NOWHERE;
        } else if (again || opens_double(cp)) {
            opened = (mark){i, next, cp};
        }
    }
    return opened;
}

static bool only_margin(hs_str text, size_t begin, size_t end) {
    for (size_t at = begin, next; at < end; at = next) {
        if (!is_margin(hs_utf8_decode(text, at, &next))) return false;
    }
    return true;
}

/* Does the text go on, after white space, with a mark that re-opens a quotation? */
static bool reopens(hs_str text, size_t at) {
    for (size_t next; at < text.n; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (!is_space(cp)) return cp == STRAIGHT || opens_double(cp);
    }
    return false;
}

/* Single quotations overwrite what is inside them, but not the marks of double ones. */
static void fill_single(uint8_t *out, size_t start, size_t end) {
    for (size_t k = start; k < end; k++) {
        if (out[k] == HS_QUOTE_OUT || out[k] == HS_QUOTE_DOUBLE) out[k] = HS_QUOTE_SINGLE;
    }
}

static void pair_singles(const paragraph *p) {
    mark opened = {.start = NOWHERE};
    for (size_t i = p->begin, next; i < p->stop; i = next) {
        uint32_t cp = mark_at(p->text, i, &next);
        if (!cp || is_double(cp)) continue;
        if (opened.start == NOWHERE || opens_single(cp)) {
            bool may = cp != RIGHT_SINGLE && cp != RIGHT_ANGLE;
            if (may && !wordish_before(p, i) && !blank_after(p, next)) opened = (mark){i, next, cp};
        } else if (!blank_before(p, i) && !wordish_after(p, next)) {
            set(p->out, opened.start, opened.end, HS_QUOTE_OPEN);
            fill_single(p->out, opened.end, i);
            set(p->out, i, next, HS_QUOTE_CLOSE);
            opened.start = NOWHERE;
        }
    }
}

uint8_t *hs_quote_states(hs_arena *arena, hs_str text) {
    uint8_t *out = HS_NEW(arena, uint8_t, text.n);
    for (size_t begin = 0; begin < text.n;) {
        const char *feed = memchr(text.p + begin, '\n', text.n - begin);
        paragraph p = {.text = text, .begin = begin, .stop = feed ? (size_t)(feed - text.p) : text.n, .out = out};
        mark left = pair_doubles(&p);
        if (left.start != NOWHERE && (only_margin(text, p.begin, left.start) || reopens(text, p.stop))) {
            set(out, left.start, left.end, HS_QUOTE_OPEN);
            set(out, left.end, p.stop, HS_QUOTE_DOUBLE);
        }
        pair_singles(&p);
        begin = p.stop + 1;
    }
    return out;
}
