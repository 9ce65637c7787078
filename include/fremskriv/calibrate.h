/** @file
 *  Calibration: the unknown values of a scenario fitted to what was observed of its results.
 */
#ifndef FREMSKRIV_CALIBRATE_H
#define FREMSKRIV_CALIBRATE_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"
#include "fremskriv/sources.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How to fit. */
typedef struct frem_calibrate_options {
    size_t starts; /**< how many places the search begins at, the scenario's own among them; 0: five */
} frem_calibrate_options;

/** Fits every value that is marked `unknown` to `observed`: the sum of the squared misses, each over its tolerance, becomes
 *  least (GSL's trust region; every Jacobian is a batch of lanes). A tolerance is taken for one standard deviation.
 *  @param models one scenario, or some of its variants, which share what is unknown of both; an observation that a variant
 *  takes from the scenario counts once. Borrowed, as are the sources and the options' command.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK. Its tables are "calibration", "fit" and "correlations"; its file
 *  calibrated.yaml extends the resolved scenario and holds the values.
 *  @return FREM_USAGE, with a problem, for models that are not of one scenario; FREM_INVALID where nothing is unknown, nothing
 *  is observed, or a tolerance lacks; FREM_NO_SOLUTION where the scenario cannot be projected at values inside the bounds. */
FREM_API FREM_MUST_CHECK frem_status frem_calibrate_new(frem_results **out, const frem_sources *sources,
                                                        const frem_model *const *models, size_t n_models,
                                                        const frem_calibrate_options *options,
                                                        const frem_run_options *run, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
