/* Tests of the tree: shape, numbering, text, references, and the limits that hostile nesting meets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "html/tree.h"

enum { CAP = 512 << 20 };

static int open_arena(void **state) {
    hs_arena *arena = malloc(sizeof *arena);
    hs_arena_init(arena, CAP);
    *state = arena;
    return setjmp(arena->full) ? -1 : 0;
}

static int close_arena(void **state) {
    hs_arena_free(*state);
    free(*state);
    return 0;
}

static const hs_node *first(const hs_tree *tree, hs_tag tag) {
    for (size_t i = 0; i < tree->n_nodes; i++)
        if (tree->nodes[i]->tag == tag) return tree->nodes[i];
    return NULL;
}

static void assert_str(hs_str got, const char *expected) {
    assert_int_equal(got.n, strlen(expected));
    assert_memory_equal(got.p, expected, got.n);
}

static void every_tag_is_found_by_its_name(void **state) {
    (void)state;
    for (int tag = 1; tag < HS_TAG_COUNT; tag++) assert_int_equal(hs_tag_of(hs_tag_name((hs_tag)tag)), tag);
    assert_int_equal(hs_tag_of(HS_STR("blink")), HS_TAG_OTHER);
    assert_int_equal(hs_tag_of(HS_STR("")), HS_TAG_OTHER);
}

static void nodes_are_numbered_in_document_order(void **state) {
    const hs_tree *tree = hs_tree_parse(*state, HS_STR("<p>a<b>c</b></p><p>d"));
    for (size_t i = 0; i < tree->n_nodes; i++) {
        assert_int_equal(tree->nodes[i]->order, i);
        assert_true(tree->nodes[i]->end > i && tree->nodes[i]->end <= tree->n_nodes);
        if (tree->nodes[i]->parent) assert_true(hs_node_inside(tree->nodes[i], tree->nodes[i]->parent));
    }
    assert_str(hs_node_text(*state, tree, tree->document), "ac d");
}

static void attributes_are_decoded(void **state) {
    const hs_tree *tree = hs_tree_parse(*state, HS_STR("<A HREF='x?a=1&amp;b=2' class=\"K\">t</A>"));
    const hs_node *a = first(tree, HS_TAG_A);
    assert_non_null(a);
    assert_str(hs_node_attr(a, HS_STR("href")), "x?a=1&b=2");
    assert_null(hs_node_attr(a, HS_STR("id")).p);
}

static void references_are_decoded(void **state) {
    assert_str(hs_html_unescape(*state, HS_STR("&ldquo;a &lt;b&gt; &amp; c&rdquo; &#8217;&#x2014; <i> &nosuch;")),
               "\xE2\x80\x9C"
               "a <b> & c\xE2\x80\x9D \xE2\x80\x99\xE2\x80\x94 <i> &nosuch;");
    assert_str(hs_html_unescape(*state, HS_STR("plain")), "plain");
    assert_null(hs_html_unescape(*state, (hs_str){0}).p);
}

/* The tree in short: "p(one b(two))". */
static void write_short(hs_arena *arena, hs_buf *out, const hs_node *node) {
    if (node->kind == HS_NODE_TEXT) hs_buf_add(arena, out, node->text);
    if (node->kind != HS_NODE_ELEMENT) return;
    hs_buf_add(arena, out, node->name);
    hs_buf_byte(arena, out, '(');
    for (const hs_node *child = node->first_child; child; child = child->next) write_short(arena, out, child);
    hs_buf_byte(arena, out, ')');
}

static void assert_body(hs_arena *arena, const char *html, const char *expected) {
    const hs_tree *tree = hs_tree_parse(arena, hs_str_of(html));
    hs_buf out = {0};
    for (const hs_node *child = first(tree, HS_TAG_BODY)->first_child; child; child = child->next)
        write_short(arena, &out, child);
    assert_str(hs_buf_str(&out), expected);
}

static void markup_is_mended_as_browsers_do(void **state) {
    assert_body(*state, "<p>one<p>two<div>three", "p(one)p(two)div(three)");
    assert_body(*state, "<ul><li>a<li>b</ul>", "ul(li(a)li(b))");
    assert_body(*state, "<b>one<p>two</b>three", "b(one)p(b(two)three)");
    assert_body(*state, "<a>one<a>two", "a(one)a(two)");
    assert_body(*state, "<table>x<tr><td>y", "xtable(tbody(tr(td(y))))");
    assert_body(*state, "one</p>two", "onep()two");
    assert_body(*state, "<svg><foreignObject><p>x</svg>y", "svg(foreignObject(p(xy)))");
    assert_body(*state, "<textarea>\n<b></textarea><noscript><i>n</i></noscript>", "textarea(<b>)noscript(i(n))");
    assert_body(*state, "a < b &amp;&lt; c</x>d", "a < b &< cd");
}

static void a_script_is_one_text(void **state) {
    const hs_tree *tree =
        hs_tree_parse(*state, HS_STR("<script>a<b <!-- <script> </script> --> \"</scripty>\" &amp;</SCRIPT >x"));
    assert_str(first(tree, HS_TAG_SCRIPT)->first_child->text, "a<b <!-- <script> </script> --> \"</scripty>\" &amp;");
    assert_str(hs_node_text(*state, tree, tree->document), "x");
}

static void a_fragment_is_read_as_content_of_its_context(void **state) {
    const hs_tree *rows = hs_tree_parse_fragment(*state, HS_STR("<td>a<td>b"), HS_STR("tr"));
    assert_str(rows->document->first_child->first_child->name, "td");
    const hs_tree *text = hs_tree_parse_fragment(*state, HS_STR("<td>a<td>b"), HS_STR("div"));
    assert_int_equal(text->document->first_child->first_child->kind, HS_NODE_TEXT);
}

static void a_page_has_so_many_nodes_at_most(void **state) {
    enum { TIMES = 400000 };
    hs_buf html = {0};
    for (int i = 0; i < TIMES; i++) hs_buf_add(*state, &html, HS_STR("<i>a</i>"));
    hs_buf_add(*state, &html, HS_STR("<script>no</script>the end"));
    const hs_tree *tree = hs_tree_parse(*state, hs_buf_str(&html));
    assert_true(tree->n_nodes < TIMES);
    assert_int_equal(hs_node_text(*state, tree, tree->document).n, TIMES + sizeof "the end" - 1);
}

static hs_str repeated(hs_arena *arena, const char *piece, size_t times, const char *end) {
    hs_buf out = {0};
    for (size_t i = 0; i < times; i++) hs_buf_add(arena, &out, hs_str_of(piece));
    hs_buf_add(arena, &out, hs_str_of(end));
    return hs_buf_str(&out);
}

static size_t depth_of(const hs_tree *tree) {
    size_t deepest = 0;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        size_t depth = 0;
        for (const hs_node *at = tree->nodes[i]; at->parent; at = at->parent) depth++;
        if (depth > deepest) deepest = depth;
    }
    return deepest;
}

static void deep_nesting_is_flattened_and_the_text_stays(void **state) {
    static const char *const PIECES[] = {"<div>",    "<b>",    "<a>",    "<table><tr><td>", "<p>",
                                         "<ul><li>", "<font>", "<span>", "<section>"};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const hs_tree *tree = hs_tree_parse(*state, repeated(*state, PIECES[i], 10000, "the end"));
        assert_true(hs_str_ends(hs_node_text(*state, tree, tree->document), HS_STR("the end")));
        assert_true(depth_of(tree) < HS_TREE_DEPTH + 40);
    }
}

static void a_tag_with_many_attributes_keeps_its_end(void **state) {
    hs_buf html = {0};
    hs_buf_add(*state, &html, HS_STR("<div"));
    for (int i = 0; i < 5000; i++) {
        char piece[] = " a0000=1";
        piece[2] = (char)('0' + i / 1000 % 10);
        piece[3] = (char)('0' + i / 100 % 10);
        piece[4] = (char)('0' + i / 10 % 10);
        piece[5] = (char)('0' + i % 10);
        hs_buf_add(*state, &html, hs_str_of(piece));
    }
    hs_buf_add(*state, &html, HS_STR(">text</div>"));
    const hs_tree *tree = hs_tree_parse(*state, hs_buf_str(&html));
    assert_int_equal(first(tree, HS_TAG_DIV)->n_attrs, HS_TREE_ATTRIBUTES);
    assert_str(hs_node_text(*state, tree, tree->document), "text");
}

static void any_prefix_of_a_page_is_a_page(void **state) {
    static const char PAGE[] = "<!doctype html><html><head><title>t&amp;</title><script>a<b</script></head><body "
                               "class=\"x\"><!-- c --><p>one &ldquo;two&rdquo;<table><tr><td>x</table></body></html>";
    for (size_t n = 0; n < sizeof PAGE; n++) assert_true(hs_tree_parse(*state, (hs_str){PAGE, n})->n_nodes > 0);
}

static void a_full_arena_jumps_and_leaks_nothing(void **state) {
    (void)state;
    static const char PAGE[] = "<html><body><div class=a><p>one <b>two</b> &amp; three</p></div></body></html>";
    for (volatile size_t n = 1; n < 400; n++) {
        hs_arena arena;
        hs_arena_init(&arena, CAP);
        arena.fail_after = n;
        if (!setjmp(arena.full)) hs_tree_parse(&arena, hs_str_of(PAGE));
        hs_arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tag_is_found_by_its_name),
        cmocka_unit_test_setup_teardown(nodes_are_numbered_in_document_order, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(attributes_are_decoded, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(references_are_decoded, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(markup_is_mended_as_browsers_do, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_script_is_one_text, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_fragment_is_read_as_content_of_its_context, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_page_has_so_many_nodes_at_most, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(deep_nesting_is_flattened_and_the_text_stays, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_tag_with_many_attributes_keeps_its_end, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(any_prefix_of_a_page_is_a_page, open_arena, close_arena),
        cmocka_unit_test(a_full_arena_jumps_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
