/* Tests of readers' comments: several systems' markup, threads, and what is no comment. */
#include "reading.h"

#define STORY                                                                                                     \
    "<article><h1>Ferry loses its rudder</h1><p>The harbour of Skerrin was closed for most of the night after a " \
    "ferry "                                                                                                      \
    "had lost its rudder, the port said.</p><p>Two tugs from Brenn reached it at dawn, and nobody was hurt, "     \
    "according "                                                                                                  \
    "to the coast guard of the island.</p></article>"

static hs_record read_with(const char *thread) {
    hs_buf html = {0};
    hs_buf_add(&arena, &html, HS_STR("<html><head><title>Ferry loses its rudder</title></head><body>" STORY));
    hs_buf_add(&arena, &html, hs_str_of(thread));
    hs_buf_add(&arena, &html, HS_STR("</body></html>"));
    hs_record r = read_page(hs_buf_str(&html));
    assert_true(r.text.n > 0);
    return r;
}

static void assert_comment(const hs_record *r, size_t i, const char *author, const char *date, const char *text,
                           size_t reply_to) {
    assert_true(i < r->n_comments);
    assert_str(r->comments[i].author, author);
    assert_str(r->comments[i].date, date);
    assert_str(r->comments[i].text, text);
    assert_true(r->comments[i].reply_to == reply_to);
}

/* A list whose items wrap the comment and its answers. */
static void nested_lists(void **state) {
    (void)state;
    hs_record r = read_with(
        "<div id=comments class=comments-area><ol class=comment-list>"
        "<li id=comment-7 class='comment even depth-1'><article id=div-comment-7 class=comment-body><footer "
        "class=comment-meta>"
        "<div class='comment-author vcard'><b class=fn>Ann Toll</b> <span class=says>says:</span></div><div "
        "class=comment-metadata>"
        "<a href=#7><time datetime=2031-11-20T08:00:00+01:00>20 November</time></a></div></footer><div "
        "class=comment-content>"
        "<p>I was on board.</p><p>A long night!</p></div><div class=reply><a href=#>Reply</a></div></article>"
        "<ol class=children><li id=comment-8 class='comment odd depth-2'><article id=div-comment-8 class=comment-body>"
        "<div class='comment-author vcard'><b class=fn>Bo</b></div><div class=comment-content><p>Glad you are "
        "safe.</p></div>"
        "</article></li></ol></li>"
        "<li id=comment-9 class='comment even depth-1'><article id=div-comment-9 class=comment-body><div "
        "class=comment-author>"
        "<cite class=fn>Cy</cite></div><div class=comment-content><p>Again?</p></div></article></li></ol></div>");
    assert_int_equal(r.n_comments, 3);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20T08:00:00+01:00", "I was on board.\n\nA long night!", HS_NONE);
    assert_comment(&r, 1, "Bo", "", "Glad you are safe.", 0);
    assert_comment(&r, 2, "Cy", "", "Again?", HS_NONE);
}

static void microdata(void **state) {
    (void)state;
    hs_record r =
        read_with("<section class=comments><div itemprop=comment itemscope itemtype=https://schema.org/Comment><span "
                  "itemprop=author>Ann Toll"
                  "</span><meta itemprop=datePublished content=2031-11-20><div itemprop=text>It was cold.</div></div>"
                  "<div itemprop=comment itemscope itemtype=https://schema.org/Comment><span "
                  "itemprop=author>Bo</span><div itemprop=text>"
                  "And wet.</div></div></section>");
    assert_int_equal(r.n_comments, 2);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20", "It was cold.", HS_NONE);
    assert_comment(&r, 1, "Bo", "", "And wet.", HS_NONE);
}

/* Flat markup: who answers whom stands in attributes. */
static void parents_in_attributes(void **state) {
    (void)state;
    hs_record r =
        read_with("<div class=comments><div class=comment-item id=comment-41 data-parent=0><a class=username "
                  "href=/u/1>Ann Toll</a>"
                  "<span class=comment-date title='20 November 2031'>2 days ago</span><div class=txt>Who pays for the "
                  "tugs?</div><span>3 likes</span></div>"
                  "<div class=comment-item id=comment-44 data-parent=41><a class=username href=/u/2>Bo</a><span "
                  "class=comment-date "
                  "title='21 November 2031'>1 day ago</span><div class=txt>The owner does.</div></div></div>");
    assert_int_equal(r.n_comments, 2);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20", "Who pays for the tugs?", HS_NONE);
    assert_comment(&r, 1, "Bo", "2031-11-21", "The owner does.", 0);
}

/* No element is named one comment: brothers in a container that is named for them. */
static void brothers_in_a_container(void **state) {
    (void)state;
    hs_record r = read_with("<div id=comments><div class=row><div class=author>Ann Toll</div><div class=date>20 "
                            "November 2031</div><p>The port knew of it.</p>"
                            "</div><div class=row><div class=author>Bo</div><div class=date>21 November "
                            "2031</div><p>Reply to Ann Toll</p><p>How so?</p></div>"
                            "<div class=row><div class=author>Cy</div><div class=date>22 November 2031</div><p>They "
                            "all knew.</p></div></div>");
    assert_int_equal(r.n_comments, 3);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20", "The port knew of it.", HS_NONE);
    assert_comment(&r, 1, "Bo", "2031-11-21", "How so?", 0);
    assert_comment(&r, 2, "Cy", "2031-11-22", "They all knew.", HS_NONE);
}

static void names_in_plain_lines(void **state) {
    (void)state;
    hs_record r = read_with(
        "<ul class=commentlist><li class=comment><h4><span>Ann Toll</span> 20 November 2031 at 8:15</h4><p>Sad.</p>"
        "<li class=comment><div>Bo wrote on 21 November 2031:</div><p>Very.</p></ul>");
    assert_int_equal(r.n_comments, 2);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20", "Sad.", HS_NONE);
    assert_comment(&r, 1, "Bo", "2031-11-21", "Very.", HS_NONE);
}

static void json_ld(void **state) {
    (void)state;
    hs_record r = read_with("<div id=app-comments></div><script "
                            "type=application/ld+json>{\"@type\":\"NewsArticle\",\"comment\":[{\"@type\":\"Comment\","
                            "\"author\":{\"@type\":\"Person\",\"name\":\"Ann "
                            "Toll\"},\"dateCreated\":\"2031-11-20\",\"text\":\"Cold &amp; wet.\",\"comment\":"
                            "[{\"@type\":\"Comment\",\"author\":{\"name\":\"Bo\"},\"text\":\"And "
                            "dark.\"}]},{\"@type\":\"Comment\",\"author\":\"Cy\","
                            "\"text\":\"So?\"}]}</script>");
    assert_int_equal(r.n_comments, 3);
    assert_comment(&r, 0, "Ann Toll", "2031-11-20", "Cold & wet.", HS_NONE);
    assert_comment(&r, 1, "Bo", "", "And dark.", 0);
    assert_comment(&r, 2, "Cy", "", "So?", HS_NONE);
}

static void a_form_is_no_comment(void **state) {
    (void)state;
    hs_record r = read_with(
        "<div id=respond class=comment-respond><h3>Leave a comment</h3><form id=commentform class=comment-form>"
        "<p class=comment-notes>Your address will not be shown.</p><p "
        "class=comment-form-author><label>Name</label><input></p>"
        "<p class=comment-form-comment><textarea id=comment></textarea></p><button>Post</button></form></div>"
        "<ul id=recentcomments><li class=recentcomments><span class=comment-author-link>Ann</span> on <a "
        "href=/x>Ferry</a></li></ul>");
    assert_int_equal(r.n_comments, 0);
}

static void many_comments_take_linear_time(void **state) {
    (void)state;
    hs_buf html = {0};
    hs_buf_add(&arena, &html, HS_STR("<div class=comments>"));
    for (int i = 0; i < 5000; i++)
        hs_buf_add(
            &arena, &html,
            HS_STR(
                "<div class=comment data-parent=5><b class=fn>Ann</b><p>Reply to Nobody</p><p>Hear, hear.</p></div>"));
    assert_int_equal(read_with(hs_str_terminated(&arena, hs_buf_str(&html))).n_comments, 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nested_lists),
        TEST(microdata),
        TEST(parents_in_attributes),
        TEST(brothers_in_a_container),
        TEST(json_ld),
        TEST(names_in_plain_lines),
        TEST(a_form_is_no_comment),
        TEST(many_comments_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
