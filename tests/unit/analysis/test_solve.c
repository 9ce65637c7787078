/* One unknown, computed by hand: 100 persons of whom a share leaves every year. Those who leave before 2021 are decided
 * (10), so that a share e gives 90 e leavers in 2022 and 90 (1 - e) e in 2023, at most 22.5. */
#include <math.h>

#include "frame/columns.h"
#include "fremskriv/output.h"
#include "fremskriv/solve.h"
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2024}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "    permanent_exit: 0.1\n"                                                                              \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 81}, follows: constant}\n"

#define EXIT "professions.p.permanent_exit"

static void load(small *w) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(w, WORLD);
}

static frem_status solve(const small *w, frem_results **out, const char *vary, const char *target, int from) {
    const frem_solve_options options = {&vary, 1, &target, 1, from, 0};
    return frem_solve_new(out, NULL, (const frem_model *const[]){w->model}, 1, &options,
                          &(frem_run_options){.threads = 1}, w->diags);
}

/* A number of a table of the answer. */
static double number_of(const frem_results *results, const char *table, const char *column, size_t row) {
    const double *numbers = frem_column_numbers(frem_results_answer(results, table), column);
    assert_non_null(numbers);
    return numbers[row];
}

static void finds(const char *vary, const char *target, int from, double value, const char *before) {
    small w;
    frem_results *results;
    load(&w);
    assert_int_equal(solve(&w, &results, vary, target, from), FREM_OK);
    assert_close(number_of(results, "solution", "value", 0), value, 1e-7);
    assert_close(number_of(results, "targets", "difference", 0), 0, 1e-6);
    char *text = frem_write_short(results, FREM_EN, 1000), wanted[64];
    (void)snprintf(wanted, sizeof wanted, "as the scenario is, it is %s.\n", before);
    if (strstr(text, wanted) == NULL)
        fail_msg("'%s' is not in '%s'", wanted, text);
    free(text);
    frem_results_free(results);
    small_end(&w);
}

static void one_value_is_found(void **state) {
    (void)state;
    finds(EXIT, "other_exits:p:all:2022=18", 0, 0.2, "9");
    finds(EXIT, "other_exits:::2022=9", 0, 0.1, "9");
    /* Each side of where the response turns, and the very top. */
    finds(EXIT "=0:0.5", "other_exits:p::2023=21.6", 0, 0.4, "8.1");
    finds(EXIT "=0.5:1", "other_exits:p::2023=21.6", 0, 0.6, "8.1");
    finds(EXIT, "other_exits:p::2023=22.5", 0, 0.5, "8.1");
    /* 90 e - 10 = -4. */
    finds(EXIT, "other_exits:p::2021..2022=-4", 0, 1.0 / 15, "-1");
    /* What is decided later: of 81 persons. */
    finds(EXIT, "other_exits:p::2023=40.5", 2022, 0.5, "8.1");
    /* A factor, and what is added. */
    finds(EXIT "*=0:10", "other_exits:p::2022=18", 0, 2, "9");
    finds(EXIT "+=-0.1:0.5", "other_exits:p::2022=18", 0, 0.1, "9");
    /* A number without years changes as a whole; its range has no end. */
    finds("professions.p.cohorts.persons", "stock:p::2022=162", 0, 200, "81");
    finds("professions.p.cohorts.persons", "stock:p::2022=8100", 0, 10000, "81");
    finds("professions.p.cohorts.persons", "gap:::2022=0", 0, 100, "0");
}

static void refuses(const char *vary, const char *target, frem_status status, const char *want,
                    frem_lang lang) {
    small w;
    frem_results *results;
    load(&w);
    assert_int_equal(solve(&w, &results, vary, target, 0), status);
    assert_null(results);
    char *text = frem_diag_text(frem_diags_at(w.diags, 0), lang);
    assert_text(text, want);
    free(text);
    small_end(&w);
}

static void what_has_no_one_answer_says_why(void **state) {
    (void)state;
    /* The response turns between the places that are looked at: 21.6 is met on both sides of 0.5, 22.499 very near it. */
    refuses(EXIT, "other_exits:p::2023=21.6", FREM_NO_SOLUTION,
            "fremskriv: error: several values of " EXIT
            " from 0 to 1 give other_exits:p:all:2023 = 21.6: 0.4; 0.6\n"
            "hint: choose one with bounds around it: --vary PATH=MIN:MAX",
            FREM_EN);
    refuses(EXIT "=0:0.97", "other_exits:p::2023=22.4990", FREM_NO_SOLUTION,
            "fremskriv: error: flere værdier af " EXIT
            " fra 0 til 0,97 giver other_exits:p:all:2023 = 22.499: 0,496667; "
            "0,503333\n"
            "hint: vælg en med grænser omkring den: --vary PATH=MIN:MAX",
            FREM_DA);
    refuses(EXIT, "other_exits:p::2023=23", FREM_NO_SOLUTION,
            "fremskriv: error: no value of " EXIT " from 0 to 1 gives other_exits:p:all:2023 = 23\n"
            "hint: with 0.5 it is at best 22.5",
            FREM_EN);
    refuses(EXIT "=0.1:0.2", "gap:::2024=0", FREM_NO_SOLUTION,
            "fremskriv: error: ingen værdi af " EXIT " fra 0,1 til 0,2 giver gap:all:all:2024 = 0\n"
            "hint: med 0,1 er tallet i bedste fald -15,39",
            FREM_DA);
    refuses(EXIT, "stock:p::2021=50", FREM_NO_SOLUTION,
            "fremskriv: error: " EXIT
            " does not move stock:p:all:2021, which is 90 for every value from 0 to 1\n"
            "hint: those who begin must have come through before the year of the target; another profession "
            "or region may lie "
            "behind",
            FREM_EN);
    /* No one lacks where 90 (1 - e) >= 81: all up to 0.1, a place that is looked at. */
    refuses(EXIT "=0:0.7", "shortage:p::2022=0", FREM_NO_SOLUTION,
            "fremskriv: error: several values of " EXIT
            " from 0 to 0.7 give shortage:p:all:2022 = 0: 0..0.1\n"
            "hint: choose one with bounds around it: --vary PATH=MIN:MAX",
            FREM_EN);
}

static void wishes_that_do_not_fit_are_refused(void **state) {
    (void)state;
    refuses(
        EXIT, "gap:p::2022", FREM_USAGE,
        "fremskriv: error: --target: 'gap:p::2022' is not ADDRESS=VALUE\nhint: such as gap:all:all:2035=0",
        FREM_EN);
    refuses(
        EXIT, "gap:p::2020-2022=0", FREM_USAGE,
        "fremskriv: error: 'gap:p::2020-2022': the year '2020-2022' is not written like 2035, 2018..2023\n"
        "hint: the years here are 2020 to 2024",
        FREM_EN);
    refuses("professions.p.permanent_exits", "gap:p::2022=0", FREM_USAGE,
            "fremskriv: error: w has no parameter 'professions.p.permanent_exits' to vary\n"
            "hint: did you mean 'professions.p.permanent_exit'?",
            FREM_EN);
    refuses(EXIT "=0.5:0.5", "gap:p::2022=0", FREM_USAGE,
            "fremskriv: error: --vary " EXIT
            ": the first bound is not below the second\nhint: MIN:MAX, such as 0:3000",
            FREM_EN);
    refuses(EXIT "=0:2", "gap:p::2022=0", FREM_USAGE,
            "fremskriv: error: " EXIT ": 2 is outside 0 to 1\nhint: the unit is share", FREM_EN);
    refuses(EXIT, "other_exits:p::2020=1", FREM_USAGE,
            "fremskriv: error: resultaterne har intet ved 'other_exits:p:all:2020'\n"
            "hint: scenariet har intet for dette mål der; strømme begynder i året efter basisåret",
            FREM_DA);
}

static int stop(void *context) {
    return ++*(int *)context == 3;
}

static void it_can_be_stopped(void **state) {
    (void)state;
    small w;
    int calls = 0;
    frem_results *results;
    load(&w);
    const frem_progress progress = {.stop = stop, .context = &calls};
    const char *vary = EXIT, *target = "other_exits:p::2023=20";
    const frem_solve_options options = {&vary, 1, &target, 1, 0, 0};
    assert_int_equal(frem_solve_new(&results, NULL, (const frem_model *const[]){w.model}, 1, &options,
                                    &(frem_run_options){.threads = 1, .progress = &progress}, w.diags),
                     FREM_INTERRUPTED);
    assert_null(results);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_value_is_found),
        cmocka_unit_test(what_has_no_one_answer_says_why),
        cmocka_unit_test(wishes_that_do_not_fit_are_refused),
        cmocka_unit_test(it_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
