/* Sobol sequences: known points, and what GSL would pass over in silence. */
#include "numeric/numeric.h"
#include "support/check.h"

static void the_first_points_are_those_of_the_sequence(void **state) {
    (void)state;
    /* Bratley and Fox's sequence without its first point, the corner of zeros. */
    static const double expected[][3] = {{0.5, 0.5, 0.5},
                                         {0.75, 0.25, 0.75},
                                         {0.25, 0.75, 0.25},
                                         {0.375, 0.375, 0.625},
                                         {0.875, 0.875, 0.125}};
    frem_sobol *sequence;
    double point[3];
    assert_int_equal(frem_sobol_new(&sequence, 3), FREM_OK);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(frem_sobol_next(sequence, point), FREM_OK);
            for (size_t d = 0; d < 3; d++)
                assert_close(point[d], expected[i][d], 0);
        }
        frem_sobol_restart(sequence);
    }
    frem_sobol_free(sequence);
    frem_sobol_free(NULL);
}

/* 2^k - 1 points and the corner lie once in each 2^k-th of every axis. */
static void every_axis_is_filled_evenly(void **state) {
    (void)state;
    enum { N = 64 };
    frem_sobol *sequence;
    double point[FREM_SOBOL_MAX];
    int seen[FREM_SOBOL_MAX][N] = {{0}};
    assert_int_equal(frem_sobol_new(&sequence, FREM_SOBOL_MAX), FREM_OK);
    for (size_t i = 1; i < N; i++) {
        assert_int_equal(frem_sobol_next(sequence, point), FREM_OK);
        for (size_t d = 0; d < FREM_SOBOL_MAX; d++) {
            assert_true(point[d] > 0 && point[d] < 1);
            seen[d][(int)(point[d] * N)]++;
        }
    }
    for (size_t d = 0; d < FREM_SOBOL_MAX; d++) {
        assert_int_equal(seen[d][0], 0);
        for (size_t i = 1; i < N; i++)
            assert_int_equal(seen[d][i], 1);
    }
    frem_sobol_free(sequence);
}

static void more_dimensions_than_gsl_has_are_refused(void **state) {
    (void)state;
    frem_sobol *sequence;
    assert_int_equal(frem_sobol_new(&sequence, 0), FREM_INVALID);
    assert_null(sequence);
    assert_int_equal(frem_sobol_new(&sequence, FREM_SOBOL_MAX + 1), FREM_INVALID);
    assert_null(sequence);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_points_are_those_of_the_sequence),
        cmocka_unit_test(every_axis_is_filled_evenly),
        cmocka_unit_test(more_dimensions_than_gsl_has_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
