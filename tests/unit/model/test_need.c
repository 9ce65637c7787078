/* Need by age, hand-computed. The population is in small_demand.h: x has 10 20 30 40 50 persons aged 0 to 4 in 2020,
 * 20 20 30 50 50 in 2021 and 30 20 30 60 50 in 2022. */
#include <math.h>

#include "model/batch.h"
#include "model/lane.h"
#include "small_demand.h"

/* [region][step] of the sector's index. */
static double index_at(const loaded *world, size_t region, size_t step) {
    const frem_core_sector *sector = small_sector(world, 0);
    assert_int_equal(sector->driver, FREM_DRIVER_SERIES);
    return sector->series.at[region * 3 + step];
}

static void write_need(const loaded *world) {
    frem_temp_write(world->folder, "need.csv", "age,need\n0,0\n1,1\n2,2\n3,3\n4,4\n");
}

/* Need of an age is the age: x 20 + 60 + 120 + 200 = 400, 2021 20 + 60 + 150 + 200 = 430, 2022 20 + 60 + 180 + 200. */
static void need_follows_the_ages(void **state) {
    (void)state;
    loaded world = small_demand();
    write_need(&world);
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: {need: {by_age: {table: need.csv, column: need}}}\n");
    assert_close(index_at(&world, 0, 0), 1, 0);
    assert_close(index_at(&world, 0, 1), 430.0 / 400, 1e-15);
    assert_close(index_at(&world, 0, 2), 460.0 / 400, 1e-15);
    /* 5 of the 10 FTE are in x */
    assert_close(small_result(&world, "x", "a", "s", "demand", 2022), 5 * 460.0 / 400, 1e-12);
    loaded_end(&world);
}

/* What a person of an age costs, by year: of x in 2020 30 * 2 + 50 * 10 = 560, in 2021 30 * 3 + 50 * 10 = 590, in 2022
 * 30 * 3 + 50 * 12 = 690. Twice the cost of every age and year is the same need. */
static void costs_differ_by_age_and_year(void **state) {
    (void)state;
    for (int twice = 0; twice < 2; twice++) {
        loaded world = small_demand();
        frem_temp_write(world.folder, "cost.csv",
                        "year,age,kr\n2020,2,2\n2020,4,10\n2021,2,3\n2021,4,10\n2022,2,3\n2022,4,12\n");
        char text[1024];
        (void)snprintf(
            text, sizeof text,
            "  s:\n"
            "    employment: {a: 10}\n"
            "    split: equal\n"
            "    follows: {need: {by_age: {table: cost.csv, column: kr, outside: 0, times: %d}}}\n",
            twice + 1);
        small_good(&world, small_head, text);
        assert_close(index_at(&world, 0, 0), 1, 0);
        assert_close(index_at(&world, 0, 1), 590.0 / 560, 1e-15);
        assert_close(index_at(&world, 0, 2), 690.0 / 560, 1e-15);
        loaded_end(&world);
    }
}

/* Denmark 2020-2060 in four groups (national_2060.csv), costs of 50, 20, 60 and 200 thousand kr. a person, an assumption:
 * 2020 1298130 * 50 + 3377891 * 20 + 883736 * 60 + 271219 * 200 = 239,732,280; 2030 284,906,330 and so on; 2025 is halfway
 * between, to rounding. A horizon of 2040 changes no year, and no group is cut. */
static void costs_by_age_reach_2060(void **state) {
    (void)state;
    static const double people[5][4] = {{1298130, 3377891, 883736, 271219},
                                        {1322481, 3389358, 937344, 424557},
                                        {1420913, 3294629, 1035103, 496037},
                                        {1408406, 3397979, 938130, 606225},
                                        {1415242, 3469094, 953004, 640822}};
    double cost[5];
    for (size_t i = 0; i < 5; i++)
        cost[i] = people[i][0] * 50 + people[i][1] * 20 + people[i][2] * 60 + people[i][3] * 200;
    assert_close(cost[0], 239732280, 0);
    for (int until = 2040; until <= 2060; until += 20) {
        loaded world = small_new();
        frem_temp_write(world.folder, "cost.csv",
                        "age_from,age_to,kr\n0,19,50\n20,64,20\n65,79,60\n80,,200\n");
        char text[1024];
        (void)snprintf(text, sizeof text,
                       "fremskriv: 1\n"
                       "years: {base: 2020, until: %d}\n"
                       "base_year: cohorts\n"
                       "population: denmark/national_2060.csv\n"
                       "professions: {staff: {supply: none}}\n"
                       "demand:\n"
                       "  s:\n"
                       "    employment: {staff: 100000}\n"
                       "    follows: {need: {by_age: {table: cost.csv, column: kr}}}\n",
                       until);
        small_good(&world, text, "");
        for (size_t i = 0; i < 5 && 2020 + 10 * (int)i <= until; i++)
            assert_close(small_result(&world, "all", "staff", "s", "demand", 2020 + 10 * (int)i),
                         100000 * cost[i] / cost[0], 1e-6);
        assert_close(small_result(&world, "all", "staff", "s", "demand", 2025),
                     100000 * (cost[0] + cost[1]) / 2 / cost[0], 0.1);
        assert_int_equal(world.model->n_cuts, 0);
        loaded_end(&world);
    }
}

/* Age groups hold for every age in them, an open group for all above, and `outside` for the young. The ages are the
 * population's, 0 to 4, not the stock's, 30 to 32. */
static void groups_hold_for_their_ages(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "need.csv", "age_from,age_to,need\n2,3,1\n4,,3\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: {need: {by_age: {table: need.csv, column: need, outside: 0}}}\n");
    /* 2020: 30 + 40 + 150 = 220; 2022: 30 + 60 + 150 = 240 */
    assert_close(index_at(&world, 0, 2), 240.0 / 220, 1e-15);
    loaded_end(&world);
}

/* Life expectancy rises by 1 in 2021 and by 2 in 2022, half of it postpones need, from age 1 on. Need is the age, a
 * straight line, so that the curve between whole ages is one too: 2021 ages 1 1.5 2.5 3.5 for 1 2 3 4, of x
 * 20 + 45 + 125 + 175 = 365; 2022 ages 1 1 2 3: 20 + 30 + 120 + 150 = 320. */
static void healthy_ageing_postpones_need(void **state) {
    (void)state;
    loaded world = small_demand();
    write_need(&world);
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows:\n"
               "      need:\n"
               "        by_age: {table: need.csv, column: need}\n"
               "        healthy_ageing: {from: 1, strength: 0.5, life_expectancy: {2020: 20, 2021: 21, 2022: "
               "22}}\n");
    assert_close(index_at(&world, 0, 0), 1, 0);
    assert_close(index_at(&world, 0, 1), 365.0 / 400, 1e-14);
    assert_close(index_at(&world, 0, 2), 320.0 / 400, 1e-14);
    loaded_end(&world);
}

/* A strength of 0 changes no bit. */
static void no_strength_is_pure_demography(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "need.csv", "age,need\n0,0.3\n1,0.1\n2,0.7\n3,0.11\n4,1.3\n");
    small_good(
        &world, small_head,
        "  s:\n"
        "    employment: {a: 10}\n"
        "    split: equal\n"
        "    follows: {need: {by_age: {table: need.csv, column: need}}}\n"
        "  t:\n"
        "    employment: {a: 10}\n"
        "    split: equal\n"
        "    follows:\n"
        "      need:\n"
        "        by_age: {table: need.csv, column: need}\n"
        "        healthy_ageing: {from: 0, strength: 0, life_expectancy: {2020: 20, 2021: 21, 2022: 22}}\n");
    assert_memory_equal(small_sector(&world, 0)->series.at, small_sector(&world, 1)->series.at,
                        6 * sizeof(double));
    loaded_end(&world);
}

/* Need of an age whose share `dies` before long in 2020: survivors need what makes the average 1. */
static double mixed(double decedent, double deaths_2020, double deaths) {
    double survivor = (1 - decedent * (1 - exp(-deaths_2020))) / exp(-deaths_2020);
    return survivor * exp(-deaths) + decedent * (1 - exp(-deaths));
}

/* Two years before death. Deaths per person-year at ages 0-2 are 0, at 3 .1 and at 4 .2, in 2021 and 2022 half of
 * that. Deaths of two years of those counted at age a in year y, the oldest age held, and 2022, the table's last year,
 * held for 2023:
 *   2020  age 2: 0 + .05;   3: .1 + .1;     4: .2 + .1
 *   2021  age 2: 0 + .05;   3: .05 + .1;    4: .1 + .1       2022 as 2021
 * The need is 1 on average, so x needs 150 in 2020, and as fewer die it needs less than its 170 and 190 persons. */
static void years_to_death_need_more(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(
        world.folder, "dying.csv",
        "year,age,rate\n2020,3,0.1\n2020,4,0.2\n2021,3,0.05\n2021,4,0.1\n2022,3,0.05\n2022,4,0.1\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows:\n"
               "      need:\n"
               "        by_age: 1\n"
               "        years_to_death:\n"
               "          years: 2\n"
               "          mortality: {table: dying.csv, column: rate, outside: 0}\n"
               "          decedent: 3\n");
    double three = mixed(3, 0.2, 0.15), four = mixed(3, 0.3, 0.2);
    assert_true(three < 1 && four < 1);
    assert_close(index_at(&world, 0, 1), (70 + 50 * three + 50 * four) / 150, 1e-14);
    assert_close(index_at(&world, 0, 2), (80 + 60 * three + 50 * four) / 150, 1e-14);
    assert_int_equal(world.model->n_held, 1);
    assert_int_equal(world.model->held[0].last, 2022);
    assert_int_equal(world.model->held[0].until, 2023);
    loaded_end(&world);
}

/* With the same mortality in all years the need is that without years to death: what dies more is the same share. */
static void constant_mortality_changes_no_need(void **state) {
    (void)state;
    static const char *const ways[] = {"decedent: 1.5", "decedent: {table: last.csv, column: need}",
                                       "decedent_ratio: 4"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        loaded world = small_demand();
        char text[1024];
        frem_temp_write(world.folder, "need.csv", "age,need\n0,0.9\n1,1\n2,1\n3,1.1\n4,1.3\n");
        frem_temp_write(world.folder, "last.csv", "age,need\n0,1\n1,1\n2,1\n3,2\n4,3\n");
        frem_temp_write(world.folder, "dying.csv", "age,rate\n0,0.01\n1,0.02\n2,0.05\n3,0.1\n4,0.15\n");
        (void)snprintf(text, sizeof text,
                       "  s: {employment: {a: 10}, split: equal,\n"
                       "      follows: {need: {by_age: {table: need.csv, column: need}}}}\n"
                       "  t: {employment: {a: 10}, split: equal,\n"
                       "      follows: {need: {by_age: {table: need.csv, column: need},\n"
                       "        years_to_death: {mortality: {table: dying.csv, column: rate}, %s}}}}\n",
                       ways[i]);
        small_good(&world, small_head, text);
        for (size_t at = 0; at < 6; at++)
            assert_close(small_sector(&world, 1)->series.at[at], small_sector(&world, 0)->series.at[at],
                         1e-12);
        assert_int_equal(world.model->n_held, 0);
        loaded_end(&world);
    }
}

/* `decedent_ratio` 4 at age 4, .3 deaths in two years: survivors 1 / (e^-.3 + 4 (1 - e^-.3)). */
static void decedents_may_need_a_multiple(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "one.csv", "age,need\n4,1\n");
    frem_temp_write(world.folder, "dying.csv", "year,age,rate\n2020,4,0.15\n2021,4,0.15\n2022,4,0\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows:\n"
               "      need:\n"
               "        by_age: {table: one.csv, column: need, outside: 0}\n"
               "        years_to_death: {years: 2, mortality: {table: dying.csv, column: rate, outside: 0}, "
               "decedent_ratio: 4}\n");
    double survivor = 1 / (exp(-0.3) + 4 * (1 - exp(-0.3)));
    /* 50 persons aged 4 in all years; 2021 dies .15 in 2021 and 0 in 2022; 2022 no one. */
    assert_close(index_at(&world, 0, 1), survivor * (exp(-0.15) + 4 * (1 - exp(-0.15))), 1e-14);
    assert_close(index_at(&world, 0, 2), survivor, 1e-14);
    loaded_end(&world);
}

/* A shorter horizon reads the same mortality: no earlier year changes. */
static void mortality_is_read_past_the_last_year(void **state) {
    (void)state;
    double index[2];
    for (int i = 0; i < 2; i++) {
        loaded world = small_demand();
        char head[1024];
        const char *cut = strstr(small_head, "2022");
        (void)snprintf(head, sizeof head, "%.*s%d%s", (int)(cut - small_head), small_head, 2021 + i, cut + 4);
        frem_temp_write(world.folder, "dying.csv",
                        "year,age,rate\n2020,4,0.2\n2021,4,0.1\n2022,4,0.05\n2023,4,0.3\n2024,4,0.7\n");
        small_good(&world, head,
                   "  s:\n"
                   "    employment: {a: 10}\n"
                   "    split: equal\n"
                   "    follows:\n"
                   "      need:\n"
                   "        by_age: 1\n"
                   "        years_to_death: {mortality: {table: dying.csv, column: rate, outside: 0}, "
                   "decedent: 2}\n");
        const frem_core_sector *sector = small_sector(&world, 0);
        index[i] = sector->series.at[1];
        assert_int_equal(world.model->n_held, 0);
        loaded_end(&world);
    }
    assert_true(index[0] <= index[1] && index[0] >= index[1]);
}

/* Parameters of the need differ by lane. */
static void strength_can_be_varied(void **state) {
    (void)state;
    loaded world = small_demand();
    write_need(&world);
    small_good(
        &world, small_head,
        "  s:\n"
        "    employment: {a: 10}\n"
        "    split: equal\n"
        "    follows:\n"
        "      need:\n"
        "        by_age: {table: need.csv, column: need}\n"
        "        healthy_ageing: {from: 1, strength: 0, life_expectancy: {2020: 20, 2021: 21, 2022: 22}}\n");
    ptrdiff_t at = frem_model_find(world.model, "demand.s.follows.need.healthy_ageing.strength");
    assert_true(at >= 0);
    frem_change change = {.parameter = (size_t)at, .lane = 1, .kind = FREM_CHANGE_SET, .number = 0.5};
    frem_batch *batch;
    assert_int_equal(frem_batch_new(&batch, world.model, 2, &change, 1, world.diags), FREM_OK);
    const frem_lanes *series = &batch->inputs.sectors[0].series;
    assert_true(series->lane);
    assert_close(series->at[1 * batch->lanes + 0], 430.0 / 400, 1e-14); /* x 2021 */
    assert_close(series->at[1 * batch->lanes + 1], 365.0 / 400, 1e-14);
    frem_batch_free(batch);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *demand, *problem;
    } bad[] = {
        {"  s: {employment: {a: 1}, split: equal, follows: {need: {by_age: 1,\n"
         "    healthy_ageing: {strength: 1, life_expectancy: 20}, years_to_death: {mortality: 0, decedent: "
         "1}}}}\n",
         "s.yaml:12:57: error: demand.s.follows.need has both 'healthy_ageing' and 'years_to_death'"},
        {"  s: {employment: {a: 1}, split: equal, follows: {need: {by_age: 1,\n"
         "    years_to_death: {mortality: 0.5, decedent: 2}}}}\n",
         "s.yaml:12:38: error: demand.s.follows.need.years_to_death: at age 0 the average need is 1, less "
         "than what "
         "those who die need alone (0.7769 of the age, 2 each)"},
        {"  s: {employment: {a: 1}, split: equal, follows: {need: {by_age: 1,\n"
         "    years_to_death: {mortality: 0.5}}}}\n",
         "s.yaml:12:5: error: demand.s.follows.need.years_to_death has neither 'decedent' nor "
         "'decedent_ratio'"},
        {"  s: {employment: {a: 1}, split: equal, follows: {need: {by_age: {table: need.csv, column: "
         "need}}}}\n",
         "s.yaml:11:67: error: need.csv has no row for age 0-1"},
        /* no one in y is 1 year old */
        {"  s:\n    employment: {a: 1}\n    split: equal\n"
         "    follows: {need: {by_age: {table: one.csv, column: need, outside: 0}}}\n",
         "s.yaml:14:5: error: demand.s follows users or need, and region 'Yby' has none in 2020 but has "
         "employment"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = small_demand();
        frem_temp_write(world.folder, "need.csv", "age,need\n2,1\n3,1\n4,1\n");
        frem_temp_write(world.folder, "one.csv", "age,need\n1,1\n");
        small_refused(&world, small_head, bad[i].demand, bad[i].problem);
        loaded_end(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(need_follows_the_ages),
        cmocka_unit_test(costs_differ_by_age_and_year),
        cmocka_unit_test(costs_by_age_reach_2060),
        cmocka_unit_test(groups_hold_for_their_ages),
        cmocka_unit_test(healthy_ageing_postpones_need),
        cmocka_unit_test(no_strength_is_pure_demography),
        cmocka_unit_test(years_to_death_need_more),
        cmocka_unit_test(constant_mortality_changes_no_need),
        cmocka_unit_test(decedents_may_need_a_multiple),
        cmocka_unit_test(mortality_is_read_past_the_last_year),
        cmocka_unit_test(strength_can_be_varied),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
