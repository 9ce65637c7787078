/* Draws of a small world whose supply is linear in normal numbers, against what is known of it; exact quantiles against every
 * draw kept; draws that depend on nothing else; worst cases. */
#include "analysis/judge.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "frame/columns.h"
#include "fremskriv/montecarlo.h"
#include "unit/model/small.h"

/* 100 persons of whom all stay; supply is persons x participation, so that the gap of each year after the base year is
 * 100 (0.8 + d) - 80 = 100 d, with d normal of sd 0.02. Exits of 0.1 + e of the second profession from 2021 on make its
 * stock of 2022 100 (0.9)(0.9 - e): sd 90 x 0.01. */
#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "    participation: 0.8\n"                                                                               \
    "  q:\n"                                                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "    permanent_exit: 0.1\n"                                                                              \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 80, q: 81}, follows: constant}\n"                                               \
    "uncertain:\n"
#define LINEAR                                                                                               \
    "  work: {of: professions.p.participation, normal: {sd: 0.02}}\n"                                        \
    "  exits: {of: professions.q.permanent_exit, normal: {sd: 0.01}}\n"

static void load(small *w, const char *scenario) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(w, scenario);
}

typedef struct asked {
    size_t draws;
    const char *sampling;
    unsigned threads;
    const char *isa;
    size_t memory;
    const char *keep;
    const char *measures;
} asked;

static frem_status draw(const small *w, const asked *a, frem_results **out) {
    const frem_model *model = w->model;
    const frem_montecarlo_options options = {.draws = a->draws,
                                             .seed = 7,
                                             .sampling = a->sampling,
                                             .keep = &a->keep,
                                             .n_keep = a->keep != NULL,
                                             .memory = a->memory};
    const frem_run_options run = {
        .threads = a->threads > 0 ? a->threads : 1, .isa = a->isa, .rows = {.measures = a->measures}};
    return frem_montecarlo(out, NULL, &model, 1, &options, &run, w->diags);
}

static frem_results *drawn(const small *w, const asked *a) {
    frem_results *results = NULL;
    assert_int_equal(draw(w, a, &results), FREM_OK);
    return results;
}

/* A statistic of a row of the table; NaN for none. */
static double at(const frem_results *results, const char *region, const char *profession, const char *measure,
                 int year, const char *statistic) {
    const frem_frame *f = frem_results_table(results);
    static const char *const columns[] = {"region", "profession", "measure", "statistic", "sector"};
    const char *const keys[] = {region, profession, measure, statistic, "all"};
    const int32_t *years = frem_column_wholes(f, "year");
    const double *values = frem_column_numbers(f, "value");
    for (size_t i = 0; i < frem_frame_rows(f); i++) {
        bool is = years[i] == year;
        for (size_t c = 0; c < 5 && is; c++)
            is = (ptrdiff_t)frem_column_codes(f, columns[c])[i] == frem_column_code(f, columns[c], keys[c]);
        if (is)
            return values[i];
    }
    return (double)NAN;
}

/* Within four standard errors of what is known. */
static void a_linear_world_is_as_known(const char *sampling, size_t n, double tolerance) {
    small w;
    load(&w, HEAD LINEAR);
    frem_results *r = drawn(&w, &(asked){.draws = n, .sampling = sampling, .measures = "gap,stock"});
    const double error = tolerance / sqrt((double)n);
    static const struct {
        const char *statistic;
        double z, weight; /* standard error of the quantile over sd / sqrt(n): sqrt(p (1 - p)) / density */
    } quantiles[] = {{"p05", -1.6448536, 2.11}, {"p10", -1.2815516, 1.71}, {"p25", -0.6744898, 1.36},
                     {"p50", 0, 1.2533},        {"p75", 0.6744898, 1.36},  {"p90", 1.2815516, 1.71},
                     {"p95", 1.6448536, 2.11}};
    for (int year = 2021; year <= 2022; year++) {
        assert_close(at(r, "all", "p", "gap", year, "mean"), 0, 2 * error);
        assert_close(at(r, "all", "p", "gap", year, "sd"), 2, 2 * error);
        assert_close(at(r, "all", "p", "gap", year, "p_short"), 0.5, 0.5 * error);
        for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++)
            assert_close(at(r, "all", "p", "gap", year, quantiles[q].statistic), 2 * quantiles[q].z,
                         2 * quantiles[q].weight * error);
    }
    assert_close(at(r, "all", "p", "gap", 2020, "sd"), 0, 0);
    assert_close(at(r, "all", "q", "stock", 2021, "sd"), 0, 1e-12);
    assert_close(at(r, "all", "q", "stock", 2022, "mean"), 81, 0.9 * error);
    assert_close(at(r, "all", "q", "stock", 2022, "sd"), 0.9, 0.9 * error);
    /* Together inside each draw: the two are independent. */
    assert_close(at(r, "all", "all", "gap", 2022, "sd"), sqrt(4 + 0.81), 2.2 * error);
    assert_true(isnan(at(r, "all", "q", "stock", 2022, "p_short")));
    frem_results_free(r);
    small_end(&w);
}

static void linear_worlds_are_as_known(void **state) {
    (void)state;
    a_linear_world_is_as_known("plain", 100000, 4);
    a_linear_world_is_as_known("antithetic", 5000, 6);
    a_linear_world_is_as_known("lhs", 5000, 4);
    a_linear_world_is_as_known("sobol", 8192, 1);
}

static int rising(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantiles are those of all draws, kept and sorted; however little is held at a time. */
static void quantiles_are_those_of_every_draw(void **state) {
    (void)state;
    enum { N = 333 };
    small w;
    load(&w, HEAD LINEAR);
    frem_results *r = drawn(&w, &(asked){.draws = N, .keep = "gap:p::2022,gap:::2022", .memory = 1});
    frem_results *whole = drawn(&w, &(asked){.draws = N});
    const frem_frame *draws = frem_results_answer(r, "draws");
    const double *values = frem_column_numbers(draws, "value");
    assert_int_equal(frem_frame_rows(draws), 2 * N);
    double sorted[2][N];
    for (size_t i = 0; i < N; i++) {
        sorted[0][i] = values[2 * i];
        sorted[1][i] = values[2 * i + 1];
    }
    static const char *const names[] = {"p05", "p10", "p25", "p50", "p75", "p90", "p95"};
    static const double shares[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    static const char *const professions[] = {"p", "all"};
    for (size_t p = 0; p < 2; p++) {
        qsort(sorted[p], N, sizeof(double), rising);
        for (size_t q = 0; q < 7; q++) {
            const double h = (N - 1) * shares[q];
            const size_t below = (size_t)h;
            const double want =
                sorted[p][below] + (h - (double)below) * (sorted[p][below + 1] - sorted[p][below]);
            assert_close(at(r, "all", professions[p], "gap", 2022, names[q]), want, 1e-12);
        }
    }
    const frem_frame *a = frem_results_table(r), *b = frem_results_table(whole);
    assert_int_equal(frem_frame_rows(a), frem_frame_rows(b));
    assert_memory_equal(frem_column_numbers(a, "value"), frem_column_numbers(b, "value"),
                        frem_frame_rows(a) * sizeof(double));
    frem_results_free(r);
    frem_results_free(whole);
    small_end(&w);
}

static void numbers_do_not_depend_on_threads_or_instructions(void **state) {
    (void)state;
    static const asked ways[] = {{.draws = 200, .threads = 2},
                                 {.draws = 200, .isa = "plain"},
                                 {.draws = 200, .isa = "avx2"},
                                 {.draws = 200, .isa = "avx512"},
                                 {.draws = 200, .threads = 3, .memory = 4000}};
    small w;
    load(&w, HEAD LINEAR);
    frem_results *one = drawn(&w, &(asked){.draws = 200});
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (frem_results_isa(ways[i].isa) == FREM_ISA_COUNT)
            continue; /* this machine has it not */
        frem_results *other = drawn(&w, &ways[i]);
        const frem_frame *a = frem_results_table(one), *b = frem_results_table(other);
        assert_int_equal(frem_frame_rows(a), frem_frame_rows(b));
        assert_memory_equal(frem_column_numbers(a, "value"), frem_column_numbers(b, "value"),
                            frem_frame_rows(a) * sizeof(double));
        frem_results_free(other);
    }
    frem_results_free(one);
    small_end(&w);
}

/* One more uncertain number, before or after the others, changes no draw of theirs. */
static void draws_do_not_depend_on_other_numbers(void **state) {
    (void)state;
    static const char *const samplings[] = {"plain", "antithetic", "lhs", "sobol"};
#define MORE "  more: {of: demand.job.employment.q, as: times, uniform: {min: 0.9, max: 1.1}}\n"
    for (size_t k = 0; k < 4; k++) {
        const asked a = {.draws = 100, .sampling = samplings[k], .keep = "gap:p::2022"};
        small w, more;
        load(&w, HEAD LINEAR);
        /* Sobol sequences are given out in the order of the file. */
        load(&more, k < 3 ? HEAD MORE LINEAR : HEAD LINEAR MORE);
        frem_results *one = drawn(&w, &a), *two = drawn(&more, &a);
        const double *of_one = frem_column_numbers(frem_results_answer(one, "draws"), "value"),
                     *of_two = frem_column_numbers(frem_results_answer(two, "draws"), "value");
        for (size_t i = 0; i < 100; i++) /* sums are made of others in the other world */
            assert_close(of_one[i], of_two[i], 1e-11);
        frem_results_free(one);
        frem_results_free(two);
        small_end(&w);
        small_end(&more);
    }
}

/* A walk of steps of sd 0.01 has sd 0.01 sqrt(k) after k years; numbers of an autoregression keep theirs, and a group its
 * correlation: two participations with correlation 0.6 sum to a variance of 2 (1 + 0.6). */
static void paths_and_groups_have_their_spread(void **state) {
    (void)state;
    enum { N = 8000 };
    const double error = 4 / sqrt(N);
    small w;
    load(&w, HEAD "  walk: {of: professions.p.participation, normal: {sd: 0.01}, path: walk}\n");
    frem_results *r = drawn(&w, &(asked){.draws = N, .sampling = "plain"});
    assert_close(at(r, "all", "p", "gap", 2021, "sd"), 1, error);
    assert_close(at(r, "all", "p", "gap", 2022, "sd"), sqrt(2), sqrt(2) * error);
    frem_results_free(r);
    small_end(&w);
    load(&w,
         HEAD "  ar: {of: professions.p.participation, normal: {sd: 0.01}, path: ar, correlation: 0.5}\n");
    r = drawn(&w, &(asked){.draws = N, .sampling = "plain", .keep = "gap:p::2021..2022"});
    assert_close(at(r, "all", "p", "gap", 2021, "sd"), 1, error);
    assert_close(at(r, "all", "p", "gap", 2022, "sd"), 1, error);
    const double *changes = frem_column_numbers(frem_results_answer(r, "draws"), "value");
    double squares = 0; /* the change has variance 2 (1 - 0.5) */
    for (size_t i = 0; i < N; i++)
        squares += changes[i] * changes[i] / N;
    assert_close(squares, 1, 2 * error);
    frem_results_free(r);
    small_end(&w);
    load(&w, HEAD "  a: {of: professions.p.participation, normal: {sd: 0.01}}\n"
                  "  b: {of: demand.job.employment.p, normal: {sd: 1}}\n"
                  "correlated:\n  both: {of: [a, b], matrix: [[1, 0.6], [0.6, 1]]}\n");
    r = drawn(&w, &(asked){.draws = N, .sampling = "plain"});
    assert_close(at(r, "all", "p", "gap", 2022, "sd"), sqrt(2 * (1 - 0.6)), error);
    frem_results_free(r);
    small_end(&w);
}

/* Two regions of which no one lives in one, and a stock that may die out: their rows are numbers. */
static void empty_regions_and_pools_are_projected(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_put(&w, "regions.csv", "code,name\nfull,Full\nempty,Empty\n");
    small_put(&w, "persons.csv", "region,persons\nfull,100\nempty,0\n");
    small_load(&w, "fremskriv: 1\n"
                   "years: {base: 2020, until: 2022}\n"
                   "ages: {from: 20, to: 64}\n"
                   "base_year: cohorts\n"
                   "regions: {table: regions.csv}\n"
                   "professions:\n"
                   "  p:\n"
                   "    cohorts:\n"
                   "      persons: {table: persons.csv, column: persons}\n"
                   "      ages: {table: ages.csv, column: persons, outside: 0}\n"
                   "    permanent_exit: 0.5\n"
                   "demand:\n"
                   "  job: {employment: {p: {table: persons.csv, column: persons}}, follows: constant}\n"
                   "uncertain:\n"
                   "  gone: {of: professions.p.permanent_exit, as: value, uniform: {min: 0.5, max: 1}}\n");
    frem_results *r = drawn(&w, &(asked){.draws = 256, .measures = "stock,gap,coverage"});
    assert_close(at(r, "empty", "p", "stock", 2022, "p95"), 0, 0);
    assert_close(at(r, "empty", "p", "gap", 2022, "p_short"), 0, 0);
    assert_true(isnan(at(r, "empty", "p", "coverage", 2022, "p50")));
    assert_close(at(r, "full", "p", "gap", 2022, "p_short"), 1, 0);
    assert_close(at(r, "full", "p", "stock", 2022, "p50"), 100 * 0.5 * 0.25, 0.5);
    assert_true(at(r, "full", "p", "stock", 2022, "p05") < 2);
    frem_results_free(r);
    small_end(&w);
}

/* Draws that are no scenario: the first is named with its numbers. */
static void a_draw_that_is_no_scenario_is_named(void **state) {
    (void)state;
    small w;
    frem_results *r = NULL;
    load(&w, HEAD "  a: {of: professions.p.participation, as: add, uniform: {min: -0.6, max: 0.15}}\n"
                  "  b: {of: professions.p.participation, as: add, uniform: {min: -0.6, max: 0.15}}\n");
    assert_int_equal(draw(&w, &(asked){.draws = 64}, &r), FREM_INVALID);
    assert_null(r);
    const size_t n = frem_diags_count(w.diags);
    char *text = frem_diag_text(frem_diags_at(w.diags, n - 1), FREM_EN);
    assert_non_null(strstr(text, "cannot be projected: a = "));
    free(text);
    small_end(&w);
    load(&w, HEAD "  a: {of: professions.p.participation, as: add, uniform: {min: -0.1, max: 0.1}}\n");
    assert_int_equal(draw(&w, &(asked){.draws = 10, .keep = "gap:p::1999"}, &r), FREM_USAGE);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_worlds_are_as_known),
        cmocka_unit_test(quantiles_are_those_of_every_draw),
        cmocka_unit_test(numbers_do_not_depend_on_threads_or_instructions),
        cmocka_unit_test(draws_do_not_depend_on_other_numbers),
        cmocka_unit_test(paths_and_groups_have_their_spread),
        cmocka_unit_test(empty_regions_and_pools_are_projected),
        cmocka_unit_test(a_draw_that_is_no_scenario_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
