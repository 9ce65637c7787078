#include "support/check.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* cmocka 1.1.5 compares in float, where 20977.0 and 20977.0005 are the same number. */
static void close_compares_in_double(void **state) {
    (void)state;
    assert_true(frem_close(20977.0, 20977.0, 0.0));
    assert_true(frem_close(20977.0, 20977.0005, 0.001));
    assert_false(frem_close(20977.0, 20977.0005, 0.0004));
    assert_false(frem_close(1.0, 1.0 + 1e-12, 1e-13));
}

static void close_takes_nothing_for_nan(void **state) {
    (void)state;
    const double nan_value = (double)NAN, infinite = (double)INFINITY;
    assert_false(frem_close(nan_value, 1.0, 1e300));
    assert_false(frem_close(1.0, nan_value, 1e300));
    assert_false(frem_close(nan_value, nan_value, 1e300));
    assert_false(frem_close(1.0, 1.0, nan_value));
    assert_false(frem_close(infinite, 1.0, infinite));
    assert_false(frem_close(infinite, -infinite, infinite));
    assert_true(frem_close(-infinite, -infinite, 0.0));
}

/* Under another LC_ALL the library's numbers are tested only if the test programs really are in that locale.
 */
static void environment_locale_is_taken(void **state) {
    (void)state;
    const char *asked = getenv("LC_ALL");
    if (asked == NULL || strcmp(asked, "da_DK.UTF-8") != 0)
        skip();
    assert_text(setlocale(LC_ALL, NULL), "da_DK.UTF-8");
    assert_text(localeconv()->decimal_point, ",");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(close_compares_in_double),
        cmocka_unit_test(close_takes_nothing_for_nan),
        cmocka_unit_test(environment_locale_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
