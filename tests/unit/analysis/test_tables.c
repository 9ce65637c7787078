/* Stock by sex and age, and programmes by stage and specialisation, beside the results. */
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 20, to: 22}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 120, ages: {table: ages.csv, column: persons}, split: equal}\n"                  \
    "    permanent_exit: 0.1\n"                                                                              \
    "  q: {supply: none}\n"                                                                                  \
    "programmes:\n"                                                                                          \
    "  long:\n"                                                                                              \
    "    leads_to: p\n"                                                                                      \
    "    intake: {2018: 100, 2021: 200, between: step, then: hold, before: hold}\n"                          \
    "    stages:\n"                                                                                          \
    "      first: {length: 0.5, dropout: 0.2}\n"                                                             \
    "      second: {length: 0.5, dropout: 0.25}\n"                                                           \
    "    entry: {table: ages.csv, column: persons}\n"                                                        \
    "    graduates_to: {by: weights, weights: {table: areas.csv, column: weight}}\n"                         \
    "    outside: 0.5\n"                                                                                     \
    "    specialisations:\n"                                                                                 \
    "      one: {share: {2018: 0.2, 2021: 0.6, between: step, then: hold, before: hold}}\n"                  \
    "      two: {share: {2018: 0.8, 2021: 0.4, between: step, then: hold, before: hold}}\n"                  \
    "  own:\n"                                                                                               \
    "    leads_to: p\n"                                                                                      \
    "    places: {table: areas.csv, column: places}\n"                                                       \
    "    length: 1\n"                                                                                        \
    "    completion: 1\n"                                                                                    \
    "    entry: {table: ages.csv, column: persons}\n"                                                        \
    "demand: {job: {employment: {p: 10, q: 5}, split: equal, follows: constant}}\n"

static void load(small *w) {
    small_begin(w);
    small_put(w, "areas.csv",
              "code,name,side,weight,places\n1,En,west,1,10\n2,To,west,1,20\n3,Tre,east,2,0\n");
    small_put(w, "ages.csv", "sex,age,persons\nf,20,3\nf,21,2\nf,22,1\nm,20,0\nm,21,3\nm,22,3\n");
    small_load(w, WORLD);
    const frem_model *models[] = {w->model};
    small_must(w,
               frem_results_new(&w->results, w->sources, models, 1,
                                &(frem_run_options){.threads = 1, .with_tables = 1}, w->diags),
               __FILE__, __LINE__);
}

/* Whether a row's cells are these, NULL for any; `year` 0 for any. */
static bool is(const frem_frame *t, size_t row, int year, const char *const *columns,
               const char *const *keys) {
    if (year != 0 && frem_frame_wholes(t, (size_t)frem_frame_column(t, "year"))[row] != year)
        return false;
    for (size_t i = 0; columns[i] != NULL; i++) {
        size_t c = (size_t)frem_frame_column(t, columns[i]);
        if (keys[i] != NULL &&
            strcmp(frem_frame_label_text(t, c, frem_frame_label_codes(t, c)[row]), keys[i]) != 0)
            return false;
    }
    return true;
}

static double value(const frem_frame *t, size_t row) {
    return frem_frame_numbers(t, (size_t)frem_frame_column(t, "value"))[row];
}

/* Sum over sexes and ages; -1 where there is no row. */
static double stock(const small *w, int year, const char *region, const char *sex, int age) {
    static const char *const columns[] = {"region", "sex", "profession", NULL};
    const frem_frame *t = frem_results_document(w->results)->stock;
    double sum = 0;
    bool any = false;
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        if (!is(t, row, year, columns, (const char *[]){region, sex, "p"}) ||
            (age != 0 && frem_frame_wholes(t, (size_t)frem_frame_column(t, "age"))[row] != age))
            continue;
        any = true;
        sum += value(t, row);
    }
    return any ? sum : -1;
}

/* One row of the programmes; NaN where there is none. */
static double course(const small *w, int year, const char *region, const char *programme,
                     const char *specialisation, const char *stage, const char *measure) {
    static const char *const columns[] = {"region", "programme", "specialisation", "stage", "measure", NULL};
    const frem_frame *t = frem_results_document(w->results)->programmes;
    double found = (double)NAN;
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        if (!is(t, row, year, columns, (const char *[]){region, programme, specialisation, stage, measure}))
            continue;
        assert_true(isnan(found)); /* no row occurs twice */
        found = value(t, row);
    }
    return found;
}

static void nobody_asks_nothing_is_made(void **state) {
    (void)state;
    small w;
    load(&w);
    frem_results_free(w.results);
    assert_int_equal(small_project_try(&w), FREM_OK);
    assert_null(frem_results_document(w.results)->stock);
    assert_null(frem_results_document(w.results)->programmes);
    small_end(&w);
}

static void stock_of_the_base_year_is_as_given(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_close(stock(&w, 2020, "all", "f", 20), 30, 1e-12);
    assert_close(stock(&w, 2020, "all", "m", 22), 30, 1e-12);
    assert_close(stock(&w, 2020, "west", "f", 20), 20, 1e-12);
    assert_close(stock(&w, 2020, "east", "f", 20), 10, 1e-12);
    assert_close(stock(&w, 2020, "1", NULL, 0), -1, 0); /* of groups only */
    const frem_frame *t = frem_results_document(w.results)->stock;
    /* 3 years, 2 groups and the sum, 2 sexes, 3 ages; no one of q, which has no stock. */
    assert_int_equal(frem_frame_rows(t), 3 * 3 * 2 * 3);
    small_end(&w);
}

static void stock_sums_to_the_results(void **state) {
    (void)state;
    static const char *const regions[] = {"west", "east", "all"};
    small w;
    load(&w);
    for (int year = 2020; year <= 2022; year++) {
        for (size_t i = 0; i < 3; i++) {
            double all = small_value(&w, year, regions[i], "p", ALL, "stock");
            assert_close(stock(&w, year, regions[i], NULL, 0), all, 1e-9 * all);
        }
    }
    small_end(&w);
}

static void programmes_by_hand(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_close(course(&w, 2020, ALL, "long", ALL, ALL, "intake"), 100, 1e-9);
    /* A cohort of 2020 joins in 2021: 0.8 * 0.75 of it completes. Half of the graduates settle outside. */
    assert_close(course(&w, 2021, ALL, "long", ALL, ALL, "graduates"), 100 * 0.6 * 0.5, 1e-9);
    assert_close(course(&w, 2022, ALL, "long", ALL, ALL, "graduates"), 200 * 0.6 * 0.5, 1e-9);
    assert_close(course(&w, 2022, "west", "long", ALL, ALL, "graduates"), 200 * 0.6 * 0.5 / 2, 1e-9);
    /* Who settles outside counts where the others do, as in the results. */
    assert_close(course(&w, 2021, "east", "long", ALL, ALL, "intake"), 100, 1e-9);
    assert_close(course(&w, 2021, ALL, "long", ALL, "first", "dropouts"), 20, 1e-9);
    assert_close(course(&w, 2021, ALL, "long", ALL, "second", "dropouts"), 20, 1e-9);
    assert_true(isnan(course(&w, 2020, ALL, "long", ALL, ALL, "graduates"))); /* ends no step */
    assert_true(isnan(course(&w, 2021, ALL, "long", ALL, ALL, "places")));    /* the scenario has none */
    assert_true(isnan(course(&w, 2021, ALL, "long", ALL, "first", "intake")));
    /* Each region's own places. */
    assert_close(course(&w, 2021, ALL, "own", ALL, ALL, "places"), 30, 1e-9);
    assert_close(course(&w, 2021, "west", "own", ALL, ALL, "places"), 30, 1e-9);
    assert_close(course(&w, 2021, "east", "own", ALL, ALL, "graduates"), 0, 1e-9);
    small_end(&w);
}

/* Each cohort keeps the share of its own entry year. */
static void specialisations_by_hand(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_close(course(&w, 2020, ALL, "long", "one", ALL, "intake"), 20, 1e-9);
    assert_close(course(&w, 2021, ALL, "long", "one", ALL, "intake"), 120, 1e-9);
    assert_close(course(&w, 2021, ALL, "long", "one", ALL, "graduates"), 100 * 0.6 * 0.5 * 0.2, 1e-9);
    assert_close(course(&w, 2022, ALL, "long", "one", ALL, "graduates"), 200 * 0.6 * 0.5 * 0.6, 1e-9);
    assert_close(course(&w, 2022, ALL, "long", "two", ALL, "dropouts"), 200 * 0.4 * 0.4, 1e-9);
    assert_true(isnan(course(&w, 2021, ALL, "long", "one", "first", "students")));
    small_end(&w);
}

static void parts_sum_to_programmes_and_programmes_to_results(void **state) {
    (void)state;
    static const char *const regions[] = {"west", "east", "all"};
    static const char *const measures[] = {"intake", "students", "dropouts", "graduates", "places"};
    small w;
    load(&w);
    for (int year = 2021; year <= 2022; year++) {
        for (size_t i = 0; i < 15; i++) {
            const char *region = regions[i / 5], *m = measures[i % 5];
            double whole = course(&w, year, region, "long", ALL, ALL, m);
            double own = course(&w, year, region, "own", ALL, ALL, m);
            if (!isnan(whole))
                assert_close(course(&w, year, region, "long", "one", ALL, m) +
                                 course(&w, year, region, "long", "two", ALL, m),
                             whole, 1e-9 * (1 + whole));
            if (i % 5 == 1 || i % 5 == 2)
                assert_close(course(&w, year, region, "long", ALL, "first", m) +
                                 course(&w, year, region, "long", ALL, "second", m),
                             whole, 1e-9 * (1 + whole));
            double results = small_value(&w, year, region, "p", ALL, m);
            assert_close((isnan(whole) ? 0 : whole) + own, results, 1e-9 * (1 + results));
        }
    }
    small_end(&w);
}

/* Shares that the scenario does not give make no rows, and are no error: no one divides places here. */
static void shares_that_are_not_told_are_left_out(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(&w, "fremskriv: 1\n"
                   "years: {base: 2020, until: 2021}\n"
                   "ages: {from: 20, to: 21}\n"
                   "base_year: cohorts\n"
                   "professions: {p: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons}}}}\n"
                   "programmes:\n"
                   "  a:\n"
                   "    leads_to: p\n"
                   "    intake: {2019: 10, then: hold}\n"
                   "    length: 2\n"
                   "    completion: 1\n"
                   "    entry: {table: ages.csv, column: persons}\n"
                   "    specialisations:\n"
                   "      x: {share: {2020: 0.4, then: hold}}\n"
                   "      y: {share: {2020: 0.6, then: hold}}\n"
                   "demand: {j: {employment: {p: 1}, follows: constant}}\n");
    const frem_model *models[] = {w.model};
    assert_int_equal(frem_results_new(&w.results, w.sources, models, 1,
                                      &(frem_run_options){.threads = 1, .with_tables = 1}, w.diags),
                     FREM_OK);
    assert_close(course(&w, 2021, ALL, "a", "x", ALL, "intake"), 4, 1e-9);
    assert_true(isnan(course(&w, 2021, ALL, "a", "x", ALL, "graduates"))); /* who began in 2019 */
    assert_close(course(&w, 2021, ALL, "a", ALL, ALL, "intake"), 10, 1e-9);
    /* A scenario without sexes has one, called all. */
    assert_close(stock(&w, 2020, ALL, ALL, 20), 0.5, 1e-12);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_asks_nothing_is_made),
        cmocka_unit_test(stock_of_the_base_year_is_as_given),
        cmocka_unit_test(stock_sums_to_the_results),
        cmocka_unit_test(programmes_by_hand),
        cmocka_unit_test(specialisations_by_hand),
        cmocka_unit_test(parts_sum_to_programmes_and_programmes_to_results),
        cmocka_unit_test(shares_that_are_not_told_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
