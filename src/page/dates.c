/* Reading dates: see dates.h. One pass over the text; where a number or the name of a month begins, the ways to write a date are tried
 * in turn. Digits may be Arabic, Persian, Devanagari or full-width ones. */
#include "page/dates.h"

#include <stdio.h>

#include "page/rules.h"
#include "page/times.h"

typedef struct day {
    int year, month, day;
    bool either; /* day and month could change places */
    size_t end;  /* one past its last byte */
} day;

enum { FIRST_YEAR = 1990, LAST_YEAR = 2035 };

/* Zeros of the scripts' digits, as the bytes before the last and the last byte's zero. */
static int digit_at(hs_str s, size_t at, size_t *size) {
    static const struct {
        hs_str lead;
        unsigned char zero;
    } SCRIPTS[] = {{{"\xD9", 1}, 0xA0}, {{"\xDB", 1}, 0xB0}, {{"\xE0\xA5", 2}, 0xA6}, {{"\xEF\xBC", 2}, 0x90}};
    if (at >= s.n) return -1;
    *size = 1;
    if (s.p[at] >= '0' && s.p[at] <= '9') return s.p[at] - '0';
    if ((unsigned char)s.p[at] < 0x80) return -1;
    for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++) {
        size_t last = at + SCRIPTS[i].lead.n;
        if (last >= s.n || !hs_str_starts(hs_str_slice(s, at, s.n), SCRIPTS[i].lead)) continue;
        int value = (unsigned char)s.p[last] - SCRIPTS[i].zero;
        *size = SCRIPTS[i].lead.n + 1;
        return value >= 0 && value <= 9 ? value : -1;
    }
    return -1;
}

typedef struct number {
    int value;
    size_t digits, end;
} number;

/* The digits at `at`; of more than eight only the count is of use. */
static number number_at(hs_str s, size_t at) {
    number n = {.end = at};
    size_t size;
    for (int d; (d = digit_at(s, n.end, &size)) >= 0; n.end += size, n.digits++)
        if (n.digits < 8) n.value = n.value * 10 + d;
    return n;
}

/* Letters, and bytes of characters above ASCII that are no punctuation (U+0080 to U+00BF and U+2000 to U+2FFF are taken for that). */
static bool word_byte(hs_str s, size_t at) {
    if (at >= s.n) return false;
    unsigned char c = (unsigned char)s.p[at];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    size_t size;
    return c >= 0xC3 && c != 0xE2 && digit_at(s, at, &size) < 0;
}

static size_t sequence(hs_str s, size_t at) {
    size_t next = at + 1;
    while (next < s.n && ((unsigned char)s.p[next] & 0xC0) == 0x80) next++;
    return next;
}

static size_t word_end(hs_str s, size_t at) {
    while (word_byte(s, at)) at = sequence(s, at);
    return at;
}

static bool sensible(const day *d) {
    static const int DAYS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d->year >= FIRST_YEAR && d->year <= LAST_YEAR && d->month >= 1 && d->month <= 12 && d->day >= 1 &&
           d->day <= DAYS[d->month - 1];
}

static bool starts_at(hs_str s, size_t at, hs_str what) {
    return hs_str_starts_nocase(hs_str_slice(s, at, s.n), what);
}

/* Spaces (no-break ones too) and the ASCII marks given. */
static size_t skip(hs_str s, size_t at, const char *marks) {
    for (;;) {
        if (starts_at(s, at, HS_STR("\xC2\xA0"))) at += 2;
        else if (starts_at(s, at, HS_STR("\xE2\x80\xAF"))) at += 3;
        else {
            const char *m = marks;
            while (at < s.n && *m && *m != s.p[at]) m++;
            if (at >= s.n || !*m) return at;
            at++;
        }
    }
}

/* What Chinese, Japanese and Korean write behind year, month and day. */
static size_t han(hs_str s, size_t at, int part) {
    static const hs_str MARKS[3][2] = {{{"\xE5\xB9\xB4", 3}, {"\xEB\x85\x84", 3}},
                                       {{"\xE6\x9C\x88", 3}, {"\xEC\x9B\x94", 3}},
                                       {{"\xE6\x97\xA5", 3}, {"\xEC\x9D\xBC", 3}}};
    at = skip(s, at, " ");
    return starts_at(s, at, MARKS[part][0]) || starts_at(s, at, MARKS[part][1]) ? at + 3 : 0;
}

/* 2019年11月19日, 2019년 11월 19일 */
static bool year_han(hs_str s, number year, day *d) {
    size_t next = han(s, year.end, 0);
    if (!next) return false;
    number month = number_at(s, skip(s, next, " "));
    next = han(s, month.end, 1);
    if (!next || month.digits > 2) return false;
    number of_month = number_at(s, skip(s, next, " "));
    next = han(s, of_month.end, 2);
    *d = (day){.year = year.value, .month = month.value, .day = of_month.value, .end = next};
    return next && of_month.digits <= 2 && sensible(d);
}

/* 2019. november 19., 2019 Nov 19 */
static bool year_month_day(hs_str s, number year, day *d) {
    size_t at = skip(s, year.end, " .,-/"), end = word_end(s, at);
    if (end == at) return false;
    number of_month = number_at(s, skip(s, end, " .-/"));
    if (of_month.digits < 1 || of_month.digits > 2) return false;
    *d = (day){.year = year.value,
               .month = hs_rules_month(hs_str_slice(s, at, end)),
               .day = of_month.value,
               .end = of_month.end};
    return sensible(d);
}

/* 2019-11-19, 2019/11/19, 2019.11.19, 2019. 11. 19, 20191119 */
static bool year_first(hs_str s, size_t at, day *d) {
    number year = number_at(s, at);
    if (year.digits == 8) {
        *d = (day){
            .year = year.value / 10000, .month = year.value / 100 % 100, .day = year.value % 100, .end = year.end};
        return sensible(d);
    }
    if (year.digits != 4 || year.value < FIRST_YEAR || year.value > LAST_YEAR) return false;
    if (year_han(s, year, d) || year_month_day(s, year, d)) return true;
    char mark = year.end < s.n ? s.p[year.end] : 0;
    if (mark != '-' && mark != '/' && mark != '.') return false;
    const char *spaces = mark == '.' ? " " : "";
    number month = number_at(s, skip(s, year.end + 1, spaces));
    if (month.digits < 1 || month.digits > 2 || month.end >= s.n || s.p[month.end] != mark) return false;
    number of_month = number_at(s, skip(s, month.end + 1, spaces));
    *d = (day){.year = year.value, .month = month.value, .day = of_month.value, .end = of_month.end};
    return of_month.digits >= 1 && of_month.digits <= 2 && sensible(d);
}

/* 19.11.2019, 19/11/2019, 11/19/2019, 19-11-2019, 19.11.19 */
static bool day_first(hs_str s, size_t at, hs_date_order order, day *d) {
    number a = number_at(s, at);
    if (a.digits < 1 || a.digits > 2 || a.end >= s.n) return false;
    char mark = s.p[a.end];
    if (mark != '.' && mark != '/' && mark != '-') return false;
    number b = number_at(s, skip(s, a.end + 1, " "));
    if (b.digits < 1 || b.digits > 2 || b.end >= s.n || s.p[b.end] != mark) return false;
    number year = number_at(s, skip(s, b.end + 1, " "));
    if (year.digits != 4 && (year.digits != 2 || mark == '-')) return false;
    bool month_first = b.value > 12 || (mark == '/' && order == HS_DATE_MONTH_FIRST && a.value <= 12);
    *d = (day){.year = year.digits == 2 ? 2000 + year.value : year.value,
               .month = month_first ? a.value : b.value,
               .day = month_first ? b.value : a.value,
               .either = a.value <= 12 && b.value <= 12 && a.value != b.value,
               .end = year.end};
    return sensible(d);
}

/* The day's ordinal mark and what may part the pieces of a written date. */
static size_t after_day(hs_str s, size_t at) {
    static const hs_str ORDINALS[] = {{"st", 2}, {"nd", 2},       {"rd", 2}, {"th", 2},
                                      {"er", 2}, {"\xC2\xBA", 2}, {"e ", 2}};
    static const hs_str OF[] = {{"de ", 3}, {"of ", 3}, {"del ", 4}, {"d'", 2}, {"d\xE2\x80\x99", 4}};
    for (size_t i = 0; i < sizeof ORDINALS / sizeof *ORDINALS; i++)
        if (starts_at(s, at, ORDINALS[i])) at += ORDINALS[i].n;
    at = skip(s, at, " .,-/");
    for (size_t i = 0; i < sizeof OF / sizeof *OF; i++)
        if (starts_at(s, at, OF[i])) return at + OF[i].n;
    return at;
}

/* A month's name at `at`; some have two words. */
static int month_at(hs_str s, size_t at, size_t *end) {
    *end = word_end(s, at);
    int month = *end > at ? hs_rules_month(hs_str_slice(s, at, *end)) : 0;
    if (month || *end == at || *end >= s.n || s.p[*end] != ' ' || (unsigned char)s.p[at] < 0xD8) return month;
    size_t second = word_end(s, *end + 1);
    month = second > *end + 1 ? hs_rules_month(hs_str_slice(s, at, second)) : 0;
    if (month) *end = second;
    return month;
}

/* 19 tháng 11, 2019 */
static int numbered_month(hs_str s, size_t at, size_t *end) {
    if (!starts_at(s, at, HS_STR("th\xC3\xA1ng "))) return 0;
    number month = number_at(s, at + 7);
    *end = month.end;
    return month.digits && month.digits <= 2 ? month.value : 0;
}

static bool year_at(hs_str s, size_t at, day *d) {
    at = skip(s, at, " .,-/");
    number year = number_at(s, at);
    d->year = year.value;
    d->end = year.end;
    return year.digits == 4 && sensible(d);
}

/* 19 November 2019, 19. Nov 2019, 19 de noviembre de 2019, Nov. 19-20, 2019 is taken for its first day */
static bool day_month_year(hs_str s, size_t at, day *d) {
    number of_month = number_at(s, at);
    if (of_month.digits < 1 || of_month.digits > 2) return false;
    size_t next = after_day(s, of_month.end), end;
    d->day = of_month.value;
    d->month = month_at(s, next, &end);
    if (!d->month) d->month = numbered_month(s, next, &end);
    if (!d->month) return false;
    return year_at(s, after_day(s, end), d);
}

/* November 19, 2019; Nov. 19th 2019 */
static bool month_day_year(hs_str s, size_t at, day *d) {
    size_t end = word_end(s, at), next = skip(s, end, " .,");
    number of_month = number_at(s, next);
    if (of_month.digits < 1 || of_month.digits > 2) return false;
    d->month = hs_rules_month(hs_str_slice(s, at, end));
    d->day = of_month.value;
    return d->month && year_at(s, after_day(s, of_month.end), d);
}

static bool day_at(hs_str s, size_t at, hs_date_order order, day *d) {
    size_t size;
    if (digit_at(s, at, &size) < 0) return month_day_year(s, at, d);
    return year_first(s, at, d) || day_first(s, at, order, d) || day_month_year(s, at, d);
}

/* A time that stands before its date: "10:00 GMT, 19 November 2019". */
static void time_before(char iso[HS_TIME_SIZE], hs_str s, size_t at) {
    enum { FARTHEST = 40, APART = 14 }; /* a weekday may stand between */
    for (size_t from = at > FARTHEST ? at - FARTHEST : 0; from + 4 < at; from++) {
        if (s.p[from] < '0' || s.p[from] > '9' || (from && s.p[from - 1] >= '0' && s.p[from - 1] <= ':')) continue;
        size_t n = hs_time_with_zone(iso, hs_str_slice(s, 0, at), from);
        if (n && from + n + APART >= at) return;
    }
    iso[0] = 0;
}

static hs_str written(hs_arena *arena, int year, int month, int of_month, const char *time) {
    char iso[16 + HS_TIME_SIZE];
    int n = snprintf(iso, sizeof iso, "%04d-%02d-%02d%s", year, month, of_month, time);
    return hs_str_copy(arena, (hs_str){iso, (size_t)n});
}

static void write_date(hs_date *out, hs_arena *arena, hs_str s, size_t at, const day *d) {
    char time[HS_TIME_SIZE] = "";
    size_t n = hs_time_with_zone(time, s, d->end);
    if (!n) time_before(time, s, at);
    *out = (hs_date){.iso = written(arena, d->year, d->month, d->day, time), .at = at, .n = d->end + n - at};
    if (d->either) out->other = written(arena, d->year, d->day, d->month, time);
}

bool hs_date_next(hs_date *out, hs_arena *arena, hs_str text, size_t from, hs_date_order order) {
    for (size_t at = from; at < text.n;) {
        day d = {0};
        size_t size, end;
        bool number = digit_at(text, at, &size) >= 0;
        if (!number && !word_byte(text, at)) {
            at = sequence(text, at);
            continue;
        }
        if (day_at(text, at, order, &d)) {
            write_date(out, arena, text, at, &d);
            return true;
        }
        end = number ? number_at(text, at).end : word_end(text, at);
        at = end > at ? end : sequence(text, at);
    }
    return false;
}

hs_str hs_date_find(hs_arena *arena, hs_str text, size_t *at, size_t *n) {
    hs_date date;
    if (!hs_date_next(&date, arena, text, 0, HS_DATE_MONTH_FIRST)) return (hs_str){0};
    if (at) *at = date.at;
    if (n) *n = date.n;
    return date.iso;
}

hs_str hs_date_of_url(hs_arena *arena, hs_str url) {
    for (size_t i = 1; i + 8 <= url.n; i++) {
        day d = {0};
        if (url.p[i] < '0' || url.p[i] > '9' || (url.p[i - 1] != '/' && url.p[i - 1] != '-' && url.p[i - 1] != '_'))
            continue;
        /* 2019/11/19, 20191119; 19-11-2019, if that is how it is meant for sure */
        if (year_first(url, i, &d) || (day_first(url, i, HS_DATE_DAY_FIRST, &d) && !d.either))
            return written(arena, d.year, d.month, d.day, "");
    }
    return (hs_str){0};
}
