/* What train.py and measure.py learn and measure from: the program's own speakers for texts whose claims are given.
 *
 * usage: measure-speakers [--candidates] < TEXTS      or   measure-speakers --names
 *
 * TEXTS: for each text a line "TEXT bytes title claims" (title: 0 or 1), the text, a line end, and for each claim a line
 * "parent n-source n-content start end …" with the parent's index or -1 and bytes of the text.
 * Out comes a line of JSON for each text: {"entities": [[name, type, role, affiliation, alias …]], "speakers": [index or -1],
 * "mentions": [[start, end, kind, entity, referent's type]], "ranked": [[mention, model, [[referent, "features"]]]]}.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims/speakers.h"
#include "formats/json_writer.h"

typedef struct ranked {
    size_t mention, model, n;
    hs_candidate *candidates;
} ranked;

typedef struct watcher {
    hs_arena *arena;
    HS_VEC(ranked) ranked;
} watcher;

static bool to_stdout(void *state, const char *bytes, size_t n) {
    (void)state;
    return fwrite(bytes, 1, n, stdout) == n;
}

static void note_ranked(void *state, size_t mention, hs_coreference_model model, const hs_candidate *candidates,
                        size_t n) {
    watcher *w = state;
    ranked r = {mention, model, n, HS_NEW(w->arena, hs_candidate, n)};
    if (n) memcpy(r.candidates, candidates, n * sizeof *candidates);
    HS_PUSH(w->arena, w->ranked, r);
}

static void print_names(void) {
#define NAME(id) puts(#id);
    HS_COREFERENCE_FEATURES(NAME)
    puts("");
    HS_COREFERENCE_MODELS(NAME)
#undef NAME
}

static size_t number(void) {
    long long value = 0;
    if (scanf("%lld", &value) != 1) exit(1);
    return value < 0 ? HS_NONE : (size_t)value;
}

static void read_ranges(hs_arena *arena, hs_ranges *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t start = number(), end = number();
        HS_PUSH(arena, *out, (hs_range){start, end});
    }
}

static void write_entity(hs_json *json, const hs_entity *e) {
    static const char *const types[] = {"unknown", "person",   "organization", "government",
                                        "group",   "document", "media",        "unnamed"};
    hs_json_open(json, '[');
    hs_json_string(json, e->name);
    hs_json_string(json, hs_str_of(types[e->type]));
    hs_json_string(json, e->role.p ? e->role : HS_STR(""));
    hs_json_string(json, e->affiliation.p ? e->affiliation : HS_STR(""));
    for (size_t i = 0; i < e->n_aliases; i++) hs_json_string(json, e->aliases[i]);
    hs_json_close(json, ']');
}

static void write_numbers(hs_json *json, const long long *numbers, size_t n) {
    char line[256];
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(line + at, sizeof line - at, i ? " %lld" : "%lld", numbers[i]);
    hs_json_string(json, (hs_str){line, at});
}

static void write_mentions(hs_json *json, const hs_speakers *s) {
    hs_json_key(json, HS_STR("mentions"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < s->mentions.n; i++) {
        const hs_mention *m = &s->mentions.v[i];
        long long row[] = {s->prose.words.v[m->first].start,
                           s->prose.words.v[m->end - 1].end,
                           s->prose.words.v[m->name].start,
                           s->prose.words.v[m->name_end - 1].end,
                           m->kind,
                           m->entity == HS_NO_ENTITY ? -1 : (long long)m->entity,
                           m->type,
                           m->source};
        write_numbers(json, row, sizeof row / sizeof *row);
    }
    hs_json_close(json, ']');
}

static void write_ranked(hs_json *json, const watcher *w) {
    char line[HS_COREF_COUNT + 1];
    hs_json_key(json, HS_STR("ranked"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < w->ranked.n; i++) {
        const ranked *r = &w->ranked.v[i];
        hs_json_open(json, '[');
        write_numbers(json, (long long[]){(long long)r->mention, (long long)r->model}, 2);
        for (size_t k = 0; k < r->n; k++) {
            for (size_t j = 0; j < HS_COREF_COUNT; j++) line[j] = (char)('0' + r->candidates[k].features[j]);
            write_numbers(json, (long long[]){r->candidates[k].referent}, 1);
            hs_json_string(json, (hs_str){line, HS_COREF_COUNT});
        }
        hs_json_close(json, ']');
    }
    hs_json_close(json, ']');
}

static void write_text(hs_json *json, hs_arena *arena, bool candidates) {
    size_t n = number(), title = number(), n_claims = number();
    char *text = HS_NEW(arena, char, n + 1);
    getchar();
    if (fread(text, 1, n, stdin) != n) exit(1);
    hs_spoken *claims = HS_NEW(arena, hs_spoken, n_claims);
    for (size_t i = 0; i < n_claims; i++) {
        claims[i].parent = number();
        size_t n_source = number(), n_content = number();
        read_ranges(arena, &claims[i].source, n_source);
        read_ranges(arena, &claims[i].content, n_content);
    }
    watcher w = {.arena = arena};
    hs_coreference_watch watch = {note_ranked, &w};
    hs_speakers s = hs_speakers_of(arena, (hs_str){text, n}, title != 0, claims, n_claims, candidates ? &watch : NULL);
    hs_json_open(json, '{');
    hs_json_key(json, HS_STR("entities"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < s.n; i++) write_entity(json, &s.list[i]);
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("speakers"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < n_claims; i++)
        write_numbers(json, (long long[]){s.of[i] == HS_NONE ? -1 : (long long)s.of[i]}, 1);
    hs_json_close(json, ']');
    write_mentions(json, &s);
    if (candidates) write_ranked(json, &w);
    hs_json_close(json, '}');
    hs_json_line_end(json);
    hs_json_flush(json);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--names") == 0) {
        print_names();
        return 0;
    }
    static hs_json json;
    hs_json_init(&json, to_stdout, NULL);
    char word[8];
    while (scanf("%7s", word) == 1 && strcmp(word, "TEXT") == 0) {
        hs_arena arena;
        hs_arena_init(&arena, (size_t)1 << 30);
        if (!setjmp(arena.full)) write_text(&json, &arena, argc > 1);
        hs_arena_free(&arena);
    }
    return 0;
}
