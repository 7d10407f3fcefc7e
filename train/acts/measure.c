/* What the program makes of claims whose spans are known: labels, and the signs that acts are told by. So training and program cannot
 * differ, and labels can be worked on without the model that finds spans.
 *
 * usage: measure-claims < DOCUMENTS      or      measure-claims --names
 *
 * DOCUMENTS, as train/acts/gold.py writes them: for each "TITLE BYTES CLAIMS", a line end, the text and a line end; then for each claim
 * "SPEAKER PARENT MANNER", each part's number of spans and spans (bytes) for source, cue and content. -1: none. Output: a JSON object a
 * document.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "claims/act_words.h"
#include "formats/json_writer.h"

static bool to_stdout(void *state, const char *bytes, size_t n) {
    (void)state;
    return fwrite(bytes, 1, n, stdout) == n;
}

static void print_names(void) {
#define NAME(name) #name,
    static const char *const PLACES[] = {HS_ACT_PLACES(NAME)};
    static const char *const CLASSES[] = {HS_LEXICON(NAME)};
    static const char *const SIGNS[] = {HS_ACT_SIGNS(NAME)};
#undef NAME
    for (size_t p = 0; p < HS_ACT_PLACE_COUNT; p++)
        for (size_t c = 0; c < HS_LEX_CLASSES; c++) printf("%s_%s\n", PLACES[p], CLASSES[c]);
    for (size_t s = 0; s < HS_ACT_SIGN_COUNT; s++) puts(SIGNS[s]);
}

static long number(void) {
    long n;
    if (scanf("%ld", &n) == 1) return n;
    fprintf(stderr, "measure-claims: a number is missing\n");
    exit(1);
}

static size_t index_of(long n) {
    return n < 0 ? HS_NONE : (size_t)n;
}

static hs_span *read_spans(hs_arena *arena, hs_str text, size_t *n) {
    *n = (size_t)number();
    hs_span *spans = HS_NEW(arena, hs_span, *n);
    for (size_t i = 0; i < *n; i++) {
        spans[i].byte_start = (size_t)number();
        spans[i].byte_end = (size_t)number();
        spans[i].start = hs_utf8_count(hs_str_slice(text, 0, spans[i].byte_start));
        spans[i].end = hs_utf8_count(hs_str_slice(text, 0, spans[i].byte_end));
    }
    return spans;
}

static hs_claim read_claim(hs_arena *arena, hs_str text) {
    hs_claim claim = {.speaker = index_of(number()), .parent = index_of(number()), .manner = (hs_manner)number()};
    claim.source = read_spans(arena, text, &claim.n_source);
    claim.cue = read_spans(arena, text, &claim.n_cue);
    claim.content = read_spans(arena, text, &claim.n_content);
    return claim;
}

static bool read_record(hs_record *record, hs_arena *arena) {
    long title, bytes;
    if (scanf("%ld %ld %zu", &title, &bytes, &record->n_claims) != 3 || getchar() != '\n') return false;
    char *text = HS_NEW(arena, char, (size_t)bytes + 1);
    if (fread(text, 1, (size_t)bytes, stdin) != (size_t)bytes) return false;
    record->text = (hs_str){text, (size_t)bytes};
    record->has_title = title;
    record->claims = HS_NEW(arena, hs_claim, record->n_claims);
    for (size_t i = 0; i < record->n_claims; i++) record->claims[i] = read_claim(arena, record->text);
    return true;
}

static void put_word(hs_json *json, const char *key, hs_str value) {
    hs_json_key(json, hs_str_of(key));
    hs_json_string(json, value);
}

static void put_stems(hs_json *json, const char *key, const hs_marked *m, const hs_ranges *ranges) {
    hs_json_key(json, hs_str_of(key));
    hs_json_open(json, '[');
    for (size_t k = 0; k < ranges->n; k++)
        for (size_t i = ranges->v[k].start; i < ranges->v[k].end; i++) {
            char stem[HS_ACT_STEM];
            if (hs_act_stem(stem, m, ranges, i)) hs_json_string(json, hs_str_of(stem));
        }
    hs_json_close(json, ']');
}

static void put_claim(hs_json *json, const hs_claim *claim, const hs_marked *m, const hs_parts *parts,
                      const hs_act_features *features) {
    hs_json_open(json, '{');
    put_word(json, "stance", hs_str_of(hs_stance_name(claim->stance)));
    hs_json_key(json, HS_STR("hedged"));
    hs_json_bool(json, claim->hedged);
    put_word(json, "medium", claim->medium);
    hs_json_key(json, HS_STR("disputes"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < claim->n_disputes; i++) hs_json_size(json, claim->disputes[i]);
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("evidence"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < claim->n_evidence; i++) {
        hs_json_open(json, '{');
        hs_json_key(json, HS_STR("mention"));
        hs_json_open(json, '[');
        hs_json_size(json, claim->evidence[i].mention.start);
        hs_json_size(json, claim->evidence[i].mention.end);
        hs_json_close(json, ']');
        put_word(json, "kind", hs_str_of(hs_evidence_kind_name(claim->evidence[i].kind)));
        put_word(json, "status", claim->evidence[i].status);
        hs_json_close(json, '}');
    }
    hs_json_close(json, ']');
    hs_json_key(json, HS_STR("features"));
    hs_json_open(json, '[');
    for (size_t i = 0; i < features->n; i++) hs_json_size(json, features->v[i]);
    hs_json_close(json, ']');
    put_stems(json, "cue_stems", m, &parts->cue);
    put_stems(json, "content_stems", m, &parts->content);
    hs_json_close(json, '}');
}

static void measure(hs_json *json, hs_arena *arena, hs_record *record) {
    hs_labels_read(record, arena, NULL);
    hs_marked m = hs_marked_of(arena, record->text, record->has_title);
    hs_json_open(json, '[');
    hs_parts *parts = HS_NEW(arena, hs_parts, record->n_claims);
    for (size_t i = 0; i < record->n_claims; i++) parts[i] = hs_parts_of(arena, &m, &record->claims[i]);
    const size_t *named = hs_acts_named(record, arena, &m, parts);
    for (size_t i = 0; i < record->n_claims; i++) {
        hs_act_features features =
            hs_act_features_of(&record->claims[i], &m, &parts[i], named[i] == HS_NONE ? NULL : &parts[named[i]]);
        put_claim(json, &record->claims[i], &m, &parts[i], &features);
    }
    hs_json_close(json, ']');
    hs_json_line_end(json);
    hs_json_flush(json);
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--names") == 0) {
        print_names();
        return 0;
    }
    if (argc != 1) {
        fprintf(stderr, "usage: measure-claims < DOCUMENTS   or   measure-claims --names\n");
        return 2;
    }
    static hs_json json;
    hs_json_init(&json, to_stdout, NULL);
    for (volatile bool more = true; more;) {
        hs_arena arena;
        hs_arena_init(&arena, (size_t)1 << 30);
        hs_record record = {0};
        if (setjmp(arena.full)) return 1;
        more = read_record(&record, &arena);
        if (more) measure(&json, &arena, &record);
        hs_arena_free(&arena);
    }
    return 0;
}
