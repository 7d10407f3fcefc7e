/* Outlets as pages speak of them: "The Harbour Post", "the Post", "this newspaper", "the agency". Knows names, no pages. */
#ifndef HS_LEDGER_OUTLETS_H
#define HS_LEDGER_OUTLETS_H

#include "ledger/names.h"

/* The name of an agency, paper, channel or site, as far as its words tell. */
bool hs_is_outlet_name(hs_str words);

/* `words` mean the outlet `name`: the whole of it or what it is called for short ("the Post"). */
bool hs_means_outlet(hs_str words, hs_str name);

/* "radio", "the paper": an outlet that is spoken of without its name. */
bool hs_is_some_outlet(hs_str words);

/* "this newspaper", "us": the page's own outlet. */
bool hs_means_own(hs_str words);

/* Where the outlet is named in `text`, in full or for short; HS_NONE: nowhere. */
size_t hs_outlet_in(hs_str text, hs_str name);

/* Without "The " and what stands in brackets. */
hs_str hs_outlet_core(hs_str name);

#endif
