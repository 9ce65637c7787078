/* Dates of courses, and what becomes of an entry cohort. Worked out by hand; months count from 1 January of year 0. */
#include "model/course.h"

#include "support/check.h"

enum { COUNT_JUNE = 6, COUNT_JANUARY = 0 };

static const double MONTH = 1.0 / 12;

static frem_course start(int year, int month, int ends, double full, double length, double count) {
    frem_course course;
    assert_true(frem_course_start(&course, year, month, ends, full, length, count));
    return course;
}

/* The two starts of the pedagogue programme: 3.5 years, September to January and February to June. */

static void september_ends_in_january(void **state) {
    (void)state;
    /* From 1 September 2015 (12 * 2015 + 8) to 31 January 2019 (12 * 2019 + 1): 41 months. */
    frem_course c = start(2015, 9, 1, 3.5, 3.5, COUNT_JUNE);
    assert_close(c.begins, 12 * 2015 + 8, 1e-9);
    assert_close(c.ends, 12 * 2019 + 1, 1e-9);
    assert_close(c.weight, 1, 0);
    /* Counted on 30 June 2019: 3 10/12 years after the start. 10/12 of them are 4 years older than at entry. */
    assert_int_equal(c.joins, 2019);
    assert_int_equal(c.shift, 3);
    assert_close(c.younger, 2 * MONTH, 1e-12);
    /* Counted on 1 January 2020, 4 4/12 years after the start. */
    c = start(2015, 9, 1, 3.5, 3.5, COUNT_JANUARY);
    assert_int_equal(c.joins, 2020);
    assert_int_equal(c.shift, 4);
    assert_close(c.younger, 8 * MONTH, 1e-12);
}

static void february_ends_in_june(void **state) {
    (void)state;
    /* From 1 February 2015 to 30 June 2018, which is the count date itself: 3 5/12 years. */
    frem_course c = start(2015, 2, 6, 3.5, 3.5, COUNT_JUNE);
    assert_close(c.ends, 12 * 2018 + 6, 1e-9);
    assert_int_equal(c.joins, 2018);
    assert_int_equal(c.shift, 3);
    assert_close(c.younger, 7 * MONTH, 1e-12);
    /* Counted on 1 January 2019: 3 11/12. */
    c = start(2015, 2, 6, 3.5, 3.5, COUNT_JANUARY);
    assert_int_equal(c.joins, 2019);
    assert_int_equal(c.shift, 3);
    assert_close(c.younger, 1 * MONTH, 1e-12);
}

static void a_shorter_programme_moves_the_end(void **state) {
    (void)state;
    /* 15 ECTS are 0.25 year: February ends on 31 March 2018 and September on 31 October 2018. */
    frem_course c = start(2015, 2, 6, 3.5, 3.25, COUNT_JUNE);
    assert_close(c.ends, 12 * 2018 + 3, 1e-9);
    assert_int_equal(c.joins, 2018);
    c = start(2015, 9, 1, 3.5, 3.25, COUNT_JUNE);
    assert_close(c.ends, 12 * 2018 + 10, 1e-9);
    assert_int_equal(c.joins, 2019);
    /* On 1 January 2019, a year before the full programme: 3 4/12 after the start. */
    c = start(2015, 9, 1, 3.5, 3.25, COUNT_JANUARY);
    assert_int_equal(c.joins, 2019);
    assert_int_equal(c.shift, 3);
    assert_close(c.younger, 8 * MONTH, 1e-12);
    /* A longer one, by half a year: 31 July 2019 is past the count date of 2019. */
    c = start(2015, 9, 1, 3.5, 4, COUNT_JUNE);
    assert_int_equal(c.joins, 2020);
    assert_int_equal(c.shift, 4);
    assert_close(c.younger, 2 * MONTH, 1e-12);
}

static void twelfths_and_thirds_of_a_year_are_no_day_late(void **state) {
    (void)state;
    /* 3.5 - 1/3 year ends four months before 31 January: on 30 September, whatever 12 * (1/3) rounds to. */
    for (int year = 1990; year < 2060; year++) {
        frem_course c = start(year, 9, 1, 3.5, 3.5 - 1.0 / 3, 9);
        assert_close(c.ends, 12 * (year + 3) + 9, 1e-6);
        assert_int_equal(c.joins, year + 3);
    }
}

static void the_end_belongs_to_the_length(void **state) {
    (void)state;
    frem_course c;
    /* 3.5 years from 1 September end on 28 February; a month and a half on either side is a way of speaking. */
    assert_true(frem_course_start(&c, 2015, 9, 1, 3.5, 3.5, 6));
    assert_true(frem_course_start(&c, 2015, 9, 3, 3.5, 3.5, 6));
    assert_false(frem_course_start(&c, 2015, 9, 12, 3.5, 3.5, 6));
    assert_false(frem_course_start(&c, 2015, 9, 4, 3.5, 3.5, 6));
    /* December and January are neighbours: 3 years from 1 January end in December, or in January. */
    assert_true(frem_course_start(&c, 2015, 1, 12, 3, 3, 6));
    assert_close(c.ends, 12 * 2018, 1e-9);
    assert_true(frem_course_start(&c, 2015, 1, 1, 3, 3, 6));
    assert_close(c.ends, 12 * 2018 + 1, 1e-9);
}

static void nobody_ends_before_the_start(void **state) {
    (void)state;
    /* All but nothing is left of 3.5 years that ended a month early. */
    frem_course c = start(2015, 9, 1, 3.5, 0.01, COUNT_JUNE);
    assert_close(c.ends, c.begins, 0);
    assert_int_equal(c.joins, 2016);
    assert_int_equal(c.shift, 0);
    assert_close(c.younger, 1 - 10 * MONTH, 1e-12);
    /* Counted in the middle of September, a month after a start that would have ended in August. */
    c = start(2015, 9, 8, 4, 0, 8.5);
    assert_int_equal(c.joins, 2015);
    assert_int_equal(c.shift, 0);
    assert_close(c.younger, 1 - 0.5 * MONTH, 1e-12);
}

static void without_a_calendar_a_fraction_comes_a_year_later(void **state) {
    (void)state;
    frem_course c[2];
    /* 3.25 years: three quarters join 3 years on at age at entry + 3, one quarter 4 years on at + 4. */
    assert_int_equal(frem_course_plain(c, 2015, 3.25, COUNT_JUNE), 2);
    assert_close(c[0].weight, 0.75, 1e-12);
    assert_close(c[1].weight, 0.25, 1e-12);
    for (int i = 0; i < 2; i++) {
        assert_close(c[i].begins, 12 * 2015 + 6, 1e-9);
        assert_close(c[i].ends, 12 * (2018 + i) + 6, 1e-9);
        assert_int_equal(c[i].joins, 2018 + i);
        assert_int_equal(c[i].shift, 3 + i);
        assert_close(c[i].younger, 1, 0);
    }
    assert_int_equal(frem_course_plain(c, 2015, 3, COUNT_JANUARY), 1);
    assert_close(c[0].weight, 1, 0);
    assert_int_equal(c[0].joins, 2018);
    assert_int_equal(frem_course_plain(c, 2015, 0, COUNT_JANUARY), 1);
    assert_int_equal(c[0].joins, 2015);
    assert_int_equal(c[0].shift, 0);
}

/* Stages. */

static void at(const frem_course *course, const frem_course_part *parts, size_t n, size_t stage, double time,
               double studying, double dropped) {
    double is_studying, has_dropped;
    frem_course_at(course, parts, n, stage, time, &is_studying, &has_dropped);
    assert_close(is_studying, studying, 1e-12);
    assert_close(has_dropped, dropped, 1e-12);
}

static void stages_are_stretched_to_the_course(void **state) {
    (void)state;
    /* 41 months of calendar hold 3.5 years of study: a first stage of one year takes 41 * 1/3.5 = 11.714 months. */
    const frem_course_part parts[] = {{1, 0.2}, {2.5, 0.1}};
    frem_course c = start(2015, 9, 1, 3.5, 3.5, COUNT_JUNE);
    double first_ends = c.begins + 41 / 3.5;
    at(&c, parts, 2, 0, c.begins - 0.1, 0, 0);
    at(&c, parts, 2, 0, c.begins, 1, 0);
    /* Halfway through the first stage half of its dropouts are gone: 0.5 * 0.2. */
    at(&c, parts, 2, 0, c.begins + 41 / 7.0, 0.9, 0.1);
    at(&c, parts, 2, 1, c.begins + 41 / 7.0, 0, 0);
    /* At its end all of them; 0.8 begin the second stage. */
    at(&c, parts, 2, 0, first_ends, 0, 0.2);
    at(&c, parts, 2, 1, first_ends, 0.8, 0);
    /* Halfway through the second: 0.8 * 0.1 / 2 have left it. */
    at(&c, parts, 2, 1, (first_ends + c.ends) / 2, 0.76, 0.04);
    at(&c, parts, 2, 0, c.ends, 0, 0.2);
    at(&c, parts, 2, 1, c.ends, 0, 0.08);
    at(&c, parts, 2, 1, c.ends + 100, 0, 0.08);
    assert_close(frem_course_completion(parts, 2), 0.72, 1e-12);
}

static void a_stage_of_no_length_is_passed_at_once(void **state) {
    (void)state;
    /* An entrance test that half fail, then two years, then a final exam that a tenth fail. */
    const frem_course_part parts[] = {{0, 0.5}, {2, 0}, {0, 0.1}};
    frem_course c[2];
    assert_int_equal(frem_course_plain(c, 2015, 2, 0), 1);
    at(&c[0], parts, 3, 0, c[0].begins - 1, 0, 0);
    at(&c[0], parts, 3, 0, c[0].begins, 0, 0.5);
    at(&c[0], parts, 3, 1, c[0].begins, 0.5, 0);
    at(&c[0], parts, 3, 2, c[0].ends - 1, 0, 0);
    at(&c[0], parts, 3, 2, c[0].ends, 0, 0.05);
    assert_close(frem_course_completion(parts, 3), 0.45, 1e-12);
    /* Nothing has any length. */
    const frem_course_part none[] = {{0, 0.25}};
    assert_int_equal(frem_course_plain(c, 2015, 0, 0), 1);
    at(&c[0], none, 1, 0, c[0].begins, 0, 0.25);
}

/* What drops out between count dates and what joins is the whole cohort, in every stage and start. */
static void conserved(const frem_course *courses, size_t n, const frem_course_part *parts, size_t n_parts,
                      int year, double count) {
    double dropped = 0, joined = 0, studying = 0;
    for (size_t i = 0; i < n; i++) {
        joined += courses[i].weight * frem_course_completion(parts, n_parts);
        for (size_t stage = 0; stage < n_parts; stage++) {
            double before = 0, is, has;
            for (int lag = 0; lag < 20; lag++) {
                frem_course_at(&courses[i], parts, n_parts, stage, 12.0 * (year + lag) + count, &is, &has);
                assert_true(is >= 0 && has >= before);
                dropped += courses[i].weight * (has - before);
                before = has;
                if (year + lag >= courses[i].joins)
                    studying += is;
            }
        }
    }
    assert_close(dropped + joined, 1, 1e-12);
    assert_close(studying, 0, 0);
}

static void every_cohort_is_conserved(void **state) {
    (void)state;
    static const double counts[] = {0, 6, 8.5, 12};
    const frem_course_part parts[] = {{1, 0.15}, {0, 0.01}, {2.5, 0.1}};
    for (size_t i = 0; i < 4; i++) {
        for (double length = 0; length < 6; length += 0.25) {
            frem_course c[2];
            size_t n = frem_course_plain(c, 2015, length, counts[i]);
            conserved(c, n, parts, 3, 2015, counts[i]);
            conserved(c, n, parts, 1, 2015, counts[i]);
        }
        for (int month = 1; month <= 12; month++) {
            frem_course c[2] = {start(2015, month, (month + 5) % 12 + 1, 3.5, 3.5, counts[i]),
                                start(2015, month, (month + 5) % 12 + 1, 3.5, 3.25, counts[i])};
            c[0].weight = 0.7;
            c[1].weight = 0.3;
            conserved(c, 2, parts, 3, 2015, counts[i]);
        }
    }
}

/* The age at joining is the time since entry: on average, elapsed years. */
static void ages_at_joining_are_the_years_elapsed(void **state) {
    (void)state;
    for (int month = 1; month <= 12; month++) {
        for (double count = 0; count <= 12; count += 0.5) {
            frem_course c = start(2015, month, (month + 5) % 12 + 1, 3.5, 3.25, count);
            double elapsed = (12.0 * c.joins + count - c.begins) / 12;
            assert_close(c.shift + (1 - c.younger), elapsed, 1e-9);
            assert_true(c.younger > 0 && c.younger <= 1);
            /* The first count date on or after the end. */
            assert_true(12.0 * c.joins + count >= c.ends - 1e-6);
            assert_true(12.0 * (c.joins - 1) + count < c.ends - 1e-6);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(september_ends_in_january),
        cmocka_unit_test(february_ends_in_june),
        cmocka_unit_test(a_shorter_programme_moves_the_end),
        cmocka_unit_test(twelfths_and_thirds_of_a_year_are_no_day_late),
        cmocka_unit_test(the_end_belongs_to_the_length),
        cmocka_unit_test(nobody_ends_before_the_start),
        cmocka_unit_test(without_a_calendar_a_fraction_comes_a_year_later),
        cmocka_unit_test(stages_are_stretched_to_the_course),
        cmocka_unit_test(a_stage_of_no_length_is_passed_at_once),
        cmocka_unit_test(every_cohort_is_conserved),
        cmocka_unit_test(ages_at_joining_are_the_years_elapsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
