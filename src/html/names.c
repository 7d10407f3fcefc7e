/* Names of elements and character references: see names.h. The tables are made by tools/html_tables.py. */
#include "html/names.h"

#include <string.h>

#include "base/utf8.h"

typedef struct reference {
    const char *name;
    uint8_t n, n_value;
    char value[6];
} reference;

#include "html/html_tables.inc"

static const hs_str NAMES[HS_TAG_COUNT] = {
    {"", 0},
#define HS_TAG(id, name, properties) {name, sizeof(name) - 1},
#include "html/tags.def"
#undef HS_TAG
};

enum {
    SPECIAL = HS_ELEMENT_SPECIAL,
    FORMATTING = HS_ELEMENT_FORMATTING,
    SCOPE = HS_ELEMENT_SCOPE,
    TABLE_SCOPE = HS_ELEMENT_TABLE_SCOPE,
    IMPLIED = HS_ELEMENT_IMPLIED,
    THOROUGH = HS_ELEMENT_THOROUGH,
    VOID = HS_ELEMENT_VOID,
    RAW = HS_ELEMENT_RAW,
    BREAKOUT = HS_ELEMENT_BREAKOUT,
    FOSTERS = HS_ELEMENT_FOSTERS,
    HEADING = HS_ELEMENT_HEADING,
    FLOWS = HS_ELEMENT_FLOWS
};

static const uint16_t FLAGS[HS_TAG_COUNT] = {
    0,
#define HS_TAG(id, name, properties) properties,
#include "html/tags.def"
#undef HS_TAG
};

hs_tag hs_tag_of_key(uint64_t key, hs_str name) {
    unsigned tag = TAG_SLOTS[((key + name.n) * TAG_MULTIPLIER) >> (64 - TAG_SLOT_BITS)];
    if (TAG_KEYS[tag] != key || NAMES[tag].n != name.n) return HS_TAG_OTHER;
    if (name.n > 8 && memcmp(NAMES[tag].p, name.p, name.n) != 0) return HS_TAG_OTHER;
    return (hs_tag)tag;
}

hs_tag hs_tag_of(hs_str name) {
    uint64_t key = 0;
    for (size_t i = 0; i < name.n; i++) key = key << 8 | (unsigned char)name.p[i];
    return hs_tag_of_key(key, name);
}

hs_str hs_tag_name(hs_tag tag) {
    return NAMES[tag];
}

unsigned hs_tag_flags(hs_tag tag) {
    return FLAGS[tag];
}

static bool letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* 13.2.5.80: numbers that stand for something else. */
static uint32_t code_point(uint32_t number) {
    static const uint16_t WINDOWS_1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                              0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (number >= 0x80 && number < 0xA0) return WINDOWS_1252[number - 0x80];
    return number == 0 ? 0xFFFD : number; /* encoding replaces surrogates and what is too large */
}

/* "&#8217;", "&#x2019;" */
static size_t read_number(char *out, size_t *n, hs_str text) {
    bool hex = text.n > 2 && (text.p[2] | 32) == 'x';
    size_t at = hex ? 3 : 2, start = at;
    uint32_t number = 0;
    for (; at < text.n; at++) {
        char c = text.p[at], low = (char)(c | 32);
        unsigned digit;
        if (c >= '0' && c <= '9') digit = (unsigned)(c - '0');
        else if (hex && low >= 'a' && low <= 'f') digit = (unsigned)(low - 'a') + 10;
        else break;
        number = number * (hex ? 16 : 10) + digit;
        if (number > 0x10FFFF) number = 0x110000;
    }
    if (at == start) return 0;
    *n = hs_utf8_encode(out, code_point(number));
    return at + (at < text.n && text.p[at] == ';');
}

/* The references from `from` to `to`, alike in their first `k` letters: narrows them to those whose next letter is c. */
static void narrow(size_t *from, size_t *to, size_t k, char c) {
    size_t low = *from, high = *to;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        char has = k < REFERENCES[mid].n ? REFERENCES[mid].name[k] : 0;
        if (has < c) low = mid + 1;
        else high = mid;
    }
    *from = low;
    high = *to;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (REFERENCES[mid].name[k] == c) low = mid + 1;
        else high = mid;
    }
    *to = low;
}

/* The longest name that the text begins with. */
static const reference *longest(hs_str name) {
    unsigned char first = (unsigned char)name.p[0];
    if (first >= 128) return NULL;
    size_t from = FIRST_LETTERS[first][0], to = FIRST_LETTERS[first][1];
    const reference *found = NULL;
    for (size_t k = 1; from < to; k++) {
        if (REFERENCES[from].n == k) found = &REFERENCES[from];
        if (k == name.n || !name.p[k]) break; /* a NUL would fit the end of every name */
        narrow(&from, &to, k, name.p[k]);
    }
    return found;
}

size_t hs_reference_read(char out[HS_REFERENCE_MOST], size_t *n, hs_str text, bool in_attribute) {
    if (text.n < 2) return 0;
    if (text.p[1] == '#') return read_number(out, n, text);
    const reference *found = longest(hs_str_slice(text, 1, text.n));
    if (!found) return 0;
    size_t end = 1 + (size_t)found->n;
    char next = end < text.n ? text.p[end] : 0;
    /* in addresses, "&copy=1" is a parameter */
    if (in_attribute && found->name[found->n - 1] != ';' && (next == '=' || letter_or_digit(next))) return 0;
    memcpy(out, found->value, sizeof found->value);
    *n = found->n_value;
    return end;
}
