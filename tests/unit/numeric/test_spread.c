#include "support/check.h"

#include <float.h>

#include "numeric/numeric.h"

/** Sum from left to right, as any reader of the ages would take it. */
static double sum_of(const double *ages, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += ages[i];
    return sum;
}

static void two_groups_follow_the_spline(void **state) {
    (void)state;
    /* Borders 0, 2, 4; sums 2 and 6: the cumulative points (0,0) (2,2) (4,8), slopes 1 and 3.
     * Steffen's slope at 2: min(1, 3, 2/2) * 2 = 2; at the ends that of the part beside them, 1 and 3.
     * First part: a = (1 + 2 - 2)/4 = 1/4, b = (3 - 2 - 2)/2 = -1/2, c = 1: C(1) = 0.75: ages 0.75 and 1.25.
     * Second: a = (2 + 3 - 6)/4 = -1/4, b = (9 - 4 - 3)/2 = 1, c = 2: C(3) = 2 + 2.75: ages 2.75 and 3.25. */
    const int borders[] = {0, 2, 4};
    const double sums[] = {2.0, 6.0};
    double ages[4];
    assert_int_equal(frem_spread(borders, sums, 2, ages), FREM_OK);
    assert_close(ages[0], 0.75, 1e-14);
    assert_close(ages[1], 1.25, 1e-14);
    assert_close(ages[2], 2.75, 1e-14);
    assert_close(ages[3], 3.25, 1e-14);
}

static void one_group_is_spread_evenly(void **state) {
    (void)state;
    const int borders[] = {17, 20};
    const double sums[] = {300.0};
    double ages[3];
    assert_int_equal(frem_spread(borders, sums, 1, ages), FREM_OK);
    for (size_t i = 0; i < 3; i++)
        assert_close(ages[i], 100.0, 1e-12);
}

static void sums_are_kept_and_no_age_is_negative(void **state) {
    (void)state;
    const int borders[] = {0, 3, 6, 10, 15, 17, 20, 25, 30, 40, 65, 80};
    const double sums[] = {0.1, 12345.678, 3.3, 0.0, 9999.0 / 7.0, 1e-7, 70.0, 1e6, 0.3, 41234.5, 17.0 / 3.0};
    double ages[80];
    assert_int_equal(frem_spread(borders, sums, 11, ages), FREM_OK);
    for (size_t i = 0; i < 80; i++)
        assert_true(ages[i] >= 0.0 && isfinite(ages[i]));
    for (size_t g = 0; g < 11; g++) {
        const double sum = sum_of(ages + borders[g], (size_t)(borders[g + 1] - borders[g]));
        assert_close(sum, sums[g], sums[g] * DBL_EPSILON);
    }
}

static void a_group_of_nobody_holds_nobody(void **state) {
    (void)state;
    const int borders[] = {20, 25, 30, 35};
    const double sums[] = {10.7, 0.0, 33.1};
    double ages[15];
    assert_int_equal(frem_spread(borders, sums, 3, ages), FREM_OK);
    for (size_t i = 5; i < 10; i++)
        assert_close(ages[i], 0.0, 0.0);
}

static void single_ages_pass_through_to_the_last_bit(void **state) {
    (void)state;
    const int borders[] = {30, 31, 32, 33, 34};
    const double sums[] = {0.1, 1234567.7, 0.3, 1.0 / 3.0};
    double ages[4];
    assert_int_equal(frem_spread(borders, sums, 4, ages), FREM_OK);
    assert_memory_equal(ages, sums, sizeof sums);
}

static void a_group_lost_in_the_cumulative_count_is_spread_evenly(void **state) {
    (void)state;
    /* 1e17 + 2 is 1e17 in a double: the curve is flat over the second group. */
    const int borders[] = {0, 1, 3};
    const double sums[] = {1e17, 2.0};
    double ages[3];
    assert_int_equal(frem_spread(borders, sums, 2, ages), FREM_OK);
    assert_close(ages[1], 1.0, 0.0);
    assert_close(ages[2], 1.0, 0.0);
}

static void many_random_groups_keep_their_sums(void **state) {
    (void)state;
    uint64_t seed = 20260101;
    for (int round = 0; round < 2000; round++) {
        int borders[9] = {0};
        double sums[8];
        double ages[8 * 16];
        for (size_t g = 0; g < 8; g++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            borders[g + 1] = borders[g] + 1 + (int)(seed >> 60);
            sums[g] = (seed >> 32) % 5 == 0 ? 0.0 : (double)(seed >> 40) / 977.0;
        }
        assert_int_equal(frem_spread(borders, sums, 8, ages), FREM_OK);
        for (size_t g = 0; g < 8; g++) {
            const size_t n = (size_t)(borders[g + 1] - borders[g]);
            for (size_t i = 0; i < n; i++)
                assert_true(ages[borders[g] + (int)i] >= 0.0);
            assert_close(sum_of(ages + borders[g], n), sums[g], sums[g] * DBL_EPSILON);
        }
    }
}

static void bad_groups_are_refused(void **state) {
    (void)state;
    double ages[4];
    const int rising[] = {0, 2, 4};
    const int empty[] = {0, 2, 2};
    const double good[] = {1.0, 2.0};
    const double negative[] = {1.0, -0.5};
    const double missing[] = {1.0, (double)NAN};
    const double huge[] = {1.7e308, 1.7e308};
    assert_int_equal(frem_spread(rising, good, 0, ages), FREM_INVALID);
    assert_int_equal(frem_spread(empty, good, 2, ages), FREM_INVALID);
    assert_int_equal(frem_spread(rising, negative, 2, ages), FREM_INVALID);
    assert_int_equal(frem_spread(rising, missing, 2, ages), FREM_INVALID);
    assert_int_equal(frem_spread(rising, huge, 2, ages), FREM_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_follow_the_spline),
        cmocka_unit_test(one_group_is_spread_evenly),
        cmocka_unit_test(sums_are_kept_and_no_age_is_negative),
        cmocka_unit_test(a_group_of_nobody_holds_nobody),
        cmocka_unit_test(single_ages_pass_through_to_the_last_bit),
        cmocka_unit_test(a_group_lost_in_the_cumulative_count_is_spread_evenly),
        cmocka_unit_test(many_random_groups_keep_their_sums),
        cmocka_unit_test(bad_groups_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
