/* Who publishes a page: see article.h. */
#include <libpsl.h>

#include "page/article.h"

static hs_str host_of(hs_str url) {
    size_t start = hs_str_find(url, HS_STR("://"));
    if (start == HS_NONE) return (hs_str){0};
    hs_str host = hs_str_slice(url, start + 3, url.n);
    size_t end = 0;
    while (end < host.n && host.p[end] != '/' && host.p[end] != '?' && host.p[end] != '#') end++;
    host = hs_str_slice(host, 0, end);
    size_t at = hs_str_find(host, HS_STR("@"));
    if (at != HS_NONE) host = hs_str_slice(host, at + 1, host.n);
    size_t port = hs_str_find(host, HS_STR(":")), bracket = hs_str_find(host, HS_STR("]"));
    if (bracket != HS_NONE) return hs_str_slice(host, 0, bracket + 1);
    return port == HS_NONE ? host : hs_str_slice(host, 0, port);
}

static bool numeric(hs_str host) {
    char last = host.p[host.n - 1];
    return last == ']' || (last >= '0' && last <= '9');
}

/* "www.news.aller.example.co.uk" → "example.co.uk", by the Public Suffix List that is built into libpsl; the host itself where there
 * is no domain in it (an address in numbers, a bare suffix). */
static hs_str registrable(hs_arena *arena, hs_str host) {
    if (numeric(host)) return host;
    char *name = hs_str_terminated(arena, host);
    for (char *c = name; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c | 32);
    const psl_ctx_t *list = psl_builtin();
    const char *domain = list ? psl_registrable_domain(list, name) : NULL;
    return hs_str_of(domain ? domain : name);
}

hs_str hs_outlet_of_address(hs_arena *arena, hs_str url) {
    hs_str host = host_of(url);
    return host.n ? registrable(arena, host) : (hs_str){0};
}

hs_str hs_outlet_of(const hs_html_page *page) {
    return page->meta.site_name.n ? page->meta.site_name : hs_outlet_of_address(page->arena, page->meta.url);
}
