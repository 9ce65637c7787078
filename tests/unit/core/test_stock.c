#include "unit/core/world.h"

static void a_closed_oldest_age_is_left_by_ageing(void **state) {
    (void)state;
    /* Ages 60, 61, 62 with 10, 20, 30 persons; no one leaves otherwise. Step 1: 0, 10, 20, and 30 passed the
     * oldest age; step 2: 0, 0, 10, and 20 passed; step 3: no one is left, 10 passed. Half of them work. 61
     * and over count as old: 50, 30, 10, 0. */
    const double stock[] = {10, 20, 30}, half[] = {0.5};
    world w;
    world_begin(&w, 4, 1, 3);
    w.in.oldest_open = false;
    w.in.oldest_share_index = 1;
    w.professions[0].stock = by_cell(stock);
    w.professions[0].participation = (frem_grid){given(half), 0, 0, 0};
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 60, 30, 10, 0);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK_55, 50, 30, 10, 0);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 30, 20, 10);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 15, 10, 5);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 30, 15, 5, 0);
    assert_row(world_cells(&w, 0, 0, 1), 0, 10, 20);
    world_end(&w);
}

static void an_open_oldest_age_adds_up(void **state) {
    (void)state;
    /* 10, 20, 30 -> 0, 10, 20+30 -> 0, 0, 10+50 -> the same for ever. */
    const double stock[] = {10, 20, 30};
    world w;
    world_begin(&w, 4, 1, 3);
    w.in.oldest_share_index = 2;
    w.professions[0].stock = by_cell(stock);
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 0), 10, 20, 30);
    assert_row(world_cells(&w, 0, 0, 1), 0, 10, 50);
    assert_row(world_cells(&w, 0, 0, 2), 0, 0, 60);
    assert_row(world_cells(&w, 0, 0, 3), 0, 0, 60);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 60, 60, 60, 60);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK_55, 30, 50, 60, 60);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 0, 0, 0);
    world_end(&w);
}

static void one_age_is_all_ages(void **state) {
    (void)state;
    const double stock[] = {8};
    world w;
    world_begin(&w, 3, 1, 1);
    w.professions[0].stock = by_cell(stock);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 8, 8, 8);
    w.in.oldest_open = false;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 8, 0, 0);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 8, 0);
    world_end(&w);
}

static void exits_act_one_after_the_other(void **state) {
    (void)state;
    /* An open group of 1000. Death 0.1: 100, 900 are left; emigration 0.2 of these: 180, 720 left; permanent
     * exit 0.25: 180, 540 left; retirement 0.5: 270, 270 left. Then 27 of 270; 48.6 of 243; 48.6 of
     * 194.4; 72.9 of 145.8; 72.9 left. FTE at 0.8: 730 * 0.8 = 584; 197.1 * 0.8 = 157.68. */
    const double stock[] = {1000}, rates[] = {0.1, 0.2, 0.25, 0.5}, fte[] = {0.8};
    world w;
    world_begin(&w, 3, 1, 1);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].fte = by_cell(fte);
    for (size_t e = 0; e < FREM_EXIT_COUNT; e++)
        w.professions[0].exits[e] = by_cell(&rates[e]);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 1000, 270, 72.9);
    assert_measure(&w, 0, 0, FREM_CORE_DEATHS, 0, 100, 27);
    assert_measure(&w, 0, 0, FREM_CORE_EMIGRANTS, 0, 180, 48.6);
    assert_measure(&w, 0, 0, FREM_CORE_PERMANENT, 0, 180, 48.6);
    assert_measure(&w, 0, 0, FREM_CORE_RETIREMENTS, 0, 270, 72.9);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 584, 157.68);
    world_end(&w);
}

static void each_exit_may_stand_alone(void **state) {
    (void)state;
    static const frem_core_measure flows[] = {FREM_CORE_DEATHS, FREM_CORE_EMIGRANTS, FREM_CORE_PERMANENT,
                                              FREM_CORE_RETIREMENTS};
    const double stock[] = {1000}, rate[] = {0.25};
    for (size_t e = 0; e < FREM_EXIT_COUNT; e++) {
        world w;
        world_begin(&w, 3, 1, 1);
        w.professions[0].stock = by_cell(stock);
        w.professions[0].exits[e] = by_cell(rate);
        world_project(&w);
        for (size_t other = 0; other < FREM_EXIT_COUNT; other++) {
            /* 250 of 1000, then 187.5 of 750 */
            double first = other == e ? 250 : 0, second = other == e ? 187.5 : 0;
            assert_measure(&w, 0, 0, flows[other], 0, first, second);
        }
        world_end(&w);
    }
}

static void rates_of_a_step_are_read_where_it_starts(void **state) {
    (void)state;
    /* 0.1 of 100 leave before step 1, 0.5 of 90 before step 2; the last rate is for a step that isn't made.
     */
    const double stock[] = {100}, death[] = {0.1, 0.5, 0.9};
    world w;
    world_begin(&w, 3, 1, 1);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_step(death);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 90, 45);
    assert_measure(&w, 0, 0, FREM_CORE_DEATHS, 0, 10, 45);
    world_end(&w);
}

static void labour_follows_its_paths(void **state) {
    (void)state;
    /* 100 persons, participation 0.8, 0.7, 0.6, of whom 0.9 are employed, at 0.5 FTE; 0.4 in the last year.
     */
    const double stock[] = {100}, participation[] = {0.8, 0.7, 0.6}, employment[] = {0.9},
                 fte[] = {0.5, 0.5, 0.4};
    world w;
    world_begin(&w, 3, 1, 1);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].participation = by_step(participation);
    w.professions[0].employment = by_cell(employment);
    w.professions[0].fte = by_step(fte);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_LABOUR_FORCE, 80, 70, 60);
    assert_measure(&w, 0, 0, FREM_CORE_EMPLOYED, 72, 63, 54);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 36, 31.5, 21.6);
    world_end(&w);
}

static void retired_people_may_stay_in_the_stock(void **state) {
    (void)state;
    /* Participation 0.8, 0.4, 0 by age: 80 + 40 + 0; then 0, 100, 200 persons: 40; then 0, 0, 300: no one
     * works. */
    const double stock[] = {100, 100, 100}, participation[] = {0.8, 0.4, 0};
    world w;
    world_begin(&w, 3, 1, 3);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].participation = by_cell(participation);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 300, 300, 300);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 120, 40, 0);
    assert_measure(&w, 0, 0, FREM_CORE_RETIREMENTS, 0, 0, 0);
    world_end(&w);
}

static void retired_people_may_leave_the_stock(void **state) {
    (void)state;
    /* The same people, those not yet retired: 100, 50, 0, of whom 0.8 work. Half retire at the first age, all
     * at the second: 50 + 50 in the first step, 50 in the next. The supply is the same. */
    const double stock[] = {100, 50, 0}, participation[] = {0.8, 0.8, 0.8}, retirement[] = {0.5, 1, 1};
    world w;
    world_begin(&w, 3, 1, 3);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].participation = by_cell(participation);
    w.professions[0].exits[FREM_EXIT_RETIREMENT] = by_cell(retirement);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 150, 50, 0);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 120, 40, 0);
    assert_measure(&w, 0, 0, FREM_CORE_RETIREMENTS, 0, 100, 50);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 80, 40);
    world_end(&w);
}

static void sexes_and_regions_have_their_own_numbers(void **state) {
    (void)state;
    /* Two sexes of two ages, the oldest closed. Deaths in region 0: 1 + 4 + 9 + 16 = 30; past the oldest age
     * 16 + 24 = 40; left 9 + 21 = 30. Region 1 has twice the people at half the FTE. FTE that leave from
     * region 0: 30 + 40. */
    const double stock[] = {10, 20, 30, 40, 20, 40, 60, 80}, death[] = {0.1, 0.2, 0.3, 0.4}, fte[] = {1, 0.5};
    world w;
    world_begin(&w, 2, 2, 2);
    w.in.sexes = 2;
    w.in.oldest_open = false;
    w.in.oldest_share_index = 1;
    w.professions[0].stock = by_region_and_cell(stock, 4);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    w.professions[0].fte = by_region(fte);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 30);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 200, 60);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK_55, 60, 30);
    assert_measure(&w, 0, 0, FREM_CORE_DEATHS, 0, 30);
    assert_measure(&w, 0, 1, FREM_CORE_AGED_OUT, 0, 80);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 100, 30);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 100, 30);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 70);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 300, 90);
    assert_row(world_cells(&w, 0, 0, 1), 0, 27, 0, 63);
    world_end(&w);
}

static void scaling_makes_fte_of_employment(void **state) {
    (void)state;
    /* Region 0: 20 persons at 0.5 are 10 FTE, employed are 20 + 10 = 30: factor 3, 60 persons. Region 1 has
     * neither: factor 1. Region 2 has employment and no one to scale. Region 3 has people and no employment:
     * factor 0. A tenth die. */
    const double stock[] = {20, 0, 0, 10}, fte[] = {0.5}, death[] = {0.1};
    const double first[] = {20, 0, 5, 0}, second[] = {10, 0, 0, 0};
    world w;
    world_begin(&w, 2, 4, 1);
    w.in.base_mode = FREM_BASE_SCALE;
    w.in.n_sectors = 2;
    w.sectors[0].employment = given(first);
    w.sectors[1].employment = given(second);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.professions[0].fte = by_cell(fte);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    world_project(&w);
    assert_row(w.out->scale, 3, 1, 1, 0);
    assert_false(w.out->unscalable[0]);
    assert_false(w.out->unscalable[1]);
    assert_true(w.out->unscalable[2]);
    assert_false(w.out->unscalable[3]);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 60, 54);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 30, 27);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, 0, -3);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 0, 0);
    assert_measure(&w, 0, 3, FREM_CORE_STOCK, 0, 0);
    world_end(&w);
}

static void overwriting_reports_employment_in_the_base_year_only(void **state) {
    (void)state;
    /* 20 persons at 0.5 are 10 FTE, but 30 are employed: supply 30 in the base year, then 18 * 0.5 = 9. */
    const double stock[] = {20}, fte[] = {0.5}, death[] = {0.1}, employed[] = {30};
    world w;
    world_begin(&w, 2, 1, 1);
    w.in.base_mode = FREM_BASE_OVERWRITE;
    w.in.n_sectors = 1;
    w.sectors[0].employment = given(employed);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].fte = by_cell(fte);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 30, 9);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 20, 18);
    assert_measure(&w, 0, 0, FREM_CORE_EMPLOYED, 20, 18);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, 0, -21);
    assert_row(w.out->scale, 1);
    w.in.base_mode = FREM_BASE_COHORTS;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 10, 9);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, -20, -21);
    assert_row(w.out->scale, 1);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_oldest_age_is_left_by_ageing),
        cmocka_unit_test(an_open_oldest_age_adds_up),
        cmocka_unit_test(one_age_is_all_ages),
        cmocka_unit_test(exits_act_one_after_the_other),
        cmocka_unit_test(each_exit_may_stand_alone),
        cmocka_unit_test(rates_of_a_step_are_read_where_it_starts),
        cmocka_unit_test(labour_follows_its_paths),
        cmocka_unit_test(retired_people_may_stay_in_the_stock),
        cmocka_unit_test(retired_people_may_leave_the_stock),
        cmocka_unit_test(sexes_and_regions_have_their_own_numbers),
        cmocka_unit_test(scaling_makes_fte_of_employment),
        cmocka_unit_test(overwriting_reports_employment_in_the_base_year_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
