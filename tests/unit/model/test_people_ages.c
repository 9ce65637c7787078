/* Ages inside the population's groups: Denmark along cohorts, and what else holds. */
#include "small_model.h"

#include "analysis/results.h"

#include <limits.h>

static const char *const professions =
    "professions:\n"
    "  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n";
static const char *const constant = "demand:\n  s: {employment: {a: 1}, split: equal, follows: constant}\n";

/* Denmark's municipalities, with or without the profile. */
static loaded denmark(const char *where, int base, int until, const char *more) {
    loaded world = small_new();
    char *text = NULL;
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    assert_true(asprintf(&text,
                         "fremskriv: 1\n"
                         "years: {base: %d, until: %d}\n"
                         "ages: {from: 30, to: 32}\n"
                         "base_year: cohorts\n"
                         "regions: {table: denmark/municipalities.csv%s}\n"
                         "population: {table: denmark/population.csv%s}\n%s%s",
                         base, until, where, more, professions, constant) > 0);
    loaded_good(&world, text);
    free(text);
    return world;
}

static const char *const by_cohorts = ", ages: denmark/national_ages.csv";

static frem_age_range range(int from, int to) {
    return (frem_age_range){true, from, to};
}

static double everywhere(const loaded *world, int from, int to, int year) {
    double sum = 0;
    for (size_t r = 0; r < frem_index_count(world->model->regions); r++)
        sum += frem_model_persons(world->model, range(from, to), r, (size_t)(year - world->model->base));
    return sum;
}

/* Every group of every municipality and year is what the table says: as by the curve, which keeps groups too. */
static void groups_keep_their_sums(void **state) {
    (void)state;
    static const int starts[] = {0, 6, 17, 20, 35, 65, 80, INT_MAX};
    loaded cohorts = denmark("", 2016, 2040, by_cohorts), curve = denmark("", 2016, 2040, "");
    size_t ages = cohorts.model->people.ages;
    assert_int_equal(ages, 101);
    for (size_t i = 0; i < (size_t)98 * 25 * 7; i++) {
        size_t r = i / 7 / 25, t = i / 7 % 25;
        int to = starts[i % 7 + 1] == INT_MAX ? INT_MAX : starts[i % 7 + 1] - 1;
        frem_age_range group = range(starts[i % 7], to);
        double whole = frem_model_persons(curve.model, group, r, t);
        assert_close(frem_model_persons(cohorts.model, group, r, t), whole, 1e-9 * whole);
    }
    for (size_t i = 0; i < (size_t)98 * 25 * ages; i++)
        assert_true(cohorts.model->people.at[i] >= 0);
    loaded_end(&cohorts);
    loaded_end(&curve);
}

/* All municipalities together have the ages of the country: 231500 aged 75-79 in 2020 by the UN's share, within 3 %; the
 * curve has as many as aged 70-74, 288846. Children aged 0-2 are those aged 3-5 three years later, with a few who come. */
static void the_country_has_the_profiles_ages(void **state) {
    (void)state;
    loaded world = denmark("", 2020, 2040, by_cohorts), curve = denmark("", 2020, 2021, "");
    double old = everywhere(&world, 75, 79, 2020);
    assert_close(old, 231500, 0.03 * 231500);
    assert_close(everywhere(&curve, 75, 79, 2020), 288846, 1);
    for (int year = 2020; year <= 2037; year++) {
        double change = everywhere(&world, 3, 5, year + 3) / everywhere(&world, 0, 2, year) - 1;
        assert_true(change > -0.005 && change < 0.02);
        /* From 70-74 to 75-79 a ninth to an eighth dies. */
        if (year <= 2035) {
            double alive = everywhere(&world, 75, 79, year + 5) / everywhere(&world, 70, 74, year);
            assert_true(alive > 0.86 && alive < 0.92);
        }
    }
    loaded_end(&world);
    loaded_end(&curve);
}

/* A municipality's ages do not depend on which others a scenario has, nor on its years. */
static void a_region_is_spread_by_itself(void **state) {
    (void)state;
    loaded all = denmark("", 2018, 2040, by_cohorts),
           few = denmark(", where: {kkr: Syddanmark}", 2024, 2030, by_cohorts);
    for (size_t r = 0; r < frem_index_count(few.model->regions); r++) {
        const char *key = frem_index_name(few.model->regions, r);
        size_t same = (size_t)frem_index_find(all.model->regions, key, strlen(key));
        for (int age = 0; age < 101; age++) {
            double one = frem_model_persons(all.model, range(age, age), same, 6);
            assert_close(frem_model_persons(few.model, range(age, age), r, 0), one, 1e-9 * one);
        }
    }
    loaded_end(&all);
    loaded_end(&few);
}

/* Ages that few move at stay with their cohort in a municipality too: of those aged 60-74 the median one changes by less
 * than 3 % in five years beside what the country does; by the groups alone it would be 10 %. */
static void cohorts_hold_in_municipalities(void **state) {
    (void)state;
    loaded world = denmark("", 2020, 2025, by_cohorts);
    size_t within = 0, cases = 0;
    for (int from = 60; from < 75; from += 5) {
        double country =
            everywhere(&world, from + 5, from + 9, 2025) / everywhere(&world, from, from + 4, 2020);
        for (size_t r = 0; r < 98; r++) {
            double own = frem_model_persons(world.model, range(from + 5, from + 9), r, 5) /
                         frem_model_persons(world.model, range(from, from + 4), r, 0);
            within += own / country > 0.97 && own / country < 1.03;
            cases++;
        }
    }
    assert_true(2 * within > cases);
    loaded_end(&world);
}

static const char *const small_head = "fremskriv: 1\n"
                                      "years: {base: 2018, until: 2020}\n"
                                      "ages: {from: 30, to: 32}\n"
                                      "base_year: cohorts\n"
                                      "professions:\n"
                                      "  a: {cohorts: {persons: {table: stock.csv, column: persons}}}\n";

static loaded small_world(const char *people, const char *profile) {
    loaded world = small_new();
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    frem_temp_write(world.folder, "people.csv", people);
    frem_temp_write(world.folder, "ages.csv", profile);
    return world;
}

/* A table of single ages is as it is, to the bit, and nothing is said of it. */
static void single_ages_stay_as_they_are(void **state) {
    (void)state;
    char text[1024];
    size_t n = (size_t)snprintf(text, sizeof text, "year,age,persons\n");
    for (int i = 0; i < 15; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%d,%d%s,%d.7\n", 2018 + i / 5, i % 5,
                              i % 5 == 4 ? "+" : "", 100 + 13 * i);
    loaded plain = small_world(text, text), with = small_world(text, text);
    const char *demand = "demand:\n  s: {employment: {a: 1}, follows: {population: 1-2}}\n";
    char *tail = small_text("population: people.csv\n", demand);
    small_good(&plain, small_head, tail);
    free(tail);
    tail = small_text("population: {table: people.csv, ages: ages.csv}\n", demand);
    small_good(&with, small_head, tail);
    free(tail);
    assert_int_equal(with.model->people.ages, 5);
    assert_memory_equal(with.model->people.at, plain.model->people.at, 15 * sizeof(double));
    assert_int_equal(with.model->n_cuts, 0);
    loaded_end(&plain);
    loaded_end(&with);
}

/* Beyond its years the profile's cohorts go on. 2018: 200 50 50, 50 older, of 100 50 9 and 1 the year before, so that
 * half, all and five times as many are left. 2019: 200 100 50 and (50 + 50) * 5; 2020: 200 100 100 and (50 + 500) * 5. A
 * tenth of them in each group is a tenth at each age. */
static void the_profile_goes_on(void **state) {
    (void)state;
    loaded world =
        small_world("year,age_from,age_to,persons\n2018,0,2,30\n2019,0,2,35\n2020,0,2,40\n2018,3,,5\n"
                    "2019,3,,50\n2020,3,,275\n",
                    "year,age,persons\n2017,0,100\n2017,1,50\n2017,2,9\n2017,3+,1\n"
                    "2018,0,200\n2018,1,50\n2018,2,50\n2018,3+,50\n");
    small_good(&world, small_head,
               "population: {table: people.csv, ages: ages.csv}\n"
               "demand:\n  s: {employment: {a: 1}, follows: {population: 1-2}}\n");
    static const double wanted[] = {20, 5, 5, 5, 20, 10, 5, 50, 20, 10, 10, 275};
    for (size_t i = 0; i < 12; i++)
        assert_close(world.model->people.at[i], wanted[i], 1e-10);
    assert_int_equal(world.model->n_cuts, 1);
    assert_text(world.model->cuts[0].path, "demand.s.follows");
    loaded_run(&world);
    const frem_document *document = frem_results_document(world.results);
    size_t note = 0;
    while (note < document->n_notes && strcmp(document->notes[note].kind, "interpolated-ages") != 0)
        note++;
    assert_true(note < document->n_notes);
    assert_text(document->notes[note].text.text[FREM_EN],
                "ages inside the population's groups are interpolated, not counted (along cohorts, by "
                "ages.csv, whose "
                "cohorts go on after 2018): 0-2, asked for by demand.s.follows (1-2)");
    loaded_end(&world);
}

/* And before them: 2019 and 2020 are known, those aged 0-1 in 2018 are the ones who are 1-2 in 2019 (as many are left as
 * of 2019's: half and all), those of the oldest two ages as in 2019. */
static void the_profile_goes_back(void **state) {
    (void)state;
    loaded world =
        small_world("year,age_from,age_to,persons\n2018,0,2,16\n2019,0,2,18\n2020,0,2,13\n2018,3,,1\n"
                    "2019,3,,1\n2020,3,,1\n",
                    "year,age,persons\n2019,0,100\n2019,1,60\n2019,2,20\n2019,3+,10\n"
                    "2020,0,20\n2020,1,50\n2020,2,60\n2020,3+,10\n");
    small_good(&world, small_head,
               "population: {table: people.csv, ages: ages.csv}\n"
               "demand:\n  s: {employment: {a: 1}, follows: {population: 1-2}}\n");
    static const double wanted[] = {12, 2, 2, 1, 10, 6, 2, 1, 2, 5, 6, 1};
    /* 60 aged 1 in 2019 come from 120 aged 0; who comes to 2 and 3 of an open age is not seen: 20 as in 2019. */
    for (size_t i = 0; i < 12; i++)
        assert_close(world.model->people.at[i], wanted[i], 1e-10);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *profile, *problem;
    } bad[] = {
        {"year,age,persons\n2018,0,1\n2018,1,1\n",
         "s.yaml:7:33: error: population.ages: ages.csv ends at age 1, and the population's ages go on to 3"},
        {"year,age,persons\n2018,0,0\n2018,1,0\n2018,2,0\n2018,3+,1\n",
         "s.yaml:7:33: error: population.ages: ages.csv has no one aged 0-2 in 2018, by whom to divide that "
         "group"},
        {"year,age,persons\n2018,0,1\n2018,2,1\n2018,3+,1\n",
         "s.yaml:7:33: error: ages.csv has no row for year 2018, age 1"},
        {"age,persons\n0,1\n", "s.yaml:7:33: error: population.ages: ages.csv has no column for year"},
        {"year,age,people\n2018,0,1\n",
         "s.yaml:7:33: error: ages.csv has no column 'persons' (it has year, age, people)"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world =
            small_world("year,age_from,age_to,persons\n2018,0,2,30\n2019,0,2,30\n2020,0,2,30\n2018,3,,1\n"
                        "2019,3,,1\n2020,3,,1\n",
                        bad[i].profile);
        small_refused(&world, small_head,
                      "population: {table: people.csv, ages: ages.csv}\n"
                      "demand:\n  s: {employment: {a: 1}, follows: constant}\n",
                      bad[i].problem);
        loaded_end(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_keep_their_sums),       cmocka_unit_test(the_country_has_the_profiles_ages),
        cmocka_unit_test(a_region_is_spread_by_itself), cmocka_unit_test(cohorts_hold_in_municipalities),
        cmocka_unit_test(single_ages_stay_as_they_are), cmocka_unit_test(the_profile_goes_on),
        cmocka_unit_test(the_profile_goes_back),        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
