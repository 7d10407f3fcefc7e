/* JSON in place: see json_scan.h. */
#include "base/json_scan.h"

#include <string.h>

#include "base/utf8.h"

static bool fail(hs_scan *scan) {
    scan->failed = true;
    scan->at = scan->end;
    return false;
}

char hs_scan_peek(hs_scan *scan) {
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
    return scan->at < scan->end ? *scan->at : 0;
}

bool hs_scan_ended(hs_scan *scan) {
    return hs_scan_peek(scan) == 0 && scan->at == scan->end && !scan->failed;
}

static bool take(hs_scan *scan, char c) {
    if (hs_scan_peek(scan) != c) return false;
    scan->at++;
    return true;
}

bool hs_scan_open(hs_scan *scan, char bracket) {
    scan->fresh = take(scan, bracket);
    return scan->fresh;
}

/* Four hexadecimal digits at `at`; -1 when they are none. */
static long hex4(const char *at, const char *end) {
    long value = 0;
    if (end - at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* What stands behind "\u", a pair of surrogates too; *at moves behind it. Never longer in UTF-8 than as it was written. */
static bool unicode_escape(hs_scan *scan, char **at, char **to) {
    long cp = hex4(*at, scan->end);
    if (cp < 0) return fail(scan);
    *at += 4;
    bool high = cp >= 0xD800 && cp < 0xDC00;
    long low = high && scan->end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u' ? hex4(*at + 2, scan->end) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
        *at += 6;
    }
    char utf8[4];
    size_t n = hs_utf8_encode(utf8, (uint32_t)cp);
    memcpy(*to, utf8, n);
    *to += n;
    return true;
}

static bool escape(hs_scan *scan, char **at, char **to) {
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (*at == scan->end) return fail(scan);
    char c = *(*at)++;
    if (c == 'u') return unicode_escape(scan, at, to);
    const char *name = c ? strchr(names, c) : NULL;
    if (!name) return fail(scan);
    *(*to)++ = values[name - names];
    return true;
}

/* Control characters inside are let pass: many writers leave tabs and line ends as they are. */
static bool string(hs_scan *scan, hs_str *out) {
    if (!take(scan, '"')) return fail(scan);
    char *start = scan->at, *at = start, *to = start;
    while (at < scan->end && *at != '"') {
        if (*at == '\\') {
            at++;
            if (!escape(scan, &at, &to)) return false;
            continue;
        }
        char *stop = at;
        while (stop < scan->end && *stop != '"' && *stop != '\\') stop++;
        if (to != at) memmove(to, at, (size_t)(stop - at));
        to += stop - at;
        at = stop;
    }
    if (at == scan->end) return fail(scan);
    scan->at = at + 1;
    *out = (hs_str){start, (size_t)(to - start)};
    return true;
}

/* Between members or items: true when another one follows, false behind the last, whose bracket is taken. */
static bool another(hs_scan *scan, char close) {
    bool fresh = scan->fresh;
    scan->fresh = false;
    if (take(scan, close)) return false;
    return fresh || take(scan, ',') || fail(scan);
}

bool hs_scan_member(hs_scan *scan, hs_str *key) {
    return another(scan, '}') && string(scan, key) && (take(scan, ':') || fail(scan));
}

bool hs_scan_item(hs_scan *scan) {
    return another(scan, ']');
}

bool hs_scan_string(hs_scan *scan, hs_str *out) {
    *out = (hs_str){0};
    if (hs_scan_peek(scan) == '"') return string(scan, out);
    hs_scan_skip(scan);
    return false;
}

static size_t digits(hs_str s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9') n++;
    return n;
}

static bool is_number(hs_str s) {
    size_t at = hs_str_starts(s, HS_STR("-")), n = digits(s, at);
    if (n == 0 || (n > 1 && s.p[at] == '0')) return false;
    at += n;
    if (at < s.n && s.p[at] == '.') {
        n = digits(s, at + 1);
        if (n == 0) return false;
        at += 1 + n;
    }
    if (at < s.n && (s.p[at] | 32) == 'e') {
        at++;
        if (at < s.n && (s.p[at] == '+' || s.p[at] == '-')) at++;
        n = digits(s, at);
        if (n == 0) return false;
        at += n;
    }
    return at == s.n;
}

/* A number, true, false or null. */
static bool plain(hs_scan *scan) {
    char *start = scan->at;
    while (scan->at < scan->end && *scan->at != ',' && *scan->at != ']' && *scan->at != '}' &&
           (unsigned char)*scan->at > ' ')
        scan->at++;
    hs_str word = {start, (size_t)(scan->at - start)};
    return is_number(word) || hs_str_eq(word, HS_STR("true")) || hs_str_eq(word, HS_STR("false")) ||
           hs_str_eq(word, HS_STR("null")) || fail(scan);
}

/* Closes what ends here. True: another value follows, inside; false: the outermost has ended, or the text is wrong. */
static bool goes_on(hs_scan *scan, const char *open, size_t *depth) {
    hs_str key;
    while (*depth) {
        if (open[*depth - 1] == '{' ? hs_scan_member(scan, &key) : hs_scan_item(scan)) return true;
        if (scan->failed) return false;
        --*depth;
    }
    return false;
}

bool hs_scan_skip(hs_scan *scan) {
    char open[HS_SCAN_DEPTH];
    size_t depth = 0;
    do {
        char c = hs_scan_peek(scan);
        hs_str ignored;
        if (c == '"') {
            string(scan, &ignored);
        } else if (c == '{' || c == '[') {
            if (depth == HS_SCAN_DEPTH) return fail(scan);
            hs_scan_open(scan, c);
            open[depth++] = c;
        } else {
            plain(scan);
        }
    } while (!scan->failed && goes_on(scan, open, &depth));
    return !scan->failed;
}
