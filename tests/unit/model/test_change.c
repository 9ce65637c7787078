/* Changes of values over what is there, in every form: every number of the series by hand. Years 2020 to 2025, regions x
 * and y; profession a. */
#include "small_model.h"

#include <math.h>

#include "model/model.h"
#include "scenario/scenario.h"

/* A scenario with sets laid over it, as far as its model. */
typedef struct changed {
    loaded files;
    frem_draft *draft;
} changed;

static frem_status change(changed *c, const char *death, const char *const *sets, size_t n) {
    char yaml[2048];
    *c = (changed){.files = small_new()};
    const char *folder = c->files.folder;
    frem_temp_write(folder, "regions.csv", "code,name\nx,Xby\ny,Yby\n");
    frem_temp_write(folder, "stock.csv", "age,persons\n30,50\n31,30\n");
    frem_temp_write(folder, "rates.csv", "region,rate\nx,0.1\ny,0.2\n");
    frem_temp_write(folder, "years.csv",
                    "year,rate\n2020,0.1\n2021,0.2\n2022,0.3\n2023,0.4\n2024,0.5\n2025,0.6\n");
    (void)snprintf(yaml, sizeof yaml,
                   "fremskriv: 1\nyears: {base: 2020, until: 2025}\nages: {from: 30, to: 31}\n"
                   "base_year: cohorts\nregions: {table: regions.csv}\nprofessions:\n  a:\n"
                   "    cohorts: {persons: {table: stock.csv, column: persons}, split: equal}\n"
                   "    death: %s\n"
                   "programmes:\n  k:\n    leads_to: a\n    intake: {2016: 100, 2018: 120, then: hold, "
                   "between: linear}\n    length: 1\n    completion: 1\n"
                   "    entry: {table: stock.csv, column: persons}\n    graduates_to: equal\n"
                   "demand:\n  s: {employment: {a: 10}, split: equal, follows: constant}\n",
                   death);
    frem_temp_write(folder, "w.yaml", yaml);
    char *path = frem_temp_path(folder, "w.yaml");
    frem_status status = frem_draft_new(&c->draft, c->files.sources, path, sets, n, c->files.diags);
    if (status == FREM_OK)
        status = frem_scenario_new(&c->files.scenario, c->draft, NULL, c->files.diags);
    if (status == FREM_OK)
        status = frem_model_new(&c->files.model, c->files.scenario, c->files.diags);
    free(path);
    return status;
}

static void change_end(changed *c) {
    frem_draft *draft = c->draft;
    loaded_end(&c->files);
    frem_draft_free(draft);
}

static double number(const changed *c, const char *path, int year, size_t region) {
    ptrdiff_t at = frem_model_find(c->files.model, path);
    assert_true(at >= 0);
    return frem_series_at(&c->files.model->series[at], year, region, 0, 0);
}

#define D "professions.a.death"

static void every_form_is_changed_from_a_year_on(void **state) {
    (void)state;
    static const struct {
        const char *death, *sets[3];
        double expected[2][6]; /* [region][year] */
    } cases[] = {
        /* a number */
        {"0.2", {D "*=1.5 from 2023"}, {{0.2, 0.2, 0.2, 0.3, 0.3, 0.3}, {0.2, 0.2, 0.2, 0.3, 0.3, 0.3}}},
        {"0.2", {D "+=0.05 from 2024"}, {{0.2, 0.2, 0.2, 0.2, 0.25, 0.25}, {0.2, 0.2, 0.2, 0.2, 0.25, 0.25}}},
        {"0.2", {D "=0.4 from 2024"}, {{0.2, 0.2, 0.2, 0.2, 0.4, 0.4}, {0.2, 0.2, 0.2, 0.2, 0.4, 0.4}}},
        /* a path: the line from 2020 to 2025 goes on, half as high again */
        {"{2020: 0.1, 2025: 0.6, between: linear}",
         {D "*=1.5 from 2023"},
         {{0.1, 0.2, 0.3, 0.6, 0.75, 0.9}, {0.1, 0.2, 0.3, 0.6, 0.75, 0.9}}},
        /* a growth counts from the base year whatever changes later */
        {"{start: 0.1, growth: 0.1}",
         {D "+=0.5 from 2022"},
         {{0.1, 0.11, 0.621, 0.6331, 0.64641, 0.661051}, {0.1, 0.11, 0.621, 0.6331, 0.64641, 0.661051}}},
        /* cells of the years from then on; cells of each region */
        {"{table: years.csv, column: rate}",
         {D "*=0.5 from 2024"},
         {{0.1, 0.2, 0.3, 0.4, 0.25, 0.3}, {0.1, 0.2, 0.3, 0.4, 0.25, 0.3}}},
        {"{table: rates.csv, column: rate}",
         {D "+=0.3 from 2021"},
         {{0.1, 0.4, 0.4, 0.4, 0.4, 0.4}, {0.2, 0.5, 0.5, 0.5, 0.5, 0.5}}},
        /* one change over another: (0.2 * 2 + 0.1) * 0.5 from 2024, 0.2 * 2 + 0.1 in 2023, 0.2 * 2 in 2022 */
        {"0.2",
         {D "*=2 from 2022", D "+=0.1 from 2023", D "*=0.5 from 2024"},
         {{0.2, 0.2, 0.4, 0.5, 0.25, 0.25}, {0.2, 0.2, 0.4, 0.5, 0.25, 0.25}}},
        /* a later one that begins earlier: 0.2 + 0.1, then 0.2 * 2 + 0.1 */
        {"0.2",
         {D "*=2 from 2024", D "+=0.1 from 2022"},
         {{0.2, 0.2, 0.3, 0.3, 0.5, 0.5}, {0.2, 0.2, 0.3, 0.3, 0.5, 0.5}}},
        /* of all years, over one from a year on */
        {"0.2",
         {D "*=2 from 2024", D "*=1.5"},
         {{0.3, 0.3, 0.3, 0.3, 0.6, 0.6}, {0.3, 0.3, 0.3, 0.3, 0.6, 0.6}}},
        /* from the base year on, and from after the last year on */
        {"0.2", {D "*=2 from 2020"}, {{0.4, 0.4, 0.4, 0.4, 0.4, 0.4}, {0.4, 0.4, 0.4, 0.4, 0.4, 0.4}}},
        {"0.2", {D "*=2 from 2026"}, {{0.2, 0.2, 0.2, 0.2, 0.2, 0.2}, {0.2, 0.2, 0.2, 0.2, 0.2, 0.2}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        changed c;
        size_t n = 0;
        while (n < 3 && cases[i].sets[n] != NULL)
            n++;
        assert_int_equal(change(&c, cases[i].death, cases[i].sets, n), FREM_OK);
        for (size_t k = 0; k < 12; k++)
            assert_close(number(&c, D, 2020 + (int)(k % 6), k / 6), cases[i].expected[k / 6][k % 6], 1e-14);
        change_end(&c);
    }
}

/* What is unknown counts as what it starts with, whatever lies over or under it. */
static void what_is_unknown_is_what_it_starts_with(void **state) {
    (void)state;
    static const struct {
        const char *death, *sets[2];
        double expected[2]; /* of region x in 2020 and 2024 */
    } cases[] = {
        {"{unknown: {min: 0.1, max: 0.5, start: 0.2}}", {NULL}, {0.2, 0.2}},
        {"{value: 0.3, unknown: {min: 0.1, max: 0.5, start: 0.2}}", {NULL}, {0.3, 0.3}},
        {"{unknown: {min: 0.1, max: 0.5, start: 0.2}}", {D "*=1.5"}, {0.3, 0.3}},
        {"{unknown: {min: 0.1, max: 0.5, start: 0.2}}", {D "=0.4"}, {0.4, 0.4}},
        {"{from: 2022, earlier: 0.1, unknown: {min: 0.1, max: 0.5, start: 0.2}}", {NULL}, {0.1, 0.2}},
        /* a factor and a sum over all that the value says */
        {"{table: rates.csv, column: rate, times: 2, add: 0.1, unknown: {as: times, min: 0.5, max: 2, start: "
         "1.5}}",
         {NULL},
         {0.45, 0.45}},
        {"{table: years.csv, column: rate, unknown: {as: add, min: 0, max: 0.5, start: 0.25}}",
         {NULL},
         {0.35, 0.75}},
        {"{table: years.csv, column: rate, unknown: {as: times, min: 0.5, max: 2}}", {NULL}, {0.1, 0.5}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        changed c;
        assert_int_equal(change(&c, cases[i].death, cases[i].sets, cases[i].sets[0] != NULL), FREM_OK);
        for (size_t k = 0; k < 2; k++)
            assert_close(number(&c, D, 2020 + 4 * (int)k, 0), cases[i].expected[k], 1e-14);
        change_end(&c);
    }
}

/* Entry cohorts begin before the base year, and so may a change. */
static void entry_years_change_too(void **state) {
    (void)state;
    changed c;
    static const char *const sets[] = {"programmes.k.intake*=2 from 2018"};
    assert_int_equal(change(&c, "0.1", sets, 1), FREM_OK);
    static const double expected[] = {100, 110, 240, 240, 240};
    for (int year = 2016; year <= 2020; year++)
        assert_close(number(&c, "programmes.k.intake", year, 0), expected[year - 2016], 1e-12);
    change_end(&c);
}

/* What a change of a factor that is left out starts from, and of need beside the driver. */
static void what_is_left_out_can_be_changed(void **state) {
    (void)state;
    changed c;
    static const char *const sets[] = {"demand.s.standard*=1.1 from 2022", "demand.s.extra.a+=50 from 2023"};
    assert_int_equal(change(&c, "0.1", sets, 2), FREM_OK);
    assert_close(number(&c, "demand.s.standard", 2021, 0), 1, 0);
    assert_close(number(&c, "demand.s.standard", 2022, 0), 1.1, 1e-15);
    assert_close(number(&c, "demand.s.extra.a", 2022, 0), 0, 0);
    assert_close(number(&c, "demand.s.extra.a", 2023, 0), 50, 0);
    change_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_changed_from_a_year_on),
        cmocka_unit_test(what_is_unknown_is_what_it_starts_with),
        cmocka_unit_test(entry_years_change_too),
        cmocka_unit_test(what_is_left_out_can_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
