/* Roles of persons from the words beside their names: see appositions.h. */
#include "claims/appositions.h"

#include "claims/names.h"

enum {
    LONGEST_APPOSITION = 14, /* words */
    LONGEST_ROLE = 6,
};

typedef struct reading {
    const hs_prose *p;
    hs_mentions *mentions;
    uint32_t *name_at; /* of each word: the name that it belongs to, plus one */
} reading;

static bool has(const reading *r, hs_who_list list, size_t word) {
    return hs_who_has(list, hs_prose_norm(r->p, word));
}

static bool is(const reading *r, size_t word, const char *text) {
    return hs_str_eq(hs_prose_norm(r->p, word), hs_str_of(text));
}

static bool is_person_noun(const reading *r, size_t word) {
    hs_noun noun = hs_noun_of(hs_prose_norm(r->p, word));
    return noun.type == HS_ENTITY_PERSON && !noun.plural;
}

static bool is_body_noun(const reading *r, size_t word) {
    hs_noun noun = hs_noun_of(hs_prose_norm(r->p, word));
    return !noun.plural &&
           (noun.type == HS_ENTITY_ORGANIZATION || noun.type == HS_ENTITY_GOVERNMENT || noun.type == HS_ENTITY_MEDIA);
}

static bool same_sentence(const reading *r, size_t a, size_t b) {
    return a < r->p->words.n && b < r->p->words.n && r->p->sentence[a] == r->p->sentence[b];
}

static bool is_plain(const reading *r, size_t word) {
    return r->p->words.v[word].shape != 0 && !has(r, HS_WHO_SMALL, word);
}

/* "State Department spokeswoman": a role's words in capitals that name a body are whom it is held for. */
static void split_body(const reading *r, hs_mention *m) {
    if (m->body < m->body_end) return;
    size_t end = hs_name_place(r->p, m->role, m->role_head);
    for (size_t i = m->role; i < m->role_head && hs_prose_capital(r->p, i); i++)
        if (has(r, HS_WHO_ORGANISATIONS, i)) end = i + 1;
    if (end <= m->role || hs_prose_gap(r->p, end - 1) != HS_GAP_BLANK) return;
    m->body = m->role;
    m->body_end = m->role = (uint32_t)end;
}

/* The role whose noun is `head`, back to `least` or to where its sentence begins: its words, and the name before it as the body. */
static void set_role(const reading *r, hs_mention *m, size_t head, size_t least) {
    size_t first = head;
    while (!same_sentence(r, least, head)) least++;
    while (first > least && head - first < LONGEST_ROLE && !r->name_at[first - 1] &&
           (is_plain(r, first - 1) ||
            (hs_prose_is(r->p, first - 1, '-') && first - 1 > least && is_plain(r, first - 2))) &&
           !hs_str_eq(hs_prose_norm(r->p, first - 1), HS_STR("s")))
        first--;
    m->role = (uint32_t)first;
    m->role_end = (uint32_t)head + 1;
    m->role_head = (uint32_t)head;
    m->titled = true;
    m->type = HS_ENTITY_PERSON;
    hs_gender gender = hs_noun_of(hs_prose_norm(r->p, head)).gender;
    if (gender) m->gender = (uint8_t)gender;
    size_t before = first;
    if (before >= least + 2 && hs_prose_possessive_at(r->p, before - 2)) before -= 2;
    else if (before > least && hs_prose_possessive_at(r->p, before - 1)) before--;
    if (before > least && r->name_at[before - 1]) {
        const hs_mention *body = &r->mentions->v[r->name_at[before - 1] - 1];
        m->body = body->first;
        m->body_end = body->end;
    } else if (before < first) { /* "the union's secretary" */
        size_t start = before;
        while (start > least && is_plain(r, start - 1)) start--;
        if (start > least && is(r, start - 1, "the")) start--;
        m->body = (uint32_t)start;
        m->body_end = (uint32_t)before;
    }
    split_body(r, m);
}

/* "of the Badr Organization" behind a role's noun. */
static void set_body_after(const reading *r, hs_mention *m, size_t at) {
    if (m->body < m->body_end) return;
    if (!is(r, at, "of") && !is(r, at, "for") && !is(r, at, "at") && !is(r, at, "with") && !is(r, at, "from") &&
        !is(r, at, "in") && !is(r, at, "to"))
        return;
    size_t name = is(r, at + 1, "the") ? at + 2 : at + 1;
    for (size_t i = name; i < name + 4 && same_sentence(r, at, i); i++) {
        if (!r->name_at[i]) {
            if (!is_plain(r, i)) return;
            continue;
        }
        m->body = (uint32_t)name;
        m->body_end = r->mentions->v[r->name_at[i] - 1].end;
        return;
    }
}

/* "X campaign" before "Chairman Y". */
static void read_body_before(const reading *r, hs_mention *m) {
    size_t noun = m->first;
    if (noun-- < 2 || !same_sentence(r, noun - 1, m->first) || hs_prose_gap(r->p, noun) != HS_GAP_BLANK) return;
    if (r->name_at[noun] || !is_body_noun(r, noun) || !r->name_at[noun - 1]) return;
    m->body = r->mentions->v[r->name_at[noun - 1] - 1].first;
    m->body_end = (uint32_t)noun + 1;
}

/* The titles in front of a name: what stands before the first title or rank is whom they are held for. */
static void split_titles(const reading *r, hs_mention *m) {
    size_t first = m->role;
    while (first < m->role_end && !has(r, HS_WHO_TITLES, first) && !has(r, HS_WHO_RANKS, first)) first++;
    size_t head = m->role_end;
    for (size_t i = m->role; i < m->role_end; i++)
        if (has(r, HS_WHO_TITLES, i)) {
            head = i;
            if (is(r, i + 1, "of") || is(r, i + 1, "for") || is(r, i + 1, "to")) break;
        }
    if (head == m->role_end) { /* "U.S. Smith": no role */
        m->body = m->role;
        m->body_end = m->role_end;
        m->role = m->role_end = 0;
        return;
    }
    m->role_head = (uint32_t)head;
    if (first > m->role && first < m->role_end) {
        m->body = m->role;
        m->body_end = (uint32_t)first;
        m->role = (uint32_t)first;
    } else if (m->first == m->role) {
        read_body_before(r, m);
    }
}

/* "campaign manager X". */
static void read_noun_before(const reading *r, hs_mention *m) {
    if (m->role < m->role_end || !m->first) return;
    size_t head = m->first - 1;
    if (hs_prose_gap(r->p, head) != HS_GAP_BLANK || !same_sentence(r, head, m->first) || r->name_at[head]) return;
    size_t least = head > 8 ? head - 8 : 0;
    if (is_person_noun(r, head)) {
        set_role(r, m, head, least);
    } else if (head >= 2 && same_sentence(r, head - 2, head) && is(r, head - 1, "of") && is_plain(r, head) &&
               is_person_noun(r, head - 2)) {
        set_role(r, m, head - 2, least); /* "secretary of state X" */
        m->role_end = (uint32_t)head + 1;
    }
}

/* "the ministry's spokeswoman, X," and "the president of the region, X,". */
static void read_before_comma(const reading *r, hs_mention *m) {
    if (m->role < m->role_end || m->first < 3 || !hs_prose_is(r->p, m->first - 1, ',')) return;
    if (!same_sentence(r, m->first - 2, m->first)) return;
    size_t least = m->first > LONGEST_APPOSITION ? m->first - LONGEST_APPOSITION : 0;
    for (size_t i = m->first - 1; i-- > least && same_sentence(r, i, m->first);) {
        if (hs_prose_is(r->p, i, ',') || r->p->words.v[i].quote == HS_QUOTE_CLOSE) return;
        if (r->name_at[i] || !is_person_noun(r, i)) continue;
        bool ends = i + 2 == m->first, of = is(r, i + 1, "of") || is(r, i + 1, "for") || is(r, i + 1, "at");
        if (!ends && !of) return;
        set_role(r, m, i, least);
        set_body_after(r, m, i + 1);
        return;
    }
}

/* Past "34," or ", 34,": an age makes a person. */
static size_t past_age(const reading *r, hs_mention *m, size_t at) {
    hs_str age = hs_prose_norm(r->p, at);
    bool digits = (age.n == 1 || age.n == 2) && age.p[0] >= '1' && age.p[0] <= '9' &&
                  (age.n == 1 || (age.p[1] >= '0' && age.p[1] <= '9'));
    if (!digits) return at;
    if (!hs_prose_is(r->p, at + 1, ',') && !hs_prose_is(r->p, at + 1, '.') && !hs_prose_is(r->p, at + 1, ')'))
        return at;
    m->type = HS_ENTITY_PERSON;
    m->titled = true;
    return at + 2;
}

/* Whether the apposition from `head` on is closed by a mark, not by a verb: "X, the mayor said" is none. */
static bool is_closed(const reading *r, size_t head) {
    size_t i = head + 1;
    if (!is(r, i, "of") && !is(r, i, "for") && !is(r, i, "at") && !is(r, i, "with") && !is(r, i, "from") &&
        !is(r, i, "in") && !is(r, i, "who") && !is(r, i, "to") && !is(r, i, "and"))
        return !same_sentence(r, head, i) || r->p->words.v[i].shape == 0;
    for (; i < head + LONGEST_APPOSITION && same_sentence(r, head, i); i++)
        if (r->p->words.v[i].shape == 0 && !hs_prose_is(r->p, i, '-') && !hs_prose_is(r->p, i, '\'')) return true;
    return !same_sentence(r, head, i);
}

/* "X, a member of Y,". */
static void read_after_comma(const reading *r, hs_mention *m) {
    size_t at = m->end;
    if (!hs_prose_is(r->p, at, ',') && !hs_prose_is(r->p, at, '(')) return;
    if (!same_sentence(r, m->first, at + 1)) return;
    size_t from = past_age(r, m, at + 1);
    if (m->role < m->role_end) return;
    for (size_t i = from; i < from + LONGEST_APPOSITION && same_sentence(r, at, i); i++) {
        if (r->p->words.v[i].shape == 0 && !hs_prose_is(r->p, i, '-') && !hs_prose_is(r->p, i, '\'') &&
            !hs_prose_is(r->p, i, '.') && !hs_str_eq(hs_prose_word(r->p, i), HS_STR("’")))
            return;
        bool of = is(r, i, "of") || is(r, i, "for") || is(r, i, "who") || is(r, i, "and");
        if (of) return;
        if (!is_person_noun(r, i) ||
            (i + 1 < r->p->words.n && hs_prose_gap(r->p, i) == HS_GAP_BLANK && is_person_noun(r, i + 1)))
            continue;
        if (r->name_at[i] && r->mentions->v[r->name_at[i] - 1].type == HS_ENTITY_PERSON) return;
        if (!is_closed(r, i)) return;
        set_role(r, m, i, from);
        set_body_after(r, m, i + 1);
        return;
    }
}

static void set_body_noun(hs_mention *m, const reading *r, size_t first, size_t head) {
    m->role = (uint32_t)first;
    m->role_end = (uint32_t)head + 1;
    m->role_head = (uint32_t)head;
    if (!m->type) m->type = (uint8_t)hs_noun_of(hs_prose_norm(r->p, head)).type;
}

/* "the militia X" and "X, an inland militia,". */
static void read_body(const reading *r, hs_mention *m) {
    size_t before = m->first ? m->first - 1 : 0;
    if (m->first && hs_prose_gap(r->p, before) == HS_GAP_BLANK && same_sentence(r, before, m->first) &&
        !r->name_at[before] && is_body_noun(r, before)) {
        set_body_noun(m, r, before, before);
        return;
    }
    size_t at = m->end + 1;
    if (!hs_prose_is(r->p, m->end, ',') || !same_sentence(r, m->first, at)) return;
    if (!is(r, at, "a") && !is(r, at, "an") && !is(r, at, "the")) return;
    for (size_t i = at + 1;
         i < at + LONGEST_ROLE && same_sentence(r, at, i) && (is_plain(r, i) || hs_prose_is(r->p, i, '-')); i++) {
        if (!is_body_noun(r, i) ||
            (i + 1 < r->p->words.n && hs_prose_gap(r->p, i) == HS_GAP_BLANK && is_body_noun(r, i + 1)))
            continue;
        if (is_closed(r, i)) set_body_noun(m, r, at + 1, i);
        return;
    }
}

void hs_appositions_read(hs_arena *arena, const hs_prose *prose, hs_mentions *mentions) {
    reading r = {.p = prose, .mentions = mentions, .name_at = HS_NEW(arena, uint32_t, prose->words.n + 1)};
    for (size_t i = 0; i < mentions->n; i++) {
        const hs_mention *m = &mentions->v[i];
        if (m->kind == HS_MENTION_NAME)
            for (size_t w = m->first; w < m->end; w++) r.name_at[w] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < mentions->n; i++) {
        hs_mention *m = &mentions->v[i];
        if (m->kind != HS_MENTION_NAME) continue;
        if (m->role < m->role_end) split_titles(&r, m);
        if (m->possessive || m->placed) continue; /* "in X, a man" */
        if (m->type != HS_ENTITY_PERSON) read_body(&r, m);
        if (m->type != HS_ENTITY_PERSON && m->type != HS_ENTITY_UNKNOWN) continue;
        read_noun_before(&r, m);
        read_before_comma(&r, m);
        read_after_comma(&r, m);
        if (m->role >= m->role_end && m->titled && m->body >= m->body_end) set_body_after(&r, m, m->end);
    }
}
