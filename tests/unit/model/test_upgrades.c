/* Programmes whose entrants come from a stock: what the core is given, and people conserved. */
#include "loaded.h"
#include "model/batch.h"
#include "model/lane.h"

/* 400 helpers (`h`), all aged 30, and 100 assistants (`a`), all aged 40; no one dies or retires. */
#define WORLD(count)                                                                                         \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2024, until: 2029, count: " count "}\n"                                                   \
    "ages: {from: 20, to: 60}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: h, outside: 0}}}\n"                       \
    "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: a, outside: 0}}}\n"                       \
    "demand: {s: {employment: {h: 400, a: 100}, follows: constant}}\n"                                       \
    "programmes:\n"                                                                                          \
    "  up:\n"                                                                                                \
    "    from: h\n"                                                                                          \
    "    leads_to: a\n"                                                                                      \
    "    entry: {table: ages.csv, column: entry, outside: 0}\n"

static void begin(loaded *l) {
    loaded_begin(l);
    frem_temp_write(l->folder, "ages.csv",
                    "age,h,a,entry\n30,1,0,1\n31,0,0,0\n32,0,0,0\n33,0,0,0\n34,0,0,0\n40,0,1,0\n");
}

/* Starts in February (3 years, to the end of January) and September (to the end of August), counted on 30 June. Who
 * starts in February is out of the stock on 30 June of the same year, 5/12 of a year later, and 5/12 of them have had
 * a birthday; who starts in September on 30 June of the next year, 10/12 later.
 * February 2024 ends in January 2027, in time for 30 June 2027, lag 3; September 2024 ends in August 2027, which is
 * seen on 30 June 2028, lag 4. Cohorts that join after 30 June 2024 are needed: September 2021 on (February: 2022). */
static void one_upgrade_for_each_start(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD("30 june") "    places: {2021: 60, 2026: 90, between: step, then: hold}\n"
                                     "    completion: 0.8\n"
                                     "    length: 3\n"
                                     "    return_share: 0.75\n"
                                     "    starts:\n"
                                     "      february: {share: 0.4, ends: january}\n"
                                     "      september: {share: 0.6, ends: august}\n");
    const frem_core_inputs *in = loaded_inputs(&l);
    assert_int_equal(in->n_programmes, 0);
    assert_int_equal(in->n_upgrades, 2);
    static const double share[] = {0.4, 0.6}, waited[] = {5.0 / 12, 10.0 / 12};
    for (size_t u = 0; u < 2; u++) {
        const frem_core_upgrade *up = &in->upgrades[u];
        assert_int_equal(up->from, 0);
        assert_int_equal(up->to, 1);
        assert_int_equal(up->first_step, -3);
        assert_int_equal(up->entries, 9); /* 2021..2029 */
        assert_int_equal(up->lags, 5);
        assert_int_equal(up->take_lag, u);
        assert_close(loaded_number(up->returning, 0), 0.75, 0);
        for (size_t e = 0; e < up->entries; e++) {
            assert_close(loaded_number(up->intake, e), share[u] * (e < 5 ? 60 : 90), 1e-12);
            assert_close(loaded_number(l.model->as_is->upgrade_places[u], e), share[u] * (e < 5 ? 60 : 90),
                         1e-12);
            double dropped = 0;
            for (size_t lag = 0; lag < up->lags; lag++) {
                assert_close(loaded_number(up->joining, e * 5 + lag), lag == 3 + u ? 0.8 : 0, 1e-12);
                dropped += loaded_number(up->dropping, e * 5 + lag);
            }
            assert_close(dropped, 0.2, 1e-12);
        }
        for (size_t a = 0; a < in->ages; a++) {
            double wanted = a == 10 ? 1 - waited[u] : a == 11 ? waited[u] : 0; /* aged 30 and 31 */
            assert_close(loaded_number(up->entrants, a), wanted, 1e-12);
        }
        assert_int_equal(l.model->as_is->upgrade_of[u], 0);
    }
    /* Dropouts of February are spread over 36 months from 1 February 2024: 5 until June 2024, 12, 12, and 7. */
    static const double months[] = {5, 12, 12, 7, 0};
    for (size_t lag = 0; lag < 5; lag++)
        assert_close(loaded_number(in->upgrades[0].dropping, 3 * 5 + lag), 0.2 * months[lag] / 36, 1e-12);
    /* Of September over 36 months from 1 September: no one yet in June 2024, 10 months, 12, 12, 2. */
    static const double autumn[] = {0, 10, 12, 12, 2};
    for (size_t lag = 0; lag < 5; lag++)
        assert_close(loaded_number(in->upgrades[1].dropping, 3 * 5 + lag), 0.2 * autumn[lag] / 36, 1e-12);
    loaded_end(&l);
}

/* Someone at the oldest age who has a birthday before being taken stays in the oldest age: no one is older. */
static void the_oldest_age_holds_them(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "old.csv", "age,entry\n59,1\n60,1\n");
    loaded_good(&l, "fremskriv: 1\n"
                    "years: {base: 2024, until: 2029, count: 30 june}\n"
                    "ages: {from: 20, to: 60}\n"
                    "base_year: cohorts\n"
                    "professions:\n"
                    "  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: h, outside: 0}}}\n"
                    "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: a, outside: 0}}}\n"
                    "demand: {s: {employment: {h: 400, a: 100}, follows: constant}}\n"
                    "programmes:\n"
                    "  up:\n"
                    "    from: h\n"
                    "    leads_to: a\n"
                    "    intake: 10\n"
                    "    completion: 1\n"
                    "    length: 1\n"
                    "    starts: {january: {share: 1, ends: december}}\n"
                    "    entry: {table: old.csv, column: entry, outside: 0}\n");
    /* January to June is half a year: half of the 59-year-olds are 60 by then. */
    const frem_core_upgrade *up = loaded_inputs(&l)->upgrades;
    assert_close(loaded_number(up->entrants, 39), 0.25, 1e-12);
    assert_close(loaded_number(up->entrants, 40), 0.75, 1e-12);
    loaded_end(&l);
}

/* Counted on 31 December, a start on 1 January comes a day after the count before it: its people are taken from the
 * stock at the end of the year in which they start, a year later, when all have had a birthday. */
static void a_start_in_january_is_taken_in_its_own_year(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "entry.csv", "age,entry\n30,1\n");
    loaded_good(&l,
                WORLD("31 december") "    intake: {2020: 0, 2025: 100, 2026: 0, between: step, then: hold}\n"
                                     "    completion: 0.8\n"
                                     "    length: 2\n"
                                     "    starts: {january: {share: 1, ends: december}}\n");
    const frem_core_upgrade *up = loaded_inputs(&l)->upgrades;
    assert_int_equal(up->take_lag, 0);
    assert_close(loaded_number(up->entrants, 10), 0, 1e-12);
    assert_close(loaded_number(up->entrants, 11), 1, 1e-12);
    loaded_run(&l);
    /* 10 drop out in each of the two years and are helpers again; 80 complete on 31 December 2026. */
    static const double h[] = {400, 310, 320}, a[] = {100, 100, 180};
    for (size_t i = 0; i < 3; i++) {
        assert_close(loaded_result(&l, 2024 + (int)i, "all", "h", "stock"), h[i], 1e-9);
        assert_close(loaded_result(&l, 2024 + (int)i, "all", "a", "stock"), a[i], 1e-9);
    }
    loaded_end(&l);
}

/* No calendar: 100 of the 30-year-olds start on the day of counting in 2025 and later 0; 1.5 years, 20 % drop out evenly,
 * half of them come back. Half of the cohort ends after 1 year, half after 2. They are out of the stock of 2025.
 *
 * Those of 1 year: 50, of whom 10 drop out by 2026 and 40 complete. Those of 2 years: 50, 5 drop out by 2026, 5 by 2027,
 * and 40 complete. The helpers are 31 in 2025, so the entry profile must be too. */
static void people_leave_and_come_back(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "entry.csv", "age,entry\n31,1\n");
    loaded_good(&l, "fremskriv: 1\n"
                    "years: {base: 2024, until: 2029, count: 30 june}\n"
                    "ages: {from: 20, to: 60}\n"
                    "base_year: cohorts\n"
                    "professions:\n"
                    "  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: h, outside: 0}}}\n"
                    "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: a, outside: 0}}}\n"
                    "demand: {s: {employment: {h: 400, a: 100}, follows: constant}}\n"
                    "programmes:\n"
                    "  up:\n"
                    "    from: h\n"
                    "    leads_to: a\n"
                    "    intake: {2020: 0, 2025: 100, 2026: 0, between: step, then: hold}\n"
                    "    completion: 0.8\n"
                    "    length: 1.5\n"
                    "    return_share: 0.5\n"
                    "    entry: {table: entry.csv, column: entry, outside: 0}\n");
    loaded_run(&l);
    static const struct {
        int year;
        double h, a, out, back, in, intake, students, dropouts;
    } wanted[] = {
        {2024, 400, 100, 0, 0, 0, 0, 0, 0},        {2025, 300, 100, 100, 0, 0, 100, 100, 0},
        {2026, 307.5, 140, 0, 7.5, 40, 0, 45, 15}, {2027, 310, 180, 0, 2.5, 40, 0, 0, 5},
        {2028, 310, 180, 0, 0, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        int year = wanted[i].year;
        assert_close(loaded_result(&l, year, "all", "h", "stock"), wanted[i].h, 1e-9);
        assert_close(loaded_result(&l, year, "all", "a", "stock"), wanted[i].a, 1e-9);
        assert_close(loaded_result(&l, year, "all", "a", "intake"), wanted[i].intake, 1e-9);
        assert_close(loaded_result(&l, year, "all", "a", "students"), wanted[i].students, 1e-9);
        assert_int_equal(loaded_row(&l, year, "all", "h", "all", "intake"), -1);
        if (year == 2024)
            continue;
        assert_close(loaded_result(&l, year, "all", "h", "upgrades_out"), wanted[i].out, 1e-9);
        assert_close(loaded_result(&l, year, "all", "h", "upgrades_in"), wanted[i].back, 1e-9);
        assert_close(loaded_result(&l, year, "all", "a", "upgrades_in"), wanted[i].in, 1e-9);
        assert_close(loaded_result(&l, year, "all", "a", "dropouts"), wanted[i].dropouts, 1e-9);
        assert_int_equal(loaded_row(&l, year, "all", "a", "all", "upgrades_out"), -1);
    }
    loaded_end(&l);
}

/* Two regions with 300 and 100 helpers: 40 starts a year, 3 to 1, and their places too. */
static void intake_by_region_follows_the_stock(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "regions.csv", "code,name\nA,Aby\nB,Beby\n");
    frem_temp_write(l.folder, "keys.csv", "region,weight\nA,3\nB,1\n");
    frem_temp_write(l.folder, "entry.csv", "age,entry\n31,1\n");
#define SPLIT "split: {by: weights, weights: {table: keys.csv, column: weight}}"
#define REGIONAL                                                                                             \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2024, until: 2026, count: 30 june}\n"                                                     \
    "ages: {from: 20, to: 60}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: regions.csv\n"                                                                                 \
    "professions:\n"                                                                                         \
    "  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: h, outside: 0}, " SPLIT "}}\n"            \
    "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: a, outside: 0}, " SPLIT "}}\n"            \
    "demand: {s: {employment: {h: 400, a: 100}, follows: constant, split: equal}}\n"                         \
    "programmes:\n"                                                                                          \
    "  up:\n"                                                                                                \
    "    from: h\n"                                                                                          \
    "    leads_to: a\n"                                                                                      \
    "    completion: 1\n"                                                                                    \
    "    length: 1\n"                                                                                        \
    "    entry: {table: entry.csv, column: entry, outside: 0}\n"
    loaded_good(&l, REGIONAL "    places: 50\n    applicants: 40\n");
    loaded_run(&l);
    static const struct {
        const char *region;
        double part;
    } areas[] = {{"A", 0.75}, {"B", 0.25}, {"all", 1}};
    for (size_t i = 0; i < 3; i++) {
        assert_close(loaded_result(&l, 2025, areas[i].region, "h", "upgrades_out"), 40 * areas[i].part, 1e-9);
        assert_close(loaded_result(&l, 2025, areas[i].region, "a", "intake"), 40 * areas[i].part, 1e-9);
        assert_close(loaded_result(&l, 2025, areas[i].region, "a", "places"), 50 * areas[i].part, 1e-9);
        assert_close(loaded_result(&l, 2025, areas[i].region, "a", "places_unfilled"), 10 * areas[i].part,
                     1e-9);
        assert_close(loaded_result(&l, 2026, areas[i].region, "a", "upgrades_in"), 40 * areas[i].part, 1e-9);
    }
    loaded_end(&l);
    begin(&l);
    frem_temp_write(l.folder, "regions.csv", "code,name\nA,Aby\nB,Beby\n");
    frem_temp_write(l.folder, "keys.csv", "region,weight\nA,3\nB,1\n");
    frem_temp_write(l.folder, "entry.csv", "age,entry\n31,1\n");
    loaded_bad(&l, REGIONAL "    intake: {table: keys.csv, column: weight}\n",
               "s.yaml:17:5: error: programmes.up: the entrants of an upgrade come from where they live\n"
               "hint: give intake, places, applicants and entry for all regions together\n");
    loaded_end(&l);
}

/* Two regions with 300 and 100 helpers of each sex: of 80 who start, 30 and 10 of each. In a year of studies 0.2 of the
 * women in A drop out, 0.4 in B; 0.6 of the men in A, 0.5 in B, and all of them come back. */
static void people_fare_by_region_and_sex(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "regions.csv", "code,name\nA,Aby\nB,Beby\n");
    frem_temp_write(l.folder, "keys.csv", "region,weight\nA,3\nB,1\n");
    frem_temp_write(l.folder, "ages.csv", "sex,age,h,a\nf,30,1,0\nm,30,1,0\nf,40,0,1\nm,40,0,1\n");
    frem_temp_write(l.folder, "entry.csv", "sex,age,entry\nf,31,1\nm,31,1\n");
    frem_temp_write(l.folder, "lost.csv", "region,sex,lost\nA,f,0.2\nA,m,0.6\nB,f,0.4\nB,m,0.5\n");
    loaded_good(&l,
                "fremskriv: 1\n"
                "years: {base: 2024, until: 2026, count: 30 june}\n"
                "ages: {from: 20, to: 60}\n"
                "base_year: cohorts\n"
                "regions: regions.csv\n"
                "professions:\n"
                "  h: {cohorts: {persons: 800, ages: {table: ages.csv, column: h, outside: 0}, " SPLIT "}}\n"
                "  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: a, outside: 0}, " SPLIT "}}\n"
                "demand: {s: {employment: {h: 800, a: 100}, follows: constant, split: equal}}\n"
                "programmes:\n"
                "  up:\n"
                "    from: h\n"
                "    leads_to: a\n"
                "    stages: {one: {length: 1, dropout: {table: lost.csv, column: lost}}}\n"
                "    entry: {table: entry.csv, column: entry, outside: 0}\n"
                "    intake: {2024: 0, 2025: 80, 2026: 0}\n    earlier_intake: none\n");
    loaded_run(&l);
    static const struct {
        const char *region;
        double taken, dropped;
    } areas[] = {{"A", 60, 30 * 0.2 + 30 * 0.6}, {"B", 20, 10 * 0.4 + 10 * 0.5}};
    for (size_t i = 0; i < 2; i++) {
        double taken = areas[i].taken, dropped = areas[i].dropped;
        assert_close(loaded_result(&l, 2025, areas[i].region, "a", "students"), taken, 1e-9);
        assert_close(loaded_result(&l, 2026, areas[i].region, "a", "dropouts"), dropped, 1e-9);
        assert_close(loaded_result(&l, 2026, areas[i].region, "h", "upgrades_in"), dropped, 1e-9);
        assert_close(loaded_result(&l, 2026, areas[i].region, "a", "upgrades_in"), taken - dropped, 1e-9);
    }
    loaded_end(&l);
}

/* A lane that changes the completion changes what becomes of the entrants, and not who they are. */
static void lanes_differ_where_they_are_changed(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, WORLD("30 june") "    intake: 60\n"
                                     "    earlier_intake: hold\n"
                                     "    completion: 0.8\n"
                                     "    length: 1\n");
    ptrdiff_t completion = frem_model_find(l.model, "programmes.up.completion");
    assert_true(completion >= 0);
    const frem_change change = {
        .parameter = (size_t)completion, .lane = 1, .kind = FREM_CHANGE_SET, .number = 0.5};
    frem_batch *batch;
    assert_int_equal(frem_batch_new(&batch, l.model, 2, &change, 1, l.diags), FREM_OK);
    const frem_core_upgrade *up = batch->inputs.upgrades;
    assert_true(up->joining.lane);
    assert_close(up->joining.at[1 * FREM_LANES + 0], 0.8, 1e-12); /* entry 0, lag 1 */
    assert_close(up->joining.at[1 * FREM_LANES + 1], 0.5, 1e-12);
    assert_false(up->intake.lane);
    assert_false(up->entrants.lane);
    frem_batch_free(batch);
    loaded_end(&l);
}

static void wrong(const char *yaml, const char *expected) {
    loaded l;
    begin(&l);
    loaded_bad(&l, yaml, expected);
    loaded_end(&l);
}

static void problems_have_places(void **state) {
    (void)state;
#define SAME                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2024, until: 2029}\n"                                                                     \
    "ages: {from: 20, to: 60}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: h, outside: 0}}}\n"                       \
    "  u: {supply: none}\n"                                                                                  \
    "demand: {s: {employment: {h: 400, u: 100}, follows: constant}}\n"                                       \
    "programmes:\n"                                                                                          \
    "  up:\n"                                                                                                \
    "    entry: {table: ages.csv, column: entry, outside: 0}\n"                                              \
    "    intake: 10\n"
#define RATE "    completion: 1\n    length: 1\n"
    wrong(SAME RATE "    leads_to: h\n    from: h\n",
          "s.yaml:16:5: error: programmes.up takes people from 'h' and leads to it\n"
          "hint: an upgrade leads to another profession\n");
    wrong(SAME RATE "    leads_to: h\n    from: hh\n",
          "s.yaml:16:11: error: programmes.up.from: there is no 'hh' in professions\n");
    wrong(SAME RATE "    leads_to: h\n    from: u\n",
          "s.yaml:16:11: error: programmes.up.from: 'u' has supply: none, and so no stock\n");
    wrong(SAME RATE "    leads_to: h\n    return_share: 0.5\n",
          "s.yaml:16:5: error: programmes.up: 'return_share' has no meaning here: it belongs to an upgrade, "
          "with "
          "`from`\n");
    wrong(WORLD("30 june") "    intake: 10\n" RATE "    graduates_to: equal\n    outside: 0.1\n",
          "s.yaml:17:5: error: programmes.up: 'graduates_to' has no meaning here: people of an upgrade stay "
          "in the "
          "region where they live\n"
          "s.yaml:18:5: error: programmes.up: 'outside' has no meaning here: people of an upgrade stay in "
          "the region "
          "where they live\n");
    wrong(WORLD("30 june") "    intake: 10\n    stages: {x: {length: 1, student_fte: 0.5}}\n",
          "s.yaml:15:29: error: programmes.up.stages.x: 'student_fte' has no meaning here: people of an "
          "upgrade are "
          "not counted as students who work\n");
    wrong(WORLD("30 june") RATE, "s.yaml:10:3: error: programmes.up has neither 'intake' nor 'places'\n"
                                 "hint: write `intake: ...` or `places: ...` in it\n");
    wrong(
        WORLD("30 june") "    intake: {2025: 10, then: hold}\n" RATE,
        "s.yaml:14:5: error: programmes.up has no intake of 2024, whose graduates come in 2025\n"
        "hint: give the entry cohorts from before the base year, or say `earlier_intake: none` or `hold`\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_upgrade_for_each_start),
        cmocka_unit_test(the_oldest_age_holds_them),
        cmocka_unit_test(a_start_in_january_is_taken_in_its_own_year),
        cmocka_unit_test(people_leave_and_come_back),
        cmocka_unit_test(intake_by_region_follows_the_stock),
        cmocka_unit_test(people_fare_by_region_and_sex),
        cmocka_unit_test(lanes_differ_where_they_are_changed),
        cmocka_unit_test(problems_have_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
