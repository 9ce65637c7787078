/** @file
 *  What a paper made of the results is about: years, professions, regions and variants, by the scenario's `report` and the
 *  command, and the numbers that matter most for it.
 */
#ifndef FREM_ANALYSIS_FOCUS_H
#define FREM_ANALYSIS_FOCUS_H

#include "analysis/results.h"

/** Reports what `report` of a scenario names and its model does not have. @return FREM_INVALID after a problem. */
FREM_MUST_CHECK frem_status frem_focus_check(const frem_model *model, frem_diags *diags);
/** Reads what the scenario's `report` and the command say.
 *  @param years of the command, "2030,2035", in place of the scenario's; NULL: those. @param[out] out borrows from the arena and
 *  the model.
 *  @return FREM_USAGE where the command names a year that is not projected; FREM_INVALID for the scenario's problems. */
FREM_MUST_CHECK frem_status frem_focus_read(frem_arena *arena, const frem_model *model, const char *years,
                                            frem_focus *out, frem_diags *diags);
/** Puts the focus of the first model into the document, where its scenario or the options ask for one. After the results are
 *  described.
 *  @return FREM_USAGE where the command names a year that is not projected; FREM_INVALID for the scenario's problems. */
FREM_MUST_CHECK frem_status frem_results_focus(frem_results *results, const frem_model *const *models,
                                               size_t n_models, const frem_run_options *options,
                                               frem_diags *diags);

#endif
