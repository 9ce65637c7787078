/* What results depend on, in a small world that is linear in what is uncertain. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame/answer.h"
#include "frame/columns.h"
#include "fremskriv/sensitivity.h"
#include "unit/model/small.h"

/* 100 persons of p, of whom 80 % work, and 80 posts: the gap of a year is 100 d - 80 (s - 1), with d what is added to the share
 * and s the standard. */
#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: {en: Carers, da: Plejere}\n"                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "    participation: 0.8\n"                                                                               \
    "    unemployment: 0\n"                                                                                  \
    "demand:\n"                                                                                              \
    "  job:\n"                                                                                               \
    "    label: {en: Work, da: Arbejde}\n"                                                                   \
    "    employment: {p: 80}\n"                                                                              \
    "    follows: constant\n"                                                                                \
    "    standard: 1\n"
#define UNSURE "uncertain:\n"
#define SHARE "  professions.p.participation: {normal: {sd: 0.02}}\n"
#define NEED "  need: {of: demand.job.standard, as: value, uniform: {min: 0.9, max: 1.1}}\n"
#define GAP "gap:p:all:2022"

typedef struct asked {
    const char *of, *method, *vary;
    size_t points;
    unsigned threads;
} asked;

static void load(small *w, const char *scenario) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(w, scenario);
}

static frem_status ask(const small *w, const asked *a, frem_results **out) {
    const frem_model *model = w->model;
    const char *of = a->of != NULL ? a->of : GAP;
    const frem_sensitivity_options options = {.of = &of,
                                              .n_of = 1,
                                              .method = a->method,
                                              .points = a->points,
                                              .seed = 3,
                                              .vary = &a->vary,
                                              .n_vary = a->vary != NULL};
    const frem_run_options run = {.threads = a->threads > 0 ? a->threads : 1};
    return frem_sensitivity_new(out, NULL, &model, 1, &options, &run, w->diags);
}

static frem_results *asked_of(const small *w, const asked *a) {
    frem_results *results = NULL;
    small_must(w, ask(w, a, &results), __FILE__, __LINE__);
    return results;
}

/* A column of the row of a parameter and an index; the test fails where there is none. */
static double at(const frem_results *results, const char *address, const char *parameter, const char *index,
                 const char *column) {
    const frem_frame *f = frem_results_answer(results, "sensitivity");
    static const char *const columns[] = {"address", "parameter", "index"};
    const char *const keys[] = {address, parameter, index};
    for (size_t i = 0; i < frem_frame_rows(f); i++) {
        bool is = true;
        for (size_t c = 0; c < 3 && is; c++)
            is = (ptrdiff_t)frem_column_codes(f, columns[c])[i] == frem_column_code(f, columns[c], keys[c]);
        if (is)
            return frem_column_numbers(f, column)[i];
    }
    print_error("no row of %s %s\n", parameter, index);
    fail();
    return 0;
}

static double value(const frem_results *results, const char *parameter, const char *index) {
    return at(results, GAP, parameter, index, "value");
}

/* The first sentence. */
static const char *said(frem_results *results, frem_lang lang) {
    return frem_results_document(results)->answer->sentences[0].text[lang];
}

/* Variances (100 * 0.02)^2 = 4 and (80 * 0.2)^2 / 12 = 64 / 3: shares 3/19 and 16/19. An effect is the slope over the whole of a
 * distribution; the normal one's quantiles of 7/8 and 3/8 are 1.15035 and -0.31864 sd from its mean. */
static void a_linear_world_is_as_known(void **state) {
    (void)state;
    small w;
    load(&w, HEAD UNSURE SHARE NEED);
    const char *share = "professions.p.participation";
    frem_results *r = asked_of(&w, &(asked){0});
    assert_close(value(r, share, "at_p10"), -2 * 1.2815516, 1e-6);
    assert_close(value(r, share, "at_p90"), 2 * 1.2815516, 1e-6);
    assert_close(value(r, "need", "at_p10"), 80 * 0.08, 1e-9);
    assert_close(at(r, GAP, "need", "at_p90", "low"), -80 * 0.08, 1e-9);
    assert_non_null(
        strstr(said(r, FREM_EN), "Standard of service: Work (6.4 to -6.4) and Participation: Carers"));
    frem_results_free(r);
    r = asked_of(&w, &(asked){.method = "sobol", .points = 4096});
    assert_close(value(r, share, "first"), 3.0 / 19, 2e-3);
    assert_close(value(r, share, "total"), 3.0 / 19, 1e-3);
    assert_close(value(r, "need", "first"), 16.0 / 19, 2e-3);
    assert_close(value(r, "need", "total"), 16.0 / 19, 2e-3);
    assert_true(at(r, GAP, "need", "total", "low") < 16.0 / 19 &&
                at(r, GAP, "need", "total", "high") > 16.0 / 19);
    frem_results_free(r);
    r = asked_of(&w, &(asked){.method = "morris", .points = 4});
    assert_close(value(r, "need", "mu"), -80 * 0.2, 1e-9);
    assert_close(value(r, "need", "mu_star"), 80 * 0.2, 1e-9);
    assert_close(value(r, "need", "sigma"), 0, 1e-9);
    assert_close(value(r, share, "mu_star"), 2 * 2 * (1.15035 + 0.31864), 1e-4);
    frem_results_free(r);
    small_end(&w);
}

/* Nothing that the result does not depend on is a finding, and a result that does not vary has no shares at all. */
static void what_does_nothing_is_said_to(void **state) {
    (void)state;
    small w;
    load(&w, HEAD UNSURE SHARE NEED);
    const char *share = "professions.p.participation";
    frem_results *r = asked_of(&w, &(asked){.method = "sobol", .points = 64, .of = "demand:p:all:2022"});
    assert_close(at(r, "demand:p:all:2022", share, "total", "high"), 0, 0);
    assert_close(at(r, "demand:p:all:2022", share, "first", "value"), 0, 0);
    assert_non_null(strstr(said(r, FREM_EN), "Cannot be distinguished from 0: Participation: Carers."));
    assert_non_null(strstr(said(r, FREM_DA), "Kan ikke skelnes fra 0: Erhvervsdeltagelse: Plejere."));
    assert_null(strstr(said(r, FREM_EN), "Participation: Carers (")); /* which would be a finding */
    const frem_frame *ranking = frem_results_answer(r, "ranking");
    assert_int_equal(frem_frame_rows(ranking), 1); /* of what moves it */
    frem_results_free(r);
    r = asked_of(&w, &(asked){.method = "sobol", .points = 64, .of = "stock:p:all:2022"});
    assert_true(isnan(at(r, "stock:p:all:2022", share, "total", "value")));
    assert_non_null(strstr(said(r, FREM_EN), "Nothing of what is varied moves it."));
    frem_results_free(r);
    r = asked_of(&w, &(asked){.of = "stock:p:all:2022"});
    assert_close(at(r, "stock:p:all:2022", share, "at_p10", "value"), 100, 1e-9);
    assert_non_null(strstr(said(r, FREM_DA), "Intet af det, der varieres"));
    frem_results_free(r);
    small_end(&w);
}

/* No estimate is a bare negative number: shares below 0 are 0, with their intervals. */
static void shares_are_never_negative(void **state) {
    (void)state;
    small w;
    load(&w, HEAD UNSURE NEED "  little: {of: professions.p.participation, normal: {sd: 0.00001}}\n");
    frem_results *r = asked_of(&w, &(asked){.method = "sobol", .points = 64});
    const frem_frame *f = frem_results_answer(r, "sensitivity");
    for (size_t i = 0; i < frem_frame_rows(f); i++) {
        assert_true(frem_column_numbers(f, "value")[i] >= 0);
        assert_true(frem_column_numbers(f, "low")[i] >= 0);
    }
    frem_results_free(r);
    small_end(&w);
}

/* Two that are correlated by 0.5 are one input of sobol, with the variance of both: 4 + 4 + 2 * 0.5 * 4 = 12 against 64 / 3; alone
 * each in a tornado. A walk is one input: sd 2 sqrt(2) in its second year. */
static void groups_and_walks_are_one(void **state) {
    (void)state;
    small w;
    load(&w, HEAD UNSURE NEED "  a: {of: professions.p.participation, normal: {sd: 0.02}}\n"
                              "  b: {of: professions.p.participation, normal: {sd: 0.02}}\n"
                              "correlated:\n  both: {of: [a, b], correlation: 0.5}\n");
    frem_results *r = asked_of(&w, &(asked){.method = "sobol", .points = 4096});
    const double all = 12 + 64.0 / 3;
    assert_close(value(r, "both", "first"), 12 / all, 3e-3);
    assert_close(value(r, "both", "total"), 12 / all, 3e-3);
    assert_int_equal(frem_frame_rows(frem_results_answer(r, "sensitivity")), 4);
    assert_non_null(strstr(frem_results_document(r)->answer->sentences[1].text[FREM_EN],
                           "a, b are correlated, so that each group is counted as one parameter"));
    frem_results_free(r);
    r = asked_of(&w, &(asked){0});
    assert_close(value(r, "a", "at_p90"), 2 * 1.2815516, 1e-6);
    assert_close(value(r, "b", "at_p90"), 2 * 1.2815516, 1e-6);
    frem_results_free(r);
    small_end(&w);
    load(&w, HEAD UNSURE NEED "  steps: {of: professions.p.participation, normal: {sd: 0.02}, path: walk}\n");
    r = asked_of(&w, &(asked){.method = "sobol", .points = 4096});
    assert_close(value(r, "steps", "total"), 8 / (8 + 64.0 / 3), 3e-3);
    frem_results_free(r);
    r = asked_of(&w, &(asked){0});
    assert_close(value(r, "steps", "at_p90"), 2 * sqrt(2) * 1.2815516, 1e-5);
    frem_results_free(r);
    small_end(&w);
}

/* What is varied takes the place of what is uncertain: without either there is nothing. */
static void what_is_varied_takes_its_place(void **state) {
    (void)state;
    small w;
    load(&w, HEAD UNSURE NEED);
    frem_results *r = asked_of(&w, &(asked){.vary = "professions.p.participation=0.7:0.9"});
    assert_int_equal(frem_frame_rows(frem_results_answer(r, "sensitivity")), 2);
    assert_close(value(r, "professions.p.participation", "at_p10"), -8, 1e-9);
    frem_results_free(r);
    r = asked_of(&w, &(asked){.vary = "professions.p.participation*=0.5:1 from 2022", .method = "morris"});
    assert_close(value(r, "professions.p.participation*", "mu"), 40, 1e-9);
    frem_results_free(r);
    small_end(&w);
    load(&w, HEAD);
    assert_int_equal(ask(&w, &(asked){0}, &r), FREM_INVALID);
    char *text = small_problem(&w);
    assert_non_null(strstr(text, "does not say what is uncertain"));
    free(text);
    small_end(&w);
}

static void wrong_questions_are_refused(void **state) {
    (void)state;
    small w;
    frem_results *r = NULL;
    load(&w, HEAD UNSURE SHARE NEED);
    static const asked wrong[] = {{.method = "storm"},
                                  {.points = 5},
                                  {.method = "sobol", .points = 1000},
                                  {.method = "sobol", .points = 32},
                                  {.method = "morris", .points = 3},
                                  {.of = "gap:p:all:2050"},
                                  {.of = "graduates:p:all:2022"},
                                  {.vary = "professions.p.participation=0.9:0.7"},
                                  {.vary = "professions.p.participation=0.9:1.7"},
                                  {.vary = "professions.p.participation"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(ask(&w, &wrong[i], &r), FREM_USAGE);
        assert_null(r);
        assert_true(frem_diags_errors(w.diags) == i + 1);
    }
    small_end(&w);
}

/* Points that are no scenario are named with their numbers. */
static void points_that_are_no_scenario_are_named(void **state) {
    (void)state;
    small w;
    frem_results *r = NULL;
    load(&w,
         HEAD UNSURE "  a: {of: professions.p.participation, as: add, uniform: {min: -0.6, max: 0.15}}\n"
                     "  b: {of: professions.p.participation, as: add, uniform: {min: -0.6, max: 0.15}}\n");
    assert_int_equal(ask(&w, &(asked){.method = "sobol", .points = 64}, &r), FREM_INVALID);
    char *text = frem_diag_text(frem_diags_at(w.diags, frem_diags_count(w.diags) - 1), FREM_EN);
    assert_non_null(strstr(text, "cannot be projected: a = "));
    free(text);
    small_end(&w);
}

/* The same on other threads. */
static void threads_change_nothing(void **state) {
    (void)state;
    static const char *const methods[] = {"tornado", "morris", "sobol"};
    small w;
    load(&w, HEAD UNSURE SHARE NEED);
    for (size_t m = 0; m < 3; m++) {
        frem_results *one = asked_of(&w, &(asked){.method = methods[m]});
        frem_results *three = asked_of(&w, &(asked){.method = methods[m], .threads = 3});
        const frem_frame *a = frem_results_answer(one, "sensitivity"),
                         *b = frem_results_answer(three, "sensitivity");
        assert_memory_equal(frem_column_numbers(a, "value"), frem_column_numbers(b, "value"),
                            frem_frame_rows(a) * sizeof(double));
        frem_results_free(one);
        frem_results_free(three);
    }
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_world_is_as_known),
        cmocka_unit_test(what_does_nothing_is_said_to),
        cmocka_unit_test(shares_are_never_negative),
        cmocka_unit_test(groups_and_walks_are_one),
        cmocka_unit_test(what_is_varied_takes_its_place),
        cmocka_unit_test(wrong_questions_are_refused),
        cmocka_unit_test(points_that_are_no_scenario_are_named),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
