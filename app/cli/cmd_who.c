/* hearsay who: one speaker, over all pages of a ledger. */
#include "ledger_options.h"

enum { OPT_LEDGER, OPT_FORMAT, OPT_LIMIT, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_FORMAT] = FORMAT_OPTION,
    [OPT_LIMIT] = {0, "limit", "N", "print N claims of each at most (default: 20)"},
    [OPT_HELP] = HELP_OPTION,
};

enum { MOST_CLAIMS = 10000 };

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Prints who bears the NAME (in full, a surname, an acronym), in which roles, and what they said, where.\n"
        "Where the ledger does not tell whether two are one, both are printed.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 done, 1 nobody has the name, or the ledger cannot be read, 2 wrong usage\n")
               ? EXIT_DONE
               : EXIT_SOME_FAILED;
}

int cmd_who(const command *self, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    const char *location = DEFAULT_LEDGER, *name = NULL;
    hs_format format = usual_format();
    size_t limit = 0;
    for (int found; (found = option_next(&reader)) != OPTION_END;) {
        bool ok = true;
        switch (found) {
        case OPT_LEDGER: location = reader.value; break;
        case OPT_FORMAT: ok = format_set(&format, reader.value, "text|jsonl"); break;
        case OPT_LIMIT: ok = number_set(&limit, "limit", reader.value, MOST_CLAIMS); break;
        case OPT_HELP: return print_help(self);
        case OPTION_INPUT:
            ok = !name;
            name = reader.value;
            if (!ok) complain("more than one name: put it in quotation marks");
            break;
        default: ok = false;
        }
        if (!ok) return wrong_usage_of(self);
    }
    if (!name) {
        complain("a name is missing");
        return wrong_usage_of(self);
    }
    hs_ledger *ledger = ledger_open(location, false);
    if (!ledger) return EXIT_SOME_FAILED;
    hs_who *who = NULL;
    hs_error error;
    hs_status status = hs_ledger_who(&who, ledger, name, limit, &error);
    if (status == HS_OK) status = hs_write_who(to_output, NULL, who, format, colour_wanted(), &error);
    hs_who_free(who);
    hs_ledger_free(ledger);
    return answer_status(self, status, &error);
}
