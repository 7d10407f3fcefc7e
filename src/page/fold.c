/* Case folding: see fold.h. */
#include "page/fold.h"

#include "base/utf8.h"

/* Ranges of capitals, each with the way to the small letter: an offset, or 0 where capital and small letter alternate. */
static const struct range {
    uint32_t first, last, offset;
} RANGES[] = {
    {'A', 'Z', 32},     {0xC0, 0xD6, 32},     {0xD8, 0xDE, 32},     {0x100, 0x12F, 0},  {0x132, 0x137, 0},
    {0x139, 0x148, 0},  {0x14A, 0x177, 0},    {0x179, 0x17E, 0},    {0x1A0, 0x1A5, 0},  {0x1AF, 0x1B0, 0},
    {0x218, 0x21B, 0},  {0x386, 0x386, 0x26}, {0x388, 0x38A, 0x25}, {0x391, 0x3AB, 32}, {0x400, 0x40F, 80},
    {0x410, 0x42F, 32}, {0x490, 0x491, 0},    {0x1E00, 0x1EF9, 0},
};

uint32_t hs_fold(uint32_t cp) {
    if (cp < 'A' || (cp > 'Z' && cp < 0xC0)) return cp;
    if (cp == 0x130) return 'i'; /* Turkish capital with a dot */
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES && RANGES[i].first <= cp; i++) {
        if (cp > RANGES[i].last) continue;
        if (RANGES[i].offset) return cp + RANGES[i].offset;
        return (cp - RANGES[i].first) % 2 ? cp : cp + 1;
    }
    return cp;
}

bool hs_fold_starts(hs_str s, hs_str prefix) {
    size_t at = 0, of = 0;
    while (at < s.n && of < prefix.n)
        if (hs_fold(hs_utf8_decode(s, at, &at)) != hs_fold(hs_utf8_decode(prefix, of, &of))) return false;
    return of == prefix.n;
}

bool hs_fold_eq(hs_str a, hs_str b) {
    size_t at = 0, of = 0;
    while (at < a.n && of < b.n)
        if (hs_fold(hs_utf8_decode(a, at, &at)) != hs_fold(hs_utf8_decode(b, of, &of))) return false;
    return at == a.n && of == b.n;
}
