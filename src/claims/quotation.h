/* Quotations of a text as spans, and what they say of a claim: its manner, and marks that belong to its spans. */
#ifndef HS_CLAIMS_QUOTATION_H
#define HS_CLAIMS_QUOTATION_H

#include "claims/decode.h"

/* One pair of marks, or a mark and the end of its paragraph where the quotation runs on into the next. */
typedef struct hs_quotation {
    size_t open, close; /* bytes of the opening mark and of the closing one; close == end where there is none */
    size_t end;         /* byte after the closing mark, or the paragraph's end */
    bool runs_on;       /* no closing mark: the next paragraph goes on */
} hs_quotation;

typedef HS_VEC(hs_quotation) hs_quotation_list;

typedef struct hs_quotations {
    hs_str text;
    hs_quotation_list
        level[2]; /* by double and by single marks; each in order, none overlapping another of its level */
} hs_quotations;

hs_quotations hs_quotations_of(hs_arena *arena, hs_str text);

/* How much of the content (bytes) stands in quotation marks that do not also hold the cue: all, part or none of its words. */
hs_manner hs_quotation_manner(const hs_quotations *q, hs_range cue, const hs_ranges *content);

/* Takes commas, semicolons, colons and dashes off the edges of spans, but not from inside a quotation's marks; a span of
 * nothing else stays as it is. */
void hs_quotation_trim(const hs_quotations *q, hs_ranges *spans);

/* A span that begins or ends in the midst of a quotation, and holds its other end, with all of it: who says its beginning says the rest.
 * As it is where the cue stands in what would be added. */
hs_range hs_quotation_whole(const hs_quotations *q, hs_range cue, hs_range span);

/* Lets a content's edges take in the marks of quotations that it holds but for a mark, and continues it through the
 * paragraphs that a quotation it ends in runs on to, up to `limit` (the byte where something else begins). */
void hs_quotation_fit(hs_arena *arena, const hs_quotations *q, hs_ranges *content, size_t limit);

#endif
