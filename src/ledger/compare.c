/* Comparing claims: see compare.h. */
#include "ledger/compare.h"

#include <math.h>

#include "ledger/pair_weights.inc"

/* A pair below this, whatever else speaks for it, is not measured further: a chance of 0.27. */
#define HOPELESS (-1.0F)

/* Weights of terms: a word or two that tell something; two cues' words alike. */
#define ENOUGH_PLAIN 16.0F
#define ENOUGH_CUE 20.0F
#define LEAST_FOR_CONTRARY 0.3F

const float HS_SAME_FROM = PAIR_SAME_FROM, HS_CONTRARY_FROM = 0.5F;

static const char *const NAMES[HS_M_COUNT] = {
    [HS_M_LEAST] = "least",
    [HS_M_UNION] = "union",
    [HS_M_SHARED] = "shared",
    [HS_M_RUNS] = "runs",
    [HS_M_RUN_COUNT] = "run count",
    [HS_M_QUOTED] = "quoted",
    [HS_M_NUMBER] = "number",
    [HS_M_NUMBERS_DIFFER] = "numbers differ",
    [HS_M_NAMES] = "names",
    [HS_M_NAMES_DIFFER] = "names differ",
    [HS_M_SPEAKER] = "speaker",
    [HS_M_SPEAKER_MAYBE] = "speaker maybe",
    [HS_M_SPEAKER_DIFFERS] = "speaker differs",
    [HS_M_CONTRARY] = "contrary",
    [HS_M_AROUND] = "around",
    [HS_M_CUES] = "cues",
    [HS_M_PLAIN] = "plain",
    [HS_M_BARE] = "bare",
    [HS_M_STORY] = "story",
    [HS_M_STANCE] = "stance",
    [HS_M_LENGTHS] = "lengths",
};

const char *hs_measure_name(hs_measure measure) {
    return (size_t)measure < HS_M_COUNT ? NAMES[measure] : "";
}

/* What two lists of terms, each ordered by hash, have in common. */
typedef struct common {
    unsigned shared, a, b; /* weights */
    unsigned plain;        /* of the shared ones: neither names nor numbers */
    unsigned contrary;     /* of the plain ones: those that only one side negates */
    unsigned quoted;
    unsigned numbers, numbers_a, numbers_b; /* counts */
    unsigned names, names_a, names_b;
    unsigned plain_a, plain_b; /* weights */
} common;

static void count_one(unsigned *weight, unsigned *plain, unsigned *numbers, unsigned *names, const hs_term *t) {
    *weight += t->weight;
    if (!(t->flags & (HS_TERM_NAME | HS_TERM_NUMBER))) *plain += t->weight;
    *numbers += (t->flags & HS_TERM_NUMBER) != 0;
    *names += (t->flags & HS_TERM_NAME) != 0;
}

static common in_common(const hs_term *a, size_t n_a, const hs_term *b, size_t n_b) {
    common c = {0};
    size_t i = 0, j = 0;
    while (i < n_a || j < n_b) {
        bool take_a = j == n_b || (i < n_a && a[i].hash <= b[j].hash);
        bool take_b = i == n_a || (j < n_b && b[j].hash <= a[i].hash);
        if (take_a && take_b) {
            unsigned both = a[i].flags & b[j].flags, weight = a[i].weight < b[j].weight ? a[i].weight : b[j].weight;
            c.shared += weight;
            if (!((a[i].flags | b[j].flags) & (HS_TERM_NAME | HS_TERM_NUMBER))) {
                c.plain += weight;
                if ((a[i].flags ^ b[j].flags) & HS_TERM_NEGATED) c.contrary += weight;
            }
            if (both & HS_TERM_QUOTED) c.quoted += weight;
            c.numbers += (both & HS_TERM_NUMBER) != 0;
            c.names += ((a[i].flags | b[j].flags) & HS_TERM_NAME) != 0;
        }
        if (take_a) count_one(&c.a, &c.plain_a, &c.numbers_a, &c.names_a, &a[i++]);
        if (take_b) count_one(&c.b, &c.plain_b, &c.numbers_b, &c.names_b, &b[j++]);
    }
    return c;
}

static size_t runs_in_common(const hs_sketch *a, const hs_sketch *b) {
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a->n_runs && j < b->n_runs;) {
        if (a->runs[i] == b->runs[j]) n++;
        if (a->runs[i] <= b->runs[j]) i++;
        else j++;
    }
    return n;
}

static float ratio(float part, float whole) {
    return whole > 0 ? part / whole : 0;
}

static float least(float a, float b) {
    return a < b ? a : b;
}

float hs_story_likeness(const hs_page_sketch *a, const hs_page_sketch *b) {
    float shared = 0, all_a = 0, all_b = 0;
    for (size_t i = 0; i < a->n_story; i++) {
        all_a += a->story[i].weight;
        for (size_t j = 0; j < b->n_story; j++)
            if (a->story[i].hash == b->story[j].hash) shared += least(a->story[i].weight, b->story[j].weight);
    }
    for (size_t j = 0; j < b->n_story; j++) all_b += b->story[j].weight;
    return ratio(shared, sqrtf(all_a * all_b));
}

static unsigned shared_weight(const hs_term *few, size_t n, const hs_term *v, size_t n_v) {
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n_v && v[k].hash <= few[i].hash; k++)
            if (v[k].hash == few[i].hash) sum += v[k].weight < few[i].weight ? v[k].weight : few[i].weight;
    return sum;
}

/* "regretted the insults", "voiced regret": what one says in the cue, the other may say in the content. */
static float cues_in_common(const hs_sketch *a, const hs_sketch *b) {
    unsigned shared = shared_weight(a->cue, a->n_cue, b->cue, b->n_cue) +
                      shared_weight(a->cue, a->n_cue, b->terms, b->n_terms) +
                      shared_weight(b->cue, b->n_cue, a->terms, a->n_terms);
    return least((float)shared / ENOUGH_CUE, 1);
}

/* A paper that reports what somebody says, beside that somebody, is no other speaker. */
static void measure_speakers(float v[HS_M_COUNT], const hs_sketch *a, const hs_sketch *b) {
    switch (hs_names_alike(&a->speaker, &b->speaker, false)) {
    case HS_ALIKE_SAME: v[HS_M_SPEAKER] = 1; break;
    case HS_ALIKE_MAYBE: v[HS_M_SPEAKER_MAYBE] = 1; break;
    case HS_ALIKE_DIFFERENT: v[HS_M_SPEAKER_DIFFERS] = a->speaker.media == b->speaker.media; break;
    case HS_ALIKE_UNKNOWN: break;
    }
}

/* All measures but what stands around, which costs as much as the others together. */
static void measure_content(hs_measures *out, const hs_sketch *a, const hs_sketch *b, float story) {
    float *v = out->v;
    *out = (hs_measures){0};
    common c = in_common(a->terms, a->n_terms, b->terms, b->n_terms);
    float shorter = (float)(c.a < c.b ? c.a : c.b);
    size_t runs = runs_in_common(a, b);
    v[HS_M_LEAST] = ratio((float)c.shared, shorter);
    v[HS_M_UNION] = ratio((float)c.shared, (float)(c.a + c.b - c.shared));
    v[HS_M_SHARED] = least((float)c.shared / 100, 1);
    v[HS_M_RUNS] = ratio((float)runs, (float)(a->n_runs < b->n_runs ? a->n_runs : b->n_runs));
    v[HS_M_RUN_COUNT] = least((float)runs / 4, 1);
    v[HS_M_QUOTED] = least((float)c.quoted / 40, 1);
    v[HS_M_NUMBER] = c.numbers > 0;
    v[HS_M_NUMBERS_DIFFER] = c.numbers_a && c.numbers_b && !c.numbers;
    v[HS_M_NAMES] = ratio((float)c.names, (float)(c.names_a < c.names_b ? c.names_a : c.names_b));
    v[HS_M_NAMES_DIFFER] = c.names_a && c.names_b && !c.names;
    measure_speakers(v, a, b);
    bool turned = (a->marks ^ b->marks) & HS_MARK_DENIES;
    float contrary = ratio((float)(turned ? c.plain - c.contrary : c.contrary), (float)c.plain);
    if (v[HS_M_NAMES] > 1) v[HS_M_NAMES] = 1;
    unsigned plain = c.plain_a < c.plain_b ? c.plain_a : c.plain_b;
    v[HS_M_PLAIN] = least(ratio((float)c.plain, (float)plain), 1);
    /* A stray "not" in a long quotation is none, nor one before the little that two claims share. */
    v[HS_M_CONTRARY] = contrary >= 0.5F && v[HS_M_PLAIN] >= LEAST_FOR_CONTRARY ? contrary : 0;
    v[HS_M_CUES] = cues_in_common(a, b);
    v[HS_M_BARE] = (1 - least((float)plain / ENOUGH_PLAIN, 1)) * (1 - v[HS_M_CUES]);
    v[HS_M_STORY] = story;
    v[HS_M_STANCE] = a->stance == b->stance;
    v[HS_M_LENGTHS] = c.a && c.b ? least(fabsf(logf((float)c.a / (float)c.b)) / 2, 1) : 1;
}

static void measure_around(hs_measures *out, const hs_sketch *a, const hs_sketch *b) {
    common around = in_common(a->context, a->n_context, b->context, b->n_context);
    out->v[HS_M_AROUND] = ratio((float)around.shared, (float)(around.a < around.b ? around.a : around.b));
}

void hs_measure_pair(hs_measures *out, const hs_sketch *a, const hs_sketch *b, float story) {
    measure_content(out, a, b, story);
    measure_around(out, a, b);
}

static float chance(float logit) {
    return 1 / (1 + expf(-logit));
}

/* At least what a weight may add to the logit when its measure is `most` at most. */
static float at_most(hs_measure measure, float most) {
    return PAIR_WEIGHTS[measure] > 0 ? PAIR_WEIGHTS[measure] * most : 0;
}

/* Of each measure the most that the shared weight leaves; those that count against a pair are left out, but for who speaks. */
bool hs_hopeless(const hs_sketch *a, const hs_sketch *b, unsigned shared, float story) {
    static const float ROUNDING = 0.01F;
    float v[HS_M_COUNT] = {0};
    unsigned shorter = a->weight < b->weight ? a->weight : b->weight, plain = a->plain < b->plain ? a->plain : b->plain;
    unsigned longer = a->weight < b->weight ? b->weight : a->weight;
    uint8_t both = a->any & b->any;
    measure_speakers(v, a, b);
    float most = PAIR_BIAS + ROUNDING + PAIR_WEIGHTS[HS_M_SPEAKER] * v[HS_M_SPEAKER] +
                 PAIR_WEIGHTS[HS_M_SPEAKER_MAYBE] * v[HS_M_SPEAKER_MAYBE] +
                 PAIR_WEIGHTS[HS_M_SPEAKER_DIFFERS] * v[HS_M_SPEAKER_DIFFERS];
    most += at_most(HS_M_LEAST, least(ratio((float)shared, (float)shorter), 1));
    most += at_most(HS_M_UNION, least(ratio((float)shared, (float)longer), 1));
    most += at_most(HS_M_SHARED, least((float)shared / 100, 1));
    most += at_most(HS_M_PLAIN, least(ratio((float)shared, (float)plain), 1));
    if (both & HS_TERM_QUOTED) most += at_most(HS_M_QUOTED, least((float)shared / 40, 1));
    if (both & HS_TERM_NUMBER) most += at_most(HS_M_NUMBER, 1);
    if (a->any & b->any & HS_TERM_NAME) most += at_most(HS_M_NAMES, 1);
    most += at_most(HS_M_STORY, story) + at_most(HS_M_STANCE, 1);
    static const hs_measure OTHERS[] = {HS_M_RUNS,         HS_M_RUN_COUNT, HS_M_NUMBERS_DIFFER,
                                        HS_M_NAMES_DIFFER, HS_M_CONTRARY,  HS_M_AROUND,
                                        HS_M_CUES,         HS_M_BARE,      HS_M_LENGTHS};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) most += at_most(OTHERS[i], 1);
    return most < HOPELESS;
}

/* The contrary: as much alike as the same claim would be, by other words, were it not for what is negated. */
hs_verdict hs_compare(const hs_sketch *a, const hs_sketch *b, float story) {
    hs_measures m;
    hs_verdict verdict = {0, 0};
    if (!(a->bloom & b->bloom)) return verdict;
    measure_content(&m, a, b, story);
    float logit = PAIR_BIAS;
    for (int i = 0; i < HS_M_COUNT; i++) logit += PAIR_WEIGHTS[i] * m.v[i];
    if (logit + PAIR_WEIGHTS[HS_M_AROUND] - PAIR_WEIGHTS[HS_M_CONTRARY] * m.v[HS_M_CONTRARY] < HOPELESS) return verdict;
    measure_around(&m, a, b);
    logit += PAIR_WEIGHTS[HS_M_AROUND] * m.v[HS_M_AROUND];
    verdict.same = chance(logit);
    if (m.v[HS_M_CONTRARY] < 0.5F || m.v[HS_M_SHARED] < 0.2F) return verdict;
    float speakers = PAIR_WEIGHTS[HS_M_SPEAKER] * m.v[HS_M_SPEAKER] +
                     PAIR_WEIGHTS[HS_M_SPEAKER_MAYBE] * m.v[HS_M_SPEAKER_MAYBE] +
                     PAIR_WEIGHTS[HS_M_SPEAKER_DIFFERS] * m.v[HS_M_SPEAKER_DIFFERS];
    verdict.contrary =
        chance(logit - PAIR_WEIGHTS[HS_M_CONTRARY] * m.v[HS_M_CONTRARY] - speakers + PAIR_WEIGHTS[HS_M_SPEAKER]);
    return verdict;
}
