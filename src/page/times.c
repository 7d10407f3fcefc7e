/* Times with zones: see times.h. */
#include "page/times.h"

#include <stdio.h>

typedef struct clock_time {
    int hour, minute, second;
    hs_str fraction; /* ".000", or empty */
    size_t end;
} clock_time;

static bool digit_at(hs_str s, size_t at) {
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

static bool letter_at(hs_str s, size_t at) {
    return at < s.n && ((s.p[at] | 32) >= 'a' && (s.p[at] | 32) <= 'z');
}

static bool starts_at(hs_str s, size_t at, hs_str what) {
    return hs_str_starts_nocase(hs_str_slice(s, at, s.n), what);
}

/* Two digits up to `most`, or -1. */
static int two_at(hs_str s, size_t at, int most) {
    if (!digit_at(s, at) || !digit_at(s, at + 1)) return -1;
    int value = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return value <= most ? value : -1;
}

static size_t skip_spaces(hs_str s, size_t at) {
    for (;;) {
        if (at < s.n && (s.p[at] == ' ' || s.p[at] == ',')) at++;
        else if (starts_at(s, at, HS_STR("\xC2\xA0"))) at += 2;
        else return at;
    }
}

/* What stands between a date and its time. */
static size_t skip_joint(hs_str s, size_t at) {
    static const hs_str JOINTS[] = {
        {"T", 1},         {"at ", 3}, {"um ", 3}, {"\xC3\xA0 ", 3}, {"a las ", 6},       {"alle ", 5},
        {"kl. ", 4},      {"kl ", 3}, {"om ", 3}, {"ore ", 4},      {"às ", 4},          {"as ", 3},
        {"|", 1},         {"-", 1},   {"/", 1},   {"\xC2\xB7", 2},  {"\xE2\x80\xA2", 3}, {"\xE2\x80\x93", 3},
        {"\xD0\xB2 ", 3}, {"klo ", 4}};
    at = skip_spaces(s, at);
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++) {
        if (!starts_at(s, at, JOINTS[i])) continue;
        at += JOINTS[i].n;
        break;
    }
    return skip_spaces(s, at);
}

/* "a.m.", "PM": adds twelve hours where they are meant. */
static bool read_half(clock_time *t, hs_str s) {
    size_t at = t->end;
    while (at < s.n && s.p[at] == ' ') at++;
    if (at >= s.n) return false;
    bool after_noon = (s.p[at] | 32) == 'p';
    if (!after_noon && (s.p[at] | 32) != 'a') return false;
    size_t dot = at + 1 < s.n && s.p[at + 1] == '.';
    if (at + 1 + dot >= s.n || (s.p[at + 1 + dot] | 32) != 'm' || letter_at(s, at + 2 + dot)) return false;
    if (t->hour < 1 || t->hour > 12) return false;
    t->hour = t->hour % 12 + (after_noon ? 12 : 0);
    t->end = at + 2 + dot;
    if (dot && t->end < s.n && s.p[t->end] == '.') t->end++;
    return true;
}

/* 08:30, 8.30, 08:30:00.000, 8 a.m. */
static bool read_clock(clock_time *t, hs_str s, size_t at) {
    if (!digit_at(s, at)) return false;
    size_t n = digit_at(s, at + 1) ? 2 : 1;
    if (digit_at(s, at + n)) return false;
    *t = (clock_time){.hour = n == 2 ? two_at(s, at, 23) : s.p[at] - '0', .end = at + n};
    if (t->hour < 0) return false;
    bool minutes = t->end < s.n && (s.p[t->end] == ':' || s.p[t->end] == '.') && two_at(s, t->end + 1, 59) >= 0;
    if (!minutes) return read_half(t, s);
    t->minute = two_at(s, t->end + 1, 59);
    bool colon = s.p[t->end] == ':';
    t->end += 3;
    if (colon && t->end < s.n && s.p[t->end] == ':' && two_at(s, t->end + 1, 59) >= 0) {
        t->second = two_at(s, t->end + 1, 59);
        t->end += 3;
        size_t from = t->end, digits = 0;
        if (from < s.n && s.p[from] == '.')
            while (digit_at(s, from + 1 + digits)) digits++;
        if (digits) t->fraction = hs_str_slice(s, from, from + 1 + (digits > 9 ? 9 : digits));
        if (digits) t->end += 1 + digits;
    }
    if (digit_at(s, t->end)) return false;
    read_half(t, s);
    return true;
}

/* Zones that have one meaning in news; "IST" and "AST" have several. Minutes east of Greenwich. */
static const struct zone {
    hs_str name;
    int minutes;
} ZONES[] = {
    {{"UTC", 3}, 0},    {{"GMT", 3}, 0},    {{"EST", 3}, -300}, {{"EDT", 3}, -240}, {{"CST", 3}, -360},
    {{"CDT", 3}, -300}, {{"MST", 3}, -420}, {{"MDT", 3}, -360}, {{"PST", 3}, -480}, {{"PDT", 3}, -420},
    {{"CET", 3}, 60},   {{"CEST", 4}, 120}, {{"MEZ", 3}, 60},   {{"MESZ", 4}, 120}, {{"BST", 3}, 60},
    {{"WET", 3}, 0},    {{"WEST", 4}, 60},  {{"EET", 3}, 120},  {{"EEST", 4}, 180}, {{"MSK", 3}, 180},
    {{"TRT", 3}, 180},  {{"IRST", 4}, 210}, {{"PKT", 3}, 300},  {{"WIB", 3}, 420},  {{"HKT", 3}, 480},
    {{"SGT", 3}, 480},  {{"JST", 3}, 540},  {{"KST", 3}, 540},  {{"AEST", 4}, 600}, {{"AEDT", 4}, 660},
    {{"NZST", 4}, 720}, {{"NZDT", 4}, 780}, {{"SAST", 4}, 120}, {{"BRT", 3}, -180}, {{"ART", 3}, -180},
};

/* +01:00, +0100, +1 */
static bool read_offset(int *minutes, size_t *end, hs_str s, size_t at) {
    if (at >= s.n || (s.p[at] != '+' && s.p[at] != '-') || !digit_at(s, at + 1)) return false;
    int sign = s.p[at] == '-' ? -1 : 1, hour = two_at(s, at + 1, 14);
    size_t next = at + (hour < 0 ? 2 : 3);
    if (hour < 0) hour = s.p[at + 1] - '0';
    size_t colon = next < s.n && s.p[next] == ':';
    int rest = two_at(s, next + colon, 59);
    if (rest >= 0) next += colon + 2;
    if (digit_at(s, next)) return false;
    *minutes = sign * (hour * 60 + (rest < 0 ? 0 : rest));
    *end = next;
    return true;
}

static bool read_zone(int *minutes, bool *zulu, size_t *end, hs_str s, size_t at) {
    *zulu = at < s.n && s.p[at] == 'Z' && !letter_at(s, at + 1);
    *minutes = 0;
    *end = at + 1;
    if (*zulu || (at + 5 <= s.n && two_at(s, at + 1, 14) >= 0 && read_offset(minutes, end, s, at))) return true;
    at = skip_spaces(s, at);
    if (starts_at(s, at, HS_STR("Uhr"))) at += 3;
    if (starts_at(s, at, HS_STR("h "))) at++;
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '(' || s.p[at] == ',')) at++;
    if (at + 5 <= s.n && two_at(s, at + 1, 14) >= 0 && read_offset(minutes, end, s, at)) return true;
    for (size_t i = 0; i < sizeof ZONES / sizeof *ZONES; i++) {
        size_t next = at + ZONES[i].name.n;
        if (!hs_str_starts(hs_str_slice(s, at, s.n), ZONES[i].name) || letter_at(s, next)) continue;
        *minutes = ZONES[i].minutes;
        *end = next;
        if (!*minutes) *zulu = !read_offset(minutes, end, s, next); /* GMT+2 */
        return true;
    }
    return false;
}

size_t hs_time_with_zone(char iso[HS_TIME_SIZE], hs_str s, size_t at) {
    clock_time t;
    int minutes;
    bool zulu;
    size_t end;
    if (!read_clock(&t, s, skip_joint(s, at)) || !read_zone(&minutes, &zulu, &end, s, t.end)) return 0;
    char zone[8] = "Z";
    int east = minutes < 0 ? -minutes : minutes;
    if (!zulu) snprintf(zone, sizeof zone, "%c%02d:%02d", minutes < 0 ? '-' : '+', east / 60 % 100, east % 60);
    snprintf(iso, HS_TIME_SIZE, "T%02d:%02d:%02d%.*s%s", t.hour, t.minute, t.second, (int)t.fraction.n,
             t.fraction.n ? t.fraction.p : "", zone);
    return end - at;
}
