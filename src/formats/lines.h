/* Text for people, line by line: styles, no control characters, one line a call. Shared by what prints a ledger's answers. */
#ifndef HS_FORMATS_LINES_H
#define HS_FORMATS_LINES_H

#include "formats/out.h"

typedef enum hs_style { HS_STYLE_PLAIN, HS_STYLE_BOLD, HS_STYLE_DIM, HS_STYLE_SPEAKER, HS_STYLE_MARK } hs_style;

typedef struct hs_lines {
    hs_out out;
    bool colour;
} hs_lines;

void hs_lines_init(hs_lines *lines, hs_sink sink, void *state, bool colour);
void hs_lines_put(hs_lines *lines, hs_style style, hs_str text); /* blanks of any kind become one space */
void hs_lines_indent(hs_lines *lines, size_t columns);
void hs_lines_end(hs_lines *lines);
void hs_lines_number(hs_lines *lines, hs_style style, size_t number);

#define HS_LINES_PUT(lines, style, literal) hs_lines_put((lines), (style), HS_STR(literal))

/* " 2 pages", "1 page" */
void hs_lines_count(hs_lines *lines, size_t n, hs_str one, hs_str many);

/* An excerpt: the sentence around a claim, the claim marked; at most `width` code points before and behind it. */
void hs_lines_claim(hs_lines *lines, const hs_cited *cited, size_t width);

/* "outlet · date · id" */
void hs_lines_where(hs_lines *lines, const hs_cited *cited);

/* "2031-03-11: confirmed (by A. Person) text link [n…]" */
void hs_lines_note(hs_lines *lines, const hs_note *note);

#endif
