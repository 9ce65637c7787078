/** @file
 *  Series of a report: rows of a tidy table that differ in their year (or age) alone, found by their codes.
 */
#ifndef FREM_OUTPUT_REPORT_SERIES_H
#define FREM_OUTPUT_REPORT_SERIES_H

#include <stdbool.h>

#include "base/text.h"
#include "fremskriv/frame.h"

enum { FREM_REPORT_DIMS = 6 };

/** One value. */
typedef struct frem_report_series_item {
    uint64_t key; /**< the codes of its series in one number */
    int32_t axis; /**< year or age */
    double value; /**< as the CSV has it: six decimals */
} frem_report_series_item;

/** Zero-initialise; free with frem_report_series_free(). */
typedef struct frem_report_series {
    size_t n_dims;
    uint64_t radix[FREM_REPORT_DIMS];
    frem_report_series_item *items; /**< by key, then axis */
    size_t n_items;
    size_t *starts; /**< where each series begins among the items; one more at the end */
    size_t n;       /**< number of series, in the order of their codes */
} frem_report_series;

/** What series are made of. */
typedef struct frem_report_series_plan {
    const frem_frame *frame;
    const frem_frame
        *codes; /**< whose codes label columns get; a row with a label that it lacks is left out */
    const char *const
        *dims; /**< label columns, or whole ones whose numbers are the codes; those that `codes` has
                                   not keep the codes of `frame` */
    size_t n_dims;
    const char *axis; /**< a whole column */
    bool (*keep)(const void *context, size_t row);
    const void *context;
} frem_report_series_plan;

/** @return FREM_NO_MEMORY; FREM_DEFECT where a column is missing or of another kind. */
FREM_MUST_CHECK frem_status frem_report_series_build(frem_report_series *out,
                                                     const frem_report_series_plan *plan);
void frem_report_series_free(frem_report_series *series);
/** @return the place of the series with these codes, or -1. */
ptrdiff_t frem_report_series_find(const frem_report_series *series, const uint32_t *codes);
/** @param place from frem_report_series_find(); -1 has no values. @return whether there is a value. */
bool frem_report_series_value(const frem_report_series *series, ptrdiff_t place, int32_t axis, double *value);
/** Code of a series in one dimension. */
uint32_t frem_report_series_code(const frem_report_series *series, size_t place, size_t dim);
/** Adds `"first":[...],"values":[[...],...]`: of each series the first year and its values, null where a year
 *  between has none. */
void frem_report_series_add_json(const frem_report_series *series, frem_text *out);

#endif
