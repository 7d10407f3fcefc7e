/* The page's title: see article.h. The heading that says what the head says; where they have little in common, a heading that is no
 * logo; else what the head says, without the site's name. */

#include "base/utf8.h"
#include "page/article.h"
#include "page/bag.h"
#include "page/fold.h"
#include "page/url.h"

/* Words without case and marks, parted by one space each. */
static hs_str words_of(hs_arena *arena, hs_str s) {
    hs_buf out = {0};
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = hs_utf8_decode(s, at, &next);
        hs_char_class class = hs_char_classify(cp);
        bool word = class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER ||
                    class == HS_CHAR_DIGIT || class == HS_CHAR_NUMBER;
        if (!word && cp != 0xAD && out.n && out.v[out.n - 1] != ' ') hs_buf_byte(arena, &out, ' ');
        if (word) hs_buf_code_point(arena, &out, hs_fold(cp));
    }
    return hs_str_trim(hs_buf_str(&out));
}

static bool plain_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Most lines begin otherwise than the title, and in ASCII. */
static bool begins_otherwise(hs_str text, hs_str title_words) {
    if (!plain_word_byte(text.p[0])) return false;
    char first = text.p[0] >= 'A' && text.p[0] <= 'Z' ? (char)(text.p[0] | 32) : text.p[0];
    return !title_words.n || title_words.p[0] != first;
}

static bool repeats(const hs_html_page *page, hs_str text) {
    enum { HEAD = 16 };
    hs_str title = page->title_words;
    /* one begins with the other, or nothing more needs to be known */
    size_t head_n = text.n < HEAD ? text.n : HEAD;
    while (head_n && head_n < text.n && ((unsigned char)text.p[head_n] & 0xC0) == 0x80) head_n--;
    hs_str head = words_of(page->arena, hs_str_slice(text, 0, head_n));
    if (!hs_str_starts(title, hs_str_slice(head, 0, title.n))) return false;
    hs_str line = head_n < text.n ? words_of(page->arena, text) : head;
    if (!title.n || !line.n) return false;
    if (hs_str_eq(title, line)) return true;
    /* with the site's name behind it, or cut short */
    return (hs_str_starts(line, title) && line.n < title.n + 40 && title.n > 20) ||
           (hs_str_starts(title, line) && line.n * 2 > title.n && line.n > 20);
}

bool hs_title_repeats(const hs_html_page *page, hs_str text) {
    if (!page->title.n || text.n > page->title.n * 2 + 40 || text.n * 3 < page->title.n) return false;
    if (!text.n || begins_otherwise(text, page->title_words)) return false;
    hs_arena_place place = hs_arena_here(page->arena);
    bool said = repeats(page, text);
    hs_arena_return(page->arena, place);
    return said;
}

/* ---- the site's name ---- */

/* Letters and digits alone, folded: "The Aller Post" and "theallerpost" are the same name. */
static hs_str squashed(hs_arena *arena, hs_str s) {
    hs_str words = words_of(arena, s);
    hs_buf out = {0};
    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] != ' ') hs_buf_byte(arena, &out, words.p[i]);
    return hs_buf_str(&out);
}

static bool one_in_other(hs_str a, hs_str b) {
    return a.n && b.n && (hs_str_find(a, b) != HS_NONE || hs_str_find(b, a) != HS_NONE);
}

bool hs_site_names(const hs_html_page *page, hs_str text) {
    enum { LONGEST = 80, TELLING = 5 };
    if (!text.n || text.n > LONGEST) return false;
    if (one_in_other(words_of(page->arena, text), words_of(page->arena, page->meta.site_name))) return true;
    hs_str address = hs_url_host(page->meta.url);
    if (hs_str_starts_nocase(address, HS_STR("www."))) address = hs_str_slice(address, 4, address.n);
    hs_str host = squashed(page->arena, address), name = squashed(page->arena, text);
    if (host.n < TELLING || name.n < TELLING) return false;
    return hs_str_starts(host, name) || hs_str_find(name, host) != HS_NONE;
}

/* Is it the whole name of the site, and nothing more to speak of? */
static bool just_site(const hs_html_page *page, hs_str text) {
    return hs_site_names(page, text) && (!page->meta.site_name.n || text.n < page->meta.site_name.n + 8);
}

/* ---- titles in parts: "Headline | Section | Site" ---- */

enum { MAX_PARTS = 8 };

typedef struct parts {
    size_t from[MAX_PARTS], to[MAX_PARTS];
    size_t n;
} parts;

/* The length of what parts a title at byte `at`, 0 where nothing does. */
static size_t joint_at(hs_str s, size_t at) {
    static const hs_str JOINTS[] = {{" | ", 3},
                                    {" - ", 3},
                                    {" \xE2\x80\x93 ", 5},
                                    {" \xE2\x80\x94 ", 5},
                                    {" \xC2\xBB ", 4},
                                    {" \xC2\xB7 ", 4},
                                    {" :: ", 4},
                                    {" \xE2\x80\xA2 ", 5},
                                    {" / ", 3},
                                    {" < ", 3},
                                    {" > ", 3},
                                    {" \xC2\xAB ", 4},
                                    {" ~ ", 3},
                                    {"\xEF\xBD\x9C", 3},
                                    {" \xE2\x80\xBA ", 5},
                                    {" // ", 4},
                                    {"|", 1},
                                    {" \xE2\x88\xA3 ", 5}};
    if (s.p[at] != ' ' && s.p[at] != '|' && (unsigned char)s.p[at] != 0xEF) return 0;
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (hs_str_starts(hs_str_slice(s, at, s.n), JOINTS[i])) return JOINTS[i].n;
    return 0;
}

static parts parts_of(hs_str s) {
    parts p = {.n = 0};
    size_t start = 0;
    for (size_t at = 0; at < s.n && p.n + 1 < MAX_PARTS;) {
        size_t n = joint_at(s, at);
        if (n) {
            p.from[p.n] = start;
            p.to[p.n++] = at;
            start = at + n;
        }
        at += n ? n : 1;
    }
    p.from[p.n] = start;
    p.to[p.n++] = s.n;
    return p;
}

static hs_str between(hs_str s, const parts *p, size_t first, size_t last) {
    return hs_str_trim(hs_str_slice(s, p->from[first], p->to[last]));
}

/* The title without the names of site and section around it. */
static hs_str without_site(const hs_html_page *page, hs_str title) {
    enum { SHORT = 30, ENOUGH = 15 };
    parts p = parts_of(title);
    size_t first = 0, last = p.n - 1;
    while (first < last) {
        hs_str before = between(title, &p, first, last - 1), after = between(title, &p, last, last);
        bool bar = title.p[p.to[last - 1] + (title.p[p.to[last - 1]] == ' ')] == '|';
        if (hs_site_names(page, after) || !after.n || (bar && before.n >= 8) ||
            (before.n > after.n * 2 && after.n < SHORT && before.n > ENOUGH))
            last--;
        else if (hs_site_names(page, between(title, &p, first, first)) || p.to[first] == p.from[first]) first++;
        else break;
    }
    return between(title, &p, first, last);
}

static bool usable(const hs_html_page *page, hs_str title) {
    return title.n >= 4 && title.n < 400 && !just_site(page, title);
}

/* ---- headings ---- */

typedef struct heading {
    const hs_node *node;
    hs_str text;
    hs_bag words;
    bool logo;
    double alike; /* with the best of what the head says */
    bool speaks;  /* the head's own words for the page know something of it, or there are none */
} heading;

/* "/", "#", or an address without a path */
static bool leads_home(hs_str href) {
    hs_str path = hs_url_path(hs_str_trim(href));
    return href.n && href.p[0] != '?' &&
           (!path.n || hs_str_eq_nocase(path, HS_STR("/index.html")) || hs_str_eq_nocase(path, HS_STR("/index.php")));
}

/* A heading that is, or lies in, a link to the front page shows the site's name. */
static bool is_logo(const hs_html_page *page, const hs_node *node) {
    for (size_t i = node->order; i < node->end; i++) {
        const hs_node *below = page->tree->nodes[i];
        if (below->tag == HS_TAG_A && leads_home(hs_node_attr(below, HS_STR("href")))) return true;
    }
    return node->parent && node->parent->tag == HS_TAG_A && leads_home(hs_node_attr(node->parent, HS_STR("href")));
}

static bool out_of_the_way(const hs_html_page *page, const hs_node *node) {
    for (const hs_node *at = node; at; at = at->parent)
        if (page->marks[at->order] & (HS_MARK_COMMENT | HS_MARK_FOOT | HS_MARK_NAV)) return true;
    return false;
}

static hs_str without_soft_hyphens(hs_arena *arena, hs_str text) {
    if (hs_str_find(text, HS_STR("\xC2\xAD")) == HS_NONE) return text;
    hs_buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        bool hyphen = hs_str_starts(hs_str_slice(text, i, text.n), HS_STR("\xC2\xAD"));
        if (hyphen) i++;
        else hs_buf_byte(arena, &out, text.p[i]);
    }
    return hs_buf_str(&out);
}

/* A heading's text: without soft hyphens, and without the readings beside Japanese characters. */
static hs_str heading_text(const hs_html_page *page, const hs_node *node) {
    hs_arena *arena = page->arena;
    bool readings = false;
    for (size_t i = node->order; i < node->end && !readings; i++)
        readings = hs_str_eq(page->tree->nodes[i]->name, HS_STR("ruby"));
    hs_str text = hs_node_text(arena, page->tree, node);
    if (readings) {
        hs_buf out = {0};
        for (size_t i = node->order; i < node->end; i++) {
            const hs_node *at = page->tree->nodes[i];
            bool reading = hs_str_eq(at->parent->name, HS_STR("rt")) || hs_str_eq(at->parent->name, HS_STR("rp"));
            if (at->kind == HS_NODE_TEXT && !reading) hs_buf_add(arena, &out, hs_str_trim(at->text));
        }
        return hs_buf_str(&out);
    }
    return without_soft_hyphens(arena, text);
}

/* What the head says in one place, with the runs of its parts from its start and to its end. */
typedef struct saying {
    hs_str text;
    hs_str runs[MAX_PARTS * 2];
    hs_bag words[MAX_PARTS * 2];
    size_t n;
} saying;

static void say(saying *s, hs_str text) {
    parts p = parts_of(text);
    s->text = text;
    s->n = 0;
    for (size_t i = 0; text.n && i < p.n; i++) s->runs[s->n++] = between(text, &p, 0, i);
    for (size_t i = 1; text.n && i < p.n; i++) s->runs[s->n++] = between(text, &p, i, p.n - 1);
    for (size_t i = 0; i < s->n; i++) hs_bag_of(&s->words[i], s->runs[i]);
}

enum { SAID_HEADLINE, SAID_OG, SAID_TAG, SAYINGS };

/* How well a heading agrees with a saying: with one of its runs, and how much of the whole that is. Runs that name the site do not count,
 * nor do short ones at the end, where most sites put their name. */
static double agrees_with(const hs_html_page *page, const heading *h, const saying *said) {
    double best = 0;
    if (!said->n) return best;
    size_t whole = (said->n - 1) / 2; /* the run from the start to the end */
    double all = hs_bag_alike(&h->words, &said->words[whole]);
    for (size_t k = 0; k < said->n; k++) {
        double alike = hs_bag_alike(&h->words, &said->words[k]);
        if (alike * 0.7 + all * 0.3 <= best) continue;
        if (k != whole && just_site(page, said->runs[k])) continue;
        if (k > whole && said->words[k].n * 2 < said->words[whole].n) alike *= 0.3;
        if (alike * 0.7 + all * 0.3 > best) best = alike * 0.7 + all * 0.3;
    }
    return best;
}

/* With the best of what the head says. <title> is the site's as much as the page's: it counts less where something else speaks for the
 * page, and least where that knows nothing of the heading. */
static double agreement(const hs_html_page *page, const heading *h, const saying *said) {
    double headline = agrees_with(page, h, &said[SAID_HEADLINE]), og = agrees_with(page, h, &said[SAID_OG]);
    double own = headline > og ? headline : og, tag = agrees_with(page, h, &said[SAID_TAG]);
    if (said[SAID_HEADLINE].n || said[SAID_OG].n) tag *= own > 0 ? 0.7 : 0.5;
    return own > tag ? own : tag;
}

/* The words of what the head says for the page itself. */
static size_t longest(const saying *said) {
    size_t n = 0;
    for (size_t i = 0; i < SAID_TAG; i++)
        if (said[i].n && said[i].words[(said[i].n - 1) / 2].n > n) n = said[i].words[(said[i].n - 1) / 2].n;
    return n;
}

/* The best heading: of two that agree alike the higher, then the earlier one. */
static bool best_heading(heading *best, const hs_node **anchor, hs_html_page *page, const saying *said) {
    enum { MOST = 60, MOST_WORDS = 30 };
    const hs_node_list *list = &page->landmarks.headings;
    best->node = NULL;
    *anchor = NULL; /* what stands in the title's place, though it says it otherwise */
    double anchor_alike = 0.35;
    heading *first = HS_NEW(page->arena, heading, 1); /* <h1> that is no logo */
    size_t n_plain = 0;
    for (size_t i = 0; i < list->n && i < MOST; i++) {
        const hs_node *node = list->v[i];
        bool first_level = node->tag == HS_TAG_H1;
        if (node->end - node->order > 100 || (!first_level && out_of_the_way(page, node))) continue;
        heading h = {.node = node, .text = heading_text(page, node)};
        if (h.text.n < 4 || h.text.n >= 400) continue;
        hs_bag_of(&h.words, h.text);
        h.alike = agreement(page, &h, said);
        h.speaks = (!said[SAID_HEADLINE].n && !said[SAID_OG].n) || agrees_with(page, &h, &said[SAID_HEADLINE]) > 0 ||
                   agrees_with(page, &h, &said[SAID_OG]) > 0;
        /* the site's name is often half of <title>; the whole of it is the front page's */
        h.logo = (h.alike < 0.98 && is_logo(page, node)) || (h.alike < 0.5 && just_site(page, h.text));
        if (h.logo && first_level && !page->meta.site_name.n && hs_str_find(page->meta.title_tag, h.text) != HS_NONE)
            page->meta.site_name = h.text;
        if (h.logo) continue;
        if (h.alike > anchor_alike || (first_level && !*anchor)) {
            *anchor = node;
            anchor_alike = h.alike > 0.35 ? h.alike : 0.35;
        }
        if (first_level && !n_plain++) *first = h;
        if (!first_level && h.alike < 0.72) continue;
        /* a lower heading must agree clearly better than a higher one */
        double edge = best->node && node->tag != best->node->tag ? 0.25 : 0;
        if (!best->node || h.alike > best->alike + edge) *best = h;
    }
    if (!best->node) return false;
    /* the only h1 gives way to a later heading that says just what the head says */
    if (n_plain == 1 && best->node->order > first->node->order && best->alike < 0.95 && first->alike >= 0.2 &&
        longest(said) && first->words.n >= longest(said) && first->words.n <= MOST_WORDS)
        *best = *first;
    bool silent = !said[SAID_HEADLINE].n && !said[SAID_OG].n && !said[SAID_TAG].n;
    if (best->alike >= 0.5 || silent) return true;
    *best = *first;
    if (n_plain == 1 && first->words.n >= longest(said)) return true;
    return n_plain && first->alike >= (n_plain == 1 ? 0.2 : 0.3) && first->speaks;
}

static bool begins_with_capital(hs_str s) {
    size_t next;
    return s.n && hs_char_classify(hs_utf8_decode(s, 0, &next)) == HS_CHAR_UPPER;
}

static bool ends_in_word(hs_str s) {
    size_t at = s.n, next;
    while (at > 0 && ((unsigned char)s.p[--at] & 0xC0) == 0x80) {
    }
    if (!s.n) return false;
    hs_char_class class = hs_char_classify(hs_utf8_decode(s, at, &next));
    return class == HS_CHAR_UPPER || class == HS_CHAR_LOWER || class == HS_CHAR_LETTER || class == HS_CHAR_DIGIT;
}

/* A heading's text without the kicker before or the subtitle behind what the head says; a dash or colon between says that they are one
 * title. */
static hs_str without_kicker(const hs_html_page *page, hs_str text, const saying *said) {
    enum { ENOUGH = 15, SUBTITLE = 20 };
    for (size_t i = 0; i < SAYINGS; i++) {
        for (size_t k = 0; k < said[i].n; k++) {
            hs_str run = said[i].runs[k];
            if (run.n < ENOUGH || run.n >= text.n || run.n * 5 < text.n * 2) continue;
            hs_str before = hs_str_slice(text, 0, text.n - run.n), end = hs_str_slice(text, text.n - run.n, text.n);
            if (hs_str_ends(before, HS_STR(" ")) && ends_in_word(hs_str_trim(before)) && hs_fold_eq(end, run))
                return end;
        }
        hs_str whole = without_site(page, said[i].text), rest = hs_str_slice(text, whole.n, text.n);
        if (whole.n >= ENOUGH && rest.n > SUBTITLE && rest.p[0] == ' ' && begins_with_capital(hs_str_trim(rest)) &&
            hs_fold_eq(hs_str_slice(text, 0, whole.n), whole))
            return hs_str_slice(text, 0, whole.n);
    }
    return text;
}

/* A heading with several bars repeats the whole <title>, with section and site. */
static hs_str without_bars(const hs_html_page *page, hs_str text) {
    size_t bar = hs_str_find(text, HS_STR(" | "));
    bool several = bar != HS_NONE && hs_str_find(hs_str_slice(text, bar + 3, text.n), HS_STR(" | ")) != HS_NONE;
    return several ? without_site(page, text) : text;
}

static void choose(hs_html_page *page) {
    const hs_meta *meta = &page->meta;
    saying *said = HS_NEW(page->arena, saying, SAYINGS);
    say(&said[SAID_HEADLINE], meta->headline);
    say(&said[SAID_OG], without_soft_hyphens(page->arena, meta->og_title));
    say(&said[SAID_TAG], without_soft_hyphens(page->arena, meta->title_tag));
    heading *best = HS_NEW(page->arena, heading, 1);
    bool found = best_heading(best, &page->heading, page, said);
    if (found) {
        page->heading = best->node;
        page->title = without_bars(page, without_kicker(page, best->text, said));
        return;
    }
    hs_str og = without_site(page, said[SAID_OG].text), tag = without_site(page, said[SAID_TAG].text);
    hs_str headline = without_site(page, meta->headline);
    page->title = usable(page, headline) ? headline : usable(page, og) ? og : usable(page, tag) ? tag : og.n ? og : tag;
}

/* ---- the zone of bylines ---- */

/* The blocks from a little before the title to the first running text behind it. */
static void find_zone(hs_html_page *page) {
    enum { BEFORE = 8, BEHIND = 14, PROSE = 240, AFTER_LEAD = 5 };
    const hs_blocks *blocks = &page->blocks;
    size_t title = 0;
    if (page->heading)
        while (title < blocks->n && blocks->v[title].first < page->heading->order) title++;
    else
        while (title < blocks->n && !hs_title_repeats(page, blocks->v[title].text)) title++;
    if (title == blocks->n) title = 0;
    page->zone_from = title > BEFORE ? title - BEFORE : 0;
    size_t to = title, most = title + BEHIND;
    for (bool lead = false; to < blocks->n && to < most; to++) {
        if (blocks->v[to].text.n < PROSE || blocks->v[to].link_bytes * 2 > PROSE) continue;
        if (lead) break;
        lead = true; /* a byline may follow the first paragraph */
        if (most > to + AFTER_LEAD) most = to + AFTER_LEAD;
    }
    page->zone_to = to;
}

void hs_title_read(hs_html_page *page) {
    enum { LONGEST = 4000 }; /* what is longer is a text in a wrong place */
    hs_str *said[] = {&page->meta.headline, &page->meta.og_title, &page->meta.title_tag};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) *said[i] = hs_utf8_start(*said[i], LONGEST);
    choose(page);
    page->title_words = words_of(page->arena, page->title);
    find_zone(page);
}
