/* Tests of the forest's table: it is for the measures that there are, and every walk through a tree ends. */
#include "page/scores_table.h"
#include "reading.h"

static void the_table_is_for_these_measures(void **state) {
    (void)state;
    assert_int_equal(hs_scores_n_measures, HS_FEATURE_COUNT);
}

static void trees_are_whole(void **state) {
    (void)state;
    for (size_t t = 0; t < hs_scores_n_trees; t++) {
        size_t from = hs_scores_trees[t];
        size_t to = t + 1 < hs_scores_n_trees ? hs_scores_trees[t + 1] : hs_scores_n_nodes;
        assert_true(from < to);
        for (size_t i = from; i < to; i++) {
            const hs_scores_node *node = &hs_scores_nodes[i];
            if (node->measure == HS_SCORES_LEAF) continue;
            assert_true(node->measure < HS_FEATURE_COUNT);
            assert_true(from + node->left > i && from + node->left < to);
            assert_true(from + node->right > i && from + node->right < to);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_table_is_for_these_measures),
        TEST(trees_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
