/** @file
 *  Compiling what totals cover. Inside the room only.
 */
#ifndef FREM_MODEL_AREAS_H
#define FREM_MODEL_AREAS_H

#include "model/practicum.h"

/** Finds which areas the scenario's totals cover; a name that is no group of the table is an error.
 *  @param table of regions; NULL where the scenario has none. */
FREM_MUST_CHECK frem_status frem_model_ask_areas(frem_model *model, const frem_table *table);
/** Whether any of these areas has a row of the table. */
bool frem_model_asks_row(frem_model *model, const frem_table *table, size_t row);
/** Which of the model's regions each area has. @param rows [region] of the table */
FREM_MUST_CHECK frem_status frem_model_list_areas(frem_model *model, const frem_table *table,
                                                  const size_t *rows);
/** Reports totals whose areas do not fit; needs the values. */
FREM_MUST_CHECK frem_status frem_model_check_areas(frem_model *model);

#endif
