/* What stands and what goes when something fails within a caller's transaction. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "hearsay.h"

#define OK(call)                                             \
    do {                                                     \
        hs_error error_;                                     \
        if ((call) != HS_OK) fail_msg("%s", error_.message); \
    } while (0)

static void add(hs_ledger *ledger, const char *path) {
    char json[400];
    hs_added added;
    int n = snprintf(json, sizeof json,
                     "{\"path\": \"%s\", \"text\": \"Ana Brock said the bridge is safe.\", \"claims\": [{\"id\": "
                     "\"c1\", \"source\": [[0, 9]], \"cue\": [[10, 14]], \"content\": [[15, 33]]}]}",
                     path);
    OK(hs_ledger_add(&added, ledger, &(hs_addition){.json = json, .n = (size_t)n}, &error_));
    assert_int_equal(added, HS_ADDED_NEW);
}

static hs_status note(hs_ledger *ledger, const char *claim, const char *reply_to) {
    char id[16];
    hs_error error;
    hs_new_note n = {.size = sizeof n, .claim = claim, .text = "Seen.", .reply_to = reply_to};
    return hs_ledger_note(id, ledger, &n, &error);
}

static hs_ledger *new_ledger(char *path) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    hs_ledger *ledger;
    hs_ledger_options options;
    hs_ledger_options_init(&options);
    options.write = true;
    OK(hs_ledger_open(&ledger, path, &options, &error_));
    return ledger;
}

static void test_a_note_on_nothing(void **state) {
    (void)state;
    char path[] = "/tmp/hearsay-transaction-XXXXXX";
    hs_ledger *ledger = new_ledger(path);
    hs_ledger_counts counts;
    OK(hs_ledger_begin(ledger, &error_));
    add(ledger, "a");
    assert_int_equal(note(ledger, "b#c1", NULL), HS_ERR_MISSING);
    assert_int_equal(note(ledger, "a#c2", NULL), HS_ERR_MISSING);
    assert_int_equal(note(ledger, "a", NULL), HS_ERR_ARGUMENT);
    assert_int_equal(note(ledger, "a#c1", "n000000000000"), HS_ERR_MISSING);
    assert_int_equal(note(ledger, "a#c1", NULL), HS_OK);
    add(ledger, "b");
    OK(hs_ledger_commit(ledger, &error_));
    assert_int_equal(note(ledger, "c#c1", NULL), HS_ERR_MISSING); /* its own transaction is over */
    OK(hs_ledger_begin(ledger, &error_));
    add(ledger, "c");
    hs_ledger_rollback(ledger);
    OK(hs_ledger_count(&counts, ledger, &error_));
    assert_int_equal(counts.pages, 2);
    assert_int_equal(counts.notes, 1);
    hs_ledger_free(ledger);
    unlink(path);
}

/* Links and mentions wait for the end of a transaction; who asks before sees them all the same. */
static void test_answers_within(void **state) {
    (void)state;
    char path[] = "/tmp/hearsay-transaction-XXXXXX";
    hs_ledger *ledger = new_ledger(path);
    hs_trace *trace;
    hs_who *who;
    for (int within = 1; within >= 0; within--) {
        if (within) {
            OK(hs_ledger_begin(ledger, &error_));
            add(ledger, "a");
            add(ledger, "b");
        }
        OK(hs_ledger_trace(&trace, ledger, "b#c1", &error_));
        assert_int_equal(trace->n_carriers, 2);
        hs_trace_free(trace);
        OK(hs_ledger_who(&who, ledger, "Ana Brock", 0, &error_));
        assert_int_equal(who->n, 1);
        assert_int_equal(who->v[0].n_pages, 2);
        hs_who_free(who);
        if (within) OK(hs_ledger_commit(ledger, &error_));
    }
    hs_ledger_free(ledger);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_note_on_nothing), cmocka_unit_test(test_answers_within)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
