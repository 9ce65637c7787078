/* What moves a result: small worlds worked by hand. */
#include <math.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/movers.h"
#include "unit/model/small.h"

/* 100 persons of p, of whom 80 % work: supply 80, as much as is needed, so that the gap of a year is 100 (change of the share). */
#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: {en: Carers, da: Plejere}\n"                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "    participation: %s\n"                                                                                \
    "demand:\n"                                                                                              \
    "  job:\n"                                                                                               \
    "    employment: {p: 80}\n"                                                                              \
    "    follows: constant\n"

typedef struct world {
    small w;
    frem_arena *arena;
    frem_address gap;
    frem_cases cases;
    frem_movers movers;
} world;

static void load(world *x, const char *participation, const char *rest) {
    char scenario[4096];
    small_begin(&x->w);
    small_put(&x->w, "ages.csv", "age,persons\n20,1\n21,1\n");
    (void)snprintf(scenario, sizeof scenario, HEAD "%s", participation, rest);
    small_load(&x->w, scenario);
    assert_int_equal(frem_arena_new(&x->arena), FREM_OK);
    x->gap = (frem_address){"gap", "p", "all", "all", FREM_ADDRESS_YEAR, 2022, 2022};
    x->cases = (frem_cases){.model = x->w.model,
                            .addresses = &x->gap,
                            .n_addresses = 1,
                            .isa = frem_results_isa(NULL),
                            .diags = x->w.diags};
}

static void end(world *x) {
    frem_arena_free(x->arena);
    small_end(&x->w);
}

static frem_mover *most(world *x, size_t n) {
    assert_int_equal(frem_movers_most(x->arena, &x->cases, n, &x->movers), FREM_OK);
    return x->movers.items;
}

static void is_mover(const frem_mover *m, const char *key, double low, double high) {
    assert_string_equal(m->key, key);
    assert_close(m->at[FREM_END_LOW][0], low, 1e-6);
    assert_close(m->at[FREM_END_HIGH][0], high, 1e-6);
}

/* The 10 % and 90 % quantiles of a uniform number from 0.8 to 1.2 are 0.84 and 1.16, those of a normal one of sd 0.02 are
 * 1.2815516 * 0.02 from its mean; what moves nothing is left out, whatever is asked for. */
static void what_is_uncertain_moves_to_its_quantiles(void **state) {
    (void)state;
    world x;
    load(&x, "0.8",
         "    standard: 1\n"
         "uncertain:\n"
         "  professions.p.participation: {normal: {sd: 0.02}}\n"
         "  need: {of: demand.job.standard, as: value, uniform: {min: 0.8, max: 1.2}}\n"
         "  shape: {of: professions.p.cohorts.ages, as: times, uniform: {min: 0.5, max: 2}}\n");
    const frem_mover *m = most(&x, 3);
    assert_true(x.movers.uncertain);
    assert_int_equal(x.movers.n, 2);
    is_mover(&m[0], "need", 80 * 0.16, -80 * 0.16);
    is_mover(&m[1], "professions.p.participation", -100 * 1.2815516 * 0.02, 100 * 1.2815516 * 0.02);
    assert_string_equal(m[1].label.text[FREM_EN], "Participation: Carers");
    assert_string_equal(m[1].label.text[FREM_DA], "Erhvervsdeltagelse: Plejere");
    assert_string_equal(m[1].ends[FREM_END_LOW].text[FREM_EN], "77.4%");
    assert_string_equal(m[1].ends[FREM_END_HIGH].text[FREM_DA], "82,6 %");
    assert_close(frem_mover_width(&x.movers, &m[0], 0), 80 * 0.32, 1e-6);
    assert_int_equal((most(&x, 1), x.movers.n), 1);
    end(&x);
}

/* A walk has in its second year the quantile of two steps: sd 0.02 sqrt(2), or the factor exp(1.2815516 * 0.1 sqrt(2)); a number
 * each year, that of each year. */
static void paths_move_to_the_quantiles_of_each_year(void **state) {
    (void)state;
    static const char *const walks[] = {"normal: {sd: 0.02}, path: walk", "lognormal: {sd: 0.1}, path: walk",
                                        "normal: {sd: 0.02}, path: ar, correlation: 0.5"};
    const double highs[] = {2 * 1.2815516 * sqrt(2), 80 * (exp(1.2815516 * 0.1 * sqrt(2)) - 1),
                            2 * 1.2815516};
    for (size_t i = 0; i < 3; i++) {
        world x;
        char text[256];
        (void)snprintf(text, sizeof text,
                       "uncertain:\n  work: {of: professions.p.participation, %s, outside: cut}\n", walks[i]);
        load(&x, "0.8", text);
        const frem_mover *m = most(&x, 1);
        assert_close(m[0].at[FREM_END_HIGH][0], highs[i], 1e-5);
        assert_non_null(strstr(m[0].ends[FREM_END_HIGH].text[FREM_DA], " i 2022"));
        end(&x);
    }
}

/* Nothing is said to be uncertain: by a tenth both ways, from the year after the base year on; a share no further than to 1. The
 * gap is 100 w - 80: with 0.95 at work 15, with 110 persons 24.5, with a tenth more posts 7. */
static void parameters_move_by_a_tenth_within_their_range(void **state) {
    (void)state;
    world x;
    load(&x, "0.95", "");
    const frem_mover *m = most(&x, 10);
    assert_false(x.movers.uncertain);
    assert_int_equal(x.movers.n, 3);
    assert_close(x.movers.base[0], 15, 1e-9);
    is_mover(&m[0], "professions.p.cohorts.persons", 5.5, 24.5);
    is_mover(&m[1], "demand.job.employment.p", 23, 7);
    is_mover(&m[2], "professions.p.participation", 5.5, 20);
    assert_string_equal(m[2].ends[FREM_END_HIGH].text[FREM_EN], "100.0%");
    assert_string_equal(m[1].label.text[FREM_EN], "FTE in the base year: job, Carers");
    end(&x);
}

/* What cannot be moved alone, here one of two shares that are to sum to 1, has no result and is no failure. */
static void what_cannot_move_alone_is_left_out(void **state) {
    (void)state;
    world x;
    load(&x, "0.8", "    shares: {p: 1}\n");
    const frem_mover *m = most(&x, 10);
    for (size_t i = 0; i < x.movers.n; i++)
        assert_string_not_equal(m[i].key, "demand.job.shares.p");
    assert_int_equal(x.movers.n, 3);
    end(&x);
}

/* An address that the results have nothing at is said to be so. */
static void an_address_without_results_is_an_error(void **state) {
    (void)state;
    world x;
    load(&x, "0.8", "");
    x.gap.measure = "graduates";
    assert_int_equal(frem_movers_most(x.arena, &x.cases, 3, &x.movers), FREM_USAGE);
    assert_int_equal(x.movers.n, 0);
    end(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_uncertain_moves_to_its_quantiles),
        cmocka_unit_test(paths_move_to_the_quantiles_of_each_year),
        cmocka_unit_test(parameters_move_by_a_tenth_within_their_range),
        cmocka_unit_test(what_cannot_move_alone_is_left_out),
        cmocka_unit_test(an_address_without_results_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
