/* hearsay read: pages → articles and claims on standard output, in the order of the inputs. */
#include <unistd.h>

#include "feed.h"
#include "ledger_options.h"
#include "pool.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

enum {
    OPT_FORMAT,
    OPT_NO_CLAIMS,
    OPT_CONFIDENCE,
    OPT_WEIGHTS,
    OPT_JOBS,
    OPT_TIMEOUT,
    OPT_PRIVATE,
    OPT_HELP,
    N_OPTIONS
};

static const option OPTIONS[N_OPTIONS] = {
    [OPT_FORMAT] = {'f', "format", "NAME", "text (the default), jsonl, csv, webannotation, brat, html or svg"},
    [OPT_NO_CLAIMS] = {0, "no-claims", NULL, "the articles alone: no weights are read"},
    [OPT_CONFIDENCE] = {0, "min-confidence", "P", "leave out claims less sure than P, from 0 to 1"},
    [OPT_WEIGHTS] = {0, "weights", "FILE", "read claims with these weights"},
    [OPT_JOBS] = {'j', "jobs", "N", "read N pages at once (default: as many as there are processors)"},
    [OPT_TIMEOUT] = {0, "timeout", "SECONDS", "give an address this long to answer (default: 30)"},
    [OPT_PRIVATE] = {0, "allow-private", NULL, "also fetch from this machine, private networks and through proxies"},
    [OPT_HELP] = {0, "help", NULL, "print this and stop"},
};

enum { MOST_JOBS = 256, MOST_SECONDS = 86400 };

typedef struct settings {
    hs_reader_options reader;
    hs_inputs_options inputs_options;
    hs_format format;
    size_t jobs;
    char **inputs;
    size_t n_inputs;
    bool help;
} settings;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Prints each page's article and its claims. An INPUT is a file, a folder (its files, subfolders too),\n"
        "an http or https address, or \"-\" for standard input. It holds a page (HTML, plain text, or text with\n"
        "stray markup) or many: a WARC archive, JSON Lines, an RSS, Atom or JSON feed. Any may be packed by\n"
        "gzip or zstd.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 all read, 1 some inputs failed, 2 wrong usage\n") ? EXIT_DONE
                                                                                            : EXIT_SOME_FAILED;
}

static bool set_timeout(settings *settings, const char *number) {
    size_t seconds;
    if (!number_set(&seconds, "timeout", number, MOST_SECONDS)) return false;
    settings->inputs_options.timeout = (unsigned)seconds;
    return true;
}

/* A share as 0, 1 or 0.85: strtod would go by the locale. */
static bool set_confidence(settings *settings, const char *share) {
    const char *c = share;
    double value = 0, place = 1;
    bool digits = false;
    for (; *c >= '0' && *c <= '9' && value <= 1; c++, digits = true) value = value * 10 + (*c - '0');
    if (*c == '.')
        for (c++; *c >= '0' && *c <= '9'; c++, digits = true) value += (*c - '0') * (place /= 10);
    settings->reader.min_confidence = value;
    if (digits && !*c && value <= 1) return true;
    complain("option --min-confidence needs a number from 0 to 1, not \"%s\"", share);
    return false;
}

static bool set_option(settings *settings, int option, const char *value) {
    switch (option) {
    case OPT_FORMAT: return format_set(&settings->format, value, "text|jsonl|csv|webannotation|brat|html|svg");
    case OPT_NO_CLAIMS: settings->reader.claims = false; return true;
    case OPT_CONFIDENCE: return set_confidence(settings, value);
    case OPT_WEIGHTS: settings->reader.weights = value; return true;
    case OPT_JOBS: return number_set(&settings->jobs, "jobs", value, MOST_JOBS);
    case OPT_TIMEOUT: return set_timeout(settings, value);
    case OPT_PRIVATE: settings->inputs_options.allow_private = true; return true;
    case OPT_HELP: settings->help = true; return true;
    default: return false;
    }
}

/* The inputs are gathered at the front of `arguments`. */
static bool parse(settings *settings, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    settings->inputs = arguments;
    for (int found; !settings->help && (found = option_next(&reader)) != OPTION_END;) {
        if (found == OPTION_INPUT) settings->inputs[settings->n_inputs++] = arguments[reader.at - 1];
        else if (!set_option(settings, found, reader.value)) return false;
    }
    if (settings->n_inputs || settings->help) return true;
    complain("an input is missing; \"-\" is standard input");
    return false;
}

/* The pages, and what became of them. */
typedef struct run {
    feed feed;
    bool single, written; /* the format is one document a page, and there is one */
    bool some_failed;
} run;

static bool take_result(void *state, const pool_result *result) {
    run *run = state;
    if (result->status != HS_OK) {
        complain("%s", result->error.message);
        run->some_failed = true;
        return true;
    }
    if (run->single && run->written) {
        complain("one page makes one document in this format: the others are left out");
        run->some_failed = true;
        return false;
    }
    run->written = true;
    return output_write(result->output.v, result->output.n);
}

static hs_status next_page(void *state, hs_page *page, bool *more, hs_error *error) {
    return feed_next(&((run *)state)->feed, page, more, error);
}

static int read_all(const settings *settings, const hs_reader *reader) {
    run run = {
        .feed = {.inputs = settings->inputs, .n_inputs = settings->n_inputs, .options = &settings->inputs_options},
        .single = settings->format == HS_FORMAT_HTML || settings->format == HS_FORMAT_SVG};
    hs_status status = pool_run(&(pool_options){.reader = reader,
                                                .threads = settings->jobs,
                                                .format = settings->format,
                                                .colour = settings->format == HS_FORMAT_TEXT && colour_wanted(),
                                                .state = &run,
                                                .next = next_page,
                                                .take = take_result});
    feed_end(&run.feed);
    if (status == HS_ERR_LIMIT) complain("no memory");
    return run.some_failed || status != HS_OK ? EXIT_SOME_FAILED : EXIT_DONE;
}

static size_t processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : (size_t)n;
}

/* What a page of the usual size needed is used again for the next one; what a large one needed goes back to the system, at once. */
static void set_memory_limits(void) {
#if defined(__GLIBC__)
    enum { LARGE = 2 << 20, KEPT = 16 << 20 };
    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

int cmd_read(const command *self, int n, char **arguments) {
    settings settings = {.format = HS_FORMAT_TEXT, .jobs = processors()};
    hs_reader_options_init(&settings.reader);
    hs_inputs_options_init(&settings.inputs_options);
    if (!parse(&settings, n, arguments)) {
        complain("try \"hearsay %s --help\"", self->name);
        return EXIT_USAGE;
    }
    if (settings.help) return print_help(self);
    set_memory_limits();
    hs_reader *reader;
    hs_error error;
    if (hs_reader_open(&reader, &settings.reader, &error) != HS_OK) {
        complain("%s", error.message);
        return EXIT_SOME_FAILED;
    }
    int status = read_all(&settings, reader);
    hs_reader_free(reader);
    return status;
}
