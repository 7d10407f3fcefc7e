/* Filling an hs_error: one line, cut to fit, control characters replaced so that a hostile name cannot break the line. */
#ifndef HS_BASE_ERROR_H
#define HS_BASE_ERROR_H

#include "hearsay.h"

/* Returns `code`, and where `error` is not NULL fills it. */
hs_status hs_fail(hs_error *error, hs_status code, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
