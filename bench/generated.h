/* Generated records for the ledger's benchmark: stories that several outlets tell, some of them copying, with claims that are repeated in other
 * words and claims of their own. Words follow Zipf's law. The same number gives the same record. */
#ifndef HS_BENCH_GENERATED_H
#define HS_BENCH_GENERATED_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GEN_CLAIMS = 10, /* of a record */
    GEN_PAGES = 6,   /* of a story */
    GEN_OUTLETS = 400,
    GEN_PEOPLE = 20000,
    GEN_WORDS = 30000,
    GEN_PROPOSITIONS = 14 /* of a story */
};

typedef struct gen {
    uint64_t state;
    char *out;
    size_t n, cap;
    size_t code_points; /* of the text so far: the text is ASCII */
} gen;

static inline uint64_t gen_next(gen *g) {
    uint64_t z = (g->state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static inline size_t gen_below(gen *g, size_t n) {
    return (size_t)(gen_next(g) % n);
}

static inline void gen_put(gen *g, const char *s) {
    size_t n = strlen(s);
    if (g->n + n + 1 > g->cap) {
        g->cap = (g->cap + n + 1) * 2;
        g->out = realloc(g->out, g->cap);
        if (!g->out) exit(1);
    }
    memcpy(g->out + g->n, s, n + 1);
    g->n += n;
}

static inline void gen_text(gen *g, const char *s) {
    gen_put(g, s);
    g->code_points += strlen(s);
}

/* A made-up word by its number: the frequent ones are short. */
static inline void gen_word(char out[24], size_t rank, bool capital) {
    static const char *const onset[] = {"b", "br", "d",  "f", "g", "gl", "h", "k",  "l", "m",
                                        "n", "p",  "pr", "r", "s", "st", "t", "tr", "v", "w"};
    static const char *const vowel[] = {"a", "e", "i", "o", "u", "ai", "ea", "ou"};
    static const char *const coda[] = {"", "l", "n", "r", "s", "t", "m", "nd", "rk"};
    size_t at = 0;
    uint64_t h = (rank + 1) * 0x9E3779B97F4A7C15U;
    size_t syllables = rank < 60 ? 1 : rank < 4000 ? 2 : 3;
    for (size_t i = 0; i < syllables; i++) {
        at += (size_t)snprintf(out + at, 24 - at, "%s%s%s", onset[h % 20], vowel[h / 20 % 8], coda[h / 160 % 9]);
        h = h / 1440 ^ (h * 31);
    }
    if (capital) out[0] = (char)(out[0] - 32);
}

/* A rank by Zipf's law, near enough: uniform in the logarithm. */
static inline size_t gen_rank(gen *g) {
    double u = (double)(gen_next(g) >> 11) / 9007199254740992.0, x = 1;
    size_t bits = (size_t)(u * 15);
    for (size_t i = 0; i < bits; i++) x *= 2;
    size_t rank = (size_t)(x * (1 + (u * 15 - (double)bits)));
    return rank < GEN_WORDS ? rank : GEN_WORDS - 1;
}

static inline void gen_person(char out[64], size_t person) {
    char first[24], last[24];
    gen_word(first, 200 + person % 700, true);
    gen_word(last, 5000 + person, true);
    snprintf(out, 64, "%s %s", first, last);
}

/* The words of a proposition; each page drops or replaces some. */
static inline void gen_proposition(gen *g, uint64_t seed, unsigned change) {
    static const char *const common[] = {"the", "of",  "that", "in",  "to",  "will",
                                         "has", "was", "not",  "and", "for", "by"};
    gen p = {.state = seed};
    size_t n = 8 + gen_below(&p, 10);
    for (size_t i = 0; i < n; i++) {
        char word[24];
        size_t kind = gen_below(&p, 10);
        size_t rank = gen_rank(&p);
        if (change && gen_below(g, 100) < change) {
            if (gen_below(g, 2)) continue;
            rank = gen_rank(g);
        }
        if (i) gen_text(g, " ");
        if (kind < 4) gen_text(g, common[rank % 12]);
        else if (kind == 9) {
            snprintf(word, sizeof word, "%zu", 10 + rank);
            gen_text(g, word);
        } else {
            gen_word(word, 40 + rank, kind == 8);
            gen_text(g, word);
        }
    }
}

/* The record with this number, as a line of JSON; `g` is reused. */
static inline void gen_record(gen *g, uint64_t number) {
    uint64_t story = number / GEN_PAGES;
    size_t spans[GEN_CLAIMS][6], speakers[GEN_CLAIMS];
    static const char *const stances[] = {"asserts",  "asserts", "asserts", "denies",
                                          "believes", "urges",   "accuses", "intends"};
    char piece[256], name[64];
    g->state = number * 7919 + 17;
    g->n = g->code_points = 0;
    size_t outlet = gen_below(g, GEN_OUTLETS);
    unsigned change = gen_below(g, 4) == 0 ? 0 : 12; /* a quarter of the pages copy */
    snprintf(piece, sizeof piece,
             "{\"path\": \"p%llu.html\", \"url\": \"https://outlet%zu.example/%llu\", \"outlet\": \"Outlet %zu\", "
             "\"title\": \"",
             (unsigned long long)number, outlet, (unsigned long long)number, outlet);
    gen_put(g, piece);
    size_t title = g->n;
    gen_proposition(g, story * 1000, 0);
    size_t title_end = g->n;
    snprintf(piece, sizeof piece,
             "\", \"published\": \"20%02llu-%02llu-%02llu\", \"language\": \"en\", \"codes\": {}, \"text\": \"",
             (unsigned long long)(story / 336 % 60), (unsigned long long)(story / 28 % 12 + 1),
             (unsigned long long)(story % 28 + 1));
    gen_put(g, piece);
    g->code_points = 0;
    char *copy = strndup(g->out + title, title_end - title);
    if (!copy) exit(1);
    gen_text(g, copy);
    free(copy);
    gen_text(g, ".\\n\\n");
    g->code_points -= 2; /* the escapes are one code point each */
    for (size_t i = 0; i < GEN_CLAIMS; i++) {
        bool own = gen_below(g, 3) == 0;
        uint64_t seed = own ? number * 100 + i + 1000003 : story * 1000 + 1 + gen_below(g, GEN_PROPOSITIONS);
        speakers[i] = own ? gen_below(g, GEN_PEOPLE) : (size_t)((seed * 2654435761U) % GEN_PEOPLE);
        gen_person(name, speakers[i]);
        spans[i][0] = g->code_points;
        gen_text(g, name);
        spans[i][1] = g->code_points;
        gen_text(g, " ");
        spans[i][2] = g->code_points;
        gen_text(g, "said");
        spans[i][3] = g->code_points;
        gen_text(g, " that ");
        spans[i][4] = g->code_points;
        gen_proposition(g, seed, change);
        spans[i][5] = g->code_points;
        gen_text(g, i % 3 == 2 ? ".\\n\\n" : ". ");
        if (i % 3 == 2) g->code_points -= 2;
        if (i % 2) {
            gen_proposition(g, number * 1000 + i, 0);
            gen_text(g, ". ");
        }
    }
    gen_put(g, "\", \"entities\": [");
    for (size_t i = 0; i < GEN_CLAIMS; i++) {
        gen_person(name, speakers[i]);
        snprintf(piece, sizeof piece,
                 "%s{\"id\": \"e%zu\", \"name\": \"%s\", \"aliases\": [], \"type\": \"person\", \"role\": \"%s\", "
                 "\"affiliation\": null}",
                 i ? ", " : "", i + 1, name, i % 2 ? "minister" : "spokesman");
        gen_put(g, piece);
    }
    gen_put(g, "], \"claims\": [");
    for (size_t i = 0; i < GEN_CLAIMS; i++) {
        if (spans[i][5] == spans[i][4]) spans[i][4] = spans[i][3] + 1;
        snprintf(piece, sizeof piece,
                 "%s{\"id\": \"c%zu\", \"source\": [[%zu, %zu]], \"cue\": [[%zu, %zu]], \"content\": [[%zu, %zu]], ",
                 i ? ", " : "", i + 1, spans[i][0], spans[i][1], spans[i][2], spans[i][3], spans[i][4], spans[i][5]);
        gen_put(g, piece);
        snprintf(
            piece, sizeof piece,
            "\"speaker\": \"e%zu\", \"manner\": \"indirect\", \"stance\": \"%s\", \"hedged\": false, \"medium\": null, "
            "\"parent\": null, \"disputes\": [], \"evidence\": [], \"confidence\": 0.9}",
            i + 1, stances[gen_below(g, 8)]);
        gen_put(g, piece);
    }
    gen_put(g, "]}");
}

#endif
