/* What the words before a date say of it. Only tables and look-ups. */
#ifndef HS_PAGE_DATE_WORDS_H
#define HS_PAGE_DATE_WORDS_H

#include "base/str.h"

typedef enum hs_date_label {
    HS_DATE_BARE,      /* nothing */
    HS_DATE_PUBLISHED, /* "Published", "Veröffentlicht am" */
    HS_DATE_UPDATED,   /* "Last updated", "Stand:" */
    HS_DATE_OTHER      /* something else happened then: "Deadline", "Born", "©" */
} hs_date_label;

/* The label nearest to the end of the text that stands before a date. */
hs_date_label hs_date_label_of(hs_str before);

#endif
