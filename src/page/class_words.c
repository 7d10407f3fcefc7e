/* The words of class names: see rules.h. Matching is by word part ("post-content", "postContent" are post and content), as a
 * substring would find "ad" in "header". */
#include <string.h>

#include "page/rules.h"

/* Word parts of class names; sorted, for the look-up. */
static const struct part {
    const char *word;
    unsigned marks;
} PARTS[] = {
    {"accordion", HS_MARK_FOLD},
    {"accordions", HS_MARK_FOLD},
    {"ad", HS_MARK_ASIDE},
    {"addthis", HS_MARK_ASIDE},
    {"addtoany", HS_MARK_ASIDE},
    {"ads", HS_MARK_ASIDE},
    {"adsense", HS_MARK_ASIDE},
    {"adslot", HS_MARK_ASIDE},
    {"adunit", HS_MARK_ASIDE},
    {"adv", HS_MARK_ASIDE},
    {"advert", HS_MARK_ASIDE},
    {"advertisement", HS_MARK_ASIDE},
    {"advertisements", HS_MARK_ASIDE},
    {"advertising", HS_MARK_ASIDE},
    {"adverts", HS_MARK_ASIDE},
    {"answer", HS_MARK_FOLD},
    {"article", HS_MARK_CONTENT},
    {"articlebody", HS_MARK_CONTENT},
    {"articlecontent", HS_MARK_CONTENT},
    {"articletext", HS_MARK_CONTENT},
    {"artikel", HS_MARK_CONTENT},
    {"aside", HS_MARK_ASIDE},
    {"auteur", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"author", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"authorbox", HS_MARK_BYLINE},
    {"authorname", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"authors", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"autor", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"autoren", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"banner", HS_MARK_ASIDE},
    {"bildunterschrift", HS_MARK_CAPTION},
    {"bio", HS_MARK_BYLINE},
    {"blogpost", HS_MARK_CONTENT},
    {"body", HS_MARK_CONTENT},
    {"bodytext", HS_MARK_CONTENT},
    {"breadcrumb", HS_MARK_NAV},
    {"breadcrumbs", HS_MARK_NAV},
    {"brotkrumen", HS_MARK_NAV},
    {"byline", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"bylines", HS_MARK_BYLINE},
    {"captcha", HS_MARK_COMMENT},
    {"caption", HS_MARK_CAPTION},
    {"captions", HS_MARK_CAPTION},
    {"carousel", HS_MARK_ASIDE},
    {"categories", HS_MARK_BYLINE},
    {"cmplz", HS_MARK_ASIDE},
    {"collapse", HS_MARK_FOLD},
    {"collapsed", HS_MARK_FOLD},
    {"collapsible", HS_MARK_FOLD},
    {"colophon", HS_MARK_FOOT},
    {"comentario", HS_MARK_COMMENT},
    {"comentarios", HS_MARK_COMMENT},
    {"comment", HS_MARK_COMMENT},
    {"commentaire", HS_MARK_COMMENT},
    {"commentaires", HS_MARK_COMMENT},
    {"commentform", HS_MARK_COMMENT},
    {"commenti", HS_MARK_COMMENT},
    {"commenting", HS_MARK_COMMENT},
    {"commentlist", HS_MARK_COMMENT},
    {"comments", HS_MARK_COMMENT},
    {"consent", HS_MARK_ASIDE},
    {"content", HS_MARK_CONTENT},
    {"contents", HS_MARK_CONTENT},
    {"contributor", HS_MARK_AUTHOR | HS_MARK_BYLINE},
    {"contributors", HS_MARK_BYLINE},
    {"cookie", HS_MARK_ASIDE},
    {"cookiebar", HS_MARK_ASIDE},
    {"cookies", HS_MARK_ASIDE},
    {"copyright", HS_MARK_FOOT},
    {"credits", HS_MARK_BYLINE},
    {"crosslinks", HS_MARK_ASIDE},
    {"cta", HS_MARK_ASIDE},
    {"date", HS_MARK_BYLINE | HS_MARK_DATE},
    {"dateline", HS_MARK_BYLINE | HS_MARK_DATE},
    {"datetime", HS_MARK_BYLINE | HS_MARK_DATE},
    {"datum", HS_MARK_DATE},
    {"details", HS_MARK_FOLD},
    {"didomi", HS_MARK_ASIDE},
    {"disclaimer", HS_MARK_FOOT},
    {"discover", HS_MARK_ASIDE},
    {"discussion", HS_MARK_COMMENT},
    {"disqus", HS_MARK_COMMENT},
    {"donate", HS_MARK_ASIDE},
    {"donation", HS_MARK_ASIDE},
    {"download", HS_MARK_ASIDE},
    {"downloads", HS_MARK_ASIDE},
    {"drawer", HS_MARK_FOLD},
    {"empfehlung", HS_MARK_ASIDE},
    {"empfehlungen", HS_MARK_ASIDE},
    {"entry", HS_MARK_CONTENT},
    {"expandable", HS_MARK_FOLD},
    {"expander", HS_MARK_FOLD},
    {"eyebrow", HS_MARK_BYLINE},
    {"faq", HS_MARK_FOLD},
    {"faqs", HS_MARK_FOLD},
    {"fecha", HS_MARK_DATE},
    {"figcaption", HS_MARK_CAPTION},
    {"filter", HS_MARK_NAV},
    {"filters", HS_MARK_NAV},
    {"follow", HS_MARK_ASIDE},
    {"followus", HS_MARK_ASIDE},
    {"foot", HS_MARK_FOOT},
    {"footer", HS_MARK_FOOT},
    {"gdpr", HS_MARK_ASIDE},
    {"hashtags", HS_MARK_BYLINE},
    {"haupttext", HS_MARK_CONTENT},
    {"hidden", HS_MARK_HIDDEN},
    {"imagecaption", HS_MARK_CAPTION},
    {"imagecredit", HS_MARK_CAPTION},
    {"impressum", HS_MARK_FOOT},
    {"imprint", HS_MARK_FOOT},
    {"infoline", HS_MARK_BYLINE},
    {"interlinks", HS_MARK_ASIDE},
    {"jp", HS_MARK_ASIDE},
    {"keywords", HS_MARK_BYLINE},
    {"kicker", HS_MARK_BYLINE},
    {"kommentar", HS_MARK_COMMENT},
    {"kommentare", HS_MARK_COMMENT},
    {"legal", HS_MARK_FOOT},
    {"lightbox", HS_MARK_ASIDE},
    {"livefyre", HS_MARK_COMMENT},
    {"login", HS_MARK_ASIDE},
    {"mailchimp", HS_MARK_ASIDE},
    {"main", HS_MARK_CONTENT},
    {"maincontent", HS_MARK_CONTENT},
    {"masthead", HS_MARK_ASIDE},
    {"megamenu", HS_MARK_NAV},
    {"menu", HS_MARK_NAV},
    {"menus", HS_MARK_NAV},
    {"meta", HS_MARK_BYLINE},
    {"metadata", HS_MARK_BYLINE},
    {"metas", HS_MARK_BYLINE},
    {"modal", HS_MARK_ASIDE},
    {"mostread", HS_MARK_ASIDE},
    {"nav", HS_MARK_NAV},
    {"navbar", HS_MARK_NAV},
    {"navi", HS_MARK_NAV},
    {"navigation", HS_MARK_NAV},
    {"navigations", HS_MARK_NAV},
    {"newsletter", HS_MARK_ASIDE},
    {"newsletters", HS_MARK_ASIDE},
    {"nextprev", HS_MARK_ASIDE},
    {"noprint", HS_MARK_HIDDEN},
    {"noscript", HS_MARK_HIDDEN},
    {"notification", HS_MARK_ASIDE},
    {"notifications", HS_MARK_ASIDE},
    {"offscreen", HS_MARK_HIDDEN},
    {"onetrust", HS_MARK_ASIDE},
    {"opinie", HS_MARK_COMMENT},
    {"optin", HS_MARK_ASIDE},
    {"outbrain", HS_MARK_ASIDE},
    {"overlay", HS_MARK_ASIDE},
    {"pager", HS_MARK_NAV},
    {"pagination", HS_MARK_NAV},
    {"paginator", HS_MARK_NAV},
    {"paging", HS_MARK_NAV},
    {"panel", HS_MARK_FOLD},
    {"photocredit", HS_MARK_CAPTION},
    {"poll", HS_MARK_ASIDE},
    {"popular", HS_MARK_ASIDE},
    {"popup", HS_MARK_ASIDE},
    {"post", HS_MARK_CONTENT},
    {"postbody", HS_MARK_CONTENT},
    {"postcontent", HS_MARK_CONTENT},
    {"postdate", HS_MARK_BYLINE | HS_MARK_DATE},
    {"posted", HS_MARK_BYLINE | HS_MARK_DATE},
    {"postinfo", HS_MARK_BYLINE},
    {"postmeta", HS_MARK_BYLINE},
    {"posttext", HS_MARK_CONTENT},
    {"prevnext", HS_MARK_ASIDE},
    {"promo", HS_MARK_ASIDE},
    {"promobox", HS_MARK_ASIDE},
    {"promos", HS_MARK_ASIDE},
    {"promotion", HS_MARK_ASIDE},
    {"promotions", HS_MARK_ASIDE},
    {"prose", HS_MARK_CONTENT},
    {"pubdate", HS_MARK_BYLINE | HS_MARK_DATE},
    {"publishdate", HS_MARK_BYLINE | HS_MARK_DATE},
    {"published", HS_MARK_BYLINE | HS_MARK_DATE},
    {"rail", HS_MARK_ASIDE},
    {"rating", HS_MARK_ASIDE},
    {"ratings", HS_MARK_ASIDE},
    {"reacties", HS_MARK_COMMENT},
    {"readingtime", HS_MARK_BYLINE},
    {"readnext", HS_MARK_ASIDE},
    {"readtime", HS_MARK_BYLINE},
    {"recirc", HS_MARK_ASIDE},
    {"recirculation", HS_MARK_ASIDE},
    {"recommendation", HS_MARK_ASIDE},
    {"recommendations", HS_MARK_ASIDE},
    {"recommended", HS_MARK_ASIDE},
    {"relacionadas", HS_MARK_ASIDE},
    {"relacionados", HS_MARK_ASIDE},
    {"related", HS_MARK_ASIDE},
    {"relatedposts", HS_MARK_ASIDE},
    {"replies", HS_MARK_COMMENT},
    {"reply", HS_MARK_COMMENT},
    {"reporter", HS_MARK_AUTHOR},
    {"respond", HS_MARK_COMMENT},
    {"richtext", HS_MARK_CONTENT},
    {"rte", HS_MARK_CONTENT},
    {"screenreader", HS_MARK_HIDDEN},
    {"share", HS_MARK_ASIDE},
    {"sharebar", HS_MARK_ASIDE},
    {"sharedaddy", HS_MARK_ASIDE},
    {"shares", HS_MARK_ASIDE},
    {"sharethis", HS_MARK_ASIDE},
    {"shariff", HS_MARK_ASIDE},
    {"sharing", HS_MARK_ASIDE},
    {"sidebar", HS_MARK_ASIDE},
    {"signin", HS_MARK_ASIDE},
    {"signup", HS_MARK_ASIDE},
    {"similaires", HS_MARK_ASIDE},
    {"similar", HS_MARK_ASIDE},
    {"singlecontent", HS_MARK_CONTENT},
    {"sitemap", HS_MARK_NAV},
    {"skiplink", HS_MARK_NAV},
    {"slider", HS_MARK_ASIDE},
    {"social", HS_MARK_ASIDE},
    {"socials", HS_MARK_ASIDE},
    {"sponsor", HS_MARK_ASIDE},
    {"sponsored", HS_MARK_ASIDE},
    {"sponsors", HS_MARK_ASIDE},
    {"sronly", HS_MARK_HIDDEN},
    {"story", HS_MARK_CONTENT},
    {"storybody", HS_MARK_CONTENT},
    {"submenu", HS_MARK_NAV},
    {"subscribe", HS_MARK_ASIDE},
    {"subscription", HS_MARK_ASIDE},
    {"subscriptions", HS_MARK_ASIDE},
    {"tab", HS_MARK_FOLD},
    {"tabcontent", HS_MARK_FOLD},
    {"taboola", HS_MARK_ASIDE},
    {"tabpanel", HS_MARK_FOLD},
    {"tabs", HS_MARK_NAV},
    {"tagcloud", HS_MARK_BYLINE},
    {"tagline", HS_MARK_BYLINE},
    {"taglist", HS_MARK_BYLINE},
    {"tags", HS_MARK_BYLINE},
    {"text", HS_MARK_CONTENT},
    {"ticker", HS_MARK_ASIDE},
    {"time", HS_MARK_DATE},
    {"timestamp", HS_MARK_BYLINE | HS_MARK_DATE},
    {"toc", HS_MARK_NAV},
    {"toggle", HS_MARK_FOLD},
    {"toolbar", HS_MARK_ASIDE},
    {"topbar", HS_MARK_NAV},
    {"trending", HS_MARK_ASIDE},
    {"updated", HS_MARK_BYLINE},
    {"upsell", HS_MARK_ASIDE},
    {"verwandte", HS_MARK_ASIDE},
    {"visuallyhidden", HS_MARK_HIDDEN},
    {"vote", HS_MARK_ASIDE},
    {"voting", HS_MARK_ASIDE},
    {"weather", HS_MARK_ASIDE},
};

/* Two word parts in a row that say what neither says alone; sorted. */
static const struct part PAIRS[] = {
    {"about author", HS_MARK_ASIDE},
    {"action bar", HS_MARK_ASIDE},
    {"also like", HS_MARK_ASIDE},
    {"article actions", HS_MARK_ASIDE},
    {"article header meta", HS_MARK_BYLINE},
    {"article links", HS_MARK_ASIDE},
    {"article meta", HS_MARK_BYLINE},
    {"article share", HS_MARK_ASIDE},
    {"article tools", HS_MARK_ASIDE},
    {"author bio", HS_MARK_ASIDE},
    {"author box", HS_MARK_ASIDE},
    {"author info", HS_MARK_ASIDE},
    {"back top", HS_MARK_NAV},
    {"call action", HS_MARK_ASIDE},
    {"comment form", HS_MARK_COMMENT},
    {"d none", HS_MARK_HIDDEN},
    {"display none", HS_MARK_HIDDEN},
    {"email form", HS_MARK_ASIDE},
    {"entry footer", HS_MARK_BYLINE},
    {"entry meta", HS_MARK_BYLINE},
    {"footer widget", HS_MARK_ASIDE},
    {"image caption", HS_MARK_CAPTION},
    {"image credit", HS_MARK_CAPTION},
    {"jp relatedposts", HS_MARK_ASIDE},
    {"jump link", HS_MARK_NAV},
    {"latest news", HS_MARK_ASIDE},
    {"latest posts", HS_MARK_ASIDE},
    {"leave reply", HS_MARK_COMMENT},
    {"link list", HS_MARK_ASIDE},
    {"linked articles", HS_MARK_ASIDE},
    {"mailing list", HS_MARK_ASIDE},
    {"media caption", HS_MARK_CAPTION},
    {"more articles", HS_MARK_ASIDE},
    {"more from", HS_MARK_ASIDE},
    {"more news", HS_MARK_ASIDE},
    {"more stories", HS_MARK_ASIDE},
    {"most read", HS_MARK_ASIDE},
    {"next article", HS_MARK_ASIDE},
    {"next post", HS_MARK_ASIDE},
    {"other articles", HS_MARK_ASIDE},
    {"other posts", HS_MARK_ASIDE},
    {"photo caption", HS_MARK_CAPTION},
    {"photo credit", HS_MARK_CAPTION},
    {"post categories", HS_MARK_BYLINE},
    {"post meta", HS_MARK_BYLINE},
    {"post nav", HS_MARK_ASIDE},
    {"post navigation", HS_MARK_NAV},
    {"post tags", HS_MARK_BYLINE},
    {"prev article", HS_MARK_ASIDE},
    {"prev post", HS_MARK_ASIDE},
    {"previous post", HS_MARK_ASIDE},
    {"print button", HS_MARK_ASIDE},
    {"read also", HS_MARK_ASIDE},
    {"read more", HS_MARK_ASIDE},
    {"read next", HS_MARK_ASIDE},
    {"read time", HS_MARK_BYLINE},
    {"reading time", HS_MARK_BYLINE},
    {"recent articles", HS_MARK_ASIDE},
    {"recent posts", HS_MARK_ASIDE},
    {"screen reader", HS_MARK_HIDDEN},
    {"see also", HS_MARK_ASIDE},
    {"sidebar widget", HS_MARK_ASIDE},
    {"sign up", HS_MARK_ASIDE},
    {"skip link", HS_MARK_NAV},
    {"sr only", HS_MARK_HIDDEN},
    {"table contents", HS_MARK_NAV},
    {"tag list", HS_MARK_BYLINE},
    {"top stories", HS_MARK_ASIDE},
    {"up next", HS_MARK_ASIDE},
    {"visually hidden", HS_MARK_HIDDEN},
    {"widget area", HS_MARK_ASIDE},
    {"widget title", HS_MARK_ASIDE},
    {"wp caption", HS_MARK_CAPTION},
    {"you may", HS_MARK_ASIDE},
};

/* Class names that begin so tell what a page has or is filed under, not what the element is ("has-sidebar", "tag-comments"). */
static const char *const STATE_PREFIXES[] = {"has", "no",   "with", "without", "category", "tag",
                                             "cat", "hide", "js",   "page",    "single"};

/* "overflow-hidden" and "label-hidden" say that something else is hidden than the element. */
static const char *const NOT_ITSELF[] = {"overflow", "label", "title", "x", "y", "scrollbar", "backface"};

/* "hidden md:block", "d-none d-lg-flex": hidden on narrow screens alone. */
static const char *const WIDTHS[] = {"sm", "md", "lg", "xl", "tablet", "desktop", "small", "medium", "large"};
static const char *const NARROW[] = {"xs", "sm", "mobile", "phone", "print", "small"};
static const char *const SHOWN[] = {"block", "flex", "grid", "inline", "table", "visible"};

static unsigned find(const struct part *table, size_t n, hs_str word) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2, length = strlen(table[mid].word);
        int order = memcmp(word.p, table[mid].word, word.n < length ? word.n : length);
        if (order == 0) order = (word.n > length) - (word.n < length);
        if (order == 0) return table[mid].marks;
        if (order < 0) high = mid;
        else low = mid + 1;
    }
    return 0;
}

#define FIND(table, word) find((table), sizeof(table) / sizeof *(table), (word))

static bool lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads the next word part of one class name, in lower case; false at the name's end. */
static bool next_part(hs_str name, size_t *at, char *word, size_t size, size_t *n) {
    size_t i = *at;
    while (i < name.n && !lower(name.p[i]) && !upper(name.p[i])) i++;
    if (i == name.n) return false;
    size_t from = i;
    *n = 0;
    for (size_t start = i; i < name.n && (lower(name.p[i]) || upper(name.p[i])); i++) {
        if (i > start && upper(name.p[i]) && lower(name.p[i - 1])) break;
        if (*n < size) word[(*n)++] = (char)(name.p[i] | 32);
    }
    /* two letters among digits are part of a number in base 16 */
    bool digits = (from && digit(name.p[from - 1])) || (i < name.n && digit(name.p[i]));
    if (digits && *n <= 2) word[0] = '0';
    *at = i;
    return true;
}

static bool among(const char *const *list, size_t n_list, const char *word, size_t n) {
    for (size_t i = 0; i < n_list; i++)
        if (strlen(list[i]) == n && memcmp(list[i], word, n) == 0) return true;
    return false;
}

#define AMONG(list, word, n) among((list), sizeof(list) / sizeof *(list), (word), (n))

enum { SHOWN_MARK = 1u << 30 }; /* of a name: the element is shown on wide screens, whatever the others say */

/* What two word parts in a row say that neither says alone. `pair` holds both, the first `before` bytes long. */
static unsigned marks_of_pair(hs_str pair, size_t before, unsigned alone) {
    hs_str first = hs_str_slice(pair, 0, before), second = hs_str_slice(pair, before + 1, pair.n);
    unsigned marks = alone | FIND(PAIRS, pair);
    if ((alone & HS_MARK_HIDDEN) && AMONG(NOT_ITSELF, first.p, first.n)) marks &= ~(unsigned)HS_MARK_HIDDEN;
    bool width = first.n == 2 || (first.n >= 5 && first.n <= 7);
    if (width && AMONG(WIDTHS, first.p, first.n) && AMONG(SHOWN, second.p, second.n)) marks |= SHOWN_MARK;
    if (hs_str_eq(first, HS_STR("hidden")) && AMONG(NARROW, second.p, second.n)) marks |= SHOWN_MARK;
    return marks;
}

static unsigned marks_of_name(hs_str name) {
    enum { WORD = 32 };
    char pair[2 * WORD + 1];
    size_t before = 0, n = 0;
    unsigned marks = 0;
    bool state = false;
    for (size_t at = 0, count = 0;; count++) {
        char word[WORD];
        if (!next_part(name, &at, word, WORD, &n)) return marks;
        bool after_state = state;
        state = at < name.n && AMONG(STATE_PREFIXES, word, n);
        if (state && count == 0) return 0;
        if (after_state) continue;
        unsigned alone = FIND(PARTS, ((hs_str){word, n}));
        if (before) {
            pair[before] = ' ';
            memcpy(pair + before + 1, word, n);
            alone = marks_of_pair((hs_str){pair, before + 1 + n}, before, alone);
        }
        marks |= alone;
        memcpy(pair, word, n);
        before = n;
    }
}

/* A page's elements share few names: what was found for each is kept, where a later name does not take its slot. */
static unsigned kept_marks(hs_class_marks *kept, hs_str name) {
    uint64_t hash = name.n;
    for (size_t at = 0; at < name.n; at += sizeof hash) {
        uint64_t word = 0;
        memcpy(&word, name.p + at, name.n - at < sizeof word ? name.n - at : sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    hs_class_slot *slot = &kept->slots[hash % HS_CLASS_SLOTS];
    if (!hs_str_eq(slot->name, name)) *slot = (hs_class_slot){name, marks_of_name(name)};
    return slot->marks;
}

unsigned hs_rules_class(hs_class_marks *kept, hs_str names) {
    unsigned marks = 0;
    for (size_t at = 0; at < names.n; at++) {
        size_t start = at;
        while (at < names.n && (unsigned char)names.p[at] > ' ') at++;
        if (at > start) marks |= kept_marks(kept, hs_str_slice(names, start, at));
    }
    return marks & SHOWN_MARK ? marks & ~(unsigned)(SHOWN_MARK | HS_MARK_HIDDEN) : marks;
}
