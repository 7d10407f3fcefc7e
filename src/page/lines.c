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

/* Takes the next line, white space off both ends. */
static hs_str next_line(hs_str *rest) {
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    hs_str line = hs_str_trim(hs_str_slice(*rest, 0, n));
    *rest = hs_str_slice(*rest, n + (end != NULL), rest->n);
    return line;
}

/* The two slices and what lies between them. */
static hs_str reaching(hs_str from, hs_str to) {
    return (hs_str){from.p, (size_t)(to.p + to.n - from.p)};
}

/* Takes the next lines without a blank one among them, and the blank one behind them. */
static hs_str next_group(hs_str *rest) {
    hs_str group = {rest->p, 0};
    while (rest->n) {
        hs_str line = next_line(rest);
        if (!line.n) break;
        group = group.n ? reaching(group, line) : line;
    }
    return group;
}

/* Hard-wrapped: no line is longer than a terminal is wide, and the next line's first word would not have fitted on most lines. */
static bool wrapped(hs_str group) {
    enum { WIDEST = 100, NARROWEST = 45 };
    size_t longest = 0, n = 0, full = 0, lower = 0;
    for (hs_str rest = group; rest.n; n++) {
        hs_str line = next_line(&rest);
        if (line.n > WIDEST) return false;
        if (line.n > longest) longest = line.n;
    }
    if (longest < NARROWEST || n < 2) return false;
    hs_str rest = group, line = next_line(&rest);
    while (rest.n) {
        hs_str next = next_line(&rest);
        bool wide = line.n + 1 + first_word(next) > longest || line.n * 10 > longest * 8, ends = ends_sentence(line);
        full += wide && (n > 2 || !ends); /* of two lines alone, the second may well be a paragraph */
        lower += starts_lower(next) && !ends;
        line = next;
    }
    size_t pairs = n - 1;
    return full * 4 >= pairs * 3 || lower * 2 > pairs;
}

/* All lines of it in one, in place; blank ones leave no trace. */
static hs_str joined(hs_str lines) {
    if (!memchr(lines.p, '\n', lines.n)) return lines;
    char *out = (char *)lines.p;
    size_t n = 0;
    while (lines.n) {
        hs_str line = next_line(&lines);
        if (!line.n) continue;
        if (n) out[n++] = ' ';
        memmove(out + n, line.p, line.n);
        n += line.n;
    }
    return (hs_str){out, n};
}

/* The paragraphs of a group; returns what is left of it when there are enough. */
static hs_str add_group(hs_arena *arena, hs_lines *out, hs_str group, size_t most) {
    enum { LONG = 40 }; /* a shorter line broke off on purpose */
    if (wrapped(group)) {
        HS_PUSH(arena, *out, joined(group));
        return (hs_str){0};
    }
    hs_str next = next_line(&group);
    while (next.n && out->n + 1 < most) {
        hs_str run = next, line = next;
        while ((next = group.n ? next_line(&group) : (hs_str){0}).n) {
            if (line.n < LONG || ends_sentence(line) || !starts_lower(next)) break;
            run = reaching(run, next);
            line = next;
        }
        HS_PUSH(arena, *out, joined(run));
    }
    return next.n && group.n ? reaching(next, group) : next;
}

hs_lines hs_lines_of(hs_arena *arena, hs_str text, size_t most) {
    hs_lines out = {0};
    while (text.n) {
        hs_str group = next_group(&text);
        if (!group.n) continue;
        hs_str left = out.n + 1 < most ? add_group(arena, &out, group, most) : group;
        if (!left.n) continue;
        HS_PUSH(arena, out, joined(text.n ? reaching(left, text) : left));
        break;
    }
    return out;
}
