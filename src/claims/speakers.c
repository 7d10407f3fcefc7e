/* Speakers: see speakers.h. */
#include "claims/speakers.h"

#include <string.h>

static hs_str without_article(hs_str s) {
    static const char *const articles[] = {"the ", "a ", "an "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        hs_str article = hs_str_of(articles[i]);
        if (s.n > article.n && hs_str_starts_nocase(s, article)) return hs_str_slice(s, article.n, s.n);
    }
    return s;
}

/* FNV-1a over ASCII-folded bytes. */
static size_t hash(hs_str s) {
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32U : c)) * 0x100000001B3U;
    }
    return (size_t)(h ^ h >> 32);
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t *slot_of(const hs_speakers *speakers, hs_str key) {
    size_t at = hash(key) & (speakers->n_slots - 1);
    for (;; at = (at + 1) & (speakers->n_slots - 1)) {
        size_t *slot = &speakers->slots[at];
        if (!*slot || hs_str_eq_nocase(without_article(speakers->list.v[*slot - 1].name), key)) return slot;
    }
}

static void grow(hs_speakers *speakers, hs_arena *arena) {
    speakers->n_slots = speakers->n_slots ? speakers->n_slots * 2 : 64;
    speakers->slots = HS_NEW(arena, size_t, speakers->n_slots);
    for (size_t i = 0; i < speakers->list.n; i++) *slot_of(speakers, without_article(speakers->list.v[i].name)) = i + 1;
}

size_t hs_speakers_add(hs_speakers *speakers, hs_arena *arena, hs_str words) {
    if (2 * (speakers->list.n + 1) > speakers->n_slots) grow(speakers, arena);
    size_t *slot = slot_of(speakers, without_article(words));
    if (!*slot) {
        HS_PUSH(arena, speakers->list, (hs_entity){.name = words});
        *slot = speakers->list.n;
    }
    return *slot - 1;
}
