/* Sweeps: the points of grids and Sobol designs, which rows are made, and that a point is the scenario with its numbers. */
#include "analysis/sweep.h"
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2024}\n"                                                                     \
    "ages: {from: 60, to: 66}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 70, ages: {table: ages.csv, column: persons}, split: equal}\n"                   \
    "    participation: %s\n"                                                                                \
    "    death: 0.01\n"                                                                                      \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 30}, split: equal, follows: constant, standard: 1, share_change: {p: 0}}\n"

static void load(small *w, const char *participation) {
    char yaml[4096];
    (void)snprintf(yaml, sizeof yaml, WORLD, participation);
    small_begin(w);
    small_put(w, "areas.csv", "code,name,side\n1,En,west\n2,To,east\n3,Tre,east\n");
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,1\n66,1\n");
    small_load(w, yaml);
}

static frem_status plan(const small *w, frem_sweep **sweep, const frem_sweep_options *options) {
    const frem_model *models[] = {w->model};
    return frem_sweep_new(sweep, models, 1, options, w->diags);
}

static void must_plan(const small *w, frem_sweep **sweep, const frem_sweep_options *options) {
    small_must(w, plan(w, sweep, options), __FILE__, __LINE__);
}

static void grids_have_exact_decimals(void **state) {
    (void)state;
    static const double expected[] = {0.70, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76, 0.77, 0.78, 0.79, 0.80};
    small w;
    frem_sweep *sweep;
    load(&w, "0.9");
    const char *one[] = {"professions.p.participation=0.70:0.80:0.01"};
    must_plan(&w, &sweep, &(frem_sweep_options){.vary = one, .n_vary = 1});
    assert_int_equal(frem_sweep_points(sweep), 11);
    for (size_t i = 0; i < 11; i++) {
        double value;
        assert_int_equal(frem_sweep_values(sweep, i, &value), FREM_OK);
        assert_close(value, expected[i], 0); /* the very double that 0.71 is */
    }
    frem_sweep_free(sweep);
    /* Downwards, and other decimals in each number. */
    const char *down[] = {"professions.p.death=0.1:0:-0.025"};
    must_plan(&w, &sweep, &(frem_sweep_options){.vary = down, .n_vary = 1});
    assert_int_equal(frem_sweep_points(sweep), 5);
    double value;
    assert_int_equal(frem_sweep_values(sweep, 1, &value), FREM_OK);
    assert_close(value, 0.075, 0);
    frem_sweep_free(sweep);
    small_end(&w);
}

static void the_last_parameter_changes_fastest(void **state) {
    (void)state;
    static const double expected[][2] = {{0.5, 3}, {0.5, 1}, {0.5, 2}, {0.6, 3}, {0.6, 1}, {0.6, 2}};
    const char *two[] = {"professions.p.participation=0.5:0.6:0.1", "demand.job.standard*=3,1,2"};
    small w;
    frem_sweep *sweep;
    load(&w, "0.9");
    must_plan(&w, &sweep, &(frem_sweep_options){.vary = two, .n_vary = 2});
    assert_int_equal(frem_sweep_points(sweep), 6);
    assert_text(sweep->varied[0].column, "professions.p.participation");
    assert_text(sweep->varied[1].column, "demand.job.standard*");
    for (size_t i = 0; i < 6; i++) {
        double values[2];
        assert_int_equal(frem_sweep_values(sweep, i, values), FREM_OK);
        assert_close(values[0], expected[i][0], 0);
        assert_close(values[1], expected[i][1], 0);
    }
    frem_sweep_free(sweep);
    small_end(&w);
}

static void sobol_points_lie_between_the_ends(void **state) {
    (void)state;
    static const double expected[][2] = {{0.75, 3}, {0.875, 2}, {0.625, 4}, {0.6875, 2.5}};
    const char *two[] = {"professions.p.participation=0.5:1", "demand.job.standard=1:5"};
    small w;
    frem_sweep *sweep;
    load(&w, "0.9");
    must_plan(&w, &sweep,
              &(frem_sweep_options){.vary = two, .n_vary = 2, .design = FREM_DESIGN_SOBOL, .points = 4});
    assert_int_equal(frem_sweep_points(sweep), 4);
    for (size_t k = 0; k < 8; k++) { /* also backwards */
        size_t i = k < 4 ? k : 7 - k;
        double values[2];
        assert_int_equal(frem_sweep_values(sweep, i, values), FREM_OK);
        assert_close(values[0], expected[i][0], 1e-15);
        assert_close(values[1], expected[i][1], 1e-15);
    }
    frem_sweep_free(sweep);
    small_end(&w);
}

/* ---- rows ---- */

/* What the parts of a sweep hold. */
typedef struct collected {
    double values[2048];
    int32_t points[2048], years[2048];
    size_t n;
} collected;

static frem_status collect(void *context, const frem_frame *part) {
    collected *c = context;
    size_t year = (size_t)frem_frame_column(part, "year"), value = (size_t)frem_frame_column(part, "value");
    for (size_t row = 0; row < frem_frame_rows(part); row++) {
        assert_true(c->n < 2048);
        c->points[c->n] = frem_frame_wholes(part, 2)[row];
        c->years[c->n] = frem_frame_wholes(part, year)[row];
        c->values[c->n++] = frem_frame_numbers(part, value)[row];
    }
    return FREM_OK;
}

static void run(const small *w, const frem_sweep_options *options, unsigned threads, collected *out) {
    frem_sweep *sweep;
    must_plan(w, &sweep, options);
    out->n = 0;
    frem_status status =
        frem_sweep_run(sweep, &(frem_run_options){.threads = threads}, collect, out, w->diags);
    small_must(w, status, __FILE__, __LINE__);
    frem_sweep_free(sweep);
}

/* The scenario's own value, alone and among others, is the projection to the last bit. */
static void a_point_with_the_own_value_is_the_projection(void **state) {
    (void)state;
    static const char *const lists[] = {"professions.p.participation=0.9",
                                        "professions.p.participation=0.8,0.9", "demand.job.standard=2,1"};
    small w;
    collected *c = calloc(1, sizeof *c);
    assert_non_null(c);
    load(&w, "0.9");
    assert_int_equal(small_project_try(&w), FREM_OK);
    const frem_frame *t = frem_results_table(w.results);
    size_t n = frem_frame_rows(t);
    for (size_t i = 0; i < 3; i++) {
        size_t before = i == 0 ? 0 : n; /* rows of the point that is another */
        run(&w,
            &(frem_sweep_options){
                .vary = &lists[i], .n_vary = 1, .measures = "every", .regions = "every", .sectors = "every"},
            1, c);
        assert_int_equal(c->n, before + n);
        const double *values = frem_frame_numbers(t, FREM_COL_VALUE);
        assert_memory_equal(values, c->values + before, n * sizeof *values);
        assert_memory_equal(frem_frame_wholes(t, FREM_COL_YEAR), c->years + before, n * sizeof(int32_t));
    }
    free(c);
    small_end(&w);
}

/* Before and in the base year nothing changes; after it the point is the scenario with a path. */
static void a_point_touches_the_years_after_the_base_year(void **state) {
    (void)state;
    const char *one[] = {"professions.p.participation=0.5,0.7"};
    const frem_sweep_options options = {
        .vary = one, .n_vary = 1, .measures = "supply", .regions = "all", .professions = "p"};
    small w, path;
    collected c;
    load(&w, "0.9");
    run(&w, &options, 1, &c);
    assert_int_equal(c.n, 10);
    load(&path, "{2020: 0.9, 2021: 0.7, then: hold}");
    assert_int_equal(small_project_try(&path), FREM_OK);
    for (int year = 2020; year <= 2024; year++) {
        size_t at = (size_t)(year - 2020);
        assert_int_equal(c.points[at], 1);
        assert_int_equal(c.points[5 + at], 2);
        assert_int_equal(c.years[5 + at], year);
        assert_close(c.values[5 + at], small_value(&path, year, ALL, "p", ALL, "supply"), 0);
    }
    assert_close(c.values[0], 63, 1e-12);
    assert_close(c.values[1] / c.values[6], 5.0 / 7, 1e-12);
    small_end(&path);
    small_end(&w);
}

static void rows_are_those_that_are_asked_for(void **state) {
    (void)state;
    const char *one[] = {"demand.job.standard=1,2"};
    const struct {
        frem_sweep_options options;
        size_t rows; /* of a point */
    } cases[] = {
        {{.measures = NULL}, 5 * 3 * 5},                     /* years, all and two groups, five measures */
        {{.measures = "gap"}, 5 * 3},                        /* */
        {{.measures = "gap", .regions = "every"}, 5 * 6},    /* three areas besides */
        {{.measures = "gap", .regions = "groups"}, 5 * 2},   /* */
        {{.measures = "gap", .regions = "2,all"}, 5 * 2},    /* */
        {{.measures = "gap", .years = "2021,2023-2030"}, 9}, /* */
        {{.measures = "demand", .sectors = "job"}, 5 * 3},   /* */
        {{.measures = "demand", .sectors = "every"}, 5 * 3 * 2},
        {{.measures = "gap", .regions = "all", .professions = "p"}, 5},
    };
    small w;
    collected *c = calloc(1, sizeof *c);
    assert_non_null(c);
    load(&w, "0.9");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        frem_sweep_options options = cases[i].options;
        options.vary = one;
        options.n_vary = 1;
        run(&w, &options, 1, c);
        if (c->n != 2 * cases[i].rows)
            fail_msg("case %zu has %zu rows", i, c->n);
    }
    free(c);
    small_end(&w);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    const char *one[] = {"professions.p.participation=0.5:0.9:0.005"}; /* 81 points in 6 blocks */
    const frem_sweep_options options = {.vary = one, .n_vary = 1, .measures = "supply", .regions = "all"};
    small w;
    collected *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);
    assert_true(a != NULL && b != NULL);
    load(&w, "0.9");
    run(&w, &options, 1, a);
    assert_int_equal(a->n, 81 * 5);
    for (unsigned threads = 2; threads <= 7; threads += 5) {
        run(&w, &options, threads, b);
        assert_memory_equal(a, b, sizeof *a);
    }
    free(a);
    free(b);
    small_end(&w);
}

/* ---- problems ---- */

static void bad_wishes_are_refused(void **state) {
    (void)state;
    const struct {
        const char *vary;
        frem_sweep_options more;
        const char *problem;
    } cases[] = {
        {"professions.p.participation", {.points = 0}, "vary-form"},
        {"=1", {.points = 0}, "vary-form"},
        {"professions.p.participation=", {.points = 0}, "vary-form"},
        {"professions.p.participation=0.1:0.2", {.points = 0}, "vary-form"},
        {"professions.p.participation=0.1:0.2:0.1:1", {.points = 0}, "vary-form"},
        {"professions.p.participation=0.1,x", {.points = 0}, "number-form"},
        {"professions.p.participation=1e-1:1:0.1", {.points = 0}, "vary-digits"},
        {"professions.p.participation=0.1:0.2:0.03", {.points = 0}, "vary-step"},
        {"professions.p.participation=0.1:0.2:-0.1", {.points = 0}, "vary-step"},
        {"professions.p.participation=0.1:0.2:0", {.points = 0}, "vary-step"},
        {"professions.p.participation=0:1:0.0000001", {.points = 0}, "sweep-points"},
        {"professions.p.particpation=0.1", {.points = 0}, "vary-unknown"},
        {"base_year=0.1", {.points = 0}, "vary-unknown"},
        {"professions.p.unemployment=0.1", {.points = 0}, "vary-not-given"},
        {"professions.q.unemployment=0.1", {.points = 0}, "vary-unknown"},
        {"professions.p.participation=0.9:1.1:0.1", {.points = 0}, "out-of-range"},
        {"professions.p.participation*=1,1.2", {.points = 0}, "out-of-range"},
        {"professions.p.participation=0.1:1.2", {.design = FREM_DESIGN_SOBOL, .points = 8}, "out-of-range"},
        {"professions.p.participation=0.1,0.2", {.design = FREM_DESIGN_SOBOL, .points = 8}, "vary-form"},
        {"professions.p.participation=0.1:0.2", {.design = FREM_DESIGN_SOBOL}, "design-points"},
        {"professions.p.participation=0.1", {.points = 5}, "points-design"},
        {"professions.p.participation=0.1", {.measures = "gab"}, "sweep-filter"},
        {"professions.p.participation=0.1", {.regions = "groups,4"}, "sweep-filter"},
        {"professions.p.participation=0.1", {.years = "2019"}, "sweep-filter"},
        {"professions.p.participation=0.1", {.years = "2021-"}, "sweep-filter"},
        {"professions.p.participation=0.1", {.professions = "groups"}, "sweep-filter"},
        {"professions.p.participation=0.1", {.sectors = ""}, "sweep-filter"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small w;
        frem_sweep *sweep;
        frem_sweep_options options = cases[i].more;
        load(&w, "0.9");
        options.vary = &cases[i].vary;
        options.n_vary = 1;
        if (plan(&w, &sweep, &options) != FREM_USAGE || sweep != NULL || frem_diags_count(w.diags) != 1 ||
            strcmp(frem_diags_at(w.diags, 0)->name, cases[i].problem) != 0) {
            char *text = small_problem(&w);
            fail_msg("%s (%zu): %s", cases[i].vary, i, text);
        }
        small_end(&w);
    }
}

static void a_parameter_is_varied_once(void **state) {
    (void)state;
    const char *twice[] = {"demand.job.standard=1", "demand.job.standard*=1"};
    small w;
    frem_sweep *sweep;
    load(&w, "0.9");
    assert_int_equal(plan(&w, &sweep, &(frem_sweep_options){.vary = twice, .n_vary = 2}), FREM_USAGE);
    assert_text(frem_diags_at(w.diags, 0)->name, "vary-twice");
    assert_int_equal(plan(&w, &sweep, &(frem_sweep_options){.n_vary = 0}), FREM_USAGE);
    assert_text(frem_diags_at(w.diags, 1)->name, "vary-nothing");
    small_end(&w);
}

/* GSL would vary the 41st parameter to 0 without a word. */
static void a_sobol_design_has_an_end(void **state) {
    (void)state;
    enum { MANY = FREM_SOBOL_MAX + 1 };
    char yaml[8192], texts[MANY][48];
    const char *vary[MANY];
    small w;
    frem_sweep *sweep;
    small_begin(&w);
    small_put(&w, "areas.csv", "code,name,side\n1,En,west\n");
    small_put(&w, "ages.csv", "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,1\n66,1\n");
    (void)snprintf(yaml, sizeof yaml, WORLD, "0.9");
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml),
                       "  s%zu: {employment: {p: 1}, split: equal, follows: constant, standard: 1}\n", i);
        (void)snprintf(texts[i], sizeof texts[i], "demand.s%zu.standard=1:2", i);
        vary[i] = texts[i];
    }
    small_load(&w, yaml);
    frem_sweep_options options = {.vary = vary, .n_vary = MANY, .design = FREM_DESIGN_SOBOL, .points = 2};
    assert_int_equal(plan(&w, &sweep, &options), FREM_USAGE);
    assert_text(frem_diags_at(w.diags, 0)->name, "sobol-dimensions");
    options.n_vary = FREM_SOBOL_MAX;
    must_plan(&w, &sweep, &options);
    double values[FREM_SOBOL_MAX];
    assert_int_equal(frem_sweep_values(sweep, 0, values), FREM_OK);
    for (size_t i = 0; i < FREM_SOBOL_MAX; i++)
        assert_close(values[i], 1.5, 0);
    frem_sweep_free(sweep);
    small_end(&w);
}

/* What only shows when a point is compiled is reported with the point: the lowest one, for any number of threads. */
static void a_point_that_is_no_scenario_is_named(void **state) {
    (void)state;
    const char *one[] = {"demand.job.share_change.p=0:0.1:0.001"};
    for (unsigned threads = 1; threads <= 4; threads++) {
        small w;
        frem_sweep *sweep;
        collected *c = calloc(1, sizeof *c);
        assert_non_null(c);
        load(&w, "0.9");
        must_plan(&w, &sweep,
                  &(frem_sweep_options){.vary = one, .n_vary = 1, .measures = "gap", .years = "2024"});
        assert_int_equal(frem_sweep_run(sweep, &(frem_run_options){.threads = threads}, collect, c, w.diags),
                         FREM_INVALID);
        assert_int_equal(frem_diags_count(w.diags), 2);
        assert_text(frem_diags_at(w.diags, 0)->name, "changes-sum");
        char *text = frem_diag_text(frem_diags_at(w.diags, 1), FREM_EN);
        assert_text(text, "fremskriv: error: point 2 cannot be projected: demand.job.share_change.p=0.001");
        free(text);
        free(c);
        frem_sweep_free(sweep);
        small_end(&w);
    }
}

static void no_rows_are_a_problem(void **state) {
    (void)state;
    const char *one[] = {"demand.job.standard=1,2"};
    small w;
    frem_sweep *sweep;
    collected c;
    load(&w, "0.9");
    must_plan(&w, &sweep, &(frem_sweep_options){.vary = one, .n_vary = 1, .measures = "cost"});
    assert_int_equal(frem_sweep_run(sweep, &(frem_run_options){.threads = 1}, collect, &c, w.diags),
                     FREM_INVALID);
    assert_text(frem_diags_at(w.diags, 0)->name, "sweep-empty");
    frem_sweep_free(sweep);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grids_have_exact_decimals),
        cmocka_unit_test(the_last_parameter_changes_fastest),
        cmocka_unit_test(sobol_points_lie_between_the_ends),
        cmocka_unit_test(a_point_with_the_own_value_is_the_projection),
        cmocka_unit_test(a_point_touches_the_years_after_the_base_year),
        cmocka_unit_test(rows_are_those_that_are_asked_for),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(bad_wishes_are_refused),
        cmocka_unit_test(a_parameter_is_varied_once),
        cmocka_unit_test(a_sobol_design_has_an_end),
        cmocka_unit_test(a_point_that_is_no_scenario_is_named),
        cmocka_unit_test(no_rows_are_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
