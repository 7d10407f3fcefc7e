/* Wide scans over text that HS_SCAN_PAD readable bytes follow, the first of them 0: no scan checks for the end. And how text is made such. */
#ifndef HS_HTML_SCAN_H
#define HS_HTML_SCAN_H

#include <stdint.h>

#include "base/str.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

enum { HS_SCAN_PAD = 32 };

/* Copies `s` to `out`, "\r\n" and "\r" as "\n"; returns how many bytes that makes. `out` may be s.p. */
size_t hs_scan_lines(char *out, hs_str s);

/* Such a copy in the arena, which may be written to, and scanned. */
hs_str hs_scan_copy(hs_arena *arena, hs_str s);

/* The first of the bytes a, b and 0 at or behind p. */
static inline const char *hs_scan_for(const char *p, char a, char b) {
#if defined(__SSE2__)
    const __m128i wanted_a = _mm_set1_epi8(a), wanted_b = _mm_set1_epi8(b), zero = _mm_setzero_si128();
    for (;; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, wanted_a), _mm_cmpeq_epi8(bytes, wanted_b)),
                                   _mm_cmpeq_epi8(bytes, zero));
        unsigned mask = (unsigned)_mm_movemask_epi8(hit);
        if (mask) return p + __builtin_ctz(mask);
    }
#elif defined(__aarch64__) && defined(__ARM_NEON)
    const uint8x16_t wanted_a = vdupq_n_u8((uint8_t)a), wanted_b = vdupq_n_u8((uint8_t)b);
    for (;; p += 16) {
        uint8x16_t bytes = vld1q_u8((const uint8_t *)p);
        uint8x16_t hit = vorrq_u8(vorrq_u8(vceqq_u8(bytes, wanted_a), vceqq_u8(bytes, wanted_b)), vceqzq_u8(bytes));
        /* four bits a byte */
        uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hit), 4)), 0);
        if (mask) return p + (__builtin_ctzll(mask) >> 2);
    }
#else
    while (*p != a && *p != b && *p) p++;
    return p;
#endif
}

#endif
