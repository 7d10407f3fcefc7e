/* Lines to paragraphs: see lines.h. */
#include "page/lines.h"

#include <string.h>

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Does a sentence end here, closing quotation marks and brackets aside? */
static bool ends_sentence(hs_str line) {
    static const hs_str CLOSERS[] = {{"\"", 1},           {"'", 1},       {")", 1}, {"]", 1}, {"\xE2\x80\x9D", 3},
                                     {"\xE2\x80\x99", 3}, {"\xC2\xBB", 2}};
    static const hs_str ENDS[] = {{".", 1},
                                  {"!", 1},
                                  {"?", 1},
                                  {":", 1},
                                  {";", 1},
                                  {"\xE2\x80\xA6", 3},
                                  {"\xE3\x80\x82", 3},
                                  {"\xEF\xBC\x81", 3},
                                  {"\xEF\xBC\x9F", 3}};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof CLOSERS / sizeof *CLOSERS; i++) {
            if (!hs_str_ends(line, CLOSERS[i])) continue;
            line.n -= CLOSERS[i].n;
            more = true;
        }
    }
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (hs_str_ends(line, ENDS[i])) return true;
    return false;
}

/* The first word's length: had it fitted on the line before, that line was not broken by a width. */
static size_t first_word(hs_str line) {
    size_t n = 0;
    while (n < line.n && !blank(line.p[n])) n++;
    return n;
}

static bool starts_lower(hs_str line) {
    return line.n && line.p[0] >= 'a' && line.p[0] <= 'z';
}

/* Hard-wrapped: no line is longer than a terminal is wide, and the next line's first word would not have fitted on most lines. */
static bool wrapped(const hs_lines *lines) {
    enum { WIDEST = 100, NARROWEST = 45 };
    size_t longest = 0, full = 0, pairs = 0, lower = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->v[i].n > longest) longest = lines->v[i].n;
    if (longest > WIDEST || longest < NARROWEST || lines->n < 2) return false;
    for (size_t i = 0; i + 1 < lines->n; i++, pairs++) {
        bool wide = lines->v[i].n + 1 + first_word(lines->v[i + 1]) > longest || lines->v[i].n * 10 > longest * 8;
        /* of two lines alone, the second may well be a paragraph */
        full += wide && (lines->n > 2 || !ends_sentence(lines->v[i]));
        lower += starts_lower(lines->v[i + 1]) && !ends_sentence(lines->v[i]);
    }
    return full * 4 >= pairs * 3 || lower * 2 > pairs;
}

static hs_lines split(hs_arena *arena, hs_str text) {
    hs_lines lines = {0};
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        hs_str line = hs_str_trim(hs_str_slice(text, 0, n));
        HS_PUSH(arena, lines, line);
        text = hs_str_slice(text, n + (end != NULL), text.n);
    }
    return lines;
}

static hs_str joined(hs_arena *arena, const hs_lines *lines) {
    hs_buf out = {0};
    for (size_t i = 0; i < lines->n; i++) {
        if (i) hs_buf_byte(arena, &out, ' ');
        hs_buf_add(arena, &out, lines->v[i]);
    }
    return hs_buf_str(&out);
}

/* Lines [from, to) without a blank one among them. */
static void add_group(hs_arena *arena, hs_lines *out, const hs_lines *lines, size_t from, size_t to) {
    enum { LONG = 40 }; /* a shorter line broke off on purpose */
    if (from == to) return;
    hs_lines group = {lines->v + from, to - from, to - from};
    if (wrapped(&group)) {
        HS_PUSH(arena, *out, joined(arena, &group));
        return;
    }
    for (size_t i = 0; i < group.n;) {
        size_t end = i + 1;
        while (end < group.n && group.v[end - 1].n >= LONG && !ends_sentence(group.v[end - 1]) &&
               starts_lower(group.v[end]))
            end++;
        hs_lines run = {group.v + i, end - i, end - i};
        HS_PUSH(arena, *out, run.n == 1 ? run.v[0] : joined(arena, &run));
        i = end;
    }
}

hs_lines hs_lines_of(hs_arena *arena, hs_str text) {
    hs_lines lines = split(arena, text), out = {0};
    size_t from = 0;
    for (size_t i = 0; i <= lines.n; i++) {
        if (i < lines.n && lines.v[i].n) continue;
        add_group(arena, &out, &lines, from, i);
        from = i + 1;
    }
    return out;
}
