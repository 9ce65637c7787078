/* Distributions by their inverse functions against known quantiles, cut ones by hand; quantiles against sorting. */
#include <stdlib.h>

#include "numeric/distribution.h"
#include "support/check.h"

#define UNCUT .least = -HUGE_VAL, .most = HUGE_VAL

static double at(frem_distribution d, double u) {
    assert_int_equal(frem_distribution_ready(&d), FREM_OK);
    return frem_distribution_at(&d, u);
}

static void quantiles_are_the_known_ones(void **state) {
    (void)state;
    const frem_distribution normal = {FREM_DISTRIBUTION_NORMAL, .mean = 10, .sd = 2, UNCUT},
                            lognormal = {FREM_DISTRIBUTION_LOGNORMAL, .mean = 3, .sd = 0.5, UNCUT},
                            uniform = {FREM_DISTRIBUTION_UNIFORM, .min = -1, .max = 3, UNCUT},
                            triangular = {FREM_DISTRIBUTION_TRIANGULAR, .min = 0, .mode = 1, .max = 4, UNCUT},
                            /* beta(2, 2), whose distribution function is 3 x^2 - 2 x^3, from 0 to 10 */
        beta = {FREM_DISTRIBUTION_BETA, .mean = 5, .sd = sqrt(5), .min = 0, .max = 10, UNCUT};
    assert_close(at(normal, 0.975), 10 + 2 * 1.959963984540054, 1e-12);
    assert_close(at(normal, 0.025), 10 - 2 * 1.959963984540054, 1e-12);
    assert_close(at(lognormal, 0.5), 3, 1e-12);
    assert_close(at(lognormal, 0.95), 3 * exp(0.5 * 1.6448536269514722), 1e-11);
    assert_close(at(uniform, 0.25), 0, 1e-15);
    assert_close(at(triangular, 0.25), 1, 1e-12);
    assert_close(at(triangular, 0.75), 4 - sqrt(3), 1e-12);
    assert_close(at(triangular, 0.04), 0.4, 1e-12);
    const double x = at(beta, 0.3) / 10;
    assert_close(3 * x * x - 2 * x * x * x, 0.3, 1e-9);
    assert_close(at(beta, 0.5), 5, 1e-9);
}

/* A standard normal cut to 0..1: its median is where half of what is between lies below. */
static void what_is_cut_stays_inside(void **state) {
    (void)state;
    frem_distribution d = {FREM_DISTRIBUTION_NORMAL, .mean = 0, .sd = 1, .least = 0, .most = 1};
    assert_close(at(d, 0.5), 0.44177054668658106, 1e-12); /* P = 0.5 + 0.341344746 / 2 */
    for (double u = 1e-16; u < 1; u = u < 0.1 ? u * 10 : u + 0.05)
        assert_true(at(d, u) >= 0 && at(d, u) <= 1);
    /* Far in a tail: what lies above 8 has 6.22e-16 of the mass, and is too little to draw from; above 5 it keeps its digits. */
    d.least = 8;
    d.most = HUGE_VAL;
    assert_int_equal(frem_distribution_ready(&d), FREM_INVALID);
    d.least = 5;
    assert_int_equal(frem_distribution_ready(&d), FREM_OK);
    assert_close(frem_distribution_at(&d, 0.5), 5.132018332044298, 1e-9);
    assert_true(frem_distribution_at(&d, 1 - 1e-12) > 8);
}

static void what_leaves_a_range_is_known(void **state) {
    (void)state;
    frem_distribution d = {FREM_DISTRIBUTION_NORMAL, .mean = 0, .sd = 1, UNCUT};
    assert_int_equal(frem_distribution_ready(&d), FREM_OK);
    assert_close(frem_distribution_outside(&d, -1.959963984540054, 1.959963984540054), 0.05, 1e-12);
    assert_close(frem_distribution_outside(&d, -HUGE_VAL, 0), 0.5, 1e-12);
    d.least = 0;
    assert_int_equal(frem_distribution_ready(&d), FREM_OK);
    assert_close(frem_distribution_outside(&d, 0, 1.959963984540054), 0.05, 1e-12);
    assert_close(frem_distribution_outside(&d, -5, HUGE_VAL), 0, 0);
}

static void what_is_no_distribution_is_refused(void **state) {
    (void)state;
    frem_distribution none[] = {{FREM_DISTRIBUTION_NORMAL, .mean = 0, .sd = 0, UNCUT},
                                {FREM_DISTRIBUTION_LOGNORMAL, .mean = 0, .sd = 1, UNCUT},
                                {FREM_DISTRIBUTION_BETA, .mean = 0.5, .sd = 0.5, .min = 0, .max = 1, UNCUT},
                                {FREM_DISTRIBUTION_TRIANGULAR, .min = 0, .mode = 2, .max = 1, UNCUT},
                                {FREM_DISTRIBUTION_UNIFORM, .min = 1, .max = 1, UNCUT},
                                {FREM_DISTRIBUTION_NORMAL, .mean = 0, .sd = 1, .least = 2, .most = 1}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(frem_distribution_ready(&none[i]), FREM_INVALID);
}

static void moments_are_as_by_hand(void **state) {
    (void)state;
    double mean, sd;
    const frem_distribution uniform = {FREM_DISTRIBUTION_UNIFORM, .min = 0, .max = 12, UNCUT},
                            triangular = {FREM_DISTRIBUTION_TRIANGULAR, .min = 0, .mode = 3, .max = 6, UNCUT};
    frem_distribution_moments(&uniform, &mean, &sd);
    assert_close(mean, 6, 0);
    assert_close(sd, sqrt(12), 1e-12);
    frem_distribution_moments(&triangular, &mean, &sd);
    assert_close(mean, 3, 0);
    assert_close(sd, sqrt(1.5), 1e-12);
    frem_moments((const double[]){1, 2, 3, 6}, 4, &mean, &sd);
    assert_close(mean, 3, 0);
    assert_close(sd, sqrt(14 / 3.0), 1e-15);
    frem_moments((const double[]){5}, 1, &mean, &sd);
    assert_close(sd, 0, 0);
}

static void cholesky_gives_its_matrix_back(void **state) {
    (void)state;
    double matrix[] = {1, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 1};
    const double before[] = {1, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 1};
    assert_int_equal(frem_cholesky(matrix, 3), FREM_OK);
    for (size_t i = 0; i < 9; i++) {
        double sum = 0;
        for (size_t k = 0; k < 3; k++)
            sum += matrix[i / 3 * 3 + k] * matrix[i % 3 * 3 + k];
        assert_close(sum, before[i], 1e-15);
    }
    assert_close(matrix[1], 0, 0);
    double none[] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};
    assert_int_equal(frem_cholesky(none, 3), FREM_INVALID);
}

static int rising(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { MANY = 5000, SHARES = 9 };
static const double shares[SHARES] = {0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1};

/* Against sorting, for lists of many sizes: spread, with ties, with one far away, all alike. */
static void quantiles_are_those_of_sorting(void **state) {
    (void)state;
    static double numbers[MANY], scratch[MANY], out[SHARES];
    static unsigned short bins[MANY];
    uint64_t random = 1;
    for (size_t n = 1; n <= MANY; n = n < 20 ? n + 1 : n * 3) {
        for (int kind = 0; kind < 5; kind++) {
            for (size_t i = 0; i < n; i++) {
                random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                const double u = (double)(random >> 11) * 0x1p-53;
                numbers[i] = kind == 0             ? u
                             : kind == 1           ? floor(u * 6)
                             : kind == 2 && i == 0 ? 1e300
                             : kind == 3           ? 7
                                                   : -1e-300 * u;
            }
            frem_quantiles(numbers, n, shares, SHARES, scratch, bins, out);
            qsort(numbers, n, sizeof *numbers, rising);
            for (size_t q = 0; q < SHARES; q++) {
                const double place = (double)(n - 1) * shares[q];
                const size_t below = (size_t)place, above = (size_t)ceil(place);
                assert_close(out[q],
                             numbers[below] + (place - (double)below) * (numbers[above] - numbers[below]), 0);
            }
        }
    }
    /* Type 7 by hand: the 5 % of 1, 2, ..., 11 lies half way between 1 and 2. */
    for (size_t i = 0; i < 11; i++)
        numbers[i] = (double)(11 - i);
    frem_quantiles(numbers, 11, shares, SHARES, scratch, bins, out);
    assert_close(out[1], 1.5, 1e-15);
    assert_close(out[4], 6, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_the_known_ones),
        cmocka_unit_test(what_is_cut_stays_inside),
        cmocka_unit_test(what_leaves_a_range_is_known),
        cmocka_unit_test(what_is_no_distribution_is_refused),
        cmocka_unit_test(moments_are_as_by_hand),
        cmocka_unit_test(cholesky_gives_its_matrix_back),
        cmocka_unit_test(quantiles_are_those_of_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
