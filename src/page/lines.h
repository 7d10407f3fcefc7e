/* A text with line ends in it → its paragraphs. Shared by plain text and by <br> and <pre>. Results are slices of the text,
 * in which lines are joined where they stand. */
#ifndef HS_PAGE_LINES_H
#define HS_PAGE_LINES_H

#include "base/str.h"

typedef struct hs_lines {
    hs_str *v;
    size_t n, cap;
} hs_lines;

/* At most `most` paragraphs, the last of which is then all that is left. Blank lines part paragraphs. Lines that look wrapped by a width are joined by a space, others (list items, interview lines)
 * are paragraphs of their own. */
hs_lines hs_lines_of(hs_arena *arena, hs_str text, size_t most);

#endif
