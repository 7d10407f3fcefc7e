/* robots.txt: see robots.h. Rules and path are compared in one spelling of their percent escapes; beyond LONGEST bytes a rule or path
 * is cut off. */
#include "input/robots.h"

#include <string.h>

enum { LONGEST = 2048, SPELT = 3 * LONGEST };

typedef struct spelling {
    char v[SPELT];
    size_t n;
} spelling;

static int hex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool unreserved(unsigned char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

/* Escapes of what needs none are decoded, bytes beyond ASCII escaped, all other escapes in capitals (RFC 9309, section 2.2.2). */
static void spell(spelling *out, hs_str s) {
    static const char HEX[] = "0123456789ABCDEF";
    out->n = 0;
    for (size_t i = 0; i < s.n && i < LONGEST; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool escaped = c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        if (escaped) {
            c = (unsigned char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
            i += 2;
        }
        if (escaped ? unreserved(c) : c < 0x80) {
            out->v[out->n++] = (char)c;
        } else {
            out->v[out->n++] = '%';
            out->v[out->n++] = HEX[c >> 4];
            out->v[out->n++] = HEX[c & 15];
        }
    }
}

/* Does the rule fit the path from its start? "*" stands for anything, "$" at the end for the path's end. */
static bool fits(const spelling *rule, const spelling *path) {
    bool whole = rule->n && rule->v[rule->n - 1] == '$';
    size_t n = rule->n - whole, r = 0, p = 0, star = SIZE_MAX, back = 0;
    while (r < n || (whole && p < path->n)) {
        if (r < n && rule->v[r] == '*') {
            star = ++r;
            back = p;
        } else if (r < n && p < path->n && rule->v[r] == path->v[p]) {
            r++;
            p++;
        } else if (star != SIZE_MAX && back < path->n) {
            r = star;
            p = ++back;
        } else {
            return false;
        }
    }
    return true;
}

static hs_str take_line(hs_str *rest) {
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r') n++;
    hs_str line = hs_str_slice(*rest, 0, n);
    *rest = hs_str_slice(*rest, n + 1, rest->n);
    const char *comment = line.n ? memchr(line.p, '#', line.n) : NULL;
    return comment ? hs_str_slice(line, 0, (size_t)(comment - line.p)) : line;
}

/* "Disallow: /x" → true, with the words on both sides of the colon. */
static bool read_line(hs_str line, hs_str *key, hs_str *value) {
    const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
    if (!colon) return false;
    *key = hs_str_trim(hs_str_slice(line, 0, (size_t)(colon - line.p)));
    *value = hs_str_trim(hs_str_slice(line, (size_t)(colon - line.p) + 1, line.n));
    return true;
}

/* A group's name is a product's, a version behind it left out. */
static bool names(hs_str value, hs_str agent) {
    size_t n = 0;
    while (n < value.n && value.p[n] != '/' && value.p[n] != ' ') n++;
    return hs_str_eq_nocase(hs_str_slice(value, 0, n), agent);
}

typedef enum answer { NO_GROUP, ALLOWED, FORBIDDEN } answer;

/* By the groups of `agent` alone, taken together. */
static answer ask(hs_str robots, hs_str agent, const spelling *path) {
    answer found = NO_GROUP;
    size_t longest = 0;
    bool ours = false, in_names = false;
    spelling rule;
    for (hs_str key, value; robots.n;) {
        if (!read_line(take_line(&robots), &key, &value)) continue;
        if (hs_str_eq_nocase(key, HS_STR("user-agent"))) {
            ours = names(value, agent) || (in_names && ours);
            in_names = true;
            if (ours && found == NO_GROUP) found = ALLOWED;
            continue;
        }
        bool allow = hs_str_eq_nocase(key, HS_STR("allow"));
        if (!allow && !hs_str_eq_nocase(key, HS_STR("disallow"))) continue;
        in_names = false;
        if (!ours || !value.n) continue;
        spell(&rule, value);
        if (rule.n < longest || (rule.n == longest && !allow) || !fits(&rule, path)) continue;
        longest = rule.n;
        found = allow ? ALLOWED : FORBIDDEN;
    }
    return found;
}

bool hs_robots_allow(hs_str robots, hs_str agent, hs_str path) {
    if (hs_str_starts(robots, HS_STR("\xEF\xBB\xBF"))) robots = hs_str_slice(robots, 3, robots.n);
    spelling spelt;
    spell(&spelt, path);
    answer found = ask(robots, agent, &spelt);
    if (found == NO_GROUP) found = ask(robots, HS_STR("*"), &spelt);
    return found != FORBIDDEN;
}
