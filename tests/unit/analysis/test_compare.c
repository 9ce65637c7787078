/* Comparisons: rows matched by what they are about, differences of unrounded numbers, sides that lack a row. */
#include "unit/model/small.h"

/* Reference: 2020-2022, areas 1 and 2; in order: name, years, persons, areas, a second profession. */
#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "name: %s\n"                                                                                             \
    "years: {base: 2020, until: %d}\n"                                                                       \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: %s}\n"                                                                                 \
    "professions:\n"                                                                                         \
    "  p: {cohorts: {persons: %s, ages: {table: ages.csv, column: persons}, split: equal}}\n"                \
    "%s"                                                                                                     \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 0}, split: equal, follows: constant}\n"

typedef struct pair {
    small world; /* folder, sources, problems, results */
    frem_scenario *scenarios[2];
    frem_model *models[2];
} pair;

static void load_one(pair *w, size_t i, const char *name, int until, const char *areas, const char *persons,
                     const char *more) {
    char yaml[4096], file[32];
    (void)snprintf(yaml, sizeof yaml, WORLD, name, until, areas, persons, more);
    (void)snprintf(file, sizeof file, "%zu.yaml", i);
    frem_temp_write(w->world.folder, file, yaml);
    char *path = frem_temp_path(w->world.folder, file);
    small_must(&w->world, frem_scenario_load(&w->scenarios[i], w->world.sources, path, w->world.diags),
               __FILE__, __LINE__);
    small_must(&w->world, frem_model_new(&w->models[i], w->scenarios[i], w->world.diags), __FILE__, __LINE__);
    free(path);
}

static void begin(pair *w) {
    *w = (pair){.scenarios = {NULL}};
    small_begin(&w->world);
    small_put(&w->world, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_put(&w->world, "two.csv", "code,name\n1,En\n2,To\n");
    small_put(&w->world, "three.csv", "code,name\n2,To\n3,Tre\n");
    small_put(&w->world, "other.csv", "code,name\n8,Otte\n9,Ni\n");
}

static void end(pair *w) {
    frem_results_free(w->world.results);
    w->world.results = NULL;
    for (size_t i = 0; i < 2; i++) {
        frem_model_free(w->models[i]);
        frem_scenario_free(w->scenarios[i]);
    }
    small_end(&w->world);
}

static frem_status compare(pair *w, size_t n) {
    const frem_model *const models[] = {w->models[0], w->models[1]};
    return frem_compare_new(&w->world.results, w->world.sources, models, n, &(frem_run_options){.threads = 1},
                            w->world.diags);
}

/* A number of the comparison. */
static double cell(const pair *w, int year, const char *region, const char *profession, const char *measure,
                   const char *column) {
    const frem_frame *t = frem_results_table(w->world.results);
    ptrdiff_t row = small_row(&w->world, year, region, profession, ALL, measure);
    if (row < 0)
        fail_msg("no row %d, %s, %s, %s", year, region, profession, measure);
    return frem_frame_numbers(t, (size_t)frem_frame_column(t, column))[row];
}

static void differences_are_of_unrounded_numbers(void **state) {
    (void)state;
    pair w;
    begin(&w);
    load_one(&w, 0, "a", 2022, "two.csv", "3", "");
    load_one(&w, 1, "b", 2022, "two.csv", "3.0000001", "");
    assert_int_equal(compare(&w, 2), FREM_OK);
    assert_close(cell(&w, 2020, "all", "p", "stock", "value"), 3.0000001, 1e-12);
    assert_close(cell(&w, 2020, "all", "p", "stock", "reference"), 3, 1e-12);
    assert_close(cell(&w, 2020, "all", "p", "stock", "difference"), 1e-7, 1e-14);
    assert_close(cell(&w, 2020, "all", "p", "stock", "percent"), 1e-5 / 3, 1e-12);
    assert_close(cell(&w, 2020, "1", "p", "stock", "difference"), 0.5e-7, 1e-14);
    /* Of a gap from 3 to 3.0000001 there is a difference and no percentage. */
    assert_close(cell(&w, 2020, "all", "p", "gap", "difference"), 1e-7, 1e-13);
    assert_true(isnan(cell(&w, 2020, "all", "p", "gap", "percent")));
    assert_true(isnan(cell(&w, 2020, "all", "p", "share_55_plus", "percent")));
    /* Nothing is a percentage of nothing. */
    assert_close(cell(&w, 2020, "all", "p", "demand", "difference"), 0, 0);
    assert_true(isnan(cell(&w, 2020, "all", "p", "demand", "percent")));
    /* Only the others are given. */
    const frem_frame *t = frem_results_table(w.world.results);
    for (size_t row = 0; row < frem_frame_rows(t); row++)
        assert_true(small_is(t, row, FREM_COL_SCENARIO, "b") && small_is(t, row, FREM_COL_VARIANT, "base"));
    const frem_document *d = frem_results_document(w.world.results);
    assert_int_equal(d->kind, FREM_TABLE_COMPARISON);
    for (size_t i = 0; i < d->n_notes; i++)
        assert_string_not_equal(d->notes[i].kind, "compared");
    end(&w);
}

/* A reference of 2020-2021 with areas 1 and 2 beside areas 2 and 3 to 2022, and a profession more. */
static void what_one_side_lacks_is_empty(void **state) {
    (void)state;
    pair w;
    begin(&w);
    load_one(&w, 0, "a", 2021, "two.csv", "2", "");
    load_one(&w, 1, "b", 2022, "three.csv", "4",
             "  q: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons}, split: equal}}\n");
    assert_int_equal(compare(&w, 2), FREM_OK);
    assert_close(cell(&w, 2020, "2", "p", "stock", "difference"), 1, 1e-12);
    assert_close(cell(&w, 2020, "2", "p", "stock", "percent"), 100, 1e-12);
    /* Only the reference: area 1. */
    assert_true(isnan(cell(&w, 2020, "1", "p", "stock", "value")));
    assert_close(cell(&w, 2020, "1", "p", "stock", "reference"), 1, 1e-12);
    assert_true(isnan(cell(&w, 2020, "1", "p", "stock", "difference")));
    assert_true(isnan(cell(&w, 2020, "1", "p", "stock", "percent")));
    /* Only the other: area 3, the profession q, the year 2022. */
    assert_true(isnan(cell(&w, 2020, "3", "p", "stock", "reference")));
    assert_close(cell(&w, 2020, "3", "p", "stock", "value"), 2, 1e-12);
    assert_true(isnan(cell(&w, 2020, "all", "q", "stock", "reference")));
    assert_true(isnan(cell(&w, 2022, "all", "p", "stock", "difference")));
    /* Years stand together and rise. */
    const frem_frame *t = frem_results_table(w.world.results);
    const int32_t *years = frem_frame_wholes(t, FREM_COL_YEAR);
    for (size_t row = 1; row < frem_frame_rows(t); row++)
        assert_true(years[row] >= years[row - 1]);
    /* The reader is given a note. */
    const frem_document *d = frem_results_document(w.world.results);
    const char *texts[3] = {NULL};
    size_t n = 0;
    for (size_t i = 0; i < d->n_notes; i++) {
        if (strcmp(d->notes[i].kind, "compared") == 0 && n < 3)
            texts[n++] = d->notes[i].text.text[FREM_EN];
    }
    assert_int_equal(n, 3);
    assert_text(texts[0], "b is of 2020–2022 and a of 2020–2021: other years have one side only");
    assert_text(texts[1], "other regions: 1 only in b, 1 only in a; they have one side only");
    assert_text(texts[2], "other professions: 2 only in b, 0 only in a; they have one side only");
    end(&w);
}

/* What only the reference has at the end of a year is before the other's later years. */
static void years_stay_together(void **state) {
    (void)state;
    pair w;
    begin(&w);
    load_one(&w, 0, "a", 2021, "two.csv", "2",
             "  q: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons}, split: equal}}\n");
    load_one(&w, 1, "b", 2023, "two.csv", "2", "");
    assert_int_equal(compare(&w, 2), FREM_OK);
    assert_true(isnan(cell(&w, 2021, "all", "q", "stock", "value")));
    const frem_frame *t = frem_results_table(w.world.results);
    const int32_t *years = frem_frame_wholes(t, FREM_COL_YEAR);
    for (size_t row = 1; row < frem_frame_rows(t); row++)
        assert_true(years[row] >= years[row - 1]);
    assert_int_equal(years[frem_frame_rows(t) - 1], 2023);
    end(&w);
}

static void check_refused(pair *w, size_t n, const char *problem) {
    assert_int_equal(compare(w, n), FREM_INVALID);
    assert_null(w->world.results);
    assert_text(frem_diags_at(w->world.diags, 0)->name, problem);
    end(w);
}

static void something_must_be_shared(void **state) {
    (void)state;
    pair w;
    begin(&w);
    load_one(&w, 0, "a", 2021, "two.csv", "2", "");
    check_refused(&w, 1, "compare-one");
    begin(&w);
    load_one(&w, 0, "a", 2021, "two.csv", "2", "");
    load_one(&w, 1, "a", 2021, "two.csv", "2", "");
    check_refused(&w, 2, "scenario-twice");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_of_unrounded_numbers),
        cmocka_unit_test(what_one_side_lacks_is_empty),
        cmocka_unit_test(years_stay_together),
        cmocka_unit_test(something_must_be_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
