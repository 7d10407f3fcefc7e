/* Outlets: see outlets.h. */
#include "ledger/outlets.h"

#include "base/utf8.h"

/* A capitalised word of these at the end of a name, or a name that is one of these. */
static const char *const PRESS_WORDS[] = {
    "news",     "times",      "post",         "journal",   "press",    "tv",        "radio",       "wire",
    "herald",   "tribune",    "today",        "daily",     "voice",    "courier",   "gazette",     "chronicle",
    "agency",   "magazine",   "observer",     "guardian",  "mirror",   "telegraph", "independent", "examiner",
    "inquirer", "dispatch",   "bulletin",     "sentinel",  "standard", "express",   "mail",        "globe",
    "monitor",  "television", "broadcasting", "newspaper", "weekly",   "record",    "sun",         "star",
    "review",   "register",   "argus",        "echo",
};
static const char *const OUTLETS[] = {
    "reuters",     "afp",
    "ap",          "associated press",
    "cnn",         "bbc",
    "bloomberg",   "xinhua",
    "tass",        "interfax",
    "dpa",         "upi",
    "nbc",         "cbs",
    "abc",         "msnbc",
    "npr",         "pbs",
    "politico",    "axios",
    "breitbart",   "buzzfeed",
    "al jazeera",  "le monde",
    "el pais",     "der spiegel",
    "kyodo",       "anadolu",
    "efe",         "ansa",
    "pti",         "irna",
    "ria novosti", "agence france-presse",
    "c-span",      "fox",
};
/* Where something is said that is no outlet. */
static const char *const PLACES[] = {
    "twitter",     "facebook", "statement",  "interview", "letter", "telephone", "phone",     "email",   "e-mail",
    "conference",  "briefing", "parliament", "court",     "speech", "telegram",  "instagram", "youtube", "reporters",
    "journalists", "report",   "document",   "debate",    "rally",  "blog",      "website"};
static const char *const OWN[] = {"this newspaper", "this paper", "this website", "this outlet", "this agency",
                                  "this magazine",  "us"};

#define LISTED(text, list) listed((text), (list), sizeof(list) / sizeof *(list))

static bool listed(hs_str text, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (hs_str_eq_nocase(text, hs_str_of(list[i]))) return true;
    return false;
}

static hs_str last_word(hs_str s) {
    const char *blank = s.n ? memrchr(s.p, ' ', s.n) : NULL;
    return blank ? hs_str_slice(s, (size_t)(blank - s.p) + 1, s.n) : s;
}

static bool capital(hs_str s) {
    size_t next;
    return s.n && hs_char_classify(hs_utf8_decode(s, 0, &next)) == HS_CHAR_UPPER;
}

hs_str hs_outlet_core(hs_str name) {
    name = hs_str_trim(name);
    if (hs_str_starts_nocase(name, HS_STR("the "))) name = hs_str_slice(name, 4, name.n);
    size_t bracket = hs_str_find(name, HS_STR(" ("));
    return bracket == HS_NONE ? name : hs_str_slice(name, 0, bracket);
}

bool hs_is_outlet_name(hs_str words) {
    hs_str core = hs_outlet_core(words), last = last_word(core);
    if (LISTED(last, PLACES)) return false;
    return capital(core) && (LISTED(core, OUTLETS) || (capital(last) && LISTED(last, PRESS_WORDS)));
}

bool hs_is_some_outlet(hs_str words) {
    hs_str core = hs_outlet_core(words);
    return core.n && !capital(core);
}

bool hs_means_own(hs_str words) {
    return LISTED(words, OWN);
}

/* The last word stands for the whole where it is one of the press ("the Post") or the only one. */
static bool short_form(hs_str core, hs_str *out) {
    *out = last_word(core);
    return out->n < core.n && capital(*out) && LISTED(*out, PRESS_WORDS);
}

bool hs_means_outlet(hs_str words, hs_str name) {
    hs_str a = hs_outlet_core(words), b = hs_outlet_core(name), word;
    if (!a.n || !b.n) return false;
    return hs_str_eq_nocase(a, b) || (short_form(b, &word) && hs_str_eq(a, word));
}

static bool is_letter(hs_str s, size_t at) {
    return at < s.n && ((unsigned char)s.p[at] >= 0x80 ? memcmp(s.p + at, "\xE2\x80", s.n - at < 2 ? 1 : 2) != 0
                                                       : (s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z');
}

static size_t word_in(hs_str text, hs_str word) {
    for (size_t from = 0; word.n;) {
        size_t at = hs_str_find(hs_str_slice(text, from, text.n), word);
        if (at == HS_NONE) return HS_NONE;
        at += from;
        if (!(at && is_letter(text, at - 1)) && !is_letter(text, at + word.n)) return at;
        from = at + 1;
    }
    return HS_NONE;
}

size_t hs_outlet_in(hs_str text, hs_str name) {
    hs_str core = hs_outlet_core(name), word;
    if (!capital(core)) return HS_NONE;
    size_t at = word_in(text, core);
    if (at != HS_NONE || !short_form(core, &word)) return at;
    /* "the Post": with its article alone, for a post is many a thing */
    char with[64];
    if (word.n + 4 > sizeof with) return HS_NONE;
    for (int k = 0; k < 2 && at == HS_NONE; k++) {
        memcpy(with, k ? "The " : "the ", 4);
        memcpy(with + 4, word.p, word.n);
        at = word_in(text, (hs_str){with, word.n + 4});
    }
    return at;
}
