/* The head of each claim's source: see sources.h. */
#include "claims/sources.h"

#include <stdlib.h>

enum { MOST_DEPTH = 16, LONGEST_BRACKET = 24 };

/* A source as words; of one in pieces the first that has any. */
typedef struct span {
    size_t first, end;
} span;

typedef struct sources {
    hs_arena *arena;
    const hs_prose *p;
    hs_mentions *mentions;
    uint32_t *at; /* of each word: the mention that holds it as a name, or has it as its head, plus one */
} sources;

static bool has(const sources *s, hs_who_list list, size_t word) {
    return hs_who_has(list, hs_prose_norm(s->p, word));
}

static bool is(const sources *s, size_t word, const char *text) {
    return hs_str_eq(hs_prose_norm(s->p, word), hs_str_of(text));
}

static const hs_mention *name_at(const sources *s, size_t word) {
    if (word >= s->p->words.n || !s->at[word]) return NULL;
    const hs_mention *m = &s->mentions->v[s->at[word] - 1];
    return m->kind == HS_MENTION_NAME ? m : NULL;
}

static void note_mention(sources *s, size_t i) {
    const hs_mention *m = &s->mentions->v[i];
    if (m->kind == HS_MENTION_NAME)
        for (size_t w = m->first; w < m->end; w++) s->at[w] = (uint32_t)i + 1;
    else if (!name_at(s, m->name)) s->at[m->name] = (uint32_t)i + 1;
}

static bool is_mark(const hs_prose *p, size_t word) {
    return p->words.v[word].shape == 0;
}

static span words_of(const hs_prose *p, hs_range range) {
    span s = {hs_words_after(&p->words, range.start), 0};
    for (s.end = s.first; s.end < p->words.n && p->words.v[s.end].start < range.end;) s.end++;
    while (s.first < s.end && is_mark(p, s.first) && !hs_prose_is(p, s.first, '$')) s.first++;
    while (s.end > s.first && is_mark(p, s.end - 1) && !hs_prose_is(p, s.end - 1, ')') &&
           !hs_prose_is(p, s.end - 1, '%'))
        s.end--;
    if (s.end > s.first + 2 && hs_str_eq(hs_prose_norm(p, s.end - 1), HS_STR("s")) &&
        hs_prose_possessive_at(p, s.end - 2))
        s.end -= 2; /* "Smith's" before "claim" */
    return s;
}

/* ---- the parts of a source ---- */

/* A comma that parts words: none as in "66,000". */
static bool is_comma(const hs_prose *p, size_t word) {
    return hs_prose_is(p, word, ',') && (word + 1 >= p->words.n || hs_prose_gap(p, word) != HS_GAP_NONE);
}

static bool ends_head(const sources *s, size_t word) {
    if (is_comma(s->p, word) || hs_prose_is(s->p, word, '(') || hs_prose_is(s->p, word, ':')) return true;
    return !hs_prose_is(s->p, word - 1, '-') && hs_who_value(HS_WHO_SMALL, hs_prose_norm(s->p, word)) == 1;
}

/* "The Department of Roads complaint": the word behind capitals that "of" at word i joins, where it is what somebody wrote; else i. */
static size_t document_behind(const sources *s, size_t i, size_t end) {
    size_t at = i + 1;
    if (!is(s, i, "of") || !hs_prose_capital(s->p, i - 1)) return i;
    while (at < end && (hs_prose_capital(s->p, at) || is(s, at, "and"))) at++;
    return at > i + 1 && at < end && hs_noun_of(hs_prose_norm(s->p, at)).type == HS_ENTITY_DOCUMENT ? at : i;
}

/* The end of the part in front of the first comma or preposition. Names are passed over whole. */
static size_t head_end(const sources *s, span source) {
    for (size_t i = source.first; i < source.end; i++) {
        size_t at = i;
        const hs_mention *name = name_at(s, i);
        if (name && name->end > i + 1) i = name->end - 1;
        else if (!name && i > source.first && ends_head(s, i) && (i = document_behind(s, at, source.end)) == at)
            return i;
    }
    return source.end;
}

/* A name that fills the part from `first` on, up to a comma, a bracket or the end. */
static const hs_mention *name_alone(const sources *s, size_t first, size_t end) {
    const hs_mention *m = name_at(s, first);
    if (!m || m->first != first || (m->possessive && m->end < end)) return NULL;
    bool ends = m->end >= end || hs_prose_is(s->p, m->end, ',') || hs_prose_is(s->p, m->end, '(') ||
                is(s, m->end, "of") || is(s, m->end, "and");
    return ends ? m : NULL;
}

static const hs_mention *name_ending_at(const sources *s, size_t first, size_t end) {
    const hs_mention *m = end > first ? name_at(s, end - 1) : NULL;
    return m && m->end >= end && !(m->possessive && end == m->end + 2) ? m : NULL;
}

/* "the president of the region, X". */
static const hs_mention *name_behind_comma(const sources *s, span source, size_t from) {
    for (size_t i = from; i + 1 < source.end; i++) {
        if (!hs_prose_is(s->p, i, ',')) continue;
        const hs_mention *m = name_alone(s, i + 1, source.end);
        if (m && (m->type == HS_ENTITY_PERSON || m->type == HS_ENTITY_UNKNOWN)) return m;
    }
    return NULL;
}

/* "secretary of state X": a person's noun, and the name at the source's end that no preposition leads to. */
static const hs_mention *name_of_post(const sources *s, span source, size_t head, size_t end) {
    const hs_mention *m = end < source.end ? name_ending_at(s, end, source.end) : NULL;
    if (!m || m->type != HS_ENTITY_PERSON || m->first <= end + 1) return NULL;
    hs_noun noun = hs_noun_of(hs_prose_norm(s->p, head));
    if (noun.type != HS_ENTITY_PERSON || noun.plural) return NULL;
    return hs_prose_gap(s->p, m->first - 1) == HS_GAP_BLANK && !is_mark(s->p, m->first - 1) &&
                   !has(s, HS_WHO_SMALL, m->first - 1)
               ? m
               : NULL;
}

/* The word that says what the part [first, end) is: its last noun, else its last word. */
static size_t head_word(const sources *s, size_t first, size_t end) {
    for (size_t i = end; i-- > first;)
        if (hs_noun_of(hs_prose_norm(s->p, i)).type && !hs_prose_possessive_at(s->p, i + 1)) return i;
    for (size_t i = end; i-- > first;)
        if (!is_mark(s->p, i)) return i;
    return first;
}

static bool is_thing(const sources *s, size_t first, size_t end) {
    if (end <= first) return false;
    return name_ending_at(s, first, end) || hs_noun_of(hs_prose_norm(s->p, end - 1)).type;
}

/* The end of a bracket that stands at `at`, or `at`. */
static size_t past_bracket(const sources *s, size_t at, size_t end) {
    if (!hs_prose_is(s->p, at, '(')) return at;
    size_t i = at;
    while (i < end && i < at + LONGEST_BRACKET && !hs_prose_is(s->p, i, ')')) i++;
    return hs_prose_is(s->p, i, ')') ? i + 1 : at;
}

static bool is_post(const sources *s, size_t word) {
    hs_noun noun = hs_noun_of(hs_prose_norm(s->p, word));
    return noun.type == HS_ENTITY_PERSON && !noun.plural && !has(s, HS_WHO_SURNAMES, word);
}

/* Whether "and" at word `i` joins two that speak, not two words of one's description. */
static bool joins(const sources *s, span source, size_t head, size_t i) {
    size_t next = is(s, i + 1, "the") || is(s, i + 1, "his") || is(s, i + 1, "her") ? i + 2 : i + 1;
    const hs_mention *name_next = name_at(s, next);
    bool at_head = i <= head || i == past_bracket(s, head, source.end);
    if (at_head) {
        const hs_mention *left = name_ending_at(s, source.first, i < head ? i : head);
        if (left) return name_next || is_thing(s, i + 1, source.end);
        bool plural = hs_noun_of(hs_prose_norm(s->p, i - 1)).plural;
        return is_thing(s, source.first, i) && (plural || next != i + 1 || is(s, i + 1, "a")) &&
               (name_next || is_thing(s, i + 1, source.end));
    }
    if (hs_prose_is(s->p, i - 1, ',')) {
        const hs_mention *last = name_ending_at(s, i, source.end);
        return name_next || (last && last->type == HS_ENTITY_PERSON && next != i + 1);
    }
    const hs_mention *first = name_ending_at(s, source.first, head);
    if (first && first->type == HS_ENTITY_PERSON && is(s, head, "of") && name_next &&
        name_next->type == HS_ENTITY_PERSON)
        return true;
    if (is_post(s, head + 1)) return false; /* "X, founder and head of Y" */
    const hs_mention *before = name_ending_at(s, source.first, i);
    bool listed = before && before->first > source.first && hs_prose_is(s->p, before->first - 1, ',');
    return listed && hs_prose_is(s->p, head, ',') && is_thing(s, source.first, head) && (name_next || first);
}

/* "X and Y": several that speak as one. */
static bool is_joint(const sources *s, span source) {
    size_t head = head_end(s, source);
    for (size_t i = source.first + 1; i + 1 < source.end; i++)
        if (!name_at(s, i) && (is(s, i, "and") || hs_prose_is(s->p, i, '&')) && joins(s, source, head, i)) return true;
    return false;
}

/* A joint source without what describes it: "Two objectors, X and Y" or "X and Y, the objectors". */
static span joint_names(const sources *s, span source) {
    size_t head = head_end(s, source);
    if (name_at(s, source.first) && name_at(s, source.first)->name < source.end)
        source.first = name_at(s, source.first)->name;
    if (!hs_prose_is(s->p, head, ',') || head + 1 >= source.end) return source;
    const hs_mention *name = name_at(s, head + 1);
    if (name && !name_ending_at(s, source.first, head)) return (span){head + 1, source.end};
    for (size_t i = source.first; i < head; i++)
        if (is(s, i, "and") && !name_at(s, i)) return (span){source.first, head};
    return source;
}

/* ---- mentions for sources ---- */

static bool begins_with(const sources *s, span source, const char *const words[], size_t n) {
    for (size_t i = 0; i < n; i++)
        if (is(s, source.first, words[i])) return true;
    return false;
}

static bool is_definite(const sources *s, span source) {
    static const char *const words[] = {"the", "this", "that", "these", "those"};
    return begins_with(s, source, words, sizeof words / sizeof *words);
}

static bool is_possessed(const sources *s, span source, size_t head) {
    static const char *const words[] = {"his", "her", "their", "its", "my", "our", "your"};
    if (begins_with(s, source, words, sizeof words / sizeof *words)) return true;
    for (size_t i = source.first; i < head; i++)
        if (hs_prose_possessive_at(s->p, i)) return true;
    return false;
}

static bool counts_many(const sources *s, span source) {
    static const char *const words[] = {"two",  "three", "four",  "five", "six",  "several", "many",
                                        "some", "these", "those", "few",  "most", "all",     "both"};
    return begins_with(s, source, words, sizeof words / sizeof *words);
}

/* The description that the source is, in place of one that has the same head. */
static uint32_t describe(sources *s, span whole, span source, size_t head, bool joint) {
    hs_noun noun = hs_noun_of(hs_prose_norm(s->p, head));
    hs_mention m = {.first = (uint32_t)source.first,
                    .end = (uint32_t)source.end,
                    .name = (uint32_t)head,
                    .name_end = (uint32_t)head + 1,
                    .entity = HS_NO_ENTITY,
                    .kind = HS_MENTION_NOMINAL,
                    .type = (uint8_t)noun.type,
                    .gender = (uint8_t)noun.gender,
                    .whole = (uint32_t)whole.first,
                    .whole_end = (uint32_t)whole.end,
                    .plural = noun.plural || counts_many(s, source),
                    .possessed = is_possessed(s, source, head),
                    .source = true};
    m.definite = m.possessed || is_definite(s, source);
    if (joint) {
        m.type = HS_ENTITY_GROUP;
        m.gender = HS_GENDER_UNKNOWN;
        m.plural = true;
        m.definite = m.possessed = false;
    }
    uint32_t known = s->at[head];
    if (known && s->mentions->v[known - 1].kind != HS_MENTION_NAME) {
        if (s->mentions->v[known - 1].source &&
            s->mentions->v[known - 1].end - s->mentions->v[known - 1].first >= m.end - m.first)
            return known - 1;
        s->mentions->v[known - 1] = m;
        return known - 1;
    }
    HS_PUSH(s->arena, *s->mentions, m);
    s->at[head] = (uint32_t)s->mentions->n;
    return (uint32_t)s->mentions->n - 1;
}

static uint32_t use(sources *s, const hs_mention *m) {
    uint32_t i = (uint32_t)(m - s->mentions->v);
    s->mentions->v[i].source = true;
    return i;
}

/* A name that says whose or what kind of thing the next word is: "Smith's returns", "a post-COVID landscape". */
static bool goes_with_next(const sources *s, const hs_mention *m, size_t who) {
    if (m->kind != HS_MENTION_NAME) return false;
    return m->possessive || (m->end < who && !is_mark(s->p, m->end) && hs_prose_gap(s->p, m->end - 1) == HS_GAP_BLANK &&
                             !has(s, HS_WHO_SMALL, m->end));
}

/* Whom "who" or "that" stands for: what stands right before it; of "who", people before anything else ("officials close to the inquiry, who"). */
static uint32_t antecedent(const sources *s, size_t who) {
    enum { FARTHEST = 12 };
    uint32_t nearest = HS_NO_ENTITY;
    bool people = is(s, who, "who");
    for (size_t i = who; i-- > 0 && i + FARTHEST > who && s->p->sentence[i] == s->p->sentence[who];) {
        if (!s->at[i] || s->mentions->v[s->at[i] - 1].kind == HS_MENTION_PRONOUN) continue;
        const hs_mention *m = &s->mentions->v[s->at[i] - 1];
        if (goes_with_next(s, m, who)) continue;
        bool may_be_person = m->type == HS_ENTITY_PERSON || m->type == HS_ENTITY_GROUP ||
                             (m->kind == HS_MENTION_NAME && m->type == HS_ENTITY_UNKNOWN);
        if (nearest == HS_NO_ENTITY) nearest = s->at[i] - 1;
        if (!people || may_be_person) return s->at[i] - 1;
    }
    return nearest;
}

static uint32_t pronoun_head(sources *s, span source) {
    int kind = hs_who_value(HS_WHO_PRONOUNS, hs_prose_norm(s->p, source.first));
    if (is(s, source.first, "that") && source.end == source.first + 1) kind = HS_PRONOUN_WHO; /* "a text that said" */
    if (kind < 0 || source.end > source.first + 2) return HS_NO_ENTITY;
    bool alone = source.end == source.first + 1;
    if (!alone && (kind >= HS_PRONOUN_WHO || !has(s, HS_WHO_SMALL, source.first + 1))) return HS_NO_ENTITY;
    if (kind == HS_PRONOUN_WHO) return antecedent(s, source.first);
    uint32_t at = s->at[source.first];
    if (kind > HS_PRONOUN_WHO || !at || s->mentions->v[at - 1].kind != HS_MENTION_PRONOUN) return HS_NO_ENTITY;
    return use(s, &s->mentions->v[at - 1]);
}

/* A description's part in front of a comma: what follows tells more, but does not name. */
static span in_front_of_comma(const sources *s, span source, size_t end) {
    while (end < source.end && !is_comma(s->p, end)) end++;
    return (span){source.first, end};
}

/* "Future of Travel Survey": a word of a longer name that is none of a person, a body or a place. */
static bool goes_on_with_of(const sources *s, const hs_mention *name, span source) {
    return name->type == HS_ENTITY_UNKNOWN && name->name_end == name->name + 1 && name->end + 1 < source.end &&
           is(s, name->end, "of") && hs_prose_capital(s->p, name->end + 1);
}

static uint32_t head_of(sources *s, span source) {
    if (is(s, source.first, "how") && source.first + 1 < source.end) source.first++; /* "how many of them" */
    span whole = source;
    if (is(s, source.first, "both") && source.first + 1 < source.end) source.first++;
    uint32_t pronoun = pronoun_head(s, source);
    if (pronoun != HS_NO_ENTITY) return pronoun;
    if (is_joint(s, source)) {
        span names = joint_names(s, source);
        return describe(s, whole, names, names.first, true);
    }
    size_t end = head_end(s, source);
    const hs_mention *name = name_ending_at(s, source.first, end);
    if (name && name->type == HS_ENTITY_DOCUMENT && (is(s, source.first, "a") || is(s, source.first, "an")))
        return describe(s, whole, source, source.first, false);
    if (name && goes_on_with_of(s, name, source)) return describe(s, whole, source, source.end - 1, false);
    size_t head = head_word(s, source.first, end);
    if (!name) name = name_behind_comma(s, source, end);
    if (!name) name = name_of_post(s, source, head, end);
    if (name) return use(s, name);
    if (name_at(s, head)) return use(s, name_at(s, head));
    return describe(s, whole, in_front_of_comma(s, source, end), head, false);
}

/* ---- all claims ---- */

static size_t depth_of(const hs_spoken *claims, size_t claim) {
    size_t depth = 0;
    while (claims[claim].parent != HS_NONE && depth < MOST_DEPTH) {
        claim = claims[claim].parent;
        depth++;
    }
    return depth;
}

static void fill_holders(const sources *s, hs_voice *voice, const hs_spoken *claims) {
    for (size_t depth = 0; depth <= MOST_DEPTH; depth++) {
        bool any = false;
        for (size_t i = 0; i < voice->n_claims; i++) {
            if (depth_of(claims, i) != depth) continue;
            any = true;
            for (size_t k = 0; k < claims[i].content.n; k++)
                for (size_t w = hs_words_after(&s->p->words, claims[i].content.v[k].start);
                     w < s->p->words.n && s->p->words.v[w].start < claims[i].content.v[k].end; w++)
                    voice->holder[w] = (uint32_t)i + 1;
        }
        if (!any) break;
    }
}

typedef struct placed {
    hs_mention m;
    uint32_t was;
} placed;

static int by_place(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->m.first != y->m.first) return x->m.first < y->m.first ? -1 : 1;
    if (x->m.end != y->m.end) return x->m.end > y->m.end ? -1 : 1;
    return (x->was > y->was) - (x->was < y->was);
}

/* Back into the order of the text; the heads go along. */
static void sort_mentions(sources *s, hs_voice *voice) {
    size_t n = s->mentions->n;
    if (!n) return;
    placed *all = HS_NEW(s->arena, placed, n);
    uint32_t *now = HS_NEW(s->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) all[i] = (placed){s->mentions->v[i], (uint32_t)i};
    qsort(all, n, sizeof *all, by_place);
    for (size_t i = 0; i < n; i++) {
        s->mentions->v[i] = all[i].m;
        now[all[i].was] = (uint32_t)i;
    }
    for (size_t i = 0; i < voice->n_claims; i++)
        if (voice->head[i] != HS_NO_ENTITY) voice->head[i] = now[voice->head[i]];
}

hs_voice hs_sources_read(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions, const hs_spoken *claims,
                         size_t n_claims) {
    sources s = {.arena = arena, .p = prose, .mentions = mentions, .at = HS_NEW(arena, uint32_t, prose->words.n + 1)};
    hs_voice voice = {.holder = HS_NEW(arena, uint32_t, prose->words.n + 1),
                      .head = HS_NEW(arena, uint32_t, n_claims),
                      .n_claims = n_claims};
    for (size_t i = 0; i < mentions->n; i++) note_mention(&s, i);
    for (size_t i = 0; i < n_claims; i++) {
        voice.head[i] = HS_NO_ENTITY;
        for (size_t k = 0; k < claims[i].source.n && voice.head[i] == HS_NO_ENTITY; k++) {
            span words = words_of(prose, claims[i].source.v[k]);
            if (words.first < words.end) voice.head[i] = head_of(&s, words);
        }
    }
    fill_holders(&s, &voice, claims);
    sort_mentions(&s, &voice);
    return voice;
}
