/* What a page shows of holding an article, or a list of other pages or goods: the numbers that the verdict weighs. */
#ifndef HS_PAGE_SIGNS_H
#define HS_PAGE_SIGNS_H

#include "page/article.h"

/* Counts and sizes are log(1 + n), shares 0 to 1, the rest 0 or 1. "Main" is the page without menus, footers, comments and what is hidden. */
/* clang-format off */
#define HS_SIGNS(X)                                                                                     \
    X(SAYS_ARTICLE)    /* og:type */                                                                    \
    X(SAYS_HEADLINE)   /* a headline in JSON-LD */                                                      \
    X(SAYS_ARTICLES)   /* how many articles JSON-LD speaks of */                                        \
    X(DATED)           /* a date of publication was found */                                            \
    X(CLASS_SINGLE)    /* the template's name is that of one post */                                    \
    X(CLASS_LIST)      /* of an archive, category or front */                                           \
    X(URL_NONE)        /* the page does not state its address */                                        \
    X(URL_WORDS)       /* words of the address's last part */                                           \
    X(URL_NUMBER)      /* it holds a number of four digits or more */                                   \
    X(URL_LIST)        /* a part of the address is one of lists: "category" */                          \
    X(TITLE_WORDS)                                                                                      \
    X(BODY_LONG)       /* long paragraphs of the body */                                                \
    X(BODY_SHORT)      /* share of its paragraphs that are short */                                     \
    X(BODY_COOKIES)    /* short paragraphs of it that speak of cookies */                               \
    X(BODY_LINKS)      /* lines that are links, between its first and last paragraph */                 \
    X(BODY_IMAGES)     /* likewise images */                                                            \
    X(BEFORE_LINKS)    /* lines that are links, between the <h1> and its first paragraph */             \
    X(PRICES)          /* short lines with a price, in main */                                          \
    X(REPEATS)         /* how often the most frequent short text stands in main: "Add to cart" */       \
    X(LIST_WORDS)      /* short texts of lists in main: "Sort by" */                                    \
    X(TIMES)           /* <time> in main */                                                             \
    X(BUTTONS)                                                                                          \
    X(FAMILY_BYTES)    /* most prose with one and the same parent element */                            \
    X(FAMILY_COUNT)    /* its paragraphs */                                                             \
    X(STRETCH_SHARE)   /* longest prose that no linked headline interrupts, of all prose */
/* clang-format on */

typedef enum hs_sign {
#define HS_SIGN_ID_(id) HS_SIGN_##id,
    HS_SIGNS(HS_SIGN_ID_)
#undef HS_SIGN_ID_
        HS_SIGN_COUNT
} hs_sign;

typedef struct hs_signs {
    double v[HS_SIGN_COUNT];
} hs_signs;

/* `body`: what was taken for the article; `dated`: whether a date of publication was found. */
hs_signs hs_signs_of(const hs_html_page *page, const hs_strs *body, bool dated);

/* The first and last of the page's blocks that are in the body; first == HS_NONE when none is. */
typedef struct hs_body_range {
    size_t first, last;
} hs_body_range;
hs_body_range hs_body_range_of(const hs_html_page *page, const hs_strs *body);

/* page.c: the signs from bytes, for train/page, where the verdict's weights are worked out. */
hs_status hs_page_signs(hs_signs *out, hs_arena *arena, hs_str bytes, hs_str name, hs_error *error);

#endif
