/** @file
 *  Totals over regions: by a key, or by the regions' own numbers.
 */
#ifndef FREM_MODEL_SPLIT_H
#define FREM_MODEL_SPLIT_H

#include "model/lane.h"

/** Shares of a total over the regions that it covers by a split's key, summing to 1; 0 elsewhere. A split that is not
 *  given is an error where it covers several regions.
 *  @param profession whose employment is the key of `by: employment`.
 *  @param total what is split, for messages. @param[out] shares [regions] */
void frem_model_shares(frem_view *view, const frem_split *split, size_t profession, const frem_area *area,
                       const frem_entry *total, double *shares);
/** Employment of a profession in a region, FTE of the base year, all sectors. @param[out] out [regions] */
void frem_model_employment(frem_view *view, size_t profession, double *out);
/** A value of the base year by region: its own regions, or a total split. @param[out] out [regions] */
void frem_model_by_region(frem_view *view, const frem_value *value, const frem_split *split,
                          size_t profession, double *out);
/** The same of a year, by a key that may have weights of each. */
void frem_model_shares_in(frem_view *view, const frem_split *split, size_t profession, const frem_area *area,
                          const frem_entry *total, int year, double *shares);
/** Whether a split's weights differ by year. */
bool frem_split_by_year(frem_view *view, const frem_split *split);

#endif
