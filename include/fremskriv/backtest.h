/** @file
 *  Backtests: what a projection from an earlier year would have said, or what an earlier run did say, beside what came.
 */
#ifndef FREMSKRIV_BACKTEST_H
#define FREMSKRIV_BACKTEST_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What to judge. All borrowed. */
typedef struct frem_backtest_options {
    const int *from; /**< years to project from, with what was known then */
    size_t n_from;
    const char *const *folders; /**< output folders of earlier runs, whose results are judged as they are */
    size_t n_folders;
} frem_backtest_options;

/** Projects each model's scenario from each year with what it says was known then, reads the results of earlier runs, and
 *  holds all of them against `observed` of the first model's scenario: an answer with the tables backtest, backtest_summary
 *  and backtest_known (docs/backtest.md).
 *  @param models of one scenario: itself, or its variants. Folders are read with its sources.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_USAGE where nothing is observed after a year, or nothing is asked for; FREM_INVALID where the scenario
 *  cannot be projected from a year, or a folder holds no results. */
FREM_API FREM_MUST_CHECK frem_status frem_backtest(frem_results **out, const frem_sources *sources,
                                                   const frem_model *const *models, size_t n_models,
                                                   const frem_backtest_options *backtest,
                                                   const frem_run_options *options, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
