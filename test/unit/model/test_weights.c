/* A valid file opens; cut short anywhere, or with any field of its header or table changed, it does not. */
#include "cmocka_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make_weights.h"
#include "model/model.h"

enum { HEADER = 64, ENTRY = 96 };

static hs_weights weights;

static size_t tensors_of(hs_made made) {
    uint32_t n;
    memcpy(&n, made.bytes + 12, sizeof n);
    return n;
}

static uint8_t *entry_of(hs_made made, const char *name) {
    for (size_t i = 0; i < tensors_of(made); i++) {
        uint8_t *e = made.bytes + HEADER + i * ENTRY;
        if (strncmp((char *)e, name, 48) == 0) return e;
    }
    fail_msg("no tensor %s", name);
    return NULL;
}

static uint64_t get64(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static void *tensor_of(hs_made made, const char *name) {
    return made.bytes + get64(entry_of(made, name) + 72);
}

static void refused(hs_made made, const char *why) {
    hs_error error = {0};
    assert_int_equal(hs_weights_from_memory(&weights, made.bytes, made.n, "some.hsw", &error), HS_ERR_FORMAT);
    assert_int_equal(error.code, HS_ERR_FORMAT);
    assert_ptr_equal(strstr(error.message, "some.hsw: "), error.message);
    if (!strstr(error.message, why)) fail_msg("\"%s\" does not say \"%s\"", error.message, why);
}

static void accepted(hs_made made) {
    hs_error error = {0};
    if (hs_weights_from_memory(&weights, made.bytes, made.n, "some.hsw", &error) != HS_OK)
        fail_msg("%s", error.message);
}

/* Changes `n` bytes at `p`, seals the file, sees it refused and puts everything back. */
static void changed(hs_made made, void *p, const void *value, size_t n, const char *why) {
    uint8_t before[64];
    memcpy(before, p, n);
    memcpy(p, value, n);
    hs_made_seal(made);
    refused(made, why);
    memcpy(p, before, n);
    hs_made_seal(made);
}

static void changed32(hs_made made, void *p, uint32_t value, const char *why) {
    changed(made, p, &value, sizeof value, why);
}

static void changed64(hs_made made, void *p, uint64_t value, const char *why) {
    changed(made, p, &value, sizeof value, why);
}

static void test_valid(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    accepted(made);
    assert_int_equal(weights.config.lead, hs_small_config.lead);
    assert_int_equal(weights.config.trail, hs_small_config.trail);
    assert_int_equal(weights.layer[1].down.k, hs_small_config.inner);
    assert_ptr_equal(weights.pair_V, tensor_of(made, "pair.V"));
    free(made.bytes);
}

static void test_header(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    for (size_t i = 0; i < HEADER; i++) {
        uint8_t before = made.bytes[i];
        made.bytes[i] ^= 0x81;
        refused(made, i < 8 ? "not a weights file" : i < 12 ? "weights of version" : "damaged weights");
        made.bytes[i] = before;
    }
    accepted(made);
    changed32(made, made.bytes + 12, 0, "tensor config is not there");
    changed32(made, made.bytes + 12, (uint32_t)tensors_of(made) - 1, "is not there");
    changed32(made, made.bytes + 12, UINT32_MAX, "shorter than its table");
    free(made.bytes);
}

static void test_truncated(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    size_t table = HEADER + tensors_of(made) * ENTRY;
    for (size_t n = 0; n < made.n; n += n < table + 300 ? 1 : 997) {
        /* A copy of just so many bytes, for the sanitizer to see a step too far; once as it is, once claiming to be whole. */
        hs_made cut = {malloc(n ? n : 1), n};
        memcpy(cut.bytes, made.bytes, n);
        refused(cut, n < 8 ? "not a weights file" : n < HEADER ? "shorter" : "not as long as it says");
        if (n >= HEADER) {
            hs_made_seal(cut);
            refused(cut, "damaged weights");
        }
        free(cut.bytes);
    }
    free(made.bytes);
}

static void test_digest(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    for (size_t i = HEADER; i < made.n; i += 211) {
        made.bytes[i] ^= 1;
        refused(made, "some.hsw: damaged weights: digest does not match");
        made.bytes[i] ^= 1;
    }
    accepted(made);
    free(made.bytes);
}

static void test_table(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    for (size_t i = 0; i < tensors_of(made); i++) {
        uint8_t *e = made.bytes + HEADER + i * ENTRY;
        uint64_t rows = get64(e + 56), columns = get64(e + 64), length = get64(e + 80);
        uint32_t type, rank;
        memcpy(&type, e + 48, 4);
        memcpy(&rank, e + 52, 4);
        changed(made, e, "Q", 1, "tensor");
        changed(made, e, "", 1, "name is not zero-filled");
        changed(made, e + 47, "x", 1, "name is not zero-filled");
        for (uint32_t t = 0; t < 7; t++)
            if (t != type) changed32(made, e + 48, t, "tensor");
        changed32(made, e + 48, UINT32_MAX, "unknown type");
        changed32(made, e + 52, 0, "wrong rank");
        changed32(made, e + 52, 3, "wrong rank");
        changed32(made, e + 52, 3 - rank, "wrong");
        changed64(made, e + 56, rows + 1, "length that is not its shape's");
        changed64(made, e + 56, 0, "length that is not its shape's");
        changed64(made, e + 56, rows | 1ULL << 63, "length that is not its shape's");
        changed64(made, e + 64, columns + 1, "");
        changed64(made, e + 64, 0, "");
        changed64(made, e + 64, UINT64_MAX, "");
        changed64(made, e + 72, get64(e + 72) + 4, "odd place");
        changed64(made, e + 72, 0, "odd place");
        changed64(made, e + 72, (made.n + 63) / 64 * 64, "odd place");
        changed64(made, e + 72, UINT64_MAX - 63, "odd place");
        changed64(made, e + 80, length + 1, "length that is not its shape's");
        changed64(made, e + 80, UINT64_MAX, "length that is not its shape's");
        changed64(made, e + 88, 1, "bytes that should be zero");
    }
    accepted(made);
    free(made.bytes);
}

static void test_shapes(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    for (size_t i = 0; i < tensors_of(made); i++) {
        /* A shape that agrees with the length, but not with the config. */
        uint8_t *e = made.bytes + HEADER + i * ENTRY, odd[40];
        uint64_t rows = get64(e + 56), columns = get64(e + 64), length = get64(e + 80);
        if (strcmp((char *)e, "vocab") == 0) continue;
        memcpy(odd, e + 48, sizeof odd);
        uint64_t other[2] = {rows - 1, columns}, less = length / rows * (rows - 1);
        memcpy(odd + 8, other, sizeof other);
        memcpy(odd + 32, &less, sizeof less);
        changed(made, e + 48, odd, sizeof odd, "wrong shape");
    }
    free(made.bytes);
}

static void test_config(void **unused) {
    (void)unused;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    uint8_t *config = tensor_of(made, "config");
    static const uint32_t odd[] = {0, UINT32_MAX, 0x7FFFFFFF, 1U << 31};
    for (size_t field = 0; field < 9; field++) {
        for (size_t i = 0; i < 4; i++) changed32(made, config + field * 4, odd[i], "out of range");
    }
    changed32(made, config + 2 * 4, 96, "do not divide");
    changed32(made, config + 2 * 4, 128, "wrong shape");
    changed32(made, config + 3 * 4, HS_MAX_LAYERS + 1, "out of range");
    changed32(made, config + 3 * 4, 1, "does not know");
    changed32(made, config + 3 * 4, 12, "layer.2.qkv is not there");
    changed32(made, config + 4 * 4, 3, "do not divide");
    changed32(made, config + 4 * 4, 8, "do not divide");
    changed32(made, config + 7 * 4, 41, "do not fit");
    changed32(made, config + 7 * 4, 2, "do not fit");
    changed32(made, config + 8 * 4, 32, "do not fit");
    free(made.bytes);
}

static void test_contents(void **unused) {
    (void)unused;
    static const float odd[] = {NAN, INFINITY, -INFINITY};
    hs_made made = hs_make_weights(&hs_small_config, 1);
    for (size_t i = 0; i < 3; i++)
        changed(made, tensor_of(made, "pair.V.bias"), &odd[i], 4, "pair.V.bias holds a number that");
    changed32(made, (uint8_t *)tensor_of(made, "layer.0.up.sum") + 8, 127 * 64 + 1, "layer.0.up has impossible sums");
    changed32(made, tensor_of(made, "layer.0.up.sum"), 0x80000000U, "layer.0.up has impossible sums");
    free(made.bytes);
}

static void test_files(void **unused) {
    (void)unused;
    char path[64];
    hs_error error = {0};
    hs_model *model;
    hs_made made = hs_make_weights(&hs_small_config, 1);
    assert_true(hs_made_write(made, path));
    assert_int_equal(hs_model_open(&model, path, &error), HS_OK);
    assert_int_equal(hs_model_cue_crf(model).tags, HS_CUE_TAGS);
    assert_int_equal(hs_model_pair_crf(model).tags, HS_PAIR_TAGS);
    hs_model_free(model);
    unlink(path);
    assert_int_equal(hs_model_open(&model, path, &error), HS_ERR_MISSING);
    assert_null(model);
    assert_non_null(strstr(error.message, path));
    assert_int_equal(hs_model_open(&model, path, NULL), HS_ERR_MISSING);
    assert_int_equal(hs_model_open(&model, "/tmp", &error), HS_ERR_FORMAT);
    assert_int_equal(hs_model_open(&model, "/dev/null", &error), HS_ERR_FORMAT);
    hs_model_free(NULL);

    memcpy(tensor_of(made, "vocab"), "[CLS]", 5); /* twice now */
    hs_made_seal(made);
    assert_true(hs_made_write(made, path));
    assert_int_equal(hs_model_open(&model, path, &error), HS_ERR_FORMAT);
    assert_non_null(strstr(error.message, "damaged weights: "));
    unlink(path);
    made.n = 0;
    assert_true(hs_made_write(made, path));
    assert_int_equal(hs_model_open(&model, path, &error), HS_ERR_FORMAT);
    assert_non_null(strstr(error.message, "not a weights file"));
    unlink(path);
    free(made.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),  cmocka_unit_test(test_header),   cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_digest), cmocka_unit_test(test_table),    cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_config), cmocka_unit_test(test_contents), cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
