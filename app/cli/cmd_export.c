/* hearsay export: a ledger in formats that other programs read. */
#include <string.h>

#include "ledger_options.h"

enum { OPT_LEDGER, OPT_FORMAT, OPT_MATCHES, OPT_NOTES, OPT_REVIEWS, OPT_OLD, OPT_HELP, N_OPTIONS };

static const option OPTIONS[N_OPTIONS] = {
    [OPT_LEDGER] = LEDGER_OPTION,
    [OPT_FORMAT] = {'f', "format", "FORMAT", "jsonl (the default), csv, webannotation or brat"},
    [OPT_MATCHES] = {0, "matches", NULL, "groups of claims that are the same, one a line, as JSON"},
    [OPT_NOTES] = {0, "notes", NULL, "the notes, one a line, as JSON"},
    [OPT_REVIEWS] = {0, "reviews", NULL, "the verdicts, one a line, as schema.org's ClaimReview"},
    [OPT_OLD] = {0, "old", NULL, "also older versions of pages"},
    [OPT_HELP] = HELP_OPTION,
};

typedef struct exporting {
    hs_format format;
    bool failed;
} exporting;

static int print_help(const command *self) {
    output_print("usage: hearsay %s %s\n\n", self->name, self->arguments);
    output_print(
        "Prints all pages of the ledger, in the order in which they came: records as they were added (jsonl), one\n"
        "row a claim (csv), one annotation a line (webannotation), or standoff with each page's text "
        "(brat).\n\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\nexit status: 0 done, 1 the ledger cannot be read, 2 wrong usage\n") ? EXIT_DONE
                                                                                               : EXIT_SOME_FAILED;
}

static bool say(const char *s) {
    return output_write(s, strlen(s));
}

/* brat wants a text and its annotations in two files: here they follow one another, each behind a line with its name. */
static bool give_page(void *state, hs_str id, const hs_record *record, hs_str json) {
    exporting *e = state;
    hs_error error;
    bool ok;
    if (e->format == HS_FORMAT_JSONL) {
        ok = output_write(json.p, json.n) && (json.n == 0 || json.p[json.n - 1] == '\n' || say("\n"));
    } else if (e->format == HS_FORMAT_BRAT) {
        ok = output_print("==> %.*s.txt <==\n", (int)id.n, id.p) && output_write(record->text.p, record->text.n) &&
             output_print("\n==> %.*s.ann <==\n", (int)id.n, id.p) &&
             hs_write(to_output, NULL, record, e->format, false, &error) == HS_OK;
    } else {
        ok = hs_write(to_output, NULL, record, e->format, false, &error) == HS_OK;
    }
    e->failed = e->failed || !ok;
    return ok;
}

static bool put_string(hs_str s) {
    bool ok = say("\"");
    for (size_t i = 0; i < s.n && ok; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') ok = output_print("\\%c", c);
        else if (c < ' ') ok = output_print("\\u%04x", c);
        else ok = output_write(s.p + i, 1);
    }
    return ok && say("\"");
}

static bool give_group(void *state, const hs_member *members, size_t n) {
    exporting *e = state;
    bool ok = say("{\"members\": [");
    for (size_t i = 0; i < n && ok; i++)
        ok = say(i ? ", {\"doc\": " : "{\"doc\": ") && put_string(members[i].path) && say(", \"claim\": ") &&
             put_string(members[i].claim) && say(", \"id\": ") && put_string(members[i].id) && say("}");
    ok = ok && say("]}\n");
    e->failed = e->failed || !ok;
    return ok;
}

static bool give_review(void *state, const hs_note *note) {
    exporting *e = state;
    hs_error error;
    if (note->verdict == HS_VERDICT_NONE) return true;
    e->failed = e->failed || hs_write_claim_review(to_output, NULL, note, &error) != HS_OK;
    return !e->failed;
}

static bool give_note(void *state, const hs_note *note) {
    exporting *e = state;
    hs_error error;
    e->failed = e->failed || hs_write_note(to_output, NULL, note, HS_FORMAT_JSONL, false, &error) != HS_OK;
    return !e->failed;
}

static const char CSV_HEAD[] = "path,url,outlet,published,title,claim,speaker,role,source,cue,content,manner,stance,"
                               "hedged,medium,parent,confidence\r\n";

int cmd_export(const command *self, int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    const char *location = DEFAULT_LEDGER;
    exporting e = {.format = HS_FORMAT_JSONL};
    int what = -1;
    bool old = false, clash = false;
    for (int found; (found = option_next(&reader)) != OPTION_END;) {
        bool ok = true;
        switch (found) {
        case OPT_LEDGER: location = reader.value; break;
        case OPT_FORMAT: ok = format_set(&e.format, reader.value, "jsonl|csv|webannotation|brat"); break;
        case OPT_MATCHES:
        case OPT_NOTES:
        case OPT_REVIEWS:
            clash = what >= 0 && what != found;
            what = found;
            break;
        case OPT_OLD: old = true; break;
        case OPT_HELP: return print_help(self);
        case OPTION_INPUT:
            complain("export takes no input: %s", reader.value);
            ok = false;
            break;
        default: ok = false;
        }
        if (!ok) return wrong_usage_of(self);
    }
    if (clash || (what >= 0 && e.format != HS_FORMAT_JSONL)) {
        complain("--matches, --notes and --reviews stand alone, and print JSON Lines");
        return wrong_usage_of(self);
    }
    hs_ledger *ledger = ledger_open(location, false);
    if (!ledger) return EXIT_SOME_FAILED;
    hs_error error;
    hs_status status;
    if (what == OPT_MATCHES) status = hs_ledger_each_group(ledger, give_group, &e, &error);
    else if (what == OPT_NOTES) status = hs_ledger_each_note(ledger, HS_NOTE_SHOWN, NULL, give_note, &e, &error);
    else if (what == OPT_REVIEWS) status = hs_ledger_each_note(ledger, HS_NOTE_SHOWN, NULL, give_review, &e, &error);
    else if (e.format == HS_FORMAT_CSV && !say(CSV_HEAD)) status = HS_OK;
    else status = hs_ledger_each_page(ledger, old, give_page, &e, &error);
    hs_ledger_free(ledger);
    if (status != HS_OK) return answer_status(self, status, &error);
    return e.failed || !say("") ? EXIT_SOME_FAILED : EXIT_DONE;
}
