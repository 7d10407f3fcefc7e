/* Verdicts: see verdict.h. A short page may say itself that it is a wall. Else the page's signs are weighed; the weights were worked out
 * by train/page/verdict.py, and the reason given is that of the signs that speak most for a list, compared with pages that hold an article. */
#include "page/verdict.h"

#include "page/signs.h"
#include "page/verdict_weights.inc"

#define WALL "the page asks for a login or a subscription"

/* What people are told; REASON_NONE: signs that only ever speak for an article, or that say nothing to a reader. */
typedef enum reason { REASON_NONE, REASON_ADDRESS, REASON_LINKS, REASON_GOODS, REASON_PIECES, REASON_COUNT } reason;

static hs_str words_of(reason r) {
    switch (r) {
    case REASON_ADDRESS: return HS_STR("the page is the front of a section or category, by its address");
    case REASON_GOODS: return HS_STR("the page is a list of goods or offers");
    case REASON_PIECES: return HS_STR("the page holds only short pieces of text that do not belong together");
    default: return HS_STR("the page is a list of links to other pages");
    }
}

static const reason REASONS[HS_SIGN_COUNT] = {
    [HS_SIGN_CLASS_LIST] = REASON_ADDRESS,  [HS_SIGN_URL_WORDS] = REASON_ADDRESS,   [HS_SIGN_URL_LIST] = REASON_ADDRESS,
    [HS_SIGN_BODY_LINKS] = REASON_LINKS,    [HS_SIGN_BEFORE_LINKS] = REASON_LINKS,  [HS_SIGN_REPEATS] = REASON_LINKS,
    [HS_SIGN_TIMES] = REASON_LINKS,         [HS_SIGN_STRETCH_SHARE] = REASON_LINKS, [HS_SIGN_PRICES] = REASON_GOODS,
    [HS_SIGN_LIST_WORDS] = REASON_GOODS,    [HS_SIGN_BUTTONS] = REASON_GOODS,       [HS_SIGN_BODY_LONG] = REASON_PIECES,
    [HS_SIGN_FAMILY_BYTES] = REASON_PIECES, [HS_SIGN_FAMILY_COUNT] = REASON_PIECES,
};

static const struct weight {
    double weight, usual;
} WEIGHTS[HS_SIGN_COUNT] = {
#define WEIGHT(id, weight, usual) [HS_SIGN_##id] = {weight, usual},
    HS_VERDICT_WEIGHTS(WEIGHT)
#undef WEIGHT
};

/* What the signs come to. */
typedef struct sum {
    double all, list; /* list: of the signs that speak for one */
    reason chief;
} sum;

static sum sum_of(const hs_signs *signs, bool has_body) {
    sum out = {.all = HS_VERDICT_BIAS, .chief = REASON_LINKS};
    double of[REASON_COUNT] = {0};
    for (size_t i = 0; i < HS_SIGN_COUNT; i++) {
        double part = WEIGHTS[i].weight * signs->v[i];
        out.all += part;
        if (WEIGHTS[i].weight > 0) out.list += part;
        of[REASONS[i]] += part - WEIGHTS[i].weight * WEIGHTS[i].usual;
    }
    reason end = has_body ? REASON_COUNT : REASON_PIECES;
    for (reason r = signs->v[HS_SIGN_URL_NONE] > 0 ? REASON_LINKS : REASON_ADDRESS; r < end; r++)
        if (of[r] > of[out.chief]) out.chief = r;
    return out;
}

/* A field for a password, where the page has nothing else to say. */
static bool asks_for_password(const hs_html_page *page) {
    for (size_t i = 0; i < page->tree->n_nodes; i++)
        if (page->tree->nodes[i]->tag == HS_TAG_INPUT &&
            hs_str_eq_nocase(hs_node_attr(page->tree->nodes[i], HS_STR("type")), HS_STR("password")))
            return true;
    return false;
}

static bool says(hs_phrase list, const hs_html_page *page, const hs_strs *body) {
    enum { BLOCKS = 60, LINE = 400 };
    size_t at, n;
    for (size_t i = 0; i < body->n; i++)
        if (hs_rules_holds(list, body->v[i], &at, &n)) return true;
    if (body->n) return false;
    for (size_t i = 0; i < page->blocks.n && i < BLOCKS; i++)
        if (page->blocks.v[i].text.n < LINE && hs_rules_holds(list, page->blocks.v[i].text, &at, &n)) return true;
    return false;
}

/* What a page with hardly any text says of itself. */
static hs_str own_words(const hs_html_page *page, const hs_strs *body) {
    static const struct {
        hs_phrase list;
        hs_str why;
    } SAID[] = {{HS_PHRASE_MISSING, {"the page says that it was not found", 35}},
                {HS_PHRASE_WALL, {WALL, sizeof WALL - 1}},
                {HS_PHRASE_COOKIES, {"the page shows only its question about cookies", 46}}};
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++)
        if (says(SAID[i].list, page, body)) return SAID[i].why;
    return (hs_str){0};
}

hs_str hs_verdict_of(const hs_html_page *page, const hs_strs *body, bool dated) {
    enum { SHORT = 600 };
    size_t size = 0;
    for (size_t i = 0; i < body->n; i++) size += body->v[i].n;
    hs_str said = size < SHORT ? own_words(page, body) : (hs_str){0};
    if (said.n) return said;
    hs_signs signs = hs_signs_of(page, body, dated);
    sum s = sum_of(&signs, size > 0);
    double shown = size ? 1.2 : 0.6; /* a short text may lack all that articles have: a list must also look like one */
    if (s.all > 0 && s.list > shown) return words_of(s.chief);
    if (size) return (hs_str){0};
    return asks_for_password(page) ? HS_STR(WALL) : HS_STR("the page holds no article text");
}
