/* Disputes: see disputes.h. Each claim is boiled down once to its gist. One that denies looks among the claims that it holds, and, where it
 * holds none, for the one before it that it most likely answers: the sum of a few signs, hand-set on 64 annotated pages, has to reach what
 * the plainness of its denial asks for. What says the same as the answered claim is then disputed too. A claim looks at a bounded number
 * of others, so that the work is linear. */
#include "claims/disputes.h"

#include "base/numbers.h"
#include "claims/gist.h"

#define LEX(name) HS_LEX_OF(name)

enum {
    BACK = 40,
    FAR = 64,
    AHEAD = 24,
    TITLE = 6,
    CHILDREN = 24,
    DEPTH = 16,
    NEAR = 8,
    ADDRESSED = 2,
    MOST = 8,
    NAMES = 12
};

/* What the sum has to reach; NONE never does. In hundredths, like the signs. */
static const int ENOUGH[] = {
    [HS_DENIAL_NONE] = 10000,    [HS_DENIAL_CUE] = 180,         [HS_DENIAL_MOCKS] = 180,  [HS_DENIAL_CRITICISES] = 180,
    [HS_DENIAL_VERDICT] = 150,   [HS_DENIAL_ITS] = 150,         [HS_DENIAL_SHORT] = 150,  [HS_DENIAL_NO] = 150,
    [HS_DENIAL_QUESTIONS] = 180, [HS_DENIAL_NO_EVIDENCE] = 200, [HS_DENIAL_STANCE] = 330, [HS_DENIAL_NEGATES] = 300,
};

enum {
    SAME_PARAGRAPH = 200,
    NEXT_PARAGRAPH = 150,
    SECOND_PARAGRAPH = 70,
    ADJACENT = 50,
    EACH_BETWEEN = -5,
    ACCUSES = 100,
    ACCUSES_AND_CLAIM_MEANT = 100,
    ACCUSES_AND_CUE_DENIES = 120, /* "denied any wrongdoing" */
    SAYS_AND_SAYING_MEANT = 50,
    CUE_MEANT = 150,     /* "her testimony" for "testified" */
    EACH_SHARED = 50,    /* of three */
    SOURCE_MEANT = 250,  /* "Ann Hall's claim" */
    SOURCE_BEGINS = 150, /* its speaker stands among the denial's first words */
    SOURCE_NAMED = 50,   /* or further on */
    DENIER_NAMED = 100,  /* the other speaks of who denies */
    OTHER_DENIES = -100,
    OTHER_SAYS_NOTHING = -150,
    OTHER_ANSWERS = -150, /* is itself the other side's answer */
    NO_SPEAKER = -50,
    NESTED = -30,
    SIBLING = -200,      /* both stand in the same claim */
    EACH_ACCUSATION = 40 /* of the same speaker, of four, for "these allegations" */
};

typedef struct speaker {
    uint32_t names[NAMES];
    size_t n;
    unsigned accusations;
} speaker;

typedef struct work {
    hs_record *record;
    hs_arena *arena;
    const hs_gist *gists;
    speaker *speakers;
    size_t n_speakers, *answered; /* for each claim the one that it answers, itself where it answers none, or HS_NONE */
} work;

static size_t speaker_of(const work *w, size_t claim) {
    return w->record->claims[claim].speaker;
}

static size_t parent_of(const work *w, size_t claim) {
    return w->record->claims[claim].parent;
}

/* Whether `claim` lies in `other`, or is it. */
static bool lies_in(const work *w, size_t claim, size_t other) {
    for (size_t depth = 0; claim != HS_NONE && claim != other && depth < DEPTH; depth++) claim = parent_of(w, claim);
    return claim == other;
}

static bool related(const work *w, size_t a, size_t b) {
    return lies_in(w, a, b) || lies_in(w, b, a);
}

static bool same_speaker(const work *w, size_t a, size_t b) {
    return speaker_of(w, a) != HS_NONE && speaker_of(w, a) == speaker_of(w, b);
}

/* The names of a claim's speaker, as all sources that mean him have them. */
static hs_terms names_of(const work *w, size_t claim) {
    size_t s = speaker_of(w, claim);
    if (s == HS_NONE) return w->gists[claim].names;
    return (hs_terms){w->speakers[s].names, w->speakers[s].n};
}

/* Whether `b` speaks of who says `a`: by name, or as "you" to one who answers for himself. */
static bool names_denier(const work *w, size_t a, size_t b) {
    hs_terms names = names_of(w, a);
    if (hs_terms_shared(&names, &w->gists[b].capitals)) return true;
    return w->gists[b].speaks_to_you && w->gists[a].of_oneself;
}

/* Whether a claim is plainly the answer to another. */
static bool answers(const work *w, size_t claim) {
    static const bool YES[HS_DENIAL_NEGATES + 1] = {
        [HS_DENIAL_CUE] = true, [HS_DENIAL_MOCKS] = true, [HS_DENIAL_CRITICISES] = true, [HS_DENIAL_VERDICT] = true,
        [HS_DENIAL_ITS] = true, [HS_DENIAL_SHORT] = true, [HS_DENIAL_NO] = true};
    return claim != HS_NONE && YES[w->gists[claim].denial];
}

static bool points_at_claim(const hs_gist *g) {
    return g->pointer == HS_POINTS_CLAIM || g->pointer == HS_POINTS_SAYING || g->pointer == HS_POINTS_OTHER;
}

static int by_place(const hs_gist *a, const hs_gist *b, size_t between) {
    size_t apart = a->paragraph > b->paragraph ? a->paragraph - b->paragraph : b->paragraph - a->paragraph;
    return (apart == 0   ? SAME_PARAGRAPH
            : apart == 1 ? NEXT_PARAGRAPH
            : apart == 2 ? SECOND_PARAGRAPH
                         : 0) +
           (between == 1 ? ADJACENT : 0) + (int)between * EACH_BETWEEN;
}

/* What the denial `a` points at: a kind of claim, somebody's. */
static int by_pointer(const work *w, size_t a, size_t b) {
    static const hs_lex SAYING = LEX(SAY) | LEX(CLAIM) | LEX(TWEET);
    const hs_gist *from = &w->gists[a], *to = &w->gists[b];
    int sum = 0;
    if (from->pointer == HS_POINTS_CLAIM && to->accuses) sum += ACCUSES_AND_CLAIM_MEANT;
    if (from->pointer == HS_POINTS_SAYING && (to->cue & SAYING)) sum += SAYS_AND_SAYING_MEANT;
    bool meant = points_at_claim(from);
    if (meant && hs_terms_shared(&from->opening_stems, &to->cue_stems)) sum += CUE_MEANT;
    if (from->denial == HS_DENIAL_CUE && from->pointer == HS_POINTS_NOWHERE && to->accuses)
        sum += ACCUSES_AND_CUE_DENIES;
    hs_terms names = names_of(w, b);
    if (hs_terms_shared(&from->opening, &names) || hs_terms_shared(&from->opening, &to->source))
        sum += meant ? SOURCE_MEANT : SOURCE_BEGINS;
    else if (hs_terms_shared(&from->words, &names)) sum += SOURCE_NAMED;
    if (from->plural && speaker_of(w, b) != HS_NONE) {
        unsigned n = w->speakers[speaker_of(w, b)].accusations;
        sum += EACH_ACCUSATION * ((n > 4 ? 4 : (int)n) - 1);
    }
    return sum;
}

static int sum_of(const work *w, size_t a, size_t b) {
    const hs_gist *from = &w->gists[a], *to = &w->gists[b];
    const hs_claim *other = &w->record->claims[b];
    size_t shared = hs_terms_shared(&from->about, &to->about);
    int sum = by_place(from, to, a - b) + by_pointer(w, a, b) + EACH_SHARED * (int)(shared > 3 ? 3 : shared);
    if (to->accuses) sum += ACCUSES;
    if (names_denier(w, a, b)) sum += DENIER_NAMED;
    if (other->stance == HS_STANCE_DENIES) sum += OTHER_DENIES;
    if (other->stance == HS_STANCE_DECLINES || other->stance == HS_STANCE_ASKS) sum += OTHER_SAYS_NOTHING;
    if (answers(w, b) || answers(w, parent_of(w, b))) sum += OTHER_ANSWERS;
    if (other->speaker == HS_NONE) sum += NO_SPEAKER;
    if (other->parent != HS_NONE) sum += NESTED;
    if (other->parent != HS_NONE && other->parent == parent_of(w, a)) sum += SIBLING;
    return sum;
}

/* What a denial of its kind may answer at all. */
static bool may_answer(const work *w, size_t a, size_t b) {
    const hs_gist *from = &w->gists[a], *to = &w->gists[b];
    if (related(w, a, b) || same_speaker(w, a, b)) return false;
    if (from->any && !to->accuses) return false;
    size_t shared = hs_terms_shared(&from->about, &to->about), apart = from->paragraph - to->paragraph;
    if (from->told_out && shared < 2) return false;
    bool close = a - b <= 2 && apart <= 1 && shared;
    hs_terms names = names_of(w, b);
    switch (from->denial) {
    case HS_DENIAL_NO_EVIDENCE:
        return (close && w->record->claims[a].stance == HS_STANCE_DENIES) || (shared && to->accuses);
    case HS_DENIAL_STANCE: return close || (to->accuses && apart <= 2 && names_denier(w, a, b));
    case HS_DENIAL_NEGATES:
        return parent_of(w, a) == HS_NONE && apart <= 2 && names_denier(w, a, b) &&
               (w->record->claims[b].stance == HS_STANCE_ACCUSES || (to->cue & (LEX(ACCUSE) | LEX(CLAIM))));
    case HS_DENIAL_CUE:
        if (from->pointer != HS_POINTS_NOWHERE || from->any) return true;
        if (!to->accuses) return shared >= 3;
        return shared || names_denier(w, a, b) || hs_terms_shared(&from->words, &names) ||
               hs_terms_shared(&from->words, &to->source);
    default: return true;
    }
}

static void add(work *w, size_t a, size_t b) {
    hs_claim *claim = &w->record->claims[a];
    if (claim->n_disputes == MOST || a == b) return;
    for (size_t i = 0; i < claim->n_disputes; i++)
        if (claim->disputes[i] == b) return;
    if (!claim->n_disputes) claim->disputes = HS_NEW(w->arena, size_t, MOST);
    claim->disputes[claim->n_disputes++] = b;
}

static size_t lower(size_t at, size_t by) {
    return at > by ? at - by : 0;
}

static size_t upper(const work *w, size_t at, size_t by) {
    return w->record->n_claims - at > by ? at + by : w->record->n_claims;
}

/* What a denial tells of the claim that it denies ("rejected Ann Hall's claim that"), and what anybody tells as false ("the absurd claim
 * that"). */
static void look_inside(work *w, size_t a) {
    const hs_gist *from = &w->gists[a];
    bool mocks = from->denial == HS_DENIAL_MOCKS;
    for (size_t b = lower(a, CHILDREN); b < upper(w, a, CHILDREN); b++) {
        const hs_gist *to = &w->gists[b];
        if (parent_of(w, b) != a || same_speaker(w, a, b)) continue;
        if (to->told_as_false && !answers(w, b)) add(w, a, b);
        if (from->denial != HS_DENIAL_CUE && !mocks) continue;
        bool begins = to->cue_at != HS_NONE && to->cue_at <= from->from + NEAR;
        bool whom = mocks && to->source_at != HS_NONE && to->source_at <= from->from + ADDRESSED;
        if (!begins && !whom) continue;
        bool asks = w->record->claims[b].stance == HS_STANCE_URGES && !to->accuses;
        if (asks && w->answered[a] == HS_NONE) w->answered[a] = a; /* "rejected the request to": no claim is denied */
        if (asks) continue;
        add(w, a, b);
        if (w->answered[a] == HS_NONE || w->answered[a] == a) w->answered[a] = b;
    }
}

/* "denied it, despite his claim that …": the claim that follows in the sentence by its noun. */
static bool follows_by_noun(const work *w, size_t a) {
    const hs_gist *from = &w->gists[a], *to = from + 1;
    bool denies =
        from->denial == HS_DENIAL_CUE || from->denial == HS_DENIAL_STANCE || from->denial == HS_DENIAL_NO_EVIDENCE;
    if (!denies || a + 1 == w->record->n_claims || !to->noun_cue || to->paragraph != from->paragraph) return false;
    return to->cue_at > from->to && to->cue_at < from->to + NEAR && !related(w, a, a + 1);
}

static void look_back(work *w, size_t a) {
    const hs_gist *from = &w->gists[a];
    if (from->denial == HS_DENIAL_NONE || w->answered[a] != HS_NONE || from->them) return;
    if (from->denial == HS_DENIAL_MOCKS && !points_at_claim(from)) return;
    size_t best = HS_NONE;
    int most = ENOUGH[from->denial] - 1;
    if (follows_by_noun(w, a)) best = a + 1;
    for (size_t b = a; best != a + 1 && b-- > lower(a, BACK);) {
        int sum = may_answer(w, a, b) ? sum_of(w, a, b) : 0;
        if (sum <= most) continue;
        most = sum;
        best = b;
    }
    if (best == HS_NONE) return;
    w->answered[a] = best;
    add(w, a, best);
}

static bool restates(const hs_gist *a, const hs_gist *b) {
    size_t shared = hs_terms_shared(&a->about, &b->about);
    return shared >= 2 && 25 * shared * shared >= 4 * a->about.n * b->about.n && (a->accuses || b->accuses);
}

/* Whether a denial of `b` is one of `x` too. */
static bool goes_for(const work *w, size_t a, size_t b, size_t x) {
    const hs_gist *from = &w->gists[a], *to = &w->gists[b], *also = &w->gists[x];
    bool same = same_speaker(w, b, x), inside = parent_of(w, b) == a, replies = from->denial >= HS_DENIAL_STANCE;
    if (x == a || x == b || related(w, a, x) || same_speaker(w, a, x) || answers(w, x)) return false;
    if (same && restates(to, also)) return true;
    if (!also->accuses) return false;
    if (parent_of(w, x) == b || parent_of(w, b) == x) return true;
    if ((x > a && !(from->any && also->paragraph == from->paragraph)) || inside) return false;
    bool named = names_denier(w, a, x);
    if (from->denial == HS_DENIAL_NO_EVIDENCE) return same && hs_terms_shared(&from->about, &also->about);
    if (same && from->pointer == HS_POINTS_CLAIM && from->plural) return true;
    if (from->denial == HS_DENIAL_CUE && from->any) return true;
    if (from->denial == HS_DENIAL_CUE && from->pointer == HS_POINTS_NOWHERE && to->accuses) return same || named;
    return replies && named && (also->cue & (LEX(ACCUSE) | LEX(CLAIM)));
}

static void look_around(work *w, size_t a) {
    size_t b = w->answered[a], from = lower(a, FAR);
    if (b == HS_NONE || b == a) return;
    for (size_t x = 0; x < TITLE && x < from; x++)
        if (goes_for(w, a, b, x)) add(w, a, x);
    for (size_t x = from; x < upper(w, a, AHEAD); x++)
        if (goes_for(w, a, b, x)) add(w, a, x);
}

/* Whether a claim says hardly more than the one that it holds. */
static bool says_what_it_holds(const work *w, size_t holder, size_t held) {
    return 5 * w->gists[held].about.n >= 3 * w->gists[holder].about.n && w->gists[held].about.n > 1;
}

/* A disputed claim that only tells another's is disputed at both levels. */
static void go_through_levels(work *w, size_t a, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t b = w->record->claims[a].disputes[i], up = parent_of(w, b);
        if (up != HS_NONE && says_what_it_holds(w, up, b) && !related(w, a, up) && !answers(w, up)) add(w, a, up);
        for (size_t x = lower(b, NEAR); x < upper(w, b, NEAR); x++)
            if (parent_of(w, x) == b && says_what_it_holds(w, b, x) && !related(w, a, x)) add(w, a, x);
    }
}

/* Who tells one's own denial disputes the same, and so does what a reply says that others deny ("none of them found …"). */
static void share(work *w, size_t a, size_t n) {
    const hs_claim *claim = &w->record->claims[a];
    bool replies = w->gists[a].denial >= HS_DENIAL_NO_EVIDENCE;
    for (size_t i = 0; i < n; i++)
        if (claim->parent != HS_NONE && same_speaker(w, a, claim->parent)) add(w, claim->parent, claim->disputes[i]);
    if (!replies || !n) return;
    for (size_t x = lower(a, CHILDREN); x < upper(w, a, CHILDREN); x++)
        for (size_t i = 0; parent_of(w, x) == a && w->gists[x].negated && i < n; i++)
            if (!related(w, x, claim->disputes[i])) add(w, x, claim->disputes[i]);
}

static void know_name(const work *w, speaker *s, hs_str name) {
    hs_terms terms = hs_gist_names(w->arena, name);
    for (size_t k = 0; k < terms.n && s->n < NAMES; k++) s->names[s->n++] = terms.v[k];
    s->n = hs_numbers_unique(s->names, s->n);
}

static void know_speakers(work *w) {
    size_t n = w->record->n_claims;
    for (size_t i = 0; i < n; i++)
        if (speaker_of(w, i) != HS_NONE && speaker_of(w, i) >= w->n_speakers) w->n_speakers = speaker_of(w, i) + 1;
    w->speakers = HS_NEW(w->arena, speaker, w->n_speakers);
    for (size_t i = 0; i < n; i++) {
        if (speaker_of(w, i) == HS_NONE) continue;
        speaker *s = &w->speakers[speaker_of(w, i)];
        s->accusations += w->gists[i].accuses;
        for (size_t k = 0; k < w->gists[i].names.n && s->n < NAMES; k++) s->names[s->n++] = w->gists[i].names.v[k];
        s->n = hs_numbers_unique(s->names, s->n);
    }
    for (size_t i = 0; i < w->record->n_entities && i < w->n_speakers; i++) {
        const hs_entity *e = &w->record->entities[i];
        know_name(w, &w->speakers[i], e->name);
        for (size_t k = 0; k < e->n_aliases && k < NAMES; k++) know_name(w, &w->speakers[i], e->aliases[k]);
    }
}

void hs_disputes_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) {
    size_t n = record->n_claims;
    hs_gist *gists = HS_NEW(arena, hs_gist, n);
    hs_beginnings paragraphs = hs_gist_paragraphs(arena, m);
    for (size_t i = 0; i < n; i++) gists[i] = hs_gist_of(arena, m, &record->claims[i], &parts[i], &paragraphs);
    work w = {.record = record, .arena = arena, .gists = gists, .answered = HS_NEW(arena, size_t, n)};
    know_speakers(&w);
    for (size_t a = 0; a < n; a++) {
        w.answered[a] = HS_NONE;
        look_inside(&w, a);
        look_back(&w, a);
        look_around(&w, a);
        go_through_levels(&w, a, record->claims[a].n_disputes);
    }
    size_t *found = HS_NEW(arena, size_t, n);
    for (size_t a = 0; a < n; a++) found[a] = record->claims[a].n_disputes;
    for (size_t a = 0; a < n; a++) share(&w, a, found[a]);
}
