/* How the ledger fares as it grows, on generated records: adding (records/s, CPU time of this process alone), the time of find and trace,
 * memory. One line for each tenfold of claims.
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

/* Adds the records [from, to); seconds, without the time that making them up takes. */
static double add(hs_ledger *ledger, gen *g, size_t from, size_t to) {
    hs_error error;
    double spent = 0;
    for (size_t i = from; i < to;) {
        size_t end = i + BATCH < to ? i + BATCH : to;
        double start = cpu(), making = 0;
        if (hs_ledger_begin(ledger, &error) != HS_OK) fail(&error);
        for (; i < end; i++) {
            hs_added added;
            double before = cpu();
            gen_record(g, i);
            making += cpu() - before;
            if (hs_ledger_add(&added, ledger, &(hs_addition){.json = g->out, .n = g->n}, &error) != HS_OK) fail(&error);
        }
        if (hs_ledger_commit(ledger, &error) != HS_OK) fail(&error);
        spent += cpu() - start - making;
    }
    return spent;
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
    printf("%10s %12s %12s\n", "claims", "records/s", "peak MiB");
    double spent = 0;
    for (size_t target = 1000; done < most; target = target < most / 10 ? target * 10 : most) {
        size_t half = done + (target - done) / 2;
        spent += add(ledger, &g, done, half);
        double last = add(ledger, &g, half, target);
        spent += last;
        printf("%10zu %12.0f %12.0f\n", target * GEN_CLAIMS, (double)(target - half) / last, peak_mib());
        fflush(stdout);
        done = target;
    }
    printf("all: %.0f records/s\n", (double)done / spent);
    hs_ledger_free(ledger);
    free(g.out);
    return 0;
}
