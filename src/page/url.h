/* The parts of a page's address. Slices of it; nothing is decoded. */
#ifndef HS_PAGE_URL_H
#define HS_PAGE_URL_H

#include "base/str.h"

/* "https://a:b@www.post.aller.example:80/x?y" → "www.post.aller.example"; absent where there is no scheme. */
hs_str hs_url_host(hs_str url);

/* The path without query, fragment and the slashes at its end; empty where there is none. An address without a scheme is all path. */
hs_str hs_url_path(hs_str url);

#endif
