/* The weights file, mapped and checked: see weights.h. */
#include "model/weights.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a weights file is used as it lies, little-endian");

enum { HEADER = 64, ENTRY = 96, NAME = 48, ALIGN = 64, CONFIG = 10, VERSION = 2 };
typedef enum tensor_type { F32, S8, S32, BYTES, PACKED, TYPES } tensor_type;

typedef struct entry {
    char name[NAME];
    uint32_t type, rank;
    uint64_t rows, columns, offset, length, zero;
} entry;
_Static_assert(sizeof(entry) == ENTRY, "an entry is laid out as in the file");

/* A file that is being checked; the first thing found wrong stays in `error`. */
typedef struct reader {
    const uint8_t *bytes;
    size_t n;
    uint32_t tensors, used;
    const char *path;
    hs_error *error;
    hs_status status;
} reader;

static uint32_t u32_at(const uint8_t *p) {
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static uint64_t u64_at(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static uint64_t mixed(uint64_t lane, uint64_t word) {
    lane = (lane ^ word) * 0x9E3779B97F4A7C15U;
    return lane ^ lane >> 32;
}

uint64_t hs_weights_digest(const uint8_t *bytes, size_t n) {
    uint64_t lane[4] = {1, 2, 3, 4};
    for (; n >= 32; bytes += 32, n -= 32)
        for (int i = 0; i < 4; i++) lane[i] = mixed(lane[i], u64_at(bytes + i * 8));
    if (n) {
        uint8_t last[32] = {0};
        memcpy(last, bytes, n);
        for (int i = 0; i < 4; i++) lane[i] = mixed(lane[i], u64_at(last + i * 8));
    }
    return ((lane[0] * 31 + lane[1]) * 31 + lane[2]) * 31 + lane[3];
}

static hs_status damaged(reader *r, const char *what) {
    if (r->status == HS_OK) r->status = hs_fail(r->error, HS_ERR_FORMAT, "%s: damaged weights: %s", r->path, what);
    return r->status;
}

static hs_status damaged_tensor(reader *r, const char *name, const char *what) {
    if (r->status != HS_OK) return r->status;
    return r->status = hs_fail(r->error, HS_ERR_FORMAT, "%s: damaged weights: tensor %.48s %s", r->path, name, what);
}

static bool all_zero(const uint8_t *p, size_t n) {
    while (n && *p == 0) p++, n--;
    return n == 0;
}

static hs_status check_header(reader *r) {
    const uint8_t *p = r->bytes;
    if (r->n < 8 || memcmp(p, "HSWEIGHT", 8) != 0) {
        return r->status = hs_fail(r->error, HS_ERR_FORMAT, "%s: not a weights file", r->path);
    }
    if (r->n < HEADER) return damaged(r, "shorter than its header");
    if (u32_at(p + 8) != VERSION) {
        return r->status = hs_fail(r->error, HS_ERR_FORMAT, "%s: weights of version %u, not %d", r->path, u32_at(p + 8),
                                   VERSION);
    }
    if (u64_at(p + 16) != r->n) return damaged(r, "not as long as it says");
    if (!all_zero(p + 32, 32)) return damaged(r, "header bytes that should be zero are not");
    r->tensors = u32_at(p + 12);
    if (r->tensors > (r->n - HEADER) / ENTRY) return damaged(r, "shorter than its table");
    if (u64_at(p + 24) != hs_weights_digest(p + HEADER, r->n - HEADER)) return damaged(r, "digest does not match");
    return HS_OK;
}

static entry entry_at(const reader *r, size_t i) {
    entry e;
    memcpy(&e, r->bytes + HEADER + i * ENTRY, sizeof e);
    return e;
}

/* Type, rank, bounds and length of one entry, whatever its name. */
static hs_status check_entry(reader *r, const entry *e) {
    static const size_t sizes[TYPES] = {[F32] = 4, [S8] = 1, [S32] = 4, [BYTES] = 1, [PACKED] = 1};
    size_t end = strnlen(e->name, NAME);
    if (end == 0 || end == NAME || !all_zero((const uint8_t *)e->name + end, NAME - end)) {
        return damaged(r, "a tensor's name is not zero-filled text");
    }
    if (e->type >= TYPES) return damaged_tensor(r, e->name, "has an unknown type");
    if (e->rank < 1 || e->rank > 2 || (e->rank == 1 && e->columns != 1))
        return damaged_tensor(r, e->name, "has a wrong rank");
    if (e->zero) return damaged_tensor(r, e->name, "has bytes that should be zero");
    uint64_t length;
    if (__builtin_mul_overflow(e->rows, e->columns, &length) ||
        __builtin_mul_overflow(length, sizes[e->type], &length) || length != e->length) {
        return damaged_tensor(r, e->name, "has a length that is not its shape's");
    }
    uint64_t first = HEADER + (uint64_t)r->tensors * ENTRY;
    if (e->offset % ALIGN || e->offset < first || e->offset > r->n || e->length > r->n - e->offset) {
        return damaged_tensor(r, e->name, "lies outside the file or at an odd place");
    }
    return HS_OK;
}

static hs_status check_table(reader *r) {
    for (size_t i = 0; i < r->tensors; i++) {
        entry e = entry_at(r, i);
        if (check_entry(r, &e) != HS_OK) return r->status;
    }
    return HS_OK;
}

/* A number is finite unless all bits of its exponent are set. */
static bool all_finite(const uint8_t *p, size_t n) {
    uint32_t bad = 0;
    for (size_t i = 0; i < n; i++) bad |= (u32_at(p + i * 4) & 0x7F800000U) == 0x7F800000U;
    return !bad;
}

static bool find(reader *r, const char *name, entry *e) {
    for (size_t i = 0; i < r->tensors; i++) {
        *e = entry_at(r, i);
        if (strncmp(e->name, name, NAME) == 0) return true;
    }
    return false;
}

/* The bytes of the tensor `name`, which must have this type and shape ([rows] where columns is 0); NULL when something is wrong. */
static const void *tensor(reader *r, const char *name, tensor_type type, size_t rows, size_t columns) {
    entry e;
    if (r->status != HS_OK) return NULL;
    if (!find(r, name, &e)) damaged_tensor(r, name, "is not there");
    else if (e.type != type) damaged_tensor(r, name, "has the wrong type");
    else if (e.rank != (columns ? 2 : 1) || e.rows != rows || e.columns != (columns ? columns : 1))
        damaged_tensor(r, name, "has the wrong shape");
    else if (type == F32 && !all_finite(r->bytes + e.offset, e.rows * e.columns))
        damaged_tensor(r, name, "holds a number that is not finite");
    if (r->status != HS_OK) return NULL;
    r->used++;
    return r->bytes + e.offset;
}

static const float *floats(reader *r, const char *name, size_t rows, size_t columns) {
    return tensor(r, name, F32, rows, columns);
}

/* The names of a layer's tensors: "layer.3." + part + ending. */
typedef struct label {
    char text[NAME];
} label;

static label joined(const char *part, const char *ending) {
    label l = {{0}};
    size_t n = strlen(part), m = strlen(ending);
    if (n + m < NAME) {
        memcpy(l.text, part, n);
        memcpy(l.text + n, ending, m);
    }
    return l;
}

static label in_layer(size_t layer, const char *part) {
    char number[] = "layer.00.";
    size_t at = 6;
    if (layer >= 10) number[at++] = (char)('0' + layer / 10);
    number[at++] = (char)('0' + layer % 10);
    number[at++] = '.';
    number[at] = 0;
    return joined(number, part);
}

static hs_product product(reader *r, label name, size_t n, size_t k) {
    hs_product p = {.n = n, .k = k};
    p.w = tensor(r, name.text, PACKED, n, k);
    p.scale = tensor(r, joined(name.text, ".scale").text, F32, n, 0);
    p.sum = tensor(r, joined(name.text, ".sum").text, S32, n, 0);
    p.bias = tensor(r, joined(name.text, ".bias").text, F32, n, 0);
    /* 128 times the sum must fit 32 bits; beyond what k bytes can add up to it is wrong in any case. */
    for (size_t i = 0; r->status == HS_OK && i < n; i++) {
        if (p.sum[i] > 127 * (int32_t)k || p.sum[i] < -128 * (int32_t)k)
            damaged_tensor(r, name.text, "has impossible sums");
    }
    return p;
}

static hs_norm norm(reader *r, label name, size_t dim) {
    return (hs_norm){.weight = floats(r, joined(name.text, ".weight").text, dim, 0),
                     .bias = floats(r, joined(name.text, ".bias").text, dim, 0)};
}

/* Limits keep every size computed from a config far from overflow. */
static hs_status check_config(reader *r, hs_config *c) {
    const uint8_t *p = tensor(r, "config", S32, CONFIG, 0);
    if (!p) return r->status;
    size_t *field[CONFIG] = {&c->vocab, &c->positions, &c->dim,    &c->layers, &c->heads,
                             &c->inner, &c->pair,      &c->window, &c->lead,   &c->trail};
    for (size_t i = 0; i < CONFIG; i++) {
        uint32_t v = u32_at(p + i * 4);
        if (v == 0 || v > 1U << 24) return damaged(r, "config: a size is out of range");
        *field[i] = v;
    }
    if (c->dim > 4096 || c->inner > 16384 || c->pair > 4096 || c->layers > HS_MAX_LAYERS || c->positions > 4096) {
        return damaged(r, "config: a size is out of range");
    }
    if (c->dim % 64 || c->inner % 64 || c->pair % 16 || c->dim % c->heads || c->dim / c->heads % 16) {
        return damaged(r, "config: sizes do not divide as they must");
    }
    if (c->window < 3 || c->window > c->positions || c->lead >= c->window - 2 || c->trail > c->window) {
        return damaged(r, "config: window, lead, trail and positions do not fit each other");
    }
    return HS_OK;
}

static void read_embeddings(reader *r, hs_weights *w) {
    const hs_config *c = &w->config;
    entry e;
    w->vocab = (hs_str){NULL, find(r, "vocab", &e) ? e.length : 0};
    w->vocab.p = tensor(r, "vocab", BYTES, w->vocab.n, 0);
    w->word = tensor(r, "embed.word", S8, c->vocab, c->dim);
    w->word_scale = floats(r, "embed.word.scale", c->vocab, 0);
    w->position = floats(r, "embed.position", c->positions, c->dim);
    w->shape = floats(r, "embed.shape", HS_SHAPES, c->dim);
    w->quote = floats(r, "embed.quote", HS_QUOTES, c->dim);
    w->place = floats(r, "embed.place", HS_PLACES, c->dim);
    w->norm = norm(r, joined("embed.", "norm"), c->dim);
}

static hs_layer read_layer(reader *r, const hs_config *c, size_t n) {
    return (hs_layer){.qkv = product(r, in_layer(n, "qkv"), 3 * c->dim, c->dim),
                      .out = product(r, in_layer(n, "out"), c->dim, c->dim),
                      .up = product(r, in_layer(n, "up"), c->inner, c->dim),
                      .down = product(r, in_layer(n, "down"), c->dim, c->inner),
                      .norm1 = norm(r, in_layer(n, "norm1"), c->dim),
                      .norm2 = norm(r, in_layer(n, "norm2"), c->dim)};
}

static void read_heads(reader *r, hs_weights *w) {
    const hs_config *c = &w->config;
    w->cue = floats(r, "cue", HS_CUE_TAGS, c->dim);
    w->cue_bias = floats(r, "cue.bias", HS_CUE_TAGS, 0);
    w->cue_start = floats(r, "cue.start", HS_CUE_TAGS, 0);
    w->cue_trans = floats(r, "cue.trans", HS_CUE_TAGS, HS_CUE_TAGS);
    w->pair_P = product(r, joined("pair.", "P"), c->pair, c->dim);
    w->pair_Q = floats(r, "pair.Q", c->pair, c->dim);
    w->pair_Q_bias = floats(r, "pair.Q.bias", c->pair, 0);
    w->pair_G = floats(r, "pair.G", c->pair, c->dim);
    w->pair_G_bias = floats(r, "pair.G.bias", c->pair, 0);
    w->pair_dist = floats(r, "pair.dist", HS_DISTANCES, c->pair);
    w->pair_V = floats(r, "pair.V", HS_PAIR_TAGS, c->pair);
    w->pair_V_bias = floats(r, "pair.V.bias", HS_PAIR_TAGS, 0);
    w->pair_start = floats(r, "pair.start", HS_PAIR_TAGS, 0);
    w->pair_trans = floats(r, "pair.trans", HS_PAIR_TAGS, HS_PAIR_TAGS);
}

/* What is read off the same vectors beside the claims' spans. */
static void read_other_heads(reader *r, hs_weights *w) {
    size_t dim = w->config.dim;
    w->act1 = floats(r, "act.1", HS_ACT_HIDDEN, 3 * dim);
    w->act1_bias = floats(r, "act.1.bias", HS_ACT_HIDDEN, 0);
    w->act2 = floats(r, "act.2", HS_ACTS, HS_ACT_HIDDEN);
    w->act2_bias = floats(r, "act.2.bias", HS_ACTS, 0);
    w->kind = floats(r, "kind", HS_KINDS, dim);
    w->kind_bias = floats(r, "kind.bias", HS_KINDS, 0);
    w->refer_a = floats(r, "refer.a", HS_REFER, dim);
    w->refer_a_bias = floats(r, "refer.a.bias", HS_REFER, 0);
    w->refer_b = floats(r, "refer.b", HS_REFER, dim);
    w->refer_b_bias = floats(r, "refer.b.bias", HS_REFER, 0);
    w->refer_none = floats(r, "refer.none", 1, dim);
    w->refer_none_bias = floats(r, "refer.none.bias", 1, 0);
    w->refer_dist = floats(r, "refer.dist", HS_REFER_DISTANCES, 0);
    w->meaning = floats(r, "meaning", HS_MEANING, dim);
    w->meaning_bias = floats(r, "meaning.bias", HS_MEANING, 0);
}

hs_status hs_weights_from_memory(hs_weights *out, const uint8_t *bytes, size_t n, const char *path, hs_error *error) {
    *out = (hs_weights){0};
    reader r = {.bytes = bytes, .n = n, .path = path, .error = error};
    if (check_header(&r) != HS_OK || check_table(&r) != HS_OK || check_config(&r, &out->config) != HS_OK)
        return r.status;
    read_embeddings(&r, out);
    for (size_t i = 0; i < out->config.layers; i++) out->layer[i] = read_layer(&r, &out->config, i);
    read_heads(&r, out);
    read_other_heads(&r, out);
    /* Each name was asked for once, so with as many tensors none is unknown or there twice. */
    if (r.status == HS_OK && r.used != r.tensors) damaged(&r, "tensors that this version does not know");
    return r.status;
}

static hs_status map(const char *path, const uint8_t **bytes, size_t *n, hs_error *error) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return hs_fail(error, HS_ERR_MISSING, "%s: cannot be opened", path);
    struct stat st;
    hs_status status = HS_OK;
    if (fstat(file, &st) != 0) status = hs_fail(error, HS_ERR_IO, "%s: cannot be read", path);
    else if (!S_ISREG(st.st_mode)) status = hs_fail(error, HS_ERR_FORMAT, "%s: not a weights file", path);
    else if (st.st_size > 0) {
        *n = (size_t)st.st_size;
        void *p = mmap(NULL, *n, PROT_READ, MAP_PRIVATE, file, 0);
        if (p == MAP_FAILED) status = hs_fail(error, HS_ERR_IO, "%s: cannot be mapped", path);
        else *bytes = p;
    }
    close(file);
    return status;
}

hs_status hs_weights_map(hs_weights *out, const char *path, hs_error *error) {
    const uint8_t *bytes = NULL;
    size_t n = 0;
    hs_status status = map(path, &bytes, &n, error);
    if (status != HS_OK) return status;
    status = hs_weights_from_memory(out, bytes, n, path, error);
    out->mapped = bytes;
    out->mapped_bytes = n;
    if (status != HS_OK) hs_weights_unmap(out);
    return status;
}

void hs_weights_unmap(hs_weights *weights) {
    if (weights->mapped) munmap((void *)weights->mapped, weights->mapped_bytes);
    *weights = (hs_weights){0};
}
