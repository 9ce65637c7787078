/** @file
 *  Months: their names in scenarios and their lengths in a common year.
 */
#ifndef FREM_SCENARIO_CALENDAR_H
#define FREM_SCENARIO_CALENDAR_H

#include <stddef.h>

/** "january" .. "december". */
extern const char *const frem_months[12];
/** The month that n bytes name: 1..12, or 0. */
int frem_month_of(const char *word, size_t n);
/** Days of a month 1..12; 28 in February. */
int frem_month_days(int month);

#endif
