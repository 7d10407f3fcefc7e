/* Sets of numbers. */
#ifndef HS_BASE_NUMBERS_H
#define HS_BASE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* Sorts n numbers, ascending, and keeps each once; returns how many are left. */
size_t hs_numbers_unique(uint32_t *v, size_t n);

#endif
