/* Who speaks, for records whose claims have no entity, or one that is a pronoun: see sketch.h. */
#include "ledger/sketch.h"

/* A pronoun reaches back this far, in bytes; beyond, nobody knows whom it means. */
enum { REACH = 1500 };

static size_t place_of(const hs_claim *claim) {
    if (claim->n_source) return claim->source[0].byte_start;
    if (claim->n_cue) return claim->cue[0].byte_start;
    return claim->n_content ? claim->content[0].byte_start : 0;
}

static hs_name name_of(const hs_record *record, const hs_claim *claim) {
    hs_name name = {0};
    if (claim->speaker < record->n_entities) {
        const hs_entity *e = &record->entities[claim->speaker];
        hs_name_read(&name, e->name, e->type);
        for (size_t i = 0; i < e->n_aliases && name.kind < HS_NAME_SINGLE; i++) {
            hs_name alias;
            hs_name_read(&alias, e->aliases[i], e->type);
            if (alias.kind > name.kind) name = alias;
        }
        hs_name_add_roles(&name, e->role);
        hs_name_add_roles(&name, e->affiliation);
    }
    if (name.kind >= HS_NAME_SINGLE || !claim->n_source) return name;
    hs_name words;
    hs_span whole = claim->source[0]; /* a source in pieces is one phrase */
    hs_name_read(&words, hs_str_slice(record->text, whole.byte_start, claim->source[claim->n_source - 1].byte_end),
                 HS_ENTITY_UNKNOWN);
    return words.kind > name.kind || name.kind == HS_NAME_NONE ? words : name;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

enum { MOST_PERSONS = 200, LOOK_BACK = 60, PERSON_ROLES = 12, MOST_LOOKS = 2000 };

/* The persons that a page's claims name. */
typedef struct person {
    uint32_t last;
    const hs_name *name;          /* in full, where the page has it so */
    bool several;                 /* two full names end in it: the Clintons */
    uint32_t roles[PERSON_ROLES]; /* all that the page says of them: 0 ends them */
} person;

typedef struct page {
    const hs_record *record;
    const hs_name *names; /* of the claims; those that point back are still to be resolved */
    person *persons;
    size_t n_persons, n_done;
    uint64_t bloom; /* of the persons' last names */
    size_t looks;   /* phrases read for roles: bounded */
} page;

static person *person_of(const page *page, uint32_t last) {
    if (!(page->bloom >> (last >> 26) & 1)) return NULL;
    for (size_t i = 0; i < page->n_persons; i++)
        if (page->persons[i].last == last) return &page->persons[i];
    return NULL;
}

static void add_roles(person *p, const uint32_t roles[HS_NAME_ROLES]) {
    for (size_t k = 0, at; k < HS_NAME_ROLES && roles[k]; k++) {
        for (at = 0; at < PERSON_ROLES && p->roles[at] && p->roles[at] != roles[k];) at++;
        if (at < PERSON_ROLES) p->roles[at] = roles[k];
    }
}

static void add_person(page *page, const hs_name *name) {
    if (name->kind < HS_NAME_SINGLE || name->body) return;
    person *p = person_of(page, name->last);
    if (!p) {
        if (page->n_persons == MOST_PERSONS) return;
        p = &page->persons[page->n_persons++];
        *p = (person){.last = name->last, .name = name};
        page->bloom |= (uint64_t)1 << (name->last >> 26);
    } else if (name->kind > p->name->kind) {
        p->name = name;
    } else if (name->kind == HS_NAME_FULL && hs_names_alike(name, p->name, false) != HS_ALIKE_SAME) {
        p->several = true;
    }
    add_roles(p, name->roles);
}

/* "Maren", on a page that has an Ilsa Maren and no other: she. Her roles are those of both places. */
static void complete(const page *page, hs_name *name) {
    if (name->kind != HS_NAME_SINGLE || name->body) return;
    for (size_t i = 0; i < page->n_persons; i++) {
        const person *p = &page->persons[i];
        if (p->last != name->last || p->several || p->name->kind != HS_NAME_FULL) continue;
        uint32_t roles[HS_NAME_ROLES];
        memcpy(roles, name->roles, sizeof roles);
        *name = *p->name;
        for (int k = 0, at = 0; k < HS_NAME_ROLES && roles[k]; k++) {
            while (at < HS_NAME_ROLES && name->roles[at] && name->roles[at] != roles[k]) at++;
            if (at < HS_NAME_ROLES) name->roles[at] = roles[k];
        }
        return;
    }
}

static bool ends_sentence(hs_str text, size_t at) {
    if (text.p[at] == '\n') return true;
    if (!is_blank(text.p[at]) || at < 3) return false;
    char before = text.p[at - 1];
    if (before == '.')
        return !is_blank(text.p[at - 3]) && !(text.p[at - 2] == 'r' && is_blank(text.p[at - 4 + (at < 4)]));
    return before == '!' || before == '?' || (before == '"' && memchr(".!?,", text.p[at - 2], 4) != NULL);
}

/* The next word of letters in [*at, end); false when there is none. */
static bool next_word(hs_str *word, size_t *at, hs_str text, size_t end) {
    for (; *at < end; ++*at) {
        size_t from = *at;
        while (*at < end && ((unsigned char)text.p[*at] >= 0x80 || (text.p[*at] | 32) >= 'a' || text.p[*at] == '-'))
            ++*at;
        *word = hs_str_slice(text, from, *at);
        if (word->n) return true;
    }
    return false;
}

static bool is_capital(hs_str word) {
    return word.p[0] >= 'A' && word.p[0] <= 'Z';
}

/* "He criticised Maren": he is not Maren. The persons whose names stand in the beginning of a claim's own words. */
typedef struct spoken_of {
    uint32_t last[8];
    size_t n;
} spoken_of;

static void add_spoken(spoken_of *out, const page *page, const hs_span *spans, size_t n) {
    enum { LOOKED_AT = 600 };
    size_t left = LOOKED_AT;
    for (size_t i = 0; i < n && left; i++) {
        size_t size = spans[i].byte_end - spans[i].byte_start;
        size_t at = spans[i].byte_start, end = at + (size < left ? size : left);
        left -= end - at;
        for (hs_str word; next_word(&word, &at, page->record->text, end);) {
            const person *p = is_capital(word) ? person_of(page, hs_term_hash(word)) : NULL;
            if (p && out->n < sizeof out->last / sizeof *out->last) out->last[out->n++] = p->last;
        }
    }
}

static spoken_of spoken_of_claim(const page *page, const hs_claim *claim) {
    spoken_of out = {.n = 0};
    add_spoken(&out, page, claim->cue, claim->n_cue);
    add_spoken(&out, page, claim->content, claim->n_content);
    return out;
}

static bool is_spoken_of(const spoken_of *spoken, uint32_t last) {
    for (size_t i = 0; i < spoken->n; i++)
        if (spoken->last[i] == last) return true;
    return false;
}

/* The source of a person nearest to the end of [start, end). */
static const hs_name *source_in(const page *page, const spoken_of *spoken, size_t start, size_t end) {
    for (size_t i = page->n_done; i-- > 0 && page->n_done - i < LOOK_BACK;) {
        const hs_name *other = &page->names[i];
        size_t place = place_of(&page->record->claims[i]);
        if (place < start || place >= end || other->kind < HS_NAME_SINGLE || other->body) continue;
        if (page->record->claims[i].n_source && !is_spoken_of(spoken, other->last)) return other;
    }
    return NULL;
}

/* Of the page's persons whose names stand in [start, end), the first, a sentence's subject more often than not; or the last. */
static const hs_name *person_in(const page *page, const spoken_of *spoken, size_t start, size_t end, bool last) {
    const hs_name *found = NULL;
    hs_str word;
    while (next_word(&word, &start, page->record->text, end)) {
        const person *p = is_capital(word) ? person_of(page, hs_term_hash(word)) : NULL;
        if (!p || is_spoken_of(spoken, p->last)) continue;
        found = p->name;
        if (!last) break;
    }
    return found;
}

/* "I", "we": whoever's words they stand in. */
static const hs_name *quoted_speaker(const page *page, size_t place) {
    const hs_name *found = NULL;
    for (size_t i = page->n_done; i-- > 0 && page->n_done - i < LOOK_BACK && !found;) {
        const hs_claim *c = &page->record->claims[i];
        for (size_t k = 0; k < c->n_content; k++)
            if (c->content[k].byte_start <= place && place < c->content[k].byte_end) found = &page->names[i];
    }
    return found && found->kind >= HS_NAME_SINGLE ? found : NULL;
}

/* "they", "it": whom or what they mean is harder to tell, and a wrong name is worse than none. */
static bool means_several(const hs_record *record, const hs_claim *claim) {
    static const char *const WORDS[] = {"they",  "their", "them", "it",    "its",
                                        "which", "that",  "both", "these", "those"};
    hs_str word = claim->n_source ? hs_str_slice(record->text, claim->source[0].byte_start, claim->source[0].byte_end)
                                  : (hs_str){0};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (hs_str_eq_nocase(word, hs_str_of(WORDS[i]))) return true;
    return false;
}

static bool is_relative(hs_str word) {
    return hs_str_eq_nocase(word, HS_STR("who")) || hs_str_eq_nocase(word, HS_STR("whose"));
}

/* "he": whom the sentences before name, the nearest first; "who": whose name stands before it. */
static const hs_name *trace_back(const page *page, const hs_claim *claim) {
    hs_str text = page->record->text;
    size_t place = place_of(claim);
    spoken_of spoken = spoken_of_claim(page, claim);
    bool relative =
        claim->n_source && is_relative(hs_str_slice(text, claim->source[0].byte_start, claim->source[0].byte_end));
    for (size_t end = place; end > 0 && place - end < REACH;) {
        size_t start = end;
        while (start > 0 && place - start < REACH && !ends_sentence(text, start - 1)) start--;
        const hs_name *found = relative && end == place ? person_in(page, &spoken, start, end, true) : NULL;
        if (!found) found = source_in(page, &spoken, start, end);
        if (!found) found = person_in(page, &spoken, start, end, false);
        if (found) return found;
        end = start > 0 ? start - 1 : 0;
    }
    return NULL;
}

/* ---- "the Ilsan senator" ---- */

/* Where the capitalised words before a name begin: "Ilsan Sen. Maren". */
static size_t titles_before(hs_str text, size_t at) {
    for (int words = 0; words < 6 && at > 1 && text.p[at - 1] == ' '; words++) {
        size_t end = at - 1 - (text.p[at - 2] == '.'), start = end;
        while (start > 0 && ((text.p[start - 1] | 32) >= 'a' && (text.p[start - 1] | 32) <= 'z')) start--;
        if (start == end || text.p[start] < 'A' || text.p[start] > 'Z' || (end < at - 1 && end - start > 4)) break;
        at = start;
    }
    return at;
}

/* What stands behind a name between commas: "Maren, the Ilsan senator,". */
static hs_str title_behind(hs_str text, size_t at) {
    enum { LONGEST = 80 };
    hs_str rest = hs_str_slice(text, at, text.n - at > LONGEST ? at + LONGEST : text.n);
    if (!hs_str_starts(rest, HS_STR(", the ")) && !hs_str_starts(rest, HS_STR(", a ")) &&
        !hs_str_starts(rest, HS_STR(", an ")))
        return (hs_str){0};
    rest = hs_str_slice(rest, 2, rest.n);
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] == ',' || rest.p[i] == '.' || rest.p[i] == '\n') return hs_str_slice(rest, 0, i);
    return (hs_str){0};
}

/* "President On Maren": a headline's capitals. */
static bool begins_with_stop(const hs_name *name) {
    hs_str shown = hs_str_of(name->shown);
    size_t blank = hs_str_find(shown, HS_STR(" "));
    return hs_word_is_stop(hs_str_slice(shown, 0, blank == HS_NONE ? shown.n : blank));
}

/* "Ilsan Sen. Doran Maren said": persons whom no claim names by their office. */
static void add_titled(page *page, hs_arena *arena) {
    hs_str text = page->record->text, word;
    for (size_t at = 0; page->looks < MOST_LOOKS && next_word(&word, &at, text, text.n);) {
        bool goes_on = at + 1 < text.n && text.p[at] == ' ' && text.p[at + 1] >= 'A' && text.p[at + 1] <= 'Z';
        if (!is_capital(word) || goes_on) continue;
        size_t start = titles_before(text, at - word.n);
        if (at - start < word.n + 4 || at - start > 80) continue;
        hs_name name;
        page->looks++;
        hs_name_read(&name, hs_str_slice(text, start, at), HS_ENTITY_UNKNOWN);
        if (name.kind != HS_NAME_FULL || name.body || !name.titled || begins_with_stop(&name)) continue;
        hs_name *kept = HS_NEW(arena, hs_name, 1);
        *kept = name;
        add_person(page, kept);
    }
}

/* What the whole text says that its persons are. */
static void learn_roles(page *page) {
    hs_str text = page->record->text, word;
    for (size_t at = 0; page->looks < MOST_LOOKS && next_word(&word, &at, text, text.n);) {
        person *p = is_capital(word) ? person_of(page, hs_term_hash(word)) : NULL;
        if (!p) continue;
        size_t start = titles_before(text, at - word.n);
        hs_str behind = title_behind(text, at);
        if (start == at - word.n && !behind.n) continue;
        hs_name name;
        page->looks++;
        hs_name_read(&name, hs_str_slice(text, start, at), HS_ENTITY_UNKNOWN);
        if (name.kind < HS_NAME_SINGLE || name.last != p->last) continue;
        if (hs_names_alike(&name, p->name, false) == HS_ALIKE_DIFFERENT) continue;
        add_roles(p, name.roles);
        memset(name.roles, 0, sizeof name.roles);
        if (behind.n) hs_name_add_roles(&name, behind);
        add_roles(p, name.roles);
    }
}

static bool has_roles(const person *p, const hs_name *description) {
    for (size_t i = 0, k; i < HS_NAME_ROLES && description->roles[i]; i++) {
        for (k = 0; k < PERSON_ROLES && p->roles[k] && p->roles[k] != description->roles[i];) k++;
        if (k == PERSON_ROLES || !p->roles[k]) return false;
    }
    return true;
}

/* "the president" is whom everybody knows, named on the page or not. */
static bool known_to_all(const hs_name *description) {
    static const char *const OFFICES[] = {"president", "pope", "king", "queen"};
    for (size_t i = 0; i < sizeof OFFICES / sizeof *OFFICES; i++)
        if (description->roles[0] == hs_term_hash(hs_str_of(OFFICES[i]))) return true;
    return false;
}

/* "the Ilsan senator": of the persons that are all that, the one named last before it; where the page says so of none, it is another word
 * for whom it just spoke of. */
static const hs_name *described(const page *page, const hs_name *description, const hs_claim *claim) {
    hs_str text = page->record->text, word;
    size_t place = place_of(claim);
    const person *fits = NULL, *nearest = NULL;
    for (size_t i = 0; i < page->n_persons; i++)
        if (!page->persons[i].several && has_roles(&page->persons[i], description)) fits = &page->persons[i];
    if (!fits) return known_to_all(description) ? NULL : trace_back(page, claim);
    for (size_t at = place > REACH ? place - REACH : 0; next_word(&word, &at, text, place);) {
        const person *p = is_capital(word) ? person_of(page, hs_term_hash(word)) : NULL;
        if (p && !p->several && has_roles(p, description)) nearest = p;
    }
    return nearest ? nearest->name : fits->name;
}

static bool first_person(const hs_record *record, const hs_claim *claim) {
    hs_str word = claim->n_source ? hs_str_slice(record->text, claim->source[0].byte_start, claim->source[0].byte_end)
                                  : (hs_str){0};
    return hs_str_eq(word, HS_STR("I")) || hs_str_eq_nocase(word, HS_STR("we")) || hs_str_eq_nocase(word, HS_STR("my"));
}

hs_name *hs_speaker_names(hs_arena *arena, const hs_record *record) {
    hs_name *names = HS_NEW(arena, hs_name, record->n_claims + 1);
    hs_name *read = HS_NEW(arena, hs_name, record->n_claims + 1);
    page page = {.record = record, .names = names, .persons = HS_NEW(arena, person, MOST_PERSONS)};
    for (size_t i = 0; i < record->n_claims; i++) {
        read[i] = name_of(record, &record->claims[i]);
        add_person(&page, &read[i]);
    }
    add_titled(&page, arena);
    learn_roles(&page);
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        const hs_name *found = NULL;
        page.n_done = i;
        if (read[i].pronoun && first_person(record, claim)) found = quoted_speaker(&page, place_of(claim));
        if (read[i].pronoun && !found && !means_several(record, claim)) found = trace_back(&page, claim);
        if (read[i].office && claim->n_source) found = described(&page, &read[i], claim);
        names[i] = found ? *found : read[i];
        complete(&page, &names[i]);
    }
    return names;
}
