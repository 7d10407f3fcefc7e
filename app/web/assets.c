/* The files of ui/ and the description of the API, embedded by the build (tools/embed.py). */
#include <string.h>

#include "assets.inc"
#include "routes.h"

typedef struct asset {
    const char *name, *type, *hash;
    const unsigned char *bytes;
    size_t n;
} asset;

#define EMBEDDED(name, type, hash, bytes, n) {name, type, hash, bytes, n},
static const asset ASSETS[] = {EMBEDDED_FILES};
#undef EMBEDDED

static const asset *find(hs_str name) {
    for (size_t i = 0; i < sizeof ASSETS / sizeof *ASSETS; i++)
        if (strlen(ASSETS[i].name) == name.n && memcmp(ASSETS[i].name, name.p, name.n) == 0) return &ASSETS[i];
    return NULL;
}

static bool is_kept(const web_request *request, const asset *asset) {
    return request->if_none && strstr(request->if_none, asset->hash);
}

static void put(web_reply *reply, const web_request *request, hs_str name) {
    const asset *asset = find(name);
    if (!asset) {
        web_reply_problem(reply, WEB_NOT_FOUND, "there is nothing under this address");
        return;
    }
    reply->type = asset->type;
    reply->etag = asset->hash;
    reply->fixed = (const char *)asset->bytes;
    reply->n_fixed = asset->n;
    if (!is_kept(request, asset)) return;
    reply->status = 304;
    reply->n_fixed = 0;
}

void web_index(web_reply *reply, const web_request *request, const web_site *site) {
    (void)site;
    put(reply, request, (hs_str){"index.html", sizeof "index.html" - 1});
}

void web_views(web_reply *reply, const web_request *request, const web_site *site) {
    (void)site;
    put(reply, request, (hs_str){"ledger.html", sizeof "ledger.html" - 1});
}

void web_asset(web_reply *reply, const web_request *request, const web_site *site) {
    (void)site;
    put(reply, request, request->parts[0]);
}

void web_describe(web_reply *reply, const web_request *request, const web_site *site) {
    (void)site;
    put(reply, request, (hs_str){"openapi.json", sizeof "openapi.json" - 1});
}

const char *web_asset_hash(const char *name) {
    const asset *asset = find((hs_str){name, strlen(name)});
    return asset ? asset->hash : NULL;
}
