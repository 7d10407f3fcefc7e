/* What every unit test includes: cmocka and what it needs, and comparing of strings. */
#ifndef TEST_UNIT_CHECK_H
#define TEST_UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(actual, expected)                                           \
    do {                                                                       \
        hs_str actual_ = (actual), expected_ = (expected);                     \
        assert_int_equal(actual_.n, expected_.n);                              \
        if (actual_.n) assert_memory_equal(actual_.p, expected_.p, actual_.n); \
    } while (0)

#endif
