/* UTF-8: see utf8.h. */
#include "utf8.h"

size_t web_utf8_next(const char *s, size_t n, uint32_t *cp) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *b = (const unsigned char *)s;
    size_t length = b[0] < 0x80 ? 1 : b[0] >> 5 == 6 ? 2 : b[0] >> 4 == 14 ? 3 : b[0] >> 3 == 30 ? 4 : 0;
    if (!length || length > n) return 0;
    *cp = length == 1 ? b[0] : b[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if (b[i] >> 6 != 2) return 0;
        *cp = *cp << 6 | (b[i] & 0x3FU);
    }
    return *cp >= least[length] && *cp <= 0x10FFFF && (*cp < 0xD800 || *cp > 0xDFFF) ? length : 0;
}
