/* The time of day with its zone that stands beside a date. Knows no calendar. */
#ifndef HS_PAGE_TIMES_H
#define HS_PAGE_TIMES_H

#include "base/str.h"

enum { HS_TIME_SIZE = 40 };

/* A time with a zone at byte `at`, after what may part it from a date ("T", ", at "): its length, all in all, and in `iso` its ISO form
 * ("T08:30:00+01:00"). 0 where there is no time, or its zone is not said: a record keeps the day alone then. */
size_t hs_time_with_zone(char iso[HS_TIME_SIZE], hs_str s, size_t at);

#endif
