/* hearsay add: pages and records → a ledger. Pages are read by several threads; what they made is stored in their order, in batches: while
 * none is being stored, other processes may write. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "feed.h"
#include "ledger_options.h"
#include "pool.h"
#include "progress.h"

enum { OPT_LEDGER, OPT_WEIGHTS, OPT_JOBS, OPT_TIMEOUT, OPT_PRIVATE, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_WEIGHTS] = {0, "weights", "FILE", "read claims with these weights"},
    [OPT_JOBS] = {'j', "jobs", "N", "read N pages at once (default: as many as there are processors)"},
    [OPT_TIMEOUT] = {0, "timeout", "SECONDS", "give an address this long to answer (default: 30)"},
    [OPT_PRIVATE] = {0, "allow-private", NULL, "also fetch from this machine, private networks and through proxies"},
    [OPT_HELP] = HELP_OPTION,
};

enum { MOST_JOBS = 256, MOST_SECONDS = 86400, BATCH_PAGES = 2000, BATCH_BYTES = 16 << 20 };
static const double BATCH_SECONDS = 1;

typedef struct settings {
    const char *ledger;
    hs_reader_options reader;
    hs_inputs_options inputs_options;
    size_t jobs;
    char **inputs;
    size_t n_inputs;
    bool help;
} settings;

/* A record that waits to be stored. */
typedef struct waiting {
    char *name, *json;
    size_t n, n_read;
} waiting;

typedef struct adding {
    hs_ledger *ledger;
    feed feed;
    progress progress;
    waiting batch[BATCH_PAGES];
    size_t n_batch, bytes;
    double since; /* when the batch's first record came */
    size_t counts[HS_ADDED_KNOWN + 1];
    bool stopped; /* the ledger cannot be written: no more are wanted */
} adding;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Reads pages into a ledger, which is made where there is none. Inputs are those of \"hearsay read\"; lines of\n"
        "JSON that have \"claims\" are records made earlier, and are stored as they are. A page that the ledger has\n"
        "is left as it is; one that has changed becomes a new version, the old one stays. Can be broken off at any\n"
        "moment and run again: a page is in the ledger wholly or not at all.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 all added, 1 some inputs failed, 2 wrong usage\n") ? EXIT_DONE
                                                                                             : EXIT_SOME_FAILED;
}

static bool set_timeout(settings *s, const char *number) {
    size_t seconds;
    if (!number_set(&seconds, "timeout", number, MOST_SECONDS)) return false;
    s->inputs_options.timeout = (unsigned)seconds;
    return true;
}

static bool set_option(settings *s, int option, const char *value) {
    switch (option) {
    case OPT_LEDGER: s->ledger = value; return true;
    case OPT_WEIGHTS: s->reader.weights = value; return true;
    case OPT_JOBS: return number_set(&s->jobs, "jobs", value, MOST_JOBS);
    case OPT_TIMEOUT: return set_timeout(s, value);
    case OPT_PRIVATE: s->inputs_options.allow_private = true; return true;
    case OPT_HELP: s->help = true; return true;
    default: return false;
    }
}

static bool parse(settings *s, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    s->inputs = arguments;
    for (int found; !s->help && (found = option_next(&reader)) != OPTION_END;) {
        if (found == OPTION_INPUT) s->inputs[s->n_inputs++] = arguments[reader.at - 1];
        else if (!set_option(s, found, reader.value)) return false;
    }
    if (s->n_inputs || s->help) return true;
    complain("an input is missing; \"-\" is standard input");
    return false;
}

static void tell(adding *a, const char *message) {
    progress_clear(&a->progress);
    complain("%s", message);
}

static void drop_batch(adding *a) {
    for (size_t i = 0; i < a->n_batch; i++) {
        free(a->batch[i].name);
        free(a->batch[i].json);
    }
    a->n_batch = a->bytes = 0;
}

/* An error of the ledger itself, or of its disk, ends it all: what is in stays, what is not can be added again. */
static void stop(adding *a, const hs_error *error) {
    tell(a, error->message);
    a->stopped = true;
}

static void store_batch(adding *a) {
    hs_error error;
    bool ok[BATCH_PAGES];
    size_t counts[HS_ADDED_KNOWN + 1] = {0};
    if (!a->n_batch) return;
    hs_status status = hs_ledger_begin(a->ledger, &error);
    bool begun = status == HS_OK;
    for (size_t i = 0; i < a->n_batch && begun; i++) {
        const waiting *w = &a->batch[i];
        hs_added added;
        hs_error cause;
        hs_addition addition = {.json = w->json, .n = w->n, .name = w->name};
        hs_status result = hs_ledger_add(&added, a->ledger, &addition, &cause);
        ok[i] = result == HS_OK;
        if (result == HS_OK) counts[added]++;
        else if (result == HS_ERR_FORMAT || result == HS_ERR_LIMIT) tell(a, cause.message);
        if (result == HS_OK || result == HS_ERR_FORMAT || result == HS_ERR_LIMIT) continue;
        error = cause;
        status = result;
        begun = false;
    }
    if (begun) status = hs_ledger_commit(a->ledger, &error);
    else hs_ledger_rollback(a->ledger);
    if (status != HS_OK) stop(a, &error);
    for (size_t i = 0; i < a->n_batch && status == HS_OK; i++) progress_step(&a->progress, ok[i], a->batch[i].n_read);
    for (int i = 0; i <= HS_ADDED_KNOWN && status == HS_OK; i++) a->counts[i] += counts[i];
    drop_batch(a);
}

static bool take_result(void *state, const pool_result *result) {
    adding *a = state;
    if (result->status != HS_OK) {
        tell(a, result->error.message);
        progress_step(&a->progress, false, result->n_read);
        return true;
    }
    waiting *w = &a->batch[a->n_batch];
    *w = (waiting){.name = strdup(result->name),
                   .json = malloc(result->output.n + 1),
                   .n = result->output.n,
                   .n_read = result->n_read};
    if (!w->name || !w->json) {
        free(w->name);
        free(w->json);
        tell(a, "no memory");
        a->stopped = true;
        return false;
    }
    memcpy(w->json, result->output.v, result->output.n);
    if (!a->n_batch++) a->since = progress_seconds(&a->progress);
    a->bytes += result->output.n;
    if (a->n_batch == BATCH_PAGES || a->bytes > BATCH_BYTES ||
        progress_seconds(&a->progress) - a->since > BATCH_SECONDS)
        store_batch(a);
    return !a->stopped;
}

static hs_status next_page(void *state, hs_page *page, bool *more, hs_error *error) {
    return feed_next(&((adding *)state)->feed, page, more, error);
}

/* One line of JSON; the ledger's name is left out, for it may hold anything. */
static bool print_summary(const adding *a) {
    return output_print(
        "{\"new\": %zu, \"changed\": %zu, \"known\": %zu, \"failed\": %zu, \"seconds\": %.3f, \"complete\": %s}\n",
        a->counts[HS_ADDED_NEW], a->counts[HS_ADDED_CHANGED], a->counts[HS_ADDED_KNOWN], a->progress.failed,
        progress_seconds(&a->progress), a->stopped ? "false" : "true");
}

static int add_all(const settings *s, adding *a) {
    hs_reader *reader = NULL;
    hs_error no_reader;
    /* Records need no reader: that there is none is told when a page comes. */
    if (hs_reader_open(&reader, &s->reader, &no_reader) != HS_OK) reader = NULL;
    progress_start(&a->progress, s->inputs, s->n_inputs);
    a->feed = (feed){.inputs = s->inputs, .n_inputs = s->n_inputs, .options = &s->inputs_options};
    hs_status status = pool_run(&(pool_options){.reader = reader,
                                                .no_reader = &no_reader,
                                                .threads = s->jobs,
                                                .format = HS_FORMAT_JSONL,
                                                .state = a,
                                                .next = next_page,
                                                .take = take_result});
    feed_end(&a->feed);
    if (status == HS_ERR_LIMIT) {
        tell(a, "no memory");
        a->stopped = true;
    }
    if (!a->stopped) store_batch(a);
    drop_batch(a);
    progress_clear(&a->progress);
    hs_reader_free(reader);
    bool said = print_summary(a);
    return said && !a->progress.failed && !a->stopped ? EXIT_DONE : EXIT_SOME_FAILED;
}

static size_t processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : (size_t)n;
}

int cmd_add(const command *self, int n, char **arguments) {
    settings s = {.ledger = DEFAULT_LEDGER, .jobs = processors()};
    hs_reader_options_init(&s.reader);
    hs_inputs_options_init(&s.inputs_options);
    s.inputs_options.records = true;
    if (!parse(&s, n, arguments)) return wrong_usage_of(self);
    if (s.help) return print_help(self);
    adding *a = calloc(1, sizeof *a);
    if (!a) {
        complain("no memory");
        return EXIT_SOME_FAILED;
    }
    int status = EXIT_SOME_FAILED;
    a->ledger = ledger_open(s.ledger, true);
    if (a->ledger) status = add_all(&s, a);
    hs_ledger_free(a->ledger);
    free(a);
    return status;
}
