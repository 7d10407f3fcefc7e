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

static void test_many_segments(void **state) {
    (void)state;
    char path[] = "/tmp/hearsay-postings-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    hs_db *db;
    OK(hs_db_open(&db, path, true, &error_));
    hs_postings *p = hs_postings_new(db);
    uint32_t pages[HS_POSTINGS_MOST], page = 0;
    size_t n;
    for (int round = 0; round < 80; round++) { /* through two levels of merging */
        OK(db->ops->begin(db, true, &error_));
        OK(hs_postings_refresh(p, &error_));
        for (int i = 0; i < 50; i++) {
            page++;
            assert_true(hs_postings_add(p, page * 7, page));
            assert_true(hs_postings_add(p, 12345, page));
        }
        OK(hs_postings_find(p, page * 7, pages, &n, &error_));
        assert_true(n == 1 && pages[0] == page);
        OK(hs_postings_flush(p, &error_));
        OK(db->ops->end(db, true, &error_));
    }
    for (uint32_t i = 1; i <= page; i++) {
        OK(hs_postings_find(p, i * 7, pages, &n, &error_));
        assert_true(n == 1 && pages[0] == i);
    }
    OK(hs_postings_find(p, 12345, pages, &n, &error_));
    assert_int_equal(n, HS_POSTINGS_MOST);
    OK(hs_postings_find(p, 3, pages, &n, &error_));
    assert_int_equal(n, 0);
    hs_postings *other = hs_postings_new(db); /* as another process would see it */
    OK(hs_postings_refresh(other, &error_));
    OK(hs_postings_find(other, 7 * 1234, pages, &n, &error_));
    assert_true(n == 1 && pages[0] == 1234);
    hs_postings_free(other);
    hs_postings_free(p);
    hs_db_free(db);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_many_segments)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
