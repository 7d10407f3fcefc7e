/* The arena: alignment, zeroing, growth, the cap, and the jump when there is no more memory. */
#include <string.h>

#include "base/arena.h"
#include "check.h"

static void gives_aligned_zeroed_memory(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    for (size_t n = 0; n < 300; n++) {
        unsigned char *p = hs_arena_alloc(&arena, n, 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
        memset(p, 0xFF, n);
    }
    hs_arena_free(&arena);
}

static void pieces_do_not_overlap(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    assert_int_equal(setjmp(arena.full), 0);
    enum { PIECES = 2000 };
    unsigned char *p[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        p[i] = hs_arena_alloc(&arena, 1 + i % 97, 1);
        memset(p[i], (int)(i % 251), 1 + i % 97);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < 1 + i % 97; j++) assert_int_equal(p[i][j], i % 251);
    hs_arena_free(&arena);
}

static void a_piece_larger_than_a_chunk(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, (size_t)64 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    char *small = hs_arena_alloc(&arena, 10, 1);
    memcpy(small, "123456789", 10);
    char *large = hs_arena_alloc(&arena, 1, (size_t)20 << 20);
    large[0] = large[((size_t)20 << 20) - 1] = 'x';
    assert_string_equal(small, "123456789");
    hs_arena_free(&arena);
}

static void the_cap_holds(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 100000);
    static size_t pieces;
    pieces = 0;
    if (setjmp(arena.full)) {
        assert_in_range(pieces, 80, 100);
        assert_true(arena.used <= arena.cap);
        hs_arena_free(&arena);
        assert_int_equal(arena.used, 0);
        return;
    }
    for (;; pieces++) {
        assert_true(pieces < 1000);
        hs_arena_alloc(&arena, 1000, 1);
    }
}

static void a_cap_of_nothing(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 0);
    if (setjmp(arena.full)) {
        hs_arena_free(&arena);
        return;
    }
    hs_arena_alloc(&arena, 1, 1);
    fail();
}

static bool jumps(size_t count, size_t size) {
    hs_arena arena;
    hs_arena_init(&arena, SIZE_MAX);
    bool jumped = setjmp(arena.full) != 0;
    if (!jumped) hs_arena_alloc(&arena, count, size);
    hs_arena_free(&arena);
    return jumped;
}

static void products_are_checked(void **state) {
    (void)state;
    assert_true(jumps(SIZE_MAX, 1));
    assert_true(jumps(1, SIZE_MAX));
    assert_true(jumps(SIZE_MAX / 2, 3));
    assert_true(jumps((size_t)1 << 40, (size_t)1 << 40)); /* the product is 0 modulo 2^64 */
    assert_true(jumps(SIZE_MAX / 16 + 2, 16));
    assert_false(jumps(0, 16));
    assert_false(jumps(16, 0));
}

static void the_nth_allocation_fails(void **state) {
    (void)state;
    for (size_t n = 1; n < 20; n++) {
        hs_arena arena;
        hs_arena_init(&arena, 1 << 20);
        arena.fail_after = n;
        static size_t made;
        made = 0;
        if (setjmp(arena.full) == 0) {
            for (;; made++) hs_arena_alloc(&arena, 8, 1);
        }
        assert_int_equal(made, n - 1);
        hs_arena_free(&arena);
    }
}

static void grows_in_place_and_by_moving(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    int *a = hs_arena_alloc(&arena, 4, sizeof *a);
    for (int i = 0; i < 4; i++) a[i] = i;
    int *b = hs_arena_grow(&arena, a, 4, 8, sizeof *a);
    assert_ptr_equal(a, b);
    for (int i = 4; i < 8; i++) {
        assert_int_equal(b[i], 0);
        b[i] = i;
    }
    hs_arena_alloc(&arena, 1, 1);
    int *c = hs_arena_grow(&arena, b, 8, 16, sizeof *a);
    assert_ptr_not_equal(b, c);
    for (int i = 0; i < 16; i++) assert_int_equal(c[i], i < 8 ? i : 0);
    assert_non_null(hs_arena_grow(&arena, NULL, 0, 3, sizeof *a));
    hs_arena_free(&arena);
}

static void growth_never_eats_the_next_piece(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 22);
    assert_int_equal(setjmp(arena.full), 0);
    HS_VEC(uint16_t) a = {0};
    HS_VEC(char) b = {0};
    for (size_t i = 0; i < 20000; i++) {
        HS_PUSH(&arena, a, (uint16_t)i);
        if (i % 3 == 0) HS_PUSH(&arena, b, (char)(i % 127));
    }
    assert_int_equal(a.n, 20000);
    for (size_t i = 0; i < a.n; i++) assert_int_equal(a.v[i], (uint16_t)i);
    for (size_t i = 0; i < b.n; i++) assert_int_equal(b.v[i], (char)(i * 3 % 127));
    hs_arena_free(&arena);
}

static void reserves_more_than_double(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    HS_VEC(int) v = {0};
    HS_RESERVE(&arena, v, 1000);
    assert_true(v.cap >= 1000);
    int *before = v.v;
    HS_RESERVE(&arena, v, 1000);
    assert_ptr_equal(before, v.v);
    hs_arena_free(&arena);
}

static void two_arenas_side_by_side_have_one_cap(void **state) {
    (void)state;
    hs_arena one, other;
    hs_arena_init(&one, 1 << 20);
    hs_arena_init(&other, 1 << 20);
    one.beside = &other;
    other.beside = &one;
    if (setjmp(one.full)) fail();
    hs_arena_alloc(&one, 700 << 10, 1);
    if (!setjmp(other.full)) {
        hs_arena_alloc(&other, 400 << 10, 1);
        fail();
    }
    hs_arena_free(&one);
    if (setjmp(other.full)) fail();
    hs_arena_alloc(&other, 400 << 10, 1);
    hs_arena_free(&other);
}

static void what_is_returned_is_zeroed_for_the_next(void **state) {
    (void)state;
    hs_arena arena;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail();
    for (size_t size = 100; size < (4 << 20); size *= 8) {
        hs_arena_place place = hs_arena_here(&arena);
        size_t used = arena.used;
        for (size_t i = 0; i < 3; i++) memset(hs_arena_alloc(&arena, size, 1), 'x', size);
        hs_arena_return(&arena, place);
        assert_true(arena.used <= used + (1 << 20));
        char *again = hs_arena_alloc(&arena, size, 1);
        for (size_t i = 0; i < size; i++) assert_int_equal(again[i], 0);
    }
    hs_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_memory),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(a_piece_larger_than_a_chunk),
        cmocka_unit_test(the_cap_holds),
        cmocka_unit_test(a_cap_of_nothing),
        cmocka_unit_test(products_are_checked),
        cmocka_unit_test(the_nth_allocation_fails),
        cmocka_unit_test(grows_in_place_and_by_moving),
        cmocka_unit_test(growth_never_eats_the_next_piece),
        cmocka_unit_test(reserves_more_than_double),
        cmocka_unit_test(what_is_returned_is_zeroed_for_the_next),
        cmocka_unit_test(two_arenas_side_by_side_have_one_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
