/* Addresses of results: read, refused with the nearest that there is, and looked up. */
#include <math.h>

#include "fremskriv/address.h"
#include "unit/model/small.h"

/* Two regions of a group, two professions, one of them in one sector alone. Demand follows those aged 2 and over, who are 9,
 * 18 and 27 in region 1 and always 9 in region 2. */
#define PEOPLE                                                                                               \
    "region,year,age,persons\n"                                                                              \
    "1,2020,0,1\n1,2020,1,1\n1,2020,2+,9\n"                                                                  \
    "1,2021,0,1\n1,2021,1,1\n1,2021,2+,18\n"                                                                 \
    "1,2022,0,1\n1,2022,1,1\n1,2022,2+,27\n"                                                                 \
    "2,2020,0,1\n2,2020,1,1\n2,2020,2+,9\n"                                                                  \
    "2,2021,0,1\n2,2021,1,1\n2,2021,2+,9\n"                                                                  \
    "2,2022,0,1\n2,2022,1,1\n2,2022,2+,9\n"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "population: people.csv\n"                                                                               \
    "professions:\n"                                                                                         \
    "  nurse: {cohorts: {persons: 20, ages: {table: ages.csv, column: persons}, split: equal}}\n"

#define SECOND "  helper: {cohorts: {persons: 8, ages: {table: ages.csv, column: persons}, split: equal}}\n"

#define DEMAND                                                                                               \
    "demand:\n"                                                                                              \
    "  home: {employment: {nurse: 10}, split: {by: population, ages: 2+}, follows: {population: 2+}}\n"

static void load(small *w, const char *world) {
    small_begin(w);
    small_put(w, "areas.csv", "code,name,side\n1,Odense,vest\n2,Faaborg,vest\n");
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_put(w, "people.csv", PEOPLE);
    small_load(w, world);
    const frem_model *models[] = {w->model};
    assert_int_equal(
        frem_results_new(&w->results, w->sources, models, 1, &(frem_run_options){.threads = 1}, w->diags),
        FREM_OK);
}

enum { ANY = FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE | FREM_ADDRESS_SPAN };
static const frem_place in_command = {"fremskriv", 0, 0};

/* An address as it is written with every part said. */
static void reads_as(const small *w, const char *text, const char *want) {
    frem_address address;
    assert_int_equal(frem_address_read(&address, w->model, text, ANY, in_command, w->diags), FREM_OK);
    char *written = frem_address_text(&address);
    assert_text(written, want);
    free(written);
}

static void parts_may_be_empty(void **state) {
    (void)state;
    small w;
    load(&w, WORLD SECOND DEMAND);
    reads_as(&w, "gap:nurse:vest:2022", "gap:nurse:vest:2022");
    reads_as(&w, "gap:::2022", "gap:all:all:2022");
    reads_as(&w, "demand:nurse:2:2021:home", "demand:nurse:2:2021:home");
    reads_as(&w, "demand:nurse:2:2021:all", "demand:nurse:2:2021");
    reads_as(&w, "demand:nurse:2:2021:", "demand:nurse:2:2021");
    reads_as(&w, "gap:nurse:Faaborg:2022", "gap:nurse:2:2022"); /* by its name */
    reads_as(&w, "gap:helper::2020..2022", "gap:helper:all:2020..2022");
    reads_as(&w, "gap:helper::2021-2022", "gap:helper:all:2021-2022");
    small_end(&w);
}

static double value_at(small *w, const char *text) {
    frem_address address;
    double value;
    assert_int_equal(frem_address_read(&address, w->model, text, ANY, in_command, w->diags), FREM_OK);
    assert_int_equal(frem_address_value(w->results, &address, NULL, NULL, &value), FREM_OK);
    return value;
}

/* Ten FTE of 18 people in 2020, so that 27 ask for 15 and 36 for 20. */
static void values_are_at_their_address(void **state) {
    (void)state;
    small w;
    load(&w, WORLD SECOND DEMAND);
    assert_close(value_at(&w, "demand:nurse::2020"), 10, 1e-9);
    assert_close(value_at(&w, "demand:nurse::2021"), 15, 1e-9);
    assert_close(value_at(&w, "demand:nurse:1:2022:home"), 15, 1e-9);
    assert_close(value_at(&w, "demand:nurse:vest:2020..2022"), 10, 1e-9);
    assert_close(value_at(&w, "demand:nurse:2:2020..2022"), 0, 1e-9);
    assert_close(value_at(&w, "supply:helper:1:2020"), 4, 1e-9);
    /* There is nothing of flows in the base year, nor of their change since. */
    assert_true(isnan(value_at(&w, "expansion:nurse::2020")));
    assert_true(isnan(value_at(&w, "expansion:nurse::2020..2022")));
    assert_close(value_at(&w, "expansion:nurse::2021..2022"), 0, 1e-9);
    frem_address span;
    double value;
    assert_int_equal(frem_address_read(&span, w.model, "gap:nurse::2020-2022", ANY, in_command, w.diags),
                     FREM_OK);
    assert_int_equal(frem_address_value(w.results, &span, NULL, NULL, &value), FREM_USAGE);
    small_end(&w);
}

static void all_of_one_profession_is_that(void **state) {
    (void)state;
    small w;
    load(&w, WORLD DEMAND);
    assert_close(value_at(&w, "demand:::2022"), 20, 1e-9);
    assert_close(value_at(&w, "gap::1:2020"), value_at(&w, "gap:nurse:1:2020"), 0);
    small_end(&w);
}

/* ---- refused ---- */

static void refuses(small *w, const char *text, unsigned allowed, frem_lang lang, const char *want) {
    frem_address address;
    frem_diags_free(w->diags);
    assert_int_equal(frem_diags_new(&w->diags), FREM_OK);
    assert_int_equal(frem_address_read(&address, w->model, text, allowed, in_command, w->diags),
                     FREM_INVALID);
    char *problem = frem_diag_text(frem_diags_at(w->diags, 0), lang);
    assert_text(problem, want);
    free(problem);
}

static void what_is_no_address_is_refused(void **state) {
    (void)state;
    small w;
    load(&w, WORLD SECOND DEMAND);
    static const char *const wrong[] = {
        "", "gap", "gap:nurse", "gap:nurse:1", ":nurse:1:2022", "gap:nurse:1:", "a:b:c:d:e:f"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char want[256];
        (void)snprintf(want, sizeof want,
                       "fremskriv: error: '%s' is no address of a result\n"
                       "hint: MEASURE:PROFESSION:REGION:YEAR[:SECTOR], such as gap:all:all:2022",
                       wrong[i]);
        refuses(&w, wrong[i], ANY, FREM_EN, want);
    }
    refuses(&w, "gap", ANY, FREM_DA,
            "fremskriv: error: 'gap' er ingen adresse på et resultat\n"
            "hint: MÅL:FAGGRUPPE:OMRÅDE:ÅR[:BRANCHE], for eksempel gap:all:all:2022");
    small_end(&w);
}

/* Each part is hinted at by its own names, or by what people call them. */
static void misspelt_parts_get_the_nearest(void **state) {
    (void)state;
    small w;
    load(&w, WORLD SECOND DEMAND);
    refuses(
        &w, "suply:nurse::2022", ANY, FREM_EN,
        "fremskriv: error: 'suply:nurse::2022': there is no measure 'suply'\nhint: did you mean 'supply'?");
    refuses(&w, "udbud:nurse::2022", ANY, FREM_DA,
            "fremskriv: error: 'udbud:nurse::2022': mål 'udbud' findes ikke\nhint: mente du 'supply'?");
    refuses(&w, "gap:Nurse::2022", ANY, FREM_EN,
            "fremskriv: error: 'gap:Nurse::2022': there is no profession 'Nurse'\n"
            "hint: did you mean 'nurse'?");
    refuses(
        &w, "gap:nurse:Fåborg:2022", ANY, FREM_EN,
        "fremskriv: error: 'gap:nurse:Fåborg:2022': there is no region 'Fåborg'\nhint: did you mean '2'?");
    refuses(&w, "gap:nurse:west:2022", ANY, FREM_DA,
            "fremskriv: error: 'gap:nurse:west:2022': område 'west' findes ikke\nhint: mente du 'vest'?");
    refuses(
        &w, "demand:nurse::2022:hme", ANY, FREM_EN,
        "fremskriv: error: 'demand:nurse::2022:hme': there is no sector 'hme'\nhint: did you mean 'home'?");
    refuses(&w, "gap:zzzzzz::2022", ANY, FREM_EN,
            "fremskriv: error: 'gap:zzzzzz::2022': there is no profession 'zzzzzz'");
    /* All that is wrong is said. */
    refuses(&w, "gab:nurze:westt:2023:hme", ANY, FREM_EN,
            "fremskriv: error: 'gab:nurze:westt:2023:hme': there is no measure 'gab'\n"
            "hint: did you mean 'gap'?");
    assert_int_equal(frem_diags_errors(w.diags), 5);
    small_end(&w);
}

static void years_are_inside_and_of_the_form_that_is_asked_for(void **state) {
    (void)state;
    small w;
    load(&w, WORLD SECOND DEMAND);
    refuses(&w, "gap:nurse::2023", ANY, FREM_EN,
            "fremskriv: error: 'gap:nurse::2023': 2023 lies outside the years 2020 to 2022");
    refuses(&w, "gap:nurse::2019..2022", ANY, FREM_DA,
            "fremskriv: error: 'gap:nurse::2019..2022': 2019..2022 ligger uden for årene 2020 til 2022");
    refuses(&w, "gap:nurse::2022..2020", ANY, FREM_EN,
            "fremskriv: error: 'gap:nurse::2022..2020': 2022 does not lie before 2020\n"
            "hint: the earlier year comes first");
    refuses(&w, "gap:nurse::2020-2020", ANY, FREM_DA,
            "fremskriv: error: 'gap:nurse::2020-2020': 2020 ligger ikke før 2020\n"
            "hint: det tidligste år står først");
    static const char *const wrong[] = {"22",          "2022x", "x",     "2020.2022",
                                        "2020...2022", "2020-", "-2020", "2020..",
                                        "2020--2022",  "+2022", " 2022", "2022.0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[64], want[256];
        (void)snprintf(text, sizeof text, "gap:nurse::%s", wrong[i]);
        (void)snprintf(
            want, sizeof want,
            "fremskriv: error: '%s': the year '%s' is not written like 2035, 2018..2023, 2030-2040\n"
            "hint: the years here are 2020 to 2022",
            text, wrong[i]);
        refuses(&w, text, ANY, FREM_EN, want);
    }
    refuses(&w, "gap:nurse::2020..2022", FREM_ADDRESS_YEAR, FREM_EN,
            "fremskriv: error: 'gap:nurse::2020..2022': the year '2020..2022' is not written like 2035\n"
            "hint: the years here are 2020 to 2022");
    refuses(&w, "gap:nurse::2022", FREM_ADDRESS_SPAN, FREM_DA,
            "fremskriv: error: 'gap:nurse::2022': året '2022' er ikke skrevet som 2030-2040\n"
            "hint: årene her er 2020 til 2022");
    small_end(&w);
}

/* In a file, a problem is placed at the part that it is about, in characters. */
static void problems_have_the_column_of_their_part(void **state) {
    (void)state;
    small w;
    frem_address address;
    load(&w, WORLD SECOND DEMAND);
    assert_int_equal(frem_address_read(&address, w.model, "gap:sygepåæ:vests:2022", ANY,
                                       (frem_place){"a.yaml", 7, 11}, w.diags),
                     FREM_INVALID);
    assert_int_equal(frem_diags_at(w.diags, 0)->place.column, 15);
    assert_int_equal(frem_diags_at(w.diags, 1)->place.column, 23);
    assert_int_equal(frem_diags_at(w.diags, 1)->place.line, 7);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_may_be_empty),
        cmocka_unit_test(values_are_at_their_address),
        cmocka_unit_test(all_of_one_profession_is_that),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(misspelt_parts_get_the_nearest),
        cmocka_unit_test(years_are_inside_and_of_the_form_that_is_asked_for),
        cmocka_unit_test(problems_have_the_column_of_their_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
