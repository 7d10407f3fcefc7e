/* A load on `hearsay serve` over loopback: some connections, each asking again as soon as it is answered.
 *
 * usage: bench-serve PORT SECONDS CONNECTIONS PATH...          each path by itself: requests/s, the median and the 99th hundredth of times
 *        bench-serve PORT SECONDS CONNECTIONS --note FORM TOKEN  writes notes until the time is over or the server ends; prints how many it
 *                                                                said were written, and how many answers were cut off
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 128, MOST_TIMES = 1 << 20, ROOM = 1 << 16 };

typedef struct load {
    int port;
    double until;
    const char *request;
    pthread_mutex_t lock;
    float *times; /* milliseconds */
    size_t n_times;
    size_t good, busy, wrong, cut; /* answers: 2xx, 503, others; begun and not ended */
} load;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int reach(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

/* One answer; its status, 0 where the connection ended before it, -1 where it ended within. *more: the connection stays. */
static int take_answer(int fd, bool *more) {
    static _Thread_local char head[ROOM];
    size_t n = 0, length = 0;
    char *end = NULL;
    while (!end && n < sizeof head - 1) {
        ssize_t got = recv(fd, head + n, sizeof head - 1 - n, 0);
        if (got <= 0) return n ? -1 : 0;
        n += (size_t)got;
        head[n] = 0;
        end = strstr(head, "\r\n\r\n");
    }
    if (!end) return -1;
    const char *field = strcasestr(head, "\r\nContent-Length:");
    if (field && field < end) length = strtoul(field + sizeof "\r\nContent-Length:" - 1, NULL, 10);
    const char *close_field = strcasestr(head, "\r\nConnection: close");
    *more = !close_field || close_field > end;
    for (size_t had = n - (size_t)(end + 4 - head); had < length;) {
        char rest[ROOM];
        ssize_t got = recv(fd, rest, length - had < sizeof rest ? length - had : sizeof rest, 0);
        if (got <= 0) return -1;
        had += (size_t)got;
    }
    return (int)strtol(head + sizeof "HTTP/1.1", NULL, 10);
}

static void count(load *l, int status, double taken) {
    pthread_mutex_lock(&l->lock);
    if (status >= 200 && status < 300) l->good++;
    else if (status == 503) l->busy++;
    else if (status < 0) l->cut++;
    else if (status) l->wrong++;
    if (status > 0 && l->n_times < MOST_TIMES) l->times[l->n_times++] = (float)(taken * 1e3);
    pthread_mutex_unlock(&l->lock);
}

static void *ask(void *state) {
    load *l = state;
    size_t n = strlen(l->request);
    int fd = -1;
    while (now() < l->until) {
        bool more = false;
        if (fd < 0 && (fd = reach(l->port)) < 0) break; /* it has ended */
        double start = now();
        int status = send(fd, l->request, n, MSG_NOSIGNAL) == (ssize_t)n ? take_answer(fd, &more) : 0;
        count(l, status, now() - start);
        if (more) continue;
        close(fd);
        fd = -1;
    }
    if (fd >= 0) close(fd);
    return NULL;
}

static int by_time(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void run(load *l, int connections) {
    pthread_t threads[MOST_CONNECTIONS];
    int started = 0;
    for (; started < connections; started++)
        if (pthread_create(&threads[started], NULL, ask, l) != 0) break;
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

int main(int argc, char **argv) {
    static char request[ROOM];
    if (argc < 5) return 2;
    double seconds = strtod(argv[2], NULL);
    long wanted = strtol(argv[3], NULL, 10);
    int connections = wanted < MOST_CONNECTIONS ? (int)wanted : MOST_CONNECTIONS;
    load l = {
        .port = (int)strtol(argv[1], NULL, 10), .request = request, .times = malloc(MOST_TIMES * sizeof *l.times)};
    if (!l.times || pthread_mutex_init(&l.lock, NULL) != 0) return 1;
    if (argc == 7 && strcmp(argv[4], "--note") == 0) {
        snprintf(request, sizeof request,
                 "POST /api/notes HTTP/1.1\r\nHost: localhost\r\nX-Hearsay-Token: %s\r\nContent-Type: "
                 "application/x-www-form-urlencoded\r\n"
                 "Content-Length: %zu\r\n\r\n%s",
                 argv[6], strlen(argv[5]), argv[5]);
        l.until = now() + seconds;
        run(&l, connections);
        printf("%zu %zu %zu %zu\n", l.good, l.busy, l.wrong, l.cut);
        return 0;
    }
    for (int i = 4; i < argc; i++) {
        l.n_times = l.good = l.busy = l.wrong = l.cut = 0;
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", argv[i]);
        double start = now();
        l.until = start + seconds;
        run(&l, connections);
        double taken = now() - start;
        if (l.n_times) qsort(l.times, l.n_times, sizeof *l.times, by_time);
        printf("%8.0f requests/s  median %7.2f ms  p99 %7.2f ms  %zu answered, %zu busy, %zu wrong, %zu cut off  %s\n",
               (double)l.good / taken, l.n_times ? (double)l.times[l.n_times / 2] : 0,
               l.n_times ? (double)l.times[l.n_times * 99 / 100] : 0, l.good, l.busy, l.wrong, l.cut, argv[i]);
    }
    free(l.times);
    return 0;
}
