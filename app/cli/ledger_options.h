/* What the ledger's commands share: opening the ledger, formats, answers to standard output, numbers. */
#ifndef HEARSAY_CLI_LEDGER_OPTIONS_H
#define HEARSAY_CLI_LEDGER_OPTIONS_H

#include "cli.h"

#define LEDGER_OPTION \
    { 'l', "ledger", "LEDGER", "a file, or postgresql://… (default: hearsay.db)" }
#define FORMAT_OPTION \
    { 'f', "format", "text|jsonl", "text, or JSON Lines (the default when the output is no terminal)" }
#define HELP_OPTION \
    { 0, "help", NULL, "print this and stop" }

#define DEFAULT_LEDGER "hearsay.db"

/* Opens it, or says why not. */
hs_ledger *ledger_open(const char *location, bool write);

/* HS_FORMAT_TEXT on a terminal, HS_FORMAT_JSONL otherwise. */
hs_format usual_format(void);
bool colour_wanted(void);

/* One of the formats in `allowed` (names parted by "|"); complains otherwise. */
bool format_set(hs_format *format, const char *name, const char *allowed);

/* A whole number from 1 to `most`; complains otherwise. */
bool number_set(size_t *out, const char *option, const char *number, size_t most);

/* An hs_sink for standard output. */
bool to_output(void *state, const char *bytes, size_t n);

/* Says what is wrong, and where help is. */
int wrong_usage_of(const command *self);

/* The exit status after an answer was asked for: complains unless it is HS_OK. HS_ERR_ARGUMENT is wrong usage. */
int answer_status(const command *self, hs_status status, const hs_error *error);

#endif
