/* Values that begin in a year, and factors on values: every number of the series by hand. Years 2020 to 2025, regions x
 * and y; profession a. */
#include "model/batch.h"
#include "model/lane.h"
#include "model/model.h"
#include "small_model.h"

#include <math.h>

static const char *const head = "fremskriv: 1\n"
                                "years: {base: 2020, until: 2025}\n"
                                "ages: {from: 30, to: 31}\n"
                                "base_year: cohorts\n"
                                "regions: {table: regions.csv}\n"
                                "professions:\n"
                                "  a:\n"
                                "    cohorts: {persons: {table: stock.csv, column: persons}, split: equal}\n";

#define TAIL "demand:\n  s: {employment: {a: 10}, split: equal, follows: constant}\n"
#define DEATH(value) "    death: " value "\n" TAIL

static loaded world_new(void) {
    loaded world = small_new();
    frem_temp_write(world.folder, "regions.csv", "code,name\nx,Xby\ny,Yby\n");
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n");
    frem_temp_write(world.folder, "rates.csv", "region,rate\nx,0.1\ny,0.2\n");
    frem_temp_write(world.folder, "late.csv",
                    "year,age,rate\n2023,30,0.3\n2023,31,0.4\n2024,30,0.5\n"
                    "2024,31,0.6\n2025,30,0.7\n2025,31,0.8\n");
    return world;
}

static const frem_series *series_of(const loaded *world, const char *path) {
    ptrdiff_t at = frem_model_find(world->model, path);
    assert_true(at >= 0);
    return &world->model->series[at];
}

/* The years 2020 to 2025 of a value, where it is the same in all else. */
static void check_years(const char *value, const double expected[6]) {
    loaded world = world_new();
    char *tail = small_text("    death: ", value), *text = small_text(tail, "\n" TAIL);
    small_good(&world, head, text);
    const frem_series *series = series_of(&world, "professions.a.death");
    for (int t = 0; t < 6; t++)
        assert_close(frem_series_at(series, 2020 + t, 1, 0, 1), expected[t], 1e-15);
    free(text);
    free(tail);
    loaded_end(&world);
}

static void years_before_are_kept_whatever_the_forms(void **state) {
    (void)state;
    static const struct {
        const char *value;
        double expected[6];
    } cases[] = {
        {"{from: 2023, value: 0.5, earlier: 0.1}", {0.1, 0.1, 0.1, 0.5, 0.5, 0.5}},
        /* the line from 2021 to 2025 is seen from 2023 on */
        {"{from: 2023, 2021: 0.1, 2025: 0.5, between: linear, earlier: {2020: 0.2, 2022: 0.4, between: "
         "linear}}",
         {0.2, 0.3, 0.4, 0.3, 0.4, 0.5}},
        /* `before` holds back to 2022 and no further; growth counts from the base year */
        {"{from: 2022, 2024: 0.6, before: hold, then: hold, earlier: {start: 0.1, growth: 0.1}}",
         {0.1, 0.11, 0.6, 0.6, 0.6, 0.6}},
        {"{from: 2023, start: 0.1, growth: 0.1, earlier: 0.7}", {0.7, 0.7, 0.7, 0.1331, 0.14641, 0.161051}},
        /* points outside the years shape what is inside: a line, steps, a growth from a point before the base year */
        {"{2020: 0, 2030: 1, between: linear}", {0, 0.1, 0.2, 0.3, 0.4, 0.5}},
        {"{2010: 0, 2030: 0.8, between: linear}", {0.4, 0.44, 0.48, 0.52, 0.56, 0.6}},
        {"{2015: 0.3, 2023: 0.5, 2040: 0.9, between: step}", {0.3, 0.3, 0.3, 0.5, 0.5, 0.5}},
        {"{2018: 0.1, then: {growth: 0.1}}", {0.121, 0.1331, 0.14641, 0.161051, 0.1771561, 0.19487171}},
        {"{2030: 0.4, before: hold}", {0.4, 0.4, 0.4, 0.4, 0.4, 0.4}},
        /* a gap behind the last year needs no `between` */
        {"{2020: 0.1, 2021: 0.2, 2022: 0.3, 2023: 0.4, 2024: 0.5, 2025: 0.6, 2030: 0.7}",
         {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}},
        /* what begins after the last year is never seen */
        {"{from: 2030, value: 0.5, earlier: 0.1}", {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}},
        {"{from: 2015, value: 0.5, earlier: 0.1}", {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}},
        /* three layers */
        {"{from: 2024, value: 0.3, earlier: {from: 2022, value: 0.2, earlier: 0.1}}",
         {0.1, 0.1, 0.2, 0.2, 0.3, 0.3}},
        /* the middle one begins when it is over: it is never seen */
        {"{from: 2022, value: 0.3, earlier: {from: 2024, value: 0.2, earlier: 0.1}}",
         {0.1, 0.1, 0.3, 0.3, 0.3, 0.3}},
        /* a path that ends before the upper begins needs no `then`; one that is never seen needs nothing */
        {"{from: 2022, value: 0.3, earlier: {2020: 0.1, 2021: 0.2}}", {0.1, 0.2, 0.3, 0.3, 0.3, 0.3}},
        {"{from: 2020, value: 0.3, earlier: {table: none.csv, column: rate}}",
         {0.3, 0.3, 0.3, 0.3, 0.3, 0.3}},
        /* factors are each part's own */
        {"{from: 2023, value: 0.2, times: 2, earlier: {value: 0.1, times: 3}}",
         {0.3, 0.3, 0.3, 0.4, 0.4, 0.4}},
        {"{2020: 10, 2025: 60, between: linear, times: 0.01}", {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}},
        {"{start: 0.1, growth: 1, times: 0.25}", {0.025, 0.05, 0.1, 0.2, 0.4, 0.8}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_years(cases[i].value, cases[i].expected);
}

/* By region before, by year and age after, whose table has no earlier year: by all three together. */
static void dimensions_are_those_of_both(void **state) {
    (void)state;
    loaded world = world_new();
    small_good(&world, head,
               DEATH("{from: 2023, table: late.csv, column: rate, times: 0.5,\n"
                     "            earlier: {table: rates.csv, column: rate}}"));
    const frem_series *series = series_of(&world, "professions.a.death");
    assert_int_equal(series->size, 2 * 6 * 2);
    for (int year = 2020; year < 2023; year++) {
        for (size_t age = 0; age < 2; age++) {
            assert_close(frem_series_at(series, year, 0, 0, age), 0.1, 1e-15);
            assert_close(frem_series_at(series, year, 1, 0, age), 0.2, 1e-15);
        }
    }
    for (size_t region = 0; region < 2; region++) {
        assert_close(frem_series_at(series, 2023, region, 0, 0), 0.15, 1e-15);
        assert_close(frem_series_at(series, 2023, region, 0, 1), 0.2, 1e-15);
        assert_close(frem_series_at(series, 2025, region, 0, 1), 0.4, 1e-15);
    }
    loaded_end(&world);
}

/* Years of entry begin long before the base year. */
static void entry_years_are_kept_too(void **state) {
    (void)state;
    loaded world = world_new();
    small_good(&world, head,
               "programmes:\n"
               "  k:\n"
               "    leads_to: a\n"
               "    intake: {from: 2021, value: 7, earlier: {2015: 3, 2019: 5, between: step, then: hold}}\n"
               "    length: 1\n"
               "    completion: {from: 2017, value: 0.5, earlier: 1}\n"
               "    entry: {table: stock.csv, column: persons}\n"
               "    graduates_to: equal\n" TAIL);
    const frem_series *intake = series_of(&world, "programmes.k.intake");
    assert_true(isnan(frem_series_at(intake, 2014, 0, 0, 0)));
    assert_close(frem_series_at(intake, 2018, 0, 0, 0), 3, 1e-15);
    assert_close(frem_series_at(intake, 2020, 0, 0, 0), 5, 1e-15);
    assert_close(frem_series_at(intake, 2021, 0, 0, 0), 7, 1e-15);
    const frem_series *completion = series_of(&world, "programmes.k.completion");
    assert_close(frem_series_at(completion, 2016, 0, 0, 0), 1, 1e-15);
    assert_close(frem_series_at(completion, 2017, 0, 0, 0), 0.5, 1e-15);
    loaded_end(&world);
}

/* What is changed in a lane is multiplied as `times` does it, to the bit. */
static void a_change_multiplies_like_times(void **state) {
    (void)state;
    static const char *const values[][2] = {
        {"{start: 0.13, growth: 0.07}", "{start: 0.13, growth: 0.07, times: 0.7}"},
        {"{2020: 0.11, 2025: 0.37, between: linear}",
         "{2020: 0.11, 2025: 0.37, between: linear, times: 0.7}"},
        {"{table: rates.csv, column: rate}", "{table: rates.csv, column: rate, times: 0.7}"},
        {"0.3", "{value: 0.3, times: 0.7}"},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        loaded plain = world_new(), scaled = world_new();
        char *tails[2];
        for (size_t k = 0; k < 2; k++) {
            char *begun = small_text("    death: ", values[i][k]);
            tails[k] = small_text(begun, "\n" TAIL);
            free(begun);
        }
        small_good(&plain, head, tails[0]);
        small_good(&scaled, head, tails[1]);
        ptrdiff_t at = frem_model_find(plain.model, "professions.a.death");
        assert_true(at >= 0);
        frem_change change = {.parameter = (size_t)at, .kind = FREM_CHANGE_MULTIPLY, .number = 0.7};
        frem_batch *batch = NULL;
        assert_int_equal(frem_batch_new(&batch, plain.model, 1, &change, 1, plain.diags), FREM_OK);
        const frem_series *changed = batch->views[0].series[at];
        const frem_series *written = series_of(&scaled, "professions.a.death");
        assert_int_equal(changed->size, written->size);
        for (size_t n = 0; n < written->size; n++)
            assert_true(changed->at[n] <= written->at[n] && changed->at[n] >= written->at[n]);
        frem_batch_free(batch);
        for (size_t k = 0; k < 2; k++)
            free(tails[k]);
        loaded_end(&plain);
        loaded_end(&scaled);
    }
}

/* What is kept is no parameter of its own. */
static void what_is_kept_is_no_parameter(void **state) {
    (void)state;
    loaded world = world_new();
    small_good(&world, head, DEATH("{from: 2023, value: 0.5, earlier: 0.1}"));
    assert_true(frem_model_find(world.model, "professions.a.death") >= 0);
    assert_int_equal(frem_model_find(world.model, "professions.a.death.earlier"), -1);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *tail, *problem;
    } bad[] = {
        {DEATH("{from: 2023, value: 0.5}"),
         "s.yaml:9:13: error: professions.a.death has nothing to keep for the years before 2023"},
        {DEATH("{value: 0.5, earlier: 0.1}"), "s.yaml:9:25: error: professions.a.death lacks the key 'from'"},
        {DEATH("{from: 2101, value: 0.5, earlier: 0.1}"),
         "s.yaml:9:13: error: professions.a.death: 2101 is far outside the years of the scenario, 2020 to "
         "2025"},
        {DEATH("{from: 1944, value: 0.5, earlier: 0.1}"),
         "s.yaml:9:13: error: professions.a.death: 1944 is far outside the years of the scenario, 2020 to "
         "2025"},
        {DEATH("{from: 2022, 2024: 0.1, then: hold, earlier: 0.1}"),
         "s.yaml:9:25: error: professions.a.death begins in 2024 and is needed from 2022"},
        {DEATH("{from: 2024, value: 0.5, earlier: {2020: 0.1, 2021: 0.2}}"),
         "s.yaml:9:58: error: professions.a.death.earlier ends in 2021 and is needed until 2023"},
        {DEATH("{from: 2024, value: 0.5, earlier: 1.5}"),
         "s.yaml:9:46: error: professions.a.death.earlier: 1.5 is outside 0 to 1"},
        {DEATH("{value: 0.5, times: 2.5}"),
         "s.yaml:9:20: error: professions.a.death: 0.5 times 2.5 is 1.25, outside 0 to 1"},
        {DEATH("{2020: 0.2, 2025: 0, between: linear, times: -3}"),
         "s.yaml:9:19: error: professions.a.death: 0.2 times -3 is -0.6, outside 0 to 1"},
        {DEATH("{table: rates.csv, column: rate, times: 6}"),
         "rates.csv:3:3: error: professions.a.death: 0.2 times 6 is 1.2, outside 0 to 1"},
        /* a total and numbers by region cannot be one */
        {"demand:\n  s:\n    employment: {a: 10}\n    split: equal\n    follows: constant\n"
         "    extra: {a: {from: 2022, value: 5, earlier: {table: rates.csv, column: rate}}}\n",
         "s.yaml:14:17: error: demand.s.extra.a is by region in some years and one total in others"},
        {"demand:\n  s:\n    employment: {a: {value: 10, from: 2022, earlier: 5}}\n    split: equal\n"
         "    follows: constant\n",
         "s.yaml:11:33: error: demand.s.employment.a cannot differ by year"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = world_new();
        small_refused(&world, head, bad[i].tail, bad[i].problem);
        loaded_end(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_before_are_kept_whatever_the_forms),
        cmocka_unit_test(dimensions_are_those_of_both),
        cmocka_unit_test(entry_years_are_kept_too),
        cmocka_unit_test(a_change_multiplies_like_times),
        cmocka_unit_test(what_is_kept_is_no_parameter),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
