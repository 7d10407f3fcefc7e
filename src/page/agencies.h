/* The names of news agencies. Only a table and look-ups; nothing here allocates. */
#ifndef HS_PAGE_AGENCIES_H
#define HS_PAGE_AGENCIES_H

#include "base/str.h"

/* The agency whose name stands, as a whole word, at the start of the text, in its usual form; *n: how many bytes it takes there.
 * Absent when there is none. */
hs_str hs_agency_at(hs_str text, size_t *n);
/* The same where the text is nothing but the name. */
hs_str hs_agency_of(hs_str name);

#endif
