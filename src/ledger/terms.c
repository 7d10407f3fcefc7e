/* Terms: see terms.h. */
#include "ledger/terms.h"

#include <utf8proc.h>

#include "base/stem.h"
#include "base/utf8.h"

enum { LONGEST = 48 }; /* of a word, in bytes; the rest of a longer one is left out */

/* ---- what words are ---- */

typedef struct known_word {
    uint32_t hash;
    uint8_t weight; /* as hs_term.weight */
    uint8_t kind;   /* bits of KIND_… */
} known_word;

enum {
    KIND_STOP = 1,
    KIND_NEGATES = 2,
    KIND_CONTRARY = 4,
    KIND_NUMBER = 8,
    KIND_SCALE = 16,
    KIND_PARTS = 32,
    KIND_AUXILIARY = 64
};

typedef struct contrary {
    uint32_t hash, of; /* a term, and the one that it is the contrary of */
} contrary;

typedef struct spelled_number {
    uint32_t hash;
    uint64_t value;
} spelled_number;

/* Tables by tools/term_tables.py: KNOWN (open addressing, KNOWN_MASK), CONTRARIES, NUMBERS, SCALES (sorted by hash). */
#include "ledger/terms_table.inc"

/* ---- folding ---- */

/* A letter without its accents, in lower case. */
static uint32_t folded(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    utf8proc_int32_t parts[4];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 4,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
    return n >= 1 && n <= 4 ? (uint32_t)parts[0] : cp;
}

size_t hs_fold_word(char *out, size_t room, hs_str word) {
    size_t n = 0, plain = word.n < room ? word.n : room;
    for (; n < plain && (unsigned char)word.p[n] < 0x80; n++) {
        char c = word.p[n];
        out[n] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    for (size_t at = n, next; at < word.n; at = next) {
        uint32_t cp = folded(hs_utf8_decode(word, at, &next));
        char utf8[4];
        size_t k = hs_utf8_encode(utf8, cp);
        if (n + k > room) break;
        memcpy(out + n, utf8, k);
        n += k;
    }
    return n;
}

static uint32_t hash_of(const char *p, size_t n) {
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)p[i]) * 16777619U;
    return h ? h : 1;
}

uint32_t hs_term_hash(hs_str word) {
    char folded[LONGEST];
    size_t n = hs_stem(folded, hs_fold_word(folded, sizeof folded, word));
    return hash_of(folded, n);
}

static const known_word *find_known(uint32_t hash) {
    for (size_t at = hash & KNOWN_MASK; KNOWN[at].hash; at = (at + 1) & KNOWN_MASK)
        if (KNOWN[at].hash == hash) return &KNOWN[at];
    return NULL;
}

bool hs_word_is_stop(hs_str word) {
    char folded[LONGEST];
    const known_word *known = find_known(hash_of(folded, hs_fold_word(folded, sizeof folded, word)));
    return known && known->kind & (KIND_STOP | KIND_NEGATES | KIND_PARTS);
}

static uint32_t contrary_of(uint32_t hash) {
    for (size_t i = 0; i < sizeof CONTRARIES / sizeof *CONTRARIES; i++)
        if (CONTRARIES[i].hash == hash) return CONTRARIES[i].of;
    return hash;
}

static uint64_t value_of(const spelled_number *v, size_t n, uint32_t hash) {
    for (size_t i = 0; i < n; i++)
        if (v[i].hash == hash) return v[i].value;
    return 0;
}

/* ---- reading a text ---- */

typedef struct reading {
    hs_terms *terms;
    hs_arena *arena;
    hs_str text;
    bool quoted;
    bool at_start;    /* of a sentence: a capital letter there says nothing */
    bool headline;    /* nor here: Almost All Words Begin With One */
    size_t negating;  /* so many further words that tell something are negated */
    bool auxiliary;   /* the word before is one: a "not" behind it says of what stands before it, too */
    size_t clause;    /* index of the first term of the clause */
    size_t number_at; /* index of the term before, when it is a number that a scale may follow; HS_NONE */
    uint64_t number;
} reading;

enum { NEGATION_REACH = 5, NAME_WEIGHT = 16 };

/* What a negation turns around: names and numbers stay what they are. */
static bool may_be_negated(unsigned flags) {
    return !(flags & (HS_TERM_STOP | HS_TERM_NAME | HS_TERM_NUMBER));
}

static void begin_clause(reading *r) {
    r->negating = 0;
    r->clause = r->terms->list.n;
}

/* "Not": of the words that come, and, behind an auxiliary ("The sand did not go into the dam"), of the last ones of the clause so far. */
static void negate(reading *r, bool behind_auxiliary) {
    size_t left = NEGATION_REACH;
    for (size_t i = r->terms->list.n; behind_auxiliary && left && i-- > r->clause;) {
        hs_term *term = &r->terms->list.v[i];
        if (!may_be_negated(term->flags)) continue;
        term->flags ^= HS_TERM_NEGATED;
        left--;
    }
    r->negating = NEGATION_REACH;
}

static void push(reading *r, uint32_t hash, unsigned flags, unsigned weight) {
    if (r->quoted) flags |= HS_TERM_QUOTED;
    if (may_be_negated(flags) && r->negating) {
        flags ^= HS_TERM_NEGATED;
        r->negating--;
    }
    HS_PUSH(r->arena, r->terms->list, (hs_term){hash, (uint8_t)flags, (uint8_t)weight});
}

static uint32_t number_hash(uint64_t value) {
    value *= 0x9E3779B97F4A7C15U;
    return (uint32_t)(value >> 32) | 1;
}

/* Digits tell more the more of them differ from nought: "5" is met everywhere, "200,000" seldom. */
static unsigned number_weight(uint64_t value) {
    return value < 10 ? 10 : value < 100 ? 16 : value < 1000 ? 20 : 22;
}

static void push_number(reading *r, uint64_t value) {
    r->number_at = r->terms->list.n;
    r->number = value;
    push(r, number_hash(value), HS_TERM_NUMBER, number_weight(value));
}

/* "5 million": the scale goes into the number before it. */
static bool scale_number(reading *r, uint32_t hash) {
    uint64_t scale = value_of(SCALES, sizeof SCALES / sizeof *SCALES, hash);
    if (!scale || r->number_at == HS_NONE || r->number_at + 1 != r->terms->list.n || r->number > UINT64_MAX / scale)
        return false;
    hs_term *term = &r->terms->list.v[r->number_at];
    term->hash = number_hash(r->number * scale / 100); /* numbers are held in hundredths: see take_digits */
    term->weight = 22;
    return true;
}

/* "30,000", "2.5", "1990s": in hundredths, so that "2.5 million" and "2,500,000" are one number. Scales are in hundredths as well. */
static size_t take_digits(reading *r, size_t at) {
    uint64_t value = 0, fraction = 0;
    unsigned places = 0;
    bool point = false;
    for (; at < r->text.n; at++) {
        char c = r->text.p[at], next = at + 1 < r->text.n ? r->text.p[at + 1] : 0;
        bool digit_next = next >= '0' && next <= '9';
        if (c >= '0' && c <= '9') {
            if (!point) value = value < UINT64_MAX / 10000 ? value * 10 + (uint64_t)(c - '0') : value;
            else if (places < 2) {
                fraction = fraction * 10 + (uint64_t)(c - '0');
                places++;
            }
        } else if (c == ',' && digit_next) {
            continue;
        } else if (c == '.' && digit_next && !point) {
            point = true;
        } else {
            break;
        }
    }
    push_number(r, value * 100 + (places == 1 ? fraction * 10 : fraction));
    return at;
}

/* Words stand apart in `cut`: "n't" and "'s" are taken off. */
static void push_word(reading *r, hs_str word, bool capital, bool all_capitals) {
    char folded[LONGEST];
    size_t n = hs_fold_word(folded, sizeof folded, word);
    uint32_t plain = hash_of(folded, n);
    const known_word *known = find_known(plain);
    bool stop = known && known->kind & KIND_STOP && !(all_capitals && word.n > 1);
    bool negates = known && known->kind & KIND_NEGATES, auxiliary = known && known->kind & KIND_AUXILIARY;
    uint64_t value =
        known && known->kind & KIND_NUMBER ? value_of(NUMBERS, sizeof NUMBERS / sizeof *NUMBERS, plain) : 0;
    if (value) {
        push_number(r, value * 100);
        return;
    }
    if (known && known->kind & KIND_SCALE && scale_number(r, plain)) return;
    uint32_t hash = hash_of(folded, hs_stem(folded, n));
    if (!stop && !negates && hash != plain) known = find_known(hash);
    unsigned flags = 0, weight = known ? known->weight : HS_TERM_RAREST;
    if (stop || negates) {
        flags = HS_TERM_STOP;
        weight = 0;
    } else if (known && known->kind & KIND_CONTRARY) {
        hash = contrary_of(hash);
        flags = HS_TERM_NEGATED;
    }
    if (capital && !stop && !negates && (!(r->at_start || r->headline) || !known)) {
        flags |= HS_TERM_NAME;
        if (weight > NAME_WEIGHT) weight = NAME_WEIGHT;
    }
    push(r, hash, flags, weight);
    if (negates) negate(r, r->auxiliary);
    else if (known && known->kind & KIND_PARTS) begin_clause(r);
    r->auxiliary = auxiliary;
}

static bool is_letter(uint32_t cp) {
    if (cp < 0x80) return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    hs_char_class class = hs_char_classify(cp);
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_MARK;
}

/* The word at `at`, and what stands behind it. An apostrophe between letters parts "Trump's", "doesn't". */
static size_t take_word(reading *r, size_t at) {
    size_t start = at, letters = 0, capitals = 0, next;
    while (at < r->text.n) {
        unsigned char c = (unsigned char)r->text.p[at];
        if (c < 0x80) {
            bool letter = (unsigned char)((c | 32) - 'a') < 26;
            if (!letter && !(letters && c >= '0' && c <= '9')) break;
            capitals += letter && !(c & 32);
            letters++;
            at++;
            continue;
        }
        uint32_t cp = hs_utf8_decode(r->text, at, &next);
        if (!is_letter(cp)) break;
        capitals += hs_char_classify(cp) == HS_CHAR_UPPER;
        letters++;
        at = next;
    }
    uint32_t first = hs_utf8_decode(r->text, start, &next);
    bool capital =
        capitals && ((first >= 'A' && first <= 'Z') || (first >= 0x80 && hs_char_classify(first) == HS_CHAR_UPPER));
    hs_str rest = hs_str_slice(r->text, at, r->text.n);
    bool may = rest.n && (rest.p[0] == '\'' || (unsigned char)rest.p[0] == 0xE2);
    size_t mark = !may ? 0 : rest.p[0] == '\'' ? 1 : hs_str_starts(rest, HS_STR("’")) ? 3 : 0;
    hs_str word = hs_str_slice(r->text, start, at);
    bool contracted =
        mark && hs_str_starts_nocase(hs_str_slice(rest, mark, rest.n), HS_STR("t")) && hs_str_ends(word, HS_STR("n"));
    if (contracted) word.n--;
    push_word(r, word, capital, capitals == letters);
    if (contracted) {
        negate(r, true);
        return at + mark + 1;
    }
    bool possessive = mark && mark + 1 <= rest.n && (rest.p[mark] | 32) == 's';
    return possessive ? at + mark + 1 : at;
}

/* Marks between words: quotation marks open and close, the others end what a "not" reaches, some a sentence. */
static void take_mark(reading *r, uint32_t cp, hs_str rest) {
    switch (cp) {
    case 0x201C:
    case 0xAB:
    case 0x201E:
        r->quoted = true;
        r->at_start = true;
        break;
    case 0x201D:
    case 0xBB: r->quoted = false; break;
    case '"':
        r->quoted = !r->quoted;
        r->at_start = r->quoted;
        break;
    case '\'':
        if (hs_str_starts(rest, HS_STR("''"))) r->quoted = !r->quoted;
        break;
    case '.':
    case '!':
    case '?':
    case '\n':
    case ':':
        r->at_start = true;
        begin_clause(r);
        break;
    case ',':
    case ';':
    case 0x2014:
    case 0x2013: begin_clause(r); break;
    default: break;
    }
}

/* Words of three letters or more that begin with a capital, against those that do not. */
static bool is_headline(hs_str text) {
    enum { LONGEST_HEADLINE = 200, LEAST_WORDS = 4 };
    size_t capitals = 0, small = 0;
    if (text.n > LONGEST_HEADLINE) return false;
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        for (end = at; end < text.n && text.p[end] != ' ';) end++;
        while (at < end && !((text.p[at] | 32) >= 'a' && (text.p[at] | 32) <= 'z')) at++;
        if (end - at < 3) continue;
        if (text.p[at] <= 'Z') capitals++;
        else small++;
    }
    return capitals >= LEAST_WORDS && small * 4 <= capitals;
}

void hs_terms_add(hs_terms *terms, hs_arena *arena, hs_str text, bool quoted) {
    reading r = {.terms = terms,
                 .arena = arena,
                 .text = text,
                 .quoted = quoted,
                 .at_start = true,
                 .clause = terms->list.n,
                 .number_at = HS_NONE,
                 .headline = is_headline(text)};
    for (size_t at = 0, next; at < text.n;) {
        uint32_t cp = (unsigned char)text.p[at];
        next = at + 1;
        if (cp == ' ') {
            at++;
            continue;
        }
        if (cp >= 0x80) cp = hs_utf8_decode(text, at, &next);
        if (cp >= '0' && cp <= '9') {
            at = take_digits(&r, at);
            r.at_start = false;
        } else if (is_letter(cp)) {
            at = take_word(&r, at);
            r.at_start = false;
        } else {
            take_mark(&r, cp, hs_str_slice(text, at, text.n));
            at = cp == '\'' && hs_str_starts(hs_str_slice(text, at, text.n), HS_STR("''")) ? at + 2 : next;
        }
    }
}
