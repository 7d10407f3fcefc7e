/* The page's title: see article.h. The only <h1>, else JSON-LD's headline, else OpenGraph's and the <title> without the site's name. */
#include "base/utf8.h"
#include "page/article.h"

/* Words without case and marks, parted by one space each. */
static hs_str words_of(hs_arena *arena, hs_str s) {
    hs_buf out = {0};
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = hs_utf8_decode(s, at, &next);
        hs_char_class class = hs_char_classify(cp);
        bool word = class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER ||
                    class == HS_CHAR_DIGIT || class == HS_CHAR_NUMBER;
        if (!word && out.n && out.v[out.n - 1] != ' ') hs_buf_byte(arena, &out, ' ');
        if (!word) continue;
        if (cp < 0x80) hs_buf_byte(arena, &out, cp >= 'A' && cp <= 'Z' ? (char)(cp | 32) : (char)cp);
        else hs_buf_add(arena, &out, hs_str_slice(s, at, next));
    }
    return hs_str_trim(hs_buf_str(&out));
}

bool hs_title_repeats(const hs_html_page *page, hs_str text) {
    if (!page->title.n || text.n > page->title.n * 2 + 40 || text.n * 3 < page->title.n) return false;
    hs_str title = words_of(page->arena, page->title), line = words_of(page->arena, text);
    if (!title.n || !line.n) return false;
    if (hs_str_eq(title, line)) return true;
    /* with the site's name behind it, or cut short */
    return (hs_str_starts(line, title) && line.n < title.n + 40 && title.n > 20) ||
           (hs_str_starts(title, line) && line.n * 2 > title.n && line.n > 20);
}

/* Does `part` look like the name of the site? */
static bool names_site(const hs_html_page *page, hs_str part) {
    hs_str name = words_of(page->arena, part), site = words_of(page->arena, page->meta.site_name);
    if (!name.n || !site.n) return false;
    return hs_str_find(site, name) != HS_NONE || hs_str_find(name, site) != HS_NONE;
}

/* "Headline | Site", "Headline - Site", "Site: Headline" → "Headline" */
static hs_str without_site(const hs_html_page *page, hs_str title) {
    static const hs_str MARKS[] = {{" | ", 3},        {" - ", 3},        {" \xE2\x80\x93 ", 5}, {" \xE2\x80\x94 ", 5},
                                   {" \xC2\xBB ", 4}, {" \xC2\xB7 ", 4}, {" :: ", 4},           {" \xE2\x80\xA2 ", 5},
                                   {" / ", 3},        {" < ", 3},        {" \xC2\xAB ", 4}};
    for (;;) {
        size_t cut = HS_NONE, length = 0;
        for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
            for (size_t at = title.n; at-- > 0;) {
                if (!hs_str_starts(hs_str_slice(title, at, title.n), MARKS[i])) continue;
                if (cut == HS_NONE || at > cut) {
                    cut = at;
                    length = MARKS[i].n;
                }
                break;
            }
        }
        if (cut == HS_NONE) return title;
        hs_str before = hs_str_slice(title, 0, cut), after = hs_str_slice(title, cut + length, title.n);
        bool bar = title.p[cut + 1] == '|';
        if (names_site(page, after) || (bar && before.n > 12) ||
            (before.n > after.n * 2 && after.n < 30 && before.n > 15))
            title = hs_str_trim(before);
        else if (names_site(page, before)) return hs_str_trim(after);
        else return title;
    }
}

/* How many of the words of `a` stand in `b`, 0 to 1. */
static double shared_words(hs_arena *arena, hs_str a, hs_str b) {
    a = words_of(arena, a);
    b = words_of(arena, b);
    size_t all = 0, hit = 0;
    for (size_t at = 0; at < a.n;) {
        size_t end = at;
        while (end < a.n && a.p[end] != ' ') end++;
        all++;
        hit += hs_str_find(b, hs_str_slice(a, at, end)) != HS_NONE;
        at = end + 1;
    }
    return all ? (double)hit / (double)all : 0;
}

static bool usable(const hs_html_page *page, hs_str title) {
    return title.n >= 4 && title.n < 400 && !(names_site(page, title) && title.n < page->meta.site_name.n + 8);
}

/* The <h1> of the page: the only usable one, else the one that shares most words with what the head says. */
static hs_str heading(const hs_html_page *page, hs_str said) {
    hs_str best = {0};
    double best_share = -1;
    size_t n = 0;
    for (size_t i = 0; i < page->tree->n_nodes; i++) {
        const hs_node *node = page->tree->nodes[i];
        if (node->tag != HS_TAG_H1) continue;
        hs_str text = hs_node_text(page->arena, page->tree, node);
        if (!usable(page, text)) continue;
        double share = shared_words(page->arena, text, said);
        n++;
        if (share <= best_share) continue;
        best = text;
        best_share = share;
    }
    if (n == 1 && (!said.n || best_share > 0.25)) return best;
    return best_share >= 0.5 ? best : (hs_str){0};
}

hs_str hs_title_of(const hs_html_page *page) {
    const hs_meta *meta = &page->meta;
    hs_str og = without_site(page, meta->og_title), tag = without_site(page, meta->title_tag);
    hs_str said = meta->headline.n ? meta->headline : og.n ? og : tag;
    hs_str h1 = heading(page, meta->title_tag.n && !meta->headline.n && !og.n ? meta->title_tag : said);
    if (h1.n) return h1;
    if (usable(page, meta->headline)) return meta->headline;
    if (usable(page, og)) return og;
    if (usable(page, tag)) return tag;
    return og.n ? og : tag;
}
