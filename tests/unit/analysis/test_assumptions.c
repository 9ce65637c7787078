/* What the document has of a scenario's assumptions. */
#include "analysis/said_words.h"
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: Trade\n"                                                                                     \
    "    cohorts: {persons: {table: ages.csv, product: [persons, share], where: {s: a}, source: a count}}\n" \
    "    participation: {2020: 0.9, 2022: 0.8, between: linear, source: a path, unit: part}\n"               \
    "    unemployment: 0.05\n"                                                                               \
    "    retirement:\n"                                                                                      \
    "      kind: exit\n"                                                                                     \
    "      age: law\n"                                                                                       \
    "      leaves: {mean: 0, spread: 2}\n"                                                                   \
    "      earliest: 55\n"                                                                                   \
    "      latest: 70\n"                                                                                     \
    "retirement_ages: {law: {born: {1900-01-01: 65}, source: the law}}\n"                                    \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: {value: 10, source: {da: et register, en: a register}}}, follows: constant}\n"

static void load(small *w) {
    small_begin(w);
    small_put(w, "ages.csv", "age,s,persons,share\n60,a,1,1\n61,a,1,1\n");
    small_load(w, WORLD);
    const frem_model *models[] = {w->model};
    assert_int_equal(
        frem_results_new(&w->results, w->sources, models, 1, &(frem_run_options){.threads = 1}, w->diags),
        FREM_OK);
    assert_int_equal(frem_results_resolve(w->results), FREM_OK);
}

static const frem_assumption *at(const small *w, const char *path) {
    const frem_document *d = frem_results_document(w->results);
    const frem_assumption *found = NULL;
    for (size_t i = 0; i < d->n_assumptions; i++) {
        if (strcmp(d->assumptions[i].path, path) != 0)
            continue;
        if (found != NULL)
            fail_msg("%s occurs twice", path);
        found = &d->assumptions[i];
    }
    if (found == NULL)
        fail_msg("%s is not there", path);
    return found;
}

static void values_are_told_as_the_scenario_gives_them(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_text(at(&w, "years.base")->value, "2020");
    assert_int_equal(at(&w, "years.base")->line, 2);
    assert_text(at(&w, "professions.p.cohorts.persons")->value, "ages.csv: persons * share {where: {s: a}}");
    assert_text(at(&w, "professions.p.participation")->value, "{2020: 0.9, 2022: 0.8, between: linear}");
    assert_text(at(&w, "professions.p.unemployment")->value, "0.05");
    assert_text(at(&w, "professions.p.retirement.age.law")->value, "1");
    assert_text(at(&w, "retirement_ages.law.born")->value, "{1900-01-01: 65}");
    assert_text(at(&w, "demand.job.employment.p")->value, "10");
    assert_text(at(&w, "demand.job.follows.driver")->value, "constant");
    small_end(&w);
}

static void each_has_its_unit_source_place_and_meaning(void **state) {
    (void)state;
    small w;
    load(&w);
    const frem_assumption *a = at(&w, "professions.p.participation");
    assert_text(a->scenario, "w");
    assert_text(a->variant, "base");
    assert_text(a->unit, "part"); /* the scenario's own word */
    assert_text(a->source.text[FREM_DA], "a path");
    assert_int_equal(a->line, 9);
    assert_non_null(strstr(a->file, "w.yaml"));
    assert_text(at(&w, "demand.job.employment.p")->unit, "FTE");
    assert_text(at(&w, "demand.job.employment.p")->source.text[FREM_EN], "a register"); /* one by language */
    assert_text(at(&w, "demand.job.employment.p")->source.text[FREM_DA], "et register");
    assert_text(at(&w, "retirement_ages.law.born")->source.text[FREM_EN],
                "the law"); /* of the mapping around it */
    assert_null(at(&w, "professions.p.unemployment")->source.text[FREM_EN]);
    assert_text(at(&w, "years.until")->help.text[FREM_DA], "Fremskrivningens sidste år");
    small_end(&w);
}

static void the_order_is_that_of_the_file(void **state) {
    (void)state;
    small w;
    load(&w);
    const frem_document *d = frem_results_document(w.results);
    for (size_t i = 1; i < d->n_assumptions; i++)
        assert_true(d->assumptions[i].line >= d->assumptions[i - 1].line);
    small_end(&w);
}

/* Two of one name, as a scenario and its variant are. */
static void a_variant_tells_what_differs(void **state) {
    (void)state;
    small w;
    load(&w);
    static frem_pair changed_pair, pairs[32];
    static frem_node changed, root;
    const frem_node *given = w.scenario->head.node;
    size_t count = 0;
    for (size_t i = 0; i < given->count; i++) {
        if (strcmp(given->pairs[i].key, "ages") == 0)
            continue; /* left out */
        pairs[count] = given->pairs[i];
        if (strcmp(pairs[count].key, "base_year") == 0) {
            changed = *pairs[count].value;
            changed.text = "scale";
            changed.length = 5;
            changed_pair = pairs[count];
            changed_pair.value = &changed;
            pairs[count] = changed_pair;
        }
        count++;
    }
    root = *given;
    root.pairs = pairs;
    root.count = count;
    frem_scenario variant = *w.scenario;
    variant.head.node = &root;
    frem_model other = *w.model;
    other.scenario = &variant;
    const frem_model *models[] = {w.model, &other};
    frem_run runs[] = {{.name = "w", .variant = "base", .file = "w.yaml"},
                       {.name = "w", .variant = "v", .file = "w.yaml"}};
    frem_results *results = w.results;
    size_t alone = results->document.n_assumptions;
    results->run = runs;
    results->models = models;
    results->document.n_scenarios = 2;
    assert_int_equal(frem_results_assume(results), FREM_OK);
    assert_int_equal(results->document.n_assumptions, alone + 3);
    const frem_assumption *last = &results->document.assumptions[alone];
    assert_text(last[0].path, "base_year");
    assert_text(last[0].value, "scale");
    assert_text(last[0].variant, "v");
    assert_text(last[1].path, "ages.from");
    assert_text(last[1].value, "~");
    assert_text(last[2].path, "ages.to");
    small_end(&w);
}

static void words_are_as_people_write_them(void **state) {
    (void)state;
    static const struct {
        const char *path, *en, *da;
    } wanted[] = {
        {"professions.p.participation", "0.9 part (2020), 0.8 (2022), linearly",
         "0,9 part (2020), 0,8 (2022), lineært"},
        {"professions.p.unemployment", "5%", "5 %"},
        {"professions.p.retirement.leaves.spread", "2 years", "2 år"},
        {"professions.p.retirement.earliest", "55 years of age", "55 års alder"},
        {"demand.job.employment.p", "10 FTE", "10 årsværk"},
        {"demand.job.follows.driver", "unchanged", "uændret"},
        {"years.base", "2020", "2020"},
    };
    small w;
    load(&w);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const frem_assumption *a = at(&w, wanted[i].path);
        assert_text(a->words.text[FREM_EN], wanted[i].en);
        assert_text(a->words.text[FREM_DA], wanted[i].da);
        assert_true(a->own);
    }
    assert_text(at(&w, "demand.job.employment.p")->about.text[FREM_EN], "job · Trade");
    assert_true(at(&w, "years.base")->technical && !at(&w, "demand.job.follows.driver")->technical);
    small_end(&w);
}

/* The words of a value that a layer changes from a year on, of all of the country, of a growth. */
static void words_of_changes(void **state) {
    (void)state;
    static const struct {
        const char *given, *en, *da;
    } wanted[] = {
        {"{value: 3846, covers: all, times: 1.1, from: 2027, earlier: {value: 3846, covers: all}}",
         "3,846 persons (Denmark), 10% more from 2027", "3.846 personer (Danmark), 10 % mere fra 2027"},
        {"{value: 0.74, add: -0.05, from: 2027, earlier: {value: 0.7}}",
         "0.74 persons, 0.05 persons less from 2027; before: 0.7 persons",
         "0,74 personer, 0,05 personer mindre fra 2027; før: 0,7 personer"},
        {"{growth: 0.011, start: 5000}", "5,000 persons, 1.1% a year", "5.000 personer, 1,1 % om året"},
        {"{2021: 130, then: {growth: -0.02}, before: hold}",
         "130 persons (2021), then -2% a year, before the first year unchanged",
         "130 personer (2021), derefter -2 % om året, før det første år uændret"},
        {"{table: t.csv, product: [a, b], where: {s: x}}",
         "from the table t.csv (product of columns a, b, s x)",
         "fra tabellen t.csv (produkt af kolonner a, b, s x)"},
    };
    static const frem_field field = {.key = "intake", .type = FREM_T_VALUE};
    frem_arena *arena = NULL;
    frem_diags *diags = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *text =
            frem_arena_print(arena, "regions: {whole: {da: Danmark, en: Denmark}}\nx: %s\n", wanted[i].given);
        const frem_source source = {.name = "x", .path = "x.yaml", .bytes = text, .size = strlen(text)};
        frem_node *root = NULL;
        assert_int_equal(frem_tree_read(&source, arena, diags, &root), FREM_OK);
        for (int lang = 0; lang < FREM_LANG_COUNT; lang++) {
            const frem_saying_words how = {root, &field, "persons", (frem_lang)lang};
            assert_text(frem_said_words(arena, &how, frem_node_get(root, "x")),
                        lang == FREM_DA ? wanted[i].da : wanted[i].en);
        }
    }
    frem_diags_free(diags);
    frem_arena_free(arena);
}

static void long_paths_are_shortened(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_run(&w, "fremskriv: 1\n"
                  "years: {base: 2000, until: 2020}\n"
                  "ages: {from: 60, to: 61}\n"
                  "base_year: cohorts\n"
                  "professions: {p: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons}},\n"
                  "  participation: {2000: 1, 2001: 1, 2002: 1, 2003: 1, 2004: 0.9, 2005: 1, 2006: 1,\n"
                  "    2007: 1, 2008: 1, 2009: 1, 2010: 1, 2011: 1, 2012: 0.5, then: hold}}}\n"
                  "demand: {j: {employment: {p: 1}, follows: constant}}\n");
    assert_int_equal(frem_results_resolve(w.results), FREM_OK);
    assert_text(at(&w, "professions.p.participation")->value,
                "{2000: 1, 2001: 1, 2002: 1, 2003: 1, ..., 2010: 1, 2011: 1, 2012: 0.5, then: hold}");
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_told_as_the_scenario_gives_them),
        cmocka_unit_test(each_has_its_unit_source_place_and_meaning),
        cmocka_unit_test(words_are_as_people_write_them),
        cmocka_unit_test(words_of_changes),
        cmocka_unit_test(the_order_is_that_of_the_file),
        cmocka_unit_test(a_variant_tells_what_differs),
        cmocka_unit_test(long_paths_are_shortened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
