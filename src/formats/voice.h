/* What a page says of whom it relies on, in numbers: the shares of relied.h, its speakers, and its sentences that cite nobody. Knows
 * records alone; memory is the arena's. */
#ifndef HS_FORMATS_VOICE_H
#define HS_FORMATS_VOICE_H

#include "formats/relied.h"

typedef struct hs_voice {
    hs_relied relied;
    size_t speakers, named;
    size_t alone;              /* claims that name neither evidence nor another source */
    size_t sentences, uncited; /* of the text but its title: all, and those that no claim touches */
} hs_voice;

hs_voice hs_voice_of(hs_arena *arena, const hs_record *record);

#endif
