/* Draws that have addresses: known numbers, even filling, independence, rates. */
#include <stdlib.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/draws.h"
#include "support/check.h"

static frem_draws *make(frem_sampling sampling, uint64_t seed, size_t n, size_t dimensions) {
    frem_draws *draws;
    assert_int_equal(frem_draws_new(&draws, sampling, seed, n, dimensions), FREM_OK);
    return draws;
}

/* The first 16 points of 8 dimensions of Joe and Kuo's sequence, in 16ths, as published with their direction numbers. */
static void sobol_points_are_joe_and_kuos(void **state) {
    (void)state;
    static const int expected[16][8] = {
        {0, 0, 0, 0, 0, 0, 0, 0},      {8, 8, 8, 8, 8, 8, 8, 8},     {12, 4, 4, 4, 12, 12, 4, 12},
        {4, 12, 12, 12, 4, 4, 12, 4},  {6, 6, 10, 14, 6, 2, 6, 14},  {14, 14, 2, 6, 14, 10, 14, 6},
        {10, 2, 14, 10, 10, 14, 2, 2}, {2, 10, 6, 2, 2, 6, 10, 10},  {3, 5, 15, 7, 9, 5, 7, 15},
        {11, 13, 7, 15, 1, 13, 15, 7}, {15, 1, 11, 3, 5, 9, 3, 3},   {7, 9, 3, 11, 13, 1, 11, 11},
        {5, 3, 5, 9, 15, 7, 1, 1},     {13, 11, 13, 1, 7, 15, 9, 9}, {9, 7, 1, 13, 3, 11, 5, 13},
        {1, 15, 9, 5, 11, 3, 13, 5}};
    frem_draws *draws = make(FREM_SAMPLING_SOBOL, 1, 16, 8);
    for (uint32_t i = 0; i < 16; i++) {
        for (size_t d = 0; d < 8; d++)
            assert_close(frem_draws_sobol(draws, d, i), expected[i][d] / 16.0, 0);
    }
    frem_draws_free(draws);
    frem_draws_free(NULL);
}

static void too_much_is_refused(void **state) {
    (void)state;
    frem_draws *draws;
    assert_int_equal(frem_draws_new(&draws, FREM_SAMPLING_PLAIN, 1, 0, 1), FREM_INVALID);
    assert_int_equal(frem_draws_new(&draws, FREM_SAMPLING_PLAIN, 1, (size_t)FREM_DRAWS_MAX + 1, 1),
                     FREM_INVALID);
    assert_int_equal(frem_draws_new(&draws, FREM_SAMPLING_SOBOL, 1, 8, FREM_DRAWS_SOBOL_MAX + 1),
                     FREM_INVALID);
    assert_null(draws);
    assert_int_equal(frem_draws_new(&draws, FREM_SAMPLING_SOBOL, 1, 8, FREM_DRAWS_SOBOL_MAX), FREM_OK);
    frem_draws_free(draws);
}

/* 2^k draws of a Sobol sequence, scrambled or not, and of a Latin hypercube lie once in each 2^k-th of every axis; those of a
 * hypercube for any number of draws. */
static void every_axis_is_filled_evenly(void **state) {
    (void)state;
    enum { N = 256, DIMENSIONS = 1024 };
    static const struct {
        frem_sampling sampling;
        uint32_t n;
    } cases[] = {
        {FREM_SAMPLING_SOBOL, N}, {FREM_SAMPLING_LHS, N}, {FREM_SAMPLING_LHS, 77}, {FREM_SAMPLING_LHS, 1}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const uint32_t n = cases[c].n;
        frem_draws *draws = make(cases[c].sampling, 7, n, DIMENSIONS);
        for (size_t d = 0; d < DIMENSIONS; d++) {
            char seen[N] = {0};
            for (uint32_t i = 0; i < n; i++) {
                const double u = frem_draws_at(draws, frem_draws_parameter("a.b"), (uint32_t)d, d, i);
                assert_true(u > 0 && u < 1);
                seen[(size_t)(u * n)]++;
            }
            for (uint32_t i = 0; i < n; i++)
                assert_int_equal(seen[i], 1);
        }
        frem_draws_free(draws);
    }
}

/* Scrambling keeps that two dimensions together fill every box of 2^a by 2^b, a + b = k, equally (dimensions 1 and 2 are a
 * (0, 2)-sequence), and no point is where it was. */
static void scrambled_points_stay_a_net(void **state) {
    (void)state;
    enum { K = 8, N = 1 << K };
    frem_draws *draws = make(FREM_SAMPLING_SOBOL, 3, N, 2);
    const uint64_t parameter = frem_draws_parameter("x");
    for (unsigned a = 0; a <= K; a++) {
        char seen[N] = {0};
        for (uint32_t i = 0; i < N; i++) {
            const double u = frem_draws_at(draws, parameter, 0, 0, i),
                         v = frem_draws_at(draws, parameter, 1, 1, i);
            const size_t column = (size_t)(u * (1u << a)), row = (size_t)(v * (1u << (K - a)));
            seen[column << (K - a) | row]++;
        }
        for (size_t i = 0; i < N; i++)
            assert_int_equal(seen[i], 1);
    }
    frem_draws_free(draws);
}

static void antithetic_draws_come_in_pairs(void **state) {
    (void)state;
    frem_draws *draws = make(FREM_SAMPLING_ANTITHETIC, 5, 100, 1);
    for (uint32_t i = 0; i < 100; i += 2)
        assert_close(frem_draws_at(draws, 1, 0, 0, i) + frem_draws_at(draws, 1, 0, 0, i + 1), 1, 0);
    assert_true(frem_draws_at(draws, 1, 0, 0, 0) != frem_draws_at(draws, 1, 0, 0, 2));
    frem_draws_free(draws);
}

/* Neither seed, parameter, index nor draw can be changed without changing the number; and numbers of different addresses have
 * nothing to do with each other. */
static void an_address_has_one_number(void **state) {
    (void)state;
    enum { N = 20000 };
    frem_draws *one = make(FREM_SAMPLING_PLAIN, 1, N, 1), *two = make(FREM_SAMPLING_PLAIN, 2, N, 1),
               *far = make(FREM_SAMPLING_PLAIN, UINT64_C(1) << 40 | 1, N, 1);
    const uint64_t a = frem_draws_parameter("programmes.a.completion"),
                   b = frem_draws_parameter("programmes.b.completion");
    assert_true(a != b);
    double others[5] = {0};
    for (uint32_t i = 0; i < N; i++) {
        const double u = frem_draws_at(one, a, 0, 0, i) - 0.5;
        const double with[5] = {frem_draws_at(two, a, 0, 0, i), frem_draws_at(one, b, 0, 0, i),
                                frem_draws_at(one, a, 1, 0, i), frem_draws_at(one, a, 0, 0, i + 1),
                                frem_draws_at(far, a, 0, 0, i)};
        for (size_t k = 0; k < 5; k++)
            others[k] += u * (with[k] - 0.5) * 12 / N;
    }
    for (size_t k = 0; k < 5; k++)
        assert_close(others[k], 0, 4 / sqrt(N));
    frem_draws_free(one);
    frem_draws_free(two);
    frem_draws_free(far);
}

/* Philox4x32-10's known answers (Salmon and others, 2011): counter and key 0 begin with 6627e8d5 e169c58d. */
static void numbers_are_philoxs(void **state) {
    (void)state;
    frem_draws *draws = make(FREM_SAMPLING_PLAIN, 0, 1, 1);
    const uint64_t part = UINT64_C(0x6627e8d5e169c58d) >> 12;
    assert_close(frem_draws_at(draws, 0, 0, 0, 0), ((double)part + 0.5) / (double)(UINT64_C(1) << 52), 0);
    frem_draws_free(draws);
}

/* The root mean square error of the mean of a smooth sum of 4 numbers over 40 seeds. */
static double error_of(frem_sampling sampling, size_t n) {
    enum { SEEDS = 40, NUMBERS = 4 };
    double squares = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        frem_draws *draws = make(sampling, seed, n, NUMBERS);
        double sum = 0;
        for (uint32_t i = 0; i < n; i++) {
            for (uint32_t d = 0; d < NUMBERS; d++)
                sum += frem_normal_at(frem_draws_at(draws, 9, d, d, i));
        }
        squares += sum / (double)n * sum / (double)n / SEEDS;
        frem_draws_free(draws);
    }
    return sqrt(squares);
}

/* Sixteen times as many draws: plain ones have a quarter of the error (n to the -1/2); of a sum of normal numbers, Latin
 * hypercubes and Sobol sequences have at most an eleventh (n to the -0.87 or better; the normal's tails keep it from -3/2). */
static void errors_fall_at_their_rates(void **state) {
    (void)state;
    enum { FEW = 256, MANY = 4096 };
    const double plain = error_of(FREM_SAMPLING_PLAIN, MANY) / error_of(FREM_SAMPLING_PLAIN, FEW);
    assert_true(plain > 0.15 && plain < 0.4);
    assert_true(error_of(FREM_SAMPLING_LHS, MANY) / error_of(FREM_SAMPLING_LHS, FEW) < 1 / 11.0);
    assert_true(error_of(FREM_SAMPLING_SOBOL, MANY) / error_of(FREM_SAMPLING_SOBOL, FEW) < 1 / 11.0);
    assert_true(error_of(FREM_SAMPLING_SOBOL, MANY) < error_of(FREM_SAMPLING_PLAIN, MANY) / 20);
    assert_true(error_of(FREM_SAMPLING_ANTITHETIC, FEW) < 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sobol_points_are_joe_and_kuos),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(every_axis_is_filled_evenly),
        cmocka_unit_test(scrambled_points_stay_a_net),
        cmocka_unit_test(antithetic_draws_come_in_pairs),
        cmocka_unit_test(an_address_has_one_number),
        cmocka_unit_test(numbers_are_philoxs),
        cmocka_unit_test(errors_fall_at_their_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
