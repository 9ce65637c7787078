/* What totals cover: a scenario of fewer regions gets its part by the key over all that a total covers. */
#include "loaded.h"

/* Four regions, two in each half, with 10, 30, 20 and 40 people aged 0-19. */
static void begin(loaded *l) {
    loaded_begin(l);
    frem_temp_write(l->folder, "regions.csv",
                    "code,name,half\n1,One,west\n2,Two,west\n3,Three,east\n4,Four,east\n");
    frem_temp_write(l->folder, "people.csv",
                    "code,year,age_from,age_to,persons\n"
                    "1,2020,0,19,10\n2,2020,0,19,30\n3,2020,0,19,20\n4,2020,0,19,40\n"
                    "1,2021,0,19,10\n2,2021,0,19,60\n3,2021,0,19,20\n4,2021,0,19,50\n");
    frem_temp_write(l->folder, "ages.csv", "age,persons,entry\n20,1,1\n21,0,0\n22,0,0\n23,0,0\n24,0,0\n");
    frem_temp_write(l->folder, "heads.csv", "code,heads\n1,5\n2,6\n3,7\n4,8\n");
}

#define WORLD(where, persons, employment, more)                                                              \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2021}\n"                                                                     \
    "ages: {from: 20, to: 24}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: regions.csv, where: {" where "}, group_by: half}\n"                                    \
    "population: people.csv\n"                                                                               \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts:\n"                                                                                         \
    "      persons: " persons "\n"                                                                           \
    "      ages: {table: ages.csv, column: persons}\n"                                                       \
    "      split: population\n"                                                                              \
    "demand:\n"                                                                                              \
    "  job:\n"                                                                                               \
    "    employment: {p: " employment "}\n"                                                                  \
    "    split: population\n"                                                                                \
    "    follows: constant\n" more

static void a_part_is_by_the_key_of_all_that_is_covered(void **state) {
    (void)state;
    /* Of 100 people aged 0-19 30 live in region 2; of the 40 of the west; of the scenario's own. */
    static const struct {
        const char *yaml;
        double stock, demand;
        size_t held;
    } cases[] = {
        {WORLD("name: Two", "{value: 1000, covers: all}", "{value: 200, covers: west}", ""), 300, 150, 4},
        {WORLD("name: Two", "{value: 1000, covers: west}", "200", ""), 750, 200, 2},
        {WORLD("name: Two", "1000", "{value: 200, covers: east}", ""), 1000, 0, 3},
        {WORLD("name: Two", "1000", "200", "covers: all\n"), 300, 60, 4},
        {WORLD("name: Two", "{value: 1000, covers: own}", "200", "covers: all\n"), 1000, 60, 4},
        {WORLD("name: Two", "1000", "200", "    covers: west\ncovers: all\n"), 300, 150, 4},
        {WORLD("name: Two", "1000", "{table: heads.csv, column: heads}", "covers: all\n"), 300, 6, 4},
        {WORLD("name: Two", "1000", "{table: heads.csv, column: heads, over: code}", "covers: all\n"), 300,
         26 * 0.3, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loaded l;
        begin(&l);
        loaded_good(&l, cases[i].yaml);
        assert_int_equal(l.model->reported, 1);
        assert_int_equal(frem_index_count(l.model->regions), cases[i].held);
        loaded_run(&l);
        assert_close(loaded_result(&l, 2020, "2", "p", "stock"), cases[i].stock, 1e-9);
        assert_close(loaded_result(&l, 2020, "all", "p", "demand"), cases[i].demand, 1e-9);
        /* Region 2 is half of the west: a row of that name would be taken for all of it. */
        assert_int_equal(loaded_row(&l, 2020, "west", "p", "all", "stock"), -1);
        assert_int_equal(loaded_row(&l, 2020, "1", "p", "all", "stock"), -1);
        assert_int_equal(loaded_row(&l, 2020, "east", "p", "all", "stock"), -1);
        loaded_end(&l);
    }
}

/* Regions by a list of names, and a group of one's own among them: 300 of 1000 and 400 of 1000. */
static void regions_are_chosen_by_names(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD("name: [Two, Three, Four], half: [east, west]}, groups: {mine: [Two, \"4\"]",
                          "{value: 1000, covers: all}", "{value: 100, covers: all}", ""));
    assert_int_equal(l.model->reported, 3);
    loaded_run(&l);
    assert_close(loaded_result(&l, 2020, "mine", "p", "stock"), 700, 1e-9);
    assert_close(loaded_result(&l, 2020, "east", "p", "stock"), 600, 1e-9);
    assert_close(loaded_result(&l, 2020, "all", "p", "stock"), 900, 1e-9);
    assert_int_equal(loaded_row(&l, 2020, "west", "p", "all", "stock"), -1);
    assert_string_equal(l.model->all_regions.text[FREM_EN], "Two, Three and Four");
    assert_string_equal(l.model->all_regions.text[FREM_DA], "Two, Three og Four");
    loaded_end(&l);
}

/* A region that a total does not cover has nothing of it. */
static void who_is_not_covered_gets_nothing(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD("", "{value: 1000, covers: west}", "{value: 100, covers: all}", ""));
    loaded_run(&l);
    static const double stock[] = {250, 750, 0, 0}, demand[] = {10, 30, 20, 40};
    static const char *const regions[] = {"1", "2", "3", "4"};
    for (size_t r = 0; r < 4; r++) {
        assert_close(loaded_result(&l, 2020, regions[r], "p", "stock"), stock[r], 1e-9);
        assert_close(loaded_result(&l, 2020, regions[r], "p", "demand"), demand[r], 1e-9);
    }
    assert_close(loaded_result(&l, 2020, "all", "p", "stock"), 1000, 1e-9);
    loaded_end(&l);
}

/* 100 start, where all of the country do; they follow its young, 100 people in 2020 and 140 in 2021. A quarter of
 * those of the country's second group of users live here, no matter who else is in the scenario. */
static void what_follows_people_follows_those_that_are_covered(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD("name: Two", "{value: 1000, covers: all}", "{value: 100, covers: all}",
                          "  users:\n"
                          "    employment: {p: 10}\n"
                          "    follows: {users: {g: {population: 0-19, users: {value: 50, covers: all}}}}\n"
                          "programmes:\n"
                          "  s:\n"
                          "    leads_to: p\n"
                          "    intake: {value: 100, covers: all}\n"
                          "    intake_follows: {population: 0-19}\n"
                          "    earlier_intake: hold\n"
                          "    length: 1\n"
                          "    completion: 1\n"
                          "    entry: {table: ages.csv, column: entry}\n"
                          "    graduates_to: {by: weights, weights: {table: heads.csv, column: heads}}\n"));
    loaded_run(&l);
    assert_close(loaded_result(&l, 2020, "2", "p", "intake"), 100 * 6.0 / 26, 1e-9);
    assert_close(loaded_result(&l, 2021, "2", "p", "intake"), 140 * 6.0 / 26, 1e-9);
    ptrdiff_t row = loaded_row(&l, 2021, "2", "all", "users", "users");
    assert_true(row >= 0);
    const frem_frame *frame = frem_results_table(l.results);
    assert_close(frem_frame_numbers(frame, (size_t)frem_frame_column(frame, "value"))[row], 0.5 * 60, 1e-9);
    loaded_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_by_the_key_of_all_that_is_covered),
        cmocka_unit_test(regions_are_chosen_by_names),
        cmocka_unit_test(who_is_not_covered_gets_nothing),
        cmocka_unit_test(what_follows_people_follows_those_that_are_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
