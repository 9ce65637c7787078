#include "core/practicum.h"
#include "support/check.h"

#include <stdio.h>
#include <string.h>

enum { PARTS_MAX = 12 };

static void assert_places(const int64_t *places, const int64_t *expected, size_t n) {
    for (size_t i = 0; i < n; i++)
        assert_int_equal(places[i], expected[i]);
}

static void divide(int64_t total, const double *keys, size_t n, const int64_t *floors,
                   const int64_t *ceilings, const int64_t *expected) {
    double scratch[PARTS_MAX];
    int64_t places[PARTS_MAX];
    assert_int_equal(frem_places_divide(total, keys, n, floors, ceilings, scratch, places), FREM_PLACES_OK);
    assert_places(places, expected, n);
}

static void the_published_places_come_out(void **state) {
    (void)state;
    /* 1122 x .42, .39, .19 = 471.24, 437.58, 213.18: 471 + 437 + 213 = 1121, and .58 is the largest remainder. */
    const double shares[] = {0.42, 0.39, 0.19};
    divide(1122, shares, 3, NULL, NULL, (const int64_t[]){471, 438, 213});
    /* 1100: 462, 429, 209 exactly. */
    divide(1100, shares, 3, NULL, NULL, (const int64_t[]){462, 429, 209});
}

static void ties_go_to_the_first(void **state) {
    (void)state;
    /* 10 in three: 3 1/3 each. 15 x .1, .3, .6 = 1.5, 4.5, 9: two remainders of a half, though 15 x .3 and 15 x .1 are
     * not stored exactly. 5 in 2:2:1 is 2, 2, 1. */
    divide(10, (const double[]){1, 1, 1}, 3, NULL, NULL, (const int64_t[]){4, 3, 3});
    divide(11, (const double[]){1, 1, 1}, 3, NULL, NULL, (const int64_t[]){4, 4, 3});
    divide(15, (const double[]){0.1, 0.3, 0.6}, 3, NULL, NULL, (const int64_t[]){2, 4, 9});
    divide(15, (const double[]){0.3, 0.1, 0.6}, 3, NULL, NULL, (const int64_t[]){5, 1, 9});
    /* 2.4, 0.4, 1.2, of which the first is stored as 2 + 0.3999999999999999: still a tie. */
    divide(4, (const double[]){0.6, 0.1, 0.3}, 3, NULL, NULL, (const int64_t[]){3, 0, 1});
    divide(5, (const double[]){2, 2, 1}, 3, NULL, NULL, (const int64_t[]){2, 2, 1});
    divide(0, (const double[]){2, 2, 1}, 3, NULL, NULL, (const int64_t[]){0, 0, 0});
}

static void halves_round_upwards(void **state) {
    (void)state;
    assert_int_equal(frem_places_whole(0), 0);
    assert_int_equal(frem_places_whole(1121.49), 1121);
    assert_int_equal(frem_places_whole(1121.5), 1122);
}

static void bounds_bind_and_the_rest_share(void **state) {
    (void)state;
    /* 100 by 70, 20, 10 with at most 40 for the first: 60 by 20:10 = 40, 20. */
    divide(100, (const double[]){70, 20, 10}, 3, NULL,
           (const int64_t[]){40, FREM_PLACES_MANY, FREM_PLACES_MANY}, (const int64_t[]){40, 40, 20});
    /* at least 25 for the last: 75 by 70:20 = 58.33, 16.67. */
    divide(100, (const double[]){70, 20, 10}, 3, (const int64_t[]){0, 0, 25}, NULL,
           (const int64_t[]){58, 17, 25});
    /* both: the first misses 30 above, the last 15 below; 100 - 40 - 25 = 35 for the second. */
    divide(100, (const double[]){70, 20, 10}, 3, (const int64_t[]){0, 0, 25},
           (const int64_t[]){40, FREM_PLACES_MANY, FREM_PLACES_MANY}, (const int64_t[]){40, 35, 25});
    /* A floor that binds only before a ceiling does is not kept: 10 by 8, 1, 1, at most 4 for the first; the others'
     * 1.0 lie under a floor of 2, but the 6 left are 3 and 3. */
    divide(10, (const double[]){8, 1, 1}, 3, (const int64_t[]){0, 2, 2},
           (const int64_t[]){4, FREM_PLACES_MANY, FREM_PLACES_MANY}, (const int64_t[]){4, 3, 3});
    /* A part with key 0 gets its floor. */
    divide(10, (const double[]){0, 1}, 2, (const int64_t[]){3, 0}, NULL, (const int64_t[]){3, 7});
}

static void impossible_bounds_are_told_apart(void **state) {
    (void)state;
    double scratch[3];
    int64_t places[3];
    const double keys[] = {1, 1, 0};
    const int64_t low[] = {6, 5, 0}, high[] = {4, 5, 9}, crossed[] = {6, 4, 9},
                  many[] = {4, 5, FREM_PLACES_MANY};
    assert_int_equal(frem_places_divide(10, keys, 3, low, NULL, scratch, places), FREM_PLACES_FLOORS);
    assert_int_equal(frem_places_floor(low, 3), 11);
    /* The third could take 9, but its key is 0. */
    assert_int_equal(frem_places_divide(10, keys, 3, NULL, high, scratch, places), FREM_PLACES_CEILINGS);
    assert_int_equal(frem_places_room(keys, 3, NULL, high), 9);
    assert_int_equal(frem_places_divide(10, keys, 3, NULL, many, scratch, places), FREM_PLACES_KEYS);
    assert_int_equal(frem_places_divide(11, keys, 3, low, crossed, scratch, places), FREM_PLACES_CROSSED);
    assert_int_equal(frem_places_room((const double[]){1, 1, 1}, 3, NULL, many), FREM_PLACES_MANY);
}

/* A small generator of its own, so that every machine sees the same cases. */
static uint64_t next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void random_cases_keep_total_bounds_and_order(void **state) {
    (void)state;
    uint64_t seed = 20191122;
    size_t solved = 0;
    for (int round = 0; round < 2000; round++) {
        size_t n = 1 + (size_t)(next(&seed) % PARTS_MAX);
        int64_t total = (int64_t)(next(&seed) % 500), floors[PARTS_MAX], ceilings[PARTS_MAX],
                places[PARTS_MAX];
        double keys[PARTS_MAX], scratch[PARTS_MAX], doubled[PARTS_MAX];
        int64_t again[PARTS_MAX];
        for (size_t i = 0; i < n; i++) {
            keys[i] = next(&seed) % 5 == 0 ? 0 : (double)(1 + next(&seed) % 1000) / 7;
            floors[i] = next(&seed) % 3 == 0 ? (int64_t)(next(&seed) % 20) : 0;
            ceilings[i] = next(&seed) % 3 == 0 ? floors[i] + (int64_t)(next(&seed) % 60) : FREM_PLACES_MANY;
            doubled[i] = 2 * keys[i];
        }
        frem_places_fault fault = frem_places_divide(total, keys, n, floors, ceilings, scratch, places);
        bool possible =
            frem_places_floor(floors, n) <= total && frem_places_room(keys, n, floors, ceilings) >= total;
        assert_int_equal(fault == FREM_PLACES_OK, possible);
        if (!possible)
            continue;
        solved++;
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            assert_in_range(places[i], floors[i], ceilings[i]);
            sum += places[i];
            for (size_t k = 0; k < n; k++) {
                /* A larger key never gets fewer, unless its ceiling or the other's floor says so. */
                if (keys[i] > keys[k] && places[i] < places[k])
                    assert_true(places[i] == ceilings[i] || places[k] == floors[k]);
            }
        }
        assert_int_equal(sum, total);
        /* Only proportions of the key count. */
        assert_int_equal(frem_places_divide(total, doubled, n, floors, ceilings, scratch, again),
                         FREM_PLACES_OK);
        assert_places(again, places, n);
    }
    assert_true(solved > 500);
}

static void without_bounds_nobody_is_a_whole_place_off(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        size_t n = 1 + (size_t)(next(&seed) % PARTS_MAX);
        int64_t total = (int64_t)(next(&seed) % 3000), places[PARTS_MAX];
        double keys[PARTS_MAX], scratch[PARTS_MAX], sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += keys[i] = (double)(1 + next(&seed) % 1000);
        assert_int_equal(frem_places_divide(total, keys, n, NULL, NULL, scratch, places), FREM_PLACES_OK);
        for (size_t i = 0; i < n; i++)
            assert_true(fabs((double)places[i] - (double)total * keys[i] / sum) < 1);
    }
}

static void sta_and_shares_of_practicum(void **state) {
    (void)state;
    /* 140 students with 90 ECTS: 210 STÅ. Fanø: 2.53 of 210 x .036 = 7.56 are 33.47 %. Rounded: at least 2.525 of
     * 210 x .0365 = 32.94 %, at most 2.535 of 210 x .0355 = 34.00 %: never 34.5 %, which prints as 35. */
    assert_close(frem_practicum_sta(140, 90), 210, 1e-12);
    frem_practicum_interval fanoe =
        frem_practicum_share((frem_printed){2.53, 0.005}, 210, (frem_printed){0.036, 0.0005});
    assert_close(fanoe.number, 0.334656, 1e-6);
    assert_close(fanoe.low, 0.329419, 1e-6);
    assert_close(fanoe.high, 0.340040, 1e-6);
    assert_true(frem_practicum_interval_contradicts(fanoe, (frem_printed){0.35, 0.005}));
    assert_false(frem_practicum_interval_contradicts(fanoe, (frem_printed){0.34, 0.005}));
    assert_true(frem_practicum_interval_contradicts(fanoe, (frem_printed){0.32, 0.005}));
    /* Middelfart: 8.78 of 281 x .1041 = 29.25 are 30.02 %, printed 30.2: apart, though by a fifth of a point only. */
    frem_practicum_interval middelfart =
        frem_practicum_share((frem_printed){8.78, 0.005}, 281, (frem_printed){0.1041, 0.00005});
    assert_close(middelfart.number, 0.300150, 1e-6);
    assert_true(frem_practicum_interval_contradicts(middelfart, (frem_printed){0.302, 0.0005}));
    /* Svendborg: 14.2 of 104 x .455 are 30.01 %, printed 30.1: 14.2 and .455 are rounded enough for that. */
    frem_practicum_interval svendborg =
        frem_practicum_share((frem_printed){14.2, 0.05}, 104, (frem_printed){0.455, 0.0005});
    assert_false(frem_practicum_interval_contradicts(svendborg, (frem_printed){0.301, 0.0005}));
    frem_practicum_interval sum = {0, 0, 0};
    frem_practicum_interval_add(&sum, (frem_printed){0.4, 0.05});
    frem_practicum_interval_add(&sum, (frem_printed){0.5, 0.005});
    assert_close(sum.low, 0.845, 1e-12);
    assert_close(sum.number, 0.9, 1e-12);
    assert_close(sum.high, 0.955, 1e-12);
}

static void needs_follow_the_cohorts(void **state) {
    (void)state;
    /* Three cohorts of 100, 200, 300 from step -1 on; half a place a year after entry, a quarter two years after.
     * Step 0: 100/2. Step 1: 200/2 + 100/4. Step 2: 300/2 + 200/4. Step 3: 300/4. */
    const double intake[] = {100, 200, 300}, load[] = {0, 0.5, 0.25, 0, 0.5, 0.25, 0, 0.5, 0.25};
    double needed[4];
    frem_practicum_needed(intake, load, 3, 3, -1, 4, needed);
    assert_close(needed[0], 50, 1e-12);
    assert_close(needed[1], 125, 1e-12);
    assert_close(needed[2], 200, 1e-12);
    assert_close(needed[3], 75, 1e-12);
}

static void places_carry_equal_cohorts(void **state) {
    (void)state;
    /* A student needs .5 + .25 places over the years; 90 places in the worse of the two years carry 120 a year. What is
     * on offer in a year without practicum, or not given, limits nothing. */
    const double load[] = {0, 0.5, 0.25};
    assert_close(frem_practicum_carries(load, (const double[]){1, 120, 90}, 3), 120, 1e-12);
    assert_close(frem_practicum_carries(load, (const double[]){1, 75, -1}, 3), 100, 1e-12);
    assert_true(isinf(frem_practicum_carries(load, (const double[]){1, -1, -1}, 3)));
    assert_true(isinf(frem_practicum_carries((const double[]){0, 0}, (const double[]){1, 1}, 2)));
    assert_close(frem_practicum_carries(load, (const double[]){1, 0, 90}, 3), 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_places_come_out),
        cmocka_unit_test(ties_go_to_the_first),
        cmocka_unit_test(halves_round_upwards),
        cmocka_unit_test(bounds_bind_and_the_rest_share),
        cmocka_unit_test(impossible_bounds_are_told_apart),
        cmocka_unit_test(random_cases_keep_total_bounds_and_order),
        cmocka_unit_test(without_bounds_nobody_is_a_whole_place_off),
        cmocka_unit_test(sta_and_shares_of_practicum),
        cmocka_unit_test(needs_follow_the_cohorts),
        cmocka_unit_test(places_carry_equal_cohorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
