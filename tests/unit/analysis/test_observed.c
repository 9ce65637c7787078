/* `observed` of a scenario: read with its addresses, also of years before the base year; held against a result. */
#include "analysis/observed.h"

#include <math.h>

#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  nurse: {cohorts: {persons: 20, ages: {table: ages.csv, column: persons}}}\n"                          \
    "demand: {home: {employment: {nurse: 10}, follows: constant}}\n"                                         \
    "observed:\n"                                                                                            \
    "  - {of: supply:nurse::2021, value: 18, tolerance: 0.5, source: register}\n"                            \
    "  - {of: \"supply::all:2018..2019\", value: -2}\n"

static void load(small *w) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_load(w, WORLD);
}

static void addresses_are_read(void **state) {
    (void)state;
    small w;
    frem_arena *arena;
    frem_observation *list;
    size_t n;
    load(&w);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_observations_read(&list, &n, arena, w.model, w.diags), FREM_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].text, "supply:nurse:all:2021");
    assert_string_equal(list[0].as->source.text[FREM_EN], "register");
    assert_close(list[0].as->value, 18, 0);
    assert_int_equal(list[0].as->head.place.line, 9);
    assert_true(frem_observation_within(&list[0], w.model));
    assert_string_equal(list[1].text, "supply:all:all:2018..2019");
    assert_true(isnan(list[1].as->tolerance));
    assert_false(frem_observation_within(&list[1], w.model));
    frem_arena_free(arena);
    small_end(&w);
}

static void results_agree_within_the_tolerance(void **state) {
    (void)state;
    const frem_observed given = {.value = 18, .tolerance = 0.5},
                        none = {.value = 18, .tolerance = (double)NAN};
    const frem_observation with = {.as = &given}, without = {.as = &none};
    assert_true(frem_observation_agrees(&with, 18.5));
    assert_true(frem_observation_agrees(&with, 17.5));
    assert_false(frem_observation_agrees(&with, 17.4));
    assert_false(frem_observation_agrees(&with, (double)NAN));
    assert_false(frem_observation_agrees(&without, 18));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read),
        cmocka_unit_test(results_agree_within_the_tolerance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
