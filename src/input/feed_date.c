/* Dates of RSS: see feed.h. */
#include <stdio.h>

#include "input/feed.h"

static void skip_blanks(hs_str *s) {
    *s = hs_str_trim(*s);
}

/* A number of at most `most` digits; -1 when there is none. */
static int take_number(hs_str *s, size_t most) {
    int value = 0;
    size_t n = 0;
    for (; n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9'; n++) value = value * 10 + (s->p[n] - '0');
    *s = hs_str_slice(*s, n, s->n);
    return n ? value : -1;
}

/* From 1; 0 when it is no month. */
static int take_month(hs_str *s) {
    static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int m = 0; m < 12; m++) {
        if (!hs_str_starts_nocase(*s, (hs_str){MONTHS + 3 * m, 3})) continue;
        size_t n = 3;
        while (n < s->n && s->p[n] != ' ') n++; /* some write the whole name */
        *s = hs_str_slice(*s, n, s->n);
        return m + 1;
    }
    return 0;
}

/* Minutes east of Greenwich; false when it is no zone. */
static bool zone_of(hs_str s, int *minutes) {
    static const struct {
        const char *name;
        int hours;
    } ZONES[] = {{"GMT", 0},  {"UTC", 0},  {"UT", 0},   {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof ZONES / sizeof *ZONES; i++) {
        if (!hs_str_eq_nocase(s, hs_str_of(ZONES[i].name))) continue;
        *minutes = ZONES[i].hours * 60;
        return true;
    }
    if (!s.n || (s.p[0] != '+' && s.p[0] != '-')) return false;
    hs_str rest = hs_str_slice(s, 1, s.n);
    int hours = take_number(&rest, 2);
    if (hs_str_starts(rest, HS_STR(":"))) rest = hs_str_slice(rest, 1, rest.n);
    int more = take_number(&rest, 2);
    *minutes = (hours * 60 + more) * (s.p[0] == '-' ? -1 : 1);
    return hours >= 0 && hours <= 14 && more >= 0 && more < 60 && rest.n == 0;
}

/* "10:00" or "10:00:00" */
static bool take_time(hs_str *s, int time[3]) {
    time[2] = 0;
    for (int i = 0; i < 3; i++) {
        if (i) {
            if (!hs_str_starts(*s, HS_STR(":"))) return i == 2;
            *s = hs_str_slice(*s, 1, s->n);
        }
        time[i] = take_number(s, 2);
        if (time[i] < 0 || time[i] > (i ? 60 : 23)) return false;
    }
    return true;
}

hs_str hs_feed_date(hs_arena *arena, hs_str said) {
    hs_str s = hs_str_trim(said);
    size_t comma = hs_str_find(s, HS_STR(","));
    if (comma != HS_NONE && comma <= 10) s = hs_str_slice(s, comma + 1, s.n);
    skip_blanks(&s);
    int day = take_number(&s, 2);
    skip_blanks(&s);
    int month = take_month(&s);
    skip_blanks(&s);
    int year = take_number(&s, 4), time[3], minutes;
    skip_blanks(&s);
    if (day < 1 || day > 31 || !month || year < 1990 || !take_time(&s, time)) return said;
    skip_blanks(&s);
    if (!zone_of(s, &minutes)) return said;
    int east = minutes < 0 ? -minutes : minutes;
    enum { ROOM = 64 };
    char *iso = hs_arena_alloc(arena, ROOM, 1);
    int n = snprintf(iso, ROOM, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, time[0], time[1], time[2]);
    if (minutes) n += snprintf(iso + n, ROOM - (size_t)n, "%c%02d:%02d", minutes < 0 ? '-' : '+', east / 60, east % 60);
    else iso[n++] = 'Z';
    return (hs_str){iso, (size_t)n};
}
