/* hearsay trace: where a claim comes from. */
#include "ledger_options.h"

enum { OPT_LEDGER, OPT_FORMAT, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_FORMAT] = {'f', "format", "text|jsonl|svg",
                    "text, JSON (the default when the output is no terminal), a picture"},
    [OPT_HELP] = HELP_OPTION,
};

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Prints which pages carry a claim, the earliest first, whom each had it from, how many separate origins\n"
        "remain, what evidence pages add, who disputes it, and what was noted. CLAIM is an id as find prints it, a\n"
        "page's path or address, \"#\" and the claim (page.html#c4), or the beginning of an id, a point and the "
        "claim.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 done, 1 no such claim, or the ledger cannot be read, 2 wrong usage\n")
               ? EXIT_DONE
               : EXIT_SOME_FAILED;
}

int cmd_trace(const command *self, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    const char *location = DEFAULT_LEDGER, *claim = NULL;
    hs_format format = usual_format();
    for (int found; (found = option_next(&reader)) != OPTION_END;) {
        bool ok = true;
        switch (found) {
        case OPT_LEDGER: location = reader.value; break;
        case OPT_FORMAT: ok = format_set(&format, reader.value, "text|jsonl|svg"); break;
        case OPT_HELP: return print_help(self);
        case OPTION_INPUT:
            ok = !claim;
            claim = reader.value;
            if (!ok) complain("more than one claim");
            break;
        default: ok = false;
        }
        if (!ok) return wrong_usage_of(self);
    }
    if (!claim) {
        complain("a claim is missing");
        return wrong_usage_of(self);
    }
    hs_ledger *ledger = ledger_open(location, false);
    if (!ledger) return EXIT_SOME_FAILED;
    hs_trace *trace = NULL;
    hs_error error;
    hs_status status = hs_ledger_trace(&trace, ledger, claim, &error);
    if (status == HS_OK) status = hs_write_trace(to_output, NULL, trace, format, colour_wanted(), &error);
    hs_trace_free(trace);
    hs_ledger_free(ledger);
    return answer_status(self, status, &error);
}
