/* Media: see medium.h. A medium is a noun phrase of the cue's sentence, outside of what is said: whom the source told, if that is an
 * outlet; what stands behind "in", "on", "during", if that is a channel; or what the cue names ("issued a statement", "tweeted"). */
#include "claims/medium.h"

#include "base/utf8.h"

#define LEX(name) HS_LEX_OF(name)

enum { PHRASE = 12, ADDRESSEE = 6, EARLIER = 60 };

static const char *const PREPOSITIONS[] = {"in", "on", "during", "at", "via", "through", "using"};
static const char *const GIVERS[] = {"issued",   "released", "sent", "published", "posted",
                                     "launched", "filed",    "gave", "wrote",     "penned"};
static const char *const TURNED[] = {"took",   "takes",   "take", "taking", "taken",
                                     "turned", "turning", "went", "goes",   "going"};
static const char *const SPOKE[] = {"spoke", "spoken", "speaking", "speaks", "talked", "talking", "met", "meeting"};
static const char *const CONTACTED[] = {"contacted", "contacting", "approached", "phoned", "emailed"};
static const char *const JOINTS[] = {"of", "with", "to", "for", "by", "on", "at", "from"};

static bool upper(const hs_marked *m, size_t i) {
    size_t next;
    return hs_char_classify(hs_utf8_decode(m->text, m->words.v[i].start, &next)) == HS_CHAR_UPPER;
}

static bool apostrophe_s(const hs_marked *m, size_t i) {
    return hs_marked_is(m, i, "s") && i && hs_marked_is_mark(m, i - 1) && m->words.v[i - 1].end == m->words.v[i].start;
}

/* Marks that stand inside names and compounds: hyphens, and an apostrophe with its "s". */
static bool inside_name(const hs_marked *m, size_t i, size_t end) {
    bool tight = i + 1 < end && m->words.v[i].end == m->words.v[i + 1].start && i &&
                 m->words.v[i - 1].end == m->words.v[i].start;
    return tight || hs_marked_is(m, i, "@");
}

/* Whether a noun of the classes is one here: an outlet's words are common ones ("the press", "a post") unless they begin with a capital. */
static bool is_noun_of(const hs_marked *m, size_t i, hs_lex classes) {
    hs_lex found = m->classes[i] & classes;
    if (!found) return false;
    return (found & LEX(CHANNEL)) || upper(m, i);
}

/* "with the BBC", "to Press TV", "of the committee" behind the phrase that ends at `at`: the name belongs to it. */
static size_t extend_name(const hs_marked *m, size_t at, size_t end) {
    size_t i = at;
    if (i >= end || !HS_MARKED_AMONG(m, i, JOINTS)) return at;
    i++;
    if (i < end && m->words.v[i].quote == HS_QUOTE_OPEN) i++;
    if (i < end && (hs_marked_is(m, i, "the") || hs_marked_is(m, i, "a") || hs_marked_is(m, i, "an"))) i++;
    size_t names = 0;
    for (; i < end && i < at + PHRASE; i++) {
        if (!upper(m, i) && !apostrophe_s(m, i) && !inside_name(m, i, end)) break;
        names += upper(m, i);
    }
    return names ? i : at;
}

/* A verb that begins a clause of its own, as far as its form tells. */
static bool is_verb(const hs_marked *m, size_t i) {
    hs_str word = hs_marked_word(m, i);
    bool says = m->classes[i] & (LEX(SAY) | LEX(CLAIM) | LEX(REPORT) | LEX(SHOW) | LEX(THINK) | LEX(URGE));
    return says &&
           (hs_str_ends(word, HS_STR("ed")) || hs_str_eq(word, HS_STR("said")) || hs_str_eq(word, HS_STR("says")));
}

/* The noun phrase that begins at `at` when one of its nouns is of the classes; else an empty range. It ends with the last such noun
 * and the name that is tied to it. */
static hs_range phrase_at(const hs_marked *m, size_t at, size_t end, hs_lex classes) {
    hs_range out = {at, at};
    if (at < end && hs_marked_is_mark(m, at) && m->words.v[at].quote != HS_QUOTE_OPEN) return out;
    if (end > at + PHRASE) end = at + PHRASE;
    for (size_t i = at; i < end; i++) {
        bool ends = (hs_marked_is_mark(m, i) && i > at && !inside_name(m, i, end)) || is_verb(m, i) ||
                    HS_MARKED_AMONG(m, i, JOINTS) ||
                    (m->classes[i] & (LEX(BE) | LEX(HAVE) | LEX(WH) | LEX(I) | LEX(FUTURE)));
        if (ends && !apostrophe_s(m, i)) break;
        if (is_noun_of(m, i, classes)) out.end = i + 1;
    }
    if (out.end > out.start) out.end = extend_name(m, out.end, end);
    return out;
}

/* "on “Harbour Week,”": a name in quotation marks, as shows have it. */
static hs_range show_at(const hs_marked *m, size_t at, size_t end) {
    enum { LONGEST = 5 };
    hs_range none = {at, at};
    if (at + 1 >= end || m->words.v[at].quote != HS_QUOTE_OPEN) return none;
    while (at < end && hs_marked_is_mark(m, at)) at++;
    size_t i = at, names = 0;
    for (; i < end && i < at + LONGEST && !hs_marked_is_mark(m, i); i++) names += upper(m, i);
    bool closed = i < m->words.n && hs_marked_is_mark(m, i) && i + 1 < m->words.n &&
                  (m->words.v[i].quote == HS_QUOTE_CLOSE || m->words.v[i + 1].quote == HS_QUOTE_CLOSE);
    return closed && names && upper(m, i - 1) && upper(m, at) ? (hs_range){at, i} : none;
}

static size_t distance(hs_range cue, size_t at) {
    return at < cue.start ? 2 * (cue.start - at) : at - cue.end; /* behind the cue rather than before it */
}

/* "told BSS": bodies that are no outlets have an article ("told the FBI"). */
static bool is_acronym(const hs_marked *m, size_t i) {
    hs_str word = hs_str_slice(m->text, m->words.v[i].start, m->words.v[i].end);
    for (size_t k = 0; k < word.n; k++)
        if (word.p[k] < 'A' || word.p[k] > 'Z') return false;
    return word.n >= 3 && word.n <= 6;
}

/* Whom the source told, where that is an outlet: "told Press TV that". */
static hs_range addressee(const hs_marked *m, const hs_parts *parts, hs_range cue) {
    size_t last = cue.end - 1;
    bool tells = hs_marked_is(m, last, "told") || hs_marked_is(m, last, "tell") || hs_marked_is(m, last, "tells") ||
                 hs_marked_is(m, last, "telling") || hs_marked_is(m, last, "informed") || hs_marked_is(m, last, "to") ||
                 (cue.end < parts->sentence.end && hs_marked_is(m, cue.end, "to"));
    size_t at = cue.end + (cue.end < parts->sentence.end && hs_marked_is(m, cue.end, "to"));
    if (hs_marked_is(m, cue.start, "according")) return (hs_range){0};
    if (!tells || at >= parts->sentence.end || hs_ranges_hold(&parts->content, at)) return (hs_range){0};
    size_t end = at;
    while (end < parts->sentence.end && end < at + ADDRESSEE && !hs_ranges_hold(&parts->content, end)) end++;
    hs_range found = phrase_at(m, at, end, LEX(OUTLET) | LEX(PLATFORM));
    if (found.end == found.start && is_acronym(m, at)) return (hs_range){at, at + 1};
    bool named = found.end > found.start && (upper(m, found.end - 1) || upper(m, found.start));
    return named ? found : (hs_range){0};
}

static bool free_for(const hs_marked *m, const hs_parts *parts, const hs_ranges *within, size_t at) {
    if (hs_ranges_hold(&parts->content, at) || hs_ranges_hold(&parts->cue, at)) return false;
    if (hs_marked_is(m, at, "at") && hs_ranges_hold(&parts->source, at)) return false; /* "an editor at the Post" */
    return !within || hs_ranges_hold(within, at);
}

/* Where the paragraph begins, or some way back in it. */
static size_t earlier_sentences(const hs_marked *m, size_t at) {
    size_t least = at > EARLIER ? at - EARLIER : 0;
    while (at > least && m->words.v[at].place == HS_PLACE_IN) at--;
    return at;
}

/* "took to Twitter", "spoke with the Post", "contacting Tal News": what leads to a medium without a preposition of place. */
static bool leads_on(const hs_marked *m, size_t i) {
    if (HS_MARKED_AMONG(m, i, CONTACTED)) return true;
    if (hs_marked_is(m, i, "with")) return i && HS_MARKED_AMONG(m, i - 1, SPOKE);
    return hs_marked_is(m, i, "to") && i && (HS_MARKED_AMONG(m, i - 1, TURNED) || HS_MARKED_AMONG(m, i - 1, SPOKE));
}

/* "in a statement", "on Twitter", "during the debate", of a range, nearest to the cue. within: the content that holds the claim, or NULL. */
static hs_range place(const hs_marked *m, const hs_parts *parts, hs_range cue, hs_range range,
                      const hs_ranges *within) {
    hs_range best = {0};
    size_t least = SIZE_MAX;
    for (size_t i = range.start; i + 1 < range.end; i++) {
        bool gives = HS_MARKED_AMONG(m, i, GIVERS) && (hs_marked_is(m, i + 1, "a") || hs_marked_is(m, i + 1, "an"));
        bool inside_a_name = i > range.start && upper(m, i) && !hs_marked_is_mark(m, i - 1); /* "Voice On The Hill" */
        if (inside_a_name || (!gives && !leads_on(m, i) && !HS_MARKED_AMONG(m, i, PREPOSITIONS)) ||
            !free_for(m, parts, within, i) || !free_for(m, parts, within, i + 1))
            continue;
        hs_lex classes = LEX(CHANNEL) | LEX(PLATFORM) | (range.end == parts->sentence.end ? LEX(OUTLET) : 0);
        hs_range found = phrase_at(m, i + 1, range.end, classes);
        if (found.end == found.start && hs_marked_is(m, i, "on")) found = show_at(m, i + 1, range.end);
        if (found.end == found.start || distance(cue, i) >= least) continue;
        least = distance(cue, i);
        best = found;
    }
    return best;
}

/* "issued a statement", "tweeted": the cue says it itself. */
static hs_range in_cue(const hs_marked *m, hs_range cue) {
    for (size_t i = cue.start; i < cue.end; i++) {
        bool tweets = (m->classes[i] & LEX(TWEET)) && (hs_marked_is(m, i, "tweeted") || hs_marked_is(m, i, "tweets") ||
                                                       hs_marked_is(m, i, "tweeting") || hs_marked_is(m, i, "blogged"));
        if (tweets) return (hs_range){i, i + 1};
        bool determined = hs_marked_is(m, i, "a") || hs_marked_is(m, i, "an");
        if (!determined || i == cue.start) continue;
        hs_range found = phrase_at(m, i, cue.end, LEX(CHANNEL));
        if (found.end > found.start) return found;
    }
    return (hs_range){0};
}

/* Whether the cue says that something was uttered: what one thinks, wants or will not say is said nowhere. */
static bool is_uttered(const hs_marked *m, const hs_ranges *cue) {
    static const hs_lex UTTERING = LEX(SAY) | LEX(TWEET) | LEX(REPORT) | LEX(ANNOUNCE) | LEX(CLAIM) | LEX(ADMIT) |
                                   LEX(DENY) | LEX(ACCUSE) | LEX(CRITICISE) | LEX(URGE) | LEX(ASK) | LEX(CALL) |
                                   LEX(GUESS) | LEX(SHOW) | LEX(SUPPORT) | LEX(INTEND) | LEX(APPEAR);
    hs_lex classes = 0;
    for (size_t i = 0; i < cue->n; i++) classes |= hs_marked_classes(m, cue->v[i]);
    if (classes & (LEX(NEG) | LEX(DECLINE) | LEX(REFUSE))) return false;
    return (classes & UTTERING) || !(classes & HS_LEX_ACTS);
}

static hs_range medium_of(const hs_marked *m, const hs_parts *parts, const hs_ranges *within, bool indirect) {
    if (!parts->cue.n || !is_uttered(m, &parts->cue)) return (hs_range){0};
    hs_range cue = parts->cue.v[0];
    hs_range found = addressee(m, parts, cue);
    if (found.end == found.start) found = place(m, parts, cue, parts->sentence, within);
    if (found.end == found.start) found = in_cue(m, cue);
    if (found.end > found.start || within || indirect) return found;
    hs_range earlier = {earlier_sentences(m, parts->sentence.start), parts->sentence.start};
    return place(m, parts, cue, earlier, NULL);
}

/* "…," she said in a statement. "…," she added: how many words back the medium is looked for. Others may speak between. */
enum { SAME_OCCASION = 80 };

/* Whether a claim goes on with what the speaker said before: a quotation whose cue names no other occasion. */
static bool goes_on(const hs_claim *claim, const hs_marked *m, const hs_parts *parts) {
    if (claim->parent != HS_NONE || claim->manner == HS_MANNER_INDIRECT || !parts->cue.n) return false;
    return is_uttered(m, &parts->cue) && parts->cue.v[0].end - parts->cue.v[0].start <= 2;
}

/* Whether a medium stands in what another claim near by says, which does not hold this one's cue: "… said that experts wrote on Twitter". */
static bool is_anothers(const hs_record *record, const hs_marked *m, const hs_parts *parts, size_t claim,
                        hs_range medium) {
    enum { NEAR = 6 };
    size_t from = claim > NEAR ? claim - NEAR : 0, cue = parts[claim].cue.v[0].start;
    for (size_t i = from; i < record->n_claims && i < claim + NEAR; i++) {
        const hs_ranges *content = &parts[i].content;
        if (i == claim || !hs_ranges_hold(content, medium.start) || hs_ranges_hold(content, cue)) continue;
        /* "repeated her claim on Tal Radio and insisted that": both there. */
        bool own = record->claims[i].speaker == record->claims[claim].speaker;
        if (!own || hs_marked_is(m, content->v[0].start, "that")) return true;
    }
    return false;
}

void hs_medium_read(hs_record *record, const hs_marked *m, const hs_parts *parts) {
    size_t last = HS_NONE, spoken = 0; /* the claim that the last medium is of; where its cue stands */
    for (size_t i = 0; i < record->n_claims; i++) {
        hs_claim *claim = &record->claims[i];
        const hs_ranges *within = claim->parent < record->n_claims ? &parts[claim->parent].content : NULL;
        hs_range found = medium_of(m, &parts[i], within, claim->manner == HS_MANNER_INDIRECT);
        if (found.end > found.start && !is_anothers(record, m, parts, i, found))
            claim->medium = hs_str_slice(m->text, m->words.v[found.start].start, m->words.v[found.end - 1].end);
        if (claim->parent != HS_NONE || !parts[i].cue.n) continue;
        size_t at = parts[i].cue.v[0].start;
        bool same = last != HS_NONE && claim->speaker != HS_NONE && claim->speaker == record->claims[last].speaker;
        bool near = at >= spoken && at - spoken <= SAME_OCCASION;
        if (!claim->medium.n && same && near && goes_on(claim, m, &parts[i]))
            claim->medium = record->claims[last].medium;
        if (!claim->medium.n) continue;
        last = i;
        spoken = at;
    }
}
