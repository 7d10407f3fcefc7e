/* Public addresses: see address.h. */
#include "input/address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

typedef struct block4 {
    uint32_t start;
    unsigned bits;
} block4;

#define V4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static const block4 NOT_PUBLIC4[] = {
    {V4(0, 0, 0, 0), 8},      {V4(10, 0, 0, 0), 8},     {V4(100, 64, 0, 0), 10}, {V4(127, 0, 0, 0), 8},
    {V4(169, 254, 0, 0), 16}, {V4(172, 16, 0, 0), 12},  {V4(192, 0, 0, 0), 24},  {V4(192, 0, 2, 0), 24},
    {V4(192, 88, 99, 0), 24}, {V4(192, 168, 0, 0), 16}, {V4(198, 18, 0, 0), 15}, {V4(198, 51, 100, 0), 24},
    {V4(203, 0, 113, 0), 24}, {V4(224, 0, 0, 0), 4},    {V4(240, 0, 0, 0), 4},
};

typedef struct block6 {
    unsigned char start[6];
    unsigned bits;
} block6;

/* Of 2000::/3, outside of which nothing is public. 6to4 and Teredo would lead on to any IPv4 address. */
static const block6 NOT_PUBLIC6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23}, /* protocol assignments, Teredo */
    {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* documentation */
    {{0x20, 0x02}, 16},             /* 6to4 */
    {{0x3F, 0xFF, 0x00}, 20},       /* documentation */
};

static bool public4(const unsigned char a[4]) {
    uint32_t address = V4(a[0], a[1], a[2], a[3]);
    for (size_t i = 0; i < sizeof NOT_PUBLIC4 / sizeof *NOT_PUBLIC4; i++)
        if ((address ^ NOT_PUBLIC4[i].start) >> (32 - NOT_PUBLIC4[i].bits) == 0) return false;
    return true;
}

static bool within(const unsigned char *a, const block6 *block) {
    unsigned whole = block->bits / 8, rest = block->bits % 8;
    if (memcmp(a, block->start, whole) != 0) return false;
    return rest == 0 || (a[whole] ^ block->start[whole]) >> (8 - rest) == 0;
}

static bool public6(const unsigned char a[16]) {
    static const unsigned char MAPPED[12] = {[10] = 0xFF, [11] = 0xFF}, NAT64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(a, MAPPED, 12) == 0 || memcmp(a, NAT64, 12) == 0) return public4(a + 12);
    if (a[0] >> 5 != 1) return false;
    for (size_t i = 0; i < sizeof NOT_PUBLIC6 / sizeof *NOT_PUBLIC6; i++)
        if (within(a, &NOT_PUBLIC6[i])) return false;
    return true;
}

bool hs_address_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return public4((const unsigned char *)&in.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return public6(in.sin6_addr.s6_addr);
    }
    return false;
}
