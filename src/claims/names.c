/* Names in a text by their capitals, and what their words tell: titles, given names, bodies, places. */
#include "claims/names.h"

static bool is_upper(const hs_prose *p, size_t word) {
    hs_str w = hs_prose_word(p, word);
    size_t letters = 0;
    for (size_t i = 0; i < w.n; i++) {
        if (w.p[i] >= 'a' && w.p[i] <= 'z') return false;
        letters += w.p[i] >= 'A' && w.p[i] <= 'Z';
    }
    return letters > 1;
}

/* "A." and "I." behind a word in capitals. */
static bool is_initial(const hs_prose *p, size_t word) {
    return word && hs_prose_word(p, word).n == 1 && hs_prose_capital(p, word) && hs_prose_is(p, word + 1, '.') &&
           hs_prose_gap(p, word) == HS_GAP_NONE && hs_prose_capital(p, word - 1) && hs_prose_capital(p, word + 2);
}

static bool is_small(const hs_prose *p, size_t word) {
    return hs_who_has(HS_WHO_SMALL, hs_prose_norm(p, word)) && !is_upper(p, word) && !is_initial(p, word);
}

static bool norm_is(const hs_prose *p, size_t word, const char *text) {
    return hs_str_eq(hs_prose_norm(p, word), hs_str_of(text));
}

static bool glued(const hs_prose *p, size_t word) {
    return hs_prose_gap(p, word) == HS_GAP_NONE;
}

/* "Per Lindal", "Will Holm": a small word that is a given name too, within a sentence and before a word in capitals. */
static bool is_given_for_all_that(const hs_prose *p, size_t word) {
    if (!word || word + 1 >= p->words.n || word < p->title_end || p->sentence[word] != p->sentence[word - 1])
        return false;
    return hs_who_has(HS_WHO_GIVEN, hs_prose_norm(p, word)) && p->words.v[word - 1].quote != HS_QUOTE_OPEN &&
           hs_prose_gap(p, word) == HS_GAP_BLANK && hs_prose_capital(p, word + 1) && !is_small(p, word + 1);
}

static bool name_word(const hs_prose *p, size_t word) {
    return hs_prose_capital(p, word) && (!is_small(p, word) || is_given_for_all_that(p, word));
}

/* After a full stop, an hyphen or an apostrophe glued to the name: the word up to which it goes on, or 0. */
static size_t past_mark(const hs_prose *p, size_t at) {
    hs_str before = hs_prose_norm(p, at - 1);
    if (hs_prose_is(p, at, '.')) {
        if (glued(p, at) && (norm_is(p, at + 1, "com") || norm_is(p, at + 1, "org") || norm_is(p, at + 1, "net")))
            return at + 2;
        if (before.n != 1 && !hs_who_has(HS_WHO_SHORT, before)) return 0;
        return glued(p, at) && hs_prose_capital(p, at + 1) ? at + 2 : at + 1;
    }
    if (!glued(p, at) || hs_prose_gap(p, at) != HS_GAP_NONE || at + 1 >= p->words.n) return 0;
    if (hs_prose_is(p, at, '-')) return hs_who_has(HS_WHO_SMALL, hs_prose_norm(p, at + 1)) ? 0 : at + 2;
    bool mark = hs_prose_is(p, at, '\'') || hs_str_eq(hs_prose_word(p, at), HS_STR("’"));
    return mark && !hs_prose_possessive_at(p, at) && hs_prose_capital(p, at + 1) ? at + 2 : 0;
}

static bool takes_of(const hs_prose *p, size_t word) {
    hs_str norm = hs_prose_norm(p, word);
    return hs_who_has(HS_WHO_ORGANISATIONS, norm) || hs_who_has(HS_WHO_TITLES, norm);
}

/* Whether "and" goes on with a body's name: "Department of Health and Human Services". */
static bool goes_on_with_and(const hs_prose *p, size_t first, size_t at) {
    if (!name_word(p, at + 1) || takes_of(p, at + 1) || hs_who_has(HS_WHO_GIVEN, hs_prose_norm(p, at + 1)))
        return false;
    if (is_upper(p, at + 1) || hs_who_has(HS_WHO_ORGANISATIONS, hs_prose_norm(p, at - 1)))
        return false; /* two bodies */
    for (size_t i = first; i + 1 < at; i++)
        if (norm_is(p, i + 1, "of") && hs_who_has(HS_WHO_ORGANISATIONS, hs_prose_norm(p, i))) return true;
    return false;
}

/* "on" goes on with the names of bodies that look into something. */
static bool takes_on(const hs_prose *p, size_t word) {
    static const char *const bodies[] = {"committee", "subcommittee", "commission", "council", "panel", "conference"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (norm_is(p, word, bodies[i])) return true;
    return false;
}

/* After a blank: the word up to which the name goes on, or 0. */
static size_t past_blank(const hs_prose *p, size_t first, size_t at) {
    if (p->sentence[at] != p->sentence[at - 1]) return 0;
    if (name_word(p, at)) return at + 1;
    if (hs_prose_is(p, at, '#')) return glued(p, at) ? at + 2 : 0; /* "Speaker #2" */
    if (hs_prose_is(p, at, '&')) return name_word(p, at + 1) ? at + 2 : 0;
    hs_str norm = hs_prose_norm(p, at);
    if (hs_who_has(HS_WHO_PARTICLES, norm)) {
        if (hs_prose_is(p, at + 1, '-')) return hs_prose_capital(p, at + 2) ? at + 3 : 0;
        return name_word(p, at + 1) ? at + 2 : 0;
    }
    if (hs_str_eq(norm, HS_STR("and"))) return goes_on_with_and(p, first, at) ? at + 2 : 0;
    if (hs_str_eq(norm, HS_STR("on"))) return takes_on(p, at - 1) && name_word(p, at + 1) ? at + 2 : 0;
    bool of = hs_str_eq(norm, HS_STR("of"));
    if (!of && !hs_str_eq(norm, HS_STR("for")) && !hs_str_eq(norm, HS_STR("to"))) return 0;
    if (!takes_of(p, at - 1)) return 0;
    if (!of && hs_who_value(HS_WHO_ORGANISATIONS, hs_prose_norm(p, at - 1)) == HS_ENTITY_MEDIA) return 0;
    size_t next = norm_is(p, at + 1, "the") ? at + 2 : at + 1;
    return hs_prose_gap(p, at) == HS_GAP_BLANK && name_word(p, next) ? next + 1 : 0;
}

enum { LONGEST_NAME = 24 };

size_t hs_name_run_end(const hs_prose *p, size_t first) {
    size_t end = first + 1;
    while (end < p->words.n && end < first + LONGEST_NAME) {
        hs_gap gap = hs_prose_gap(p, end - 1);
        size_t next = gap == HS_GAP_NONE ? past_mark(p, end) : gap == HS_GAP_BLANK ? past_blank(p, first, end) : 0;
        if (!next || next > p->words.n) break;
        end = next;
    }
    return end;
}

bool hs_name_may_begin(const hs_prose *p, size_t word) {
    if (word + 2 < p->words.n && hs_who_has(HS_WHO_PARTICLES, hs_prose_norm(p, word)) && glued(p, word) &&
        hs_prose_is(p, word + 1, '-') && hs_prose_capital(p, word + 2))
        return true;
    return name_word(p, word);
}

static int organisation(const hs_prose *p, size_t word) {
    return hs_who_value(HS_WHO_ORGANISATIONS, hs_prose_norm(p, word));
}

static bool has(hs_who_list list, const hs_prose *p, size_t word) {
    return hs_who_has(list, hs_prose_norm(p, word));
}

/* The last word of [first, end) that is none of the marks in it. */
static size_t last_word(const hs_prose *p, size_t first, size_t end) {
    while (end > first + 1 && hs_prose_is(p, end - 1, '.')) end--;
    return end - 1;
}

static size_t count_words(const hs_prose *p, size_t first, size_t end) {
    size_t n = 0;
    for (size_t i = first; i < end; i++) n += i == first || hs_prose_gap(p, i - 1) == HS_GAP_BLANK;
    return n;
}

/* What the words make of the name: the type of its last word that tells one, or of the one before "of". */
static hs_entity_type body_type(const hs_prose *p, size_t first, size_t end) {
    size_t last = last_word(p, first, end);
    for (size_t i = first; i + 1 < end; i++)
        if ((norm_is(p, i + 1, "of") || norm_is(p, i + 1, "for") || norm_is(p, i + 1, "on")) && organisation(p, i) >= 0)
            return (hs_entity_type)organisation(p, i);
    int value = organisation(p, last);
    if (value < 0) return HS_ENTITY_UNKNOWN;
    if (last > first && count_words(p, first, end) == 2 && has(HS_WHO_SURNAMES, p, last) && has(HS_WHO_GIVEN, p, first))
        return HS_ENTITY_UNKNOWN;
    return (hs_entity_type)value;
}

/* The end of the longest beginning of [first, end) that is a place. */
static size_t past_place(const hs_prose *p, size_t first, size_t end) {
    char key[64];
    size_t n = 0, found = first;
    for (size_t i = first; i < end && i < first + 8; i++) {
        hs_str norm = hs_prose_norm(p, i);
        bool blank = i > first && hs_prose_gap(p, i - 1) != HS_GAP_NONE;
        if (n + norm.n + 1 >= sizeof key) break;
        if (blank) key[n++] = ' ';
        if (norm.n) memcpy(key + n, norm.p, norm.n);
        n += norm.n;
        size_t length = n && key[n - 1] == '.' ? n - 1 : n;
        if (hs_who_has(HS_WHO_PLACES, (hs_str){key, length})) found = i + 1;
    }
    if (found > first && found < end && hs_prose_is(p, found, '.')) found++;
    return found;
}

/* "Baguette North America": a body's name, not a person's. */
static bool ends_with_place(const hs_prose *p, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (past_place(p, i, end) == end) return true;
    return false;
}

/* The first word of a person's name behind "Minister of Education", or `end`. */
static size_t name_after_of(const hs_prose *p, size_t from, size_t end) {
    for (size_t i = from + 1; i + 1 < end; i++)
        if (has(HS_WHO_GIVEN, p, i) && hs_prose_gap(p, i - 1) == HS_GAP_BLANK && !has(HS_WHO_PLACES, p, i)) return i;
    size_t place = past_place(p, from, end);
    if (place > from && place < end) return ends_with_place(p, place, end) ? end : place;
    if (count_words(p, from, end) != 3 || end != from + 3 || body_type(p, from, end)) return end;
    return from + 1;
}

static bool follows_article(const hs_prose *p, size_t word) {
    return word && (norm_is(p, word - 1, "the") || norm_is(p, word - 1, "a") || norm_is(p, word - 1, "this") ||
                    norm_is(p, word - 1, "s") || hs_who_has(HS_WHO_PRONOUNS, hs_prose_norm(p, word - 1)));
}

/* Where the name begins behind the last title of [first, end); `end`: the title is all; `first`: there is none. */
static size_t past_titles(const hs_prose *p, size_t first, size_t end) {
    for (size_t t = end; t-- > first;) {
        if (!has(HS_WHO_TITLES, p, t)) continue;
        size_t after = t + 1;
        if (after < end && hs_prose_is(p, after, '.')) after++;
        if (after < end && hs_prose_is(p, after, '-')) continue;
        if (after >= end) {
            if (t == first && has(HS_WHO_SURNAMES, p, t) && !follows_article(p, t)) continue;
            if (t > first &&
                (has(HS_WHO_GIVEN, p, t - 1) || (has(HS_WHO_SURNAMES, p, t) && !has(HS_WHO_RANKS, p, t - 1))))
                continue;
            return end;
        }
        if (norm_is(p, after, "of") || norm_is(p, after, "for") || norm_is(p, after, "to")) {
            size_t of = norm_is(p, after + 1, "the") ? after + 2 : after + 1;
            return name_after_of(p, of, end);
        }
        if (body_type(p, after, end) == HS_ENTITY_UNKNOWN) return after;
    }
    return first;
}

/* Where the name begins behind what describes it: a nation, a place, a body. */
static size_t past_description(const hs_prose *p, size_t first, size_t end) {
    if (has(HS_WHO_DEMONYMS, p, first) && first + 1 < end && hs_prose_gap(p, first) == HS_GAP_BLANK &&
        count_words(p, first, end) > 2 && !body_type(p, first, end) &&
        (has(HS_WHO_GIVEN, p, first + 1) || hs_noun_of(hs_prose_norm(p, first)).type) && !has(HS_WHO_GIVEN, p, first))
        return first + 1;
    size_t place = has(HS_WHO_GIVEN, p, first) ? first : past_place(p, first, end);
    if (place > first && place < end && hs_prose_gap(p, place - 1) == HS_GAP_BLANK && !body_type(p, first, end) &&
        (has(HS_WHO_GIVEN, p, place) || has(HS_WHO_DEMONYMS, p, place)))
        return place;
    for (size_t i = first + 1; i + 1 < end; i++)
        if (has(HS_WHO_GIVEN, p, i) && !hs_prose_is(p, i + 1, '-') && organisation(p, i - 1) >= 0 &&
            !body_type(p, i, end) && !has(HS_WHO_GIVEN, p, first))
            return i;
    return first;
}

static hs_gender gender_of(const hs_prose *p, size_t first, size_t name, size_t end) {
    for (size_t i = first; i < name; i++) {
        hs_noun noun = hs_noun_of(hs_prose_norm(p, i));
        if (noun.gender && !noun.plural) return noun.gender;
    }
    int given = end > name + 1 ? hs_who_value(HS_WHO_GIVEN, hs_prose_norm(p, name)) : 0;
    return given > 0 ? (hs_gender)given : HS_GENDER_UNKNOWN;
}

void hs_mention_read_name(const hs_prose *p, hs_mention *m) {
    size_t first = m->first, end = m->end;
    m->kind = HS_MENTION_NAME;
    m->name_end = m->end;
    size_t name = past_titles(p, first, end);
    if (name == end) { /* a title without a name: "the Prime Minister" */
        m->kind = HS_MENTION_NOMINAL;
        return;
    }
    m->titled = name > first;
    if (name == first) name = past_description(p, first, end);
    if (name + 1 == end && name > first && has(HS_WHO_DEMONYMS, p, name)) { /* "the Utah Republican" */
        m->kind = HS_MENTION_NOMINAL;
        return;
    }
    m->name = (uint32_t)name;
    if (name > first) {
        m->role = (uint32_t)first;
        m->role_end = (uint32_t)name;
    }
    m->type = (uint8_t)body_type(p, name, end);
    if (!m->type && norm_is(p, name, "unidentified")) m->type = HS_ENTITY_UNNAMED; /* a transcript's */
    if (m->titled) m->type = HS_ENTITY_PERSON;
    else if (!m->type && past_place(p, name, end) >= end) m->type = HS_ENTITY_GOVERNMENT;
    else if (!m->type && has(HS_WHO_GIVEN, p, name) && count_words(p, name, end) > 1) m->type = HS_ENTITY_PERSON;
    else if (!m->type && first && (norm_is(p, first - 1, "in") || norm_is(p, first - 1, "near"))) m->placed = true;
    if (!m->type && count_words(p, name, end) == 1 && is_upper(p, name) && end - name == 1 &&
        hs_prose_norm(p, name).n <= 6)
        m->type = HS_ENTITY_ORGANIZATION;
    if (m->type == HS_ENTITY_PERSON || m->type == HS_ENTITY_UNKNOWN)
        m->gender = (uint8_t)gender_of(p, first, name, end);
}

size_t hs_name_place(const hs_prose *p, size_t first, size_t end) {
    return past_place(p, first, end);
}
