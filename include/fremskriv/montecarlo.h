/** @file
 *  Monte Carlo: many projections with numbers drawn from what a scenario says is uncertain.
 */
#ifndef FREMSKRIV_MONTECARLO_H
#define FREMSKRIV_MONTECARLO_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How numbers are drawn. Zero-initialise for the defaults. */
typedef struct frem_montecarlo_options {
    size_t draws;            /**< 0: 1024 */
    unsigned long long seed; /**< the same seed gives the same draws */
    /** "plain", "antithetic", "lhs" or "sobol"; NULL: "sobol" where a draw has at most 50 numbers, else "lhs". */
    const char *sampling;
    const char *const *
        keep; /**< addresses of results of which every draw is kept, or lists of them with commas; borrowed */
    size_t n_keep;
    size_t memory; /**< bytes for the draws that are held together; 0: 256 million. No result depends on it */
} frem_montecarlo_options;

/** Projects each model with drawn numbers, and puts statistics of its results in one table, columns as in results.csv: `mean`,
 *  `sd`, `p05`, `p10`, `p25`, `p50`, `p75`, `p90`, `p95`, and of `gap` also `p_short`, the share of draws in which it is below
 *  0. Quantiles are the order statistics of type 7 of all draws. Sums are made inside each draw. A row that some draw lacks is
 *  left out. A draw's numbers are functions of seed, key of the uncertainty, year or age, and draw: making one more number
 *  uncertain changes no other's (Sobol sequences: where it comes after the others).
 *  Beside the table: sentences, and the table "draws" of what `keep` asks for (frem_results_answer()).
 *  @param run its rows choose measures (NULL: supply, demand, gap, shortage), regions, years, professions, sectors.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_INVALID for a scenario without anything uncertain, or a draw that is no scenario; FREM_INTERRUPTED where
 *  progress asked to stop. As frem_results_new() otherwise. */
FREM_API FREM_MUST_CHECK frem_status frem_montecarlo(frem_results **out, const frem_sources *sources,
                                                     const frem_model *const *models, size_t n_models,
                                                     const frem_montecarlo_options *options,
                                                     const frem_run_options *run, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
