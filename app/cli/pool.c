/* A pool of page readers: see pool.h.
 *
 * All threads do the same: one of them at a time gets the next page, which it then reads, and hands on what is done and due. So nobody
 * waits for a thread that does nothing but read files or unpack archives. A ring of slots, one a page, keeps the order:
 * handed ≤ taken ≤ handed + capacity.
 */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_A_THREAD = 4, /* a page that takes long holds up the results behind it, but not the others' reading */
    LARGE = 8 << 20     /* such a page is read where it lies, before the next one is asked for: it is in memory once */
};

typedef struct slot {
    hs_page page;
    char *held; /* all that the page points to, where another page may be asked for before it is read */
    bool read, done;
    pool_result result;
} slot;

typedef struct pool {
    pool_options options;
    pthread_mutex_t source; /* held while the next page is asked for */
    pthread_mutex_t lock;   /* of all below */
    pthread_cond_t room;
    slot *slots;
    size_t capacity, taken, handed;
    bool ended, unwanted;
    bool handing; /* a thread is handing on results */
} pool;

static void no_memory(slot *slot, const char *name, size_t n) {
    slot->result.status = slot->result.error.code = HS_ERR_LIMIT;
    size_t room = sizeof slot->result.error.message;
    if (n > room / 2) n = room / 2;
    memcpy(slot->result.error.message, name, n);
    memcpy(slot->result.error.message + n, ": no memory", sizeof ": no memory");
}

/* The page's bytes are gone before the record is written. */
static void read_page(const pool_options *options, slot *slot) {
    pool_result *result = &slot->result;
    hs_record *record = NULL;
    slot->read = true;
    result->n_read = slot->page.n;
    result->name = strdup(slot->page.name);
    if (!result->name ||
        (slot->page.kind == HS_KIND_RECORD && !hs_memory_append(&result->output, slot->page.bytes, slot->page.n))) {
        no_memory(slot, slot->page.name, strlen(slot->page.name));
    } else if (slot->page.kind != HS_KIND_RECORD && !options->reader) {
        result->status = options->no_reader->code;
        result->error = *options->no_reader;
    } else if (slot->page.kind != HS_KIND_RECORD) {
        result->status = hs_read(&record, options->reader, &slot->page, &result->error);
    }
    free(slot->held);
    slot->held = NULL;
    if (record &&
        hs_write(hs_memory_append, &result->output, record, options->format, options->colour, &result->error) != HS_OK)
        no_memory(slot, record->path.p, record->path.n);
    hs_record_free(record);
}

/* ---- getting pages ---- */

/* Moves what `s` points to into the room at *at, which moves on. */
static void move(hs_str *s, char **at) {
    if (!s->p) return;
    if (s->n) memcpy(*at, s->p, s->n);
    s->p = *at;
    *at += s->n;
}

/* False when there is no memory. */
static bool hold(slot *slot) {
    hs_page *page = &slot->page;
    hs_str name = {page->name, strlen(page->name) + 1}, bytes = {page->bytes, page->n};
    hs_str *parts[] = {&name, &bytes, &page->charset, &page->url, &page->published, &page->language};
    size_t size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) size += parts[i]->n;
    char *at = slot->held = malloc(size);
    for (size_t i = 0; at && i < sizeof parts / sizeof *parts; i++) move(parts[i], &at);
    page->name = name.p;
    page->bytes = bytes.p;
    return at;
}

/* Waits until there is room for another page. NULL: none is to be read. */
static slot *free_slot(pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (pool->taken - pool->handed == pool->capacity && !pool->unwanted) pthread_cond_wait(&pool->room, &pool->lock);
    bool stop = pool->ended || pool->unwanted;
    slot *slot = stop ? NULL : &pool->slots[pool->taken % pool->capacity];
    pthread_mutex_unlock(&pool->lock);
    return slot;
}

/* Sees to it that the page can be read when another one has been asked for. */
static void settle(const pool *pool, slot *slot) {
    if (slot->page.n >= LARGE) read_page(&pool->options, slot);
    else if (pool->options.threads > 1 && !hold(slot)) no_memory(slot, slot->page.name, strlen(slot->page.name));
}

/* Fills a slot; its result tells where there is no page to read. NULL at the end. */
static slot *next_slot(pool *pool) {
    pthread_mutex_lock(&pool->source);
    slot *slot = free_slot(pool);
    bool more = false;
    if (slot) {
        pool_result *result = &slot->result;
        result->status = pool->options.next(pool->options.state, &slot->page, &more, &result->error);
        more |= result->status != HS_OK;
        if (more && result->status == HS_OK) settle(pool, slot);
        pthread_mutex_lock(&pool->lock);
        pool->taken += more;
        pool->ended |= !more;
        pthread_mutex_unlock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->source);
    return more ? slot : NULL;
}

/* ---- handing on results ---- */

static bool hand_on(pool *pool, slot *slot) {
    bool wanted = pool->options.take(pool->options.state, &slot->result);
    free(slot->result.name);
    free(slot->result.output.v);
    memset(slot, 0, sizeof *slot);
    return wanted;
}

/* Whoever hands on goes on as long as the next result is there; the others need not wait for it. */
static void finish(pool *pool, slot *done) {
    pthread_mutex_lock(&pool->lock);
    done->done = true;
    for (slot *due;
         !pool->handing && pool->handed < pool->taken && (due = &pool->slots[pool->handed % pool->capacity])->done;) {
        pool->handing = true;
        bool wanted = !pool->unwanted;
        pthread_mutex_unlock(&pool->lock);
        if (wanted) wanted = hand_on(pool, due);
        pthread_mutex_lock(&pool->lock);
        pool->handing = false;
        pool->unwanted |= !wanted;
        pool->handed++;
        pthread_cond_signal(&pool->room);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void *work(void *state) {
    pool *pool = state;
    for (slot *slot; (slot = next_slot(pool));) {
        if (slot->result.status == HS_OK && !slot->read) read_page(&pool->options, slot);
        finish(pool, slot);
    }
    return NULL;
}

/* ---- all of it ---- */

static void pool_free(pool *pool) {
    for (size_t i = 0; pool->slots && i < pool->capacity; i++) {
        free(pool->slots[i].held);
        free(pool->slots[i].result.name);
        free(pool->slots[i].result.output.v);
    }
    free(pool->slots);
    pthread_mutex_destroy(&pool->source);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->room);
}

/* Fewer threads than asked for do as well; the calling one is always there. */
static void run_threads(pool *pool, size_t n) {
    pthread_t *threads = n ? calloc(n, sizeof *threads) : NULL;
    size_t started = 0;
    while (threads && started < n && pthread_create(&threads[started], NULL, work, pool) == 0) started++;
    work(pool);
    for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
}

hs_status pool_run(const pool_options *options) {
    pool pool = {.options = *options, .capacity = options->threads * SLOTS_A_THREAD};
    pthread_mutex_init(&pool.source, NULL);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.room, NULL);
    pool.slots = calloc(pool.capacity, sizeof *pool.slots);
    if (pool.slots) run_threads(&pool, options->threads - 1);
    hs_status status = !pool.slots ? HS_ERR_LIMIT : pool.unwanted ? HS_ERR_IO : HS_OK;
    pool_free(&pool);
    return status;
}
