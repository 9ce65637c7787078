/** @file
 *  Solving: the values of parameters that give results.
 */
#ifndef FREMSKRIV_SOLVE_H
#define FREMSKRIV_SOLVE_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is to be found, and for what: as many unknowns as targets, solved together. Texts are borrowed for the call. */
typedef struct frem_solve_options {
    /** Each "PATH" or "PATH=MIN:MAX", "PATH*=MIN:MAX" for a factor, "PATH+=MIN:MAX" for what is added: the bounds that are
     *  looked between. Without them, the parameter's range; where that has no end, what lies around the present value: 0 to
     *  twice as much, and on to 1024 times as much where that holds no answer. */
    const char *const *vary;
    size_t n_vary;
    /** Each "ADDRESS=VALUE", of a year or a change: fremskriv/address.h. */
    const char *const *targets;
    size_t n_targets;
    /** The first year that the values are for (entry cohorts where the years are of entry): what lies before is decided.
     *  0: the year after the base year. A parameter that cannot differ by year changes as a whole. */
    int from;
    /** Answers are multiples of it, chosen to miss the targets least; 0: any number. */
    double step;
} frem_solve_options;

/** Finds the values. The results' tables are "solution" (scenario, variant, parameter, year, value, lower, upper: a row for
 *  each unknown) and "targets" (scenario, variant, address, wanted, reached, difference: a row for each target), read by
 *  frem_results_answer(); a folder also has solution.yaml, a scenario that extends the resolved one beside it and holds the
 *  answer: run, it gives the targets. docs/solve.md says how it is looked for.
 *  @param sources borrowed: the files that the model came from. @param models one; borrowed, must outlive the results.
 *  @param run how to project: threads, isa, progress; and the command for what is written.
 *  @param[out] out Owned by the caller: frem_results_free(); NULL unless FREM_OK.
 *  @return FREM_USAGE, with a problem, for options that do not fit the model; FREM_NO_SOLUTION where no values give the
 *  targets, or several do, or a result does not move, or jumps past its target: the problem says which, with the nearest that
 *  was reached and where. */
FREM_API FREM_MUST_CHECK frem_status frem_solve_new(frem_results **out, const frem_sources *sources,
                                                    const frem_model *const *models, size_t n_models,
                                                    const frem_solve_options *options,
                                                    const frem_run_options *run, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
