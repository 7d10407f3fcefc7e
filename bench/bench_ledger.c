/* How the ledger fares as it grows, on generated records: adding (records/s), the time of find and trace, memory. Times are the process's
 * own (CPU), so that what else the machine does counts little; beside them stands what adding came to by the clock. One line for each tenfold
 * of claims.
 *
 * usage: bench-ledger CLAIMS LEDGER        (the ledger is made anew)
 */
#include "bench.h"

#include <sys/resource.h>
#include <unistd.h>

#include "generated.h"

enum { BATCH = 2000, QUESTIONS = 200 };

static void fail(const hs_error *error) {
    fprintf(stderr, "bench-ledger: %s\n", error->message);
    exit(1);
}

/* Of this process: what else the machine does is not the ledger's. */
static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double peak_mib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

typedef struct spent {
    double cpu, clock; /* seconds */
} spent;

/* Adds the records [from, to); without the time that making them up takes. */
static spent add(hs_ledger *ledger, gen *g, size_t from, size_t to) {
    hs_error error;
    spent sum = {0, 0};
    for (size_t i = from; i < to;) {
        size_t end = i + BATCH < to ? i + BATCH : to;
        double start = cpu(), begun = now(), making = 0, making_clock = 0;
        if (hs_ledger_begin(ledger, &error) != HS_OK) fail(&error);
        for (; i < end; i++) {
            hs_added added;
            double before = cpu(), at = now();
            gen_record(g, i);
            making += cpu() - before;
            making_clock += now() - at;
            if (hs_ledger_add(&added, ledger, &(hs_addition){.json = g->out, .n = g->n}, &error) != HS_OK) fail(&error);
        }
        if (hs_ledger_commit(ledger, &error) != HS_OK) fail(&error);
        sum.cpu += cpu() - start - making;
        sum.clock += now() - begun - making_clock;
    }
    return sum;
}

static int by_time(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct times {
    double find[QUESTIONS], trace[QUESTIONS];
} times;

/* Words of the claims themselves, one to three of them, rare and common; claims to trace are those found. */
static void ask(times *t, hs_ledger *ledger, gen *g, size_t pages) {
    hs_error error;
    for (size_t i = 0; i < QUESTIONS; i++) {
        char words[120] = "";
        size_t n = 1 + i % 3, at = 0;
        g->state = (i + 1) * pages;
        gen p = {.state = (gen_below(g, pages) / GEN_PAGES) * 1000 + 1};
        for (size_t k = 0; k < n; k++) {
            char word[24];
            gen_word(word, 40 + (i % 2 ? gen_rank(g) : gen_rank(&p)), false);
            at += (size_t)snprintf(words + at, sizeof words - at, "%s ", word);
        }
        hs_query query = {.size = sizeof query, .words = words};
        if (i % 10 == 9) query.stance = "denies";
        hs_hits *hits;
        double start = cpu();
        if (hs_ledger_find(&hits, ledger, &query, &error) != HS_OK) fail(&error);
        t->find[i] = cpu() - start;
        char id[64];
        bool any = hits->n > 0;
        if (any) snprintf(id, sizeof id, "%.*s", (int)hits->v[0].cited.id.n, hits->v[0].cited.id.p);
        hs_hits_free(hits);
        if (!any) {
            snprintf(id, sizeof id, "https://outlet0.example/0#c1");
            g->state = (gen_below(g, pages)) * 7919 + 17;
        }
        hs_trace *trace;
        start = cpu();
        hs_status status = hs_ledger_trace(&trace, ledger, id, &error);
        t->trace[i] = cpu() - start;
        if (status == HS_OK) hs_trace_free(trace);
        else if (any) fail(&error);
    }
    qsort(t->find, QUESTIONS, sizeof *t->find, by_time);
    qsort(t->trace, QUESTIONS, sizeof *t->trace, by_time);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bench-ledger CLAIMS LEDGER\n");
        return 2;
    }
    size_t most = (size_t)atoll(argv[1]) / GEN_CLAIMS, done = 0;
    hs_error error;
    hs_ledger *ledger;
    hs_ledger_options options;
    hs_ledger_options_init(&options);
    options.write = true;
    unlink(argv[2]);
    if (hs_ledger_open(&ledger, argv[2], &options, &error) != HS_OK) fail(&error);
    gen g = {0};
    static times t;
    printf("%10s %12s %13s %14s %14s %15s %15s %10s\n", "claims", "records/s", "by the clock", "find p50 ms",
           "find p95 ms", "trace p50 ms", "trace p95 ms", "peak MiB");
    double all = 0;
    for (size_t target = 1000; done < most; target = target < most / 10 ? target * 10 : most) {
        size_t half = done + (target - done) / 2;
        spent first = add(ledger, &g, done, half), last = add(ledger, &g, half, target);
        all += first.cpu + last.cpu;
        ask(&t, ledger, &g, target);
        double n = (double)(target - half);
        printf("%10zu %12.0f %13.0f %14.2f %14.2f %15.2f %15.2f %10.0f\n", target * GEN_CLAIMS, n / last.cpu,
               n / last.clock, t.find[QUESTIONS / 2] * 1000, t.find[QUESTIONS * 95 / 100] * 1000,
               t.trace[QUESTIONS / 2] * 1000, t.trace[QUESTIONS * 95 / 100] * 1000, peak_mib());
        fflush(stdout);
        done = target;
    }
    printf("all: %.0f records/s\n", (double)done / all);
    hs_ledger_free(ledger);
    free(g.out);
    return 0;
}
