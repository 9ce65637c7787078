/* Least squares inside bounds, against closed forms. */
#include <math.h>

#include "numeric/fit.h"
#include "support/check.h"

/* Residuals of a problem, and how often they were asked for. */
typedef struct asked {
    void (*one)(const double *at, double *out);
    size_t parameters, residuals, calls;
} asked;

static frem_status each(void *context, size_t n, const double *at, double *out) {
    asked *a = context;
    a->calls++;
    for (size_t i = 0; i < n; i++)
        a->one(at + i * a->parameters, out + i * a->residuals);
    return FREM_OK;
}

/* a + b x at x = 0, 1, 2, 3 where 1, 3, 4, 8 were seen, each within 0.5. The sums: n = 4, x = 6, xx = 14, y = 16, xy = 35,
 * so b = (4*35 - 6*16) / (4*14 - 36) = 2.2, a = (16 - 6*2.2) / 4 = 0.7; variances 0.25 * 14/20 and 0.25 * 4/20, covariance
 * 0.25 * -6/20. The misses -0.3, 0.1, 1.1, -0.7 (squares 1.8) over 0.5: 7.2. */
static void line(const double *at, double *out) {
    static const double seen[] = {1, 3, 4, 8};
    for (int i = 0; i < 4; i++)
        out[i] = (at[0] + at[1] * i - seen[i]) / 0.5;
}

static void a_line_is_fitted_as_by_hand(void **state) {
    (void)state;
    asked a = {line, 2, 4, 0};
    const double min[] = {-10, -10}, max[] = {10, 40};
    const frem_fit fit = {2, 4, min, max, each, &a, NULL};
    frem_fit_end end;
    frem_fit_spread spread;
    assert_int_equal(frem_fit_end_new(&end, 2), FREM_OK);
    end.at[0] = 9;
    end.at[1] = -7;
    assert_int_equal(frem_fit_from(&fit, NULL, &end), FREM_OK);
    assert_close(end.at[0], 0.7, 1e-9);
    assert_close(end.at[1], 2.2, 1e-9);
    assert_close(end.squares, 7.2, 1e-9);
    assert_true(end.settled && !end.held[0] && !end.held[1]);
    assert_true(a.calls <= 6); /* a straight problem is met by one step, and a second one sees it */
    assert_int_equal(frem_fit_spread_new(&fit, &end, &spread), FREM_OK);
    assert_close(spread.covariance[0], 0.175, 1e-7);
    assert_close(spread.covariance[3], 0.05, 1e-7);
    assert_close(spread.covariance[1], -0.075, 1e-7);
    assert_int_equal(spread.n_together, 0);
    /* The profile of a straight problem is the standard error times the root of the rise. */
    double limit;
    bool open;
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 0, 1, 4, &limit, &open), FREM_OK);
    assert_false(open);
    assert_close(limit, 0.7 + 2 * sqrt(0.175), 1e-5);
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 1, -1, 4, &limit, &open), FREM_OK);
    assert_close(limit, 2.2 - 2 * sqrt(0.05), 1e-5);
    frem_fit_spread_free(&spread);
    frem_fit_end_free(&end);
}

/* With b at most 2, a = (16 - 6*2) / 4 = 1: the fit ends at the bound, and its profile is open there. */
static void a_bound_holds(void **state) {
    (void)state;
    asked a = {line, 2, 4, 0};
    const double min[] = {-10, 0}, max[] = {10, 2};
    const frem_fit fit = {2, 4, min, max, each, &a, NULL};
    frem_fit_end end;
    frem_fit_spread spread;
    double limit;
    bool open;
    assert_int_equal(frem_fit_end_new(&end, 2), FREM_OK);
    end.at[0] = -3;
    end.at[1] = 0; /* at the other bound, which it must leave */
    assert_int_equal(frem_fit_from(&fit, NULL, &end), FREM_OK);
    assert_close(end.at[0], 1, 1e-9);
    assert_true(end.at[1] == 2);
    assert_true(end.held[1] && !end.held[0] && end.settled);
    assert_int_equal(frem_fit_spread_new(&fit, &end, &spread), FREM_OK);
    assert_close(spread.covariance[0], 0.25 / 4, 1e-7); /* of a alone */
    assert_true(isnan(spread.covariance[3]));
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 1, 1, 4, &limit, &open), FREM_OK);
    assert_true(open && limit == 2);
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 1, -1, 4, &limit, &open), FREM_OK);
    /* Of b, a fitted anew, the squares are 7.2 + (b - 2.2)^2 / 0.05; at 2 they are 8. */
    assert_close(limit, 2.2 - sqrt(4.8 * 0.05), 1e-5);
    assert_false(open);
    frem_fit_spread_free(&spread);
    frem_fit_end_free(&end);
}

/* The first two only by their sum, the third not at all, the fourth by itself. */
static void sum(const double *at, double *out) {
    out[0] = at[0] + at[1] - 5;
    out[1] = 2 * (at[3] - 1);
}

static void what_the_residuals_cannot_say_is_found(void **state) {
    (void)state;
    asked a = {sum, 4, 2, 0};
    const double min[] = {0, 0, 0, 0}, max[] = {10, 10, 1, 10};
    const frem_fit fit = {4, 2, min, max, each, &a, NULL};
    frem_fit_end end;
    frem_fit_spread spread;
    double limit;
    bool open;
    assert_int_equal(frem_fit_end_new(&end, 4), FREM_OK);
    end.at[0] = 4;
    end.at[1] = 3;
    end.at[2] = 0.25;
    end.at[3] = 7;
    assert_int_equal(frem_fit_from(&fit, NULL, &end), FREM_OK);
    assert_close(end.at[0], 3, 1e-9); /* the shortest way: each gives up one */
    assert_close(end.at[1], 2, 1e-9);
    assert_close(end.at[2], 0.25, 1e-15);
    assert_close(end.at[3], 1, 1e-9);
    assert_int_equal(frem_fit_spread_new(&fit, &end, &spread), FREM_OK);
    assert_int_equal(spread.n_together, 2);
    assert_int_equal(spread.together[0], spread.together[1]);
    assert_true(spread.together[0] > 0 && spread.together[2] > 0 && spread.together[3] == 0);
    assert_true(spread.together[2] != spread.together[0]);
    assert_true(isnan(spread.covariance[0]));
    assert_close(spread.covariance[15], 0.25, 1e-9);
    /* The bounds of the second end the first: from 0 to 5 and, for a rise of 1, to 6. */
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 0, -1, 1, &limit, &open), FREM_OK);
    assert_true(open && limit == 0);
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 0, 1, 1, &limit, &open), FREM_OK);
    assert_false(open);
    assert_close(limit, 6, 1e-5);
    assert_int_equal(frem_fit_profile(&fit, &end, &spread, 2, 1, 1, &limit, &open), FREM_OK);
    assert_true(open && limit == 1);
    frem_fit_spread_free(&spread);
    frem_fit_end_free(&end);
}

/* Least squares miss the third by 1.1. Of all lines 0.167 + 2.333 x has the smallest largest miss, 0.833 of the second, third and
 * fourth: 1.667 tolerances. Within 2 of them there are lines, within 1.4 there are none. */
static void limits_are_kept_where_they_can_be(void **state) {
    (void)state;
    asked a = {line, 2, 4, 0};
    const double min[] = {-10, -10}, max[] = {10, 40};
    frem_fit_kept *kept;
    assert_int_equal(frem_fit_kept_new(&kept, 2, 4), FREM_OK);
    const frem_fit fit = {2, 4, min, max, each, &a, kept};
    frem_fit_end end;
    bool found;
    double r[4];
    assert_int_equal(frem_fit_end_new(&end, 2), FREM_OK);
    assert_int_equal(frem_fit_from(&fit, NULL, &end), FREM_OK);
    const double before = end.at[0];
    assert_int_equal(frem_fit_inside(&fit, 1.4, &end, &found), FREM_OK); /* in tolerances of 0.5 */
    assert_false(found);
    assert_true(end.at[0] == before);
    assert_int_equal(frem_fit_inside(&fit, 2, &end, &found), FREM_OK);
    assert_true(found);
    line(end.at, r);
    for (int i = 0; i < 4; i++)
        assert_true(fabs(r[i]) <= 2 + 1e-6);
    frem_fit_end_free(&end);
    frem_fit_kept_free(kept);
}

/* 3 exp(-0.5 x) at x = 0..4 without noise, times 100: far from straight. */
static void decay(const double *at, double *out) {
    for (int i = 0; i < 5; i++)
        out[i] = 100 * (at[0] * exp(-at[1] * i) - 3 * exp(-0.5 * i));
}

/* (x^2 - 4)^2 + (x - 1)^2 has a dip near -1.8 and a deeper one near 2. */
static void two_dips(const double *at, double *out) {
    out[0] = at[0] * at[0] - 4;
    out[1] = at[0] - 1;
}

static void curves_are_fitted_from_afar(void **state) {
    (void)state;
    asked a = {decay, 2, 5, 0}, b = {two_dips, 1, 2, 0};
    const double min[] = {0, 0}, max[] = {50, 8}, low = -5, high = 5;
    const frem_fit curve = {2, 5, min, max, each, &a, NULL}, dips = {1, 2, &low, &high, each, &b, NULL};
    frem_fit_end end, ends[5];
    assert_int_equal(frem_fit_end_new(&end, 2), FREM_OK);
    end.at[0] = 45;
    end.at[1] = 6;
    assert_int_equal(frem_fit_from(&curve, NULL, &end), FREM_OK);
    assert_close(end.at[0], 3, 1e-9);
    assert_close(end.at[1], 0.5, 1e-9);
    frem_fit_end_free(&end);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(frem_fit_end_new(&ends[i], 1), FREM_OK);
    ends[0].at[0] = -3; /* in the wrong dip */
    assert_int_equal(frem_fit_search(&dips, ends, 5), FREM_OK);
    /* 4x(x^2 - 4) + 2(x - 1) = 0 near 2. */
    assert_close(4 * ends[0].at[0] * (ends[0].at[0] * ends[0].at[0] - 4) + 2 * (ends[0].at[0] - 1), 0, 1e-6);
    assert_true(ends[0].at[0] > 1.9);
    bool other = false;
    for (size_t i = 1; i < 5; i++)
        other = other || ends[i].at[0] < -1.7;
    assert_true(other); /* what was found from the given place is among them */
    for (size_t i = 0; i < 5; i++)
        frem_fit_end_free(&ends[i]);
}

static frem_status stopping(void *context, size_t n, const double *at, double *out) {
    return ++*(int *)context > 2 ? FREM_INTERRUPTED : each(&(asked){line, 2, 4, 0}, n, at, out);
}

static void a_failure_comes_back(void **state) {
    (void)state;
    int calls = 0;
    const double min[] = {-10, -10}, max[] = {10, 10};
    const frem_fit fit = {2, 4, min, max, stopping, &calls, NULL};
    frem_fit_end end;
    assert_int_equal(frem_fit_end_new(&end, 2), FREM_OK);
    assert_int_equal(frem_fit_from(&fit, NULL, &end), FREM_INTERRUPTED);
    frem_fit_end_free(&end);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_fitted_as_by_hand),
        cmocka_unit_test(a_bound_holds),
        cmocka_unit_test(what_the_residuals_cannot_say_is_found),
        cmocka_unit_test(limits_are_kept_where_they_can_be),
        cmocka_unit_test(curves_are_fitted_from_afar),
        cmocka_unit_test(a_failure_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
