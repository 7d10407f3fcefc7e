/* Are two claims of different pages the same: who says it, what words, names, numbers and quotations they share, whether one says the
 * contrary of the other. A few measures, weighed by what train/matches learned from annotated stories (pair_weights.inc). */
#ifndef HS_LEDGER_COMPARE_H
#define HS_LEDGER_COMPARE_H

#include "ledger/sketch.h"

/* The measures, in the order of the weights; train/matches/measure.c prints them under these names. */
typedef enum hs_measure {
    HS_M_LEAST,          /* weight of the shared terms, as a share of the shorter claim's */
    HS_M_UNION,          /* as a share of both claims' */
    HS_M_SHARED,         /* by itself */
    HS_M_RUNS,           /* shared runs of three words, as a share of the shorter's */
    HS_M_RUN_COUNT,      /* how many */
    HS_M_QUOTED,         /* weight of shared terms that stand in quotation marks on both pages */
    HS_M_NUMBER,         /* a number shared */
    HS_M_NUMBERS_DIFFER, /* both have numbers, none shared */
    HS_M_NAMES,          /* share of the names in them that both have */
    HS_M_NAMES_DIFFER,   /* both have names, none shared */
    HS_M_SPEAKER,        /* the same speaker */
    HS_M_SPEAKER_MAYBE,
    HS_M_SPEAKER_DIFFERS,
    HS_M_CONTRARY, /* share of the shared terms that only one of the two negates */
    HS_M_AROUND,   /* what stands around both */
    HS_M_CUES,     /* what both cues say, or one's cue and the other's content: "endorsed", not "said" */
    HS_M_PLAIN,    /* share of the terms that are neither names nor numbers */
    HS_M_BARE,     /* one of them says nothing but names, and the cues nothing else */
    HS_M_STORY,    /* the pages tell of the same */
    HS_M_STANCE,   /* both do the same with it: assert, urge, … */
    HS_M_LENGTHS,  /* how much the lengths differ */
    HS_M_COUNT
} hs_measure;

typedef struct hs_measures {
    float v[HS_M_COUNT];
} hs_measures;

const char *hs_measure_name(hs_measure measure);

/* 0 to 1: how far the pages tell of the same story. */
float hs_story_likeness(const hs_page_sketch *a, const hs_page_sketch *b);

void hs_measure_pair(hs_measures *out, const hs_sketch *a, const hs_sketch *b, float story);

typedef struct hs_verdict {
    float same;     /* chance that they are the same claim */
    float contrary; /* chance that one says that the other is not so */
} hs_verdict;

hs_verdict hs_compare(const hs_sketch *a, const hs_sketch *b, float story);

/* True when hs_compare would find nothing, told by little: `shared` is the weight of the terms that both have, or more. */
bool hs_hopeless(const hs_sketch *a, const hs_sketch *b, unsigned shared, float story);

/* From here on two claims count as the same, or the contrary. */
extern const float HS_SAME_FROM, HS_CONTRARY_FROM;

#endif
