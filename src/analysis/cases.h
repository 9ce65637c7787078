/** @file
 *  Cases: a model with other numbers, many of them in lanes, and the results at some addresses of each. What solving,
 *  decomposing, fitting and ranking evaluate.
 */
#ifndef FREM_ANALYSIS_CASES_H
#define FREM_ANALYSIS_CASES_H

#include "analysis/workspace.h"
#include "base/pool.h"
#include "core/core.h"
#include "fremskriv/address.h"
#include "fremskriv/model.h"
#include "fremskriv/progress.h"
#include "model/mix.h"

/** What is asked of every case. All is borrowed. */
typedef struct frem_cases {
    const frem_model *model;
    const frem_mix
        *mix; /**< NULL: cases are changes of the model; else what each of them takes, without changes */
    const frem_address *addresses; /**< of years or changes, not of spans */
    size_t n_addresses;
    frem_pool
        *pool; /**< shares batches of FREM_LANES cases out, or the work of a single batch; NULL: one thread */
    frem_isa isa;
    frem_workspaces
        *workspaces; /**< memory that one call leaves to the next; NULL: each call takes its own */
    bool
        lacking; /**< a case that cannot be projected has NaN in place of ending the call with FREM_INVALID */
    const frem_progress *progress;
    uint64_t done;  /**< cases projected so far */
    uint64_t total; /**< how many there will be, for progress; 0: not known */
    frem_diags *diags;
} frem_cases;

/** Projects cases. The same numbers for any number of threads.
 *  @param changes those of case 0, then those of case 1, ...: `lane` is the case. Changes of one parameter are made in their
 *  order, so that ADD 1 from 2027 and ADD -1 from 2028 change one year. A case without changes is the model as it is.
 *  @param[out] out [case][address] in the unit of the measure; NaN where the results have nothing at an address.
 *  @param[out] refused of FREM_INVALID the first case that cannot be projected, whose problem is in diags; NULL: not asked
 *  for.
 *  @return FREM_INTERRUPTED where progress asked to stop. */
FREM_MUST_CHECK frem_status frem_cases_at(frem_cases *cases, size_t n, const frem_change *changes,
                                          size_t n_changes, double *out, size_t *refused);
/** Reports the first address that the results have nothing at. @param values [address] of one case.
 *  @return FREM_USAGE with a problem; FREM_OK where all are numbers. */
FREM_MUST_CHECK frem_status frem_cases_known(const frem_cases *cases, const double *values);

/** Reads "ADDRESS=VALUE" of the command line: what a result is to be.
 *  @param arena holds a copy of the address while it is read. @param allowed as of frem_address_read().
 *  @param[out] wanted in the unit of the address's measure.
 *  @return FREM_INVALID after a problem: also for "9.000" of what is counted, which may be 9000 or 9. */
FREM_MUST_CHECK frem_status frem_target_read(frem_arena *arena, const frem_model *model, const char *text,
                                             unsigned allowed, frem_address *address, double *wanted,
                                             frem_diags *diags);

#endif
