/* In what a scenario differs from what it extends, and a variant from its scenario. */
#include "analysis/changed.h"

#include "unit/model/small.h"

/* Thirteen years, of which the middle is left out where a value is shown on one line. */
#define LONG                                                                                                 \
    "{2020: 0.9, 2021: 0.9, 2022: 0.9, 2023: 0.9, 2024: 0.9, 2025: 0.9, 2026: %s, 2027: 0.9, 2028: 0.9, "    \
    "2029: 0.9, 2030: 0.9, 2031: 0.9, 2032: 0.9}"

#define BELOW                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2032}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: Trade\n"                                                                                     \
    "    cohorts: {persons: 8, ages: {table: ages.csv, column: persons}}\n"                                  \
    "    participation: " LONG "\n"                                                                          \
    "    unemployment: {value: 0.05, source: a register}\n"                                                  \
    "    permanent_exit: 0.02\n"                                                                             \
    "    death: 0.01\n"                                                                                      \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 10}, follows: constant}\n"

#define ABOVE                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "extends: below.yaml\n"                                                                                  \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: Another word\n"                                                                              \
    "    participation: " LONG "\n"                                                                          \
    "    unemployment: {value: 0.05, source: a survey}\n"                                                    \
    "    permanent_exit: {value: 0.02}\n"                                                                    \
    "    death: ~\n"                                                                                         \
    "    emigration: 0.03\n"                                                                                 \
    "full_time_hours: 36\n"                                                                                  \
    "variants:\n"                                                                                            \
    "  more: {professions: {p: {emigration: {from: 2025, value: 0.04}}}}\n"

/* What differs, a line an entry: "path: before (source) -> after (source)". */
static char *changes_of(const frem_scenario *scenario, frem_against want) {
    const frem_run run = {.name = "w", .variant = scenario->variant, .file = "w.yaml"};
    frem_arena *arena;
    frem_against against;
    frem_differs *list;
    size_t n;
    frem_text text = {0};

    frem_text_add(&text, "");
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_scenario_changed(arena, &run, scenario, &against, &list, &n), FREM_OK);
    assert_int_equal(against, want);
    for (size_t i = 0; i < n; i++) {
        const frem_said *sides[] = {list[i].before, list[i].after};
        frem_text_print(&text, "%s:", frem_differs_path(&list[i]));
        for (size_t s = 0; s < 2; s++) {
            frem_text_print(&text, "%s %s", s > 0 ? " ->" : "", sides[s] != NULL ? sides[s]->as.value : "-");
            if (sides[s] != NULL && sides[s]->as.source.text[FREM_EN] != NULL)
                frem_text_print(&text, " (%s)", sides[s]->as.source.text[FREM_EN]);
            if (sides[s] != NULL && sides[s]->pair == NULL)
                frem_text_add(&text, " by default");
        }
        frem_text_add(&text, "\n");
    }
    frem_arena_free(arena);
    assert_false(text.failed);
    return text.bytes;
}

static void load(small *w) {
    char below[2048], above[2048];
    small_begin(w);
    (void)snprintf(below, sizeof below, BELOW, "0.9");
    (void)snprintf(above, sizeof above, ABOVE, "0.8");
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_put(w, "below.yaml", below);
    small_load(w, above);
}

static void a_scenario_differs_from_what_it_extends(void **state) {
    (void)state;
    small w;
    load(&w);
    char *said = changes_of(w.scenario, FREM_AGAINST_EXTENDED);
    assert_string_equal(said, "professions.p.participation: {2020: 0.9, 2021: 0.9, 2022: 0.9, 2023: 0.9, "
                              "2024: 0.9, 2025: 0.9, 2026: 0.9, "
                              "2027: 0.9, 2028: 0.9, 2029: 0.9, 2030: 0.9, 2031: 0.9, 2032: 0.9} -> {2020: "
                              "0.9, 2021: 0.9, 2022: 0.9, 2023: "
                              "0.9, 2024: 0.9, 2025: 0.9, 2026: 0.8, 2027: 0.9, 2028: 0.9, 2029: 0.9, 2030: "
                              "0.9, 2031: 0.9, 2032: 0.9}\n"
                              "professions.p.unemployment: 0.05 (a register) -> 0.05 (a survey)\n"
                              "professions.p.emigration: - -> 0.03\n"
                              "full_time_hours: 37 by default -> 36\n"
                              "professions.p.death: 0.01 -> -\n");
    free(said);
    small_end(&w);
}

static void a_variant_differs_from_its_scenario(void **state) {
    (void)state;
    small w;
    frem_scenario *more;
    load(&w);
    assert_int_equal(frem_scenario_new(&more, w.scenario->draft, "more", w.diags), FREM_OK);
    char *said = changes_of(more, FREM_AGAINST_SCENARIO);
    assert_string_equal(said, "professions.p.emigration: 0.03 -> 0.04 {from: 2025}\n");
    free(said);
    frem_scenario_free(more);
    small_end(&w);
}

static void one_file_alone_differs_from_nothing(void **state) {
    (void)state;
    small w;
    char below[2048];
    (void)snprintf(below, sizeof below, BELOW, "0.9");
    small_begin(&w);
    small_put(&w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_load(&w, below);
    char *said = changes_of(w.scenario, FREM_AGAINST_NOTHING);
    assert_string_equal(said, "");
    free(said);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_differs_from_what_it_extends),
        cmocka_unit_test(a_variant_differs_from_its_scenario),
        cmocka_unit_test(one_file_alone_differs_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
