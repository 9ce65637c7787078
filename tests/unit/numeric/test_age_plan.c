/* Ages inside groups along cohorts: small cases by hand, and what holds for all. */
#include "support/check.h"

#include <string.h>

#include "numeric/numeric.h"

enum { MOST = 130 };

/* A layout of one profile and one group throughout, to be changed. */
typedef struct world {
    double profile[MOST], persons[MOST];
    bool joined[MOST];
    frem_age_layout layout;
} world;

static void begin(world *w, size_t years, size_t ages) {
    memset(w, 0, sizeof *w);
    w->layout = (frem_age_layout){years, ages, w->profile, w->joined, false};
    for (size_t i = 0; i < years * ages; i++)
        w->profile[i] = w->persons[i] = 1;
}

static void spread(world *w) {
    frem_age_plan *plan;
    double *one = w->persons;
    for (size_t i = 0; i < w->layout.years * w->layout.ages; i++)
        w->persons[i] = w->joined[i] ? 0 : w->persons[i];
    assert_int_equal(frem_age_plan_new(&plan, &w->layout), FREM_OK);
    assert_int_equal(frem_age_plan_spread(plan, &one, 1), FREM_OK);
    frem_age_plan_free(plan);
}

/* One group alone is divided like the profile: 3 and 1. */
static void a_group_alone_has_the_profiles_shape(void **state) {
    (void)state;
    world w;
    begin(&w, 1, 2);
    w.profile[0] = 3;
    w.joined[1] = true;
    w.persons[0] = 20;
    spread(&w);
    assert_close(w.persons[0], 15, 1e-12);
    assert_close(w.persons[1], 5, 1e-12);
}

/* Year 0 counts 2 aged 0 and 1 aged 1; year 1 has 3 aged 0-1. With r of age 0 in year 1, and 3 - r of age 1:
 * (3 - 2 r)^2 + (1 - r)^2 + ((r - 1.5)^2 + (1.5 - r)^2) / 1000 is least at r = 14.006 / 10.004: of those aged 1 more
 * are left, since they were 2 the year before. */
static void a_cohort_goes_on(void **state) {
    (void)state;
    world w;
    begin(&w, 2, 2);
    w.persons[0] = 2;
    w.joined[3] = true;
    w.persons[2] = 3;
    spread(&w);
    assert_close(w.persons[2], 14.006 / 10.004, 1e-12);
    assert_close(w.persons[3], 3 - 14.006 / 10.004, 1e-12);
    assert_true(w.persons[0] == 2.0 && w.persons[1] == 1.0); /* what is counted stays */
}

/* The same at 60 and 61, beside ages of 1: 2 (r - 1)^2 + (3 - 2 r)^2 + 30 (1 - r)^2 + ... with the cohort weighing 30. */
static void the_old_stay_where_they_are(void **state) {
    (void)state;
    world w;
    begin(&w, 2, 62);
    w.persons[60] = 2;
    w.joined[62 + 61] = true;
    w.persons[62 + 60] = 3;
    spread(&w);
    assert_close(w.persons[62 + 60], 76.006 / 72.004, 1e-12);
}

/* The oldest of an open age are met by those who come into it. */
static void the_open_age_is_kept(void **state) {
    (void)state;
    world open, closed;
    for (int i = 0; i < 2; i++) {
        world *w = i == 0 ? &open : &closed;
        begin(w, 2, 2);
        w->layout.open = i == 0;
        w->persons[1] = 9;
        w->joined[3] = true;
        w->persons[2] = 4;
        spread(w);
    }
    assert_true(open.persons[3] > closed.persons[3] + 0.5);
}

static double pseudo(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return 1 + (double)(*seed >> 16) / 65536;
}

/* Ten regions of 5 years by 13 ages in groups 0-2, 3, 4-8, 9-12: their sums hold, and all together are the profile. */
static void regions_sum_to_the_profile(void **state) {
    (void)state;
    static double persons[10][65], profile[65], all[65];
    static const size_t starts[] = {0, 3, 4, 9, 13};
    double *at[10], sums[10][5][4];
    bool joined[65];
    unsigned seed = 7;
    memset(profile, 0, sizeof profile);
    memset(persons, 0, sizeof persons);
    for (size_t i = 0; i < 65; i++)
        joined[i] = i % 13 != 0 && i % 13 != 3 && i % 13 != 4 && i % 13 != 9;
    for (size_t r = 0; r < 10; r++) {
        at[r] = persons[r];
        for (size_t i = 0; i < 65; i++) {
            double number = (double)(r + 1) * pseudo(&seed);
            profile[i] += number;
            persons[r][i / 13 * 13 + (i % 13 < 3 ? 0 : i % 13 < 4 ? 3 : i % 13 < 9 ? 4 : 9)] += number;
        }
        for (size_t i = 0; i < 20; i++)
            sums[r][i / 4][i % 4] = persons[r][i / 4 * 13 + starts[i % 4]];
    }
    frem_age_plan *plan;
    frem_age_layout layout = {5, 13, profile, joined, true};
    assert_int_equal(frem_age_plan_new(&plan, &layout), FREM_OK);
    assert_true(frem_age_plan_fits(plan, &layout));
    assert_int_equal(frem_age_plan_spread(plan, at, 10), FREM_OK);
    frem_age_plan_free(plan);
    memset(all, 0, sizeof all);
    for (size_t r = 0; r < 10; r++) {
        for (size_t i = 0; i < 65; i++) {
            assert_true(persons[r][i] >= 0);
            all[i] += persons[r][i];
        }
        for (size_t i = 0; i < 20; i++) {
            double sum = 0;
            for (size_t age = starts[i % 4]; age < starts[i % 4 + 1]; age++)
                sum += persons[r][i / 4 * 13 + age];
            assert_close(sum, sums[r][i / 4][i % 4], 1e-12 * sum);
        }
    }
    for (size_t i = 0; i < 65; i++)
        assert_close(all[i], profile[i], 1e-9 * profile[i]);
}

/* The curve would go below zero: everything of the group is where someone can be. */
static void no_age_is_negative(void **state) {
    (void)state;
    world w;
    begin(&w, 1, 6);
    w.joined[4] = w.joined[5] = true;
    w.persons[0] = w.persons[1] = w.persons[2] = 100;
    w.persons[3] = 3;
    spread(&w);
    for (size_t i = 0; i < 6; i++)
        assert_true(w.persons[i] >= 0);
    assert_close(w.persons[3] + w.persons[4] + w.persons[5], 3, 1e-14);
    assert_true(w.persons[3] > 2.9);
}

static void a_profile_without_anybody_is_refused(void **state) {
    (void)state;
    world w;
    frem_age_plan *plan;
    begin(&w, 1, 3);
    w.joined[2] = true;
    w.profile[1] = w.profile[2] = 0;
    assert_int_equal(frem_age_plan_new(&plan, &w.layout), FREM_INVALID);
    assert_null(plan);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_alone_has_the_profiles_shape), cmocka_unit_test(a_cohort_goes_on),
        cmocka_unit_test(the_old_stay_where_they_are),          cmocka_unit_test(the_open_age_is_kept),
        cmocka_unit_test(regions_sum_to_the_profile),           cmocka_unit_test(no_age_is_negative),
        cmocka_unit_test(a_profile_without_anybody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
