/* hearsay, the program: a table of commands. Each has a file of its own, cmd_*.c. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const command COMMANDS[] = {
    {"read", "[OPTION…] INPUT…", "print each page's article and its claims", cmd_read},
    {"serve", "[OPTION…]", "show pages and their claims in a browser, with a JSON API", cmd_serve},
    {"add", "[OPTION…] INPUT…", "read pages, or take records, into a ledger", cmd_add},
    {"find", "[OPTION…] [WORD…]", "search a ledger for claims", cmd_find},
    {"who", "[OPTION…] NAME", "one speaker: what they said, where, in which roles", cmd_who},
    {"trace", "[OPTION…] CLAIM", "where a claim comes from, and who disputes it", cmd_trace},
    {"note", "[OPTION…] CLAIM TEXT", "write down what checking a claim found", cmd_note},
    {"export", "[OPTION…]", "print a ledger in formats that other programs read", cmd_export},
};

static const option OPTIONS[] = {
    {0, "help", NULL, "print this and stop"},
    {0, "version", NULL, "print the version and stop"},
};

enum { N_COMMANDS = sizeof COMMANDS / sizeof *COMMANDS, N_OPTIONS = sizeof OPTIONS / sizeof *OPTIONS };

static int print_help(void) {
    output_print("usage: hearsay COMMAND [OPTION…] …\n\n"
                 "hearsay reads news pages and works out who claims what.\n\ncommands:\n");
    for (size_t i = 0; i < N_COMMANDS; i++) output_print("  %-26s %s\n", COMMANDS[i].name, COMMANDS[i].help);
    output_print("\noptions:\n");
    options_print(OPTIONS, N_OPTIONS);
    return output_print("\n\"hearsay COMMAND --help\" tells more of a command, \"man hearsay\" of all.\n")
               ? EXIT_DONE
               : EXIT_SOME_FAILED;
}

static int wrong_usage(void) {
    complain("try \"hearsay --help\"");
    return EXIT_USAGE;
}

static int own_options(int n, char **arguments) {
    option_reader reader = {.options = OPTIONS, .n_options = N_OPTIONS, .arguments = arguments, .n = n};
    switch (option_next(&reader)) {
    case 0: return print_help();
    case 1: return output_print("hearsay %s\n", hs_version()) ? EXIT_DONE : EXIT_SOME_FAILED;
    case OPTION_INPUT: complain("there is no command %s", reader.value); break;
    case OPTION_END: complain("a command is missing"); break;
    default: break;
    }
    return wrong_usage();
}

/* A descriptor that is closed would be handed out for the next file that is opened, and results written into it. */
static bool descriptors_open(void) {
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
        complain("cannot write to standard output: %s", strerror(errno));
        return false;
    }
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd += STDERR_FILENO)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd) return false;
    return true;
}

int main(int argc, char **argv) {
    if (!descriptors_open()) return EXIT_SOME_FAILED;
    signal(SIGPIPE, SIG_IGN); /* a reader that has gone is an error of writing, with its one line */
    for (size_t i = 0; argc > 1 && i < N_COMMANDS; i++)
        if (strcmp(argv[1], COMMANDS[i].name) == 0) return COMMANDS[i].run(&COMMANDS[i], argc - 2, argv + 2);
    return own_options(argc > 0 ? argc - 1 : 0, argv + 1);
}
