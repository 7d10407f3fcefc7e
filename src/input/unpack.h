/* Sources that unpack another one: gzip (one member after another), zstd (one frame after another, with a dictionary as WARC files
 * have it), and what HTTP calls deflate. Memory is constant, whatever the data unpacks to. */
#ifndef HS_INPUT_UNPACK_H
#define HS_INPUT_UNPACK_H

#include "input/source.h"

typedef enum hs_packing { HS_PACKED_NOT, HS_PACKED_GZIP, HS_PACKED_ZSTD, HS_PACKED_DEFLATE } hs_packing;

/* By the first bytes; never HS_PACKED_DEFLATE, which begins with nothing in particular. */
hs_packing hs_packing_of(hs_str start);

/* Takes `below` over; NULL when there is no memory. After an error, reading goes on with the next member or frame. */
hs_source *hs_unpack(hs_source *below, hs_packing packing);

/* unpack_zstd.c */
hs_source *hs_unpack_zstd(hs_source *below);

#endif
