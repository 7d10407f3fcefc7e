/* hearsay read: pages → articles and claims on standard output, in the order of the inputs. */
#include <unistd.h>

#include "ledger_options.h"
#include "pool.h"

enum { OPT_FORMAT, OPT_NO_CLAIMS, OPT_WEIGHTS, OPT_JOBS, OPT_TIMEOUT, OPT_PRIVATE, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_FORMAT] = {'f', "format", "FORMAT", "text (the default), jsonl, csv, webannotation or brat"},
    [OPT_NO_CLAIMS] = {0, "no-claims", NULL, "the articles alone: no weights are read"},
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

static bool set_option(settings *settings, int option, const char *value) {
    switch (option) {
    case OPT_FORMAT: return format_set(&settings->format, value, "text|jsonl|csv|webannotation|brat");
    case OPT_NO_CLAIMS: settings->reader.claims = false; return true;
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

static bool take_result(void *state, const pool_result *result) {
    bool *some_failed = state;
    if (result->status == HS_OK) return output_write(result->bytes, result->n);
    complain("%s", result->error.message);
    *some_failed = true;
    return true;
}

/* Adds all pages of one input. False: no more are wanted. */
static bool add_input(pool *pool, const char *input, const hs_inputs_options *options) {
    hs_inputs *inputs;
    hs_error error;
    if (hs_inputs_open(&inputs, input, options, &error) != HS_OK) return pool_add(pool, NULL, &error);
    bool wanted = true;
    for (bool more = true; more && wanted;) {
        hs_page page;
        hs_status status = hs_inputs_next(&page, &more, inputs, &error);
        if (more || status != HS_OK) wanted = pool_add(pool, status == HS_OK ? &page : NULL, &error);
    }
    hs_inputs_free(inputs);
    return wanted;
}

static int read_all(const settings *settings, const hs_reader *reader) {
    bool some_failed = false;
    bool colour = settings->format == HS_FORMAT_TEXT && colour_wanted();
    pool *pool = pool_start(&(pool_options){.reader = reader,
                                            .threads = settings->jobs,
                                            .format = settings->format,
                                            .colour = colour,
                                            .take = take_result,
                                            .state = &some_failed});
    if (!pool) {
        complain("no thread can be started");
        return EXIT_SOME_FAILED;
    }
    bool wanted = true;
    for (size_t i = 0; i < settings->n_inputs && wanted; i++)
        wanted = add_input(pool, settings->inputs[i], &settings->inputs_options);
    wanted = pool_finish(pool) && wanted;
    return some_failed || !wanted ? EXIT_SOME_FAILED : EXIT_DONE;
}

static size_t processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : (size_t)n;
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
