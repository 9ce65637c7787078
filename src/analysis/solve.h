/** @file
 *  Solving from the inside: one unknown, evaluated on lanes.
 */
#ifndef FREM_ANALYSIS_SOLVE_H
#define FREM_ANALYSIS_SOLVE_H

#include "analysis/results.h"
#include "analysis/sweep.h"
#include "base/pool.h"
#include "fremskriv/address.h"
#include "fremskriv/solve.h"

struct frem_solution {
    frem_arena *arena;
    const frem_model *model;
    frem_varied varied;
    bool by_year; /**< whether the parameter may differ by year */
    frem_address address;
    frem_solved answer;
};

/** Results with the tables of an answer, for what is written. @param[out] out Owned by the caller; borrows from the
 *  solution. */
FREM_MUST_CHECK frem_status frem_solution_results(const frem_solution *solution, const frem_sources *sources,
                                                  const frem_run_options *options, frem_results **out);

/* --- inside the room --- */

/** A parameter that is varied, at some values, and the results at one address. */
typedef struct frem_response {
    const frem_model *model;
    const frem_varied *varied;
    size_t parameter; /**< its place */
    const frem_address *address;
    frem_workspaces workspaces;
    frem_pool *pool;
    frem_isa isa;
    const frem_progress *progress;
    uint64_t done; /**< projections so far */
    frem_diags *diags;
} frem_response;
/** Projects the model at up to FREM_LANES values in one batch.
 *  @param at the values; NaN: the model as it is. @param[out] out by value: the result at the address.
 *  @return FREM_INVALID, with a problem that names the value, where one cannot be projected; FREM_USAGE, with a problem,
 *  where the results have nothing at the address. */
FREM_MUST_CHECK frem_status frem_response_at(frem_response *response, const double *at, size_t n,
                                             double *out);

#endif
