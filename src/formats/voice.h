/* How a page's text divides between those it cites and its own voice. Knows records alone. */
#ifndef HS_FORMATS_VOICE_H
#define HS_FORMATS_VOICE_H

#include "base/str.h"

enum { HS_VOICE_TOP = 3 };

typedef struct hs_voice_part {
    size_t speaker; /* index into the record's entities */
    double share;   /* of the text */
} hs_voice_part;

typedef struct hs_voice {
    size_t claims, speakers, named;
    size_t alone;              /* claims that name neither evidence nor another source */
    size_t sentences, uncited; /* of the text but its title: all, and those that no claim touches */
    double attributed;         /* share of the text that is what somebody says */
    hs_voice_part top[HS_VOICE_TOP];
    size_t n_top;
} hs_voice;

/* False when there is no memory. */
bool hs_voice_of(hs_voice *out, const hs_record *record);

#endif
