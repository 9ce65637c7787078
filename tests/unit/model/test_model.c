/* Stock, labour and base year of small worlds, worked out by hand: one profession of three ages, 60 to 62. */
#include "unit/model/small.h"

#define YEARS "fremskriv: 1\nyears: {base: 2020, until: 2022}\n"
#define ONE_REGION "regions: regions.csv\n"
#define LEAVES "ages: {from: 60, to: 62, oldest: leaves}\n"
#define OPEN "ages: {from: 60, to: 62}\n"
#define JOB "demand: {job: {employment: {p: 150}, follows: constant}}\n"
#define PEOPLE "professions:\n  p:\n    cohorts: {persons: 240, ages: {table: ages.csv, column: persons}}\n"

static void begin(small *w) {
    small_begin(w);
    small_put(w, "regions.csv", "code,name\nA,Alfa\n");
    /* 100, 80 and 60 persons once they are scaled to 240. */
    small_put(w, "ages.csv", "age,persons\n60,50\n61,40\n62,30\n");
}

static void people_leave_in_order_and_pass_the_oldest_age(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS LEAVES ONE_REGION "base_year: cohorts\n" JOB PEOPLE "    participation: 0.9\n"
                                          "    unemployment: 0.05\n"
                                          "    fte_per_employed: 0.8\n"
                                          "    death: 0.01\n"
                                          "    permanent_exit: 0.1\n");
    /* 0.99 * 0.9 = 0.891 stay. 2021: 100 * 0.891 + 80 * 0.891; the 60 of age 62 go: 53.46 of them past 62.
     * 2022: 89.1 * 0.891. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 160.38, 79.3881);
    assert_years(&w, 2020, "A", "p", ALL, "deaths", NONE, 2.4, 1.6038);
    /* 240 * 0.99 * 0.1 + 53.46, and 160.38 * 0.99 * 0.1 + 71.28 * 0.891. */
    assert_years(&w, 2020, "A", "p", ALL, "other_exits", NONE, 77.22, 79.3881);
    assert_years(&w, 2020, "A", "p", ALL, "labour_force", 216, 144.342, 71.44929);
    assert_years(&w, 2020, "A", "p", ALL, "employed", 205.2, 137.1249, 67.8768255);
    assert_years(&w, 2020, "A", "p", ALL, "supply", 164.16, 109.69992, 54.3014604);
    assert_years(&w, 2020, "A", "p", ALL, "demand", 150, 150, 150);
    assert_years(&w, 2020, "A", "p", ALL, "gap", 14.16, -40.30008, -95.6985396);
    assert_years(&w, 2020, "A", "p", ALL, "shortage", 0, 40.30008, 95.6985396);
    assert_years(&w, 2020, "A", "p", ALL, "coverage", 1.0944, 0.7313328, 0.362009736);
    /* Demand does not rise; (2.4 + 77.22) * 0.9 * 0.95 * 0.8 and 80.9919 * 0.684 FTE are to be replaced. */
    assert_years(&w, 2020, "A", "p", ALL, "recruitment_need", NONE, 54.46008, 55.3984596);
    assert_years(&w, 2020, "A", "p", ALL, "share_55_plus", 1, 1, 1);
    /* Nothing was said about these. */
    assert_years(&w, 2020, "A", "p", ALL, "retirements", NONE, NONE, NONE);
    assert_years(&w, 2020, "A", "p", ALL, "graduates", NONE, NONE, NONE);
    assert_years(&w, 2020, "A", "p", ALL, "intake", NONE, NONE, NONE);
    assert_years(&w, 2020, "A", ALL, "job", "users", NONE, NONE, NONE);
    /* The sum over regions is the region; one profession needs no sum. */
    assert_years(&w, 2020, ALL, "p", ALL, "stock", 240, 160.38, 79.3881);
    assert_years(&w, 2020, "A", ALL, ALL, "stock", NONE, NONE, NONE);
    small_end(&w);
}

static void the_oldest_age_can_be_an_open_group(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE "    emigration: 0.1\n");
    /* 62 and over: (80 + 60) * 0.9 = 126, then (90 + 126) * 0.9 = 194.4. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 216, 194.4);
    assert_years(&w, 2020, "A", "p", ALL, "other_exits", NONE, 24, 21.6);
    /* Without participation, unemployment and hours everybody is one FTE. */
    assert_years(&w, 2020, "A", "p", ALL, "supply", 240, 216, 194.4);
    small_end(&w);
}

static void rates_differ_by_year_and_age(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_put(&w, "death.csv",
              "age,year,rate\n60,2020,0\n61,2020,0.5\n62,2020,1\n60,2021,1\n61,2021,0.25\n"
              "62,2021,0\n60,2022,1\n61,2022,1\n62,2022,1\n");
    small_run(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE
                                        "    death: {table: death.csv, column: rate}\n"
                                        "    unemployment: {2020: 0, 2021: 0.1, then: hold}\n"
                                        "    fte_per_employed: {start: 1, growth: -0.1}\n");
    /* 2020: 40 of 80 and all 60 die; 61: 100, 62: 40. 2021: a quarter of 100; 62: 75 + 40. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 140, 115);
    assert_years(&w, 2020, "A", "p", ALL, "deaths", NONE, 100, 25);
    /* 140 * 0.9 * 0.9, 115 * 0.9 * 0.81. */
    assert_years(&w, 2020, "A", "p", ALL, "supply", 240, 113.4, 83.835);
    small_end(&w);
}

static void sexes_have_rates_of_their_own(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_put(&w, "sexes.csv",
              "sex,age,persons,rate\nf,60,3,0.5\nf,61,0,0.5\nf,62,0,0\nm,60,0,1\nm,61,1,1\n"
              "m,62,0,1\n");
    small_run(
        &w, YEARS OPEN ONE_REGION
        "base_year: cohorts\n" JOB
        "professions: {p: {cohorts: {persons: {table: sexes.csv, column: persons}}, participation: {table: "
        "sexes.csv, column: rate}}}\n");
    /* Women 3 at 60, 61, 62; one man at 61, 62, 62. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 4, 4, 4);
    assert_years(&w, 2020, "A", "p", ALL, "supply", 2.5, 2.5, 1);
    small_end(&w);
}

static void people_retire_by_hazard(void **state) {
    (void)state;
    small w;
    begin(&w);
    /* Without spread everybody leaves at 61: those of 59.5 to 60.5 on average have not, those of 60 do in the year. */
    small_run(&w, YEARS OPEN ONE_REGION
              "base_year: cohorts\n" JOB "retirement_ages: {law: {born: {\"1900-01-01\": 61}}}\n" PEOPLE
              "    death: 0.5\n"
              "    retirement: {kind: exit, age: law, leaves: {mean: 0, spread: 0}, "
              "earliest: 55, latest: 70}\n");
    /* All 240 are past 61 within the year: half die, the rest retire. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 0, 0);
    assert_years(&w, 2020, "A", "p", ALL, "deaths", NONE, 120, 0);
    assert_years(&w, 2020, "A", "p", ALL, "retirements", NONE, 120, 0);
    small_end(&w);
    begin(&w);
    /* At 62: those of 60 (60.5, then 61.5) stay a year; those of 61 and 62 go. */
    small_run(&w, YEARS OPEN ONE_REGION
              "base_year: cohorts\n" JOB "retirement_ages: {law: {born: {\"1900-01-01\": 61}}}\n" PEOPLE
              "    retirement: {kind: exit, age: law, leaves: {mean: 1, spread: 0}, "
              "earliest: 55, latest: 70}\n");
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 100, 0);
    assert_years(&w, 2020, "A", "p", ALL, "retirements", NONE, 140, 100);
    small_end(&w);
}

static void people_retire_by_participation(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_put(&w, "work.csv", "age,rate\n60,0.8\n61,0.6\n62,0.4\n");
    /* The age rises by half a year in 2021 and another half in 2022; response 1 over threshold 60. */
    small_run(&w, YEARS OPEN ONE_REGION
              "base_year: cohorts\n" JOB
              "retirement_ages: {law: {year: {2020: 65, 2021: 65.5, 2022: 66}}}\n" PEOPLE
              "    participation: {table: work.csv, column: rate}\n"
              "    retirement: {kind: participation, age: law, threshold: 60, response: 1}\n");
    /* No one leaves: 100, 80, 60; then 0, 100, 140; then 0, 0, 240.
     * 2020: 80 + 48 + 24. 2021, read at 60.5 and 61.5 on the line: 100 * 0.7 + 140 * 0.5. 2022: 240 at 61. */
    assert_years(&w, 2020, "A", "p", ALL, "stock", 240, 240, 240);
    assert_years(&w, 2020, "A", "p", ALL, "labour_force", 152, 140, 144);
    assert_years(&w, 2020, "A", "p", ALL, "retirements", NONE, NONE, NONE);
    small_end(&w);
}

static void absence_counts_by_its_change(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE
                                        "    absence: {share: {2020: 0.04, 2021: 0.1, 2022: 0.04}}\n");
    assert_years(&w, 2020, "A", "p", ALL, "supply", 240, 225, 240); /* 240 * 0.9 / 0.96 */
    small_end(&w);
    begin(&w);
    small_run(&w,
              YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE
                                    "    absence: {days: {2020: 22.5, 2021: 11.25, then: hold}, of: 225}\n"
                                    "    fte_per_employed: 0.5\n");
    assert_years(&w, 2020, "A", "p", ALL, "supply", 120, 126.66666666666667,
                 126.66666666666667); /* 0.95/0.9 */
    small_end(&w);
}

static void an_employment_rate_stands_for_two(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE "    employment_rate: 0.75\n");
    assert_years(&w, 2020, "A", "p", ALL, "employed", 180, 180, 180);
    assert_years(&w, 2020, "A", "p", ALL, "labour_force", NONE, NONE, NONE);
    small_end(&w);
}

/* 240 persons. A quarter works 30 of 37 or of 40 hours; in 2022 half of them. */
static void part_time_is_measured_by_the_full_week(void **state) {
    (void)state;
    static const struct {
        const char *full, *part_time;
        double at[3];
    } cases[] = {
        {"",
         "{share: 0.25, hours: 30}",
         {0.75 + 0.25 * 30 / 37, 0.75 + 0.25 * 30 / 37, 0.75 + 0.25 * 30 / 37}},
        {"full_time_hours: 40\n", "{share: 0.25, hours: 30}", {0.9375, 0.9375, 0.9375}},
        {"full_time_hours: 40\n",
         "{share: {2020: 0.25, 2022: 0.5, between: step}, hours: 30}",
         {0.9375, 0.9375, 0.875}},
        {"full_time_hours: 40\n",
         "{share: 0.25, hours: {2020: 30, 2022: 20, between: linear}}",
         {0.9375, 0.90625, 0.875}},
        {"full_time_hours: 40\n", "{share: 1, hours: 0}", {0, 0, 0}},
        {"full_time_hours: 40\n", "{share: 0, hours: 40}", {1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small w;
        char yaml[2048];
        begin(&w);
        (void)snprintf(yaml, sizeof yaml, "%s%s    part_time: %s\n", cases[i].full,
                       YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE, cases[i].part_time);
        small_run(&w, yaml);
        assert_years(&w, 2020, "A", "p", ALL, "employed", 240, 240, 240);
        assert_years(&w, 2020, "A", "p", ALL, "supply", 240 * cases[i].at[0], 240 * cases[i].at[1],
                     240 * cases[i].at[2]);
        small_end(&w);
    }
}

/* 240 persons, of whom 0.8 want work and three in four of these have it: 192 and 144. */
#define FORCE                                                                                                \
    "    supply: labour_force\n    participation: 0.8\n    unemployment: 0.25\n    fte_per_employed: 0.5\n"

static void supply_may_be_the_labour_force(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE FORCE);
    assert_years(&w, 2020, "A", "p", ALL, "supply", 96, 96, 96);
    assert_years(&w, 2020, "A", "p", ALL, "employed", 144, 144, 144);
    assert_years(&w, 2020, "A", "p", ALL, "gap", -54, -54, -54);
    small_end(&w);
    /* Scaled until those in work have the 150 FTE of the job: 300 of the 400 who want work. */
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION "base_year: scale\n" JOB PEOPLE FORCE);
    assert_years(&w, 2020, "A", "p", ALL, "employed", 300, 300, 300);
    assert_years(&w, 2020, "A", "p", ALL, "labour_force", 400, 400, 400);
    assert_years(&w, 2020, "A", "p", ALL, "supply", 200, 200, 200);
    small_end(&w);
}

#define TWO_REGIONS "regions: {table: two.csv, group_by: side}\n"
#define TWO_BASE(mode)                                                                                       \
    YEARS OPEN TWO_REGIONS                                                                                   \
        "base_year: " mode "\n"                                                                              \
        "population: people.csv\n"                                                                           \
        "demand:\n"                                                                                          \
        "  job: {employment: {p: 150}, split: {by: population, ages: 1-2}, follows: constant}\n"             \
        "  more: {employment: {p: {table: more.csv, column: fte}}, follows: constant}\n"

static void begin_two(small *w) {
    begin(w);
    small_put(w, "two.csv", "code,name,side\nA,Alfa,west\nB,Beta,west\n");
    small_put(w, "more.csv", "region,fte,weight\nA,10,1\nB,40,3\n");
    /* Ages 1 and 2: A has 10 + 10, B has 20 + 10, so that 150 are 60 and 90. */
    small_put(w, "people.csv",
              "region,year,age,persons\n"
              "A,2020,0,7\nA,2020,1,10\nA,2020,2,10\nB,2020,0,1\nB,2020,1,20\nB,2020,2,10\n"
              "A,2021,0,7\nA,2021,1,10\nA,2021,2,10\nB,2021,0,1\nB,2021,1,20\nB,2021,2,10\n"
              "A,2022,0,7\nA,2022,1,10\nA,2022,2,10\nB,2022,0,1\nB,2022,1,20\nB,2022,2,10\n");
}

#define SPLIT(how)                                                                                           \
    "professions: {p: {cohorts: {persons: 240, ages: {table: ages.csv, column: persons}, split: " how "}}}"  \
    "\n"

static void a_total_is_split_by_its_key(void **state) {
    (void)state;
    /* Employment is 60 + 10 in A and 90 + 40 in B. Population of all ages 27 and 31. */
    static const struct {
        const char *yaml;
        double a, b;
    } cases[] = {
        {TWO_BASE("cohorts") SPLIT("{by: employment}"), 240.0 * 70 / 200, 240.0 * 130 / 200},
        {TWO_BASE("cohorts") SPLIT("{by: population}"), 240.0 * 27 / 58, 240.0 * 31 / 58},
        {TWO_BASE("cohorts") SPLIT("{by: population, ages: 2+}"), 120, 120},
        {TWO_BASE("cohorts") SPLIT("{by: equal}"), 120, 120},
        {TWO_BASE("cohorts") SPLIT("{by: weights, weights: {table: more.csv, column: weight}}"), 60, 180},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small w;
        begin_two(&w);
        small_run(&w, cases[i].yaml);
        assert_years(&w, 2020, "A", "p", ALL, "stock", cases[i].a);
        assert_years(&w, 2020, "B", "p", ALL, "stock", cases[i].b);
        assert_years(&w, 2020, "west", "p", ALL, "stock", 240, 240, 240);
        assert_years(&w, 2020, ALL, "p", ALL, "stock", 240);
        assert_years(&w, 2020, "A", "p", "job", "demand", 60, 60, 60);
        assert_years(&w, 2020, "B", "p", "job", "demand", 90, 90, 90);
        assert_years(&w, 2020, "A", "p", "more", "demand", 10);
        assert_years(&w, 2020, "B", "p", ALL, "demand", 130);
        assert_years(&w, 2020, "west", "p", "more", "demand", 50);
        /* Who reads figures of single regions learns that they follow a key: cohorts and one sector. */
        assert_int_equal(w.model->n_splits, 2);
        assert_text(w.model->splits[0].path, "professions.p.cohorts.persons");
        assert_text(w.model->splits[1].path, "demand.job.employment.p");
        small_end(&w);
    }
}

/* 0 is 0 in every region, whatever the key: there is nothing to report. */
static void a_total_of_nothing_follows_no_key(void **state) {
    (void)state;
    small w;
    begin_two(&w);
    small_run(&w, YEARS OPEN TWO_REGIONS "base_year: cohorts\n"
                                         "demand:\n"
                                         "  job: {employment: {p: 150}, vacancies: {p: 0}, extra: {p: {2020: "
                                         "0, 2021: 2, then: hold}}, split: equal,\n"
                                         "    follows: constant}\n" SPLIT("equal"));
    assert_int_equal(w.model->n_splits, 3);
    assert_text(w.model->splits[1].path, "demand.job.employment.p");
    assert_text(w.model->splits[2].path, "demand.job.extra.p");
    small_end(&w);
}

static void the_base_year_has_three_modes(void **state) {
    (void)state;
    static const char *const yaml[] = {TWO_BASE("cohorts") SPLIT("{by: equal}"),
                                       TWO_BASE("scale") SPLIT("{by: equal}"),
                                       TWO_BASE("overwrite") SPLIT("{by: equal}")};
    /* Everybody is one FTE; no one leaves. Scaled, A has 70 and B 130 for good; overwritten, in 2020 only. */
    static const double a[3][2] = {{120, 120}, {70, 70}, {70, 120}};
    static const double stock[3] = {120, 70, 120};
    for (size_t i = 0; i < 3; i++) {
        small w;
        begin_two(&w);
        small_run(&w, yaml[i]);
        assert_years(&w, 2020, "A", "p", ALL, "supply", a[i][0], a[i][1]);
        assert_years(&w, 2020, "A", "p", ALL, "stock", stock[i], stock[i]);
        assert_years(&w, 2020, "A", "p", ALL, "gap", a[i][0] - 70, a[i][1] - 70);
        /* The shortage of a group is that of its regions, before surpluses elsewhere. */
        assert_years(&w, 2020, "west", "p", ALL, "shortage", i == 0 ? 10 : 0, i == 1 ? 0 : 10);
        small_end(&w);
    }
}

static void what_scaling_did_is_told(void **state) {
    (void)state;
    small w;
    begin_two(&w);
    small_run(&w, TWO_BASE("scale") SPLIT("{by: equal}"));
    /* 70 / 120 and 130 / 120. */
    const frem_document *document = frem_results_document(w.results);
    const frem_note *note = &document->notes[document->n_notes - 1];
    assert_text(note->kind, "base-year-scaled");
    assert_text(note->what, "professions.p");
    assert_text(note->text.text[FREM_EN], "p: the stock is multiplied by 0.5833 to 1.0833, by region, so "
                                          "that its FTE are the employment");
    assert_text(note->text.text[FREM_DA],
                "p: bestanden er ganget med 0,5833 til 1,0833, efter område, så dens årsværk svarer til "
                "beskæftigelsen");
    small_end(&w);
}

static void vacancies_are_need_but_not_staff(void **state) {
    (void)state;
    small w;
    begin(&w);
    small_run(&w, YEARS OPEN ONE_REGION
              "base_year: scale\n" PEOPLE
              "demand: {job: {employment: {p: 150}, vacancies: {p: 30}, follows: constant}}\n");
    assert_years(&w, 2020, "A", "p", ALL, "supply", 150, 150, 150);
    assert_years(&w, 2020, "A", "p", ALL, "demand", 180, 180, 180);
    assert_years(&w, 2020, "A", "p", ALL, "gap", -30, -30, -30);
    small_end(&w);
}

static void the_count_date_is_months_into_the_year(void **state) {
    (void)state;
    static const struct {
        const char *yaml;
        double months;
    } cases[] = {
        {"fremskriv: 1\nyears: {base: 2020, until: 2021}\n", 0},
        {"fremskriv: 1\nyears: {base: 2020, until: 2021, count: 30 june}\n", 6},
        {"fremskriv: 1\nyears: {base: 2020, until: 2021, count: 1 july}\n", 6},
        {"fremskriv: 1\nyears: {base: 2020, until: 2021, count: 31 december}\n", 12},
        {"fremskriv: 1\nyears: {base: 2020, until: 2021, count: 28 february}\n", 2},
        {"fremskriv: 1\nyears: {base: 2020, until: 2021, count: 16 april}\n", 3.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small w;
        char yaml[1024];
        (void)snprintf(yaml, sizeof yaml, "%s%s", cases[i].yaml,
                       OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE);
        begin(&w);
        small_load(&w, yaml);
        assert_close(w.model->count, cases[i].months, 1e-12);
        small_end(&w);
    }
}

static void parameters_have_names_and_ranges(void **state) {
    (void)state;
    small w;
    frem_parameter p;
    begin(&w);
    small_load(&w, YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE "    death: 0.1\n");
    ptrdiff_t i = frem_model_find(w.model, "professions.p.death");
    assert_true(i >= 0);
    assert_true(frem_model_parameter(w.model, (size_t)i, &p));
    assert_text(p.path, "professions.p.death");
    assert_text(p.unit, "share");
    assert_close(p.min, 0, 0);
    assert_close(p.max, 1, 0);
    assert_int_equal(frem_model_find(w.model, "professions.p.deaths"), -1);
    assert_int_equal(frem_model_find(w.model, "professions.p.emigration"), -1);
    assert_false(frem_model_parameter(w.model, frem_model_parameters(w.model), &p));
    small_end(&w);
}

static const char *const tables[][2] = {
    {"regions.csv", "code,name\nA,Alfa\n"},
    {"two.csv", "code,name,side\nA,Alfa,west\nB,Beta,west\n"},
    {"ages.csv", "age,persons,none\n60,50,0\n61,40,0\n62,30,0\n"},
    {"more.csv", "region,fte\nA,10\nB,40\n"},
};

static void refuses(const char *yaml, const char *problem) {
    small_refuses(yaml, tables, sizeof tables / sizeof *tables, problem);
}

static void what_makes_no_sense_is_refused(void **state) {
    (void)state;
    refuses(
        YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE "    absence: {days: 300, of: 225}\n",
        "w.yaml:10:5: error: professions.p.absence is 1.3333333333333333 of the working time in 2020, and "
        "no one "
        "would be at work\nhint: a share below 1, or fewer `days` than `of`");
    refuses(
        YEARS OPEN ONE_REGION "base_year: cohorts\n" JOB PEOPLE
                              "    absence: {share: {2020: 0.1, 2021: 0.1, 2022: 1}}\n",
        "w.yaml:10:5: error: professions.p.absence is 1 of the working time in 2022, and no one would be at "
        "work\nhint: a share below 1, or fewer `days` than `of`");
    refuses(YEARS OPEN ONE_REGION
            "base_year: cohorts\n" JOB
            "professions: {p: {cohorts: {persons: 240, ages: {table: ages.csv, column: none}}}}\n",
            "w.yaml:7:43: error: professions.p.cohorts.ages is 0 at every age");
    refuses(YEARS OPEN "regions: two.csv\nbase_year: cohorts\n" JOB PEOPLE,
            "w.yaml:9:15: error: professions.p.cohorts.persons is one number for all regions, and nothing "
            "says how "
            "to split it\nhint: add `split: {by: population}` or give a table with a column for the region");
    refuses(YEARS OPEN ONE_REGION
            "base_year: scale\n" JOB
            "professions: {p: {cohorts: {persons: 0, ages: {table: ages.csv, column: persons}}}}\n",
            "w.yaml:7:19: error: professions.p has 150.0 FTE employed in region 'Alfa' and no one in the "
            "stock to "
            "scale");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_leave_in_order_and_pass_the_oldest_age),
        cmocka_unit_test(the_oldest_age_can_be_an_open_group),
        cmocka_unit_test(rates_differ_by_year_and_age),
        cmocka_unit_test(sexes_have_rates_of_their_own),
        cmocka_unit_test(people_retire_by_hazard),
        cmocka_unit_test(people_retire_by_participation),
        cmocka_unit_test(absence_counts_by_its_change),
        cmocka_unit_test(an_employment_rate_stands_for_two),
        cmocka_unit_test(part_time_is_measured_by_the_full_week),
        cmocka_unit_test(supply_may_be_the_labour_force),
        cmocka_unit_test(a_total_is_split_by_its_key),
        cmocka_unit_test(a_total_of_nothing_follows_no_key),
        cmocka_unit_test(the_base_year_has_three_modes),
        cmocka_unit_test(what_scaling_did_is_told),
        cmocka_unit_test(vacancies_are_need_but_not_staff),
        cmocka_unit_test(the_count_date_is_months_into_the_year),
        cmocka_unit_test(parameters_have_names_and_ranges),
        cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
