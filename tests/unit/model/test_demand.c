/* Substitution, the sum of extras, and allocation, hand-computed. The world is in small_demand.h. */
#include "small_demand.h"

/* The population of x is 150, 170, 190 at ages 0-4; of y 120, 110, 110: nothing follows it here. */
#define SIXTY_AND_FORTY                                                                                      \
    "  s:\n"                                                                                                 \
    "    employment: {a: 60, b: 40}\n"                                                                       \
    "    split: equal\n"                                                                                     \
    "    follows: constant\n"

static double demand(loaded *world, const char *profession, int year) {
    return small_result(world, "all", profession, "s", "demand", year);
}

/* 60 and 40 FTE at shares .6 and .4 stay 100; at .7 and .3 they are 70 and 30. */
static void shares_substitute(void **state) {
    (void)state;
    loaded world = small_demand();
    small_good(&world, small_head,
               SIXTY_AND_FORTY "    shares:\n"
                               "      a: {2020: 0.6, 2021: 0.6, 2022: 0.7}\n"
                               "      b: {2020: 0.4, 2021: 0.4, 2022: 0.3}\n");
    assert_close(demand(&world, "a", 2020), 60, 0);
    assert_close(demand(&world, "b", 2020), 40, 0);
    assert_close(demand(&world, "a", 2021), 60, 0);
    assert_close(demand(&world, "b", 2021), 40, 0);
    assert_close(demand(&world, "a", 2022), 70, 1e-12);
    assert_close(demand(&world, "b", 2022), 30, 1e-12);
    loaded_end(&world);
}

/* The same shift everywhere: x has 45 and 5 of the 60 and 40, y 15 and 35. At .5 and .5 each share of a falls by .1, so
 * 45 - .1 * 50 = 40 in x and 15 - 5 = 10 in y. */
static void the_shift_is_that_of_all_regions(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "fte.csv", "region,a,b\nx,45,5\ny,15,35\n");
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: {table: fte.csv, column: a}, b: {table: fte.csv, column: b}}\n"
               "    follows: constant\n"
               "    shares: {a: 0.5, b: 0.5}\n");
    assert_close(small_result(&world, "x", "a", "s", "demand", 2021), 40, 1e-12);
    assert_close(small_result(&world, "y", "a", "s", "demand", 2021), 10, 1e-12);
    assert_close(small_result(&world, "y", "b", "s", "demand", 2021), 40, 1e-12);
    loaded_end(&world);
}

/* A sector whose staff is 30 and 10 by vacancies too: 20 + 10 and 10, base shares .75 and .25. */
static void vacancies_count_in_the_base_shares(void **state) {
    (void)state;
    loaded world = small_demand();
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 20, b: 10}\n"
               "    vacancies: {a: 10}\n"
               "    split: equal\n"
               "    follows: constant\n"
               "    shares: {a: 0.75, b: 0.25}\n");
    assert_close(small_sector(&world, 0)->shift.at[0], 0, 0);
    assert_close(demand(&world, "a", 2022), 30, 0);
    loaded_end(&world);
}

/* The 50 FTE of supply of a in x (one FTE a person) stand against 30 in s and 30 in t: 10 posts stay empty, 5 in each
 * by equal shares, and all in t when s comes first. */
static void supply_is_allocated(void **state) {
    (void)state;
    static const char *const demand_text = "  t:\n"
                                           "    employment: {a: 60}\n"
                                           "    split: equal\n"
                                           "    follows: constant\n"
                                           "  s:\n"
                                           "    employment: {a: 60}\n"
                                           "    split: equal\n"
                                           "    follows: constant\n"
                                           "allocation: ";
    char *text = NULL;
    loaded world = small_demand();
    assert_true(asprintf(&text, "%s%s", demand_text, "proportional\n") > 0);
    small_good(&world, small_head, text);
    assert_int_equal(world.model->as_is->inputs.allocation, FREM_ALLOCATE_PROPORTIONAL);
    assert_close(small_result(&world, "x", "a", "s", "posts_unfilled", 2020), 5, 1e-12);
    assert_close(small_result(&world, "x", "a", "t", "posts_unfilled", 2020), 5, 1e-12);
    assert_close(small_result(&world, "x", "a", "all", "posts_unfilled", 2020), 10, 1e-12);
    loaded_end(&world);
    free(text);
    world = small_demand();
    assert_true(asprintf(&text, "%s%s", demand_text, "{rule: priority, order: [s, t]}\n") > 0);
    small_good(&world, small_head, text);
    assert_int_equal(small_sector(&world, 0)->priority, 1);
    assert_int_equal(small_sector(&world, 1)->priority, 0);
    assert_close(small_result(&world, "x", "a", "s", "posts_unfilled", 2020), 0, 1e-12);
    assert_close(small_result(&world, "x", "a", "t", "posts_unfilled", 2020), 10, 1e-12);
    loaded_end(&world);
    free(text);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *rest, *problem;
    } bad[] = {
        {"    shares: {a: 0.6, b: {2020: 0.4, 2021: 0.5, 2022: 0.4}}\n",
         "s.yaml:15:5: error: the shares of demand.s sum to 1.1 in 2021, not to 1"},
        {"    shares: {a: 1}\n", "s.yaml:15:5: error: demand.s.shares lacks the key 'b'"},
        {"    shares: {a: 0.6, b: 0.4}\n    share_change: {a: 0}\n",
         "s.yaml:15:5: error: demand.s has both 'share_change' and 'shares'"},
        {"    share_change: {a: 0.1, b: 0}\n",
         "s.yaml:15:5: error: the changes of demand.s.share_change sum to 0.1 in 2020, not to 0"},
        {"allocation: {rule: priority}\n", "s.yaml:15:1: error: allocation lacks the key 'order'"},
        {"allocation: {rule: proportional, order: [s]}\n",
         "s.yaml:15:34: error: allocation: 'order' has no meaning here: only `rule: priority` has an order"},
        {"allocation: {rule: priority, order: [s, s]}\n",
         "s.yaml:15:30: error: allocation: 's' occurs twice in the order"},
        {"  t: {employment: {a: 1}, split: equal, follows: constant}\nallocation: {rule: priority, order: "
         "[s]}\n",
         "s.yaml:16:30: error: allocation: 't' is not in the order"},
        {"allocation: {rule: priority, order: [s, t]}\n",
         "s.yaml:15:30: error: allocation.order: there is no 't' in demand"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = small_demand();
        char *text = NULL;
        assert_true(asprintf(&text, "%s%s", SIXTY_AND_FORTY, bad[i].rest) > 0);
        small_refused(&world, small_head, text, bad[i].problem);
        free(text);
        loaded_end(&world);
    }
}

/* x has 45 and 5 of a and b, y 15 and 35; at .1 for a and .9 for b its share falls by .5, below nothing in y. */
static void no_share_is_negative(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "fte.csv", "region,a,b\nx,45,5\ny,15,35\n");
    small_refused(&world, small_head,
                  "  s:\n"
                  "    employment: {a: {table: fte.csv, column: a}, b: {table: fte.csv, column: b}}\n"
                  "    follows: constant\n"
                  "    shares: {a: 0.1, b: 0.9}\n",
                  "s.yaml:14:5: error: demand.s: the share of 'a' is -0.200000 in 2020");
    loaded_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_substitute),
        cmocka_unit_test(the_shift_is_that_of_all_regions),
        cmocka_unit_test(vacancies_count_in_the_base_shares),
        cmocka_unit_test(supply_is_allocated),
        cmocka_unit_test(problems_have_their_place),
        cmocka_unit_test(no_share_is_negative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
