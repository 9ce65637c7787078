#include "unit/core/world.h"

/* Two professions without stock, one sector: employment 60 and 40, need 100. */
static const double sixty_forty[] = {60, 40};

static void begin(world *w, size_t steps) {
    world_begin(w, steps, 1, 1);
    w->in.n_professions = 2;
    w->professions[0].has_stock = false;
    w->in.n_sectors = 1;
    w->sectors[0].employment = given(sixty_forty);
}

static void a_constant_need_stays(void **state) {
    (void)state;
    world w;
    begin(&w, 3);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 60, 60);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 40, 40);
    assert_row(world_index(&w, 0, 0), 1, 1, 1);
    assert_row(world_users(&w, 0, 0), 0, 0, 0);
    world_end(&w);
}

static void vacancies_count_as_need(void **state) {
    (void)state;
    /* 60 + 0 and 40 + 25: 125 in all; standard 2 in step 1: 250, shares 0.48 and 0.52. */
    const double vacancies[] = {0, 25}, standard[] = {1, 2};
    world w;
    begin(&w, 2);
    w.sectors[0].vacancies = given(vacancies);
    w.sectors[0].standard = given(standard);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 120);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 65, 130);
    world_end(&w);
}

static void users_move_the_need(void **state) {
    (void)state;
    /* Group 0: 100 persons throughout, half use the service, weight 1. Group 1: 50 then 80 persons, all use
     * it (0.75 in step 2), weight 2 (3 in step 2). Users: 50 + 50, 50 + 80, 50 + 60. Weighted: 150, 210, 230.
     */
    const double population[] = {100, 100, 100, 50, 80, 80}, rate[] = {0.5, 0.5, 0.5, 1, 1, 0.75};
    const double weight[] = {1, 1, 1, 2, 2, 3};
    world w;
    begin(&w, 3);
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 2;
    w.sectors[0].population = given(population);
    w.sectors[0].use_rate = given(rate);
    w.sectors[0].weight = given(weight);
    world_project(&w);
    assert_row(world_users(&w, 0, 0), 100, 130, 110);
    assert_row(world_index(&w, 0, 0), 1, 210 / 150.0, 230 / 150.0);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 84, 92);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 56, 40 * 230 / 150.0);
    /* Without rates and weights every person is a user: 150, 180, 180. */
    w.sectors[0].use_rate = given(NULL);
    w.sectors[0].weight = given(NULL);
    world_project(&w);
    assert_row(world_users(&w, 0, 0), 150, 180, 180);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 72, 72);
    world_end(&w);
}

static void posts_may_set_the_level(void **state) {
    (void)state;
    /* 500 pupils with .25 posts each, then 600: 125 and 150 of the 100 that there are, 60 and 40 of each hundred. */
    const double population[] = {500, 600}, weight[] = {0.25, 0.25};
    world w;
    begin(&w, 2);
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 1;
    w.sectors[0].population = given(population);
    w.sectors[0].weight = given(weight);
    w.sectors[0].of_posts = true;
    world_project(&w);
    assert_row(world_users(&w, 0, 0), 500, 600);
    assert_row(world_index(&w, 0, 0), 1.25, 1.5);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 75, 90);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 50, 60);
    world_end(&w);
}

/* Sectors of 60 and 40, and of 10 and 0, the second growing by half. From step 1 on a fifth of the first moves to the second,
 * and a tenth of the second (of what it has without) to the first: 12 and 8, 1.5 and 0. */
static void tasks_move_with_their_posts(void **state) {
    (void)state;
    const double other[] = {10, 0}, series[] = {1, 1.5}, there[] = {0, 0.2}, back[] = {0, 0.1};
    world w;
    begin(&w, 2);
    w.in.n_sectors = 2;
    w.sectors[1].employment = given(other);
    w.sectors[1].driver = FREM_DRIVER_SERIES;
    w.sectors[1].series = given(series);
    const frem_core_transfer transfers[] = {{.from = 0, .to = 1, .share = given(there)},
                                            {.from = 1, .to = 0, .share = given(back)}};
    w.in.transfers = transfers;
    w.in.n_transfers = 2;
    world_project(&w);
    assert_row(world_sector(&w, 0, 0, 0), 60, 60 - 12 + 1.5);
    assert_row(world_sector(&w, 1, 0, 0), 40, 32);
    assert_row(world_sector(&w, 0, 0, 1), 10, 15 - 1.5 + 12);
    assert_row(world_sector(&w, 1, 0, 1), 0, 8);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 70, 75);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 40);
    /* 25 posts of the first sector's 100, which the second fills with .2 and .8; theirs were .6 and .4. */
    const double posts[] = {0, 25}, shares[] = {0.2, 0.2, 0.8, 0.8};
    const frem_core_transfer fte = {.from = 0, .to = 1, .fte = given(posts), .shares = given(shares)};
    w.in.transfers = &fte;
    w.in.n_transfers = 1;
    world_project(&w);
    assert_row(world_sector(&w, 0, 0, 0), 60, 45);
    assert_row(world_sector(&w, 1, 0, 0), 40, 30);
    assert_row(world_sector(&w, 0, 0, 1), 10, 20);
    assert_row(world_sector(&w, 1, 0, 1), 0, 20);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 70, 65);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 50);
    world_end(&w);
}

static void without_users_in_the_base_year_there_is_no_index(void **state) {
    (void)state;
    const double population[] = {0, 10}, empty[] = {0, 0};
    world w;
    begin(&w, 2);
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 1;
    w.sectors[0].population = given(population);
    w.sectors[0].employment = given(empty);
    world_project(&w);
    assert_row(world_users(&w, 0, 0), 0, 10);
    assert_row(world_index(&w, 0, 0), 0, 0);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 0, 0);
    world_end(&w);
}

static void a_series_is_taken_as_it_is(void **state) {
    (void)state;
    /* The base year is no 1 here: 0.5, 1.25, 2 times the need of 100. */
    const double series[] = {0.5, 1.25, 2};
    world w;
    begin(&w, 3);
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    world_project(&w);
    assert_row(world_index(&w, 0, 0), 0.5, 1.25, 2);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 30, 75, 120);
    world_end(&w);
}

static void standard_raises_and_productivity_lowers(void **state) {
    (void)state;
    /* 100 * 1.1 / 1.25 = 88, of which 0.6 and 0.4. */
    const double standard[] = {1, 1.1}, productivity[] = {1, 1.25};
    world w;
    begin(&w, 2);
    w.sectors[0].standard = given(standard);
    w.sectors[0].productivity = given(productivity);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 52.8);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 35.2);
    world_end(&w);
}

static void shares_shift_between_professions(void **state) {
    (void)state;
    /* A tenth of the need goes from profession 1 to profession 0 in step 1, a quarter in step 2, of 100 and
     * of 200. */
    const double shift[] = {0, 0.1, 0.25, 0, -0.1, -0.25}, standard[] = {1, 1, 2};
    world w;
    begin(&w, 3);
    w.sectors[0].shift = given(shift);
    w.sectors[0].standard = given(standard);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 70, 170);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 30, 30);
    world_end(&w);
}

static void extra_comes_on_top(void **state) {
    (void)state;
    /* Extra isn't moved by the index; it is all there is where no one is employed. */
    const double extra[] = {0, 5, 7, 0, 0, 1}, series[] = {1, 2, 3}, empty[] = {0, 0};
    world w;
    begin(&w, 3);
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    w.sectors[0].extra = given(extra);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 60, 125, 187);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 40, 80, 121);
    w.sectors[0].employment = given(empty);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 0, 5, 7);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 0, 0, 1);
    world_end(&w);
}

static void sectors_and_regions_add_up(void **state) {
    (void)state;
    /* Employment by profession and region. Sector 0 follows the population of its region: 10 -> 20 and 30 ->
     * 30; sector 1 is constant. */
    const double first[] = {1, 2, 3, 4}, second[] = {10, 20, 30, 40}, population[] = {10, 20, 30, 30};
    const size_t members[] = {1};
    world w;
    world_begin(&w, 2, 2, 1);
    w.in.n_professions = 2;
    w.in.n_sectors = 2;
    w.sectors[0].employment = given(first);
    w.sectors[0].driver = FREM_DRIVER_USERS;
    w.sectors[0].groups = 1;
    w.sectors[0].population = given(population);
    w.sectors[1].employment = given(second);
    w.in.n_groups = 1;
    w.groups[0] = (frem_core_group){members, 1};
    world_project(&w);
    assert_row(world_sector(&w, 0, 0, 0), 1, 2);
    assert_row(world_sector(&w, 0, 1, 0), 2, 2);
    assert_row(world_sector(&w, 1, 0, 0), 3, 6);
    assert_row(world_sector(&w, 1, 1, 1), 40, 40);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 11, 12);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 33, 36);
    /* The group is region 1 alone, area 2; area 3 is all. */
    assert_row(world_sector(&w, 1, 2, 0), 4, 4);
    assert_row(world_sector(&w, 1, 3, 0), 7, 10);
    assert_measure(&w, 1, 3, FREM_CORE_DEMAND, 77, 80);
    assert_row(world_users(&w, 2, 0), 30, 30);
    assert_row(world_users(&w, 3, 0), 40, 50);
    world_end(&w);
}

static void a_sector_follows_another(void **state) {
    (void)state;
    /* Sector 0 follows 1, which follows 2, whose users grow from 100 to 150; each has 10 and 20 FTE. No one uses
     * those that follow. */
    const double population[] = {100, 150}, employed[] = {10, 20};
    world w;
    begin(&w, 2);
    w.in.n_sectors = 3;
    for (size_t j = 0; j < 3; j++)
        w.sectors[j].employment = given(employed);
    w.sectors[0].driver = w.sectors[1].driver = FREM_DRIVER_SECTOR;
    w.sectors[0].follows = 1;
    w.sectors[1].follows = 2;
    w.sectors[2].driver = FREM_DRIVER_USERS;
    w.sectors[2].groups = 1;
    w.sectors[2].population = given(population);
    world_project(&w);
    for (size_t j = 0; j < 3; j++) {
        assert_row(world_index(&w, 0, j), 1, 1.5);
        assert_row(world_sector(&w, 0, 0, j), 10, 15);
        assert_row(world_sector(&w, 1, 0, j), 20, 30);
    }
    assert_row(world_users(&w, 0, 0), 0, 0);
    assert_row(world_users(&w, 0, 2), 100, 150);
    world_end(&w);
}

static void posts_cost_money(void **state) {
    (void)state;
    /* 60 at 0.5 mio. kr., then 90 at 0.6: 30, 54. Profession 1 has no price. */
    const double unit_cost[] = {0.5, 0.6}, series[] = {1, 1.5};
    world w;
    begin(&w, 2);
    w.sectors[0].driver = FREM_DRIVER_SERIES;
    w.sectors[0].series = given(series);
    w.professions[0].unit_cost = given(unit_cost);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_COST, 30, 54);
    assert_measure(&w, 0, 1, FREM_CORE_COST, 30, 54);
    assert_measure(&w, 1, 0, FREM_CORE_COST, 0, 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_need_stays),
        cmocka_unit_test(vacancies_count_as_need),
        cmocka_unit_test(users_move_the_need),
        cmocka_unit_test(posts_may_set_the_level),
        cmocka_unit_test(tasks_move_with_their_posts),
        cmocka_unit_test(without_users_in_the_base_year_there_is_no_index),
        cmocka_unit_test(a_series_is_taken_as_it_is),
        cmocka_unit_test(standard_raises_and_productivity_lowers),
        cmocka_unit_test(shares_shift_between_professions),
        cmocka_unit_test(extra_comes_on_top),
        cmocka_unit_test(sectors_and_regions_add_up),
        cmocka_unit_test(a_sector_follows_another),
        cmocka_unit_test(posts_cost_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
