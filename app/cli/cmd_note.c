/* hearsay note: what checking a claim found. */
#include <string.h>

#include "ledger_options.h"

enum {
    OPT_LEDGER,
    OPT_FORMAT,
    OPT_VERDICT,
    OPT_LINK,
    OPT_BY,
    OPT_REPLY,
    OPT_QUEUE,
    OPT_REFUSED,
    OPT_RELEASE,
    OPT_REFUSE,
    OPT_HELP,
    N_OPTIONS
};

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_FORMAT] = FORMAT_OPTION,
    [OPT_VERDICT] = {0, "verdict", "VERDICT", "confirmed, refuted, unproven or misleading"},
    [OPT_LINK] = {0, "link", "ADDRESS", "where more is to be read"},
    [OPT_BY] = {0, "by", "NAME", "who writes it down"},
    [OPT_REPLY] = {0, "reply-to", "NOTE", "a note that this one answers or corrects"},
    [OPT_QUEUE] = {0, "queue", NULL, "print the notes that wait to be released (hearsay serve --public-notes)"},
    [OPT_REFUSED] = {0, "refused", NULL, "print the notes that were refused"},
    [OPT_RELEASE] = {0, "release", "NOTE", "show this note from now on"},
    [OPT_REFUSE] = {0, "refuse", "NOTE", "do not show it; it stays in the ledger, and may still be released"},
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

/* What is to be done, besides writing: with the queue of notes that wait to be released. */
typedef struct settings {
    const char *location;
    hs_new_note note;
    int what; /* OPT_QUEUE, OPT_REFUSED, OPT_RELEASE, OPT_REFUSE; OPT_LEDGER: write */
    const char *decided;
    hs_format format;
    bool help;
} settings;

static bool set_what(settings *s, int what, const char *value) {
    if (s->what != OPT_LEDGER) {
        complain("only one of --queue, --refused, --release and --refuse");
        return false;
    }
    s->what = what;
    s->decided = value;
    return true;
}

static bool set_option(settings *s, int option, const char *value) {
    switch (option) {
    case OPT_LEDGER: s->location = value; return true;
    case OPT_FORMAT: return format_set(&s->format, value, "text|jsonl");
    case OPT_VERDICT: return set_verdict(&s->note.verdict, value);
    case OPT_LINK: s->note.link = value; return true;
    case OPT_BY: s->note.author = value; return true;
    case OPT_REPLY: s->note.reply_to = value; return true;
    case OPT_QUEUE:
    case OPT_REFUSED:
    case OPT_RELEASE:
    case OPT_REFUSE: return set_what(s, option, value);
    case OPT_HELP: s->help = true; return true;
    case OPTION_INPUT: return set_place(&s->note, value);
    default: return false;
    }
}

static bool parse(settings *s, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    for (int found; !s->help && (found = option_next(&reader)) != OPTION_END;)
        if (!set_option(s, found, reader.value)) return false;
    const hs_new_note *note = &s->note;
    if (s->help) return true;
    if (s->what == OPT_LEDGER && !note->text) complain("a claim and a text are needed");
    else if (s->what != OPT_LEDGER && (note->claim || note->verdict || note->link || note->author || note->reply_to))
        complain("nothing is written with --queue, --refused, --release or --refuse");
    else return true;
    return false;
}

static bool print_note(void *state, const hs_note *note) {
    const settings *s = state;
    hs_error error;
    return hs_write_note(to_output, NULL, note, s->format, colour_wanted(), &error) == HS_OK;
}

static hs_status act(settings *s, hs_ledger *ledger, hs_error *error) {
    char id[16];
    hs_status status;
    switch (s->what) {
    case OPT_QUEUE: return hs_ledger_each_note(ledger, HS_NOTE_HELD, NULL, print_note, s, error);
    case OPT_REFUSED: return hs_ledger_each_note(ledger, HS_NOTE_REFUSED, NULL, print_note, s, error);
    case OPT_RELEASE: return hs_ledger_release(ledger, s->decided, error);
    case OPT_REFUSE: return hs_ledger_refuse(ledger, s->decided, error);
    default:
        status = hs_ledger_note(id, ledger, &s->note, error);
        if (status == HS_OK) output_print("%s\n", id);
        return status;
    }
}

int cmd_note(const command *self, int n, char **arguments) {
    settings s = {.location = DEFAULT_LEDGER, .note.size = sizeof s.note, .what = OPT_LEDGER, .format = usual_format()};
    if (!parse(&s, n, arguments)) return wrong_usage_of(self);
    if (s.help) return print_help(self);
    /* A ledger that is not there is not made: a note needs its claim. */
    hs_ledger *ledger = ledger_open(s.location, false);
    if (!ledger) return EXIT_SOME_FAILED;
    if (s.what != OPT_QUEUE && s.what != OPT_REFUSED) {
        hs_ledger_free(ledger);
        ledger = ledger_open(s.location, true);
        if (!ledger) return EXIT_SOME_FAILED;
    }
    hs_error error;
    hs_status status = act(&s, ledger, &error);
    hs_ledger_free(ledger);
    if (status != HS_OK) return answer_status(self, status, &error);
    return output_write("", 0) ? EXIT_DONE : EXIT_SOME_FAILED;
}
