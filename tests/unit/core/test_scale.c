#include "unit/core/world.h"

/* Two regions of 200 and 100 persons at 0.5 FTE: 100 and 50 FTE by residence. */
static const double stock[] = {200, 100}, fte[] = {0.5};

static void begin(world *w, frem_base_mode mode, const double *employment, const double *commuting) {
    world_begin(w, 2, 2, 1);
    w->in.base_mode = mode;
    w->in.n_sectors = 1;
    w->sectors[0].employment = given(employment);
    w->professions[0].stock = by_region_and_cell(stock, 1);
    w->professions[0].fte = by_cell(fte);
    w->professions[0].commuting = given(commuting);
}

static void supply_is_where_people_work(void **state) {
    (void)state;
    /* Of region 0 0.7 work there, 0.2 in region 1, 0.1 outside; of region 1 0.4 in 0. From outside come 6 people with
     * 5 FTE to region 0. FTE: 70 + 20 + 5 = 95; 20 + 30 = 50. People: 140 + 40 + 6 = 186; 40 + 60 = 100. */
    const double employment[] = {100, 40}, commuting[] = {0.7, 0.2, 0.4, 0.6};
    const double inflow_fte[] = {5, 0}, inflow[] = {6, 0};
    world w;
    begin(&w, FREM_BASE_COHORTS, employment, commuting);
    w.professions[0].inflow_fte = by_region(inflow_fte);
    w.professions[0].inflow_employed = by_region(inflow);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 95, 95);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 50, 50);
    assert_measure(&w, 0, 2, FREM_CORE_SUPPLY, 145, 145);
    assert_measure(&w, 0, 0, FREM_CORE_EMPLOYED, 186, 186);
    assert_measure(&w, 0, 1, FREM_CORE_EMPLOYED, 100, 100);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, -5, -5);
    assert_measure(&w, 0, 1, FREM_CORE_GAP, 10, 10);
    /* People are counted where they live. */
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 200, 200);
    assert_measure(&w, 0, 0, FREM_CORE_LABOUR_FORCE, 200, 200);
    /* Overwritten supply is by workplace already. */
    w.in.base_mode = FREM_BASE_OVERWRITE;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 100, 95);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 40, 50);
    assert_measure(&w, 0, 0, FREM_CORE_EMPLOYED, 186, 186);
    world_end(&w);
}

static void commuting_is_by_step(void **state) {
    (void)state;
    /* Factors are of the base year's matrix: all work at home, 2 and 0.5 times as many. Then half of region 0 works in
     * region 1, and 7 FTE come to it from outside. */
    const double employment[] = {200, 25}, commuting[] = {1, 0, 0, 1, 0.5, 0.5, 0, 1},
                 inflow[] = {0, 0, 0, 7};
    world w;
    begin(&w, FREM_BASE_SCALE, employment, commuting);
    w.professions[0].commuting_by_step = true;
    w.professions[0].inflow_fte = (frem_grid){given(inflow), 2, 1, 0};
    world_project(&w);
    assert_row(w.out->scale, 2, 0.5);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 200, 100);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 25, 132);
    assert_measure(&w, 0, 2, FREM_CORE_SUPPLY, 225, 232);
    world_end(&w);
}

static void factors_fill_the_posts_of_all_regions(void **state) {
    (void)state;
    /* 0.7 * 100 f0 + 0.4 * 50 f1 + 5 = 155 and 0.2 * 100 f0 + 0.6 * 50 f1 = 55: f0 = 2, f1 = 0.5 (140 + 10 + 5;
     * 40 + 15). */
    const double employment[] = {155, 55}, commuting[] = {0.7, 0.2, 0.4, 0.6}, inflow_fte[] = {5, 0};
    world w;
    begin(&w, FREM_BASE_SCALE, employment, commuting);
    w.professions[0].inflow_fte = by_region(inflow_fte);
    world_project(&w);
    assert_row(w.out->scale, 2, 0.5);
    assert_false(w.out->unscalable[0] || w.out->unscalable[1]);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 155, 155);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 55, 55);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 400, 400);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 50, 50);
    world_end(&w);
}

static void regions_may_work_for_each_other_only(void **state) {
    (void)state;
    /* Everybody works in the other region, so the first pivot is 0: 50 f1 = 30, 100 f0 = 40. */
    const double employment[] = {30, 40}, commuting[] = {0, 1, 1, 0};
    world w;
    begin(&w, FREM_BASE_SCALE, employment, commuting);
    world_project(&w);
    assert_row(w.out->scale, 0.4, 0.6);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, 0, 0);
    assert_measure(&w, 0, 1, FREM_CORE_GAP, 0, 0);
    world_end(&w);
}

static void what_no_factor_fills_is_marked(void **state) {
    (void)state;
    world w;
    /* 50 f0 = 100: f0 = 2. 50 f0 + 50 f1 = 10: f1 would be -1.8. */
    const double employment[] = {100, 10}, commuting[] = {0.5, 0.5, 0, 1};
    begin(&w, FREM_BASE_SCALE, employment, commuting);
    world_project(&w);
    assert_row(w.out->scale, 2, 1);
    assert_false(w.out->unscalable[0]);
    assert_true(w.out->unscalable[1]);
    world_end(&w);
    /* Both regions work alike: nothing distinguishes their factors. */
    const double alike[] = {0.5, 0.5, 0.5, 0.5};
    begin(&w, FREM_BASE_SCALE, employment, alike);
    world_project(&w);
    assert_row(w.out->scale, 1, 1);
    assert_true(w.out->unscalable[1]);
    world_end(&w);
    /* No one lives in region 0, where 100 posts are for those who do. */
    const double empty[] = {0, 100}, stay[] = {1, 0, 0, 1};
    begin(&w, FREM_BASE_SCALE, employment, stay);
    w.professions[0].stock = by_region_and_cell(empty, 1);
    world_project(&w);
    assert_row(w.out->scale, 1, 0.2);
    assert_true(w.out->unscalable[0]);
    assert_false(w.out->unscalable[1]);
    world_end(&w);
    /* More come from outside than there are posts. */
    const double inflow_fte[] = {0, 20};
    begin(&w, FREM_BASE_SCALE, employment, NULL);
    w.professions[0].inflow_fte = by_region(inflow_fte);
    world_project(&w);
    assert_row(w.out->scale, 1, 1);
    assert_false(w.out->unscalable[0]);
    assert_true(w.out->unscalable[1]);
    world_end(&w);
}

static void a_region_without_posts_or_people_is_fine(void **state) {
    (void)state;
    /* No one lives or works in region 1 of three, and region 0 sends a half to region 2: 0.5 x0 = 50, x2 + 50 = 90. */
    const double people[] = {200, 0, 100}, employment[] = {50, 0, 90};
    const double commuting[] = {0.5, 0, 0.5, 0, 1, 0, 0, 0, 1};
    world w;
    world_begin(&w, 1, 3, 1);
    w.in.base_mode = FREM_BASE_SCALE;
    w.in.n_sectors = 1;
    w.sectors[0].employment = given(employment);
    w.professions[0].stock = by_region_and_cell(people, 1);
    w.professions[0].commuting = given(commuting);
    world_project(&w);
    assert_row(w.out->scale, 0.5, 1, 0.4);
    assert_false(w.out->unscalable[0] || w.out->unscalable[1] || w.out->unscalable[2]);
    world_end(&w);
}

static void staying_at_home_changes_no_bit(void **state) {
    (void)state;
    const double employment[] = {0.1 + 0.2, 1 / 3.0}, stay[] = {1, 0, 0, 1}, none[] = {0, 0};
    frem_core_results *plain;
    world w;
    begin(&w, FREM_BASE_SCALE, employment, NULL);
    world_project(&w);
    plain = w.out;
    w.professions[0].commuting = given(stay);
    w.professions[0].inflow_fte = by_region(none);
    w.professions[0].inflow_employed = by_region(none);
    world_project(&w);
    assert_same_lane(&w.in, plain, w.out, 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supply_is_where_people_work),
        cmocka_unit_test(commuting_is_by_step),
        cmocka_unit_test(factors_fill_the_posts_of_all_regions),
        cmocka_unit_test(regions_may_work_for_each_other_only),
        cmocka_unit_test(what_no_factor_fills_is_marked),
        cmocka_unit_test(a_region_without_posts_or_people_is_fine),
        cmocka_unit_test(staying_at_home_changes_no_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
