/* Headlines' speakers: see headline.h. */
#include "claims/headline.h"

enum { MOST_STEMS = 24, STEM = 5, LEAST_SHARED = 3, LATEST = 12 };

typedef struct stems {
    hs_str v[MOST_STEMS];
    size_t n;
} stems;

static bool holds(const stems *s, hs_str stem) {
    for (size_t i = 0; i < s->n; i++)
        if (hs_str_eq_nocase(s->v[i], stem)) return true;
    return false;
}

/* The beginnings of the words that say what a content is about: those of some length and those in capitals ("US"). */
static stems stems_of(const hs_prose *p, const hs_ranges *content) {
    enum { LONG = 4 };
    stems out = {0};
    for (size_t k = 0; k < content->n; k++)
        for (size_t i = hs_words_after(&p->words, content->v[k].start);
             i < p->words.n && p->words.v[i].start < content->v[k].end; i++) {
            hs_str word = hs_prose_word(p, i);
            bool capitals = word.n >= 2 && word.p[0] >= 'A' && word.p[0] <= 'Z' && word.p[1] >= 'A' && word.p[1] <= 'Z';
            bool number = word.n && word.p[0] >= '0' && word.p[0] <= '9';
            if (word.n < LONG && !capitals && !number) continue;
            hs_str stem = hs_str_slice(word, 0, word.n < STEM ? word.n : STEM);
            if (out.n < MOST_STEMS && !holds(&out, stem)) out.v[out.n++] = stem;
        }
    return out;
}

static size_t shared(const stems *a, const stems *b) {
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++) n += holds(b, a->v[i]);
    return n;
}

static bool may_mean(const hs_mention *m, const hs_referent *r) {
    bool types = m->type == r->type || m->type == HS_ENTITY_UNKNOWN || r->type == HS_ENTITY_UNKNOWN;
    return types && m->plural == r->plural;
}

void hs_headline_join(hs_speakers *s, const hs_voice *voice, const hs_spoken *claims) {
    for (size_t i = 0; i < voice->n_claims; i++) {
        if (voice->head[i] == HS_NO_ENTITY) continue;
        hs_mention *m = &s->mentions.v[voice->head[i]];
        if (m->first >= s->prose.title_end) break;
        if (m->kind != HS_MENTION_NOMINAL || m->entity == HS_NO_ENTITY || s->referents.v[m->entity].named) continue;
        stems said = stems_of(&s->prose, &claims[i].content);
        size_t most = 0;
        uint32_t best = HS_NO_ENTITY;
        for (size_t j = i + 1; j < voice->n_claims && j < i + LATEST; j++) {
            if (voice->head[j] == HS_NO_ENTITY || s->mentions.v[voice->head[j]].first < s->prose.title_end) continue;
            uint32_t entity = s->mentions.v[voice->head[j]].entity;
            if (entity == HS_NO_ENTITY || entity == m->entity || !may_mean(m, &s->referents.v[entity])) continue;
            stems again = stems_of(&s->prose, &claims[j].content);
            size_t n = shared(&said, &again);
            if (n > most) most = n, best = entity;
        }
        if (most >= LEAST_SHARED && 2 * most >= said.n) m->entity = best;
    }
}
