/* What the kinds of feed have in common: an item's fields. Knows no pages; feed.c makes them. */
#ifndef HS_INPUT_FEED_H
#define HS_INPUT_FEED_H

#include "base/json_scan.h"

enum { HS_FEED_AUTHORS = 8 };

typedef struct hs_feed_item {
    hs_str title, link, id, published;
    hs_str content, summary; /* HTML, or text where the flags say so */
    bool content_plain, summary_plain;
    hs_str authors[HS_FEED_AUTHORS];
    size_t n_authors;
} hs_feed_item;

void hs_feed_add_author(hs_feed_item *item, hs_str name);

/* feed_xml.c: RSS 0.9 to 2.0 and Atom. Does the document begin as one of them? */
bool hs_feed_is_xml(hs_str start);
/* The item at or after *at, which moves behind it before anything is allocated; false when there is none. */
bool hs_feed_xml_item(hs_feed_item *out, hs_arena *arena, hs_str text, size_t *at);

/* feed_json.c: JSON Feed 1.0 and 1.1. */
bool hs_feed_is_json(hs_str start);
bool hs_feed_json_begin(hs_scan *scan); /* moves to the items; false when there are none */
bool hs_feed_json_item(hs_feed_item *out, hs_scan *scan);

/* feed_date.c: "Tue, 19 Nov 2019 10:00:00 +0200" (RFC 822) → ISO 8601 in the arena; any other text comes back as it is. */
hs_str hs_feed_date(hs_arena *arena, hs_str said);

#endif
