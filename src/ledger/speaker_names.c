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

static bool shares_role(const hs_name *a, const hs_name *b) {
    for (size_t i = 0; i < HS_NAME_ROLES && a->roles[i]; i++)
        for (size_t j = 0; j < HS_NAME_ROLES && b->roles[j]; j++)
            if (a->roles[i] == b->roles[j]) return true;
    return false;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/* The persons that a page's claims name. */
typedef struct person {
    uint32_t last;
    const hs_name *name; /* in full, where the page has it so */
    bool several;        /* two full names end in it: the Clintons */
} person;

typedef struct page {
    const hs_record *record;
    const hs_name *names; /* of the claims; those that point back are still to be resolved */
    person *persons;
    size_t n_persons, n_done;
} page;

enum { MOST_PERSONS = 200, LOOK_BACK = 60 };

static void add_person(page *page, const hs_name *name) {
    if (name->kind < HS_NAME_SINGLE || name->body || page->n_persons == MOST_PERSONS) return;
    for (size_t i = 0; i < page->n_persons; i++) {
        if (page->persons[i].last != name->last) continue;
        const hs_name *had = page->persons[i].name;
        if (name->kind > had->kind) page->persons[i].name = name;
        else if (name->kind == HS_NAME_FULL && hs_names_alike(name, had, false) != HS_ALIKE_SAME)
            page->persons[i].several = true;
        return;
    }
    page->persons[page->n_persons++] = (person){name->last, name, false};
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

/* The source nearest to the end of [start, end) that fits: a person for a pronoun, a shared role for "the minister". */
static const hs_name *source_in(const page *page, const hs_name *name, size_t start, size_t end) {
    for (size_t i = page->n_done; i-- > 0 && page->n_done - i < LOOK_BACK;) {
        const hs_name *other = &page->names[i];
        size_t place = place_of(&page->record->claims[i]);
        if (place < start || place >= end || other->kind < HS_NAME_SINGLE || !page->record->claims[i].n_source)
            continue;
        if (name->pronoun ? !other->body : shares_role(name, other)) return other;
    }
    return NULL;
}

/* The first of the page's persons whose name stands in [start, end): a sentence's subject more often than not. */
static const hs_name *person_in(const page *page, size_t start, size_t end) {
    hs_str text = page->record->text;
    for (size_t at = start; at < end;) {
        size_t from = at;
        while (at < end && ((unsigned char)text.p[at] >= 0x80 || (text.p[at] | 32) >= 'a' || text.p[at] == '-')) at++;
        if (at > from && text.p[from] >= 'A' && text.p[from] <= 'Z') {
            uint32_t hash = hs_term_hash(hs_str_slice(text, from, at));
            for (size_t i = 0; i < page->n_persons; i++)
                if (page->persons[i].last == hash) return page->persons[i].name;
        }
        at += at == from;
    }
    return NULL;
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

/* "he", "the minister": whom the sentences before name, the nearest first. */
static const hs_name *trace_back(const page *page, const hs_name *name, size_t place) {
    hs_str text = page->record->text;
    for (size_t end = place; end > 0 && place - end < REACH;) {
        size_t start = end;
        while (start > 0 && place - start < REACH && !ends_sentence(text, start - 1)) start--;
        const hs_name *found = source_in(page, name, start, end);
        if (!found && name->pronoun) found = person_in(page, start, end);
        if (found) return found;
        end = start > 0 ? start - 1 : 0;
    }
    return NULL;
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
    for (size_t i = 0; i < record->n_claims; i++) {
        const hs_claim *claim = &record->claims[i];
        const hs_name *found = NULL;
        bool pointing = read[i].kind == HS_NAME_DESCRIPTION && read[i].roles[0] && claim->n_source;
        page.n_done = i;
        if (read[i].pronoun && first_person(record, claim)) found = quoted_speaker(&page, place_of(claim));
        if ((read[i].pronoun || pointing) && !found) found = trace_back(&page, &read[i], place_of(claim));
        names[i] = found ? *found : read[i];
        complete(&page, &names[i]);
    }
    return names;
}
