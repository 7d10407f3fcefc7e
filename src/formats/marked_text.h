/* A record's spans as properly nested marks: where spans cross, the later one is cut in two, and none goes over a paragraph's end.
 * Knows records and HTML; all memory is the arena's. */
#ifndef HS_FORMATS_MARKED_TEXT_H
#define HS_FORMATS_MARKED_TEXT_H

#include "formats/out.h"

typedef struct hs_marked_text hs_marked_text;

/* `depths` holds how deep each claim is nested. */
hs_marked_text *hs_marked_text_of(hs_arena *arena, const hs_record *record, const size_t *depths);

/* Writes the bytes [start, end) of the record's text, marked. Pieces are to be asked for in the order of the text. */
void hs_marked_text_put(hs_out *out, hs_marked_text *marks, size_t start, size_t end);

#endif
