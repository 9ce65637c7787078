/** @file
 *  Parts of a sector's demand, compiled for the core. Inside the room only.
 */
#ifndef FREM_MODEL_DEMAND_H
#define FREM_MODEL_DEMAND_H

#include "model/lane.h"

void frem_batch_demand(frem_batch *batch);

/** Employment and vacancies of the base year by profession and region. @param[out] out [profession][region] */
void frem_view_staff(frem_view *view, const frem_sector *sector, const frem_values *values, double *out);

/** Driver of a sector: population, user groups, a user table, an index, another sector, need by age. */
void frem_batch_users(frem_batch *batch, const frem_sector *sector, frem_core_sector *out);
/** Hours of teaching as weighted users. */
void frem_batch_teaching(frem_batch *batch, const frem_teaching *teaching, frem_core_sector *out);
/** Spending at fixed prices as an index by region and step, 1 in step 0; 0 throughout where step 0 has none. */
void frem_batch_spending(frem_batch *batch, const frem_spending *spending, frem_lanes *out);
/** Need by age as an index by region and step, 1 in step 0; 0 throughout where step 0 has no need. */
void frem_batch_need(frem_batch *batch, const frem_need *need, frem_lanes *out);
void frem_batch_floor(frem_batch *batch, const frem_sector *sector, frem_core_floor *out);
/** Adds what a sector's money asks for. @param[in,out] extra [profession][region][step] */
void frem_view_budget(frem_view *view, const frem_sector *sector, double *extra);

#endif
