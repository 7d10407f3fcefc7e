/* Open ledgers: see ledgers.h. */
#include "ledgers.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_KEPT = 64, MOST_MEMORY = 256 << 20 };

struct web_ledgers {
    const char *location;
    pthread_mutex_t lock;
    hs_ledger *kept[MOST_KEPT];
    size_t n;
    pthread_mutex_t writing;
    hs_ledger *writer; /* kept as well: opening one reads the index of what is the same */
};

static hs_status open_one(hs_ledger **out, const web_ledgers *ledgers, bool write, hs_error *error) {
    hs_ledger_options options;
    hs_ledger_options_init(&options);
    options.write = write;
    options.max_memory = MOST_MEMORY;
    return hs_ledger_open(out, ledgers->location, &options, error);
}

hs_status web_ledgers_open(web_ledgers **out, const char *location, hs_error *error) {
    web_ledgers *ledgers = *out = calloc(1, sizeof *ledgers);
    if (!ledgers) {
        *error = (hs_error){HS_ERR_LIMIT, "no memory for the ledger"};
        return HS_ERR_LIMIT;
    }
    ledgers->location = location;
    pthread_mutex_init(&ledgers->lock, NULL);
    pthread_mutex_init(&ledgers->writing, NULL);
    hs_status status = open_one(&ledgers->kept[0], ledgers, false, error);
    ledgers->n = status == HS_OK;
    if (status == HS_OK) return HS_OK;
    web_ledgers_free(ledgers);
    *out = NULL;
    return status;
}

void web_ledgers_free(web_ledgers *ledgers) {
    if (!ledgers) return;
    for (size_t i = 0; i < ledgers->n; i++) hs_ledger_free(ledgers->kept[i]);
    hs_ledger_free(ledgers->writer);
    pthread_mutex_destroy(&ledgers->writing);
    pthread_mutex_destroy(&ledgers->lock);
    free(ledgers);
}

hs_ledger *web_ledgers_take(web_ledgers *ledgers, hs_error *error) {
    hs_ledger *ledger = NULL;
    pthread_mutex_lock(&ledgers->lock);
    if (ledgers->n) ledger = ledgers->kept[--ledgers->n];
    pthread_mutex_unlock(&ledgers->lock);
    if (!ledger) open_one(&ledger, ledgers, false, error);
    return ledger;
}

void web_ledgers_give(web_ledgers *ledgers, hs_ledger *ledger, bool sound) {
    pthread_mutex_lock(&ledgers->lock);
    bool kept = sound && ledgers->n < MOST_KEPT;
    if (kept) ledgers->kept[ledgers->n++] = ledger;
    pthread_mutex_unlock(&ledgers->lock);
    if (!kept) hs_ledger_free(ledger);
}

hs_ledger *web_ledgers_take_writer(web_ledgers *ledgers, hs_error *error) {
    pthread_mutex_lock(&ledgers->writing);
    if (!ledgers->writer && open_one(&ledgers->writer, ledgers, true, error) != HS_OK) return NULL;
    return ledgers->writer;
}

void web_ledgers_give_writer(web_ledgers *ledgers, hs_status went) {
    if (went != HS_OK && went != HS_ERR_ARGUMENT && went != HS_ERR_MISSING) {
        hs_ledger_free(ledgers->writer);
        ledgers->writer = NULL;
    }
    pthread_mutex_unlock(&ledgers->writing);
}
