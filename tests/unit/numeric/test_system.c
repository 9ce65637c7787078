/* Roots of several functions, from several starts at once. */
#include <math.h>

#include "numeric/numeric.h"
#include "support/check.h"

enum { N = 2, STARTS = 3 };

static const double starts[STARTS * N] = {0.5, 0.5, 0.05, 0.9, 0.9, 0.1};

typedef struct ends {
    double memory[STARTS][4 * N + N * N];
    frem_system_end of[STARTS];
} ends;

static frem_status find(ends *e, frem_status (*functions)(void *, const double *, size_t, double *),
                        const double *low, const double *high) {
    static const double tolerances[N] = {1e-10, 1e-10};
    int calls = 0;
    for (size_t i = 0; i < STARTS; i++)
        e->of[i] = (frem_system_end){.at = e->memory[i],
                                     .values = e->memory[i] + N,
                                     .direction = e->memory[i] + 2 * N,
                                     .slopes = e->memory[i] + 3 * N};
    const frem_system system = {N, low, high, tolerances, starts, STARTS, functions, &calls};
    const frem_status status = frem_system_find(&system, e->of);
    assert_true(calls < 60);
    return status;
}

/* A circle of radius 5 and a line, which meet at (3, 4) and (4, 3). */
static frem_status circle(void *context, const double *at, size_t n, double *values) {
    (*(int *)context)++;
    for (size_t i = 0; i < n; i++, at += N, values += N) {
        values[0] = at[0] * at[0] + at[1] * at[1] - 25;
        values[1] = at[0] + at[1] - 7;
    }
    return FREM_OK;
}

/* x + y twice. */
static frem_status same(void *context, const double *at, size_t n, double *values) {
    (*(int *)context)++;
    for (size_t i = 0; i < n; i++, at += N, values += N)
        values[0] = values[1] = at[0] + at[1] - 1;
    return FREM_OK;
}

static frem_status failing(void *context, const double *at, size_t n, double *values) {
    return ++*(int *)context == 3 ? FREM_INTERRUPTED : circle(context, at, n, values);
}

/* The same where the functions have no values for x below 1 and above 4.5. */
static frem_status part_of_circle(void *context, const double *at, size_t n, double *values) {
    const frem_status status = circle(context, at, n, values);
    for (size_t i = 0; i < n; i++) {
        if (at[i * N] < 1 || at[i * N] > 4.5)
            values[i * N] = values[i * N + 1] = (double)INFINITY;
    }
    return status;
}

static void every_start_finds_a_root(void **state) {
    (void)state;
    ends e;
    bool first = false, second = false;
    assert_int_equal(find(&e, circle, (const double[]){0, 0}, (const double[]){10, 10}), FREM_OK);
    for (size_t i = 0; i < STARTS; i++) {
        const frem_system_end *end = &e.of[i];
        if (!end->found) /* one begins where the two are alike, and Newton's step is none */
            continue;
        assert_close(end->at[0] + end->at[1], 7, 1e-9);
        assert_close(fabs(end->at[0] - end->at[1]), 1, 1e-9);
        assert_true(end->weakest > 0.01);
        first = first || end->at[0] < end->at[1];
        second = second || end->at[0] > end->at[1];
    }
    assert_true(first && second);
}

/* Inside bounds that leave one root; and where they leave none, the nearest place: (5, 3) on the bounds, as every step
 * further misses the line or the circle more. */
static void bounds_hold(void **state) {
    (void)state;
    ends e;
    assert_int_equal(find(&e, circle, (const double[]){3.5, 0}, (const double[]){10, 10}), FREM_OK);
    size_t found = 0;
    for (size_t i = 0; i < STARTS; i++) {
        found += e.of[i].found;
        assert_true(e.of[i].at[0] >= 3.5 && e.of[i].at[1] >= 0);
        if (e.of[i].found)
            assert_close(e.of[i].at[0], 4, 1e-9);
    }
    assert_true(found > 0);
    assert_int_equal(find(&e, circle, (const double[]){5, 3}, (const double[]){10, 10}), FREM_OK);
    for (size_t i = 0; i < STARTS; i++) {
        assert_false(e.of[i].found);
        assert_close(e.of[i].at[0], 5, 1e-9);
        assert_close(e.of[i].at[1], 3, 1e-9);
    }
}

/* What does not determine them is met, and the direction along which it is. */
static void undetermined_unknowns_are_seen(void **state) {
    (void)state;
    ends e;
    assert_int_equal(find(&e, same, (const double[]){0, 0}, (const double[]){2, 2}), FREM_OK);
    for (size_t i = 0; i < STARTS; i++) {
        assert_true(e.of[i].found);
        assert_true(e.of[i].weakest < 1e-9);
        assert_close(fabs(e.of[i].direction[0]), sqrt(0.5), 1e-6);
        assert_close(e.of[i].direction[0] + e.of[i].direction[1], 0, 1e-6);
    }
}

/* Two starts lie where there are no values; the third goes to a root, past none of such places. */
static void places_without_values_are_not_gone_to(void **state) {
    (void)state;
    ends e;
    assert_int_equal(find(&e, part_of_circle, (const double[]){0, 0}, (const double[]){6, 10}), FREM_OK);
    assert_true(e.of[0].begun && e.of[0].found);
    assert_close(e.of[0].at[0] + e.of[0].at[1], 7, 1e-9);
    for (size_t i = 1; i < STARTS; i++) {
        assert_false(e.of[i].begun || e.of[i].found);
        assert_true(isinf(e.of[i].distance));
    }
}

static void what_fails_ends_it(void **state) {
    (void)state;
    ends e;
    assert_int_equal(find(&e, failing, (const double[]){0, 0}, (const double[]){10, 10}), FREM_INTERRUPTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_start_finds_a_root),
        cmocka_unit_test(bounds_hold),
        cmocka_unit_test(undetermined_unknowns_are_seen),
        cmocka_unit_test(places_without_values_are_not_gone_to),
        cmocka_unit_test(what_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
