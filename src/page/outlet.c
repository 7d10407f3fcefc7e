/* Who publishes a page: see article.h. */
#include <libpsl.h>

#include "page/article.h"
#include "page/url.h"

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
    hs_str host = hs_url_host(url);
    return host.n ? registrable(arena, host) : (hs_str){0};
}

hs_str hs_outlet_of(const hs_html_page *page) {
    return page->meta.site_name.n ? page->meta.site_name : hs_outlet_of_address(page->arena, page->meta.url);
}
