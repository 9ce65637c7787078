/* Demand of small worlds, worked out by hand: two regions, two professions. */
#include "unit/model/small.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\nyears: {base: 2020, until: 2022}\nages: {from: 60, to: 62}\nbase_year: cohorts\n"         \
    "regions: {table: regions.csv, group_by: side}\n"                                                        \
    "population: people.csv\n"                                                                               \
    "professions:\n"                                                                                         \
    "  p: {cohorts: {persons: 10, ages: {table: ages.csv, column: persons}, split: equal}}\n"                \
    "  q: {cohorts: {persons: 30, ages: {table: ages.csv, column: persons}, split: equal}, "                 \
    "employment_rate: 1}\n"                                                                                  \
    "demand:\n"

/* Persons of 0, 1, 2 and over by region and year; no one of 1 lives in B in 2020. */
static const char *const tables[][2] = {
    {"regions.csv", "code,name,side\nA,Alfa,west\nB,Beta,west\n"},
    {"ages.csv", "age,persons\n60,1\n61,0\n62,0\n"},
    {"people.csv", "region,year,age,persons\n"
                   "A,2020,0,10\nA,2020,1,20\nA,2020,2+,70\nA,2021,0,15\nA,2021,1,20\nA,2021,2+,75\n"
                   "A,2022,0,5\nA,2022,1,30\nA,2022,2+,80\nB,2020,0,40\nB,2020,1,0\nB,2020,2+,60\n"
                   "B,2021,0,20\nB,2021,1,10\nB,2021,2+,60\nB,2022,0,0\nB,2022,1,40\nB,2022,2+,60\n"},
    {"fte.csv", "region,p,q,users\nA,100,300,8\nB,50,0,0\n"},
    {"index.csv", "region,year,index\nA,2020,1\nA,2021,1.5\nA,2022,2\nB,2020,1\nB,2021,1\nB,2022,0\n"},
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

#define P "{table: fte.csv, column: p}"
#define Q "{table: fte.csv, column: q}"

static void a_constant_need_stays(void **state) {
    (void)state;
    small w;
    run(&w, HEAD "  job: {employment: {p: " P ", q: " Q "}, follows: constant}\n");
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100, 100);
    assert_years(&w, 2020, "west", ALL, "job", "demand", 450, 450, 450);
    assert_years(&w, 2020, ALL, ALL, ALL, "demand", 450, 450, 450);
    /* q is not employed in B, but the sector knows it. */
    assert_years(&w, 2020, "B", "q", "job", "demand", 0, 0, 0);
    assert_years(&w, 2020, "B", "q", ALL, "coverage", NONE, NONE, NONE);
    assert_years(&w, 2020, ALL, ALL, "job", "users", NONE, NONE, NONE);
    /* p has a labour force, q does not, so their sum does not either. */
    assert_years(&w, 2020, "A", "p", ALL, "labour_force", 5, 5, 5);
    assert_years(&w, 2020, "A", "q", ALL, "labour_force", NONE, NONE, NONE);
    assert_years(&w, 2020, "A", ALL, ALL, "labour_force", NONE, NONE, NONE);
    assert_years(&w, 2020, "A", ALL, ALL, "stock", 20, 20, 20);
    small_end(&w);
}

static void need_follows_a_population(void **state) {
    (void)state;
    small w;
    run(&w,
        HEAD "  job: {employment: {p: " P "}, follows: {population: 0-1}}\n"
             "  old: {employment: {q: 10}, split: {by: population, ages: 2+}, follows: {population: 2+}}\n");
    /* Of 0 and 1: A 30, 35, 35; B 40, 30, 40. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 * 35 / 30.0, 100 * 35 / 30.0);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 37.5, 50);
    assert_years(&w, 2020, "A", ALL, "job", "users", 30, 35, 35);
    assert_years(&w, 2020, "west", ALL, "job", "users", 70, 65, 75);
    /* 10 FTE over 70 and 60 persons of 2 and over; 75 and 80 in A, 60 in B. */
    assert_years(&w, 2020, "A", "q", "old", "demand", 10 * 70 / 130.0, 10 * 75 / 130.0, 10 * 80 / 130.0);
    assert_years(&w, 2020, "B", "q", "old", "demand", 10 * 60 / 130.0, 10 * 60 / 130.0, 10 * 60 / 130.0);
    small_end(&w);
}

static void need_follows_weighted_users(void **state) {
    (void)state;
    small w;
    /* Use rates 0.5 and, rising, 0.8 to 0.9; a user of the second group weighs three times as much. */
    run(&w, HEAD "  job:\n    employment: {p: " P "}\n    follows:\n      users:\n"
                 "        small: {population: 0, use_rate: 0.5}\n"
                 "        large: {population: 1, use_rate: {2020: 0.8, 2021: 0.9, then: hold}, weight: 3}\n");
    /* A: 5 + 3 * 16 = 53, 7.5 + 3 * 18 = 61.5, 2.5 + 3 * 27 = 83.5. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 * 61.5 / 53, 100 * 83.5 / 53);
    /* B: 20 + 0, 10 + 3 * 9, 0 + 3 * 36. */
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 50 * 37 / 20.0, 50 * 108 / 20.0);
    assert_years(&w, 2020, "A", ALL, "job", "users", 21, 25.5, 29.5);
    assert_years(&w, 2020, "west", ALL, "job", "users", 41, 44.5, 65.5);
    small_end(&w);
}

static void users_of_the_base_year_make_a_rate(void **state) {
    (void)state;
    small w;
    /* In A 8 users of the 20 of age 1: 0.4. No one of 1 lives in B in 2020, so the rate of west holds: 8 of 20. */
    run(&w, HEAD "  job:\n    employment: {p: " P "}\n    follows:\n      users:\n"
                 "        small: {population: 0}\n"
                 "        large: {population: 1, users: {table: fte.csv, column: users}}\n");
    /* A: 10 + 8, 15 + 8, 5 + 12. B: 40, 20 + 4, 0 + 16. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 * 23 / 18.0, 100 * 17 / 18.0);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 50 * 24 / 40.0, 50 * 16 / 40.0);
    small_end(&w);
    /* One number of users for both regions: 12 of the 50 of age 0, 0.24 in each. */
    run(&w, HEAD "  job:\n    employment: {p: " P "}\n    follows:\n      users:\n"
                 "        small: {population: 0, users: 12}\n        large: {population: 1}\n");
    /* A: 2.4 + 20, 3.6 + 20, 1.2 + 30. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 * 23.6 / 22.4, 100 * 31.2 / 22.4);
    small_end(&w);
}

/* Aged 0 in A 10, 15, 5 and in B 40, 20, 0; aged 1 20, 20, 30 and 0, 10, 40. Half of the first are pupils, with 60 hours
 * each; of the second all, with 30, from 2021 40. Of the hours .8, from 2022 .9, are taught by the sector's staff, at 20
 * hours each: A (300 + 600) * .04, (450 + 800) * .04, (150 + 1200) * .045 = 36, 50, 60.75; B 48, 40, 72. */
static void need_follows_hours_of_teaching(void **state) {
    (void)state;
    static const char *const follows =
        "    follows:\n      teaching:\n        pupils:\n"
        "          small: {population: 0, enrolment: 0.5, hours_per_pupil: 60}\n"
        "          large: {population: 1, hours_per_pupil: {2020: 30, 2021: 40, then: hold}}\n"
        "        teacher_share: {2020: 0.8, 2022: 0.9, between: step}\n        hours_per_fte: 20\n        "
        "level: ";
    small w;
    char text[4096];
    (void)snprintf(text, sizeof text, "%s  job:\n    employment: {p: " P ", q: " Q "}\n%semployment\n", HEAD,
                   follows);
    run(&w, text);
    /* The posts of the base year are those that there are: 400 in A, a quarter of them p, and 50 in B. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 * 50 / 36.0, 100 * 60.75 / 36);
    assert_years(&w, 2020, "A", "q", "job", "demand", 300, 300 * 50 / 36.0, 300 * 60.75 / 36);
    assert_years(&w, 2020, "B", ALL, "job", "demand", 50, 50 * 40 / 48.0, 50 * 72 / 48.0);
    assert_years(&w, 2020, "A", ALL, "job", "users", 25, 27.5, 32.5);
    small_end(&w);
    (void)snprintf(text, sizeof text, "%s  job:\n    employment: {p: " P ", q: " Q "}\n%shours\n", HEAD,
                   follows);
    run(&w, text);
    /* They are what the hours ask for, divided as the staff is. */
    assert_years(&w, 2020, "A", "p", "job", "demand", 9, 12.5, 60.75 / 4);
    assert_years(&w, 2020, "A", "q", "job", "demand", 27, 37.5, 60.75 * 3 / 4);
    assert_years(&w, 2020, "B", "p", "job", "demand", 48, 40, 72);
    small_end(&w);
}

/* A spends 200, 210, 150 and B 80, 80, 120; prices rise by a quarter in 2022. Each region's own staff follows its own money;
 * twice the money in every year is the same need. */
static void need_follows_spending(void **state) {
    (void)state;
    static const char *const money =
        "region,year,kr\nA,2020,200\nA,2021,210\nA,2022,150\nB,2020,80\nB,2021,80\n"
        "B,2022,120\n";
    for (int twice = 0; twice < 2; twice++) {
        small w;
        small_begin(&w);
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
            small_put(&w, tables[i][0], tables[i][1]);
        small_put(&w, "money.csv", money);
        char text[4096];
        (void)snprintf(text, sizeof text,
                       "%s  job:\n    employment: {p: " P ", q: " Q "}\n    follows:\n      spending:\n"
                       "        amount: {table: money.csv, column: kr, times: %d}\n"
                       "        deflator: {2020: 1, 2021: 1, 2022: 0.8, between: step}\n",
                       HEAD, twice + 1);
        small_run(&w, text);
        assert_years(&w, 2020, "A", "p", "job", "demand", 100, 105, 60);
        assert_years(&w, 2020, "A", "q", "job", "demand", 300, 315, 180);
        assert_years(&w, 2020, "B", "p", "job", "demand", 50, 50, 60);
        assert_years(&w, 2020, ALL, ALL, "job", "users", NONE, NONE, NONE);
        small_end(&w);
    }
}

/* Middelfart spent 177,329 thousand kr. on adults in 2017 and 183,100 in 2018, all 22 municipalities 5,714,849 and 5,837,152
 * (Statistics Denmark, prices of 2018): staff divided as the money is grows with it, in each and in all. */
static void municipalities_follow_their_spending(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    small_run(&w,
              "fremskriv: 1\nyears: {base: 2017, until: 2018}\nbase_year: cohorts\n"
              "regions: {table: denmark/municipalities.csv, where: {kkr: Syddanmark}}\n"
              "professions:\n  p: {supply: none}\n"
              "demand:\n  job:\n    employment: {p: 12000}\n"
              "    split: {by: weights, weights: {table: denmark/social_spending.csv, column: thousand_kr, "
              "where: {area: adults, year: 2017}}}\n"
              "    follows: {spending: {amount: {table: denmark/social_spending.csv, column: thousand_kr, "
              "where: {area: adults}}}}\n");
    assert_years(&w, 2017, "410", "p", "job", "demand", 12000.0 * 177329 / 5714849,
                 12000.0 * 183100 / 5714849);
    assert_years(&w, 2017, ALL, "p", "job", "demand", 12000, 12000.0 * 5837152 / 5714849);
    small_end(&w);
}

static void need_follows_a_series(void **state) {
    (void)state;
    small w;
    run(&w, HEAD "  job: {employment: {p: " P "}, follows: {series: {table: index.csv, column: index}}}\n"
                 "  less: {employment: {q: " Q "}, follows: {series: {start: 1, growth: -0.1}}}\n");
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 150, 200);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 50, 0);
    assert_years(&w, 2020, "A", "q", "less", "demand", 300, 270, 243);
    small_end(&w);
}

/* 20 posts of p split like the sector by its people of 2 and over, 70 and 60; in A that needs 100 and 300, in B 50 and 0. Half
 * of what moves arrives as p, half as q. From 2021 on a tenth of what grows goes the other way, in the professions it has. */
static void tasks_move_between_sectors(void **state) {
    (void)state;
    small w;
    run(&w, HEAD
        "  job: {employment: {p: " P ", q: " Q "}, split: {by: population, ages: 2+}, follows: constant}\n"
        "  other: {employment: {p: " P "}, follows: {series: {table: index.csv, column: index}}}\n"
        "transfers:\n"
        "  out: {from: job, to: other, fte: {2020: 0, 2021: 20, then: hold}, shares: {p: 0.5, q: 0.5}}\n"
        "  back: {from: other, to: job, share: {2020: 0, 2021: 0.1, then: hold}}\n");
    double a = 20 * 70 / 130.0, b = 20 * 60 / 130.0;
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 100 - a / 4 + 15, 100 - a / 4 + 20);
    assert_years(&w, 2020, "A", "q", "job", "demand", 300, 300 - a * 3 / 4, 300 - a * 3 / 4);
    assert_years(&w, 2020, "A", "p", "other", "demand", 100, 135 + a / 2, 180 + a / 2);
    assert_years(&w, 2020, "A", "q", "other", "demand", 0, a / 2, a / 2);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 50 - b + 5, 50 - b);
    assert_years(&w, 2020, "B", "p", "other", "demand", 50, 45 + b / 2, b / 2);
    /* Of the two sectors and professions together nothing is gained or lost. */
    assert_years(&w, 2020, "A", ALL, ALL, "demand", 500, 550, 600);
    assert_years(&w, 2020, "A", "q", ALL, "demand", 300, 300 - a / 4, 300 - a / 4);
    small_end(&w);
}

static void standard_and_productivity_are_factors(void **state) {
    (void)state;
    small w;
    run(&w, HEAD "  job: {employment: {p: " P
                 "}, follows: {population: 0-1}, standard: {2020: 1, 2021: 1.2, then: hold}, "
                 "productivity: {start: 1, growth: 0.25}}\n");
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 37.5 * 1.2 / 1.25, 50 * 1.2 / 1.5625);
    small_end(&w);
}

static void shares_shift_between_professions(void **state) {
    (void)state;
    small w;
    /* A: 100 and 300, shares 0.25 and 0.75. B: 50 and 0, 1 and 0. From 2021 a tenth of the staff changes to q. */
    run(&w, HEAD "  job: {employment: {p: " P ", q: " Q
                 "}, follows: constant, share_change: {p: {2020: 0, 2021: -0.1, "
                 "then: hold}, q: {2020: 0, 2021: 0.1, then: hold}}}\n");
    assert_years(&w, 2020, "A", "p", "job", "demand", 100, 60, 60);
    assert_years(&w, 2020, "A", "q", "job", "demand", 300, 340, 340);
    assert_years(&w, 2020, "B", "p", "job", "demand", 50, 45, 45);
    assert_years(&w, 2020, "B", "q", "job", "demand", 0, 5, 5);
    small_end(&w);
    /* A profession that had no one in the sector has a row there, so that sectors sum to all. */
    run(&w, HEAD "  job: {employment: {p: " P "}, follows: constant, share_change: {p: {2020: 0, 2021: -0.1, "
                 "then: hold}, q: {2020: 0, 2021: 0.1, then: hold}}}\n");
    assert_years(&w, 2020, "A", "q", "job", "demand", 0, 10, 10);
    assert_years(&w, 2020, "A", "q", ALL, "demand", 0, 10, 10);
    small_end(&w);
}

static void extras_come_on_top(void **state) {
    (void)state;
    small w;
    /* 30 FTE more from 2021, split as the sector; q is called for by nothing else. */
    run(&w, HEAD "  job: {employment: {p: 100}, split: {by: weights, weights: " P
                 "}, follows: constant, extra: {p: {2020: "
                 "0, 2021: 30, then: hold}, q: {table: index.csv, column: index}}}\n");
    assert_years(&w, 2020, "A", "p", "job", "demand", 100 * 100 / 150.0, 130 * 100 / 150.0,
                 130 * 100 / 150.0);
    assert_years(&w, 2020, "B", "p", "job", "demand", 100 * 50 / 150.0, 130 * 50 / 150.0, 130 * 50 / 150.0);
    assert_years(&w, 2020, "A", "q", "job", "demand", 1, 1.5, 2);
    assert_years(&w, 2020, "B", "q", ALL, "demand", 1, 1, 0);
    small_end(&w);
}

static void what_cannot_be_is_refused(void **state) {
    (void)state;
    refuses(HEAD "  job: {employment: {p: " P ", q: " Q "}, follows: constant, share_change: {p: -0.1}}\n",
            "w.yaml:11:106: error: the changes of demand.job.share_change sum to -0.1 in 2020, not to 0");
    refuses(HEAD "  job: {employment: {p: " P ", q: " Q
                 "}, follows: constant, share_change: {p: 0.1, q: -0.1}}\n",
            "w.yaml:11:106: error: demand.job: the share of 'q' is -0.100000 in 2020\n"
            "hint: a share of the staff is never negative");
    refuses(
        HEAD "  job: {employment: {p: " P "}, follows: {population: 1}}\n",
        "w.yaml:11:55: error: demand.job follows users or need, and region 'Beta' has none in 2020 but has "
        "employment");
    refuses(HEAD "  job: {employment: {p: " P "}, follows: {population: 1-5}}\n",
            "w.yaml:11:65: error: demand.job.follows: the population cannot separate the ages 1 to 5\n"
            "hint: its last age group is 2 and older");
    refuses(HEAD "  job: {employment: {p: " P "}, follows: {population: 3+}}\n",
            "w.yaml:11:65: error: demand.job.follows: the population cannot separate the ages 3 to ∞\n"
            "hint: its last age group is 2 and older");
    refuses(HEAD "  job: {employment: {p: " P
                 "}, follows: constant, extra: {p: {2020: 0, 2021: -120, then: hold}}, "
                 "split: equal}\n",
            "w.yaml:11:82: error: demand.job: the need for 'p' in region 'Beta' is -10.000 FTE in 2021\n"
            "hint: `extra` takes away more than there is");
    refuses(HEAD "  job: {employment: {p: 10}, follows: constant}\n",
            "w.yaml:11:22: error: demand.job.employment.p is one number for all regions, and nothing says "
            "how to split "
            "it\nhint: add `split: {by: population}` or give a table with a column for the region");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_need_stays),
        cmocka_unit_test(need_follows_a_population),
        cmocka_unit_test(need_follows_weighted_users),
        cmocka_unit_test(users_of_the_base_year_make_a_rate),
        cmocka_unit_test(need_follows_hours_of_teaching),
        cmocka_unit_test(need_follows_spending),
        cmocka_unit_test(municipalities_follow_their_spending),
        cmocka_unit_test(need_follows_a_series),
        cmocka_unit_test(tasks_move_between_sectors),
        cmocka_unit_test(standard_and_productivity_are_factors),
        cmocka_unit_test(shares_shift_between_professions),
        cmocka_unit_test(extras_come_on_top),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
