#include "unit/core/world.h"

/* A programme of one stage whose entrants are all of the first age. */
static const double youngest[] = {1, 0, 0, 0, 0, 0};

static void a_fractional_length_spreads_over_two_ages(void **state) {
    (void)state;
    /* Start in September, end in January three and a half years on, count date 30 June: 3 10/12 years elapse,
     * four count years on. 5/6 are four years older then, 1/6 three. 120 enter three years before the base
     * year, 75 % complete: 90 join in step 1, 15 of them at age 3 and 75 at age 4. Of the next year's 60
     * enter 45, at ages 3 and 4 with 7.5 and 37.5, beside the first ones a year older. */
    const double intake[] = {120, 60, 12, 24, 36, 48};
    double joining[6 * 5 * 5] = {0};
    for (size_t e = 0; e < 6; e++) {
        joining[(e * 5 + 4) * 5 + 3] = 0.75 / 6;
        joining[(e * 5 + 4) * 5 + 4] = 0.75 * 5 / 6;
    }
    world w;
    world_begin(&w, 3, 1, 6);
    w.in.n_programmes = 1;
    w.programmes[0] =
        (frem_core_programme){.region = -1, .first_step = -3, .entries = 6, .lags = 5, .shifts = 5};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(youngest);
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 1), 0, 0, 0, 15, 75, 0);
    assert_row(world_cells(&w, 0, 0, 2), 0, 0, 0, 7.5, 15 + 37.5, 75);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 0, 90, 135);
    assert_measure(&w, 0, 0, FREM_CORE_GRADUATES, 0, 90, 45);
    assert_row(world_course(&w, 0, FREM_COURSE_INTAKE), 24, 36, 48);
    assert_row(world_course(&w, 0, FREM_COURSE_GRADUATES), 0, 90, 45);
    world_end(&w);
}

static void graduates_of_the_base_year_are_in_the_stock_already(void **state) {
    (void)state;
    /* Everybody joins a year after entry: 10 in step 0, which the stock of step 0 counts, then 20 and 30. */
    const double intake[] = {10, 20, 30}, joining[] = {0, 1, 0, 1, 0, 1}, stock[] = {100};
    world w;
    world_begin(&w, 3, 1, 1);
    w.in.n_programmes = 1;
    w.professions[0].stock = by_cell(stock);
    w.programmes[0] =
        (frem_core_programme){.region = -1, .first_step = -1, .entries = 3, .lags = 2, .shifts = 1};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(youngest);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 120, 150);
    assert_measure(&w, 0, 0, FREM_CORE_GRADUATES, 0, 20, 30);
    assert_row(world_course(&w, 0, FREM_COURSE_GRADUATES), 10, 20, 30);
    world_end(&w);
}

static void nobody_is_lost_past_the_oldest_age(void **state) {
    (void)state;
    /* Half enter at age 0, half at age 1; they join a year later, two ages on: 50 at age 2, the oldest, and
     * 50 at 3. */
    const double intake[] = {100}, joining[] = {0, 0, 0, 0, 0, 1}, entrants[] = {0.5, 0.5, 0};
    world w;
    world_begin(&w, 3, 1, 3);
    w.in.n_programmes = 1;
    w.programmes[0] =
        (frem_core_programme){.region = -1, .first_step = 0, .entries = 1, .lags = 2, .shifts = 3};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(entrants);
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 1), 0, 0, 100);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 0, 0);
    w.in.oldest_open = false;
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 1), 0, 0, 50);
    assert_measure(&w, 0, 0, FREM_CORE_GRADUATES, 0, 100, 0);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 50, 50);
    /* Those who never worked here take no FTE with them. */
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 0, 50);
    w.programmes[0].region = 0;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 50, 50);
    world_end(&w);
}

static void stages_have_their_own_students_and_dropouts(void **state) {
    (void)state;
    /* Two stages of a year each. Of a cohort, all are in stage 0 at entry; 0.1 drop out of it within a year,
     * 0.9 are in stage 1; 0.2 drop out of that, 0.7 join. Cohorts of 100 (a year before the base year), 200,
     * 300. Stage 0 students: 200, 300, none. Stage 1: 90, 180, 270. Dropouts of stage 0: 10, 20, 30; of stage
     * 1, a year later: 0 (no one entered two years before), 20, 40. Graduates: 0, 70, 140. */
    const double intake[] = {100, 200, 300};
    const double joining[] = {0, 0, 0.7, 0, 0, 0.7, 0, 0, 0.7};
    const double studying[] = {1, 0, 0, 0.9, 0, 0, 1, 0, 0, 0.9, 0, 0, 1, 0, 0, 0.9, 0, 0};
    const double dropping[] = {0, 0, 0.1, 0, 0, 0.2, 0, 0, 0.1, 0, 0, 0.2, 0, 0, 0.1, 0, 0, 0.2};
    world w;
    world_begin(&w, 3, 1, 1);
    w.in.n_programmes = 1;
    w.programmes[0] = (frem_core_programme){
        .region = -1, .first_step = -1, .entries = 3, .lags = 3, .shifts = 1, .stages = 2};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].studying = given(studying);
    w.programmes[0].dropping = given(dropping);
    w.programmes[0].entrants = given(youngest);
    world_project(&w);
    assert_row(world_stage(&w, 0, 0, 0), 200, 300, 0);
    assert_row(world_stage(&w, 0, 1, 0), 90, 180, 270);
    assert_row(world_stage(&w, 0, 0, 1), 10, 20, 30);
    assert_row(world_stage(&w, 0, 1, 1), 0, 20, 40);
    assert_row(world_course(&w, 0, FREM_COURSE_INTAKE), 200, 300, 0);
    assert_row(world_course(&w, 0, FREM_COURSE_STUDENTS), 290, 480, 270);
    assert_row(world_course(&w, 0, FREM_COURSE_DROPOUTS), 10, 40, 70);
    assert_row(world_course(&w, 0, FREM_COURSE_GRADUATES), 0, 70, 140);
    assert_measure(&w, 0, 0, FREM_CORE_GRADUATES, 0, 70, 140);
    world_end(&w);
}

static void graduates_settle_by_shares_and_some_outside(void **state) {
    (void)state;
    /* 100 join each year. Shares of regions 0 and 1: 0.5 and 0.3 in step 1 (a fifth go elsewhere), 0.25 and
     * 0.75 in step 2. */
    const double intake[] = {100, 100, 100}, joining[] = {1, 1, 1}, shares[] = {0, 0, 0.5, 0.3, 0.25, 0.75};
    world w;
    world_begin(&w, 3, 2, 1);
    w.in.n_programmes = 1;
    w.programmes[0] =
        (frem_core_programme){.region = -1, .first_step = 0, .entries = 3, .lags = 1, .shifts = 1};
    w.programmes[0].to_region = (frem_grid){given(shares), 2, 1, 0};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(youngest);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_GRADUATES, 0, 50, 25);
    assert_measure(&w, 0, 1, FREM_CORE_GRADUATES, 0, 30, 75);
    assert_measure(&w, 0, 2, FREM_CORE_GRADUATES, 0, 80, 100);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 0, 80, 180);
    assert_row(world_course(&w, 0, FREM_COURSE_GRADUATES), 100, 100, 100);
    world_end(&w);
}

static void streams_go_to_their_region_and_profession(void **state) {
    (void)state;
    /* Programme 0: 10 a year to profession 0 in region 1. Programme 1: 20 a year to profession 1 in region 0.
     * Programme 2: 40 a year to profession 0, a quarter to region 0. Programme 3: 5 a year, to profession 0
     * in region 1 too. */
    const double intakes[4][2] = {{10, 10}, {20, 20}, {40, 40}, {5, 5}}, joining[] = {1, 1},
                 shares[] = {0.25, 0.75};
    const size_t professions[] = {0, 1, 0, 0};
    const ptrdiff_t regions[] = {1, 0, -1, 1};
    world w;
    world_begin(&w, 2, 2, 1);
    w.in.n_professions = 2;
    w.professions[1].has_stock = true;
    w.in.n_programmes = 4;
    for (size_t k = 0; k < 4; k++)
        w.programmes[k] = (frem_core_programme){.profession = professions[k],
                                                .region = regions[k],
                                                .to_region = by_region(shares),
                                                .entries = 2,
                                                .lags = 1,
                                                .shifts = 1,
                                                .intake = given(intakes[k]),
                                                .joining = given(joining),
                                                .entrants = given(youngest)};
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 0, 10);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 0, 30 + 10 + 5);
    assert_measure(&w, 1, 0, FREM_CORE_STOCK, 0, 20);
    assert_measure(&w, 1, 1, FREM_CORE_STOCK, 0, 0);
    world_end(&w);
}

static void the_sexes_of_entrants_are_kept_apart(void **state) {
    (void)state;
    /* 3/4 of the entrants are of the second sex and a year older; all join two years on. */
    const double intake[] = {80}, joining[] = {0, 0, 1}, entrants[] = {0.25, 0, 0, 0, 0, 0, 0.75, 0, 0, 0};
    world w;
    world_begin(&w, 2, 1, 5);
    w.in.sexes = 2;
    w.in.n_programmes = 1;
    w.programmes[0] =
        (frem_core_programme){.region = -1, .first_step = 1, .entries = 1, .lags = 1, .shifts = 3};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(entrants);
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 1), 0, 0, 20, 0, 0, 0, 0, 0, 60, 0);
    world_end(&w);
}

static void a_programme_for_staff_without_stock_is_booked_only(void **state) {
    (void)state;
    const double intake[] = {10, 10}, joining[] = {1, 1};
    world w;
    world_begin(&w, 2, 1, 1);
    w.professions[0].has_stock = false;
    w.in.n_programmes = 1;
    w.programmes[0] = (frem_core_programme){.region = -1, .entries = 2, .lags = 1, .shifts = 1};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].entrants = given(youngest);
    world_project(&w);
    assert_row(world_course(&w, 0, FREM_COURSE_GRADUATES), 10, 10);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 0, 0);
    world_end(&w);
}

static void students_work_where_graduates_settle(void **state) {
    (void)state;
    /* 90 students in stage 0 at 0.1 FTE and 30 in stage 1 at 0.5: 9 + 15 = 24. A quarter of the graduates settles in
     * region 0, a half in region 1, a quarter outside; all students work in the regions: 8 and 16. The other programme
     * is region 1's own: 10 at 0.1. In step 1 all settle in region 0; no one is left in the first programme. */
    const double intake[] = {120}, few[] = {10}, all[] = {1}, fte[] = {0.1, 0.5};
    const double studying[] = {0.75, 0.25, 0, 0}, own[] = {1, 0, 1, 0}, to_region[] = {0.25, 0.5, 0.9, 0};
    world w;
    world_begin(&w, 2, 2, 1);
    w.in.n_programmes = 2;
    for (size_t k = 0; k < 2; k++) {
        w.programmes[k] = (frem_core_programme){.region = k == 0 ? -1 : 1, .entries = 1, .lags = 2};
        w.programmes[k].shifts = 1;
        w.programmes[k].stages = 2;
        w.programmes[k].intake = given(k == 0 ? intake : few);
        w.programmes[k].studying = given(k == 0 ? studying : own);
        w.programmes[k].entrants = given(all);
        w.programmes[k].student_fte = given(fte);
        w.programmes[k].to_region = (frem_grid){given(to_region), 2, 1, 0};
    }
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STUDENT_FTE, 8, 0);
    assert_measure(&w, 0, 1, FREM_CORE_STUDENT_FTE, 17, 1);
    assert_measure(&w, 0, 2, FREM_CORE_STUDENT_FTE, 25, 1);
    w.programmes[0].studying = given(own);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STUDENT_FTE, 4, 12);
    assert_measure(&w, 0, 1, FREM_CORE_STUDENT_FTE, 9, 1);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fractional_length_spreads_over_two_ages),
        cmocka_unit_test(graduates_of_the_base_year_are_in_the_stock_already),
        cmocka_unit_test(nobody_is_lost_past_the_oldest_age),
        cmocka_unit_test(stages_have_their_own_students_and_dropouts),
        cmocka_unit_test(graduates_settle_by_shares_and_some_outside),
        cmocka_unit_test(streams_go_to_their_region_and_profession),
        cmocka_unit_test(the_sexes_of_entrants_are_kept_apart),
        cmocka_unit_test(a_programme_for_staff_without_stock_is_booked_only),
        cmocka_unit_test(students_work_where_graduates_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
