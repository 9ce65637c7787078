#include "support/check.h"

#include <stdlib.h>

#include "base/sort.h"

/* By tens, so that numbers of one ten are of equal order. */
static int by_tens(size_t a, size_t b, void *context) {
    ++*(size_t *)context;
    return (a / 10 > b / 10) - (a / 10 < b / 10);
}

static void test_small(void **state) {
    size_t asked = 0, numbers[] = {31, 12, 5, 19, 30, 3, 11};
    const size_t sorted[] = {5, 3, 12, 19, 11, 31, 30}; /* in each ten as they came */
    (void)state;
    assert_int_equal(frem_sort(numbers, 7, by_tens, &asked), FREM_OK);
    assert_memory_equal(numbers, sorted, sizeof sorted);
    assert_true(asked > 0);
    assert_int_equal(frem_sort(NULL, 0, by_tens, &asked), FREM_OK);
    assert_int_equal(frem_sort(numbers, 1, by_tens, &asked), FREM_OK);
    assert_int_equal(numbers[0], 5);
}

/* Every length to 70: sorted, stable, and of the numbers that were there. */
static void test_lengths(void **state) {
    (void)state;
    for (size_t n = 0; n <= 70; n++) {
        size_t numbers[70], asked = 0, sum = 0, random = 12345 + n;
        for (size_t i = 0; i < n; i++) {
            random = (random * 1103515245 + 12345) % 2147483648u;
            numbers[i] = random / 65536 % 5 * 10000 + i; /* five orders; the place is behind them */
            sum += numbers[i];
        }
        assert_int_equal(frem_sort(numbers, n, by_tens, &asked), FREM_OK);
        for (size_t i = 1; i < n; i++)
            assert_true(numbers[i - 1] / 10 <= numbers[i] / 10);
        for (size_t i = 0; i < n; i++)
            sum -= numbers[i];
        assert_int_equal(sum, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_small), cmocka_unit_test(test_lengths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
