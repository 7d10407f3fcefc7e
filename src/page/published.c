/* When a page was published: see article.h. The head's word goes first, unless the page shows its readers another day beside the title.
 * Without a head that says it: the day shown there, in the address, in one lone mark elsewhere; none rather than a guess. */
#include "page/article.h"
#include "page/date_words.h"
#include "page/url.h"

/* A date that the page shows. */
typedef struct shown {
    hs_date date;
    hs_date_label label;
    size_t distance; /* blocks from the title; before it counts double */
    bool marked;     /* its element is one for dates */
    bool worded;     /* the label stands in words beside it */
} shown;

typedef struct search {
    const hs_html_page *page;
    hs_arena *arena;
    hs_date_order order;
    HS_VEC(shown) near; /* beside the title */
    size_t title;       /* block of the title */
} search;

static bool same_day(hs_str a, hs_str b) {
    return a.n >= 10 && b.n >= 10 && hs_str_eq(hs_str_slice(a, 0, 10), hs_str_slice(b, 0, 10));
}

/* 3/4/2019: English pages mean the month first, but for those of countries that do not. */
static hs_date_order order_of(const hs_meta *meta) {
    static const hs_str DAY_FIRST[] = {{".uk", 3}, {".au", 3}, {".nz", 3}, {".ie", 3}, {".in", 3}, {".za", 3},
                                       {".ng", 3}, {".ke", 3}, {".pk", 3}, {".sg", 3}, {".hk", 3}, {".my", 3}};
    hs_str tag = meta->language;
    if (!hs_str_starts_nocase(tag, HS_STR("en"))) return tag.n ? HS_DATE_DAY_FIRST : HS_DATE_MONTH_FIRST;
    if (tag.n >= 5 && !hs_str_eq_nocase(hs_str_slice(tag, 3, 5), HS_STR("us"))) return HS_DATE_DAY_FIRST;
    hs_str host = hs_url_host(meta->url);
    for (size_t i = 0; i < sizeof DAY_FIRST / sizeof *DAY_FIRST; i++)
        if (hs_str_ends(host, DAY_FIRST[i])) return HS_DATE_DAY_FIRST;
    return HS_DATE_MONTH_FIRST;
}

/* Of two ways to read a date, the one that another date of the page agrees with. */
static void settle(const search *s, hs_date *date) {
    const hs_meta *meta = &s->page->meta;
    if (!date->other.n) return;
    hs_str said[] = {meta->published, meta->modified, meta->page_published, hs_date_of_url(s->arena, meta->url)};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (same_day(said[i], date->iso)) return;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (same_day(said[i], date->other)) {
            date->iso = date->other;
            return;
        }
}

/* A date in an entry of a list of other pages, told by the heading that it has for itself. */
static bool in_teaser(const search *s, const hs_node *node) {
    enum { HIGHEST = 6, LARGEST = 80 };
    const hs_node_list *headings = &s->page->landmarks.headings;
    const hs_node *entry = node;
    for (size_t i = 0; entry && i < HIGHEST; i++, entry = entry->parent)
        if (entry->tag == HS_TAG_LI || entry->tag == HS_TAG_ARTICLE || entry->tag == HS_TAG_A) break;
    if (!entry || (entry->tag != HS_TAG_LI && entry->tag != HS_TAG_ARTICLE && entry->tag != HS_TAG_A)) return false;
    if (entry->end - entry->order > LARGEST) return false;
    if (s->page->heading && hs_node_inside(s->page->heading, entry)) return false;
    for (size_t i = 0; i < headings->n; i++)
        if (hs_node_inside(headings->v[i], entry)) return true;
    return false;
}

static bool has_digit(hs_str text) {
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] >= '0' && text.p[i] <= '9') || (unsigned char)text.p[i] >= 0xD9) return true;
    return false;
}

/* Marks that part the pieces of a byline. */
static bool parted(hs_str text) {
    static const hs_str MARKS[] = {{"|", 1}, {"\xC2\xB7", 2}, {"\xE2\x80\xA2", 3}, {"\xE2\x80\x94", 3}, {" / ", 3}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (hs_str_find(text, MARKS[i]) != HS_NONE) return true;
    return false;
}

/* Is the line one that a date belongs to, not a sentence with a date in it? */
static bool dateline(const hs_block *block, const hs_date *date, hs_date_label label) {
    enum { SHORT = 60, LONG = 200 };
    size_t n, rest = block->text.n - date->n;
    if (rest <= 12 || (block->text.n <= SHORT && block->kind != HS_BLOCK_HEADING)) return true;
    if (block->text.n > LONG) return false;
    return label != HS_DATE_BARE || (block->marks & HS_MARK_BYLINE) || parted(block->text) ||
           hs_rules_starts(HS_PHRASE_BY, block->text, &n);
}

/* A picture's credit, no label of the date behind it. */
static bool credit(hs_str text) {
    return hs_str_find(text, HS_STR("\xC2\xA9")) != HS_NONE;
}

static hs_str text_before(const search *s, size_t block, const hs_date *date) {
    enum { LABEL = 26 };
    const hs_blocks *blocks = &s->page->blocks;
    hs_str before = hs_str_trim(hs_str_slice(blocks->v[block].text, 0, date->at));
    if (before.n || block == 0) return before;
    const hs_block *label = &blocks->v[block - 1];
    return label->text.n > LABEL || label->node == s->page->heading || credit(label->text) ? before : label->text;
}

static size_t distance_of(const search *s, size_t block) {
    return block >= s->title ? block - s->title : (s->title - block) * 2;
}

/* A first paragraph that begins with place and date: "ALLER, Nov. 19, 2019 (AP) — The bridge …". */
static void read_lead(search *s, size_t number) {
    enum { HEAD = 90, PLACE = 40, AGENCY = 24 };
    static const hs_str DASHES[] = {{"\xE2\x80\x94", 3}, {"\xE2\x80\x93", 3}, {" - ", 3}, {"--", 2}, {"|", 1}};
    hs_str head = hs_str_slice(s->page->blocks.v[number].text, 0, HEAD);
    shown one = {.distance = distance_of(s, number)};
    if (!has_digit(head) || !hs_date_next(&one.date, s->arena, head, 0, s->order) || one.date.at > PLACE) return;
    size_t end = one.date.at + one.date.n;
    hs_str behind = hs_str_slice(head, end, end + AGENCY);
    bool dash = false;
    for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++) dash |= hs_str_find(behind, DASHES[i]) != HS_NONE;
    one.label = hs_date_label_of(hs_str_slice(head, 0, one.date.at));
    one.worded = one.label == HS_DATE_PUBLISHED;
    settle(s, &one.date);
    if (one.worded || (dash && one.label == HS_DATE_BARE)) HS_PUSH(s->arena, s->near, one);
}

/* Where the second day of a span ("3 – 7 May 2019") ends: that is when something takes place. 0 for a day that begins none. */
static size_t span_end(const search *s, hs_str text, const hs_date *first) {
    static const hs_str DASHES[] = {{"-", 1}, {"\xE2\x80\x93", 3}, {"\xE2\x80\x94", 3}};
    size_t at = first->at + first->n;
    while (at < text.n && text.p[at] == ' ') at++;
    for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++) {
        hs_date second;
        size_t next = at + DASHES[i].n;
        if (hs_str_starts(hs_str_slice(text, at, text.n), DASHES[i]) &&
            hs_date_next(&second, s->arena, text, next, s->order) && second.at <= next + 1)
            return second.at + second.n;
    }
    return 0;
}

static void read_block(search *s, size_t number) {
    enum { LONGEST = 240, MOST = 24 };
    const hs_block *block = &s->page->blocks.v[number];
    if ((block->marks & HS_MARK_COMMENT) || block->node == s->page->heading) return;
    if (has_digit(block->text) && in_teaser(s, block->node)) return;
    if (block->text.n > LONGEST) {
        read_lead(s, number);
        return;
    }
    if (!has_digit(block->text)) return;
    shown one = {.distance = distance_of(s, number)};
    for (size_t from = 0, end; s->near.n < MOST && hs_date_next(&one.date, s->arena, block->text, from, s->order);
         from = end ? end : one.date.at + one.date.n) {
        end = span_end(s, block->text, &one.date);
        if (end) continue;
        one.label = hs_date_label_of(text_before(s, number, &one.date));
        one.worded = one.label != HS_DATE_BARE;
        settle(s, &one.date);
        if (dateline(block, &one.date, one.label)) HS_PUSH(s->arena, s->near, one);
    }
}

/* What an element for dates says by its attributes. */
static hs_date_label label_of_element(const hs_node *node) {
    hs_str prop = hs_node_attr(node, HS_STR("itemprop"));
    if (hs_str_eq_nocase(prop, HS_STR("datePublished"))) return HS_DATE_PUBLISHED;
    if (hs_str_eq_nocase(prop, HS_STR("dateModified"))) return HS_DATE_UPDATED;
    hs_str class = hs_node_attr(node, HS_STR("class"));
    /* "updated" alone is what the hAtom format calls any entry's date */
    bool updated = hs_str_find_nocase(class, HS_STR("modified")) != HS_NONE ||
                   hs_str_find_nocase(class, HS_STR("last-updated")) != HS_NONE;
    bool published = hs_str_find_nocase(class, HS_STR("publish")) != HS_NONE ||
                     hs_str_find_nocase(class, HS_STR("entry-date")) != HS_NONE ||
                     hs_node_attr(node, HS_STR("pubdate")).p;
    return published ? HS_DATE_PUBLISHED : updated ? HS_DATE_UPDATED : HS_DATE_BARE;
}

/* The date of an element; *label is what its text or attributes say of it. */
static bool date_of_element(const search *s, const hs_node *node, hs_date *date, hs_date_label *label) {
    enum { LONGEST = 120, MOST_NODES = 30 };
    if (node->end - node->order > MOST_NODES) return false;
    *label = label_of_element(node);
    if (node->tag == HS_TAG_META && (*label == HS_DATE_BARE || s->page->meta.published.n)) return false;
    static const hs_str ATTRS[] = {{"datetime", 8}, {"content", 7}, {"title", 5}};
    for (size_t i = 0; i < sizeof ATTRS / sizeof *ATTRS; i++)
        if (hs_date_next(date, s->arena, hs_node_attr(node, ATTRS[i]), 0, s->order)) return true;
    hs_str text = hs_node_text(s->arena, s->page->tree, node);
    if (text.n > LONGEST || !hs_date_next(date, s->arena, text, 0, s->order)) return false;
    hs_date_label worded = hs_date_label_of(hs_str_slice(text, 0, date->at));
    if (worded != HS_DATE_BARE) *label = worded;
    return true;
}

static bool out_of_the_way(const search *s, const hs_node *node, uint32_t marks) {
    for (const hs_node *at = node; at; at = at->parent)
        if (s->page->marks[at->order] & marks) return true;
    return false;
}

/* The label in the text just before an element. */
static hs_date_label label_before(const search *s, const hs_node *node) {
    enum { BACK = 8, LABEL = 40 };
    for (uint32_t i = node->order; i > 0 && node->order - i < BACK; i--) {
        const hs_node *at = s->page->tree->nodes[i - 1];
        hs_str text = at->kind == HS_NODE_TEXT ? hs_str_trim(at->text) : (hs_str){0};
        if (text.n && at->parent == s->page->heading) break;
        if (text.n) return text.n <= LABEL && !credit(text) ? hs_date_label_of(text) : HS_DATE_BARE;
    }
    return HS_DATE_BARE;
}

/* The node where a block begins; past the last block, the page's end. */
static uint32_t begin_of(const search *s, size_t block) {
    const hs_blocks *blocks = &s->page->blocks;
    return block < blocks->n ? blocks->v[block].first : (uint32_t)s->page->tree->n_nodes;
}

/* <time> and its like beside the title: they know more of a date that was read there (its time), or show one in words ("yesterday"). */
static void read_elements(search *s) {
    const hs_node_list *list = &s->page->landmarks.dates;
    uint32_t from = s->page->zone_from ? begin_of(s, s->page->zone_from - 1) : 0,
             to = begin_of(s, s->page->zone_to + 1);
    for (size_t i = 0; i < list->n; i++) {
        shown one = {.marked = true};
        if (list->v[i]->order < from || list->v[i]->order >= to ||
            out_of_the_way(s, list->v[i], HS_MARK_COMMENT | HS_MARK_NAV) || in_teaser(s, list->v[i]) ||
            !date_of_element(s, list->v[i], &one.date, &one.label))
            continue;
        if (one.label == HS_DATE_BARE) one.label = label_before(s, list->v[i]);
        settle(s, &one.date);
        size_t block = s->page->zone_from;
        while (block + 1 < s->page->zone_to && begin_of(s, block + 1) <= list->v[i]->order) block++;
        one.distance = distance_of(s, block);
        bool known = false;
        for (size_t k = 0; k < s->near.n; k++) {
            shown *other = &s->near.v[k];
            if (!same_day(other->date.iso, one.date.iso)) continue;
            known = other->marked = true;
            if (one.date.iso.n > other->date.iso.n) other->date.iso = one.date.iso;
            if (other->label == HS_DATE_BARE) other->label = one.label;
        }
        if (!known) HS_PUSH(s->arena, s->near, one);
    }
}

/* The nearest shown date with this label; an element for dates outdoes a line. */
static const shown *nearest(const search *s, hs_date_label label) {
    const shown *best = NULL;
    for (size_t i = 0; i < s->near.n; i++) {
        const shown *one = &s->near.v[i];
        if (one->label != label) continue;
        if (!best || (one->marked && !best->marked) || (one->marked == best->marked && one->distance < best->distance))
            best = one;
    }
    return best;
}

static size_t days_shown(const search *s, hs_date_label label) {
    size_t days = 0;
    for (size_t i = 0; i < s->near.n; i++) {
        bool again = s->near.v[i].label != label;
        for (size_t k = 0; k < i && !again; k++)
            again = s->near.v[k].label == label && same_day(s->near.v[k].date.iso, s->near.v[i].date.iso);
        days += !again;
    }
    return days;
}

/* Elements for dates elsewhere on the page, if they all say one day. */
static hs_str lone_mark(const search *s) {
    const hs_node_list *list = &s->page->landmarks.dates;
    hs_str day = {0};
    for (size_t i = 0; i < list->n; i++) {
        hs_date date;
        hs_date_label label;
        if (out_of_the_way(s, list->v[i], HS_MARK_COMMENT | HS_MARK_FOOT | HS_MARK_NAV | HS_MARK_ASIDE) ||
            in_teaser(s, list->v[i]) || !date_of_element(s, list->v[i], &date, &label))
            continue;
        if (label == HS_DATE_BARE) label = label_before(s, list->v[i]);
        if (label == HS_DATE_OTHER) continue;
        if (label == HS_DATE_UPDATED) return (hs_str){0};
        if (day.n && !same_day(day, date.iso)) return (hs_str){0};
        if (date.iso.n > day.n) day = date.iso;
    }
    return day;
}

/* A line anywhere that begins with a label ("Posted on …"), if all such lines say one day. */
static hs_str labelled_line(const search *s) {
    enum { LONGEST = 110, LABEL = 60 };
    hs_str day = {0};
    for (size_t i = 0; i < s->page->blocks.n; i++) {
        const hs_block *block = &s->page->blocks.v[i];
        hs_date date;
        size_t n;
        if (block->text.n > LONGEST || (block->marks & (HS_MARK_COMMENT | HS_MARK_NAV | HS_MARK_HIDDEN)) ||
            !has_digit(block->text) || !hs_date_next(&date, s->arena, block->text, 0, s->order) || date.at > LABEL ||
            span_end(s, block->text, &date))
            continue;
        hs_date_label own = hs_date_label_of(text_before(s, i, &date));
        if (own == HS_DATE_BARE && date.at && hs_rules_starts(HS_PHRASE_BY, block->text, &n)) own = HS_DATE_PUBLISHED;
        if (own != HS_DATE_PUBLISHED) continue;
        settle(s, &date);
        if (day.n && !same_day(day, date.iso)) return (hs_str){0};
        day = date.iso;
    }
    return day;
}

/* JSON-LD alone gives the day: it is written for machines, and often says when the address was first filled. */
static bool machines_only(const hs_meta *meta) {
    return meta->published.n && !meta->published_too.n;
}

/* The day that the page shows as its own, where one can be told. A page that shows nothing but the day of a change goes by that, unless
 * its <meta> know better. */
static const shown *shown_day(const search *s) {
    enum { LIST = 3, BESIDE = 3 };
    const hs_meta *meta = &s->page->meta;
    const shown *day = nearest(s, HS_DATE_PUBLISHED);
    /* "Submitted …, published …": the head tells which */
    for (size_t i = 0; day && i < s->near.n; i++)
        if (s->near.v[i].label == HS_DATE_PUBLISHED && same_day(s->near.v[i].date.iso, meta->published))
            day = &s->near.v[i];
    if (!day && days_shown(s, HS_DATE_BARE) < LIST) day = nearest(s, HS_DATE_BARE);
    if (day || days_shown(s, HS_DATE_BARE)) return day;
    day = nearest(s, HS_DATE_UPDATED);
    if (!day || same_day(day->date.iso, meta->published_too)) return day;
    return machines_only(meta) || (!meta->published.n && day->distance <= BESIDE) ? day : NULL;
}

/* Days apart, for days of one month or of neighbours; many else. */
static int days_apart(hs_str a, hs_str b) {
    int x = 0, y = 0;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) continue;
        x = x * 10 + (a.p[i] - '0');
        y = y * 10 + (b.p[i] - '0');
    }
    int apart = x > y ? x - y : y - x;
    /* 0131 and 0201 are 70 apart as numbers, 1231 and 0101 of the next year 8870 */
    return apart >= 70 && apart <= 73 ? apart - 69 : apart == 8870 ? 1 : apart;
}

/* The head and the page differ. A day that the page calls the day of publication is it; so is a bare one beside the title, unless it is
 * the same moment in another zone. The address tells which zone is the page's own. */
static bool shown_wins(const search *s, const shown *day) {
    enum { NEAR = 5, FAR = 10, DAY = 10 };
    const hs_meta *meta = &s->page->meta;
    if (same_day(day->date.iso, meta->published)) return meta->published.n == DAY && day->date.iso.n > DAY;
    if (same_day(day->date.iso, meta->published_too)) return true;
    if (machines_only(meta) && day->distance <= FAR) return true;
    if (same_day(day->date.iso, hs_date_of_url(s->arena, meta->url))) return true;
    if (meta->published.n > DAY && days_apart(day->date.iso, meta->published) <= 1) return false;
    if (day->label == HS_DATE_PUBLISHED && day->worded) return true;
    /* themes call the day of a change "published" in their markup, not in words */
    if (day->label == HS_DATE_PUBLISHED && same_day(day->date.iso, meta->modified)) return false;
    return day->distance <= NEAR;
}

static int year_of(hs_str iso) {
    int year = 0;
    for (size_t i = 0; i < 4 && i < iso.n; i++) year = year * 10 + (iso.p[i] - '0');
    return year;
}

/* A page that shows no date and calls itself an article to machines alone, or was changed years after it was made: its first day says
 * nothing of it. */
static bool evergreen(const hs_meta *meta) {
    enum { YEARS = 2 };
    if (machines_only(meta) && meta->article && !meta->og_article && !meta->news) return true;
    return !meta->og_article && meta->modified.n && year_of(meta->modified) - year_of(meta->published) >= YEARS;
}

hs_str hs_published_of(const hs_html_page *page) {
    const hs_meta *meta = &page->meta;
    search s = {.page = page, .arena = page->arena, .order = order_of(meta), .title = page->zone_from};
    uint32_t heading = page->heading ? page->heading->order : 0;
    while (s.title < page->zone_to && begin_of(&s, s.title) < heading) s.title++;
    for (size_t i = page->zone_from; i < page->zone_to; i++) read_block(&s, i);
    read_elements(&s);
    const shown *day = shown_day(&s);
    if (meta->published.n && !day && evergreen(meta)) return (hs_str){0};
    if (meta->published.n && !(day && shown_wins(&s, day))) return meta->published;
    if (day && same_day(day->date.iso, meta->published_too) && meta->published_too.n > day->date.iso.n)
        return meta->published_too;
    if (day) return day->date.iso;
    hs_str date = hs_date_of_url(page->arena, meta->url);
    if (!date.n) date = lone_mark(&s);
    if (!date.n) date = labelled_line(&s);
    /* an article that only says when it was changed */
    const shown *updated = nearest(&s, HS_DATE_UPDATED);
    if (!date.n && updated && meta->article) date = updated->date.iso;
    return date;
}
