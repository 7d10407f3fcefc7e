/* Text to words with their features: docs/model-format.md, sections 2 and 3; train/words.py is the same in Python.
 *
 * Memory: words, their normal forms and the quote states are the arena's. The text is walked twice, first to count, so
 * that each array is allocated once at its size. Knows Unicode (through utf8proc), not vocabularies, weights or claims.
 */
#include "text/words.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { SHAPE_OTHER, SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_MIXED, SHAPE_DIGITS, SHAPE_ALNUM };

/* No code point has a longer canonical decomposition. */
enum { MOST_PARTS = 4 };

typedef struct walk {
    hs_word *v; /* NULL while counting, like norm */
    char *norm;
    size_t n, norm_n;
    bool open; /* a word has begun: at byte `start` of the text, `norm_start` of norm; what it has ends at `end` */
    size_t start, end, norm_start;
} walk;

static bool is_cjk(uint32_t cp) {
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0x20000 && cp <= 0x2A6DF) ||
           (cp >= 0x2A700 && cp <= 0x2B73F) || (cp >= 0x2B740 && cp <= 0x2B81F) || (cp >= 0x2B820 && cp <= 0x2CEAF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x2F800 && cp <= 0x2FA1F);
}

/* ASCII's symbols are punctuation too, as BERT has it. */
static bool is_punct(uint32_t cp) {
    if (cp < 0x80) {
        return (cp >= 33 && cp <= 47) || (cp >= 58 && cp <= 64) || (cp >= 91 && cp <= 96) || (cp >= 123 && cp <= 126);
    }
    return hs_char_classify(cp) == HS_CHAR_PUNCT;
}

static void emit(walk *w, uint32_t cp) {
    if (cp < 0x80) {
        if (w->norm) w->norm[w->norm_n] = (char)cp;
        w->norm_n++;
        return;
    }
    char bytes[4];
    size_t n = hs_utf8_encode(bytes, cp);
    if (w->norm) memcpy(w->norm + w->norm_n, bytes, n);
    w->norm_n += n;
}

static void finish(walk *w) {
    if (!w->open) return;
    if (w->v) {
        w->v[w->n] = (hs_word){.start = (uint32_t)w->start,
                               .end = (uint32_t)w->end,
                               .norm = (uint32_t)w->norm_start,
                               .norm_end = (uint32_t)w->norm_n};
    }
    w->n++;
    w->open = false;
}

/* The character [at, next) begins a word, unless one is open, or adds to it. */
static void extend(walk *w, size_t at, size_t next, uint32_t cp) {
    if (!w->open) {
        w->open = true;
        w->start = at;
        w->norm_start = w->norm_n;
    }
    emit(w, cp);
    w->end = next;
}

static void alone(walk *w, size_t at, size_t next, uint32_t cp) {
    finish(w);
    extend(w, at, next, cp);
    finish(w);
}

static void ascii(walk *w, size_t at, unsigned char c) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        extend(w, at, at + 1, c);
    } else if (c >= 'A' && c <= 'Z') {
        extend(w, at, at + 1, c + 32U);
    } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        finish(w);
    } else if (is_punct(c)) {
        alone(w, at, at + 1, c);
    }
}

/* The canonical decomposition of `cp` without its marks. */
static size_t parts_of(uint32_t cp, uint32_t parts[MOST_PARTS]) {
    utf8proc_int32_t all[MOST_PARTS];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)cp, all, MOST_PARTS, UTF8PROC_DECOMPOSE, &boundary);
    size_t n = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < MOST_PARTS; i++) {
        if (hs_char_classify((uint32_t)all[i]) != HS_CHAR_MARK) parts[n++] = (uint32_t)all[i];
    }
    return n;
}

static void beyond_ascii(walk *w, size_t at, size_t next, uint32_t cp) {
    hs_char_class class = hs_char_classify(cp);
    if (class == HS_CHAR_CONTROL || cp == 0xFFFD) return;
    if (class == HS_CHAR_SPACE) {
        finish(w);
        return;
    }
    uint32_t parts[MOST_PARTS];
    size_t n = parts_of(cp, parts);
    if (n == 0 && w->open) w->end = next;
    if (is_cjk(cp)) {
        finish(w);
        for (size_t i = 0; i < n; i++) extend(w, at, next, parts[i]);
        finish(w);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)parts[i]);
        if (is_punct(low)) {
            alone(w, at, next, low);
        } else {
            extend(w, at, next, low);
        }
    }
}

static void walk_text(walk *w, hs_str text) {
    for (size_t at = 0, next; at < text.n; at = next) {
        unsigned char c = (unsigned char)text.p[at];
        if (c < 0x80) {
            next = at + 1;
            ascii(w, at, c);
        } else {
            uint32_t cp = hs_utf8_decode(text, at, &next);
            beyond_ascii(w, at, next, cp);
        }
    }
    finish(w);
}

static hs_char_class case_of(uint32_t cp) {
    if (cp >= 0x80) return hs_char_classify(cp);
    if (cp >= 'a' && cp <= 'z') return HS_CHAR_LOWER;
    if (cp >= 'A' && cp <= 'Z') return HS_CHAR_UPPER;
    return cp >= '0' && cp <= '9' ? HS_CHAR_DIGIT : HS_CHAR_OTHER_SYMBOL;
}

/* Of the word as it stands in the text. */
static uint8_t shape_of(hs_str text, size_t start, size_t end) {
    size_t upper = 0, lower = 0, digits = 0;
    bool capital = false;
    for (size_t at = start, next; at < end; at = next) {
        hs_char_class class = case_of(hs_utf8_decode(text, at, &next));
        upper += class == HS_CHAR_UPPER;
        lower += class == HS_CHAR_LOWER;
        digits += class == HS_CHAR_DIGIT;
        capital |= class == HS_CHAR_UPPER && at == start;
    }
    if (digits) return upper || lower ? SHAPE_ALNUM : SHAPE_DIGITS;
    if (!upper) return lower ? SHAPE_LOWER : SHAPE_OTHER;
    if (!lower) return upper > 1 ? SHAPE_UPPER : SHAPE_CAPITAL;
    return capital && upper == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static void add_features(hs_words *words, hs_str text, const uint8_t *quotes, bool has_title) {
    size_t last_end = 0;
    bool in_title = has_title;
    for (size_t i = 0; i < words->n; i++) {
        hs_word *w = &words->v[i];
        bool fresh = i == 0 || (w->start > last_end && memchr(text.p + last_end, '\n', w->start - last_end));
        if (i && fresh) in_title = false;
        w->shape = shape_of(text, w->start, w->end);
        w->quote = quotes[w->start];
        w->place = in_title ? (i ? HS_PLACE_TITLE : HS_PLACE_FIRST) : (fresh ? HS_PLACE_PARAGRAPH : HS_PLACE_IN);
        last_end = w->end;
    }
}

hs_words hs_words_of(hs_arena *arena, hs_str text, bool has_title) {
    walk count = {0};
    walk_text(&count, text);
    /* A normal form can be longer than its text; one whose offsets would not fit is out of memory like any other. */
    if (count.norm_n > UINT32_MAX) longjmp(arena->full, 1);
    walk fill = {.v = HS_NEW(arena, hs_word, count.n), .norm = HS_NEW(arena, char, count.norm_n)};
    walk_text(&fill, text);
    hs_words words = {.v = fill.v, .n = fill.n, .norm = {fill.norm, fill.norm_n}};
    add_features(&words, text, hs_quote_states(arena, text), has_title);
    return words;
}

size_t hs_words_after(const hs_words *words, size_t at) {
    size_t low = 0, high = words->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (words->v[mid].end <= at) low = mid + 1;
        else high = mid;
    }
    return low;
}
