/* JSON Feed: see feed.h. */
#include "input/feed.h"

bool hs_feed_is_json(hs_str start) {
    hs_str text = hs_str_trim(start);
    return hs_str_starts(text, HS_STR("{")) && hs_str_find(text, HS_STR("jsonfeed.org/version/")) != HS_NONE;
}

bool hs_feed_json_begin(hs_scan *scan) {
    if (!hs_scan_open(scan, '{')) return false;
    for (hs_str key; hs_scan_member(scan, &key);) {
        if (hs_str_eq(key, HS_STR("items"))) return hs_scan_open(scan, '[');
        hs_scan_skip(scan);
    }
    return false;
}

/* {"name": …} */
static void read_author(hs_feed_item *out, hs_scan *scan) {
    if (!hs_scan_open(scan, '{')) {
        hs_scan_skip(scan);
        return;
    }
    for (hs_str key, name; hs_scan_member(scan, &key);) {
        if (!hs_str_eq(key, HS_STR("name"))) hs_scan_skip(scan);
        else if (hs_scan_string(scan, &name)) hs_feed_add_author(out, name);
    }
}

static void read_authors(hs_feed_item *out, hs_scan *scan) {
    if (!hs_scan_open(scan, '[')) hs_scan_skip(scan);
    else
        while (hs_scan_item(scan)) read_author(out, scan);
}

static void take_first(hs_str *field, hs_scan *scan) {
    hs_str value;
    if (hs_scan_string(scan, &value) && !field->n) *field = value;
}

bool hs_feed_json_item(hs_feed_item *out, hs_scan *scan) {
    *out = (hs_feed_item){.summary_plain = true};
    if (!hs_scan_item(scan)) return false;
    if (!hs_scan_open(scan, '{')) return hs_scan_skip(scan);
    hs_str text = {0}, elsewhere = {0}, modified = {0};
    struct {
        hs_str key;
        hs_str *field;
    } fields[] = {{{"title", 5}, &out->title},           {{"url", 3}, &out->link},
                  {{"external_url", 12}, &elsewhere},    {{"id", 2}, &out->id},
                  {{"content_html", 12}, &out->content}, {{"content_text", 12}, &text},
                  {{"summary", 7}, &out->summary},       {{"date_published", 14}, &out->published},
                  {{"date_modified", 13}, &modified}};
    enum { N = sizeof fields / sizeof *fields };
    for (hs_str key; hs_scan_member(scan, &key);) {
        size_t i = 0;
        while (i < N && !hs_str_eq(key, fields[i].key)) i++;
        if (i < N) take_first(fields[i].field, scan);
        else if (hs_str_eq(key, HS_STR("authors"))) read_authors(out, scan);
        else if (hs_str_eq(key, HS_STR("author"))) read_author(out, scan);
        else hs_scan_skip(scan);
    }
    if (!out->link.n) out->link = elsewhere;
    if (!out->published.n) out->published = modified;
    out->content_plain = !out->content.n;
    if (!out->content.n) out->content = text;
    return !scan->failed;
}
