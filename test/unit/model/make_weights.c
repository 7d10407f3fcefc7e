/* Random weights: see make_weights.h. */
#include "make_weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const hs_config hs_small_config = {.vocab = 128,
                                   .positions = 40,
                                   .dim = 64,
                                   .layers = 2,
                                   .heads = 2,
                                   .inner = 128,
                                   .pair = 32,
                                   .window = 32,
                                   .lead = 12,
                                   .trail = 4};

enum { F32, S8, S32, BYTES, PACKED };
enum { HEADER = 64, ENTRY = 96, MAX_TENSORS = 64 + HS_MAX_LAYERS * 20 };

/* Grows by put; the table is kept apart until all tensors are known. */
typedef struct maker {
    uint64_t random;
    uint8_t *body, table[MAX_TENSORS * ENTRY];
    size_t n, cap, tensors;
} maker;

static uint32_t next_random(maker *m) {
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (uint32_t)(m->random >> 32);
}

/* Uniform, of variance `deviation`². */
static float next_float(maker *m, float deviation) {
    return ((float)next_random(m) / 4294967296.0F - 0.5F) * 3.4641016F * deviation;
}

/* Enters a tensor; its bytes, zeroed, are for the caller to fill before the next. */
static void *put(maker *m, const char *name, uint32_t type, size_t rows, size_t columns) {
    size_t length = rows * columns * (type == F32 || type == S32 ? 4 : 1), at = (m->n + 63) / 64 * 64;
    if (at + length > m->cap) {
        m->cap = (at + length) * 2;
        m->body = realloc(m->body, m->cap);
        if (!m->body) exit(1);
    }
    memset(m->body + m->n, 0, at + length - m->n);
    m->n = at + length;
    uint8_t *entry = m->table + m->tensors++ * ENTRY;
    uint32_t small[2] = {type, columns > 1 ? 2 : 1};
    uint64_t large[4] = {rows, columns, at, length};
    memset(entry, 0, ENTRY);
    memcpy(entry, name, strlen(name));
    memcpy(entry + 48, small, sizeof small);
    memcpy(entry + 56, large, sizeof large);
    return m->body + at;
}

static void put_floats(maker *m, const char *name, size_t rows, size_t columns, float mean, float deviation) {
    float *v = put(m, name, F32, rows, columns);
    for (size_t i = 0; i < rows * columns; i++) v[i] = mean + next_float(m, deviation);
}

/* `part` may have room for one number. */
static const char *joined(char *text, const char *part, size_t layer, const char *ending) {
    int n = snprintf(text, 48, part, layer);
    snprintf(text + n, 48 - (size_t)n, "%s", ending);
    return text;
}

static void put_product(maker *m, const char *part, size_t layer, size_t n, size_t k) {
    char name[64];
    int32_t *sums = calloc(n, sizeof *sums);
    if (!sums) exit(1);
    int8_t *w = put(m, joined(name, part, layer, ""), PACKED, n, k);
    for (size_t i = 0; i < n * k; i++) {
        w[i] = (int8_t)(next_random(m) % 255 - 127);
        sums[i / 64 / (k / 4) * 16 + i % 64 / 4] += w[i];
    }
    float *scale = put(m, joined(name, part, layer, ".scale"), F32, n, 1);
    for (size_t i = 0; i < n; i++) scale[i] = (1.0F + next_float(m, 0.2F)) / (73.0F * sqrtf((float)k));
    memcpy(put(m, joined(name, part, layer, ".sum"), S32, n, 1), sums, n * sizeof *sums);
    put_floats(m, joined(name, part, layer, ".bias"), n, 1, 0.0F, 0.1F);
    free(sums);
}

static void put_norm(maker *m, const char *part, size_t layer, size_t dim) {
    char name[64];
    put_floats(m, joined(name, part, layer, ".weight"), dim, 1, 1.0F, 0.2F);
    put_floats(m, joined(name, part, layer, ".bias"), dim, 1, 0.0F, 0.2F);
}

static void put_vocab(maker *m, size_t count) {
    static const char *const words[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", ".",    ",",    "\"",
                                        "the",   "said",  "that",  "mr",    "news", "##ing"};
    char *text = malloc(count * 16), *at = text;
    size_t n = 0;
    if (!text) exit(1);
    for (; n < sizeof words / sizeof *words && n < count; n++) at += sprintf(at, "%s\n", words[n]);
    for (int c = 0; c < 36 && n + 2 <= count; c++, n += 2) {
        char letter = (char)(c < 26 ? 'a' + c : '0' + c - 26);
        at += sprintf(at, "%c\n##%c\n", letter, letter);
    }
    for (size_t i = 4; n < count; i++, n++) at += sprintf(at, "w%zu\n", i * 10 + 1);
    memcpy(put(m, "vocab", BYTES, (size_t)(at - text), 1), text, (size_t)(at - text));
    free(text);
}

static void put_embeddings(maker *m, const hs_config *c) {
    int8_t *word = put(m, "embed.word", S8, c->vocab, c->dim);
    for (size_t i = 0; i < c->vocab * c->dim; i++) word[i] = (int8_t)(next_random(m) % 255 - 127);
    put_floats(m, "embed.word.scale", c->vocab, 1, 0.01F, 0.001F);
    put_floats(m, "embed.position", c->positions, c->dim, 0.0F, 0.2F);
    put_floats(m, "embed.shape", HS_SHAPES, c->dim, 0.0F, 0.2F);
    put_floats(m, "embed.quote", HS_QUOTES, c->dim, 0.0F, 0.2F);
    put_floats(m, "embed.place", HS_PLACES, c->dim, 0.0F, 0.2F);
    put_norm(m, "embed.norm", 0, c->dim);
}

static void put_heads(maker *m, const hs_config *c) {
    put_floats(m, "cue", HS_CUE_TAGS, c->dim, 0.0F, 0.3F);
    put_floats(m, "cue.bias", HS_CUE_TAGS, 1, 0.0F, 0.3F);
    put_floats(m, "cue.start", HS_CUE_TAGS, 1, 0.0F, 0.3F);
    put_floats(m, "cue.trans", HS_CUE_TAGS, HS_CUE_TAGS, 0.0F, 0.3F);
    put_product(m, "pair.P", 0, c->pair, c->dim);
    put_floats(m, "pair.Q", c->pair, c->dim, 0.0F, 0.1F);
    put_floats(m, "pair.Q.bias", c->pair, 1, 0.0F, 0.1F);
    put_floats(m, "pair.G", c->pair, c->dim, 0.0F, 0.1F);
    put_floats(m, "pair.G.bias", c->pair, 1, 0.0F, 0.1F);
    put_floats(m, "pair.dist", HS_DISTANCES, c->pair, 0.0F, 0.3F);
    put_floats(m, "pair.V", 5, c->pair, 0.0F, 0.3F);
    put_floats(m, "pair.V.bias", 5, 1, 0.0F, 0.3F);
    put_floats(m, "pair.start", 5, 1, 0.0F, 0.3F);
    put_floats(m, "pair.trans", 5, 5, 0.0F, 0.3F);
}

static void put_other_heads(maker *m, const hs_config *c) {
    put_floats(m, "act.1", HS_ACT_HIDDEN, 3 * c->dim, 0.0F, 0.1F);
    put_floats(m, "act.1.bias", HS_ACT_HIDDEN, 1, 0.0F, 0.1F);
    put_floats(m, "act.2", HS_ACTS, HS_ACT_HIDDEN, 0.0F, 0.1F);
    put_floats(m, "act.2.bias", HS_ACTS, 1, 0.0F, 0.1F);
    put_floats(m, "kind", HS_KINDS, c->dim, 0.0F, 0.3F);
    put_floats(m, "kind.bias", HS_KINDS, 1, 0.0F, 0.3F);
    put_floats(m, "refer.a", HS_REFER, c->dim, 0.0F, 0.1F);
    put_floats(m, "refer.a.bias", HS_REFER, 1, 0.0F, 0.1F);
    put_floats(m, "refer.b", HS_REFER, c->dim, 0.0F, 0.1F);
    put_floats(m, "refer.b.bias", HS_REFER, 1, 0.0F, 0.1F);
    put_floats(m, "refer.none", 1, c->dim, 0.0F, 0.1F);
    put_floats(m, "refer.none.bias", 1, 1, 0.0F, 0.1F);
    put_floats(m, "refer.dist", HS_REFER_DISTANCES, 1, 0.0F, 0.3F);
    put_floats(m, "meaning", HS_MEANING, c->dim, 0.0F, 0.1F);
    put_floats(m, "meaning.bias", HS_MEANING, 1, 0.0F, 0.1F);
}

hs_made hs_make_weights(const hs_config *config, uint64_t seed) {
    const hs_config *c = config;
    maker *m = calloc(1, sizeof *m);
    if (!m) return (hs_made){0};
    m->random = seed * 0x9E3779B97F4A7C15U + 1;
    int32_t numbers[] = {(int32_t)c->vocab, (int32_t)c->positions, (int32_t)c->dim,  (int32_t)c->layers,
                         (int32_t)c->heads, (int32_t)c->inner,     (int32_t)c->pair, (int32_t)c->window,
                         (int32_t)c->lead,  (int32_t)c->trail};
    memcpy(put(m, "config", S32, 10, 1), numbers, sizeof numbers);
    put_vocab(m, c->vocab);
    put_embeddings(m, c);
    for (size_t i = 0; i < c->layers; i++) {
        put_product(m, "layer.%zu.qkv", i, 3 * c->dim, c->dim);
        put_product(m, "layer.%zu.out", i, c->dim, c->dim);
        put_product(m, "layer.%zu.up", i, c->inner, c->dim);
        put_product(m, "layer.%zu.down", i, c->dim, c->inner);
        put_norm(m, "layer.%zu.norm1", i, c->dim);
        put_norm(m, "layer.%zu.norm2", i, c->dim);
    }
    put_heads(m, c);
    put_other_heads(m, c);
    size_t before = (HEADER + m->tensors * ENTRY + 63) / 64 * 64;
    hs_made made = {calloc(1, before + m->n), before + m->n};
    if (!made.bytes) exit(1);
    uint32_t small[2] = {2, (uint32_t)m->tensors};
    memcpy(made.bytes, "HSWEIGHT", 8);
    memcpy(made.bytes + 8, small, sizeof small);
    for (size_t i = 0; i < m->tensors; i++) {
        uint64_t offset;
        memcpy(&offset, m->table + i * ENTRY + 72, 8);
        offset += before;
        memcpy(m->table + i * ENTRY + 72, &offset, 8);
    }
    memcpy(made.bytes + HEADER, m->table, m->tensors * ENTRY);
    memcpy(made.bytes + before, m->body, m->n);
    hs_made_seal(made);
    free(m->body);
    free(m);
    return made;
}

void hs_made_seal(hs_made made) {
    uint64_t large[2] = {made.n, hs_weights_digest(made.bytes + HEADER, made.n - HEADER)};
    memcpy(made.bytes + 16, large, sizeof large);
}

bool hs_made_write(hs_made made, char path[64]) {
    strcpy(path, "/tmp/hearsay-weights-XXXXXX");
    int file = mkstemp(path);
    if (file < 0) return false;
    bool written = write(file, made.bytes, made.n) == (ssize_t)made.n;
    return close(file) == 0 && written;
}
