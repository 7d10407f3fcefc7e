/* What is measured of a block before it is scored: whole numbers, each named once, here. The program and the training (train/page)
 * see the same numbers, as both get them from hs_features_of. */
#ifndef HS_PAGE_FEATURES_H
#define HS_PAGE_FEATURES_H

#include "page/article.h"

/* clang-format off */
#define HS_FEATURES(X)                                                                                                 \
    /* the block itself */                                                                                             \
    X(KIND) X(LEVEL) X(TAG) X(SIZE) X(WORDS) X(LINKS) X(END) X(START) X(SENTENCES) X(COMMAS) X(DIGITS) X(CAPITALS)     \
    X(PHRASE) X(AUTHOR) X(TITLE) X(COPIES) X(COPY) X(VERDICT) X(INLINE)                                                                    \
    /* the elements around it */                                                                                       \
    X(NAV) X(ASIDE) X(COMMENT) X(FOOT) X(BYLINE) X(CAPTION) X(HIDDEN) X(CONTENT) X(FOLD) X(AUTHOR_MARK) X(DATE_MARK) X(MARK_UP)                    \
    X(IN_ARTICLE) X(IN_MAIN) X(IN_ASIDE) X(IN_HEADER) X(IN_FOOTER) X(IN_FORM) X(IN_TABLE) X(IN_LIST) X(IN_FIGURE)      \
    X(IN_QUOTE) X(IN_PRE) X(IN_SECTION) X(LIST_ITEMS) X(LIST_LINKS) X(LIST_MEAN)                                       \
    X(NEAR_N) X(NEAR_SIZE) X(NEAR_LINKS) X(NEAR_SHARE) X(NEAR_GOOD) X(NEAR_MEAN)                                       \
    X(WIDE_N) X(WIDE_SIZE) X(WIDE_LINKS) X(WIDE_SHARE) X(WIDE_GOOD) X(WIDE_MEAN)                                       \
    X(FAR_LINKS) X(FAR_SHARE) X(FAR_GOOD) X(FAR_MEAN)                                                                  \
    /* where it stands */                                                                                              \
    X(CORE_SIDE) X(CORE_SHARE) X(CORE_UP) X(BODY_SIDE) X(BODY_BEFORE) X(BODY_GAP) X(BODY_SHARE) X(BEFORE) X(AFTER)     \
    X(BEFORE_SIZE) X(TITLE_SIDE) X(TITLE_GAP) X(ARTICLE_PAGE)                                                                          \
    X(HEADING_GAP) X(HEADING_LEVEL) X(HEADING_END) X(HEADING_LINKS) X(HEADING_OUT) X(SINCE_END)                        \
    /* the blocks beside it: last, next, last but one, next but one */                                                 \
    X(L_SIZE) X(L_LINKS) X(L_KIND) X(L_END) X(L_OUT) X(L_VERDICT) X(L_SAME)                                            \
    X(N_SIZE) X(N_LINKS) X(N_KIND) X(N_END) X(N_OUT) X(N_VERDICT) X(N_SAME)                                            \
    X(LL_SIZE) X(LL_LINKS) X(LL_KIND) X(LL_VERDICT) X(NN_SIZE) X(NN_LINKS) X(NN_KIND) X(NN_VERDICT)
/* clang-format on */

typedef enum hs_feature {
#define HS_FEATURE_ID_(id) HS_FEATURE_##id,
    HS_FEATURES(HS_FEATURE_ID_)
#undef HS_FEATURE_ID_
        HS_FEATURE_COUNT
} hs_feature;

typedef struct hs_features {
    int16_t v[HS_FEATURE_COUNT];
} hs_features;

/* What the rules alone make of a page. */
typedef enum hs_block_verdict { HS_BLOCK_OUT, HS_BLOCK_WEAK, HS_BLOCK_IN } hs_block_verdict;

typedef struct hs_rough_body {
    size_t from, to;   /* the blocks of the container */
    uint8_t *verdicts; /* one for each block of the page (hs_block_verdict) */
} hs_rough_body;

/* body.c */
hs_rough_body hs_body_rough(const hs_html_page *page);

/* Shares are in thousandths; sizes in bytes, at most 32767. Needs time in proportion to the page, times its depth. */
typedef struct hs_measurer hs_measurer;
hs_measurer *hs_measurer_of(const hs_html_page *page, const hs_rough_body *rough);
/* Blocks that cannot be the article's need no score. */
bool hs_measurer_open(const hs_measurer *m, size_t i);
void hs_measurer_read(hs_features *out, hs_measurer *m, size_t i);
size_t hs_measurer_first(const hs_measurer *m, size_t i); /* the first block of the same text */
uint32_t hs_measurer_words(const hs_measurer *m,
                           size_t i); /* some measure of length, also where no spaces part words */

#endif
