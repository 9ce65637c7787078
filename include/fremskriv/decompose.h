/** @file
 *  Decomposing: which causes a change of a result over years, or the difference of two scenarios, comes from.
 */
#ifndef FREMSKRIV_DECOMPOSE_H
#define FREMSKRIV_DECOMPOSE_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is to be explained. Zero-initialise for the defaults. Texts are borrowed for the call. */
typedef struct frem_decompose_options {
    /** Addresses (fremskriv/address.h), each text one or several separated by commas. Of one model: with a change,
     *  "gap:paedagog:all:2018..2023"; of two also of a year. */
    const char *const *of;
    size_t n_of;
    /** Groups of causes besides the usual ones, "NAME=PATTERN,PATTERN": a pattern is a path in which `*` is any one key, and takes
     *  all that lies below it. */
    const char *const *groups;
    size_t n_groups;
    /** Orders of the causes to draw, 64 to 100000, in place of all sets of them. 0: all sets of up to 12 causes, 256 orders
     *  of more. */
    size_t orders;
    unsigned long long seed; /**< of the orders that are drawn; 0 is a seed like any other */
} frem_decompose_options;

/** Explains results by Shapley values: what each cause adds, averaged over all orders in which they may set in.
 *
 *  Of one model: why a result changes over years. The reference is the same scenario with everything held as it is in the
 *  first year; what changes all the same is a cause of its own. Of two: why the second differs from the first, whose parts
 *  are replaced by the second's.
 *
 *  The answer's table "decompose" has the columns scenario, variant, reference, address, cause, kind (start, cause, end),
 *  unit, value, low, high: frem_results_answer(). Values of kind `cause` sum to end less start.
 *  @param sources borrowed, for what is written; NULL for none. @param models borrowed; must outlive the results.
 *  @param[out] out Owned by the caller.
 *  @return FREM_USAGE, with a problem, for options that do not fit the models, and for two models of other years, ages or
 *  regions; FREM_INVALID where some causes cannot be without others. */
FREM_API FREM_MUST_CHECK frem_status frem_decompose_new(frem_results **out, const frem_sources *sources,
                                                        const frem_model *const *models, size_t n_models,
                                                        const frem_decompose_options *options,
                                                        const frem_run_options *run, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
