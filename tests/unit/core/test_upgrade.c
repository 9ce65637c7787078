#include "unit/core/world.h"

/* Profession 0 upgrades to profession 1, which starts empty. */
static void begin(world *w, size_t steps, size_t regions, size_t ages, const double *stock) {
    world_begin(w, steps, regions, ages);
    w->in.n_professions = 2;
    w->professions[0].stock = by_region_and_cell(stock, ages);
    w->professions[1].has_stock = true;
    w->in.n_upgrades = 1;
    w->upgrades[0] = (frem_core_upgrade){.from = 0, .to = 1};
}

static void people_leave_study_and_arrive_older(void **state) {
    (void)state;
    /* 100 of age 0. Those who start in the base year are taken at the next count date, at age 1: 10. A year later 3
     * have dropped out, half of whom come back at age 2; two years later 7 complete, at age 3. */
    const double stock[] = {100, 0, 0, 0, 0, 0}, intake[] = {10}, entrants[] = {0, 1, 0, 0, 0, 0};
    const double joining[] = {0, 0, 0, 0.7}, dropping[] = {0, 0, 0.3, 0}, studying[] = {0, 1, 0.7, 0};
    const double half[] = {0.5};
    world w;
    begin(&w, 5, 1, 6, stock);
    w.upgrades[0].entries = 1;
    w.upgrades[0].lags = 4;
    w.upgrades[0].take_lag = 1;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = given(entrants);
    w.upgrades[0].joining = given(joining);
    w.upgrades[0].dropping = given(dropping);
    w.upgrades[0].studying = given(studying);
    w.upgrades[0].returning = given(half);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 90, 91.5, 91.5, 91.5);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 0, 0, 7, 7);
    assert_measure(&w, 0, 0, FREM_CORE_UPGRADES_OUT, 0, 10, 0, 0, 0);
    assert_measure(&w, 0, 0, FREM_CORE_UPGRADES_IN, 0, 0, 1.5, 0, 0);
    assert_measure(&w, 1, 0, FREM_CORE_UPGRADES_IN, 0, 0, 0, 7, 0);
    assert_row(world_cells(&w, 0, 0, 2), 0, 0, 91.5, 0, 0, 0);
    assert_row(world_cells(&w, 1, 0, 3), 0, 0, 0, 7, 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 10, 0, 0, 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_STUDENTS), 0, 10, 7, 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_DROPOUTS), 0, 0, 3, 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_GRADUATES), 0, 0, 0, 7, 0);
    /* No one is hired for them. */
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 0, 0, 0, 0);
    /* Where nothing else is said, all dropouts come back. */
    w.upgrades[0].returning = given(NULL);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 90, 93, 93, 93);
    world_end(&w);
}

static void no_more_start_than_there_are(void **state) {
    (void)state;
    /* At step 1 there are 5 + 15 of age 1 and 50 + 150 of age 2. 50 of each are wanted: all of age 1 and a quarter of
     * age 2, 17.5 + 52.5 = 70 in all. They complete at once. */
    const double stock[] = {5, 50, 0, 15, 150, 0}, intake[] = {100}, entrants[] = {0, 0.5, 0.5};
    const double joining[] = {1};
    world w;
    begin(&w, 2, 2, 3, stock);
    w.upgrades[0].first_step = 1;
    w.upgrades[0].entries = w.upgrades[0].lags = 1;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = given(entrants);
    w.upgrades[0].joining = given(joining);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_UPGRADES_OUT, 0, 17.5);
    assert_measure(&w, 0, 1, FREM_CORE_UPGRADES_OUT, 0, 52.5);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 55, 37.5);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 165, 112.5);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 17.5);
    assert_measure(&w, 1, 1, FREM_CORE_STOCK, 0, 52.5);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 0, 70);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_GRADUATES), 0, 70);
    /* Exactly all of age 1. */
    assert_true(world_cells(&w, 0, 0, 1)[1] == 0);
    world_end(&w);
}

static void those_who_study_in_the_base_year_are_not_taken_again(void **state) {
    (void)state;
    /* 12 started the year before: 6 at age 0, of which the old profession has 10 and 30 in the two regions, and 6 at
     * age 1, of which it has no one. Employment scales the stock to 20 and 10, so two thirds study in region 0, of
     * both ages. They complete a year later and older: 4 + 4, 2 + 2. No one leaves the old stock for that. */
    const double stock[] = {10, 0, 0, 30, 0, 0}, intake[] = {12}, entrants[] = {0.5, 0.5, 0};
    const double joining[] = {0, 0, 1}, studying[] = {0, 1, 0}, employment[] = {20, 10, 0, 0};
    world w;
    begin(&w, 2, 2, 3, stock);
    w.in.base_mode = FREM_BASE_SCALE;
    w.in.n_sectors = 1;
    w.sectors[0].employment = given(employment);
    w.upgrades[0].first_step = -1;
    w.upgrades[0].entries = 1;
    w.upgrades[0].lags = 3;
    w.upgrades[0].take_lag = 1;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = given(entrants);
    w.upgrades[0].joining = given(joining);
    w.upgrades[0].studying = given(studying);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 20, 20);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 10, 10);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 8);
    assert_measure(&w, 1, 1, FREM_CORE_STOCK, 0, 4);
    assert_row(world_cells(&w, 1, 0, 1), 0, 6, 6);
    assert_measure(&w, 0, 2, FREM_CORE_UPGRADES_OUT, 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 0, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_STUDENTS), 12, 0);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_GRADUATES), 0, 12);
    /* No one anywhere: no one studies. */
    const double empty[6] = {0}, none[4] = {0};
    w.professions[0].stock = by_region_and_cell(empty, 3);
    w.sectors[0].employment = given(none);
    world_project(&w);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_STUDENTS), 0, 0);
    assert_measure(&w, 1, 2, FREM_CORE_STOCK, 0, 0);
    world_end(&w);
}

static void upgrades_take_in_their_order(void **state) {
    (void)state;
    /* Of 100 the first wants 70, the second 50: 70 and 30; the other way round 50 and 50. Who drops out of the
     * first at once is back too late for the second. */
    const double stock[] = {100}, seventy[] = {70}, fifty[] = {50}, all[] = {1};
    world w;
    begin(&w, 2, 1, 1, stock);
    w.in.n_upgrades = 2;
    for (size_t u = 0; u < 2; u++)
        w.upgrades[u] = (frem_core_upgrade){.from = 0, .to = 1, .first_step = 1, .entries = 1, .lags = 1};
    w.upgrades[0].intake = given(seventy);
    w.upgrades[1].intake = given(fifty);
    w.upgrades[0].entrants = w.upgrades[1].entrants = given(all);
    w.upgrades[0].dropping = w.upgrades[1].joining = given(all);
    world_project(&w);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 0, 70);
    assert_row(world_upgrade(&w, 1, FREM_COURSE_INTAKE), 0, 30);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 70);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 30);
    w.upgrades[0].intake = given(fifty);
    w.upgrades[1].intake = given(seventy);
    world_project(&w);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 0, 50);
    assert_row(world_upgrade(&w, 1, FREM_COURSE_INTAKE), 0, 50);
    world_end(&w);
}

static void nobody_arrives_past_a_closed_oldest_age(void **state) {
    (void)state;
    /* 10 are taken at step 1, at age 1, the oldest, and complete a year older. */
    const double stock[] = {40, 0}, intake[] = {10}, entrants[] = {0, 1}, joining[] = {0, 1};
    world w;
    begin(&w, 3, 1, 2, stock);
    w.in.oldest_open = false;
    w.upgrades[0].first_step = 1;
    w.upgrades[0].entries = 1;
    w.upgrades[0].lags = 2;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = given(entrants);
    w.upgrades[0].joining = given(joining);
    world_project(&w);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 0, 0);
    assert_measure(&w, 1, 0, FREM_CORE_UPGRADES_IN, 0, 0, 10);
    assert_measure(&w, 1, 0, FREM_CORE_AGED_OUT, 0, 0, 10);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 0, 30);
    w.in.oldest_open = true;
    world_project(&w);
    assert_row(world_cells(&w, 1, 0, 2), 0, 10);
    assert_measure(&w, 1, 0, FREM_CORE_AGED_OUT, 0, 0, 0);
    world_end(&w);
}

static void cohorts_follow_each_other(void **state) {
    (void)state;
    /* Everybody studies for two years; 1, 2, 3, 4, 5 start in steps -1 to 3, the first of them of those before the
     * base year. Taken in the year of entry: students 1, 1 + 2, 2 + 3... as of step 0: cohorts -1 and 0, both taken
     * before the first step: 3; then 2 + 3, 3 + 4, 4 + 5. Completed: none yet of those that began at -2; 1, 2, 3. */
    const double stock[] = {100}, intake[] = {1, 2, 3, 4, 5}, all[] = {1};
    double joining[15] = {0}, studying[15] = {0};
    for (size_t e = 0; e < 5; e++) {
        joining[e * 3 + 2] = 1;
        studying[e * 3] = studying[e * 3 + 1] = 1;
    }
    world w;
    begin(&w, 4, 1, 1, stock);
    w.upgrades[0].first_step = -1;
    w.upgrades[0].entries = 5;
    w.upgrades[0].lags = 3;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = given(all);
    w.upgrades[0].joining = given(joining);
    w.upgrades[0].studying = given(studying);
    world_project(&w);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 2, 3, 4, 5);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_STUDENTS), 3, 5, 7, 9);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_GRADUATES), 0, 1, 2, 3);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 97, 93, 88);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 1, 3, 6);
    /* Taken a year after their entry, the last ones aren't followed any more, but still reported. Students: those of
     * the year before. */
    for (size_t e = 0; e < 5; e++)
        studying[e * 3] = 0;
    w.upgrades[0].take_lag = 1;
    world_project(&w);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 2, 3, 4, 5);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_STUDENTS), 1, 2, 3, 4);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 98, 95, 91);
    world_end(&w);
}

static void a_stock_is_needed_on_both_sides(void **state) {
    (void)state;
    const double stock[] = {100}, intake[] = {10}, all[] = {1};
    world w;
    begin(&w, 2, 1, 1, stock);
    w.professions[1].has_stock = false;
    w.upgrades[0].first_step = 1;
    w.upgrades[0].entries = w.upgrades[0].lags = 1;
    w.upgrades[0].intake = given(intake);
    w.upgrades[0].entrants = w.upgrades[0].joining = given(all);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 100);
    assert_row(world_upgrade(&w, 0, FREM_COURSE_INTAKE), 0, 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_leave_study_and_arrive_older),
        cmocka_unit_test(no_more_start_than_there_are),
        cmocka_unit_test(those_who_study_in_the_base_year_are_not_taken_again),
        cmocka_unit_test(upgrades_take_in_their_order),
        cmocka_unit_test(nobody_arrives_past_a_closed_oldest_age),
        cmocka_unit_test(cohorts_follow_each_other),
        cmocka_unit_test(a_stock_is_needed_on_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
