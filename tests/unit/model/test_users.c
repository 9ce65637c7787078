/* What a sector follows: hand-computed users, weights and indices. The world is in small_demand.h. */
#include "small_demand.h"

/* Ages 1 and 2: four users at 10-20 hours and two at 30, so 4*15 + 2*30 = 120 hours of 6 users, 20 each. With
 * intensity 3 and a norm of 40 hours a user weighs 20 * 3 / 40 = 1.5. Of x and y together 20 + 30 + 0 + 60 = 110
 * persons are of that age in 2020, so 6/110 of them are users. */
static void weights_and_users_from_hours(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "hours.csv",
                    "age,low,high,kids\n1,10,20,4\n2,30,30,2\n3,0,8,9\n4,40,41,7\n");
    small_good(
        &world, small_head,
        "  s:\n"
        "    employment: {a: 10}\n"
        "    split: equal\n"
        "    follows: {users: {young: {population: 1-2, hours: {table: hours.csv, from: low, to: high,\n"
        "      users: kids, intensity: 3, norm_hours: 40}}}}\n");
    const frem_core_sector *sector = small_sector(&world, 0);
    assert_int_equal(sector->groups, 1);
    assert_int_equal(sector->driver, FREM_DRIVER_USERS);
    assert_close(sector->weight.at[0], 1.5, 1e-15);
    assert_close(sector->use_rate.at[0], 6.0 / 110, 1e-15);
    assert_close(sector->use_rate.at[5], 6.0 / 110, 1e-15); /* [region y][2022] */
    assert_close(sector->population.at[0], 50, 0);          /* x 2020: 20 + 30 */
    assert_close(sector->population.at[4], 30, 0);          /* y 2021: 0 + 30 */
    loaded_end(&world);
}

/* Region x: the old (4) use at .1, .15, .2 and weigh 3; the young (0) are 4 users in 2020, so .4 each.
 * 2020: 50*.1*3 + 10*.4 = 19; 2021: 50*.15*3 + 20*.4 = 30.5; 2022: 50*.2*3 + 30*.4 = 42.
 * Ten FTE become 305/19 and 420/19. Users as persons: 2022 50*.2 + 30*.4 = 22. */
static void use_rates_change_over_the_years(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "fte.csv", "region,fte\nx,10\ny,0\n");
    frem_temp_write(world.folder, "users.csv", "region,users\nx,4\ny,0\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: {table: fte.csv, column: fte}}\n"
               "    follows:\n"
               "      users:\n"
               "        old: {population: 4+, weight: 3, use_rate: {2020: 0.1, 2022: 0.2, between: linear}}\n"
               "        young: {population: 0, users: {table: users.csv, column: users}}\n");
    assert_close(small_result(&world, "x", "a", "s", "demand", 2020), 10, 1e-12);
    assert_close(small_result(&world, "x", "a", "s", "demand", 2021), 305.0 / 19, 1e-12);
    assert_close(small_result(&world, "x", "a", "s", "demand", 2022), 420.0 / 19, 1e-12);
    assert_close(small_result(&world, "x", "all", "s", "users", 2022), 22, 1e-12);
    loaded_end(&world);
}

/* No one in y is 0 or 1 years old in 2020, so the rate of its group holds: 3 users of x's 30 persons, .1. */
static void a_region_without_people_takes_its_groups_rate(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "users.csv", "region,users\nx,3\ny,0\n");
    small_good(
        &world, small_head,
        "  s:\n"
        "    employment: {a: 10}\n"
        "    split: {by: population, ages: 0-1}\n"
        "    follows: {users: {young: {population: 0-1, users: {table: users.csv, column: users}}}}\n");
    const frem_core_sector *sector = small_sector(&world, 0);
    assert_close(sector->use_rate.at[0], 0.1, 1e-15);
    assert_close(sector->use_rate.at[3], 0.1, 1e-15);
    loaded_end(&world);
}

/* Rows of a table: 6 users aged 0-1 (30 persons in 2020: rate .2) at weight 2, 9 aged 2+ (240: rate .0375) at weight 1.
 * Region x: 2020 30*.2*2 + 120*.0375 = 16.5, 2021 40*.2*2 + 130*.0375 = 20.875. */
static void a_table_lists_the_groups(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "groups.csv",
                    "what,age_from,age_to,n,w\nin,0,1,6,2\nin,2,,9,1\nout,0,4,99,9\n");
    frem_temp_write(world.folder, "fte.csv", "region,fte\nx,33\ny,0\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: {table: fte.csv, column: fte}}\n"
               "    follows: {user_table: {table: groups.csv, where: {what: in}, users: n, weight: w}}\n");
    const frem_core_sector *sector = small_sector(&world, 0);
    assert_int_equal(sector->groups, 2);
    assert_close(sector->use_rate.at[0], 0.2, 1e-15);
    assert_close(sector->use_rate.at[6], 0.0375, 1e-15); /* the second group, region x, 2020 */
    assert_close(sector->weight.at[0], 2, 0);
    assert_close(small_result(&world, "x", "a", "s", "demand", 2021), 33 * 20.875 / 16.5, 1e-12);
    loaded_end(&world);
}

/* s follows the ages 0-4 of x: 150, 170, 190; t follows s, so 30 FTE become 34 and 38. */
static void a_sector_follows_another(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "fte.csv", "region,fte\nx,30\ny,0\n");
    small_good(&world, small_head,
               "  t:\n"
               "    employment: {a: {table: fte.csv, column: fte}}\n"
               "    follows: {sector: s}\n"
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: {population: 0-4}\n");
    assert_int_equal(small_sector(&world, 0)->driver, FREM_DRIVER_SECTOR);
    assert_int_equal(small_sector(&world, 0)->follows, 1);
    assert_close(small_result(&world, "x", "a", "t", "demand", 2020), 30, 1e-12);
    assert_close(small_result(&world, "x", "a", "t", "demand", 2021), 34, 1e-12);
    assert_close(small_result(&world, "x", "a", "t", "demand", 2022), 38, 1e-12);
    loaded_end(&world);
}

/* An index of one's own is taken as it is: 10 FTE at 1.5 are 15. */
static void an_index_of_ones_own(void **state) {
    (void)state;
    loaded world = small_demand();
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: {series: {2020: 1, 2021: 1.5, then: hold}}\n");
    assert_close(small_result(&world, "all", "a", "s", "demand", 2021), 15, 1e-12);
    assert_close(small_result(&world, "all", "a", "s", "demand", 2022), 15, 1e-12);
    loaded_end(&world);
}

/* What is wrong with a sector's driver, and where. */
static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *table; /* other.csv */
        const char *demand;
        const char *problem;
    } bad[] = {
        {"",
         "  s: {employment: {a: 1}, split: equal, follows: {sector: t}}\n"
         "  t: {employment: {a: 1}, split: equal, follows: {sector: s}}\n",
         "s.yaml:11:51: error: demand.s follows 't', which follows it again"},
        {"", "  s: {employment: {a: 1}, split: equal, follows: {sector: tt}}\n",
         "s.yaml:11:59: error: demand.s.follows.sector: there is no 'tt' in demand"},
        {"",
         "  s: {employment: {a: 1}, split: equal, follows: {population: 0, sector: t}}\n"
         "  t: {employment: {a: 1}, split: equal, follows: constant}\n",
         "s.yaml:11:66: error: demand.s.follows has both 'population' and 'sector'"},
        {"age,hours_from,hours_to,users,region\n1,1,2,3,x\n",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1,\n"
         "     hours: {table: other.csv, norm_hours: 37}}}}}\n",
         "s.yaml:12:14: error: demand.s.follows.users.g.hours: other.csv has the column 'region', and its "
         "rows would "
         "be added over it"},
        {"age_from,age_to,hours_from,hours_to,users\n0,1,1,2,3\n",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1-2,\n"
         "     hours: {table: other.csv, norm_hours: 37}}}}}\n",
         "other.csv:2:1: error: demand.s.follows.users.g.hours: the ages 0-1 lie partly outside 1-2"},
        {"hours_from,hours_to,users\n9,8,3\n",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1,\n"
         "     hours: {table: other.csv, norm_hours: 37}}}}}\n",
         "other.csv:2:1: error: demand.s.follows.users.g.hours: 9 is above 8"},
        {"hours_from,hours_to,users\n8,9,-3\n",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1,\n"
         "     hours: {table: other.csv, norm_hours: 37}}}}}\n",
         "other.csv:2:5: error: demand.s.follows.users.g.hours: -3 is outside 0 to ∞"},
        {"age,hours_from,hours_to,users\n2,8,9,3\n",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1,\n"
         "     hours: {table: other.csv, norm_hours: 37}}}}}\n",
         "s.yaml:12:14: error: demand.s.follows.users.g.hours: other.csv has no users"},
        {"age_from,age_to,users\n0,1,3\n2,5,9\n",
         "  s: {employment: {a: 1}, split: equal, follows: {user_table: other.csv}}\n", NULL},
        {"age_from,age_to,users\n3,2,9\n",
         "  s: {employment: {a: 1}, split: equal, follows: {user_table: other.csv}}\n",
         "other.csv:2:1: error: demand.s.follows.user_table: 3 is above 2"},
        {"age_from,age_to,users\n5,9,9\n",
         "  s: {employment: {a: 1}, split: equal, follows: {user_table: other.csv}}\n",
         "other.csv:2:1: error: demand.s.follows.user_table: the population cannot separate the ages 5 to 9"},
        {"",
         "  s: {employment: {a: 1}, split: equal, follows: {users: {g: {population: 1, use_rate: 1, users: "
         "3}}}}\n",
         "s.yaml:11:91: error: demand.s.follows.users.g has both 'use_rate' and 'users'"},
        {"region,fte\nx,1\ny,1\n",
         "  s: {employment: {a: {table: other.csv, column: fte}}, follows: {sector: t}}\n"
         "  t: {employment: {b: 1}, split: {by: population, ages: 0}, follows: {population: 0}}\n",
         "s.yaml:11:57: error: demand.s follows users or need, and region 'Yby' has none in 2020 but has "
         "employment"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = small_demand();
        frem_temp_write(world.folder, "other.csv", bad[i].table);
        if (bad[i].problem == NULL)
            small_good(&world, small_head, bad[i].demand);
        else
            small_refused(&world, small_head, bad[i].demand, bad[i].problem);
        loaded_end(&world);
    }
}

/* 5 users of whom none is left to grow with would vanish. */
static void users_need_people(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "people.csv",
                    "region,year,age,persons\nx,2020,0,0\nx,2020,1,9\nx,2021,0,1\nx,2021,1,9\nx,2022,0,1\n"
                    "x,2022,1,9\ny,2020,0,0\ny,2020,1,9\ny,2021,0,1\ny,2021,1,9\ny,2022,0,1\ny,2022,1,9\n");
    small_refused(
        &world, small_head,
        "  s:\n    employment: {a: 1}\n    split: equal\n    follows: {users: {g: {population: 0, users: "
        "5}}}\n",
        "s.yaml:14:23: error: demand.s.follows.users.g has 5 users in 2020, and no one is 0 years old");
    loaded_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_and_users_from_hours),
        cmocka_unit_test(use_rates_change_over_the_years),
        cmocka_unit_test(a_region_without_people_takes_its_groups_rate),
        cmocka_unit_test(a_table_lists_the_groups),
        cmocka_unit_test(a_sector_follows_another),
        cmocka_unit_test(an_index_of_ones_own),
        cmocka_unit_test(problems_have_their_place),
        cmocka_unit_test(users_need_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
