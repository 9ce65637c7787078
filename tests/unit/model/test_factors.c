/* Factors on the people of some ages, worked out by hand. */
#include "unit/model/small.h"

#define HEAD(factors)                                                                                        \
    "fremskriv: 1\nyears: {base: 2020, until: 2022}\nages: {from: 60, to: 62}\nbase_year: cohorts\n"         \
    "regions: {table: regions.csv}\n"                                                                        \
    "population: {table: people.csv" factors "}\n"                                                           \
    "professions:\n"                                                                                         \
    "  p: {cohorts: {persons: 10, ages: {table: ages.csv, column: persons}, split: equal}}\n"                \
    "demand:\n"
#define BORN "few: {years: born, factor: {2020: 0.5, 2021: 2, 2022: 7}}"
#define OLD "old: {ages: 2+, factor: {2020: 9, 2021: 1.1, 2022: 1.2}}"

static const char *const tables[][2] = {
    {"regions.csv", "code,name\nA,Alfa\nB,Beta\n"},
    {"ages.csv", "age,persons\n60,1\n61,0\n62,0\n"},
    {"people.csv", "region,year,age,persons\n"
                   "A,2020,0,10\nA,2020,1,20\nA,2020,2+,70\nA,2021,0,15\nA,2021,1,20\nA,2021,2+,75\n"
                   "A,2022,0,5\nA,2022,1,30\nA,2022,2+,80\nB,2020,0,40\nB,2020,1,10\nB,2020,2+,50\n"
                   "B,2021,0,20\nB,2021,1,10\nB,2021,2+,50\nB,2022,0,40\nB,2022,1,10\nB,2022,2+,50\n"},
    {"fte.csv", "region,p\nA,30\nB,50\n"},
    {"need.csv", "age,need\n0,1\n1,0\n2,2\n"},
};

static void run(small *w, const char *yaml) {
    small_begin(w);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        small_put(w, tables[i][0], tables[i][1]);
    small_run(w, yaml);
}

#define YOUNG "  job: {employment: {p: {table: fte.csv, column: p}}, follows: {population: 0-1}}\n"

/* Those of 0 in January 2021 were born in 2020, and are half as many in that year and, at age 1, in the next. Those of 1 in
 * 2021 were counted in the base year. */
static void a_cohort_keeps_its_factor(void **state) {
    (void)state;
    small w;
    run(&w, HEAD(", factors: {" BORN "}") YOUNG);
    assert_years(&w, 2020, "A", "p", "job", "demand", 30, 15 * 0.5 + 20, 5 * 2 + 30 * 0.5);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 20 * 0.5 + 10, 40 * 2 + 10 * 0.5);
    small_end(&w);
}

/* A factor of the years in which people are counted holds for its ages alone, and never for the base year. */
static void a_factor_holds_for_its_ages_after_the_base_year(void **state) {
    (void)state;
    small w;
    run(&w, HEAD(", factors: {" OLD "}") YOUNG
        "  care: {employment: {p: {table: fte.csv, column: p}}, follows: {population: 2+}}\n");
    assert_years(&w, 2020, "A", "p", "job", "demand", 30, 35, 35);
    assert_years(&w, 2020, "A", "p", "care", "demand", 30, 30 * 75 * 1.1 / 70, 30 * 80 * 1.2 / 70);
    small_end(&w);
}

/* Need by age, users with a weight, and the intake of a generation see the same people. */
static void all_that_follows_people_sees_factors(void **state) {
    (void)state;
    small w;
    run(&w, HEAD(", factors: {" BORN ", " OLD
                 "}") "  care: {employment: {p: {table: fte.csv, column: p}}, follows: {need: {by_age: "
                      "{table: need.csv, column: need}}}}\n"
                      "  used: {employment: {p: {table: fte.csv, column: p}}, follows: {users: {"
                      "small: {population: 0, use_rate: 0.5}, large: {population: 2+, use_rate: 0.1}}}}\n");
    assert_years(&w, 2020, "A", "p", "care", "demand", 30, 30 * (15 * 0.5 + 2 * 75 * 1.1) / 150,
                 30 * (5 * 2 + 2 * 80 * 1.2) / 150);
    assert_years(&w, 2020, "A", "p", "used", "demand", 30, 30 * (15 * 0.5 * 0.5 + 75 * 1.1 * 0.1) / 12,
                 30 * (5 * 2 * 0.5 + 80 * 1.2 * 0.1) / 12);
    small_end(&w);
}

static void a_factor_of_one_changes_nothing(void **state) {
    (void)state;
    small w, plain;
    run(&w, HEAD(", factors: {few: {years: born, factor: 1}, old: {ages: 2+, factor: 1}}") YOUNG);
    run(&plain, HEAD("") YOUNG);
    for (int year = 2020; year <= 2022; year++)
        assert_true(small_value(&w, year, "B", "p", "job", "demand") ==
                    small_value(&plain, year, "B", "p", "job", "demand"));
    small_end(&w);
    small_end(&plain);
}

static void a_missing_year_and_unknown_ages_are_problems(void **state) {
    (void)state;
    small_refuses(HEAD(", factors: {few: {factor: {2021: 0.9}}}") YOUNG, tables,
                  sizeof tables / sizeof *tables,
                  "w.yaml:6:58: error: population.factors.few.factor ends in 2021 and is needed until "
                  "2022\nhint: add `then: hold` or `then: "
                  "{growth: ...}`");
    small_refuses(
        HEAD(", factors: {few: {ages: 3-5, factor: 0.9}}") YOUNG, tables, sizeof tables / sizeof *tables,
        "w.yaml:6:49: error: population.factors.few: the population cannot separate the ages 3 to 5\n"
        "hint: its last age group is 2 and older");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cohort_keeps_its_factor),
        cmocka_unit_test(a_factor_holds_for_its_ages_after_the_base_year),
        cmocka_unit_test(all_that_follows_people_sees_factors),
        cmocka_unit_test(a_factor_of_one_changes_nothing),
        cmocka_unit_test(a_missing_year_and_unknown_ages_are_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
