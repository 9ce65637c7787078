/** @file
 *  What becomes of an entry cohort: when its members leave, join the stock and at which age. Months since year 0.
 */
#ifndef FREM_MODEL_COURSE_H
#define FREM_MODEL_COURSE_H

#include <stdbool.h>
#include <stddef.h>

/** One part of an entry cohort that starts and ends together. */
typedef struct frem_course {
    double weight;  /**< share of the cohort */
    double begins;  /**< months since year 0 */
    double ends;    /**< months since year 0 */
    int joins;      /**< calendar year of the first count date on or after the end */
    int shift;      /**< whole years from entry to joining, rounded down */
    double younger; /**< share that joins at age at entry + shift; the rest one year older */
} frem_course;

/** A start with a calendar: from the first of a month to the end of another.
 *  @param year entry year. @param month 1..12. @param ends_month 1..12, for the full length.
 *  @param full_length and @param length in years. @param count count date in months since 1 January.
 *  @return false where no end of that month is near the full length (more than a month and a half off). */
bool frem_course_start(frem_course *course, int year, int month, int ends_month, double full_length,
                       double length, double count);
/** A programme without a calendar: from a count date, `length` years on; a fraction joins a year later.
 *  @param[out] courses room for two. @return how many, 1 or 2. */
size_t frem_course_plain(frem_course courses[2], int year, double length, double count);

/** The calendar year of the first count date on or after the beginning, and the years that pass until then.
 *  @param count as above. @param[out] waited 0 to below 1. */
int frem_course_taken(const frem_course *course, double count, double *waited);

/** One stage as a cohort meets it. */
typedef struct frem_course_part {
    double length;  /**< years, >= 0 */
    double dropout; /**< share of those who begin it, spread evenly over it */
} frem_course_part;

/** Share of a course's starters that is in a stage at a time, and that dropped out of it until then.
 *  The stages are stretched so that together they fill the course. */
void frem_course_at(const frem_course *course, const frem_course_part *parts, size_t n_parts, size_t stage,
                    double time, double *studying, double *dropped);
/** Share that completes. */
double frem_course_completion(const frem_course_part *parts, size_t n_parts);

#endif
