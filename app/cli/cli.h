/* What the program's files share. The program sees hearsay.h alone: it can do nothing that another user of the library
 * cannot. */
#ifndef HEARSAY_CLI_H
#define HEARSAY_CLI_H

#include "hearsay.h"

/* Exit statuses; the man page lists them. */
enum { EXIT_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2 };

typedef struct command {
    const char *name;
    const char *arguments; /* as they stand in the usage line */
    const char *help;      /* one line */
    int (*run)(const struct command *self, int n, char **arguments);
} command;

int cmd_read(const command *self, int n, char **arguments);
int cmd_serve(const command *self, int n, char **arguments);
int cmd_add(const command *self, int n, char **arguments);
int cmd_find(const command *self, int n, char **arguments);
int cmd_who(const command *self, int n, char **arguments);
int cmd_trace(const command *self, int n, char **arguments);
int cmd_note(const command *self, int n, char **arguments);
int cmd_export(const command *self, int n, char **arguments);

/* ---- options ---- */

/* One table a command: what is parsed is what --help prints. */
typedef struct option {
    char letter;       /* 0: none */
    const char *name;  /* without the two dashes */
    const char *value; /* what stands for its value in the help; NULL: it takes none */
    const char *help;
} option;

/* Walks over the arguments; options and inputs may be mixed, "--" ends the options. */
typedef struct option_reader {
    const option *options;
    size_t n_options;
    char **arguments;
    int n, at;
    bool ended;
    const char *value; /* of the option or input just found */
} option_reader;

enum { OPTION_END = -1, OPTION_INPUT = -2, OPTION_WRONG = -3 }; /* wrong: already said on standard error */

/* The index of the next option in the table, or one of the above. */
int option_next(option_reader *reader);
void options_print(const option *options, size_t n); /* to standard output */

/* ---- standard output and standard error ---- */

/* Writes it all to standard output; on failure says so, once, and from then on returns false at once. */
bool output_write(const char *bytes, size_t n);
bool output_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "hearsay: …" as one line on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
