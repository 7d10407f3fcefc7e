/* How often clients may do something: so many at once, then one every so many seconds, each client by itself and all together. Memory is
 * bounded because what all may do together is. Knows nothing of HTTP; its owner sees to threads. */
#ifndef HEARSAY_WEB_RATES_H
#define HEARSAY_WEB_RATES_H

#include <stdint.h>

enum {
    WEB_CLIENT_AT_ONCE = 5,
    WEB_CLIENT_SECONDS = 60,
    WEB_ALL_AT_ONCE = 50,
    WEB_ALL_SECONDS = 10,
    /* Clients that have to be remembered: those of all that was done since the first of them would be forgotten. */
    WEB_MOST_CLIENTS = WEB_ALL_AT_ONCE + WEB_CLIENT_AT_ONCE * WEB_CLIENT_SECONDS / WEB_ALL_SECONDS + 1
};

/* An address as IPv6 has it. */
typedef struct web_client {
    unsigned char v[16];
} web_client;

/* `rested`: when it may do as many at once again as if it had done nothing. */
typedef struct web_rates {
    int64_t all;
    struct {
        web_client client;
        int64_t rested;
    } clients[WEB_MOST_CLIENTS];
} web_rates;

/* Whom an address counts for: an IPv4 address itself; of IPv6 the network, for a household has all of its addresses. */
web_client web_client_of(const unsigned char address[16]);

/* 0: it may, and has been counted; else how many seconds it has to wait. `now` in seconds, never less than before. */
unsigned web_rates_take(web_rates *rates, const web_client *client, int64_t now);

#endif
