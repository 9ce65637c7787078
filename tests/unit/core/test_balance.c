#include "unit/core/world.h"

static void shortages_stand_before_surpluses_elsewhere(void **state) {
    (void)state;
    /* Supply 90, 65, 40; demand 100, 50, 40: gaps -10, 15, 0. Together 5 too many, and yet 10 are short. The
     * group of regions 0 and 2 is 10 short, that of 1 and 2 has 15 too many. */
    const double stock[] = {90, 65, 40}, employed[] = {100, 50, 40};
    const size_t first[] = {0, 2}, second[] = {1, 2};
    world w;
    world_begin(&w, 1, 3, 1);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.in.n_sectors = 1;
    w.sectors[0].employment = given(employed);
    w.in.n_groups = 2;
    w.groups[0] = (frem_core_group){first, 2};
    w.groups[1] = (frem_core_group){second, 2};
    world_project(&w);
    const double gaps[] = {-10, 15, 0, -10, 15, 5}, shortages[] = {10, 0, 0, 10, 0, 10};
    const double supplies[] = {90, 65, 40, 130, 105, 195};
    for (size_t area = 0; area < 6; area++) {
        assert_measure(&w, 0, area, FREM_CORE_GAP, gaps[area]);
        assert_measure(&w, 0, area, FREM_CORE_SHORTAGE, shortages[area]);
        assert_measure(&w, 0, area, FREM_CORE_SUPPLY, supplies[area]);
    }
    assert_row(world_cells(&w, 0, 0, 0), 130);
    assert_row(world_cells(&w, 0, 1, 0), 105);
    assert_row(world_cells(&w, 0, 2, 0), 195);
    world_end(&w);
}

static void recruitment_is_rise_in_need_and_exits(void **state) {
    (void)state;
    /* Region 0: demand 100, 110, 99; stock 200 at 0.5 FTE, of which a tenth die: 20 persons and 10 FTE, then
     * 18 and 9. To hire: 10 + 10, -11 + 9. Region 1 has demand 10, 11, 9.9 and no one to lose. */
    const double stock[] = {200, 0}, fte[] = {0.5}, death[] = {0.1}, employed[] = {100, 10};
    const double series[] = {1, 1.1, 0.99, 1, 1.1, 0.99};
    world w;
    world_begin(&w, 3, 2, 1);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.professions[0].fte = by_cell(fte);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    w.in.n_sectors = 1;
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    w.sectors[0].employment = given(employed);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 10, 9);
    assert_measure(&w, 0, 0, FREM_CORE_RECRUITMENT, 0, 20, -2);
    assert_measure(&w, 0, 1, FREM_CORE_RECRUITMENT, 0, 1, -1.1);
    assert_measure(&w, 0, 2, FREM_CORE_RECRUITMENT, 0, 21, -3.1);
    world_end(&w);
}

/* A tenth of the 200 of region 0 moves to region 1 a year, at 0.5 FTE there and 0.8 here: 20 persons, 10 and 16 FTE; then
 * 18, 9 and 14.4. In region 1, 4 a year arrive from abroad, of whom 3.2 FTE. The need stays as it is, so what left has
 * to be replaced. */
static void movers_are_replaced_where_they_leave(void **state) {
    (void)state;
    const double stock[] = {200, 0}, fte[] = {0.5, 0.8}, moves[] = {0, 0.1, 0, 0}, arrive[] = {0, 4};
    world w;
    world_begin(&w, 3, 2, 1);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.professions[0].fte = by_region(fte);
    w.professions[0].moves = given(moves);
    w.professions[0].immigration = by_region(arrive);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_LEAVERS_FTE, 0, 10, 9);
    assert_measure(&w, 0, 0, FREM_CORE_RECRUITMENT, 0, 10, 9);
    assert_measure(&w, 0, 0, FREM_CORE_INFLOW_FTE, 0, 0, 0);
    assert_measure(&w, 0, 1, FREM_CORE_LEAVERS_FTE, 0, 0, 0);
    assert_measure(&w, 0, 1, FREM_CORE_INFLOW_FTE, 0, 19.2, 17.6);
    assert_measure(&w, 0, 2, FREM_CORE_RECRUITMENT, 0, 10, 9);
    world_end(&w);
}

static void staff_without_stock_have_demand_only(void **state) {
    (void)state;
    const double employed[] = {10}, series[] = {1, 2}, stock[] = {5};
    world w;
    world_begin(&w, 2, 1, 1);
    w.professions[0].has_stock = false;
    w.professions[0].stock = by_cell(stock);
    w.in.n_sectors = 1;
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    w.sectors[0].employment = given(employed);
    for (int mode = FREM_BASE_COHORTS; mode <= FREM_BASE_OVERWRITE; mode++) {
        w.in.base_mode = (frem_base_mode)mode;
        world_project(&w);
        for (int m = 0; m < FREM_CORE_MEASURES; m++) {
            double first = m == FREM_CORE_DEMAND ? 10 : 0, second = m == FREM_CORE_DEMAND ? 20 : 0;
            assert_measure(&w, 0, 0, (frem_core_measure)m, first, second);
            assert_measure(&w, 0, 1, (frem_core_measure)m, first, second);
        }
    }
    world_end(&w);
}

/* Three sectors of 50, 30 and 20 FTE in region 0, and half of that in region 1; 60 live in each. */
static void begin_allocation(world *w, frem_allocation allocation) {
    static const double stock[] = {60, 60}, employed[3][4] = {{50, 25, 1, 1}, {30, 15, 0, 0}, {20, 10, 0, 0}};
    world_begin(w, 1, 2, 1);
    w->in.n_professions = 2;
    w->in.allocation = allocation;
    w->professions[0].stock = by_region_and_cell(stock, 1);
    w->in.n_sectors = 3;
    for (size_t j = 0; j < 3; j++)
        w->sectors[j].employment = given(employed[j]);
}

static void each_sector_gets_the_same_share(void **state) {
    (void)state;
    /* 60 of 100: 20, 12 and 8 are empty. Region 1 has more than it needs, which helps no one in region 0. */
    world w;
    begin_allocation(&w, FREM_ALLOCATE_PROPORTIONAL);
    world_project(&w);
    const double unfilled[] = {20, 12, 8};
    for (size_t j = 0; j < 3; j++) {
        assert_row(world_unfilled(&w, 0, 0, j), unfilled[j]);
        assert_row(world_unfilled(&w, 0, 1, j), 0);
        assert_row(world_unfilled(&w, 0, 2, j), unfilled[j]);
        assert_row(world_unfilled(&w, 1, 2, j), 0);
    }
    assert_measure(&w, 0, 0, FREM_CORE_POSTS_UNFILLED, 40);
    assert_measure(&w, 0, 1, FREM_CORE_POSTS_UNFILLED, 0);
    assert_measure(&w, 0, 2, FREM_CORE_POSTS_UNFILLED, 40);
    /* A profession without a stock has no one to allocate. */
    assert_measure(&w, 1, 2, FREM_CORE_POSTS_UNFILLED, 0);
    world_end(&w);
}

static void sectors_are_filled_by_priority(void **state) {
    (void)state;
    /* Sector 2 first: all of its 20; then sector 0: 40 of 50; no one for sector 1. */
    world w;
    begin_allocation(&w, FREM_ALLOCATE_PRIORITY);
    w.sectors[2].priority = 1;
    w.sectors[0].priority = 5;
    w.sectors[1].priority = 7;
    world_project(&w);
    assert_row(world_unfilled(&w, 0, 0, 0), 10);
    assert_row(world_unfilled(&w, 0, 0, 1), 30);
    assert_row(world_unfilled(&w, 0, 0, 2), 0);
    assert_measure(&w, 0, 2, FREM_CORE_POSTS_UNFILLED, 40);
    w.in.allocation = FREM_ALLOCATE_NONE;
    world_project(&w);
    assert_null(w.out->sector_unfilled);
    assert_measure(&w, 0, 2, FREM_CORE_POSTS_UNFILLED, 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortages_stand_before_surpluses_elsewhere),
        cmocka_unit_test(recruitment_is_rise_in_need_and_exits),
        cmocka_unit_test(movers_are_replaced_where_they_leave),
        cmocka_unit_test(staff_without_stock_have_demand_only),
        cmocka_unit_test(each_sector_gets_the_same_share),
        cmocka_unit_test(sectors_are_filled_by_priority),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
