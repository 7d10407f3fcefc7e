/* Quotations: see quotation.h. Marks are recognised by src/text; here they are paired up to spans. */
#include "claims/quotation.h"

#include "base/utf8.h"

static size_t paragraph_end(hs_str text, size_t at) {
    size_t end = hs_str_find(hs_str_slice(text, at, text.n), HS_STR("\n"));
    return end == HS_NONE ? text.n : at + end;
}

static bool is_single_mark(hs_str text, size_t at) {
    size_t next;
    switch (hs_utf8_decode(text, at, &next)) {
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2039:
    case 0x203A: return true;
    default: return false;
    }
}

hs_quotations hs_quotations_of(hs_arena *arena, hs_str text) {
    hs_quotations q = {.text = text};
    const uint8_t *state = hs_quote_states(arena, text);
    size_t open[2] = {HS_NONE, HS_NONE}; /* index of the open double and single quotation */
    size_t end = 0;                      /* of the present paragraph */
    for (size_t at = 0, next; at < text.n; at = next) {
        hs_utf8_decode(text, at, &next);
        if (at >= end) {
            open[0] = open[1] = HS_NONE;
            end = paragraph_end(text, at) + 1;
        }
        if (state[at] != HS_QUOTE_OPEN && state[at] != HS_QUOTE_CLOSE) continue;
        int level = is_single_mark(text, at);
        hs_quotation_list *list = &q.level[level];
        if (state[at] == HS_QUOTE_OPEN) {
            open[level] = list->n;
            HS_PUSH(arena, *list, (hs_quotation){at, end - 1, end - 1, true});
        } else if (open[level] != HS_NONE) {
            hs_quotation *one = &list->v[open[level]];
            *one = (hs_quotation){one->open, at, next, false};
            open[level] = HS_NONE;
        }
    }
    return q;
}

/* Index of the first quotation of a list that ends after byte `at`. */
static size_t first_ending_after(const hs_quotation_list *list, size_t at) {
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (list->v[mid].end <= at) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* The quotation of a list that holds byte `at`, its marks included, or NULL. */
static const hs_quotation *holding(const hs_quotation_list *list, size_t at) {
    size_t i = first_ending_after(list, at);
    return i < list->n && list->v[i].open <= at ? &list->v[i] : NULL;
}

/* Whether byte `at` is quoted by marks that do not also hold the cue. */
static bool quoted(const hs_quotations *q, size_t at, hs_range cue) {
    for (int level = 0; level < 2; level++) {
        const hs_quotation *one = holding(&q->level[level], at);
        if (one && !(one->open <= cue.start && cue.end <= one->end)) return true;
    }
    return false;
}

hs_manner hs_quotation_manner(const hs_quotations *q, hs_range cue, const hs_ranges *content) {
    bool inside = false, outside = false;
    for (size_t i = 0; i < content->n; i++) {
        bool in_word = false;
        for (size_t at = content->v[i].start, next; at < content->v[i].end; at = next) {
            hs_char_class class = hs_char_classify(hs_utf8_decode(q->text, at, &next));
            bool letter = class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER ||
                          class == HS_CHAR_DIGIT || class == HS_CHAR_NUMBER;
            if (letter && !in_word) {
                if (quoted(q, at, cue)) inside = true;
                else outside = true;
            }
            in_word = letter;
        }
    }
    if (!inside) return HS_MANNER_INDIRECT;
    return outside ? HS_MANNER_MIXED : HS_MANNER_DIRECT;
}

static bool only_marks_between(hs_str text, size_t from, size_t to) {
    for (size_t at = from, next; at < to; at = next) {
        hs_char_class class = hs_char_classify(hs_utf8_decode(text, at, &next));
        if (class != HS_CHAR_PUNCT) return false;
    }
    return true;
}

/* A span that holds all of a quotation but its marks, or one of them, takes them in. */
static void take_marks(hs_str text, const hs_quotation_list *list, hs_range *span) {
    for (size_t i = first_ending_after(list, span->start); i < list->n && list->v[i].open < span->end; i++) {
        const hs_quotation *one = &list->v[i];
        bool to_close = !one->runs_on && (one->close <= span->end || only_marks_between(text, span->end, one->close));
        if (one->open < span->start && (to_close || one->runs_on) && only_marks_between(text, one->open, span->start))
            span->start = one->open;
        if (to_close && one->open >= span->start && one->end > span->end) span->end = one->end;
    }
}

/* Blanks, and marks that part a span from what stands beside it. */
static bool parts_spans(uint32_t cp) {
    return cp == ',' || cp == ';' || cp == ':' || cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == ' ' ||
           cp == 0xA0 || cp == '\n' || cp == '\r' || cp == '\t';
}

static bool inside_marks(const hs_quotations *q, size_t at) {
    return holding(&q->level[0], at) || holding(&q->level[1], at);
}

static hs_range trimmed(const hs_quotations *q, hs_range span) {
    size_t start = span.start, end = span.start;
    bool leading = true;
    for (size_t at = span.start, next; at < span.end; at = next) {
        bool parts = parts_spans(hs_utf8_decode(q->text, at, &next)) && !inside_marks(q, at);
        if (leading && parts) start = next;
        leading = leading && parts;
        if (!parts) end = next;
    }
    return start < end ? (hs_range){start, end} : span;
}

void hs_quotation_trim(const hs_quotations *q, hs_ranges *spans) {
    for (size_t i = 0; i < spans->n; i++) spans->v[i] = trimmed(q, spans->v[i]);
}

hs_range hs_quotation_whole(const hs_quotations *q, hs_range cue, hs_range span) {
    const hs_quotation *last = holding(&q->level[0], span.end - 1), *first = holding(&q->level[0], span.start);
    hs_range whole = span;
    if (last && !last->runs_on && last->open >= span.start && last->end > span.end) whole.end = last->end;
    if (first && !first->runs_on && first->open < span.start && first->close <= span.end) whole.start = first->open;
    return hs_ranges_overlap(cue, whole) ? span : whole;
}

/* The double quotation that begins the paragraph after byte `at`, or NULL. */
static const hs_quotation *next_paragraph_quotation(const hs_quotations *q, size_t at) {
    while (at < q->text.n && (q->text.p[at] == '\n' || q->text.p[at] == ' ' || q->text.p[at] == '\r')) at++;
    const hs_quotation *one = holding(&q->level[0], at);
    return one && one->open == at ? one : NULL;
}

void hs_quotation_fit(hs_arena *arena, const hs_quotations *q, hs_ranges *content, size_t limit) {
    for (size_t i = 0; i < content->n; i++) {
        take_marks(q->text, &q->level[0], &content->v[i]);
        take_marks(q->text, &q->level[1], &content->v[i]);
    }
    if (!content->n) return;
    size_t end = content->v[content->n - 1].end;
    const hs_quotation *one = end ? holding(&q->level[0], end - 1) : NULL;
    while (one && one->runs_on && only_marks_between(q->text, end, one->end)) {
        const hs_quotation *next = next_paragraph_quotation(q, one->end);
        if (!next || next->end > limit) break;
        HS_PUSH(arena, *content, (hs_range){next->open, next->end});
        end = next->end;
        one = next;
    }
}
