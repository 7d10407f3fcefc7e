/* See ledger_options.h. */
#include "ledger_options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

hs_ledger *ledger_open(const char *location, bool write) {
    hs_ledger_options options;
    hs_ledger *ledger;
    hs_error error;
    hs_ledger_options_init(&options);
    options.write = write;
    if (hs_ledger_open(&ledger, location, &options, &error) == HS_OK) return ledger;
    complain("%s", error.message);
    return NULL;
}

hs_format usual_format(void) {
    return isatty(STDOUT_FILENO) ? HS_FORMAT_TEXT : HS_FORMAT_JSONL;
}

/* On a terminal, unless NO_COLOR is set to anything (no-color.org). */
bool colour_wanted(void) {
    const char *no_color = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

bool format_set(hs_format *format, const char *name, const char *allowed) {
    static const struct {
        const char *name;
        hs_format format;
    } FORMATS[] = {{"text", HS_FORMAT_TEXT}, {"jsonl", HS_FORMAT_JSONL},
                   {"csv", HS_FORMAT_CSV},   {"webannotation", HS_FORMAT_WEBANNOTATION},
                   {"brat", HS_FORMAT_BRAT}, {"html", HS_FORMAT_HTML},
                   {"svg", HS_FORMAT_SVG}};
    size_t n = strlen(name);
    for (const char *at = allowed; at && n; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        if (strncmp(at, name, n) != 0 || (at[n] != '|' && at[n])) continue;
        for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
            if (strcmp(FORMATS[i].name, name) == 0) *format = FORMATS[i].format;
        return true;
    }
    complain("there is no format %s here (%s)", name, allowed);
    return false;
}

bool number_set(size_t *out, const char *option, const char *number, size_t most) {
    *out = 0;
    for (const char *c = number; *c; c++) {
        if (*c < '0' || *c > '9' || *out > most) *out = most + 1;
        else *out = *out * 10 + (size_t)(*c - '0');
    }
    if (*out >= 1 && *out <= most) return true;
    complain("option --%s needs a number from 1 to %zu, not \"%s\"", option, most, number);
    return false;
}

bool to_output(void *state, const char *bytes, size_t n) {
    (void)state;
    return output_write(bytes, n);
}

int wrong_usage_of(const command *self) {
    complain("try \"hearsay %s --help\"", self->name);
    return EXIT_USAGE;
}

int answer_status(const command *self, hs_status status, const hs_error *error) {
    if (status == HS_OK) return EXIT_DONE;
    if (status != HS_ERR_IO || output_write("", 0))
        complain("%s", error->message); /* an output that failed has been said */
    return status == HS_ERR_ARGUMENT ? wrong_usage_of(self) : EXIT_SOME_FAILED;
}
