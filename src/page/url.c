/* Addresses: see url.h. */
#include "page/url.h"

static size_t first_of(hs_str s, const char *marks) {
    for (size_t i = 0; i < s.n; i++)
        for (const char *m = marks; *m; m++)
            if (s.p[i] == *m) return i;
    return s.n;
}

static hs_str behind_scheme(hs_str url) {
    size_t scheme = hs_str_find(url, HS_STR("://"));
    return scheme == HS_NONE ? (hs_str){0} : hs_str_slice(url, scheme + 3, url.n);
}

hs_str hs_url_host(hs_str url) {
    hs_str host = behind_scheme(url);
    host.n = first_of(host, "/?#");
    size_t at = hs_str_find(host, HS_STR("@")), bracket = hs_str_find(host, HS_STR("]"));
    if (bracket != HS_NONE) return hs_str_slice(host, 0, bracket + 1);
    if (at != HS_NONE) host = hs_str_slice(host, at + 1, host.n);
    return hs_str_slice(host, 0, first_of(host, ":"));
}

hs_str hs_url_path(hs_str url) {
    hs_str rest = behind_scheme(url);
    hs_str path = rest.p ? hs_str_slice(rest, first_of(rest, "/?#"), rest.n) : url;
    path.n = first_of(path, "?#");
    while (path.n && path.p[path.n - 1] == '/') path.n--;
    return path;
}
