/* 200 random worlds with known values and noise: the intervals of 95 % that `calibrate` states hold the true values in 95 %
 * of them. */
#include <locale.h>
#include <math.h>

#include "analysis/answer.h"
#include "fremskriv/calibrate.h"
#include "unit/model/small.h"

enum { WORLDS = 200, UNKNOWN = 3, YEARS = 10 };

/* A fixed sequence in (0, 1): splitmix64. */
static double next(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state) {
    const double radius = sqrt(-2 * log(next(state)));
    return radius * cos(2 * acos(-1) * next(state));
}

/* Persons of the base year, of whom a share leaves each year, and graduates of an intake that changes by year. */
static size_t write_world(char *out, size_t n, const char *persons, const char *leaving,
                          const char *completion) {
    return (size_t)snprintf(
        out, n,
        "fremskriv: 1\nyears: {base: 2020, until: %d}\nages: {from: 20, to: 64}\nbase_year: cohorts\n"
        "professions:\n  p:\n    cohorts: {persons: %s, ages: {table: ages.csv, column: persons, outside: "
        "0}}\n"
        "    permanent_exit: %s\n"
        "programmes:\n  k:\n    leads_to: p\n    intake: {2019: 100, 2025: 160, between: linear, then: "
        "hold}\n    length: 1\n"
        "    completion: %s\n    entry: {table: ages.csv, column: persons, outside: 0}\n"
        "demand:\n  job: {employment: {p: 100}, follows: constant}\n",
        2020 + YEARS, persons, leaving, completion);
}

/* The world with its true values. @param[out] stock, graduates by year, the base year first. */
static void find_truth(const double truth[UNKNOWN], double stock[YEARS + 1], double graduates[YEARS + 1]) {
    char yaml[4096], persons[32], leaving[32], completion[32];
    small w;
    (void)snprintf(persons, sizeof persons, "%.12g", truth[0]);
    (void)snprintf(leaving, sizeof leaving, "%.12g", truth[1]);
    (void)snprintf(completion, sizeof completion, "%.12g", truth[2]);
    (void)write_world(yaml, sizeof yaml, persons, leaving, completion);
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(&w, yaml);
    const frem_model *const models[] = {w.model};
    assert_int_equal(
        frem_results_new(&w.results, w.sources, models, 1, &(frem_run_options){.threads = 1}, w.diags),
        FREM_OK);
    for (int year = 0; year <= YEARS; year++) {
        const frem_value_key of_stock = {.measure = "stock", .profession = "p", .year = 2020 + year},
                             of_graduates = {.measure = "graduates", .profession = "p", .year = 2020 + year};
        assert_int_equal(frem_results_value(w.results, &of_stock, &stock[year]), FREM_OK);
        assert_int_equal(frem_results_value(w.results, &of_graduates, &graduates[year]), FREM_OK);
    }
    small_end(&w);
}

/* Adds what was observed with noise of the tolerance. */
static void observe(char *yaml, size_t room, const char *measure, const double *values, int first,
                    double tolerance, uint64_t *state) {
    for (int year = first; year <= YEARS; year++) {
        const size_t n = strlen(yaml);
        (void)snprintf(yaml + n, room - n, "  - {of: '%s:p::%d', value: %.9f, tolerance: %.9f}\n", measure,
                       2020 + year, values[year] + tolerance * normal(state), tolerance);
    }
}

/* Counts which of the stated intervals hold the truth. */
static void recover(const double truth[UNKNOWN], uint64_t *state, size_t held[UNKNOWN], size_t *bounded) {
    static const double low[UNKNOWN] = {100, 0, 0.2}, high[UNKNOWN] = {5000, 0.5, 1};
    double stock[YEARS + 1], graduates[YEARS + 1];
    char yaml[8192];
    small w;
    frem_results *results;
    find_truth(truth, stock, graduates);
    (void)write_world(yaml, sizeof yaml, "{unknown: {min: 100, max: 5000, start: 1000}}",
                      "{unknown: {min: 0, max: 0.5, start: 0.2}}",
                      "{unknown: {min: 0.2, max: 1, start: 0.5}}");
    (void)strcat(yaml, "observed:\n");
    observe(yaml, sizeof yaml, "stock", stock, 0, 0.01 * stock[0], state);
    observe(yaml, sizeof yaml, "graduates", graduates, 1, 5, state);
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(&w, yaml);
    const frem_model *const models[] = {w.model};
    assert_int_equal(frem_calibrate_new(&results, w.sources, models, 1, &(frem_calibrate_options){0},
                                        &(frem_run_options){.threads = 1}, w.diags),
                     FREM_OK);
    const frem_frame *frame = frem_results_document(results)->answer->tables[0].frame;
    const double *lows = frem_frame_numbers(frame, (size_t)frem_frame_column(frame, "low")),
                 *highs = frem_frame_numbers(frame, (size_t)frem_frame_column(frame, "high"));
    for (size_t k = 0; k < UNKNOWN; k++) {
        held[k] += lows[k] <= truth[k] && truth[k] <= highs[k];
        *bounded += lows[k] > low[k] && highs[k] < high[k];
    }
    frem_results_free(results);
    small_end(&w);
}

static void intervals_hold_the_truth_as_often_as_they_say(void **state) {
    (void)state;
    uint64_t seed = 20190613;
    size_t held[UNKNOWN] = {0}, bounded = 0, all = 0;
    for (size_t i = 0; i < WORLDS; i++) {
        const double truth[UNKNOWN] = {500 + 1500 * next(&seed), 0.02 + 0.1 * next(&seed),
                                       0.5 + 0.4 * next(&seed)};
        recover(truth, &seed, held, &bounded);
    }
    for (size_t k = 0; k < UNKNOWN; k++) {
        print_message("value %zu: %zu of %d intervals hold the truth\n", k, held[k], WORLDS);
        /* 190 are expected of each; the standard deviation is 3.1. */
        assert_in_range(held[k], 181, 198);
        all += held[k];
    }
    assert_in_range(all, 555, 585); /* 570, standard deviation 5.3 were they independent */
    assert_true(bounded > 590);
}

int main(void) {
    (void)setlocale(LC_NUMERIC, "C"); /* numbers are printed here as files have them */
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
