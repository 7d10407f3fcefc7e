/* The encoder: see encoder.h. */
#include "model/encoder.h"

hs_encoder hs_encoder_of(hs_arena *arena, const hs_weights *weights, hs_cpu cpu, size_t rows, size_t longest) {
    const hs_config *c = &weights->config;
    size_t widest = c->inner > c->dim ? c->inner : c->dim;
    return (hs_encoder){.weights = weights,
                        .row = hs_rows_for(cpu),
                        .product = hs_product_for(cpu),
                        .x = HS_NEW(arena, float, rows * c->dim),
                        .qkv = HS_NEW(arena, float, rows * 3 * c->dim),
                        .attended = HS_NEW(arena, float, rows * c->dim),
                        .inner = HS_NEW(arena, float, HS_ENCODER_BLOCK * c->inner),
                        .out = HS_NEW(arena, float, HS_ENCODER_BLOCK * c->dim),
                        .u = HS_NEW(arena, uint8_t, HS_ENCODER_BLOCK * widest),
                        .s = HS_NEW(arena, float, HS_ENCODER_BLOCK),
                        .attention = hs_attention_of(arena, hs_rows_for(cpu), hs_product_for(cpu), c->heads,
                                                     c->dim / c->heads, longest)};
}

/* pieces: one window's; x: [length][dim] */
static void embed(const hs_encoder *e, const hs_piece *pieces, size_t length, float *x) {
    const hs_weights *w = e->weights;
    size_t dim = w->config.dim;
    for (size_t i = 0; i < length; i++) {
        const hs_piece *p = &pieces[i];
        hs_embedding parts = {.word = w->word + (size_t)p->id * dim,
                              .scale = w->word_scale[p->id],
                              .position = w->position + i * dim,
                              .shape = w->shape + p->shape * dim,
                              .quote = w->quote + p->quote * dim,
                              .place = w->place + p->place * dim};
        e->row->embed(&parts, dim, x + i * dim);
    }
    e->row->norm(x, NULL, length, dim, w->norm.weight, w->norm.bias);
}

/* x: [rows][w->k] → y: [rows][w->n]; at most HS_ENCODER_BLOCK rows */
static void linear(const hs_encoder *e, const hs_product *w, const float *x, size_t rows, float *y) {
    e->row->quantise(x, rows, w->k, e->u, e->s);
    e->product(w, e->u, e->s, rows, y);
}

/* What follows attention in a layer, for the rows from `at` on. */
static void finish_layer(const hs_encoder *e, const hs_layer *layer, size_t at, size_t rows) {
    size_t dim = e->weights->config.dim, inner = e->weights->config.inner;
    float *x = e->x + at * dim;
    linear(e, &layer->out, e->attended + at * dim, rows, e->out);
    e->row->norm(x, e->out, rows, dim, layer->norm1.weight, layer->norm1.bias);
    linear(e, &layer->up, x, rows, e->inner);
    e->row->gelu(e->inner, rows * inner);
    linear(e, &layer->down, e->inner, rows, e->out);
    e->row->norm(x, e->out, rows, dim, layer->norm2.weight, layer->norm2.bias);
}

static size_t block_of(size_t at, size_t rows) {
    return rows - at < HS_ENCODER_BLOCK ? rows - at : HS_ENCODER_BLOCK;
}

static void run_layer(const hs_encoder *e, const hs_layer *layer, size_t rows, const size_t *lengths, size_t windows) {
    const hs_config *c = &e->weights->config;
    for (size_t at = 0; at < rows; at += HS_ENCODER_BLOCK) {
        linear(e, &layer->qkv, e->x + at * c->dim, block_of(at, rows), e->qkv + at * 3 * c->dim);
    }
    for (size_t i = 0, at = 0; i < windows; at += lengths[i++]) {
        hs_attend(&e->attention, e->qkv + at * 3 * c->dim, lengths[i], e->attended + at * c->dim);
    }
    for (size_t at = 0; at < rows; at += HS_ENCODER_BLOCK) finish_layer(e, layer, at, block_of(at, rows));
}

void hs_encode(hs_encoder *encoder, const hs_piece *pieces, const size_t *lengths, size_t windows) {
    size_t rows = 0;
    for (size_t i = 0; i < windows; rows += lengths[i++]) {
        embed(encoder, pieces + rows, lengths[i], encoder->x + rows * encoder->weights->config.dim);
    }
    for (size_t n = 0; n < encoder->weights->config.layers; n++) {
        run_layer(encoder, &encoder->weights->layer[n], rows, lengths, windows);
    }
}
