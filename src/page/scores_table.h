/* The forest of scores.c as tables: trees one behind the other, a node's children counted from its tree's first node. */
#ifndef HS_PAGE_SCORES_TABLE_H
#define HS_PAGE_SCORES_TABLE_H

#include <assert.h>

#include "page/features.h"

typedef struct hs_scores_node {
    uint8_t feature; /* hs_feature; HS_FEATURE_COUNT: a leaf */
    int16_t value;   /* left when the measure is no greater; of a leaf: logarithm of the odds, in 256ths */
    uint8_t left, right;
} hs_scores_node;

extern const int hs_scores_base;
extern const size_t hs_scores_n_trees;
extern const uint16_t hs_scores_trees[]; /* where each begins */
extern const hs_scores_node hs_scores_nodes[];

#endif
