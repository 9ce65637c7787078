#include "support/check.h"

#include "numeric/numeric.h"

static const double years[] = {2018.0, 2020.0, 2024.0};
static const double values[] = {10.0, 20.0, 12.0};

static void read_curve(frem_between between, size_t n, const double *at, double *out, size_t m) {
    assert_int_equal(frem_curve(years, values, n, between, at, out, m), FREM_OK);
}

static void a_step_holds_until_the_next_point(void **state) {
    (void)state;
    const double at[] = {2018.0, 2019.0, 2019.999, 2020.0, 2023.0, 2024.0};
    const double expected[] = {10.0, 10.0, 10.0, 20.0, 20.0, 12.0};
    double out[6];
    read_curve(FREM_BETWEEN_STEP, 3, at, out, 6);
    for (size_t i = 0; i < 6; i++)
        assert_close(out[i], expected[i], 0.0);
}

static void a_line_is_straight(void **state) {
    (void)state;
    /* 2019: halfway from 10 to 20; 2021: 20 - 8/4; 2023: 20 - 3*8/4 */
    const double at[] = {2019.0, 2020.0, 2021.0, 2023.0};
    const double expected[] = {15.0, 20.0, 18.0, 14.0};
    double out[4];
    read_curve(FREM_BETWEEN_LINEAR, 3, at, out, 4);
    for (size_t i = 0; i < 4; i++)
        assert_close(out[i], expected[i], 1e-12);
}

static void outside_the_points_the_end_values_hold(void **state) {
    (void)state;
    const double at[] = {1900.0, 2017.9, 2024.0, 2100.0};
    const frem_between ways[] = {FREM_BETWEEN_STEP, FREM_BETWEEN_LINEAR, FREM_BETWEEN_SPLINE};
    for (size_t w = 0; w < 3; w++) {
        double out[4];
        read_curve(ways[w], 3, at, out, 4);
        assert_close(out[0], 10.0, 0.0);
        assert_close(out[1], 10.0, 0.0);
        assert_close(out[2], 12.0, 0.0);
        assert_close(out[3], 12.0, 0.0);
    }
}

static void a_spline_is_steffens(void **state) {
    (void)state;
    /* Points (0,0) (1,1) (2,4), equal steps h = 1, slopes s0 = 1 and s1 = 3.
     * Steffen's slope at 1: p = (s0 + s1)/2 = 2; (sign + sign) * min(|s0|, |s1|, |p|/2) = 2 * min(1, 3, 1)
     * = 2. At the ends GSL takes the slope of the last part, 1 at 0. Between 0 and 1: a = 1 + 2 - 2*1 = 1, b
     * = 3*1 - 2*1 - 2 = -1, c = 1: y = x^3 - x^2 + x, at 1/4 13/64, at 1/2 3/8. */
    const double x[] = {0.0, 1.0, 2.0};
    const double y[] = {0.0, 1.0, 4.0};
    const double at[] = {0.25, 0.5, 1.0};
    double out[3];
    assert_int_equal(frem_curve(x, y, 3, FREM_BETWEEN_SPLINE, at, out, 3), FREM_OK);
    assert_close(out[0], 0.203125, 1e-15);
    assert_close(out[1], 0.375, 1e-15);
    assert_close(out[2], 1.0, 0.0);
}

static void a_spline_never_leaves_the_points_beside_it(void **state) {
    (void)state;
    const double x[] = {0.0, 1.0, 2.0, 3.0, 10.0, 11.0};
    const double y[] = {0.0, 0.0, 100.0, 100.0, 99.0, 0.1};
    for (int i = 0; i <= 1100; i++) {
        const double at = i / 100.0;
        double out = -1.0;
        assert_int_equal(frem_curve(x, y, 6, FREM_BETWEEN_SPLINE, &at, &out, 1), FREM_OK);
        size_t k = 0;
        while (k < 4 && at >= x[k + 1])
            k++;
        assert_true(out >= fmin(y[k], y[k + 1]) && out <= fmax(y[k], y[k + 1]));
    }
}

static void points_give_their_own_values_to_the_last_bit(void **state) {
    (void)state;
    const double x[] = {0.0, 3.0, 7.0, 11.0};
    const double y[] = {0.1, 0.7, 0.3, 0.2};
    const frem_between ways[] = {FREM_BETWEEN_STEP, FREM_BETWEEN_LINEAR, FREM_BETWEEN_SPLINE};
    for (size_t w = 0; w < 3; w++) {
        double out[4];
        assert_int_equal(frem_curve(x, y, 4, ways[w], x, out, 4), FREM_OK);
        assert_memory_equal(out, y, sizeof y);
    }
}

static void few_points_make_a_constant_or_a_line(void **state) {
    (void)state;
    const double at[] = {2000.0, 2019.0, 2050.0};
    const frem_between ways[] = {FREM_BETWEEN_STEP, FREM_BETWEEN_LINEAR, FREM_BETWEEN_SPLINE};
    double out[3];
    for (size_t w = 0; w < 3; w++) {
        read_curve(ways[w], 1, at, out, 3);
        for (size_t i = 0; i < 3; i++)
            assert_close(out[i], 10.0, 0.0);
    }
    read_curve(FREM_BETWEEN_SPLINE, 2, at, out, 3);
    assert_close(out[1], 15.0, 1e-12);
}

static void a_constant_path_changes_no_bit(void **state) {
    (void)state;
    const double x[] = {2018.0, 2025.0, 2040.0};
    const double y[] = {0.1, 0.1, 0.1};
    const frem_between ways[] = {FREM_BETWEEN_STEP, FREM_BETWEEN_LINEAR, FREM_BETWEEN_SPLINE};
    for (size_t w = 0; w < 3; w++) {
        for (int year = 2015; year < 2045; year++) {
            const double at = year;
            double out = 0.0;
            assert_int_equal(frem_curve(x, y, 3, ways[w], &at, &out, 1), FREM_OK);
            assert_close(out, 0.1, 0.0);
        }
    }
}

static void bad_points_are_refused(void **state) {
    (void)state;
    const double at = 1.0;
    double out = 0.0;
    const double rising[] = {0.0, 1.0, 2.0};
    const double twice[] = {0.0, 1.0, 1.0};
    const double falling[] = {0.0, 2.0, 1.0};
    const double missing[] = {0.0, (double)NAN, 2.0};
    const double endless[] = {0.0, 1.0, (double)INFINITY};
    assert_int_equal(frem_curve(rising, values, 0, FREM_BETWEEN_LINEAR, &at, &out, 1), FREM_INVALID);
    assert_int_equal(frem_curve(twice, values, 3, FREM_BETWEEN_STEP, &at, &out, 1), FREM_INVALID);
    assert_int_equal(frem_curve(falling, values, 3, FREM_BETWEEN_SPLINE, &at, &out, 1), FREM_INVALID);
    assert_int_equal(frem_curve(missing, values, 3, FREM_BETWEEN_LINEAR, &at, &out, 1), FREM_INVALID);
    assert_int_equal(frem_curve(rising, endless, 3, FREM_BETWEEN_LINEAR, &at, &out, 1), FREM_INVALID);
    const double nowhere = (double)NAN;
    assert_int_equal(frem_curve(rising, values, 3, FREM_BETWEEN_LINEAR, &nowhere, &out, 1), FREM_INVALID);
}

static void an_overflow_is_refused_not_returned(void **state) {
    (void)state;
    const double x[] = {0.0, 1.0};
    const double y[] = {-1.7e308, 1.7e308};
    const double at = 0.5;
    double out = 0.0;
    assert_int_equal(frem_curve(x, y, 2, FREM_BETWEEN_LINEAR, &at, &out, 1), FREM_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_holds_until_the_next_point),
        cmocka_unit_test(a_line_is_straight),
        cmocka_unit_test(outside_the_points_the_end_values_hold),
        cmocka_unit_test(a_spline_is_steffens),
        cmocka_unit_test(a_spline_never_leaves_the_points_beside_it),
        cmocka_unit_test(points_give_their_own_values_to_the_last_bit),
        cmocka_unit_test(few_points_make_a_constant_or_a_line),
        cmocka_unit_test(a_constant_path_changes_no_bit),
        cmocka_unit_test(bad_points_are_refused),
        cmocka_unit_test(an_overflow_is_refused_not_returned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
