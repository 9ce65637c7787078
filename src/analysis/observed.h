/** @file
 *  What a scenario says was observed of its results, with addresses that are read. `calibrate` fits to it and `backtest` judges
 *  by it.
 */
#ifndef FREM_ANALYSIS_OBSERVED_H
#define FREM_ANALYSIS_OBSERVED_H

#include "base/arena.h"
#include "fremskriv/address.h"
#include "model/model.h"

/** One item of `observed`. */
typedef struct frem_observation {
    const frem_observed
        *as; /**< value, tolerance (NaN where not given), source, place; borrowed from the scenario */
    frem_address address; /**< of a year or a change, also of years that are not the model's */
    const char *text;     /**< the address with every part said; of the arena */
} frem_observation;

/** Reads the addresses of `observed`, in the order of the file. All problems are collected.
 *  @param[out] out of the arena; its texts are also the model's.
 *  @return FREM_INVALID where an address is none of the model's results, or is there twice. */
FREM_MUST_CHECK frem_status frem_observations_read(frem_observation **out, size_t *n, frem_arena *arena,
                                                   const frem_model *model, frem_diags *diags);
/** The same, for the problems alone. */
FREM_MUST_CHECK frem_status frem_observations_check(const frem_model *model, frem_diags *diags);
/** Says that the results have nothing at the address. @return FREM_INVALID */
FREM_MUST_CHECK frem_status frem_observation_nothing(const frem_observation *observation, frem_diags *diags);
/** Whether the years of an address are all the model's. */
bool frem_observation_within(const frem_observation *observation, const frem_model *model);
/** Whether a result agrees with what was observed: it differs by no more than the tolerance. false where there is none. */
bool frem_observation_agrees(const frem_observation *observation, double result);

#endif
