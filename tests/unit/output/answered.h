/** @file
 *  An answer made by hand, as a verb would make it, for the tests of the writers: why a gap changes from 2020 to 2022, with a
 *  waterfall and a line with a band.
 */
#ifndef FREM_TESTS_UNIT_OUTPUT_ANSWERED_H
#define FREM_TESTS_UNIT_OUTPUT_ANSWERED_H

#include "unit/output/folder.h"

#include <math.h>

#include "analysis/answer.h"

#define ANSWERED_ENGLISH "The gap falls by 30: more retire <than> before & fewer begin."
#define ANSWERED_DANISH "Gabet falder med 30: flere går på pension <end> før & færre begynder."

static const frem_answer_column answered_causes[] = {
    {.name = "scenario", .kind = FREM_COLUMN_LABEL, .meaning = "Name of the scenario"},
    {.name = "variant", .kind = FREM_COLUMN_LABEL, .meaning = "Variant"},
    {.name = "cause",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "What changes it",
     .heading = {{"Cause", "Årsag"}}},
    {.name = "year", .kind = FREM_COLUMN_WHOLE, .meaning = "Year", .heading = {{"Year", "År"}}},
    {.name = "value",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "FTE",
     .heading = {{"FTE", "Årsværk"}},
     .digits = FREM_DIGITS_TENTHS},
    {.name = "share",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "Share of the change",
     .heading = {{"Share", "Andel"}},
     .digits = FREM_DIGITS_PERCENT,
     .empty = true},
    {.name = "exact",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The value again, with all its digits",
     .digits = FREM_DIGITS_BRIEF,
     .exact = true},
};
static const frem_answer_column answered_draws[] = {
    {.name = "draw",
     .kind = FREM_COLUMN_WHOLE,
     .meaning = "Number of the draw",
     .heading = {{"Draw", "Nr."}}},
    {.name = "result",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "What it gives",
     .heading = {{"Result", "Resultat"}},
     .digits = FREM_DIGITS_WHOLE},
};

static const frem_run answered_run = {.name = "s",
                                      .variant = "base",
                                      .title = {{"Small", "Lille"}},
                                      .file = "s.yaml",
                                      .resolved = "fremskriv: 1\n",
                                      .base_year = 2020};
static const frem_name answered_names[] = {{"s", "variant", "base", {{"As it is", "Som det er"}}}};
static const char *const answered_command[] = {"decompose", "s.yaml"};

static inline void answered_tables(frem_results *results) {
    size_t causes = 9, draws = 9;
    assert_int_equal(frem_answer_add_table(
                         results,
                         &(frem_answer_table){.name = "causes",
                                              .title = {{"Why the gap changes", "Hvorfor gabet ændrer sig"}},
                                              .columns = answered_causes,
                                              .n_columns = 7},
                         &causes),
                     FREM_OK);
    assert_int_equal(causes, 0);
    const struct {
        const char *cause;
        int year;
        double value, share;
    } rows[] = {{"start", 2020, 1250, (double)NAN},
                {"professions.p.retirement", 2022, -20, 20.0 / 30},
                {"programmes.p.intake", 2022, -10, 10.0 / 30},
                {"end", 2022, 1220, (double)NAN}};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(frem_answer_add_row(results, causes,
                                             (frem_answer_cell[]){{.text = "s"},
                                                                  {.text = "base"},
                                                                  {.text = rows[i].cause},
                                                                  {.whole = rows[i].year},
                                                                  {.number = rows[i].value},
                                                                  {.number = rows[i].share},
                                                                  {.number = rows[i].value + 1e-9}}),
                         FREM_OK);
    assert_int_equal(frem_answer_add_table(results,
                                           &(frem_answer_table){.name = "draws",
                                                                .title = {{"Every draw", "Hvert træk"}},
                                                                .columns = answered_draws,
                                                                .n_columns = 2,
                                                                .long_one = true},
                                           &draws),
                     FREM_OK);
    assert_int_equal(draws, 1);
    for (int i = 1; i <= 3; i++)
        assert_int_equal(
            frem_answer_add_row(results, draws, (frem_answer_cell[]){{.whole = i}, {.number = 1000.0 * i}}),
            FREM_OK);
}

static inline void answered_figures(frem_results *results) {
    static const double middle[] = {1250, 1235, 1220}, low[] = {1250, 1200, 1150},
                        high[] = {1250, 1270, 1290};
    static const frem_figure_line lines[FREM_LANG_COUNT] = {{"Gap", middle, FREM_ROLE_SUPPLY, false},
                                                            {"Gab", middle, FREM_ROLE_SUPPLY, false}};
    static const frem_figure_band bands[FREM_LANG_COUNT] = {{"90 % of draws", low, high, FREM_ROLE_WIDE},
                                                            {"90 % af trækkene", low, high, FREM_ROLE_WIDE}};
    static const frem_step steps[FREM_LANG_COUNT][4] = {{{"2020", 1250, true, "1,250"},
                                                         {"Retirement", -20, false, "-20"},
                                                         {"Intake", -10, false, "-10"},
                                                         {"2022", 1220, true, "1,220"}},
                                                        {{"2020", 1250, true, "1.250"},
                                                         {"Pension", -20, false, "-20"},
                                                         {"Optag", -10, false, "-10"},
                                                         {"2022", 1220, true, "1.220"}}};
    static const frem_label titles[] = {{{"Why the gap changes", "Hvorfor gabet ændrer sig"}},
                                        {{"The gap", "Gabet"}}};
    frem_figure falls[FREM_LANG_COUNT], fans[FREM_LANG_COUNT];
    frem_figure_panel *panels = frem_arena_alloc(frem_answer_arena(results), 2, sizeof *panels);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        falls[lang] = (frem_figure){.kind = FREM_FIGURE_BARS,
                                    .name = "causes",
                                    .title = titles[0].text[lang],
                                    .subtitle = "FTE 2020-2022",
                                    .source = "s",
                                    .lang = (frem_lang)lang,
                                    .n_bars = 4};
        assert_int_equal(frem_figure_waterfall(frem_answer_arena(results), steps[lang], 4, &falls[lang].bars),
                         FREM_OK);
        panels[lang] =
            (frem_figure_panel){.lines = &lines[lang], .n_lines = 1, .bands = &bands[lang], .n_bands = 1};
        fans[lang] = (frem_figure){.kind = FREM_FIGURE_LINES,
                                   .name = "gap",
                                   .title = titles[1].text[lang],
                                   .subtitle = "FTE",
                                   .source = "s",
                                   .lang = (frem_lang)lang,
                                   .first_year = 2020,
                                   .n_years = 3,
                                   .panels = &panels[lang],
                                   .n_panels = 1};
    }
    assert_int_equal(frem_answer_add_figure(results, falls), FREM_OK);
    assert_int_equal(frem_answer_add_figure(results, fans), FREM_OK);
}

/** The answer. @param figures whether it has some. @return free with frem_results_free() */
static inline frem_results *answered_new(bool figures) {
    static const frem_run_options options = {.command = answered_command, .n_command = 2};
    const frem_label title = {{"Small & round", "Lille & rund"}};
    frem_results *results = NULL;
    assert_int_equal(frem_answer_new(&results, "decompose", &title, NULL, 0, NULL, &options), FREM_OK);
    answered_tables(results);
    if (figures)
        answered_figures(results);
    assert_int_equal(frem_answer_say(results, ANSWERED_ENGLISH, ANSWERED_DANISH), FREM_OK);
    assert_int_equal(frem_answer_say(results, "It is so.", "Sådan er det."), FREM_OK);
    assert_int_equal(frem_answer_add_file(results, "answer.yaml", "fremskriv: 1\n"), FREM_OK);
    results->document.scenarios = &answered_run;
    results->document.n_scenarios = 1;
    results->document.names = answered_names;
    results->document.n_names = 1;
    return results;
}

#endif
