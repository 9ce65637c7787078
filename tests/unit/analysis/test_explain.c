/* What an explanation knows of each value: its layers, its place, its numbers. */
#include "analysis/explain.h"
#include "base/text.h"
#include "unit/model/small.h"

#define LOW                                                                                                  \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: {table: ages.csv, column: persons}}\n"                                           \
    "    participation: {value: 0.9, source: low}\n"                                                         \
    "    unemployment: 0.05\n"                                                                               \
    "    retirement: {kind: exit, age: law, leaves: {mean: 0, spread: 2}, earliest: 55, latest: 70}\n"       \
    "retirement_ages: {law: {born: {1900-01-01: 65}}}\n"                                                     \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: {value: 10, source: a register}}, follows: constant}\n"
#define MIDDLE                                                                                               \
    "fremskriv: 1\n"                                                                                         \
    "extends: low.yaml\n"                                                                                    \
    "professions: {p: {participation: {value: 0.8, unit: part, source: middle}}}\n"
#define TOP                                                                                                  \
    "fremskriv: 1\n"                                                                                         \
    "extends: middle.yaml\n"                                                                                 \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    participation: {from: 2021, value: 0.7}\n"                                                          \
    "variants:\n"                                                                                            \
    "  v:\n"                                                                                                 \
    "    professions: {p: {participation: 0.6}}\n"

typedef struct layers {
    small w;
    frem_draft *draft;
    frem_explanation *e;
} layers;

static void begin(layers *l, const char *const *sets, size_t n) {
    *l = (layers){.draft = NULL};
    small_begin(&l->w);
    small_put(&l->w, "ages.csv", "age,persons\n60,3\n61,4\n");
    small_put(&l->w, "low.yaml", LOW);
    small_put(&l->w, "middle.yaml", MIDDLE);
    small_put(&l->w, "w.yaml", TOP);
    char *path = frem_temp_path(l->w.folder, "w.yaml");
    assert_int_equal(frem_draft_new(&l->draft, l->w.sources, path, sets, n, l->w.diags), FREM_OK);
    free(path);
}

static void end(layers *l) {
    frem_explanation_free(l->e);
    frem_model_free(l->w.model);
    frem_scenario_free(l->w.scenario);
    frem_draft_free(l->draft);
    l->w.model = NULL;
    l->w.scenario = NULL;
    small_end(&l->w);
}

/* The one value at a path. */
static const frem_explained *explain(layers *l, const char *variant, const char *path) {
    frem_explanation_free(l->e);
    frem_model_free(l->w.model);
    frem_scenario_free(l->w.scenario);
    l->e = NULL;
    l->w.model = NULL;
    small_must(&l->w, frem_scenario_new(&l->w.scenario, l->draft, variant, l->w.diags), __FILE__, __LINE__);
    small_must(&l->w, frem_model_new(&l->w.model, l->w.scenario, l->w.diags), __FILE__, __LINE__);
    const frem_model *models[] = {l->w.model};
    assert_int_equal(frem_explanation_new(&l->e, models, 1, path, l->w.diags), FREM_OK);
    assert_true(l->e->one);
    assert_int_equal(l->e->scenarios[0].n, 1);
    return &l->e->scenarios[0].values[0];
}

static void expect_place(frem_place place, const char *file, unsigned line, unsigned column) {
    const char *name = strrchr(place.file, '/');
    assert_text(name != NULL ? name + 1 : place.file, file);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void three_layers_are_told_from_the_top(void **state) {
    (void)state;
    layers l;
    begin(&l, NULL, 0);
    const frem_explained *v = explain(&l, NULL, "professions.p.participation");
    expect_place(v->said->place, "w.yaml", 5, 5);
    assert_null(v->said->as.source.text[FREM_EN]);
    assert_int_equal(v->n_lower, 2);
    expect_place(v->lower[0].place, "middle.yaml", 3, 19);
    assert_text(v->lower[0].value, "0.8");
    assert_text(v->lower[0].unit, "part");
    assert_text(v->lower[0].source.text[FREM_EN], "middle");
    assert_int_equal(v->lower[0].over, FREM_OVER_KEPT);
    expect_place(v->lower[1].place, "low.yaml", 8, 5);
    assert_text(v->lower[1].value, "0.9");
    assert_text(v->lower[1].source.text[FREM_DA], "low");
    assert_int_equal(v->lower[1].over, FREM_OVER_REPLACED);
    end(&l);
}

static void numbers_are_those_that_the_model_reads(void **state) {
    (void)state;
    layers l;
    begin(&l, NULL, 0);
    const frem_explained *v = explain(&l, NULL, "professions.p.participation");
    assert_true(v->parameter);
    assert_true(v->numbers.given && v->numbers.by_year && !v->numbers.summed);
    assert_int_equal(v->numbers.first_year, 2020);
    assert_int_equal(v->numbers.years, 3);
    assert_close(v->numbers.low[0], 0.8, 1e-12);
    assert_close(v->numbers.low[1], 0.7, 1e-12);
    assert_close(v->numbers.high[2], 0.7, 1e-12);
    v = explain(&l, NULL, "professions.p.cohorts.persons");
    assert_true(v->numbers.by_age && v->numbers.summed && !v->numbers.by_year);
    assert_int_equal(v->numbers.years, 1);
    assert_close(v->numbers.low[0], 7, 1e-12);
    assert_int_equal(v->n_tables, 1);
    assert_text(v->tables[0]->name, "ages.csv");
    end(&l);
}

static void a_variant_lies_over_all(void **state) {
    (void)state;
    layers l;
    begin(&l, NULL, 0);
    const frem_explained *v = explain(&l, "v", "professions.p.participation");
    assert_text(v->said->as.value, "0.6");
    expect_place(v->said->place, "w.yaml", 8, 23);
    assert_int_equal(v->n_lower, 3);
    expect_place(v->lower[0].place, "w.yaml", 5, 5);
    assert_int_equal(v->lower[0].over, FREM_OVER_REPLACED);
    expect_place(v->lower[2].place, "low.yaml", 8, 5);
    end(&l);
}

static void sets_stand_on_the_command_line(void **state) {
    (void)state;
    layers l;
    static const char *const sets[] = {"professions.p.unemployment*=2", "demand.job.employment.p.value=12",
                                       "demand.job.follows={sector: job2}", "demand.job.follows=constant"};
    begin(&l, sets, 4);
    const frem_explained *v = explain(&l, NULL, "professions.p.unemployment");
    assert_text(v->said->as.value, "0.05 {times: 2}");
    expect_place(v->said->place, "--set", 1, 15);
    assert_int_equal(v->n_lower, 1);
    assert_int_equal(v->lower[0].over, FREM_OVER_CHANGED);
    assert_close(v->numbers.low[0], 0.1, 1e-12);
    /* One key inside the value: the rest of it still says where it comes from. */
    v = explain(&l, NULL, "demand.job.employment.p");
    assert_text(v->said->as.value, "12");
    assert_text(v->said->as.source.text[FREM_DA], "a register");
    expect_place(v->said->place, "--set", 2, 25);
    assert_int_equal(v->lower[0].over, FREM_OVER_CHANGED);
    expect_place(v->lower[0].place, "low.yaml", 13, 22);
    assert_text(v->lower[0].value, "10");
    /* A word over a mapping over a word. */
    v = explain(&l, NULL, "demand.job.follows");
    assert_text(v->said->as.path, "demand.job.follows.driver");
    assert_int_equal(v->n_lower, 2);
    assert_text(v->lower[0].value, "{sector: job2}");
    assert_text(v->lower[1].value, "constant");
    end(&l);
}

static void a_mapping_over_a_word_tells_of_it(void **state) {
    (void)state;
    layers l;
    static const char *const sets[] = {"demand.job.follows={series: {2020: 1, 2022: 2, between: linear}}"};
    begin(&l, sets, 1);
    const frem_explained *v = explain(&l, NULL, "demand.job.follows.series");
    assert_int_equal(v->n_lower, 1);
    assert_text(v->lower[0].value, "constant");
    expect_place(v->lower[0].place, "low.yaml", 13, 59);
    assert_int_equal(v->lower[0].over, FREM_OVER_REPLACED);
    assert_close(v->numbers.low[1], 1.5, 1e-12);
    end(&l);
}

static void paths_inside_a_value_and_above_some(void **state) {
    (void)state;
    layers l;
    begin(&l, NULL, 0);
    assert_text(explain(&l, NULL, "professions.p.participation.earlier.value")->said->as.path,
                "professions.p.participation");
    const frem_model *models[] = {l.w.model};
    frem_explanation_free(l.e);
    assert_int_equal(frem_explanation_new(&l.e, models, 1, "professions.p.retirement.leaves", l.w.diags),
                     FREM_OK);
    assert_int_equal(l.e->scenarios[0].n, 3); /* mean, spread and the default of response */
    assert_false(l.e->one);
    end(&l);
}

static void defaults_have_no_place(void **state) {
    (void)state;
    layers l;
    begin(&l, NULL, 0);
    const frem_explained *v = explain(&l, NULL, "ages.oldest");
    assert_text(v->said->as.value, "open");
    assert_null(v->said->pair);
    assert_int_equal(v->n_allowed, 2);
    assert_text(v->allowed[1], "leaves");
    end(&l);
}

static void unknown_paths_have_a_nearest(void **state) {
    (void)state;
    static const struct {
        const char *path, *says;
    } cases[] = {
        {"profesions.p.participation", "there is no 'profesions.p.participation' to explain\n"
                                       "hint: did you mean 'professions.p.participation'?"},
        {"professions.p.participaton", "there is no 'professions.p.participaton' to explain\n"
                                       "hint: did you mean 'professions.p.participation'?"},
        {"professions.q.death", "there is no 'professions.q.death' to explain"},
        {"nonsense", "there is no 'nonsense' to explain"},
        {"profesions.p.participaton", "hint: did you mean 'professions.p.participation'?"},
        /* a part of a path, alone or with what follows it */
        {"participation", "there is no 'participation' at the top of the scenario\n"
                          "hint: paths begin at the top: professions.p.participation"},
        {"p.participation", "hint: paths begin at the top: professions.p.participation"},
        {"oldst", "hint: paths begin at the top: ages.oldest"},
        {"professions.p.participation.2031",
         "no layer gives professions.p.participation.2031, and it has no default"},
        {"professions.p.death", "no layer gives professions.p.death, and it has no default"},
        {"", "there is no '' to explain"},
    };
    layers l;
    begin(&l, NULL, 0);
    (void)explain(&l, NULL, "ages.oldest");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        frem_diags *diags;
        frem_explanation *none;
        const frem_model *models[] = {l.w.model};
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        assert_int_equal(frem_explanation_new(&none, models, 1, cases[i].path, diags), FREM_INVALID);
        assert_null(none);
        char *text = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
        assert_non_null(strstr(text, cases[i].says));
        free(text);
        frem_diags_free(diags);
    }
    end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_layers_are_told_from_the_top),
        cmocka_unit_test(numbers_are_those_that_the_model_reads),
        cmocka_unit_test(a_variant_lies_over_all),
        cmocka_unit_test(sets_stand_on_the_command_line),
        cmocka_unit_test(a_mapping_over_a_word_tells_of_it),
        cmocka_unit_test(paths_inside_a_value_and_above_some),
        cmocka_unit_test(defaults_have_no_place),
        cmocka_unit_test(unknown_paths_have_a_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
