/* hearsay find: claims of a ledger by words, speaker, outlet, stance, date, code. */
#include <stdlib.h>
#include <string.h>

#include "ledger_options.h"

enum {
    OPT_LEDGER,
    OPT_FORMAT,
    OPT_SPEAKER,
    OPT_OUTLET,
    OPT_STANCE,
    OPT_MANNER,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_CODE,
    OPT_OLD,
    OPT_LIMIT,
    OPT_HELP,
    N_OPTIONS
};

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_FORMAT] = FORMAT_OPTION,
    [OPT_SPEAKER] = {0, "speaker", "NAME", "said by whoever's name holds these words"},
    [OPT_OUTLET] = {0, "outlet", "NAME", "on pages of this outlet (words of its name or host)"},
    [OPT_STANCE] = {0, "stance", "STANCE", "asserts, denies, accuses, speculates, intends, urges, asks, …"},
    [OPT_MANNER] = {0, "manner", "MANNER", "direct, mixed or indirect"},
    [OPT_SINCE] = {0, "since", "DAY", "published on this day (2031-03-12) or later"},
    [OPT_UNTIL] = {0, "until", "DAY", "published on this day or earlier"},
    [OPT_CODE] = {0, "code", "CODE", "on pages that print this code"},
    [OPT_OLD] = {0, "old", NULL, "also in older versions of pages"},
    [OPT_LIMIT] = {0, "limit", "N", "print N claims at most (default: 20)"},
    [OPT_HELP] = HELP_OPTION,
};

enum { MOST_HITS = 10000 };

typedef struct settings {
    const char *ledger;
    hs_format format;
    hs_query query;
    char *words;
    bool help;
} settings;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Prints the claims that hold all the WORDS, the best first. Words in quotation marks (\"a shred of\n"
        "evidence\", quoted once more for the shell) must stand side by side. Notes are searched too.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 done, 1 the ledger cannot be read, 2 wrong usage\n") ? EXIT_DONE
                                                                                               : EXIT_SOME_FAILED;
}

/* Words come as one argument or as several. */
static bool add_words(settings *s, const char *words) {
    size_t had = s->words ? strlen(s->words) : 0, n = strlen(words);
    char *grown = realloc(s->words, had + n + 2);
    if (!grown) return false;
    s->words = grown;
    if (had) grown[had++] = ' ';
    memcpy(grown + had, words, n + 1);
    s->query.words = grown;
    return true;
}

static bool set_option(settings *s, int option, const char *value) {
    switch (option) {
    case OPT_LEDGER: s->ledger = value; return true;
    case OPT_FORMAT: return format_set(&s->format, value, "text|jsonl");
    case OPT_SPEAKER: s->query.speaker = value; return true;
    case OPT_OUTLET: s->query.outlet = value; return true;
    case OPT_STANCE: s->query.stance = value; return true;
    case OPT_MANNER: s->query.manner = value; return true;
    case OPT_SINCE: s->query.since = value; return true;
    case OPT_UNTIL: s->query.until = value; return true;
    case OPT_CODE: s->query.code = value; return true;
    case OPT_OLD: s->query.old = true; return true;
    case OPT_LIMIT: return number_set(&s->query.limit, "limit", value, MOST_HITS);
    case OPT_HELP: s->help = true; return true;
    default: return false;
    }
}

static bool parse(settings *s, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    for (int found; !s->help && (found = option_next(&reader)) != OPTION_END;) {
        if (found == OPTION_INPUT ? !add_words(s, reader.value) : !set_option(s, found, reader.value)) return false;
    }
    return true;
}

int cmd_find(const command *self, int n, char **arguments) {
    settings s = {.ledger = DEFAULT_LEDGER, .format = usual_format(), .query = {.size = sizeof(hs_query)}};
    hs_error error;
    hs_hits *hits = NULL;
    int status;
    if (!parse(&s, n, arguments)) {
        status = wrong_usage_of(self);
    } else if (s.help) {
        status = print_help(self);
    } else {
        hs_ledger *ledger = ledger_open(s.ledger, false);
        status = EXIT_SOME_FAILED;
        if (ledger) {
            hs_status found = hs_ledger_find(&hits, ledger, &s.query, &error);
            if (found == HS_OK) found = hs_write_hits(to_output, NULL, hits, s.format, colour_wanted(), &error);
            status = answer_status(self, found, &error);
        }
        hs_hits_free(hits);
        hs_ledger_free(ledger);
    }
    free(s.words);
    return status;
}
