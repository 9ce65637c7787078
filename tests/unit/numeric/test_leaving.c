#include "support/check.h"

#include "numeric/numeric.h"

/* Values of the standard normal distribution function, from its tables:
 * P(0.5) = 0.691462461274013, P(1) = 0.841344746068543, P(1.5) = 0.933192798731142, P(2) = 0.977249868051821,
 * P(2.5) = 0.993790334674224. */
static const double P05 = 0.691462461274013;
static const double P10 = 0.841344746068543;
static const double P15 = 0.933192798731142;
static const double P20 = 0.977249868051821;
static const double P25 = 0.993790334674224;

static void the_normal_distribution_is_the_tables(void **state) {
    (void)state;
    assert_close(frem_normal_cdf(0.0), 0.5, 0.0);
    assert_close(frem_normal_cdf(1.0), P10, 1e-14);
    assert_close(frem_normal_cdf(-1.0), 1.0 - P10, 1e-14);
    assert_close(frem_normal_cdf(1.96), 0.975002104851780, 1e-14);
    /* the far lower tail keeps its digits: P(-8) = 6.22096057427178e-16 */
    assert_close(frem_normal_cdf(-8.0) / 6.22096057427178e-16, 1.0, 1e-12);
}

static void the_distribution_is_cut_and_rescaled(void **state) {
    (void)state;
    /* mean 64, spread 2, cut to 62..67: z from -1 to 1.5; whole mass P(1.5) - P(-1) = P15 - (1 - P10). */
    const frem_leaving leaving = {64.0, 2.0, 62.0, 67.0};
    const double whole = P15 - (1.0 - P10);
    assert_close(frem_leaving_cdf(&leaving, 62.0), 0.0, 0.0);
    assert_close(frem_leaving_cdf(&leaving, 63.0), (P10 - P05) / whole, 1e-14);
    assert_close(frem_leaving_cdf(&leaving, 64.0), (P10 - 0.5) / whole, 1e-14);
    assert_close(frem_leaving_cdf(&leaving, 66.0), (2.0 * P10 - 1.0) / whole, 1e-14);
    assert_close(frem_leaving_cdf(&leaving, 67.0), 1.0, 0.0);
    assert_close(frem_leaving_cdf(&leaving, 20.0), 0.0, 0.0);
    assert_close(frem_leaving_cdf(&leaving, 120.0), 1.0, 0.0);
}

static void the_hazard_is_the_definition(void **state) {
    (void)state;
    /* mean 64.5, spread 1, cut to 60.5..67: at age 64 from z = 0 to 1, the rest from 0 to 2.5;
     * at 65 from z = 1 to 2, the rest from 1 to 2.5. */
    const frem_leaving leaving = {64.5, 1.0, 60.5, 67.0};
    assert_close(frem_leaving_hazard(&leaving, 64), (P10 - 0.5) / (P25 - 0.5), 1e-14);
    assert_close(frem_leaving_hazard(&leaving, 65), (P20 - P10) / (P25 - P10), 1e-13);
    /* at 63 from z = -1 to 0, the rest from -1 to 2.5 */
    assert_close(frem_leaving_hazard(&leaving, 63), (P10 - 0.5) / (P25 - (1.0 - P10)), 1e-14);
}

static void nobody_leaves_before_the_earliest_and_all_by_the_latest(void **state) {
    (void)state;
    const frem_leaving leaving = {64.0, 3.0, 60.0, 70.0};
    assert_close(frem_leaving_hazard(&leaving, 20), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&leaving, 58), 0.0, 0.0); /* 58.5 to 59.5 */
    assert_true(frem_leaving_hazard(&leaving, 59) > 0.0);      /* 59.5 to 60.5 */
    assert_true(frem_leaving_hazard(&leaving, 68) < 1.0);      /* 68.5 to 69.5 */
    assert_close(frem_leaving_hazard(&leaving, 69), 1.0, 0.0); /* 69.5 to 70.5, past the latest */
    assert_close(frem_leaving_hazard(&leaving, 70), 1.0, 0.0);
    assert_close(frem_leaving_hazard(&leaving, 110), 1.0, 0.0);

    /* the step that ends exactly at the latest takes everybody */
    const frem_leaving half = {64.0, 3.0, 60.0, 69.5};
    assert_close(frem_leaving_hazard(&half, 68), 1.0, 0.0);
}

static void staying_year_by_year_is_staying_in_all(void **state) {
    (void)state;
    const frem_leaving cases[] = {
        {64.0, 3.0, 60.0, 75.0}, {62.3, 0.7, 50.0, 80.0}, {58.0, 2.0, 60.0, 75.0}, {80.0, 4.0, 60.0, 75.0}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (int from = 45; from < 72; from++) {
            double staying = 1.0;
            for (int b = from; b < 73; b++) {
                /* prod_{a=from..b-1} (1 - h(a)) = (1 - F(b+0.5)) / (1 - F(from+0.5)) */
                const double stay_from = 1.0 - frem_leaving_cdf(&cases[c], from + 0.5);
                const double stay_to = 1.0 - frem_leaving_cdf(&cases[c], b + 0.5);
                assert_close(staying * stay_from, stay_to, 1e-13);
                staying *= 1.0 - frem_leaving_hazard(&cases[c], b);
            }
        }
    }
}

static void the_upper_tail_keeps_its_digits(void **state) {
    (void)state;
    /* mean 60.5, spread 1: at age 68 from z = 8 to 9, the rest from 8 to 19.5; 1 - P(8) has no digit left in
     * a double near 1. Q(8) = 6.22096057427178e-16, Q(9) = 1.12858840595384e-19. */
    const frem_leaving leaving = {60.5, 1.0, 50.0, 80.0};
    assert_close(frem_leaving_hazard(&leaving, 68), 1.0 - 1.12858840595384e-19 / 6.22096057427178e-16, 1e-12);
    /* and where everybody leaves long before the earliest: the same tails, cut at 68.5 */
    const frem_leaving late = {60.5, 1.0, 68.5, 80.0};
    assert_close(frem_leaving_cdf(&late, 69.5), 1.0 - 1.12858840595384e-19 / 6.22096057427178e-16, 1e-12);
}

static void without_spread_everybody_leaves_at_the_mean(void **state) {
    (void)state;
    const frem_leaving leaving = {64.0, 0.0, 60.0, 70.0};
    assert_close(frem_leaving_cdf(&leaving, 63.999), 0.0, 0.0);
    assert_close(frem_leaving_cdf(&leaving, 64.0), 1.0, 0.0);
    assert_close(frem_leaving_hazard(&leaving, 62), 0.0, 0.0); /* 62.5 to 63.5 */
    assert_close(frem_leaving_hazard(&leaving, 63), 1.0, 0.0); /* 63.5 to 64.5 */
    assert_close(frem_leaving_hazard(&leaving, 66), 1.0, 0.0); /* no one is left */

    const frem_leaving early = {50.0, 0.0, 60.0, 70.0};
    assert_close(frem_leaving_cdf(&early, 60.0), 0.0, 0.0);
    assert_close(frem_leaving_cdf(&early, 60.5), 1.0, 0.0);
    assert_close(frem_leaving_hazard(&early, 58), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&early, 59), 1.0, 0.0);

    const frem_leaving late = {90.0, 0.0, 60.0, 70.0};
    assert_close(frem_leaving_cdf(&late, 69.9), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&late, 68), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&late, 69), 1.0, 0.0);
}

static void a_mean_far_outside_the_bounds_leaves_at_the_nearest(void **state) {
    (void)state;
    /* 60 spreads away: the tail between the bounds underflows to 0 */
    const frem_leaving early = {30.0, 0.5, 60.0, 70.0};
    assert_close(frem_leaving_cdf(&early, 60.0), 0.0, 0.0);
    assert_close(frem_leaving_cdf(&early, 60.001), 1.0, 0.0);
    assert_close(frem_leaving_hazard(&early, 58), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&early, 59), 1.0, 0.0);
    const frem_leaving late = {100.0, 0.5, 60.0, 70.0};
    assert_close(frem_leaving_cdf(&late, 69.999), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&late, 68), 0.0, 0.0);
    assert_close(frem_leaving_hazard(&late, 69), 1.0, 0.0);
}

static void the_hazard_is_a_probability_everywhere(void **state) {
    (void)state;
    for (int mean = 40; mean <= 90; mean += 5) {
        for (int tenths = 0; tenths <= 100; tenths++) {
            const frem_leaving leaving = {mean, tenths / 10.0, 60.0, 75.0};
            double before = 0.0;
            for (int age = 0; age < 120; age++) {
                const double hazard = frem_leaving_hazard(&leaving, age);
                assert_true(hazard >= 0.0 && hazard <= 1.0);
                const double left = frem_leaving_cdf(&leaving, age);
                assert_true(left >= before && left <= 1.0);
                before = left;
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_distribution_is_the_tables),
        cmocka_unit_test(the_distribution_is_cut_and_rescaled),
        cmocka_unit_test(the_hazard_is_the_definition),
        cmocka_unit_test(nobody_leaves_before_the_earliest_and_all_by_the_latest),
        cmocka_unit_test(staying_year_by_year_is_staying_in_all),
        cmocka_unit_test(the_upper_tail_keeps_its_digits),
        cmocka_unit_test(without_spread_everybody_leaves_at_the_mean),
        cmocka_unit_test(a_mean_far_outside_the_bounds_leaves_at_the_nearest),
        cmocka_unit_test(the_hazard_is_a_probability_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
