/* Money for the whole country that becomes posts in the scenario's regions. */
#include "model/batch.h"
#include "model/lane.h"
#include "small_demand.h"

/* Children 0-5 of 2020 to 2025 by data/denmark/population.csv (SUM of the rows age_from 0): the 22 municipalities of
 * KKR Syddanmark and all 98. The part is 19.9, 19.8, 19.9, 19.9, 19.9 and 19.7 %. */
static const double syddanmark[] = {72937, 73302, 74361, 74280, 73443, 72141};
static const double denmark[] = {366881, 369586, 374300, 373678, 369595, 365396};
/* The money of facts.md, mio. kr. */
static const double amounts[] = {500, 600, 800, 1200, 1400, 1600};

/* At 500,000 kr. a post the country's 500 mio. of 2020 are 1000 posts; Syddanmark gets 72937/366881 of them, a fifth,
 * though the scenario holds no other municipality. .7 of them are pedagogues. */
static void syddanmark_gets_its_part_of_the_countrys_money(void **state) {
    (void)state;
    loaded world = small_new();
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    small_good(&world,
               "fremskriv: 1\n"
               "years: {base: 2020, until: 2025}\n"
               "ages: {from: 30, to: 32}\n"
               "base_year: cohorts\n"
               "regions: {table: denmark/municipalities.csv, where: {kkr: Syddanmark}, group_by: kkr}\n"
               "population: {table: denmark/population.csv}\n"
               "professions:\n"
               "  paedagog: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n",
               "demand:\n"
               "  dagtilbud:\n"
               "    employment: {paedagog: 6000}\n"
               "    split: {by: population, ages: 0-5}\n"
               "    follows: constant\n"
               "    budget:\n"
               "      amount: {2020: 500, 2021: 600, 2022: 800, 2023: 1200, 2024: 1400, 2025: 1600}\n"
               "      unit_cost: 500000\n"
               "      shares: {paedagog: 0.7}\n"
               "      key: {population: 0-5}\n");
    assert_int_equal(world.model->as_is->inputs.regions, 22);
    for (int t = 0; t < 6; t++) {
        double posts = amounts[t] * 1e6 / 500000 * 0.7 * syddanmark[t] / denmark[t];
        assert_close(small_result(&world, "Syddanmark", "paedagog", "dagtilbud", "demand", 2020 + t),
                     6000 + posts, 2e-6); /* rows have six decimals or more */
        assert_true(posts / (amounts[t] * 1e6 / 500000 * 0.7) > 0.19);
        assert_true(posts / (amounts[t] * 1e6 / 500000 * 0.7) < 0.21);
    }
    loaded_end(&world);
}

/* Ages 3-4: x has 90, 100, 110, y 60, 80, 100, and z, in the table alone, 140: 290, 320 and 350 in all. Money 2, 3 and
 * 3 mio. kr.; a kr. of it buys 1.05 kr. of today's; 100,000 kr. a post, 120,000 from 2022: 21, 31.5 and 26.25 posts,
 * half of them for a and a quarter for b. They come on top of the 4 given. */
static void posts_are_money_over_cost_by_the_key(void **state) {
    (void)state;
    loaded world = small_demand();
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: constant\n"
               "    extra: {a: 4}\n"
               "    budget:\n"
               "      amount: {2020: 2, 2021: 3, then: hold}\n"
               "      deflator: 1.05\n"
               "      unit_cost: {2020: 100000, 2022: 120000, between: step}\n"
               "      shares: {a: 0.5, b: 0.25}\n"
               "      key: {population: 3-4}\n");
    static const double posts[] = {21, 31.5, 26.25}, in_x[] = {90, 100, 110}, in_y[] = {60, 80, 100},
                        all[] = {290, 320, 350};
    for (int t = 0; t < 3; t++) {
        assert_close(small_result(&world, "x", "a", "s", "demand", 2020 + t),
                     5 + 2 + posts[t] * 0.5 * in_x[t] / all[t], 1e-12);
        assert_close(small_result(&world, "y", "a", "s", "demand", 2020 + t),
                     5 + 2 + posts[t] * 0.5 * in_y[t] / all[t], 1e-12);
        assert_close(small_result(&world, "y", "b", "s", "demand", 2020 + t),
                     posts[t] * 0.25 * in_y[t] / all[t], 1e-12);
    }
    loaded_end(&world);
}

/* Twice the money in another lane is twice the posts. */
static void money_can_be_varied(void **state) {
    (void)state;
    loaded world = small_demand();
    small_good(&world, small_head,
               "  s:\n"
               "    employment: {a: 10}\n"
               "    split: equal\n"
               "    follows: constant\n"
               "    budget: {amount: 2.9, unit_cost: 10000, shares: {a: 1}, key: {population: 3-4}}\n");
    ptrdiff_t at = frem_model_find(world.model, "demand.s.budget.amount");
    assert_true(at >= 0);
    frem_change change = {.parameter = (size_t)at, .lane = 1, .kind = FREM_CHANGE_MULTIPLY, .number = 2};
    frem_batch *batch;
    assert_int_equal(frem_batch_new(&batch, world.model, 2, &change, 1, world.diags), FREM_OK);
    const frem_lanes *extra = &batch->inputs.sectors[0].extra;
    assert_true(extra->lane);
    assert_close(extra->at[0], 90, 1e-12); /* a in x, 2020: 290 posts by 90/290 */
    assert_close(extra->at[1], 180, 1e-12);
    frem_batch_free(batch);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *budget, *problem;
    } bad[] = {
        {"    budget: {amount: 1, unit_cost: 1, shares: {a: 0.75, b: 0.5}, key: {population: 3}}\n",
         "s.yaml:15:39: error: the shares of demand.s.budget sum to 1.25, more than 1"},
        {"    budget: {amount: 1, unit_cost: 1, shares: {c: 0.5}, key: {population: 3}}\n",
         "s.yaml:15:48: error: demand.s.budget.shares: there is no 'c' in professions"},
        {"    budget: {amount: 1, unit_cost: 1, shares: {a: 0.5}, key: {population: 7-9}}\n",
         "s.yaml:15:63: error: demand.s.budget.key: the population cannot separate the ages 7 to 9"},
        {"    budget: {amount: 1, shares: {a: 0.5}, key: {population: 3}}\n",
         "s.yaml:15:5: error: demand.s.budget lacks the key 'unit_cost'"},
    };
    char *head =
        small_text(small_head, "  s:\n    employment: {a: 10}\n    split: equal\n    follows: constant\n");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = small_demand();
        small_refused(&world, head, bad[i].budget, bad[i].problem);
        loaded_end(&world);
    }
    free(head);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syddanmark_gets_its_part_of_the_countrys_money),
        cmocka_unit_test(posts_are_money_over_cost_by_the_key),
        cmocka_unit_test(money_can_be_varied),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
