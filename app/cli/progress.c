/* See progress.h. */
#include "progress.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static const double EVERY_TERMINAL = 0.2, EVERY_PLAIN = 60;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* nftw has no room for a state of one's own. Only progress_start runs it, on the main thread. */
static double sum;

static int add_size(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)path, (void)at;
    if (type == FTW_F && S_ISREG(st->st_mode)) sum += (double)st->st_size;
    return 0;
}

void progress_start(progress *p, char **inputs, size_t n) {
    bool known = true;
    sum = 0;
    *p = (progress){.terminal = isatty(STDERR_FILENO), .started = now()};
    p->shown = p->started;
    for (size_t i = 0; i < n && known; i++) known = nftw(inputs[i], add_size, 16, FTW_PHYS) == 0;
    if (known) p->total = sum;
}

double progress_seconds(const progress *p) {
    return now() - p->started;
}

static void put_time(char *out, size_t room, double seconds) {
    unsigned s = seconds < 360000 ? (unsigned)seconds : 359999;
    if (s >= 3600) snprintf(out, room, "%u:%02u:%02u", s / 3600, s / 60 % 60, s % 60);
    else snprintf(out, room, "%u:%02u", s / 60, s % 60);
}

static void put(const char *text) {
    if (write(STDERR_FILENO, text, strlen(text)) < 0) return; /* there is nowhere to say so */
}

void progress_step(progress *p, bool ok, size_t bytes) {
    double at = now(), spent = at - p->started;
    p->pages += ok;
    p->failed += !ok;
    p->done += (double)bytes + 1;
    if (at - p->shown < (p->terminal ? EVERY_TERMINAL : EVERY_PLAIN)) return;
    p->shown = at;
    char line[200], left[32] = "", time_left[24];
    bool fraction = p->total > 0 && p->done < p->total && spent > 1;
    if (fraction) {
        put_time(time_left, sizeof time_left, spent * (p->total / p->done - 1));
        snprintf(left, sizeof left, ", %s left", time_left);
    }
    char bar[24] = "";
    if (fraction && p->terminal) {
        size_t full = (size_t)(p->done / p->total * 20);
        for (size_t i = 0; i < 20; i++) bar[i] = i < full ? '#' : '.';
        bar[20] = ' ';
    }
    double rate = spent > 0 ? (double)p->pages / spent : 0;
    snprintf(line, sizeof line, "%s%s%zu pages, %.0f a second%s%s", p->terminal ? "\r\033[K" : "hearsay: ", bar,
             p->pages, rate, left, p->terminal ? "" : "\n");
    put(line);
    p->on_line = p->terminal;
}

void progress_clear(progress *p) {
    if (p->on_line) put("\r\033[K");
    p->on_line = false;
}
