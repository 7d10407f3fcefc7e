/* The index of keys: what was added is found, over flushes and merges; of a key with many pages the newest stay. */
#include "ledger/postings.h"

#include <stdlib.h>
#include <unistd.h>

#include "check.h"

#define OK(call)                                             \
    do {                                                     \
        hs_error error_;                                     \
        if ((call) != HS_OK) fail_msg("%s", error_.message); \
    } while (0)

/* How many pages of a key are found, and one of them. */
static size_t find(uint32_t *page, hs_postings *p, uint32_t key) {
    hs_arena arena;
    hs_postings_found found = {0};
    hs_arena_init(&arena, 1 << 20);
    if (setjmp(arena.full)) fail_msg("no memory");
    OK(hs_postings_find(&found, p, &arena, &key, 1, &error_));
    *page = found.n ? found.v[0].page : 0;
    size_t n = found.n;
    hs_arena_free(&arena);
    return n;
}

/* Many keys at once give the pages of each. */
static void check_all(hs_postings *p, uint32_t last) {
    hs_arena arena;
    hs_postings_found found = {0};
    uint64_t sum = 0;
    hs_arena_init(&arena, 1 << 24);
    if (setjmp(arena.full)) fail_msg("no memory");
    uint32_t *keys = HS_NEW(&arena, uint32_t, last + 1);
    for (uint32_t i = 0; i <= last; i++) keys[i] = i * 7;
    OK(hs_postings_find(&found, p, &arena, keys, last + 1, &error_));
    assert_int_equal(found.n, last);
    for (size_t i = 0; i < found.n; i++) sum += found.v[i].page;
    assert_int_equal(sum, (uint64_t)last * (last + 1) / 2);
    hs_arena_free(&arena);
}

static hs_db *new_db(char *path) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    hs_db *db;
    OK(hs_db_open(&db, path, true, &error_));
    return db;
}

static void test_many_segments(void **state) {
    (void)state;
    char path[] = "/tmp/hearsay-postings-XXXXXX";
    hs_db *db = new_db(path);
    hs_postings *p = hs_postings_new(db, 1 << 26);
    uint32_t page = 0, found;
    for (int round = 0; round < 80; round++) { /* through two levels of merging */
        OK(db->ops->begin(db, true, &error_));
        OK(hs_postings_refresh(p, &error_));
        for (int i = 0; i < 50; i++) {
            page++;
            assert_true(hs_postings_add(p, page * 7, page));
            assert_true(hs_postings_add(p, 12345, page));
        }
        assert_true(find(&found, p, page * 7) == 1 && found == page);
        OK(hs_postings_flush(p, &error_));
        OK(db->ops->end(db, true, &error_));
    }
    check_all(p, page);
    assert_int_equal(find(&found, p, 12345), HS_POSTINGS_MOST);
    assert_int_equal(find(&found, p, 3), 0);
    hs_postings *other = hs_postings_new(db, 1 << 26); /* as another process would see it */
    OK(hs_postings_refresh(other, &error_));
    assert_true(find(&found, other, 7 * 1234) == 1 && found == 1234);
    hs_postings_free(other);
    hs_postings_free(p);
    hs_db_free(db);
    unlink(path);
}

/* Blocks are let go and read again when there is no room for all. Keys are spread as hashes are. */
static void test_little_memory(void **state) {
    (void)state;
    enum { ROUNDS = 9, ENTRIES = 60000 };
    char path[] = "/tmp/hearsay-postings-XXXXXX";
    hs_db *db = new_db(path);
    for (int pass = 0; pass < 2; pass++) { /* the second finds what the first has written, without any room */
        hs_postings *p = hs_postings_new(db, pass ? 0 : 2 << 20);
        uint32_t found;
        for (uint32_t round = 0; round < ROUNDS; round++) {
            OK(db->ops->begin(db, true, &error_));
            OK(hs_postings_refresh(p, &error_));
            for (uint32_t i = round * ENTRIES; !pass && i < (round + 1) * ENTRIES; i++)
                assert_true(hs_postings_add(p, i * 0x9E3779B1U, i));
            OK(hs_postings_flush(p, &error_));
            OK(db->ops->end(db, true, &error_));
        }
        for (uint32_t i = 1; i < ROUNDS * ENTRIES; i += 97)
            assert_true(find(&found, p, i * 0x9E3779B1U) == 1 && found == i);
        hs_postings_free(p);
    }
    hs_db_free(db);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_many_segments), cmocka_unit_test(test_little_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
