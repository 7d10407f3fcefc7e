/* Words for comparing titles: see bag.h. */
#include "page/bag.h"

#include "base/utf8.h"
#include "page/fold.h"

static bool in_word(uint32_t cp) {
    if (cp < 0x80) return (cp | 32) - 'a' < 26 || cp - '0' < 10;
    if (cp < 0x300) return cp >= 0xAA && cp != 0xAB && cp != 0xAD && cp != 0xB7 && cp != 0xBB;
    hs_char_class class = hs_char_classify(cp);
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_DIGIT ||
           class == HS_CHAR_NUMBER || class == HS_CHAR_MARK;
}

void hs_bag_of(hs_bag *out, hs_str text) {
    const uint32_t basis = 2166136261U, prime = 16777619U; /* FNV-1a */
    uint32_t hash = basis;
    bool open = false;
    out->n = 0;
    for (size_t at = 0; at < text.n && out->n < HS_BAG_MOST;) {
        uint32_t cp = hs_utf8_decode(text, at, &at);
        if (cp == 0xAD) continue; /* a soft hyphen stands inside words */
        if (in_word(cp)) {
            hash = (hash ^ hs_fold(cp)) * prime;
            open = true;
            if (at < text.n) continue;
        }
        if (open) out->v[out->n++] = hash;
        hash = basis;
        open = false;
    }
}

double hs_bag_alike(const hs_bag *a, const hs_bag *b) {
    bool taken[HS_BAG_MOST] = {false};
    size_t hit = 0;
    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            if (taken[k] || a->v[i] != b->v[k]) continue;
            taken[k] = true;
            hit++;
            break;
        }
    }
    return a->n + b->n ? 2.0 * (double)hit / (double)(a->n + b->n) : 0;
}
