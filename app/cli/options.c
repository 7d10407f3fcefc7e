/* Options from a table: see cli.h. Long ones as --name, --name VALUE or --name=VALUE; short ones as -x, -x VALUE, -xVALUE. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* The value of the option at hand: what stands behind it in its own argument, else the next argument. */
static int with_value(option_reader *reader, int index, const char *attached) {
    const option *found = &reader->options[index];
    if (!found->value && !attached) return index;
    if (!found->value) {
        complain("option --%s takes no value", found->name);
        return OPTION_WRONG;
    }
    if (!attached && reader->at == reader->n) {
        complain("option --%s needs a value: %s", found->name, found->value);
        return OPTION_WRONG;
    }
    reader->value = attached ? attached : reader->arguments[reader->at++];
    return index;
}

static int long_option(option_reader *reader, const char *argument) {
    const char *name = argument + 2, *equals = strchr(name, '=');
    size_t n = equals ? (size_t)(equals - name) : strlen(name);
    for (size_t i = 0; i < reader->n_options; i++) {
        const char *known = reader->options[i].name;
        if (strlen(known) == n && memcmp(known, name, n) == 0)
            return with_value(reader, (int)i, equals ? equals + 1 : NULL);
    }
    complain("there is no option %s", argument);
    return OPTION_WRONG;
}

static int short_option(option_reader *reader, const char *argument) {
    for (size_t i = 0; i < reader->n_options; i++)
        if (reader->options[i].letter == argument[1])
            return with_value(reader, (int)i, argument[2] ? argument + 2 : NULL);
    complain("there is no option -%c", argument[1]);
    return OPTION_WRONG;
}

int option_next(option_reader *reader) {
    if (reader->at == reader->n) return OPTION_END;
    const char *argument = reader->arguments[reader->at++];
    if (!reader->ended && strcmp(argument, "--") == 0) {
        reader->ended = true;
        return option_next(reader);
    }
    if (!reader->ended && strncmp(argument, "--", 2) == 0) return long_option(reader, argument);
    if (!reader->ended && argument[0] == '-' && argument[1]) return short_option(reader, argument);
    reader->value = argument;
    return OPTION_INPUT;
}

void options_print(const option *options, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char left[64], letter[8] = "    ";
        if (options[i].letter) snprintf(letter, sizeof letter, "-%c, ", options[i].letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, options[i].name, options[i].value ? " " : "",
                 options[i].value ? options[i].value : "");
        output_print("  %-26s %s\n", left, options[i].help);
    }
}
