#include "unit/core/world.h"

static void people_move_by_a_matrix(void **state) {
    (void)state;
    /* From region 0 a tenth to 1, a fifth to 2, 0.05 outside; from 1 a tenth to 0; from 2 a tenth outside. The
     * diagonal says nothing. 100 * 0.65 + 200 * 0.1 = 85; 200 * 0.9 + 10 = 190; 300 * 0.9 + 20 = 290. */
    const double stock[] = {100, 200, 300}, outside[] = {0.05, 0, 0.1};
    const double moves[] = {9, 0.1, 0.2, 0.1, 9, 0, 0, 0, 9};
    world w;
    world_begin(&w, 2, 3, 1);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.professions[0].moves = given(moves);
    w.professions[0].moves_outside = given(outside);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 85);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 200, 190);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 300, 290);
    assert_measure(&w, 0, 0, FREM_CORE_MOVES_IN, 0, 20);
    assert_measure(&w, 0, 1, FREM_CORE_MOVES_IN, 0, 10);
    assert_measure(&w, 0, 2, FREM_CORE_MOVES_IN, 0, 20);
    assert_measure(&w, 0, 0, FREM_CORE_MOVES_OUT, 0, 35);
    assert_measure(&w, 0, 1, FREM_CORE_MOVES_OUT, 0, 20);
    assert_measure(&w, 0, 2, FREM_CORE_MOVES_OUT, 0, 30);
    /* Together 35 outside. */
    assert_measure(&w, 0, 3, FREM_CORE_STOCK, 600, 565);
    /* No one hires for those who moved. */
    assert_measure(&w, 0, 3, FREM_CORE_EXITS_FTE, 0, 0);
    /* Only outside: 95, 200, 270. */
    w.professions[0].moves = given(NULL);
    world_project(&w);
    assert_measure(&w, 0, 3, FREM_CORE_STOCK, 600, 565);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 95);
    assert_measure(&w, 0, 3, FREM_CORE_MOVES_IN, 0, 0);
    world_end(&w);
}

static void moves_come_between_leaving_and_arriving(void **state) {
    (void)state;
    /* Half of 100 at age 0 die; of the 50 at age 1 all move to region 1, while the 8 immigrants of region 0 stay.
     * Next year all of region 1 are at the open age 1: half of 50 die, and those 8, half of whom died, move there:
     * 25 + 4. */
    const double stock[] = {100, 0, 0, 0}, death[] = {0.5}, moves[] = {0, 1, 0, 0};
    const double immigrants[] = {0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0};
    world w;
    world_begin(&w, 3, 2, 2);
    w.professions[0].stock = by_region_and_cell(stock, 2);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    w.professions[0].exits[FREM_EXIT_DEATH].cell = 0;
    w.professions[0].moves = given(moves);
    w.professions[0].immigration = (frem_grid){given(immigrants), 4, 2, 1};
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 8, 0);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 0, 50, 29);
    assert_measure(&w, 0, 0, FREM_CORE_MOVES_OUT, 0, 50, 4);
    assert_row(world_cells(&w, 0, 0, 1), 8, 50);
    world_end(&w);
}

/* One step of net moves; N and shares by region. */
static void move_by_net(world *w, const double *stock, const double *net, size_t regions) {
    world_begin(w, 2, regions, 1);
    w->professions[0].stock = by_region_and_cell(stock, 1);
    w->professions[0].net_moves = given(net);
    world_project(w);
}

static void net_moves_are_closed(void **state) {
    (void)state;
    world w;
    /* Wanted gains 20 + 10 = 30, losses 20: one and a half times the losses, 30, pay for the gains. */
    const double stock[] = {100, 200, 50}, net[] = {0.2, -0.1, 0.2};
    move_by_net(&w, stock, net, 3);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 120);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 200, 170);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 50, 60);
    assert_measure(&w, 0, 0, FREM_CORE_MOVES_IN, 0, 20);
    assert_measure(&w, 0, 1, FREM_CORE_MOVES_OUT, 0, 30);
    assert_measure(&w, 0, 3, FREM_CORE_MOVES_IN, 0, 30);
    assert_measure(&w, 0, 3, FREM_CORE_MOVES_OUT, 0, 30);
    world_end(&w);
    /* Gains 10, losses 60 + 30 in two regions: 10/90 of them, 6 2/3 and 3 1/3. */
    const double fewer[] = {0.1, -0.3, -0.6};
    move_by_net(&w, stock, fewer, 3);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 110);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 200, 200 - 20.0 / 3);
    assert_measure(&w, 0, 2, FREM_CORE_STOCK, 50, 50 - 10.0 / 3);
    world_end(&w);
}

static void nobody_moves_who_does_not_live_there(void **state) {
    (void)state;
    /* Gains 50, losses 0.4 * 10: 12.5 times the losses would be 50 of 10 people. At 1 / 0.4 all 10 go, and the gain is
     * 10. Next year no one is left who could move. */
    const double stock[] = {100, 10}, net[] = {0.5, -0.4};
    world w;
    move_by_net(&w, stock, net, 2);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 110);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 10, 0);
    assert_true(w.out->measures[frem_core_at(w.out, 0, 1, FREM_CORE_STOCK, 1)] >= 0);
    world_end(&w);
}

static void gains_or_losses_alone_move_nobody(void **state) {
    (void)state;
    const double stock[] = {100, 50}, gains[] = {0.1, 0.2}, losses[] = {-0.1, -0.2};
    world w;
    for (int i = 0; i < 2; i++) {
        move_by_net(&w, stock, i == 0 ? gains : losses, 2);
        assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 100);
        assert_measure(&w, 0, 1, FREM_CORE_STOCK, 50, 50);
        assert_measure(&w, 0, 2, FREM_CORE_MOVES_IN, 0, 0);
        assert_measure(&w, 0, 2, FREM_CORE_MOVES_OUT, 0, 0);
        world_end(&w);
    }
}

static void net_moves_are_by_age(void **state) {
    (void)state;
    /* The region that gains has people of age 1 and 2, the other of age 0 and 1; a year later they meet at age 2,
     * the open one: 30 + 20 in the one, 40 in the other. 0.1 * 50 = 5 want to come, 0.1 * 40 = 4 to go: 5 go. Of age
     * 1 are 60 in the shrinking region, and no one of that age in the other: they stay. */
    const double stock[] = {0, 30, 20, 60, 40, 0}, net[] = {0.1, -0.1};
    world w;
    world_begin(&w, 2, 2, 3);
    w.professions[0].stock = by_region_and_cell(stock, 3);
    w.professions[0].net_moves = given(net);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 50, 55);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 100, 95);
    assert_row(world_cells(&w, 0, 0, 1), 0, 60, 90);
    world_end(&w);
}

static void moves_are_by_step_and_cell(void **state) {
    (void)state;
    /* 100 people of age 0 in region 0. They move at age 1, in the step from 0 on a fifth to region 1 and a tenth outside,
     * in that from 1 on half of a half, by the factor: 70 and 20, then 70 * 0.75 = 52.5 and 37.5. No one of age 0 moves. */
    const double stock[] = {100, 0, 0, 0}, factor[] = {1, 0.5, 0};
    const double moves[] = {0, 0.9, 0, 0, 0, 0.2, 0, 0, 0, 0.9, 0, 0, 0, 0.5, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0};
    const double outside[] = {0, 0, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    world w;
    world_begin(&w, 3, 2, 2);
    frem_core_profession *p = &w.professions[0];
    p->stock = by_region_and_cell(stock, 2);
    p->moves = given(moves);
    p->moves_outside = given(outside);
    p->moves_by_step = p->moves_by_cell = true;
    p->moves_factor = by_step(factor);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 70, 52.5);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 0, 20, 37.5);
    assert_measure(&w, 0, 0, FREM_CORE_MOVES_OUT, 0, 30, 17.5);
    assert_measure(&w, 0, 1, FREM_CORE_MOVES_IN, 0, 20, 17.5);
    world_end(&w);
}

static void net_moves_are_by_step_and_cell(void **state) {
    (void)state;
    /* Age 0 wants to go the other way, and no one is of age 0 when they move. 0.1 * 100 = 10 come to region 0 from the 50
     * of region 1 in the first step; in the second they go back: 0.25 * 40 = 10. */
    const double stock[] = {100, 0, 50, 0};
    const double net[] = {-1, 1, 0.1, -0.2, -1, 1, -0.5, 0.25, 0, 0, 0, 0};
    world w;
    world_begin(&w, 3, 2, 2);
    w.professions[0].stock = by_region_and_cell(stock, 2);
    w.professions[0].net_moves = given(net);
    w.professions[0].moves_by_step = w.professions[0].moves_by_cell = true;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 110, 100);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 50, 40, 50);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_move_by_a_matrix),
        cmocka_unit_test(moves_come_between_leaving_and_arriving),
        cmocka_unit_test(net_moves_are_closed),
        cmocka_unit_test(nobody_moves_who_does_not_live_there),
        cmocka_unit_test(gains_or_losses_alone_move_nobody),
        cmocka_unit_test(net_moves_are_by_age),
        cmocka_unit_test(moves_are_by_step_and_cell),
        cmocka_unit_test(net_moves_are_by_step_and_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
