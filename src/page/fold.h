/* Letters without case, for comparing names and titles in the scripts that have case. Knows no words. */
#ifndef HS_PAGE_FOLD_H
#define HS_PAGE_FOLD_H

#include "base/str.h"

/* The lower case of a letter of Latin, Greek or Cyrillic script; anything else as it is. */
uint32_t hs_fold(uint32_t cp);
bool hs_fold_eq(hs_str a, hs_str b);
bool hs_fold_starts(hs_str s, hs_str prefix);

#endif
