/* Whom a page relies on: how much of its text is whose. Shares are of the text's characters, blanks left out, and without the words
 * that only say who speaks (sources and cues). What stands inside a nested claim counts for the outer one's speaker: that is whose
 * word the page takes. Knows records alone; memory is the arena's. */
#ifndef HS_FORMATS_RELIED_H
#define HS_FORMATS_RELIED_H

#include "base/str.h"

typedef struct hs_relied_speaker {
    size_t entity; /* index, or HS_NONE: no entity; all claims without one are together */
    size_t claims; /* nested ones too */
    size_t characters;
} hs_relied_speaker;

typedef struct hs_relied {
    hs_relied_speaker *speakers; /* who has most first */
    size_t n_speakers;
    size_t named, unnamed, own; /* characters: of speakers with and without a name, and of the page's own voice */
} hs_relied;

hs_relied hs_relied_of(hs_arena *arena, const hs_record *record);

/* In whole hundredths of all that counts. */
size_t hs_relied_share(const hs_relied *relied, size_t characters);

#endif
