/* Backtests of a small world, worked by hand: what was known then, errors, means by horizon, naive forecasts. */
#include "fremskriv/backtest.h"

#include <math.h>

#include "unit/model/small.h"

/* The need follows a series. In 2018 the staff was 8, and the need grew by a tenth a year as far as was known:
 * 8, 8.8, 9.68, 10.648, 11.7128. In 2020 the staff was 9: 9, 9.9, 10.89. */
#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2022, until: 2023}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p: {cohorts: {persons: 20, ages: {table: ages.csv, column: persons}}}\n"                              \
    "demand:\n"                                                                                              \
    "  job:\n"                                                                                               \
    "    employment: {p: 12}\n"                                                                              \
    "    follows: {series: {2018: 1, 2019: 1, 2020: 1, 2021: 1, 2022: 0.9, then: {growth: 0.1}}}\n"          \
    "known:\n"                                                                                               \
    "  2018: {demand: {job: {employment: {p: 8}}}}\n"                                                        \
    "  2020: {demand: {job: {employment: {p: 9}}}}\n"                                                        \
    "observed:\n"                                                                                            \
    "  - {of: \"demand:p:all:2017\", value: 7}\n"                                                            \
    "  - {of: \"demand:p:all:2018\", value: 8}\n"                                                            \
    "  - {of: \"demand:p:all:2019\", value: 9}\n"                                                            \
    "  - {of: \"demand:p:all:2020\", value: 9}\n"                                                            \
    "  - {of: \"demand:p:all:2021\", value: 10}\n"                                                           \
    "  - {of: \"demand:p:all:2022\", value: 12}\n"                                                           \
    "  - {of: \"demand:p:all:2018..2022\", value: 4}\n"

static frem_status judge(small *w, const int *from, size_t n) {
    const frem_model *models[] = {w->model};
    const frem_backtest_options backtest = {.from = from, .n_from = n};
    return frem_backtest(&w->results, w->sources, models, 1, &backtest, &(frem_run_options){.threads = 1},
                         w->diags);
}

static void load(small *w, const char *world) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_load(w, world);
}

static double number(const frem_frame *table, const char *column, size_t row) {
    const ptrdiff_t at = frem_frame_column(table, column);
    assert_true(at >= 0 && row < frem_frame_rows(table));
    return frem_frame_column_kind(table, (size_t)at) == FREM_COLUMN_WHOLE
               ? frem_frame_wholes(table, (size_t)at)[row]
               : frem_frame_numbers(table, (size_t)at)[row];
}

static void each_year_is_projected_with_what_was_known_then(void **state) {
    (void)state;
    const int from[] = {2018, 2020};
    /* from, horizon, observed, projected, percent, no change, trend */
    const double want[][7] = {
        {2018, 1, 9, 8.8, -100.0 * 0.2 / 9, 8, 9}, {2018, 2, 9, 9.68, 100.0 * 0.68 / 9, 8, 10},
        {2018, 3, 10, 10.648, 6.48, 8, 11},        {2018, 4, 12, 11.7128, -100.0 * 0.2872 / 12, 8, 12},
        {2018, 4, 4, 3.7128, (double)NAN, 0, 4},   {2020, 1, 10, 9.9, -1, 9, 9},
        {2020, 2, 12, 10.89, -9.25, 9, 9}};
    small w;
    load(&w, WORLD);
    assert_int_equal(judge(&w, from, 2), FREM_OK);
    const frem_frame *rows = frem_results_answer(w.results, "backtest");
    assert_int_equal(frem_frame_rows(rows), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_close(number(rows, "from", i), want[i][0], 0);
        assert_close(number(rows, "horizon", i), want[i][1], 0);
        assert_close(number(rows, "observed", i), want[i][2], 0);
        assert_close(number(rows, "projected", i), want[i][3], 1e-9);
        assert_close(number(rows, "error", i), want[i][3] - want[i][2], 1e-9);
        if (isnan(want[i][4])) /* of a change */
            assert_true(isnan(number(rows, "percent", i)));
        else
            assert_close(number(rows, "percent", i), want[i][4], 1e-9);
        assert_close(number(rows, "no_change", i), want[i][5], 1e-9);
        assert_close(number(rows, "trend", i), want[i][6], 1e-9);
    }
    small_end(&w);
}

/* The mean absolute change a year was 1 by 2018 and 2/3 by 2020. */
static void errors_are_averaged_by_horizon(void **state) {
    (void)state;
    const int from[] = {2018, 2020};
    /* horizon, n, ME, MAE, MAPE, MASE, no change, trend */
    const double want[][8] = {{1, 2, -0.15, 0.15, (100.0 * 0.2 / 9 + 1) / 2, (0.2 + 0.15) / 2, 1, 0.5},
                              {2, 2, -0.215, 0.895, (100.0 * 0.68 / 9 + 9.25) / 2, (0.68 + 1.665) / 2, 2, 2},
                              {3, 1, 0.648, 0.648, 6.48, 0.648, 2, 1},
                              {4, 1, -0.2872, 0.2872, 100.0 * 0.2872 / 12, 0.2872, 4, 0}};
    static const char *const columns[] = {"horizon",       "n",        "me", "mae", "mape", "mase",
                                          "mae_no_change", "mae_trend"};
    small w;
    load(&w, WORLD);
    assert_int_equal(judge(&w, from, 2), FREM_OK);
    const frem_frame *means = frem_results_answer(w.results, "backtest_summary");
    assert_int_equal(frem_frame_rows(means), 5);
    for (size_t i = 0; i < 4; i++) {
        for (size_t c = 0; c < 8; c++)
            assert_close(number(means, columns[c], i), want[i][c], 1e-9);
    }
    /* The change is no value, and not averaged with them. */
    assert_close(number(means, "n", 4), 1, 0);
    assert_close(number(means, "me", 4), -0.2872, 1e-9);
    assert_close(number(means, "mase", 4), 0.2872, 1e-9);
    small_end(&w);
}

static const char *known(const frem_frame *table, const char *path) {
    const size_t paths = (size_t)frem_frame_column(table, "path"),
                 values = (size_t)frem_frame_column(table, "known");
    for (size_t i = 0; i < frem_frame_rows(table); i++) {
        if (strcmp(frem_frame_label_text(table, paths, frem_frame_label_codes(table, paths)[i]), path) == 0)
            return frem_frame_label_text(table, values, frem_frame_label_codes(table, values)[i]);
    }
    return NULL;
}

static void what_was_known_is_listed(void **state) {
    (void)state;
    small w;
    load(&w, WORLD);
    assert_int_equal(judge(&w, &(int){2020}, 1), FREM_OK);
    const frem_frame *table = frem_results_answer(w.results, "backtest_known");
    assert_int_equal(frem_frame_rows(table), 2);
    assert_string_equal(known(table, "demand.job.employment.p"), "9");
    assert_string_equal(known(table, "demand.job.follows.series"),
                        "{2018: 1, 2019: 1, 2020: 1, then: {growth: 0.1}}");
    small_end(&w);
}

/* What was known in 2018 was known in 2019; a path without an end of its own is held. */
static void earlier_layers_hold_and_paths_are_held(void **state) {
    (void)state;
    char world[4096];
    small w;
    (void)snprintf(world, sizeof world, "%s", WORLD);
    char *growth = strstr(world, ", then: {growth: 0.1}");
    assert_non_null(growth);
    memmove(growth, growth + strlen(", then: {growth: 0.1}"),
            strlen(growth + strlen(", then: {growth: 0.1}")) + 1);
    memcpy(strstr(world, "base: 2022, until: 2023"), "base: 2021, until: 2022", 23);
    load(&w, world);
    assert_int_equal(judge(&w, &(int){2019}, 1), FREM_OK);
    const frem_frame *rows = frem_results_answer(w.results, "backtest");
    assert_int_equal(frem_frame_rows(rows), 3); /* 2018 is not projected, nor is the change since then */
    for (size_t i = 0; i < 3; i++)
        assert_close(number(rows, "projected", i), 8, 1e-9);
    small_end(&w);
}

/* Years may be projected from before any that was observed: then nothing was known but the projection's own first year. */
static void what_is_observed_later_is_judged(void **state) {
    (void)state;
    char world[4096];
    small w;
    (void)snprintf(world, sizeof world, "%s", WORLD);
    *strstr(world, "  - {of: \"demand:p:all:2017\"") = '\0';
    strcat(world, "  - {of: \"demand:p:all:2021\", value: 10}\n"
                  "  - {of: \"demand:all:all:2019..2021\", value: 2}\n");
    load(&w, world);
    assert_int_equal(judge(&w, &(int){2018}, 1), FREM_OK);
    const frem_frame *rows = frem_results_answer(w.results, "backtest");
    assert_int_equal(frem_frame_rows(rows), 2);
    assert_close(number(rows, "projected", 0), 10.648, 1e-9);
    assert_close(number(rows, "no_change", 0), 8, 1e-9);
    assert_true(isnan(number(rows, "trend", 0)));
    assert_close(number(rows, "projected", 1), 10.648 - 8.8, 1e-9);
    assert_close(number(rows, "no_change", 1), 0, 0);
    small_end(&w);
}

/* Of changes alone, the last one that was known is the trend, and their mean size a year what errors are scaled by. */
static void changes_follow_changes(void **state) {
    (void)state;
    char world[4096];
    small w;
    (void)snprintf(world, sizeof world, "%s", WORLD);
    *strstr(world, "  - {of: \"demand:p:all:2017\"") = '\0';
    strcat(world, "  - {of: \"demand:p:all:2014..2016\", value: -1}\n"
                  "  - {of: \"demand:p:all:2016..2018\", value: 3}\n"
                  "  - {of: \"demand:p:all:2018..2021\", value: 2}\n");
    load(&w, world);
    assert_int_equal(judge(&w, &(int){2018}, 1), FREM_OK);
    const frem_frame *rows = frem_results_answer(w.results, "backtest"),
                     *means = frem_results_answer(w.results, "backtest_summary");
    assert_int_equal(frem_frame_rows(rows), 1);
    assert_close(number(rows, "error", 0), 2.648 - 2, 1e-9);
    assert_close(number(rows, "trend", 0), 4.5, 1e-9);
    assert_close(number(means, "mase", 0), 0.648, 1e-9);
    small_end(&w);
}

static void what_cannot_be_judged_is_refused(void **state) {
    (void)state;
    small w;
    load(&w, WORLD);
    assert_int_equal(judge(&w, &(int){2022}, 1), FREM_USAGE);
    assert_int_equal(judge(&w, NULL, 0), FREM_USAGE);
    assert_int_equal(judge(&w, &(int){2017}, 1), FREM_INVALID); /* nothing of the series was known */
    assert_null(w.results);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_year_is_projected_with_what_was_known_then),
        cmocka_unit_test(errors_are_averaged_by_horizon),
        cmocka_unit_test(what_was_known_is_listed),
        cmocka_unit_test(earlier_layers_hold_and_paths_are_held),
        cmocka_unit_test(what_is_observed_later_is_judged),
        cmocka_unit_test(changes_follow_changes),
        cmocka_unit_test(what_cannot_be_judged_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
