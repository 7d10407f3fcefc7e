/* Speakers: see speakers.h. Mentions, names, sources and coreference do the work; here what they found becomes the record's entities. */
#include "claims/speakers.h"

#include "claims/appositions.h"
#include "claims/headline.h"
#include "claims/interview.h"
#include "claims/sources.h"

enum { MOST_ALIASES = 12 };

typedef HS_VEC(hs_str) strings;

typedef struct assembly {
    hs_arena *arena;
    hs_speakers *out;
    size_t *entity_of; /* of each referent: index into list plus one; 0: it says nothing */
    strings *aliases;  /* of each entity */
} assembly;

static hs_str without_article(hs_str s) {
    static const hs_str articles[] = {{"the ", 4}, {"a ", 2}, {"an ", 3}};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (s.n > articles[i].n && hs_str_starts_nocase(s, articles[i])) return hs_str_slice(s, articles[i].n, s.n);
    return s;
}

/* The name itself, or the whole of a description. */
static hs_str words_of(const hs_speakers *s, const hs_mention *m) {
    if (m->kind == HS_MENTION_NAME) return hs_prose_slice(&s->prose, m->name, m->name_end);
    return hs_prose_slice(&s->prose, m->first, m->end);
}

static hs_entity_type type_of(const hs_referent *r, const hs_mention *m) {
    hs_entity_type type = (hs_entity_type)r->type;
    if (r->named) return type;
    if (m->kind == HS_MENTION_PRONOUN) return HS_ENTITY_UNKNOWN;
    return type == HS_ENTITY_PERSON || type == HS_ENTITY_UNKNOWN ? HS_ENTITY_UNNAMED : type;
}

static void add_alias(assembly *a, size_t entity, hs_str words) {
    hs_entity *e = &a->out->list[entity];
    strings *all = &a->aliases[entity];
    if (!words.n || all->n >= MOST_ALIASES || hs_str_eq_nocase(without_article(words), without_article(e->name)))
        return;
    for (size_t i = 0; i < all->n; i++)
        if (hs_str_eq_nocase(without_article(all->v[i]), without_article(words))) return;
    HS_PUSH(a->arena, *all, words);
}

static void name_entity(assembly *a, size_t referent, size_t entity) {
    hs_speakers *s = a->out;
    const hs_referent *r = &s->referents.v[referent];
    const hs_mention *m = &s->mentions.v[r->name];
    hs_entity *e = &s->list[entity];
    e->name = words_of(s, m);
    e->type = type_of(r, m);
    if (r->role == HS_NO_ENTITY) return;
    const hs_mention *told = &s->mentions.v[r->role];
    e->role = hs_prose_slice(&s->prose, told->role, told->role_end);
    e->affiliation = hs_prose_slice(&s->prose, told->body, told->body_end);
}

/* The name with the last of its titles: "Mr. Smith". */
static hs_str titled_name(const hs_speakers *s, const hs_mention *m) {
    for (size_t i = m->name; i-- > m->first;)
        if (hs_who_has(HS_WHO_TITLES, hs_prose_norm(&s->prose, i))) return hs_prose_slice(&s->prose, i, m->name_end);
    return (hs_str){0};
}

/* All that the text calls the entities, but for pronouns; a person's are names alone. */
static void collect_aliases(assembly *a) {
    hs_speakers *s = a->out;
    for (size_t i = 0; i < s->mentions.n; i++) {
        const hs_mention *m = &s->mentions.v[i];
        if (m->entity == HS_NO_ENTITY || !a->entity_of[m->entity] || m->kind == HS_MENTION_PRONOUN) continue;
        size_t entity = a->entity_of[m->entity] - 1;
        const hs_referent *r = &s->referents.v[m->entity];
        if (m->kind == HS_MENTION_NAME) {
            add_alias(a, entity, words_of(s, m));
            if (m->first < m->name) add_alias(a, entity, titled_name(s, m));
        } else if (r->type != HS_ENTITY_PERSON || !r->named) {
            add_alias(a, entity, words_of(s, m));
            add_alias(a, entity, hs_prose_slice(&s->prose, m->whole, m->whole_end));
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        s->list[i].aliases = a->aliases[i].v;
        s->list[i].n_aliases = a->aliases[i].n;
    }
}

static void assemble(hs_arena *arena, hs_speakers *s, const hs_voice *voice) {
    assembly a = {.arena = arena, .out = s, .entity_of = HS_NEW(arena, size_t, s->referents.n + 1)};
    s->list = HS_NEW(arena, hs_entity, voice->n_claims);
    for (size_t i = 0; i < voice->n_claims; i++) {
        s->of[i] = HS_NONE;
        if (voice->head[i] == HS_NO_ENTITY) continue;
        uint32_t referent = s->mentions.v[voice->head[i]].entity;
        if (referent == HS_NO_ENTITY) continue;
        if (!a.entity_of[referent]) {
            name_entity(&a, referent, s->n);
            a.entity_of[referent] = ++s->n;
        }
        s->of[i] = a.entity_of[referent] - 1;
    }
    a.aliases = HS_NEW(arena, strings, s->n);
    collect_aliases(&a);
}

hs_speakers hs_speakers_of(hs_arena *arena, hs_str text, bool has_title, const hs_spoken *claims, size_t n_claims,
                           const hs_coreference_watch *watch) {
    hs_speakers s = {.of = HS_NEW(arena, size_t, n_claims), .prose = hs_prose_of(arena, text, has_title)};
    s.mentions = hs_mentions_of(arena, &s.prose);
    hs_names_in_title(arena, &s.prose, &s.mentions);
    hs_appositions_read(arena, &s.prose, &s.mentions);
    hs_voice voice = hs_sources_read(arena, &s.prose, &s.mentions, claims, n_claims);
    s.referents = hs_referents_of_names(arena, &s.prose, &s.mentions);
    hs_coreference(arena, &s.prose, &s.mentions, &s.referents, &voice, watch);
    hs_headline_join(&s, &voice, claims);
    hs_interview_join(arena, &s);
    assemble(arena, &s, &voice);
    return s;
}
