/* Who answers in an interview: see interview.h. */
#include "claims/interview.h"

enum { LEAST_ANSWERS = 2, LEAST_MENTIONS = 2 };

typedef enum turn { TURN_NONE, TURN_QUESTION, TURN_ANSWER } turn;

static bool is_either(hs_str word, hs_str a, hs_str b) {
    return hs_str_eq(word, a) || hs_str_eq(word, b);
}

/* Whose turn a paragraph that begins at `word` opens. */
static turn turn_at(const hs_prose *p, size_t word) {
    if (word && hs_prose_gap(p, word - 1) != HS_GAP_LINE) return TURN_NONE;
    if (!hs_prose_is(p, word + 1, ':') && !hs_prose_is(p, word + 1, '.')) return TURN_NONE;
    hs_str text = hs_prose_word(p, word);
    if (is_either(text, HS_STR("Q"), HS_STR("Question"))) return TURN_QUESTION;
    return is_either(text, HS_STR("A"), HS_STR("Answer")) ? TURN_ANSWER : TURN_NONE;
}

/* The turn that each word belongs to; NULL where the text is no interview. `begin`: the first question. */
static uint8_t *turns_of(hs_arena *arena, const hs_prose *p, size_t *begin) {
    uint8_t *turns = HS_NEW(arena, uint8_t, p->words.n + 1);
    size_t answers = 0;
    turn now = TURN_NONE;
    *begin = p->words.n;
    for (size_t i = 0; i < p->words.n; i++) {
        turn opened = turn_at(p, i);
        if (opened == TURN_QUESTION && now == TURN_NONE) *begin = i;
        if (opened == TURN_ANSWER && now == TURN_QUESTION) answers++;
        if (opened == TURN_QUESTION || (opened == TURN_ANSWER && now != TURN_NONE)) now = opened;
        turns[i] = (uint8_t)now;
    }
    return answers >= LEAST_ANSWERS ? turns : NULL;
}

/* The one person whom the words before `begin` name at least twice and at least twice as often as any other. */
static uint32_t person_before(hs_arena *arena, const hs_speakers *s, size_t begin) {
    uint32_t *count = HS_NEW(arena, uint32_t, s->referents.n + 1), best = HS_NO_ENTITY, most = 0, next = 0;
    for (size_t i = 0; i < s->mentions.n && s->mentions.v[i].first < begin; i++)
        if (s->mentions.v[i].kind == HS_MENTION_NAME && s->mentions.v[i].entity != HS_NO_ENTITY)
            count[s->mentions.v[i].entity]++;
    for (uint32_t i = 0; i < s->referents.n; i++) {
        const hs_referent *r = &s->referents.v[i];
        if (!r->named || r->type != HS_ENTITY_PERSON || count[i] <= next) continue;
        next = count[i] > most ? most : count[i];
        if (count[i] > most) {
            most = count[i];
            best = i;
        }
    }
    return most >= LEAST_MENTIONS && most >= 2 * next ? best : HS_NO_ENTITY;
}

static bool speaks_for_itself(const hs_mention *m) {
    return m->kind == HS_MENTION_PRONOUN && (m->pronoun == HS_PRONOUN_FIRST || m->pronoun == HS_PRONOUN_WE);
}

void hs_interview_join(hs_arena *arena, hs_speakers *s) {
    size_t begin;
    const hs_prose *p = &s->prose;
    const uint8_t *turns = turns_of(arena, p, &begin);
    uint32_t person = turns ? person_before(arena, s, begin) : HS_NO_ENTITY;
    if (person == HS_NO_ENTITY) return;
    bool *label = HS_NEW(arena, bool, s->referents.n + 1); /* referents of "A" */
    for (size_t i = 0; i < s->mentions.n; i++) {
        hs_mention *m = &s->mentions.v[i];
        if (m->entity == HS_NO_ENTITY || turns[m->first] != TURN_ANSWER || turn_at(p, m->first) != TURN_ANSWER)
            continue;
        label[m->entity] = true;
        m->entity = person;
    }
    for (size_t i = 0; i < s->mentions.n; i++) {
        hs_mention *m = &s->mentions.v[i];
        if (m->entity == HS_NO_ENTITY || turns[m->first] != TURN_ANSWER || !speaks_for_itself(m)) continue;
        const hs_referent *r = &s->referents.v[m->entity];
        bool own = !r->named && s->mentions.v[r->name].kind == HS_MENTION_PRONOUN;
        if (label[m->entity] || own) m->entity = person;
    }
}
