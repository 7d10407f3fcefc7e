/* Claims written into a text: "[1s The mayor] [1q denied] [1c that she [2q said] [2c so]]." Brackets may nest; the number is the claim's,
 * the letter its part: s source, q cue, c content. Sources of the same words are one speaker; a claim whose cue lies in another's content
 * is its child. */
#ifndef TEST_UNIT_CLAIMS_STATED_H
#define TEST_UNIT_CLAIMS_STATED_H

#include "base/utf8.h"
#include "check.h"
#include "claims/labels.h"

enum { STATED_CLAIMS = 10, STATED_SPANS = 4, STATED_DEPTH = 8 };

typedef struct stated {
    hs_arena arena;
    hs_record record;
    hs_claim claims[STATED_CLAIMS];
    hs_span source[STATED_CLAIMS], cue[STATED_CLAIMS], content[STATED_CLAIMS][STATED_SPANS];
    char text[4096];
} stated;

static inline void stated_close(stated *s, size_t claim, char part, hs_span span) {
    hs_claim *c = &s->claims[claim];
    if (part == 's') s->source[claim] = span, c->source = &s->source[claim], c->n_source = 1;
    if (part == 'q') s->cue[claim] = span, c->cue = &s->cue[claim], c->n_cue = 1;
    if (part == 'c') s->content[claim][c->n_content++] = span, c->content = s->content[claim];
}

static inline void stated_relate(stated *s) {
    for (size_t i = 0; i < s->record.n_claims; i++) {
        hs_claim *c = &s->claims[i];
        c->parent = c->speaker = HS_NONE;
        for (size_t k = 0; k < s->record.n_claims; k++)
            for (size_t n = 0; k != i && c->n_cue && n < s->claims[k].n_content; n++)
                if (s->claims[k].content[n].byte_start <= c->cue->byte_start &&
                    c->cue->byte_end <= s->claims[k].content[n].byte_end)
                    c->parent = k;
        for (size_t k = i + 1; k-- > 0 && c->n_source;) {
            const hs_claim *o = &s->claims[k];
            if (o->n_source &&
                hs_str_eq_nocase(hs_str_slice(s->record.text, o->source->byte_start, o->source->byte_end),
                                 hs_str_slice(s->record.text, c->source->byte_start, c->source->byte_end)))
                c->speaker = k;
        }
        c->manner =
            c->n_content && s->record.text.p[c->content[0].byte_start] == '"' ? HS_MANNER_DIRECT : HS_MANNER_INDIRECT;
    }
}

/* Reads the marked text and labels its claims. Free it with hs_arena_free(&s->arena). */
static inline void stated_read(stated *s, const char *marked) {
    struct {
        size_t claim, at;
        char part;
    } open[STATED_DEPTH];
    size_t n = 0, depth = 0;
    memset(s, 0, sizeof *s);
    hs_arena_init(&s->arena, (size_t)16 << 20);
    for (const char *p = marked; *p; p++) {
        if (*p == '[') {
            size_t claim = (size_t)(p[1] - '1');
            open[depth].claim = claim, open[depth].at = n, open[depth++].part = p[2];
            if (claim >= s->record.n_claims) s->record.n_claims = claim + 1;
            p += 3;
        } else if (*p == ']') {
            depth--;
            hs_str before = {s->text, open[depth].at}, whole = {s->text, n};
            stated_close(s, open[depth].claim, open[depth].part,
                         (hs_span){hs_utf8_count(before), hs_utf8_count(whole), before.n, whole.n});
        } else s->text[n++] = *p;
    }
    s->record.text = (hs_str){s->text, n};
    s->record.claims = s->claims;
    stated_relate(s);
    hs_labels_read(&s->record, &s->arena, NULL);
}

#endif
