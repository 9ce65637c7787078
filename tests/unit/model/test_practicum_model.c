#include "model/practicum.h"
#include "support/check.h"
#include "support/temp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A scenario of one programme of a year of theory and two of work, 300 starts a year, in two regions of 300 and 100
 * people. %s: the programme's specialisations, then `practicum:`. */
static const char base[] =
    "fremskriv: 1\n"
    "years: {base: 2020, until: 2030, count: 1 january}\n"
    "ages: {from: 18, to: 69, oldest: leaves}\n"
    "base_year: cohorts\n"
    "regions: {table: regions.csv}\n"
    "population: people.csv\n"
    "professions:\n"
    "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}, "
    "split: {by: equal}}}\n"
    "demand: {s: {employment: {a: 100}, split: {by: equal}, follows: constant}}\n"
    "programmes:\n"
    "  p:\n"
    "    leads_to: a\n"
    "    intake: 300\n"
    "    stages: {theory: {length: 1}, work: {length: 2}}\n"
    "    entry: {table: ages.csv, column: persons, outside: 0}\n"
    "    graduates_to: {by: equal}\n";
enum { LINES = 16 }; /* of the text above; what a test adds begins one further down */

static const char schools[] = "fremskriv: 1\n"
                              "years: {base: 2020, until: 2020}\n"
                              "regions: {table: regions.csv}\n"
                              "practicum:\n"
                              "  ects: 90\n"
                              "  schools:\n"
                              "    one: {dimensioning: 140, dimensioning_is: places}\n"
                              "    two: {dimensioning: 238, dimensioning_is: sta}\n"
                              "  municipalities: {table: rows.csv}\n";

typedef struct compiled {
    char *folder;
    frem_sources *sources;
    frem_diags *diags;
    frem_scenario *scenario;
    frem_model *model;
} compiled;

static void begin(compiled *c, const char *start, const char *added) {
    char text[8192];
    *c = (compiled){.folder = frem_temp_folder()};
    assert_true(strlen(start) + strlen(added) < sizeof text);
    (void)strcpy(text, start);
    (void)strcat(text, added);
    frem_temp_write(c->folder, "s.yaml", text);
    frem_temp_write(c->folder, "regions.csv", "code,name\nn,North\ns,South\n");
    frem_temp_write(c->folder, "ages.csv", "age,persons\n20,1\n");
    frem_temp_write(c->folder, "offer.csv", "region,places\nn,50\ns,150\n");
    frem_temp_write(c->folder, "rows.csv",
                    "school,municipality,students_share,municipal_sta,practicum_share\n"
                    "one,n,0.40,25,0.3\none,s,0.6,40,0.3\ntwo,n,1.0,71.4,0.300\n");
    char people[4096] = "region,year,age,persons\n", row[64];
    for (int year = 2020; year <= 2030; year++) {
        /* South grows by 40 a year. */
        (void)snprintf(row, sizeof row, "n,%d,0+,300\ns,%d,0+,%d\n", year, year, 100 + 40 * (year - 2020));
        (void)strcat(people, row);
    }
    frem_temp_write(c->folder, "people.csv", people);
}

static void compile(compiled *c) {
    char *path = frem_temp_path(c->folder, "s.yaml");
    assert_int_equal(frem_diags_new(&c->diags), FREM_OK);
    assert_int_equal(frem_sources_new(&c->sources, NULL, 0, NULL), FREM_OK);
    if (frem_scenario_load(&c->scenario, c->sources, path, c->diags) == FREM_OK) {
        frem_status status = frem_model_new(&c->model, c->scenario, c->diags);
        assert_int_equal(status == FREM_OK, frem_diags_errors(c->diags) == 0);
    }
    free(path);
}

static void end(compiled *c) {
    frem_model_free(c->model);
    frem_scenario_free(c->scenario);
    frem_sources_free(c->sources);
    frem_diags_free(c->diags);
    frem_temp_remove(c->folder);
}

static void good(compiled *c, const char *start, const char *added) {
    begin(c, start, added);
    compile(c);
    for (size_t i = 0; i < frem_diags_count(c->diags); i++) {
        char *text = frem_diag_text(frem_diags_at(c->diags, i), FREM_EN);
        print_error("%s\n", text);
        free(text);
    }
    assert_non_null(c->model);
}

/* The only error, without the folder's name. */
static void assert_problem(compiled *c, const char *file, unsigned line, unsigned column,
                           const char *expected) {
    char wanted[1024];
    compile(c);
    assert_null(c->model);
    assert_int_equal(frem_diags_errors(c->diags), 1);
    size_t first = 0; /* stages without dropout are odd */
    while (frem_diags_at(c->diags, first)->severity != FREM_ERROR)
        first++;
    char *text = frem_diag_text(frem_diags_at(c->diags, first), FREM_EN);
    (void)snprintf(wanted, sizeof wanted, "%s/%s:%u:%u: error: %s", c->folder, file, line, column, expected);
    assert_text(text, wanted);
    free(text);
    end(c);
}

static void bad(const char *added, unsigned line, unsigned column, const char *expected) {
    compiled c;
    begin(&c, base, added);
    assert_problem(&c, "s.yaml", line, column, expected);
}

static void bad_rows(const char *rows, unsigned line, unsigned column, const char *expected) {
    compiled c;
    begin(&c, schools, "");
    frem_temp_write(c.folder, "rows.csv", rows);
    assert_problem(&c, "rows.csv", line, column, expected);
}

#define PRACTICUM "practicum:\n  programmes:\n    p:\n"

static void specialisations_become_whole_places(void **state) {
    (void)state;
    compiled c;
    int64_t places[3];
    good(&c, base, "    specialisations: {x: 0.42, y: {share: 0.39, label: Y}, z: 0.19}\n");
    frem_view view = c.model->as_is->views[0];
    const frem_programme *p = &c.scenario->programmes.items[0];
    frem_practicum_specialise(&view, p, 2020, 1122, places);
    assert_int_equal(frem_view_end(&view), FREM_OK);
    assert_int_equal(places[0], 471);
    assert_int_equal(places[1], 438);
    assert_int_equal(places[2], 213);
    end(&c);
}

static void a_population_key_is_the_years_own(void **state) {
    (void)state;
    compiled c;
    double keys[2];
    int64_t places[2];
    good(&c, base, PRACTICUM "      split: {by: population}\n      floor: 70\n");
    frem_view view = c.model->as_is->views[0];
    const frem_practicum_programme *p = &c.scenario->practicum.programmes.items[0];
    const frem_programme *programme = &c.scenario->programmes.items[0];
    /* 2020: 300 to 100; 2025: 300 to 300. */
    frem_practicum_keys(&view, p, programme, 2020, keys);
    assert_int_equal(frem_view_end(&view), FREM_OK);
    assert_close(keys[0], 0.75, 1e-12);
    frem_practicum_divide(&view, p, 2020, 200, keys, places);
    assert_int_equal(frem_view_end(&view), FREM_OK);
    assert_int_equal(places[0], 130); /* .75 x 200 = 150 would leave 50 under the floor of 70 */
    assert_int_equal(places[1], 70);
    frem_practicum_keys(&view, p, programme, 2025, keys);
    assert_int_equal(frem_view_end(&view), FREM_OK);
    assert_close(keys[0], 0.5, 1e-12);
    end(&c);
}

/* Intake of an entry year in the model that `run` projects. */
static double intake_of(const compiled *c, int year) {
    double intake[2];
    bool by_region;
    assert_true(frem_practicum_intake(c->model->as_is, 0, year, &by_region, intake));
    return intake[0];
}

static void places_on_offer_limit_the_intake_of_run_too(void **state) {
    (void)state;
    compiled c;
    /* Half of both years of work is practicum (52 of 2 x 52 weeks): a starter needs half a place in each of two years,
     * so 200 places carry 200 / (0.5 + 0.5) = 200 a year. The base year is history. */
    good(&c, base,
         PRACTICUM "      stages: {work: {weeks: 52}}\n      offer: 200\n      caps_intake: true\n");
    assert_close(intake_of(&c, 2020), 300, 0);
    for (int year = 2021; year <= 2030; year++)
        assert_close(intake_of(&c, year), 200, 1e-9);
    double planned[32];
    assert_int_equal(frem_practicum_planned(c.model->as_is, 0, planned), FREM_OK);
    for (size_t e = 0; e < c.model->as_is->inputs.programmes[0].entries; e++)
        assert_close(planned[e], 300, 0);
    end(&c);
    /* The same 200 places, by region; a share of the whole programme: a third of three years is one place a starter. */
    good(&c, base,
         PRACTICUM "      share: 0.33333333333333331\n      split: {by: population}\n"
                   "      offer: {table: offer.csv, column: places}\n      caps_intake: true\n");
    assert_close(intake_of(&c, 2030), 200, 1e-9);
    end(&c);
    /* A fall in 2026 limits everybody who is in practicum then: entrants of 2024 and 2025 (one and two years before). */
    good(&c, base,
         PRACTICUM "      stages: {work: 0.5}\n"
                   "      offer: {2020: 250, 2026: 100, 2027: 250, between: step, then: hold}\n"
                   "      caps_intake: true\n");
    assert_close(intake_of(&c, 2023), 250, 1e-9);
    assert_close(intake_of(&c, 2024), 100, 1e-9);
    assert_close(intake_of(&c, 2025), 100, 1e-9);
    assert_close(intake_of(&c, 2026), 250, 1e-9);
    end(&c);
    /* On offer, and not asked to limit anything. */
    good(&c, base, PRACTICUM "      stages: {work: 0.5}\n      offer: 200\n");
    assert_close(intake_of(&c, 2025), 300, 0);
    end(&c);
}

static void rows_keep_what_their_decimals_tell(void **state) {
    (void)state;
    compiled c;
    good(&c, schools, "");
    assert_int_equal(c.model->n_practicum_rows, 3);
    const frem_practicum_row *row = &c.model->practicum_rows[0];
    assert_close(row->students.number, 0.4, 0);
    assert_close(row->students.half, 0.005, 1e-15);
    assert_close(row->sta.half, 0.5, 0);
    assert_close(row[1].students.half, 0.05, 1e-15);
    assert_close(row[2].published.half, 0.0005, 1e-15);
    assert_int_equal(row[1].region, 1);
    assert_int_equal(row[2].school, 1);
    frem_view view = c.model->as_is->views[0];
    const frem_practicum_school *two = &c.scenario->practicum.schools.items[1];
    assert_close(frem_practicum_school_sta(&view, two, FREM_DIMENSIONING_STA), 238, 0);
    assert_close(frem_practicum_school_sta(&view, two, FREM_DIMENSIONING_PLACES), 357, 1e-9);
    end(&c);
}

static void every_problem_has_its_place_and_cure(void **state) {
    (void)state;
    bad("    specialisations: {x: 0.42, y: 0.39}\n", LINES + 1, 5,
        "the shares of programmes.p.specialisations sum to 0.81 in 2020, not to 1");
    bad(PRACTICUM "      split: {by: population}\n      floor: 151\n", LINES + 5, 7,
        "practicum.programmes.p.floor: the floors sum to 302, and there are 300 places in 2020\n"
        "hint: lower the floors by 2 in all");
    bad(PRACTICUM "      split: {by: population}\n      ceiling: 140\n", LINES + 5, 7,
        "practicum.programmes.p.ceiling leaves room for 280 places, and there are 300 in 2020\n"
        "hint: raise the ceilings by 20 in all, where the key is above 0");
    bad(PRACTICUM "      split: {by: population}\n      floor: 60\n      ceiling: 50\n", LINES + 5, 7,
        "practicum.programmes.p.floor: the floor 60 of 'North' is above its ceiling 50");
    bad(PRACTICUM "      split: {by: population}\n      floor: 2.5\n", LINES + 5, 7,
        "practicum.programmes.p.floor: 2.5 is not a whole number of places");
    bad(PRACTICUM "      floor: 2\n      share: 0.1\n", LINES + 4, 7,
        "practicum.programmes.p: 'floor' has no meaning here: no `split` divides the places");
    bad(PRACTICUM "      offer: 200\n", LINES + 3, 5,
        "practicum.programmes.p lacks the key 'share'\n"
        "hint: write `share: ...`: how much of the programme is practicum: share, weeks or stages");
    bad(PRACTICUM "      share: 0.3\n      caps_intake: true\n", LINES + 3, 5,
        "practicum.programmes.p lacks the key 'offer'\nhint: write `offer: ...`: the places on offer that "
        "limit the intake");
    bad(PRACTICUM "      share: 0.3\n      weeks: 20\n", LINES + 5, 7,
        "practicum.programmes.p has both 'share' and 'weeks'\nhint: keep one of the two");
    bad(PRACTICUM "      share: 0.3\n      stages: {work: 0.5}\n", LINES + 5, 7,
        "practicum.programmes.p has both 'share' and 'stages'\nhint: keep one of the two");
    bad(PRACTICUM "      stages: {works: 0.5}\n", LINES + 4, 16,
        "practicum.programmes.p.stages: there is no 'works' in programmes.p.stages\nhint: did you mean "
        "'work'?");
    bad("practicum: {programmes: {q: {share: 0.5}}}\n", LINES + 1, 26,
        "practicum.programmes: there is no 'q' in programmes");
    bad(PRACTICUM "      stages: {work: {weeks: 105}}\n      offer: 200\n      caps_intake: true\n",
        LINES + 4, 23,
        "practicum.programmes.p.stages.work.weeks: 105 weeks of practicum do not fit in 2 × 52 weeks of "
        "study");
    bad(PRACTICUM "      share: 0.5\n      offer: {table: offer.csv, column: places}\n", LINES + 5, 7,
        "practicum.programmes.p.offer is by region, and nothing says where the students need places\n"
        "hint: add `split: {by: population}` beside it");
    bad("practicum: {ects: 90}\n", LINES + 1, 1,
        "practicum has neither 'programmes' nor 'schools'\n"
        "hint: write `programmes: ...` or `schools: ...` in it");
}

static void every_problem_of_the_table_has_its_place(void **state) {
    (void)state;
#define HEAD "school,municipality,students_share,municipal_sta,practicum_share\n"
#define REST "two,n,1,71.4,0.3\n"
    bad_rows(HEAD "on,n,0.4,25,0.3\n" REST, 2, 1, "unknown school 'on'\nhint: did you mean 'one'?");
    bad_rows(HEAD "one,w,0.4,25,0.3\n" REST, 2, 5, "unknown region 'w'");
    bad_rows(HEAD "one,n,0.4,25,0.3\none,n,0.6,25,0.3\n" REST, 3, 5,
             "a second row for North\nhint: the first is at line 2; they must differ in a key, or be "
             "separated by "
             "a filter");
    bad_rows(HEAD "one,n,40,25,0.3\n" REST, 2, 7,
             "students_share: 40 is outside 0 to 1\nhint: the unit is share");
    bad_rows(HEAD "one,n,0,25,0.3\n" REST, 2, 7,
             "'students_share' is 0 here: without students there is no practicum to take a share of\n"
             "hint: leave the row out");
    bad_rows(HEAD "one,n,0.4,,0.3\n" REST, 2, 11, "missing cell: column 'municipal_sta' is empty here");
    compiled c;
    begin(&c, schools, "");
    frem_temp_write(c.folder, "rows.csv", HEAD REST);
    char expected[512];
    (void)snprintf(expected, sizeof expected, "%s/rows.csv has no row for the school 'one'", c.folder);
    assert_problem(&c, "s.yaml", 7, 5, expected);
}

static void practicum_alone_needs_no_professions(void **state) {
    (void)state;
    compiled c;
    begin(&c, "fremskriv: 1\nyears: {base: 2020, until: 2021}\nregions: {table: regions.csv}\n", "");
    compile(&c);
    assert_null(c.scenario);
    const char *const wanted[] = {"scenario lacks the key 'base_year'",
                                  "scenario lacks the key 'professions'", "scenario lacks the key 'demand'"};
    assert_int_equal(frem_diags_count(c.diags), 3);
    for (size_t i = 0; i < 3; i++) {
        char *text = frem_diag_text(frem_diags_at(c.diags, i), FREM_EN);
        assert_non_null(strstr(text, wanted[i]));
        free(text);
    }
    end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specialisations_become_whole_places),
        cmocka_unit_test(a_population_key_is_the_years_own),
        cmocka_unit_test(places_on_offer_limit_the_intake_of_run_too),
        cmocka_unit_test(rows_keep_what_their_decimals_tell),
        cmocka_unit_test(every_problem_has_its_place_and_cure),
        cmocka_unit_test(every_problem_of_the_table_has_its_place),
        cmocka_unit_test(practicum_alone_needs_no_professions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
