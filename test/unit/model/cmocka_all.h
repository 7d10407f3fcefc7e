/* cmocka and what it needs before it. */
#ifndef HS_TEST_CMOCKA_ALL_H
#define HS_TEST_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
