/** @file
 *  What is legal but odd in a projection. Inside the room only.
 */
#ifndef FREM_ANALYSIS_ODD_H
#define FREM_ANALYSIS_ODD_H

#include "core/core.h"
#include "fremskriv/diag.h"
#include "model/model.h"

/** Warns of supply that rises or falls by much within a year, and of a stock of the base year that is scaled by much, in
 *  all or in a region that is not small. Lane 0; once a profession.
 *  @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_results_odd(const frem_model *model, const frem_core_results *projection,
                                             frem_diags *diags);

#endif
