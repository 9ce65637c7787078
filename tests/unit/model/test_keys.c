/* Keys as tables write them: what is surely meant counts, in tables, weights, `where`, groups, sexes and pairs. */
#include "small_model.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2021}\n"                                                                     \
    "ages: {from: 30, to: 31}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: regions.csv, group_by: kkr, where: {in: yes}}\n"

#define STOCK "professions:\n  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"

static loaded keys_world(void) {
    loaded world = small_new();
    frem_temp_write(
        world.folder, "regions.csv",
        "code,name,kkr,in\n461,Odense,Syddanmark,yes\n410,Middelfart, syddanmark ,Yes\n101,Byen,Byen,no\n");
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n");
    return world;
}

/* Odense 60, Middelfart 40, however Odense is written; rows of Byen, which `where` leaves out, of groups and of all
 * together are passed over. */
static void a_code_is_found_however_it_is_written(void **state) {
    (void)state;
    static const char *const codes[] = {
        "461", "0461", " 461", "461 ", "461.0", "00461.00", "\xC2\xA0\x34\x36\x31"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        loaded world = keys_world();
        char text[256];
        (void)snprintf(text, sizeof text,
                       "municipality,heads\n%s,60\n410,40\n101,7\nSYDDANMARK,100\nall,107\n", codes[i]);
        frem_temp_write(world.folder, "t.csv", text);
        small_good(&world, HEAD STOCK,
                   "demand: {care: {employment: {a: {table: t.csv, column: heads, outside: 0}}, follows: "
                   "constant}}\n");
        assert_close(small_result(&world, "461", "a", "care", "demand", 2020), 60, 1e-12);
        assert_close(small_result(&world, "Syddanmark", "a", "care", "demand", 2020), 100, 1e-12);
        assert_close(small_result(&world, "all", "a", "care", "demand", 2020), 100, 1e-12);
        loaded_end(&world);
    }
}

/* A typing error is no other region. */
static void what_is_no_region_is_an_error(void **state) {
    (void)state;
    loaded world = keys_world();
    frem_temp_write(world.folder, "t.csv", "municipality,heads\n641,60\n410,40\n");
    small_refused(
        &world, HEAD STOCK,
        "demand: {care: {employment: {a: {table: t.csv, column: heads, outside: 0}}, follows: constant}}\n",
        "t.csv:2:1: error: unknown region '641'");
    loaded_end(&world);
}

/* 60 and 40 of the branch `dag`, with a blank or in capitals; 9 of another. */
static void a_filter_finds_what_is_meant(void **state) {
    (void)state;
    loaded world = keys_world();
    frem_temp_write(world.folder, "t.csv", "municipality,branch,heads\n461,Dag,60\n410,dag ,40\n410,nat,9\n");
    small_good(
        &world, HEAD STOCK,
        "demand: {care: {employment: {a: {table: t.csv, where: {branch: dag}, column: heads, outside: 0}}, "
        "follows: constant}}\n");
    assert_close(small_result(&world, "all", "a", "care", "demand", 2020), 100, 1e-12);
    loaded_end(&world);
}

/* 100 posts by weights 3 and 1. */
static void weights_find_their_regions(void **state) {
    (void)state;
    loaded world = keys_world();
    frem_temp_write(world.folder, "w.csv", "municipality,weight\n 0461,3\n410.0,1\n");
    small_good(&world, HEAD STOCK,
               "demand: {care: {employment: {a: 100}, follows: constant, split: {by: weights, weights: "
               "{table: w.csv, "
               "column: weight, outside: 0}}}}\n");
    assert_close(small_result(&world, "461", "a", "care", "demand", 2020), 75, 1e-12);
    loaded_end(&world);
}

/* Men and women of a table of one's own, with the program's table of f and m beside it: the same two sexes, 100 and 20
 * persons, in whatever words. Rows added over the sexes that are one sex stand there twice. */
static void sexes_are_two_in_all_words(void **state) {
    (void)state;
    static const char *const words[][2] = {
        {"kvinder", "m\xC3\xA6nd"}, {"K", "M"}, {"2", "1"}, {"Female", "male"}, {"f", "m"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        loaded world = keys_world();
        char text[256];
        (void)snprintf(text, sizeof text, "sex,age_from,age_to,persons\n%s,30,31,100\n%s,30,31,20\n",
                       words[i][0], words[i][1]);
        frem_temp_write(world.folder, "prof.csv", text);
        frem_temp_write(world.folder, "part.csv", "sex,share\nm,0.5\nf,1\n");
        small_good(&world, HEAD,
                   "professions:\n"
                   "  a:\n"
                   "    cohorts: {persons: {table: prof.csv, column: persons}, split: equal}\n"
                   "    participation: {table: part.csv, column: share}\n"
                   "demand: {care: {employment: {a: {table: prof.csv, where: {sex: m}, over: [age_from, "
                   "age_to], column: "
                   "persons}}, follows: constant, split: equal}}\n");
        assert_close(small_result(&world, "all", "a", "all", "labour_force", 2020), 110, 1e-9);
        assert_close(small_result(&world, "all", "a", "care", "demand", 2020), 20, 1e-9);
        assert_int_equal(frem_index_count(world.model->sexes), 2);
        assert_text(frem_index_name(world.model->sexes, 0), "f");
        loaded_end(&world);
    }
}

static void rows_that_are_one_key_stand_twice(void **state) {
    (void)state;
    loaded world = keys_world();
    frem_temp_write(world.folder, "t.csv",
                    "municipality,sex,heads\n461,K,60\n410,K,20\n410,m,20\n0461,kvinder,1\n");
    small_refused(
        &world, HEAD STOCK,
        "demand: {care: {employment: {a: {table: t.csv, column: heads, over: sex, outside: 0}}, follows: "
        "constant}}\n",
        "t.csv:5:1: error: a second row for municipality 0461, sex kvinder");
    loaded_end(&world);
    world = keys_world();
    frem_temp_write(world.folder, "regions.csv",
                    "code,name,kkr,in\n461,Odense,Fyn,yes\n0461,Odense,Fyn,yes\n");
    small_refused(&world, HEAD STOCK,
                  "demand: {care: {employment: {a: 10}, follows: constant, split: equal}}\n",
                  "regions.csv:3:1: error: the region '0461' occurs twice");
    loaded_end(&world);
}

/* A tenth of Odense's people move to Middelfart, another to Byen. */
static void pairs_find_their_ends(void **state) {
    (void)state;
    loaded world = keys_world();
    frem_temp_write(world.folder, "moves.csv",
                    "from,to,share\n0461, 410,0.1\n461,0101,0.1\n101,461.0,0.5\n461,Outside,0.05\n");
    small_good(&world, HEAD,
               "professions:\n"
               "  a:\n"
               "    cohorts: {persons: {table: stock.csv, column: persons}, split: equal}\n"
               "    moves: {matrix: moves.csv}\n"
               "demand: {care: {employment: {a: 10}, follows: constant, split: equal}}\n");
    assert_close(world.model->moves[0].at[1], 0.1, 1e-15);
    assert_close(world.model->moves[0].outside[0], 0.15, 1e-15);
    loaded_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_found_however_it_is_written),
        cmocka_unit_test(what_is_no_region_is_an_error),
        cmocka_unit_test(a_filter_finds_what_is_meant),
        cmocka_unit_test(weights_find_their_regions),
        cmocka_unit_test(sexes_are_two_in_all_words),
        cmocka_unit_test(rows_that_are_one_key_stand_twice),
        cmocka_unit_test(pairs_find_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
