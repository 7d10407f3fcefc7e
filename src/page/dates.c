/* Reading dates: see dates.h. One pass over the text; at each word the ways to write a date are tried in turn. */
#include "page/dates.h"

#include <stdio.h>

#include "page/rules.h"

typedef struct date {
    int year, month, day;
    size_t end; /* one past its last byte */
} date;

enum { FIRST_YEAR = 1990, LAST_YEAR = 2035 };

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static bool word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool sensible(const date *d) {
    static const int DAYS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d->year >= FIRST_YEAR && d->year <= LAST_YEAR && d->month >= 1 && d->month <= 12 && d->day >= 1 &&
           d->day <= DAYS[d->month - 1];
}

/* Digits at `at`: their value, at most `most` of them; *n how many there are in all. */
static int number(hs_str s, size_t at, size_t most, size_t *n) {
    int value = 0;
    for (*n = 0; at + *n < s.n && digit(s.p[at + *n]); (*n)++)
        if (*n < most) value = value * 10 + (s.p[at + *n] - '0');
    return value;
}

static size_t skip(hs_str s, size_t at, const char *marks) {
    for (; at < s.n; at++) {
        const char *m = marks;
        while (*m && *m != s.p[at]) m++;
        if (!*m) break;
    }
    return at;
}

/* 2019-11-19, 2019/11/19, 2019.11.19, 20191119, 2019年11月19日 */
static bool year_first(hs_str s, size_t at, date *d) {
    size_t n, m;
    int value = number(s, at, 8, &n);
    if (n == 8) {
        *d = (date){value / 10000, value / 100 % 100, value % 100, at + 8};
        return sensible(d);
    }
    if (n != 4) return false;
    d->year = value;
    size_t next = at + 4;
    bool han = hs_str_starts(hs_str_slice(s, next, s.n), HS_STR("\xE5\xB9\xB4"));
    if (!han && (next >= s.n || (s.p[next] != '-' && s.p[next] != '/' && s.p[next] != '.'))) return false;
    next += han ? 3 : 1;
    d->month = number(s, next, 2, &m);
    if (m < 1 || m > 2) return false;
    next += m;
    if (han ? !hs_str_starts(hs_str_slice(s, next, s.n), HS_STR("\xE6\x9C\x88"))
            : next >= s.n || s.p[next] != s.p[at + 4])
        return false;
    next += han ? 3 : 1;
    d->day = number(s, next, 2, &m);
    d->end = next + m + (han ? 3 : 0);
    if (d->end > s.n) d->end = s.n;
    return m >= 1 && m <= 2 && sensible(d);
}

/* 19.11.2019, 19/11/2019, 11/19/2019 (the month first where only that is possible, and with slashes), 19-11-2019 */
static bool day_first(hs_str s, size_t at, date *d) {
    size_t n, m, k;
    int a = number(s, at, 2, &n);
    if (n < 1 || n > 2 || at + n >= s.n) return false;
    char mark = s.p[at + n];
    if (mark != '.' && mark != '/' && mark != '-') return false;
    size_t next = skip(s, at + n + 1, " ");
    int b = number(s, next, 2, &m);
    if (m < 1 || m > 2 || next + m >= s.n || s.p[next + m] != mark) return false;
    next = skip(s, next + m + 1, " ");
    int year = number(s, next, 4, &k);
    if (k == 2) year += 2000;
    else if (k != 4) return false;
    bool month_first = b > 12 || (mark == '/' && a <= 12);
    *d = (date){year, month_first ? a : b, month_first ? b : a, next + k};
    return sensible(d);
}

static hs_str word_at(hs_str s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && word_byte(s.p[at + n])) n++;
    return hs_str_slice(s, at, at + n);
}

/* The day's ordinal mark and what may part the pieces of a written date. */
static size_t after_day(hs_str s, size_t at) {
    static const hs_str ORDINALS[] = {{"st", 2}, {"nd", 2}, {"rd", 2}, {"th", 2}, {"er", 2}, {"\xC2\xBA", 2}};
    for (size_t i = 0; i < sizeof ORDINALS / sizeof *ORDINALS; i++)
        if (hs_str_starts_nocase(hs_str_slice(s, at, s.n), ORDINALS[i])) at += ORDINALS[i].n;
    at = skip(s, at, " .,-/");
    static const hs_str OF[] = {{"de ", 3}, {"of ", 3}, {"del ", 4}};
    for (size_t i = 0; i < sizeof OF / sizeof *OF; i++)
        if (hs_str_starts_nocase(hs_str_slice(s, at, s.n), OF[i])) return at + OF[i].n;
    return at;
}

/* 19 November 2019, 19. Nov 2019, 19 de noviembre de 2019 */
static bool day_month_year(hs_str s, size_t at, date *d) {
    size_t n, m;
    d->day = number(s, at, 2, &n);
    if (n < 1 || n > 2) return false;
    size_t next = after_day(s, at + n);
    hs_str word = word_at(s, next);
    d->month = word.n ? hs_rules_month(word) : 0;
    if (!d->month) return false;
    next = after_day(s, next + word.n);
    d->year = number(s, next, 4, &m);
    d->end = next + m;
    return m == 4 && sensible(d);
}

/* November 19, 2019; Nov. 19th 2019 */
static bool month_day_year(hs_str s, size_t at, date *d) {
    size_t n, m;
    hs_str word = word_at(s, at);
    d->month = hs_rules_month(word);
    if (!d->month) return false;
    size_t next = skip(s, at + word.n, " .");
    d->day = number(s, next, 2, &n);
    if (n < 1 || n > 2) return false;
    next = after_day(s, next + n);
    d->year = number(s, next, 4, &m);
    d->end = next + m;
    return m == 4 && sensible(d);
}

static bool date_at(hs_str s, size_t at, date *d) {
    if (digit(s.p[at])) return year_first(s, at, d) || day_first(s, at, d) || day_month_year(s, at, d);
    return month_day_year(s, at, d);
}

static bool two(hs_str s, size_t at, int most) {
    size_t n;
    return number(s, at, 2, &n) <= most && n == 2;
}

/* How many bytes a time with its zone takes at `at` ("T10:00:00+03:00"), 0 when the zone is missing or it is no time: the record holds
 * a bare date then. */
static size_t time_with_zone(hs_str s, size_t at) {
    if (at + 6 > s.n || (s.p[at] != 'T' && s.p[at] != ' ') || !two(s, at + 1, 23) || s.p[at + 3] != ':' ||
        !two(s, at + 4, 59))
        return 0;
    size_t next = at + 6;
    if (next < s.n && s.p[next] == ':' && two(s, next + 1, 60)) next += 3;
    size_t fraction = 0;
    if (next < s.n && s.p[next] == '.') number(s, next + 1, 9, &fraction);
    if (fraction) next += 1 + fraction;
    if (next < s.n && s.p[next] == 'Z') return next + 1 - at;
    if (next < s.n && (s.p[next] == '+' || s.p[next] == '-') && two(s, next + 1, 14)) {
        next += 3;
        size_t colon = next < s.n && s.p[next] == ':';
        if (two(s, next + colon, 59)) next += colon + 2;
        return next - at;
    }
    return 0;
}

static hs_str written(hs_arena *arena, hs_str s, date *d) {
    char day[16];
    int n = snprintf(day, sizeof day, "%04d-%02d-%02d", d->year, d->month, d->day);
    hs_buf out = {0};
    hs_buf_add(arena, &out, (hs_str){day, (size_t)n});
    size_t time = time_with_zone(s, d->end);
    if (time) {
        hs_buf_byte(arena, &out, 'T');
        hs_buf_add(arena, &out, hs_str_slice(s, d->end + 1, d->end + time));
        d->end += time;
    }
    return hs_buf_str(&out);
}

hs_str hs_date_find(hs_arena *arena, hs_str text, size_t *at, size_t *n) {
    for (size_t i = 0; i < text.n; i++) {
        date d = {0};
        if (!digit(text.p[i]) && !word_byte(text.p[i])) continue;
        if (i && (digit(text.p[i - 1]) || (!digit(text.p[i]) && word_byte(text.p[i - 1])))) continue;
        if (!date_at(text, i, &d)) continue;
        hs_str iso = written(arena, text, &d);
        if (at) *at = i;
        if (n) *n = d.end - i;
        return iso;
    }
    return (hs_str){0};
}

hs_str hs_date_of_url(hs_arena *arena, hs_str url) {
    for (size_t i = 1; i + 8 < url.n; i++) {
        date d = {0};
        if ((url.p[i - 1] != '/' && url.p[i - 1] != '-' && url.p[i - 1] != '_') || !digit(url.p[i]) ||
            !year_first(url, i, &d))
            continue;
        d.end = url.n;
        return written(arena, url, &d);
    }
    return (hs_str){0};
}
