/* UTF-8: every code point, every ill-formed sequence of up to four bytes that a rule tells apart, and the classes. */
#include <string.h>

#include "base/utf8.h"
#include "check.h"

#define S HS_STR

static void every_code_point_comes_back(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t n = hs_utf8_encode(bytes, cp), next;
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        uint32_t back = hs_utf8_decode((hs_str){bytes, n}, 0, &next);
        if (back != (surrogate ? 0xFFFD : cp) || next != n || !hs_utf8_valid((hs_str){bytes, n})) fail();
    }
    char bytes[4];
    assert_int_equal(hs_utf8_encode(bytes, 0x110000), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

/* RFC 3629's grammar, written out once more, in another way than utf8.c does it: the length of the well-formed sequence at
 * the start, or 0. */
static size_t well_formed(const unsigned char *p, size_t n) {
    static const struct {
        unsigned char from[4], to[4];
        size_t n;
    } rows[] = {
        {{0x00}, {0x7F}, 1},
        {{0xC2, 0x80}, {0xDF, 0xBF}, 2},
        {{0xE0, 0xA0, 0x80}, {0xE0, 0xBF, 0xBF}, 3},
        {{0xE1, 0x80, 0x80}, {0xEC, 0xBF, 0xBF}, 3},
        {{0xED, 0x80, 0x80}, {0xED, 0x9F, 0xBF}, 3},
        {{0xEE, 0x80, 0x80}, {0xEF, 0xBF, 0xBF}, 3},
        {{0xF0, 0x90, 0x80, 0x80}, {0xF0, 0xBF, 0xBF, 0xBF}, 4},
        {{0xF1, 0x80, 0x80, 0x80}, {0xF3, 0xBF, 0xBF, 0xBF}, 4},
        {{0xF4, 0x80, 0x80, 0x80}, {0xF4, 0x8F, 0xBF, 0xBF}, 4},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t i = 0;
        while (i < rows[r].n && i < n && p[i] >= rows[r].from[i] && p[i] <= rows[r].to[i]) i++;
        if (i == rows[r].n) return i;
    }
    return 0;
}

/* Every pair of bytes, each followed by nothing, by a continuation byte, by two, and by ASCII. */
static void every_pair_of_bytes(void **state) {
    (void)state;
    static const char *const tails[] = {"",
                                        "\x80",
                                        "\x80\x80",
                                        "\xBF\xBF",
                                        "a",
                                        "\x80"
                                        "a"};
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++)
            for (size_t t = 0; t < sizeof tails / sizeof *tails; t++) {
                unsigned char bytes[8] = {(unsigned char)a, (unsigned char)b};
                size_t n = 2 + strlen(tails[t]), next;
                memcpy(bytes + 2, tails[t], n - 2);
                uint32_t cp = hs_utf8_decode((hs_str){(char *)bytes, n}, 0, &next);
                size_t good = well_formed(bytes, n);
                if (good && (next != good || (cp == 0xFFFD && good != 3))) fail();
                if (!good && (cp != 0xFFFD || next < 1 || next > 3)) fail();
            }
}

static void repaired_to(hs_str bad, hs_str good) {
    hs_arena arena;
    hs_arena_init(&arena, 1 << 20);
    assert_int_equal(setjmp(arena.full), 0);
    assert_false(hs_utf8_valid(bad));
    hs_str repaired = hs_utf8_repair(&arena, bad);
    assert_str(repaired, good);
    assert_true(hs_utf8_valid(repaired));
    hs_arena_free(&arena);
}

#define R "\xEF\xBF\xBD"

/* The examples of the Unicode Standard, tables 3-8 to 3-11: one U+FFFD for each maximal part. */
static void bad_parts_are_replaced_one_by_one(void **state) {
    (void)state;
    repaired_to(S("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), S(R R R R R R R R "A"));
    repaired_to(S("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), S(R R R R R R R R "A"));
    repaired_to(S("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), S(R R R R R "A" R R "B"));
    repaired_to(S("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), S(R R R R "A"));
}

static void cut_off_ends(void **state) {
    (void)state;
    repaired_to(S("x\xC3"), S("x" R));
    repaired_to(S("x\xE2\x82"), S("x" R));
    repaired_to(S("x\xF0\x9F\x93"), S("x" R));
    repaired_to(S("\xF0"), S(R));
    repaired_to(S("\x80"), S(R));
    repaired_to(S("\xFE\xFF"), S(R R));
}

static void valid_text_is_left_alone(void **state) {
    (void)state;
    hs_str text = S("a\0b \xC3\xA9 \xE2\x82\xAC " R " \xF4\x8F\xBF\xBF");
    assert_true(hs_utf8_valid(text));
    assert_ptr_equal(hs_utf8_repair(NULL, text).p, text.p);
    assert_true(hs_utf8_valid(S("")));
    assert_int_equal(hs_utf8_count(text), 11);
    assert_int_equal(hs_utf8_count(S("")), 0);
}

static void classes(void **state) {
    (void)state;
    static const struct {
        uint32_t cp;
        hs_char_class class;
    } cases[] = {
        {'A', HS_CHAR_UPPER},          {0x1C5, HS_CHAR_UPPER},
        {'z', HS_CHAR_LOWER},          {0xDF, HS_CHAR_LOWER},
        {0x5D0, HS_CHAR_LETTER},       {0x2B0, HS_CHAR_LETTER},
        {0x4E00, HS_CHAR_LETTER},      {'7', HS_CHAR_DIGIT},
        {0x665, HS_CHAR_DIGIT},        {0xBD, HS_CHAR_NUMBER},
        {0x2160, HS_CHAR_NUMBER},      {'"', HS_CHAR_PUNCT},
        {0x201C, HS_CHAR_PUNCT},       {'_', HS_CHAR_PUNCT},
        {0x2014, HS_CHAR_PUNCT},       {' ', HS_CHAR_SPACE},
        {0xA0, HS_CHAR_SPACE},         {0x2028, HS_CHAR_SPACE},
        {0x301, HS_CHAR_MARK},         {0, HS_CHAR_CONTROL},
        {'\n', HS_CHAR_CONTROL},       {0xAD, HS_CHAR_CONTROL},
        {0xE000, HS_CHAR_CONTROL},     {0xD800, HS_CHAR_CONTROL},
        {'$', HS_CHAR_OTHER_SYMBOL},   {0x1F600, HS_CHAR_OTHER_SYMBOL},
        {0x378, HS_CHAR_OTHER_SYMBOL}, {0x110000, HS_CHAR_OTHER_SYMBOL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(hs_char_classify(cases[i].cp), cases[i].class);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back),       cmocka_unit_test(every_pair_of_bytes),
        cmocka_unit_test(bad_parts_are_replaced_one_by_one), cmocka_unit_test(cut_off_ends),
        cmocka_unit_test(valid_text_is_left_alone),          cmocka_unit_test(classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
