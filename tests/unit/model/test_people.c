/* The population: its oldest group by single age, and the whole country. */
#include "model/model.h"
#include "small_model.h"

static const char *const head =
    "fremskriv: 1\n"
    "years: {base: 2018, until: 2022}\n"
    "ages: {from: 30, to: 32}\n"
    "base_year: cohorts\n"
    "regions: {table: regions.csv, where: {in: yes}}\n"
    "professions:\n"
    "  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
    "demand:\n"
    "  s: {employment: {a: 1}, split: equal, follows: constant, budget: {amount: 1,\n"
    "    unit_cost: 1, shares: {a: 1}, key: {population: 80-81}}}\n";

/* Regions x and y of the scenario, z beside them: 100, 200 and 300 persons aged 0-79, 10, 20 and 40 aged 80+. */
static loaded people_world(void) {
    loaded world = small_new();
    char text[2048];
    size_t n = (size_t)snprintf(text, sizeof text, "region,year,age_from,age_to,persons\n");
    for (int i = 0; i < 15; i++) {
        static const int young[] = {100, 200, 300}, old[] = {10, 20, 40};
        n += (size_t)snprintf(text + n, sizeof text - n, "%c,%d,0,79,%d\n%c,%d,80,,%d\n", "xyz"[i / 5],
                              2018 + i % 5, young[i / 5], "xyz"[i / 5], 2018 + i % 5, old[i / 5]);
    }
    frem_temp_write(world.folder, "people.csv", text);
    frem_temp_write(world.folder, "regions.csv", "code,name,in\nx,Xby,yes\ny,Yby,yes\nz,Zby,no\n");
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    return world;
}

/* [region][step][age] */
static double people_at(const loaded *world, size_t region, size_t step, size_t age) {
    const frem_people *people = &world->model->people;
    return people->at[(region * world->model->steps + step) * people->ages + age];
}

/* Shares of 80, 81, 82+: .5 .3 .2 in 2019 and .4 .3 .3 in 2021, so .45 .3 .25 in 2020; those of 2019 before, those of
 * 2021 after. Single ages need no curve. The sum is the group's own. */
static void the_open_group_is_spread_by_shares(void **state) {
    (void)state;
    loaded world = people_world();
    frem_temp_write(world.folder, "old.csv",
                    "year,age_from,age_to,share\n2019,80,80,0.5\n2019,81,81,0.3\n2019,82,,0.2\n"
                    "2021,80,80,0.4\n2021,81,81,0.3\n2021,82,,0.3\n");
    small_good(&world, head, "population: {table: people.csv, old_ages: old.csv}\n");
    const frem_people *people = &world.model->people;
    assert_int_equal(people->ages, 83);
    assert_true(people->open);
    static const double shares[5][3] = {
        {0.5, 0.3, 0.2}, {0.5, 0.3, 0.2}, {0.45, 0.3, 0.25}, {0.4, 0.3, 0.3}, {0.4, 0.3, 0.3}};
    for (size_t t = 0; t < 5; t++) {
        for (size_t a = 0; a < 3; a++) {
            assert_close(people_at(&world, 0, t, 80 + a), 10 * shares[t][a], 1e-13);
            assert_close(people_at(&world, 1, t, 80 + a), 20 * shares[t][a], 1e-13);
        }
        assert_close(frem_model_persons(world.model, (frem_age_range){true, 80, 200}, 0, t), 10, 1e-14);
        assert_close(frem_model_persons(world.model, (frem_age_range){true, 0, 79}, 1, t), 200, 1e-12);
        /* The country has z too: 600 and 70. */
        assert_close(frem_model_country(world.model, (frem_age_range){true, 0, 79}, t), 600, 1e-12);
        assert_close(frem_model_country(world.model, (frem_age_range){true, 80, 81}, t),
                     70 * (shares[t][0] + shares[t][1]), 1e-12);
    }
    loaded_end(&world);
}

/* Groups of the table are spread by the curve through their sums: 80-83 .6, 84-87 .3, 88+ .1. Each group keeps its
 * part, no age is negative, and the border between two groups is no step. */
static void groups_inside_keep_their_sums(void **state) {
    (void)state;
    loaded world = people_world();
    frem_temp_write(world.folder, "old.csv",
                    "year,age_from,age_to,share\n2019,80,83,0.6\n2019,84,87,0.3\n2019,88,,0.1\n");
    small_good(&world, head, "population: {table: people.csv, old_ages: {table: old.csv, column: share}}\n");
    assert_int_equal(world.model->people.ages, 89);
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 80, 83}, 1, 0), 12, 1e-13);
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 84, 87}, 1, 0), 6, 1e-13);
    assert_close(people_at(&world, 1, 0, 88), 2, 1e-13);
    for (size_t age = 80; age < 89; age++)
        assert_true(people_at(&world, 1, 0, age) > 0);
    assert_true(people_at(&world, 1, 0, 83) > people_at(&world, 1, 0, 84)); /* no step at the border */
    assert_true(people_at(&world, 1, 0, 83) < 3 && people_at(&world, 1, 0, 84) > 1.5);
    loaded_end(&world);
}

/* Published shares sum to 1.001 when rounded; the persons stay the group's. */
static void rounded_shares_keep_the_persons(void **state) {
    (void)state;
    loaded world = people_world();
    frem_temp_write(world.folder, "old.csv",
                    "year,age_from,age_to,share\n2019,80,80,0.501\n2019,81,81,0.3\n2019,82,,0.2\n");
    small_good(&world, head, "population: {table: people.csv, old_ages: old.csv}\n");
    assert_close(people_at(&world, 0, 0, 80), 10 * 0.501 / 1.001, 1e-13);
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 80, 82}, 0, 0), 10, 1e-14);
    loaded_end(&world);
}

/* 1 January 2018 to 2020: 100, 110, 130 aged 0-79 and 10, 20, 10 aged 80+; counted on 1 October, nine twelfths of the way
 * to the next 1 January: 107.5 and 125, 17.5 and 12.5. Shares of the oldest are those of each 1 January: 80-year-olds are
 * .25 * 5 + .75 * 16 of 2018. The country is moved as its regions are. */
static void people_move_to_the_count_date(void **state) {
    (void)state;
    loaded world = people_world();
    frem_temp_write(
        world.folder, "people.csv",
        "region,year,age_from,age_to,persons\n"
        "x,2018,0,79,100\nx,2018,80,,10\nx,2019,0,79,110\nx,2019,80,,20\nx,2020,0,79,130\nx,2020,80,,10\n"
        "z,2018,0,79,1\nz,2018,80,,4\nz,2019,0,79,1\nz,2019,80,,8\nz,2020,0,79,1\nz,2020,80,,4\n");
    frem_temp_write(
        world.folder, "old.csv",
        "year,age_from,age_to,share\n2018,80,80,0.5\n2018,81,,0.5\n2019,80,80,0.8\n2019,81,,0.2\n");
    static const char *const tail = "population: {table: people.csv, old_ages: old.csv, at: count}\n";
    small_good(&world,
               "fremskriv: 1\n"
               "years: {base: 2018, until: 2019, count: 1 october}\n"
               "ages: {from: 30, to: 32}\n"
               "base_year: cohorts\n"
               "regions: {table: regions.csv, where: {code: x}}\n"
               "professions:\n"
               "  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
               "demand:\n"
               "  s: {employment: {a: 1}, follows: {population: 0-79}, budget: {amount: 1,\n"
               "    unit_cost: 1000000, shares: {a: 1}, key: {population: 80+}}}\n",
               tail);
    static const double old[2] = {17.5, 12.5}, others[2] = {7, 5};
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 0, 79}, 0, 0), 107.5, 1e-12);
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 0, 79}, 0, 1), 125, 1e-12);
    assert_close(people_at(&world, 0, 0, 80), 0.25 * 5 + 0.75 * 16, 1e-13);
    assert_close(people_at(&world, 0, 1, 80), 0.25 * 16 + 0.75 * 8, 1e-13);
    for (size_t t = 0; t < 2; t++) {
        assert_close(frem_model_persons(world.model, (frem_age_range){true, 80, 200}, 0, t), old[t], 1e-13);
        assert_close(frem_model_country(world.model, (frem_age_range){true, 80, 200}, t), old[t] + others[t],
                     1e-13);
        /* One post of the budget, by the part of the country's oldest. */
        assert_close(small_result(&world, "all", "a", "s", "demand", 2018 + (int)t),
                     (t == 0 ? 1 : 125 / 107.5) + old[t] / (old[t] + others[t]), 2e-6);
    }
    loaded_end(&world);
}

/* The table ends on 1 January 2022. Counted on that day no one needs the next one. */
static void the_year_after_the_last_is_needed(void **state) {
    (void)state;
    loaded world = people_world();
    static const char *const rest = "base_year: cohorts\n"
                                    "regions: {table: regions.csv, where: {in: yes}}\n"
                                    "professions:\n"
                                    "  a: {supply: none}\n"
                                    "demand:\n"
                                    "  s: {employment: {a: 1}, split: equal, follows: constant}\n"
                                    "population: {table: people.csv, at: count}\n";
    small_good(&world, "fremskriv: 1\nyears: {base: 2018, until: 2022}\n", rest);
    assert_close(frem_model_persons(world.model, (frem_age_range){true, 0, 79}, 0, 4), 100, 1e-12);
    loaded_end(&world);
    world = people_world();
    small_refused(
        &world, "fremskriv: 1\nyears: {base: 2018, until: 2022, count: 30 june}\n", rest,
        "s.yaml:2:21: error: years.until is 2022, and the population in people.csv goes to 2021 when it is "
        "moved to the count date");
    loaded_end(&world);
}

/* Denmark, all 98 municipalities: Statistics Denmark counted 44640 people aged 90 or older in 2018. */
static void denmarks_oldest_are_close_to_the_count(void **state) {
    (void)state;
    loaded world = small_new();
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    small_good(&world,
               "fremskriv: 1\n"
               "years: {base: 2018, until: 2040}\n"
               "ages: {from: 30, to: 32}\n"
               "base_year: cohorts\n"
               "regions: {table: denmark/municipalities.csv}\n"
               "population: {table: denmark/population.csv, old_ages: denmark/old_shares.csv}\n",
               "professions:\n"
               "  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
               "demand:\n"
               "  s: {employment: {a: 1}, split: equal, follows: constant}\n");
    double oldest = 0, old = 0;
    for (size_t r = 0; r < 98; r++) {
        oldest += frem_model_persons(world.model, (frem_age_range){true, 90, 200}, r, 0);
        old += frem_model_persons(world.model, (frem_age_range){true, 80, 200}, r, 0);
    }
    assert_close(oldest, 44640, 0.03 * 44640);
    assert_close(old, 256692, 1e-6); /* the table's own rows of 80+ in 2018 */
    assert_int_equal(world.model->people.ages, 101);
    loaded_end(&world);
}

/* Without regions the one area is all of the table: x, y and z. Its parts by region are added. */
static void without_regions_the_table_is_one_area(void **state) {
    (void)state;
    loaded world = people_world();
    frem_temp_write(world.folder, "old.csv", "year,age_from,age_to,share\n2019,80,80,0.5\n2019,81,,0.5\n");
    small_good(&world,
               "fremskriv: 1\n"
               "years: {base: 2018, until: 2022}\n"
               "ages: {from: 30, to: 32}\n"
               "base_year: cohorts\n"
               "professions:\n"
               "  a: {cohorts: {persons: {table: stock.csv, column: persons}}}\n"
               "demand:\n"
               "  s: {employment: {a: 1}, follows: constant, budget: {amount: 1,\n"
               "    unit_cost: 1, shares: {a: 1}, key: {population: 0-79}}}\n",
               "population: {table: people.csv, old_ages: old.csv}\n");
    for (size_t t = 0; t < 5; t++) {
        assert_close(frem_model_persons(world.model, (frem_age_range){true, 0, 79}, 0, t), 600, 1e-12);
        assert_close(frem_model_country(world.model, (frem_age_range){true, 0, 79}, t), 600, 1e-12);
        assert_close(people_at(&world, 0, t, 80), 35, 1e-13);
    }
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *old, *problem;
    } bad[] = {
        {"year,age_from,age_to,share\n2019,80,80,0.5\n2019,81,,0.4\n",
         "s.yaml:11:53: error: the shares of population.old_ages sum to 0.9 in 2019, not to 1"},
        {"year,age_from,age_to,share\n2019,81,81,0.5\n2019,82,,0.5\n",
         "s.yaml:11:53: error: population.old_ages: the age groups of old.csv do not run from 80 to an open "
         "group"},
        {"year,age_from,age_to,share\n2019,80,84,0.5\n2019,85,89,0.5\n",
         "s.yaml:11:53: error: population.old_ages: the age groups of old.csv do not run from 80 to an open "
         "group"},
        {"year,age_from,age_to,share\n2019,80,,1\n", "s.yaml:11:53: error: population.old_ages: the age "
                                                     "groups of old.csv do not run from 80 to an open group"},
        {"year,age_from,age_to,share\n2019,75,79,0.5\n2019,80,84,0.3\n2019,85,,0.2\n",
         "old.csv:2:6: error: age 75-79 is outside the ages 80-85 that are read here"},
        {"age_from,age_to,share\n80,84,0.5\n85,,0.5\n",
         "s.yaml:11:53: error: population.old_ages: old.csv has no column for year"},
        {"year,age_from,age_to,part\n2019,80,84,0.5\n2019,85,,0.5\n",
         "s.yaml:11:33: error: old.csv has no column 'share' (it has year, age_from, age_to, part)"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = people_world();
        frem_temp_write(world.folder, "old.csv", bad[i].old);
        small_refused(&world, head, "population: {table: people.csv, old_ages:          {table: old.csv}}\n",
                      bad[i].problem);
        loaded_end(&world);
    }
    loaded world = people_world();
    frem_temp_write(
        world.folder, "people.csv",
        "region,year,age,persons\nx,2018,80,1\nx,2019,80,1\nx,2020,80,1\nx,2021,80,1\nx,2022,80,1\n"
        "y,2018,80,1\ny,2019,80,1\ny,2020,80,1\ny,2021,80,1\ny,2022,80,1\n");
    small_refused(
        &world, head, "population: {table: people.csv, old_ages: old.csv}\n",
        "s.yaml:11:33: error: population.old_ages spreads an open age group, and people.csv has none");
    loaded_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_open_group_is_spread_by_shares),
        cmocka_unit_test(groups_inside_keep_their_sums),
        cmocka_unit_test(rounded_shares_keep_the_persons),
        cmocka_unit_test(people_move_to_the_count_date),
        cmocka_unit_test(the_year_after_the_last_is_needed),
        cmocka_unit_test(denmarks_oldest_are_close_to_the_count),
        cmocka_unit_test(without_regions_the_table_is_one_area),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
