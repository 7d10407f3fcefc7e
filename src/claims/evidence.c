/* Evidence: see evidence.h. Three places name it: the source of a claim nested in what the claim says ("a report shows that …"), the
 * claim's own source where that is a thing, an eyewitness or somebody whom nobody names, and phrases such as "based on", "cited", "obtained" with a thing behind them. */
#include "claims/evidence.h"

#include "claims/acts.h"

#define LEX(name) HS_LEX_OF(name)

/* No claim has more: a hostile page may name a thing in every word. */
enum { MOST = 8, PHRASE = 10 };

static const hs_lex SEEN = LEX(FOOTAGE) | LEX(EYEWITNESS) | LEX(INTELLIGENCE);
static const hs_lex THINGS =
    LEX(POLL) | LEX(STUDY) | LEX(DATA) | LEX(DOCUMENT) | LEX(FOOTAGE) | LEX(EVIDENCE) | LEX(INTELLIGENCE);

/* Behind these stands what something rests on. */
static const char *const RESTS_ON[] = {"cited",  "citing", "cites",    "obtained", "based",  "relying",
                                       "relies", "relied", "pointing", "points",   "pointed"};
static const char *const DETERMINERS[] = {"the",   "a",   "an",  "this", "these", "those", "his", "her",
                                          "their", "its", "new", "our",  "my",    "no",    "any"};

static hs_evidence_kind kind_of(hs_lex head) {
    if (head & LEX(EYEWITNESS)) return HS_EVIDENCE_EYEWITNESS;
    if (head & LEX(FOOTAGE)) return HS_EVIDENCE_FOOTAGE;
    if (head & LEX(INTELLIGENCE)) return HS_EVIDENCE_INTELLIGENCE;
    if (head & LEX(UNNAMED)) return HS_EVIDENCE_UNNAMED_SOURCE;
    if (head & (LEX(DATA) | LEX(POLL))) return HS_EVIDENCE_DATA;
    if (head & LEX(DOCUMENT)) return HS_EVIDENCE_DOCUMENT;
    return head & LEX(STUDY) ? HS_EVIDENCE_DATA : HS_EVIDENCE_OTHER;
}

/* The first word of the mention that says what it is worth: "leaked", "unauthenticated". */
static hs_str status_of(const hs_marked *m, hs_range mention) {
    for (size_t i = mention.start; i < mention.end; i++)
        if (m->classes[i] & LEX(STATUS)) return hs_str_slice(m->text, m->words.v[i].start, m->words.v[i].end);
    return (hs_str){0};
}

static void add(hs_claim *claim, hs_arena *arena, const hs_marked *m, hs_range mention, hs_lex head) {
    hs_span span = hs_marked_span(m, mention);
    for (size_t i = 0; i < claim->n_evidence; i++) {
        const hs_span *old = &claim->evidence[i].mention;
        if (old->byte_start < span.byte_end && span.byte_start < old->byte_end) return;
    }
    if (claim->n_evidence == MOST) return;
    if (!claim->n_evidence) claim->evidence = HS_NEW(arena, hs_evidence, MOST);
    size_t at = claim->n_evidence++;
    for (; at && claim->evidence[at - 1].mention.byte_start > span.byte_start; at--)
        claim->evidence[at] = claim->evidence[at - 1];
    claim->evidence[at] = (hs_evidence){.mention = span, .kind = kind_of(head), .status = status_of(m, mention)};
}

static bool ends_phrase(const hs_marked *m, size_t i) {
    static const hs_lex VERBS = LEX(BE) | LEX(HAVE) | LEX(DO) | LEX(FUTURE) | LEX(WH) | LEX(PRONOUN) | LEX(I);
    bool possessive = hs_marked_is(m, i, "s") && i && hs_marked_is_mark(m, i - 1);
    bool tight = hs_marked_is_mark(m, i) && i && i + 1 < m->words.n && m->words.v[i - 1].end == m->words.v[i].start &&
                 m->words.v[i].end == m->words.v[i + 1].start;
    if (possessive || tight) return false;
    return hs_marked_is_mark(m, i) || hs_marked_is(m, i, "that") || hs_marked_is(m, i, "and") ||
           ((m->classes[i] & VERBS) && !HS_MARKED_AMONG(m, i, DETERMINERS));
}

/* The noun phrase that begins at word `at` and whose noun is a thing; empty where there is none. */
static hs_range thing_at(const hs_marked *m, size_t at, size_t end, hs_lex *head) {
    hs_range out = {at, at};
    if (end > at + PHRASE) end = at + PHRASE;
    for (size_t i = at; i < end && !ends_phrase(m, i); i++) {
        bool said_of = i > at && (hs_marked_is(m, i, "of") || hs_marked_is(m, i, "from") || hs_marked_is(m, i, "by") ||
                                  hs_marked_is(m, i, "in"));
        if (said_of) break;
        if (!(m->classes[i] & THINGS)) continue;
        out.end = i + 1;
        *head = m->classes[i];
    }
    return out;
}

/* "cited a report", "based on emails" in a claim's cue and in what it says. */
static void add_rested_on(hs_claim *claim, hs_arena *arena, const hs_marked *m, hs_range range) {
    for (size_t i = range.start; i + 1 < range.end; i++) {
        bool compound = i && hs_marked_is(m, i - 1, "-"); /* "faith-based" */
        if (compound || !HS_MARKED_AMONG(m, i, RESTS_ON)) continue;
        size_t at = i + 1;
        bool behind = hs_marked_is(m, at, "on") || hs_marked_is(m, at, "to") || hs_marked_is(m, at, "by");
        if (behind) at++;
        hs_lex head = 0;
        hs_range mention = thing_at(m, at, range.end, &head);
        if (mention.end > mention.start) add(claim, arena, m, mention, head);
    }
}

/* "The Post obtained a filing, showing that": what stands between a source and its cue, in one sentence. */
static hs_range between(const hs_parts *parts) {
    if (!parts->source.n || !parts->cue.n) return (hs_range){0};
    hs_range gap = {parts->source.v[parts->source.n - 1].end, parts->cue.v[0].start};
    bool inside = gap.start < gap.end && gap.start >= parts->sentence.start && gap.end <= parts->sentence.end;
    return inside ? gap : (hs_range){0};
}

/* Somebody whom the text tells of by what he is near to: "somebody close to the owners", "a person with knowledge of the talks". */
static bool is_somebody_near(const hs_marked *m, const hs_ranges *source) {
    enum { REACH = 10 };
    static const char *const SOMEBODY[] = {"somebody", "someone", "person", "people", "persons", "man", "woman"};
    static const char *const NEAR[] = {"close", "familiar", "knowledge", "briefed"};
    static const char *const TO[] = {"to", "with", "of", "on"};
    if (!source->n) return false;
    size_t at = source->v[0].start;
    while (at < source->v[0].end && !HS_MARKED_AMONG(m, at, SOMEBODY)) at++;
    if (at == source->v[0].end || at > source->v[0].start + 2) return false;
    for (size_t end = at + 1; end < at + REACH && end < m->words.n; end++)
        if (HS_MARKED_AMONG(m, end, NEAR) && HS_MARKED_AMONG(m, end + 1, TO)) return true;
    return false;
}

/* What the lexicon says of the last word in a range that is a thing. */
static hs_lex last_thing(const hs_marked *m, hs_range range) {
    for (size_t i = range.end; i-- > range.start;)
        if (m->classes[i] & THINGS) return m->classes[i];
    return LEX(DOCUMENT);
}

/* What a claim rests on that is its own source: what somebody wrote, filmed, measured or saw; 0: nothing. "The Post" is an outlet, and
 * "history shows" nothing. */
static hs_lex source_as_evidence(const hs_record *record, const hs_claim *claim, const hs_marked *m,
                                 const hs_ranges *source) {
    static const hs_lex ALWAYS = LEX(POLL) | LEX(DATA) | LEX(DOCUMENT) | LEX(UNNAMED),
                        SHOWN = LEX(STUDY) | LEX(EVIDENCE);
    hs_lex head = hs_act_head(m, source);
    if (head & SEEN) return head;
    if (is_somebody_near(m, source)) return LEX(UNNAMED);
    hs_entity_type type =
        claim->speaker < record->n_entities ? record->entities[claim->speaker].type : HS_ENTITY_UNKNOWN;
    if (type == HS_ENTITY_DOCUMENT && source->n && !(head & THINGS)) return last_thing(m, source->v[0]);
    if (type == HS_ENTITY_MEDIA || type == HS_ENTITY_ORGANIZATION || type == HS_ENTITY_GOVERNMENT) return 0;
    return head & ALWAYS || (head & SHOWN && claim->stance == HS_STANCE_SHOWS) ? head : 0;
}

void hs_evidence_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) {
    bool *seen = HS_NEW(arena, bool, record->n_entities); /* speakers of earlier claims */
    for (size_t i = 0; i < record->n_claims; i++) {
        hs_claim *claim = &record->claims[i];
        hs_lex head = hs_act_head(m, &parts[i].source);
        if ((head & (SEEN | THINGS)) && claim->parent < record->n_claims)
            add(&record->claims[claim->parent], arena, m, parts[i].source.v[0], head);
        for (size_t k = 0; k < parts[i].content.n; k++) add_rested_on(claim, arena, m, parts[i].content.v[k]);
        add_rested_on(claim, arena, m, between(&parts[i]));
        /* Repeated, a source is still one piece of evidence. */
        bool repeated = claim->speaker < record->n_entities && seen[claim->speaker];
        if (claim->speaker < record->n_entities) seen[claim->speaker] = true;
        hs_lex own = source_as_evidence(record, claim, m, &parts[i].source);
        if (own && !repeated) add(claim, arena, m, parts[i].source.v[0], own);
    }
}
