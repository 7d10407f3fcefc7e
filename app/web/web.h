/* The web server, as the program's commands see it. It sees hearsay.h alone, as they do. */
#ifndef HEARSAY_WEB_WEB_H
#define HEARSAY_WEB_WEB_H

#include "hearsay.h"

typedef struct web_options {
    const hs_reader *reader;   /* what pages are read with */
    const hs_reader *articles; /* reads articles alone: how long one is decides whether its claims are read */
    const hs_inputs_options *inputs;
    const char *ledger;      /* where the ledger lies that is shown; NULL: none */
    const char *host, *port; /* port "0": any that is free */
    const char *name;        /* one more name under which the server may be asked; NULL: none */
    const char *token;       /* without it nothing is read or written; NULL: open to all who reach the address */
    bool public_notes; /* all who reach the address see the ledger and may write notes, which wait for the owner */
    size_t jobs;       /* pages read at once */
    void (*ready)(const char *address); /* called once, when the server answers */
} web_options;

/* Serves until SIGINT or SIGTERM, then finishes what is under way. HS_ERR_ARGUMENT: the host is not this machine alone and there is no
 * token, or notes of the public are wanted without a token or a ledger; HS_ERR_IO: the address cannot be listened on; what hs_ledger_open says of the ledger. */
hs_status web_serve(const web_options *options, hs_error *error);

#endif
