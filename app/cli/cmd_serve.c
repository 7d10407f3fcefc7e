/* hearsay serve: the reading view in a browser, and the API. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "web/web.h"

enum {
    OPT_LEDGER,
    OPT_PORT,
    OPT_HOST,
    OPT_NAME,
    OPT_TOKEN,
    OPT_PUBLIC,
    OPT_JOBS,
    OPT_PRIVATE,
    OPT_NO_CLAIMS,
    OPT_WEIGHTS,
    OPT_HELP,
    N_OPTIONS
};

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = {'l', "ledger", "LEDGER", "also show this ledger: a file, or postgresql://…"},
    [OPT_PORT] = {'p', "port", "N", "listen on this port (default: 8017; 0: any that is free)"},
    [OPT_HOST] = {0, "host", "ADDRESS", "listen here (default: 127.0.0.1); what others can reach needs a token"},
    [OPT_NAME] = {0, "name", "NAME", "also answer to this name, besides IP addresses and localhost"},
    [OPT_TOKEN] = {0, "token", "TOKEN", "read, show and write only for who knows this (or set HEARSAY_TOKEN)"},
    [OPT_PUBLIC] = {0, "public-notes", NULL, "show the ledger to all, who may write notes that wait for you"},
    [OPT_JOBS] = {'j', "jobs", "N", "read N pages at once (default: as many as there are processors)"},
    [OPT_PRIVATE] = {0, "allow-private", NULL, "also fetch from this machine, private networks and through proxies"},
    [OPT_NO_CLAIMS] = {0, "no-claims", NULL, "the articles alone: no weights are read"},
    [OPT_WEIGHTS] = {0, "weights", "FILE", "read claims with these weights"},
    [OPT_HELP] = {0, "help", NULL, "print this and stop"},
};

enum { MOST_JOBS = 64, MOST_PORT = 65535, LEAST_THREADS = 2 };

typedef struct settings {
    web_options web;
    hs_reader_options reader;
    hs_inputs_options inputs;
    bool help;
} settings;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print("Shows pages and their claims in a browser: paste a text, give an address, drop a file; search a\n"
                 "ledger, see where its claims come from, note what checking found. The same as JSON under /api.\n"
                 "Prints its address when it is ready; SIGINT or SIGTERM end it.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 ended by a signal, 1 it could not serve, 2 wrong usage\n") ? EXIT_DONE
                                                                                                     : EXIT_SOME_FAILED;
}

/* A whole number of at most `most`; SIZE_MAX: it is none. */
static size_t number_of(const char *digits, size_t most) {
    size_t number = 0;
    for (const char *c = digits; *c; c++) {
        if (*c < '0' || *c > '9' || number > most) return SIZE_MAX;
        number = number * 10 + (size_t)(*c - '0');
    }
    return *digits && number <= most ? number : SIZE_MAX;
}

static bool set_jobs(settings *settings, const char *value) {
    settings->web.jobs = number_of(value, MOST_JOBS);
    if (settings->web.jobs >= 1 && settings->web.jobs != SIZE_MAX) return true;
    complain("option --jobs needs a number from 1 to %d, not \"%s\"", MOST_JOBS, value);
    return false;
}

static bool set_port(settings *settings, const char *value) {
    settings->web.port = value;
    if (number_of(value, MOST_PORT) != SIZE_MAX) return true;
    complain("option --port needs a number from 0 to %d, not \"%s\"", MOST_PORT, value);
    return false;
}

static bool set_option(settings *settings, int option, const char *value) {
    switch (option) {
    case OPT_LEDGER: settings->web.ledger = value; return true;
    case OPT_PORT: return set_port(settings, value);
    case OPT_HOST: settings->web.host = value; return true;
    case OPT_NAME: settings->web.name = value; return true;
    case OPT_TOKEN: settings->web.token = value; return true;
    case OPT_PUBLIC: settings->web.public_notes = true; return true;
    case OPT_JOBS: return set_jobs(settings, value);
    case OPT_PRIVATE: settings->inputs.allow_private = true; return true;
    case OPT_NO_CLAIMS: settings->reader.claims = false; return true;
    case OPT_WEIGHTS: settings->reader.weights = value; return true;
    case OPT_HELP: settings->help = true; return true;
    case OPTION_INPUT: complain("serve takes no input: \"%s\"", value); return false;
    default: return false;
    }
}

static bool parse(settings *settings, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    for (int found; !settings->help && (found = option_next(&reader)) != OPTION_END;)
        if (!set_option(settings, found, reader.value)) return false;
    return true;
}

static void print_address(const char *address) {
    output_print("%s\n", address);
}

static int serve(settings *settings) {
    hs_reader *reader = NULL, *articles = NULL;
    hs_reader_options articles_alone = settings->reader;
    hs_error error;
    articles_alone.claims = false;
    hs_status status = hs_reader_open(&reader, &settings->reader, &error);
    if (status == HS_OK) status = hs_reader_open(&articles, &articles_alone, &error);
    settings->web.reader = reader;
    settings->web.articles = articles;
    settings->web.inputs = &settings->inputs;
    if (status == HS_OK) status = web_serve(&settings->web, &error);
    hs_reader_free(articles);
    hs_reader_free(reader);
    if (status == HS_OK) return EXIT_DONE;
    complain("%s", error.message);
    return status == HS_ERR_ARGUMENT ? EXIT_USAGE : EXIT_SOME_FAILED;
}

int cmd_serve(const command *self, int n, char **arguments) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    settings settings = {
        .web = {.host = "127.0.0.1", .port = "8017", .token = getenv("HEARSAY_TOKEN"), .ready = print_address}};
    settings.web.jobs = processors < LEAST_THREADS ? LEAST_THREADS
                        : processors > MOST_JOBS   ? MOST_JOBS
                                                   : (size_t)processors;
    hs_reader_options_init(&settings.reader);
    hs_inputs_options_init(&settings.inputs);
    if (!parse(&settings, n, arguments)) {
        complain("try \"hearsay %s --help\"", self->name);
        return EXIT_USAGE;
    }
    return settings.help ? print_help(self) : serve(&settings);
}
