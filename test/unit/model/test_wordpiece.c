/* Word pieces: longest match in a small vocabulary, what makes a vocabulary unusable, and the golden texts with the
 * vocabulary of the weights file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "check.h"
#include "model/weights.h"
#include "model/wordpiece.h"

static const size_t CAP = (size_t)1 << 30;

/* 0 [PAD], 1 [UNK], … */
static const char SMALL[] =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nunable\n##a\na\n##ff\n##é\né\n##\nun##able\n";
enum { UNK = 1, CLS, SEP, UN, C_AFF, C_ABLE, UNABLE, C_A, A, C_FF, C_E_ACUTE, E_ACUTE, SMALL_COUNT = 15 };

static hs_str small_bytes(void) {
    return hs_str_of(SMALL);
}

/* hs_words of one text whose normal form is `norm` and a single word. */
static hs_words one_word(hs_arena *arena, hs_str norm) {
    hs_words words = {.v = HS_NEW(arena, hs_word, 1), .n = 1, .norm = norm};
    words.v[0].norm_end = (uint32_t)norm.n;
    return words;
}

static void check_pieces(const hs_vocab *vocab, const char *norm, const int32_t *ids, size_t n) {
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_words words = one_word(&arena, hs_str_of(norm));
    hs_pieces pieces = hs_wordpiece(&arena, vocab, &words);
    assert_int_equal(pieces.n, n);
    assert_int_equal(pieces.first[0], 0);
    assert_int_equal(pieces.first[1], n);
    assert_memory_equal(pieces.ids, ids, n * sizeof *ids);
    hs_arena_free(&arena);
}

#define CHECK(vocab, norm, ...)                                          \
    do {                                                                 \
        const int32_t ids_[] = {__VA_ARGS__};                            \
        check_pieces((vocab), (norm), ids_, sizeof ids_ / sizeof *ids_); \
    } while (0)

static void longest_piece_first(void **state) {
    (void)state;
    hs_vocab vocab;
    assert_int_equal(hs_vocab_init(&vocab, small_bytes(), SMALL_COUNT, NULL), HS_OK);
    assert_int_equal(vocab.unk, UNK);
    assert_int_equal(vocab.cls, CLS);
    assert_int_equal(vocab.sep, SEP);
    CHECK(&vocab, "unable", UNABLE);
    CHECK(&vocab, "unaffable", UN, C_AFF, C_ABLE);
    CHECK(&vocab, "unaff", UN, C_AFF);
    CHECK(&vocab, "unaaff", UN, C_A, C_AFF);
    CHECK(&vocab, "aa", A, C_A);
    CHECK(&vocab, "éa\xC3\xA9", E_ACUTE, C_A, C_E_ACUTE);
    CHECK(&vocab, "unx", UNK);
    CHECK(&vocab, "xun", UNK);
    CHECK(&vocab, "ununable", UNK); /* `unable` continues nothing */
    CHECK(&vocab, "aê", UNK);       /* shares a byte with é */
    hs_vocab_free(&vocab);
}

/* The limit is in code points. */
static void long_words_are_unknown(void **state) {
    (void)state;
    hs_vocab vocab;
    assert_int_equal(hs_vocab_init(&vocab, small_bytes(), SMALL_COUNT, NULL), HS_OK);
    char word[2 * 101 + 1] = {0};
    int32_t ids[100];
    for (size_t i = 0; i < 100; i++) {
        memcpy(word + 2 * i, "é", 2);
        ids[i] = i ? C_E_ACUTE : E_ACUTE;
    }
    check_pieces(&vocab, word, ids, 100);
    memcpy(word + 200, "é", 2);
    CHECK(&vocab, word, UNK);
    memset(word, 'a', 101);
    word[101] = '\0';
    CHECK(&vocab, word, UNK);
    hs_vocab_free(&vocab);
}

static void no_words(void **state) {
    (void)state;
    hs_vocab vocab;
    assert_int_equal(hs_vocab_init(&vocab, small_bytes(), SMALL_COUNT, NULL), HS_OK);
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_words words = {0};
    hs_pieces pieces = hs_wordpiece(&arena, &vocab, &words);
    assert_int_equal(pieces.n, 0);
    assert_int_equal(pieces.first[0], 0);
    hs_arena_free(&arena);
    hs_vocab_free(&vocab);
}

static void refuse(const char *bytes, size_t count, const char *reason) {
    hs_vocab vocab;
    hs_error error = {0};
    assert_int_equal(hs_vocab_init(&vocab, hs_str_of(bytes), count, &error), HS_ERR_FORMAT);
    assert_int_equal(error.code, HS_ERR_FORMAT);
    if (!strstr(error.message, reason)) fail_msg("\"%s\" lacks \"%s\"", error.message, reason);
    hs_vocab_free(&vocab);
}

static void damaged_vocabularies(void **state) {
    (void)state;
    refuse(SMALL, SMALL_COUNT - 1, "more than its 14 pieces");
    refuse(SMALL, SMALL_COUNT + 1, "15 pieces, not 16");
    refuse(SMALL, SIZE_MAX, "cannot be a vocabulary");
    refuse("", 0, "lacks");
    refuse("[UNK]\n[CLS]\n[SEP]\nopen", 4, "3 pieces, not 4");
    refuse("[UNK]\n[CLS]\n[SEP]\nopen", 3, "more than its 3 pieces");
    refuse("[UNK]\n\n[CLS]\n[SEP]\n", 4, "piece 1 of the vocabulary is empty");
    refuse("[UNK]\n[CLS]\na\n[SEP]\na\n", 5, "pieces 2 and 4");
    refuse("[UNK]\n[CLS]\n", 2, "lacks");
    refuse("[UNK]\n[SEP]\n", 2, "lacks");
    refuse("[CLS]\n[SEP]\n", 2, "lacks");
    hs_vocab_free(NULL);
}

static void check_row(const hs_vocab *vocab, const cJSON *row, const char *line) {
    hs_arena arena;
    hs_arena_init(&arena, CAP);
    if (setjmp(arena.full)) fail_msg("out of memory");
    hs_words words = hs_words_of(&arena, hs_str_of(cJSON_GetObjectItem(row, "text")->valuestring), false);
    hs_pieces pieces = hs_wordpiece(&arena, vocab, &words);
    const cJSON *expected = cJSON_GetObjectItem(row, "words"), *word, *id;
    assert_int_equal(words.n, cJSON_GetArraySize(expected));
    size_t w = 0, n = 0;
    cJSON_ArrayForEach(word, expected) {
        if (pieces.first[w++] != n) fail_msg("word %zu has too many or too few pieces in %s", w, line);
        cJSON_ArrayForEach(id, cJSON_GetArrayItem(word, 5)) {
            if (n >= pieces.n || pieces.ids[n] != id->valueint) fail_msg("piece %zu differs in %s", n, line);
            n++;
        }
    }
    assert_int_equal(pieces.first[w], n);
    assert_int_equal(pieces.n, n);
    hs_arena_free(&arena);
}

/* A source tree without weights builds and tests too; a path that is given must be there. */
static void golden_texts(void **state) {
    (void)state;
    const char *weights_path = getenv("HEARSAY_WEIGHTS"), *folder = getenv("HEARSAY_GOLDEN");
    hs_weights weights;
    hs_error error = {0};
    hs_status status = hs_weights_map(&weights, weights_path ? weights_path : "models/hearsay.hsw", &error);
    if (status == HS_ERR_MISSING && !weights_path) skip();
    if (status != HS_OK) fail_msg("%s", error.message);
    hs_vocab vocab;
    assert_int_equal(hs_vocab_init(&vocab, weights.vocab, weights.config.vocab, NULL), HS_OK);
    char path[4096];
    snprintf(path, sizeof path, "%s/words.jsonl", folder ? folder : "test/golden");
    FILE *golden = fopen(path, "r");
    if (!golden) fail_msg("cannot open %s", path);
    char *line = NULL;
    size_t room = 0, rows = 0;
    while (getline(&line, &room, golden) > 0) {
        cJSON *row = cJSON_Parse(line);
        assert_non_null(row);
        check_row(&vocab, row, line);
        cJSON_Delete(row);
        rows++;
    }
    assert_true(rows > 50);
    free(line);
    fclose(golden);
    hs_vocab_free(&vocab);
    hs_weights_unmap(&weights);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_piece_first),  cmocka_unit_test(long_words_are_unknown), cmocka_unit_test(no_words),
        cmocka_unit_test(damaged_vocabularies), cmocka_unit_test(golden_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
