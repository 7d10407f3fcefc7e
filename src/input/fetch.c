/* Fetching through libcurl: see fetch.h. Whether an address is public is asked of each connection as it is opened, so neither redirects
 * nor a name that changes its address get round it. A proxy would: the environment's is used only where private addresses are allowed. */
#include "input/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "input/address.h"
#include "input/http.h"
#include "input/robots.h"

enum {
    MOST_REDIRECTS = 10,
    MOST_HEADER = 256 * 1024,
    MOST_ROBOTS = 500 * 1024, /* what RFC 9309 asks for at least */
    CONNECT_SECONDS = 10,
    SLOW_SECONDS = 15,
    SLOW_BYTES = 100, /* a second; slower than that for SLOW_SECONDS is given up */
    PAUSE_MS = 1000,
    SITES = 32
};

/* What is known of a host that links led to. */
typedef struct site {
    char *origin; /* "https://example.org:443" */
    hs_bytes robots;
    hs_error closed; /* why its robots.txt cannot be had: nothing may be read then (RFC 9309, section 2.3.1.4) */
    struct timespec last;
} site;

struct hs_fetcher {
    CURL *curl;
    struct curl_slist *fields;
    size_t max_bytes;
    unsigned timeout;
    bool allow_private;
    site sites[SITES];
    size_t n_sites;
};

/* One transfer, as its callbacks see it. */
typedef struct transfer {
    const hs_fetcher *fetcher;
    hs_bytes *body;
    size_t most, header;
    bool too_large, header_too_large, no_memory;
    char refused[INET6_ADDRSTRLEN]; /* "" or an address that is not public */
    char detail[CURL_ERROR_SIZE];
} transfer;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_curl(void) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

hs_fetcher *hs_fetcher_new(size_t max_bytes, unsigned timeout, bool allow_private) {
    pthread_once(&once, start_curl);
    hs_fetcher *fetcher = calloc(1, sizeof *fetcher);
    if (!fetcher) return NULL;
    *fetcher = (hs_fetcher){
        .curl = curl_easy_init(), .max_bytes = max_bytes, .timeout = timeout, .allow_private = allow_private};
    fetcher->fields =
        curl_slist_append(NULL, "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    if (fetcher->curl && fetcher->fields) return fetcher;
    hs_fetcher_free(fetcher);
    return NULL;
}

void hs_fetcher_free(hs_fetcher *fetcher) {
    if (!fetcher) return;
    for (size_t i = 0; i < SITES; i++) {
        free(fetcher->sites[i].origin);
        hs_bytes_free(&fetcher->sites[i].robots);
    }
    curl_slist_free_all(fetcher->fields);
    if (fetcher->curl) curl_easy_cleanup(fetcher->curl);
    free(fetcher);
}

void hs_fetched_free(hs_fetched *fetched) {
    hs_bytes_free(&fetched->body);
    hs_bytes_free(&fetched->url);
}

/* ---- callbacks ---- */

static curl_socket_t open_socket(void *state, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)purpose;
    transfer *t = state;
    if (!t->fetcher->allow_private && !hs_address_public(&address->addr)) {
        getnameinfo(&address->addr, address->addrlen, t->refused, sizeof t->refused, NULL, 0, NI_NUMERICHOST);
        if (!t->refused[0]) memcpy(t->refused, "?", 2);
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Unpacked bytes of the body. */
static size_t take_body(const char *bytes, size_t size, size_t n, void *state) {
    transfer *t = state;
    n *= size;
    t->too_large = n > t->most - t->body->n;
    t->no_memory = !t->too_large && !hs_bytes_add(t->body, (hs_str){bytes, n});
    return t->too_large || t->no_memory ? 0 : n;
}

static size_t take_header(const char *bytes, size_t size, size_t n, void *state) {
    transfer *t = state;
    n *= size;
    if (hs_str_starts((hs_str){bytes, n}, HS_STR("HTTP/"))) t->header = 0; /* the next answer, behind a redirect */
    t->header += n;
    t->header_too_large = t->header > MOST_HEADER;
    return t->header_too_large ? 0 : n;
}

/* ---- one transfer ---- */

static void set_protocols(CURL *curl) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static void set_up(const hs_fetcher *fetcher, transfer *t, const char *url) {
    CURL *curl = fetcher->curl;
    curl_easy_reset(curl);
    set_protocols(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "hearsay/" HS_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fetcher->fields);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)fetcher->timeout);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->detail);
    if (!fetcher->allow_private) curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

static hs_status explain(const transfer *t, CURLcode code, hs_error *error) {
    long answer = 0;
    curl_easy_getinfo(t->fetcher->curl, CURLINFO_RESPONSE_CODE, &answer);
    if (t->too_large) return hs_fail(error, HS_ERR_LIMIT, "larger than the limit of %zu MiB", t->most >> 20);
    if (t->header_too_large)
        return hs_fail(error, HS_ERR_LIMIT, "the answer's header is larger than %d KiB", MOST_HEADER >> 10);
    if (t->no_memory) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    switch (code) {
    case CURLE_HTTP_RETURNED_ERROR: return hs_fail(error, HS_ERR_MISSING, "the server answers with status %ld", answer);
    case CURLE_COULDNT_CONNECT:
        if (!t->refused[0]) break;
        return hs_fail(error, HS_ERR_REFUSED, "leads to %s, a private address, and such are not allowed", t->refused);
    case CURLE_OPERATION_TIMEDOUT:
        return hs_fail(error, HS_ERR_LIMIT, "too slow: %s", t->detail[0] ? t->detail : "the time limit was reached");
    case CURLE_TOO_MANY_REDIRECTS: return hs_fail(error, HS_ERR_LIMIT, "more than %d redirects", MOST_REDIRECTS);
    case CURLE_UNSUPPORTED_PROTOCOL:
        return hs_fail(error, HS_ERR_REFUSED, "leads to an address that is neither http nor https");
    case CURLE_PARTIAL_FILE: return hs_fail(error, HS_ERR_IO, "the connection was closed before the page was complete");
    case CURLE_GOT_NOTHING: return hs_fail(error, HS_ERR_IO, "the server closed the connection without an answer");
    default: break;
    }
    return hs_fail(error, HS_ERR_IO, "%s", t->detail[0] ? t->detail : curl_easy_strerror(code));
}

static bool note_answer(hs_fetched *out, CURL *curl) {
    const char *url = NULL, *type = NULL;
    curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    out->kind = hs_http_kind(hs_str_of(type));
    hs_str charset = hs_http_charset(hs_str_of(type));
    if (charset.n && charset.n < sizeof out->charset) memcpy(out->charset, charset.p, charset.n);
    hs_str address = hs_str_of(url);
    const char *fragment = address.n ? strchr(url, '#') : NULL;
    if (fragment) address.n = (size_t)(fragment - url);
    return hs_bytes_add(&out->url, address) && hs_bytes_add(&out->url, (hs_str){"", 1});
}

static hs_status transfer_all(hs_fetched *out, hs_fetcher *fetcher, const char *url, size_t most, long *answer,
                              hs_error *error) {
    *out = (hs_fetched){0};
    transfer t = {.fetcher = fetcher, .body = &out->body, .most = most};
    set_up(fetcher, &t, url);
    CURLcode code = curl_easy_perform(fetcher->curl);
    curl_easy_getinfo(fetcher->curl, CURLINFO_RESPONSE_CODE, answer);
    hs_status status = HS_OK;
    if (code != CURLE_OK) status = explain(&t, code, error);
    else if (*answer < 200 || *answer > 299)
        status = hs_fail(error, HS_ERR_MISSING, "the server answers with status %ld", *answer);
    else if (!note_answer(out, fetcher->curl)) status = hs_fail(error, HS_ERR_LIMIT, "no memory");
    curl_easy_setopt(fetcher->curl, CURLOPT_ERRORBUFFER, NULL); /* t ends here */
    return status;
}

hs_status hs_fetch(hs_fetched *out, hs_fetcher *fetcher, const char *url, hs_error *error) {
    long answer = 0;
    hs_status status = transfer_all(out, fetcher, url, fetcher->max_bytes, &answer, error);
    if (status != HS_OK) hs_fetched_free(out);
    return status;
}

/* ---- links ---- */

bool hs_fetch_resolve(hs_bytes *out, const char *base, hs_str link) {
    out->n = 0;
    hs_bytes given = {0};
    char *whole = NULL;
    link = hs_str_trim(link);
    CURLU *u = curl_url();
    bool ok = u && link.n && !memchr(link.p, 0, link.n) && hs_bytes_add(&given, link) &&
              hs_bytes_add(&given, (hs_str){"", 1}) &&
              (!base || curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK) &&
              curl_url_set(u, CURLUPART_URL, given.v, 0) == CURLUE_OK &&
              curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
              curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK;
    hs_str address = hs_str_of(whole);
    ok = ok && (hs_str_starts(address, HS_STR("http://")) || hs_str_starts(address, HS_STR("https://"))) &&
         hs_bytes_add(out, address) && hs_bytes_add(out, (hs_str){"", 1});
    curl_free(whole);
    curl_url_cleanup(u);
    hs_bytes_free(&given);
    return ok;
}

/* "https://example.org:8080/a?b" → how long its origin is. */
static size_t origin_length(const char *url) {
    const char *host = strstr(url, "://");
    return host ? (size_t)(host + 3 - url) + strcspn(host + 3, "/?#") : strlen(url);
}

static void pause_for(site *site) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t passed = (int64_t)(now.tv_sec - site->last.tv_sec) * 1000 + (now.tv_nsec - site->last.tv_nsec) / 1000000;
    int64_t left = site->last.tv_sec || site->last.tv_nsec ? PAUSE_MS - passed : 0;
    if (left > 0) nanosleep(&(struct timespec){left / 1000, left % 1000 * 1000000}, NULL);
}

/* Sends a request to the site, a while after the one before. */
static hs_status ask(hs_fetched *out, hs_fetcher *fetcher, site *site, const char *url, size_t most, long *answer,
                     hs_error *error) {
    pause_for(site);
    hs_status status = transfer_all(out, fetcher, url, most, answer, error);
    clock_gettime(CLOCK_MONOTONIC, &site->last);
    return status;
}

/* A missing robots.txt allows everything, one that cannot be had nothing; of one that is too long the start counts. */
static void read_robots(hs_fetcher *fetcher, site *site, const char *url) {
    hs_fetched fetched;
    long answer = 0;
    hs_status status = ask(&fetched, fetcher, site, url, MOST_ROBOTS, &answer, &site->closed);
    bool too_long = status == HS_ERR_LIMIT && fetched.body.n + CURL_MAX_WRITE_SIZE > MOST_ROBOTS;
    bool read = status == HS_OK || too_long;
    if (read || (answer >= 400 && answer <= 499)) site->closed.code = HS_OK;
    if (read) {
        site->robots = fetched.body;
        fetched.body = (hs_bytes){0};
    }
    hs_fetched_free(&fetched);
}

/* NULL when there is no memory. */
static site *site_of(hs_fetcher *fetcher, const char *url) {
    size_t n = origin_length(url);
    for (size_t i = 0; i < SITES && fetcher->sites[i].origin; i++)
        if (hs_str_eq(hs_str_of(fetcher->sites[i].origin), (hs_str){url, n})) return &fetcher->sites[i];
    site *site = &fetcher->sites[fetcher->n_sites++ % SITES];
    free(site->origin);
    hs_bytes_free(&site->robots);
    *site = (struct site){.origin = strndup(url, n)};
    hs_bytes address = {0};
    bool ok =
        site->origin && hs_bytes_add(&address, (hs_str){url, n}) && hs_bytes_add(&address, (hs_str){"/robots.txt", 12});
    if (ok) read_robots(fetcher, site, address.v);
    hs_bytes_free(&address);
    return ok ? site : NULL;
}

hs_status hs_fetch_link(hs_fetched *out, hs_fetcher *fetcher, const char *url, hs_error *error) {
    *out = (hs_fetched){0};
    site *site = site_of(fetcher, url);
    if (!site) return hs_fail(error, HS_ERR_LIMIT, "no memory");
    if (site->closed.code != HS_OK)
        return hs_fail(error, HS_ERR_REFUSED, "not read: the site's robots.txt cannot be had: %s",
                       site->closed.message);
    const char *path = url + origin_length(url);
    if (!hs_robots_allow(hs_bytes_str(&site->robots), HS_STR("hearsay"), *path == '/' ? hs_str_of(path) : HS_STR("/")))
        return hs_fail(error, HS_ERR_REFUSED, "not read: the site's robots.txt forbids it");
    long answer;
    hs_status status = ask(out, fetcher, site, url, fetcher->max_bytes, &answer, error);
    if (status != HS_OK) hs_fetched_free(out);
    return status;
}
