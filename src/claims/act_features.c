/* The signs by which acts are told: see acts.h. */
#include "claims/acts.h"

#define LEX(name) HS_LEX_OF(name)

static const hs_lex SAYING = LEX(SAY) | LEX(CLAIM) | LEX(REPORT) | LEX(TWEET) | LEX(ADMIT) | LEX(ANNOUNCE);
static const hs_lex THINGS = LEX(POLL) | LEX(STUDY) | LEX(DATA) | LEX(DOCUMENT) | LEX(FOOTAGE) | LEX(EVIDENCE);

enum { BEGINNING = 4, FAR = 60, SHORT_CONTENT = 4, LONG_CONTENT = 25, ADDRESSEE = 8, AUXILIARY = 14, MUCH = 3 };

static bool is_any(const hs_marked *m, size_t i, const char *const *words) {
    for (; *words; words++)
        if (hs_marked_is(m, i, *words)) return true;
    return false;
}

#define IS_ANY(m, i, ...) is_any((m), (i), (const char *const[]){__VA_ARGS__, NULL})

static bool ends_with(const hs_marked *m, size_t i, const char *ending) {
    return hs_str_ends(hs_marked_word(m, i), hs_str_of(ending));
}

static hs_lex classes_of(const hs_marked *m, const hs_ranges *ranges) {
    hs_lex out = 0;
    for (size_t i = 0; i < ranges->n; i++) out |= hs_marked_classes(m, ranges->v[i]);
    return out;
}

/* A source's own noun: the last word before what is said of it ("a report | from the agency", "the agency's report"). */
static size_t head_of(const hs_marked *m, hs_range source) {
    size_t head = source.start;
    for (size_t i = source.start; i < source.end; i++) {
        bool said_of =
            IS_ANY(m, i, ",", "of", "from", "for", "by", "on", "in", "at", "with", "who", "that", "which", "to", "(",
                   "about", "released", "published", "conducted", "obtained", "seen", "made", "issued");
        bool doing = i > source.start && ends_with(m, i, "ing") &&
                     IS_ANY(m, i + 1, "along", "in", "on", "at", "with", "to", "from", "the", "a", "near", "that");
        if ((said_of && i > source.start) || doing) break;
        if (!hs_marked_is_mark(m, i) || hs_marked_is(m, i, "%")) head = i;
    }
    return head;
}

/* The cue's first or last word that does something. */
static hs_lex act_of(const hs_marked *m, const hs_ranges *cue, bool first) {
    hs_lex act = 0;
    for (size_t k = 0; k < cue->n; k++)
        for (size_t i = cue->v[k].start; i < cue->v[k].end && !(first && act); i++)
            if (m->classes[i] & HS_LEX_ACTS) act = m->classes[i];
    return act;
}

typedef struct content_facts {
    hs_lex beginning, auxiliary, all;
    hs_lex subject;          /* of the first word but "that" and "to" */
    size_t first, n, wrongs; /* words but for marks; the first of them */
    bool addressee_to, question, negated;
} content_facts;

/* "is not", "don't", "no records were", "never": the content's own verb is negated. */
static void note_auxiliary(content_facts *f, const hs_marked *m, size_t i) {
    static const hs_lex AUXILIARIES = LEX(BE) | LEX(HAVE) | LEX(DO) | LEX(FUTURE) | LEX(SHOULD) | LEX(POSSIBLE);
    bool possessive = hs_marked_is(m, i, "s") || hs_marked_is(m, i, "re");
    if (f->auxiliary || f->n > AUXILIARY) return;
    if (m->classes[i] & LEX(NEG)) f->negated = true;
    if (!(m->classes[i] & AUXILIARIES) || possessive) return;
    f->auxiliary = m->classes[i];
    for (size_t k = i + 1; k <= i + 3 && k < m->words.n; k++)
        f->negated |= (m->classes[k] & LEX(NEG)) != 0 || hs_marked_is(m, k, "t");
}

static content_facts facts_of(const hs_marked *m, const hs_ranges *content) {
    content_facts f = {0};
    for (size_t k = 0; k < content->n; k++)
        for (size_t i = content->v[k].start; i < content->v[k].end && f.n < FAR; i++) {
            if (hs_marked_is(m, i, "?")) f.question = true;
            if (hs_marked_is_mark(m, i)) continue;
            if (f.n == 0) f.first = i;
            if (f.n < BEGINNING) f.beginning |= m->classes[i];
            if (f.n && f.n < ADDRESSEE && hs_marked_is(m, i, "to") && !hs_marked_is(m, f.first, "to"))
                f.addressee_to = true;
            if (!f.subject && !IS_ANY(m, i, "that", "to")) f.subject = m->classes[i] | (hs_lex)1 << 63;
            note_auxiliary(&f, m, i);
            f.all |= m->classes[i];
            f.wrongs += (m->classes[i] & LEX(WRONG)) != 0;
            f.n++;
        }
    return f;
}

static void add(hs_act_features *out, size_t feature) {
    out->v[out->n++] = (uint16_t)feature;
}

static void add_sign(hs_act_features *out, hs_act_sign sign, bool has) {
    if (has) add(out, (size_t)HS_ACT_PLACE_COUNT * HS_LEX_CLASSES + sign);
}

static void add_classes(hs_act_features *out, hs_act_place place, hs_lex classes) {
    for (size_t i = 0; i < HS_LEX_CLASSES; i++)
        if (classes >> i & 1) add(out, (size_t)place * HS_LEX_CLASSES + i);
}

static void add_cue_signs(hs_act_features *out, const hs_marked *m, const hs_parts *parts, hs_lex cue) {
    add_sign(out, HS_ACT_NO_SOURCE, !parts->source.n);
    add_sign(out, HS_ACT_NO_CUE, !parts->cue.n);
    if (!parts->cue.n) return;
    size_t first = parts->cue.v[0].start, last = parts->cue.v[parts->cue.n - 1].end - 1;
    bool determined = first && (IS_ANY(m, first - 1, "the", "a", "an", "his", "her", "their", "its", "my", "our") ||
                                (hs_marked_is(m, first - 1, "s") && first > 1 && hs_marked_is_mark(m, first - 2)));
    add_sign(out, HS_ACT_COLON, first == last && hs_marked_is(m, first, ":"));
    add_sign(out, HS_ACT_CUE_TO, hs_marked_is(m, first, "to"));
    add_sign(out, HS_ACT_CUE_ING, ends_with(m, first, "ing"));
    add_sign(out, HS_ACT_CUE_NOUN, determined || IS_ANY(m, first, "the", "a", "an", "his", "her", "their"));
    add_sign(out, HS_ACT_CUE_QUOTED, m->words.v[first].quote != HS_QUOTE_OUT);
    add_sign(out, HS_ACT_CUE_PASSIVE, (cue & LEX(BE)) && (ends_with(m, last, "ed") || hs_marked_is(m, last, "told")));
    add_sign(out, HS_ACT_CUE_NEGATED, (cue & LEX(NEG)) != 0);
    add_sign(out, HS_ACT_CUE_MODAL, (cue & (LEX(POSSIBLE) | LEX(FUTURE) | LEX(SHOULD))) != 0);
    add_sign(out, HS_ACT_CUE_LONG, last - first >= 3);
    add_sign(out, HS_ACT_CUE_FIRST, parts->source.n && first < parts->source.v[0].start);
    add_sign(out, HS_ACT_CONTENT_FIRST, parts->content.n && parts->content.v[0].start < first);
    add_sign(out, HS_ACT_TITLE, m->words.v[first].place == HS_PLACE_TITLE || m->words.v[first].place == HS_PLACE_FIRST);
}

static void add_content_signs(hs_act_features *out, const hs_marked *m, const hs_claim *claim, const content_facts *f) {
    add_sign(out, HS_ACT_QUOTE, claim->manner == HS_MANNER_DIRECT);
    add_sign(out, HS_ACT_PART_QUOTED, claim->manner == HS_MANNER_MIXED);
    add_sign(out, HS_ACT_NESTED, claim->parent != HS_NONE);
    if (!f->n) return;
    add_sign(out, HS_ACT_TO, hs_marked_is(m, f->first, "to"));
    add_sign(out, HS_ACT_THAT, hs_marked_is(m, f->first, "that"));
    add_sign(out, HS_ACT_FOR, hs_marked_is(m, f->first, "for"));
    add_sign(out, HS_ACT_OF, hs_marked_is(m, f->first, "of"));
    add_sign(out, HS_ACT_ABOUT, IS_ANY(m, f->first, "about", "on", "over", "into"));
    add_sign(out, HS_ACT_AS, hs_marked_is(m, f->first, "as"));
    add_sign(out, HS_ACT_ING, ends_with(m, f->first, "ing"));
    add_sign(out, HS_ACT_NOUN_PHRASE,
             IS_ANY(m, f->first, "the", "a", "an", "his", "her", "their", "its", "these", "this", "those"));
    add_sign(out, HS_ACT_ADDRESSEE_TO, f->addressee_to);
    add_sign(out, HS_ACT_QUESTION, f->question);
    add_sign(out, HS_ACT_SHORT, f->n <= SHORT_CONTENT);
    add_sign(out, HS_ACT_LONG, f->n >= LONG_CONTENT);
    add_sign(out, HS_ACT_MUCH_WRONG, f->wrongs >= MUCH);
}

/* What neither cue nor content nor source says alone. */
static void add_joint_signs(hs_act_features *out, hs_lex cue, hs_lex head, const content_facts *f) {
    bool refuses = cue & (LEX(NEG) | LEX(REFUSE) | LEX(DECLINE)),
         of_self = f->subject & (LEX(I) | LEX(YOU) | LEX(PRONOUN));
    bool says = (cue & SAYING) && !(cue & (LEX(DENY) | LEX(NEG)));
    add_sign(out, HS_ACT_ONE_THING, (head & THINGS) != 0);
    add_sign(out, HS_ACT_SAID_BY_THING, (head & THINGS) && says);
    add_sign(out, HS_ACT_SAID_WRONG, says && (f->all & LEX(WRONG)));
    add_sign(out, HS_ACT_CLAIMED_WRONG, (cue & (LEX(CLAIM) | LEX(ACCUSE))) && (f->all & LEX(WRONG)));
    add_sign(out, HS_ACT_NO_RESPONSE, refuses && ((cue | f->beginning) & LEX(RESPOND)));
    add_sign(out, HS_ACT_OF_OTHERS, f->n && !of_self);
    add_sign(out, HS_ACT_OWN_FUTURE, of_self && (f->auxiliary & LEX(FUTURE)));
    add_sign(out, HS_ACT_KNOWN_WRONG, (cue & (LEX(KNOW) | LEX(THINK))) && (f->all & LEX(WRONG)));
    add_sign(out, HS_ACT_IMPERATIVE, says && (f->subject & LEX(URGE)));
    add_sign(out, HS_ACT_SAID_NOT, says && f->negated);
    add_sign(out, HS_ACT_SAID_NEVER, says && (f->all & LEX(NEVER)));
    add_sign(out, HS_ACT_SAID_FALSE, says && (f->all & LEX(FALSE)));
    add_sign(out, HS_ACT_SAID_FUTURE, says && (f->auxiliary & LEX(FUTURE)));
    add_sign(out, HS_ACT_SAID_SHOULD, says && (f->auxiliary & LEX(SHOULD)));
    add_sign(out, HS_ACT_SAID_POSSIBLE, says && (f->auxiliary & LEX(POSSIBLE)));
    add_sign(out, HS_ACT_SAID_THINK, says && (f->beginning & LEX(THINK)));
}

hs_lex hs_act_head(const hs_marked *m, const hs_ranges *source) {
    return source->n ? m->classes[head_of(m, source->v[0])] : 0;
}

hs_act_features hs_act_features_of(const hs_claim *claim, const hs_marked *m, const hs_parts *parts,
                                   const hs_parts *named) {
    hs_act_features out = {0};
    hs_lex cue = classes_of(m, &parts->cue), own = hs_act_head(m, &parts->source);
    if (named && named->source.n && (own & (LEX(PRONOUN) | LEX(WH)))) own |= hs_act_head(m, &named->source);
    content_facts f = facts_of(m, &parts->content);
    add_classes(&out, HS_ACT_AT_CUE, cue);
    add_classes(&out, HS_ACT_AT_FIRST, act_of(m, &parts->cue, true));
    add_classes(&out, HS_ACT_AT_ACT, act_of(m, &parts->cue, false));
    add_classes(&out, HS_ACT_AT_HEAD, own);
    add_classes(&out, HS_ACT_AT_SOURCE, classes_of(m, &parts->source) & ~own);
    add_classes(&out, HS_ACT_AT_BEGINNING, f.beginning);
    add_classes(&out, HS_ACT_AT_AUXILIARY, f.auxiliary);
    add_classes(&out, HS_ACT_AT_CONTENT, f.all);
    add_cue_signs(&out, m, parts, cue);
    add_content_signs(&out, m, claim, &f);
    add_joint_signs(&out, cue, own, &f);
    return out;
}
