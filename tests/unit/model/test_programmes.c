/* Programmes of small worlds, worked out by hand: a stock that is empty in 2020, so that all in it have graduated. */
#include "unit/model/small.h"

#define YEARS(count)                                                                                         \
    "fremskriv: 1\nyears: {base: 2020, until: 2023, count: " count "}\nages: {from: 20, to: 30}\n"
#define HEAD(count)                                                                                          \
    YEARS(count)                                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: regions.csv\n"                                                                                 \
    "demand: {job: {employment: {p: 10}, follows: constant}}\n"                                              \
    "professions: {p: {cohorts: {persons: 0, ages: {table: ages.csv, column: one}}}}\n"
/* Everybody is 20 at entry. */
#define STUDY "programmes:\n  s:\n    leads_to: p\n    entry: {table: ages.csv, column: young}\n"

static const char *const tables[][2] = {
    {"regions.csv", "code,name\nA,Alfa\n"},
    {"two.csv", "code,name\nA,Alfa\nB,Beta\n"},
    {"ages.csv",
     "age,one,young,mixed\n20,1,1,3\n21,1,0,0\n22,1,0,1\n23,1,0,0\n24,1,0,0\n25,1,0,0\n26,1,0,0\n27,1,0,"
     "0\n28,1,0,0\n29,1,0,0\n30,1,0,0\n"},
    {"fte.csv", "region,fte\nA,10\nB,30\n"},
    {"intake.csv",
     "region,year,persons\nA,2018,40\nA,2019,50\nA,2020,60\nA,2021,70\nA,2022,80\nA,2023,90\nB,2018,4\n"
     "B,2019,5\nB,2020,6\nB,2021,7\nB,2022,8\nB,2023,9\n"},
    {"rates.csv", "region,completion,dropout,halved\nA,0.5,0.5,0.25\nB,0.8,0.2,0.2\n"},
    {"outside.csv", "region,year,share\nA,2020,0\nA,2021,0.1\nA,2022,0.2\nA,2023,0.2\nB,2020,0\nB,2021,0.5\n"
                    "B,2022,0.5\nB,2023,0.6\n"},
    {"outside_by_sex.csv", "sex,share\nf,0.1\nm,0.4\n"},
    {"older.csv", "year,age,young\n2019,20,4\n2020,20,3\n2020,22,1\n2021,22,5\n2022,22,1\n2023,22,1\n"},
    {"places.csv", "region,age,young\nA,20,1\nB,22,1\n"},
    {"weights.csv",
     "region,year,weight\nA,2020,1\nA,2021,1\nA,2022,3\nA,2023,1\nB,2020,1\nB,2021,3\nB,2022,1\n"
     "B,2023,0\n"},
    {"again.csv", "region,year,sex,share\nA,2020,f,1\nA,2020,m,1\nB,2020,f,1\nB,2020,m,1\n"
                  "A,2021,f,0.5\nA,2021,m,0.3\nB,2021,f,0.2\nB,2021,m,0\n"
                  "A,2022,f,1\nA,2022,m,0.4\nB,2022,f,0.6\nB,2022,m,0.1\n"
                  "A,2023,f,1\nA,2023,m,1\nB,2023,f,1\nB,2023,m,1\n"},
    {"sexes.csv", "sex,age,one,young\nf,20,1,3\nm,20,1,1\n"},
    {"by_sex.csv", "sex,completion\nf,0.9\nm,0.5\n"},
};

static void run(small *w, const char *yaml) {
    small_begin(w);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        small_put(w, tables[i][0], tables[i][1]);
    small_run(w, yaml);
}

static void refuses(const char *yaml, const char *problem) {
    small_refuses(yaml, tables, sizeof tables / sizeof *tables, problem);
}

/* Persons in the stock of all regions by age, from 20 on; of the first sex, where there are two. */
static void check_ages(const small *w, int year, const double *expected, size_t n, const char *file,
                       int line) {
    const frem_core_inputs *in = &w->model->as_is->inputs;
    frem_arena *arena;
    frem_core_results *r;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_core_results_new(in, true, arena, &r), FREM_OK);
    assert_int_equal(frem_core_project(in, NULL, FREM_ISA_BEST, r), FREM_OK);
    for (size_t a = 0; a < in->ages; a++) {
        char what[64];
        (void)snprintf(what, sizeof what, "persons of %zu in %d", 20 + a, year);
        frem_check_close(r->cells[(size_t)(year - 2020) * in->sexes * in->ages + a], a < n ? expected[a] : 0,
                         1e-9, what, file, line);
    }
    frem_arena_free(arena);
}
#define assert_ages(w, year, ...)                                                                            \
    check_ages((w), (year), (const double[]){__VA_ARGS__},                                                   \
               sizeof((const double[]){__VA_ARGS__}) / sizeof(double), __FILE__, __LINE__)

/* Seven semesters, starts in September and February. */
#define SEMESTERS                                                                                            \
    "    length: 3.5\n"                                                                                      \
    "    completion: 1\n"                                                                                    \
    "    starts: {september: {share: 0.7, ends: january}, february: {share: 0.3, ends: june}}\n"

static void graduates_come_on_time(void **state) {
    (void)state;
    small w;
    run(&w, HEAD("30 june") STUDY SEMESTERS "    intake: 1000\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 1000, 1000, 1000);
    assert_years(&w, 2020, "A", "p", ALL, "stock", 0, 1000, 2000, 3000);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 0, 0, 0);
    /* 700 join 3 10/12 years after their start in September 2017: 700 * 2/12 at 23, 700 * 10/12 at 24.
     * 300 join 3 5/12 years after February 2018: 300 * 7/12 at 23, 300 * 5/12 at 24. */
    assert_ages(&w, 2021, 0, 0, 0, 700 * 2 / 12.0 + 300 * 7 / 12.0, 700 * 10 / 12.0 + 300 * 5 / 12.0);
    /* Students on 30 June: September starts of 2019, 2018 and 2017; February starts of 2020, 2019, 2018 (those of 2017
     * have just ended). */
    assert_years(&w, 2020, "A", "p", ALL, "students", 3000, 3000, 3000, 3000);
    small_end(&w);

    run(&w, HEAD("1 january") STUDY SEMESTERS "    intake: 1000\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 1000, 1000, 1000);
    /* 700 join 4 4/12 years after September 2016, 300 join 3 11/12 years after February 2017. */
    assert_ages(&w, 2021, 0, 0, 0, 300 / 12.0, 700 * 8 / 12.0 + 300 * 11 / 12.0, 700 * 4 / 12.0);
    small_end(&w);
}

static void entry_cohorts_from_before_the_base_year_come_first(void **state) {
    (void)state;
    small w;
    /* Counted on 30 June 2021: half of 100 from September 2017 and of 200 * 0 from February 2018. */
    run(&w, HEAD("30 june") STUDY
        "    length: 3.5\n"
        "    completion: 0.5\n"
        "    starts: {september: {share: 0.75, ends: january}, february: {share: 0.25, ends: june}}\n"
        "    intake: {2017: 100, 2018: 200, 2019: 300, 2020: 400, then: hold}\n");
    /* 2021: 0.5 * (75 + 50); 2022: 0.5 * (150 + 75); 2023: 0.5 * (225 + 100). */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 62.5, 112.5, 162.5);
    assert_years(&w, 2020, "A", "p", ALL, "intake", 400, 400, 400, 400);
    small_end(&w);
}

#define SEPTEMBER "    length: 3.5\n    completion: 1\n    starts: {september: {share: 1, ends: january}}\n"

static void a_lacking_entry_cohort_is_asked_for(void **state) {
    (void)state;
    small w;
    refuses(
        HEAD("30 june") STUDY SEPTEMBER "    intake: {2018: 200, 2019: 300, then: hold}\n",
        "w.yaml:15:5: error: programmes.s has no intake of 2017, whose graduates come in 2021\n"
        "hint: give the entry cohorts from before the base year, or say `earlier_intake: none` or `hold`");
    run(&w, HEAD("30 june") STUDY SEPTEMBER
        "    intake: {2018: 200, 2019: 300, then: hold}\n    earlier_intake: none\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 0, 200, 300);
    small_end(&w);
    run(&w, HEAD("30 june") STUDY SEPTEMBER
        "    intake: {2018: 200, 2019: 300, then: hold}\n    earlier_intake: hold\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 200, 200, 300);
    small_end(&w);
    /* What no one needs is not asked for: those who started in September 2016 joined in 2020. */
    run(&w, HEAD("30 june") STUDY SEPTEMBER "    intake: {2017: 100, 2018: 200, 2019: 300, then: hold}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 100, 200, 300);
    small_end(&w);
}

static void stages_lose_people_evenly(void **state) {
    (void)state;
    small w;
    /* 2.5 years without a calendar: half of the cohort takes 2 years, half 3.
     * The first: stage one 24 * 1/2.5 = 9.6 months, stage two 14.4. After 12 months 0.2 + 0.08 * 2.4/14.4 are gone.
     * The second: 14.4 and 21.6. After 12 months 0.2 * 12/14.4, after 24 0.2 + 0.08 * 9.6/21.6. */
    run(&w, HEAD("30 june") STUDY
        "    stages: {basis: {length: 1, dropout: 0.2}, main: {length: 1.5, dropout: 0.1}}\n"
        "    intake: {2020: 1000, 2021: 0, then: hold}\n    earlier_intake: none\n");
    double first = 0.2 + 0.08 * 2.4 / 14.4, second = 0.2 * 12 / 14.4, third = 0.2 + 0.08 * 9.6 / 21.6;
    assert_years(&w, 2020, "A", "p", ALL, "intake", 1000, 0, 0, 0);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 500 * (first + second),
                 500 * (0.28 - first + third - second), 500 * (0.28 - third));
    assert_years(&w, 2020, "A", "p", ALL, "students", 1000, 1000 - 500 * (first + second), 500 * (1 - third),
                 0);
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 0, 360, 360);
    /* 22 in 2022; 23 in 2023, as are those who came the year before. */
    assert_ages(&w, 2022, 0, 0, 360);
    assert_ages(&w, 2023, 0, 0, 0, 720);
    small_end(&w);
}

static void a_reform_shortens_from_an_entry_year_on(void **state) {
    (void)state;
    small w;
    /* September 2018 and before: 3.5 years, to January. From 2019 on 0.75 year less, to 30 April three years later:
     * 2017 joins in 2021, 2018 and 2019 both in 2022, 2020 in 2023. */
    run(&w, HEAD("30 june") STUDY
        "    length: {2015: 3.5, 2019: 2.75, between: step, then: hold}\n"
        "    full_length: 3.5\n"
        "    completion: {2015: 0.5, 2018: 0.6, 2019: 0.7, 2020: 0.8, between: step, then: hold}\n"
        "    starts: {september: {share: 1, ends: january}}\n"
        "    intake: {2017: 1000, 2018: 2000, 2019: 4000, 2020: 8000, then: hold}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 500, 1200 + 2800, 6400);
    small_end(&w);
    refuses(
        HEAD("30 june") STUDY "    length: {2015: 3.5, 2019: 2.75, between: step, then: hold}\n"
                              "    completion: 1\n"
                              "    starts: {september: {share: 1, ends: january}}\n"
                              "    intake: 100\n",
        "w.yaml:14:14: error: programmes.s.starts.september: studies of 2.75 years do not end in january\n"
        "hint: `ends` belongs to the full length: add `full_length` to the programme");
}

#define PLAIN "    length: 2\n    completion: 1\n"
#define TWO_REGIONS                                                                                          \
    YEARS("1 january")                                                                                       \
    "base_year: cohorts\n"                                                                                   \
    "regions: two.csv\n"                                                                                     \
    "demand: {job: {employment: {p: {table: fte.csv, column: fte}}, follows: constant}}\n"                   \
    "professions: {p: {cohorts: {persons: 0, ages: {table: ages.csv, column: one}, split: equal}}}\n"

static void graduates_settle_by_a_key_and_outside(void **state) {
    (void)state;
    small w;
    run(&w, TWO_REGIONS STUDY PLAIN "    intake: 1000\n    graduates_to: employment\n"
                                    "    outside: {2020: 0.1, 2021: 0.1, 2022: 0.5, then: hold}\n");
    /* One in four in A: 0.25 * 0.9 * 1000. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 225, 125, 125);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 675, 375, 375);
    assert_years(&w, 2020, ALL, "p", ALL, "graduates", NONE, 900, 500, 500);
    /* Who studies is counted where graduates settle, whether or not they will settle outside. */
    assert_years(&w, 2020, "A", "p", ALL, "intake", 250, 250, 250, 250);
    assert_years(&w, 2020, ALL, "p", ALL, "intake", 1000, 1000, 1000, 1000);
    assert_years(&w, 2020, ALL, "p", ALL, "students", 2000, 2000, 2000, 2000);
    small_end(&w);
}

static void an_intake_by_region_stays_there(void **state) {
    (void)state;
    small w;
    run(&w, TWO_REGIONS STUDY PLAIN "    intake: {table: intake.csv, column: persons}\n"
                                    "    earlier_intake: none\n");
    /* Two years later: 2019, 2020 and 2021. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 50, 60, 70);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 5, 6, 7);
    assert_years(&w, 2020, "A", "p", ALL, "intake", 60, 70, 80, 90);
    assert_years(&w, 2020, "B", "p", ALL, "students", 11, 13, 15, 17);
    assert_years(&w, 2020, ALL, "p", ALL, "graduates", NONE, 55, 66, 77);
    assert_int_equal(w.model->as_is->inputs.n_programmes, 2);
    small_end(&w);
    refuses(TWO_REGIONS STUDY PLAIN
            "    intake: {table: intake.csv, column: persons}\n    graduates_to: equal\n",
            "w.yaml:15:5: error: programmes.s: the intake is by region, so graduates already have one\n"
            "hint: leave out `graduates_to`; `outside` is the share that leaves, and `moves` takes people to "
            "other "
            "regions");
    refuses(TWO_REGIONS STUDY PLAIN "    intake: 1000\n",
            "w.yaml:9:3: error: programmes.s does not say where its graduates settle\n"
            "hint: add `graduates_to: {by: employment}`");
}

#define BY_REGION "    intake: {table: intake.csv, column: persons}\n    earlier_intake: none\n"

static void regions_complete_in_shares_of_their_own(void **state) {
    (void)state;
    small w;
    run(&w, TWO_REGIONS STUDY
        "    length: 2\n    completion: {table: rates.csv, column: completion}\n" BY_REGION);
    /* Half of 50, 60 and 70 in A, four fifths of 5, 6 and 7 in B. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 25, 30, 35);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 4, 4.8, 5.6);
    /* In each of two years a quarter (a tenth) of the cohorts of this year and the last: 50 + 60, 60 + 70, 70 + 80. */
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 27.5, 32.5, 37.5);
    assert_years(&w, 2020, "B", "p", ALL, "dropouts", NONE, 1.1, 1.3, 1.5);
    /* Those of 2019 and of 2020, who have just begun. */
    assert_years(&w, 2020, "A", "p", ALL, "students", 60 + 0.75 * 50, 70 + 0.75 * 60, 80 + 0.75 * 70,
                 90 + 0.75 * 80);
    small_end(&w);

    /* Half the dropout in A alone, from the entrants of 2020 on. */
    run(&w, TWO_REGIONS STUDY
        "    stages: {one: {length: 2, dropout: {from: 2020, table: rates.csv, column: halved,\n"
        "                                        earlier: {table: rates.csv, column: "
        "dropout}}}}\n" BY_REGION);
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 25, 45, 52.5);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 4, 4.8, 5.6);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 12.5 + 7.5, 7.5 + 8.75, 8.75 + 10);
    small_end(&w);
}

static void a_total_does_not_say_where_its_people_study(void **state) {
    (void)state;
    refuses(TWO_REGIONS STUDY "    length: 2\n    completion: {table: rates.csv, column: completion}\n"
                              "    intake: 1000\n    graduates_to: equal\n",
            "w.yaml:13:5: error: programmes.s.completion is by region, and a total of entrants does not say "
            "where "
            "they study\n"
            "hint: give `intake`, or `places` and `applicants`, by region, or one number for all regions");
    refuses(
        TWO_REGIONS STUDY "    stages: {one: {length: 2, dropout: {table: rates.csv, column: dropout}}}\n"
                          "    intake: 1000\n    graduates_to: equal\n",
        "w.yaml:12:31: error: programmes.s.stages.one.dropout is by region, and a total of entrants does not "
        "say where they study\n"
        "hint: give `intake`, or `places` and `applicants`, by region, or one number for all regions");
    /* A single region is where they study. */
    small w;
    run(&w, HEAD("1 january") STUDY "    length: 2\n    completion: {table: rates.csv, column: completion, "
                                    "where: {region: B}}\n    intake: 10\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 8, 8, 8);
    small_end(&w);
}

static void sexes_complete_in_shares_of_their_own(void **state) {
    (void)state;
    small w;
    run(&w,
        YEARS(
            "1 january") "base_year: cohorts\nregions: regions.csv\n"
                         "demand: {job: {employment: {p: 10}, follows: constant}}\n"
                         "professions: {p: {cohorts: {persons: 0, ages: {table: sexes.csv, column: one, "
                         "outside: 0}}}}\n"
                         "programmes: {s: {leads_to: p, entry: {table: sexes.csv, column: young, outside: "
                         "0},\n"
                         "  length: 2, completion: {table: by_sex.csv, column: completion}, intake: 400}}\n");
    /* Of 300 women 270 complete, of 100 men 50; half of the other 80 have left after one year. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 320, 320, 320);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 80, 80, 80);
    assert_years(&w, 2020, "A", "p", ALL, "students", 760, 760, 760, 760);
    /* Women stand first: ages 20 to 30, then men. */
    assert_ages(&w, 2021, 0, 0, 270, 0, 0, 0, 0, 0, 0, 0, 0);
    const frem_core_programme *core = w.model->as_is->inputs.programmes;
    size_t each = core->entries * core->lags * core->shifts, two = 2 * core->shifts + 2;
    assert_close(core->joining.at[two], 0.8, 1e-12);
    assert_close(core->arriving.at[each + two], 0.5, 1e-12);
    small_end(&w);
}

#define SEXES                                                                                                \
    YEARS("1 january")                                                                                       \
    "base_year: cohorts\nregions: regions.csv\n"                                                             \
    "demand: {job: {employment: {p: 10}, follows: constant}}\n"                                              \
    "professions: {p: {cohorts: {persons: 0, ages: {table: sexes.csv, column: one, outside: 0}}}}\n"         \
    "programmes: {s: {leads_to: p, length: 2, completion: 1, intake: 400,\n"                                 \
    "  entry: {table: sexes.csv, column: young, outside: 0}, "

static void graduates_leave_where_they_studied(void **state) {
    (void)state;
    small w;
    run(&w, TWO_REGIONS STUDY PLAIN BY_REGION "    outside: {table: outside.csv, column: share}\n");
    /* A tenth, a fifth and a fifth of 50, 60 and 70; half, half and three fifths of 5, 6 and 7. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 45, 48, 56);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 2.5, 3, 2.8);
    assert_years(&w, 2020, "A", "p", ALL, "stock", 0, 45, 93, 149);
    assert_years(&w, 2020, "A", "p", ALL, "students", 110, 130, 150, 170);
    small_end(&w);
    run(&w, TWO_REGIONS STUDY PLAIN BY_REGION "    outside: 0.2\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 40, 48, 56);
    assert_years(&w, 2020, ALL, "p", ALL, "graduates", NONE, 44, 52.8, 61.6);
    small_end(&w);
    refuses(
        TWO_REGIONS STUDY PLAIN "    intake: 1000\n    graduates_to: equal\n"
                                "    outside: {table: outside.csv, column: share}\n",
        "w.yaml:16:5: error: programmes.s.outside is by region, and a total of entrants does not say where "
        "they study\n"
        "hint: give `intake`, or `places` and `applicants`, by region, or one number for all regions");
}

static void sexes_leave_in_shares_of_their_own(void **state) {
    (void)state;
    small w;
    run(&w, SEXES "outside: {table: outside_by_sex.csv, column: share}}}\n");
    /* Of 300 women 270 stay, of 100 men 60. */
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 330, 330, 330);
    assert_years(&w, 2020, "A", "p", ALL, "students", 800, 800, 800, 800);
    assert_ages(&w, 2021, 0, 0, 270);
    small_end(&w);
}

static void entrants_differ_by_year_and_place(void **state) {
    (void)state;
    small w;
    /* 100 of 2019 are 22 in 2021; of 2020 75 are 22 in 2022 and 25 are 24; all of 2021 are 24 in 2023. */
    run(&w, HEAD("1 january") "programmes:\n  s: {leads_to: p, intake: 100, length: 2, completion: 1,\n"
                              "    entry: {table: older.csv, column: young, outside: 0}}\n");
    assert_ages(&w, 2021, 0, 0, 100);
    assert_ages(&w, 2022, 0, 0, 75, 100, 25);
    assert_ages(&w, 2023, 0, 0, 0, 75, 200, 25);
    small_end(&w);
    run(&w, TWO_REGIONS "programmes:\n  s:\n    leads_to: p\n    entry: {table: places.csv, column: young, "
                        "outside: 0}\n" PLAIN BY_REGION);
    /* Of both: 50 from A at 20 and 5 from B at 22, two years before. */
    assert_ages(&w, 2021, 0, 0, 50, 0, 5);
    small_end(&w);
    refuses(HEAD("1 january") "programmes:\n  s: {leads_to: p, intake: 100, length: 2, completion: 1,\n"
                              "    entry_total: 7, entry: {table: older.csv, column: young, outside: 0}}\n",
            "w.yaml:10:5: error: programmes.s: 'entry_total' has no meaning here: `entry` differs by year or "
            "region, and each has a sum of its own");
}

static void graduates_settle_by_weights_of_each_year(void **state) {
    (void)state;
    small w;
    run(&w, TWO_REGIONS STUDY PLAIN
        "    intake: 1000\n    graduates_to: {by: weights, weights: {table: weights.csv, column: weight}}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 250, 750, 1000);
    assert_years(&w, 2020, "B", "p", ALL, "graduates", NONE, 750, 250, 0);
    small_end(&w);
    refuses(
        YEARS("1 january") "base_year: cohorts\nregions: two.csv\n"
                           "demand: {job: {employment: {p: {table: fte.csv, column: fte}}, follows: "
                           "constant}}\n"
                           "professions: {p: {cohorts: {persons: 4, ages: {table: ages.csv, column: one},\n"
                           "  split: {by: weights, weights: {table: weights.csv, column: weight}}}}}\n",
        "w.yaml:8:24: error: professions.p.cohorts.split.weights differ by year, and the total is split once "
        "for all years\n"
        "hint: give weights without years; only `graduates_to` follows them");
}

static void dropouts_begin_again(void **state) {
    (void)state;
    small w;
    /* Half of 100 drop out in their year, 20 of these 50 begin in 2022, at 22; 10 complete and join at 23, when the first 50
     * are 23 too. */
#define ONCE "    intake: {2020: 100, 2021: 0, then: hold}\n    earlier_intake: none\n    completion: 0.5\n"
    run(&w, HEAD("1 january") STUDY ONCE "    length: 1\n    begin_again: {share: 0.4}\n");
    assert_years(&w, 2020, "A", "p", ALL, "intake", 100, 0, 0, 0);
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 20, 0);
    assert_years(&w, 2020, "A", "p", ALL, "students", 100, 0, 20, 0);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 50, 0, 10);
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 50, 0, 10);
    assert_ages(&w, 2022, 0, 0, 50);
    assert_ages(&w, 2023, 0, 0, 0, 60);
    small_end(&w);
    /* 25 of two years each: 10 begin in 2022, of whom 2.5 drop out in their first year, and 10 in 2023. */
    run(&w, HEAD("1 january") STUDY ONCE "    length: 2\n    begin_again: 0.4\n");
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 10, 10);
    assert_years(&w, 2020, "A", "p", ALL, "students", 100, 75, 10, 17.5);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 25, 25, 2.5);
    small_end(&w);
    /* Two years later it is the 25 of 2021 alone. Those who dropped out up to the base year are in the intake. */
    run(&w, HEAD("1 january") STUDY ONCE "    length: 2\n    begin_again: {share: 0.4, after: 2}\n");
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 0, 10);
    small_end(&w);
    run(&w, HEAD("1 january") STUDY "    intake: {2019: 100, 2020: 0, then: hold}\n    earlier_intake: none\n"
                                    "    completion: 0.5\n    length: 2\n    begin_again: 0.4\n");
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 10, 0);
    small_end(&w);
    /* Who drops out again begins again. Half are there for a year, half leave in the year of entry (50 in 2020, which is
     * the base year's): 50 begin in 2022, 25 of them leave at once and begin in 2023. */
    run(&w, HEAD("1 january") STUDY "    intake: {2020: 100, 2021: 0, then: hold}\n    earlier_intake: none\n"
                                    "    completion: 0\n    length: 0.5\n    begin_again: 1\n");
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 50, 25);
    small_end(&w);
}

static void nobody_is_lost_who_begins_again(void **state) {
    (void)state;
    small w;
    run(&w, YEARS("1 january") "base_year: cohorts\nregions: two.csv\n"
                               "demand: {job: {employment: {p: {table: fte.csv, column: fte}}, follows: "
                               "constant}}\n"
                               "professions: {p: {cohorts: {persons: 0, ages: {table: sexes.csv, column: "
                               "one, outside: 0},\n"
                               "  split: equal}}}\n"
                               "programmes: {s: {leads_to: p, entry: {table: sexes.csv, column: young, "
                               "outside: 0}, length: 2,\n"
                               "  completion: {table: rates.csv, column: completion}, earlier_intake: none,\n"
                               "  intake: {table: intake.csv, column: persons},\n"
                               "  begin_again: {share: {table: again.csv, column: share}, after: 1}}}\n");
    static const char *const regions[] = {"A", "B"};
    for (int i = 0; i < 6; i++) {
        const char *region = regions[i % 2];
        int year = 2021 + i / 2;
        double now = small_value(&w, year, region, "p", ALL, "students");
        double came = small_value(&w, year, region, "p", ALL, "intake") +
                      small_value(&w, year, region, "p", ALL, "begin_again");
        double went = small_value(&w, year, region, "p", ALL, "dropouts") +
                      small_value(&w, year, region, "p", ALL, "graduates");
        assert_close(now, small_value(&w, year - 1, region, "p", ALL, "students") + came - went, 1e-9);
        if (year > 2021)
            assert_true(small_value(&w, year, region, "p", ALL, "begin_again") <=
                        small_value(&w, year - 1, region, "p", ALL, "dropouts"));
    }
    /* Of the 27.5 and 1.1 who drop out in 2021, three of four are women. */
    assert_years(&w, 2020, "A", "p", ALL, "begin_again", 0, 0, 27.5 * (0.75 * 0.5 + 0.25 * 0.3));
    assert_years(&w, 2020, "B", "p", ALL, "begin_again", 0, 0, 1.1 * 0.75 * 0.2);
    small_end(&w);
}

static void entrants_have_ages_of_their_own(void **state) {
    (void)state;
    small w;
    /* Three of four are 20, one is 22; a fraction of a year joins a year later. */
    run(&w,
        HEAD("1 january") "programmes:\n  s:\n    leads_to: p\n    entry: {table: ages.csv, column: mixed}\n"
                          "    length: 1.25\n    completion: 1\n    intake: 400\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 400, 400, 400);
    assert_ages(&w, 2021, 0, 225, 75, 75, 25);
    small_end(&w);
}

static void those_qualified_elsewhere_come_at_ages_of_their_own(void **state) {
    (void)state;
    small w;
    /* A programme of no length: 8 in 2021, three of four at 20, one at 22, beside graduates who are 21. */
    run(&w, HEAD("1 january") STUDY
        "    length: 1\n    completion: 1\n    intake: 100\n"
        "  elsewhere: {leads_to: p, entry: {table: ages.csv, column: mixed}, length: 0, completion: 1,\n"
        "    intake: {2020: 5, 2021: 8, 2022: 12, then: hold}}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 108, 112, 112);
    assert_years(&w, 2020, "A", "p", ALL, "students", 100, 100, 100, 100);
    assert_years(&w, 2020, "A", "p", ALL, "intake", 105, 108, 112, 112);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 0, 0, 0);
    /* That all complete is odd of the programme of a year alone. */
    for (size_t i = 0; i < frem_diags_count(w.diags); i++) {
        char *text = frem_diag_text(frem_diags_at(w.diags, i), FREM_EN);
        assert_null(strstr(text, "programmes.elsewhere"));
        free(text);
    }
    assert_ages(&w, 2021, 6, 100, 2);
    assert_ages(&w, 2022, 9, 106, 103, 2);
    small_end(&w);
}

static void two_programmes_lead_to_one_profession(void **state) {
    (void)state;
    small w;
    run(&w, HEAD("1 january") STUDY PLAIN
        "    intake: 100\n"
        "  short: {leads_to: p, entry: {table: ages.csv, column: young}, length: 1, "
        "completion: 0.5, intake: 40}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 120, 120, 120);
    assert_years(&w, 2020, "A", "p", ALL, "intake", 140, 140, 140, 140);
    assert_years(&w, 2020, "A", "p", ALL, "dropouts", NONE, 20, 20, 20);
    assert_ages(&w, 2021, 0, 20, 100);
    small_end(&w);
}

static void no_more_than_everybody_starts(void **state) {
    (void)state;
    refuses(HEAD("1 january") STUDY
            "    length: 3.5\n    completion: 1\n    intake: 10\n"
            "    starts: {september: {share: 0.7, ends: january}, february: {share: 0.2, ends: june}}\n",
            "w.yaml:15:5: error: the shares of programmes.s.starts sum to 0.9, not to 1");
}

static void studies_are_not_endless(void **state) {
    (void)state;
    refuses(HEAD("1 january") STUDY "    intake: 10\n    stages: {one: {length: 8}, two: {length: 4.5}}\n",
            "w.yaml:9:3: error: programmes.s lasts 12.5 years, longer than 12");
    char yaml[4096] = HEAD("1 january") STUDY "    intake: 10\n    stages:\n";
    for (int i = 1; i <= 17; i++)
        (void)snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml), "      s%d: {length: 0.1}\n", i);
    refuses(yaml,
            "w.yaml:13:5: error: programmes.s has more than 16 stages\nhint: put short stages together");
    /* The longest there are: 12 years, the last cohort of them starting in 2009. */
    small w;
    run(&w, HEAD("1 january") STUDY "    intake: {2009: 10, 2010: 20, 2011: 30, 2012: 40, then: hold}\n"
                                    "    stages: {one: {length: 8}, two: {length: 4}}\n");
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, 10, 20, 30);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graduates_come_on_time),
        cmocka_unit_test(entry_cohorts_from_before_the_base_year_come_first),
        cmocka_unit_test(a_lacking_entry_cohort_is_asked_for),
        cmocka_unit_test(stages_lose_people_evenly),
        cmocka_unit_test(a_reform_shortens_from_an_entry_year_on),
        cmocka_unit_test(graduates_settle_by_a_key_and_outside),
        cmocka_unit_test(an_intake_by_region_stays_there),
        cmocka_unit_test(regions_complete_in_shares_of_their_own),
        cmocka_unit_test(a_total_does_not_say_where_its_people_study),
        cmocka_unit_test(sexes_complete_in_shares_of_their_own),
        cmocka_unit_test(graduates_leave_where_they_studied),
        cmocka_unit_test(sexes_leave_in_shares_of_their_own),
        cmocka_unit_test(entrants_differ_by_year_and_place),
        cmocka_unit_test(graduates_settle_by_weights_of_each_year),
        cmocka_unit_test(dropouts_begin_again),
        cmocka_unit_test(nobody_is_lost_who_begins_again),
        cmocka_unit_test(entrants_have_ages_of_their_own),
        cmocka_unit_test(those_qualified_elsewhere_come_at_ages_of_their_own),
        cmocka_unit_test(two_programmes_lead_to_one_profession),
        cmocka_unit_test(no_more_than_everybody_starts),
        cmocka_unit_test(studies_are_not_endless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
