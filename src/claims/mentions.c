/* Mentions of a text: see mentions.h. Names are found first, then descriptions and pronouns in the words between them. */
#include "claims/mentions.h"

#include <stdlib.h>

#include "claims/names.h"

enum {
    SEEN_BITS = 1 << 16,
    LONGEST_BEFORE = 6, /* words looked back over for what begins a description */
};

typedef struct finder {
    hs_arena *arena;
    const hs_prose *p;
    hs_mentions found;
    bool *taken;    /* words in a name */
    uint64_t *seen; /* a bit for each word, by hash, that the text has in lower case */
} finder;

static size_t seen_bit(hs_str word) {
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < word.n; i++) h = (h ^ (unsigned char)word.p[i]) * 16777619U;
    return (h ^ h >> 16) % SEEN_BITS;
}

static void note_lower_case(finder *f) {
    f->seen = HS_NEW(f->arena, uint64_t, SEEN_BITS / 64);
    for (size_t i = 0; i < f->p->words.n; i++) {
        if (hs_prose_capital(f->p, i)) continue;
        size_t bit = seen_bit(hs_prose_norm(f->p, i));
        f->seen[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

static bool seen_in_lower_case(const finder *f, size_t word) {
    size_t bit = seen_bit(hs_prose_norm(f->p, word));
    return f->seen[bit / 64] >> bit % 64 & 1;
}

static bool has(hs_who_list list, const hs_prose *p, size_t word) {
    return hs_who_has(list, hs_prose_norm(p, word));
}

/* First of its sentence, or of a quotation or of what follows a colon: a capital tells nothing there. */
static bool begins_sentence(const hs_prose *p, size_t word) {
    if (!word || p->sentence[word] != p->sentence[word - 1]) return true;
    return p->words.v[word - 1].quote == HS_QUOTE_OPEN || hs_prose_is(p, word - 1, ':');
}

/* Whether the title has a capital on nearly every word, so that they tell nothing. */
static bool title_in_capitals(const hs_prose *p) {
    size_t capitals = 0, others = 0;
    for (size_t i = 0; i < p->title_end; i++) {
        if (has(HS_WHO_SMALL, p, i) || hs_prose_norm(p, i).n < 4) continue;
        if (hs_prose_capital(p, i)) capitals++;
        else others++;
    }
    return capitals > 2 * others;
}

/* A lone capital word at a sentence's start may be any word. */
static bool lone_starter(const finder *f, size_t first, size_t end) {
    if (end != first + 1 || !begins_sentence(f->p, first)) return false;
    hs_str norm = hs_prose_norm(f->p, first);
    if (hs_who_has(HS_WHO_GIVEN, norm) || hs_who_has(HS_WHO_PLACES, norm)) return false;
    return has(HS_WHO_STARTERS, f->p, first) || hs_noun_of(norm).type || seen_in_lower_case(f, first) ||
           hs_str_ends(norm, HS_STR("ing")) || hs_str_ends(norm, HS_STR("ly"));
}

/* "British", "Republicans" and, in an apposition, "Founder": no name. */
static bool names_nobody(const hs_prose *p, size_t first, size_t end) {
    if (end != first + 1 || has(HS_WHO_SURNAMES, p, first)) return false;
    hs_noun noun = hs_noun_of(hs_prose_norm(p, first));
    if (has(HS_WHO_PERSONS, p, first) && !has(HS_WHO_GIVEN, p, first) && first && hs_prose_is(p, first - 1, ','))
        return true;
    return has(HS_WHO_DEMONYMS, p, first) || (noun.plural && hs_who_has(HS_WHO_DEMONYMS, noun.singular));
}

/* The first of several capital words is one for the sentence's sake: "Assuming Smith …". */
static bool starts_by_chance(const finder *f, size_t word) {
    if (!begins_sentence(f->p, word) || !hs_name_may_begin(f->p, word + 1)) return false;
    hs_str norm = hs_prose_norm(f->p, word);
    if (hs_str_ends(norm, HS_STR("ing")) && norm.n > 5 && hs_prose_gap(f->p, word) == HS_GAP_BLANK)
        return has(HS_WHO_GIVEN, f->p, word + 1) || has(HS_WHO_TITLES, f->p, word + 1);
    return has(HS_WHO_STARTERS, f->p, word) && seen_in_lower_case(f, word) &&
           !hs_noun_of(hs_prose_norm(f->p, word + 1)).type && !has(HS_WHO_ORGANISATIONS, f->p, word + 1);
}

/* Behind the first "of" or "for" of [first, end), where more than one word follows or a place ("of State" is no body); else `end`. */
static size_t past_of(const hs_prose *p, size_t first, size_t end) {
    for (size_t i = first + 1; i < end; i++)
        if (hs_str_eq(hs_prose_norm(p, i), HS_STR("of")) || hs_str_eq(hs_prose_norm(p, i), HS_STR("for")))
            return i + 2 < end || hs_name_place(p, i + 1, end) == end ? i + 1 : end;
    return end;
}

static void find_names(finder *f, size_t from) {
    const hs_prose *p = f->p;
    for (size_t i = from, end; i < p->words.n; i = end) {
        end = i + 1;
        if (!hs_name_may_begin(p, i)) continue;
        end = hs_name_run_end(p, i);
        if (end > i + 1 && starts_by_chance(f, i)) i++;
        if (lone_starter(f, i, end) || names_nobody(p, i, end)) continue;
        hs_mention m = {.first = (uint32_t)i, .end = (uint32_t)end, .entity = HS_NO_ENTITY};
        hs_mention_read_name(p, &m);
        if (m.kind !=
            HS_MENTION_NAME) { /* a title alone is found as a description; "of" leads to whom it is held for */
            end = past_of(p, i, end);
            continue;
        }
        m.possessive = hs_prose_possessive_at(p, end);
        for (size_t k = i; k < end; k++) f->taken[k] = true;
        HS_PUSH(f->arena, f->found, m);
    }
}

typedef enum determiner { DET_NONE, DET_DEFINITE, DET_POSSESSIVE, DET_INDEFINITE } determiner;

static determiner determiner_at(const hs_prose *p, size_t word) {
    static const struct {
        hs_str word;
        determiner kind;
    } all[] = {{{"the", 3}, DET_DEFINITE},       {{"this", 4}, DET_DEFINITE},      {{"that", 4}, DET_DEFINITE},
               {{"these", 5}, DET_DEFINITE},     {{"those", 5}, DET_DEFINITE},     {{"a", 1}, DET_INDEFINITE},
               {{"an", 2}, DET_INDEFINITE},      {{"one", 3}, DET_INDEFINITE},     {{"some", 4}, DET_INDEFINITE},
               {{"another", 7}, DET_INDEFINITE}, {{"several", 7}, DET_INDEFINITE}, {{"many", 4}, DET_INDEFINITE},
               {{"his", 3}, DET_POSSESSIVE},     {{"her", 3}, DET_POSSESSIVE},     {{"their", 5}, DET_POSSESSIVE},
               {{"its", 3}, DET_POSSESSIVE},     {{"my", 2}, DET_POSSESSIVE},      {{"our", 3}, DET_POSSESSIVE},
               {{"both", 4}, DET_DEFINITE},      {{"no", 2}, DET_INDEFINITE},      {{"any", 3}, DET_INDEFINITE}};
    hs_str norm = hs_prose_norm(p, word);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (hs_str_eq(all[i].word, norm)) return all[i].kind;
    return DET_NONE;
}

/* Where the description whose head is `head` begins, and by what. */
static size_t phrase_start(const hs_prose *p, size_t head, determiner *kind) {
    *kind = DET_NONE;
    for (size_t i = head, back = 0; i-- > 0 && back < LONGEST_BEFORE && p->sentence[i] == p->sentence[head]; back++) {
        *kind = determiner_at(p, i);
        if (*kind != DET_NONE) return i;
        if (hs_prose_norm(p, i).n == 1 && hs_str_eq(hs_prose_norm(p, i), HS_STR("s")) &&
            hs_prose_possessive_at(p, i - 1)) {
            *kind = DET_POSSESSIVE;
            return i + 1;
        }
        if (hs_prose_is(p, i, '-')) continue;
        if (p->words.v[i].shape == 0 || has(HS_WHO_SMALL, p, i)) break;
    }
    *kind = DET_NONE;
    return head;
}

/* Whether the word heads a description: a noun, not followed by another or by a name it belongs to. */
static bool heads_phrase(const finder *f, size_t word) {
    const hs_prose *p = f->p;
    if (f->taken[word]) return false;
    hs_noun noun = hs_noun_of(hs_prose_norm(p, word));
    if (noun.type == HS_ENTITY_UNKNOWN) return false;
    if (word + 1 >= p->words.n || p->sentence[word + 1] != p->sentence[word]) return true;
    if (hs_prose_is(p, word + 1, '-')) return false;
    if (hs_prose_gap(p, word) != HS_GAP_BLANK) return true;
    return !f->taken[word + 1] && (noun.plural || !hs_noun_of(hs_prose_norm(p, word + 1)).type);
}

static void find_description(finder *f, size_t head) {
    determiner kind;
    const hs_prose *p = f->p;
    size_t first = phrase_start(p, head, &kind);
    hs_noun noun = hs_noun_of(hs_prose_norm(p, head));
    if (kind == DET_NONE && !noun.plural && head >= p->title_end) return;
    if (first == head && kind != DET_NONE && !noun.plural) return; /* "'s" alone: the verb */
    hs_mention m = {.first = (uint32_t)first,
                    .end = (uint32_t)head + 1,
                    .name = (uint32_t)head,
                    .name_end = (uint32_t)head + 1,
                    .entity = HS_NO_ENTITY,
                    .kind = HS_MENTION_NOMINAL,
                    .type = (uint8_t)noun.type,
                    .gender = (uint8_t)noun.gender,
                    .plural = noun.plural,
                    .definite = kind == DET_DEFINITE || kind == DET_POSSESSIVE,
                    .possessed = kind == DET_POSSESSIVE,
                    .possessive = hs_prose_possessive_at(p, head + 1)};
    HS_PUSH(f->arena, f->found, m);
}

static void find_pronoun(finder *f, size_t word) {
    int kind = hs_who_value(HS_WHO_PRONOUNS, hs_prose_norm(f->p, word));
    if (kind < 0 || kind >= HS_PRONOUN_WHO || f->taken[word]) return;
    hs_mention m = {.first = (uint32_t)word,
                    .end = (uint32_t)word + 1,
                    .name = (uint32_t)word,
                    .name_end = (uint32_t)word + 1,
                    .entity = HS_NO_ENTITY,
                    .kind = HS_MENTION_PRONOUN,
                    .pronoun = (uint8_t)kind};
    m.plural = kind == HS_PRONOUN_THEY || kind == HS_PRONOUN_WE;
    m.gender = kind == HS_PRONOUN_HE ? HS_GENDER_MALE : kind == HS_PRONOUN_SHE ? HS_GENDER_FEMALE : HS_GENDER_UNKNOWN;
    HS_PUSH(f->arena, f->found, m);
}

static int by_place(const void *a, const void *b) {
    const hs_mention *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

hs_mentions hs_mentions_of(hs_arena *arena, const hs_prose *prose) {
    finder f = {.arena = arena, .p = prose, .taken = HS_NEW(arena, bool, prose->words.n)};
    note_lower_case(&f);
    find_names(&f, title_in_capitals(prose) ? prose->title_end : 0);
    for (size_t i = 0; i < prose->words.n; i++) {
        if (heads_phrase(&f, i)) find_description(&f, i);
        find_pronoun(&f, i);
    }
    if (f.found.n) qsort(f.found.v, f.found.n, sizeof *f.found.v, by_place);
    return f.found;
}
