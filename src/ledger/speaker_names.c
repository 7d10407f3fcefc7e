/* Who speaks: see sketch.h. Whom "he" and "the minister" mean is the business of whoever makes a record: its entities say so. */
#include "ledger/sketch.h"

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

/* The persons that a page's claims name. */
typedef struct person {
    uint32_t last;
    const hs_name *name; /* in full, where the page has it so */
    bool several;        /* two full names end in it: the Clintons */
} person;

typedef struct page {
    person *persons;
    size_t n_persons;
} page;

enum { MOST_PERSONS = 200 };

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

hs_name *hs_speaker_names(hs_arena *arena, const hs_record *record) {
    hs_name *names = HS_NEW(arena, hs_name, record->n_claims + 1), *read = HS_NEW(arena, hs_name, record->n_claims + 1);
    page page = {.persons = HS_NEW(arena, person, MOST_PERSONS)};
    for (size_t i = 0; i < record->n_claims; i++) {
        read[i] = name_of(record, &record->claims[i]);
        add_person(&page, &read[i]);
    }
    for (size_t i = 0; i < record->n_claims; i++) {
        names[i] = read[i];
        complete(&page, &names[i]);
    }
    return names;
}
