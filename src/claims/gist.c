/* Gists: see gist.h. The words of a content are listed once; every sign is read off that list. What words do stands in the lexicon; the
 * few lists here are of words that matter to denials alone. */
#include "claims/gist.h"

#include "base/numbers.h"
#include "base/utf8.h"

#define LEX(name) HS_LEX_OF(name)

enum {
    WORDS = 200,
    STEM = 5,
    LONG_WORD = 4,
    OPENING = 10,
    POINTER_REACH = 6,
    VERDICT_REACH = 14,
    ITS_REACH = 5,
    SHORT = 5,
    NEGATION_REACH = 8
};

static const hs_lex CLAIMING = LEX(CLAIM) | LEX(ACCUSE) | LEX(CRITICISE);

static const char *const SAYINGS[] = {"statement", "statements", "comment",   "comments", "remark",  "remarks",
                                      "account",   "accounts",   "testimony", "story",    "stories", "words"};
static const char *const OTHERS[] = {"idea",          "ideas",       "view",     "views",          "decision",
                                     "determination", "findings",    "finding",  "interpretation", "conclusion",
                                     "conclusions",   "report",      "reports",  "notion",         "theory",
                                     "challenge",     "rumor",       "rumors",   "rumour",         "rumours",
                                     "suggestion",    "suggestions", "proposal", "request",        "assessment"};
static const char *const CLAIMS[] = {"claim", "charge", "objection", "complaint"};
static const char *const NO_PLURAL[] = {"this", "its", "has", "was"};
static const char *const POINTERS[] = {
    "this", "these", "those", "such", "that", "the",  "his",     "her", "their",
    "its",  "your",  "both",  "all",  "any",  "many", "several", "s" /* of "Ann's" */};
static const char *const TELLERS[] = {"of", "that", "from", "by", "about", "to"};
static const char *const PRONOUNS[] = {"it", "that", "this", "him", "which"};
static const char *const BEGINNINGS[] = {"it", "that", "this", "those", "these"};
static const char *const DIFFERS[] = {"differ", "differs", "differed", "differing", "disprove", "disproved"};
static const char *const MOCKS[] = {"ridicule", "ridicules", "ridiculed", "ridiculing", "mock",
                                    "mocks",    "mocked",    "mocking",   "deride",     "derided",
                                    "scoff",    "scoffs",    "scoffed",   "decry",      "decries",
                                    "decried",  "decrying",  "downplay",  "downplays",  "downplayed"};
static const char *const CRITICISES[] = {"blast",      "blasted",    "blasts",    "slam",     "slammed",
                                         "slams",      "condemn",    "condemned", "denounce", "denounced",
                                         "criticized", "criticised", "attacked"};
static const char *const CLAIM_CUES[] = {"idea",      "notion",  "interpretation", "theory", "claim",
                                         "challenge", "attacks", "allegation",     "view"};
static const char *const NO_NAMES[] = {
    "the",       "he",       "she",       "they",      "it",          "a",         "an",         "i",
    "his",       "her",      "their",     "mr",        "mrs",         "ms",        "and",        "for",
    "president", "senator",  "rep",       "sen",       "official",    "chairman",  "department", "government",
    "state",     "campaign", "committee", "spokesman", "spokeswoman", "secretary", "director"};
static const char *const SMALL[] = {"that", "this", "with", "from",  "than",   "then",    "also",  "just",  "into",
                                    "such", "been", "very", "them",  "their",  "they",    "there", "about", "over",
                                    "some", "more", "most", "after", "before", "because", "while"};

typedef struct numbers {
    uint32_t v[WORDS];
    size_t n;
} numbers;

static void put(numbers *list, hs_str word, size_t most) {
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < word.n && i < most; i++) hash = (hash ^ (unsigned char)word.p[i]) * 0x01000193;
    if (list->n < WORDS) list->v[list->n++] = hash;
}

static hs_terms kept(hs_arena *arena, numbers *list) {
    size_t n = hs_numbers_unique(list->v, list->n);
    hs_terms out = {HS_NEW(arena, uint32_t, n), n};
    if (n) memcpy(out.v, list->v, n * sizeof *out.v);
    return out;
}

size_t hs_terms_shared(const hs_terms *a, const hs_terms *b) {
    size_t n = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        uint32_t x = a->v[i], y = b->v[k];
        n += x == y;
        i += x <= y;
        k += y <= x;
    }
    return n;
}

/* The words of ranges, without marks: at most WORDS of them. */
typedef struct plain {
    size_t v[WORDS];
    size_t n;
} plain;

static void list_words(plain *out, const hs_marked *m, const hs_ranges *ranges) {
    out->n = 0;
    for (size_t k = 0; k < ranges->n; k++)
        for (size_t i = ranges->v[k].start; i < ranges->v[k].end && out->n < WORDS; i++)
            if (!hs_marked_is_mark(m, i)) out->v[out->n++] = i;
}

static bool upper(const hs_marked *m, size_t i) {
    size_t next;
    return hs_char_classify(hs_utf8_decode(m->text, m->words.v[i].start, &next)) == HS_CHAR_UPPER;
}

static bool plural(const hs_marked *m, size_t i) {
    return hs_str_ends(hs_marked_word(m, i), HS_STR("s")) && !HS_MARKED_AMONG(m, i, NO_PLURAL);
}

/* Words that say what a content is about: of some length and neither auxiliaries nor pronouns. */
static bool says_something(const hs_marked *m, size_t i) {
    static const hs_lex EMPTY = LEX(BE) | LEX(HAVE) | LEX(DO) | LEX(FUTURE) | LEX(SHOULD) | LEX(POSSIBLE) | LEX(WH) |
                                LEX(PRONOUN) | LEX(I) | LEX(YOU) | LEX(NEG) | LEX(SAY);
    return !(m->classes[i] & EMPTY) && hs_marked_word(m, i).n >= LONG_WORD && !HS_MARKED_AMONG(m, i, SMALL);
}

/* Whether a word is a noun for what somebody said, and of which kind. */
static hs_pointer noun_at(const hs_marked *m, size_t i) {
    if (HS_MARKED_AMONG(m, i, SAYINGS)) return HS_POINTS_SAYING;
    if (HS_MARKED_AMONG(m, i, OTHERS)) return HS_POINTS_OTHER;
    if (HS_MARKED_AMONG(m, i, CLAIMS)) return HS_POINTS_CLAIM;
    hs_str word = hs_marked_word(m, i);
    bool noun = plural(m, i) || hs_str_ends(word, HS_STR("ion")) || hs_str_ends(word, HS_STR("ism"));
    return (m->classes[i] & CLAIMING) && noun ? HS_POINTS_CLAIM : HS_POINTS_NOWHERE;
}

static void read_pointer(hs_gist *g, const hs_marked *m, const plain *content) {
    if (!content->n) return;
    size_t first = content->v[0];
    if (content->n == 1 && HS_MARKED_AMONG(m, first, PRONOUNS)) {
        g->pointer = HS_POINTS_PRONOUN;
        return;
    }
    for (size_t n = 0; n < content->n && n < POINTER_REACH; n++) {
        hs_pointer noun = noun_at(m, content->v[n]);
        bool pointed = n == 0 && plural(m, first);
        for (size_t k = n > 3 ? n - 3 : 0; k < n; k++) pointed |= HS_MARKED_AMONG(m, content->v[k], POINTERS);
        if (noun == HS_POINTS_NOWHERE || !pointed) continue;
        g->pointer = noun;
        g->plural = plural(m, content->v[n]);
        g->pointed_at = content->v[n];
        g->told_out = HS_MARKED_AMONG(m, content->v[n] + 1, TELLERS);
        return;
    }
    bool that = hs_marked_is(m, first, "that");
    bool is = content->n > 1 && (hs_marked_is(m, content->v[1], "s") || hs_marked_is(m, content->v[1], "is") ||
                                 hs_marked_is(m, content->v[1], "was"));
    if (HS_MARKED_AMONG(m, first, BEGINNINGS) && (!that || is)) g->pointer = HS_POINTS_BEGINS;
}

/* "false", "nonsense"; "made it up", "misspoke". */
static bool is_false(const hs_marked *m, size_t i) {
    if (hs_marked_is(m, i, "misspoke") || hs_marked_is(m, i, "misspoken")) return true;
    bool made = hs_marked_is(m, i, "made") || hs_marked_is(m, i, "making") || hs_marked_is(m, i, "makes");
    if (made && (hs_marked_is(m, i + 1, "up") || hs_marked_is(m, i + 2, "up"))) return true;
    return (m->classes[i] & LEX(FALSE)) && !hs_marked_is(m, i, "propaganda");
}

static bool points_at_claim(hs_pointer pointer) {
    return pointer == HS_POINTS_CLAIM || pointer == HS_POINTS_SAYING || pointer == HS_POINTS_OTHER;
}

/* "no evidence", "no direct evidence", within the first words of cue and content. */
static bool no_evidence(const hs_marked *m, const plain *words, size_t reach) {
    for (size_t n = 0; n < words->n && n < reach; n++)
        for (size_t k = n + 1; hs_marked_is(m, words->v[n], "no") && k <= n + 3 && k < words->n; k++)
            if (hs_marked_is(m, words->v[k], "evidence")) return true;
    return false;
}

static bool nothing_to_do(const hs_marked *m, const plain *words) {
    for (size_t n = 0; n + 1 < words->n; n++)
        if (hs_marked_is(m, words->v[n], "nothing") && hs_marked_is(m, words->v[n] + 1, "to") &&
            hs_marked_is(m, words->v[n] + 2, "do"))
            return true;
    return false;
}

static bool any_of(const hs_marked *m, const plain *words, const char *const *list, size_t n) {
    for (size_t i = 0; i < words->n; i++)
        if (hs_marked_among(m, words->v[i], list, n)) return true;
    return false;
}

#define HAS(m, words, list) any_of((m), (words), (list), sizeof(list) / sizeof *(list))

/* Who asks, orders or intends does not say whether something is so. */
static bool says_nothing_of_what_is(hs_stance stance) {
    return stance == HS_STANCE_DECLINES || stance == HS_STANCE_ASKS || stance == HS_STANCE_URGES ||
           stance == HS_STANCE_INTENDS;
}

static hs_denial denial_of(const hs_gist *g, const hs_marked *m, const hs_claim *claim, const plain *cue,
                           const plain *content) {
    static const char *const QUESTIONED[] = {"questioned"}, *const ONLY[] = {"only"};
    bool denies = (g->cue & LEX(DENY)) || HAS(m, cue, DIFFERS), negated = (g->cue & LEX(NEG)) && !HAS(m, cue, ONLY);
    if (denies) return negated ? HS_DENIAL_NONE : HS_DENIAL_CUE; /* "did not deny"; "not only denied" */
    if (HAS(m, cue, MOCKS)) return HS_DENIAL_MOCKS;
    bool noun = points_at_claim(g->pointer);
    if (noun && g->pointer != HS_POINTS_OTHER && HAS(m, cue, CRITICISES)) return HS_DENIAL_CRITICISES;
    if (noun && HAS(m, cue, QUESTIONED)) return HS_DENIAL_QUESTIONS;
    if (says_nothing_of_what_is(claim->stance)) return HS_DENIAL_NONE;
    size_t wrong = 0;
    while (wrong < content->n && (!is_false(m, content->v[wrong]) || (noun && content->v[wrong] + 1 == g->pointed_at)))
        wrong++;
    if (wrong < content->n && wrong < VERDICT_REACH) {
        if (noun) return HS_DENIAL_VERDICT;
        if (g->pointer == HS_POINTS_BEGINS && wrong < ITS_REACH) return HS_DENIAL_ITS;
        bool last = wrong + 1 == content->n || !(m->classes[content->v[wrong]] & LEX(FALSE));
        if (content->n <= SHORT && last && !hs_marked_is(m, content->v[wrong], "wrong")) return HS_DENIAL_SHORT;
    }
    if (content->n > 1 && hs_marked_is(m, content->v[0], "no") &&
        (hs_marked_is(m, content->v[0] + 1, ",") || hs_marked_is(m, content->v[0] + 1, ".")))
        return HS_DENIAL_NO;
    if (no_evidence(m, cue, cue->n) || no_evidence(m, content, NEGATION_REACH)) return HS_DENIAL_NO_EVIDENCE;
    if (claim->stance == HS_STANCE_DENIES || nothing_to_do(m, content)) return HS_DENIAL_STANCE;
    for (size_t n = 0; n < content->n && n < NEGATION_REACH; n++)
        if (m->classes[content->v[n]] & (LEX(NEG) | LEX(NEVER))) return HS_DENIAL_NEGATES;
    return HS_DENIAL_NONE;
}

static void read_content(hs_gist *g, hs_arena *arena, const hs_marked *m, const plain *content) {
    numbers about = {0}, words = {0}, opening = {0}, capitals = {0}, stems = {0};
    for (size_t n = 0; n < content->n; n++) {
        size_t i = content->v[n];
        hs_str word = hs_marked_word(m, i);
        put(&words, word, SIZE_MAX);
        if (n < OPENING) put(&opening, word, SIZE_MAX);
        bool any_claim = hs_marked_is(m, i, "claim") || hs_marked_is(m, i, "claims"); /* said of all that is said */
        if (n < NEGATION_REACH && word.n > LONG_WORD && !any_claim) put(&stems, word, STEM);
        if (upper(m, i)) put(&capitals, word, SIZE_MAX);
        if (says_something(m, i)) put(&about, word, STEM);
        if (n < OPENING && (m->classes[i] & LEX(NEG))) g->negated = true;
        if (n < LONG_WORD && (hs_marked_is(m, i, "i") || hs_marked_is(m, i, "we") || hs_marked_is(m, i, "my")))
            g->of_oneself = true;
        if (hs_marked_is(m, i, "you") || hs_marked_is(m, i, "your")) g->speaks_to_you = true;
        if (n < 3 && is_false(m, i) && !hs_marked_is(m, i, "wrong")) g->told_as_false = true;
    }
    g->about = kept(arena, &about);
    g->words = kept(arena, &words);
    g->opening = kept(arena, &opening);
    g->capitals = kept(arena, &capitals);
    g->opening_stems = kept(arena, &stems);
    if (!content->n) return;
    g->any = hs_marked_is(m, content->v[0], "any");
    g->them = hs_marked_is(m, content->v[0], "them");
}

static void read_cue_and_source(hs_gist *g, hs_arena *arena, const hs_marked *m, const plain *cue,
                                const plain *source) {
    numbers stems = {0}, names = {0}, words = {0};
    for (size_t n = 0; n < cue->n; n++) {
        size_t i = cue->v[n];
        g->cue |= m->classes[i];
        if (hs_marked_word(m, i).n > LONG_WORD) put(&stems, hs_marked_word(m, i), STEM);
        if (m->classes[i] & LEX(NEG)) g->negated = true;
        if (is_false(m, i) && !hs_marked_is(m, i, "wrong")) g->told_as_false = true;
    }
    if (cue->n) {
        g->noun_cue = noun_at(m, cue->v[0]) == HS_POINTS_CLAIM || HS_MARKED_AMONG(m, cue->v[0], CLAIM_CUES);
        bool before = cue->v[0] && is_false(m, cue->v[0] - 1) && !hs_marked_is(m, cue->v[0] - 1, "wrong");
        if (before) g->told_as_false = true; /* "the absurd pretext that" */
    }
    for (size_t n = 0; n < source->n; n++) {
        size_t i = source->v[n];
        hs_str word = hs_marked_word(m, i);
        if (upper(m, i) && !HS_MARKED_AMONG(m, i, NO_NAMES)) put(&names, word, SIZE_MAX);
        if (word.n >= LONG_WORD && !HS_MARKED_AMONG(m, i, SMALL)) put(&words, word, SIZE_MAX);
        if (m->classes[i] & LEX(NEG)) g->negated = true;
    }
    g->cue_stems = kept(arena, &stems);
    g->names = kept(arena, &names);
    g->source = kept(arena, &words);
}

hs_terms hs_gist_names(hs_arena *arena, hs_str name) {
    hs_marked m = {.text = name, .words = hs_words_of(arena, name, false)};
    numbers names = {0};
    for (size_t i = 0; i < m.words.n; i++)
        if (upper(&m, i) && !HS_MARKED_AMONG(&m, i, NO_NAMES)) put(&names, hs_marked_word(&m, i), SIZE_MAX);
    return kept(arena, &names);
}

hs_beginnings hs_gist_paragraphs(hs_arena *arena, const hs_marked *m) {
    hs_beginnings out = {0};
    for (size_t i = 0; i < m->words.n; i++) {
        uint8_t place = m->words.v[i].place;
        if (place == HS_PLACE_PARAGRAPH || place == HS_PLACE_FIRST) HS_PUSH(arena, out, i);
    }
    return out;
}

static size_t paragraph_of(const hs_beginnings *paragraphs, size_t word) {
    size_t low = 0, high = paragraphs->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (paragraphs->v[mid] <= word) low = mid + 1;
        else high = mid;
    }
    return low;
}

hs_gist hs_gist_of(hs_arena *arena, const hs_marked *m, const hs_claim *claim, const hs_parts *parts,
                   const hs_beginnings *paragraphs) {
    hs_gist g = {0};
    plain content, cue, source;
    list_words(&content, m, &parts->content);
    list_words(&cue, m, &parts->cue);
    list_words(&source, m, &parts->source);
    g.from = content.n ? content.v[0] : 0;
    g.to = parts->content.n ? parts->content.v[parts->content.n - 1].end - 1 : 0;
    g.cue_at = cue.n ? cue.v[0] : HS_NONE;
    g.source_at = source.n ? source.v[0] : HS_NONE;
    g.paragraph = paragraph_of(paragraphs, parts->cue.n ? parts->cue.v[0].start : g.from);
    read_content(&g, arena, m, &content);
    read_cue_and_source(&g, arena, m, &cue, &source);
    read_pointer(&g, m, &content);
    g.accuses = claim->stance == HS_STANCE_ACCUSES || (g.cue & CLAIMING);
    g.denial = denial_of(&g, m, claim, &cue, &content);
    return g;
}
