/** @file
 *  Paths of intakes: how many are to begin in each year, so that a result keeps inside a band.
 */
#ifndef FREMSKRIV_PATH_H
#define FREMSKRIV_PATH_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is wanted of a path. Texts are borrowed for the call. Zero-initialise for the defaults. */
typedef struct frem_path_options {
    /** "PATH" or "PATH=MIN:MAX" of parameters that are one number a year, such as the intakes of programmes. Without bounds
     *  from 0, or the least that is allowed, to ten times the largest number that the parameter has. */
    const char *const *vary;
    size_t n_vary;
    /** "ADDRESS=VALUE" with the years of the span, "gap:ssh:all:2030-2040=0": fremskriv/address.h; all in one unit. */
    const char *const *targets;
    size_t n_targets;
    double band; /**< its width: results are wanted from VALUE - band / 2 to VALUE + band / 2; >= 0 */
    double step; /**< numbers of a path are whole groups of so many; 0: 1 */
    double
        most_change; /**< by how large a share of itself a number may change from year to year; NaN: no limit */
    double together; /**< what the numbers of one year may sum to at most; NaN: no limit */
    int from,
        until; /**< years of the path. 0: the year after the base year, and the last year of the targets. The last
                             year's number holds for the years after it */
} frem_path_options;

/** Finds the path that keeps all targets inside the band, or misses it least: with the smallest sum of what lies outside of
 *  it over years and targets; of those that miss it equally, the one with the smallest sum of changes from year to year.
 *  The response to each year's number is projected in lanes; the choice is a mixed-integer programme that GLPK solves. Where
 *  the response bends, both are done again around what was found.
 *  @param models one. @param question a frem_path_options.
 *  @param[out] out an answer with the tables "solution", "targets", "path" and "tradeoff" and the scenario solution.yaml.
 *  Owned by the caller.
 *  @return FREM_MISSING_PART without GLPK; FREM_USAGE, with a problem, for options that do not fit the model;
 *  FREM_NO_SOLUTION where no path keeps the limits, or none moves the results. */
FREM_API FREM_MUST_CHECK frem_status frem_path(frem_results **out, const frem_sources *sources,
                                               const frem_model *const *models, size_t n_models,
                                               const void *question, const frem_run_options *options,
                                               frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
