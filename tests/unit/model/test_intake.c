/* Who starts: intake, places and applicants, shocks, the size of the young generation; and professions without a
 * stock. */
#include "loaded.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2024, until: 2027, count: 1 january}\n"                                                   \
    "ages: {from: 18, to: 30}\n"                                                                             \
    "base_year: cohorts\n"
#define PROFESSION "  p: {cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}}\n"
#define DEMAND "demand: {s: {employment: {p: 1}, follows: constant}}\n"
#define PROGRAMME                                                                                            \
    "programmes:\n"                                                                                          \
    "  k:\n"                                                                                                 \
    "    leads_to: p\n"                                                                                      \
    "    completion: 1\n"                                                                                    \
    "    length: 1\n"                                                                                        \
    "    entry: {table: ages.csv, column: persons, outside: 0}\n"
/* Everything but who starts, which is from line 14 on. */
#define WORLD HEAD "professions:\n" PROFESSION DEMAND PROGRAMME
#define PEOPLE "population: {table: people.csv}\n"

static void begin(loaded *l) {
    loaded_begin(l);
    frem_temp_write(l->folder, "ages.csv", "age,persons\n20,3\n21,1\n");
    frem_temp_write(
        l->folder, "people.csv",
        "region,year,age_from,age_to,persons\n"
        "A,2024,0,17,9\nA,2024,18,18,60\nA,2024,19,30,9\nB,2024,0,17,9\nB,2024,18,18,40\nB,2024,19,30,9\n"
        "A,2025,0,17,9\nA,2025,18,18,70\nA,2025,19,30,9\nB,2025,0,17,9\nB,2025,18,18,40\nB,2025,19,30,9\n"
        "A,2026,0,17,9\nA,2026,18,18,60\nA,2026,19,30,9\nB,2026,0,17,9\nB,2026,18,18,30\nB,2026,19,30,9\n"
        "A,2027,0,17,9\nA,2027,18,18,60\nA,2027,19,30,9\nB,2027,0,17,9\nB,2027,18,18,40\nB,2027,19,30,9\n");
    frem_temp_write(l->folder, "regions.csv", "code,name\nA,Aby\nB,Beby\n");
}

static void check_years(const loaded *l, const char *region, const char *measure, const double *wanted) {
    for (int i = 0; i < 4; i++)
        assert_close(loaded_result(l, 2024 + i, region, "p", measure), wanted[i], 1e-9);
}

/* 80 % of the applicants may be admitted.
 * 2024: 150 * .8 = 120 want the 100 places: 100.   2025: 90 * .8 = 72, 28 places empty.
 * 2026: 150 * .5 (shock) * .8 = 60, 40 empty.      2027: 125 * .8 = 100: as many as there are places. */
static void places_and_applicants(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD "    places: 100\n"
                          "    applicants: {2024: 150, 2025: 90, 2026: 150, 2027: 125}\n"
                          "    qualified_share: 0.8\n"
                          "    shock: {2026: 0.5, 2027: 1}\n");
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){100, 72, 60, 100});
    check_years(&l, "all", "places", (const double[]){100, 100, 100, 100});
    check_years(&l, "all", "places_unfilled", (const double[]){0, 28, 40, 0});
    loaded_end(&l);
}

/* Applicants alone are all admitted who may be; places alone are all filled, but a factor above 1 makes no places. */
static void one_of_the_two(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD "    applicants: 50\n    qualified_share: 0.5\n    shock: {2026: 2, then: hold}\n");
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){25, 25, 50, 50});
    assert_int_equal(loaded_row(&l, 2026, "all", "p", "all", "places"), -1);
    loaded_end(&l);
    begin(&l);
    loaded_good(&l, WORLD "    places: 50\n    shock: {2025: 0.8, 2026: 2, then: hold}\n");
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){50, 40, 50, 50});
    check_years(&l, "all", "places_unfilled", (const double[]){0, 10, 0, 0});
    loaded_end(&l);
}

/* Two regions of equal stock and employment. */
#define TWO                                                                                                  \
    HEAD "professions:\n"                                                                                    \
         "  p: {cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}, split: "       \
         "equal}}\n"                                                                                         \
         "demand: {s: {employment: {p: 2}, follows: constant, split: equal}}\n" PROGRAMME
#define REGIONS "regions: regions.csv\n"

/* 18-year-olds of both regions: 100, 110, 90, 100. Intake of 200 a year follows them after the base year, and from 2026
 * on is 10 % below that: 200, 220, 200 * .9 * .9 = 162, 200 * 1 * .9 = 180. Half settles in each region. */
static void intake_follows_the_young(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, TWO "    intake: 200\n"
                        "    intake_follows: {population: 18}\n"
                        "    shock: {2026: 0.9, then: hold}\n"
                        "    graduates_to: equal\n" PEOPLE REGIONS);
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){200, 220, 162, 180});
    check_years(&l, "A", "intake", (const double[]){100, 110, 81, 90});
    /* One year later they are graduates: of 2024, 2025, 2026. */
    assert_close(loaded_result(&l, 2025, "all", "p", "graduates"), 200, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "graduates"), 220, 1e-9);
    assert_close(loaded_result(&l, 2027, "all", "p", "graduates"), 162, 1e-9);
    loaded_end(&l);
}

/* Places A 60, B 10; applicants A 50, B 30: A takes 50 and has 10 left, B takes 10. Together 60, and not min(70, 80). */
static void places_by_region(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "offers.csv", "region,places,applicants\nA,60,50\nB,10,30\n");
    loaded_good(&l, TWO "    places: {table: offers.csv, column: places}\n"
                        "    applicants: {table: offers.csv, column: applicants}\n" REGIONS);
    loaded_run(&l);
    assert_int_equal(loaded_inputs(&l)->n_programmes, 2);
    static const char *const measures[] = {"intake", "places", "places_unfilled"};
    static const double wanted[][3] = {{50, 10, 60}, {60, 10, 70}, {10, 0, 10}};
    for (int m = 0; m < 3; m++) {
        assert_close(loaded_result(&l, 2025, "A", "p", measures[m]), wanted[m][0], 1e-9);
        assert_close(loaded_result(&l, 2025, "B", "p", measures[m]), wanted[m][1], 1e-9);
        assert_close(loaded_result(&l, 2025, "all", "p", measures[m]), wanted[m][2], 1e-9);
    }
    assert_close(loaded_result(&l, 2026, "B", "p", "graduates"), 10, 1e-9);
    loaded_end(&l);
}

/* Places are known from 2025 on: before that as many as then, or none. */
static void earlier_places(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD "    places: {2025: 100, then: hold}\n"
                          "    applicants: {2025: 80, then: hold}\n"
                          "    earlier_intake: hold\n");
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){80, 80, 80, 80});
    check_years(&l, "all", "places", (const double[]){100, 100, 100, 100});
    loaded_end(&l);
    begin(&l);
    loaded_good(&l, WORLD "    places: {2025: 100, then: hold}\n"
                          "    applicants: {2025: 80, then: hold}\n"
                          "    earlier_intake: none\n");
    loaded_run(&l);
    check_years(&l, "all", "intake", (const double[]){0, 80, 80, 80});
    check_years(&l, "all", "places_unfilled", (const double[]){0, 20, 20, 20});
    loaded_end(&l);
}

/* The place of a problem by its name among all of them; their number where there is none. */
static size_t find_told(const loaded *l, const char *name) {
    size_t i = 0;
    while (i < frem_diags_count(l->diags) && strcmp(frem_diags_at(l->diags, i)->name, name) != 0)
        i++;
    return i;
}

/* Entrants 3 and 1 of a published total of 5: shares .6 and .2, of 100 a year 60 and 20. */
static void a_total_of_its_own(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD "    intake: 100\n    entry_total: 5\n");
    loaded_run(&l);
    char *text = loaded_problem(&l, find_told(&l, "entry-shares-sum"));
    assert_text(
        text, "s.yaml:15:5: warning: programmes.k: the entrants' shares of entry_total sum to 0.8, not to 1\n"
              "hint: the results keep the published total; leave it out for shares of the entrants' own sum");
    free(text);
    assert_close(loaded_number(loaded_inputs(&l)->programmes[0].entrants, 2), 0.6, 1e-15); /* age 20 */
    assert_close(loaded_number(loaded_inputs(&l)->programmes[0].entrants, 3), 0.2, 1e-15);
    assert_close(loaded_result(&l, 2026, "all", "p", "graduates"), 80, 1e-9);
    loaded_end(&l);
    begin(&l);
    loaded_good(&l, WORLD "    intake: 100\n    entry_total: 4\n");
    assert_int_equal(find_told(&l, "entry-shares-sum"), frem_diags_count(l.diags));
    loaded_end(&l);
}

/* Half a year and one and a half, no one drops out, 100 start each 1 January and are counted that day and a year
 * later: 100 in the first stage at .1 FTE, 100 in the second at .5: 60 FTE, in the region where they settle. */
static void students_work(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l,
                HEAD "professions:\n" PROFESSION DEMAND "programmes:\n"
                     "  k:\n"
                     "    leads_to: p\n"
                     "    intake: 100\n"
                     "    entry: {table: ages.csv, column: persons, outside: 0}\n"
                     "    stages: {a: {length: 0.5, student_fte: 0.1}, b: {length: 1.5, student_fte: 0.5}}\n"
                     "    earlier_intake: hold\n");
    loaded_run(&l);
    check_years(&l, "all", "student_fte", (const double[]){60, 60, 60, 60});
    loaded_end(&l);
}

/* Untrained staff have a demand, which has a measure of its own among all professions: so supply 100 (no one leaves) and
 * demand 80 make the gap of all 20 and its coverage 100/80, and the 30 stand beside them. What all professions cost is
 * left out where one of them has no unit cost. */
static void untrained_staff(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, HEAD "professions:\n" PROFESSION "  u: {supply: none, unit_cost: 400000}\n"
                         "demand: {s: {employment: {p: 80, u: 30}, follows: constant}}\n");
    loaded_run(&l);
    static const char *const none[] = {"supply", "gap", "shortage", "coverage", "stock", "recruitment_need"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(loaded_row(&l, 2026, "all", "u", "all", none[i]), -1);
        assert_true(loaded_row(&l, 2026, "all", "all", "all", none[i]) >= 0);
    }
    assert_close(loaded_result(&l, 2026, "all", "u", "demand"), 30, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "u", "demand_without_supply"), 30, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "all", "demand"), 80, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "all", "demand_without_supply"), 30, 1e-9);
    assert_int_equal(loaded_row(&l, 2026, "all", "p", "all", "demand_without_supply"), -1);
    assert_true(loaded_row(&l, 2026, "all", "u", "s", "demand_without_supply") >= 0);
    assert_true(loaded_row(&l, 2026, "all", "all", "s", "demand_without_supply") >= 0);
    assert_close(loaded_result(&l, 2026, "all", "u", "cost"), 12, 1e-9);
    assert_int_equal(loaded_row(&l, 2026, "all", "all", "all", "cost"), -1);
    assert_close(loaded_result(&l, 2026, "all", "all", "gap"), 20, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "all", "coverage"), 1.25, 1e-12);
    assert_close(loaded_number(loaded_inputs(&l)->professions[1].unit_cost, 0), 0.4, 1e-15);
    assert_false(loaded_inputs(&l)->professions[1].has_stock);
    loaded_end(&l);
}

/* A scenario without regions has one area, and it is called what every sum is. */
static void no_regions(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD "    intake: 100\n");
    loaded_run(&l);
    const frem_frame *frame = frem_results_table(l.results);
    size_t column = (size_t)frem_frame_column(frame, "region");
    assert_int_equal(frem_frame_labels(frame, column), 1);
    assert_text(frem_frame_label_text(frame, column, 0), "all");
    assert_true(loaded_row(&l, 2025, "all", "p", "all", "stock") >= 0); /* and once only */
    loaded_end(&l);
}

static void wrong(const char *yaml, const char *expected) {
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "offers.csv", "region,places,applicants\nA,60,50\nB,10,30\n");
    loaded_bad(&l, yaml, expected);
    loaded_end(&l);
}

static void problems_of_intake(void **state) {
    (void)state;
    wrong(WORLD "    intake: 10\n    places: 10\n",
          "s.yaml:15:5: error: programmes.k has both 'intake' and 'places'\nhint: keep one of the two\n");
    wrong(WORLD "    applicants: 10\n    intake: 10\n",
          "s.yaml:14:5: error: programmes.k has both 'intake' and 'applicants'\nhint: keep one of the two\n");
    wrong(WORLD, "s.yaml:9:3: error: programmes.k has neither 'intake' nor 'places'\n"
                 "hint: write `intake: ...` or `places: ...` in it\n");
    wrong(WORLD "    intake: 10\n    qualified_share: 0.5\n",
          "s.yaml:15:5: error: programmes.k: 'qualified_share' has no meaning here: it is a share of "
          "applicants\n");
    wrong(WORLD "    intake: 10\n    intake_follows: {population: 18}\n",
          "s.yaml:15:5: error: scenario lacks the key 'population'\nhint: write `population: ...`: this "
          "follows the population\n");
    wrong(
        TWO "    intake: 10\n    graduates_to: equal\n    intake_follows: {population: 31+}\n" PEOPLE REGIONS,
        "s.yaml:16:22: error: programmes.k.intake_follows: the population cannot separate the ages 31 to ∞\n"
        "hint: its last age group is 30 and older\n");
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "people.csv",
                    "region,year,age_from,age_to,persons\n"
                    "A,2024,0,0,0\nB,2024,0,0,0\nA,2025,0,0,1\nB,2025,0,0,1\n"
                    "A,2026,0,0,1\nB,2026,0,0,1\nA,2027,0,0,1\nB,2027,0,0,1\n");
    loaded_bad(
        &l,
        TWO "    intake: 10\n    graduates_to: equal\n    intake_follows: {population: 0}\n" PEOPLE REGIONS,
        "s.yaml:16:5: error: programmes.k.intake_follows: no one is 0 years old in 2024\n");
    loaded_end(&l);
}

static void problems_of_regions(void **state) {
    (void)state;
    wrong(TWO "    places: {table: offers.csv, column: places}\n    applicants: 40\n" REGIONS,
          "s.yaml:14:5: error: programmes.k: 'places' is by region and 'applicants' is not\n"
          "hint: give both by region, or both for all regions together\n");
    wrong(TWO "    intake: {table: offers.csv, column: places}\n    graduates_to: equal\n" REGIONS,
          "s.yaml:15:5: error: programmes.k: the intake is by region, so graduates already have one\n"
          "hint: leave out `graduates_to`; `outside` is the share that leaves, and `moves` takes people to "
          "other regions\n");
}

static void problems_of_totals(void **state) {
    (void)state;
    wrong(WORLD "    intake: 10\n    entry_total: 0\n",
          "s.yaml:15:5: error: programmes.k.entry_total is 0, and nothing is a share of it\n"
          "hint: leave it out for shares of the entrants' own sum\n");
    wrong(
        WORLD "    places: {2025: 10, then: hold}\n",
        "s.yaml:14:5: error: programmes.k has no intake of 2024, whose graduates come in 2025\n"
        "hint: give the entry cohorts from before the base year, or say `earlier_intake: none` or `hold`\n");
    wrong(WORLD "    applicants: 10\n    qualified_share: {2025: 0.5, then: hold}\n",
          "s.yaml:15:5: error: programmes.k.qualified_share says nothing about 2024\n"
          "hint: give that year; a path can say `before: hold`\n");
}

static void problems_of_professions(void **state) {
    (void)state;
    wrong(HEAD "professions:\n  p: {participation: 0.9}\n" DEMAND,
          "s.yaml:6:3: error: professions.p lacks the key 'cohorts'\n"
          "hint: write `cohorts: ...`: the stock of the base year, or `supply: none` for a profession "
          "without one\n");
    wrong(HEAD "professions:\n  p: {supply: none, death: 0.1, moves: {net: 0}}\n" DEMAND,
          "s.yaml:6:21: error: professions.p: 'death' has no meaning here: a profession with supply: none "
          "has no "
          "stock\n"
          "s.yaml:6:33: error: professions.p: 'moves' has no meaning here: a profession with supply: none "
          "has no "
          "stock\n");
    wrong(HEAD "professions:\n  p: {supply: none}\n" DEMAND PROGRAMME "    intake: 10\n",
          "s.yaml:10:15: error: programmes.k.leads_to: 'p' has supply: none, and so no stock\n");
    wrong(HEAD "professions:\n"
               "  p: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons, outside: 0}}, "
               "returners: 0.1}\n" DEMAND,
          "s.yaml:6:84: error: professions.p: 'returners' has no meaning here: they are of those who left by "
          "permanent_exit, and no one does\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_and_applicants),
        cmocka_unit_test(one_of_the_two),
        cmocka_unit_test(intake_follows_the_young),
        cmocka_unit_test(places_by_region),
        cmocka_unit_test(earlier_places),
        cmocka_unit_test(a_total_of_its_own),
        cmocka_unit_test(students_work),
        cmocka_unit_test(untrained_staff),
        cmocka_unit_test(no_regions),
        cmocka_unit_test(problems_of_intake),
        cmocka_unit_test(problems_of_regions),
        cmocka_unit_test(problems_of_totals),
        cmocka_unit_test(problems_of_professions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
