/** @file
 *  What the tests share: cmocka in the one right order, a comparison of doubles in double, and the locale of
 *  the environment, which every test program takes before main() so that a run under LC_ALL=da_DK.UTF-8 means
 *  something.
 */
#ifndef FREM_TESTS_SUPPORT_CHECK_H
#define FREM_TESTS_SUPPORT_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Fails with both values unless |actual - expected| <= tolerance. cmocka's own assert_float_equal compares
 *  in float and lets 20977.0 pass for 20977.0005. NaN is never close to anything; an infinity only to itself. */
#define assert_close(actual, expected, tolerance)                                                            \
    frem_check_close((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

/** What assert_close() asks. */
bool frem_close(double actual, double expected, double tolerance);

void frem_check_close(double actual, double expected, double tolerance, const char *what, const char *file,
                      int line);

/** Fails unless text is equal, naming both. */
#define assert_text(actual, expected) assert_string_equal((actual), (expected))

#endif
