/* The words of class names: see rules.h. Matching is by word part ("post-content", "postContent" are post and content), as a
 * substring would find "ad" in "header". */
#include <string.h>

#include "page/rules.h"
#include "page/word_lists.h"

#include "page/class_words.inc"

/* Class names that begin so tell what a page has or is filed under, not what the element is ("has-sidebar", "tag-comments"). */
static const char *const STATE_PREFIXES[] = {"has", "no",   "with", "without", "category", "tag",
                                             "cat", "hide", "js",   "page",    "single"};

/* "overflow-hidden" and "label-hidden" say that something else is hidden than the element. */
static const char *const NOT_ITSELF[] = {"overflow", "label", "title", "x", "y", "scrollbar", "backface"};

/* "hidden md:block", "d-none d-lg-flex": hidden on narrow screens alone. */
static const char *const WIDTHS[] = {"sm", "md", "lg", "xl", "tablet", "desktop", "small", "medium", "large"};
static const char *const NARROW[] = {"xs", "sm", "mobile", "phone", "print", "small"};
static const char *const SHOWN[] = {"block", "flex", "grid", "inline", "table", "visible"};

#define FIND(list, word) hs_word_value(&(list), (word), 0)

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
        if (list[i][0] == word[0] && strlen(list[i]) == n && memcmp(list[i], word, n) == 0) return true;
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

static hs_class_slot *slot_of(hs_class_slot *slots, hs_str key) {
    uint64_t hash = key.n;
    for (size_t at = 0; at < key.n; at += sizeof hash) {
        uint64_t word = 0;
        memcpy(&word, key.p + at, key.n - at < sizeof word ? key.n - at : sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return &slots[hash % HS_CLASS_SLOTS];
}

static unsigned kept_marks(hs_class_marks *kept, hs_str name) {
    hs_class_slot *slot = slot_of(kept->names, name);
    if (!hs_str_eq(slot->key, name)) *slot = (hs_class_slot){name, marks_of_name(name)};
    return slot->marks;
}

static unsigned marks_of_names(hs_class_marks *kept, hs_str names) {
    unsigned marks = 0;
    for (size_t at = 0; at < names.n; at++) {
        size_t start = at;
        while (at < names.n && (unsigned char)names.p[at] > ' ') at++;
        if (at > start) marks |= kept_marks(kept, hs_str_slice(names, start, at));
    }
    return marks & SHOWN_MARK ? marks & ~(unsigned)(SHOWN_MARK | HS_MARK_HIDDEN) : marks;
}

/* A page's elements share few values and fewer names: what was found for each is kept, until another takes its slot. */
unsigned hs_rules_class(hs_class_marks *kept, hs_str names) {
    hs_class_slot *slot = slot_of(kept->values, names);
    if (!hs_str_eq(slot->key, names)) *slot = (hs_class_slot){names, marks_of_names(kept, names)};
    return slot->marks;
}
