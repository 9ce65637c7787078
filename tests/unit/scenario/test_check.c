/* What is right across fields passes, and one mistake is reported once. What is wrong, place by place: tests/bad. */
#include <stdio.h>

#include "small.h"

#define PROGRAMME "programmes:\n  sosu:\n    leads_to: sosu\n    entry: {table: a.csv, column: n}\n"

static void passes(const char *yaml) {
    frem_small small;
    small_good(&small, yaml);
    small_free(&small);
}

/* A value with years passes when every year from 2020 to 2024 is given. */
static void test_paths_that_tell(void **state) {
    (void)state;
    static const char *const values[] = {
        "{2020: 0.1, 2021: 0.1, 2022: 0.1, 2023: 0.1, 2024: 0.1}",
        "{2020: 0.1, then: hold}",
        "{2024: 0.1, before: hold}",
        "{2020: 0.1, 2024: 0.2, between: linear}",
        "{2021: 0.1, 2023: 0.2, between: step, before: hold, then: {growth: 0}}",
        "{2020: 0.1, 2021: 0.2, 2024: 0.1, between: spline}",
        "{start: 0.1, growth: 0.01}",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char yaml[1024];
        (void)snprintf(yaml, sizeof yaml, "%s    death: %s\n%s", FREM_SMALL_TOP FREM_SMALL_PROFESSION,
                       values[i], FREM_SMALL_SECTOR);
        passes(yaml);
    }
}

/* Entry years begin before the base year; whether early enough is a question for the programme. */
static void test_entry_years(void **state) {
    (void)state;
    passes(FREM_SMALL_TOP FREM_SMALL_PROFESSION PROGRAMME
           "    intake: {2010: 5, 2022: 6, between: linear, then: hold}\n"
           "    length: {2015: 3, then: hold}\n"
           "    completion: 0.8\n" FREM_SMALL_SECTOR);
    passes(FREM_SMALL_TOP FREM_SMALL_PROFESSION PROGRAMME
           "    intake: {start: 5, growth: 0.01}\n"
           "    earlier_intake: hold\n"
           "    stages: {a: {length: 1}, b: {length: 2, dropout: 0.1}}\n" FREM_SMALL_SECTOR);
}

static void test_order_of_blocks(void **state) {
    (void)state;
    passes(FREM_SMALL_SECTOR FREM_SMALL_PROFESSION FREM_SMALL_TOP);
}

/* What depends on a broken value is not reported besides. */
static void test_once(void **state) {
    (void)state;
    small_bad(FREM_SMALL_TOP FREM_SMALL_PROFESSION PROGRAMME "    intake: {2016: 1, 2020: x}\n" /* 13 */
                                                             "    length: 0,5\n"
                                                             "    completion: 80\n" FREM_SMALL_SECTOR,
              "small.yaml:13:29: error: programmes.sosu.intake: 'x' is not a number\n"
              "hint: write it like 1122, 0.74 or 1.5e3\n"
              "small.yaml:14:13: error: programmes.sosu.length: '0,5' has a comma or a thousands separator\n"
              "hint: write 0.5\n"
              "small.yaml:15:17: error: programmes.sosu.completion: 80 is outside 0 to 1\n"
              "hint: a share is written as a fraction: 0.8 for 80 per cent\n");
    /* Years that cannot be read leave no path to judge. */
    small_bad("fremskriv: 1\n"
              "years: {base: 2O20, until: 2024}\n"
              "base_year: cohorts\n"
              "regions: r.csv\n" FREM_SMALL_PROFESSION "    death: {1900: 0.1}\n" FREM_SMALL_SECTOR,
              "small.yaml:2:15: error: years.base: '2O20' has text after the number\n"
              "hint: write the number alone, without blanks, units or per cent: 0.74 for 74 %\n");
    /* A block that is no mapping is not searched for names. */
    small_bad(FREM_SMALL_TOP "professions: [sosu]\n" PROGRAMME "    intake: {start: 1, growth: 0}\n"
                             "    length: 1\n"
                             "    completion: 0.8\n" FREM_SMALL_SECTOR,
              "small.yaml:6:14: error: professions is a list and must be a mapping of names\n"
              "hint: write `key: value` on lines of their own, without '-' and square brackets\n");
    small_bad(FREM_SMALL_TOP FREM_SMALL_SECTOR,
              "small.yaml:1:1: error: scenario lacks the key 'professions'\n"
              "hint: write `professions: ...`: Professions by name\n");
}

/* Fields and what holds between them are judged in one run. */
static void test_all_at_once(void **state) {
    (void)state;
    small_bad(FREM_SMALL_TOP FREM_SMALL_PROFESSION "    death: low\n"
                                                   "    absence: {days: 10}\n" /* 10 */
                                                   "demand:\n"
                                                   "  pleje: {employment: {soso: 50}, follows: constant}\n",
              "small.yaml:9:12: error: professions.sosu.death: 'low' is not a number\n"
              "hint: write it like 1122, 0.74 or 1.5e3\n"
              "small.yaml:10:5: error: professions.sosu.absence lacks the key 'of'\n"
              "hint: write `of: ...`: working days a year\n"
              "small.yaml:12:24: error: demand.pleje.employment: there is no 'soso' in professions\n"
              "hint: did you mean 'sosu'?\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_that_tell), cmocka_unit_test(test_entry_years),
        cmocka_unit_test(test_order_of_blocks), cmocka_unit_test(test_once),
        cmocka_unit_test(test_all_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
