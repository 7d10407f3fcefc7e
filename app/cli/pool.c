/* A pool of page readers: see pool.h.
 *
 * A ring of slots. The adding thread fills the slot at `filled`, a worker takes the one at `taken`, and the adding thread
 * hands on the one at `handed` when it is done: handed ≤ taken ≤ filled ≤ handed + capacity.
 */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct slot {
    hs_page page;
    char *held; /* all that the page points to; NULL: there is nothing to read, the result says why */
    bool done;  /* set by the worker alone, also where there was nothing to read: it keeps handed ≤ taken */
    pool_result result;
    size_t cap; /* of result.bytes */
} slot;

struct pool {
    pool_options options;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    slot *slots;
    size_t capacity, filled, taken, handed;
    pthread_t *threads;
    size_t n_threads;
    bool ending, unwanted;
};

static bool append(void *state, const char *bytes, size_t n) {
    slot *slot = state;
    size_t used = slot->result.n;
    if (n > slot->cap - used) {
        size_t cap = slot->cap * 2 > used + n ? slot->cap * 2 : used + n + 4096;
        char *grown = realloc(slot->result.bytes, cap);
        if (!grown) return false;
        slot->result.bytes = grown;
        slot->cap = cap;
    }
    memcpy(slot->result.bytes + used, bytes, n);
    slot->result.n += n;
    return true;
}

static void no_memory(slot *slot, const char *name) {
    slot->result.status = slot->result.error.code = HS_ERR_LIMIT;
    size_t room = sizeof slot->result.error.message, n = strnlen(name, room / 2);
    memcpy(slot->result.error.message, name, n);
    memcpy(slot->result.error.message + n, ": no memory", sizeof ": no memory");
}

static void read_page(const pool_options *options, slot *slot) {
    pool_result *result = &slot->result;
    hs_record *record = NULL;
    result->name = slot->page.name;
    result->n_read = slot->page.n;
    if (slot->page.kind == HS_KIND_RECORD) {
        if (!append(slot, slot->page.bytes, slot->page.n)) no_memory(slot, slot->page.name);
        return;
    }
    if (!options->reader) {
        result->status = options->no_reader->code;
        result->error = *options->no_reader;
        return;
    }
    result->status = hs_read(&record, options->reader, &slot->page, &result->error);
    if (result->status == HS_OK &&
        hs_write(append, slot, record, options->format, options->colour, &result->error) != HS_OK)
        no_memory(slot, slot->page.name);
    hs_record_free(record);
}

static void *worker(void *state) {
    pool *pool = state;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->taken == pool->filled && !pool->ending) pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->taken == pool->filled) break;
        slot *slot = &pool->slots[pool->taken++ % pool->capacity];
        bool skip = !slot->held || pool->unwanted;
        pthread_mutex_unlock(&pool->lock);
        if (!skip) read_page(&pool->options, slot);
        pthread_mutex_lock(&pool->lock);
        slot->done = true;
        pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void slot_clear(slot *slot) {
    free(slot->held);
    free(slot->result.bytes);
    memset(slot, 0, sizeof *slot);
}

/* Hands on the results that are done, in order; with `wait`, until at most `left` slots are in use. */
static void hand_on(pool *pool, bool wait, size_t left) {
    pthread_mutex_lock(&pool->lock);
    while (pool->handed < pool->filled) {
        slot *slot = &pool->slots[pool->handed % pool->capacity];
        if (!slot->done && (!wait || pool->filled - pool->handed <= left)) break;
        while (!slot->done) pthread_cond_wait(&pool->done, &pool->lock);
        pthread_mutex_unlock(&pool->lock);
        if (!pool->unwanted && !pool->options.take(pool->options.state, &slot->result)) {
            pthread_mutex_lock(&pool->lock);
            pool->unwanted = true;
            pthread_mutex_unlock(&pool->lock);
        }
        slot_clear(slot);
        pthread_mutex_lock(&pool->lock);
        pool->handed++;
    }
    pthread_mutex_unlock(&pool->lock);
}

static void pool_free(pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->n_threads; i++) pthread_join(pool->threads[i], NULL);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    free(pool->threads);
    free(pool->slots);
    free(pool);
}

pool *pool_start(const pool_options *options) {
    pool *pool = calloc(1, sizeof *pool);
    if (!pool) return NULL;
    pool->options = *options;
    pool->capacity = options->threads * 2;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->slots = calloc(pool->capacity, sizeof *pool->slots);
    pool->threads = calloc(options->threads, sizeof *pool->threads);
    bool ok = pool->slots && pool->threads;
    while (ok && pool->n_threads < options->threads) {
        ok = pthread_create(&pool->threads[pool->n_threads], NULL, worker, pool) == 0;
        pool->n_threads += ok;
    }
    if (pool->n_threads > 0) return pool; /* fewer than asked for do as well */
    pool_free(pool);
    return NULL;
}

/* Moves what `s` points to into the room at *at, which moves on. */
static void hold(hs_str *s, char **at) {
    if (!s->p) return;
    if (s->n) memcpy(*at, s->p, s->n);
    s->p = *at;
    *at += s->n;
}

static void slot_fill(slot *slot, const hs_page *page, const hs_error *error) {
    if (!page) {
        slot->result.status = error->code;
        slot->result.error = *error;
        return;
    }
    slot->page = *page;
    hs_str name = {page->name, strlen(page->name) + 1}, bytes = {page->bytes, page->n};
    hs_str *parts[] = {
        &name, &bytes, &slot->page.charset, &slot->page.url, &slot->page.published, &slot->page.language};
    size_t size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) size += parts[i]->n;
    char *at = slot->held = malloc(size);
    if (!slot->held) {
        no_memory(slot, page->name);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) hold(parts[i], &at);
    slot->page.name = name.p;
    slot->page.bytes = bytes.p;
}

bool pool_add(pool *pool, const hs_page *page, const hs_error *error) {
    hand_on(pool, true, pool->capacity - 1);
    if (pool->unwanted) return false;
    slot_fill(&pool->slots[pool->filled % pool->capacity], page, error);
    pthread_mutex_lock(&pool->lock);
    pool->filled++;
    pthread_cond_signal(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    return true;
}

bool pool_finish(pool *pool) {
    hand_on(pool, true, 0);
    bool wanted = !pool->unwanted;
    pool_free(pool);
    return wanted;
}
