/* What is put right by rule in the spans that the model finds: classes of its errors that the text itself shows. */
#ifndef HS_CLAIMS_MEND_H
#define HS_CLAIMS_MEND_H

#include "claims/decode.h"

/* Whether the page speaks to its readers ("if you want …", "Ask whether …"), which is nobody's claim. */
bool hs_mend_speaks_to_readers(const hs_words *words, const hs_attribution *a);

/* "Asked about the dam, the mayor …": whoever goes with a participle that begins a sentence is whom it was done to, not the source; but "Added Berg". */
bool hs_mend_names_no_source(const hs_words *words, const hs_attribution *a);

/* What only looks like a claim: "these claims", with nothing of what was claimed behind it; "I mean, …". */
bool hs_mend_says_nothing(const hs_words *words, const hs_attribution *a);

/* Takes "HARBOUR CITY, Talvania — " off a source that begins a paragraph. Bytes of the text. */
void hs_mend_dateline(hs_str text, hs_range *source);

/* "The bridge is shut, Anna Berg, the mayor of Tal, has claimed.": a name with what describes it, between what is said and a cue that ends
 * the sentence, is the source of a claim that has none. Bytes of the text. */
void hs_mend_source(hs_arena *arena, hs_str text, hs_range cue, hs_ranges *source, hs_ranges *content);

#endif
