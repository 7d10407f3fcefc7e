/* Bytes on the heap that grow, for what outlives no arena: pages on their way in. Whoever holds an hs_bytes frees it. */
#ifndef HS_INPUT_BYTES_H
#define HS_INPUT_BYTES_H

#include "base/str.h"

typedef struct hs_bytes {
    char *v;
    size_t n, cap;
} hs_bytes;

bool hs_bytes_reserve(hs_bytes *bytes, size_t more); /* room for `more` behind the first n; false: no memory */
bool hs_bytes_add(hs_bytes *bytes, hs_str s);
void hs_bytes_free(hs_bytes *bytes); /* and empties it */
hs_str hs_bytes_str(const hs_bytes *bytes);

/* Sets `bytes` to "name:part", terminated; empty, and false, when there is no memory. */
bool hs_bytes_name(hs_bytes *bytes, const char *name, hs_str part);

/* `message` behind the name that it is about. */
hs_status hs_fail_in(hs_error *error, const char *name, const hs_error *cause);

#endif
