/* hearsay note: what checking a claim found. */
#include <string.h>

#include "ledger_options.h"

enum { OPT_LEDGER, OPT_VERDICT, OPT_LINK, OPT_BY, OPT_REPLY, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_VERDICT] = {0, "verdict", "VERDICT", "confirmed, refuted, unproven or misleading"},
    [OPT_LINK] = {0, "link", "ADDRESS", "where more is to be read"},
    [OPT_BY] = {0, "by", "NAME", "who writes it down"},
    [OPT_REPLY] = {0, "reply-to", "NOTE", "a note that this one answers or corrects"},
    [OPT_HELP] = HELP_OPTION,
};

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Writes a note on a CLAIM (as trace takes it) into the ledger and prints the note's id. Notes are never\n"
        "changed or lost: a correction is a new note, with --reply-to.\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print(
               "\nexit status: 0 done, 1 no such claim or note, or the ledger cannot be written, 2 wrong usage\n")
               ? EXIT_DONE
               : EXIT_SOME_FAILED;
}

static bool set_verdict(hs_verdict_kind *verdict, const char *name) {
    for (int i = HS_VERDICT_CONFIRMED; i <= HS_VERDICT_MISLEADING; i++) {
        if (strcmp(name, hs_verdict_name((hs_verdict_kind)i)) != 0) continue;
        *verdict = (hs_verdict_kind)i;
        return true;
    }
    complain("there is no verdict %s (confirmed, refuted, unproven, misleading)", name);
    return false;
}

static bool set_place(hs_new_note *note, const char *value) {
    if (note->text) {
        complain("more than a claim and a text: put the text in quotation marks");
        return false;
    }
    if (note->claim) note->text = value;
    else note->claim = value;
    return true;
}

int cmd_note(const command *self, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    hs_new_note note = {.size = sizeof note};
    const char *location = DEFAULT_LEDGER;
    for (int found; (found = option_next(&reader)) != OPTION_END;) {
        bool ok = true;
        switch (found) {
        case OPT_LEDGER: location = reader.value; break;
        case OPT_VERDICT: ok = set_verdict(&note.verdict, reader.value); break;
        case OPT_LINK: note.link = reader.value; break;
        case OPT_BY: note.author = reader.value; break;
        case OPT_REPLY: note.reply_to = reader.value; break;
        case OPT_HELP: return print_help(self);
        case OPTION_INPUT: ok = set_place(&note, reader.value); break;
        default: ok = false;
        }
        if (!ok) return wrong_usage_of(self);
    }
    if (!note.text) {
        complain("a claim and a text are needed");
        return wrong_usage_of(self);
    }
    /* A ledger that is not there is not made: a note needs its claim. */
    hs_ledger *there = ledger_open(location, false);
    if (!there) return EXIT_SOME_FAILED;
    hs_ledger_free(there);
    hs_ledger *ledger = ledger_open(location, true);
    if (!ledger) return EXIT_SOME_FAILED;
    char id[16];
    hs_error error;
    hs_status status = hs_ledger_note(id, ledger, &note, &error);
    hs_ledger_free(ledger);
    if (status != HS_OK) return answer_status(self, status, &error);
    return output_print("%s\n", id) ? EXIT_DONE : EXIT_SOME_FAILED;
}
