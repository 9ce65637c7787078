/** @file
 *  Practicum of a compiled scenario: the municipal table, whole places, and places needed against places on offer.
 */
#ifndef FREM_MODEL_PRACTICUM_H
#define FREM_MODEL_PRACTICUM_H

#include "core/practicum.h"
#include "model/lane.h"

/** One row of the table of municipalities. */
struct frem_practicum_row {
    size_t school, region;
    frem_printed students;  /**< share of the school's students */
    frem_printed sta;       /**< STÅ that the municipality takes */
    frem_printed published; /**< its share of the practicum */
};

/** Where a programme's practicum is in an entry cohort: the shares of its starters in each stage at the count dates. */
typedef struct frem_studying {
    const double *at; /**< [lag][stage] */
    size_t lags, stages;
} frem_studying;

/** Reads the table of municipalities into the model, which keeps what is wrong with it. */
void frem_model_practicum(frem_model *model);
/** Tries every division into whole places that the scenario asks for, so that problems are reported before the numbers are asked for. */
FREM_MUST_CHECK frem_status frem_model_practicum_check(const frem_model *model, frem_diags *diags);

/** A published number with the rounding given by its last decimal. */
frem_printed frem_practicum_printed(const frem_value *value);
/** STÅ of practicum that a school's dimensioning means. @param reading what it counts. */
double frem_practicum_school_sta(frem_view *view, const frem_practicum_school *school,
                                 frem_dimensioning reading);

/** Persons who start a programme in a year, by region where it is so (0 for those that are not reported), else all that
 *  the total covers in out[0].
 *  @param[out] out [regions] @return false where the year lies before the first cohort that matters. */
bool frem_practicum_intake(const frem_batch *batch, size_t programme, int year, bool *by_region, double *out);

/* What follows reports what it finds wrong, and keeps the failure on the view. */

/** Whole places of an entry year by specialisation. @param[out] out [specialisations] */
void frem_practicum_specialise(frem_view *view, const frem_programme *programme, int year, int64_t total,
                               int64_t *out);
/** Whole places of an entry year by region.
 *  @param keys [regions] what they are in proportion to (frem_practicum_keys()). @param[out] out [regions] */
void frem_practicum_divide(frem_view *view, const frem_practicum_programme *practicum, int year,
                           int64_t total, const double *keys, int64_t *out);
/** The split's key by region; a population key is the year's own. @param[out] keys [regions], summing to 1 */
void frem_practicum_keys(frem_view *view, const frem_practicum_programme *practicum,
                         const frem_programme *programme, int year, double *keys);

/** Practicum places that one starter of an entry year needs, by stage: the part of the stage that is practicum times
 *  the share of the starters that is in it. @param[out] load [lag][stage] */
void frem_practicum_load(frem_view *view, const frem_practicum_programme *practicum,
                         const frem_programme *programme, int year, frem_studying studying, double *load);
/** Places on offer. @param region a region, or -1 for those of an area, or for the total that is given.
 *  @return negative where the year is not given. */
double frem_practicum_offer(frem_view *view, const frem_practicum_programme *practicum, int year,
                            const frem_area *area, ptrdiff_t region);
/** A fill: [entry] persons who start, no more than the practicum places carry where the scenario says so: a minimum on
 *  each entry year's intake, as places are. Entry years up to the base year are history and stay. Context: a
 *  frem_stream (model/programme.h). */
void frem_practicum_intake_fill(frem_view *view, const void *context, double *out);
/** What would start without that limit. @param stream among the core's programmes. @param[out] out [its entries] */
FREM_MUST_CHECK frem_status frem_practicum_planned(const frem_batch *batch, size_t stream, double *out);

#endif
