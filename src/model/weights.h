/* The weights file: docs/model-format.md, section 1. Knows the file's layout, not what is computed from it.
 *
 * A file is mapped, not read; the pointers of hs_weights point into it and live until hs_weights_unmap. Everything that the
 * specification lets a reader check is checked before the first of them is handed out, so that no use of a tensor within
 * its shape needs a check. (Whoever cuts a mapped file short while it is in use gets SIGBUS: replace files by renaming.)
 */
#ifndef HS_MODEL_WEIGHTS_H
#define HS_MODEL_WEIGHTS_H

#include "hearsay.h"
#include "model/product.h"

enum { HS_MAX_LAYERS = 48, HS_SHAPES = 7, HS_QUOTES = 5, HS_PLACES = 4, HS_DISTANCES = 17 };
enum { HS_CUE_TAGS = 5, HS_PAIR_TAGS = 5, HS_KINDS = 9, HS_STANCES = 10, HS_ACTS = HS_STANCES + 1 };
enum { HS_ACT_HIDDEN = 128, HS_REFER = 64, HS_REFER_DISTANCES = 9, HS_MEANING = 128 };

typedef struct hs_config {
    size_t vocab, positions, dim, layers, heads, inner, pair, window, lead, trail;
} hs_config;

typedef struct hs_norm {
    const float *weight, *bias; /* [dim] */
} hs_norm;

typedef struct hs_layer {
    hs_product qkv, out, up, down; /* [3 dim, dim], [dim, dim], [inner, dim], [dim, inner] */
    hs_norm norm1, norm2;
} hs_layer;

typedef struct hs_weights {
    hs_config config;
    hs_str vocab;            /* the pieces, each ended by a line feed */
    const int8_t *word;      /* [vocab][dim] */
    const float *word_scale; /* [vocab] */
    const float *position;   /* [positions][dim] */
    const float *shape;      /* [HS_SHAPES][dim] */
    const float *quote;      /* [HS_QUOTES][dim] */
    const float *place;      /* [HS_PLACES][dim] */
    hs_norm norm;
    hs_layer layer[HS_MAX_LAYERS];
    const float *cue, *cue_bias;               /* [HS_CUE_TAGS][dim], [HS_CUE_TAGS] */
    const float *cue_start, *cue_trans;        /* [HS_CUE_TAGS], [HS_CUE_TAGS][HS_CUE_TAGS] */
    hs_product pair_P;                         /* [pair, dim] */
    const float *pair_Q, *pair_Q_bias;         /* [pair][dim], [pair] */
    const float *pair_G, *pair_G_bias;         /* [pair][dim], [pair] */
    const float *pair_dist;                    /* [HS_DISTANCES][pair] */
    const float *pair_V, *pair_V_bias;         /* [5][pair], [5] */
    const float *pair_start, *pair_trans;      /* [5], [5][5] */
    const float *act1, *act1_bias;             /* [HS_ACT_HIDDEN][3 dim], [HS_ACT_HIDDEN] */
    const float *act2, *act2_bias;             /* [HS_ACTS][HS_ACT_HIDDEN], [HS_ACTS] */
    const float *kind, *kind_bias;             /* [HS_KINDS][dim], [HS_KINDS] */
    const float *refer_a, *refer_a_bias;       /* [HS_REFER][dim], [HS_REFER] */
    const float *refer_b, *refer_b_bias;       /* likewise */
    const float *refer_none, *refer_none_bias; /* [1][dim], [1] */
    const float *refer_dist;                   /* [HS_REFER_DISTANCES] */
    const float *meaning, *meaning_bias;       /* [HS_MEANING][dim], [HS_MEANING] */
    const uint8_t *mapped;                     /* what hs_weights_unmap gives back */
    size_t mapped_bytes;
} hs_weights;

/* Maps and checks a file: HS_ERR_MISSING, HS_ERR_IO, or HS_ERR_FORMAT with what is wrong. On failure there is nothing to unmap. */
hs_status hs_weights_map(hs_weights *out, const char *path, hs_error *error);
void hs_weights_unmap(hs_weights *weights);

/* Checks weights in memory, `n` bytes at a multiple of 16, borrowed as long as *out is used. `path` is for the error. */
hs_status hs_weights_from_memory(hs_weights *out, const uint8_t *bytes, size_t n, const char *path, hs_error *error);

/* The digest of the bytes after a file's header. */
uint64_t hs_weights_digest(const uint8_t *bytes, size_t n);

#endif
