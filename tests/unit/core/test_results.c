#include "unit/core/world.h"

static void there_is_room_for_everything(void **state) {
    (void)state;
    world w;
    world_begin(&w, 3, 5, 7);
    w.in.lanes = 16;
    w.in.n_professions = 2;
    w.in.n_programmes = 2;
    w.programmes[0].stages = 1;
    w.programmes[1].stages = 3;
    w.in.n_sectors = 4;
    w.in.n_groups = 2;
    w.in.n_upgrades = 3;
    w.in.allocation = FREM_ALLOCATE_PRIORITY;
    const double required[] = {0};
    w.sectors[2].floor.required = given(required);
    assert_int_equal(frem_core_results_new(&w.in, true, w.arena, &w.out), FREM_OK);
    assert_int_equal(w.out->lanes, 16);
    assert_int_equal(w.out->steps, 3);
    assert_int_equal(w.out->regions, 5);
    assert_int_equal(w.out->areas, 8); /* regions, groups, all */
    assert_int_equal(w.out->professions, 2);
    assert_int_equal(w.out->sectors, 4);
    assert_int_equal(w.out->programmes, 2);
    assert_int_equal(w.out->upgrades, 3);
    assert_int_equal(w.out->max_stages, 3);
    /* The last number of each array is there and zero. */
    assert_close(w.out->measures[2 * 8 * FREM_CORE_MEASURES * 3 * 16 - 1], 0, 0);
    assert_close(w.out->sector_demand[2 * 8 * 4 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->sector_unfilled[2 * 8 * 4 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->upgrade_courses[3 * FREM_COURSE_MEASURES * 5 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->users[8 * 4 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->floors[8 * 4 * FREM_FLOOR_MEASURES * 3 * 16 - 1], 0, 0);
    assert_close(w.out->index[5 * 4 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->courses[2 * FREM_COURSE_MEASURES * 3 * 16 - 1], 0, 0);
    assert_close(w.out->course_stages[2 * 3 * 2 * 3 * 16 - 1], 0, 0);
    assert_close(w.out->scale[2 * 5 * 16 - 1], 0, 0);
    assert_close(w.out->cells[2 * 3 * 3 * 7 * 16 - 1], 0, 0);
    assert_false(w.out->unscalable[2 * 5 - 1]);
    assert_int_equal(frem_core_at(w.out, 1, 2, FREM_CORE_GAP, 1),
                     (((1 * 8 + 2) * FREM_CORE_MEASURES + FREM_CORE_GAP) * 3 + 1) * 16);
    world_end(&w);
}

static void cells_and_floors_are_kept_only_when_asked_for(void **state) {
    (void)state;
    world w;
    world_begin(&w, 1, 1, 1);
    w.in.n_sectors = 1;
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    assert_null(w.out->cells);
    assert_null(w.out->floors);
    world_end(&w);
}

static void a_world_too_large_is_out_of_memory(void **state) {
    (void)state;
    frem_core_results *out = NULL;
    world w;
    world_begin(&w, SIZE_MAX / 8, 1, 1);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &out), FREM_NO_MEMORY);
    assert_null(out);
    world_end(&w);
}

static void results_can_be_used_again(void **state) {
    (void)state;
    /* What the first projection left behind must not show in the second. */
    const double stock[] = {10, 20}, more[] = {70, 80}, employed[] = {5}, none[] = {0, 0},
                 death[] = {0.1, 0.2};
    const double population[] = {1, 2, 3}, intake[] = {4, 5, 6}, joining[] = {1, 1, 1}, youngest[] = {1, 0};
    frem_core_results *fresh = NULL;
    world w;
    world_begin(&w, 3, 1, 2);
    w.in.base_mode = FREM_BASE_SCALE;
    w.professions[0].stock = by_cell(stock);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    w.in.n_sectors = 1;
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 1;
    w.sectors[0].population = given(population);
    w.sectors[0].employment = given(employed);
    w.in.n_programmes = 1;
    w.programmes[0] = (frem_core_programme){.region = -1, .entries = 3, .lags = 1, .shifts = 1, .stages = 1};
    w.programmes[0].intake = given(intake);
    w.programmes[0].joining = given(joining);
    w.programmes[0].dropping = given(joining);
    w.programmes[0].entrants = given(youngest);
    assert_int_equal(frem_core_results_new(&w.in, true, w.arena, &w.out), FREM_OK);
    assert_int_equal(frem_core_results_new(&w.in, true, w.arena, &fresh), FREM_OK);
    w.professions[0].stock = by_cell(more);
    w.professions[0].participation = by_cell(none); /* no one works: can't be scaled */
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_OK);
    assert_true(w.out->unscalable[0]);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].participation = by_cell(NULL);
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_OK);
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, fresh), FREM_OK);
    assert_same_lane(&w.in, fresh, w.out, 0);
    assert_false(w.out->unscalable[0]);
    world_end(&w);
}

static void doubtful_lanes_are_marked(void **state) {
    (void)state;
    enum { STEPS = 2, LARGE = 1, NO_NUMBER = 3, NEGATIVE = 5, NO_USERS = 7, NO_DEMAND = 9, TAKEN = 12 };
    double stock[FREM_LANES], extra[STEPS * FREM_LANES], population[STEPS * FREM_LANES],
        standard[STEPS * FREM_LANES], fte[STEPS * FREM_LANES];
    const double employed[] = {5}, none[] = {0};
    for (size_t i = 0; i < STEPS * FREM_LANES; i++) {
        stock[i % FREM_LANES] = 100;
        extra[i] = 0;
        population[i] = 50;
        standard[i] = 1;
        fte[i] = 0;
    }
    stock[LARGE] = 2e100;
    stock[NO_NUMBER] = 0.0 / 0.0;
    extra[FREM_LANES + NEGATIVE] = -6;
    population[NO_USERS] = 0;
    standard[FREM_LANES + NO_DEMAND] = 1e-92; /* supply for each post is beyond it */
    fte[FREM_LANES + TAKEN] = 1;
    world w;
    world_begin(&w, STEPS, 1, 1);
    w.in.lanes = FREM_LANES;
    w.professions[0].stock = (frem_grid){{stock, true}, 0, 0, 0};
    w.in.n_sectors = 2;
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 1;
    w.sectors[0].population = (frem_lanes){population, true};
    w.sectors[0].employment = given(employed);
    w.sectors[0].standard = (frem_lanes){standard, true};
    w.sectors[0].extra = (frem_lanes){extra, true};
    w.sectors[1].employment = given(none);
    const frem_core_transfer transfer = {.from = 1, .to = 0, .fte = {fte, true}};
    w.in.transfers = &transfer;
    w.in.n_transfers = 1;
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    for (int isa = 0; isa < FREM_ISA_COUNT; isa++) {
        if (!frem_isa_here((frem_isa)isa))
            continue;
        assert_int_equal(frem_core_project(&w.in, NULL, (frem_isa)isa, w.out), FREM_OK);
        for (size_t l = 0; l < FREM_LANES; l++)
            assert_int_equal(w.out->doubtful[l], l == LARGE || l == NO_NUMBER || l == NEGATIVE ||
                                                     l == NO_USERS || l == NO_DEMAND || l == TAKEN);
    }
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_room_for_everything),
        cmocka_unit_test(cells_and_floors_are_kept_only_when_asked_for),
        cmocka_unit_test(a_world_too_large_is_out_of_memory),
        cmocka_unit_test(results_can_be_used_again),
        cmocka_unit_test(doubtful_lanes_are_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
