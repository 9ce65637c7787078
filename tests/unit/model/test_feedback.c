/* What answers a shortage, from a scenario file, hand-computed. */
#include "analysis/results.h"
#include "small_model.h"

/* One region, 2020 to 2023, 100 persons of each of trained and helping, of whom no one leaves. Eight in ten take part in the
 * labour force, a tenth of these are out of work: 72. The sector asks for 72, and from 2021 on for 90. The scenario's line 8
 * is the profession's feedback. */
static const char *const head = "fremskriv: 1\n"
                                "years: {base: 2020, until: 2023}\n"
                                "ages: {from: 30, to: 31}\n"
                                "base_year: cohorts\n"
                                "professions:\n"
                                "  trained:\n"
                                "    cohorts: {persons: {table: stock.csv, column: persons}}\n";
static const char *const rest =
    "    participation: 0.8\n"
    "    unemployment: 0.1\n"
    "  untrained: {supply: none}\n"
    "demand:\n"
    "  care: {employment: {trained: 72}, follows: {series: {2020: 1, 2021: 1.25, then: hold}}}\n";

static void begin(loaded *world, const char *feedback) {
    char *text = small_text(feedback, rest);
    *world = small_new();
    frem_temp_write(world->folder, "stock.csv", "age,persons\n30,50\n31,50\n");
    small_good(world, head, text);
    free(text);
}

static void refused(const char *feedback, const char *end, const char *problem) {
    char *text = small_text(feedback, end);
    loaded world = small_new();
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,50\n");
    small_refused(&world, head, text, problem);
    free(text);
    loaded_end(&world);
}

static void assert_years_of(loaded *world, const char *profession, const char *sector, const char *measure,
                            const double expected[4]) {
    for (int year = 2020; year <= 2023; year++)
        assert_close(small_result(world, "all", profession, sector, measure, year), expected[year - 2020],
                     1e-12);
}

/* 18 of 90 are short in 2021: 0.2 * 0.5 are ten points fewer out of work than a tenth, at least 4 %: 76.8 in 2022. Of 2022
 * 13.2 / 90 are short, which is 7.33 points: 80 * (0.9 + 0.0733) = 77.87 is above 76.8 too. */
static void unemployment_falls_to_its_least(void **state) {
    (void)state;
    loaded world;
    begin(&world, "    feedback: {unemployment: {response: 0.5, least: 0.04, most: 0.2, source: a study}}\n");
    assert_years_of(&world, "trained", "all", "supply", (const double[]){72, 72, 76.8, 76.8});
    assert_years_of(&world, "trained", "all", "employed", (const double[]){72, 72, 76.8, 76.8});
    loaded_end(&world);
    begin(&world,
          "    feedback: {unemployment: {response: 0.25, least: 0.04, most: 0.2, source: a study}}\n");
    assert_years_of(&world, "trained", "all", "supply",
                    (const double[]){72, 72, 76, 80 * (0.9 + 0.25 * 14 / 90)});
    loaded_end(&world);
}

/* 18 are short from 2021 on: a third of them, 6, are filled a year later. The sector that asked for the trained has the
 * untrained then. */
static void untrained_staff_fill_posts(void **state) {
    (void)state;
    loaded world;
    begin(&world,
          "    feedback: {untrained: {profession: untrained, share: {2020: 0.5, 2022: 0.3333333333333333, "
          "then: hold, between: step}, source: assumption}}\n");
    assert_years_of(&world, "trained", "care", "demand", (const double[]){72, 90, 84, 84});
    assert_years_of(&world, "untrained", "care", "demand", (const double[]){0, 0, 6, 6});
    assert_years_of(&world, "all", "care", "demand_without_supply", (const double[]){0, 0, 6, 6});
    assert_years_of(&world, "trained", "all", "filled_untrained", (const double[]){0, 0, 6, 6});
    assert_years_of(&world, "all", "all", "filled_untrained", (const double[]){0, 0, 6, 6});
    assert_years_of(&world, "trained", "all", "gap", (const double[]){0, -18, -12, -12});
    assert_years_of(&world, "all", "all", "trained_share", (const double[]){1, 1, 84.0 / 90, 84.0 / 90});
    const frem_document *document = frem_results_document(world.results);
    const frem_note *note = document->notes;
    while (note < document->notes + document->n_notes && strcmp(note->kind, "feedback") != 0)
        note++;
    assert_true(note < document->notes + document->n_notes);
    assert_text(
        note->text.text[FREM_DA],
        "professions.trained.feedback.untrained: ufaglærte besætter stillinger, der var ledige året før; "
        "efterspørgsel og mangel er det, der er tilbage (assumption)");
    loaded_end(&world);
}

/* A fifth more pay at an elasticity of 0.5: 0.8 * sqrt(1.2) take part; at 2 it would be more than all. */
static void pay_calls_people(void **state) {
    (void)state;
    loaded world;
    begin(&world, "    feedback: {pay: {index: {2020: 50, 2022: 60, then: hold, between: step}, elasticity: "
                  "0.5, source: a study}}\n");
    double more = 0.8 * sqrt(1.2);
    assert_years_of(&world, "trained", "all", "labour_force",
                    (const double[]){80, 80, 100 * more, 100 * more});
    assert_years_of(&world, "trained", "all", "supply", (const double[]){72, 72, 90 * more, 90 * more});
    loaded_end(&world);
    begin(&world, "    feedback: {pay: {index: {2020: 50, 2022: 60, then: hold, between: step}, elasticity: "
                  "2, source: a study}}\n");
    assert_years_of(&world, "trained", "all", "supply", (const double[]){72, 72, 90, 90});
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    refused("    feedback: {unemployment: {response: 0.5, least: 0.04, most: 0.2}}\n", rest,
            "s.yaml:8:16: error: professions.trained.feedback.unemployment lacks the key 'source'");
    refused("    feedback: {unemployment: {response: 0.5, least: 0.2, most: 0.1, source: x}}\n", rest,
            "s.yaml:8:46: error: professions.trained.feedback.unemployment: 'least' (0.2) is not below "
            "'most' (0.1)");
    refused("    feedback: {untrained: {profession: trained, share: 0.5, source: x}}\n", rest,
            "s.yaml:8:40: error: professions.trained.feedback.untrained.profession: 'trained' has a stock");
    refused("    feedback: {unemployment: {response: 0.5, least: 0, most: 0.1, source: x}}\n",
            "  untrained: {supply: none}\n"
            "demand: {care: {employment: {trained: 72}, follows: constant}}\n",
            "s.yaml:6:3: error: professions.trained lacks the key 'unemployment'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unemployment_falls_to_its_least),
        cmocka_unit_test(untrained_staff_fill_posts),
        cmocka_unit_test(pay_calls_people),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
