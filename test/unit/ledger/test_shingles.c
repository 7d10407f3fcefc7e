/* What texts share word for word. */
#include "ledger/shingles.h"

#include "base/arena.h"
#include "check.h"

static const char LONG[] =
    "The ferry to Brenn was late again on Monday because the crew had found a crack in the ramp. Engineers closed it "
    "with "
    "steel plates from the yard, and in the evening the first lorries rolled aboard under a cold rain from the north.";

static hs_share share_of(hs_arena *arena, hs_str a, hs_str b) {
    hs_shingles x = hs_shingles_of(arena, a), y = hs_shingles_of(arena, b);
    hs_shingle_set set = hs_shingle_set_of(arena, &x);
    return hs_share_of(arena, &x, &set, &y);
}

static size_t prints_of(uint32_t *out, hs_arena *arena, hs_str text) {
    hs_shingles shingles = hs_shingles_of(arena, text);
    return hs_fingerprints(out, arena, &shingles);
}

static void test_shares(void **state) {
    (void)state;
    static hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    hs_str text = hs_str_of(LONG), part = hs_str_slice(text, 0, 91);
    hs_share share = share_of(&arena, text, text);
    assert_true(share.of_a == 1 && share.of_b == 1);
    share = share_of(&arena, part, text);
    assert_true(share.of_a > 0.95 && share.of_b > 0.3 && share.of_b < 0.6);
    share = share_of(&arena, text, HS_STR("Nothing of this stands in the other text at all, not even five words"));
    assert_true(share.of_a == 0 && share.of_b == 0);
    share = share_of(&arena, text, (hs_str){0});
    assert_true(share.of_a == 0 && share.of_b == 0);
    hs_arena_free(&arena);
}

static void test_fingerprints_are_met_again_in_a_copy(void **state) {
    (void)state;
    static hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    uint32_t a[HS_MOST_FINGERPRINTS], b[HS_MOST_FINGERPRINTS];
    hs_str text = hs_str_of(LONG);
    size_t n = prints_of(a, &arena, text), m = prints_of(b, &arena, hs_str_slice(text, 0, 130)), shared = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++) shared += a[i] == b[k];
    assert_true(n > 3 && m > 1 && shared + 2 >= m);
    assert_int_equal(prints_of(a, &arena, HS_STR("four words are few")), 0);
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shares),
                                       cmocka_unit_test(test_fingerprints_are_met_again_in_a_copy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
