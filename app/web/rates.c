/* Rates: see rates.h. */
#include "rates.h"

#include <string.h>

web_client web_client_of(const unsigned char address[16]) {
    static const unsigned char four[12] = {[10] = 0xFF, [11] = 0xFF};
    web_client client;
    memcpy(client.v, address, sizeof client.v);
    if (memcmp(address, four, sizeof four) != 0) memset(client.v + 8, 0, 8);
    return client;
}

/* How long until one more is within `at_once`. */
static int64_t to_wait(int64_t rested, int64_t now, int64_t at_once, int64_t seconds) {
    int64_t wait = rested - now - (at_once - 1) * seconds;
    return wait > 0 ? wait : 0;
}

static int64_t later(int64_t rested, int64_t now, int64_t seconds) {
    return (rested > now ? rested : now) + seconds;
}

unsigned web_rates_take(web_rates *rates, const web_client *client, int64_t now) {
    size_t at = WEB_MOST_CLIENTS, free = 0;
    for (size_t i = 0; i < WEB_MOST_CLIENTS && at == WEB_MOST_CLIENTS; i++) {
        if (rates->clients[i].rested <= now) free = i;
        else if (memcmp(&rates->clients[i].client, client, sizeof *client) == 0) at = i;
    }
    int64_t rested = at < WEB_MOST_CLIENTS ? rates->clients[at].rested : 0;
    int64_t wait = to_wait(rested, now, WEB_CLIENT_AT_ONCE, WEB_CLIENT_SECONDS);
    int64_t together = to_wait(rates->all, now, WEB_ALL_AT_ONCE, WEB_ALL_SECONDS);
    if (together > wait) wait = together;
    if (wait) return (unsigned)wait;
    if (at == WEB_MOST_CLIENTS) at = free;
    rates->clients[at].client = *client;
    rates->clients[at].rested = later(rested, now, WEB_CLIENT_SECONDS);
    rates->all = later(rates->all, now, WEB_ALL_SECONDS);
    return 0;
}
