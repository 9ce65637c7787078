/** @file
 *  Practicum (praktik): whole places, student years (STÅ) and capacity, as plain arithmetic. Meaning: docs/practicum.md.
 */
#ifndef FREM_CORE_PRACTICUM_H
#define FREM_CORE_PRACTICUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The study load of one STÅ (studenterårsværk, student full-time equivalent). */
#define FREM_ECTS_PER_STA 60.0

/** No ceiling. */
#define FREM_PLACES_MANY INT64_MAX

/** Why whole places cannot be divided. */
typedef enum frem_places_fault {
    FREM_PLACES_OK,
    FREM_PLACES_CROSSED,  /**< a floor lies above its own ceiling */
    FREM_PLACES_FLOORS,   /**< the floors ask for more than there is */
    FREM_PLACES_CEILINGS, /**< the ceilings leave less room than must be placed */
    FREM_PLACES_KEYS      /**< places are left, and every part without a ceiling has the key 0 */
} frem_places_fault;

/** Divides whole places in proportion to keys by largest remainder (ties to the first), within floors and ceilings.
 *  A part with key 0 gets its floor. Where bounds bind, the others share the rest in proportion.
 *  @param total whole places, >= 0. @param keys [n] finite, >= 0.
 *  @param floors [n] >= 0, or NULL. @param ceilings [n] >= 0, FREM_PLACES_MANY for none, or NULL.
 *  @param scratch [n] overwritten.
 *  @param[out] out [n] whole places that sum to total. @return FREM_PLACES_OK, or why it cannot be done. */
frem_places_fault frem_places_divide(int64_t total, const double *keys, size_t n, const int64_t *floors,
                                     const int64_t *ceilings, double *scratch, int64_t *out);
/** What the floors sum to; 0 where floors is NULL. */
int64_t frem_places_floor(const int64_t *floors, size_t n);
/** What the parts can take at most; FREM_PLACES_MANY where one has a key above 0 and no ceiling.
 *  A part with key 0 takes its floor. */
int64_t frem_places_room(const double *keys, size_t n, const int64_t *floors, const int64_t *ceilings);
/** The nearest whole number of places, halves upwards. @param places 0 .. 1e15. */
int64_t frem_places_whole(double places);

/** A published number and what half a unit of its last decimal is: it was rounded from number - half .. number + half. */
typedef struct frem_printed {
    double number;
    double half; /**< 0 where it is exact */
} frem_printed;

/** A figure computed from printed ones, with the least and the most that their rounding allows. */
typedef struct frem_practicum_interval {
    double low, number, high;
} frem_practicum_interval;

/** STÅ of practicum of a year's intake. @param places students; @param ects practicum of each. */
double frem_practicum_sta(double places, double ects);
/** The share of the students' practicum that one provider takes: sta / (sta_total * students).
 *  @param sta_total of the school, > 0. @param students share of the school's students, > 0. */
frem_practicum_interval frem_practicum_share(frem_printed sta, double sta_total, frem_printed students);
/** Adds a printed number to a sum. */
void frem_practicum_interval_add(frem_practicum_interval *sum, frem_printed printed);
/** Whether no rounding can reconcile a computed figure with the printed one. */
bool frem_practicum_interval_contradicts(frem_practicum_interval figure, frem_printed printed);

/** Practicum places that cohorts need: sum over entry years e of intake[e] * load[e][y - e].
 *  @param intake [entries] persons. @param load [entries][lags] places per starter, `lag` years after entry.
 *  @param first step of the first entry year (may be negative). @param[out] needed [steps] places. */
void frem_practicum_needed(const double *intake, const double *load, size_t entries, size_t lags,
                           ptrdiff_t first, size_t steps, double *needed);
/** The intake that places on offer carry when every cohort is as large: in each year in which this one has practicum,
 *  as many cohorts as it has years in practicum share the places.
 *  @param load [lags] places per starter. @param offered [lags] places on offer in the entry year + lag; negative: not given.
 *  @return persons; HUGE_VAL where nothing limits it. */
double frem_practicum_carries(const double *load, const double *offered, size_t lags);

#endif
