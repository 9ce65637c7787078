/** @file
 *  What a lane sees of the scenario, and the arrays of a batch that are filled from it.
 */
#ifndef FREM_MODEL_LANE_H
#define FREM_MODEL_LANE_H

#include "model/model.h"

/** A scenario's numbers as one lane sees them. Which parameters are looked at is remembered, so that only what
 *  depends on a change is compiled per lane. */
typedef struct frem_view {
    const frem_model *model;
    const frem_series *const *series; /**< by parameter */
    const bool *changed;              /**< by parameter: whether any lane of the batch changes it */
    bool *differs;                    /**< becomes true where such a parameter is looked at */
    frem_diags *diags;                /**< NULL except for the lane that reports */
} frem_view;

/** Cases of one shape to project together. */
struct frem_batch {
    frem_arena *arena; /**< owns everything below; freed with the batch */
    const frem_model *model;
    size_t lanes; /**< what the core runs: 1 or a multiple of FREM_LANES */
    const frem_series *
        *layout;      /**< [parameter] as the scenario has it; by year where a change begins in one */
    frem_view *views; /**< [lanes] */
    bool *changed;    /**< [parameter] whether any lane changes it */
    bool differs;     /**< whether a parameter that a lane changes was looked at; scratch */
    frem_diags *diags;
    size_t *programme_of; /**< by the core's programmes: the scenario's programme that it is (a part of) */
    frem_lanes *places;   /**< by the core's programmes: [entry] places; off where the scenario has none */
    size_t *upgrade_of;   /**< by the core's upgrades: the scenario's programme that it is one start of */
    frem_lanes *upgrade_places; /**< by the core's upgrades: [entry] places of this start */
    frem_core_inputs inputs;
};

/** Fills one array as a lane sees it; must look at parameters through the view only. */
typedef frem_status (*frem_fill)(frem_view *view, const void *context, double *out);
/** Runs a fill once where no changed parameter is looked at, else once a lane. */
FREM_MUST_CHECK frem_status frem_batch_fill(frem_batch *batch, frem_fill fill, const void *context, size_t n,
                                            frem_lanes *out);
/** The dimensions that a value has in every lane of a batch. @return Borrowed; at is NULL where it is not given. */
const frem_series *frem_batch_layout(const frem_batch *batch, const frem_value *value);
/** A value as the view sees it. @return Borrowed; at is NULL where the value is not given. */
const frem_series *frem_view_series(frem_view *view, const frem_value *value);
/** A value that is one number in every year, region, sex and age; `otherwise` where it is not given. */
double frem_view_number(frem_view *view, const frem_value *value, double otherwise);
/** Says once which value lacks which year. @return FREM_INVALID. */
frem_status frem_view_lacks_year(frem_view *view, const frem_value *value, int year);
/** A value as a grid with only the dimensions that it has. */
FREM_MUST_CHECK frem_status frem_batch_grid(frem_batch *batch, const frem_value *value, frem_grid *out);
/** A profile by sex and age as shares. @param total what the numbers are shares of; NaN for their own sum.
 *  @param[out] out [cells] */
FREM_MUST_CHECK frem_status frem_view_profile(frem_view *view, const frem_value *value, double total,
                                              double *out);
/** The value that a list of named values has for a profession, or NULL. */
const frem_value *frem_values_find(const frem_values *values, const char *name);
/** A value by year as [step]; left off where it is not given. */
FREM_MUST_CHECK frem_status frem_batch_years(frem_batch *batch, const frem_value *value, frem_lanes *out);
/** A fill: a value by step, region, sex and age, of these the dimensions that it has. Context: the frem_value. */
FREM_MUST_CHECK frem_status frem_value_fill(frem_view *view, const void *context, double *out);
/** Tasks that move between sectors. */
FREM_MUST_CHECK frem_status frem_batch_transfers(frem_batch *batch);
/** The same of a profile that may differ by year and region. */
FREM_MUST_CHECK frem_status frem_view_profile_of(frem_view *view, const frem_value *value, int year,
                                                 size_t region, double total, double *out);

#endif
