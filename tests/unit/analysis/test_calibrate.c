/* Calibration against closed forms: the demand of profession p is a + b x, x = 1, 2, 3, 4 in 2020 to 2023, where sector one
 * stays at a and sector two grows from b. */
#include <math.h>

#include "analysis/answer.h"
#include "fremskriv/calibrate.h"
#include "unit/model/small.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\nyears: {base: 2020, until: 2023}\nages: {from: 20, to: 64}\nbase_year: cohorts\n"         \
    "professions:\n  p:\n    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: "     \
    "0}}\n"
#define DEMAND(one, two)                                                                                     \
    "demand:\n  one: {employment: {p: " one "}, follows: constant}\n"                                        \
    "  two: {employment: {p: " two "}, follows: {series: {2020: 1, 2021: 2, 2022: 3, 2023: 4}}}\n"
/* n = 4, sums x = 10, xx = 30, y = 240, xy = 710: b = 440 / 20 = 22, a = (240 - 220) / 4 = 5. Variances 25 * 30/20 and
 * 25 * 4/20, covariance -25 * 10/20. The misses -3, -1, 11, -7 (squares 180) over 5: 7.2. */
#define OBSERVED                                                                                             \
    "observed:\n"                                                                                            \
    "  - {of: 'demand:p::2020', value: 30, tolerance: 5}\n  - {of: 'demand:p::2021', value: 50, tolerance: " \
    "5}\n"                                                                                                   \
    "  - {of: 'demand:p::2022', value: 60, tolerance: 5}\n  - {of: 'demand:p::2023', value: 100, "           \
    "tolerance: 5}\n"

static frem_status calibrate(const small *w, frem_results **out) {
    const frem_model *const models[] = {w->model};
    return frem_calibrate_new(out, w->sources, models, 1, &(frem_calibrate_options){0},
                              &(frem_run_options){.threads = 1}, w->diags);
}

static const frem_frame *table_of(const frem_results *results, const char *name) {
    const frem_answer *answer = frem_results_document(results)->answer;
    for (size_t i = 0; i < answer->n_tables; i++) {
        if (strcmp(answer->tables[i].name, name) == 0)
            return answer->tables[i].frame;
    }
    fail_msg("no table %s", name);
    return NULL;
}

static double number(const frem_results *results, const char *table, size_t row, const char *column) {
    const frem_frame *frame = table_of(results, table);
    return frem_frame_numbers(frame, (size_t)frem_frame_column(frame, column))[row];
}

static const char *label(const frem_results *results, const char *table, size_t row, const char *column) {
    const frem_frame *frame = table_of(results, table);
    const size_t at = (size_t)frem_frame_column(frame, column);
    return frem_frame_label_text(frame, at, frem_frame_label_codes(frame, at)[row]);
}

static bool says(const frem_results *results, frem_lang lang, const char *text) {
    const frem_answer *answer = frem_results_document(results)->answer;
    bool said = false;
    for (size_t i = 0; i < answer->n_sentences; i++)
        said = said || strstr(answer->sentences[i].text[lang], text) != NULL;
    return said;
}

static void begin(small *w, const char *yaml) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(w, yaml);
}

static void a_line_is_fitted_as_by_hand(void **state) {
    (void)state;
    small w;
    frem_results *results;
    begin(&w, HEAD DEMAND("{unknown: {min: 0, max: 1000, start: 900}}",
                          "{unknown: {min: 0, max: 500, start: 1}}") OBSERVED);
    assert_int_equal(calibrate(&w, &results), FREM_OK);
    assert_text(label(results, "calibration", 0, "parameter"), "demand.one.employment.p");
    assert_close(number(results, "calibration", 0, "value"), 5, 1e-7);
    assert_close(number(results, "calibration", 1, "value"), 22, 1e-8);
    assert_close(number(results, "calibration", 0, "se"), sqrt(37.5), 1e-6);
    assert_close(number(results, "calibration", 1, "se"), sqrt(5), 1e-6);
    const double wide = sqrt(3.841458820694124);
    /* The first one's interval would go below 0, its bound. */
    assert_text(label(results, "calibration", 0, "status"), "one_sided");
    assert_close(number(results, "calibration", 0, "low"), 0, 0);
    assert_close(number(results, "calibration", 0, "high"), 5 + wide * sqrt(37.5), 1e-4);
    assert_text(label(results, "calibration", 1, "status"), "bounded");
    assert_close(number(results, "calibration", 1, "low"), 22 - wide * sqrt(5), 1e-4);
    assert_close(number(results, "correlations", 0, "correlation"), -12.5 / sqrt(37.5 * 5), 1e-7);
    static const double fitted[] = {27, 49, 71, 93}, observed[] = {30, 50, 60, 100};
    static const char *const within[] = {"yes", "yes", "no", "no"};
    for (size_t i = 0; i < 4; i++) {
        assert_close(number(results, "fit", i, "fitted"), fitted[i], 1e-6);
        assert_close(number(results, "fit", i, "residual"), observed[i] - fitted[i], 1e-6);
        assert_text(label(results, "fit", i, "within"), within[i]);
    }
    assert_true(
        says(results, FREM_EN, "2 unknowns are fitted to 4 observations; 2 lie within their tolerance."));
    assert_true(says(results, FREM_EN, "sum to 7.2; about 2 is to be expected"));
    assert_true(says(results, FREM_DA,
                     "2 ubekendte er tilpasset 4 observationer; 2 ligger inden for deres tolerance."));
    assert_true(says(results, FREM_DA, "giver i alt 7,2; omkring 2 er at vente"));
    frem_results_free(results);
    small_end(&w);
}

/* With b at most 20, a = (240 - 10 * 20) / 4 = 10, alone with variance 25 / 4. */
static void a_value_at_its_bound_says_so(void **state) {
    (void)state;
    small w;
    frem_results *results;
    begin(&w, HEAD DEMAND("{unknown: {min: 0, max: 1000, start: 900}}",
                          "{unknown: {min: 0, max: 20, start: 1}}") OBSERVED);
    assert_int_equal(calibrate(&w, &results), FREM_OK);
    assert_close(number(results, "calibration", 0, "value"), 10, 1e-8);
    assert_close(number(results, "calibration", 0, "se"), 2.5, 1e-7);
    assert_close(number(results, "calibration", 1, "value"), 20, 0);
    assert_text(label(results, "calibration", 1, "status"), "at_max");
    assert_true(isnan(number(results, "calibration", 1, "se")));
    assert_close(number(results, "calibration", 1, "high"), 20, 0);
    /* a fitted anew, the squares are 7.2 + (b - 22)^2 / 5, 8 at the bound; where a would be below 0 they rise faster. */
    assert_close(number(results, "calibration", 1, "low"), 22 - sqrt(5 * (0.8 + 3.841458820694124)), 1e-4);
    assert_true(says(results, FREM_EN, "demand.two.employment.p is at its bound"));
    assert_true(says(results, FREM_DA, "demand.two.employment.p ligger ved sin grænse"));
    frem_results_free(results);
    small_end(&w);
}

/* Those who leave move no demand; of two sectors that stay as they are the sum alone is seen. */
static void what_the_data_cannot_say_is_said(void **state) {
    (void)state;
    small w;
    frem_results *results;
    begin(&w, HEAD "    permanent_exit: {unknown: {min: 0, max: 0.5, start: 0.1}}\n" DEMAND(
                  "{unknown: {min: 0, max: 40, start: 10}}",
                  "22") "  three: {employment: {p: {unknown: {min: 0, max: 40, start: 12}}}, follows: "
                        "constant}\n" OBSERVED);
    assert_int_equal(calibrate(&w, &results), FREM_OK);
    assert_text(label(results, "calibration", 0, "status"), "flat");
    assert_close(number(results, "calibration", 0, "value"), 0.1, 1e-15);
    assert_close(number(results, "calibration", 0, "low"), 0, 0);
    assert_close(number(results, "calibration", 0, "high"), 0.5, 0);
    assert_true(
        says(results, FREM_EN, "professions.p.permanent_exit is flat: nothing observed moves with it."));
    assert_true(says(results, FREM_DA,
                     "professions.p.permanent_exit er flad: intet observeret flytter sig med den."));
    /* Together 5, with as little moved as can be: 10 - 8.5 and 12 - 8.5. */
    assert_close(number(results, "calibration", 1, "value"), 1.5, 1e-6);
    assert_close(number(results, "calibration", 2, "value"), 3.5, 1e-6);
    assert_true(isnan(number(results, "calibration", 1, "se")));
    assert_text(label(results, "calibration", 1, "status"), "one_sided");
    /* The sum's standard error is 2.5; the other one is at least 0. */
    assert_close(number(results, "calibration", 1, "high"), 5 + 2.5 * sqrt(3.841458820694124), 1e-4);
    assert_true(
        says(results, FREM_EN, "demand.one.employment.p and demand.three.employment.p only move together"));
    assert_true(says(results, FREM_DA,
                     "demand.one.employment.p og demand.three.employment.p flytter sig kun sammen"));
    frem_results_free(results);
    small_end(&w);
}

static void refuses(const char *yaml, frem_status status, const char *want) {
    small w;
    frem_results *results;
    begin(&w, yaml);
    assert_int_equal(calibrate(&w, &results), status);
    assert_null(results);
    char *text = small_problem(&w);
    assert_text(text, want);
    free(text);
    small_end(&w);
}

static void what_cannot_be_fitted_is_refused(void **state) {
    (void)state;
    refuses(HEAD DEMAND("5", "22") OBSERVED, FREM_INVALID,
            "w.yaml: error: nothing in 'w' is unknown\n"
            "hint: mark what is to be found: `unknown: {min: ..., max: ..., start: ...}` in a value");
    refuses(HEAD DEMAND("{unknown: {min: 0, max: 9, start: 1}}", "22"), FREM_INVALID,
            "w.yaml: error: 'w' has nothing to be fitted to\n"
            "hint: list under `observed` what is known of its results: `- {of: ADDRESS, value: ..., "
            "tolerance: ...}`, in "
            "its years");
    refuses(HEAD DEMAND("{unknown: {min: 0, max: 9, start: 1}}",
                        "22") "observed: [{of: 'demand:p::2020', value: 30}]\n",
            FREM_INVALID,
            "w.yaml:11:12: error: 'demand:p:all:2020' has no tolerance, and cannot be weighed against other "
            "observations\n"
            "hint: say in `tolerance` how far off it may be, above 0");
    /* Flows begin in the year after the base year. */
    refuses(
        HEAD DEMAND("{unknown: {min: 0, max: 9, start: 1}}",
                    "22") "observed: [{of: 'retirements:p::2020', value: 3, tolerance: 1}]\n",
        FREM_INVALID,
        "w.yaml:11:18: error: the results have nothing at 'retirements:p:all:2020'\n"
        "hint: the scenario has nothing for this measure there; flows begin in the year after the base year");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_fitted_as_by_hand),
        cmocka_unit_test(a_value_at_its_bound_says_so),
        cmocka_unit_test(what_the_data_cannot_say_is_said),
        cmocka_unit_test(what_cannot_be_fitted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
