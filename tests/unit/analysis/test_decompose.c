/* Causes computed by hand: what two of them add alone and together, in both orders. */
#include <math.h>
#include <stdio.h>

#include "fremskriv/decompose.h"
#include "unit/model/small.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"
#define STOCK "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"
#define JOB "demand:\n  job: {employment: {p: 81}, follows: constant}\n"

typedef struct asked {
    const char *of, *groups[14];
    size_t n_groups, orders;
    unsigned long long seed;
} asked;

static frem_status decompose(const small *w, const small *other, const asked *a, frem_results **out) {
    const frem_decompose_options options = {.of = &a->of,
                                            .n_of = 1,
                                            .groups = a->groups,
                                            .n_groups = a->n_groups,
                                            .orders = a->orders,
                                            .seed = a->seed};
    const frem_model *models[] = {w->model, other != NULL ? other->model : NULL};
    return frem_decompose_new(out, NULL, models, other != NULL ? 2 : 1, &options,
                              &(frem_run_options){.threads = 1}, w->diags);
}

enum { CAUSE = 4, KIND, UNIT, VALUE, LOW, HIGH };

static bool is_cause(const frem_frame *t, size_t row, const char *key) {
    return strcmp(frem_frame_label_text(t, CAUSE, frem_frame_label_codes(t, CAUSE)[row]), key) == 0;
}

/* The value of a cause, of "start" or of "end". */
static double value_of(const frem_results *results, const char *key) {
    const frem_frame *t = frem_results_answer(results, "decompose");
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        if (is_cause(t, row, key))
            return frem_frame_numbers(t, VALUE)[row];
    }
    return (double)NAN;
}

/* Whether the interval of a cause holds a number. */
static bool holds(const frem_results *results, const char *key, double number) {
    const frem_frame *t = frem_results_answer(results, "decompose");
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        if (is_cause(t, row, key))
            return frem_frame_numbers(t, LOW)[row] - 1e-9 <= number &&
                   number <= frem_frame_numbers(t, HIGH)[row] + 1e-9;
    }
    return false;
}

static void load(small *w, const char *yaml) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_put(w, "people.csv",
              "year,age_from,age_to,persons\n2020,0,5,100\n2020,6,,50\n2021,0,5,110\n2021,6,,50\n2022,0,5,"
              "120\n2022,6,,50\n");
    small_load(w, yaml);
}

/* Held in 2020, 81 of 100 are left in 2022. Leaving by 0.2 from 2021 on makes it 72, half the hours 40.5, both 36. */
static void two_causes_share_a_change(void **state) {
    (void)state;
    small w;
    frem_results *results;
    load(&w, HEAD "professions:\n  p:\n" STOCK "    permanent_exit: {2020: 0.1, 2021: 0.2, then: hold}\n"
                  "    fte_per_employed: {2020: 1, 2022: 0.5, between: step}\n" JOB);
    assert_int_equal(decompose(&w, NULL, &(asked){.of = "supply:p:all:2020..2022"}, &results), FREM_OK);
    assert_close(value_of(results, "start"), 100, 1e-9);
    assert_close(value_of(results, "ageing-and-pipeline"), -19, 1e-9);
    assert_close(value_of(results, "exits"), -6.75, 1e-9);
    assert_close(value_of(results, "hours"), -38.25, 1e-9);
    assert_close(value_of(results, "end"), 36, 1e-9);
    frem_results_free(results);
    /* From 2021 on, when the exits are what they stay: 90, then 72. */
    assert_int_equal(decompose(&w, NULL, &(asked){.of = "supply:p:all:2021..2022"}, &results), FREM_OK);
    assert_close(value_of(results, "start"), 90, 1e-9);
    assert_close(value_of(results, "ageing-and-pipeline"), -18, 1e-9);
    assert_true(isnan(value_of(results, "exits")));
    assert_close(value_of(results, "hours"), -36, 1e-9);
    frem_results_free(results);
    small_end(&w);
}

/* 80 posts by 1.2 times the children and 1.5 times the standard: 96, 120, both 144. */
static void people_are_a_cause_of_each_sector(void **state) {
    (void)state;
    small w;
    frem_results *results;
    load(&w,
         HEAD "population: {table: people.csv, column: persons}\nprofessions:\n  p:\n" STOCK
              "demand:\n  job: {employment: {p: 80}, follows: {population: 0-5}, standard: {2020: 1, 2022: "
              "1.5, between: step}}\n");
    assert_int_equal(decompose(&w, NULL, &(asked){.of = "demand:p:all:2020..2022"}, &results), FREM_OK);
    assert_close(value_of(results, "demography:job"), 20, 1e-9);
    assert_close(value_of(results, "standard"), 44, 1e-9);
    assert_close(value_of(results, "ageing-and-pipeline"), 0, 1e-9);
    frem_results_free(results);
    /* Both as one cause of one's own. */
    const asked joined = {
        .of = "demand:p:all:2020..2022", .groups = {"needs=population.job,demand.*.standard"}, .n_groups = 1};
    assert_int_equal(decompose(&w, NULL, &joined, &results), FREM_OK);
    assert_close(value_of(results, "needs"), 64, 1e-9);
    assert_true(isnan(value_of(results, "standard")));
    frem_results_free(results);
    small_end(&w);
}

/* 90 of 100 are left in 2021; with twice the exits 80, with half the hours 45, which the first has no number for, both 40. */
static void two_scenarios_differ_by_their_parts(void **state) {
    (void)state;
    small w, other;
    frem_results *results;
    load(&w, HEAD "professions:\n  p:\n" STOCK "    permanent_exit: 0.1\n" JOB);
    load(&other, HEAD "name: other\nprofessions:\n  p:\n" STOCK
                      "    permanent_exit: {2020: 0.2, 2021: 0.3, then: hold}\n"
                      "    fte_per_employed: 0.5\n" JOB);
    assert_int_equal(decompose(&w, &other, &(asked){.of = "supply:p:all:2021"}, &results), FREM_OK);
    assert_close(value_of(results, "start"), 90, 1e-9);
    assert_close(value_of(results, "exits"), -7.5, 1e-9);
    assert_close(value_of(results, "hours"), -42.5, 1e-9);
    assert_close(value_of(results, "end"), 40, 1e-9);
    frem_results_free(results);
    /* And the other way round, where the second lacks them. */
    assert_int_equal(decompose(&other, &w, &(asked){.of = "supply:p:all:2021"}, &results), FREM_OK);
    assert_close(value_of(results, "exits"), 7.5, 1e-9);
    assert_close(value_of(results, "hours"), 42.5, 1e-9);
    frem_results_free(results);
    small_end(&other);
    small_end(&w);
}

#define FIVE                                                                                                 \
    HEAD "professions:\n  p:\n" STOCK "    permanent_exit: {2020: 0.1, 2021: 0.4, then: hold}\n"             \
         "    fte_per_employed: {2020: 0.5, 2022: 0.9, between: step}\n"                                     \
         "    unemployment: {2020: 0.3, 2022: 0.05, between: step}\n"                                        \
         "    absence: {share: {2020: 0.1, 2022: 0.3, between: step}}\n"                                     \
         "    returners: {2020: 0, 2021: 0.3, then: hold}\n" JOB

static const asked five = {.of = "supply:p:all:2020..2022",
                           .groups = {"absence=professions.*.absence", "back=professions.*.returners"},
                           .n_groups = 2};

/* Of intervals that are drawn, 95 of 100 hold what all sets give; 300 here. */
static void drawn_orders_agree_with_all_sets(void **state) {
    (void)state;
    static const char *const keys[] = {"exits", "hours", "participation", "absence", "back"};
    small w;
    frem_results *exact, *drawn;
    size_t inside = 0;
    load(&w, FIVE);
    assert_int_equal(decompose(&w, NULL, &five, &exact), FREM_OK);
    for (unsigned long long seed = 1; seed <= 60; seed++) {
        asked some = five;
        some.orders = 128;
        some.seed = seed;
        double sum = 0;
        assert_int_equal(decompose(&w, NULL, &some, &drawn), FREM_OK);
        for (size_t i = 0; i < 5; i++) {
            sum += value_of(drawn, keys[i]);
            inside += holds(drawn, keys[i], value_of(exact, keys[i]));
        }
        assert_close(
            sum, value_of(exact, "end") - value_of(exact, "start") - value_of(exact, "ageing-and-pipeline"),
            1e-9);
        frem_results_free(drawn);
    }
    assert_in_range(inside, 300 * 90 / 100, 299);
    frem_results_free(exact);
    small_end(&w);
}

/* Fourteen sectors whose needs grow apart: more causes than all sets are played of, each with its own 1, 2, 3, ... posts. */
static void many_causes_are_drawn(void **state) {
    (void)state;
    char yaml[2000];
    size_t n = (size_t)snprintf(yaml, sizeof yaml, "%s", HEAD "professions:\n  p:\n" STOCK "demand:\n");
    asked many = {.of = "demand:p:all:2020..2022", .n_groups = 14, .seed = 1};
    char groups[14][32];
    for (size_t i = 0; i < 14; i++) {
        n += (size_t)snprintf(yaml + n, sizeof yaml - n,
                              "  s%zu: {employment: {p: 10}, follows: constant, standard: {2020: 1, 2022: "
                              "%zu.%zu, between: step}}\n",
                              i, 1 + (i + 1) / 10, (i + 1) % 10);
        (void)snprintf(groups[i], sizeof groups[i], "g%zu=demand.s%zu", i, i);
        many.groups[i] = groups[i];
    }
    small w;
    frem_results *results;
    load(&w, yaml);
    assert_int_equal(decompose(&w, NULL, &many, &results), FREM_OK);
    for (size_t i = 0; i < 14; i++) {
        char key[8];
        (void)snprintf(key, sizeof key, "g%zu", i);
        assert_close(value_of(results, key), (double)(i + 1), 1e-9);
        assert_true(holds(results, key, (double)(i + 1)));
    }
    frem_results_free(results);
    small_end(&w);
}

static void refuses(const small *w, const small *other, const asked *a, const char *want, frem_lang lang) {
    frem_results *results;
    assert_int_equal(decompose(w, other, a, &results), FREM_USAGE);
    assert_null(results);
    char *text = frem_diag_text(frem_diags_at(w->diags, frem_diags_count(w->diags) - 1), lang);
    assert_text(text, want);
    free(text);
}

static void wishes_that_do_not_fit_are_refused(void **state) {
    (void)state;
    small w, other;
    load(&w, FIVE);
    load(&other, "fremskriv: 1\nname: other\nyears: {base: 2020, until: 2021}\nages: {from: 20, to: "
                 "64}\nbase_year: cohorts\n"
                 "professions:\n  p:\n" STOCK JOB);
    refuses(&w, NULL, &(asked){.of = "supply:p:all:2022"},
            "fremskriv: error: 'supply:p:all:2022': the year '2022' is not written like 2018..2023\n"
            "hint: the years here are 2020 to 2022",
            FREM_EN);
    refuses(&w, &other, &(asked){.of = "supply:p:all:2021"},
            "fremskriv: error: w og other har andre år, som ikke kan tages fra det ene over i det andet\n"
            "hint: giv begge de samme `years`; `compare` stiller dem side om side, som de er",
            FREM_DA);
    refuses(&w, NULL, &(asked){.of = "supply:p:all:2020..2022", .groups = {"exits"}, .n_groups = 1},
            "fremskriv: error: --groups: 'exits' is not NAME=PATTERN,PATTERN\n"
            "hint: such as graduates=programmes.*.intake,programmes.*.completion",
            FREM_EN);
    refuses(&w, NULL, &(asked){.of = "supply:p:all:2020..2022", .orders = 10},
            "fremskriv: error: --points: 10 rækkefølger er for få til et interval eller for mange\nhint: "
            "mindst 64 og højst 100000",
            FREM_DA);
    small_end(&other);
    small_end(&w);
}

/* An absence in days with the other's share is none: both belong to one cause. */
static void parts_that_belong_together_are_one_cause(void **state) {
    (void)state;
    small w, other;
    frem_results *results;
    load(&w, HEAD "professions:\n  p:\n" STOCK "    absence: {share: 0.1}\n" JOB);
    load(&other, HEAD "name: other\nprofessions:\n  p:\n" STOCK "    absence: {days: 20, of: 220}\n" JOB);
    const asked apart = {
        .of = "supply:p:all:2021", .groups = {"days=professions.*.absence.days"}, .n_groups = 1};
    assert_int_equal(decompose(&w, &other, &apart, &results), FREM_INVALID);
    assert_null(results);
    char *text = frem_diag_text(frem_diags_at(w.diags, frem_diags_count(w.diags) - 1), FREM_EN);
    assert_text(text, "fremskriv: error: w cannot be projected with hours as in other\n"
                      "hint: what belongs together must be one cause: join it with --groups NAME=PATH,PATH");
    free(text);
    assert_int_equal(decompose(&w, &other, &(asked){.of = "supply:p:all:2021"}, &results), FREM_OK);
    assert_close(value_of(results, "hours"), 0, 1e-9);
    frem_results_free(results);
    small_end(&other);
    small_end(&w);
    /* Shares that sum to 1 in each year, held apart. */
    load(&w, HEAD "professions:\n  p:\n" STOCK "  q: {supply: none}\n"
                  "demand:\n  job:\n    employment: {p: 60, q: 40}\n    follows: constant\n"
                  "    shares:\n      p: {2020: 0.6, 2022: 0.5, between: step}\n      q: {2020: 0.4, 2022: "
                  "0.5, between: step}\n");
    const asked halves = {
        .of = "demand:p:all:2020..2022", .groups = {"p=demand.job.shares.p"}, .n_groups = 1};
    assert_int_equal(decompose(&w, NULL, &halves, &results), FREM_INVALID);
    text = frem_diag_text(frem_diags_at(w.diags, frem_diags_count(w.diags) - 1), FREM_DA);
    assert_text(text,
                "fremskriv: error: w kan ikke fremskrives med skill-mix som i 2020\n"
                "hint: det, der hører sammen, må være én årsag: slå det sammen med --groups NAVN=STI,STI");
    free(text);
    assert_int_equal(decompose(&w, NULL, &(asked){.of = "demand:p:all:2020..2022"}, &results), FREM_OK);
    assert_close(value_of(results, "skill-mix"), -10, 1e-9);
    frem_results_free(results);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_causes_share_a_change),
        cmocka_unit_test(people_are_a_cause_of_each_sector),
        cmocka_unit_test(two_scenarios_differ_by_their_parts),
        cmocka_unit_test(drawn_orders_agree_with_all_sets),
        cmocka_unit_test(many_causes_are_drawn),
        cmocka_unit_test(parts_that_belong_together_are_one_cause),
        cmocka_unit_test(wishes_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
