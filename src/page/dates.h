/* Dates as pages write them → ISO 8601. Results lie in the arena. Knows no markup. */
#ifndef HS_PAGE_DATES_H
#define HS_PAGE_DATES_H

#include "base/str.h"

/* The first date in `text`; absent when there is none. *at and *n (may be NULL) say which bytes it took. A time is kept where it stands in
 * ISO form behind the date; a day out of the calendar, before 1990 or after 2035 is no date. */
hs_str hs_date_find(hs_arena *arena, hs_str text, size_t *at, size_t *n);

/* The date in a page's address ("/2019/11/19/"), absent when it has no day. */
hs_str hs_date_of_url(hs_arena *arena, hs_str url);

#endif
