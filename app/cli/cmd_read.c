/* hearsay read: pages → articles and claims on standard output, in the order of the inputs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "pool.h"

enum { OPT_FORMAT, OPT_NO_CLAIMS, OPT_WEIGHTS, OPT_JOBS, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_FORMAT] = {'f', "format", "text|jsonl", "text, for people (the default), or one JSON object a page"},
    [OPT_NO_CLAIMS] = {0, "no-claims", NULL, "the articles alone: no weights are read"},
    [OPT_WEIGHTS] = {0, "weights", "FILE", "read claims with these weights"},
    [OPT_JOBS] = {'j', "jobs", "N", "read N pages at once (default: as many as there are processors)"},
    [OPT_HELP] = {0, "help", NULL, "print this and stop"},
};

static const struct {
    const char *name;
    hs_format format;
} FORMATS[] = {{"text", HS_FORMAT_TEXT}, {"jsonl", HS_FORMAT_JSONL}};

enum { MOST_JOBS = 256 };

typedef struct settings {
    hs_reader_options reader;
    hs_format format;
    size_t jobs;
    char **inputs;
    size_t n_inputs;
    bool help;
} settings;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print("Prints each page's article and its claims. An INPUT is a file (HTML, plain text, or text with stray\n"
                 "markup), a folder (its pages, subfolders too), or \"-\" for standard input.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 all read, 1 some inputs failed, 2 wrong usage\n") ? EXIT_DONE
                                                                                            : EXIT_SOME_FAILED;
}

static bool set_format(settings *settings, const char *name) {
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        if (strcmp(FORMATS[i].name, name) != 0) continue;
        settings->format = FORMATS[i].format;
        return true;
    }
    complain("there is no format %s", name);
    return false;
}

static bool set_jobs(settings *settings, const char *number) {
    size_t jobs = 0;
    for (const char *c = number; *c; c++) {
        if (*c < '0' || *c > '9' || jobs > MOST_JOBS) jobs = MOST_JOBS + 1;
        else jobs = jobs * 10 + (size_t)(*c - '0');
    }
    settings->jobs = jobs;
    if (jobs >= 1 && jobs <= MOST_JOBS) return true;
    complain("option --jobs needs a number from 1 to %d, not \"%s\"", MOST_JOBS, number);
    return false;
}

static bool set_option(settings *settings, int option, const char *value) {
    switch (option) {
    case OPT_FORMAT: return set_format(settings, value);
    case OPT_NO_CLAIMS: settings->reader.claims = false; return true;
    case OPT_WEIGHTS: settings->reader.weights = value; return true;
    case OPT_JOBS: return set_jobs(settings, value);
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
static bool add_input(pool *pool, const char *input, size_t max_bytes) {
    hs_inputs *inputs;
    hs_error error;
    if (hs_inputs_open(&inputs, input, max_bytes, &error) != HS_OK) return pool_add(pool, NULL, &error);
    bool wanted = true;
    for (bool more = true; more && wanted;) {
        hs_page page;
        hs_status status = hs_inputs_next(&page, &more, inputs, &error);
        if (more || status != HS_OK) wanted = pool_add(pool, status == HS_OK ? &page : NULL, &error);
    }
    hs_inputs_free(inputs);
    return wanted;
}

/* On a terminal, unless NO_COLOR is set to anything (no-color.org). */
static bool colour_wanted(void) {
    const char *no_color = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color);
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
        wanted = add_input(pool, settings->inputs[i], settings->reader.max_bytes);
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
