/* Small mixed-integer programmes, some of them worked by hand, many of them listed. */
#include <math.h>

#include "numeric/mip.h"
#include "support/check.h"

static frem_mip_solver *open_solver(void) {
    frem_diags *diags;
    frem_mip_solver *solver;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_mip_open(&solver, "solve --path", diags), FREM_OK);
    frem_diags_free(diags);
    return solver;
}

/* 5 a + 4 b at most, 6 a + 4 b <= 24, a + 2 b <= 6: (3, 1.5) where they may be parts, (4, 0) where they are whole. */
static void whole_numbers_are_found(void **state) {
    (void)state;
    frem_mip_variable variables[] = {{0, 10, -5, true}, {0, (double)INFINITY, -4, true}};
    const frem_mip_row rows[] = {{-(double)INFINITY, 24}, {-(double)INFINITY, 6}};
    const frem_mip_term terms[] = {{0, 0, 6}, {0, 1, 4}, {1, 0, 1}, {1, 1, 2}};
    frem_mip mip = {.variables = variables,
                    .n_variables = 2,
                    .rows = rows,
                    .n_rows = 2,
                    .terms = terms,
                    .n_terms = 4,
                    .nodes = 1000};
    double values[2];
    frem_mip_found found = {.values = values};
    frem_mip_solver *solver = open_solver();
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_OK);
    assert_true(found.any);
    assert_true(values[0] == 4 && values[1] == 0);
    assert_close(found.cost, -20, 1e-9);
    assert_close(found.least, -20, 1e-9);
    variables[0].whole = variables[1].whole = false;
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_OK);
    assert_close(values[0], 3, 1e-9);
    assert_close(values[1], 1.5, 1e-9);
    assert_close(found.cost, -21, 1e-9);
    /* Goes on from values that are known, and is done there where they are near enough. */
    variables[0].whole = variables[1].whole = true;
    mip.start = (const double[]){2, 2};
    mip.gap = 5;
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_OK);
    assert_true(found.any && found.cost <= -18 + 1e-9 && found.cost - found.least <= 5 + 1e-9);
    frem_mip_close(solver);
}

static int stop_at_once(void *context) {
    ++*(int *)context;
    return 1;
}

static void what_cannot_be_met_is_no_solution(void **state) {
    (void)state;
    const frem_mip_variable variables[] = {{0, 10, 1, true}};
    const frem_mip_row between[] = {{1.2, 1.8}}, above[] = {{11, (double)INFINITY}};
    const frem_mip_term terms[] = {{0, 0, 1}};
    double values[1];
    int asked = 0;
    frem_mip_found found = {.values = values};
    frem_mip mip = {.variables = variables,
                    .n_variables = 1,
                    .rows = between,
                    .n_rows = 1,
                    .terms = terms,
                    .n_terms = 1,
                    .nodes = 1000};
    frem_mip_solver *solver = open_solver();
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_NO_SOLUTION);
    mip.rows = above;
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_NO_SOLUTION);
    mip.rows = (const frem_mip_row[]){{1.2, 8}};
    mip.stop = stop_at_once;
    mip.context = &asked;
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_INTERRUPTED);
    assert_int_equal(asked, 1);
    frem_mip_close(solver);
}

/* GLPK's own errors end no program: one factor twice is one. */
static void an_error_of_the_library_is_a_defect(void **state) {
    (void)state;
    const frem_mip_variable variables[] = {{0, 10, 1, true}};
    const frem_mip_row rows[] = {{1, 8}};
    const frem_mip_term terms[] = {{0, 0, 1}, {0, 0, 2}};
    double values[1];
    frem_mip_found found = {.values = values};
    const frem_mip mip = {.variables = variables,
                          .n_variables = 1,
                          .rows = rows,
                          .n_rows = 1,
                          .terms = terms,
                          .n_terms = 2,
                          .nodes = 1000};
    frem_mip_solver *solver = open_solver();
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_DEFECT);
    assert_int_equal(frem_mip_least(solver, &mip, &found), FREM_DEFECT);
    frem_mip_close(solver);
}

/* ---- programmes whose values are all listed ---- */

enum { WHOLE = 4, TOP = 5, ROWS = 3, PROGRAMMES = 200 };

static unsigned next(unsigned *seed, unsigned n) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % n;
}

/* Distance of a sum of the whole variables to a number: the cost of the parts that are not whole. */
typedef struct listed {
    double factors[ROWS][WHOLE], wanted[ROWS];
} listed;

static double cost_of(const listed *l, const int values[WHOLE]) {
    double cost = 0;
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0;
        for (size_t v = 0; v < WHOLE; v++)
            sum += l->factors[r][v] * values[v];
        cost += fabs(sum - l->wanted[r]);
    }
    return cost;
}

static double least_listed(const listed *l) {
    double least = (double)INFINITY;
    int values[WHOLE] = {0};
    for (size_t v = 0; v < WHOLE;) {
        least = fmin(least, cost_of(l, values));
        for (v = 0; v < WHOLE && ++values[v] > TOP; v++)
            values[v] = 0;
    }
    return least;
}

static void solve_listed(frem_mip_solver *solver, const listed *l, size_t nodes, frem_mip_found *found) {
    frem_mip_variable variables[WHOLE + 2 * ROWS];
    frem_mip_row rows[ROWS];
    frem_mip_term terms[ROWS * (WHOLE + 2)];
    size_t n = 0;
    for (size_t v = 0; v < WHOLE + 2 * ROWS; v++)
        variables[v] = v < WHOLE ? (frem_mip_variable){0, TOP, 0, true}
                                 : (frem_mip_variable){0, (double)INFINITY, 1, false};
    for (size_t r = 0; r < ROWS; r++) {
        rows[r] = (frem_mip_row){l->wanted[r], l->wanted[r]};
        for (size_t v = 0; v < WHOLE; v++)
            terms[n++] = (frem_mip_term){r, v, l->factors[r][v]};
        terms[n++] = (frem_mip_term){r, WHOLE + 2 * r, 1};
        terms[n++] = (frem_mip_term){r, WHOLE + 2 * r + 1, -1};
    }
    const frem_mip mip = {.variables = variables,
                          .n_variables = WHOLE + 2 * ROWS,
                          .rows = rows,
                          .n_rows = ROWS,
                          .terms = terms,
                          .n_terms = n,
                          .nodes = nodes};
    assert_int_equal(frem_mip_least(solver, &mip, found), FREM_OK);
}

static void the_least_of_all_that_there_are_is_found(void **state) {
    (void)state;
    frem_mip_solver *solver = open_solver();
    unsigned seed = 1;
    size_t cut = 0;
    for (size_t i = 0; i < PROGRAMMES; i++) {
        double values[WHOLE + 2 * ROWS];
        frem_mip_found found = {.values = values};
        listed l;
        for (size_t r = 0; r < ROWS; r++) {
            l.wanted[r] = 1 + next(&seed, 60) + 0.5 * next(&seed, 2);
            for (size_t v = 0; v < WHOLE; v++)
                l.factors[r][v] = (double)next(&seed, 90) / 10;
        }
        const double least = least_listed(&l);
        solve_listed(solver, &l, 100000, &found);
        assert_close(found.cost, least, 1e-7);
        assert_close(found.least, least, 1e-6);
        assert_close(
            cost_of(&l, (const int[]){(int)values[0], (int)values[1], (int)values[2], (int)values[3]}), least,
            1e-7);
        /* Of a search that is cut short the bound holds. */
        solve_listed(solver, &l, 5, &found);
        assert_true(found.least <= least + 1e-7);
        assert_true(!found.any || found.cost >= least - 1e-7);
        cut += !found.any || found.cost > least + 1e-7;
    }
    assert_true(cut > 0);
    frem_mip_close(solver);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_found),
        cmocka_unit_test(what_cannot_be_met_is_no_solution),
        cmocka_unit_test(an_error_of_the_library_is_a_defect),
        cmocka_unit_test(the_least_of_all_that_there_are_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
