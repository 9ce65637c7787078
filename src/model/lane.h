/** @file
 *  What a lane sees of the scenario, and the arrays of a batch that are filled from it.
 */
#ifndef FREM_MODEL_LANE_H
#define FREM_MODEL_LANE_H

#include "model/model.h"

/** Parts of which each lane takes one of two (model/mix.h). */
typedef struct frem_mix frem_mix;

/** A scenario's numbers as one lane sees them. Which parameters are looked at is remembered, so that only what
 *  depends on a change is compiled per lane. */
typedef struct frem_view {
    const frem_model *model;
    const frem_series *const *series; /**< by parameter */
    const bool *changed;              /**< by parameter: whether any lane of the batch changes it */
    bool *differs;                    /**< becomes true where such a parameter is looked at */
    const double *factors;            /**< [step][age] on people; NULL where the scenario has none */
    const frem_mix *mix;              /**< NULL: every lane has the model's own tables */
    uint64_t on, mixed; /**< groups that are on in the lane; groups in which lanes of the batch differ */
    frem_diags *diags;  /**< NULL except for the lane that reports */
    /** The first failure of what is computed; later ones are not reported. Computing goes on with numbers that are not
     *  used, so that only doors ask for it (frem_view_end()). */
    frem_status status;
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
    frem_status status;   /**< the first failure of a part; the other parts are tried all the same */
    size_t failures;      /**< how many there were: a step that needs the one before compares it */
    size_t *programme_of; /**< by the core's programmes: the scenario's programme that it is (a part of) */
    frem_lanes *places;   /**< by the core's programmes: [entry] places; off where the scenario has none */
    size_t *upgrade_of;   /**< by the core's upgrades: the scenario's programme that it is one start of */
    frem_lanes *upgrade_places; /**< by the core's upgrades: [entry] places of this start */
    frem_core_inputs inputs;
};

/** Reports a problem unless what the view computes has failed already. */
#define FREM_VIEW_PROBLEM(view, place, code, ...)                                                            \
    frem_view_fail((view), (view)->status == FREM_OK                                                         \
                               ? FREM_PROBLEM((view)->diags, (place), code, __VA_ARGS__)                     \
                               : FREM_OK)
/** Reports a problem of a part of the batch. */
#define FREM_BATCH_PROBLEM(batch, place, code, ...)                                                          \
    frem_batch_fail((batch), FREM_PROBLEM((batch)->diags, (place), code, __VA_ARGS__))

/** Keeps the first failure; FREM_OK is none. */
void frem_view_fail(frem_view *view, frem_status status);
/** Ends what a view computes. @return its first failure, which the view forgets. */
FREM_MUST_CHECK frem_status frem_view_end(frem_view *view);
/** Whether the population gives the number of people of these ages; reports where it does not.
 *  @return false also where the view has failed already. */
bool frem_view_can_tell(frem_view *view, frem_age_range ages, const frem_entry *entry, const char *key);
/** Works out the lanes' factors on people (`population.factors`), where the scenario has any. */
void frem_batch_factors(frem_batch *batch, size_t cases);
/** What is multiplied on the people of ages in a step. @return [age] of the population, borrowed; NULL where it is nothing. */
const double *frem_view_factors(frem_view *view, frem_age_range ages, size_t step);
/** Zeroed numbers to compute with. @return Owned by the caller (free()); NULL when out of memory, which the view keeps. */
double *frem_view_numbers(frem_view *view, size_t n);

/** An end of a range in words; it may be infinite. */
void frem_range_text(char out[32], double number);
/** Keeps and counts a failure; FREM_OK is none. */
void frem_batch_fail(frem_batch *batch, frem_status status);
/** Ends what a lane's view computes outside a fill. @return whether its numbers can be used; else the batch has failed. */
bool frem_batch_take(frem_batch *batch, size_t lane);
/** Zeroed memory of the batch's arena. @return NULL when out of memory, which the batch keeps. */
void *frem_batch_alloc(frem_batch *batch, size_t count, size_t size);

/** Fills one array as a lane sees it; must look at parameters through the view only. What it finds wrong, the view keeps.
 *  @param[out] out zero before. */
typedef void (*frem_fill)(frem_view *view, const void *context, double *out);
/** Runs a fill once where no changed parameter is looked at, else once a lane, up to the first that fails. */
void frem_batch_fill(frem_batch *batch, frem_fill fill, const void *context, size_t n, frem_lanes *out);
/** The dimensions that a value has in every lane of a batch. @return Borrowed; at is NULL where it is not given. */
const frem_series *frem_batch_layout(const frem_batch *batch, const frem_value *value);
/** A value as the view sees it. @return Borrowed; at is NULL where the value is not given. */
const frem_series *frem_view_series(frem_view *view, const frem_value *value);
/** A value that is one number in every year, region, sex and age; `otherwise` where it is not given. */
double frem_view_number(frem_view *view, const frem_value *value, double otherwise);
/** Says which value lacks which year. */
void frem_view_lacks_year(frem_view *view, const frem_value *value, int year);
/** A value as a grid with only the dimensions that it has. */
void frem_batch_grid(frem_batch *batch, const frem_value *value, frem_grid *out);
/** A profile by sex and age as shares. @param total what the numbers are shares of; NaN for their own sum.
 *  @param[out] out [cells] */
void frem_view_profile(frem_view *view, const frem_value *value, double total, double *out);
/** The value that a list of named values has for a profession, or NULL. */
const frem_value *frem_values_find(const frem_values *values, const char *name);
/** A value by year as [step]; left off where it is not given. */
void frem_batch_years(frem_batch *batch, const frem_value *value, frem_lanes *out);
/** A fill: a value by step, region, sex and age, of these the dimensions that it has. Context: the frem_value. */
void frem_value_fill(frem_view *view, const void *context, double *out);
/** Tasks that move between sectors. */
void frem_batch_transfers(frem_batch *batch);
/** The same of a profile that may differ by year and region. */
void frem_view_profile_of(frem_view *view, const frem_value *value, int year, size_t region, double total,
                          double *out);

#endif
