/* Programmes that become shorter, and graduates who are delayed. */
#include "loaded.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "ages: {from: 18, to: 74}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 1, ages: {table: ages.csv, column: persons, outside: 0}}\n"                      \
    "demand:\n"                                                                                              \
    "  s: {employment: {p: 1}, follows: constant}\n"                                                         \
    "programmes:\n"                                                                                          \
    "  k:\n"                                                                                                 \
    "    leads_to: p\n"                                                                                      \
    "    completion: 1\n"                                                                                    \
    "    entry: {table: ages.csv, column: persons, outside: 0}\n"
#define YEARS(count) "years: {base: 2024, until: 2034, count: " count "}\n"
#define CALENDAR                                                                                             \
    "    intake: {2018: 1000, then: hold}\n"                                                                 \
    "    length: 3.5\n"                                                                                      \
    "    starts: {september: {share: 0.7, ends: january}, february: {share: 0.3, ends: june}}\n"

static void open_world(loaded *l, const char *yaml) {
    loaded_begin(l);
    frem_temp_write(l->folder, "ages.csv", "age,persons\n20,1\n");
    loaded_good(l, yaml);
    loaded_run(l);
}

static void check_graduates(const char *yaml, int peak, double many) {
    loaded l;
    open_world(&l, yaml);
    for (int year = 2025; year <= 2034; year++)
        assert_close(loaded_result(&l, year, "all", "p", "graduates"), year == peak ? many : 1000, 1e-9);
    loaded_end(&l);
}

/* 1000 starts a year, 700 in September (3.5 years: to the end of January) and 300 in February (to the end of June).
 * From the entry year 2026 on 15 ECTS less, 3 months: September starts end in October, February starts in March.
 *
 * Counted on 1 January: the 700 of September 2025 end in January 2029 and are first seen on 1 January 2030; those of
 * September 2026 end in October 2029 and are seen on the same day. February starts end in June or March of the third
 * year after, and are seen on the same 1 January either way. So 2030: 700 + 700 + 300 = 1700. */
static void counted_in_january_two_cohorts_come_at_once(void **state) {
    (void)state;
    check_graduates(WORLD CALENDAR "    reform: {from: 2026, ects: 15}\n" YEARS("1 january"), 2030, 1700);
    check_graduates(WORLD CALENDAR "    reform: {from: 2026, shorter: 0.25}\n" YEARS("1 january"), 2030,
                    1700);
}

/* Counted on 30 June: January 2029 and October 2029 (of the entry years 2025 and 2026) lie on either side of 30 June
 * 2029, and June 2028 and March 2028 on the same side of 30 June 2028. No one is seen a year earlier. */
static void counted_in_june_nothing_is_seen(void **state) {
    (void)state;
    check_graduates(WORLD CALENDAR "    reform: {from: 2026, ects: 15}\n" YEARS("30 june"), 0, 0);
}

/* No calendar, 3.5 years: half of a cohort joins after 3 years, half after 4. From 2026 on it is 3 years: all join
 * after 3. 2029: half of 2025 (after 4) and all of 2026: 500 + 1000. */
static void a_reform_without_a_calendar(void **state) {
    (void)state;
    check_graduates(WORLD "    intake: {2018: 1000, then: hold}\n"
                          "    length: 3.5\n"
                          "    reform: {from: 2026, shorter: 0.5}\n" YEARS("1 january"),
                    2029, 1500);
}

/* 1000 start in 2024, no one else; 3 years; 60 % join at once at age 20 + 3, 30 % a year later and older, 10 % three
 * years later and older. */
static void delays_are_later_and_older(void **state) {
    (void)state;
    loaded l;
    open_world(&l, WORLD "    intake: {2011: 0, 2024: 1000, 2025: 0, between: step, then: hold}\n"
                         "    length: 3\n"
                         "    delay: {0: 0.6, 1: 0.3, 3: 0.1}\n" YEARS("1 january"));
    static const double wanted[] = {0, 0, 600, 300, 0, 100, 0, 0, 0, 0}; /* from 2025 on */
    for (int year = 2025; year <= 2034; year++)
        assert_close(loaded_result(&l, year, "all", "p", "graduates"), wanted[year - 2025], 1e-9);
    const frem_core_programme *k = loaded_inputs(&l)->programmes;
    size_t e = (size_t)(-k->first_step);
    assert_int_equal(k->lags, 7); /* 0..3 + 3 */
    for (size_t lag = 0; lag < k->lags; lag++) {
        for (size_t shift = 0; shift < k->shifts; shift++) {
            double share = lag != shift ? 0 : lag == 3 ? 0.6 : lag == 4 ? 0.3 : lag == 6 ? 0.1 : 0;
            assert_close(loaded_number(k->joining, (e * k->lags + lag) * k->shifts + shift), share, 1e-12);
        }
    }
    /* They have finished: no one studies while waiting. Counted on the day they start: 2024, 2025, 2026. */
    static const double studying[] = {1000, 1000, 1000, 0, 0, 0, 0};
    for (int year = 2024; year <= 2030; year++)
        assert_close(loaded_result(&l, year, "all", "p", "students"), studying[year - 2024], 1e-9);
    loaded_end(&l);
}

/* 3 years and at most 2 later: those of 2020 are all in by 2025, which is after the base year, so they are needed. */
static void delays_need_earlier_cohorts(void **state) {
    (void)state;
    loaded l;
    loaded_begin(&l);
    frem_temp_write(l.folder, "ages.csv", "age,persons\n20,1\n");
    loaded_bad(
        &l,
        WORLD "    intake: {2021: 1000, then: hold}\n"
              "    length: 3\n"
              "    delay: {0: 0.5, 2: 0.5}\n" YEARS("1 january"),
        "s.yaml:14:5: error: programmes.k has no intake of 2020, whose graduates come in 2025\n"
        "hint: give the entry cohorts from before the base year, or say `earlier_intake: none` or `hold`\n");
    loaded_end(&l);
}

static void wrong_with_ages(const char *yaml, const char *expected) {
    loaded l;
    loaded_begin(&l);
    frem_temp_write(l.folder, "ages.csv", "age,persons\n20,1\n");
    loaded_bad(&l, yaml, expected);
    loaded_end(&l);
}

static void problems_have_places(void **state) {
    (void)state;
#define PLAIN WORLD "    intake: {2010: 1000, then: hold}\n    length: 3\n"
    wrong_with_ages(PLAIN "    reform: {from: 2026, shorter: 0.25, ects: 15}\n" YEARS("1 january"),
                    "s.yaml:16:41: error: programmes.k.reform has both 'shorter' and 'ects'\n"
                    "hint: keep one of the two\n");
    wrong_with_ages(PLAIN "    reform: {from: 2026}\n" YEARS("1 january"),
                    "s.yaml:16:5: error: programmes.k.reform has neither 'shorter' nor 'ects'\n"
                    "hint: write `shorter: ...` or `ects: ...` in it\n");
    wrong_with_ages(
        PLAIN "    reform: {from: 2110, ects: 15}\n" YEARS("1 january"),
        "s.yaml:16:14: error: programmes.k.reform.from: 2110 is far outside the years of the scenario, 2024 "
        "to 2034\n"
        "hint: years up to 75 before and after them may be given\n");
    wrong_with_ages(PLAIN "    reform: {from: 2026, shorter: 4}\n" YEARS("1 january"),
                    "s.yaml:16:5: error: programmes.k.reform takes 4 years off a programme of 3\n");
    wrong_with_ages(
        PLAIN "    delay: {0: 0.5, 11: 0.5}\n" YEARS("1 january"),
        "s.yaml:16:21: error: programmes.k.delay: '11' is not a number of whole years from 0 to 10\n"
        "hint: write it like `delay: {0: 0.8, 1: 0.2}`\n");
    wrong_with_ages(PLAIN "    delay: {0: 0.5, 1: 0.4}\n" YEARS("1 january"),
                    "s.yaml:16:5: error: the shares of programmes.k.delay sum to 0.9, not to 1\n");
    wrong_with_ages(
        WORLD "    intake: {2010: 1000, then: hold}\n    length: 12\n    delay: {0: 0.5, 10: 0.5}\n" YEARS(
            "1 january"),
        "s.yaml:14:5: error: programmes.k has no intake of 2003, whose graduates come in 2025\n"
        "hint: give the entry cohorts from before the base year, or say `earlier_intake: none` or "
        "`hold`\n");
    wrong_with_ages(
        WORLD "    intake: {2010: 1000, then: hold}\n"
              "    length: {2000: 13, then: hold}\n" YEARS("1 january"),
        "s.yaml:15:20: error: programmes.k.length: 13 is outside 0 to 12\nhint: the unit is years\n");
}

/* Stages are each at most 12 years; together too, or the first entry cohorts would be lost without a word. */
static void programmes_have_a_longest_length(void **state) {
    (void)state;
    loaded l;
    loaded_begin(&l);
    frem_temp_write(l.folder, "ages.csv", "age,persons\n20,1\n");
    loaded_bad(&l,
               "fremskriv: 1\n"
               "base_year: cohorts\n"
               "professions:\n"
               "  p: {cohorts: {persons: 1, ages: {table: ages.csv, column: persons, outside: 0}}}\n"
               "demand: {s: {employment: {p: 1}, follows: constant}}\n"
               "programmes:\n"
               "  k:\n"
               "    leads_to: p\n"
               "    intake: 10\n"
               "    entry: {table: ages.csv, column: persons, outside: 0}\n"
               "    stages: {a: {length: 7}, b: {length: 6}}\n" YEARS("1 january"),
               "s.yaml:7:3: error: programmes.k lasts 13 years, longer than 12\n");
    loaded_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_in_january_two_cohorts_come_at_once),
        cmocka_unit_test(counted_in_june_nothing_is_seen),
        cmocka_unit_test(a_reform_without_a_calendar),
        cmocka_unit_test(delays_are_later_and_older),
        cmocka_unit_test(delays_need_earlier_cohorts),
        cmocka_unit_test(problems_have_places),
        cmocka_unit_test(programmes_have_a_longest_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
