/* Guards: see guard.h. */
#include "guard.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

/* What stands in front of the port. */
static bool name_of(char out[256], const char *host) {
    const char *end = host[0] == '[' ? strchr(host, ']') : strchr(host, ':');
    size_t n = end ? (size_t)(end - host) + (*end == ']') : strlen(host);
    const char *port = host + n;
    if (n == 0 || n >= 256 || (*port && *port != ':') || strspn(port + !!*port, "0123456789") != strlen(port + !!*port))
        return false;
    memcpy(out, host, n);
    out[n] = 0;
    return true;
}

bool web_guard_host(const char *host, const char *name) {
    char asked[256];
    struct in6_addr address;
    if (!host || !name_of(asked, host)) return false;
    size_t n = strlen(asked);
    if (asked[0] == '[' && asked[n - 1] == ']') {
        asked[n - 1] = 0;
        return inet_pton(AF_INET6, asked + 1, &address) == 1;
    }
    return inet_pton(AF_INET, asked, &address) == 1 || strcasecmp(asked, "localhost") == 0 ||
           (name && strcasecmp(asked, name) == 0);
}

bool web_guard_origin(const char *origin, const char *fetch_site, const char *host) {
    if (fetch_site && strcmp(fetch_site, "same-origin") != 0 && strcmp(fetch_site, "none") != 0) return false;
    if (!origin) return true;
    const char *at = strstr(origin, "://");
    bool web = at && (strncmp(origin, "http:", 5) == 0 || strncmp(origin, "https:", 6) == 0);
    return web && host && strcasecmp(at + 3, host) == 0;
}

bool web_guard_token(const char *given, const char *token) {
    size_t n = strlen(token), n_given = given ? strlen(given) : 0;
    volatile unsigned char different = n != n_given;
    for (size_t i = 0; i < n_given; i++) different |= (unsigned char)(given[i] ^ token[n ? i % n : 0]);
    return !different;
}

bool web_guard_make_token(char out[33]) {
    unsigned char chance[16];
    if (getrandom(chance, sizeof chance, 0) != sizeof chance) return false;
    for (size_t i = 0; i < sizeof chance; i++) snprintf(out + 2 * i, 3, "%02x", chance[i]);
    return true;
}
