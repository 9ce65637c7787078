/* Roots between two ends. */
#include <math.h>

#include "numeric/numeric.h"
#include "support/check.h"

static frem_status cube_less_two(void *context, double at, double *value) {
    (*(int *)context)++;
    *value = at * at * at - 2;
    return FREM_OK;
}

/* -1 below 0.3, 3 from there on. */
static frem_status step(void *context, double at, double *value) {
    (*(int *)context)++;
    *value = at < 0.3 ? -1 : 3;
    return FREM_OK;
}

static frem_status line(void *context, double at, double *value) {
    (*(int *)context)++;
    *value = 7 - 2 * at;
    return FREM_OK;
}

static frem_status failing(void *context, double at, double *value) {
    (void)at;
    *value = 0;
    return ++*(int *)context >= 2 ? FREM_INTERRUPTED : cube_less_two(context, at, value);
}

static void roots_are_found(void **state) {
    (void)state;
    int calls = 0;
    double root, value;
    const frem_root_search cube = {{0, 2}, {-2, 6}, 1e-12, cube_less_two, &calls};
    assert_int_equal(frem_root_find(&cube, &root, &value), FREM_OK);
    assert_close(root, cbrt(2), 1e-12);
    assert_true(fabs(value) <= 1e-12);
    assert_true(calls < 20);
    /* A line is met at once: the values of the ends are known. */
    calls = 0;
    const frem_root_search falls = {{0, 10}, {7, -13}, 1e-12, line, &calls};
    assert_int_equal(frem_root_find(&falls, &root, &value), FREM_OK);
    assert_close(root, 3.5, 1e-12);
    assert_true(calls <= 3);
}

/* Where the function jumps over 0, the end that is nearer to 0 comes back, with its value. */
static void a_jump_is_no_root(void **state) {
    (void)state;
    int calls = 0;
    double root, value;
    const frem_root_search jump = {{0, 1}, {-1, 3}, 1e-12, step, &calls};
    assert_int_equal(frem_root_find(&jump, &root, &value), FREM_OK);
    assert_true(value == -1);
    assert_true(root < 0.3);
}

static void what_is_no_bracket_is_refused(void **state) {
    (void)state;
    int calls = 0;
    double root, value;
    const frem_root_search same = {{2, 3}, {6, 25}, 1e-12, cube_less_two, &calls};
    assert_int_equal(frem_root_find(&same, &root, &value), FREM_INVALID);
    assert_int_equal(calls, 0);
    const frem_root_search fails = {{0, 2}, {-2, 6}, 1e-12, failing, &calls};
    assert_int_equal(frem_root_find(&fails, &root, &value), FREM_INTERRUPTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_found),
        cmocka_unit_test(a_jump_is_no_root),
        cmocka_unit_test(what_is_no_bracket_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
