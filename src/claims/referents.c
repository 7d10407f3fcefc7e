/* Names → referents: see referents.h. Each distinct form of a name is looked at once, longest first; forms meet in an index of their words,
 * of which no list is walked further than MOST_WALKED, so that a page of a million names stays linear. */
#include "claims/referents.h"

#include <stdlib.h>

#include "claims/names.h"

enum { MOST_WALKED = 32, MOST_WORDS = 24, NONE = -1 };

/* All mentions with the same words and the same "Mr" or "Mrs" before them. */
typedef struct form {
    hs_str key;
    uint32_t mention;                        /* the first one */
    uint32_t count, placed, referent, order; /* placed: of the mentions those behind "in" */
    uint8_t words, type, gender;
    bool titled, acronym;
} form;

typedef struct node {
    uint64_t hash; /* of a word, of initials, or of a government's number */
    uint32_t referent;
    int32_t next;
} node;

typedef struct names {
    hs_arena *arena;
    const hs_prose *p;
    hs_mentions *mentions;
    hs_referents referents;
    HS_VEC(form) forms;
    uint32_t *form_slots;
    size_t n_form_slots;
    HS_VEC(node) nodes;
    int32_t *heads; /* of chains of nodes */
    size_t n_heads;
    uint32_t *form_of; /* of each mention */
    uint32_t *full;    /* of each referent: the form that names it */
    size_t n_full;
} names;

static uint64_t hash_of(hs_str s, uint64_t seed) {
    uint64_t h = 0xCBF29CE484222325U ^ seed;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3U;
    return h ^ h >> 29;
}

/* The next word of a key, from *at on; absent at its end. */
static hs_str next_word(hs_str key, size_t *at) {
    size_t from = *at;
    while (from < key.n && key.p[from] == ' ') from++;
    size_t end = from;
    while (end < key.n && key.p[end] != ' ') end++;
    *at = end;
    return hs_str_slice(key, from, end);
}

static size_t words_of(hs_str key, hs_str out[MOST_WORDS]) {
    size_t n = 0, at = 0;
    for (hs_str w; n < MOST_WORDS && (w = next_word(key, &at)).n;) out[n++] = w;
    return n;
}

/* Whether `part` is a run of whole words of `whole`. */
static bool is_run_of(hs_str part, hs_str whole) {
    size_t at = hs_str_find(whole, part);
    while (at != HS_NONE) {
        size_t end = at + part.n;
        if ((at == 0 || whole.p[at - 1] == ' ') && (end == whole.n || whole.p[end] == ' ')) return true;
        size_t more = hs_str_find(hs_str_slice(whole, at + 1, whole.n), part);
        at = more == HS_NONE ? HS_NONE : at + 1 + more;
    }
    return false;
}

/* ---- forms ---- */

static uint32_t *form_slot(const names *n, hs_str key, uint8_t gender) {
    size_t at = hash_of(key, gender) & (n->n_form_slots - 1);
    for (;; at = (at + 1) & (n->n_form_slots - 1)) {
        uint32_t *slot = &n->form_slots[at];
        if (!*slot) return slot;
        const form *f = &n->forms.v[*slot - 1];
        if (f->gender == gender && hs_str_eq(f->key, key)) return slot;
    }
}

static void grow_forms(names *n) {
    n->n_form_slots = n->n_form_slots ? n->n_form_slots * 2 : 64;
    n->form_slots = HS_NEW(n->arena, uint32_t, n->n_form_slots);
    for (size_t i = 0; i < n->forms.n; i++) *form_slot(n, n->forms.v[i].key, n->forms.v[i].gender) = (uint32_t)i + 1;
}

static hs_str key_of(const names *n, const hs_mention *m) {
    hs_str key = hs_prose_key(n->arena, n->p, m->name, m->name_end);
    while (key.n && key.p[key.n - 1] == '.') key.n--;
    return key;
}

static bool is_acronym(hs_str text) {
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] < 'A' || text.p[i] > 'Z') && text.p[i] != '.') return false;
    return text.n > 1 && text.n <= 8;
}

/* "Mr" and "Mrs" part a couple's surnames. */
static uint8_t courtesy(const names *n, const hs_mention *m) {
    if (m->kind != HS_MENTION_NAME || m->role >= m->role_end) return 0;
    hs_str norm = hs_prose_norm(n->p, m->role);
    return hs_who_has(HS_WHO_SHORT, norm) || m->role_end == m->role + 1 ? m->gender : 0;
}

static void add_form(names *n, size_t mention) {
    const hs_mention *m = &n->mentions->v[mention];
    if (2 * (n->forms.n + 1) > n->n_form_slots) grow_forms(n);
    hs_str key = key_of(n, m), words[MOST_WORDS];
    size_t count = words_of(key, words);
    uint8_t gender = count == 1 ? courtesy(n, m) : 0;
    uint32_t *slot = form_slot(n, key, gender);
    if (!*slot) {
        form f = {.key = key,
                  .mention = (uint32_t)mention,
                  .referent = HS_NO_ENTITY,
                  .order = (uint32_t)n->forms.n,
                  .words = (uint8_t)count,
                  .gender = gender};
        f.acronym = count == 1 && is_acronym(hs_prose_slice(n->p, m->name, m->name_end));
        HS_PUSH(n->arena, n->forms, f);
        *slot = (uint32_t)n->forms.n;
    }
    form *f = &n->forms.v[*slot - 1];
    f->count++;
    f->placed += m->placed;
    f->titled |= m->titled;
    if (m->titled || !f->type) f->type = m->type;
    n->form_of[mention] = *slot - 1;
}

/* ---- the index ---- */

static void index_add(names *n, uint64_t hash, uint32_t referent) {
    int32_t *head = &n->heads[hash & (n->n_heads - 1)];
    HS_PUSH(n->arena, n->nodes, (node){hash, referent, *head});
    *head = (int32_t)n->nodes.n - 1;
}

enum { SEED_WORD, SEED_INITIALS = 77, SEED_GOVERNMENT = 177 };

/* "World Health Organisation" → "who": small words do not count. */
static hs_str initials_of(const names *n, hs_str words[], size_t count) {
    hs_buf out = {0};
    for (size_t i = 0; i < count; i++)
        if (!hs_who_has(HS_WHO_SMALL, words[i])) hs_buf_byte(n->arena, &out, words[i].p[0]);
    return hs_buf_str(&out);
}

static uint64_t government_hash(int number) {
    return hash_of((hs_str){(const char *)&number, sizeof number}, SEED_GOVERNMENT);
}

static void index_form(names *n, const form *f) {
    hs_str words[MOST_WORDS];
    size_t count = words_of(f->key, words);
    for (size_t i = 0; i < count; i++)
        if (!hs_who_has(HS_WHO_SMALL, words[i])) index_add(n, hash_of(words[i], SEED_WORD), f->referent);
    if (count > 1 && f->type != HS_ENTITY_PERSON)
        index_add(n, hash_of(initials_of(n, words, count), SEED_INITIALS), f->referent);
    int place = hs_who_value(HS_WHO_PLACES, f->key);
    if (place > 0) index_add(n, government_hash(place), f->referent);
}

/* ---- which referent a form names ---- */

static bool same_given(hs_str a, hs_str b) {
    if (hs_str_eq(a, b)) return true;
    if (a.n <= 2 || b.n <= 2) return a.p[0] == b.p[0] && (a.n == 1 || a.p[1] == '.' || b.n == 1 || b.p[1] == '.');
    return false;
}

static bool same_gender(const names *n, const form *f, uint32_t referent) {
    uint8_t gender = n->referents.v[referent].gender;
    return !f->gender || !gender || f->gender == gender;
}

static bool may_be_person(const names *n, uint32_t referent) {
    uint8_t type = n->referents.v[referent].type;
    return type == HS_ENTITY_PERSON || type == HS_ENTITY_UNKNOWN;
}

/* "Inc", "Group", "News": often left out behind a name; not so "Wire" or "Post", where the rest is often a place. */
static bool goes_unsaid(hs_str word) {
    return hs_who_value(HS_WHO_ORGANISATIONS, word) == HS_ENTITY_ORGANIZATION || hs_str_eq(word, HS_STR("news"));
}

/* How well the form fits the referent's full name: 0 not at all; the more the surer. */
static int fit(const names *n, const form *f, uint32_t referent) {
    hs_str full[MOST_WORDS], part[MOST_WORDS];
    const form *whole = &n->forms.v[n->full[referent]];
    size_t n_full = words_of(whole->key, full), n_part = words_of(f->key, part);
    if (!n_full || !n_part || n_full < n_part) return 0;
    bool person = may_be_person(n, referent);
    if (person && n_full > 1 && hs_str_eq(full[n_full - 1], part[n_part - 1])) {
        if (n_part == 1) return same_gender(n, f, referent) && f->type != HS_ENTITY_GOVERNMENT ? 4 : 0;
        if (f->type == HS_ENTITY_PERSON || f->type == HS_ENTITY_UNKNOWN)
            return same_given(full[0], part[0]) ? 5 : is_run_of(f->key, whole->key) ? 4 : 0;
    }
    if (f->titled) return 0;
    if (person && n_part == 1 && n_full > 1 && hs_str_eq(full[0], part[0]))
        return f->type == HS_ENTITY_GOVERNMENT ? 0 : 3;
    if (person || !is_run_of(f->key, whole->key) || n_part == n_full) return 0;
    if (f->type == HS_ENTITY_GOVERNMENT && hs_who_has(HS_WHO_PLACES, f->key)) return 0;
    if (hs_who_has(HS_WHO_DEMONYMS, f->key)) return 0;
    if (n_part > 1) return 3;
    bool rest_is_body = true;
    for (size_t i = 1; i < n_full; i++) rest_is_body &= goes_unsaid(full[i]);
    if (hs_str_eq(full[0], part[0])) return rest_is_body || hs_str_eq(full[1], HS_STR("of")) ? 3 : 0;
    if (hs_str_eq(full[n_full - 1], part[0])) return hs_who_has(HS_WHO_ORGANISATIONS, part[0]) ? 2 : 1;
    return 0;
}

typedef struct best {
    int score;
    uint32_t referent;
    uint32_t count, next_count; /* of the names that fit best */
} best;

static void consider(const names *n, best *b, int score, uint32_t referent) {
    if (score <= 0 || score < b->score || (score == b->score && referent == b->referent)) return;
    uint32_t count = n->referents.v[referent].count;
    if (score > b->score) {
        *b = (best){score, referent, count, 0};
    } else if (count > b->count) {
        b->next_count = b->count;
        b->count = count;
        b->referent = referent;
    } else if (count > b->next_count) {
        b->next_count = count;
    }
}

static void walk(const names *n, best *b, const form *f, uint64_t hash, int score) {
    int walked = 0;
    for (int32_t at = n->heads[hash & (n->n_heads - 1)]; at != NONE && walked < MOST_WALKED;
         at = n->nodes.v[at].next, walked++)
        if (n->nodes.v[at].hash == hash)
            consider(n, b, score ? score : fit(n, f, n->nodes.v[at].referent), n->nodes.v[at].referent);
}

static uint32_t referent_for(const names *n, const form *f) {
    hs_str words[MOST_WORDS];
    size_t count = words_of(f->key, words);
    best b = {.referent = HS_NO_ENTITY};
    int place = hs_who_value(HS_WHO_PLACES, f->key);
    if (place > 0) walk(n, &b, f, government_hash(place), 6);
    if (!b.score && f->acronym) walk(n, &b, f, hash_of(f->key, SEED_INITIALS), 6);
    if (!b.score && count) {
        walk(n, &b, f, hash_of(words[count - 1], SEED_WORD), 0);
        if (count > 1 || !b.score) walk(n, &b, f, hash_of(words[0], SEED_WORD), 0);
    }
    if (b.next_count && b.count <= 2 * b.next_count) return HS_NO_ENTITY;
    return b.referent;
}

/* ---- acronyms in brackets ---- */

/* Form of the name right before "(ACRONYM)", or HS_NO_ENTITY. */
static uint32_t form_before_bracket(const names *n, size_t mention) {
    if (!mention) return HS_NO_ENTITY;
    const hs_mention *m = &n->mentions->v[mention];
    if (m->first == 0 || !hs_prose_is(n->p, m->first - 1, '(') || !hs_prose_is(n->p, m->end, ')')) return HS_NO_ENTITY;
    for (size_t i = mention; i-- > 0 && i + 8 > mention;) {
        const hs_mention *before = &n->mentions->v[i];
        if (before->kind == HS_MENTION_NAME && before->end + 1 == m->first) return n->form_of[i];
    }
    return HS_NO_ENTITY;
}

/* ---- all together ---- */

static int by_length(const void *a, const void *b) {
    const form *x = a, *y = b;
    if (x->words != y->words) return x->words > y->words ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void place_form(names *n, form *f, uint32_t known) {
    uint32_t referent = known != HS_NO_ENTITY ? known : referent_for(n, f);
    const hs_mention *m = &n->mentions->v[f->mention];
    if (referent == HS_NO_ENTITY) {
        referent = (uint32_t)n->referents.n;
        hs_referent r = {.name = f->mention,
                         .first = HS_NO_ENTITY,
                         .last = HS_NO_ENTITY,
                         .role = HS_NO_ENTITY,
                         .type = f->type,
                         .gender = f->gender ? f->gender : m->gender,
                         .named = true};
        HS_PUSH(n->arena, n->referents, r);
        n->full[referent] = (uint32_t)(f - n->forms.v);
        f->referent = referent;
        index_form(n, f);
    }
    f->referent = referent;
    hs_referent *r = &n->referents.v[referent];
    r->count += f->count;
    r->placed |= f->placed > 0;
    if (f->titled) r->type = HS_ENTITY_PERSON;
    if (!r->type) r->type = f->type;
    if (!r->gender) r->gender = f->gender ? f->gender : m->gender;
}

/* A name that mostly stands behind "in" is a place's: "confidence in X" does not make one of a name that comes up elsewhere too. */
static void type_places(names *n) {
    for (size_t i = 0; i < n->forms.n; i++) {
        form *f = &n->forms.v[i];
        if (!f->type && 2 * f->placed > f->count) f->type = HS_ENTITY_GOVERNMENT;
    }
}

static void place_forms(names *n) {
    size_t count = n->forms.n;
    type_places(n);
    n->full = HS_NEW(n->arena, uint32_t, count);
    n->n_heads = 64;
    while (n->n_heads < 4 * count) n->n_heads *= 2;
    n->heads = HS_NEW(n->arena, int32_t, n->n_heads);
    for (size_t i = 0; i < n->n_heads; i++) n->heads[i] = NONE;
    uint32_t *bracket = HS_NEW(n->arena, uint32_t, count), *where = HS_NEW(n->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++) bracket[i] = HS_NO_ENTITY;
    for (size_t i = 0; i < n->mentions->n; i++) {
        const hs_mention *m = &n->mentions->v[i];
        if (m->kind == HS_MENTION_NAME && n->forms.v[n->form_of[i]].acronym && bracket[n->form_of[i]] == HS_NO_ENTITY)
            bracket[n->form_of[i]] = form_before_bracket(n, i);
    }
    form *forms = n->forms.v;
    if (count) qsort(forms, count, sizeof *forms, by_length);
    for (size_t i = 0; i < count; i++) where[forms[i].order] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        uint32_t before = bracket[forms[i].order];
        place_form(n, &forms[i], before == HS_NO_ENTITY ? HS_NO_ENTITY : forms[where[before]].referent);
    }
    for (size_t i = 0; i < n->mentions->n; i++)
        if (n->mentions->v[i].kind == HS_MENTION_NAME) n->mentions->v[i].entity = forms[where[n->form_of[i]]].referent;
}

void hs_referent_add_head(hs_referent *referent, hs_str head) {
    for (size_t i = 0; i < referent->n_heads; i++)
        if (hs_str_eq(referent->heads[i], head)) return;
    if (head.n && referent->n_heads < HS_MOST_HEADS) referent->heads[referent->n_heads++] = head;
}

/* ---- names in a title in capitals ---- */

static uint32_t form_of_key(const names *n, hs_str key) {
    for (int gender = HS_GENDER_UNKNOWN; gender <= HS_GENDER_FEMALE; gender++) {
        uint32_t slot = *form_slot(n, key, (uint8_t)gender);
        if (slot) return slot - 1;
    }
    return HS_NO_ENTITY;
}

enum { TAIL_BITS = 1 << 14 };

/* The last words of persons' names, a bit for each by hash: a title may have a surname that the text below has in full alone. */
static uint64_t *tails_of(const names *n) {
    uint64_t *tails = HS_NEW(n->arena, uint64_t, TAIL_BITS / 64);
    hs_str words[MOST_WORDS];
    for (size_t i = 0; i < n->forms.n; i++) {
        const form *f = &n->forms.v[i];
        if (f->words < 2 || (f->type != HS_ENTITY_PERSON && f->type != HS_ENTITY_UNKNOWN)) continue;
        size_t bit = hash_of(words[words_of(f->key, words) - 1], SEED_WORD) % TAIL_BITS;
        tails[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return tails;
}

/* The type of the name that [first, end) of the title is, or -1 where it is none. */
static int known_name(const names *n, const uint64_t *tails, size_t first, size_t end) {
    if (!hs_name_may_begin(n->p, first) || !hs_prose_capital(n->p, end - 1)) return -1;
    uint32_t known = form_of_key(n, hs_prose_key(n->arena, n->p, first, end));
    if (known != HS_NO_ENTITY) return n->mentions->v[n->forms.v[known].mention].type;
    hs_str norm = hs_prose_norm(n->p, first);
    if (end != first + 1 || hs_noun_of(norm).type || hs_who_has(HS_WHO_ORGANISATIONS, norm)) return -1;
    size_t bit = hash_of(norm, SEED_WORD) % TAIL_BITS;
    return tails[bit / 64] >> bit % 64 & 1 ? HS_ENTITY_UNKNOWN : -1;
}

static void find_in_title(names *n) {
    const hs_prose *p = n->p;
    const uint64_t *tails = tails_of(n);
    for (size_t i = 0, end; i < p->title_end; i = end) {
        end = i + 1;
        for (size_t last = i + 6 < p->title_end ? i + 6 : p->title_end; last > i; last--) {
            int type = known_name(n, tails, i, last);
            if (type < 0) continue;
            hs_mention m = {.first = (uint32_t)i,
                            .end = (uint32_t)last,
                            .name = (uint32_t)i,
                            .name_end = (uint32_t)last,
                            .entity = HS_NO_ENTITY,
                            .kind = HS_MENTION_NAME,
                            .possessive = hs_prose_possessive_at(p, last),
                            .type = (uint8_t)type};
            HS_PUSH(n->arena, *n->mentions, m);
            end = last;
            break;
        }
    }
}

static int by_place(const void *a, const void *b) {
    const hs_mention *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static bool has_title_names(const hs_prose *p, const hs_mentions *mentions) {
    for (size_t i = 0; i < mentions->n && mentions->v[i].first < p->title_end; i++)
        if (mentions->v[i].kind == HS_MENTION_NAME) return true;
    return false;
}

static void add_forms(names *n) {
    n->form_of = HS_NEW(n->arena, uint32_t, n->mentions->n);
    for (size_t i = 0; i < n->mentions->n; i++)
        if (n->mentions->v[i].kind == HS_MENTION_NAME) add_form(n, i);
}

/* "the foundation" may be any body whose name has the word. */
static void add_body_heads(const hs_prose *prose, hs_referent *r, const hs_mention *m) {
    for (size_t i = m->name; i < m->name_end; i++) {
        hs_noun noun = hs_noun_of(hs_prose_norm(prose, i));
        if (noun.type && noun.type != HS_ENTITY_PERSON) hs_referent_add_head(r, noun.singular);
    }
}

/* "the militia group X" is a militia as well. */
static void add_noun_in_front(const hs_prose *prose, hs_referent *r, const hs_mention *m) {
    if (!m->role_head || hs_prose_gap(prose, m->role_head - 1) != HS_GAP_BLANK) return;
    hs_noun noun = hs_noun_of(hs_prose_norm(prose, m->role_head - 1));
    if (noun.type && noun.type != HS_ENTITY_PERSON && !noun.plural) hs_referent_add_head(r, noun.singular);
}

void hs_names_in_title(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions) {
    names n = {.arena = arena, .p = prose, .mentions = mentions};
    if (has_title_names(prose, mentions)) return;
    add_forms(&n);
    if (!n.forms.n) return;
    find_in_title(&n);
    qsort(mentions->v, mentions->n, sizeof *mentions->v, by_place);
}

hs_referents hs_referents_of_names(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions) {
    names n = {.arena = arena, .p = prose, .mentions = mentions};
    add_forms(&n);
    place_forms(&n);
    for (size_t i = 0; i < n.referents.n; i++) n.referents.v[i].count = 0;
    for (size_t i = 0; i < mentions->n; i++) {
        const hs_mention *m = &mentions->v[i];
        if (m->kind != HS_MENTION_NAME) continue;
        hs_referent *r = &n.referents.v[m->entity];
        if (r->type != HS_ENTITY_PERSON) add_body_heads(prose, r, m);
        if (m->role >= m->role_end) continue;
        if (r->role == HS_NO_ENTITY || n.mentions->v[r->role].body >= n.mentions->v[r->role].body_end)
            r->role = (uint32_t)i;
        hs_referent_add_head(r, hs_noun_of(hs_prose_norm(prose, m->role_head)).singular);
        if (r->type != HS_ENTITY_PERSON) add_noun_in_front(prose, r, m);
    }
    return n.referents;
}
