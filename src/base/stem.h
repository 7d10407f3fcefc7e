/* What the forms of an English word have in common: "accused", "accuses", "accusing" → "accus". */
#ifndef HS_BASE_STEM_H
#define HS_BASE_STEM_H

#include <stddef.h>

/* The stem of a word in lower case, in place; its new length. Words with other letters than a to z stay as they are. */
size_t hs_stem(char *word, size_t n);

#endif
