/* Which referent a description or pronoun means: see coreference.h. One walk over the mentions in the order of the text, the title's after the
 * body's; candidates are the referents mentioned last, so the work for each mention is bounded. */
#include "claims/coreference.h"

#include <math.h>
#include <stdlib.h>

#include "claims/coreference_weights.h"

typedef struct walker {
    hs_arena *arena;
    const hs_prose *p;
    hs_mentions *mentions;
    hs_referents *referents;
    const hs_voice *voice;
    const hs_coreference_watch *watch;
    uint32_t recent[HS_COREF_RECENT]; /* referents, the one mentioned last first */
    size_t n_recent;
    uint32_t early[HS_COREF_RECENT]; /* the body's first referents, for the title */
    size_t n_early;
    uint32_t speaker_paragraph; /* of the last claim's source */
    uint32_t speakers[2];       /* of the last claim and of the one before whose speaker differs */
    uint32_t *words_of;         /* descriptions by their words: hash table of mentions, plus one */
    uint64_t *words_hash;       /* of each mention in that table */
    size_t n_words_of;
    uint32_t (
        *by_role)[HS_COREF_BY_ROLE]; /* named referents by a noun that describes them, plus one, in slots by hash */
    uint32_t *by_name;               /* mentions by their names' words, plus one */
    uint32_t narrative[2]; /* the person last mentioned in no claim's content, and the last as its sentence's subject */
    uint32_t most;         /* the referent mentioned most */
} walker;

static const hs_mention *mention(const walker *w, uint32_t i) {
    return &w->mentions->v[i];
}

static uint32_t sentence_of(const walker *w, const hs_mention *m) {
    return w->p->sentence[m->first];
}

static bool quoted(const walker *w, const hs_mention *m) {
    uint8_t state = w->p->words.v[m->name].quote;
    return state == HS_QUOTE_DOUBLE || state == HS_QUOTE_SINGLE;
}

/* The first mention of its sentence but for pronouns of no weight. */
static bool is_subject(const walker *w, uint32_t i) {
    if (i == 0) return true;
    const hs_mention *m = mention(w, i), *before = mention(w, i - 1);
    return sentence_of(w, before) != sentence_of(w, m) || before->end > m->first;
}

static bool opens_paragraph(const walker *w, const hs_mention *m) {
    uint32_t paragraph = w->p->paragraph[m->first];
    for (size_t i = m->first; i-- > 0 && m->first - i < 4;)
        if (w->p->paragraph[i] != paragraph) return true;
    return m->first < 4;
}

/* The speaker of the claim whose content holds the word, HS_NO_ENTITY: none or not known yet. */
static uint32_t speaker_around(const walker *w, size_t word) {
    uint32_t holder = w->voice->holder[word];
    if (!holder) return HS_NO_ENTITY;
    uint32_t head = w->voice->head[holder - 1];
    return head == HS_NO_ENTITY ? HS_NO_ENTITY : mention(w, head)->entity;
}

static hs_str head_noun(const walker *w, const hs_mention *m) {
    hs_str norm = hs_prose_norm(w->p, m->name);
    hs_noun noun = hs_noun_of(norm);
    return noun.type ? noun.singular : norm;
}

static bool describes(const hs_referent *r, hs_str head) {
    for (size_t i = 0; i < r->n_heads; i++)
        if (hs_str_eq(r->heads[i], head)) return true;
    return false;
}

/* Whether a word before the description's head stands in the referent's name or its first description. */
static bool shares_words(const walker *w, const hs_mention *m, const hs_referent *r) {
    const hs_mention *name = mention(w, r->name);
    for (size_t i = m->first; i < m->name && i < m->first + 8; i++) {
        hs_str norm = hs_prose_norm(w->p, i);
        if (norm.n < 3 || hs_who_has(HS_WHO_SMALL, norm)) continue;
        for (size_t k = name->first; k < name->end && k < name->first + 12; k++)
            if (hs_str_eq(norm, hs_prose_norm(w->p, k))) return true;
    }
    return false;
}

/* A name among the words before the head: "the Tinder spokeswoman". */
static bool has_capital(const walker *w, const hs_mention *m) {
    for (size_t i = m->first + 1; i < m->name; i++)
        if (hs_prose_capital(w->p, i) && !hs_who_has(HS_WHO_DEMONYMS, hs_prose_norm(w->p, i))) return true;
    return false;
}

/* ---- measuring ---- */

static void measure_distance(uint8_t *f, uint32_t sentences, size_t rank) {
    static const hs_coreference_feature steps[] = {HS_COREF_SAME_SENTENCE, HS_COREF_ONE_BACK, HS_COREF_TWO_BACK,
                                                   HS_COREF_THREE_BACK};
    if (sentences < 4) f[steps[sentences]] = 1;
    else f[sentences < 8 ? HS_COREF_FAR : HS_COREF_VERY_FAR] = 1;
    if (rank < 3) f[rank == 0 ? HS_COREF_LAST : rank == 1 ? HS_COREF_NEXT_TO_LAST : HS_COREF_THIRD] = 1;
}

static void measure_last(const walker *w, uint8_t *f, const hs_mention *m, const hs_referent *r) {
    const hs_mention *last = mention(w, r->last);
    bool subject = is_subject(w, r->last);
    f[HS_COREF_LAST_SUBJECT] = subject;
    f[HS_COREF_LAST_OF_KIND] =
        m->kind == HS_MENTION_PRONOUN && last->kind == HS_MENTION_PRONOUN && last->pronoun == m->pronoun;
    f[HS_COREF_LAST_NAMED] = last->kind == HS_MENTION_NAME;
    f[HS_COREF_LAST_SOURCE] = last->source;
    f[HS_COREF_LAST_IN_PARAGRAPH] = w->p->paragraph[last->first] == w->p->paragraph[m->first];
    f[HS_COREF_OPENS_PARAGRAPH_SUBJECT] = subject && opens_paragraph(w, m);
    f[HS_COREF_SUBJECT_OF_LAST_SENTENCE] = subject && sentence_of(w, last) + 1 == sentence_of(w, m);
    f[HS_COREF_QUOTES_DIFFER] = quoted(w, last) != quoted(w, m);
    f[HS_COREF_LAST_POSSESSIVE] = last->possessive;
}

static void measure_voice(const walker *w, uint8_t *f, const hs_mention *m, uint32_t referent) {
    uint32_t holder = speaker_around(w, m->name);
    f[HS_COREF_LAST_SPEAKER] = w->speakers[0] == referent;
    f[HS_COREF_SPEAKER_BEFORE] = w->speakers[1] == referent;
    f[HS_COREF_HOLDS_IT] = holder == referent && !quoted(w, m);
    f[HS_COREF_HOLDS_IT_QUOTED] = holder == referent && quoted(w, m);
    f[HS_COREF_HELD_BY_OTHER] = holder != HS_NO_ENTITY && holder != referent;
    bool held = w->voice->holder[m->name],
         last_held = w->voice->holder[mention(w, w->referents->v[referent].last)->name];
    f[HS_COREF_HELD] = held;
    f[HS_COREF_LAST_HELD] = last_held;
    f[HS_COREF_NARRATIVE_LAST] = w->narrative[0] == referent;
    f[HS_COREF_NARRATIVE_SUBJECT] = w->narrative[1] == referent;
    f[HS_COREF_LAST_SPEAKER_UNHELD] = !held && w->speakers[0] == referent;
    f[HS_COREF_LAST_SPEAKER_HERE] = w->speakers[0] == referent && w->speaker_paragraph == w->p->paragraph[m->first];
    f[HS_COREF_UNHELD_SUBJECT_UNHELD] = !held && !last_held && f[HS_COREF_LAST_SUBJECT];
    f[HS_COREF_SAME_SPEAKER_LEVEL] =
        w->voice->holder[m->name] == w->voice->holder[mention(w, w->referents->v[referent].last)->name];
}

static void measure_kind(const walker *w, uint8_t *f, const hs_mention *m, uint32_t referent, const hs_referent *r) {
    static const uint8_t types[] = {[HS_ENTITY_UNKNOWN] = HS_COREF_UNKNOWN_TYPE,
                                    [HS_ENTITY_PERSON] = HS_COREF_PERSON,
                                    [HS_ENTITY_ORGANIZATION] = HS_COREF_ORGANIZATION,
                                    [HS_ENTITY_GOVERNMENT] = HS_COREF_GOVERNMENT,
                                    [HS_ENTITY_GROUP] = HS_COREF_GROUP,
                                    [HS_ENTITY_DOCUMENT] = HS_COREF_DOCUMENT,
                                    [HS_ENTITY_MEDIA] = HS_COREF_MEDIA,
                                    [HS_ENTITY_UNNAMED] = HS_COREF_UNKNOWN_TYPE};
    f[types[r->type]] = 1;
    f[HS_COREF_GENDER] = m->gender && m->gender == r->gender;
    f[HS_COREF_PLURAL] = r->plural;
    f[HS_COREF_NAMED] = r->named;
    f[HS_COREF_ONCE] = r->count < 2;
    f[HS_COREF_OFTEN] = r->count > 4;
    f[HS_COREF_MOST] = w->most == referent;
    f[HS_COREF_IN_TITLE] = r->in_title;
    f[HS_COREF_INDEFINITE_DESCRIPTION] = !r->named && !mention(w, r->name)->definite;
    f[HS_COREF_ONE_WORD_UNKNOWN] =
        r->named && !r->type && mention(w, r->name)->name + 1 == mention(w, r->name)->name_end;
    if (m->kind != HS_MENTION_NOMINAL) return;
    hs_str head = head_noun(w, m);
    f[HS_COREF_HEAD] = !r->named && describes(r, head);
    f[HS_COREF_ROLE] = r->named && describes(r, head);
    f[HS_COREF_OTHER_HEAD] = r->n_heads && !describes(r, head);
    f[HS_COREF_WORDS_SHARED] = shares_words(w, m, r);
    f[HS_COREF_OTHER_NAME] = !f[HS_COREF_WORDS_SHARED] && has_capital(w, m);
    f[HS_COREF_TYPE] = m->type && m->type == r->type && m->plural == r->plural;
    f[HS_COREF_HEAD_UNKNOWN] = !m->type;
}

/* No document is one of these. */
static bool acts(uint8_t type) {
    return type == HS_ENTITY_ORGANIZATION || type == HS_ENTITY_GOVERNMENT || type == HS_ENTITY_GROUP;
}

/* What cannot be meant at all. */
static bool fits(const hs_mention *m, const hs_referent *r, hs_str head) {
    bool person = r->type == HS_ENTITY_PERSON;
    if (m->gender && r->gender && m->gender != r->gender) return false;
    if (m->kind == HS_MENTION_PRONOUN) {
        switch ((hs_pronoun)m->pronoun) {
        case HS_PRONOUN_HE:
        case HS_PRONOUN_SHE: return !r->plural && (person || (r->type == HS_ENTITY_UNKNOWN && !r->placed));
        case HS_PRONOUN_IT: return !person && !r->plural;
        default: return !person || r->plural;
        }
    }
    if (m->possessed && !describes(r, head)) return false;
    if (r->role != HS_NO_ENTITY && hs_who_has(HS_WHO_YOUNG, head) && !describes(r, head)) return false;
    if (r->named && hs_who_has(HS_WHO_ANONYMOUS, head) && !describes(r, head)) return false;
    if (m->type == HS_ENTITY_PERSON) return (person || r->type == HS_ENTITY_UNKNOWN) && m->plural == r->plural;
    if ((m->type == HS_ENTITY_DOCUMENT && acts(r->type)) || (r->type == HS_ENTITY_DOCUMENT && acts(m->type)))
        return false;
    return !m->type || !person;
}

static hs_coreference_model model_of(const walker *w, const hs_mention *m) {
    if (m->first < w->p->title_end) return HS_COREF_MODEL_TITLE;
    if (m->kind == HS_MENTION_NOMINAL)
        return m->type == HS_ENTITY_PERSON ? HS_COREF_MODEL_PERSON_NOUN : HS_COREF_MODEL_OTHER_NOUN;
    switch ((hs_pronoun)m->pronoun) {
    case HS_PRONOUN_HE:
    case HS_PRONOUN_SHE: return m->source ? HS_COREF_MODEL_HE_SOURCE : HS_COREF_MODEL_HE;
    case HS_PRONOUN_IT: return HS_COREF_MODEL_IT;
    default: return HS_COREF_MODEL_THEY;
    }
}

static void measure_mention(const walker *w, uint8_t *f, const hs_mention *m) {
    f[HS_COREF_IS_SOURCE] = m->source;
    f[HS_COREF_QUOTED] = quoted(w, m);
    f[HS_COREF_POSSESSED] = m->possessed;
    f[HS_COREF_BARE] = m->kind == HS_MENTION_NOMINAL && m->name == m->first + 1;
    f[HS_COREF_MORE_FOLLOWS] = m->end > m->name_end || m->whole_end > m->name_end;
    hs_str first = hs_prose_norm(w->p, m->first);
    f[HS_COREF_DEMONSTRATIVE] =
        hs_str_eq(first, HS_STR("this")) || hs_str_eq(first, HS_STR("these")) || hs_str_eq(first, HS_STR("that"));
}

static void add_candidate(const walker *w, const hs_mention *m, hs_str head, uint32_t referent, hs_candidate *all,
                          size_t *n) {
    const hs_referent *r = &w->referents->v[referent];
    if (*n >= HS_COREF_CANDIDATES || !fits(m, r, head)) return;
    for (size_t i = 0; i < *n; i++)
        if (all[i].referent == referent) return;
    hs_candidate *c = &all[(*n)++];
    *c = (hs_candidate){.referent = referent};
    measure_mention(w, c->features, m);
    measure_kind(w, c->features, m, referent, r);
    if (r->last == HS_NO_ENTITY) {
        c->features[HS_COREF_NOT_YET] = 1;
        return;
    }
    bool title = m->first < w->p->title_end;
    uint32_t here = sentence_of(w, m), there = sentence_of(w, mention(w, title ? r->first : r->last));
    measure_distance(c->features, title ? there : here - there, *n - 1);
    measure_last(w, c->features, m, r);
    measure_voice(w, c->features, m, referent);
}

static size_t role_slot(const walker *w, hs_str head) {
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = 0; i < head.n; i++) h = (h ^ (unsigned char)head.p[i]) * 0x100000001B3U;
    return (h ^ h >> 31) & (w->n_words_of - 1);
}

/* The referents mentioned last, or first where a title means what follows; and those with the role that a description tells. */
static size_t candidates_of(const walker *w, const hs_mention *m, hs_candidate out[HS_COREF_CANDIDATES]) {
    bool title = m->first < w->p->title_end;
    hs_str head = head_noun(w, m);
    const uint32_t *list = title ? w->early : w->recent;
    size_t n = 0, count = title ? w->n_early : w->n_recent;
    for (size_t i = 0; i < count; i++)
        if (w->referents->v[list[i]].last != HS_NO_ENTITY) add_candidate(w, m, head, list[i], out, &n);
    if (m->kind != HS_MENTION_NOMINAL) return n;
    const uint32_t *bearers = w->by_role[role_slot(w, head)];
    size_t known = 0;
    for (size_t i = 0; i < HS_COREF_BY_ROLE && bearers[i]; i++)
        known += describes(&w->referents->v[bearers[i] - 1], head);
    for (size_t i = 0; i < HS_COREF_BY_ROLE && bearers[i]; i++)
        if (describes(&w->referents->v[bearers[i] - 1], head)) add_candidate(w, m, head, bearers[i] - 1, out, &n);
    for (size_t i = 0; i < n; i++) out[i].features[HS_COREF_ONLY_ROLE] = known == 1 && out[i].features[HS_COREF_ROLE];
    return n;
}

static void note_roles(walker *w) {
    for (size_t i = 0; i < w->referents->n; i++) {
        const hs_referent *r = &w->referents->v[i];
        for (size_t k = 0; k < r->n_heads; k++) {
            uint32_t *slot = w->by_role[role_slot(w, r->heads[k])];
            size_t at = 0;
            while (at < HS_COREF_BY_ROLE && slot[at]) at++;
            if (at < HS_COREF_BY_ROLE) slot[at] = (uint32_t)i + 1;
        }
    }
}

/* ---- choosing ---- */

/* The best candidate when its chance against the others and against none of them is high enough. */
static uint32_t chosen(const walker *w, size_t i) {
    const hs_mention *m = mention(w, (uint32_t)i);
    hs_candidate all[HS_COREF_CANDIDATES];
    size_t n = candidates_of(w, m, all), best = 0;
    hs_coreference_model model = model_of(w, m);
    double sum = exp(hs_coreference_none[model]);
    for (size_t k = 0; k < n; k++) {
        for (size_t j = 0; j < HS_COREF_COUNT; j++)
            if (all[k].features[j]) all[k].score += hs_coreference_weights[model][j];
        sum += exp(all[k].score);
        if (all[k].score > all[best].score) best = k;
    }
    if (w->watch) w->watch->ranked(w->watch->state, i, model, all, n);
    if (!n || exp(all[best].score) < hs_coreference_least[model] * sum) return HS_NO_ENTITY;
    return all[best].referent;
}

static void touch(walker *w, size_t i) {
    hs_mention *m = &w->mentions->v[i];
    if (m->entity == HS_NO_ENTITY) return;
    hs_referent *r = &w->referents->v[m->entity];
    if (m->first < w->p->title_end) r->in_title = true;
    else {
        if (r->first == HS_NO_ENTITY || r->first < w->p->title_end) {
            if (r->last == HS_NO_ENTITY && w->n_early < HS_COREF_RECENT) w->early[w->n_early++] = m->entity;
        }
        r->last = (uint32_t)i;
    }
    if (r->first == HS_NO_ENTITY) r->first = (uint32_t)i;
    r->count++;
    if (w->most == HS_NO_ENTITY || r->count > w->referents->v[w->most].count) w->most = m->entity;
    if (!r->gender && m->gender) r->gender = m->gender;
    if (!r->type && m->kind == HS_MENTION_PRONOUN && m->gender) r->type = HS_ENTITY_PERSON;
    size_t k = 0;
    while (k < w->n_recent && w->recent[k] != m->entity) k++;
    if (k == w->n_recent && w->n_recent < HS_COREF_RECENT) w->n_recent++;
    if (k == HS_COREF_RECENT) k--;
    memmove(w->recent + 1, w->recent, k * sizeof *w->recent);
    w->recent[0] = m->entity;
    if (r->type == HS_ENTITY_PERSON && !r->plural && !w->voice->holder[m->name]) {
        w->narrative[0] = m->entity;
        if (is_subject(w, (uint32_t)i)) w->narrative[1] = m->entity;
    }
    if (m->source) w->speaker_paragraph = w->p->paragraph[m->first];
    if (m->source && w->speakers[0] != m->entity) {
        w->speakers[1] = w->speakers[0];
        w->speakers[0] = m->entity;
    }
}

/* ---- descriptions ---- */

static uint64_t words_hash(const walker *w, const hs_mention *m) {
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = m->first; i < m->end; i++) {
        hs_str norm = hs_prose_norm(w->p, i);
        if (i == m->first &&
            (hs_str_eq(norm, HS_STR("the")) || hs_str_eq(norm, HS_STR("a")) || hs_str_eq(norm, HS_STR("an"))))
            continue;
        for (size_t k = 0; k < norm.n; k++) h = (h ^ (unsigned char)norm.p[k]) * 0x100000001B3U;
        h = (h ^ 32) * 0x100000001B3U;
    }
    return h ^ h >> 31;
}

/* The slot of descriptions in the same words. */
static uint32_t *slot_of(walker *w, size_t i) {
    uint64_t hash = words_hash(w, mention(w, (uint32_t)i));
    w->words_hash[i] = hash;
    size_t at = hash & (w->n_words_of - 1);
    while (w->words_of[at] && w->words_hash[w->words_of[at] - 1] != hash) at = (at + 1) & (w->n_words_of - 1);
    return &w->words_of[at];
}

static void new_referent(walker *w, size_t i) {
    hs_mention *m = &w->mentions->v[i];
    hs_referent r = {.name = (uint32_t)i,
                     .first = HS_NO_ENTITY,
                     .last = HS_NO_ENTITY,
                     .role = HS_NO_ENTITY,
                     .type = m->type,
                     .gender = m->gender,
                     .plural = m->plural};
    hs_referent_add_head(&r, head_noun(w, m));
    m->entity = (uint32_t)w->referents->n;
    HS_PUSH(w->arena, *w->referents, r);
}

/* Whether a referent is one of the first that the body names. A headline speaks of what its story begins with: "official claims" means
 * nobody who comes up further down, though he be the only one called an official. */
static bool among_first(const walker *w, uint32_t referent) {
    enum { FIRST = 4 };
    for (uint32_t k = 0; k < w->n_early && k < FIRST; k++)
        if (w->early[k] == referent) return true;
    return false;
}

/* A source that is a bare plural, or described in the same words as before, is the same again: "officials", "the spokesman". */
static void resolve_description(walker *w, size_t i) {
    hs_mention *m = &w->mentions->v[i];
    bool title = m->first < w->p->title_end;
    if (m->definite || (title && m->source)) m->entity = chosen(w, i);
    if (title && m->entity != HS_NO_ENTITY && !among_first(w, m->entity)) m->entity = HS_NO_ENTITY;
    uint32_t *slot = slot_of(w, i);
    if (m->entity == HS_NO_ENTITY && *slot && (m->source || m->definite)) m->entity = mention(w, *slot - 1)->entity;
    if (m->entity == HS_NO_ENTITY) new_referent(w, i);
    *slot = (uint32_t)i + 1;
}

/* ---- pronouns ---- */

static void resolve_pronoun(walker *w, size_t i) {
    hs_mention *m = &w->mentions->v[i];
    if (m->pronoun <= HS_PRONOUN_IT) m->entity = chosen(w, i);
    if (m->entity == HS_NO_ENTITY && m->source && m->pronoun != HS_PRONOUN_FIRST && m->pronoun != HS_PRONOUN_WE)
        new_referent(w, i);
}

static void walk(walker *w, bool title) {
    for (size_t i = 0; i < w->mentions->n; i++) {
        hs_mention *m = &w->mentions->v[i];
        if ((m->first < w->p->title_end) != title) continue;
        if (m->entity == HS_NO_ENTITY && m->kind == HS_MENTION_NOMINAL) resolve_description(w, i);
        if (m->entity == HS_NO_ENTITY && m->kind == HS_MENTION_PRONOUN) resolve_pronoun(w, i);
        touch(w, i);
    }
}

/* ---- the first person, when all others are known ---- */

static uint64_t name_hash(const walker *w, size_t first, size_t end) {
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = first; i < end; i++) {
        hs_str norm = hs_prose_norm(w->p, i);
        for (size_t k = 0; k < norm.n; k++) h = (h ^ (unsigned char)norm.p[k]) * 0x100000001B3U;
        h = (h ^ 32) * 0x100000001B3U;
    }
    return h ^ h >> 31;
}

/* Where a body's name begins behind a nation: "US State Department". */
static size_t past_nation(const walker *w, const hs_mention *m) {
    hs_str first = hs_prose_norm(w->p, m->name);
    bool nation = hs_who_has(HS_WHO_PLACES, first) || hs_who_has(HS_WHO_DEMONYMS, first);
    return nation && m->name + 2 < m->name_end ? m->name + 1 : m->name;
}

/* Names and descriptions of bodies, without the article or nation before them. */
static void note_bodies(walker *w) {
    w->by_name = HS_NEW(w->arena, uint32_t, w->n_words_of);
    for (size_t i = 0; i < w->mentions->n; i++) {
        const hs_mention *m = mention(w, (uint32_t)i);
        if (m->kind == HS_MENTION_PRONOUN || m->entity == HS_NO_ENTITY) continue;
        w->words_hash[i] = m->kind == HS_MENTION_NAME ? name_hash(w, past_nation(w, m), m->name_end) : words_hash(w, m);
        size_t at = w->words_hash[i] & (w->n_words_of - 1);
        while (w->by_name[at] && w->words_hash[w->by_name[at] - 1] != w->words_hash[i])
            at = (at + 1) & (w->n_words_of - 1);
        w->by_name[at] = (uint32_t)i + 1;
    }
}

/* The body for whom "a spokesman for X" speaks. */
static uint32_t body_behind(const walker *w, const hs_referent *r, uint32_t speaker) {
    const hs_mention *m = mention(w, r->name);
    hs_str link = hs_prose_norm(w->p, m->name_end);
    if (m->kind != HS_MENTION_NOMINAL || m->type != HS_ENTITY_PERSON) return speaker;
    if (!hs_str_eq(link, HS_STR("for")) && !hs_str_eq(link, HS_STR("of"))) return speaker;
    size_t at = m->name_end + 1;
    if (hs_str_eq(hs_prose_norm(w->p, at), HS_STR("the"))) at++;
    for (uint32_t i = r->name + 1; i < w->mentions->n && mention(w, i)->first <= at; i++)
        if (mention(w, i)->kind == HS_MENTION_NAME && mention(w, i)->first == at) return mention(w, i)->entity;
    return speaker;
}

/* Those for whom a person speaks, where the text names them elsewhere too: the body of the role. */
static uint32_t body_of(walker *w, uint32_t speaker) {
    const hs_referent *r = &w->referents->v[speaker];
    uint32_t body = speaker;
    if (r->role == HS_NO_ENTITY) {
        body = body_behind(w, r, speaker);
    } else if (mention(w, r->role)->body < mention(w, r->role)->body_end) {
        const hs_mention *role = mention(w, r->role);
        if (!w->by_name) note_bodies(w);
        uint64_t hash = name_hash(w, role->body, role->body_end);
        size_t at = hash & (w->n_words_of - 1);
        while (w->by_name[at] && w->words_hash[w->by_name[at] - 1] != hash) at = (at + 1) & (w->n_words_of - 1);
        if (w->by_name[at]) body = mention(w, w->by_name[at] - 1)->entity;
    }
    return w->referents->v[body].type == HS_ENTITY_PERSON ? speaker : body;
}

/* "I" is who says it. In a quotation that no claim holds it is whoever spoke last in the paragraph or the one before. */
static void resolve_first_person(walker *w) {
    uint32_t last = HS_NO_ENTITY;
    for (size_t i = 0; i < w->mentions->n; i++) {
        hs_mention *m = &w->mentions->v[i];
        bool first = m->kind == HS_MENTION_PRONOUN && (m->pronoun == HS_PRONOUN_FIRST || m->pronoun == HS_PRONOUN_WE);
        if (m->source && !first) last = (uint32_t)i;
        if (!first || m->entity != HS_NO_ENTITY) continue;
        uint32_t speaker = speaker_around(w, m->name);
        bool near = last != HS_NO_ENTITY && w->p->paragraph[mention(w, last)->first] + 2 >= w->p->paragraph[m->first];
        if (speaker == HS_NO_ENTITY && quoted(w, m) && !w->voice->holder[m->name] && near)
            speaker = mention(w, last)->entity;
        if (speaker != HS_NO_ENTITY) m->entity = m->pronoun == HS_PRONOUN_WE ? body_of(w, speaker) : speaker;
        else if (m->source) new_referent(w, i);
    }
}

void hs_coreference(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions, hs_referents *referents,
                    const hs_voice *voice, const hs_coreference_watch *watch) {
    walker w = {.arena = arena,
                .p = prose,
                .mentions = mentions,
                .referents = referents,
                .voice = voice,
                .watch = watch,
                .speakers = {HS_NO_ENTITY, HS_NO_ENTITY},
                .n_words_of = 64,
                .narrative = {HS_NO_ENTITY, HS_NO_ENTITY},
                .most = HS_NO_ENTITY};
    while (w.n_words_of < 2 * mentions->n + 2) w.n_words_of *= 2;
    w.words_of = HS_NEW(arena, uint32_t, w.n_words_of);
    w.words_hash = HS_NEW(arena, uint64_t, mentions->n);
    w.by_role = hs_arena_alloc(arena, w.n_words_of, sizeof *w.by_role);
    note_roles(&w);
    for (size_t i = 0; i < mentions->n && mentions->v[i].first < prose->title_end; i++)
        if (mentions->v[i].entity != HS_NO_ENTITY) referents->v[mentions->v[i].entity].in_title = true;
    walk(&w, false);
    walk(&w, true);
    resolve_first_person(&w);
}
