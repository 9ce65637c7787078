/** @file
 *  The population's ages: what its groups are divided by.
 */
#ifndef FREM_MODEL_PEOPLE_H
#define FREM_MODEL_PEOPLE_H

#include "model/model.h"
#include "numeric/numeric.h"

/** Most ages that a population has. */
enum { FREM_PEOPLE_AGES = 200 };

/** Shares of the oldest, open group by single age, from the group's first age on. */
typedef struct frem_old_shares {
    size_t ages; /**< the last one is open; 0: the group stays as it is */
    double *at;  /**< [step][age], each step sums to 1 */
} frem_old_shares;

/** Persons of a larger area by year and single age, from age 0. */
typedef struct frem_profile {
    double *at; /**< [year][age]; NULL: none is given */
    int64_t first;
    size_t years, ages;
    bool open; /**< whether the last age holds everybody older */
} frem_profile;

/** How the ages inside the population's groups are found. */
typedef struct frem_people_ages {
    size_t ages; /**< of the population in the end */
    size_t
        years; /**< that are read, from the base year on: the scenario's, and one more where `moved` is above 0 */
    double moved; /**< part of a year from the table's day to the day that its people are of, 0..1 */
    bool open;    /**< whether the table's last age is an open group */
    frem_old_shares old;
    frem_profile profile;
    frem_age_plan *plan; /**< the last one that was needed; owned */
    bool *joined;        /**< [age] set where an age turns out to be inside a group; NULL: not asked for */
} frem_people_ages;

/** How many single ages a table tells apart, and whether the last one is an open group. */
FREM_MUST_CHECK frem_status frem_people_oldest(frem_model *model, const frem_table *table,
                                               const frem_reading *reading, const frem_entry *entry,
                                               size_t *ages, bool *open);
/** First and last year of a table. @param column whole years */
FREM_MUST_CHECK frem_status frem_people_years(frem_model *model, frem_table *table, const char *column,
                                              const frem_entry *entry, int64_t *first, int64_t *last);
/** Persons of both sexes are added, so that every row must have one, and none both. */
FREM_MUST_CHECK frem_status frem_people_check_sexes(frem_model *model, const frem_reading *reading,
                                                    const char *column);
/** The profile that the scenario gives for its population. */
FREM_MUST_CHECK frem_status frem_profile_read(frem_model *model, frem_profile *out);
/** Reads the persons of some regions, groups spread to single ages.
 *  @param reading axes region and inside->years; FREM_SPREAD_GROUPS
 *  @param[out] out [region][step][age], in the model's arena */
FREM_MUST_CHECK frem_status frem_people_read(frem_model *model, const frem_reading *reading,
                                             frem_people_ages *inside, double **out);

#endif
