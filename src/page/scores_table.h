/* The forest of scores.c as tables: trees one behind the other, a node's children counted from its tree's first node. */
#ifndef HS_PAGE_SCORES_TABLE_H
#define HS_PAGE_SCORES_TABLE_H

#include "page/features.h"

enum { HS_SCORES_LEAF = 255 };

typedef struct hs_scores_node {
    uint8_t measure;     /* hs_feature, or HS_SCORES_LEAF */
    int16_t value;       /* left when the measure is no greater; of a leaf: logarithm of the odds, in 256ths */
    uint8_t left, right; /* always further on than the node itself */
} hs_scores_node;

extern const size_t hs_scores_n_measures; /* that the forest was made for: HS_FEATURE_COUNT, or it must be made again */
extern const int hs_scores_base;
extern const size_t hs_scores_n_trees, hs_scores_n_nodes;
extern const uint16_t hs_scores_trees[]; /* where each begins */
extern const hs_scores_node hs_scores_nodes[];

#endif
