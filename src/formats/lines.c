/* Lines: see lines.h. */
#include "formats/lines.h"

#include <stdio.h>

#include "base/utf8.h"

static const char *const STYLES[] = {"", "\033[1m", "\033[2m", "\033[36m", "\033[33m"};

void hs_lines_init(hs_lines *lines, hs_sink sink, void *state, bool colour) {
    hs_out_init(&lines->out, sink, state);
    lines->colour = colour;
}

static bool is_blank(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x2028 || cp == 0x2029;
}

void hs_lines_put(hs_lines *lines, hs_style style, hs_str text) {
    bool styled = lines->colour && style != HS_STYLE_PLAIN, blank = false;
    if (styled) hs_out_put(&lines->out, hs_str_of(STYLES[style]));
    for (size_t at = 0, next; at < text.n; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (is_blank(cp)) {
            if (!blank) hs_out_put(&lines->out, HS_STR(" "));
            blank = true;
            continue;
        }
        blank = false;
        if (cp == 0xFFFD) hs_out_put(&lines->out, HS_STR("\xEF\xBF\xBD"));
        else if (hs_char_classify(cp) != HS_CHAR_CONTROL) hs_out_put(&lines->out, hs_str_slice(text, at, next));
    }
    if (styled) hs_out_put(&lines->out, HS_STR("\033[0m"));
}

void hs_lines_indent(hs_lines *lines, size_t columns) {
    while (columns--) hs_out_put(&lines->out, HS_STR(" "));
}

void hs_lines_end(hs_lines *lines) {
    hs_out_put(&lines->out, HS_STR("\n"));
}

void hs_lines_number(hs_lines *lines, hs_style style, size_t number) {
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%zu", number);
    hs_lines_put(lines, style, (hs_str){digits, (size_t)n});
}

void hs_lines_count(hs_lines *lines, size_t n, hs_str one, hs_str many) {
    hs_lines_number(lines, HS_STYLE_BOLD, n);
    HS_LINES_PUT(lines, HS_STYLE_PLAIN, " ");
    hs_lines_put(lines, HS_STYLE_PLAIN, n == 1 ? one : many);
}

/* From `at` so many code points back or on, to a blank or an end of line. */
static size_t back(hs_str text, size_t at, size_t width) {
    size_t last = at;
    while (at > 0 && width && text.p[at - 1] != '\n') {
        at--;
        if (((unsigned char)text.p[at] & 0xC0) == 0x80) continue;
        width--;
        if (text.p[at] == ' ') last = at + 1;
    }
    return at == 0 || text.p[at - 1] == '\n' ? at : last;
}

static size_t on(hs_str text, size_t at, size_t width) {
    size_t last = at;
    while (at < text.n && width && text.p[at] != '\n') {
        if (((unsigned char)text.p[at] & 0xC0) != 0x80) width--;
        if (text.p[at] == ' ') last = at;
        at++;
    }
    return at == text.n || text.p[at] == '\n' ? at : last;
}

void hs_lines_claim(hs_lines *lines, const hs_cited *cited, size_t width) {
    const hs_record *r = cited->record;
    const hs_claim *c = &r->claims[cited->claim];
    if (!c->n_content) {
        HS_LINES_PUT(lines, HS_STYLE_DIM, "(nothing said)");
        return;
    }
    size_t first = c->content[0].byte_start, last = c->content[c->n_content - 1].byte_end;
    size_t start = back(r->text, first, width), end = on(r->text, last, width), at = first;
    if (start > 0 && r->text.p[start - 1] != '\n') HS_LINES_PUT(lines, HS_STYLE_DIM, "… ");
    hs_lines_put(lines, HS_STYLE_DIM, hs_str_slice(r->text, start, first));
    for (size_t i = 0; i < c->n_content; i++) {
        hs_lines_put(lines, HS_STYLE_DIM, hs_str_slice(r->text, at, c->content[i].byte_start));
        if (!lines->colour) HS_LINES_PUT(lines, HS_STYLE_PLAIN, "[");
        hs_lines_put(lines, HS_STYLE_BOLD, hs_str_slice(r->text, c->content[i].byte_start, c->content[i].byte_end));
        if (!lines->colour) HS_LINES_PUT(lines, HS_STYLE_PLAIN, "]");
        at = c->content[i].byte_end;
    }
    hs_lines_put(lines, HS_STYLE_DIM, hs_str_slice(r->text, last, end));
    if (end < r->text.n && r->text.p[end] != '\n') HS_LINES_PUT(lines, HS_STYLE_DIM, " …");
}

void hs_lines_where(hs_lines *lines, const hs_cited *cited) {
    hs_lines_put(lines, HS_STYLE_PLAIN, cited->outlet);
    HS_LINES_PUT(lines, HS_STYLE_DIM, " · ");
    hs_lines_put(lines, HS_STYLE_DIM, cited->record->published.n ? cited->record->published : HS_STR("no date"));
    HS_LINES_PUT(lines, HS_STYLE_DIM, " · ");
    hs_lines_put(lines, HS_STYLE_DIM, cited->id);
    if (cited->old) HS_LINES_PUT(lines, HS_STYLE_DIM, " (an older version)");
}

void hs_lines_note(hs_lines *lines, const hs_note *note) {
    hs_lines_put(lines, HS_STYLE_DIM, hs_str_slice(note->made, 0, 10));
    HS_LINES_PUT(lines, HS_STYLE_PLAIN, " ");
    if (note->verdict != HS_VERDICT_NONE) {
        hs_lines_put(lines, HS_STYLE_MARK, hs_str_of(hs_verdict_name(note->verdict)));
        HS_LINES_PUT(lines, HS_STYLE_PLAIN, ": ");
    }
    hs_lines_put(lines, HS_STYLE_PLAIN, note->text);
    if (note->link.n) {
        HS_LINES_PUT(lines, HS_STYLE_PLAIN, " ");
        hs_lines_put(lines, HS_STYLE_DIM, note->link);
    }
    HS_LINES_PUT(lines, HS_STYLE_DIM, " [");
    hs_lines_put(lines, HS_STYLE_DIM, note->id);
    if (note->author.n) HS_LINES_PUT(lines, HS_STYLE_DIM, ", ");
    hs_lines_put(lines, HS_STYLE_DIM, note->author);
    if (note->reply_to.n) HS_LINES_PUT(lines, HS_STYLE_DIM, ", to ");
    hs_lines_put(lines, HS_STYLE_DIM, note->reply_to);
    HS_LINES_PUT(lines, HS_STYLE_DIM, "]");
}
