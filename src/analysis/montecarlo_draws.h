/** @file
 *  The draws of one model: projected in blocks of lanes, and what is read of all of them together.
 */
#ifndef FREM_ANALYSIS_MONTECARLO_DRAWS_H
#define FREM_ANALYSIS_MONTECARLO_DRAWS_H

#include "analysis/results.h"
#include "analysis/workspace.h"
#include "base/pool.h"
#include "core/core.h"
#include "fremskriv/montecarlo.h"
#include "model/uncertain.h"
#include "numeric/draws.h"

/** The statistics of results.csv, in their order. */
enum {
    FREM_STATISTIC_MEAN,
    FREM_STATISTIC_SD,
    FREM_STATISTIC_QUANTILES, /**< p05, p10, p25, p50, p75, p90, p95 */
    FREM_STATISTIC_SHORT = FREM_STATISTIC_QUANTILES + 7,
    FREM_STATISTICS
};
extern const char *const frem_statistic_names[FREM_STATISTICS];

/** What is drawn of a model. */
typedef struct frem_sample {
    const frem_model *model;
    const frem_randoms *randoms;
    frem_draws *draws;
    size_t n;      /**< draws */
    size_t memory; /**< bytes for draws held together */
    frem_row_filter filter;
    frem_workspaces workspaces;
    frem_pool *pool;
    frem_isa isa;
    const frem_progress *progress;
    size_t passes; /**< how often all draws are projected */
    size_t total;  /**< how many draws that are, over all passes */
    frem_diags *diags;
    frem_result_row *rows; /**< what the model's own projection has; owned */
    size_t n_rows;
} frem_sample;

/** Finds the rows and how many passes it takes. @param drawing model, draws, n, memory, filter, pool and isa are set. */
FREM_MUST_CHECK frem_status frem_sample_begin(frem_sample *drawing);
/** NULL members are fine. */
void frem_sample_end(frem_sample *drawing);
/** Projects all draws. @param[out] values [row][statistic]; NaN throughout for a row that a draw lacks. */
FREM_MUST_CHECK frem_status frem_sample_statistics(frem_sample *drawing, double *values);
/** The changes of some draws. @param[out] numbers [n][randoms->numbers], which the changes borrow.
 *  @param[out] changes [n][randoms->n_changes], lanes from 0. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_sample_changes(const frem_sample *drawing, size_t first, size_t n,
                                                double *numbers, frem_change *changes);
/** Reports why a draw cannot be projected: its problem, then which draw and its numbers. @return the problem's status. */
FREM_MUST_CHECK frem_status frem_sample_explain(const frem_sample *drawing, size_t draw);

#endif
