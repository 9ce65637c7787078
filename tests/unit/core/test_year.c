#include "unit/core/world.h"

static void immigrants_arrive_where_and_when_it_is_said(void **state) {
    (void)state;
    /* By step, region and age; those of step 0 are in the stock already. Region 0: 10 and 20 persons, the oldest age
     * is closed: 0 + 1 and 10 + 2, 20 gone; then 0 + 5 and 1 + 6, 12 gone. Region 1 starts empty: 3, 4; then 7 and
     * 3 + 8, 4 gone. */
    const double stock[] = {10, 20, 0, 0}, immigrants[] = {99, 99, 99, 99, 1, 2, 3, 4, 5, 6, 7, 8};
    world w;
    world_begin(&w, 3, 2, 2);
    w.in.oldest_open = false;
    w.professions[0].stock = by_region_and_cell(stock, 2);
    w.professions[0].immigration = (frem_grid){given(immigrants), 4, 2, 1};
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 30, 13, 12);
    assert_measure(&w, 0, 1, FREM_CORE_STOCK, 0, 7, 18);
    assert_measure(&w, 0, 0, FREM_CORE_IMMIGRANTS, 0, 3, 11);
    assert_measure(&w, 0, 1, FREM_CORE_IMMIGRANTS, 0, 7, 15);
    assert_measure(&w, 0, 2, FREM_CORE_AGED_OUT, 0, 20, 16);
    assert_row(world_cells(&w, 0, 0, 1), 4, 16);
    assert_row(world_cells(&w, 0, 0, 2), 12, 18);
    world_end(&w);
}

static void nobody_returns_in_the_step_of_leaving(void **state) {
    (void)state;
    /* A tenth leaves for good every year; of those who left earlier half return.
     * Step 1: 100 leave, no one is in the pool: 900. Step 2: 90 leave, 50 of the 100 return: 860; pool 50 + 90.
     * Step 3: 86 leave, 70 of 140 return: 844. */
    const double stock[] = {1000}, permanent[] = {0.1}, returning[] = {0.5};
    world w;
    world_begin(&w, 4, 1, 1);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].exits[FREM_EXIT_PERMANENT] = by_cell(permanent);
    w.professions[0].returning = by_cell(returning);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 1000, 900, 860, 844);
    assert_measure(&w, 0, 0, FREM_CORE_PERMANENT, 0, 100, 90, 86);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 50, 70);
    /* The rate of a step is read where it starts: a quarter of 140 in the last one. */
    const double by_year[] = {1, 0.5, 0.25, 1};
    w.professions[0].returning = by_step(by_year);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 50, 35);
    world_end(&w);
}

static void returners_are_older(void **state) {
    (void)state;
    /* Half of the 100 at age 1 leave. The pool of 50 is at age 2 a year later, where 0.4 return: 20, at age 3, to the
     * 50 who stayed. The other 30 are at age 3, the oldest: all of them return if it is open, none if it isn't. */
    const double stock[] = {0, 100, 0, 0}, permanent[] = {0, 0.5, 0, 0}, returning[] = {0, 1, 0.4, 1};
    world w;
    world_begin(&w, 4, 1, 4);
    w.in.oldest_open = false;
    w.professions[0].stock = by_cell(stock);
    w.professions[0].exits[FREM_EXIT_PERMANENT] = by_cell(permanent);
    w.professions[0].returning = by_cell(returning);
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 1), 0, 0, 50, 0);
    assert_row(world_cells(&w, 0, 0, 2), 0, 0, 0, 70);
    assert_row(world_cells(&w, 0, 0, 3), 0, 0, 0, 0);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 20, 0);
    assert_measure(&w, 0, 0, FREM_CORE_AGED_OUT, 0, 0, 0, 70);
    w.in.oldest_open = true;
    world_project(&w);
    assert_row(world_cells(&w, 0, 0, 3), 0, 0, 0, 100);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 20, 30);
    world_end(&w);
}

static void only_those_who_left_for_good_return(void **state) {
    (void)state;
    /* 10 die, 18 of 90 move abroad, 36 of 72 retire: none of them is in the pool. */
    const double stock[] = {100}, rates[] = {0.1, 0.2, 0, 0.5}, returning[] = {1};
    world w;
    world_begin(&w, 3, 1, 1);
    w.professions[0].stock = by_cell(stock);
    w.professions[0].returning = by_cell(returning);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(&rates[0]);
    w.professions[0].exits[FREM_EXIT_EMIGRATION] = by_cell(&rates[1]);
    w.professions[0].exits[FREM_EXIT_RETIREMENT] = by_cell(&rates[3]);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 100, 36, 12.96);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 0);
    world_end(&w);
}

/* 10 of 100 die, the other 90 leave for good. In a year in the pool a tenth dies, half of the rest retires, and a third of
 * those who are left comes back: 90 * 0.9 * 0.5 / 3 = 13.5, and 27 stay in it; then 27 * 0.9 * 0.5 / 3 = 4.05. Of the
 * 13.5 a tenth dies and 12.15 leave again. */
static void people_in_the_pool_die_and_retire(void **state) {
    (void)state;
    const double stock[] = {100}, death[] = {0.1}, permanent[] = {1}, retire[] = {0.5},
                 returning[] = {1. / 3};
    world w;
    world_begin(&w, 4, 1, 1);
    w.in.oldest_open = true;
    w.professions[0].stock = by_cell(stock);
    w.professions[0].returning = by_cell(returning);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    w.professions[0].exits[FREM_EXIT_PERMANENT] = by_cell(permanent);
    w.professions[0].exits[FREM_EXIT_RETIREMENT] = by_cell(retire);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_PERMANENT, 0, 90, 0, 12.15);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 13.5, 4.05);
    world_end(&w);
}

static void regions_have_pools_of_their_own(void **state) {
    (void)state;
    /* All leave region 0 and return to it a year later; region 1 loses no one. Moves between the two, which no one
     * makes, change nothing of that. */
    const double stock[] = {10, 20}, permanent[] = {1, 0}, returning[] = {1}, empty[] = {0, 0, 0, 0};
    world w;
    world_begin(&w, 4, 2, 1);
    w.professions[0].stock = by_region_and_cell(stock, 1);
    w.professions[0].exits[FREM_EXIT_PERMANENT] = by_region(permanent);
    w.professions[0].returning = by_cell(returning);
    for (int moves = 0; moves < 2; moves++) {
        w.professions[0].moves = given(moves == 1 ? empty : NULL);
        world_project(&w);
        assert_measure(&w, 0, 0, FREM_CORE_STOCK, 10, 0, 10, 0);
        assert_measure(&w, 0, 1, FREM_CORE_STOCK, 20, 20, 20, 20);
        assert_measure(&w, 0, 2, FREM_CORE_RETURNERS, 0, 0, 10, 0);
    }
    world_end(&w);
}

/* 100 immigrants of age 0 in step 1. Half of all die. Of those still there a fifth leave in their first year, none in the
 * second, and a half in the third; by then they are of the open age, where 8 others live who do not leave. */
static void immigrants_leave_by_years_since_they_came(void **state) {
    (void)state;
    const double stock[] = {0, 128}, death[] = {0.5}, first[] = {0.2}, third[] = {0.5};
    const double immigrants[] = {0, 0, 100, 0, 0, 0, 0, 0, 0, 0};
    world w;
    world_begin(&w, 5, 1, 2);
    frem_core_profession *p = &w.professions[0];
    p->stock = by_region_and_cell(stock, 2);
    p->exits[FREM_EXIT_DEATH] = (frem_grid){given(death), 0, 0, 0};
    p->immigration = (frem_grid){given(immigrants), 2, 2, 1};
    p->recent[FREM_RECENT_IMMIGRANTS].years = 3;
    p->recent[FREM_RECENT_IMMIGRANTS].leaving[0] = (frem_grid){given(first), 0, 0, 0};
    p->recent[FREM_RECENT_IMMIGRANTS].leaving[2] = (frem_grid){given(third), 0, 0, 0};
    world_project(&w);
    /* 64 and 100; 32 and 50 less 10; 16 and 20; 8 and 10 less 5. */
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 128, 164, 72, 36, 13);
    assert_measure(&w, 0, 0, FREM_CORE_EMIGRANTS, 0, 0, 10, 0, 5);
    assert_measure(&w, 0, 0, FREM_CORE_DEATHS, 0, 64, 82, 36, 18);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 64, 92, 36, 23);
    world_end(&w);
}

/* As many join in step 1 and 2, and a cohort is not taken for the other: 100 graduates each, of whom a tenth leave in the
 * first year and a third of the rest in the second; they are in the pool, of which all come back in the next step. */
static void graduates_leave_by_years_and_come_back(void **state) {
    (void)state;
    const double stock[] = {0}, first[] = {0.1}, second[] = {1.0 / 3}, back[] = {1};
    const double intake[] = {100, 100}, one[] = {1};
    const frem_core_programme programme = {.region = 0,
                                           .first_step = 1,
                                           .entries = 2,
                                           .lags = 1,
                                           .shifts = 1,
                                           .intake = given(intake),
                                           .joining = given((const double[]){1, 1}),
                                           .entrants = given(one)};
    world w;
    world_begin(&w, 5, 1, 1);
    frem_core_profession *p = &w.professions[0];
    p->stock = by_region_and_cell(stock, 1);
    p->returning = (frem_grid){given(back), 0, 0, 0};
    p->recent[FREM_RECENT_GRADUATES].years = 2;
    p->recent[FREM_RECENT_GRADUATES].leaving[0] = (frem_grid){given(first), 0, 0, 0};
    p->recent[FREM_RECENT_GRADUATES].leaving[1] = (frem_grid){given(second), 0, 0, 0};
    w.in.programmes = &programme;
    w.in.n_programmes = 1;
    world_project(&w);
    /* Leave: 10 of the first; 30 of the first and 10 of the second; 30 of the second; no one after. */
    assert_measure(&w, 0, 0, FREM_CORE_PERMANENT, 0, 0, 10, 40, 30);
    assert_measure(&w, 0, 0, FREM_CORE_RETURNERS, 0, 0, 0, 10, 40);
    assert_measure(&w, 0, 0, FREM_CORE_STOCK, 0, 100, 190, 160, 170);
    world_end(&w);
}

/* They move with the others: of 100 immigrants among 300 of region 0 a half moves to region 1, by a matrix or by net shares,
 * where they leave in their second year, and no one else does. */
static void those_who_came_move_as_all_do(void **state) {
    (void)state;
    const double stock[] = {200, 40}, moves[] = {0, 0.5, 0, 0}, second[] = {1};
    const double immigrants[] = {0, 0, 100, 0, 0, 0, 0, 0};
    for (int by_net = 0; by_net < 2; by_net++) {
        world w;
        world_begin(&w, 4, 2, 1);
        frem_core_profession *p = &w.professions[0];
        p->stock = by_region_and_cell(stock, 1);
        p->immigration = (frem_grid){given(immigrants), 2, 1, 1};
        p->recent[FREM_RECENT_IMMIGRANTS].years = 2;
        p->recent[FREM_RECENT_IMMIGRANTS].leaving[1] = (frem_grid){given(second), 0, 0, 0};
        if (by_net) {
            /* 100 of 200 go in the first step, before the immigrants come. Then 100 of 200. */
            const double shares[] = {-0.5, 2.5, -0.5, 100.0 / 140, 0, 0, 0, 0};
            p->net_moves = given(shares);
            p->moves_by_step = true;
            world_project(&w);
        } else {
            p->moves = given(moves);
            world_project(&w);
        }
        /* Region 0: 100 + 100; 100, of whom 50 came; then those 50 leave, after which a half moves by the matrix. */
        assert_measure(&w, 0, 0, FREM_CORE_STOCK, 200, 200, 100, by_net ? 50 : 25);
        assert_measure(&w, 0, 0, FREM_CORE_EMIGRANTS, 0, 0, 0, 50);
        assert_measure(&w, 0, 1, FREM_CORE_EMIGRANTS, 0, 0, 0, 50);
        assert_measure(&w, 0, 2, FREM_CORE_STOCK, 240, 340, 340, 240);
        world_end(&w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(immigrants_leave_by_years_since_they_came),
        cmocka_unit_test(graduates_leave_by_years_and_come_back),
        cmocka_unit_test(those_who_came_move_as_all_do),
        cmocka_unit_test(immigrants_arrive_where_and_when_it_is_said),
        cmocka_unit_test(nobody_returns_in_the_step_of_leaving),
        cmocka_unit_test(returners_are_older),
        cmocka_unit_test(only_those_who_left_for_good_return),
        cmocka_unit_test(people_in_the_pool_die_and_retire),
        cmocka_unit_test(regions_have_pools_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
