/* Spans → nested marks: see marked_text.h.
 *
 * One sweep over the text. Marks lie sorted by their start, longer ones first, so that a stack of open ones nests by itself but for
 * spans that cross: there what lies above the ending one on the stack is closed and opened anew.
 */
#include "formats/marked_text.h"

#include <stdlib.h>

#include "formats/markup.h"

enum { DEEPEST = 16 }; /* marks open at once; more would be unreadable, and the sweep's cost is bounded by it */

typedef enum role { ROLE_CONTENT, ROLE_SOURCE, ROLE_EVIDENCE, ROLE_CUE } role;

static const struct {
    const char *open, *close;
} TAGS[] = {
    [ROLE_CONTENT] = {"<mark class=\"content", "</mark>"},
    [ROLE_SOURCE] = {"<b class=\"source", "</b>"},
    [ROLE_EVIDENCE] = {"<span class=\"evidence", "</span>"},
    [ROLE_CUE] = {"<i class=\"cue", "</i>"},
};

typedef struct mark {
    size_t start, end, claim, depth;
    role role;
} mark;

/* Where the number of a claim stands, behind its last words. */
typedef struct number {
    size_t at, claim;
} number;

struct hs_marked_text {
    const hs_record *record;
    HS_VEC(mark) all;
    number *numbers;
    size_t n_numbers, next, next_number; /* both in the order of the text */
    size_t open[DEEPEST], n_open;        /* indices into all, outermost first */
};

static int compare(size_t a, size_t b) {
    return a < b ? -1 : a > b;
}

static int by_place(const void *left, const void *right) {
    const mark *a = left, *b = right;
    int order = compare(a->start, b->start);
    if (!order) order = compare(b->end, a->end);
    if (!order) order = compare(a->role, b->role);
    if (!order) order = compare(a->depth, b->depth);
    return order ? order : compare(a->claim, b->claim);
}

static int by_number(const void *left, const void *right) {
    const number *a = left, *b = right;
    int order = compare(a->at, b->at);
    return order ? order : compare(a->claim, b->claim);
}

static void add(hs_arena *arena, hs_marked_text *marks, const hs_span *span, role role, size_t claim, size_t depth) {
    size_t end = span->byte_end < marks->record->text.n ? span->byte_end : marks->record->text.n;
    if (span->byte_start < end) HS_PUSH(arena, marks->all, (mark){span->byte_start, end, claim, depth, role});
}

static void add_all(hs_arena *arena, hs_marked_text *marks, const hs_span *v, size_t n, role role, size_t claim,
                    size_t depth) {
    for (size_t i = 0; i < n; i++) add(arena, marks, &v[i], role, claim, depth);
}

static size_t last_end(const hs_span *v, size_t n) {
    size_t end = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].byte_end > end) end = v[i].byte_end;
    return end;
}

/* Behind the content, and behind the quotation mark or full stop that follows it. */
static size_t number_place(hs_str text, const hs_claim *claim) {
    static const char *const closing[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\"", "'", ".", ",", "!", "?"};
    size_t at = last_end(claim->content, claim->n_content);
    if (!at) at = last_end(claim->cue, claim->n_cue);
    if (!at) at = last_end(claim->source, claim->n_source);
    if (at > text.n) at = text.n;
    for (int tries = 0; tries < 3; tries++)
        for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
            if (hs_str_starts(hs_str_slice(text, at, text.n), hs_str_of(closing[i]))) at += strlen(closing[i]);
    return at;
}

hs_marked_text *hs_marked_text_of(hs_arena *arena, const hs_record *record, const size_t *depths) {
    hs_marked_text *marks = HS_NEW(arena, hs_marked_text, 1);
    marks->record = record;
    marks->n_numbers = record->n_claims;
    marks->numbers = HS_NEW(arena, number, record->n_claims + 1);
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        add_all(arena, marks, claim->content, claim->n_content, ROLE_CONTENT, i, depths[i]);
        add_all(arena, marks, claim->source, claim->n_source, ROLE_SOURCE, i, depths[i]);
        add_all(arena, marks, claim->cue, claim->n_cue, ROLE_CUE, i, depths[i]);
        for (size_t j = 0; j < claim->n_evidence; j++)
            add(arena, marks, &claim->evidence[j].mention, ROLE_EVIDENCE, i, depths[i]);
        marks->numbers[i] = (number){number_place(record->text, claim), i};
    }
    if (marks->all.n) qsort(marks->all.v, marks->all.n, sizeof *marks->all.v, by_place);
    if (marks->n_numbers) qsort(marks->numbers, marks->n_numbers, sizeof *marks->numbers, by_number);
    return marks;
}

static bool same_place(const mark *a, const mark *b) {
    return a->start == b->start && a->end == b->end && a->role == b->role;
}

/* The marks of the same words and role are one element. */
static void put_open(hs_out *out, const hs_marked_text *marks, size_t first) {
    const mark *at = &marks->all.v[first], *end = marks->all.v + marks->all.n;
    hs_markup_put(out, TAGS[at->role].open);
    hs_markup_put(out, at->depth < 1 ? " d0" : at->depth < 2 ? " d1" : " d2");
    hs_markup_put(out, "\" data-c=\"");
    for (const mark *one = at; one < end && same_place(one, at); one++) {
        if (one > at) hs_markup_put(out, " ");
        hs_markup_number(out, one->claim + 1);
    }
    hs_markup_put(out, "\">");
}

static void put_close(hs_out *out, const hs_marked_text *marks, size_t mark) {
    hs_markup_put(out, TAGS[marks->all.v[mark].role].close);
}

/* Ends the marks that end at `at`; those above them on the stack are opened anew. */
static void end_marks(hs_out *out, hs_marked_text *marks, size_t at) {
    size_t lowest = marks->n_open, kept;
    for (size_t i = marks->n_open; i-- > 0;)
        if (marks->all.v[marks->open[i]].end <= at) lowest = i;
    for (size_t i = marks->n_open; i-- > lowest;) put_close(out, marks, marks->open[i]);
    kept = lowest;
    for (size_t i = lowest; i < marks->n_open; i++) {
        if (marks->all.v[marks->open[i]].end <= at) continue;
        put_open(out, marks, marks->open[i]);
        marks->open[kept++] = marks->open[i];
    }
    marks->n_open = kept;
}

static void start_marks(hs_out *out, hs_marked_text *marks, size_t at) {
    while (marks->next < marks->all.n && marks->all.v[marks->next].start <= at) {
        size_t first = marks->next++;
        while (marks->next < marks->all.n && same_place(&marks->all.v[marks->next], &marks->all.v[first]))
            marks->next++;
        if (marks->n_open == DEEPEST || marks->all.v[first].end <= at) continue;
        put_open(out, marks, first);
        marks->open[marks->n_open++] = first;
    }
}

static void put_numbers(hs_out *out, hs_marked_text *marks, size_t at) {
    for (; marks->next_number < marks->n_numbers && marks->numbers[marks->next_number].at <= at; marks->next_number++) {
        size_t claim = marks->numbers[marks->next_number].claim + 1;
        hs_markup_put(out, "<a class=\"number\" id=\"t");
        hs_markup_number(out, claim);
        hs_markup_put(out, "\" href=\"#c");
        hs_markup_number(out, claim);
        hs_markup_put(out, "\" data-c=\"");
        hs_markup_number(out, claim);
        hs_markup_put(out, "\" aria-label=\"Claim ");
        hs_markup_number(out, claim);
        hs_markup_put(out, "\">");
        hs_markup_number(out, claim);
        hs_markup_put(out, "</a>");
    }
}

/* The next place where something starts or ends, or `end`. */
static size_t next_place(const hs_marked_text *marks, size_t end) {
    size_t next = end;
    if (marks->next < marks->all.n && marks->all.v[marks->next].start < next) next = marks->all.v[marks->next].start;
    for (size_t i = 0; i < marks->n_open; i++)
        if (marks->all.v[marks->open[i]].end < next) next = marks->all.v[marks->open[i]].end;
    if (marks->next_number < marks->n_numbers && marks->numbers[marks->next_number].at < next)
        next = marks->numbers[marks->next_number].at;
    return next;
}

void hs_marked_text_put(hs_out *out, hs_marked_text *marks, size_t start, size_t end) {
    for (size_t i = 0; i < marks->n_open; i++) put_open(out, marks, marks->open[i]);
    for (size_t at = start; at < end && out->ok;) {
        end_marks(out, marks, at);
        start_marks(out, marks, at);
        put_numbers(out, marks, at);
        size_t next = next_place(marks, end);
        hs_markup_text(out, hs_str_slice(marks->record->text, at, next));
        at = next;
        end_marks(out, marks, at);
        put_numbers(out, marks, at);
    }
    for (size_t i = marks->n_open; i-- > 0;) put_close(out, marks, marks->open[i]);
}
