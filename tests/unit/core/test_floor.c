#include "unit/core/world.h"

/* Two professions without stock in one sector, and a staffing rule. Children under three and from three to five to
 * an adult are the caller's to count: the core gets the staff that is required. */
static const double six_four[] = {0.6, 0.4};

static void begin(world *w, size_t steps, const double *employment, const double *required) {
    world_begin(w, steps, 1, 1);
    w->in.n_professions = 2;
    w->professions[0].has_stock = false;
    w->in.n_sectors = 1;
    w->sectors[0].employment = given(employment);
    w->sectors[0].floor.required = given(required);
    w->sectors[0].floor.marginal = given(six_four);
}

static void a_rule_that_is_met_asks_for_nobody(void **state) {
    (void)state;
    /* 300 children at 1:3 and 600 at 1:6 need 100 + 100; 120 + 80 are there. Not a bit more, nor where the staff is a
     * sum that rounding takes something from: a third of 1, 2, 3... children in thirds of a thousand. */
    const double employment[] = {120, 80}, required[] = {200, 200};
    world w;
    begin(&w, 2, employment, required);
    world_project(&w);
    assert_true(world_sector(&w, 0, 0, 0)[1] == 120);
    assert_true(world_sector(&w, 1, 0, 0)[1] == 80);
    world_end(&w);
    enum { PLACES = 500 };
    double staff[2 * PLACES], needed[PLACES], index[PLACES];
    for (size_t r = 0; r < PLACES; r++) {
        needed[r] = (double)(r + 1) / 3;
        index[r] = 1 + (double)r / 7000;
        staff[r] = needed[r] / index[r] * 0.55;
        staff[PLACES + r] = needed[r] / index[r] * 0.45;
    }
    begin(&w, 1, staff, NULL);
    w.in.regions = PLACES;
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(index);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_OK);
    frem_core_results *plain = w.out;
    w.sectors[0].floor.required = given(needed);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_OK);
    assert_same_lane(&w.in, plain, w.out, 0);
    world_end(&w);
}

static void a_rule_asks_for_the_difference(void **state) {
    (void)state;
    /* At 1:4 and 1:8 the same children have 75 + 75 = 150 (90 and 60): 50 are missing, 30 and 20 of them by the
     * marginal shares. Phased in over three years: nothing, half, all. */
    const double employment[] = {90, 60}, required[] = {200, 200, 200}, phase[] = {0, 0.5, 1};
    world w;
    begin(&w, 3, employment, required);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 120, 120, 120);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 80, 80, 80);
    w.sectors[0].floor.phase = given(phase);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 90, 105, 120);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 60, 70, 80);
    /* It is a floor under the driver's need: what else is added does not count. */
    const double extra[] = {5, 5, 5, 7, 7, 7};
    w.sectors[0].extra = given(extra);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 95, 110, 125);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 67, 77, 87);
    world_end(&w);
}

static void staff_count_by_their_weights(void **state) {
    (void)state;
    /* The need grows by half, from 90 and 60 to 135 and 90. All of the first and half of the second count: 120, then
     * 180. Leaders and helpers of 20 follow the need: 20, 30. 200 and 250 are required: 60, 40 missing. */
    const double employment[] = {90, 60}, required[] = {200, 250}, weight[] = {1, 0.5}, series[] = {1, 1.5};
    const double other[] = {20}, empty[] = {0, 0};
    world w;
    begin(&w, 2, employment, required);
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    w.sectors[0].floor.staff_weight = given(weight);
    w.sectors[0].floor.other_staff = given(other);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 90 + 36, 135 + 24);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 60 + 24, 90 + 16);
    /* With no need of its own to follow, the other staff is not there. */
    w.sectors[0].employment = given(empty);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 120, 150);
    world_end(&w);
}

static void students_count_where_the_rule_says_so(void **state) {
    (void)state;
    /* 100 students at 0.2 FTE are 20, half of which counts: 150 + 10 of 200. */
    const double employment[] = {90, 60}, required[] = {200}, intake[] = {100}, all[] = {1}, fte[] = {0.2};
    const double half[] = {0.5};
    world w;
    begin(&w, 1, employment, required);
    w.in.n_programmes = 1;
    w.programmes[0] = (frem_core_programme){
        .profession = 1, .region = -1, .entries = 1, .lags = 1, .shifts = 1, .stages = 1};
    w.programmes[0].intake = given(intake);
    w.programmes[0].studying = given(all);
    w.programmes[0].entrants = given(all);
    w.programmes[0].student_fte = given(fte);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 120);
    w.sectors[0].floor.student_weight = given(half);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 90 + 24);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 60 + 16);
    assert_measure(&w, 1, 0, FREM_CORE_STUDENT_FTE, 20);
    world_end(&w);
}

/* Two regions of a group, the first with a sector of its own beside. x: 300 children need 100, 60 are there; y: 90
 * need 20, 25 are. Only the sector with a rule has any of it; what the rule adds is not counted. */
static void what_a_rule_is_about_is_kept(void **state) {
    (void)state;
    const double employment[] = {60, 25, 0, 0}, elsewhere[] = {7, 0, 0, 0}, required[] = {100, 100, 20, 10};
    const double children[] = {300, 300, 90, 45};
    const size_t members[] = {1};
    world w;
    begin(&w, 2, elsewhere, NULL);
    w.in.regions = 2;
    w.in.n_sectors = 2;
    w.in.n_groups = 1;
    w.groups[0] = (frem_core_group){members, 1};
    w.sectors[1].employment = given(employment);
    w.sectors[1].floor = (frem_core_floor){.required = given(required), .marginal = given(six_four)};
    w.sectors[1].floor.children = given(children);
    world_project(&w);
    assert_row(world_floor(&w, 0, 1, FREM_FLOOR_CHILDREN), 300, 300);
    assert_row(world_floor(&w, 0, 1, FREM_FLOOR_REQUIRED), 100, 100);
    assert_row(world_floor(&w, 0, 1, FREM_FLOOR_COUNTED), 60, 60);
    assert_row(world_floor(&w, 2, 1, FREM_FLOOR_CHILDREN), 90, 45);
    assert_row(world_floor(&w, 3, 1, FREM_FLOOR_CHILDREN), 390, 345);
    assert_row(world_floor(&w, 3, 1, FREM_FLOOR_REQUIRED), 120, 110);
    assert_row(world_floor(&w, 3, 1, FREM_FLOOR_COUNTED), 85, 85);
    assert_row(world_floor(&w, 3, 0, FREM_FLOOR_COUNTED), 0, 0);
    /* The second region is not reported: its numbers are in none. */
    w.in.unreported = 1;
    w.in.n_groups = 0;
    world_project(&w);
    assert_row(world_floor(&w, 1, 1, FREM_FLOOR_CHILDREN), 300, 300);
    assert_row(world_floor(&w, 1, 1, FREM_FLOOR_COUNTED), 60, 60);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_is_met_asks_for_nobody),
        cmocka_unit_test(a_rule_asks_for_the_difference),
        cmocka_unit_test(staff_count_by_their_weights),
        cmocka_unit_test(students_count_where_the_rule_says_so),
        cmocka_unit_test(what_a_rule_is_about_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
