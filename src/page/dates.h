/* Dates as pages write them → ISO 8601. Results lie in the arena. Knows no markup.
 *
 * A day out of the calendar, before 1990 or after 2035 is no date: old enough to be a document's, early enough to be a page's. (What
 * day it is today is not asked: the same page gives the same record on every day.) */
#ifndef HS_PAGE_DATES_H
#define HS_PAGE_DATES_H

#include "base/str.h"

/* How 3/4/2019 is meant. */
typedef enum hs_date_order { HS_DATE_MONTH_FIRST, HS_DATE_DAY_FIRST } hs_date_order;

typedef struct hs_date {
    hs_str iso;   /* "2019-11-19", or "2019-11-19T08:30:00+01:00" where the text says both time and zone */
    hs_str other; /* 3/4/2019 the other way round; absent where there is only one way */
    size_t at, n; /* which bytes of the text it took */
} hs_date;

/* The first date at or behind `from`; false when there is none. */
bool hs_date_next(hs_date *out, hs_arena *arena, hs_str text, size_t from, hs_date_order order);

/* The first date in `text`; absent when there is none. *at and *n (may be NULL) say which bytes it took. */
hs_str hs_date_find(hs_arena *arena, hs_str text, size_t *at, size_t *n);

/* The date in a page's address ("/2019/11/19/"), absent when it has no day. */
hs_str hs_date_of_url(hs_arena *arena, hs_str url);

#endif
