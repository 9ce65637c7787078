/** @file
 *  Compiling what totals cover. Inside the room only.
 */
#ifndef FREM_MODEL_AREAS_H
#define FREM_MODEL_AREAS_H

#include "model/model.h"

/** The regions that a total covers. @param total its entry, or that of the mapping that holds it. @return Borrowed */
const frem_area *frem_model_area(const frem_model *model, const frem_entry *total);
/** Whether two totals cover the same regions. */
bool frem_area_is(const frem_model *model, const frem_area *one, const frem_area *other);
/** What an area is called in messages: `all`, a group's name, `own`. */
const char *frem_area_name(const frem_area *area);
/** The regions that a programme's entrants are of: those that its intake, places or applicants cover. */
const frem_area *frem_programme_area(const frem_model *model, const frem_programme *programme);

/** @return the practicum that the scenario gives for a programme, or NULL. */
const frem_practicum_programme *frem_practicum_of(const frem_scenario *scenario,
                                                  const frem_programme *programme);

/** Finds which areas the scenario's totals cover; a name that is no group of the table is an error.
 *  @param table of regions; NULL where the scenario has none. */
void frem_model_ask_areas(frem_model *model, const frem_table *table);
/** Whether any of these areas has a row of the table. */
bool frem_model_asks_row(frem_model *model, const frem_table *table, size_t row);
/** Which of the model's regions each area has. @param rows [region] of the table */
void frem_model_list_areas(frem_model *model, const frem_table *table, const size_t *rows);
/** Reports totals whose areas do not fit; needs the values. */
void frem_model_check_areas(frem_model *model);

#endif
