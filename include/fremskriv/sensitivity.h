/** @file
 *  Sensitivity: which of the numbers that are not known a result depends on, and how much.
 */
#ifndef FREMSKRIV_SENSITIVITY_H
#define FREMSKRIV_SENSITIVITY_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is asked. Zero-initialise for the defaults. Texts are borrowed for the call. */
typedef struct frem_sensitivity_options {
    /** Addresses (fremskriv/address.h) of a year or a change, each text one or several separated by commas. */
    const char *const *of;
    size_t n_of;
    const char *method; /**< "tornado", "morris" or "sobol"; NULL: tornado */
    /** morris: trajectories, 4 to 4096, 0 for 20. sobol: base points, a power of two from 64 to 262144, 0 for 1024. 0 for a
     *  tornado. */
    size_t points;
    unsigned long long seed; /**< the same seed gives the same points */
    /** What is varied in place of what the scenario says is uncertain: each "PATH=MIN:MAX", "PATH*=MIN:MAX" for factors,
     *  "PATH+=MIN:MAX" for what is added, with " from YEAR" behind it where it begins later than after the base year. All numbers
     *  between the two are as likely. */
    const char *const *vary;
    size_t n_vary;
} frem_sensitivity_options;

/** Looks what the results at some addresses depend on, of each model:
 *  - tornado: the result where each parameter alone is at its 10 % and its 90 % quantile;
 *  - morris: elementary effects on 4 levels of each parameter, per the whole of its distribution;
 *  - sobol: first-order indices (Saltelli and others 2010) and total ones (Jansen 1999) with bootstrap intervals of 95 %. Parameters
 *    that are correlated are one there.
 *
 *  The answer's table "sensitivity" has the columns scenario, variant, method, address, parameter, index (at_p10, at_p90; mu, mu_star,
 *  sigma; first, total), value, low, high; "ranking" the parameters of each address, what matters most first. An index that is
 *  estimated below 0 is 0, as is the low end of its interval; indices of a result that does not vary are empty (NaN).
 *  @param sources borrowed, for what is written; NULL for none. @param models borrowed; must outlive the results.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_USAGE, with a problem, for options that do not fit the models; FREM_INVALID for a scenario without anything uncertain
 *  where nothing is varied, and where some values are no scenario; FREM_INTERRUPTED where progress asked to stop. */
FREM_API FREM_MUST_CHECK frem_status frem_sensitivity_new(frem_results **out, const frem_sources *sources,
                                                          const frem_model *const *models, size_t n_models,
                                                          const frem_sensitivity_options *options,
                                                          const frem_run_options *run, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
